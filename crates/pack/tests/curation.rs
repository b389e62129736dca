//! Every line of the committed curation is in the committed packs and means what it says;
//! and nothing that must not be called disposable is.
#![forbid(unsafe_code)]

use std::path::Path;

use mailproof_core::Pack;
use mailproof_pack::overrides::Overrides;

fn overrides() -> Overrides {
    Overrides::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data")).unwrap()
}

fn packs() -> [Pack<'static>; 2] {
    [mailproof_lists::SMALL, mailproof_lists::FULL].map(|bytes| Pack::new(bytes).unwrap())
}

#[test]
fn curated_classes_are_in_both_packs() {
    let overrides = overrides();
    assert!(overrides.free.len() > 1_000 && overrides.relays.len() >= 40);
    for pack in packs() {
        let kind = pack.info().kind;
        for name in &overrides.relays {
            assert_eq!(
                pack.relay(name).map(|hit| hit.matched),
                Some(name.as_str()),
                "{kind:?}"
            );
            let under = format!("own.{name}");
            assert!(pack.relay(&under).is_some(), "{under} in {kind:?}");
        }
        for name in &overrides.free {
            assert_eq!(
                pack.free(name).map(|hit| hit.matched),
                Some(name.as_str()),
                "{kind:?}"
            );
        }
        for name in overrides
            .free
            .iter()
            .chain(&overrides.known)
            .chain(&overrides.relays)
        {
            assert!(pack.known(name), "{name} in {kind:?}");
        }
        for name in &overrides.disposable {
            assert_eq!(
                pack.disposable(name).map(|hit| hit.matched),
                Some(name.as_str()),
                "{kind:?}"
            );
        }
    }
}

#[test]
fn a_provider_that_has_closed_is_nothing_any_more() {
    let overrides = overrides();
    assert!(overrides.closed.len() >= 30);
    for pack in packs() {
        for name in &overrides.closed {
            let kind = pack.info().kind;
            assert!(!pack.known(name), "{name} in {kind:?}");
            assert_eq!(pack.disposable(name), None, "{name} in {kind:?}");
        }
    }
}

#[test]
fn a_shared_suffix_condemns_nobody_and_those_under_it_answer_for_themselves() {
    let overrides = overrides();
    assert!(overrides.shared.len() >= 70);
    for pack in packs() {
        for name in &overrides.shared {
            let kind = pack.info().kind;
            assert_eq!(pack.disposable(name), None, "{name} in {kind:?}");
        }
        assert_eq!(pack.disposable("knitting-club.v6.rocks"), None);
    }
    let [_, full] = packs();
    let hit = full.disposable("in.tempfree.v6.rocks");
    assert_eq!(hit.map(|hit| hit.matched), Some("tempfree.v6.rocks"));
}

#[test]
fn no_real_domain_is_disposable() {
    let overrides = overrides();
    for pack in packs() {
        let kind = pack.info().kind;
        for name in overrides.real() {
            for asked in [name.to_owned(), format!("mail.{name}")] {
                assert_eq!(pack.disposable(&asked), None, "{asked} in {kind:?}");
            }
        }
        for name in &overrides.typo_targets {
            assert!(pack.free(name).is_some(), "{name} in {kind:?}");
        }
    }
}

#[test]
fn public_bodies_and_typos_of_big_providers_are_not_disposable() {
    for pack in packs() {
        for name in [
            "mit.edu",
            "harvard.edu",
            "whitehouse.gov",
            "army.mil",
            "who.int",
            "ox.ac.uk",
            "cam.ac.uk",
            "service.gov.uk",
            "ntu.edu.tw",
            "hku.hk",
            "tsinghua.edu.cn",
            "u-tokyo.ac.jp",
            "edu.pl",
            "mil.pl",
            "anything.edu.pl",
            "admin.ch",
            "bund.de",
            "gov.cn",
            "gov.tw",
            "canada.ca",
            "gmial.com",
            "gmal.com",
            "gnail.com",
            "hotmial.com",
            "hotmal.com",
            "yaho.com",
            "outlok.com",
            "iclod.com",
            "protonmial.com",
            "eu.org",
            "dyndns.org",
            "duckdns.org",
            "com.ar",
            "org.ua",
            "web.id",
            "pp.ua",
            "co.uk",
            "github.io",
        ] {
            assert_eq!(
                pack.disposable(name),
                None,
                "{name} in {:?}",
                pack.info().kind
            );
        }
    }
}
