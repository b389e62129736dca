//! What the full pack knows of mail exchangers, and what the judgement makes of it.
#![forbid(unsafe_code)]

use mailproof_core::{
    Context, Deliverability, Mx, MxRecord, Pack, PackKind, Policy, Reason, Routing, judge,
    report_domain,
};

fn full() -> Pack<'static> {
    Pack::new(mailproof_lists::FULL).unwrap()
}

/// What DNS would have said about a domain with these exchangers.
fn routing(exchanges: &[&str]) -> Routing {
    let records = exchanges.iter().zip(1..);
    Routing {
        reasons: vec![Reason::AcceptsMail],
        mx: Mx {
            found: Some(true),
            records: records
                .map(|(exchange, preference)| MxRecord {
                    preference,
                    exchange: (*exchange).to_owned(),
                })
                .collect(),
            ..Mx::default()
        },
        evidence: Vec::new(),
    }
}

#[track_caller]
fn check_provider(exchange: &str, provider: Option<&str>) {
    assert_eq!(full().mx_provider(exchange), provider, "{exchange}");
    let pack = full();
    let report = report_domain("shop.hk", routing(&[exchange]), Some(&pack), &Policy::FORM);
    assert_eq!(report.mx.provider.as_deref(), provider, "{exchange}");
    let told = report.reasons.contains(&Reason::MxProvider);
    assert_eq!(told, provider.is_some(), "{exchange}");
    // Who hosts the mail is never held against anybody.
    assert_eq!(report.result, Deliverability::Deliverable, "{exchange}");
    assert_eq!(report.score, 100, "{exchange}");
}

#[test]
fn who_runs_an_exchanger() {
    for (exchange, provider) in [
        ("smtp.google.com", "google"),
        ("aspmx.l.google.com", "google"),
        ("aspmx3.googlemail.com", "google"),
        ("shop-hk.mail.protection.outlook.com", "microsoft365"),
        ("shop-hk.a-v1.mx.microsoft", "microsoft365"),
        ("hotmail-com.olc.protection.outlook.com", "outlook"),
        ("mx.zoho.com", "zoho"),
        ("mx2.zoho.com.cn", "zoho"),
        ("mail.protonmail.ch", "proton"),
        ("mxbiz1.qq.com", "tencent_exmail"),
        ("mx3.qq.com", "qq"),
        ("mx1.qiye.aliyun.com", "alibaba"),
        ("mxn.mxhichina.com", "alibaba"),
        ("qiye163mx01.mxmail.netease.com", "netease_qiye"),
        ("163mx01.mxmail.netease.com", "netease"),
        ("us-smtp-inbound-1.mimecast.com", "mimecast"),
        ("mxa-00000001.gslb.pphosted.com", "proofpoint"),
        ("mx.yandex.net", "yandex"),
        ("in1-smtp.messagingengine.com", "fastmail"),
        ("mx01.mail.icloud.com", "apple"),
        ("mailstore1.secureserver.net", "godaddy"),
        ("mx1.mail.ovh.net", "ovh"),
        ("mx00.ionos.com", "ionos"),
        ("mx1.emailsrvr.com", "rackspace"),
        ("d1.ess.barracudanetworks.com", "barracuda"),
        ("mx1.hc1.eu.iphmx.com", "cisco"),
        ("route1.mx.cloudflare.net", "cloudflare_routing"),
        ("mx1.simplelogin.co", "simplelogin"),
        ("msa.hinet.net", "hinet"),
        ("inbound-smtp.eu-west-1.amazonaws.com", "amazon_ses"),
        ("d1.a.ess.barracudanetworks.com", "barracuda"),
        ("mx.simply.com", "simply"),
    ] {
        check_provider(exchange, Some(provider));
    }
    for exchange in [
        "mail.shop.hk",
        "google.com.shop.hk",
        "notgoogle.com",
        "ec2-192-0-2-1.compute-1.amazonaws.com",
        "com",
        ".",
        "",
    ] {
        check_provider(exchange, None);
    }
}

#[track_caller]
fn check_class(domain: &str, exchanges: &[&str], class: Option<Reason>) {
    let pack = full();
    let routing = routing(exchanges);
    let report = report_domain(domain, routing.clone(), Some(&pack), &Policy::FORM);
    let context = Context {
        pack: Some(&pack),
        policy: &Policy::FORM,
        routing: Some(&routing),
    };
    let verdict = judge(&format!("jane@{domain}"), &context);
    for reasons in [&report.reasons, &verdict.reasons] {
        for code in [Reason::DisposableMx, Reason::Parked] {
            let expected = class == Some(code);
            assert_eq!(
                reasons.contains(&code),
                expected,
                "{code:?} {domain} {exchanges:?}"
            );
        }
    }
    let is_disposable = class == Some(Reason::DisposableMx);
    assert_eq!(report.disposable, is_disposable, "{domain} {exchanges:?}");
    assert_eq!(verdict.disposable, is_disposable, "{domain} {exchanges:?}");
    if let Some(class) = class {
        assert_eq!(report.result, Deliverability::Risky);
        let told = |source: &str| source.starts_with("mailproof ") || source.contains(" (npm)");
        let evidence = report
            .evidence
            .iter()
            .find(|item| item.check == class.code());
        assert!(evidence.is_some_and(|item| told(&item.source)), "{class:?}");
    }
}

#[test]
fn a_new_domain_of_a_disposable_service_is_known_by_its_exchanger() {
    for exchange in [
        "in.mail.tm",
        "generator.email",
        "mx.temp-mail.io",
        "mx.mailnesia.com",
        "smtp.yopmail.com",
        "srv4.unstablemail.com",
        // Not in the curation: under a domain that lineages agree on.
        "mx.trashmail.com",
    ] {
        check_class("brand-new.hk", &[exchange], Some(Reason::DisposableMx));
    }
    check_class("brand-new.hk", &["mail.brand-new.hk"], None);
    // Others share these, though many disposable domains point at them.
    for exchange in [
        "route1.mx.cloudflare.net",
        "mxa.mailgun.org",
        "publicms1.mail2world.com",
        "aspmx.l.google.com",
        "us2.mx1.mailhostbox.com",
        "mx1.simplelogin.co",
        "mail.anonaddy.me",
    ] {
        check_class("brand-new.hk", &[exchange], None);
    }
    // A known provider may host with whom it likes.
    check_class("gmail.com", &["generator.email"], None);
}

#[test]
fn a_parked_domain_is_known_by_its_exchanger() {
    check_class("brand-new.hk", &["park-mx.above.com"], Some(Reason::Parked));
    check_class("brand-new.hk", &["mail.h-email.net"], Some(Reason::Parked));
}

#[test]
fn name_servers_that_park_are_known_and_no_others() {
    for (name_server, parks) in [
        ("ns1.sedoparking.com", true),
        ("ns2.parkingcrew.net", true),
        ("ns1.bodis.com", true),
        ("ns3.afternic.com", true),
        ("ns1.above.com", true),
        ("parking1.ovh.net", true),
        // Their own offices, and what registrars give to everybody.
        ("above.com", false),
        ("ns1.bodis.com.shop.hk", false),
        ("dns1.registrar-servers.com", false),
        ("ns1.dns-parking.com", false),
        ("ns1.dnsowl.com", false),
        ("ns01.domaincontrol.com", false),
        ("ns1.google.com", false),
        (".", false),
        ("", false),
    ] {
        assert_eq!(
            full().parked_ns(name_server).is_some(),
            parks,
            "{name_server}"
        );
        assert_eq!(full().parked_mx(name_server), None, "{name_server}");
    }
}

#[test]
fn the_page_has_the_edges_word_for_it() {
    let (full, small) = (full(), Pack::new(mailproof_lists::SMALL).unwrap());
    assert_eq!(small.info().kind, PackKind::Small);
    assert_eq!(small.mx_provider("aspmx.l.google.com"), None);
    let report = report_domain(
        "shop.hk",
        routing(&["aspmx.l.google.com"]),
        Some(&full),
        &Policy::FORM,
    );
    let told = Routing {
        reasons: report.reasons,
        mx: report.mx,
        evidence: report.evidence,
    };
    let context = Context {
        pack: Some(&small),
        policy: &Policy::FORM,
        routing: Some(&told),
    };
    let verdict = judge("jane@shop.hk", &context);
    assert_eq!(verdict.mx.provider.as_deref(), Some("google"));
    assert!(verdict.reasons.contains(&Reason::MxProvider));
}
