//! The report of one domain as it goes over the wire, made once and given out many times.

use std::fmt::Write;
use std::sync::OnceLock;

use mailproof_core::{DomainReport, Pack, Policy, Routing, report_domain};
use mailproof_dns::DomainName;
use sha2::{Digest, Sha256};

use crate::fixed;

/// Octets of the digest that an entity tag shows: enough that no two reports of one domain
/// share one.
const ETAG_OCTETS: usize = 12;
/// How the JSON of a report ends: its last member is the time it took, 0 from a cache.
const END: &str = "0}";

/// A report as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    /// Without [`END`].
    beginning: String,
    etag: String,
}

impl Report {
    /// Puts together what DNS and what the lists say.
    pub(crate) fn new(name: &DomainName, routing: &Routing) -> Self {
        let report = domain_report(name, routing);
        let mut beginning = serde_json::to_string(&report).unwrap_or_default();
        debug_assert!(beginning.ends_with(&format!("\"took_ms\":{END}")));
        beginning.truncate(beginning.len().saturating_sub(END.len()));
        let etag = etag(&beginning);
        Self { beginning, etag }
    }

    /// The whole JSON.
    pub(crate) fn body(&self, took_ms: u64) -> String {
        let took_ms = u32::try_from(took_ms).unwrap_or(u32::MAX);
        let mut body = String::with_capacity(self.beginning.len().saturating_add(12));
        body.push_str(&self.beginning);
        // Writing to a string cannot fail.
        let _ = write!(body, "{took_ms}}}");
        body
    }

    /// The whole JSON with a token at its end.
    pub(crate) fn body_with_token(&self, took_ms: u64, token: &str) -> String {
        let mut body = self.body(took_ms);
        body.pop();
        // A compact JWS has no character that JSON escapes.
        let _ = write!(body, ",\"token\":\"{token}\"}}");
        body
    }

    /// The entity tag (RFC 9110 §8.8.3): weak, for the time taken is no part of it.
    pub(crate) fn etag(&self) -> &str {
        &self.etag
    }

    /// Whether an `If-None-Match` (RFC 9110 §13.1.2) names this report.
    pub(crate) fn matches(&self, if_none_match: &str) -> bool {
        let strong = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        let own = strong(&self.etag);
        if_none_match.trim() == "*" || if_none_match.split(',').any(|tag| strong(tag) == own)
    }
}

/// Puts together what DNS and what the lists say.
pub(crate) fn domain_report(name: &DomainName, routing: &Routing) -> DomainReport {
    let policy = fixed::policy(name.as_str()).unwrap_or(Policy::FORM);
    report_domain(name.as_str(), routing.clone(), pack(), &policy)
}

/// The full pack, checked once an instance. A damaged one, which no build lets through,
/// means no classes.
pub(crate) fn pack() -> Option<&'static Pack<'static>> {
    static PACK: OnceLock<Option<Pack<'static>>> = OnceLock::new();
    PACK.get_or_init(|| Pack::new(mailproof_lists::FULL).ok())
        .as_ref()
}

fn etag(text: &str) -> String {
    let mut etag = String::with_capacity(2 * ETAG_OCTETS + 4);
    etag.push_str("W/\"");
    for octet in Sha256::digest(text).iter().take(ETAG_OCTETS) {
        let _ = write!(etag, "{octet:02x}");
    }
    etag.push('"');
    etag
}

#[cfg(test)]
mod tests {
    use mailproof_core::Reason;

    use super::*;

    fn report(domain: &str) -> Report {
        let mut routing = Routing::unavailable(Reason::AcceptsMail);
        routing.mx.found = Some(true);
        Report::new(&DomainName::parse(domain).unwrap(), &routing)
    }

    #[test]
    fn a_report_is_json_with_what_the_lists_say() {
        let body = report("mailinator.com").body(12);
        let json: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(json["domain"], "mailinator.com");
        assert_eq!(json["disposable"], true);
        assert_eq!(json["took_ms"], 12);
        let signed = report("mailinator.com").body_with_token(12, "a.b.c");
        let signed: serde_json::Value = serde_json::from_str(&signed).unwrap();
        assert_eq!(signed["token"], "a.b.c");
        assert_eq!(signed["took_ms"], 12);
    }

    #[test]
    fn entity_tags_tell_reports_apart_and_not_their_times() {
        let (one, other) = (report("shop.net"), report("bakery.net"));
        assert_ne!(one.etag(), other.etag());
        assert!(one.matches(one.etag()));
        assert!(one.matches(&format!("\"x\", {}", one.etag().trim_start_matches("W/"))));
        assert!(one.matches("*"));
        assert!(!one.matches(other.etag()));
        assert!(!one.matches(""));
    }
}
