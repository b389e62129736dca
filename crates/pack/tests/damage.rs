//! Damaged packs: refused, and where a checksum is made to fit all the same, still no panic
//! and no endless loop.
#![forbid(unsafe_code)]

use mailproof_core::Pack;
use mailproof_core::pack::layout;

/// xorshift64* (Vigna, 2014): the same damage on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let wide = u128::from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d));
        usize::try_from((wide * bound as u128) >> 64).unwrap()
    }
}

const DOMAINS: &[&str] = &[
    "mailinator.com",
    "gmail.com",
    "a.b.c.d.e.f.g.h.i.example.co.uk",
    "x.kawasaki.jp",
    "www.city.kawasaki.jp",
    "own.mozmail.com",
    "oslo.no",
    "",
    "..",
    "com",
];

fn ask_everything(pack: &Pack<'_>) {
    for domain in DOMAINS {
        let _ = pack.is_tld(domain);
        let _ = pack.registrable_domain(domain);
        let _ = pack.relay(domain);
        let _ = pack.known(domain);
        if let Some(hit) = pack.disposable(domain) {
            let _ = pack.sources_of(hit).count();
        }
    }
    let _ = pack.sources().count();
}

#[test]
fn random_damage_is_refused() {
    let mut random = Random(0x6d61_696c_7072_6f6f);
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
    let mut random = Random(1);
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
    let mut random = Random(2);
    let mut read = 0;
    for round in 0..400 {
        let mut bytes = mailproof_lists::SMALL.to_vec();
        // Half of the rounds hit the tables, where lengths and offsets stand.
        let reach = if round % 2 == 0 { 600 } else { bytes.len() };
        for _ in 0..=random.below(200) {
            let at = layout::HEADER + random.below(reach.min(bytes.len()) - layout::HEADER);
            bytes[at] = u8::try_from(random.below(256)).unwrap();
        }
        let checksum = layout::checksum(&bytes);
        bytes[layout::CHECKSUM].copy_from_slice(&checksum.to_le_bytes());
        if let Ok(pack) = Pack::new(&bytes) {
            read += 1;
            ask_everything(&pack);
        }
    }
    assert!(read > 100, "{read} damaged packs were read at all");
}
