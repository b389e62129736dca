//! The forms of an address are fixed points, and print to what parses to the same.

use mailproof_core::{Address, Policy, Reason, Verdict};

use crate::packs;
use crate::text::text;
use crate::verdict::judged;

fn offline(text: &str, policy: &Policy) -> Verdict {
    judged(text, policy, Some(&packs::SMALL))
}

/// Normalizing and folding once is normalizing and folding twice, and no form of an address
/// says anything else than the address. A form that is the text itself, or the form before
/// it, has its verdict already, for the core is a function of the text.
///
/// # Panics
/// Where the law is broken.
pub fn stay(bytes: &[u8]) {
    let text = text(bytes);
    let verdict = offline(&text, &Policy::FORM);
    let (normalized, canonical) = (&verdict.normalized, &verdict.canonical);
    let is_text = |form: &String| *form == text;
    if let Some(normalized) = normalized.as_ref().filter(|form| !is_text(form)) {
        check_normalized(&verdict, &offline(normalized, &Policy::FORM));
    }
    if canonical == normalized {
        return;
    }
    if let Some(folded) = canonical.as_ref().filter(|form| !is_text(form)) {
        let again = offline(folded, &Policy::FORM);
        assert_eq!(&again.canonical, canonical, "canonical");
    }
}

fn check_normalized(verdict: &Verdict, again: &Verdict) {
    assert_eq!(again.normalized, verdict.normalized, "normalized");
    assert_eq!(
        again.canonical, verdict.canonical,
        "canonical of the normalized"
    );
    // A comment is dropped from the form, and was a reason; a final stop speaks for a `.co`
    // that was to be a `.com`.
    let was_a_reason = verdict.reasons.contains(&Reason::Comment)
        || (verdict
            .reasons
            .contains(&Reason::TrailingPunctuationRemoved)
            && verdict.did_you_mean != again.did_you_mean);
    if !was_a_reason {
        assert_eq!(again.result, verdict.result, "result of the normalized");
    }
}

/// Parse, print, parse: the same address, and nothing typed is echoed by what cannot be
/// parsed.
///
/// # Panics
/// Where the law is broken.
pub fn print_and_parse(bytes: &[u8]) {
    let text = text(bytes);
    let Ok(address) = Address::parse(&text) else {
        return;
    };
    let printed = address.to_ascii_domain();
    assert!(printed.len() <= 254);
    let again = Address::parse(&printed).expect("what was printed");
    assert_eq!(again.local_part, address.local_part);
    assert_eq!(again.domain, address.domain);
    assert!(!again.has_comment);
    assert_eq!(again.to_ascii_domain(), printed);
}
