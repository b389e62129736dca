//! `classes small|full [COUNT]` prints the sample of domains, or COUNT of them from all over,
//! with what a pack says of each: the native side of
//! `tests/wasm/classes.test.mjs` and `tests/worker/classes.test.mjs`. A line a domain: the
//! domain, the reasons of the verdict about it (joined by spaces), and of a disposable listing
//! the strength, the sources and the day since which it is seen, with tabs between.
#![forbid(unsafe_code)]

use std::io::{self, BufWriter, Write};

use mailproof_core::{Context, Pack, Policy, judge};
use mailproof_tests::sample;

fn main() -> io::Result<()> {
    let small = std::env::args().nth(1).as_deref() == Some("small");
    let bytes = if small {
        mailproof_lists::SMALL
    } else {
        mailproof_lists::FULL
    };
    let pack = Pack::new(bytes).map_err(|error| io::Error::other(format!("{error:?}")))?;
    let context = Context {
        pack: Some(&pack),
        policy: &Policy::FORM,
        routing: None,
    };
    let mut output = BufWriter::new(io::stdout().lock());
    let (domains, _) = sample::domains();
    let count = std::env::args().nth(2).and_then(|count| count.parse().ok());
    let step = domains.len() / count.unwrap_or(domains.len()).clamp(1, domains.len());
    for domain in domains.iter().step_by(step) {
        let verdict = judge(&format!("jane@{domain}"), &context);
        let listing = verdict
            .evidence
            .iter()
            .find(|item| item.check == "disposable");
        let strength = listing.map_or("", |item| &item.outcome);
        let source = listing.map_or("", |item| &item.source);
        let since = listing.and_then(|item| item.since.as_deref());
        let since = since.unwrap_or_default();
        let codes: Vec<_> = verdict.reasons.iter().map(|reason| reason.code()).collect();
        writeln!(
            output,
            "{domain}\t{}\t{strength}\t{source}\t{since}",
            codes.join(" ")
        )?;
    }
    output.flush()
}
