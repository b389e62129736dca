//! The disposable lists of all sources, joined.

use std::collections::BTreeMap;
use std::path::Path;

use crate::domains;
use crate::formats::Format;
use crate::lineage::{self, Listing};
use crate::overrides::Overrides;
use crate::sources::{Manifest, Role, Source, Trust};

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
    pub malformed: Vec<String>,
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
            malformed: Vec::new(),
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
            for (name, last_seen) in entries {
                lists.add(index, &name, last_seen);
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

    fn add(&mut self, source: usize, name: &str, last_seen: Option<u64>) {
        let Some(domain) = domains::normalize(name) else {
            self.malformed.push(name.to_owned());
            return;
        };
        let listing = self.listings.entry(domain).or_default();
        listing.sources |= 1 << source;
        listing.last_seen = listing.last_seen.max(last_seen);
    }
}

fn own_source(manifest: &Manifest, overrides: &Overrides) -> Source {
    Source {
        name: "mailproof".into(),
        registry: "curation".into(),
        version: manifest.version.clone(),
        licence: "MIT OR Apache-2.0".into(),
        date: manifest.version.replace('.', "-"),
        file: "overrides".into(),
        format: Format::Toml,
        sha256: overrides.sha256.clone(),
        role: Role::Disposable,
        trust: Some(Trust::Curated),
        copies: Vec::new(),
    }
}
