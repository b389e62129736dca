//! Real domains out of registry packages, held against the lists and never shipped: those of
//! universities, public bodies and companies.

use std::collections::BTreeMap;
use std::path::Path;

use crate::domains::{self, with_parents};
use crate::sources::{Manifest, Role};

/// Domains as A-labels in lower case, each with the first source that names it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Organisations {
    sources: BTreeMap<String, String>,
}

impl Organisations {
    /// Reads the sources with this role.
    pub fn read(manifest: &Manifest, role: Role, data: &Path) -> Result<Self, String> {
        let mut organisations = Self::default();
        for source in manifest.sources.iter().filter(|source| source.role == role) {
            let entries = source.read_entries(data)?;
            for domain in entries.keys().filter_map(|name| domains::normalize(name)) {
                let first = organisations.sources.entry(domain);
                first.or_insert_with(|| source.name.clone());
            }
        }
        Ok(organisations)
    }

    /// Reads what all sources with this role name.
    pub fn read_common(manifest: &Manifest, role: Role, data: &Path) -> Result<Self, String> {
        let mut common: Option<BTreeMap<String, String>> = None;
        for source in manifest.sources.iter().filter(|source| source.role == role) {
            let entries = source.read_entries(data)?;
            let named = entries.keys().filter_map(|name| domains::normalize(name));
            let joint = |name: String| match &common {
                None => Some((name, source.name.clone())),
                Some(others) => {
                    let first = others.get(&name)?;
                    Some((name, format!("{first} and {}", source.name)))
                }
            };
            common = Some(named.filter_map(joint).collect());
        }
        Ok(Self {
            sources: common.unwrap_or_default(),
        })
    }

    /// Keeps those of which `holds` is true.
    pub fn retain(&mut self, holds: impl Fn(&str) -> bool) {
        self.sources.retain(|domain, _| holds(domain));
    }

    /// The source that names `domain` or a parent.
    pub fn source_of(&self, domain: &str) -> Option<&str> {
        let mut names = with_parents(domain);
        names.find_map(|name| self.sources.get(name).map(String::as_str))
    }

    /// Every domain.
    pub fn domains(&self) -> impl Iterator<Item = &str> + Clone {
        self.sources.keys().map(String::as_str)
    }

    /// Every domain with its source.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &str)> {
        let rows = self.sources.iter();
        rows.map(|(domain, source)| (domain.as_str(), source.as_str()))
    }

    /// How many there are, by source.
    pub fn counts(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for source in self.sources.values() {
            *counts.entry(source.as_str()).or_default() += 1;
        }
        counts
    }
}
