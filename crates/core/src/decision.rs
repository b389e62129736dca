//! From facts to the result, the advice and the score: what a policy decides.
#![expect(clippy::indexing_slicing, reason = "places below the length")]

use crate::policy::{Effect, Weighed};
use crate::{Advice, Deliverability, Group, Level, Reason};
use alloc::vec::Vec;

/// What a policy makes of a set of facts.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) result: Deliverability,
    pub(crate) level: Level,
    pub(crate) advice: Advice,
    pub(crate) score: u8,
    pub(crate) reason: Reason,
}

/// Sorts `reasons` (each once, then most serious first) and decides. Where nothing says that
/// mail is taken, [`Reason::Offline`] joins them: nobody asked DNS.
pub(crate) fn decide(reasons: &mut Vec<Reason>, policy: Weighed<'_>) -> Decision {
    let silent = |reason: &Reason| {
        matches!(policy.effect(*reason), Effect::Information | Effect::Risky)
            && !tells_of_delivery(*reason)
    };
    if reasons.iter().all(silent) {
        reasons.push(Reason::Offline);
    }
    sort(reasons, |reason| {
        (seriousness(policy.effect(reason)), reason)
    });
    let reason = reasons.first().copied().unwrap_or(Reason::Offline);
    let effect = policy.effect(reason);
    let (result, advice) = effect.outcome();
    let overridden = matches!(effect, Effect::Allows);
    let caps = reasons.iter().map(|reason| policy.highest_score(*reason));
    let score = if overridden {
        100
    } else {
        caps.min().unwrap_or(50)
    };
    Decision {
        result,
        level: level(reasons, policy),
        advice,
        score,
        reason,
    }
}

/// Sorts by insertion: there are a dozen reasons at most, and the standard library's sorts
/// would be a tenth of the core in the page.
fn sort<K: Ord>(reasons: &mut [Reason], key: impl Fn(Reason) -> K) {
    for end in 1..reasons.len() {
        let mut place = end;
        while place > 0 && key(reasons[place]) < key(reasons[place - 1]) {
            reasons.swap(place, place - 1);
            place -= 1;
        }
    }
}

/// Whether a fact answers where mail to the address would end.
fn tells_of_delivery(reason: Reason) -> bool {
    matches!(reason.group(), Group::Dns | Group::Mailbox | Group::Service)
        && !matches!(reason, Reason::MxCname | Reason::MxProvider)
}

impl Effect {
    /// The result and the advice where no fact is more serious.
    pub fn outcome(self) -> (Deliverability, Advice) {
        match self {
            Self::Allows | Self::Accepts => (Deliverability::Deliverable, Advice::Accept),
            Self::Risky => (Deliverability::Risky, Advice::Confirm),
            Self::Undeliverable | Self::Blocks => (Deliverability::Undeliverable, Advice::Reject),
            // Nobody could tell: that is never held against the visitor.
            Self::Unknown | Self::Information => (Deliverability::Unknown, Advice::Accept),
        }
    }
}

/// Least first. An owner's word comes before everything but text that is no address.
fn seriousness(effect: Effect) -> u8 {
    match effect {
        Effect::Blocks => 0,
        Effect::Undeliverable => 2,
        Effect::Allows => 1,
        Effect::Risky => 3,
        Effect::Unknown => 4,
        Effect::Accepts => 5,
        Effect::Information => 6,
    }
}

fn level(reasons: &[Reason], policy: Weighed<'_>) -> Level {
    let answered = |group: Group| {
        let told = |effect| !matches!(effect, Effect::Unknown | Effect::Information);
        reasons
            .iter()
            .any(|reason| reason.group() == group && told(policy.effect(*reason)))
    };
    if answered(Group::Mailbox) {
        Level::Mailbox
    } else if answered(Group::Dns) {
        Level::Domain
    } else {
        Level::Syntax
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Policy;

    #[track_caller]
    fn check(facts: &[Reason], result: Deliverability, reason: Reason, score: u8) {
        let mut reasons = facts.to_vec();
        let decision = decide(&mut reasons, Policy::FORM.weighed(false));
        assert_eq!(
            (decision.result, decision.reason, decision.score),
            (result, reason, score)
        );
    }

    #[test]
    fn the_most_serious_fact_decides() {
        use Deliverability::{Deliverable, Risky, Undeliverable, Unknown};
        check(&[], Unknown, Reason::Offline, 70);
        check(&[Reason::Role, Reason::Free], Unknown, Reason::Offline, 70);
        check(
            &[Reason::Free, Reason::AcceptsMail],
            Deliverable,
            Reason::AcceptsMail,
            100,
        );
        check(
            &[Reason::AcceptsMail, Reason::Disposable],
            Risky,
            Reason::Disposable,
            20,
        );
        check(
            &[Reason::DnsTimeout, Reason::Role],
            Unknown,
            Reason::DnsTimeout,
            60,
        );
        check(
            &[Reason::Disposable, Reason::NullMx],
            Undeliverable,
            Reason::NullMx,
            0,
        );
        check(
            &[Reason::Disposable, Reason::Allowed],
            Deliverable,
            Reason::Allowed,
            100,
        );
    }

    #[test]
    fn what_says_nothing_of_delivery_leaves_the_question_open() {
        for (fact, is_open) in [
            (Reason::Disposable, true),
            (Reason::MxCname, true),
            (Reason::MxProvider, true),
            (Reason::MxIsIp, false),
            (Reason::AcceptAll, false),
            (Reason::DnsTimeout, false),
        ] {
            let mut reasons = vec![fact];
            decide(&mut reasons, Policy::FORM.weighed(false));
            assert_eq!(reasons.contains(&Reason::Offline), is_open, "{fact:?}");
        }
    }

    #[test]
    fn no_information_lowers_a_result() {
        let decide =
            |reasons: &[Reason]| decide(&mut reasons.to_vec(), Policy::FORM.weighed(false));
        for base in [Reason::AcceptsMail, Reason::DnsTimeout, Reason::Disposable] {
            let alone = decide(&[base]);
            for reason in Reason::ALL {
                if Policy::FORM.effect(*reason) == Effect::Information {
                    assert_eq!(decide(&[*reason, base]), alone);
                }
            }
        }
    }
}
