//! The curation of mail exchangers: who runs them, which serve disposable domains, which
//! park; and of the name servers that park. The reading side is `mailproof_core::pack`.

use std::collections::{BTreeMap, BTreeSet};

use crate::domains::with_parents;

/// Ends of host names, in A-labels and lower case.
#[derive(Debug, Default)]
pub struct Exchanges {
    /// By provider.
    pub providers: BTreeMap<String, BTreeSet<String>>,
    /// Of disposable services.
    pub disposable: BTreeSet<String>,
    /// Of services for parked domains.
    pub parked: BTreeSet<String>,
    /// Name servers of services for parked domains.
    pub parked_name_servers: BTreeSet<String>,
}

impl Exchanges {
    /// The text of the section: a line a host, sorted, its provider behind it.
    pub fn encode_providers(&self) -> Vec<u8> {
        let mut providers = BTreeMap::new();
        for (provider, hosts) in &self.providers {
            providers.extend(hosts.iter().map(|host| (host, provider)));
        }
        let lines = providers.into_iter();
        let lines: Vec<String> = lines
            .map(|(host, provider)| format!("{host} {provider}"))
            .collect();
        lines.join("\n").into_bytes()
    }

    /// Every host that stands anywhere.
    pub fn hosts(&self) -> impl Iterator<Item = &String> {
        let providers = self.providers.values().flatten();
        providers.chain(&self.disposable).chain(&self.parked)
    }

    /// An error where a host is said to be two things: a customer of a provider must never
    /// be called disposable or parked for its exchanger.
    pub fn check(&self) -> Result<(), String> {
        for name in self.providers.keys() {
            let plain =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            if !name.bytes().all(plain) {
                return Err(format!(
                    "{name}: a provider's name is a word of a-z, 0-9 and _"
                ));
            }
        }
        let mut seen = BTreeSet::new();
        for host in self.hosts() {
            if !seen.insert(host) {
                return Err(format!("the host {host} stands in two places"));
            }
        }
        let of_providers: BTreeSet<&String> = self.providers.values().flatten().collect();
        for host in self.disposable.iter().chain(&self.parked) {
            let above = with_parents(host).any(|name| of_providers.iter().any(|it| *it == name));
            let below = of_providers
                .iter()
                .any(|it| with_parents(it).any(|name| name == host));
            if above || below {
                return Err(format!("the host {host} is a provider's"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[track_caller]
    fn check(disposable: &str, parked: &str, holds: bool) {
        let exchanges = Exchanges {
            providers: BTreeMap::from([("some".to_owned(), set(&["mx.some.test"]))]),
            disposable: set(&[disposable]),
            parked: set(&[parked]),
            parked_name_servers: BTreeSet::new(),
        };
        assert_eq!(exchanges.check().is_ok(), holds, "{disposable} {parked}");
    }

    #[test]
    fn a_host_is_one_thing_only() {
        check("a.test", "b.test", true);
        check("a.test", "a.test", false);
        check("mx.some.test", "b.test", false);
        check("one.mx.some.test", "b.test", false);
        check("a.test", "some.test", false);
    }
}
