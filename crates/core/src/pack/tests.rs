//! The views over small packs made by hand; `crates/pack/tests` holds those of the real ones.

#![allow(clippy::indexing_slicing, reason = "a test may panic")]

use std::sync::LazyLock;

use super::{Pack, PackError, layout, tree};

/// The pack of the page, for tests of what is judged by its lists.
pub(crate) static SMALL: LazyLock<Pack<'static>> =
    LazyLock::new(|| Pack::new(mailproof_lists::SMALL).expect("the small pack"));

/// A pack that holds nothing but suffixes: `com`, `uk`, `co.uk`, `*.ck`, `!www.ck`.
fn tiny() -> Vec<u8> {
    let suffixes: &[u8] =
        b"c\x1c\x00ck\x05\x06\x00*\x00www\x02com\x00u\x0b\x00uk\x04\x03\x00co\x00";
    let mut suffixes = suffixes.to_vec();
    // The group lengths, counted rather than written down twice.
    let uk = suffixes
        .windows(4)
        .position(|w| w == b"u\x0b\x00u")
        .unwrap();
    suffixes[1] = u8::try_from(uk - 3).unwrap();
    suffixes[uk + 1] = u8::try_from(suffixes.len() - uk - 3).unwrap();
    // No keys, no labels, one empty bucket.
    let disposable = [
        &[34, 0, 8, 0],
        &[0; 8][..],
        &[0; 4],
        &[0; 2],
        &[0; 4],
        &[0; 8],
    ]
    .concat();
    pack(b"own 1 (test)\nother 2 (test)", &suffixes, &disposable)
}

/// A pack with nothing in its other sections.
fn pack(sources: &[u8], suffixes: &[u8], disposable: &[u8]) -> Vec<u8> {
    let mut sections = [&[][..]; layout::SECTIONS];
    (sections[0], sections[1], sections[7]) = (sources, suffixes, disposable);
    let mut bytes = vec![0; layout::HEADER];
    bytes[..4].copy_from_slice(&layout::MAGIC);
    bytes[4] = layout::FORMAT;
    bytes[layout::VERSION][..4].copy_from_slice(b"test");
    for section in sections {
        bytes.extend_from_slice(&u32::try_from(section.len()).unwrap().to_le_bytes());
    }
    bytes.extend(sections.concat());
    let length = u32::try_from(bytes.len()).unwrap();
    bytes[layout::LENGTH].copy_from_slice(&length.to_le_bytes());
    let checksum = layout::checksum(&bytes);
    bytes[layout::CHECKSUM].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

#[test]
fn a_pack_says_what_it_is() {
    let bytes = tiny();
    let pack = Pack::new(&bytes).unwrap();
    assert_eq!(pack.info().version, "test");
    assert!(pack.sources().eq(["own 1 (test)", "other 2 (test)"]));
    assert_eq!(pack.disposable("example.com"), None);
}

#[test]
fn suffix_rules_with_wildcards_and_exceptions() {
    let bytes = tiny();
    let pack = Pack::new(&bytes).unwrap();
    for (domain, registrable) in [
        ("com", None),
        ("a.com", Some("a.com")),
        ("b.a.com", Some("a.com")),
        ("uk", None),
        ("co.uk", None),
        ("a.co.uk", Some("a.co.uk")),
        ("a.uk", Some("a.uk")),
        ("ck", None),
        ("a.ck", None),
        ("b.a.ck", Some("b.a.ck")),
        ("www.ck", Some("www.ck")),
        ("a.www.ck", Some("www.ck")),
        ("unheard", None),
        ("a.unheard", Some("a.unheard")),
        ("b.a.unheard", Some("a.unheard")),
        ("", None),
    ] {
        assert_eq!(pack.registrable_domain(domain), registrable, "{domain}");
    }
    for (tld, expected) in [
        ("com", true),
        ("uk", true),
        ("ck", true),
        ("co", false),
        ("", false),
    ] {
        assert_eq!(pack.is_tld(tld), expected, "{tld}");
    }
}

#[test]
fn suffixes_go_from_the_last_label_to_the_whole() {
    assert!(tree::suffixes("a.b.c").eq(["c", "b.c", "a.b.c"]));
    assert!(tree::suffixes("a").eq(["a"]));
    assert_eq!(tree::suffixes("").next(), None);
    assert_eq!(tree::parent("a.b"), Some("b"));
    assert_eq!(tree::parent("b"), None);
}

#[test]
fn what_is_no_pack_is_refused() {
    let good = tiny();
    let mut foreign = good.clone();
    foreign[0] ^= 1;
    let mut newer = good.clone();
    newer[4] += 1;
    let mut longer = good.clone();
    longer.push(0);
    for (bytes, error) in [
        (&b""[..], PackError::NotAPack),
        (b"MPLP", PackError::NotAPack),
        (b"<!DOCTYPE html>", PackError::NotAPack),
        (&foreign, PackError::NotAPack),
        (&newer, PackError::Version),
        (&longer, PackError::Damaged),
        (&good[..good.len() - 1], PackError::Damaged),
        (&good[..layout::HEADER], PackError::Damaged),
        (&good[..6], PackError::Damaged),
    ] {
        assert_eq!(Pack::new(bytes).unwrap_err(), error, "{bytes:?}");
    }
}

#[test]
fn every_single_flip_is_refused() {
    let good = tiny();
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[at] ^= 1 << bit;
            assert!(Pack::new(&bytes).is_err(), "byte {at}, bit {bit}");
        }
    }
}

#[test]
fn sections_that_do_not_fit_are_refused() {
    let disposable = [
        &[34, 0, 8, 0],
        &[0; 8][..],
        &[0; 4],
        &[0; 2],
        &[0; 4],
        &[0; 8],
    ]
    .concat();
    for broken in [
        vec![],
        disposable[..10].to_vec(),
        [&[255], &disposable[1..]].concat(),
        [&[34, 33], &disposable[2..]].concat(),
        [&[34, 0, 255], &disposable[3..]].concat(),
    ] {
        let bytes = pack(b"", b"", &broken);
        assert_eq!(
            Pack::new(&bytes).unwrap_err(),
            PackError::Damaged,
            "{broken:?}"
        );
    }
    let bytes = pack(b"\xff", b"", &disposable);
    assert_eq!(Pack::new(&bytes).unwrap_err(), PackError::Damaged);
}
