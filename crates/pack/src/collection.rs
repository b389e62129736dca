//! Everything a build draws on, read and curated.

use std::collections::BTreeMap;
use std::path::Path;

use crate::curate::{Dropped, DroppedListings, Rules, curate};
use crate::lineage::Listing;
use crate::lists::Lists;
use crate::organisations::Organisations;
use crate::overrides::Overrides;
use crate::sources::{Manifest, Role, read_manifest};
use crate::suffixes::Suffixes;

/// The sources and the curation, joined.
#[derive(Debug)]
pub struct Collection {
    /// Which sources there are.
    pub manifest: Manifest,
    /// Mailproof's own curation.
    pub overrides: Overrides,
    /// The Public Suffix List.
    pub suffixes: Suffixes,
    /// Universities, public bodies and companies, which the rules keep out.
    pub organisations: Organisations,
    /// Other real domains, which no rule knows.
    pub others: Organisations,
    /// The disposable domains that the rules let through.
    pub lists: Lists,
    /// The others, by rule.
    pub dropped: DroppedListings,
}

impl Collection {
    /// Reads and curates what is under `data`.
    pub fn read(data: &Path) -> Result<Self, String> {
        let manifest = read_manifest(data)?;
        let overrides = Overrides::read(data)?;
        let suffixes = read_suffixes(&manifest, data)?;
        let mut organisations = Organisations::read(&manifest, Role::Organisations, data)?;
        // A city's site may be a suffix: others who register under it are not the city.
        organisations.retain(|domain| !suffixes.is_public_suffix(domain));
        let others = Organisations::read(&manifest, Role::Real, data)?;
        let mut lists = Lists::read(&manifest, &overrides, data)?;
        let rules = rules(&suffixes, &overrides, &organisations);
        let mut dropped = curate(&mut lists.listings, &rules);
        dropped.insert(Dropped::Malformed, lists.malformed.clone());
        Ok(Self {
            manifest,
            overrides,
            suffixes,
            organisations,
            others,
            lists,
            dropped,
        })
    }

    /// What decided over the lists.
    pub fn rules(&self) -> Rules<'_> {
        rules(&self.suffixes, &self.overrides, &self.organisations)
    }

    /// Every disposable domain.
    pub fn full(&self) -> BTreeMap<&str, Listing> {
        let listings = self.lists.listings.iter();
        listings
            .map(|(domain, listing)| (domain.as_str(), *listing))
            .collect()
    }

    /// Every domain that must not be taken for a disposable one.
    pub fn real(&self) -> impl Iterator<Item = &str> + Clone {
        let shared = self.overrides.shared.iter().map(String::as_str);
        let curated = self.overrides.real().chain(shared);
        curated
            .chain(self.organisations.domains())
            .chain(self.others.domains())
    }
}

fn rules<'r>(
    suffixes: &'r Suffixes,
    overrides: &'r Overrides,
    organisations: &'r Organisations,
) -> Rules<'r> {
    Rules {
        suffixes,
        overrides,
        organisations,
    }
}

fn read_suffixes(manifest: &Manifest, data: &Path) -> Result<Suffixes, String> {
    let mut sources = manifest.sources.iter();
    let source = sources.find(|source| source.role == Role::Suffixes);
    let source = source.ok_or("sources.toml names no Public Suffix List")?;
    Suffixes::parse(&source.read_text(data)?)
}
