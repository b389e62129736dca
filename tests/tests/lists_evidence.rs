//! What a verdict says about where a listing comes from, and how much it is worth.
#![forbid(unsafe_code)]

use mailproof_core::{
    Context, Deliverability, Effect, Evidence, Pack, Policy, PolicyDocument, Verdict, judge,
};

fn verdict(bytes: &[u8], policy: &Policy, domain: &str) -> Verdict {
    let pack = Pack::new(bytes).unwrap();
    let context = Context {
        pack: Some(&pack),
        policy,
        routing: None,
    };
    judge(&format!("jane@{domain}"), &context)
}

fn evidence(bytes: &[u8], domain: &str) -> Evidence {
    let verdict = verdict(bytes, &Policy::FORM, domain);
    let mut evidence = verdict.evidence.into_iter();
    evidence
        .find(|item| item.check == "disposable")
        .expect("a listing")
}

/// Both listed by one lineage alone, in both packs.
const ONCE: &str = "10timer.com";

#[test]
fn the_full_pack_names_its_sources_and_the_first_sighting() {
    let found = evidence(mailproof_lists::FULL, "in.mailinator.com");
    assert_eq!(found.outcome, "listed");
    assert!(found.source.starts_with("mailproof "), "{}", found.source);
    assert!(
        found.source.contains(" + disposable-email-domains "),
        "{}",
        found.source
    );
    let since = found.since.expect("a day");
    assert!(since.len() == 10 && since.starts_with("20"), "{since}");
}

#[test]
fn the_small_pack_counts_lineages() {
    let found = evidence(mailproof_lists::SMALL, "mailinator.com");
    let version = Pack::new(mailproof_lists::SMALL).unwrap().info().version;
    let expected = format!("mailproof {version} small pack, ");
    let lineages = found.source.strip_prefix(&*expected).expect("its name");
    assert!(lineages.ends_with(" lineages"), "{lineages}");
    assert_eq!((&*found.outcome, found.since), ("listed", None));
}

#[test]
fn one_lineage_alone_is_weaker() {
    for bytes in [mailproof_lists::SMALL, mailproof_lists::FULL] {
        assert_eq!(evidence(bytes, ONCE).outcome, "listed_once");
        let once = verdict(bytes, &Policy::FORM, ONCE);
        let agreed = verdict(bytes, &Policy::FORM, "mailinator.com");
        assert!(
            once.disposable && once.score > agreed.score,
            "{}",
            once.score
        );
        assert_eq!(once.result, agreed.result);
    }
    assert!(
        evidence(mailproof_lists::SMALL, ONCE)
            .source
            .ends_with(", 1 lineage")
    );
}

#[test]
fn a_policy_may_treat_them_apart() {
    let document = PolicyDocument {
        effects: [("disposable".to_owned(), Effect::Undeliverable)].into(),
        listed_once: Some(Effect::Information),
        ..PolicyDocument::default()
    };
    let policy = document.into_policy().unwrap();
    let result = |domain| verdict(mailproof_lists::FULL, &policy, domain).result;
    assert_eq!(result("mailinator.com"), Deliverability::Undeliverable);
    assert_eq!(result(ONCE), Deliverability::Unknown);
}
