//! Laws that hold for any input and any token whatever, each a function of bytes that panics
//! where its law is broken: for the tests of this crate and for the fuzz targets of `fuzz/`.
#![allow(clippy::missing_panics_doc, reason = "a law that is broken is a panic")]

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use mailproof_core::{Context, Policy, Reason, Verdict};
use ring::signature::Ed25519KeyPair;
use serde_json::Value;

use crate::input::{From, Input, next_line};
use crate::token::{About, Expected, KeySet, LIFETIME_S, Refusal, Sealed, verify};

/// Tokens of which it is known what to make, and the keys that sign them.
static VECTORS: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../tests/cases/tokens.json")).expect("JSON")
});
static KEYS: LazyLock<KeySet> =
    LazyLock::new(|| KeySet::parse(&VECTORS["jwks"].to_string()).expect("keys"));
/// The published secret half of the second of those keys.
const SECRET: [u8; 32] = [7; 32];
const KID: &str = "2026-12";

/// Reads the first byte as the format and the rest as lines. Every line is one input, with
/// nothing lost, and a line that is JSON is what another reader of JSON makes of it.
pub fn input(bytes: &[u8]) {
    let Some((format, lines)) = bytes.split_first() else {
        return;
    };
    let from = if format % 2 == 0 {
        From::Text
    } else {
        From::Ndjson
    };
    let mut reader = lines;
    let mut rest = lines;
    while let Some(input) = next_line(&mut reader, from).expect("memory can be read") {
        let line = take_line(&mut rest);
        check(&input, line, from);
    }
    assert!(rest.is_empty() && reader.is_empty(), "a line is lost");
}

/// The next line without its end, CRLF or LF.
fn take_line<'l>(rest: &mut &'l [u8]) -> &'l [u8] {
    let end = rest.iter().position(|byte| *byte == b'\n');
    let (line, left) = match end {
        Some(end) => (&rest[..end], &rest[end + 1..]),
        None => (*rest, &rest[rest.len()..]),
    };
    *rest = left;
    match end {
        Some(_) => line.strip_suffix(b"\r").unwrap_or(line),
        None => line,
    }
}

fn check(input: &Input, line: &[u8], from: From) {
    let text = String::from_utf8_lossy(line);
    let context = Context {
        pack: None,
        policy: &Policy::FORM,
        routing: None,
    };
    if let Input::Malformed { line, offset } = input {
        assert_eq!((line.as_str(), from), (&*text, From::Ndjson));
        assert!(line.is_char_boundary(*offset), "{offset} in {line:?}");
        let verdict = Verdict::malformed(line, *offset, &context);
        assert_eq!(verdict.reason, Reason::MalformedInput);
    }
    let json = serde_json::from_slice::<Value>(line).ok();
    let is_json = json.is_some();
    let expected = match from {
        From::Text => Some(text.into_owned()),
        From::Ndjson => json.and_then(email),
    };
    match (input, expected) {
        (Input::Text(found), Some(expected)) => assert_eq!(*found, expected),
        // What JSON can write and the other reader does not take, such as a lone surrogate.
        (Input::Text(_), None) => assert!(!is_json, "{line:?}"),
        (Input::Malformed { .. }, expected) => assert_eq!(expected, None),
    }
}

fn email(json: Value) -> Option<String> {
    let email = match json {
        Value::Object(mut members) => members.remove("email")?,
        other => other,
    };
    email.as_str().map(str::to_owned)
}

/// Reads the bytes as a key set, as the field of a form, and as claims that somebody signed. No
/// field holds but those that are known to; claims hold only where each of them does.
pub fn token(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let rows = VECTORS["rows"].as_array().expect("rows");
    let good = || rows.iter().filter(|row| row["expected"] == "holds");
    for row in good() {
        let holds = field(&text, row).is_ok();
        assert!(!holds || good().any(|one| one["field"] == *text), "{text}");
    }
    if let Ok(keys) = KeySet::parse(&text) {
        let signed = signed(b"{}", "one");
        assert!(verify(&signed, &keys, &expected("x")).is_err());
    }
    claims(bytes);
}

fn field(text: &str, row: &Value) -> Result<(), Refusal> {
    let told = |member: &str| row[member].as_str().unwrap_or_default();
    let Sealed { nonce, token } = Sealed::parse(text).ok_or(Refusal::Malformed)?;
    let expected = Expected {
        site: told("site"),
        about: About::Address {
            email: told("email"),
            nonce,
        },
        now_s: row["now"].as_u64().unwrap_or_default(),
    };
    verify(token, &KEYS, &expected).map(|_| ())
}

const SITE: &str = "https://shop.example.com";
const NOW_S: u64 = 1_800_000_100;

const fn expected(commitment: &str) -> Expected<'_> {
    Expected {
        site: SITE,
        about: About::Commitment(commitment),
        now_s: NOW_S,
    }
}

fn signed(payload: &[u8], kid: &str) -> String {
    let header = format!(r#"{{"alg":"EdDSA","typ":"mailproof-verdict+jwt","kid":"{kid}"}}"#);
    let parts = [header.as_bytes(), payload].map(|part| URL_SAFE_NO_PAD.encode(part));
    let input = parts.join(".");
    let pair = Ed25519KeyPair::from_seed_unchecked(&SECRET).expect("a seed");
    let signature = URL_SAFE_NO_PAD.encode(pair.sign(input.as_bytes()));
    [input, signature].join(".")
}

fn claims(payload: &[u8]) {
    let json = serde_json::from_slice::<Value>(payload).unwrap_or_default();
    let number = |member: &str| json[member].as_u64();
    let commitment = json["commitment"].as_str().unwrap_or("x");
    let outcome = verify(&signed(payload, KID), &KEYS, &expected(commitment));
    let Ok(claims) = outcome else {
        return;
    };
    assert_eq!(json["aud"], SITE);
    assert_eq!(json["domain"], claims.domain.as_str());
    let (iat, exp) = (number("iat").expect("iat"), number("exp").expect("exp"));
    assert!(exp > NOW_S && exp.saturating_sub(iat) <= LIFETIME_S);
    assert!(iat <= NOW_S + crate::token::CLOCK_SKEW_S);
}

#[cfg(test)]
mod tests {
    use mailproof_laws::random::Random;
    use mailproof_laws::seeds;

    use super::*;

    #[track_caller]
    fn check(target: &str, cases: usize, law: fn(&[u8])) {
        seeds::hold_around(target, Random::new(0x636c_6931), cases, 128, law);
    }

    #[test]
    fn any_line_is_an_input() {
        check("cli_input", 20_000, input);
    }

    #[test]
    fn no_token_holds_but_those_that_should() {
        check("edge_keys", 2_000, token);
    }
}
