//! The shared vectors of signed verdicts, `tests/cases/tokens.json`: every verifier of
//! Mailproof, in whatever language, must agree with each row.
//!
//! `MAILPROOF_WRITE=1 cargo test -p mailproof-cli --test token_vectors` writes the file, with
//! keys that are published in RFC 8037 and below and so sign nothing in earnest.

mod forge;

use forge::{COMMON, Forge, Row, Vectors};
use mailproof_cli::token::{About, Expected, KeySet, Refusal, Sealed, verify};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/cases/tokens.json");

#[test]
fn the_file_is_up_to_date() {
    let mut text = serde_json::to_string_pretty(&Forge::new().vectors()).unwrap();
    text.push('\n');
    if std::env::var_os("MAILPROOF_WRITE").is_some() {
        std::fs::write(FILE, &text).unwrap();
    }
    let committed = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        committed == text,
        "tokens.json is old: run this with MAILPROOF_WRITE=1"
    );
}

#[track_caller]
fn check(keys: &KeySet, row: &Row) {
    let expected = |nonce| Expected {
        site: &row.site,
        about: About::Address {
            email: &row.email,
            nonce,
        },
        now_s: row.now,
    };
    let sealed = Sealed::parse(&row.field);
    let outcome = match sealed {
        Some(Sealed { nonce, token }) => verify(token, keys, &expected(nonce)),
        None => Err(Refusal::Malformed),
    };
    let found = match &outcome {
        Ok(_) => "holds",
        Err(refusal) => refusal.code(),
    };
    assert_eq!(found, row.expected, "{}", row.name);
    if let (Ok(claims), Some(wanted)) = (outcome, &row.claims) {
        assert_eq!(
            &serde_json::to_value(claims).unwrap(),
            wanted,
            "{}",
            row.name
        );
    }
}

#[test]
fn every_row_comes_out_as_it_says() {
    let text = std::fs::read_to_string(FILE).unwrap();
    let vectors: Vectors = serde_json::from_str(&text).unwrap();
    let keys = KeySet::parse(&vectors.jwks.to_string()).unwrap();
    for row in &vectors.rows {
        check(&keys, row);
    }
    assert!(vectors.rows.len() >= 40, "{}", vectors.rows.len());
}

#[test]
fn a_commitment_alone_can_be_compared() {
    let forge = Forge::new();
    let keys = KeySet::parse(&forge.jwks().to_string()).unwrap();
    let token = forge.token(&COMMON.claims());
    let commitment = COMMON.commitment();
    let outcome = |about| {
        let expected = Expected {
            site: COMMON.site,
            about,
            now_s: COMMON.now,
        };
        verify(&token, &keys, &expected).is_ok()
    };
    assert!(outcome(About::Commitment(&commitment)));
    assert!(!outcome(About::Commitment(&commitment[1..])));
    assert!(!outcome(About::Commitment("")));
}

#[test]
fn what_is_no_key_set_is_refused() {
    let good = Forge::new().jwks();
    for (member, value) in [
        ("kty", "EC"),
        ("crv", "X25519"),
        ("alg", "HS256"),
        ("use", "enc"),
        ("x", "AAAA"),
    ] {
        let mut keys = good.clone();
        for key in keys["keys"].as_array_mut().unwrap() {
            key[member] = value.into();
        }
        assert!(KeySet::parse(&keys.to_string()).is_err(), "{member}");
    }
    for text in ["", "[]", "{}", "{\"keys\":[]}", "{\"keys\":[{}]}"] {
        assert!(KeySet::parse(text).is_err(), "{text}");
    }
    assert!(KeySet::parse(&good.to_string()).is_ok());
}
