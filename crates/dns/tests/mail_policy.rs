//! SPF and DMARC as facts beside the verdict: asked for where they tell something, never at
//! the price of a confirmation, and never changing what the verdict says.

mod simulation;

use mailproof_core::Reason::{self, *};
use mailproof_dns::{MAX_QUERIES, MailPolicy};
use simulation::{Run, World, run, settings};

const OWN: &str = "shop.nl a: 45.9.8.7";

fn look_up(world: &World, mail_policy: MailPolicy) -> Run {
    let mut settings = settings(world.resolvers);
    settings.mail_policy = mail_policy;
    run("shop.nl", settings, world.age_s, |query| world.reply(query))
}

/// What is said of SPF and DMARC under `mail_policy`, as `check outcome`.
#[track_caller]
fn check(lines: &[&str], mail_policy: MailPolicy, reasons: &[Reason], facts: &[&str]) -> Run {
    let world = World::new(lines);
    let run = look_up(&world, mail_policy);
    let routing = &run.finding.routing;
    let policies = routing
        .evidence
        .iter()
        .filter(|it| it.check == "spf" || it.check == "dmarc");
    let said: Vec<String> = policies
        .map(|it| format!("{} {}", it.check, it.outcome))
        .collect();
    assert_eq!(
        (routing.reasons.as_slice(), said),
        (reasons, facts.iter().map(ToString::to_string).collect()),
        "{run:#?}"
    );
    let without = look_up(&world, MailPolicy::Never);
    assert_eq!(without.finding.routing.reasons, routing.reasons);
    assert_eq!(without.finding.routing.mx, routing.mx);
    // Other answers may come in while these are waited for; nothing makes the time longer.
    assert!(run.finding.ttl_s <= without.finding.ttl_s);
    assert!(run.asked.len() <= without.asked.len() + 2);
    run
}

const WITHOUT_MX: MailPolicy = MailPolicy::WithoutMx;

#[test]
fn without_mx_they_tell_whether_mail_is_meant() {
    let run = check(
        &[
            OWN,
            "shop.nl spf: v=spf1 -all",
            "_dmarc.shop.nl dmarc: v=DMARC1; p=reject;",
        ],
        WITHOUT_MX,
        &[ImplicitMx],
        &["spf reject_all", "dmarc reject"],
    );
    assert_eq!(
        run.finding.routing.evidence.last().unwrap().source,
        "resolver-0.net"
    );
    let mail = "shop.nl spf: some text | v=spf1 a -all";
    check(
        &[OWN, mail],
        WITHOUT_MX,
        &[ImplicitMx],
        &["spf present", "dmarc absent"],
    );
    check(
        &[OWN],
        WITHOUT_MX,
        &[ImplicitMx],
        &["spf absent", "dmarc absent"],
    );
    let two = "shop.nl spf: v=spf1 -all | v=spf1 mx -all";
    check(
        &[OWN, two],
        WITHOUT_MX,
        &[ImplicitMx],
        &["spf several", "dmarc absent"],
    );
}

#[test]
fn with_mx_they_are_asked_for_only_when_wanted() {
    let lines = [
        "shop.nl mx: 10 mx.shop.nl",
        "mx.shop.nl a: 45.9.8.7",
        "shop.nl spf: v=spf1 mx -all",
        "_dmarc.shop.nl dmarc: v=DMARC1; p=none",
    ];
    check(&lines, WITHOUT_MX, &[AcceptsMail], &[]);
    check(
        &lines,
        MailPolicy::Always,
        &[AcceptsMail],
        &["spf present", "dmarc none"],
    );
    check(&lines, MailPolicy::Never, &[AcceptsMail], &[]);
}

#[test]
fn nothing_is_asked_beside_bad_news_or_none() {
    let spf = "shop.nl spf: v=spf1 -all";
    check(&[spf], MailPolicy::Always, &[NoMailHost], &[]);
    check(
        &["shop.nl mx: 0 .", spf],
        MailPolicy::Always,
        &[NullMx],
        &[],
    );
    check(
        &["shop.nl mx: servfail", spf],
        MailPolicy::Always,
        &[DnsServfail],
        &[],
    );
    check(
        &["other.nl a: 45.9.8.7"],
        MailPolicy::Always,
        &[NoSuchDomain],
        &[],
    );
}

#[test]
fn what_cannot_be_asked_changes_nothing() {
    check(
        &[OWN, "shop.nl spf: servfail", "_dmarc.shop.nl dmarc: bogus"],
        WITHOUT_MX,
        &[ImplicitMx],
        &["spf servfail", "dmarc bogus"],
    );
    check(
        &[
            OWN,
            "shop.nl spf: truncated",
            "_dmarc.shop.nl dmarc: filtered",
        ],
        WITHOUT_MX,
        &[ImplicitMx],
        &["spf truncated", "dmarc filtered"],
    );
}

#[test]
fn a_silent_one_is_waited_for_200_ms_and_no_longer() {
    let world = World::new(&[OWN, "shop.nl spf: silent", "_dmarc.shop.nl dmarc: silent"]);
    let without = look_up(&world, MailPolicy::Never);
    let run = look_up(&world, WITHOUT_MX);
    assert_eq!(run.finding.routing.reasons, [ImplicitMx]);
    assert_eq!(run.took_ms, without.took_ms + 200);
}

/// However a world is, the bound holds: here every exchanger needs all it can get.
#[test]
fn the_bound_holds() {
    let lines = [
        "shop.nl mx: 1 a.shop.nl, 2 b.shop.nl, 3 c.shop.nl, 4 d.shop.nl, 5 e.shop.nl",
        "a.shop.nl a: nodata",
        "b.shop.nl a: nodata",
        "c.shop.nl a: nodata",
        "d.shop.nl a: nodata",
        "e.shop.nl aaaa: 2a00:1450::1",
        "shop.nl spf: v=spf1 mx -all",
    ];
    let run = look_up(&World::new(&lines), MailPolicy::Always);
    assert_eq!(run.finding.routing.reasons, [AcceptsMail]);
    assert!(run.asked.len() <= MAX_QUERIES, "{:?}", run.asked);
}

#[test]
fn a_denial_names_the_name_server_of_the_zone() {
    let world = World::new(&[OWN]);
    let run = look_up(&world, MailPolicy::Never);
    // The simulated zones call themselves their first server.
    assert_eq!(run.finding.name_server.as_deref(), Some("nl"));
    let world = World::new(&["shop.nl mx: 10 mx.shop.nl", "mx.shop.nl a: 45.9.8.7"]);
    assert_eq!(look_up(&world, MailPolicy::Never).finding.name_server, None);
}
