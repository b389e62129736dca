//! Laws that hold for any request and any configuration whatever, each a function of bytes that
//! panics where its law is broken: for the tests of this crate and for the fuzz targets of
//! `fuzz/`. What is a law of all of Mailproof stands in `mailproof-laws`.
#![allow(
    clippy::missing_panics_doc,
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a law that is broken is a panic"
)]

mod answers;
mod keys;
mod request;

pub use keys::keys;
pub use request::request;

#[cfg(test)]
mod tests {
    use mailproof_laws::random::Random;
    use mailproof_laws::seeds;

    use super::*;

    /// Cases of random bytes, seeds spoilt in places among them.
    const CASES: usize = 600;

    #[track_caller]
    fn check(target: &str, law: fn(&[u8])) {
        let all = seeds::all();
        let (_, seeds) = all.iter().find(|(name, _)| *name == target).unwrap();
        for seed in seeds {
            law(seed);
        }
        let mut random = Random::new(0x65_6467_6531);
        for case in 0..CASES {
            let mut bytes = seeds[random.below(seeds.len())].clone();
            if case % 4 == 0 {
                bytes = random.bytes(256);
            }
            for _ in 0..random.below(6) {
                let (place, piece) = (random.below(bytes.len() + 1), random.bytes(4));
                let end = bytes.len().min(place + random.below(4));
                bytes.splice(place..end, piece);
            }
            let held = std::panic::catch_unwind(|| law(&bytes));
            assert!(
                held.is_ok(),
                "broken by {:?}",
                bytes.escape_ascii().to_string()
            );
        }
    }

    #[test]
    fn any_request_is_answered_or_refused() {
        check("edge_request", request);
    }

    #[test]
    fn any_configuration_is_one_or_names_what_to_repair() {
        check("edge_keys", keys);
    }
}
