//! The verdict in the words of other products, so that a site can come from one of them and
//! keep the code that reads the answer. `docs/edge.md` has the mapping.
//!
//! What these products learn by asking the mailbox's own server is never claimed: the Worker
//! cannot ask it. The whole verdict says more than any of them.

mod kickbox;
mod reacher;
mod zerobounce;

pub(crate) use kickbox::Kickbox;
pub(crate) use reacher::Reacher;
pub(crate) use zerobounce::ZeroBounce;

use mailproof_core::Verdict;
use serde::Serialize;

/// In whose words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// Our own.
    Verdict,
    Kickbox,
    ZeroBounce,
    Reacher,
}

/// An answer of `POST /v1/verify`.
#[derive(Serialize)]
#[serde(untagged)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub(crate) enum Verified<'v> {
    /// Without `format`.
    Verdict(&'v Verdict),
    /// `format=kickbox`.
    Kickbox(Kickbox<'v>),
    /// `format=zerobounce`.
    ZeroBounce(ZeroBounce<'v>),
    /// `format=reacher`.
    Reacher(Reacher<'v>),
}

impl Format {
    /// Reads the value of `format=`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "kickbox" => Some(Self::Kickbox),
            "zerobounce" => Some(Self::ZeroBounce),
            "reacher" => Some(Self::Reacher),
            _ => None,
        }
    }

    /// `now` is the time in the form of ISO 8601, `2026-11-22T03:04:05.678Z`.
    pub(crate) fn of<'v>(self, verdict: &'v Verdict, now: &str) -> Verified<'v> {
        match self {
            Self::Verdict => Verified::Verdict(verdict),
            Self::Kickbox => Verified::Kickbox(Kickbox::of(verdict)),
            Self::ZeroBounce => Verified::ZeroBounce(ZeroBounce::of(verdict, now)),
            Self::Reacher => Verified::Reacher(Reacher::of(verdict)),
        }
    }
}

/// What stands for the domain: in A-labels, or nothing where there is none.
fn domain_of(verdict: &Verdict) -> &str {
    verdict.ascii_domain.as_deref().unwrap_or_default()
}

fn local_part_of(verdict: &Verdict) -> &str {
    verdict.local_part.as_deref().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use mailproof_core::{Context, Policy, Reason, Routing, judge};
    use serde_json::Value;

    use super::*;
    use crate::report::pack;

    /// What the three formats make of an address whose domain DNS says this about.
    fn formats(email: &str, reasons: &[Reason], found: Option<bool>) -> [Value; 3] {
        let mut routing = Routing {
            reasons: reasons.to_vec(),
            ..Routing::default()
        };
        routing.mx.found = found;
        let verdict = judge(
            email,
            &Context {
                pack: pack(),
                policy: &Policy::FORM,
                routing: Some(&routing),
            },
        );
        let now = "2026-11-22T03:04:05.678Z";
        [Format::Kickbox, Format::ZeroBounce, Format::Reacher]
            .map(|format| serde_json::to_value(format.of(&verdict, now)).unwrap())
    }

    /// The words for result and reason: Kickbox's two, `ZeroBounce`'s two, Reacher's one.
    #[track_caller]
    fn check(email: &str, reasons: &[Reason], found: Option<bool>, expected: [&str; 5]) {
        let [kickbox, zerobounce, reacher] = formats(email, reasons, found);
        let words = [
            &kickbox["result"],
            &kickbox["reason"],
            &zerobounce["status"],
            &zerobounce["sub_status"],
            &reacher["is_reachable"],
        ];
        assert_eq!(
            words.map(|word| word.as_str().unwrap()),
            expected,
            "{email}"
        );
    }

    #[test]
    fn good_news() {
        let good = [Reason::AcceptsMail];
        let words = ["deliverable", "accepted_email", "valid", "", "safe"];
        check("jane@shop.net", &good, Some(true), words);
        check("info@shop.net", &good, Some(true), words);
        check("jane@shop.net", &[Reason::ImplicitMx], Some(true), words);
        let alias = [
            "deliverable",
            "accepted_email",
            "valid",
            "alias_address",
            "safe",
        ];
        check("jane+shop@gmail.com", &good, Some(true), alias);
    }

    #[test]
    fn bad_news() {
        let bad = |reason, expected| check("jane@shop.net", &[reason], Some(false), expected);
        let nothing = [
            "undeliverable",
            "invalid_domain",
            "invalid",
            "no_dns_entries",
            "invalid",
        ];
        bad(Reason::NoSuchDomain, nothing);
        bad(Reason::NoMailHost, nothing);
        bad(Reason::MxDead, nothing);
        bad(
            Reason::NullMx,
            [
                "undeliverable",
                "invalid_domain",
                "invalid",
                "does_not_accept_mail",
                "invalid",
            ],
        );
        bad(
            Reason::MxUnroutable,
            [
                "undeliverable",
                "invalid_domain",
                "invalid",
                "unroutable_ip_address",
                "invalid",
            ],
        );
        check("jane@shop.test", &[], None, nothing);
        let syntax = [
            "undeliverable",
            "invalid_email",
            "invalid",
            "failed_syntax_check",
            "invalid",
        ];
        check("jane", &[], None, syntax);
        check("", &[], None, syntax);
        check("ja ne@@shop.net", &[], None, syntax);
    }

    #[test]
    fn doubts() {
        let good = [Reason::AcceptsMail];
        check(
            "jane@mailinator.com",
            &good,
            Some(true),
            ["risky", "low_quality", "do_not_mail", "disposable", "risky"],
        );
        check(
            "jane@gamil.com",
            &[Reason::DnsTimeout],
            None,
            ["risky", "low_quality", "invalid", "possible_typo", "risky"],
        );
        check(
            "noreply@shop.net",
            &good,
            Some(true),
            ["risky", "low_quality", "do_not_mail", "role_based", "risky"],
        );
        let mixed = [Reason::NullMxMixed, Reason::AcceptsMail];
        check(
            "jane@shop.net",
            &mixed,
            Some(true),
            ["risky", "low_deliverability", "unknown", "", "risky"],
        );
    }

    #[test]
    fn nobody_could_tell() {
        let unknown = |reason, expected| check("jane@shop.net", &[reason], None, expected);
        let timeout = [
            "unknown",
            "timeout",
            "unknown",
            "timeout_exceeded",
            "unknown",
        ];
        let other = [
            "unknown",
            "unexpected_error",
            "unknown",
            "exception_occurred",
            "unknown",
        ];
        unknown(Reason::DnsTimeout, timeout);
        unknown(Reason::DnsServfail, other);
        unknown(Reason::DnssecBogus, other);
        unknown(Reason::ResolverPolicy, other);
        unknown(Reason::Offline, other);
    }

    /// Whatever the reason, every format has a word, and never makes our failure bad news.
    #[test]
    fn every_reason_has_its_words() {
        for reason in Reason::ALL {
            let [kickbox, zerobounce, reacher] = formats("jane@shop.net", &[*reason], None);
            let bad = [
                kickbox["result"] == "undeliverable",
                zerobounce["status"] == "invalid",
                reacher["is_reachable"] == "invalid",
            ];
            let verdict = kickbox["result"].as_str().unwrap();
            assert_eq!(bad, [verdict == "undeliverable"; 3], "{reason:?}");
        }
    }

    #[test]
    fn formats_are_named() {
        assert_eq!(Format::parse("kickbox"), Some(Format::Kickbox));
        for text in ["", "Kickbox", "emailable", "kickbox "] {
            assert_eq!(Format::parse(text), None, "{text}");
        }
    }
}
