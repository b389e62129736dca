//! Resolvers in memory under a virtual clock.
//!
//! A world is lines of the form `[resolver/]name type: words`. Words of MX answers are
//! `preference host`, of address answers addresses, separated by commas; `cname target;`
//! may stand before them. Other words are faults and denials, see [`World::reply`]. A name
//! without a line does not exist; one with lines has no other records than these.
#![allow(dead_code, reason = "each test binary uses its part")]

use std::collections::BTreeMap;
use std::net::IpAddr;

use domain::base::iana::{ExtendedErrorCode, Rcode, Rtype};
use domain::base::message_builder::AnswerBuilder;
use domain::base::opt::exterr::ExtendedError;
use domain::base::{Message, MessageBuilder, Name, Serial, Ttl};
use domain::rdata::{A, Aaaa, Cname, Mx, Ns, Soa, Txt};
use mailproof_dns::{
    Asked, DomainName, Finding, Lookup, MAX_IN_FLIGHT, Observation, Query, QueryId, Reply,
    Resolvers, Settings, Step, TransportFailure,
};

type WireName = Name<Vec<u8>>;

/// How long a resolver that answers takes.
const LATENCY_MS: u64 = 10;
pub(crate) const TTL_S: u32 = 300;
pub(crate) const SOA_MINIMUM_S: u32 = 60;

pub(crate) struct World {
    lines: BTreeMap<(Option<usize>, String, String), String>,
    pub(crate) resolvers: usize,
    pub(crate) age_s: u32,
}

/// What a resolver does with one query.
pub(crate) enum Said {
    Body(Vec<u8>),
    Failed(TransportFailure),
    Nothing,
}

impl World {
    #[track_caller]
    pub(crate) fn new(lines: &[&str]) -> Self {
        let lines = lines.iter().map(|line| {
            let (key, said) = line.split_once(": ").expect("`name type: words`");
            let (name, kind) = key.split_once(' ').expect("`name type`");
            let (resolver, name) = match name.split_once('/') {
                Some((resolver, name)) => (resolver.parse().ok(), name),
                None => (None, name),
            };
            (
                (resolver, name.to_owned(), kind.to_owned()),
                said.to_owned(),
            )
        });
        Self {
            lines: lines.collect(),
            resolvers: 4,
            age_s: 0,
        }
    }

    /// The words for a question: those of this resolver before those of all.
    fn words(&self, query: &Query) -> &str {
        let (name, kind) = (query.name.to_string(), query.record_type.check());
        for resolver in [Some(query.resolver), None] {
            for kind in [kind, "any"] {
                let key = (resolver, name.clone(), kind.to_owned());
                if let Some(words) = self.lines.get(&key) {
                    return words;
                }
            }
        }
        if self.lines.keys().any(|(_, known, _)| *known == name) {
            "nodata"
        } else {
            "nxdomain"
        }
    }

    pub(crate) fn reply(&self, query: &Query) -> Said {
        let words = self.words(query);
        Said::Body(match words {
            "silent" => return Said::Nothing,
            "unreachable" => return Said::Failed(TransportFailure::Unreachable),
            "status" => return Said::Failed(TransportFailure::Status(503)),
            "garbage" => b"<html>not a message</html>".to_vec(),
            "oversize" => vec![0; 70_000],
            "other question" => {
                let other: WireName = "other.nl".parse().unwrap();
                let asked = (&other, query.record_type.check());
                answer(&query.message, Some(asked.0), Rcode::NXDOMAIN, "", true)
            }
            "nxdomain" => answer(&query.message, None, Rcode::NXDOMAIN, "", true),
            "nxdomain without soa" => answer(&query.message, None, Rcode::NXDOMAIN, "", false),
            "nodata" => answer(&query.message, None, Rcode::NOERROR, "", true),
            "nodata without soa" => answer(&query.message, None, Rcode::NOERROR, "", false),
            "servfail" => answer(&query.message, None, Rcode::SERVFAIL, "", false),
            "refused" => answer(&query.message, None, Rcode::REFUSED, "", false),
            "formerr" => answer(&query.message, None, Rcode::FORMERR, "", false),
            "notimp" => answer(&query.message, None, Rcode::NOTIMP, "", false),
            "referral" | "bogus" | "filtered" => {
                answer(&query.message, None, Rcode::NOERROR, words, false)
            }
            records => answer(&query.message, None, Rcode::NOERROR, records, false),
        })
    }
}

/// Builds the answer to `query` (with another question, if given).
fn answer(
    query: &[u8],
    other: Option<&WireName>,
    rcode: Rcode,
    records: &str,
    soa: bool,
) -> Vec<u8> {
    let question = Message::from_octets(query)
        .unwrap()
        .sole_question()
        .unwrap();
    let asked: WireName = question.qname().to_string().parse().unwrap();
    let name = other.cloned().unwrap_or_else(|| asked.clone());
    let mut builder = MessageBuilder::new_vec();
    builder.header_mut().set_qr(true);
    builder.header_mut().set_rcode(if records == "bogus" {
        Rcode::SERVFAIL
    } else {
        rcode
    });
    let (tc, records) = match records.strip_prefix("truncated ") {
        Some(rest) => (true, rest),
        None => (records == "truncated", records),
    };
    builder.header_mut().set_tc(tc);
    let mut builder = builder.question();
    builder.push((&name, question.qtype())).unwrap();
    let mut builder = builder.answer();
    if !["bogus", "filtered", "referral", "truncated"].contains(&records) {
        push_records(&mut builder, &name, question.qtype(), records);
    }
    let mut builder = builder.authority();
    let zone: WireName = name
        .to_string()
        .rsplit('.')
        .next()
        .unwrap()
        .parse()
        .unwrap();
    if soa {
        let minimum = Ttl::from_secs(SOA_MINIMUM_S);
        let data = Soa::new(&zone, &zone, Serial(1), minimum, minimum, minimum, minimum);
        builder.push((&zone, TTL_S, data)).unwrap();
    }
    if records == "referral" {
        builder.push((&zone, TTL_S, Ns::new(&zone))).unwrap();
    }
    let mut builder = builder.additional();
    let code = match records {
        "bogus" => Some(ExtendedErrorCode::DNSSEC_BOGUS),
        "filtered" => Some(ExtendedErrorCode::FILTERED),
        _ => None,
    };
    if let Some(code) = code {
        builder
            .opt(|opt| opt.push(&ExtendedError::<Vec<u8>>::from(code)))
            .unwrap();
    }
    builder.finish()
}

fn push_records(
    builder: &mut AnswerBuilder<Vec<u8>>,
    name: &WireName,
    rtype: Rtype,
    records: &str,
) {
    if rtype == Rtype::TXT && !records.is_empty() {
        // Texts have commas and semicolons of their own.
        for text in records.split(" | ") {
            let data = Txt::<Vec<u8>>::build_from_slice(text.as_bytes()).unwrap();
            builder.push((name, TTL_S, data)).unwrap();
        }
        return;
    }
    let mut owner = name.clone();
    let mut parts = records.split(';').map(str::trim).peekable();
    while let Some(part) = parts.next() {
        if let Some(target) = part.strip_prefix("cname ") {
            let target: WireName = target.parse().unwrap();
            builder.push((&owner, TTL_S, Cname::new(&target))).unwrap();
            owner = target;
            continue;
        }
        assert!(parts.peek().is_none(), "records stand last");
        for record in part
            .split(',')
            .map(str::trim)
            .filter(|record| !record.is_empty())
        {
            if rtype == Rtype::MX {
                let (preference, host) = record.split_once(' ').expect("`preference host`");
                let host: WireName = host.parse().unwrap();
                let data = Mx::new(preference.parse().unwrap(), host);
                builder.push((&owner, TTL_S, data)).unwrap();
            } else {
                match record.parse().expect("an address") {
                    IpAddr::V4(address) => builder.push((&owner, TTL_S, A::new(address))).unwrap(),
                    IpAddr::V6(address) => {
                        builder.push((&owner, TTL_S, Aaaa::new(address))).unwrap();
                    }
                }
            }
        }
    }
}

/// What a run took, besides what it found.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) finding: Finding,
    pub(crate) took_ms: u64,
    /// Resolver and question of each query, in order.
    pub(crate) asked: Vec<String>,
    /// The lookup's own account of them.
    pub(crate) account: Vec<Asked>,
    pub(crate) seen: (Vec<Observation>, u32),
}

/// Drives the lookup of `domain` to its end. `reply` is asked once a query.
pub(crate) fn run(
    domain: &str,
    settings: Settings,
    age_s: u32,
    mut reply: impl FnMut(&Query) -> Said,
) -> Run {
    let start = 1_000_000;
    let name = DomainName::parse(domain).expect("a domain");
    let deadline_ms = settings.deadline_ms;
    let lookup = Lookup::new(name, settings, start);
    let reply = |query: &Query| (LATENCY_MS, reply(query));
    drive(lookup, start, deadline_ms, age_s, reply)
}

/// The same with what earlier lookups saw, and with replies that take their time.
pub(crate) fn run_with(
    resolvers: &mut Resolvers,
    domain: &str,
    start: u64,
    reply: impl FnMut(&Query) -> (u64, Said),
) -> Run {
    let name = DomainName::parse(domain).expect("a domain");
    let settings = settings(4);
    let deadline_ms = settings.deadline_ms;
    let lookup = Lookup::new(name, settings, start);
    let lookup = lookup.with_outlook(resolvers.outlook(start));
    let run = drive(lookup, start, deadline_ms, 0, reply);
    let (observations, hedges) = &run.seen;
    resolvers.learn(observations, *hedges, start + run.took_ms);
    run
}

fn drive(
    mut lookup: Lookup,
    start: u64,
    deadline_ms: u64,
    age_s: u32,
    mut reply: impl FnMut(&Query) -> (u64, Said),
) -> Run {
    let mut now = start;
    let mut coming: Vec<(u64, QueryId, Said)> = Vec::new();
    let mut silent = 0;
    let mut asked = Vec::new();
    loop {
        match lookup.step(now) {
            Step::Send(query) => {
                asked.push(format!(
                    "{}/{} {}",
                    query.resolver,
                    query.name,
                    query.record_type.check()
                ));
                match reply(&query) {
                    (_, Said::Nothing) => silent += 1,
                    (latency_ms, said) => coming.push((now + latency_ms, query.id, said)),
                }
                assert!(coming.len() + silent <= MAX_IN_FLIGHT, "too many at once");
                assert!(
                    asked.len() <= mailproof_dns::MAX_QUERIES,
                    "too many: {asked:?}"
                );
            }
            Step::Wait { until_ms } => {
                assert!(until_ms > now, "waits for the past");
                let next = coming
                    .iter()
                    .map(|(at, ..)| *at)
                    .min()
                    .filter(|at| *at <= until_ms);
                now = next.unwrap_or(until_ms);
                if let Some(position) = coming.iter().position(|(at, ..)| *at <= now) {
                    let (_, id, said) = coming.remove(position);
                    match &said {
                        Said::Body(body) => lookup.answer(id, Ok(Reply { body, age_s }), now),
                        Said::Failed(failure) => lookup.answer(id, Err(*failure), now),
                        Said::Nothing => {}
                    }
                }
            }
            Step::Done(finding) => {
                assert_eq!(finding.queries, asked.len());
                assert!(now <= start + deadline_ms, "late");
                return Run {
                    finding,
                    took_ms: now - start,
                    asked,
                    account: lookup.asked(),
                    seen: lookup.observations(now),
                };
            }
        }
    }
}

pub(crate) fn settings(resolvers: usize) -> Settings {
    Settings::new(
        (0..resolvers)
            .map(|index| format!("resolver-{index}.net"))
            .collect(),
    )
}

pub(crate) fn look_up(world: &World, domain: &str) -> Run {
    run(domain, settings(world.resolvers), world.age_s, |query| {
        world.reply(query)
    })
}
