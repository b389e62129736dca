//! Prints the sample of domains with what a pack says of each: the native side of
//! `tests/wasm/classes.test.mjs`. A line a domain: the domain, its classes (`disposable`,
//! `relay`, `free`, `known`, joined by spaces) and the strength of a disposable listing, with
//! tabs between.
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
    for domain in sample::domains().0 {
        let verdict = judge(&format!("jane@{domain}"), &context);
        let listing = verdict
            .evidence
            .iter()
            .find(|item| item.check == "disposable");
        let strength = listing.map_or("", |item| &item.outcome);
        let codes: Vec<_> = verdict.reasons.iter().map(|reason| reason.code()).collect();
        writeln!(output, "{domain}\t{}\t{strength}", codes.join(" "))?;
    }
    output.flush()
}
