//! The layout of a pack: one place for what the writer writes and the readers read.
//!
//! ```text
//!  0  magic               4 bytes
//!  4  format              1 byte
//!  5  kind                1 byte: 0 small, 1 full
//!  6  zero                2 bytes
//!  8  checksum            8 bytes: FNV-1a-64 of all other bytes
//! 16  length              4 bytes: of the whole pack
//! 20  version            12 bytes of ASCII, filled up with zeros
//! 32  SHA-256            32 bytes: of everything from here on
//! 64  section lengths     4 bytes for each of SECTIONS
//!     sections            one after the other
//! ```
//! Numbers are little-endian.

use super::hash::{FNV_OFFSET_BASIS, fnv1a64};

/// What a pack begins with.
pub const MAGIC: [u8; 4] = *b"MPLP";
/// The format that this version writes and reads.
pub const FORMAT: u8 = 4;
/// Length of the header, up to the section lengths.
pub const HEADER: usize = 64;
/// Where the checksum stands; it covers everything before and after it.
pub const CHECKSUM: core::ops::Range<usize> = 8..16;
/// Where the length of the pack stands.
pub const LENGTH: core::ops::Range<usize> = 16..20;
/// Where the version stands.
pub const VERSION: core::ops::Range<usize> = 20..32;
/// Where the digest stands.
pub const SHA256: core::ops::Range<usize> = 32..64;
/// How many sections follow: sources, suffixes, providers that people mean, mailboxes of
/// functions, relays, free, known, disposable, first sightings, providers of mail exchangers,
/// disposable and parked mail exchangers, parked name servers. The last five are empty in the
/// small pack.
pub const SECTIONS: usize = 13;

/// The checksum of a pack, over all of it but the checksum itself.
pub fn checksum(bytes: &[u8]) -> u64 {
    let before = bytes.get(..CHECKSUM.start).unwrap_or_default();
    let after = bytes.get(CHECKSUM.end..).unwrap_or_default();
    fnv1a64(fnv1a64(FNV_OFFSET_BASIS, before), after)
}

/// The byte that ends a label in a label tree: flags. See [`super::tree`] for the whole.
pub mod entry {
    /// The name ends nowhere here: it is only on the way to others.
    pub const PASSAGE: u8 = 0x01;
    /// An exception rule of the Public Suffix List (`!www.ck`).
    pub const EXCEPTION: u8 = 0x02;
    /// A list of children follows.
    pub const CHILDREN: u8 = 0x04;
    /// Less than this ends a label; every byte of a label is greater.
    pub const END: u8 = 0x08;
    /// Set in the length of a list of children that is grouped by first byte.
    pub const GROUPED: u16 = 0x8000;
}

/// A list of words by length; see [`super::words`].
pub mod words {
    /// Longest word, in bytes.
    pub const LONGEST: usize = 24;
    /// Length of the places at which words of each length start.
    pub const STARTS: usize = 4 * (LONGEST + 3);
    /// The byte of a provider that waits for other people's slips; less is its weight.
    pub const SQUAT: u8 = 5;
    /// In the byte of a mailbox, beside its place among the [`FUNCTIONS`]: RFC 2142 gives the
    /// name.
    pub const STANDARD: u8 = 0x80;
    /// Whose mailboxes there are, as verdicts name them.
    pub const FUNCTIONS: [&str; 13] = [
        "abuse",
        "technical",
        "sales",
        "support",
        "hr",
        "finance",
        "press",
        "legal",
        "purchasing",
        "marketing",
        "office",
        "group",
        NO_REPLY,
    ];
    /// Nobody's.
    pub const NO_REPLY: &str = "no_reply";
}

/// The head of a hashed set; see [`super::hashed`].
pub mod hashed {
    /// Length of the head, up to the labels.
    pub const HEAD: usize = 18;
    /// Zero bytes after the last bit, so that eight bytes can be read anywhere.
    pub const PADDING: usize = 8;
    /// Length of one label: the number of lineages, then the sources as a bit mask.
    pub const LABEL: usize = 3;
    /// Length of one bucket's deviation.
    pub const DEVIATION: usize = 2;

    /// Where the bits of a bucket would begin if all buckets were equally long; the table
    /// holds how far the real place is from there.
    pub fn even_offset(bucket: usize, bucket_bits: u32, bits: u64) -> i64 {
        (bits.wrapping_mul(bucket as u64) >> bucket_bits) as i64
    }
    /// How many labels above the registrable domain are looked up.
    pub const DEPTH: usize = 3;
}

/// A little-endian number of up to eight bytes.
pub(super) fn number(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .rev()
        .fold(0, |number, byte| (number << 8) | u64::from(*byte))
}
