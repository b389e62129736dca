//! DNS scenarios over real HTTP: the command's client asks the scripted resolver.
//!
//! Each row names the result, the reasons that must be there and those that must not.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use mailproof_cli::doh::{DohClient, DohError};
use mailproof_core::Deliverability::{self, *};
use mailproof_core::Reason::{self, *};
use mailproof_core::{Policy, report_domain};
use mailproof_dns::{MAX_QUERIES, NotAnEndpoint};
use mailproof_tests::resolver::{Scenario, ScriptedResolver};

const DEMO: &str = include_str!("../scenarios/demo.toml");

/// Every reason that would tell a visitor that the address is bad.
const BAD_NEWS: [Reason; 5] = [NoSuchDomain, NoMailHost, NullMx, MxDead, MxUnroutable];
/// Every reason that lets the address through as good.
const GOOD_NEWS: [Reason; 2] = [AcceptsMail, ImplicitMx];

struct Row {
    name: &'static str,
    result: Deliverability,
    mandatory: &'static [Reason],
    forbidden: Vec<Reason>,
}

/// A row whose forbidden reasons follow from its result.
fn row(name: &'static str, result: Deliverability, mandatory: &'static [Reason]) -> Row {
    let forbidden = match result {
        Deliverable => BAD_NEWS.to_vec(),
        Risky => [&BAD_NEWS[..], &[DnsTimeout]].concat(),
        Undeliverable => GOOD_NEWS.to_vec(),
        Unknown => [&BAD_NEWS[..], &GOOD_NEWS].concat(),
    };
    Row {
        name,
        result,
        mandatory,
        forbidden,
    }
}

#[track_caller]
fn check_all(scenario: &str, deadline: Duration, rows: &[Row]) {
    let server = ScriptedResolver::start(Scenario::parse(scenario).unwrap()).unwrap();
    let urls = ["a", "b", "c"].map(|resolver| server.url(resolver));
    let client = DohClient::new(&urls, deadline).unwrap();
    for row in rows {
        let domain = match row.name {
            name if name.contains('.') => name.to_owned(),
            label => format!("{label}.mailproof-demo.com"),
        };
        let (before, begun) = (server.asked().len(), Instant::now());
        let routing = client.look_up(&domain);
        assert!(
            begun.elapsed() < deadline + Duration::from_millis(500),
            "{domain} came late"
        );
        assert!(
            server.asked().len() - before <= MAX_QUERIES,
            "{domain} asked too much"
        );
        let report = report_domain(&domain, routing, None, &Policy::FORM);
        assert_eq!(report.result, row.result, "{report:#?}");
        let reasons: BTreeSet<Reason> = report.reasons.iter().copied().collect();
        for reason in row.mandatory {
            assert!(
                reasons.contains(reason),
                "{reason:?} is missing: {report:#?}"
            );
        }
        for reason in &row.forbidden {
            assert!(
                !reasons.contains(reason),
                "{reason:?} is forbidden: {report:#?}"
            );
        }
    }
}

const PATIENT: Duration = Duration::from_secs(5);
const SHORT: Duration = Duration::from_millis(300);

#[test]
fn the_demonstration_zone_shows_every_outcome() {
    let rows = [
        row("gmail.com", Deliverable, &[AcceptsMail]),
        row("outlook.com", Deliverable, &[AcceptsMail]),
        row("hotmail.com", Deliverable, &[AcceptsMail]),
        row("yahoo.com", Deliverable, &[AcceptsMail]),
        row("icloud.com", Deliverable, &[AcceptsMail]),
        row("qq.com", Deliverable, &[AcceptsMail]),
        row("163.com", Deliverable, &[AcceptsMail]),
        row("proton.me", Deliverable, &[AcceptsMail]),
        row("mailinator.com", Deliverable, &[AcceptsMail]),
        row("xn--fsqu00a.xn--55qx5d", Deliverable, &[AcceptsMail]),
        row("mailproof-demo.com", Deliverable, &[AcceptsMail]),
        row("shop", Deliverable, &[AcceptsMail]),
        row("bakery", Deliverable, &[AcceptsMail]),
        row("implicit", Deliverable, &[ImplicitMx]),
        row("alias-mx", Deliverable, &[AcceptsMail, MxCname]),
        row("null-mx", Undeliverable, &[NullMx]),
        row("mixed-mx", Risky, &[NullMxMixed]),
        row("no-mail", Undeliverable, &[NoMailHost]),
        row("gone", Undeliverable, &[NoSuchDomain]),
        row("dead-mx", Undeliverable, &[MxDead]),
        row("private-mx", Undeliverable, &[MxUnroutable]),
        row("ip-mx", Risky, &[MxIsIp]),
        row("servfail", Unknown, &[DnsServfail]),
        row("bogus", Unknown, &[DnssecBogus]),
        row("filtered", Unknown, &[ResolverPolicy]),
        row("hedged", Deliverable, &[AcceptsMail]),
        row("slow", Deliverable, &[AcceptsMail]),
        row("disputed", Unknown, &[NxdomainUnconfirmed]),
        row("not-in-the-demo.org", Unknown, &[DnsRefused]),
    ];
    check_all(DEMO, PATIENT, &rows);
}

#[test]
fn silence_ends_at_the_deadline() {
    check_all(DEMO, SHORT, &[row("silent", Unknown, &[DnsTimeout])]);
}

#[test]
fn special_use_names_reach_no_resolver() {
    let server = ScriptedResolver::start(Scenario::default()).unwrap();
    let client = DohClient::new(&[server.url("a"), server.url("b")], PATIENT).unwrap();
    for name in [
        "shop.test",
        "a.invalid",
        "localhost",
        "x.example",
        "corp.internal",
        "home.arpa",
    ] {
        assert_eq!(client.look_up(name).reasons, [SpecialUseDomain], "{name}");
    }
    assert_eq!(client.look_up("not a domain").reasons, [Offline]);
    assert_eq!(server.asked(), []);
}

#[test]
fn resolvers_that_are_not_there_are_unknown() {
    // Port 9 is the discard service, which nobody runs; whatever happens, it is no bad news.
    let client = DohClient::new(&["http://127.0.0.1:9/dns-query"], SHORT).unwrap();
    assert_eq!(
        client.look_up("shop.mailproof-demo.com").reasons,
        [DnsTimeout]
    );
}

#[test]
fn one_resolver_alone_confirms_nothing_bad() {
    let server = ScriptedResolver::start(Scenario::parse(DEMO).unwrap()).unwrap();
    let client = DohClient::new(&[server.url("a")], PATIENT).unwrap();
    for (name, reason) in [
        ("shop", AcceptsMail),
        ("gone", NxdomainUnconfirmed),
        ("null-mx", NxdomainUnconfirmed),
    ] {
        assert_eq!(
            client
                .look_up(&format!("{name}.mailproof-demo.com"))
                .reasons,
            [reason],
            "{name}"
        );
    }
}

#[test]
fn a_list_of_resolvers_that_cannot_be_used_is_refused() {
    let error = |url: &str| DohClient::new(&[url], SHORT).unwrap_err();
    assert_eq!(
        error("http://dns.google/dns-query"),
        DohError::Endpoint(1, NotAnEndpoint::PlainHttp)
    );
    assert_eq!(
        error("dns.google"),
        DohError::Endpoint(1, NotAnEndpoint::NotAUrl)
    );
    assert_eq!(
        DohClient::new::<&str>(&[], SHORT).unwrap_err(),
        DohError::NoResolver
    );
    let same = ["https://dns.google/dns-query", "https://dns.google/resolve"];
    let error = DohClient::new(&same, SHORT).unwrap_err();
    assert_eq!(error, DohError::Repeated(2));
    assert!(DohClient::new(&["https://dns.google/dns-query"], SHORT).is_ok());
}
