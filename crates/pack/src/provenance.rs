//! `provenance.json`: where the entries of the packs come from, and what was left out.

use std::collections::BTreeMap;
use std::fmt;

use mailproof_core::Pack;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::assemble::{Built, Packs};
use crate::collection::Collection;
use crate::lineage::Listing;
use crate::select::Step;
use crate::sources::{Source, hex};

/// The whole file.
#[derive(Debug, Serialize)]
pub struct Provenance<'p> {
    /// The version of both packs.
    pub version: &'p str,
    /// Sizes and digests by pack.
    pub packs: BTreeMap<&'static str, PackFigures>,
    /// Rules, providers, relays and other classes; what is known of mail exchangers is in
    /// the full pack only.
    pub classes: BTreeMap<&'static str, usize>,
    /// The Public Suffix List, and the domains of organisations that were checked against.
    pub references: Vec<&'p Source>,
    /// The disposable lists, in the order of their bits.
    pub sources: Vec<SourceFigures<'p>>,
    /// Disposable domains of the full pack by the number of lineages that list them.
    pub lineages: BTreeMap<u8, usize>,
    /// What the small pack took, from the best attested domains to the first that it left.
    pub selection: &'p [Step],
    /// The disposable domains that two lineages or more list, before any rule, and how many
    /// of them the packs find.
    pub corroborated: Corroborated,
    /// Domains of universities, public bodies and companies that none of the packs calls
    /// disposable, by the source that names them.
    pub real: BTreeMap<&'p str, usize>,
    /// Entries that the rules kept out, by rule.
    pub dropped: BTreeMap<&'static str, usize>,
}

/// One pack in figures.
#[derive(Debug, Serialize)]
pub struct PackFigures {
    /// Length in bytes.
    pub bytes: usize,
    /// Length after brotli, quality 11.
    pub brotli: usize,
    /// Brotli lengths of the sections alone.
    pub sections: BTreeMap<&'static str, usize>,
    /// SHA-256 of everything after the header, as the pack itself says.
    pub sha256: String,
    /// How many disposable domains it holds.
    pub disposable: usize,
    /// How many of these only one lineage lists.
    pub single_lineage: usize,
}

/// How much of what lists agree on is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Corroborated {
    /// In the union of all lists.
    pub in_union: usize,
    /// Of these found by the full pack, by themselves or by a parent.
    pub found_by_full: usize,
    /// Of these found by the small pack.
    pub found_by_small: usize,
}

impl Corroborated {
    /// Asks the built packs.
    pub fn of(collection: &Collection, packs: &Packs<'_>) -> Result<Self, String> {
        let read = |built| Pack::new(built).map_err(|e| format!("{e:?}"));
        let (full, small) = (read(&packs.full.bytes)?, read(&packs.small.bytes)?);
        let dropped = collection.dropped.values().flatten();
        let union = collection.lists.listings.iter().chain(dropped);
        let agreed: Vec<&str> = union
            .filter(|(_, listing)| listing.lineages() >= 2)
            .map(|(domain, _)| domain.as_str())
            .collect();
        let found = |pack: &Pack<'_>| {
            let found = agreed.iter().filter(|name| pack.disposable(name).is_some());
            found.count()
        };
        Ok(Self {
            in_union: agreed.len(),
            found_by_full: found(&full),
            found_by_small: found(&small),
        })
    }
}

/// One source in figures.
#[derive(Debug, Serialize)]
pub struct SourceFigures<'p> {
    /// As in `sources.toml`.
    #[serde(flatten)]
    pub source: &'p Source,
    /// Entries as published.
    pub entries: usize,
    /// Of these in the full pack.
    pub in_full: usize,
    /// Of these in the small pack.
    pub in_small: usize,
}

impl<'p> Provenance<'p> {
    /// The figures of a build.
    pub fn of(collection: &'p Collection, packs: &'p Packs<'_>) -> Result<Self, String> {
        let (overrides, lists) = (&collection.overrides, &collection.lists);
        let shipped = |source: &&Source| !lists.sources.contains(source);
        let sources = lists.sources.iter().zip(&lists.entries).enumerate();
        let dropped = collection.dropped.iter();
        Ok(Self {
            version: &collection.manifest.version,
            packs: BTreeMap::from([
                ("full", PackFigures::of(&packs.full)?),
                ("small", PackFigures::of(&packs.small)?),
            ]),
            classes: BTreeMap::from([
                ("free", overrides.free.len()),
                ("known", overrides.known.len()),
                ("relays", overrides.relays.len()),
                ("providers", overrides.providers.iter().count()),
                ("mailboxes", overrides.mailboxes.iter().count()),
                ("mx_providers", overrides.exchanges.providers.len()),
                ("disposable_mx", overrides.exchanges.disposable.len()),
                ("parked_mx", overrides.exchanges.parked.len()),
                ("parked_ns", overrides.exchanges.parked_name_servers.len()),
                ("suffix_rules", collection.suffixes.icann_rules.len()),
            ]),
            references: collection.manifest.sources.iter().filter(shipped).collect(),
            sources: sources
                .map(|(index, (source, entries))| SourceFigures {
                    source,
                    entries: *entries,
                    in_full: count(&packs.full.disposable, |listing| listing.names(index)),
                    in_small: count(&packs.small.disposable, |listing| listing.names(index)),
                })
                .collect(),
            lineages: (1..=16)
                .map(|number| {
                    (
                        number,
                        count(&packs.full.disposable, |l| l.lineages() == number),
                    )
                })
                .filter(|(_, count)| *count > 0)
                .collect(),
            selection: &packs.selection,
            corroborated: Corroborated::of(collection, packs)?,
            real: {
                let organisations = collection.organisations.counts().into_iter();
                organisations.chain(collection.others.counts()).collect()
            },
            dropped: dropped
                .map(|(rule, domains)| (rule.name(), domains.len()))
                .collect(),
        })
    }
}

impl PackFigures {
    fn of(pack: &Built<'_>) -> Result<Self, String> {
        let mut sections = BTreeMap::new();
        for (name, section) in &pack.sections {
            sections.insert(*name, brotli_length(section)?);
        }
        let payload = &pack.bytes[mailproof_core::pack::layout::HEADER..];
        Ok(Self {
            bytes: pack.bytes.len(),
            brotli: brotli_length(&pack.bytes)?,
            sections,
            sha256: hex(&Sha256::digest(payload)),
            disposable: pack.disposable.len(),
            single_lineage: count(&pack.disposable, |listing| listing.lineages() == 1),
        })
    }
}

impl fmt::Display for PackFigures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} bytes, {} after brotli, {} disposable domains, {} of one lineage only; {:?}",
            self.bytes, self.brotli, self.disposable, self.single_lineage, self.sections
        )
    }
}

fn count(disposable: &BTreeMap<&str, Listing>, which: impl Fn(&Listing) -> bool) -> usize {
    disposable.values().filter(|listing| which(listing)).count()
}

/// Length after brotli at its best, as a static host serves it.
pub fn brotli_length(bytes: &[u8]) -> Result<usize, String> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &params).map_err(|e| e.to_string())?;
    Ok(compressed.len())
}
