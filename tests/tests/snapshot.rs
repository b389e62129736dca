//! The whole offline verdict over a fixed corpus of our own, so that a change of the core
//! shows which answers it changes. `MAILPROOF_WRITE=1` writes the snapshot; look at its diff.

use std::path::Path;

use mailproof_core::{Context, Policy, judge};
use mailproof_tests::packs;
use serde_json::{Value, json};

const ADDRESSES: &str = include_str!("../cases/addresses.jsonl");

/// What of a verdict is in the snapshot: all but what changes with the lists' version and
/// what only DNS fills.
const FIELDS: [&str; 11] = [
    "result",
    "level",
    "advice",
    "score",
    "reasons",
    "issues",
    "did_you_mean",
    "normalized",
    "canonical",
    "domain",
    "registrable_domain",
];

fn line(address: &str) -> String {
    let verdict = |policy: &Policy| {
        let context = Context {
            pack: Some(&packs::SMALL),
            policy,
            routing: None,
        };
        serde_json::to_value(judge(address, &context)).expect("a verdict")
    };
    let form = verdict(&Policy::FORM);
    let mut shown = json!({ "input": address });
    for field in FIELDS {
        let value = &form[field];
        if !value.is_null() && value != &json!([]) {
            shown[field] = value.clone();
        }
    }
    let read = |item: &Value| format!("{}: {}", item["check"], item["outcome"]).replace('"', "");
    let evidence = form["evidence"].as_array().expect("evidence");
    shown["evidence"] = evidence.iter().map(read).collect();
    shown["result_rfc"] = verdict(&Policy::RFC)["result"].clone();
    shown.to_string()
}

#[test]
fn every_verdict_is_as_it_was() {
    let addresses = ADDRESSES
        .lines()
        .map(|line| serde_json::from_str::<String>(line).expect(line));
    let lines: Vec<String> = addresses.map(|address| line(&address)).collect();
    assert!(lines.len() >= 300, "{}", lines.len());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/verdicts.jsonl");
    if std::env::var_os("MAILPROOF_WRITE").is_some() {
        std::fs::write(&path, lines.join("\n") + "\n").expect("the snapshot");
    }
    let snapshot = std::fs::read_to_string(&path).expect("the snapshot");
    let was: Vec<&str> = snapshot.lines().collect();
    assert_eq!(
        was.len(),
        lines.len(),
        "MAILPROOF_WRITE=1 writes the snapshot"
    );
    for (now, was) in lines.iter().zip(was) {
        assert_eq!(now, was, "MAILPROOF_WRITE=1 writes the snapshot");
    }
}
