//! The disposable lists of all sources, joined.

use std::collections::BTreeMap;
use std::path::Path;

use crate::domains;
use crate::formats::Format;
use crate::lineage::{self, Listing};
use crate::overrides::Overrides;
use crate::sources::{Manifest, Role, Sightings, Source, Trust};

/// The disposable lists, joined.
#[derive(Debug)]
pub struct Lists {
    /// Mailproof's own curation first, then as in the manifest.
    pub sources: Vec<Source>,
    /// How many entries each publishes.
    pub entries: Vec<usize>,
    /// Who lists what.
    pub listings: BTreeMap<String, Listing>,
    /// The sources that people curate, as a bit mask.
    pub curated: u16,
    /// Entries that can be no host name.
    pub malformed: BTreeMap<String, Listing>,
}

impl Lists {
    /// Reads every list and finds out who is a witness of what.
    pub fn read(manifest: &Manifest, overrides: &Overrides, data: &Path) -> Result<Self, String> {
        let disposable = manifest
            .sources
            .iter()
            .filter(|source| source.role == Role::Disposable);
        let mut lists = Self {
            sources: vec![own_source(manifest, overrides)],
            entries: vec![overrides.disposable.len()],
            listings: BTreeMap::new(),
            curated: 1,
            malformed: BTreeMap::new(),
        };
        for name in &overrides.disposable {
            lists.add(0, name, None);
        }
        for source in disposable {
            let index = lists.sources.len();
            let entries = source.read_entries(data)?;
            lists.sources.push(source.clone());
            lists.entries.push(entries.len());
            lists.curated |= u16::from(source.trust == Some(Trust::Curated)) << index;
            for (name, seen) in entries {
                lists.add(index, &name, seen);
            }
        }
        let copied: Result<Vec<u16>, String> = lists
            .sources
            .iter()
            .map(|source| lineage::copied_mask(&lists.sources, source))
            .collect();
        let copied = copied?;
        lineage::find_witnesses(&mut lists.listings, &copied);
        lineage::check_declared(&lists.listings, &lists.sources, &copied)?;
        Ok(lists)
    }

    fn add(&mut self, source: usize, name: &str, seen: Option<Sightings>) {
        let listing = match domains::normalize(name) {
            Some(domain) => self.listings.entry(domain).or_default(),
            None => self.malformed.entry(name.to_owned()).or_default(),
        };
        listing.sources |= 1 << source;
        if let Some(seen) = seen {
            listing.last_seen = listing.last_seen.max(Some(seen.last));
            let first = listing
                .first_seen
                .map_or(seen.first, |first| first.min(seen.first));
            listing.first_seen = Some(first);
        }
    }
}

fn own_source(manifest: &Manifest, overrides: &Overrides) -> Source {
    Source {
        name: "mailproof".into(),
        registry: "curation".into(),
        version: manifest.version.clone(),
        licence: "MIT OR Apache-2.0".into(),
        date: manifest.version.replace('.', "-"),
        package: None,
        file: "overrides".into(),
        path: None,
        format: Format::Toml,
        sha256: overrides.sha256.clone(),
        role: Role::Disposable,
        trust: Some(Trust::Curated),
        copies: Vec::new(),
    }
}
