//! The rows of the truth table in `docs/mail-routing.md`, each by its number.

mod simulation;

use mailproof_core::Reason::{self, *};
use simulation::{SOA_MINIMUM_S, TTL_S, World, look_up, settings};

/// Looks `domain` up in the world of `lines` and compares the reasons.
#[track_caller]
fn check(domain: &str, lines: &[&str], reasons: &[Reason]) -> simulation::Run {
    let run = look_up(&World::new(lines), domain);
    assert_eq!(run.finding.routing.reasons, reasons, "{run:#?}");
    run
}

const GLOBAL: &str = "mx.shop.nl a: 45.9.8.7";

#[test]
fn d1_one_usable_exchanger_is_enough() {
    let run = check(
        "shop.nl",
        &["shop.nl mx: 10 mx.shop.nl", GLOBAL],
        &[AcceptsMail],
    );
    assert_eq!(run.finding.ttl_s, TTL_S);
    assert_eq!(
        run.asked,
        ["0/shop.nl mx", "0/mx.shop.nl a", "1/mx.shop.nl aaaa"]
    );
    assert_eq!(run.finding.routing.mx.found, Some(true));
    assert_eq!(run.finding.routing.mx.records[0].exchange, "mx.shop.nl");
    check(
        "shop.nl",
        &["shop.nl mx: 10 mx.shop.nl", "mx.shop.nl aaaa: 2a00:1450::1"],
        &[AcceptsMail],
    );
}

#[test]
fn d1_unusable_siblings_are_ignored() {
    let lines = [
        "shop.nl mx: 5 gone.shop.nl, 7 inside.shop.nl, 8 sick.shop.nl, 10 mx.shop.nl",
        "inside.shop.nl a: 10.0.0.1",
        "sick.shop.nl any: servfail",
        GLOBAL,
    ];
    let run = check("shop.nl", &lines, &[AcceptsMail]);
    assert_eq!(run.finding.routing.mx.records.len(), 4);
}

#[test]
fn d2_no_mx_and_an_address_is_an_implicit_mx() {
    let run = check("shop.nl", &["shop.nl a: 45.9.8.7"], &[ImplicitMx]);
    assert!(run.finding.routing.mx.implicit);
    check("shop.nl", &["shop.nl aaaa: 2a00:1450::1"], &[ImplicitMx]);
    check("shop.nl", &["shop.nl a: 10.0.0.1, 45.9.8.7"], &[ImplicitMx]);
}

#[test]
fn d3_null_mx_never_falls_back_to_an_address() {
    for null in ["shop.nl mx: 0 .", "shop.nl mx: 10 ."] {
        let run = check("shop.nl", &[null, "shop.nl a: 45.9.8.7"], &[NullMx]);
        assert_eq!(run.asked, ["0/shop.nl mx", "1/shop.nl mx"]);
        assert!(run.finding.routing.mx.null_mx);
        assert_eq!(run.finding.routing.mx.records[0].exchange, ".");
    }
    check(
        "shop.nl",
        &["shop.nl mx: servfail", "0/shop.nl mx: 0 ."],
        &[DnsServfail],
    );
    check(
        "shop.nl",
        &["0/shop.nl mx: 0 .", "shop.nl mx: 5 mx.shop.nl", GLOBAL],
        &[AcceptsMail],
    );
}

#[test]
fn d4_null_mx_beside_others_is_a_doubt() {
    check(
        "shop.nl",
        &["shop.nl mx: 0 ., 5 mx.shop.nl", GLOBAL],
        &[NullMxMixed, AcceptsMail],
    );
}

#[test]
fn d5_nxdomain_by_two_resolvers() {
    let run = check("gone.nl", &[], &[NoSuchDomain]);
    assert_eq!(run.asked, ["0/gone.nl mx", "1/gone.nl mx"]);
    assert_eq!(run.finding.ttl_s, SOA_MINIMUM_S);
    let sources: Vec<_> = run
        .finding
        .routing
        .evidence
        .iter()
        .map(|e| e.source.as_str())
        .collect();
    assert_eq!(sources, ["resolver-0.net", "resolver-1.net"]);
    // A third resolver steps in for one that fails.
    check(
        "gone.nl",
        &[
            "1/gone.nl any: servfail",
            "2/gone.nl any: nxdomain",
            "0/gone.nl any: nxdomain",
        ],
        &[NoSuchDomain],
    );
}

#[test]
fn d6_nxdomain_by_one_or_without_soa_is_unknown() {
    check(
        "gone.nl",
        &["gone.nl any: nxdomain without soa"],
        &[NxdomainUnconfirmed],
    );
    check(
        "gone.nl",
        &["gone.nl any: servfail", "0/gone.nl any: nxdomain"],
        &[NxdomainUnconfirmed],
    );
    let mut alone = World::new(&[]);
    alone.resolvers = 1;
    assert_eq!(
        look_up(&alone, "gone.nl").finding.routing.reasons,
        [NxdomainUnconfirmed]
    );
    // The liar is outvoted by good news.
    check(
        "shop.nl",
        &[
            "0/shop.nl any: nxdomain",
            "shop.nl mx: 5 mx.shop.nl",
            GLOBAL,
        ],
        &[AcceptsMail],
    );
    check(
        "shop.nl",
        &["0/shop.nl any: nxdomain", "shop.nl a: 45.9.8.7"],
        &[ImplicitMx],
    );
}

#[test]
fn d7_nodata_everywhere_confirmed() {
    let run = check("shop.nl", &["shop.nl txt: x"], &[NoMailHost]);
    assert_eq!(run.asked.len(), 6, "{:?}", run.asked);
    check(
        "shop.nl",
        &[
            "shop.nl any: servfail",
            "0/shop.nl any: nodata",
            "1/shop.nl aaaa: nodata",
        ],
        &[DnsServfail],
    );
}

#[test]
fn d8_nodata_without_soa_counts_and_is_kept_shortly() {
    let run = check(
        "shop.nl",
        &["shop.nl any: nodata without soa"],
        &[NoMailHost],
    );
    assert_eq!(run.finding.ttl_s, 30);
    check("shop.nl", &["shop.nl any: referral"], &[ResolverMalformed]);
}

#[test]
fn d9_failing_name_servers_are_unknown() {
    for (said, reason) in [
        ("servfail", DnsServfail),
        ("refused", DnsRefused),
        ("formerr", DnsServfail),
        ("notimp", DnsServfail),
    ] {
        let run = check("shop.nl", &[&format!("shop.nl any: {said}")], &[reason]);
        assert_eq!(run.asked.len(), 3);
        assert_eq!(run.finding.routing.mx.found, None);
        assert_eq!(run.finding.routing.evidence[0].outcome, said);
    }
    check(
        "shop.nl",
        &[
            "0/shop.nl any: servfail",
            "shop.nl mx: 5 mx.shop.nl",
            GLOBAL,
        ],
        &[AcceptsMail],
    );
}

#[test]
fn d10_resolver_trouble_is_unknown() {
    for (said, reason) in [
        ("silent", DnsTimeout),
        ("unreachable", DnsTimeout),
        ("status", ResolverMalformed),
        ("garbage", ResolverMalformed),
        ("oversize", ResolverMalformed),
        ("other question", ResolverMalformed),
    ] {
        check("shop.nl", &[&format!("shop.nl any: {said}")], &[reason]);
        let first = format!("0/shop.nl any: {said}");
        check(
            "shop.nl",
            &[&first, "shop.nl mx: 5 mx.shop.nl", GLOBAL],
            &[AcceptsMail],
        );
        check(
            "gone.nl",
            &[&first.replace("shop", "gone"), "gone.nl any: nxdomain"],
            &[NoSuchDomain],
        );
    }
}

#[test]
fn d11_bogus_signatures_are_unknown() {
    check("shop.nl", &["shop.nl any: bogus"], &[DnssecBogus]);
}

#[test]
fn d12_filtered_answers_are_not_the_domains() {
    check("shop.nl", &["shop.nl any: filtered"], &[ResolverPolicy]);
    check(
        "shop.nl",
        &[
            "0/shop.nl any: filtered",
            "shop.nl mx: 5 mx.shop.nl",
            GLOBAL,
        ],
        &[AcceptsMail],
    );
    // A sinkhole of one resolver.
    let sinkhole = ["shop.nl a: 45.9.8.7", "0/shop.nl a: 0.0.0.0"];
    check("shop.nl", &sinkhole, &[ImplicitMx]);
    check(
        "shop.nl",
        &[
            "0/shop.nl a: 0.0.0.0",
            "shop.nl a: servfail",
            "shop.nl txt: x",
        ],
        &[ResolverPolicy],
    );
}

#[test]
fn d13_exchangers_without_addresses() {
    check("shop.nl", &["shop.nl mx: 10 gone.shop.nl"], &[MxDead]);
    check(
        "shop.nl",
        &["shop.nl mx: 10 empty.shop.nl", "empty.shop.nl txt: x"],
        &[MxDead],
    );
    // Never falls back to the domain's own address.
    check(
        "shop.nl",
        &["shop.nl mx: 10 gone.shop.nl", "shop.nl a: 45.9.8.7"],
        &[MxDead],
    );
    let five = "shop.nl mx: 1 a.gone.nl, 2 b.gone.nl, 3 c.gone.nl, 4 d.gone.nl, 5 e.gone.nl";
    let run = check("shop.nl", &[five], &[MxDead]);
    assert_eq!(run.asked.len(), 12);
    // More than are looked at: nobody knows about the rest.
    check(
        "shop.nl",
        &[&format!("{five}, 6 f.gone.nl")],
        &[NxdomainUnconfirmed],
    );
    // Two views of the exchangers: all of both are dead, or one is not.
    check(
        "shop.nl",
        &[
            "0/shop.nl mx: 10 gone.shop.nl",
            "shop.nl mx: 10 away.shop.nl",
        ],
        &[MxDead],
    );
    check(
        "shop.nl",
        &[
            "0/shop.nl mx: 10 gone.shop.nl",
            "shop.nl mx: 10 mx.shop.nl",
            GLOBAL,
        ],
        &[AcceptsMail],
    );
    check(
        "shop.nl",
        &["0/shop.nl mx: 10 gone.shop.nl", "shop.nl mx: servfail"],
        &[DnsServfail],
    );
}

#[test]
fn d14_a_soft_error_dominates_a_hard_one() {
    let lines = [
        "shop.nl mx: 5 gone.shop.nl, 6 sick.shop.nl",
        "sick.shop.nl any: servfail",
    ];
    check("shop.nl", &lines, &[DnsServfail]);
    check(
        "shop.nl",
        &["shop.nl mx: 5 sick.shop.nl", "sick.shop.nl aaaa: servfail"],
        &[DnsServfail],
    );
    check(
        "shop.nl",
        &[
            "shop.nl mx: 5 sick.shop.nl",
            "sick.shop.nl a: 10.0.0.1",
            "sick.shop.nl aaaa: silent",
        ],
        &[DnsTimeout],
    );
}

#[test]
fn d15_an_exchanger_that_is_an_alias_works() {
    let lines = [
        "shop.nl mx: 5 mx.shop.nl",
        "mx.shop.nl a: cname host.nl; 45.9.8.7",
    ];
    check("shop.nl", &lines, &[AcceptsMail, MxCname]);
}

#[test]
fn d16_an_exchanger_written_as_an_address() {
    check("shop.nl", &["shop.nl mx: 5 45.45.45.45"], &[MxIsIp]);
    check("shop.nl", &["shop.nl mx: 5 10.0.0.1"], &[MxUnroutable]);
    check(
        "shop.nl",
        &["shop.nl mx: 5 45.45.45.45, 9 mx.shop.nl", GLOBAL],
        &[AcceptsMail],
    );
}

#[test]
fn d17_addresses_that_nobody_routes() {
    for address in [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "100.64.1.1",
        "169.254.1.1",
        "192.0.2.1",
    ] {
        check(
            "shop.nl",
            &[
                "shop.nl mx: 5 mx.shop.nl",
                &format!("mx.shop.nl a: {address}"),
            ],
            &[MxUnroutable],
        );
        let run = check(
            "shop.nl",
            &[&format!("shop.nl a: {address}")],
            &[MxUnroutable],
        );
        assert_eq!(run.finding.routing.mx.found, Some(false));
    }
    for address in [
        "::1",
        "fe80::1",
        "fd00::1",
        "2001:db8::1",
        "ff02::1",
        "::ffff:10.0.0.1",
    ] {
        check(
            "shop.nl",
            &[
                "shop.nl mx: 5 mx.shop.nl",
                &format!("mx.shop.nl aaaa: {address}"),
            ],
            &[MxUnroutable],
        );
    }
}

#[test]
fn d18_localhost_as_exchanger_is_not_asked_for() {
    let run = check("shop.nl", &["shop.nl mx: 5 localhost"], &[MxUnroutable]);
    assert_eq!(run.asked, ["0/shop.nl mx", "1/shop.nl mx"]);
    check(
        "shop.nl",
        &["shop.nl mx: 5 mail.corp.internal"],
        &[MxUnroutable],
    );
}

#[test]
fn d19_aliases_are_followed_and_loops_are_unknown() {
    check(
        "shop.nl",
        &["shop.nl mx: cname a.nl; cname b.nl; 5 mx.shop.nl", GLOBAL],
        &[AcceptsMail],
    );
    check(
        "shop.nl",
        &["shop.nl mx: cname a.nl; cname shop.nl;"],
        &[DnsServfail],
    );
    // Half an answer: the alias without its end.
    check(
        "shop.nl",
        &["shop.nl mx: cname a.nl;"],
        &[ResolverMalformed],
    );
}

#[test]
fn d20_truncated_answers_bring_good_news_only() {
    check(
        "shop.nl",
        &["shop.nl mx: truncated 5 mx.shop.nl", GLOBAL],
        &[AcceptsMail],
    );
    check("shop.nl", &["shop.nl mx: truncated"], &[ResolverMalformed]);
    check(
        "shop.nl",
        &["shop.nl mx: truncated 0 ."],
        &[ResolverMalformed],
    );
    check(
        "shop.nl",
        &["shop.nl mx: truncated 5 gone.shop.nl"],
        &[NxdomainUnconfirmed],
    );
}

#[test]
fn d22_a_single_label_is_a_doubt() {
    check(
        "ai",
        &["ai mx: 5 mx.shop.nl", GLOBAL],
        &[Dotless, AcceptsMail],
    );
    check("zz", &[], &[NoSuchDomain, Dotless]);
}

#[test]
fn d23_special_use_names_are_not_asked_for() {
    for name in [
        "shop.test",
        "a.invalid",
        "localhost",
        "mail.example",
        "x.onion",
        "printer.local",
        "corp.internal",
        "x.alt",
        "router.home.arpa",
        "example.com",
    ] {
        let run = check(name, &[], &[SpecialUseDomain]);
        assert!(run.asked.is_empty());
    }
}

#[test]
fn d24_d25_underscores_are_asked_for() {
    check(
        "shop.nl",
        &["shop.nl mx: 5 mx_1.shop.nl", "mx_1.shop.nl a: 45.9.8.7"],
        &[AcceptsMail],
    );
    check(
        "my_shop.nl",
        &["my_shop.nl mx: 5 mx.shop.nl", GLOBAL],
        &[AcceptsMail],
    );
}

#[test]
fn a_silent_resolver_costs_the_hedging_time_once() {
    let lines = [
        "0/shop.nl any: silent",
        "0/mx.shop.nl any: silent",
        "shop.nl mx: 5 mx.shop.nl",
        GLOBAL,
    ];
    let run = check("shop.nl", &lines, &[AcceptsMail]);
    assert_eq!(run.took_ms, 80 + 10 + 10);
    assert_eq!(
        run.asked[..3],
        ["0/shop.nl mx", "1/shop.nl mx", "1/mx.shop.nl a"]
    );
}

#[test]
fn silence_everywhere_ends_at_the_deadline() {
    let run = check("shop.nl", &["shop.nl any: silent"], &[DnsTimeout]);
    assert_eq!(run.took_ms, 800);
    assert!(
        run.finding
            .routing
            .evidence
            .iter()
            .all(|e| e.outcome == "timeout")
    );
}

#[test]
fn time_in_http_caches_is_taken_off() {
    let mut world = World::new(&["shop.nl mx: 10 mx.shop.nl", GLOBAL]);
    world.age_s = 100;
    assert_eq!(look_up(&world, "shop.nl").finding.ttl_s, TTL_S - 100);
    world.age_s = 1000;
    assert_eq!(look_up(&world, "shop.nl").finding.ttl_s, 0);
}

#[test]
fn no_resolver_at_all_is_unknown() {
    let world = World::new(&[]);
    let run = simulation::run("shop.nl", settings(0), 0, |query| world.reply(query));
    assert_eq!(run.finding.routing.reasons, [DnsTimeout]);
}
