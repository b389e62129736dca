//! The writer of hashed sets; `mailproof_core::pack` reads them.

use std::collections::{BTreeMap, BTreeSet};

use mailproof_core::pack::{hash::domain_key, layout::hashed};

/// What a set says about a member: number of lineages, sources as a bit mask.
pub type Label = (u8, u16);

/// Keys in a bucket on average lie between this and its half.
const BUCKET: usize = 32;
/// A domain that is no member is taken for one less often than once in this.
const ONE_IN: u64 = 1_000_000;

/// Writes a set. No domain of `real` that is not a member is a false hit of it.
pub fn encode<'d>(
    members: &BTreeMap<&str, Label>,
    real: &(impl Iterator<Item = &'d str> + Clone),
) -> Result<Vec<u8>, String> {
    let key_bits = key_bits(members.len());
    let (seed, keys) = (0..64)
        .map(|seed| (seed, keys(members, seed, key_bits)))
        .find(|(seed, keys)| {
            let hit = |name: &str| keys.contains_key(&(domain_key(*seed, name) >> (64 - key_bits)));
            keys.len() == members.len()
                && !real
                    .clone()
                    .any(|name| !members.contains_key(name) && hit(name))
        })
        .ok_or("no seed keeps the known domains out of the hashed set")?;
    Coding::new(&keys, key_bits).write(seed, &keys)
}

/// Enough bits that a false hit is rarer than one in [`ONE_IN`].
fn key_bits(members: usize) -> u32 {
    (members.max(1) as u64 * ONE_IN).next_power_of_two().ilog2()
}

/// Two members with one key would be one; such a seed is passed over by its count.
fn keys(members: &BTreeMap<&str, Label>, seed: u64, key_bits: u32) -> BTreeMap<u64, Label> {
    members
        .iter()
        .map(|(domain, label)| (domain_key(seed, domain) >> (64 - key_bits), *label))
        .collect()
}

/// The parameters that make a set smallest.
struct Coding {
    key_bits: u32,
    bucket_bits: u32,
    gap_parameter: u32,
    label_parameter: u32,
    labels: Vec<Label>,
}

impl Coding {
    fn new(keys: &BTreeMap<u64, Label>, key_bits: u32) -> Self {
        let bucket_bits = (keys.len() / BUCKET)
            .next_power_of_two()
            .ilog2()
            .min(key_bits);
        let labels = by_frequency(keys);
        let mut coding = Self {
            key_bits,
            bucket_bits,
            gap_parameter: 0,
            label_parameter: 0,
            labels,
        };
        let gaps: Vec<u64> = coding.gaps(keys).map(|(_, gap, _)| gap).collect();
        coding.gap_parameter = best_parameter(&gaps, 40);
        let numbers: Vec<u64> = coding.gaps(keys).map(|(_, _, label)| label).collect();
        coding.label_parameter = best_parameter(&numbers, 8);
        coding
    }

    /// Bucket, gap and label number of every key.
    fn gaps<'k>(
        &'k self,
        keys: &'k BTreeMap<u64, Label>,
    ) -> impl Iterator<Item = (usize, u64, u64)> + 'k {
        let rest_bits = self.key_bits - self.bucket_bits;
        let numbers: BTreeMap<Label, u64> = self.labels.iter().copied().zip(0..).collect();
        let mut next = (0, 0);
        keys.iter().map(move |(key, label)| {
            let bucket = (key >> rest_bits) as usize;
            let value = key & ((1 << rest_bits) - 1);
            let gap = if next.0 == bucket {
                value - next.1
            } else {
                value
            };
            next = (bucket, value + 1);
            (bucket, gap, numbers[label])
        })
    }

    fn write(&self, seed: u64, keys: &BTreeMap<u64, Label>) -> Result<Vec<u8>, String> {
        let mut bits = BitWriter::default();
        let mut offsets = Vec::new();
        for (bucket, gap, label) in self.gaps(keys) {
            offsets.resize(offsets.len().max(bucket + 1), bits.length);
            bits.rice(gap, self.gap_parameter);
            bits.rice(label, self.label_parameter);
        }
        offsets.resize((1 << self.bucket_bits) + 1, bits.length);

        let mut bytes = Vec::with_capacity(hashed::HEAD);
        let head = [
            self.key_bits,
            self.bucket_bits,
            self.gap_parameter,
            self.label_parameter,
        ];
        bytes.extend(head.map(|number| number as u8));
        bytes.extend_from_slice(&seed.to_le_bytes());
        bytes.extend_from_slice(&bits.length.to_le_bytes());
        bytes.extend_from_slice(&(self.labels.len() as u16).to_le_bytes());
        for (lineages, sources) in &self.labels {
            bytes.push(*lineages);
            bytes.extend_from_slice(&sources.to_le_bytes());
        }
        for (bucket, offset) in offsets.into_iter().enumerate() {
            let even = hashed::even_offset(bucket, self.bucket_bits, bits.length.into());
            let deviation = i16::try_from(i64::from(offset) - even);
            let deviation = deviation.map_err(|_| "the buckets are too uneven for their table")?;
            bytes.extend_from_slice(&deviation.to_le_bytes());
        }
        bytes.extend_from_slice(&bits.bytes);
        bytes.extend_from_slice(&[0; hashed::PADDING]);
        Ok(bytes)
    }
}

/// The most frequent label first, so that it gets the shortest code.
fn by_frequency(keys: &BTreeMap<u64, Label>) -> Vec<Label> {
    let mut counts: BTreeMap<Label, usize> = BTreeMap::new();
    for label in keys.values() {
        *counts.entry(*label).or_default() += 1;
    }
    let ordered: BTreeSet<_> = counts
        .iter()
        .map(|(label, count)| (usize::MAX - count, *label))
        .collect();
    ordered.into_iter().map(|(_, label)| label).collect()
}

fn best_parameter(numbers: &[u64], most: u32) -> u32 {
    let bits = |parameter: u32| -> u64 {
        numbers
            .iter()
            .map(|number| (number >> parameter) + 1 + u64::from(parameter))
            .sum()
    };
    // A quotient has to fit one read of 57 bits.
    let fits = |parameter: &u32| numbers.iter().all(|number| number >> parameter < 56);
    (0..=most)
        .filter(fits)
        .min_by_key(|parameter| bits(*parameter))
        .unwrap_or(most)
}

#[derive(Default)]
struct BitWriter {
    bytes: Vec<u8>,
    length: u32,
}

impl BitWriter {
    fn rice(&mut self, number: u64, parameter: u32) {
        for _ in 0..number >> parameter {
            self.bit(true);
        }
        self.bit(false);
        for bit in 0..parameter {
            self.bit(number >> bit & 1 == 1);
        }
    }

    fn bit(&mut self, bit: bool) {
        if self.length.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= u8::from(bit) << (self.length % 8);
        }
        self.length += 1;
    }
}
