//! The keys of `POST /v1/verify`, of which the Worker knows digests only.

use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

/// SHA-256 of a key. A key is random, so no slow hash is needed.
type KeyDigest = [u8; 32];

/// Keys that are taken. None means that the route is off.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ApiKeys(Vec<KeyDigest>);

impl ApiKeys {
    /// Reads digests in hex, separated by commas; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digests = text.split(',').map(|digest| parse_digest(digest.trim()));
        digests.collect::<Option<Vec<_>>>().map(Self)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an `Authorization` header (RFC 6750 §2.1) carries one of the keys. Compares
    /// with all of them and in the same time whichever it is.
    pub(crate) fn admit(&self, authorization: Option<&str>) -> bool {
        let Some((scheme, key)) = authorization.and_then(|text| text.split_once(' ')) else {
            return false;
        };
        let digest = Sha256::digest(key.trim());
        let known = self.0.iter().map(|known| known.ct_eq(digest.as_slice()));
        let is_known = known.fold(Choice::from(0), |one, other| one | other);
        scheme.eq_ignore_ascii_case("bearer") && is_known.into()
    }
}

fn parse_digest(text: &str) -> Option<KeyDigest> {
    let mut digest = KeyDigest::default();
    let is_hex = text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != digest.len() || !rest.is_empty() || !is_hex {
        return None;
    }
    for (pair, octet) in pairs.iter().zip(&mut digest) {
        *octet = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SHA-256 of `test`.
    const TEST: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    /// SHA-256 of nothing.
    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[track_caller]
    fn check(authorization: Option<&str>, admitted: bool) {
        let keys = ApiKeys::parse(&format!("{}, {TEST}", "0".repeat(64))).unwrap();
        assert_eq!(keys.admit(authorization), admitted, "{authorization:?}");
    }

    #[test]
    fn a_key_is_admitted_by_its_digest() {
        check(Some("Bearer test"), true);
        check(Some("bearer  test "), true);
        check(Some("Bearer tes"), false);
        check(Some("Bearer"), false);
        check(Some("Bearer "), false);
        check(Some("Basic test"), false);
        check(Some("test"), false);
        check(Some(&format!("Bearer {TEST}")), false);
        check(None, false);
        assert!(!ApiKeys::default().admit(Some("Bearer test")));
    }

    #[test]
    fn digests_are_64_hex_digits() {
        assert!(ApiKeys::parse(TEST).is_some());
        assert!(ApiKeys::parse(&TEST.to_uppercase()).is_some());
        assert!(ApiKeys::parse(EMPTY).is_some());
        for text in [
            "",
            "test",
            &TEST[1..],
            &format!("{TEST},"),
            &"+f".repeat(32),
        ] {
            assert_eq!(ApiKeys::parse(text), None, "{text}");
        }
    }
}
