//! A verdict is whole, points into the text, and echoes nothing where it says what is wrong.

use mailproof_core::{
    Advice, Context, Deliverability, Effect, Group, Issue, Pack, Policy, Verdict, judge,
};
use mailproof_dns::DomainName;

use crate::packs;
use crate::text::text;

/// Octets that the list of what is wrong may have as JSON.
const LONGEST_ERROR: usize = 512;

/// The verdict about `text` without DNS.
pub fn judged(text: &str, policy: &Policy, pack: Option<&Pack<'_>>) -> Verdict {
    let context = Context {
        pack,
        policy,
        routing: None,
    };
    judge(text, &context)
}

/// Any text under the policy `form`, with the pack of the page.
pub fn under_form(bytes: &[u8]) {
    let text = text(bytes);
    check(
        &text,
        &Policy::FORM,
        &judged(&text, &Policy::FORM, Some(&packs::SMALL)),
    );
}

/// Any text under the policy `rfc`, with the pack of the edge.
pub fn under_rfc(bytes: &[u8]) {
    let text = text(bytes);
    check(
        &text,
        &Policy::RFC,
        &judged(&text, &Policy::RFC, Some(&packs::FULL)),
    );
}

/// All that holds for one verdict by itself.
///
/// # Panics
/// Where something does not.
pub fn check(text: &str, policy: &Policy, verdict: &Verdict) {
    assert_eq!(verdict.input, text);
    check_decision(policy, verdict);
    check_parts(verdict);
    check_question(verdict);
    check_issues(text, verdict);
    if let Some(meant) = &verdict.did_you_mean {
        assert_ne!(meant, text, "a suggestion of what was typed");
    }
}

/// Result, advice, score and reasons belong together.
pub(crate) fn check_decision(policy: &Policy, verdict: &Verdict) {
    let Verdict {
        result,
        advice,
        score,
        reasons,
        ..
    } = verdict;
    assert_eq!(reasons.first(), Some(&verdict.reason));
    assert!(*score <= 100);
    let twice = |(place, reason)| reasons.iter().take(place).any(|before| before == reason);
    assert!(!reasons.iter().enumerate().any(twice), "twice: {reasons:?}");
    let expected = match result {
        Deliverability::Deliverable | Deliverability::Unknown => Advice::Accept,
        Deliverability::Risky => Advice::Confirm,
        Deliverability::Undeliverable => Advice::Reject,
    };
    assert_eq!(*advice, expected);
    let refused = matches!(
        policy.effect(verdict.reason),
        Effect::Undeliverable | Effect::Blocks
    );
    assert_eq!(refused, *result == Deliverability::Undeliverable);
}

/// The forms of an address are all there or all absent, and belong together.
fn check_parts(verdict: &Verdict) {
    let forms = (
        &verdict.normalized,
        &verdict.local_part,
        &verdict.domain,
        &verdict.ascii_domain,
    );
    let (Some(normalized), Some(local_part), Some(domain), Some(ascii)) = forms else {
        assert_eq!(forms, (&None, &None, &None, &None));
        assert!(verdict.canonical.is_none() && verdict.registrable_domain.is_none());
        assert_eq!(
            verdict.result,
            Deliverability::Undeliverable,
            "no address, and not refused"
        );
        return;
    };
    assert!(verdict.issues.is_empty(), "an address with issues");
    assert_eq!(normalized, &[local_part, "@", ascii].concat());
    // The page gets them in a text in which tabs stand between.
    let is_control = |c: char| c.is_control();
    assert!(!normalized.contains(is_control) && !domain.contains(is_control));
    // RFC 5321 §4.5.3.1, in octets of what goes over the wire.
    assert!(local_part.len() <= 64 && ascii.len() <= 253 && normalized.len() <= 254);
    assert!(
        ascii
            .split('.')
            .all(|label| (1..=63).contains(&label.len()))
            || ascii.starts_with('[')
    );
    if !ascii.starts_with('[') {
        assert!(ascii.is_ascii() && !ascii.bytes().any(|byte| byte.is_ascii_uppercase()));
        assert!(!domain.bytes().any(|byte| byte.is_ascii_uppercase()));
        let canonical = verdict
            .canonical
            .as_deref()
            .expect("an address with a name");
        assert!(
            !canonical
                .bytes()
                .any(|byte| byte.is_ascii_uppercase() && !canonical.starts_with('"'))
        );
    }
    if let Some(registrable) = &verdict.registrable_domain {
        assert!(ascii.ends_with(&**registrable));
    }
}

/// What the edge may be asked is a name that it takes, and asked only about a good text.
fn check_question(verdict: &Verdict) {
    if let Some(domain) = verdict.domain_to_ask() {
        assert_ne!(verdict.result, Deliverability::Undeliverable);
        assert!(
            DomainName::parse(domain).is_ok(),
            "the edge would refuse the domain"
        );
    }
}

/// What is wrong is said with places in the text, briefly, and without a part of it.
pub(crate) fn check_issues(text: &str, verdict: &Verdict) {
    for issue in &verdict.issues {
        check_issue(text, issue);
    }
    check_error(&verdict.issues);
}

/// An issue names a stretch of whole characters, in both units.
fn check_issue(text: &str, issue: &Issue) {
    let span = issue.span;
    assert!(matches!(issue.code.group(), Group::Syntax | Group::Service));
    assert!(span.start <= span.end);
    let (Some(before), Some(within)) = (text.get(..span.start), text.get(span.start..span.end))
    else {
        panic!("not characters of the text: {span:?}");
    };
    assert_eq!(span.utf16_start, before.encode_utf16().count());
    assert_eq!(
        span.utf16_end - span.utf16_start,
        within.encode_utf16().count()
    );
}

/// The error object is small, and holds nothing but keys, codes and numbers.
fn check_error(issues: &[Issue]) {
    if issues.is_empty() {
        return;
    }
    let error = serde_json::to_vec(issues).expect("issues are written as JSON");
    assert!(
        error.len() <= LONGEST_ERROR,
        "{} octets of error",
        error.len()
    );
    let ours = |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'"' | b':' | b',' | b'{' | b'}' | b'[' | b']');
    assert!(error.iter().all(ours), "an error that echoes");
}
