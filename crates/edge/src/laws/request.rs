//! Any request: what is planned for it, and what goes out without the platform.

use std::sync::OnceLock;

use mailproof_core::{Reason, Routing};
use mailproof_dns::{DomainName, Finding};
use serde_json::Value;

use super::answers::{CANARY, check, check_line};
use crate::answer::Answer;
use crate::batch::Batch;
use crate::body;
use crate::client::Network;
use crate::config::{Config, ConfigError};
use crate::format::Format;
use crate::guard::Guard;
use crate::health;
use crate::kept::Kept;
use crate::log::Event;
use crate::plan::{Incoming, Plan, plan};
use crate::problem::Problem;
use crate::quota::Quotas;
use crate::remembered;
use crate::report::{domain_report, pack};
use crate::token::{self, Claim};
use crate::verify::Inquiry;

type Settled = Result<Config, ConfigError>;

/// SHA-256 of `test`, and the key of RFC 8037 appendix A.1.
const VARIABLES: [(&str, &str); 3] = [
    (
        "MAILPROOF_API_KEYS",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    ),
    (
        "MAILPROOF_SIGNING_KEYS",
        r#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"one","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}]}"#,
    ),
    ("MAILPROOF_ORIGINS", "https://shop.net,https://bakery.net"),
];
const NOW_MS: u64 = 1_800_000_000_000;
const OWN: &str = "https://mailproof.shop.net";

/// Reads lines: the method and the target, the origin, the authorization, the entity tags, the
/// address of who asks; what follows is the body. Holds that nothing panics, that whatever goes
/// out is whole, and that a marked local part put before every `@` is in no refusal.
pub fn request(bytes: &[u8]) {
    let asked = Asked::read(bytes);
    let marked = Asked::read(&marked(bytes));
    for config in configurations() {
        asked.hold(config);
        marked.hold(config);
    }
    short_way(bytes);
}

/// The lines that the entry sends for a domain in memory, and the answer that it reads.
fn short_way(bytes: &[u8]) {
    let Some(incoming) = remembered::incoming(&String::from_utf8_lossy(bytes)) else {
        return;
    };
    for config in configurations() {
        let Plan::Answer(answer) = plan(&incoming, config) else {
            continue;
        };
        let text = remembered::written(&answer);
        let (head, body) = text.split_once("\n\n").expect("a head and a body");
        let (status, headers) = head.split_once('\n').expect("headers");
        assert_eq!(status, answer.status.to_string());
        let mut lines = headers.split('\n');
        for (name, value) in &answer.headers {
            assert_eq!((lines.next(), lines.next()), (Some(*name), Some(&**value)));
        }
        assert_eq!(
            (lines.next(), body),
            (None, answer.body.as_deref().unwrap_or_default())
        );
    }
}

/// Everything set, nothing set, and one that cannot be used.
fn configurations() -> &'static [Settled; 3] {
    static CONFIGURATIONS: OnceLock<[Settled; 3]> = OnceLock::new();
    CONFIGURATIONS.get_or_init(|| {
        let own = |(name, value): (&str, &str)| (name.to_owned(), Some(value.to_owned()));
        let any = own(("MAILPROOF_ORIGINS", "*"));
        let slip = own(("MAILPROOF_ORIGIN", "*"));
        [VARIABLES.map(own).to_vec(), vec![any], vec![slip]].map(Config::read)
    })
}

fn marked(bytes: &[u8]) -> Vec<u8> {
    let mut marked = Vec::with_capacity(bytes.len() + 64);
    for byte in bytes {
        if *byte == b'@' {
            marked.extend_from_slice(CANARY.as_bytes());
        }
        marked.push(*byte);
    }
    marked
}

struct Asked {
    incoming: Incoming,
    target: String,
    body: Vec<u8>,
}

impl Asked {
    fn read(bytes: &[u8]) -> Self {
        let mut lines = bytes.splitn(6, |byte| *byte == b'\n');
        let mut line = || String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
        let first = line();
        let (method, target) = first.split_once(' ').unwrap_or(("GET", &first));
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        let incoming = Incoming {
            method: method.to_owned(),
            url: format!("{OWN}/{}", target.trim_start_matches('/')),
            origin: some(line()),
            authorization: some(line()),
            if_none_match: some(line()),
            network: Network::of(&line()),
        };
        Self {
            target: target.to_owned(),
            incoming,
            body: lines.next().unwrap_or_default().to_vec(),
        }
    }

    fn hold(&self, config: &Settled) {
        if let Err(ConfigError { variable }) = config {
            check_line(Event::ConfigurationInvalid { variable });
        }
        let planned = plan(&self.incoming, config);
        self.check_no_address(&planned);
        let answers = match planned {
            Plan::Assets => return,
            Plan::Answer(answer) => vec![answer],
            Plan::Domain(name, _) => self.reports(&name),
            Plan::SignedDomain(name, claim, _) => vec![signed(&name, &claim)],
            Plan::Domains(_) => vec![batch(&self.body)],
            Plan::Verify(format, _) => vec![verified(&self.body, format)],
            Plan::Health(config) => {
                vec![health::answer(vec![true; config.resolvers.len()])]
            }
        };
        let origin = self.incoming.origin.as_deref();
        let origins = config.as_ref().map(|it| &it.origins).unwrap_or_default();
        for answer in answers {
            check(&answer);
            let answer = origins.mark(answer, origin);
            let reader = answer.header("access-control-allow-origin");
            let is_named = reader.is_none_or(|it| it == "*" || origin == Some(it));
            assert!(is_named, "{answer:?}");
        }
    }

    /// Nobody is asked about a request with an `@` in its target, however it is written.
    fn check_no_address(&self, planned: &Plan<'_>) {
        // What follows `#` is the client's own affair.
        let target = self.target.split('#').next().unwrap_or_default();
        let mut text = target.as_bytes().to_vec();
        for _ in 0..5 {
            text = decoded(&text);
        }
        let is_refused =
            matches!(planned, Plan::Answer(it) if it.status == 204 || it.status >= 400);
        let is_ours = *planned != Plan::Assets;
        assert!(
            !(is_ours && text.contains(&b'@')) || is_refused,
            "{planned:?}"
        );
    }

    /// The answers about a domain, and what bounds the asking.
    fn reports(&self, name: &DomainName) -> Vec<Answer> {
        assert_eq!(DomainName::parse(name.as_str()).as_ref(), Ok(name));
        let has = self.incoming.if_none_match.as_deref();
        let registrable = pack().and_then(|pack| pack.registrable_domain(name.as_str()));
        let admitted = Guard::new().admit(name.as_str(), registrable, NOW_MS);
        assert_eq!(admitted, Ok(()));
        let quota = self.incoming.network.map(|network| {
            let policy = crate::quota::Policy {
                limit: 1,
                window_s: 60,
            };
            let mut quotas = Quotas::new();
            let key = network.to_string();
            quotas.spend(&key, policy, NOW_MS).unwrap();
            quotas.spend(&key, policy, NOW_MS).unwrap_err()
        });
        let findings = [Some(true), Some(false), None].map(|found| finding(name, found));
        let kept = findings.map(|finding| Kept::found(name, finding, None, NOW_MS));
        let mut answers = vec![Kept::timed_out(name).answer(has, NOW_MS, 800)];
        answers.extend(kept.iter().map(|it| it.answer(has, NOW_MS + 1_500, 7)));
        answers.extend(quota.map(|quota| Problem::TooManyRequests(quota).answer()));
        answers
    }
}

fn decoded(text: &[u8]) -> Vec<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if let (b'%', [high, low, after @ ..]) = (first, after)
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            decoded.push(u8::try_from(high * 16 + low).unwrap());
            rest = after;
        } else {
            decoded.push(*first);
        }
    }
    decoded
}

fn finding(name: &DomainName, found: Option<bool>) -> Finding {
    let reason = match found {
        Some(true) => Reason::AcceptsMail,
        Some(false) => Reason::NoSuchDomain,
        None => Reason::DnsTimeout,
    };
    let mut routing = Routing::unavailable(reason);
    routing.mx.found = found;
    Finding {
        routing,
        ttl_s: 60,
        queries: 3,
        name_server: Some(name.to_string()),
    }
}

/// The token about a domain, as far as it is made without the platform.
fn signed(name: &DomainName, claim: &Claim) -> Answer {
    let kept = Kept::found(name, finding(name, Some(true)), None, NOW_MS);
    let report = domain_report(name, kept.routing());
    let input = claim.signing_input(&report, "one", NOW_MS, "an-identifier");
    let token = token::compact(&input, &[0; 64]);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    assert!(
        token.bytes().all(is_plain) && token.split('.').count() == 3,
        "{token}"
    );
    let body = kept.report.body_with_token(1, &token);
    let json: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(json["token"], token.as_str());
    Answer::text(200, "application/json", crate::answer::Keep::Nothing, body)
}

fn batch(octets: &[u8]) -> Answer {
    let Some(batch) = body::parse_object::<Batch>(octets) else {
        return Problem::BodyInvalid.answer();
    };
    match batch.names() {
        Err((problem, Some(index))) => problem.answer_at(index),
        Err((problem, None)) => problem.answer(),
        Ok(names) => {
            assert!((1..=50).contains(&names.len()));
            let reports = names
                .iter()
                .map(|name| Kept::timed_out(name).report.body(0));
            let reports: Vec<String> = reports.collect();
            let body = format!("{{\"domains\":[{}]}}", reports.join(","));
            Answer::text(200, "application/json", crate::answer::Keep::Nothing, body)
        }
    }
}

/// The one answer that an address may be in.
fn verified(octets: &[u8], format: Format) -> Answer {
    let Some(inquiry) = body::parse_object::<Inquiry>(octets) else {
        return Problem::BodyInvalid.answer();
    };
    let verdict = inquiry.offline();
    if let Some(domain) = verdict.domain_to_ask() {
        assert!(DomainName::parse(domain).is_ok(), "{domain}");
    }
    let body = format.of(&verdict, "2026-11-22T03:04:05.678Z");
    Answer::json(200, "application/json", crate::answer::Keep::Nothing, &body)
}
