//! What a lookup tells when it is over: its finding, and what it saw of the resolvers.

use domain::base::Name;
use mailproof_core::Evidence;

use crate::answer::{Content, Exchange};
use crate::finding::{Conclusion, Facts};
use crate::lookup::{Lookup, Step};
use crate::query::QueryId;
use crate::question::Attempt;
use crate::resolvers::{Observation, Outcome};
use crate::truth_table::exchanges;

impl Lookup {
    /// What this lookup has seen of the resolvers until `now_ms`, and the hedges it did not
    /// send: for [`Resolvers::learn`](crate::Resolvers::learn).
    pub fn observations(&self, now_ms: u64) -> (Vec<Observation>, u32) {
        let questions = self.questions();
        let attempts = questions.iter().flat_map(|one| &one.attempts);
        let seen = attempts.map(|attempt| {
            let silent_ms = now_ms.saturating_sub(attempt.sent_ms);
            Observation {
                resolver: attempt.resolver,
                outcome: attempt.outcome.unwrap_or(Outcome::Unanswered(silent_ms)),
            }
        });
        (seen.collect(), self.hedges)
    }

    pub(crate) fn finish(&self, conclusion: Conclusion) -> Step {
        let mut exchanges = exchanges(&self.mx);
        let answered_null = self
            .mx
            .answers()
            .any(|answer| answer.content == Content::NullMx);
        if exchanges.is_empty() && answered_null {
            exchanges.push(Exchange {
                preference: 0,
                host: Name::root(),
            });
        }
        Step::Done(conclusion.into_finding(Facts {
            dotless: self.name.is_dotless(),
            exchanges,
            evidence: self.evidence(),
            ttl_s: self.ttl_s,
            queries: self.sent,
            name_server: self.name_server(),
        }))
    }

    /// The first name server of the domain's zone, as the denials of an MX name it.
    fn name_server(&self) -> Option<String> {
        let mut named = self.mx.answers().filter_map(|it| it.name_server.as_ref());
        named.next().map(ToString::to_string)
    }

    /// Who said what, in the order of asking.
    fn evidence(&self) -> Vec<Evidence> {
        let mut said: Vec<(QueryId, Evidence)> = Vec::new();
        for question in self.questions() {
            for attempt in &question.attempts {
                let Some(outcome) = question.outcome(attempt) else {
                    continue;
                };
                let evidence = Evidence {
                    check: question.record_type.check().to_owned(),
                    outcome: outcome.to_owned(),
                    source: self.source(attempt).to_owned(),
                    since: None,
                };
                said.push((attempt.id, evidence));
            }
        }
        said.sort_by_key(|(id, _)| *id);
        said.into_iter().map(|(_, evidence)| evidence).collect()
    }

    /// The host name of the resolver that was asked.
    pub(crate) fn source(&self, attempt: &Attempt) -> &str {
        let source = self.settings.resolvers.get(attempt.resolver);
        source.map_or("", String::as_str)
    }
}
