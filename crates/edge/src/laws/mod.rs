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
        seeds::hold_around(target, Random::new(0x65_6467_6531), CASES, 256, law);
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
