//! Verifying the edge's signed verdicts (`docs/edge.md`, "Signed verdicts") without a network.
//!
//! A token is a compact JWS (RFC 7515) with `EdDSA` over Ed25519 (RFC 8037), checked by the
//! rules of RFC 8725: the algorithm and the type are fixed, the key comes from a set that the
//! verifier has, and nothing is read from the claims before the signature holds.

mod claims;
mod key_set;
mod seal;

pub use claims::{Claims, LIFETIME_S, TYPE};
pub use key_set::{KeySet, NotAKeySet};
pub use seal::{NONCE_LENGTH, Sealed, commitment};

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mailproof_core::{Context, Policy, judge};
use serde::Deserialize;

/// Longest token that is looked at, in bytes: the edge's own have less than half of that.
pub const MAX_LENGTH: usize = 2_048;
/// Seconds that the clock of the verifier may be behind that of the edge.
pub const CLOCK_SKEW_S: u64 = 60;

/// What a token must say to hold here and now.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'e> {
    /// The origin of the page whose form it came with, such as `https://shop.net`.
    pub site: &'e str,
    /// What it must be about.
    pub about: About<'e>,
    /// Seconds since 1970.
    pub now_s: u64,
}

/// What a token is bound to.
#[derive(Debug, Clone, Copy)]
pub enum About<'e> {
    /// The address in the form and the nonce that came with it.
    Address {
        /// As it was typed; it is normalized as everywhere in Mailproof.
        email: &'e str,
        /// [`NONCE_LENGTH`] characters of base64url.
        nonce: &'e str,
    },
    /// A commitment that somebody else has computed. The caller must then compare
    /// [`Claims::domain`] with the domain of the address.
    Commitment(&'e str),
}

/// Why a token does not hold. It says nothing about the address: a form whose token is
/// refused is `unknown`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Longer than [`MAX_LENGTH`].
    TooLong,
    /// No compact JWS, or one whose parts are not what they should be.
    Malformed,
    /// Another algorithm than `EdDSA`.
    WrongAlgorithm,
    /// Another kind of token.
    WrongType,
    /// Signed with a key that is not in the set.
    UnknownKey,
    /// The signature does not hold.
    BadSignature,
    /// For another site.
    WrongSite,
    /// Its time is over.
    Expired,
    /// It comes from a time ahead.
    NotYetValid,
    /// It claims to hold longer than any token of the edge does.
    WrongLifetime,
    /// About another address, or with another nonce.
    WrongAddress,
}

impl Refusal {
    /// The code, for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::Malformed => "malformed",
            Self::WrongAlgorithm => "wrong_algorithm",
            Self::WrongType => "wrong_type",
            Self::UnknownKey => "unknown_key",
            Self::BadSignature => "bad_signature",
            Self::WrongSite => "wrong_site",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::WrongLifetime => "wrong_lifetime",
            Self::WrongAddress => "wrong_address",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Checks a compact JWS against the keys and what is expected of it.
///
/// # Errors
/// The first rule that it breaks.
pub fn verify(token: &str, keys: &KeySet, expected: &Expected<'_>) -> Result<Claims, Refusal> {
    let claims = signed_claims(token, keys)?;
    if claims.aud != expected.site {
        return Err(Refusal::WrongSite);
    }
    claims.hold_at(expected.now_s)?;
    if is_about(&claims, expected.about) {
        Ok(claims)
    } else {
        Err(Refusal::WrongAddress)
    }
}

/// The claims of a token whose signature holds, whatever they are.
fn signed_claims(token: &str, keys: &KeySet) -> Result<Claims, Refusal> {
    if token.len() > MAX_LENGTH {
        return Err(Refusal::TooLong);
    }
    let (signing_input, signature) = token.rsplit_once('.').ok_or(Refusal::Malformed)?;
    let (header, payload) = signing_input.split_once('.').ok_or(Refusal::Malformed)?;
    if payload.contains('.') {
        return Err(Refusal::Malformed);
    }
    let header: Header = json(header)?;
    if header.alg != "EdDSA" {
        return Err(Refusal::WrongAlgorithm);
    }
    if header.typ != TYPE {
        return Err(Refusal::WrongType);
    }
    let key = keys.find(&header.kid).ok_or(Refusal::UnknownKey)?;
    let signature = octets(signature)?;
    if !key.verifies(signing_input.as_bytes(), &signature) {
        return Err(Refusal::BadSignature);
    }
    json(payload)
}

/// The protected header (RFC 7515 §4). The edge writes no other member, and one that is not
/// understood might change what the signature means (`crit`, `b64`, `jwk`).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    typ: String,
    kid: String,
}

fn json<T: serde::de::DeserializeOwned>(part: &str) -> Result<T, Refusal> {
    serde_json::from_slice(&octets(part)?).map_err(|_| Refusal::Malformed)
}

/// Strict base64url: no padding, no other alphabet, no bits left over in the last character,
/// so that no two texts are the same token.
fn octets(part: &str) -> Result<Vec<u8>, Refusal> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Refusal::Malformed)
}

/// Whether the token is about the address. Its domain counts too: the edge takes any
/// commitment, so a page could ask about a good domain and commit to an address elsewhere.
fn is_about(claims: &Claims, about: About<'_>) -> bool {
    match about {
        About::Commitment(expected) => claims.commitment == expected,
        About::Address { email, nonce } => {
            let judging = Context {
                pack: None,
                policy: &Policy::FORM,
                routing: None,
            };
            let verdict = judge(email, &judging);
            let expected = verdict
                .normalized
                .as_deref()
                .and_then(|normalized| commitment(nonce, normalized));
            verdict.ascii_domain.as_deref() == Some(claims.domain.as_str())
                && expected.is_some_and(|expected| expected == claims.commitment)
        }
    }
}
