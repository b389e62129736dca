//! What must hold of every lookup, and of all together.

use std::fmt;

use mailproof_core::Reason;
use mailproof_dns::{Finding, MAX_IN_FLIGHT, MAX_QUERIES};

use super::domain::Domain;

/// A law that a run broke, with all that it takes to see it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The seed of the epoch.
    pub seed: u64,
    /// Which law, and how.
    pub what: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seed {}: {}", self.seed, self.what)
    }
}

/// What a run came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Lookups.
    pub lookups: u64,
    /// Queries of all of them.
    pub queries: u64,
    /// The most queries that one took.
    pub most_queries: usize,
    /// The longest that one took, in milliseconds.
    pub longest_ms: u64,
    /// How many ended well, in bad news, and in an unknown.
    pub good: u64,
    /// Bad news, each true.
    pub bad: u64,
    /// Neither.
    pub unknown: u64,
    /// Lookups while every resolver was sound, of domains that can be known.
    pub healthy: u64,
    /// Those of them that would have been known with more time.
    pub healthy_late: u64,
    /// The queries that those needed, and those that were sent beyond that.
    pub healthy_queries: u64,
    /// Hedges.
    pub healthy_extra: u64,
    /// A digest of every query and finding, in order.
    pub digest: u64,
}

/// How one lookup went.
pub(super) struct Ended<'r> {
    pub(super) domain: &'r Domain,
    pub(super) finding: &'r Finding,
    pub(super) took_ms: u64,
    pub(super) most_in_flight: usize,
    /// Some resolver lied.
    pub(super) has_liar: bool,
    /// While every resolver is sound, how it would have ended if none were ever late.
    pub(super) prompt: Option<Finding>,
}

/// Exchangers of which each may need two witnesses for both kinds of addresses within the work
/// of one lookup, and hedges besides.
const WITH_ROOM: usize = 2;

const GOOD: [Reason; 2] = [Reason::AcceptsMail, Reason::ImplicitMx];

impl Ended<'_> {
    /// The laws for one lookup.
    pub(super) fn check(&self, deadline_ms: u64) -> Result<(), String> {
        let reason = self.finding.routing.reasons.first().copied();
        let reasons = &self.finding.routing.reasons;
        let queries = self.finding.queries;
        if self.took_ms > deadline_ms {
            return Err(format!("took {} ms", self.took_ms));
        }
        if queries > MAX_QUERIES || self.most_in_flight > MAX_IN_FLIGHT {
            return Err(format!(
                "{queries} queries, {} at once",
                self.most_in_flight
            ));
        }
        if let Some(prompt) = &self.prompt
            && !self.finding.is_failure()
            && !prompt.is_failure()
            && prompt.routing.reasons.first().copied() != reason
        {
            return Err(format!(
                "{reasons:?}, without delays {:?}: {:?}",
                prompt.routing, self.domain
            ));
        }
        if let Some(prompt) = self
            .prompt
            .as_ref()
            .filter(|_| self.is_starved(deadline_ms))
        {
            return Err(format!(
                "{reasons:?} with {queries} queries, without delays {:?} with {}: {:?}",
                prompt.routing.reasons, prompt.queries, self.domain
            ));
        }
        match self.finding.routing.mx.found {
            // Bad news is true, to the reason: a soft error beside it would have made it unknown.
            Some(false) if self.domain.truth.bad_news() != reason && !self.is_excused(reason) => {
                Err(format!(
                    "{reason:?} is not true: {:?} {:?}",
                    self.domain, self.finding
                ))
            }
            // One witness is enough for good news, so that only a liar can make it wrong.
            Some(true) if !self.has_liar && self.domain.truth.bad_news().is_some() => Err(format!(
                "{reasons:?} is not true: {:?} {:?}",
                self.domain, self.finding
            )),
            None if reasons.iter().any(|it| GOOD.contains(it)) => {
                Err(format!("{reasons:?} and unknown"))
            }
            _ => Ok(()),
        }
    }

    /// Whether it gave up before the deadline where sound resolvers would have told all: what one
    /// was asked a second time must not be what another's first word lacks.
    fn is_starved(&self, deadline_ms: u64) -> bool {
        let exchangers = self.finding.routing.mx.records.len();
        let is_known = self.prompt.as_ref().is_some_and(|it| !it.is_failure());
        let may_be_lost = self.domain.is_lame || exchangers > WITH_ROOM;
        is_known && !may_be_lost && self.finding.is_failure() && self.took_ms < deadline_ms
    }

    /// Where one resolver lies, the words of true bad news may be off; whether it is bad may not.
    fn is_excused(&self, reason: Option<Reason>) -> bool {
        let is_bad = self.domain.truth.bad_news().is_some();
        is_bad && self.has_liar && reason.is_some()
    }
}

impl Tally {
    pub(super) fn add(&mut self, ended: &Ended<'_>) {
        let queries = ended.finding.queries;
        self.lookups += 1;
        self.queries += queries as u64;
        self.most_queries = self.most_queries.max(queries);
        self.longest_ms = self.longest_ms.max(ended.took_ms);
        match ended.finding.routing.mx.found {
            Some(true) => self.good += 1,
            Some(false) => self.bad += 1,
            None => self.unknown += 1,
        }
        let prompt = ended.prompt.as_ref().filter(|_| !ended.domain.is_lame);
        if let Some(prompt) = prompt {
            self.healthy += 1;
            let was_late = ended.finding.is_failure() && !prompt.is_failure();
            self.healthy_late += u64::from(was_late);
            self.healthy_queries += prompt.queries as u64;
            self.healthy_extra += queries.saturating_sub(prompt.queries) as u64;
        }
    }

    /// Takes in what can be compared with another run of the same seed (FNV-1a).
    pub(super) fn note(&mut self, text: &str) {
        for byte in text.bytes() {
            self.digest = (self.digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The two together; the digests in order.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        self.lookups += other.lookups;
        self.queries += other.queries;
        self.most_queries = self.most_queries.max(other.most_queries);
        self.longest_ms = self.longest_ms.max(other.longest_ms);
        self.good += other.good;
        self.bad += other.bad;
        self.unknown += other.unknown;
        self.healthy += other.healthy;
        self.healthy_late += other.healthy_late;
        self.healthy_queries += other.healthy_queries;
        self.healthy_extra += other.healthy_extra;
        self.note(&other.digest.to_string());
        self
    }
}
