//! Damaged packs: refused, and where a checksum is made to fit all the same, still no panic
//! and no endless loop.
#![forbid(unsafe_code)]

use mailproof_core::pack::layout;
use mailproof_core::{Pack, PackError, PackKind};
use mailproof_laws::pack::ask_everything;
use mailproof_laws::random::Random;

/// Header and section lengths: where the file says how it is to be read.
const TABLES: usize = layout::HEADER + 4 * layout::SECTIONS;

/// Makes the checksum fit, as damage never does and an attacker can.
fn fit(bytes: &mut [u8]) {
    let checksum = layout::checksum(bytes);
    bytes[layout::CHECKSUM].copy_from_slice(&checksum.to_le_bytes());
}

#[test]
fn every_flip_in_the_header_is_refused() {
    for good in [mailproof_lists::SMALL, mailproof_lists::FULL] {
        let mut bytes = good.to_vec();
        for at in 0..TABLES {
            // One bit after the other for the small pack; one for the full, which takes longer.
            let bits = if good.len() < 200_000 { 8 } else { 1 };
            for bit in (0..bits).map(|bit| (bit + at) % 8) {
                bytes[at] ^= 1 << bit;
                let error = Pack::new(&bytes).err();
                let expected = match at {
                    0..4 => PackError::NotAPack,
                    4 => PackError::Version,
                    _ => PackError::Damaged,
                };
                assert_eq!(error, Some(expected), "byte {at}, bit {bit}");
                bytes[at] ^= 1 << bit;
            }
        }
        assert_eq!(bytes, good);
    }
}

#[test]
fn a_header_that_lies_behind_a_fitting_checksum_is_refused_or_harmless() {
    let good = mailproof_lists::SMALL;
    let outside = |at: &usize| !layout::CHECKSUM.contains(at);
    for at in (0..TABLES).filter(outside) {
        for value in [
            0,
            1,
            2,
            good[at] ^ 1,
            good[at] ^ 0x80,
            !good[at],
            0x7f,
            0xff,
        ] {
            let mut bytes = good.to_vec();
            bytes[at] = value;
            fit(&mut bytes);
            let Ok(pack) = Pack::new(&bytes) else {
                continue;
            };
            // Magic, format, length and the lengths of the sections have to be right.
            let told = value == good[at] || (5..8).contains(&at) || (20..64).contains(&at);
            assert!(told, "byte {at} = {value}");
            assert!(at != 5 || value < 2, "kind {value}: {:?}", pack.info().kind);
            ask_everything(&pack);
        }
    }
}

#[test]
fn random_damage_is_refused() {
    let mut random = Random::new(0x6d61_696c_7072_6f6f);
    let mut bytes = mailproof_lists::SMALL.to_vec();
    for _ in 0..300 {
        let flips: Vec<_> = (0..=random.below(4))
            .map(|_| (random.below(bytes.len()), 1 << random.below(8)))
            .collect();
        for (at, bit) in &flips {
            bytes[*at] ^= bit;
        }
        if bytes != mailproof_lists::SMALL {
            assert!(Pack::new(&bytes).is_err(), "{flips:?}");
        }
        for (at, bit) in &flips {
            bytes[*at] ^= bit;
        }
    }
}

#[test]
fn any_cut_is_refused() {
    let mut random = Random::new(1);
    for _ in 0..300 {
        let length = random.below(mailproof_lists::SMALL.len());
        assert!(
            Pack::new(&mailproof_lists::SMALL[..length]).is_err(),
            "{length}"
        );
    }
}

#[test]
fn damage_behind_a_fitting_checksum_never_panics() {
    let mut random = Random::new(2);
    let mut read = 0;
    for round in 0..800 {
        let kind = if round % 5 == 4 {
            PackKind::Full
        } else {
            PackKind::Small
        };
        let mut bytes = match kind {
            PackKind::Small => mailproof_lists::SMALL.to_vec(),
            PackKind::Full => mailproof_lists::FULL.to_vec(),
        };
        // Half of the rounds hit the tables, where lengths and offsets stand.
        let reach = if round % 2 == 0 { 600 } else { bytes.len() };
        for _ in 0..=random.below(200) {
            let at = layout::HEADER + random.below(reach.min(bytes.len()) - layout::HEADER);
            bytes[at] = u8::try_from(random.below(256)).unwrap();
        }
        fit(&mut bytes);
        if let Ok(pack) = Pack::new(&bytes) {
            read += 1;
            ask_everything(&pack);
        }
    }
    assert!(read > 100, "{read} damaged packs were read at all");
}
