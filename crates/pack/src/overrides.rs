//! `data/overrides/*.toml`: what Mailproof's own curation says, with a reason a line; the lists
//! of words are read in [`crate::words`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mailproof_core::pack::layout::words::SQUAT;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::domains;
use crate::exchanges::Exchanges;
use crate::sources::hex;
use crate::words::Words;

/// The classes that are curated by hand. Names are A-labels in lower case.
#[derive(Debug)]
pub struct Overrides {
    /// Private relays and forwarding aliases.
    pub relays: BTreeSet<String>,
    /// Providers of mailboxes for private persons.
    pub free: BTreeSet<String>,
    /// Other domains that are known to be real.
    pub known: BTreeSet<String>,
    /// Disposable services.
    pub disposable: BTreeSet<String>,
    /// Domains that are neither disposable nor anything else that the packs know.
    pub never_disposable: BTreeSet<String>,
    /// Providers that have closed.
    pub closed: BTreeSet<String>,
    /// Suffixes under which others register, and which are nobody's mail domain.
    pub shared: BTreeSet<String>,
    /// Providers whose near misses are typos before they are anything else.
    pub typo_targets: BTreeSet<String>,
    /// Domains that people mean when they mistype.
    pub providers: Words,
    /// Names of mailboxes that a function reads.
    pub mailboxes: Words,
    /// What is known of mail exchangers.
    pub exchanges: Exchanges,
    /// The reason that stands beside each domain of the classes.
    pub reasons: BTreeMap<String, String>,
    /// SHA-256 of the names of all files, in their order.
    pub sha256: String,
}

/// A group (a service, a country) of domains with the reason for each.
type Groups = BTreeMap<String, BTreeMap<String, String>>;

impl Overrides {
    /// Reads all files; a domain may stand in one class only, with a reason.
    pub fn read(data: &Path) -> Result<Self, String> {
        let mut reasons = BTreeMap::new();
        let mut read = |name: &str| read_class(&data.join("overrides").join(name), &mut reasons);
        let mut overrides = Self {
            relays: read("relays.toml")?,
            free: read("free.toml")?,
            known: read("known.toml")?,
            disposable: read("disposable.toml")?,
            never_disposable: read("never-disposable.toml")?,
            closed: read("closed.toml")?,
            shared: read("shared.toml")?,
            typo_targets: read_names(&data.join("overrides/typo-targets.toml"))?,
            providers: Words::read_providers(&data.join("overrides/providers.toml"))?,
            mailboxes: Words::read_mailboxes(&data.join("overrides/mailboxes.toml"))?,
            exchanges: read_exchanges(data)?,
            reasons,
            sha256: String::new(),
        };
        let classes = [
            &overrides.relays,
            &overrides.free,
            &overrides.known,
            &overrides.never_disposable,
            &overrides.closed,
            &overrides.shared,
            &overrides.disposable,
        ];
        overrides.check_providers()?;
        let mut seen = BTreeSet::new();
        let mut digest = Sha256::new();
        for name in classes.into_iter().flatten() {
            digest.update(name);
            digest.update("\n");
            if !seen.insert(name) {
                return Err(format!("{name} stands in two classes of data/overrides"));
            }
        }
        let name_servers = overrides.exchanges.parked_name_servers.iter();
        for host in overrides.exchanges.hosts().chain(name_servers) {
            digest.update(host);
            digest.update("\n");
        }
        for (tag, word) in overrides.providers.iter().chain(overrides.mailboxes.iter()) {
            digest.update([tag]);
            digest.update(word);
            digest.update("\n");
        }
        overrides.sha256 = hex(&digest.finalize());
        Ok(overrides)
    }

    /// What is suggested has mailboxes, and is known to.
    fn check_providers(&self) -> Result<(), String> {
        let mut suggested = self
            .providers
            .iter()
            .filter(|(tag, _)| (1..SQUAT).contains(tag));
        let stray = suggested
            .find(|(_, domain)| !self.free.contains(*domain) && !self.relays.contains(*domain));
        match stray {
            Some((_, domain)) => Err(format!(
                "{domain} is suggested, and neither free nor a relay"
            )),
            None => Ok(()),
        }
    }

    /// Everything that is real, or was.
    pub fn real(&self) -> impl Iterator<Item = &str> + Clone {
        let known = self.relays.iter().chain(&self.free).chain(&self.known);
        let others = self.never_disposable.iter().chain(&self.closed);
        known.chain(others).map(String::as_str)
    }
}

fn read_exchanges(data: &Path) -> Result<Exchanges, String> {
    let path = |name: &str| data.join("overrides").join(name);
    let mut exchanges = Exchanges {
        disposable: read_names(&path("disposable-mx.toml"))?,
        parked: read_names(&path("parked-mx.toml"))?,
        parked_name_servers: read_names(&path("parked-ns.toml"))?,
        ..Exchanges::default()
    };
    for (provider, hosts) in read_groups(&path("mx-providers.toml"))? {
        let hosts = hosts.into_keys().collect();
        exchanges.providers.insert(provider, hosts);
    }
    exchanges.check()?;
    Ok(exchanges)
}

fn read_class(
    path: &Path,
    reasons: &mut BTreeMap<String, String>,
) -> Result<BTreeSet<String>, String> {
    let names: BTreeMap<String, String> = read_groups(path)?.into_values().flatten().collect();
    let class = names.keys().cloned().collect();
    reasons.extend(names);
    Ok(class)
}

fn read_names(path: &Path) -> Result<BTreeSet<String>, String> {
    read_class(path, &mut BTreeMap::new())
}

/// What a file says.
pub fn read_toml<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
}

/// The groups of a file with their domains normalized; none stands there twice.
fn read_groups(path: &Path) -> Result<Groups, String> {
    let groups: Groups = read_toml(path)?;
    let mut seen = BTreeSet::new();
    let mut normalized = Groups::new();
    for (group, names) in groups {
        for (name, reason) in names {
            let domain = domains::normalize(&name)
                .filter(|domain| !reason.trim().is_empty() && !domain.is_empty())
                .ok_or_else(|| {
                    format!("{}: {name} is no domain or has no reason", path.display())
                })?;
            if !seen.insert(domain.clone()) {
                return Err(format!("{}: {name} stands there twice", path.display()));
            }
            let of_group = normalized.entry(group.clone()).or_default();
            of_group.insert(domain, reason);
        }
    }
    Ok(normalized)
}
