//! The build from the sources to the three files of `crates/lists/data`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mailproof_core::pack::layout;

use crate::assemble::{Kind, assemble};
use crate::curate::{Dropped, Rules, curate};
use crate::domains;
use crate::hashed;
use crate::lineage::Listing;
use crate::lists::Lists;
use crate::overrides::Overrides;
use crate::provenance::{PackFigures, Provenance, SourceFigures, brotli_length, digest};
use crate::select::select_small;
use crate::sources::{Manifest, Role, Source, read_manifest};
use crate::suffixes::Suffixes;
use crate::tree::Tree;

/// What a build makes: file names under `crates/lists/data`, and their bytes.
type Files = Vec<(&'static str, Vec<u8>)>;

const SMALL_BUDGET: usize = 65_000;
const FULL_BUDGET: usize = 650_000;
const SECTION_NAMES: [&str; layout::SECTIONS] = [
    "sources",
    "suffixes",
    "relays",
    "free",
    "known",
    "disposable",
];

/// Builds, and writes the files that changed.
pub fn write(root: &Path) -> Result<(), String> {
    let folder = root.join("crates/lists/data");
    for (name, bytes) in build(&root.join("data"))? {
        let path = folder.join(name);
        if std::fs::read(&path).is_ok_and(|committed| committed == bytes) {
            println!("{name}: unchanged");
            continue;
        }
        std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        std::fs::write(&path, bytes).map_err(|e| format!("{}: {e}", path.display()))?;
        println!("{name}: written");
    }
    Ok(())
}

/// Builds, and compares with the committed files byte for byte.
pub fn check(root: &Path) -> Result<(), String> {
    let mut different = Vec::new();
    for (name, bytes) in build(&root.join("data"))? {
        let path = root.join("crates/lists/data").join(name);
        if !std::fs::read(&path).is_ok_and(|committed| committed == bytes) {
            different.push(name);
        }
    }
    if different.is_empty() {
        println!("the committed packs are what the sources give");
        return Ok(());
    }
    Err(format!(
        "{} in crates/lists/data differ from what the sources give; run `mailproof-pack build`",
        different.join(", ")
    ))
}

fn build(data: &Path) -> Result<Files, String> {
    let manifest = read_manifest(data)?;
    let overrides = Overrides::read(data)?;
    let suffixes = read_suffixes(&manifest, data)?;
    let academic = read_real(&manifest, data)?;

    let mut lists = Lists::read(&manifest, &overrides, data)?;
    let rules = Rules {
        suffixes: &suffixes,
        overrides: &overrides,
        real: &academic,
    };
    let mut dropped = curate(&mut lists.listings, &rules);
    dropped.insert(Dropped::Malformed, lists.malformed);

    let classes = Classes::new(&manifest.version, &lists.sources, &overrides, &suffixes)?;
    let all = lists
        .listings
        .iter()
        .map(|(domain, listing)| (domain.as_str(), *listing));
    let full: BTreeMap<&str, Listing> = all.collect();
    let small = select_small(&lists.listings, lists.curated);
    let real = overrides.real().chain(academic.iter().map(String::as_str));
    let small_pack = classes.pack(Kind::Small, &small, real.clone())?;
    let full_pack = classes.pack(Kind::Full, &full, real)?;
    keep_budget(&small_pack.figures, &full_pack.figures)?;

    let provenance = Provenance {
        version: &manifest.version,
        packs: BTreeMap::from([("full", full_pack.figures), ("small", small_pack.figures)]),
        classes: BTreeMap::from([
            ("free", overrides.free.len()),
            ("known", overrides.known.len()),
            ("relays", overrides.relays.len()),
            ("suffix_rules", suffixes.icann_rules.len()),
        ]),
        sources: source_figures(&lists, &full, &small),
        lineages: count_lineages(&full),
        dropped: dropped
            .into_iter()
            .map(|(rule, count)| (rule.name(), count))
            .collect(),
    };
    let mut json = serde_json::to_vec_pretty(&provenance).map_err(|e| e.to_string())?;
    json.push(b'\n');
    Ok(vec![
        ("small.pack", small_pack.bytes),
        ("full.pack", full_pack.bytes),
        ("provenance.json", json),
    ])
}

fn read_suffixes(manifest: &Manifest, data: &Path) -> Result<Suffixes, String> {
    let source = manifest
        .sources
        .iter()
        .find(|source| source.role == Role::Suffixes);
    let source = source.ok_or("sources.toml names no Public Suffix List")?;
    Suffixes::parse(&source.read_text(data)?)
}

fn read_real(manifest: &Manifest, data: &Path) -> Result<BTreeSet<String>, String> {
    let mut real = BTreeSet::new();
    for source in manifest
        .sources
        .iter()
        .filter(|source| source.role == Role::Real)
    {
        let entries = source.read_entries(data)?;
        real.extend(entries.keys().filter_map(|name| domains::normalize(name)));
    }
    Ok(real)
}

/// What both packs carry alike.
struct Classes<'c> {
    version: &'c str,
    sources: String,
    suffixes: Vec<u8>,
    relays: Vec<u8>,
    free: Vec<u8>,
    known: Vec<u8>,
}

impl<'c> Classes<'c> {
    fn new(
        version: &'c str,
        sources: &[Source],
        overrides: &Overrides,
        suffixes: &Suffixes,
    ) -> Result<Self, String> {
        let names = |set: &BTreeSet<String>| Tree::of(set.iter().map(String::as_str)).encode();
        let sources: Vec<String> = sources.iter().map(Source::label).collect();
        Ok(Self {
            version,
            sources: sources.join("\n"),
            suffixes: suffixes.tree().encode()?,
            relays: names(&overrides.relays)?,
            free: names(&overrides.free)?,
            known: names(&overrides.known)?,
        })
    }

    fn pack<'d>(
        &self,
        kind: Kind,
        disposable: &BTreeMap<&str, Listing>,
        real: impl Iterator<Item = &'d str> + Clone,
    ) -> Result<Built, String> {
        let members = disposable
            .iter()
            .map(|(domain, listing)| (*domain, label(kind, listing)))
            .collect();
        let disposable_set = hashed::encode(&members, real)?;
        let sections: [&[u8]; layout::SECTIONS] = [
            self.sources.as_bytes(),
            &self.suffixes,
            &self.relays,
            &self.free,
            &self.known,
            &disposable_set,
        ];
        let bytes = assemble(kind, self.version, sections)?;
        let mut lengths = BTreeMap::new();
        for (name, section) in SECTION_NAMES.into_iter().zip(sections) {
            lengths.insert(name, brotli_length(section)?);
        }
        let figures = PackFigures {
            bytes: bytes.len(),
            brotli: brotli_length(&bytes)?,
            sections: lengths,
            sha256: digest(&bytes),
            disposable: disposable.len(),
            single_lineage: disposable
                .values()
                .filter(|listing| listing.lineages() == 1)
                .count(),
        };
        Ok(Built { bytes, figures })
    }
}

/// What a pack says about a member. The small one has no room for the names of the sources.
fn label(kind: Kind, listing: &Listing) -> hashed::Label {
    match kind {
        Kind::Small => (listing.lineages(), 0),
        Kind::Full => (listing.lineages(), listing.sources),
    }
}

/// A pack and its figures.
struct Built {
    bytes: Vec<u8>,
    figures: PackFigures,
}

fn source_figures<'s>(
    lists: &'s Lists,
    full: &BTreeMap<&str, Listing>,
    small: &BTreeMap<&str, Listing>,
) -> Vec<SourceFigures<'s>> {
    let count = |pack: &BTreeMap<&str, Listing>, index: usize| {
        pack.values()
            .filter(|listing| listing.sources >> index & 1 == 1)
            .count()
    };
    let sources = lists.sources.iter().zip(&lists.entries).enumerate();
    sources
        .map(|(index, (source, entries))| SourceFigures {
            source,
            entries: *entries,
            in_full: count(full, index),
            in_small: count(small, index),
        })
        .collect()
}

fn count_lineages(pack: &BTreeMap<&str, Listing>) -> BTreeMap<u8, usize> {
    let mut counts = BTreeMap::new();
    for listing in pack.values() {
        *counts.entry(listing.lineages()).or_default() += 1;
    }
    counts
}

fn keep_budget(small: &PackFigures, full: &PackFigures) -> Result<(), String> {
    for (name, figures, budget) in [("small", small, SMALL_BUDGET), ("full", full, FULL_BUDGET)] {
        println!(
            "{name}: {} bytes, brotli {}, {} disposable domains, {} of one lineage only",
            figures.bytes, figures.brotli, figures.disposable, figures.single_lineage
        );
        println!("{name}: brotli by section {:?}", figures.sections);
        if figures.brotli > budget {
            return Err(format!(
                "the {name} pack has {} bytes brotli, over {budget}",
                figures.brotli
            ));
        }
    }
    Ok(())
}
