//! A finding that is kept: its report as it goes over the wire, and for how long it holds.

use mailproof_core::{Evidence, Reason, Routing};
use mailproof_dns::{DomainName, Finding};
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Keep};
use crate::report::{Report, pack};

/// Failures are kept no longer (RFC 9520 §3.2), however often they come.
const MAX_FAILURE_S: u32 = 300;
/// Nothing is kept for less: a TTL of 0 would let one visitor's page ask again and again.
const MIN_TTL_S: u32 = 1;
/// How long good news may outlive its time while no resolver answers (RFC 8767 §5 suggests
/// one to three days).
const STALE_MS: u64 = 86_400_000;
/// For how long stale news is given out before the resolvers are tried again (RFC 8767 §5).
const STALE_TTL_S: u32 = 30;

/// The report of one domain and its time.
#[derive(Debug, PartialEq)]
pub(crate) struct Kept {
    pub(crate) report: Report,
    stored: Stored,
    /// Failures in a row.
    failures: u32,
}

/// What is worth keeping beyond the isolate: from it everything else follows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Stored {
    pub(crate) routing: Routing,
    /// Until when it holds, in milliseconds since 1970.
    until_ms: u64,
    /// Until when it may be given out while no resolver answers; 0 where never.
    stale_until_ms: u64,
}

impl Kept {
    /// What a look-up found, given what was known before.
    ///
    /// A failure is overruled by good news of the day before, and else kept twice as long as
    /// the failure before it.
    pub(crate) fn found(
        name: &DomainName,
        finding: Finding,
        previous: Option<&Self>,
        now_ms: u64,
    ) -> Self {
        if !finding.is_failure() {
            let until_ms = after(now_ms, finding.ttl_s);
            let stale_until_ms = if finding.is_good_news() {
                until_ms.saturating_add(STALE_MS)
            } else {
                0
            };
            let mut routing = finding.routing;
            if let (Some(name_server), Some(pack)) = (&finding.name_server, pack()) {
                routing.add_name_server(name.as_str(), name_server, pack);
            }
            let stored = Stored {
                routing,
                until_ms,
                stale_until_ms,
            };
            return Self::restored(name, stored);
        }
        if let Some(previous) = previous.filter(|it| now_ms < it.stored.stale_until_ms) {
            return Self::restored(name, previous.stored.revived(now_ms));
        }
        let failures = previous.map_or(0, |previous| previous.failures);
        let ttl_s = finding.ttl_s.saturating_mul(1 << failures.min(8));
        let stored = Stored {
            routing: finding.routing,
            until_ms: after(now_ms, ttl_s.min(MAX_FAILURE_S)),
            stale_until_ms: 0,
        };
        Self {
            failures: failures.saturating_add(1),
            ..Self::restored(name, stored)
        }
    }

    /// The report of what another isolate stored.
    pub(crate) fn restored(name: &DomainName, stored: Stored) -> Self {
        Self {
            report: Report::new(name, &stored.routing),
            stored,
            failures: 0,
        }
    }

    /// The answer of a look-up that waited for another one in vain. Not to be kept.
    pub(crate) fn timed_out(name: &DomainName) -> Self {
        let stored = Stored {
            routing: Routing::unavailable(Reason::DnsTimeout),
            until_ms: 0,
            stale_until_ms: 0,
        };
        Self::restored(name, stored)
    }

    pub(crate) fn is_fresh(&self, now_ms: u64) -> bool {
        now_ms < self.stored.until_ms
    }

    pub(crate) fn routing(&self) -> &Routing {
        &self.stored.routing
    }

    /// What to store beyond the isolate: no failure, which may be this isolate's own.
    pub(crate) fn worth_storing(&self) -> Option<&Stored> {
        self.stored.routing.mx.found.map(|_| &self.stored)
    }

    /// The report as an HTTP answer, or that the asker has it already.
    pub(crate) fn answer(&self, has: Option<&str>, now_ms: u64, took_ms: u64) -> Answer {
        let left_ms = self.stored.until_ms.saturating_sub(now_ms);
        let keep = match u32::try_from(left_ms / 1_000) {
            Ok(0) => Keep::Nothing,
            Ok(seconds) => Keep::Seconds(seconds),
            Err(_) => Keep::Seconds(u32::MAX),
        };
        let answer = if has.is_some_and(|has| self.report.matches(has)) {
            Answer::empty(304).kept(keep)
        } else {
            let body = self.report.body(took_ms);
            Answer::text(200, "application/json", keep, body)
        };
        answer.with("etag", self.report.etag())
    }
}

impl Stored {
    /// Until when a cache need hold it, stale time included, in seconds from now.
    pub(crate) fn lifetime_s(&self, now_ms: u64) -> u64 {
        let until_ms = self.until_ms.max(self.stale_until_ms);
        until_ms.saturating_sub(now_ms).div_ceil(1_000)
    }

    /// The same for a little longer, and said so.
    fn revived(&self, now_ms: u64) -> Self {
        let mut routing = self.routing.clone();
        let stale = |evidence: &Evidence| evidence.outcome == "stale";
        if !routing.evidence.iter().any(stale) {
            routing.evidence.push(Evidence {
                check: "cache".to_owned(),
                outcome: "stale".to_owned(),
                source: "edge".to_owned(),
                since: None,
            });
        }
        Self {
            routing,
            until_ms: after(now_ms, STALE_TTL_S).min(self.stale_until_ms),
            stale_until_ms: self.stale_until_ms,
        }
    }
}

fn after(now_ms: u64, seconds: u32) -> u64 {
    now_ms.saturating_add(u64::from(seconds.max(MIN_TTL_S)) * 1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(reason: Reason, found: Option<bool>, ttl_s: u32) -> Finding {
        let mut routing = Routing::unavailable(reason);
        routing.mx.found = found;
        Finding {
            routing,
            ttl_s,
            queries: 3,
            name_server: None,
        }
    }

    fn good() -> Finding {
        finding(Reason::AcceptsMail, Some(true), 300)
    }

    fn bad() -> Finding {
        finding(Reason::NullMx, Some(false), 300)
    }

    fn failure() -> Finding {
        finding(Reason::DnsTimeout, None, 10)
    }

    fn name() -> DomainName {
        DomainName::parse("shop.net").unwrap()
    }

    fn keep(finding: Finding, previous: Option<&Kept>, now_ms: u64) -> Kept {
        Kept::found(&name(), finding, previous, now_ms)
    }

    /// For how many seconds it holds, and its first reason.
    #[track_caller]
    fn check(kept: &Kept, now_ms: u64, seconds: u64, reason: Reason) {
        let left = kept.stored.until_ms - now_ms;
        assert_eq!((left / 1_000, kept.routing().reasons[0]), (seconds, reason));
    }

    #[test]
    fn news_hold_as_long_as_their_records() {
        check(&keep(good(), None, 0), 0, 300, Reason::AcceptsMail);
        check(&keep(bad(), None, 0), 0, 300, Reason::NullMx);
        let ttl_0 = finding(Reason::AcceptsMail, Some(true), 0);
        check(&keep(ttl_0, None, 0), 0, 1, Reason::AcceptsMail);
    }

    #[test]
    fn failures_hold_ever_longer_up_to_five_minutes() {
        let mut kept = keep(failure(), None, 0);
        for seconds in [10, 20, 40, 80, 160, 300, 300] {
            check(&kept, 0, seconds, Reason::DnsTimeout);
            kept = keep(failure(), Some(&kept), 0);
        }
        let good = keep(good(), Some(&kept), 0);
        check(&keep(bad(), Some(&good), 0), 0, 300, Reason::NullMx);
    }

    #[test]
    fn good_news_outlives_its_time_by_a_day_while_nobody_answers() {
        let kept = keep(good(), None, 0);
        let mut now_ms = 300_000;
        let mut revived = keep(failure(), Some(&kept), now_ms);
        check(&revived, now_ms, 30, Reason::AcceptsMail);
        while now_ms < STALE_MS {
            now_ms += 30_000;
            revived = keep(failure(), Some(&revived), now_ms);
            assert_eq!(revived.routing().evidence.len(), 1);
        }
        check(&revived, now_ms, 30, Reason::AcceptsMail);
        now_ms += 300_000;
        let over = keep(failure(), Some(&revived), now_ms);
        check(&over, now_ms, 10, Reason::DnsTimeout);
    }

    #[test]
    fn bad_news_never_outlives_its_time() {
        let kept = keep(bad(), None, 0);
        let failed = keep(failure(), Some(&kept), 300_000);
        check(&failed, 300_000, 10, Reason::DnsTimeout);
    }

    #[test]
    fn what_lies_on_a_name_server_for_parked_domains_is_parked() {
        let parked = Finding {
            name_server: Some("ns1.sedoparking.com".to_owned()),
            ..finding(Reason::ImplicitMx, Some(true), 300)
        };
        let kept = keep(parked, None, 0);
        assert!(kept.routing().reasons.contains(&Reason::Parked));
        let stored = serde_json::to_string(kept.worth_storing().unwrap()).unwrap();
        let restored = Kept::restored(&name(), serde_json::from_str(&stored).unwrap());
        let json: serde_json::Value = serde_json::from_str(&restored.report.body(0)).unwrap();
        assert_eq!(
            (&json["result"], &json["reason"]),
            (&"risky".into(), &"parked".into())
        );
        assert_eq!(json["evidence"][0]["check"], "parked");
        let own = Finding {
            name_server: Some("ns1.shop.net".to_owned()),
            ..finding(Reason::ImplicitMx, Some(true), 300)
        };
        check(&keep(own, None, 0), 0, 300, Reason::ImplicitMx);
    }

    #[test]
    fn what_is_stored_comes_back_the_same() {
        let kept = keep(good(), None, 1_000);
        let stored = kept.worth_storing().unwrap();
        assert_eq!(stored.lifetime_s(1_000), 300 + 86_400);
        let json = serde_json::to_string(stored).unwrap();
        let restored = Kept::restored(&name(), serde_json::from_str(&json).unwrap());
        assert_eq!(restored, kept);
        assert_eq!(keep(failure(), None, 0).worth_storing(), None);
    }

    #[test]
    fn an_answer_says_how_long_it_holds_and_spares_the_body() {
        let kept = keep(good(), None, 0);
        let first = kept.answer(None, 100_000, 12);
        assert_eq!(first.header("cache-control"), Some("public, max-age=200"));
        let etag = first.header("etag").unwrap().to_owned();
        let again = kept.answer(Some(&etag), 299_500, 0);
        assert_eq!((again.status, again.body.as_deref()), (304, None));
        assert_eq!(again.header("cache-control"), Some("no-store"));
        assert_eq!(kept.answer(Some("\"other\""), 0, 0).status, 200);
    }
}
