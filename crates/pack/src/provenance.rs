//! `provenance.json`: where every entry of the packs comes from, and what was left out.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::sources::{Source, hex};

/// The whole file.
#[derive(Debug, Serialize)]
pub struct Provenance<'p> {
    /// The version of both packs.
    pub version: &'p str,
    /// Sizes and digests by pack.
    pub packs: BTreeMap<&'static str, PackFigures>,
    /// Rules, providers, relays and other classes, which both packs carry.
    pub classes: BTreeMap<&'static str, usize>,
    /// The sources, in the order of their bits.
    pub sources: Vec<SourceFigures<'p>>,
    /// Disposable domains by the number of lineages that list them.
    pub lineages: BTreeMap<u8, usize>,
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

/// The digest that a pack states of itself.
pub fn digest(pack: &[u8]) -> String {
    let payload = pack
        .get(mailproof_core::pack::layout::HEADER..)
        .unwrap_or_default();
    hex(&Sha256::digest(payload))
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
