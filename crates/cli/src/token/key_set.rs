//! The public keys of an edge (RFC 7517, RFC 8037).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ED25519, UnparsedPublicKey};
use serde::Deserialize;

/// Octets of a public key (RFC 8032 §5.1.5).
const OCTETS: usize = 32;

/// Keys by their names.
#[derive(Debug, Clone)]
pub struct KeySet(Vec<Key>);

/// One Ed25519 key.
#[derive(Debug, Clone)]
pub(super) struct Key {
    kid: String,
    public: UnparsedPublicKey<Vec<u8>>,
}

/// The text is no JWK Set with an Ed25519 key in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAKeySet;

impl fmt::Display for NotAKeySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no JWK Set with a named Ed25519 key")
    }
}

#[derive(Deserialize)]
struct Document {
    keys: Vec<Jwk>,
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    crv: Option<String>,
    alg: Option<String>,
    r#use: Option<String>,
    kid: Option<String>,
    x: Option<String>,
}

impl KeySet {
    /// Reads a JWK Set. Keys of other kinds are passed over (RFC 7517 §5).
    ///
    /// # Errors
    /// No JSON, no set, or no key in it that could have signed.
    pub fn parse(text: &str) -> Result<Self, NotAKeySet> {
        let Document { keys } = serde_json::from_str(text).map_err(|_| NotAKeySet)?;
        let keys: Vec<Key> = keys.into_iter().filter_map(Jwk::into_key).collect();
        if keys.is_empty() {
            return Err(NotAKeySet);
        }
        Ok(Self(keys))
    }

    pub(super) fn find(&self, kid: &str) -> Option<&Key> {
        self.0.iter().find(|key| key.kid == kid)
    }
}

impl Key {
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.public.verify(message, signature).is_ok()
    }
}

impl Jwk {
    fn into_key(self) -> Option<Key> {
        let is_ours = self.kty == "OKP"
            && self.crv.as_deref() == Some("Ed25519")
            && self.alg.is_none_or(|alg| alg == "EdDSA")
            && self.r#use.is_none_or(|r#use| r#use == "sig");
        let octets = URL_SAFE_NO_PAD.decode(self.x?).ok()?;
        (is_ours && octets.len() == OCTETS).then_some(Key {
            kid: self.kid?,
            public: UnparsedPublicKey::new(&ED25519, octets),
        })
    }
}
