//! The lookup of a domain under any answers whatever: in time, within the bound, and no bad
//! news without two witnesses.

use std::collections::BTreeSet;

use domain::base::iana::{ExtendedErrorCode, Rcode, Rtype};
use domain::base::opt::exterr::ExtendedError;
use domain::base::{Message, MessageBuilder, Name, Serial, ToName, Ttl};
use domain::rdata::{A, Aaaa, Cname, Mx, Soa};
use mailproof_core::{Effect, Policy, Reason};
use mailproof_dns::{
    DomainName, Finding, Lookup, MAX_IN_FLIGHT, MAX_QUERIES, Query, QueryId, Reply, Settings, Step,
    TransportFailure,
};

type WireName = Name<Vec<u8>>;

/// Longest time that anything is kept, in seconds.
const MAX_TTL_S: u32 = 86_400;
const START_MS: u64 = 1_000_000;

/// Reads the bytes as what the resolvers do, one query after the other, and runs the lookup
/// to its end.
///
/// # Panics
/// Where a law is broken.
pub fn hold(bytes: &[u8]) {
    let mut script = Script(bytes);
    let resolvers = 1 + usize::from(script.next() % 4);
    let domain = ["shop.nl", "nl", "a_b.nl", "shop.test"][usize::from(script.next() % 4)];
    let run = Run::new(domain, resolvers).through(&mut script);
    run.check();
}

/// The bytes as decisions; when they are used up, all are 0.
struct Script<'b>(&'b [u8]);

impl<'b> Script<'b> {
    fn next(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    fn take(&mut self, length: usize) -> &'b [u8] {
        let (taken, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        taken
    }
}

/// What was seen from outside while a lookup ran.
struct Run {
    lookup: Lookup,
    now_ms: u64,
    deadline_ms: u64,
    coming: Vec<(u64, QueryId, Said)>,
    silent: usize,
    sent: usize,
    /// Resolvers that sent a well-formed message with bad news in it.
    witnesses: BTreeSet<usize>,
    /// Whether any message had a record of mail or an address in it.
    good_word: bool,
    finding: Option<Finding>,
}

/// What a resolver does.
enum Said {
    Body(Vec<u8>, u32),
    Failed(TransportFailure),
}

impl Run {
    fn new(domain: &str, resolvers: usize) -> Self {
        let name = DomainName::parse(domain).expect("a domain");
        let hosts = (0..resolvers).map(|index| format!("resolver-{index}.net"));
        let settings = Settings::new(hosts.collect());
        Self {
            deadline_ms: START_MS + settings.deadline_ms,
            lookup: Lookup::new(name, settings, START_MS),
            now_ms: START_MS,
            coming: Vec::new(),
            silent: 0,
            sent: 0,
            witnesses: BTreeSet::new(),
            good_word: false,
            finding: None,
        }
    }

    fn through(mut self, script: &mut Script<'_>) -> Self {
        while self.finding.is_none() {
            match self.lookup.step(self.now_ms) {
                Step::Send(query) => self.send(&query, script),
                Step::Wait { until_ms } => self.wait(until_ms, script),
                Step::Done(finding) => self.finding = Some(finding),
            }
        }
        self
    }

    fn send(&mut self, query: &Query, script: &mut Script<'_>) {
        self.sent += 1;
        assert!(self.sent <= MAX_QUERIES, "more than {MAX_QUERIES} queries");
        let latency_ms = [1, 10, 79, 81, 300, 799, 801, 10_000][usize::from(script.next() % 8)];
        match self.reply(query, script) {
            Some(said) => self.coming.push((self.now_ms + latency_ms, query.id, said)),
            None => self.silent += 1,
        }
        assert!(
            self.coming.len() + self.silent <= MAX_IN_FLIGHT,
            "too many at once"
        );
    }

    fn wait(&mut self, until_ms: u64, script: &mut Script<'_>) {
        assert!(until_ms > self.now_ms, "waits for the past");
        assert!(until_ms <= self.deadline_ms, "waits past the deadline");
        self.now_ms = until_ms;
        let first = (0..self.coming.len()).min_by_key(|index| self.coming[*index].0);
        let Some(index) = first.filter(|index| self.coming[*index].0 <= until_ms) else {
            return;
        };
        let (at_ms, id, said) = self.coming.remove(index);
        self.now_ms = at_ms;
        self.tell(id, &said);
        // A transport that tells twice must change nothing.
        if script.next() % 8 == 7 {
            self.tell(id, &said);
        }
    }

    fn tell(&mut self, id: QueryId, said: &Said) {
        match said {
            Said::Body(body, age_s) => self.lookup.answer(
                id,
                Ok(Reply {
                    body,
                    age_s: *age_s,
                }),
                self.now_ms,
            ),
            Said::Failed(failure) => self.lookup.answer(id, Err(*failure), self.now_ms),
        }
    }

    fn check(self) {
        let finding = self.finding.expect("the end");
        assert!(self.now_ms <= self.deadline_ms, "late");
        assert_eq!(finding.queries, self.sent);
        assert!(finding.ttl_s <= MAX_TTL_S);
        let reasons = &finding.routing.reasons;
        assert!(!reasons.is_empty());
        let is_bad = |reason: &Reason| Policy::FORM.effect(*reason) == Effect::Undeliverable;
        let bad = reasons
            .iter()
            .any(|reason| is_bad(reason) && *reason != Reason::SpecialUseDomain);
        assert!(
            !bad || self.witnesses.len() >= 2,
            "bad news of fewer than two: {reasons:?}"
        );
        if finding.routing.mx.found == Some(true) {
            assert!(self.good_word, "good news of nobody");
            assert!(!bad);
        }
        assert!(finding.routing.mx.records.len() <= 5);
    }

    /// What the script has the resolver do; `None` for silence.
    fn reply(&mut self, query: &Query, script: &mut Script<'_>) -> Option<Said> {
        let choice = script.next();
        let failure = match choice % 32 {
            0 => return None,
            1 => TransportFailure::Timeout,
            2 => TransportFailure::Unreachable,
            3 => TransportFailure::Status(503),
            4 => TransportFailure::ContentType,
            5 => TransportFailure::TooLarge,
            6 => {
                let length = usize::from(script.next());
                return Some(Said::Body(script.take(length).to_vec(), 0));
            }
            way => {
                let message = answer(query, way, script);
                if message.bad {
                    self.witnesses.insert(query.resolver);
                }
                self.good_word |= message.good;
                let age_s = if choice >= 128 {
                    u32::MAX
                } else {
                    u32::from(script.next())
                };
                return Some(Said::Body(message.octets, age_s));
            }
        };
        Some(Said::Failed(failure))
    }
}

struct Answer {
    octets: Vec<u8>,
    bad: bool,
    good: bool,
}

/// The answer of kind `way`, 7 to 31, to `query`.
fn answer(query: &Query, way: u8, script: &mut Script<'_>) -> Answer {
    let question = Message::from_octets(&query.message).expect("our query");
    let question = question.sole_question().expect("one question");
    let asked: WireName = question.qname().to_name();
    let rtype = question.qtype();
    let (rcode, soa, records) = match way {
        7 => (Rcode::NXDOMAIN, true, false),
        8 => (Rcode::NXDOMAIN, false, false),
        9 => (Rcode::NOERROR, true, false),
        10 => (Rcode::NOERROR, false, false),
        11 => (Rcode::SERVFAIL, false, false),
        12 => (Rcode::REFUSED, false, false),
        13 => (Rcode::masked_from_int(script.next()), true, true),
        _ => (Rcode::NOERROR, false, true),
    };
    let is_other = way == 14;
    let owner = if is_other {
        name("other.nl")
    } else {
        asked.clone()
    };
    let mut builder = MessageBuilder::new_vec();
    builder.header_mut().set_qr(way != 15);
    builder.header_mut().set_tc(way == 16);
    builder.header_mut().set_rcode(rcode);
    let mut builder = builder.question();
    builder.push((&owner, rtype)).expect("room");
    let mut builder = builder.answer();
    let mut end = owner.clone();
    if way == 17 {
        for target in ["alias-a.nl", "alias-b.nl"]
            .into_iter()
            .take(1 + usize::from(script.next() & 1))
        {
            builder
                .push((&end, 60, Cname::new(name(target))))
                .expect("room");
            end = name(target);
        }
    }
    let mut kinds = Kinds::default();
    if records {
        for _ in 0..=script.next() % 8 {
            push(&mut builder, &end, rtype, script, &mut kinds);
        }
    }
    let mut builder = builder.authority();
    if soa {
        let zone = name("nl");
        let time = Ttl::from_secs(60);
        let data = Soa::new(&zone, &zone, Serial(1), time, time, time, time);
        builder
            .push((&zone, u32::from(script.next()), data))
            .expect("room");
    }
    let mut builder = builder.additional();
    if way == 18 {
        let code = ExtendedErrorCode::from_int(u16::from(script.next() % 32));
        let error = ExtendedError::<Vec<u8>>::from(code);
        builder.opt(|opt| opt.push(&error)).expect("room");
    }
    let negative = !records && matches!(rcode, Rcode::NXDOMAIN | Rcode::NOERROR);
    Answer {
        octets: builder.finish(),
        // Anything that could count as bad news is counted: the law asks for two who said it.
        bad: !is_other && way != 15 && (negative || kinds.useless || way == 13 || way == 17),
        good: kinds.useful,
    }
}

/// What kinds of record stood in an answer.
#[derive(Default)]
struct Kinds {
    useful: bool,
    useless: bool,
}

fn push(
    builder: &mut domain::base::message_builder::AnswerBuilder<Vec<u8>>,
    owner: &WireName,
    rtype: Rtype,
    script: &mut Script<'_>,
    kinds: &mut Kinds,
) {
    let ttl = [0, 30, 300, u32::MAX][usize::from(script.next() % 4)];
    let choice = script.next();
    let useful = choice % 4 < 2;
    if useful {
        kinds.useful = true;
    } else {
        kinds.useless = true;
    }
    let pushed = match rtype {
        Rtype::MX => {
            let hosts = ["mx-a.nl", "mx-b.nl", ".", "localhost"];
            let host = name(hosts[usize::from(choice % 4)]);
            builder.push((owner, ttl, Mx::new(u16::from(choice >> 5), host)))
        }
        Rtype::A => {
            let addresses = [[8, 8, 8, 8], [1, 1, 1, 1], [127, 0, 0, 1], [0, 0, 0, 0]];
            builder.push((
                owner,
                ttl,
                A::new(addresses[usize::from(choice % 4)].into()),
            ))
        }
        _ => {
            let addresses = ["2606:4700::1", "2001:4860::8", "::1", "::ffff:10.0.0.1"];
            let address = addresses[usize::from(choice % 4)]
                .parse()
                .expect("an address");
            builder.push((owner, ttl, Aaaa::new(address)))
        }
    };
    pushed.expect("room");
}

fn name(text: &str) -> WireName {
    text.parse().expect("a name")
}
