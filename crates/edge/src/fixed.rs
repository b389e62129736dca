//! Domains and addresses that always answer the same, without DNS, so that an integrator can
//! try every branch: `deliverable.example.com` and its siblings, and `deliverable@example.com`
//! for whole addresses.

use mailproof_core::Effect::Information;
use mailproof_core::{Mx, Policy, Reason, Routing, is_special_use};
use mailproof_dns::{DomainName, Finding};

/// Nobody's domain (RFC 6761 §6.5), so that no real one is taken.
const PARENT: &str = ".example.com";
/// How long a special-use name may be kept: it will not change.
const TTL_S: u32 = 86_400;

/// The word, what DNS is made to have said, and whether mail is taken.
const OUTCOMES: [(&str, &[Reason], Option<bool>); 5] = [
    ("deliverable", &[Reason::AcceptsMail], Some(true)),
    (
        "risky",
        &[Reason::NullMxMixed, Reason::AcceptsMail],
        Some(true),
    ),
    ("undeliverable", &[Reason::NoMailHost], Some(false)),
    ("unknown", &[Reason::DnsTimeout], None),
    (
        "disposable",
        &[Reason::AcceptsMail, Reason::Disposable],
        Some(true),
    ),
];

/// What is said of a name that nobody is asked about: one of ours or another special-use
/// name; `None` for all others.
pub(crate) fn finding(name: &DomainName) -> Option<Finding> {
    let routing = match routing(name.as_str()) {
        Some(routing) => routing,
        None if is_special_use(name.as_str()) => Routing {
            mx: Mx {
                found: Some(false),
                ..Mx::default()
            },
            ..Routing::unavailable(Reason::SpecialUseDomain)
        },
        None => return None,
    };
    Some(Finding {
        routing,
        ttl_s: TTL_S,
        queries: 0,
        name_server: None,
    })
}

/// The routing of one of our domains.
pub(crate) fn routing(domain: &str) -> Option<Routing> {
    outcome(domain.strip_suffix(PARENT)?)
}

/// The routing that belongs to a whole address such as `risky@example.com`.
pub(crate) fn routing_of_address(local_part: &str, domain: &str) -> Option<Routing> {
    if domain == PARENT.trim_start_matches('.') {
        outcome(local_part)
    } else {
        routing(domain)
    }
}

/// The policy under which one of our domains is judged: that the name is reserved does not
/// decide.
pub(crate) fn policy(domain: &str) -> Option<Policy> {
    routing(domain).map(|_| open_policy())
}

/// See [`policy`].
pub(crate) fn open_policy() -> Policy {
    Policy::FORM.with(Reason::SpecialUseDomain, Information)
}

fn outcome(word: &str) -> Option<Routing> {
    let (_, reasons, found) = OUTCOMES.into_iter().find(|(known, ..)| *known == word)?;
    let mx = Mx {
        found,
        ..Mx::default()
    };
    Some(Routing {
        reasons: reasons.to_vec(),
        mx,
        evidence: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use mailproof_core::Deliverability::{self, Deliverable, Risky, Undeliverable, Unknown};

    use super::*;
    use crate::report::domain_report;

    #[track_caller]
    fn check(domain: &str, result: Deliverability, reason: Reason) {
        let name = DomainName::parse(domain).unwrap();
        let finding = finding(&name).unwrap();
        let report = domain_report(&name, &finding.routing);
        assert_eq!((report.result, report.reason), (result, reason), "{domain}");
    }

    #[test]
    fn every_result_has_its_domain() {
        check("deliverable.example.com", Deliverable, Reason::AcceptsMail);
        check("risky.example.com", Risky, Reason::NullMxMixed);
        check(
            "undeliverable.example.com",
            Undeliverable,
            Reason::NoMailHost,
        );
        check("unknown.example.com", Unknown, Reason::DnsTimeout);
        check("disposable.example.com", Risky, Reason::Disposable);
    }

    #[test]
    fn other_reserved_names_stay_reserved() {
        check("example.com", Undeliverable, Reason::SpecialUseDomain);
        check("shop.example.com", Undeliverable, Reason::SpecialUseDomain);
        check("printer.local", Undeliverable, Reason::SpecialUseDomain);
        assert_eq!(finding(&DomainName::parse("shop.net").unwrap()), None);
        assert_eq!(
            finding(&DomainName::parse("deliverable.shop.net").unwrap()),
            None
        );
    }
}
