//! The laws over inputs that are the same on every run: the seeds of the fuzz targets, and
//! random bytes. `MAILPROOF_CASES` says how many, for all laws alike; without it there are
//! as many as a debug build does in a few seconds.
#![forbid(unsafe_code)]

use mailproof_laws::random::Random;
use mailproof_laws::{forms, lookup, message, pack, policy, seeds, suggestion, verdict};

type Law = fn(&[u8]);

/// Holds `law` for the seeds of `target` and for random bytes; on a failure the panic of
/// the law is preceded by the input.
#[track_caller]
fn check(target: &str, law: Law, few: usize, longest: usize) {
    for (_, seeds) in seeds::all().iter().filter(|(name, _)| *name == target) {
        for seed in seeds {
            hold(law, seed);
        }
    }
    let cases = match std::env::var("MAILPROOF_CASES") {
        Ok(cases) => cases.parse().expect("MAILPROOF_CASES is a number"),
        Err(_) => few,
    };
    let mut random = Random::new(0x006d_6169_6c70_726f);
    for _ in 0..cases {
        hold(law, &random.bytes(longest));
    }
}

fn hold(law: Law, bytes: &[u8]) {
    let held = std::panic::catch_unwind(|| law(bytes));
    assert!(held.is_ok(), "broken by {bytes:?}");
}

#[test]
fn a_verdict_under_form_is_whole() {
    check("judge_form", verdict::under_form, 10_000, 64);
}

#[test]
fn a_verdict_under_rfc_is_whole() {
    check("judge_rfc", verdict::under_rfc, 10_000, 64);
}

#[test]
fn the_forms_of_an_address_stay() {
    check("forms", forms::stay, 5_000, 48);
}

#[test]
fn what_is_printed_parses_to_the_same() {
    check("print_and_parse", forms::print_and_parse, 20_000, 32);
}

#[test]
fn a_suggestion_is_a_good_address() {
    check("suggestion", suggestion::is_good, 5_000, 24);
}

#[test]
fn a_policy_document_is_a_policy_or_an_error() {
    check("policy", policy::document, 2_000, 64);
}

#[test]
fn any_dns_message_is_survived() {
    check("dns_message", message::decode, 50_000, 128);
}

#[test]
fn a_lookup_keeps_its_bounds() {
    check("dns_lookup", lookup::hold, 3_000, 128);
}

#[test]
fn any_sections_are_survived() {
    check("pack_sections", pack::of_sections, 10_000, 512);
}

#[test]
fn damage_to_the_built_packs_is_survived() {
    check(
        "pack_damage",
        |bytes| pack::damaged(mailproof_lists::SMALL, bytes),
        60,
        64,
    );
    check(
        "pack_damage",
        |bytes| pack::damaged(mailproof_lists::FULL, bytes),
        8,
        64,
    );
}
