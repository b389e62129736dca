//! What the committed packs say. Needs no sources.
#![forbid(unsafe_code)]

use mailproof_core::{Pack, PackKind};

fn packs() -> [Pack<'static>; 2] {
    [mailproof_lists::SMALL, mailproof_lists::FULL].map(|bytes| Pack::new(bytes).expect("a pack"))
}

#[track_caller]
fn check(domain: &str, expected: &str) {
    for pack in packs() {
        let mut classes = Vec::new();
        for (name, holds) in [
            ("disposable", pack.disposable(domain).is_some()),
            ("relay", pack.relay(domain).is_some()),
            ("free", pack.free(domain).is_some()),
            ("known", pack.known(domain)),
        ] {
            if holds {
                classes.push(name);
            }
        }
        assert_eq!(
            classes.join(" "),
            expected,
            "{domain} in {:?}",
            pack.info().kind
        );
    }
}

#[test]
fn each_class_has_its_domains() {
    for domain in [
        "mailinator.com",
        "guerrillamail.com",
        "10minutemail.com",
        "yopmail.com",
        "temp-mail.org",
        "sharklasers.com",
        "anything.under.mailinator.com",
    ] {
        check(domain, "disposable");
    }
    for domain in [
        "duck.com",
        "mozmail.com",
        "own.mozmail.com",
        "privaterelay.appleid.com",
        "simplelogin.com",
        "passmail.net",
        "addy.io",
        "anonaddy.me",
    ] {
        check(domain, "relay known");
    }
    for domain in [
        "gmail.com",
        "qq.com",
        "163.com",
        "icloud.com",
        "hinet.net",
        "yahoo.com.hk",
    ] {
        check(domain, "free known");
    }
    for domain in ["google.com", "siemens.com"] {
        check(domain, "known");
    }
    // A subdomain of a provider is none; typos are the typo check's; suffixes are nobody's.
    for domain in [
        "x.gmail.com",
        "appleid.com",
        "gmial.com",
        "com",
        "co.uk",
        "com.ar",
        "org.ua",
        "example.com",
        "",
    ] {
        check(domain, "");
    }
}

#[test]
fn packs_say_what_they_are() {
    let [small, full] = packs();
    assert_eq!(small.info().kind, PackKind::Small);
    assert_eq!(full.info().kind, PackKind::Full);
    assert_eq!(small.info().version, full.info().version);
    assert!(
        mailproof_lists::PROVENANCE.contains(&format!("\"version\": \"{}\"", full.info().version))
    );
    let hit = full.disposable("mailinator.com").unwrap();
    assert!(hit.lineages >= 3, "{hit:?}");
    let sources: Vec<_> = full.sources_of(hit).collect();
    assert!(
        sources
            .iter()
            .any(|name| name.starts_with("disposable-email-domains ")),
        "{sources:?}"
    );
}
