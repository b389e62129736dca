//! Which domains are corrected although they take mail: those alone for which the lists have
//! evidence that somebody waits there for slips.

use std::collections::BTreeMap;

use mailproof_core::{Context, Policy, Reason, Routing, judge};
use mailproof_tests::packs;

const GREAT: [&str; 6] = [
    "gmail.com",
    "hotmail.com",
    "outlook.com",
    "yahoo.com",
    "icloud.com",
    "yahoo.co.uk",
];

/// Every domain that is one key away.
fn slips(domain: &str) -> Vec<String> {
    let (name, suffix) = domain.split_once('.').unwrap();
    let mut slips = Vec::new();
    let mut push = |name: String| slips.push([&name, ".", suffix].concat());
    for at in 0..name.len() {
        let (before, after) = (&name[..at], &name[at + 1..]);
        push([before, after].concat());
        for letter in ('a'..='z').chain('0'..='9') {
            push(format!("{before}{letter}{after}"));
            push(format!("{before}{letter}{}", &name[at..]));
            push(format!("{}{letter}{after}", &name[..=at]));
        }
        if let Some(next) = name.get(at + 1..at + 2) {
            push([before, next, &name[at..=at], &name[at + 2..]].concat());
        }
    }
    slips
}

fn is_corrected(domain: &str, said: Reason) -> bool {
    let routing = Routing::unavailable(said);
    let context = Context {
        pack: Some(&packs::FULL),
        policy: &Policy::FORM,
        routing: Some(&routing),
    };
    judge(&format!("jane@{domain}"), &context)
        .did_you_mean
        .is_some()
}

#[test]
fn a_squat_is_evidenced_by_two_lists() {
    let rows = mailproof_lists::KEPT_OUT.lines();
    let listed: BTreeMap<&str, usize> = rows
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|cells| cells[1] == "typo")
        .map(|cells| (cells[0], cells[3].split(" + ").count()))
        .collect();
    let slips = GREAT.iter().flat_map(|provider| slips(provider));
    let all = slips.chain(listed.keys().map(|domain| (*domain).to_owned()));
    let mut squats: Vec<String> = all
        .filter(|domain| is_corrected(domain, Reason::AcceptsMail))
        .collect();
    squats.sort();
    squats.dedup();
    assert!((40..100).contains(&squats.len()), "{}", squats.len());
    for squat in squats {
        assert!(
            listed.get(&*squat).is_some_and(|lists| *lists >= 2),
            "{squat}"
        );
    }
}
