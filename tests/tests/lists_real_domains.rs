//! Nobody's real mailbox is called disposable: the best-known providers and relays, public
//! suffixes, and real organisations. `mailproof-pack --check` asks about tens of thousands
//! more, out of packages that only it needs.
#![forbid(unsafe_code)]

use std::collections::BTreeSet;

use mailproof_core::{Context, Pack, Policy, Reason, judge};

const MAIL_DOMAINS: &str = include_str!("../cases/mail-domains.txt");

fn mail_domains() -> impl Iterator<Item = &'static str> {
    let lines = MAIL_DOMAINS.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn packs() -> [Pack<'static>; 2] {
    [mailproof_lists::SMALL, mailproof_lists::FULL].map(|bytes| Pack::new(bytes).unwrap())
}

#[track_caller]
fn check(domain: &str) {
    for pack in packs() {
        let kind = pack.info().kind;
        assert_eq!(pack.disposable(domain), None, "{domain} in {kind:?}");
        let context = Context {
            pack: Some(&pack),
            policy: &Policy::FORM,
            routing: None,
        };
        let verdict = judge(&format!("jane.doe@{domain}"), &context);
        assert!(!verdict.disposable, "{domain} in {kind:?}");
        assert!(!verdict.reasons.contains(&Reason::Disposable), "{domain}");
    }
}

#[test]
fn no_well_known_provider_or_relay_is_disposable() {
    let all: BTreeSet<&str> = mail_domains().collect();
    assert!(all.len() >= 250, "{} domains", all.len());
    assert_eq!(all.len(), mail_domains().count(), "a domain stands twice");
    for domain in all {
        check(domain);
        check(&format!("mail.{domain}"));
    }
}

#[test]
fn what_lists_carry_by_mistake_is_not_disposable() {
    let mut rows = 0;
    for line in mailproof_lists::KEPT_OUT.lines() {
        let mut cells = line.split('\t');
        let (domain, rule) = (cells.next().unwrap(), cells.next().unwrap());
        rows += 1;
        if !matches!(rule, "too_deep" | "typo") {
            check(domain);
            continue;
        }
        // These may stand under a listed parent, and are then disposable for its sake.
        for pack in packs() {
            let hit = pack.disposable(domain);
            assert!(hit.is_none_or(|hit| hit.matched != domain), "{domain}");
        }
    }
    assert!(rows > 800, "{rows}");
}

#[test]
fn no_public_body_is_disposable() {
    for top in ["edu", "gov", "mil"] {
        for name in ["a", "mail", "tempmail", "mailinator", "10minutemail"] {
            check(&format!("{name}.{top}"));
        }
    }
    for suffix in [
        "ac.uk", "gov.uk", "edu.cn", "gov.cn", "edu.tw", "gov.tw", "edu.hk", "gov.hk", "ac.jp",
        "go.jp", "edu.au", "gov.au", "gob.mx", "gouv.fr", "gov.br", "edu.br", "ac.in", "gov.in",
    ] {
        for name in ["a", "mail", "tempmail", "mailinator"] {
            check(&format!("{name}.{suffix}"));
        }
    }
}
