//! The report of one domain as an HTTP answer.

use std::sync::OnceLock;

use mailproof_core::{Pack, Policy, report_domain};
use mailproof_dns::{DomainName, Finding};

use crate::answer::{Answer, Keep};

/// Checked once an instance. A damaged pack, which no build lets through, means no classes.
static PACK: OnceLock<Option<Pack<'static>>> = OnceLock::new();

/// The answer that carries the report, to be kept as long as the finding.
pub(crate) fn answer(name: &DomainName, finding: Finding, took_ms: u64) -> Answer {
    let pack = PACK.get_or_init(|| Pack::new(mailproof_lists::FULL).ok());
    let mut report = report_domain(name.as_str(), finding.routing, pack.as_ref(), &Policy::FORM);
    report.took_ms = u32::try_from(took_ms).unwrap_or(u32::MAX);
    Answer::json(
        200,
        "application/json",
        Keep::Seconds(finding.ttl_s),
        &report,
    )
}

#[cfg(test)]
mod tests {
    use mailproof_core::{Reason, Routing};

    use super::*;

    #[test]
    fn a_report_is_json_and_may_be_kept_as_long_as_its_finding() {
        let name = DomainName::parse("mailinator.com").unwrap();
        let mut routing = Routing::unavailable(Reason::AcceptsMail);
        routing.mx.found = Some(true);
        let answer = answer(
            &name,
            Finding {
                routing,
                ttl_s: 77,
                queries: 3,
            },
            12,
        );
        let json: serde_json::Value = serde_json::from_str(answer.body.as_ref().unwrap()).unwrap();
        assert_eq!(json["domain"], "mailinator.com");
        assert_eq!(json["disposable"], true);
        assert_eq!(json["took_ms"], 12);
        assert_eq!(answer.header("cache-control"), Some("public, max-age=77"));
    }
}
