//! What has been seen of the resolvers over many lookups: how fast and how sound they are,
//! and how many hedges may still be sent.
//!
//! A hedge is a query sent because another resolver is slower than it usually is (Dean and
//! Barroso, "The Tail at Scale", 2013). Hedges are paid from a bucket that fills with the
//! queries, so that hedging stops by itself when everything is slow.

use std::collections::VecDeque;

/// Latencies remembered of each resolver.
const SAMPLES: usize = 64;
/// Latencies below which there is no telling what is usual.
const MIN_SAMPLES: usize = 20;
/// Milliseconds between which a hedge is sent: sooner it would only double the load, later
/// it would come too late for a form.
const HEDGES_MS: std::ops::RangeInclusive<u64> = 20..=300;
/// Queries that pay for one hedge: 5 %.
const QUERIES_A_HEDGE: u32 = 20;
/// Hedges that may be saved up, for a start without experience and a resolver that goes down.
const MAX_HEDGES: u32 = 8;
/// Hedges that one lookup may send.
const HEDGES_A_LOOKUP: u32 = 3;
/// Failures in a row after which a resolver rests.
const FAILURES_TO_REST: u32 = 3;
/// The first rest in milliseconds; each further one is twice as long, up to the longest.
const FIRST_REST_MS: u64 = 1_000;
const LONGEST_REST_MS: u64 = 60_000;

/// The resolvers as they were seen. One for all lookups of a process or an isolate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolvers {
    seen: Vec<Seen>,
    hedge_ms: u64,
    /// In hedges times [`QUERIES_A_HEDGE`].
    credit: u32,
}

/// What a lookup is to expect. Give it to
/// [`Lookup::with_outlook`](crate::Lookup::with_outlook).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// For each resolver, milliseconds after which its silence is hedged.
    pub hedge_ms: Vec<u64>,
    /// For each resolver, whether it has failed of late: it is asked last.
    pub resting: Vec<bool>,
    /// Hedges that the lookup may send.
    pub hedges: u32,
}

/// What a lookup saw of one query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation {
    /// The resolver's place in [`Settings::resolvers`](crate::Settings).
    pub resolver: usize,
    /// How it went.
    pub outcome: Outcome,
}

/// How one query went, as far as it concerns the resolver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A DNS message came after this many milliseconds, whatever it said.
    Answered(u64),
    /// It had not come after this many milliseconds, when it was no longer needed.
    Unanswered(u64),
    /// No DNS message, and none to come.
    Failed,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Seen {
    /// The latest last.
    latencies_ms: VecDeque<u64>,
    failures: u32,
    /// 0 for a resolver that does not rest.
    rests_until_ms: u64,
}

impl Resolvers {
    /// Nothing seen yet of `count` resolvers; until there is, silence is hedged after
    /// `hedge_ms`.
    pub fn new(count: usize, hedge_ms: u64) -> Self {
        Self {
            seen: vec![Seen::default(); count],
            hedge_ms,
            credit: MAX_HEDGES * QUERIES_A_HEDGE,
        }
    }

    /// What a lookup beginning at `now_ms` is to expect. Sets its hedges aside; those that it
    /// does not need come back with [`Resolvers::learn`].
    pub fn outlook(&mut self, now_ms: u64) -> Outlook {
        let hedges = (self.credit / QUERIES_A_HEDGE).min(HEDGES_A_LOOKUP);
        self.credit = self
            .credit
            .saturating_sub(hedges.saturating_mul(QUERIES_A_HEDGE));
        let usual = |seen: &Seen| seen.usual_ms().unwrap_or(self.hedge_ms);
        Outlook {
            hedge_ms: self.seen.iter().map(usual).collect(),
            resting: self.seen.iter_mut().map(|it| it.rests(now_ms)).collect(),
            hedges,
        }
    }

    /// Takes what a lookup saw until `now_ms`, and the hedges it did not send.
    pub fn learn(&mut self, observations: &[Observation], hedges_left: u32, now_ms: u64) {
        for observation in observations {
            if let Some(seen) = self.seen.get_mut(observation.resolver) {
                seen.learn(observation.outcome, self.hedge_ms, now_ms);
            }
        }
        let returned = hedges_left
            .min(HEDGES_A_LOOKUP)
            .saturating_mul(QUERIES_A_HEDGE);
        // Every query pays, hedges included: 5 % of all queries is what they may be.
        let earned = u32::try_from(observations.len()).unwrap_or(0);
        let credit = self.credit.saturating_add(returned).saturating_add(earned);
        self.credit = credit.min(MAX_HEDGES * QUERIES_A_HEDGE);
    }

    /// For each resolver, whether it answers as far as is known.
    pub fn sound(&self) -> impl Iterator<Item = bool> {
        self.seen
            .iter()
            .map(|seen| seen.failures < FAILURES_TO_REST)
    }
}

impl Seen {
    fn learn(&mut self, outcome: Outcome, hedge_ms: u64, now_ms: u64) {
        match outcome {
            Outcome::Answered(ms) => {
                self.remember(ms);
                self.failures = 0;
                self.rests_until_ms = 0;
            }
            Outcome::Unanswered(ms) => {
                let is_overdue = ms >= self.usual_ms().unwrap_or(hedge_ms);
                self.remember(ms);
                if is_overdue {
                    self.fail(now_ms);
                }
            }
            Outcome::Failed => self.fail(now_ms),
        }
    }

    fn remember(&mut self, ms: u64) {
        if self.latencies_ms.len() >= SAMPLES {
            self.latencies_ms.pop_front();
        }
        self.latencies_ms.push_back(ms);
    }

    fn fail(&mut self, now_ms: u64) {
        self.failures = self.failures.saturating_add(1);
        if self.failures >= FAILURES_TO_REST {
            self.rests_until_ms = now_ms.saturating_add(self.rest_ms());
        }
    }

    /// Whether it is to be left alone. When its rest is over, one lookup tries it, and the
    /// others leave it alone until that is known.
    fn rests(&mut self, now_ms: u64) -> bool {
        if self.failures < FAILURES_TO_REST || now_ms < self.rests_until_ms {
            return self.failures >= FAILURES_TO_REST;
        }
        self.rests_until_ms = now_ms.saturating_add(self.rest_ms());
        false
    }

    fn rest_ms(&self) -> u64 {
        let doublings = self.failures.saturating_sub(FAILURES_TO_REST).min(16);
        (FIRST_REST_MS << doublings).min(LONGEST_REST_MS)
    }

    /// The latency that 95 of 100 answers stay under, within [`HEDGES_MS`].
    fn usual_ms(&self) -> Option<u64> {
        let mut sorted: Vec<u64> = self.latencies_ms.iter().copied().collect();
        if sorted.len() < MIN_SAMPLES {
            return None;
        }
        sorted.sort_unstable();
        let usual = sorted.get(sorted.len().saturating_mul(95) / 100).copied()?;
        Some(usual.clamp(*HEDGES_MS.start(), *HEDGES_MS.end()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn observed(resolver: usize, outcome: Outcome) -> Observation {
        Observation { resolver, outcome }
    }

    /// Resolvers of which the first was seen like this, a lookup each.
    fn after(outcomes: &[Outcome], now_ms: u64) -> Resolvers {
        let mut resolvers = Resolvers::new(2, 80);
        for outcome in outcomes {
            let outlook = resolvers.outlook(0);
            resolvers.learn(&[observed(0, *outcome)], outlook.hedges, now_ms);
        }
        resolvers
    }

    #[track_caller]
    fn check_hedge(outcomes: &[Outcome], hedge_ms: u64) {
        assert_eq!(after(outcomes, 0).outlook(0).hedge_ms, [hedge_ms, 80]);
    }

    #[test]
    fn a_hedge_waits_as_long_as_the_resolver_usually_takes() {
        check_hedge(&[], 80);
        check_hedge(&[Outcome::Answered(5); 19], 80);
        check_hedge(&[Outcome::Answered(5); 20], 20);
        check_hedge(&[Outcome::Answered(45); 64], 45);
        check_hedge(&[Outcome::Answered(900); 64], 300);
        let mut mixed = [Outcome::Answered(30); 40];
        mixed[7] = Outcome::Answered(700);
        check_hedge(&mixed, 30);
        mixed[9] = Outcome::Answered(200);
        mixed[11] = Outcome::Answered(200);
        check_hedge(&mixed, 200);
    }

    #[track_caller]
    fn check_rest(outcomes: &[Outcome], now_ms: u64, rests: bool) {
        let outlook = after(outcomes, 1_000).outlook(now_ms);
        assert_eq!(outlook.resting, [rests, false], "{outcomes:?} at {now_ms}");
    }

    #[test]
    fn a_resolver_that_fails_three_times_rests_ever_longer() {
        use Outcome::{Answered, Failed, Unanswered};
        check_rest(&[Failed, Failed], 1_000, false);
        check_rest(&[Failed, Failed, Failed], 1_999, true);
        check_rest(&[Failed, Failed, Failed], 2_000, false);
        check_rest(&[Failed; 4], 2_999, true);
        check_rest(&[Failed; 4], 3_000, false);
        check_rest(&[Failed; 99], 60_999, true);
        check_rest(&[Failed; 99], 61_000, false);
        check_rest(&[Failed, Failed, Answered(9), Failed], 1_000, false);
        check_rest(&[Unanswered(90); 3], 1_000, true);
        check_rest(&[Unanswered(40); 3], 1_000, false);
    }

    #[test]
    fn when_its_rest_is_over_one_lookup_tries_it() {
        let mut resolvers = after(&[Outcome::Failed; 3], 0);
        assert!(!resolvers.outlook(1_000).resting[0]);
        assert!(resolvers.outlook(1_001).resting[0]);
        resolvers.learn(&[observed(0, Outcome::Answered(9))], 0, 1_010);
        assert!(!resolvers.outlook(1_011).resting[0]);
        assert!(resolvers.sound().all(|sound| sound));
    }

    #[test]
    fn hedges_are_set_aside_and_come_back() {
        let mut resolvers = Resolvers::new(2, 80);
        let hedges = |resolvers: &mut Resolvers| resolvers.outlook(0).hedges;
        assert_eq!([0; 4].map(|_| hedges(&mut resolvers)), [3, 3, 2, 0]);
        resolvers.learn(&[], 2, 0);
        assert_eq!(hedges(&mut resolvers), 2);
        let twenty = [observed(0, Outcome::Answered(9)); 20];
        resolvers.learn(&twenty[..19], 0, 0);
        assert_eq!(hedges(&mut resolvers), 0);
        resolvers.learn(&twenty[..1], 0, 0);
        assert_eq!(hedges(&mut resolvers), 1);
    }

    proptest! {
        /// Whatever the lookups do with what they get, in whatever order they end.
        #[test]
        fn hedges_are_never_more_than_five_in_a_hundred_and_the_first_eight(
            lookups in proptest::collection::vec((0u32..13, 0u32..4, any::<bool>()), 1..400)
        ) {
            let mut resolvers = Resolvers::new(2, 80);
            let (mut queries, mut hedges) = (0, 0);
            let mut open = Vec::new();
            for (asked, wanted, ends) in lookups {
                let allowed = resolvers.outlook(0).hedges;
                let sent = wanted.min(allowed);
                hedges += sent;
                queries += asked;
                open.push((asked, allowed - sent));
                if ends {
                    for (asked, left) in open.drain(..) {
                        let seen = vec![observed(0, Outcome::Answered(9)); asked as usize];
                        resolvers.learn(&seen, left, 0);
                    }
                }
            }
            prop_assert!(hedges <= MAX_HEDGES + queries / QUERIES_A_HEDGE);
        }

        /// Any experience leaves an outlook that a lookup can work with.
        #[test]
        fn an_outlook_is_always_within_bounds(
            outcomes in proptest::collection::vec((0usize..4, 0u64..2_000, 0u8..3), 0..300)
        ) {
            let mut resolvers = Resolvers::new(3, 80);
            for (now_ms, (resolver, ms, kind)) in (0..).zip(outcomes) {
                let outcome = match kind {
                    0 => Outcome::Answered(ms),
                    1 => Outcome::Unanswered(ms),
                    _ => Outcome::Failed,
                };
                resolvers.learn(&[observed(resolver, outcome)], 0, now_ms);
                let outlook = resolvers.outlook(now_ms);
                prop_assert!(outlook.hedge_ms.iter().all(|ms| HEDGES_MS.contains(ms)));
                prop_assert_eq!((outlook.hedge_ms.len(), outlook.resting.len()), (3, 3));
            }
        }
    }
}
