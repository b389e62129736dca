//! What holds for any answers whatever.

mod simulation;

use domain::base::MessageBuilder;
use domain::base::iana::Rcode;
use mailproof_core::Reason;
use mailproof_dns::{DomainName, Lookup, MAX_QUERIES, Query, Step, decode_for_tests};
use proptest::prelude::*;
use simulation::{Said, World, run, settings};

fn query() -> Query {
    let name = DomainName::parse("shop.nl").unwrap();
    match Lookup::new(name, settings(2), 0).step(0) {
        Step::Send(query) => query,
        other => panic!("{other:?}"),
    }
}

/// Something like an answer to `shop.nl MX`, so that damage reaches the deeper parts.
fn answer_like(tail: &[u8], counts: [u8; 3]) -> Vec<u8> {
    let mut builder = MessageBuilder::new_vec();
    builder.header_mut().set_qr(true);
    builder.header_mut().set_rcode(Rcode::NOERROR);
    let mut builder = builder.question();
    builder
        .push((&query().name, domain::base::iana::Rtype::MX))
        .unwrap();
    let mut bytes = builder.finish();
    for (at, count) in [7, 9, 11].into_iter().zip(counts) {
        bytes[at] = count;
    }
    bytes.extend_from_slice(tail);
    bytes
}

const WORDS: [&str; 19] = [
    "nxdomain",
    "nodata",
    "nxdomain without soa",
    "nodata without soa",
    "servfail",
    "refused",
    "silent",
    "garbage",
    "oversize",
    "other question",
    "unreachable",
    "status",
    "bogus",
    "filtered",
    "referral",
    "0 .",
    "5 a.nl, 6 b.nl, 7 c.nl, 8 d.nl, 9 e.nl",
    "5 f.nl",
    "truncated 5 a.nl",
];
const ADDRESS_WORDS: [&str; 8] = [
    "nxdomain",
    "nodata",
    "servfail",
    "silent",
    "garbage",
    "10.0.0.1",
    "0.0.0.0",
    "nodata without soa",
];

/// The soft reasons, `deliverable`'s and the doubts: everything but bad news.
fn is_bad_news(reason: Reason) -> bool {
    use Reason::{MxDead, MxUnroutable, NoMailHost, NoSuchDomain, NullMx};
    matches!(
        reason,
        MxDead | MxUnroutable | NoMailHost | NoSuchDomain | NullMx
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(!decode_for_tests(&query(), &bytes) || bytes.len() > 12);
    }

    #[test]
    fn damaged_answers_are_survived(
        tail in proptest::collection::vec(any::<u8>(), 0..200),
        counts in proptest::array::uniform3(0u8..4),
    ) {
        decode_for_tests(&query(), &answer_like(&tail, counts));
    }

    /// `run` itself asserts the work bounds and that no wait goes into the past.
    #[test]
    fn any_answers_end_in_time_and_within_the_bound(seed in proptest::collection::vec(any::<u8>(), 40)) {
        let mut seed = seed.into_iter().cycle();
        let run = run("shop.nl", settings(4), 0, |query| {
            let words: &[&str] = if query.record_type.check() == "mx" { &WORDS } else { &ADDRESS_WORDS };
            let word = words[usize::from(seed.next().unwrap()) % words.len()];
            let key = format!("{} {}: {word}", query.name, query.record_type.check());
            World::new(&[&key]).reply(query)
        });
        prop_assert!(run.finding.queries <= MAX_QUERIES);
        prop_assert!(!run.finding.routing.reasons.is_empty());
    }

    /// With one resolver of four that answers, whatever it says, there is no bad news.
    #[test]
    fn one_witness_never_brings_bad_news(
        seed in proptest::collection::vec(any::<u8>(), 40),
        witness in 0usize..4,
    ) {
        let mut seed = seed.into_iter().cycle();
        let run = run("shop.nl", settings(4), 0, |query| {
            if query.resolver != witness {
                return Said::Failed(mailproof_dns::TransportFailure::Unreachable);
            }
            let words: &[&str] = if query.record_type.check() == "mx" { &WORDS } else { &ADDRESS_WORDS };
            let word = words[usize::from(seed.next().unwrap()) % words.len()];
            let key = format!("{} {}: {word}", query.name, query.record_type.check());
            World::new(&[&key]).reply(query)
        });
        let reasons = &run.finding.routing.reasons;
        prop_assert!(!reasons.iter().any(|reason| is_bad_news(*reason)), "{:?} {:?}", reasons, run.asked);
    }
}

#[test]
fn a_forward_compression_pointer_is_refused() {
    // An MX record of `shop.nl` whose exchange points to itself, and one that points ahead.
    for pointer in [[0xc0, 0x2b], [0xc0, 0x40]] {
        let mut tail = b"\xc0\x0c\0\x0f\0\x01\0\0\0\x3c\0\x04\0\x05".to_vec();
        tail.extend(pointer);
        assert!(!decode_for_tests(&query(), &answer_like(&tail, [1, 0, 0])));
    }
    let mut tail = b"\xc0\x0c\0\x0f\0\x01\0\0\0\x3c\0\x04\0\x05".to_vec();
    tail.extend([0xc0, 0x0c]);
    assert!(
        decode_for_tests(&query(), &answer_like(&tail, [1, 0, 0])),
        "pointing back is fine"
    );
}

#[test]
fn more_than_a_hundred_records_are_refused() {
    let record = b"\xc0\x0c\0\x0f\0\x01\0\0\0\x3c\0\x04\0\x05\xc0\x0c";
    assert!(decode_for_tests(
        &query(),
        &answer_like(&record.repeat(100), [100, 0, 0])
    ));
    assert!(!decode_for_tests(
        &query(),
        &answer_like(&record.repeat(101), [101, 0, 0])
    ));
}

#[test]
fn records_of_other_names_and_classes_do_not_count() {
    // `shop.nl` answered with an MX of `nl`, and with one of class CH.
    let other_name = b"\xc0\x11\0\x0f\0\x01\0\0\0\x3c\0\x04\0\x05\xc0\x0c";
    let other_class = b"\xc0\x0c\0\x0f\0\x03\0\0\0\x3c\0\x04\0\x05\xc0\x0c";
    for record in [other_name, other_class] {
        assert!(!decode_for_tests(&query(), &answer_like(record, [1, 0, 0])));
    }
}
