//! The command and the edge say the same about the class of 100,000 domains: both have the
//! full pack, the one through `judge`, the other through `report_domain`, which is what the
//! Worker answers with. `tests/wasm/classes.test.mjs` asks the page.
#![forbid(unsafe_code)]

use mailproof_core::{Context, Pack, Policy, Reason, Routing, judge, report_domain};
use mailproof_tests::sample;

#[test]
fn the_edge_and_the_command_give_the_same_class() {
    let pack = Pack::new(mailproof_lists::FULL).unwrap();
    let context = Context {
        pack: Some(&pack),
        policy: &Policy::FORM,
        routing: None,
    };
    let (domains, from_lists) = sample::domains();
    assert!(domains.len() >= sample::SAMPLE);
    let mut disposable = 0;
    for domain in &domains {
        let routing = Routing::unavailable(Reason::Offline);
        let report = report_domain(domain, routing, Some(&pack), &Policy::FORM);
        let verdict = judge(&format!("jane@{domain}"), &context);
        if verdict.ascii_domain.is_none() {
            continue;
        }
        let classes = |reasons: &[Reason]| {
            let classes = [Reason::Disposable, Reason::Relay, Reason::Free];
            classes.map(|class| reasons.contains(&class))
        };
        assert_eq!(
            classes(&verdict.reasons),
            classes(&report.reasons),
            "{domain}"
        );
        // Of a slip only the verdict speaks.
        let listings = verdict.evidence.iter().filter(|it| it.outcome != "squat");
        assert!(listings.eq(&report.evidence), "{domain}");
        disposable += usize::from(verdict.disposable);
    }
    // Without the lists at hand most of the sample is made up.
    let expected = if from_lists > 0 {
        from_lists * 9 / 10
    } else {
        40
    };
    assert!(
        disposable >= expected,
        "{disposable} disposable, {from_lists} listed"
    );
}
