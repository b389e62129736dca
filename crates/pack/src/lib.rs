//! `mailproof-pack` builds the list packs of `crates/lists` from the sources that
//! `data/sources.toml` pins and the curation in `data/overrides`.
//!
//! ```text
//! mailproof-pack build     writes what changed
//! mailproof-pack --check   rebuilds in memory; exit code 1 where the committed files differ
//! mailproof-pack dropped   prints what the rules kept out
//! mailproof-pack committed holds the committed packs against their provenance; no sources
//! mailproof-pack entries   prints every source's entries, for telling what a refresh changed
//! mailproof-pack digests   prints the digests of the sources as they are on disk
//! mailproof-pack real      prints the real domains that the packs are held against
//! ```
//! It fetches nothing: `npm ci` and `pip` bring the sources, see `data/README.md`. It is
//! never shipped.
#![forbid(unsafe_code)]
#![allow(
    clippy::missing_errors_doc,
    reason = "every error of this tool is a sentence for the person who runs it"
)]
#![allow(
    clippy::cast_possible_truncation,
    reason = "what is narrowed was bounded before; `verify` reads every pack back"
)]

pub mod assemble;
pub mod collection;
pub mod curate;
pub mod domains;
pub mod exchanges;
pub mod figures;
pub mod formats;
pub mod hashed;
pub mod kept_out;
pub mod lineage;
pub mod lists;
pub mod organisations;
pub mod overrides;
pub mod provenance;
pub mod refresh;
pub mod select;
pub mod sources;
pub mod suffixes;
pub mod tree;
pub mod typo;
pub mod verbs;
pub mod verify;
pub mod words;
