//! Packs of any bytes: refused or read, and where read, every question ends with an answer
//! that is a part of what was asked.

use mailproof_core::Pack;
use mailproof_core::pack::layout;

const NAMES: [&str; 19] = [
    "mailinator.com",
    "gmail.com",
    "a.gmail.com",
    "a.b.c.d.e.f.g.h.i.example.co.uk",
    "x.kawasaki.jp",
    "www.city.kawasaki.jp",
    "own.mozmail.com",
    "www.ck",
    "oslo.no",
    "aspmx.l.google.com",
    "in.mail.tm",
    "park-mx.above.com",
    "ns1.sedoparking.com",
    ".",
    "com",
    "",
    "..",
    "*",
    "\u{1}.\u{8}",
];

/// Reads the bytes as they are, and again with length and checksum made to fit, so that the
/// damage gets behind them.
///
/// # Panics
/// Where the law is broken.
pub fn any(bytes: &[u8]) {
    let _ = Pack::new(bytes).map(|pack| ask_everything(&pack));
    let mut fitted = bytes.to_vec();
    if fit(&mut fitted) {
        let _ = Pack::new(&fitted).map(|pack| ask_everything(&pack));
    }
}

/// Takes the bytes as sections: a length in two bytes before each, and the head is ours.
///
/// # Panics
/// Where the law is broken.
pub fn of_sections(bytes: &[u8]) {
    let mut lengths = Vec::new();
    let mut sections = Vec::new();
    let mut rest = bytes;
    for place in 0..layout::SECTIONS {
        let wanted = rest.split_first_chunk().map_or(0, |(length, after)| {
            rest = after;
            usize::from(u16::from_le_bytes(*length))
        });
        let is_last = place + 1 == layout::SECTIONS;
        let length = if is_last {
            rest.len()
        } else {
            wanted.min(rest.len())
        };
        let (section, after) = rest.split_at(length);
        rest = after;
        let length = u32::try_from(length).expect("sections are short");
        lengths.extend_from_slice(&length.to_le_bytes());
        sections.extend_from_slice(section);
    }
    let mut pack = vec![0; layout::HEADER];
    pack[layout::VERSION].copy_from_slice(b"2026.01.01\0\0");
    pack.extend_from_slice(&lengths);
    pack.extend_from_slice(&sections);
    fit(&mut pack);
    let _ = Pack::new(&pack).map(|pack| ask_everything(&pack));
}

/// Changes a built pack where the bytes say (three for the place, one for the value), behind
/// a fitting checksum.
///
/// # Panics
/// Where the law is broken.
pub fn damaged(built: &[u8], changes: &[u8]) {
    let mut pack = built.to_vec();
    for change in changes.chunks_exact(4) {
        let place =
            usize::from(change[0]) | usize::from(change[1]) << 8 | usize::from(change[2]) << 16;
        let place = place % pack.len();
        pack[place] ^= change[3];
    }
    if !changes.is_empty() {
        let _ = Pack::new(&pack).map(|pack| ask_everything(&pack));
    }
    fit(&mut pack);
    let _ = Pack::new(&pack).map(|pack| ask_everything(&pack));
}

/// Writes magic, format, length and checksum; false where the bytes have no room for them.
fn fit(bytes: &mut [u8]) -> bool {
    if bytes.len() < layout::HEADER {
        return false;
    }
    let length = u32::try_from(bytes.len()).expect("packs are below 4 GiB");
    bytes[..4].copy_from_slice(&layout::MAGIC);
    bytes[4] = layout::FORMAT;
    bytes[layout::LENGTH].copy_from_slice(&length.to_le_bytes());
    let checksum = layout::checksum(bytes);
    bytes[layout::CHECKSUM].copy_from_slice(&checksum.to_le_bytes());
    true
}

/// Asks every view of the pack about domains and hosts, listed and not.
///
/// # Panics
/// Where an answer is no part of the question.
pub fn ask_everything(pack: &Pack<'_>) {
    for name in NAMES {
        let _ = pack.is_tld(name);
        let _ = pack.is_public_suffix(name);
        let _ = pack.known(name);
        let _ = pack.protection(name);
        let _ = pack.mx_provider(name);
        let registrable = pack.registrable_domain(name);
        assert!(registrable.is_none_or(|part| name.ends_with(part)));
        let hits = [
            pack.disposable(name),
            pack.relay(name),
            pack.free(name),
            pack.disposable_mx(name),
            pack.parked_mx(name),
            pack.parked_ns(name),
        ];
        for hit in hits.into_iter().flatten() {
            assert!(name.ends_with(hit.matched));
            let _ = pack.sources_of(hit).count();
            let _ = pack.first_seen(hit);
            let _ = hit.is_listed_once();
        }
    }
    let _ = pack.sources().count();
}
