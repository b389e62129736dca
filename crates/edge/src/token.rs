//! The signed verdict about a domain: a compact JWS (RFC 7515) with `EdDSA` (RFC 8037).
//!
//! It binds the verdict to an address that the edge never sees: the page sends the SHA-256
//! of a nonce and the address as a commitment, and whoever receives the form checks that
//! the commitment in the token is that of the address in the form.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mailproof_core::{Deliverability, DomainReport, Lists, Reason};
use serde::Serialize;

use crate::signing_key::is_32_octets;

/// How long a token holds: as long as it takes to submit a form.
const LIFETIME_S: u64 = 300;
/// What kind of token it is (RFC 8725 §3.11), so that no other is taken for it.
const TYPE: &str = "mailproof-verdict+jwt";

/// SHA-256(nonce ‖ normalized address) in base64url.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Commitment(String);

/// Who asks for a token, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) commitment: Commitment,
    /// The origin of the page.
    pub(crate) audience: String,
}

#[derive(Serialize)]
struct Header<'k> {
    alg: &'static str,
    typ: &'static str,
    kid: &'k str,
}

#[derive(Serialize)]
struct Claims<'r> {
    domain: &'r str,
    result: Deliverability,
    reason: Reason,
    commitment: &'r Commitment,
    aud: &'r str,
    iat: u64,
    exp: u64,
    jti: &'r str,
    lists: Option<&'r Lists>,
}

impl Commitment {
    /// Reads 32 octets in base64url without padding.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        is_32_octets(text).then(|| Self(text.to_owned()))
    }
}

impl Claim {
    /// What is to be signed: header and claims. `jti` is a fresh identifier.
    pub(crate) fn signing_input(
        &self,
        report: &DomainReport,
        kid: &str,
        now_ms: u64,
        jti: &str,
    ) -> String {
        let header = Header {
            alg: "EdDSA",
            typ: TYPE,
            kid,
        };
        let iat = now_ms / 1_000;
        let claims = Claims {
            domain: &report.domain,
            result: report.result,
            reason: report.reason,
            commitment: &self.commitment,
            aud: &self.audience,
            iat,
            exp: iat.saturating_add(LIFETIME_S),
            jti,
            lists: report.lists.as_ref(),
        };
        [encode(&header), encode(&claims)].join(".")
    }
}

/// The compact form.
pub(crate) fn compact(signing_input: &str, signature: &[u8]) -> String {
    [signing_input, &URL_SAFE_NO_PAD.encode(signature)].join(".")
}

fn encode(part: &impl Serialize) -> String {
    // What cannot be written as JSON, which none of ours is, is an empty part that no
    // verifier takes.
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(part).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use mailproof_core::Routing;
    use mailproof_dns::DomainName;

    use super::*;
    use crate::report::domain_report;

    const COMMITMENT: &str = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";

    #[test]
    fn a_token_says_what_the_report_says_and_for_whom() {
        let name = DomainName::parse("shop.net").unwrap();
        let report = domain_report(&name, &Routing::unavailable(Reason::NullMx));
        let claim = Claim {
            commitment: Commitment::parse(COMMITMENT).unwrap(),
            audience: "https://shop.net".to_owned(),
        };
        let input = claim.signing_input(&report, "one", 1_700_000_000_999, "id");
        let parts = input.split('.').map(|part| {
            let json = URL_SAFE_NO_PAD.decode(part).unwrap();
            serde_json::from_slice::<serde_json::Value>(&json).unwrap()
        });
        let parts: Vec<_> = parts.collect();
        let header = serde_json::json!({ "alg": "EdDSA", "typ": TYPE, "kid": "one" });
        assert_eq!(parts[0], header);
        let claims = serde_json::json!({
            "domain": "shop.net",
            "result": "undeliverable",
            "reason": "null_mx",
            "commitment": COMMITMENT,
            "aud": "https://shop.net",
            "iat": 1_700_000_000_u64,
            "exp": 1_700_000_300_u64,
            "jti": "id",
            "lists": report.lists,
        });
        assert_eq!(parts[1], claims);
        assert_eq!(compact("a.b", b"\xff\xfe\0"), "a.b.__4A");
    }

    /// `tests/cases/tokens.json` holds every verifier; its first row must be what this writes.
    #[test]
    fn the_shared_vectors_are_written_like_ours() {
        let text = include_str!("../../../tests/cases/tokens.json");
        let vectors: serde_json::Value = serde_json::from_str(text).unwrap();
        let row = &vectors["rows"][0];
        let claimed = &row["claims"];
        let name = DomainName::parse(claimed["domain"].as_str().unwrap()).unwrap();
        let mut routing = Routing::unavailable(Reason::AcceptsMail);
        routing.mx.found = Some(true);
        let mut report = domain_report(&name, &routing);
        report.lists = serde_json::from_value(claimed["lists"].clone()).unwrap();
        let claim = Claim {
            commitment: Commitment::parse(claimed["commitment"].as_str().unwrap()).unwrap(),
            audience: row["site"].as_str().unwrap().to_owned(),
        };
        let kid = vectors["jwks"]["keys"][0]["kid"].as_str().unwrap();
        let now_ms = claimed["iat"].as_u64().unwrap() * 1_000;
        let input = claim.signing_input(&report, kid, now_ms, claimed["jti"].as_str().unwrap());
        let field = row["field"].as_str().unwrap();
        let (_, token) = field.split_once('.').unwrap();
        assert_eq!(
            Some(input.as_str()),
            token.rsplit_once('.').map(|(input, _)| input)
        );
    }

    #[test]
    fn a_commitment_is_a_digest() {
        assert!(Commitment::parse(COMMITMENT).is_some());
        for text in [
            "",
            "AAAA",
            &format!("{COMMITMENT}="),
            &COMMITMENT[1..],
            "jane@shop.net",
        ] {
            assert_eq!(Commitment::parse(text), None, "{text}");
        }
    }
}
