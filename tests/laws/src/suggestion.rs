//! A suggestion is another address, a good one, and needs no suggestion itself.

use mailproof_core::{Address, Deliverability, Domain, Group, Policy, Reason};

use crate::packs;
use crate::text::text;
use crate::verdict::judged;

/// Holds it for whatever is typed.
///
/// # Panics
/// Where the law is broken.
pub fn is_good(bytes: &[u8]) {
    let text = text(bytes);
    let verdict = judged(&text, &Policy::FORM, Some(&packs::SMALL));
    let named = verdict
        .reasons
        .iter()
        .any(|reason| reason.group() == Group::Suggestion);
    let Some(meant) = verdict.did_you_mean.as_deref() else {
        assert!(!named, "a slip is named without a suggestion");
        return;
    };
    assert_ne!(meant, text);
    assert_ne!(Some(meant), verdict.normalized.as_deref());
    let address = Address::parse(meant).expect("a suggestion is an address");
    if let (Some(domain), Domain::Name(suggested)) = (&verdict.ascii_domain, &address.domain) {
        assert!(!packs::SMALL.known(domain), "a known domain is corrected");
        assert_ne!(domain, suggested.as_ascii());
    }
    let again = judged(meant, &Policy::FORM, Some(&packs::SMALL));
    assert_eq!(again.did_you_mean, None, "a suggestion for a suggestion");
    let is_refused = again.result == Deliverability::Undeliverable;
    assert!(
        !is_refused || again.reasons.contains(&Reason::SpecialUseDomain),
        "a suggestion that is refused"
    );
}
