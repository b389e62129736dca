//! Texts made to cost much: however long, they cost what their length must cost, which is
//! one copy. What the engine looks at is bounded.
#![forbid(unsafe_code)]

use std::time::{Duration, Instant};

use mailproof_core::Policy;
use mailproof_laws::hostile::SHAPES;
use mailproof_laws::packs;
use mailproof_laws::verdict::{check, judged};

/// Texts longer than this are refused by their length.
const LONGEST_LOOKED_AT: usize = 4096;

#[test]
fn every_shape_has_its_verdict_at_every_length() {
    for shape in &SHAPES {
        for length in [1, 60, 250, 1_000, 4_000, 5_000, 1 << 20] {
            let text = shape.text(length);
            for policy in [Policy::FORM, Policy::RFC] {
                check(&text, &policy, &judged(&text, &policy, Some(&packs::SMALL)));
            }
        }
    }
}

/// Nobody pastes a megabyte into a field but to see what happens. The law without a clock:
/// a text beyond the bound has one issue, of its length, about its head alone.
#[test]
fn what_is_beyond_the_bound_is_not_looked_at() {
    for shape in &SHAPES {
        let text = shape.text(1 << 20);
        for policy in [Policy::FORM, Policy::RFC] {
            let verdict = judged(&text, &policy, Some(&packs::SMALL));
            let [issue] = &*verdict.issues else {
                panic!("{}: {:?}", shape.name, verdict.issues);
            };
            assert_eq!(issue.code.code(), "address_too_long", "{}", shape.name);
            assert!(issue.span.end <= LONGEST_LOOKED_AT, "{}", shape.name);
            assert_eq!(verdict.did_you_mean, None, "{}", shape.name);
        }
    }
}

/// Also where everything is slow: the longest text that is looked at takes far less than
/// the 100 ms that any text may take.
#[test]
fn the_longest_text_that_is_looked_at_is_judged_at_once() {
    for shape in &SHAPES {
        let text = shape.text(LONGEST_LOOKED_AT - 64);
        let tries = (0..5).map(|_| {
            let start = Instant::now();
            judged(&text, &Policy::FORM, Some(&packs::SMALL));
            start.elapsed()
        });
        let least = tries.min().unwrap_or_default();
        assert!(
            least < Duration::from_millis(100),
            "{}: {least:?}",
            shape.name
        );
    }
}
