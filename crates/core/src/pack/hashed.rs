//! A big set of domains as Golomb–Rice-coded hashes: near-exact, read in place.
//!
//! ```text
//!  0  bits of a key       1 byte
//!  1  bits of a bucket    1 byte: the first bits of a key choose its bucket
//!  2  Rice parameter      1 byte, of the gaps between keys
//!  3  Rice parameter      1 byte, of the labels
//!  4  seed                8 bytes
//! 12  bits                4 bytes: how many there are
//! 16  labels              2 bytes: how many
//! 18  labels              lineages (1 byte), sources (2 bytes, a bit mask), each
//!     deviations          2 bytes a bucket and one more, signed: how far from its even
//!                         share of the bits its own begin
//!     bits                least significant first; PADDING after the last
//! ```
//! A bucket holds its keys in rising order: the gap to the one before, less one (for the
//! first, its value), then the number of its label. Both are Rice codes: a quotient in
//! ones with a zero behind, then the remainder.
//!
//! A look-up decodes half a bucket on average. It says yes to a domain that is not in the
//! set once in 2^bits / keys, which the writer keeps under one in a million; and it picks
//! a seed with which no domain that it knows to be real is such a case.

use super::hash::domain_key;
use super::layout::{hashed, number};

/// What a set says about a member. In the set of first sightings `sources` is a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) lineages: u8,
    pub(super) sources: u16,
}

/// A set of hashed domains; the default is the empty one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct HashedSet<'a> {
    key_bits: u32,
    bucket_bits: u32,
    gap_parameter: u32,
    label_parameter: u32,
    seed: u64,
    labels: &'a [u8],
    length: u64,
    deviations: &'a [u8],
    bits: &'a [u8],
}

impl<'a> HashedSet<'a> {
    /// `None` where the parts do not fit each other.
    pub(super) fn new(bytes: &'a [u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(hashed::HEAD)?;
        let byte = |at: usize| head.get(at).map(|byte| u32::from(*byte));
        let (key_bits, bucket_bits) = (byte(0)?, byte(1)?);
        let (gap_parameter, label_parameter) = (byte(2)?, byte(3)?);
        if key_bits > 48 || bucket_bits > 20 || bucket_bits > key_bits {
            return None;
        }
        if gap_parameter > 40 || label_parameter > 8 {
            return None;
        }
        let labels = number(head.get(16..18)?) as usize * hashed::LABEL;
        let (labels, rest) = rest.split_at_checked(labels)?;
        let deviations = ((1 << bucket_bits) + 1) * hashed::DEVIATION;
        let (deviations, bits) = rest.split_at_checked(deviations)?;
        Some(Self {
            key_bits,
            bucket_bits,
            gap_parameter,
            label_parameter,
            seed: number(head.get(4..12)?),
            length: number(head.get(12..16)?),
            labels,
            deviations,
            bits,
        })
    }

    /// The same, where no bytes at all stand for no members.
    pub(super) fn new_or_empty(bytes: &'a [u8]) -> Option<Self> {
        if bytes.is_empty() {
            return Some(Self::default());
        }
        Self::new(bytes)
    }

    pub(super) fn find(&self, domain: &str) -> Option<Label> {
        let key = domain_key(self.seed, domain) >> (64 - self.key_bits.max(1));
        let rest_bits = self.key_bits - self.bucket_bits;
        let bucket = (key >> rest_bits) as usize;
        let wanted = key & ((1 << rest_bits) - 1);

        let end = self.offset(bucket + 1)?;
        let mut reader = BitReader {
            bits: self.bits,
            at: self.offset(bucket)?,
        };
        let mut next = 0;
        while reader.at < end {
            let value = next + reader.rice(self.gap_parameter)?;
            let label = reader.rice(self.label_parameter)?;
            if value >= wanted {
                return (value == wanted)
                    .then_some(label)
                    .and_then(|label| self.label(label));
            }
            next = value + 1;
        }
        None
    }

    fn offset(&self, bucket: usize) -> Option<usize> {
        let at = bucket * hashed::DEVIATION;
        let deviation = self.deviations.get(at..at + hashed::DEVIATION)?;
        let deviation = i16::from_le_bytes(*deviation.first_chunk()?);
        let even = hashed::even_offset(bucket, self.bucket_bits, self.length);
        usize::try_from(even + i64::from(deviation)).ok()
    }

    fn label(&self, index: u64) -> Option<Label> {
        let at = index as usize * hashed::LABEL;
        let (lineages, sources) = self.labels.get(at..at + hashed::LABEL)?.split_first()?;
        Some(Label {
            lineages: *lineages,
            sources: number(sources) as u16,
        })
    }
}

struct BitReader<'a> {
    bits: &'a [u8],
    at: usize,
}

impl BitReader<'_> {
    fn rice(&mut self, parameter: u32) -> Option<u64> {
        let quotient = self.peek()?.trailing_ones();
        self.at += quotient as usize + 1;
        let remainder = self.peek()? & ((1 << parameter) - 1);
        self.at += parameter as usize;
        Some((u64::from(quotient) << parameter) + remainder)
    }

    /// At least the next 57 bits, least significant first.
    fn peek(&self) -> Option<u64> {
        let byte = self.at / 8;
        let word = self.bits.get(byte..byte + 8)?.first_chunk::<8>()?;
        Some(u64::from_le_bytes(*word) >> (self.at % 8))
    }
}
