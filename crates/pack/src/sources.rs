//! `data/sources.toml`: which lists there are, and the reading of them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::formats::{self, Format};
use crate::overrides::read_toml;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the packs, a date such as `2026.11.21`, at most 12 characters.
    pub version: String,
    /// The sources, in the order of their bits in a pack.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
}

/// One pinned source.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The package, and the lineage that begins with it.
    pub name: String,
    /// `npm` or `pypi`.
    pub registry: String,
    /// The exact version.
    pub version: String,
    /// SPDX identifier.
    pub licence: String,
    /// The day the version was published.
    pub date: String,
    /// The package, where the source is called otherwise: two of its files are two sources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// The file that is read, or the folder, under `data`.
    pub file: String,
    /// How to read it.
    pub format: Format,
    /// Where the names stand in a JSON document: keys with dots between, `*` for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// SHA-256 of the file; of the sorted names, a line each, for a folder or a JSON document
    /// that holds more than names.
    pub sha256: String,
    /// What the source is used for.
    pub role: Role,
    /// How its entries come to be.
    #[serde(default)]
    pub trust: Option<Trust>,
    /// The sources that it copied: of an entry that one of these lists too, it is no
    /// witness of its own.
    #[serde(default)]
    pub copies: Vec<String>,
}

/// What a source is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// A list of disposable domains.
    Disposable,
    /// The Public Suffix List.
    Suffixes,
    /// Domains of universities, public bodies and companies: none can enter as disposable.
    Organisations,
    /// Other real domains: no rule knows them, and the built packs are held against them.
    Real,
    /// The sites that people visit most, disposable ones among them: no rule knows them, and
    /// only corrections are held against those that all sources of this role name.
    Visited,
}

/// How a list's entries come to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Each entry was looked at by a person.
    Curated,
    /// Each entry was seen on the service itself.
    Observed,
    /// Entries came in bulk.
    Aggregated,
}

/// What one line of a list says: the domain as the list spells it, and when it was seen
/// where the list says so.
pub type Entries = BTreeMap<String, Option<Sightings>>;

/// When a source saw a domain alive, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sightings {
    /// The first time.
    pub first: u64,
    /// The last time.
    pub last: u64,
}

/// Reads `data/sources.toml`.
pub fn read_manifest(data: &Path) -> Result<Manifest, String> {
    let path = data.join("sources.toml");
    let manifest: Manifest = read_toml(&path)?;
    if manifest.version.len() > 12 || !manifest.version.is_ascii() {
        return Err("sources.toml: the version has to fit 12 ASCII characters".into());
    }
    Ok(manifest)
}

impl Source {
    /// The file's text, where its digest is the pinned one.
    pub fn read_text(&self, data: &Path) -> Result<String, String> {
        let text = self.text(data)?;
        let found = digest(&text);
        if found != self.sha256 {
            return Err(format!(
                "{} {}: SHA-256 is {found}, sources.toml pins {}",
                self.name, self.version, self.sha256
            ));
        }
        Ok(text)
    }

    /// The file's text as it is on disk; of a folder, its names.
    pub fn text(&self, data: &Path) -> Result<String, String> {
        let path = data.join(&self.file);
        if self.format == Format::Folders {
            return Ok(formats::folder_names(&path)?.join("\n"));
        }
        let text = std::fs::read_to_string(&path).map_err(|e| {
            format!(
                "{}: {e}; see data/README.md for how to fetch the sources",
                path.display()
            )
        })?;
        match &self.path {
            Some(places) => Ok(formats::hosts_at(places, &text)
                .map_err(|error| format!("{}: {error}", self.name))?
                .join("\n")),
            None => Ok(text),
        }
    }

    /// The file's entries, where its digest is the pinned one.
    pub fn read_entries(&self, data: &Path) -> Result<Entries, String> {
        self.parse(&self.read_text(data)?)
    }

    /// The entries of the file's text.
    pub fn parse(&self, text: &str) -> Result<Entries, String> {
        formats::parse(self.format, text).map_err(|error| format!("{}: {error}", self.name))
    }

    /// How a pack names the source.
    pub fn label(&self) -> String {
        format!("{} {} ({})", self.name, self.version, self.registry)
    }
}

/// SHA-256 of a text in hexadecimal.
pub fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
