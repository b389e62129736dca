//! What of the bounded work is kept back from hedges. A hedge asks once more what somebody was
//! asked already; where queries are few it must not take the one that a second witness needs.

use std::ops::RangeInclusive;

use crate::answer::Content;
use crate::host::{Host, Target};
use crate::lookup::{Lookup, MAX_QUERIES};
use crate::question::Question;

/// Resolvers that must agree before news is bad.
const WITNESSES: usize = 2;

impl Lookup {
    /// Whether a hedge is sure to take nothing from a second witness: there is more left than bad
    /// news can need, or so little that it is out of reach already.
    pub(crate) fn can_spare_a_hedge(&self) -> bool {
        let left = MAX_QUERIES.saturating_sub(self.sent);
        !self.queries_to_confirm().contains(&left)
    }

    /// The fewest and the most queries, from here on, after which bad news is confirmed, if all
    /// that is under way is answered.
    fn queries_to_confirm(&self) -> RangeInclusive<usize> {
        let of_mx = self.mx.queries_to(WITNESSES);
        let targets = self.targets.iter().filter_map(Target::host);
        let hosts = self.own.iter().chain(targets);
        let of_hosts = hosts.map(Host::queries_to_confirm);
        let (fewest, most) = of_hosts.fold((of_mx, of_mx), |(fewest, most), host| {
            let (least, largest) = host.into_inner();
            (fewest.saturating_add(least), most.saturating_add(largest))
        });
        fewest..=most
    }
}

impl Host {
    fn queries_to_confirm(&self) -> RangeInclusive<usize> {
        if self.is_confirmed() {
            return 0..=0;
        }
        let to_witness = |witnesses| {
            let of_both = self.questions().map(|one| one.queries_to(witnesses));
            of_both.into_iter().fold(0, usize::saturating_add)
        };
        // Who hears that a name does not exist hears it for every type (RFC 8020): one query of
        // each kind is enough, if they go to two resolvers.
        let missing = to_witness(1).max(WITNESSES.saturating_sub(self.asked()));
        let empty = to_witness(WITNESSES);
        match (self.exists(), self.is_missing()) {
            (true, _) => empty..=empty,
            (false, true) => missing..=missing,
            (false, false) => missing..=empty,
        }
    }

    /// How many resolvers were asked and have not failed.
    fn asked(&self) -> usize {
        let attempts = self.questions().into_iter().flat_map(|one| &one.attempts);
        let useful = attempts.filter(|attempt| {
            let answer = attempt.answer.as_ref();
            !answer.is_some_and(|answer| matches!(answer.content, Content::Soft(_)))
        });
        let mut resolvers: Vec<usize> = useful.map(|attempt| attempt.resolver).collect();
        resolvers.sort_unstable();
        resolvers.dedup();
        resolvers.len()
    }
}

impl Question {
    /// How many queries are missing until `witnesses` agree, if all that is under way is answered
    /// alike.
    fn queries_to(&self, witnesses: usize) -> usize {
        witnesses.saturating_sub(self.expected_witnesses())
    }
}
