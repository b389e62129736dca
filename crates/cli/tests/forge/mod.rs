//! Makes tokens, good ones and bad ones, with keys that everybody knows.
#![allow(dead_code, reason = "each test binary uses its part")]

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The secret half of RFC 8037 appendix A.1, and one of our own: 32 times the octet 7.
const SEEDS: [[u8; 32]; 2] = [
    [
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c,
        0xc4, 0x44, 0x49, 0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae,
        0x7f, 0x60,
    ],
    [7; 32],
];
const KIDS: [&str; 2] = ["2026-11", "2026-12"];
/// Signs, and is in no key set.
const STRANGER: [u8; 32] = [9; 32];

/// The token that all rows vary.
pub(crate) const COMMON: Common = Common {
    site: "https://shop.example.com",
    email: "Jane.Doe@shop.net",
    normalized: "Jane.Doe@shop.net",
    nonce: "AAECAwQFBgcICQoLDA0ODw",
    now: 1_800_000_100,
    iat: 1_800_000_000,
};

pub(crate) struct Common {
    pub(crate) site: &'static str,
    pub(crate) email: &'static str,
    pub(crate) normalized: &'static str,
    pub(crate) nonce: &'static str,
    pub(crate) now: u64,
    pub(crate) iat: u64,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Vectors {
    pub(crate) about: String,
    pub(crate) jwks: Value,
    pub(crate) rows: Vec<Row>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) site: String,
    pub(crate) email: String,
    pub(crate) now: u64,
    pub(crate) field: String,
    pub(crate) expected: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) claims: Option<Value>,
}

impl Common {
    pub(crate) fn commitment(&self) -> String {
        mailproof_cli::token::commitment(self.nonce, self.normalized).unwrap()
    }

    pub(crate) fn claims(&self) -> Value {
        json!({
            "domain": "shop.net",
            "result": "deliverable",
            "reason": "accepts_mail",
            "commitment": self.commitment(),
            "aud": self.site,
            "iat": self.iat,
            "exp": self.iat + 300,
            "jti": "7f9c2ba4-e88f-427d-9fc5-65f2f2a1a2b3",
            "lists": { "version": "2026.11.22", "sha256": "0".repeat(64) },
        })
    }

    /// The row with this field, and what must come of it.
    pub(crate) fn row(&self, name: &str, field: &str, expected: &str) -> Row {
        Row {
            name: name.to_owned(),
            site: self.site.to_owned(),
            email: self.email.to_owned(),
            now: self.now,
            field: field.to_owned(),
            expected: expected.to_owned(),
            claims: None,
        }
    }
}

pub(crate) struct Forge {
    keys: [Ed25519KeyPair; 2],
    stranger: Ed25519KeyPair,
}

impl Forge {
    pub(crate) fn new() -> Self {
        let pair = |seed: &[u8; 32]| Ed25519KeyPair::from_seed_unchecked(seed).unwrap();
        Self {
            keys: [pair(&SEEDS[0]), pair(&SEEDS[1])],
            stranger: pair(&STRANGER),
        }
    }

    pub(crate) fn jwks(&self) -> Value {
        let keys = self.keys.iter().zip(KIDS).map(|(key, kid)| {
            let x = URL_SAFE_NO_PAD.encode(key.public_key());
            json!({ "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "kid": kid, "x": x })
        });
        json!({ "keys": keys.collect::<Vec<_>>() })
    }

    /// A token as the edge writes it.
    pub(crate) fn token(&self, claims: &Value) -> String {
        self.signed(0, &header(0), &payload(claims))
    }

    fn signed(&self, key: usize, header: &str, payload: &str) -> String {
        sign(&self.keys[key], header, payload)
    }

    fn sealed(&self, claims: &Value) -> String {
        [COMMON.nonce, &self.token(claims)].join(".")
    }

    pub(crate) fn vectors(&self) -> Vectors {
        let rows = [
            self.good(),
            self.other_expectations(),
            self.other_claims(),
            self.other_headers(),
            self.broken(),
        ];
        Vectors {
            about: "Signed verdicts and what a verifier makes of each: `holds`, or the code of the refusal. `field` is the value of the form's token field, nonce.token.".to_owned(),
            jwks: self.jwks(),
            rows: rows.concat(),
        }
    }

    fn good(&self) -> Vec<Row> {
        let claims = COMMON.claims();
        let field = self.sealed(&claims);
        let mut rows = vec![COMMON.row("as the edge signs it", &field, "holds")];
        let second = self.signed(1, &header(1), &payload(&claims));
        let second = [COMMON.nonce, &second].join(".");
        rows.push(COMMON.row("signed with the second key", &second, "holds"));
        let at = |name: &str, now, expected: &str| Row {
            now,
            ..COMMON.row(name, &field, expected)
        };
        rows.push(at("in its first second", COMMON.iat, "holds"));
        rows.push(at("in its last second", COMMON.iat + 299, "holds"));
        rows.push(at("at its end", COMMON.iat + 300, "expired"));
        rows.push(at("a day later", COMMON.iat + 86_400, "expired"));
        rows.push(at("by a clock a minute behind", COMMON.iat - 60, "holds"));
        rows.push(at(
            "by a clock further behind",
            COMMON.iat - 61,
            "not_yet_valid",
        ));
        let email = |name: &str, email: &str, expected: &str| Row {
            email: email.to_owned(),
            ..COMMON.row(name, &field, expected)
        };
        rows.push(email(
            "with space around the address",
            " Jane.Doe@shop.net ",
            "holds",
        ));
        rows.push(email(
            "with the domain in upper case",
            "Jane.Doe@SHOP.NET",
            "holds",
        ));
        rows.push(self.international());
        rows.push(self.later_member());
        for row in rows.iter_mut().filter(|row| row.expected == "holds") {
            row.claims.get_or_insert_with(|| claims.clone());
        }
        rows
    }

    fn international(&self) -> Row {
        let normalized = "用户@xn--fsqu00a.xn--55qx5d";
        let mut claims = COMMON.claims();
        claims["domain"] = "xn--fsqu00a.xn--55qx5d".into();
        claims["commitment"] = mailproof_cli::token::commitment(COMMON.nonce, normalized).into();
        Row {
            email: "用户@例子.公司".to_owned(),
            claims: Some(claims.clone()),
            ..COMMON.row(
                "about an international address",
                &self.sealed(&claims),
                "holds",
            )
        }
    }

    /// A later edge may claim more; its tokens still hold.
    fn later_member(&self) -> Row {
        let mut claims = COMMON.claims();
        claims["later"] = json!({ "more": true });
        COMMON.row(
            "with a claim that is not known yet",
            &self.sealed(&claims),
            "holds",
        )
    }

    fn other_expectations(&self) -> Vec<Row> {
        let field = self.sealed(&COMMON.claims());
        let site = |site: &str| Row {
            site: site.to_owned(),
            ..COMMON.row("for another site", &field, "wrong_site")
        };
        let email = |name: &str, email: &str| Row {
            email: email.to_owned(),
            ..COMMON.row(name, &field, "wrong_address")
        };
        let other_nonce = field.replacen("AAEC", "AAED", 1);
        vec![
            site("https://shop.example.net"),
            site("http://shop.example.com"),
            site("https://shop.example.com:8443"),
            site("https://shop.example.com/"),
            site("https://SHOP.example.com"),
            site(""),
            email("about another person", "joe@shop.net"),
            email(
                "about another spelling of the local part",
                "jane.doe@shop.net",
            ),
            email("about another domain", "Jane.Doe@shop.org"),
            email("about what is no address", "Jane.Doe"),
            email("about nothing", ""),
            COMMON.row("with another nonce", &other_nonce, "wrong_address"),
            self.borrowed_letters(),
        ]
    }

    /// What the nonce lends the address must not count: `…AB` + `C@d` is not `…A` + `BC@d`.
    fn borrowed_letters(&self) -> Row {
        let token = self.token(&COMMON.claims());
        let nonce = [COMMON.nonce, "Jane"].concat();
        Row {
            email: ".Doe@shop.net".to_owned(),
            ..COMMON.row(
                "with the first letters of the address in the nonce",
                &[nonce, token].join("."),
                "malformed",
            )
        }
    }

    fn other_claims(&self) -> Vec<Row> {
        let with = |name: &str, member: &str, value: Value, expected: &str| {
            let mut claims = COMMON.claims();
            claims[member] = value;
            COMMON.row(name, &self.sealed(&claims), expected)
        };
        let without = |member: &str| {
            let mut claims = COMMON.claims();
            claims.as_object_mut().unwrap().remove(member);
            COMMON.row(
                &format!("without {member}"),
                &self.sealed(&claims),
                "malformed",
            )
        };
        let mut rows = vec![
            with(
                "about a good domain, committed to an address elsewhere",
                "domain",
                "shop.org".into(),
                "wrong_address",
            ),
            with(
                "that holds for an hour",
                "exp",
                (COMMON.iat + 3_600).into(),
                "wrong_lifetime",
            ),
            with(
                "that ends before it begins",
                "exp",
                (COMMON.iat - 1).into(),
                "expired",
            ),
            with(
                "from the year after",
                "iat",
                (COMMON.iat + 31_536_000).into(),
                "not_yet_valid",
            ),
            with(
                "for several sites",
                "aud",
                json!([COMMON.site]),
                "malformed",
            ),
            with(
                "with a time as a text",
                "exp",
                "1800000300".into(),
                "malformed",
            ),
            with("with a time below zero", "iat", (-1).into(), "malformed"),
            with(
                "with a result that there is not",
                "result",
                "fine".into(),
                "malformed",
            ),
        ];
        rows.extend(["domain", "result", "commitment", "aud", "iat", "exp", "jti"].map(without));
        rows
    }

    fn other_headers(&self) -> Vec<Row> {
        let claims = payload(&COMMON.claims());
        let row = |name: &str, header: &str, expected: &str| {
            let token = self.signed(0, header, &claims);
            COMMON.row(name, &[COMMON.nonce, &token].join("."), expected)
        };
        let good = header(0);
        let unsigned = [
            URL_SAFE_NO_PAD.encode(good.replace("EdDSA", "none")),
            URL_SAFE_NO_PAD.encode(&claims),
            String::new(),
        ];
        let stranger = sign(&self.stranger, &good, &claims);
        vec![
            row(
                "with the algorithm none and a signature",
                &good.replace("EdDSA", "none"),
                "wrong_algorithm",
            ),
            COMMON.row(
                "with the algorithm none",
                &[COMMON.nonce, &unsigned.join(".")].join("."),
                "wrong_algorithm",
            ),
            row(
                "with a symmetric algorithm",
                &good.replace("EdDSA", "HS256"),
                "wrong_algorithm",
            ),
            row(
                "with the algorithm in lower case",
                &good.replace("EdDSA", "eddsa"),
                "wrong_algorithm",
            ),
            row(
                "of another type",
                &good.replace("mailproof-verdict+jwt", "JWT"),
                "wrong_type",
            ),
            row(
                "without a type",
                &good.replace("\"typ\":\"mailproof-verdict+jwt\",", ""),
                "malformed",
            ),
            row(
                "without a key's name",
                &good.replace(",\"kid\":\"2026-11\"", ""),
                "malformed",
            ),
            row(
                "with the name of no key",
                &good.replace("2026-11", "2026-10"),
                "unknown_key",
            ),
            row(
                "with the name of the other key",
                &good.replace("2026-11", "2026-12"),
                "bad_signature",
            ),
            row(
                "with a member that must be understood",
                &good.replacen('{', "{\"crit\":[\"exp\"],", 1),
                "malformed",
            ),
            COMMON.row(
                "signed with a key of nobody's",
                &[COMMON.nonce, &stranger].join("."),
                "bad_signature",
            ),
        ]
    }

    fn broken(&self) -> Vec<Row> {
        let field = self.sealed(&COMMON.claims());
        let token = self.token(&COMMON.claims());
        let parts: Vec<&str> = token.split('.').collect();
        let row = |name: &str, token: &str, expected: &str| {
            COMMON.row(name, &[COMMON.nonce, token].join("."), expected)
        };
        // The last of 86 characters has 4 bits that belong to no octet: lenient decoders
        // take 16 texts for one.
        let last = token.chars().last().unwrap();
        let loose = [&token[..token.len() - 1], &next_letter(last).to_string()].concat();
        let zeros = [parts[0], parts[1], &"A".repeat(86)].join(".");
        vec![
            COMMON.row("nothing", "", "malformed"),
            COMMON.row("dots", "...", "malformed"),
            COMMON.row("without a nonce", &token, "malformed"),
            COMMON.row("with a short nonce", &field[1..], "malformed"),
            row("without a signature", &parts[..2].join("."), "malformed"),
            row(
                "with an empty signature",
                &[parts[0], parts[1], ""].join("."),
                "bad_signature",
            ),
            row("with a signature of zeros", &zeros, "bad_signature"),
            row(
                "with a fourth part",
                &[&token, "AAAA"].join("."),
                "malformed",
            ),
            row("with padding", &[&token, "=="].concat(), "malformed"),
            row("with space after it", &[&token, " "].concat(), "malformed"),
            row(
                "with bits left over in its last character",
                &loose,
                "malformed",
            ),
            row("cut short", &token[..token.len() - 6], "bad_signature"),
            row("of 3,000 characters", &"A".repeat(3_000), "too_long"),
        ]
    }
}

/// The claims in the order in which the edge writes them, what it does not know last.
fn payload(claims: &Value) -> String {
    const ORDER: [&str; 9] = [
        "domain",
        "result",
        "reason",
        "commitment",
        "aud",
        "iat",
        "exp",
        "jti",
        "lists",
    ];
    let claims = claims.as_object().unwrap();
    let unknown = claims
        .keys()
        .map(String::as_str)
        .filter(|name| !ORDER.contains(name));
    let members = ORDER.into_iter().chain(unknown).filter_map(|name| {
        let value = match name {
            "lists" => lists(&claims[name]),
            _ => claims.get(name)?.to_string(),
        };
        Some(format!("\"{name}\":{value}"))
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

fn lists(lists: &Value) -> String {
    format!(
        "{{\"version\":{},\"sha256\":{}}}",
        lists["version"], lists["sha256"]
    )
}

/// The header of RFC 7515 as the edge writes it.
fn header(key: usize) -> String {
    format!(
        "{{\"alg\":\"EdDSA\",\"typ\":\"mailproof-verdict+jwt\",\"kid\":\"{}\"}}",
        KIDS[key]
    )
}

fn sign(key: &Ed25519KeyPair, header: &str, payload: &str) -> String {
    let input = [
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(payload),
    ]
    .join(".");
    let signature = URL_SAFE_NO_PAD.encode(key.sign(input.as_bytes()));
    [input, signature].join(".")
}

/// The next one of the alphabet, which differs in the lowest bit alone.
fn next_letter(letter: char) -> char {
    char::from_u32(letter as u32 + 1).unwrap()
}
