//! Where fuzzing begins: a few inputs for each target, near to what is interesting.

use crate::random::Random;

/// A target and its first inputs.
pub type Seeds = (&'static str, Vec<Vec<u8>>);

/// The seeds of every target that reads them.
pub fn all() -> Vec<Seeds> {
    let texts = texts();
    let mut all: Vec<Seeds> = [
        "judge_form",
        "judge_rfc",
        "forms",
        "print_and_parse",
        "suggestion",
    ]
    .map(|target| (target, texts.clone()))
    .into();
    all.push(("policy", owned(&POLICIES)));
    all.push(("dns_message", messages()));
    all.push(("dns_lookup", lookups()));
    all.push(("cli_input", owned(&LINES)));
    all.push(("edge_request", owned(&REQUESTS)));
    all.push(("edge_keys", owned(&KEYS)));
    all
}

fn owned(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

/// Behind the byte that says how they are to be read.
fn texts() -> Vec<Vec<u8>> {
    let texts = [
        "jane@gmail.com",
        "jane@gamil.con",
        " Jane Doe <jane.doe+x@googlemail.com>, ",
        "mailto:jane@shop.hk?subject=x",
        "\"a b\"@[IPv6:2001:db8::1]",
        "jane(x)@shop.hk(y)",
        "用户＠例子。公司",
        "jane@xn--fsqu00a.xn--55qx5d",
        "jane doe at gmail dot com",
        "john_doe@company_com",
        "jane@@gmail,com",
        "jane@gmail",
        "a\u{200b}b@shop.hk",
        "jane@fa\u{df}.de",
        "no-reply@mailinator.com",
        "jane@localhost",
        "jane@1.2.3.4",
        "\u{37e}@shop.hk",
        "jane@hotmailil..co.",
        "",
    ];
    let seed = |text: &str| [b"\0", text.as_bytes()].concat();
    let mut seeds: Vec<_> = texts.into_iter().map(seed).collect();
    // Every piece once between an address.
    seeds.extend((0x80..=0xff).map(|piece| [b"\x01jane", &[piece][..], b"@shop.hk"].concat()));
    seeds
}

const POLICIES: [&str; 4] = [
    r#"{"base":"form","effects":{"role":"risky","disposable":"undeliverable"},"scores":{"no_reply":45},"listed_once":"information","allow":["shop.hk"],"block":["jane@shop.hk"]}"#,
    "base = \"rfc\"\nallow = [\"shop.hk\"]\nlisted_once = \"unknown\"\n[effects]\nfree = \"accepts\"\nempty = \"information\"\n[scores]\nrole = 100\n",
    r#"{"effects":{"allowed":"blocks"}}"#,
    "[scores]\npossible_typo = 101\n",
];

const LINES: [&str; 4] = [
    "\0jane@gmail.com\r\n\njohn@shop.hk",
    "\x01\"jane@gmail.com\"\n{\"email\":\"jane@shop.hk\",\"id\":[1,{}]}\n",
    "\x01{\"email\":\"\\ud800@b.hk\"}\n{\"mail\":1}\n[]\n",
    "\x01{\"email\":1}\nnull\n\"\\u0000\"",
];

/// Method and target, then a line each: origin, authorization, entity tags, who asks; the body.
const REQUESTS: [&str; 17] = [
    "GET /v1/domains/gmail.com\n\n\n\n203.0.113.7\n",
    "GET /v1/domains/shop.hk\nhttps://shop.net\n\nW/\"0123456789abcdef01234567\", *\n\n",
    "GET /v1/domains/shop.hk?commitment=n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg\nhttps://shop.net\n\n\n\n",
    "HEAD /v1/domains/xn--fsqu00a.xn--55qx5d?\nnull\n\n\n2001:db8::1\n",
    "OPTIONS /v1/domains\nhttps://shop.net\n\n\n\n",
    "POST /v1/domains\n\n\n\n\n{\"domains\":[\"shop.net\",\"bakery.net\"]}",
    "POST /v1/domains\n\n\n\n\n{\"domains\":[\"jane@shop.net\"]}",
    "POST /v1/verify\n\nBearer test\n\n\n{\"email\":\"jane@shop.net\"}",
    "POST /v1/verify?format=kickbox\n\nBearer test\n\n\n{\"to_email\":\"risky@example.com\"}",
    "POST /v1/verify?format=zerobounce\n\nbearer test\n\n\n{\"email\":\"jane@gamil.con\"}",
    "POST /v1/verify?format=reacher\n\nBearer tes\n\n\n{\"email\":\"\\ud800@b.hk\"}",
    "GET /healthz\n\n\n\n\n",
    "GET /.well-known/jwks.json\nhttps://bakery.net\n\n\n\n",
    "GET /openapi.json\n\n\n\n\n",
    "GET /v1/domains/%E4%BE%8B.com\nnull\n\n\n\n",
    "GET /v1/domains/jane%2540gmail.com?format=jane@gmail.com\n\n\n\n\n",
    "GET\nhttps://mailproof.shop.net/v1/domains/deliverable.example.com\nhttps://shop.net\n\"x\"",
];

/// Values of variables, key sets, the field of a form, and claims.
const KEYS: [&str; 10] = [
    r#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"one","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}]}"#,
    r#"{"keys":[{"kty":"OKP","crv":"Ed25519","alg":"EdDSA","use":"sig","kid":"one","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},{"kty":"EC"}]}"#,
    "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg",
    "https://dns.google/dns-query,https://dns10.quad9.net/dns-query",
    "https://shop.net, http://localhost:8787",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08, 9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08",
    "300/60",
    "800",
    "AAECAwQFBgcICQoLDA0ODw.eyJhbGciOiJFZERTQSIsInR5cCI6Im1haWxwcm9vZi12ZXJkaWN0K2p3dCIsImtpZCI6IjIwMjYtMTEifQ.e30.LPOybAFjJ0vKKbNv46TKASUqI5mJDYidnPXRadfJNxHCS-fnwY4ziCX7R5wfiSD6Bjb0xpnAbrxY8U5Ti5P3AQ",
    r#"{"domain":"shop.net","result":"deliverable","reason":"accepts_mail","commitment":"n4bQ","aud":"https://shop.example.com","iat":1800000000,"exp":1800000300,"jti":"1","lists":null}"#,
];

/// Framed answers to each question, and a whole one.
fn messages() -> Vec<Vec<u8>> {
    let mx = b"\xc0\x0c\0\x0f\0\x01\0\0\0\x3c\0\x04\0\x05\xc0\x0c";
    let a = b"\xc0\x0c\0\x01\0\x01\0\0\0\x3c\0\x04\x08\x08\x08\x08";
    let aaaa = b"\xc0\x0c\0\x1c\0\x01\0\0\0\x3c\0\x10\x26\x06\x47\0\0\0\0\0\0\0\0\0\0\0\0\x01";
    let cname = b"\xc0\x0c\0\x05\0\x01\0\0\0\x3c\0\x04\x01a\xc0\x11";
    let spf = b"\xc0\x0c\0\x10\0\x01\0\0\0\x3c\0\x0c\x0bv=spf1 -all";
    let soa = b"\xc0\x11\0\x06\0\x01\0\0\0\x3c\0\x18\xc0\x11\xc0\x11\0\0\0\x01\0\0\0\x3c\0\0\0\x3c\0\0\0\x3c\0\0\0\x3c";
    let bogus = b"\0\0\x29\x04\xd0\0\0\0\0\0\x06\0\x0f\0\x02\0\x06";
    vec![
        [&b"\x04\0\x01\0\0"[..], mx].concat(),
        [&b"\x04\0\x02\0\0"[..], cname, mx].concat(),
        [&b"\x05\0\x01\0\0"[..], a].concat(),
        [&b"\x06\0\x01\0\0"[..], aaaa].concat(),
        [&b"\x07\0\x01\0\0"[..], spf].concat(),
        [&b"\x0f\0\x01\0\0"[..], spf].concat(),
        [&b"\x04\0\0\x01\0"[..], soa].concat(),
        [&b"\x04\x03\0\x01\0"[..], soa].concat(),
        [&b"\x04\x02\0\0\x01"[..], bogus].concat(),
        [&b"\x04\x10\x01\x01\x01"[..], mx, soa, bogus].concat(),
        [
            &b"\0\0\0\x80\0\0\x01\0\x01\0\0\0\0\x04shop\x02nl\0\0\x0f\0\x01"[..],
            mx,
        ]
        .concat(),
    ]
}

/// One answer of each kind by four resolvers, and some mixtures.
fn lookups() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = (0..32)
        .map(|way| [&[3, 0][..], &[0, way, 1, 60, 0, 0].repeat(13)].concat())
        .collect();
    seeds.push([&[1, 0][..], &[0, 7, 0, 7, 0, 0].repeat(20)].concat());
    seeds.push([&[3, 1][..], &[4, 19, 1, 1, 0, 9].repeat(20)].concat());
    seeds.push(vec![2, 2]);
    seeds
}

/// Holds `law` for the seeds of a fuzz target, and for `cases` more: one in four of up to
/// `longest` random bytes, the others seeds spoilt in a few places.
///
/// # Panics
/// Where the law is broken, with the bytes that broke it.
#[track_caller]
pub fn hold_around(target: &str, mut random: Random, cases: usize, longest: usize, law: fn(&[u8])) {
    let all = all();
    let (_, seeds) = all
        .iter()
        .find(|(name, _)| *name == target)
        .expect("a target with seeds");
    for seed in seeds {
        law(seed);
    }
    for case in 0..cases {
        let mut bytes = seeds[random.below(seeds.len())].clone();
        if case % 4 == 0 {
            bytes = random.bytes(longest);
        }
        for _ in 0..random.below(6) {
            let (place, piece) = (random.below(bytes.len() + 1), random.bytes(4));
            let end = bytes.len().min(place + random.below(4));
            bytes.splice(place..end, piece);
        }
        let held = std::panic::catch_unwind(|| law(&bytes));
        assert!(
            held.is_ok(),
            "broken by {:?}",
            bytes.escape_ascii().to_string()
        );
    }
}
