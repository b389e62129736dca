//! `POST /v1/verify`: the whole verdict about one address, for servers that hold a key.
//!
//! The one place that sees a local part. It is in the answer and nowhere else: not in a log,
//! not in a question to a resolver, not in anything kept.

use mailproof_core::{Context as Judging, Policy, Routing, Verdict, judge};
use mailproof_dns::DomainName;
use serde::Deserialize;
use worker::{Context, Date};

use crate::answer::{Answer, Keep};
use crate::config::Config;
use crate::fixed;
use crate::format::Format;
use crate::limiter::Asker;
use crate::news;
use crate::report::pack;

/// Octets of the largest body: more than the longest text that is judged as an address,
/// with every octet escaped.
pub(crate) const MAX_BODY: usize = 32_768;

/// The body of `POST /v1/verify`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub(crate) struct Inquiry {
    /// The address as it was typed.
    /// Reacher's name for it, `to_email`, is taken too.
    #[cfg_attr(test, schema(examples("deliverable@example.com")))]
    #[serde(alias = "to_email")]
    email: String,
}

impl Inquiry {
    pub(crate) async fn answer(
        &self,
        format: Format,
        asker: &Asker<'_>,
        config: &Config,
        context: &Context,
    ) -> Answer {
        let begun = Date::now().as_millis();
        let mut verdict = self.verdict(asker, config, context).await;
        let took_ms = Date::now().as_millis().saturating_sub(begun);
        verdict.took_ms = u32::try_from(took_ms).unwrap_or(u32::MAX);
        let now = String::from(worker::js_sys::Date::new_0().to_iso_string());
        let body = format.of(&verdict, &now);
        Answer::json(200, "application/json", Keep::Nothing, &body)
    }

    /// The verdict as long as nobody was asked: of an address that always gets the same, the
    /// last word.
    pub(crate) fn offline(&self) -> Verdict {
        let offline = judge_with(&self.email, None, &Policy::FORM);
        fixed_verdict(&self.email, &offline).unwrap_or(offline)
    }

    async fn verdict(&self, asker: &Asker<'_>, config: &Config, context: &Context) -> Verdict {
        let offline = self.offline();
        let name = offline.domain_to_ask().map(DomainName::parse);
        let Some(Ok(name)) = name else {
            return offline;
        };
        // Refused: what is known without DNS stands.
        let Ok(news) = news::of(&name, asker, config, context).await else {
            return offline;
        };
        judge_with(&self.email, Some(news.kept.routing()), &Policy::FORM)
    }
}

fn judge_with(text: &str, routing: Option<&Routing>, policy: &Policy) -> Verdict {
    let judging = Judging {
        pack: pack(),
        policy,
        routing,
    };
    judge(text, &judging)
}

/// The verdict about an address that always gets the same.
fn fixed_verdict(text: &str, offline: &Verdict) -> Option<Verdict> {
    let local_part = offline.local_part.as_deref()?;
    let domain = offline.ascii_domain.as_deref()?;
    let routing = fixed::routing_of_address(local_part, domain)?;
    Some(judge_with(text, Some(&routing), &fixed::open_policy()))
}

#[cfg(test)]
mod tests {
    use mailproof_core::Deliverability::{self, Deliverable, Risky, Undeliverable, Unknown};
    use mailproof_core::Reason;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(Deliverability, Reason)>) {
        let offline = judge_with(text, None, &Policy::FORM);
        let fixed = fixed_verdict(text, &offline);
        let found = fixed.map(|verdict| (verdict.result, verdict.reason));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_result_has_its_address() {
        check(
            "deliverable@example.com",
            Some((Deliverable, Reason::AcceptsMail)),
        );
        check("risky@example.com", Some((Risky, Reason::NullMxMixed)));
        check(
            "undeliverable@example.com",
            Some((Undeliverable, Reason::NoMailHost)),
        );
        check("unknown@example.com", Some((Unknown, Reason::DnsTimeout)));
        check("disposable@example.com", Some((Risky, Reason::Disposable)));
        check("jane@risky.example.com", Some((Risky, Reason::NullMxMixed)));
        check("jane@example.com", None);
        check("deliverable@example.net", None);
        check("jane", None);
    }
}
