//! What a token claims.

use mailproof_core::{Deliverability, Lists};
use serde::{Deserialize, Serialize};

use super::{CLOCK_SKEW_S, Refusal};

/// What kind of token it is (RFC 8725 §3.11).
pub const TYPE: &str = "mailproof-verdict+jwt";
/// Seconds that a token holds at most.
pub const LIFETIME_S: u64 = 300;

/// The claims of a token. Members that this version does not know are passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// The domain asked about, in lower-case A-labels.
    pub domain: String,
    /// What mail to it would meet.
    pub result: Deliverability,
    /// The code that decided; a later edge may have codes that this version does not know.
    pub reason: String,
    /// SHA-256(nonce ‖ normalized address), base64url.
    pub commitment: String,
    /// The origin of the page that asked.
    pub aud: String,
    /// When it was signed, in seconds since 1970.
    pub iat: u64,
    /// When its time is over.
    pub exp: u64,
    /// Its name, for whoever wants to take each token once.
    pub jti: String,
    /// The list pack that was asked.
    pub lists: Option<Lists>,
}

impl Claims {
    /// Whether its time has come and is not over (RFC 7519 §4.1.4: at `exp` it is).
    pub(super) fn hold_at(&self, now_s: u64) -> Result<(), Refusal> {
        if self.exp.saturating_sub(self.iat) > LIFETIME_S {
            Err(Refusal::WrongLifetime)
        } else if now_s >= self.exp {
            Err(Refusal::Expired)
        } else if self.iat > now_s.saturating_add(CLOCK_SKEW_S) {
            Err(Refusal::NotYetValid)
        } else {
            Ok(())
        }
    }
}
