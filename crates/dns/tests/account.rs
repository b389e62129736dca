//! The account of a lookup: each query, who answered, what it proved.

mod simulation;

use mailproof_dns::{MailPolicy, Settings};
use simulation::{World, run, settings};

#[track_caller]
fn check(lines: &[&str], mail_policy: MailPolicy, expected: &[&str]) {
    let world = World::new(lines);
    let settings = Settings {
        mail_policy,
        ..settings(4)
    };
    let run = run("shop.nl", settings, 0, |query| world.reply(query));
    let account = run.account.iter().map(|it| {
        let (check, proof) = (it.record_type.check(), it.proof.word());
        let took = it.took_ms.map_or("-".to_owned(), |ms| ms.to_string());
        format!(
            "{} {} {check} {} {proof} {took}",
            it.source, it.name, it.outcome
        )
    });
    assert_eq!(account.collect::<Vec<_>>(), expected);
    let asked = run.account.iter().map(|it| {
        let resolver = it.source.trim_start_matches("resolver-");
        let resolver = resolver.trim_end_matches(".net");
        format!("{resolver}/{} {}", it.name, it.record_type.check())
    });
    assert_eq!(asked.collect::<Vec<_>>(), run.asked);
}

#[test]
fn good_news_has_its_witness_and_who_was_no_longer_needed() {
    check(
        &[
            "shop.nl mx: 5 mx.shop.nl",
            "mx.shop.nl a: 45.60.11.20",
            "1/mx.shop.nl aaaa: silent",
        ],
        MailPolicy::Never,
        &[
            "resolver-0.net shop.nl mx records found 10",
            "resolver-0.net mx.shop.nl a records found 10",
            "resolver-1.net mx.shop.nl aaaa unanswered proves nothing -",
        ],
    );
}

#[test]
fn bad_news_has_its_two_witnesses() {
    check(
        &["0/shop.nl any: servfail", "shop.nl any: nxdomain"],
        MailPolicy::Never,
        &[
            "resolver-0.net shop.nl mx servfail proves nothing 10",
            "resolver-1.net shop.nl mx nxdomain denied 10",
            "resolver-2.net shop.nl mx nxdomain denied 10",
        ],
    );
}

#[test]
fn policies_are_facts() {
    check(
        &[
            "shop.nl a: 45.60.11.20",
            "shop.nl aaaa: 2a0e:1c80::20",
            "shop.nl spf: v=spf1 -all",
            "_dmarc.shop.nl any: unreachable",
        ],
        MailPolicy::WithoutMx,
        &[
            "resolver-0.net shop.nl mx nodata denied 10",
            "resolver-0.net shop.nl a records found 10",
            "resolver-1.net shop.nl aaaa records found 10",
            "resolver-0.net shop.nl spf reject_all fact 10",
            "resolver-0.net _dmarc.shop.nl dmarc unreachable proves nothing -",
        ],
    );
}
