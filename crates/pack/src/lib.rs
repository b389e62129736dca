//! `mailproof-pack` builds the list packs of `crates/lists` from the sources that
//! `data/sources.toml` pins and the curation in `data/overrides`.
//!
//! ```text
//! mailproof-pack build     writes what changed
//! mailproof-pack --check   rebuilds in memory; exit code 1 where the committed files differ
//! ```
//! It fetches nothing: `npm ci` and `pip` bring the sources, see `data/README.md`. It is
//! never shipped.
#![forbid(unsafe_code)]

pub mod assemble;
pub mod build;
pub mod curate;
pub mod domains;
pub mod formats;
pub mod hashed;
pub mod lineage;
pub mod lists;
pub mod overrides;
pub mod provenance;
pub mod select;
pub mod sources;
pub mod suffixes;
pub mod tree;
pub mod typo;
