//! `harm < DOMAINS`: judges an address at every real domain of the input, a domain a line
//! (and its source after a tab), and counts those for which another is suggested. More than
//! one in two thousand, of all or of one great source, or fewer than twenty thousand domains,
//! is a failure.
#![forbid(unsafe_code)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use mailproof_core::{Context, Policy, judge};
use mailproof_tests::packs;

const FEWEST: usize = 20_000;
const HARMED_AT_MOST_ONE_IN: usize = 2_000;

fn main() -> ExitCode {
    let context = Context {
        pack: Some(&packs::FULL),
        policy: &Policy::FORM,
        routing: None,
    };
    let mut sources: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let (mut all, mut harmed) = (BTreeSet::new(), BTreeSet::new());
    for line in std::io::stdin().lines().map_while(Result::ok) {
        let (domain, source) = line.split_once('\t').unwrap_or((&line, "input"));
        let counts = sources.entry(source.to_owned()).or_default();
        counts.1 += 1;
        all.insert(domain.to_owned());
        let verdict = judge(&format!("jane.doe@{domain}"), &context);
        if let Some(meant) = verdict.did_you_mean {
            counts.0 += 1;
            harmed.insert(domain.to_owned());
            println!("{domain} ({source}): {meant}");
        }
    }
    let few_enough = |harmed: usize, all: usize| harmed * HARMED_AT_MOST_ONE_IN <= all;
    let mut holds = all.len() >= FEWEST && few_enough(harmed.len(), all.len());
    for (source, (harmed, all)) in sources {
        println!("{source}: {harmed} of {all}");
        holds &= all < FEWEST || few_enough(harmed, all);
    }
    println!("together: {} of {}", harmed.len(), all.len());
    if holds {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
