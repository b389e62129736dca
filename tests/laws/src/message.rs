//! DNS messages: any bytes are survived, and only what answers the question is believed.

use std::sync::LazyLock;

use mailproof_dns::{
    DomainName, Lookup, MAX_BODY, MAX_RECORDS, Query, RecordType, Settings, Step, decode_for_tests,
};

/// The questions for `shop.nl`, one a type.
static QUESTIONS: LazyLock<[Query; 5]> = LazyLock::new(|| {
    let types = [
        RecordType::Mx,
        RecordType::A,
        RecordType::Aaaa,
        RecordType::Spf,
        RecordType::Dmarc,
    ];
    types.map(|record_type| Query {
        record_type,
        ..first_query()
    })
});

fn first_query() -> Query {
    let name = DomainName::parse("shop.nl").expect("a domain");
    let settings = Settings::new(vec!["a.nl".to_owned(), "b.nl".to_owned()]);
    match Lookup::new(name, settings, 0).step(0) {
        Step::Send(query) => query,
        other => panic!("{other:?}"),
    }
}

/// Octets of a DNS header (RFC 1035 §4.1.1).
const HEADER: usize = 12;
/// `shop.nl` on the wire.
const NAME: &[u8] = b"\x04shop\x02nl\0";

/// The first byte chooses the question, and whether the rest is the whole message or what
/// stands behind a fitting header and question, after four bytes of flags and counts.
///
/// # Panics
/// Where something is found that no answer to the question says.
pub fn decode(bytes: &[u8]) {
    let Some((way, rest)) = bytes.split_first() else {
        return;
    };
    let question = &QUESTIONS[usize::from((way & 3) + (way >> 3 & 1))];
    match rest.split_first_chunk() {
        Some((flags_and_counts, tail)) if way & 4 == 4 => {
            check(question, &framed(question, *flags_and_counts, tail));
        }
        _ => check(question, rest),
    }
}

/// A message that echoes the question, with these flags and numbers of records.
fn framed(
    question: &Query,
    [flags, answers, authority, additional]: [u8; 4],
    tail: &[u8],
) -> Vec<u8> {
    let code = match question.record_type {
        RecordType::Mx => 15,
        RecordType::A => 1,
        RecordType::Aaaa => 28,
        RecordType::Spf | RecordType::Dmarc => 16,
    };
    // QR is set; TC and the response code come from `flags`.
    let flags = [0x80 | (flags >> 3 & 2), flags & 15];
    let head = [
        0, 0, flags[0], flags[1], 0, 1, 0, answers, 0, authority, 0, additional,
    ];
    let mut message = Vec::with_capacity(HEADER + NAME.len() + 4 + tail.len());
    message.extend_from_slice(&head);
    message.extend_from_slice(NAME);
    message.extend_from_slice(&[0, code, 0, 1]);
    message.extend_from_slice(tail);
    message
}

fn check(question: &Query, body: &[u8]) {
    if !decode_for_tests(question, body) {
        return;
    }
    assert!((HEADER..=MAX_BODY).contains(&body.len()));
    let count = |at: usize| usize::from(u16::from_be_bytes([body[at], body[at + 1]]));
    assert!(body[2] & 0x80 != 0, "a query is taken for an answer");
    assert_eq!(body[3] & 15, 0, "records are believed beside a failure");
    assert_eq!(count(4), 1, "questions");
    assert!(count(6) >= 1, "records are found where none is");
    assert!(count(6) + count(8) + count(10) <= MAX_RECORDS);
}
