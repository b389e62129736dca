//! Both packs' bytes out of one collection.

use std::collections::{BTreeMap, BTreeSet};

use mailproof_core::pack::layout;
use sha2::{Digest, Sha256};

use crate::collection::Collection;
use crate::hashed::{self, Label};
use crate::lineage::Listing;
use crate::provenance::brotli_length;
use crate::select::{Ranking, Step};
use crate::sources::Source;
use crate::tree::Tree;

/// Which pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// For the form.
    Small,
    /// For the edge and the command line.
    Full,
}

/// The two packs of one build.
#[derive(Debug)]
pub struct Packs<'c> {
    /// For the form.
    pub small: Built<'c>,
    /// For the edge and the command line.
    pub full: Built<'c>,
    /// What the small one took, by evidence.
    pub selection: Vec<Step>,
}

/// One pack.
#[derive(Debug)]
pub struct Built<'c> {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its sections by name.
    pub sections: Sections,
    /// The disposable domains in it.
    pub disposable: BTreeMap<&'c str, Listing>,
}

/// Names and bytes, in the order of the file.
pub type Sections = [(&'static str, Vec<u8>); layout::SECTIONS];

impl Kind {
    /// The word in file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Full => "full",
        }
    }

    /// The most bytes after brotli: the small pack is loaded on the first focus of a field,
    /// the full one by the edge and the command.
    pub fn budget(self) -> usize {
        match self {
            Self::Small => 65_000,
            Self::Full => 650_000,
        }
    }

    /// What a pack says about a member. The small one has no room for who lists it.
    pub fn label(self, listing: &Listing) -> Label {
        match self {
            Self::Small => (listing.lineages(), 0),
            Self::Full => (listing.lineages(), listing.sources),
        }
    }
}

impl<'c> Packs<'c> {
    /// Builds both.
    pub fn assemble(collection: &'c Collection) -> Result<Self, String> {
        let lists = &collection.lists;
        let ranking = Ranking::of(&lists.listings, lists.curated);
        let small = small(collection, &ranking)?;
        Ok(Self {
            selection: ranking.steps(&small.disposable),
            small,
            full: pack(Kind::Full, collection, collection.full())?,
        })
    }
}

/// Compressors of the same quality differ by a few bytes.
const SPARE: usize = 100;

/// The largest small pack within its budget: as many classes of evidence as fit, found by
/// halves.
fn small<'c>(collection: &'c Collection, ranking: &Ranking<'c>) -> Result<Built<'c>, String> {
    let (mut fit, mut too_many) = (0, ranking.classes() + 1);
    let mut best = None;
    while fit + 1 < too_many {
        let count = usize::midpoint(fit, too_many);
        let built = pack(Kind::Small, collection, ranking.strongest(count))?;
        if brotli_length(&built.bytes)? <= Kind::Small.budget() - SPARE {
            (fit, best) = (count, Some(built));
        } else {
            too_many = count;
        }
    }
    best.ok_or_else(|| "the small pack is too big without a single disposable domain".into())
}

fn pack<'c>(
    kind: Kind,
    collection: &'c Collection,
    disposable: BTreeMap<&'c str, Listing>,
) -> Result<Built<'c>, String> {
    let names = |set: &BTreeSet<String>| Tree::of(set.iter().map(String::as_str)).encode();
    let overrides = &collection.overrides;
    let members = disposable
        .iter()
        .map(|(domain, listing)| (*domain, kind.label(listing)))
        .collect();
    // The form asks of a domain what class it has; the rest is for those who ask DNS.
    let full = |section: Result<Vec<u8>, String>| match kind {
        Kind::Small => Ok(Vec::new()),
        Kind::Full => section,
    };
    let sections = [
        ("sources", sources(kind, collection)),
        ("suffixes", collection.suffixes.tree().encode()?),
        ("providers", overrides.providers.encode()?),
        ("mailboxes", overrides.mailboxes.encode()?),
        ("relays", names(&overrides.relays)?),
        ("free", names(&overrides.free)?),
        ("known", names(&overrides.known)?),
        ("disposable", hashed::encode(&members, &collection.real())?),
        ("first_seen", full(first_seen(&disposable))?),
        (
            "mx_providers",
            full(Ok(overrides.exchanges.encode_providers()))?,
        ),
        (
            "disposable_mx",
            full(names(&overrides.exchanges.disposable))?,
        ),
        ("parked_mx", full(names(&overrides.exchanges.parked))?),
        (
            "parked_ns",
            full(names(&overrides.exchanges.parked_name_servers))?,
        ),
    ];
    Ok(Built {
        bytes: join(kind, &collection.manifest.version, &sections)?,
        sections,
        disposable,
    })
}

/// Name and version of every source, in the order of their bits. The small pack does not
/// tell who lists a domain, and so names the curation alone.
fn sources(kind: Kind, collection: &Collection) -> Vec<u8> {
    let sources = collection.lists.sources.iter().map(Source::label);
    let named: Vec<String> = match kind {
        Kind::Small => sources.take(1).collect(),
        Kind::Full => sources.collect(),
    };
    named.join("\n").into_bytes()
}

/// The set of first sightings: its labels are days since 1970. None of the disposable
/// domains that nobody saw is a false hit of it, and others are not asked about.
fn first_seen(disposable: &BTreeMap<&str, Listing>) -> Result<Vec<u8>, String> {
    let days = disposable.iter().filter_map(|(domain, listing)| {
        let day = u16::try_from(listing.first_seen? / SECONDS_A_DAY).ok()?;
        Some((*domain, (0, day)))
    });
    hashed::encode(&days.collect(), &disposable.keys().copied())
}

const SECONDS_A_DAY: u64 = 24 * 60 * 60;

/// Header, table and sections, as [`layout`] describes them.
fn join(kind: Kind, version: &str, sections: &Sections) -> Result<Vec<u8>, String> {
    let mut payload = Vec::new();
    for (_, section) in sections {
        let length = u32::try_from(section.len()).map_err(|e| e.to_string())?;
        payload.extend_from_slice(&length.to_le_bytes());
    }
    for (_, section) in sections {
        payload.extend_from_slice(section);
    }

    let mut pack = vec![0; layout::HEADER];
    let length = u32::try_from(pack.len() + payload.len()).map_err(|e| e.to_string())?;
    pack[..4].copy_from_slice(&layout::MAGIC);
    pack[4] = layout::FORMAT;
    pack[5] = match kind {
        Kind::Small => 0,
        Kind::Full => 1,
    };
    pack[layout::LENGTH].copy_from_slice(&length.to_le_bytes());
    pack[layout::VERSION][..version.len()].copy_from_slice(version.as_bytes());
    pack[layout::SHA256].copy_from_slice(&Sha256::digest(&payload));
    pack.extend_from_slice(&payload);
    let checksum = layout::checksum(&pack);
    pack[layout::CHECKSUM].copy_from_slice(&checksum.to_le_bytes());
    Ok(pack)
}
