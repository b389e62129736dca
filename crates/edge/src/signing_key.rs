//! The keys that verdicts are signed with (RFC 8037): secret halves in a variable, public
//! halves for everybody.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// One that signs and one that is on its way in or out.
const MAX_KEYS: usize = 2;
/// Octets of either half of an Ed25519 key (RFC 8032 §5.1.5), and of a SHA-256 digest.
const OCTETS: usize = 32;
/// Longest name of a key.
const MAX_KID: usize = 64;

/// Live keys; the first one signs. None means that nothing is signed.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct SigningKeys(Vec<SigningKey>);

/// An Ed25519 key as a JWK.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct SigningKey {
    kty: String,
    crv: String,
    kid: String,
    x: String,
    d: String,
}

#[derive(Deserialize)]
struct SecretSet {
    keys: Vec<SigningKey>,
}

/// A public JWK Set (RFC 7517 §5).
#[derive(Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub(crate) struct PublicSet<'k> {
    keys: Vec<PublicKey<'k>>,
}

/// An Ed25519 key (RFC 8037 §2).
#[derive(Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
struct PublicKey<'k> {
    kty: &'static str,
    crv: &'static str,
    alg: &'static str,
    r#use: &'static str,
    kid: &'k str,
    x: &'k str,
}

impl SigningKeys {
    /// Reads a JWK Set of one or two Ed25519 keys with their secret halves; `None` for
    /// anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let SecretSet { keys } = serde_json::from_str(text).ok()?;
        let named_alike = |key: &SigningKey| keys.iter().filter(|it| it.kid == key.kid).count();
        let is_good = (1..=MAX_KEYS).contains(&keys.len())
            && keys.iter().all(SigningKey::is_good)
            && keys.iter().all(|key| named_alike(key) == 1);
        is_good.then_some(Self(keys))
    }

    /// The key that signs.
    pub(crate) fn current(&self) -> Option<&SigningKey> {
        self.0.first()
    }

    /// What everybody may know.
    pub(crate) fn public(&self) -> PublicSet<'_> {
        PublicSet {
            keys: self.0.iter().map(SigningKey::public).collect(),
        }
    }
}

impl SigningKey {
    pub(crate) fn kid(&self) -> &str {
        &self.kid
    }

    /// The public half, base64url.
    pub(crate) fn public_half(&self) -> &str {
        &self.x
    }

    /// The secret half, base64url.
    pub(crate) fn secret_half(&self) -> &str {
        &self.d
    }

    fn public(&self) -> PublicKey<'_> {
        PublicKey {
            kty: "OKP",
            crv: "Ed25519",
            alg: "EdDSA",
            r#use: "sig",
            kid: &self.kid,
            x: &self.x,
        }
    }

    fn is_good(&self) -> bool {
        let is_name = self.kid.bytes().all(|byte| byte.is_ascii_graphic());
        self.kty == "OKP"
            && self.crv == "Ed25519"
            && (1..=MAX_KID).contains(&self.kid.len())
            && is_name
            && is_32_octets(&self.x)
            && is_32_octets(&self.d)
    }
}

/// Whether a text is 32 octets in base64url without padding.
pub(crate) fn is_32_octets(text: &str) -> bool {
    let octets = URL_SAFE_NO_PAD.decode(text);
    octets.is_ok_and(|octets| octets.len() == OCTETS)
}

impl fmt::Debug for SigningKeys {
    /// Names only: secrets get into no log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(SigningKey::kid))
            .finish()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The key of RFC 8037 appendix A.1, by a name of ours.
    pub(crate) fn rfc_8037(kid: &str) -> serde_json::Value {
        serde_json::json!({
            "kty": "OKP",
            "crv": "Ed25519",
            "kid": kid,
            "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
            "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        })
    }

    fn set(keys: &[serde_json::Value]) -> String {
        serde_json::json!({ "keys": keys }).to_string()
    }

    #[test]
    fn the_public_set_has_both_keys_and_no_secret() {
        let keys = SigningKeys::parse(&set(&[rfc_8037("new"), rfc_8037("old")])).unwrap();
        assert_eq!(keys.current().unwrap().kid(), "new");
        let json = serde_json::to_string(&keys.public()).unwrap();
        assert!(json.contains("\"kid\":\"new\"") && json.contains("\"kid\":\"old\""));
        assert!(
            !json.contains("\"d\"") && !json.contains("nWGxne"),
            "{json}"
        );
        assert_eq!(format!("{keys:?}"), r#"["new", "old"]"#);
    }

    #[track_caller]
    fn check_bad(member: &str, value: &str) {
        let mut key = rfc_8037("one");
        key[member] = value.into();
        assert_eq!(SigningKeys::parse(&set(&[key])), None, "{member}: {value}");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        check_bad("kty", "EC");
        check_bad("crv", "X25519");
        check_bad("kid", "");
        check_bad("kid", "a b");
        check_bad("x", "AAAA");
        check_bad("d", "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
        for keys in [
            vec![],
            vec![rfc_8037("one"), rfc_8037("one")],
            vec![rfc_8037("one"), rfc_8037("two"), rfc_8037("three")],
        ] {
            assert_eq!(SigningKeys::parse(&set(&keys)), None);
        }
        assert_eq!(SigningKeys::parse(""), None);
        assert_eq!(SigningKeys::parse("[]"), None);
    }
}
