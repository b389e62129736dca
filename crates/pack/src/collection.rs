//! Everything a build draws on, read and curated.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::curate::{Dropped, DroppedListings, Rules, curate};
use crate::domains;
use crate::lineage::Listing;
use crate::lists::Lists;
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
    /// Domains of real organisations that are checked against and not shipped.
    pub organisations: BTreeSet<String>,
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
        let organisations = read_organisations(&manifest, data)?;
        let mut lists = Lists::read(&manifest, &overrides, data)?;
        let rules = rules(&suffixes, &overrides, &organisations);
        let mut dropped = curate(&mut lists.listings, &rules);
        dropped.insert(Dropped::Malformed, lists.malformed.clone());
        Ok(Self {
            manifest,
            overrides,
            suffixes,
            organisations,
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
        let organisations = self.organisations.iter().map(String::as_str);
        self.overrides.real().chain(organisations)
    }
}

fn rules<'r>(
    suffixes: &'r Suffixes,
    overrides: &'r Overrides,
    organisations: &'r BTreeSet<String>,
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

fn read_organisations(manifest: &Manifest, data: &Path) -> Result<BTreeSet<String>, String> {
    let mut names = BTreeSet::new();
    let sources = manifest.sources.iter();
    for source in sources.filter(|source| source.role == Role::Organisations) {
        let entries = source.read_entries(data)?;
        names.extend(entries.keys().filter_map(|name| domains::normalize(name)));
    }
    Ok(names)
}
