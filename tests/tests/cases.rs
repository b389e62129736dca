//! `cases/offline.jsonl` through the native core with the small pack: the file that the
//! page's WebAssembly is tested with too.

use mailproof_core::{Context, Policy, judge};
use mailproof_tests::packs;
use serde_json::Value;

#[test]
fn every_case_has_its_verdict() {
    let context = Context {
        pack: Some(&packs::SMALL),
        policy: &Policy::FORM,
        routing: None,
    };
    for line in include_str!("../cases/offline.jsonl").lines() {
        let case: Value = serde_json::from_str(line).expect(line);
        let input = case["input"].as_str().expect(line);
        let verdict = serde_json::to_value(judge(input, &context)).expect(line);
        for field in ["result", "reason", "advice", "did_you_mean"] {
            assert_eq!(
                verdict[field], case[field],
                "{field} of {input:?}: {verdict}"
            );
        }
    }
}
