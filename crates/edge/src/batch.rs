//! `POST /v1/domains`: several domains at once.

use futures_util::stream::{self, StreamExt};
use mailproof_dns::DomainName;
use serde::Deserialize;
use worker::{Context, Date};

use crate::answer::{Answer, Keep};
use crate::config::Config;
use crate::limiter::Asker;
use crate::news;
use crate::plan::problem_of;
use crate::problem::Problem;

/// Domains taken at once.
const MAX_DOMAINS: usize = 50;
/// Octets of the largest body: 50 names of 253 octets with their quotes, and room for space.
pub(crate) const MAX_BODY: usize = 16_384;
/// Domains looked up at once. Two questions each fill a Worker's six connections.
const SIDE_BY_SIDE: usize = 3;
/// Milliseconds after which no further domain is asked about; what is left is unknown.
const DEADLINE_MS: u64 = 8_000;

/// The body of `POST /v1/domains`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub(crate) struct Batch {
    /// Domains in lower-case A-labels.
    #[cfg_attr(test, schema(min_items = 1, max_items = 50))]
    domains: Vec<String>,
}

/// The domain that cannot be asked about, by its place; without one, the whole.
type Fault = (Problem, Option<usize>);

impl Batch {
    pub(crate) fn names(&self) -> Result<Vec<DomainName>, Fault> {
        if !(1..=MAX_DOMAINS).contains(&self.domains.len()) {
            return Err((Problem::TooManyDomains, None));
        }
        let names = self.domains.iter().enumerate().map(|(index, text)| {
            DomainName::parse(text).map_err(|why| (problem_of(why, text), Some(index)))
        });
        names.collect()
    }

    /// `{"domains": […]}`, the reports in the order of the request.
    pub(crate) async fn answer(
        &self,
        asker: &Asker<'_>,
        config: &Config,
        context: &Context,
    ) -> Answer {
        let names = match self.names() {
            Ok(names) => names,
            Err((problem, Some(index))) => return problem.answer_at(index),
            Err((problem, None)) => return problem.answer(),
        };
        let end = Date::now().as_millis().saturating_add(DEADLINE_MS);
        let all = stream::iter(&names).map(|name| async move {
            if Date::now().as_millis() < end {
                news::of(name, asker, config, context).await
            } else {
                Ok(news::nobody_asked(name))
            }
        });
        let mut all = all.buffered(SIDE_BY_SIDE).enumerate();
        let mut reports = Vec::with_capacity(names.len());
        while let Some((index, news)) = all.next().await {
            match news {
                Ok(news) => reports.push(news.body()),
                Err(problem) => return problem.answer_at(index),
            }
        }
        let body = format!("{{\"domains\":[{}]}}", reports.join(","));
        Answer::text(200, "application/json", Keep::Nothing, body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expected: Result<usize, Fault>) {
        let batch: Batch = serde_json::from_str(json).unwrap();
        assert_eq!(batch.names().map(|names| names.len()), expected, "{json}");
    }

    #[test]
    fn every_domain_must_be_one_and_the_first_that_is_not_is_named() {
        check(r#"{"domains":["shop.net","bakery.net","shop.net"]}"#, Ok(3));
        check(
            r#"{"domains":["shop.net","Shop.net","-"]}"#,
            Err((Problem::DomainInvalid, Some(1))),
        );
        check(
            r#"{"domains":["shop.net","bakery.net","jane@shop.net"]}"#,
            Err((Problem::AddressNotAccepted, Some(2))),
        );
        check(
            r#"{"domains":["例子.公司"]}"#,
            Err((Problem::DomainNotAscii, Some(0))),
        );
    }

    #[test]
    fn there_are_one_to_fifty() {
        let many = |count| serde_json::json!({ "domains": vec!["shop.net"; count] }).to_string();
        check(&many(50), Ok(50));
        check(&many(51), Err((Problem::TooManyDomains, None)));
        check(&many(0), Err((Problem::TooManyDomains, None)));
        let longest = "a".repeat(63) + &".a".repeat(95);
        let body = serde_json::json!({ "domains": vec![longest; 50] }).to_string();
        assert!(body.len() <= MAX_BODY);
    }
}
