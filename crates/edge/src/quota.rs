//! How much one network may ask for on one site, as far as this isolate has seen.
//!
//! Only what costs somebody something counts: a look-up by resolvers and a signature. What is
//! in memory is given out without counting. Pure: the clock enters as milliseconds since 1970.

use std::num::NonZeroUsize;

use lru::LruCache;

use crate::answer::Answer;

/// Networks counted at once. With about 100 octets each this is nothing; who is pushed out by
/// 4,096 others begins anew.
const CAPACITY: NonZeroUsize = NonZeroUsize::new(4_096).unwrap();
/// The name of the policy in the header fields.
const NAME: &str = "client";

/// How much in how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Policy {
    pub(crate) limit: u32,
    pub(crate) window_s: u32,
}

/// Where a network stands after it was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quota {
    pub(crate) policy: Policy,
    /// What is left, as far as this isolate knows.
    remaining: u32,
    /// Seconds until all is there again.
    reset_s: u32,
}

/// The networks that asked of late.
pub(crate) struct Quotas {
    spent: LruCache<String, Spent>,
}

#[derive(Clone, Copy)]
struct Spent {
    window: u64,
    count: u32,
}

impl Policy {
    /// Largest limit that is taken.
    const MAX_LIMIT: u32 = 1_000_000;

    /// Reads `limit/seconds`. The platform's own limiter knows windows of 10 and 60 seconds
    /// only, and this must say what that does.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (limit, window_s) = text.trim().split_once('/')?;
        let number = |text: &str| {
            let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
            is_plain.then(|| text.parse::<u32>().ok()).flatten()
        };
        let (limit, window_s) = (number(limit)?, number(window_s)?);
        let is_good = (1..=Self::MAX_LIMIT).contains(&limit) && matches!(window_s, 10 | 60);
        is_good.then_some(Self { limit, window_s })
    }
}

impl Quotas {
    pub(crate) fn new() -> Self {
        Self {
            spent: LruCache::new(CAPACITY),
        }
    }

    /// Counts one more for `key`, or says that there is nothing left.
    pub(crate) fn spend(&mut self, key: &str, policy: Policy, now_ms: u64) -> Result<Quota, Quota> {
        let window_ms = u64::from(policy.window_s).saturating_mul(1_000);
        let window = now_ms.checked_div(window_ms).unwrap_or_default();
        let into_ms = now_ms.checked_rem(window_ms).unwrap_or_default();
        let reset_s = window_ms.saturating_sub(into_ms).div_ceil(1_000);
        let spent = self.spent.get(key).filter(|spent| spent.window == window);
        let count = spent.map_or(0, |spent| spent.count);
        let quota = |remaining| Quota {
            policy,
            remaining,
            reset_s: u32::try_from(reset_s).unwrap_or(policy.window_s),
        };
        let Some(left) = policy
            .limit
            .checked_sub(count)
            .and_then(|left| left.checked_sub(1))
        else {
            return Err(quota(0));
        };
        let count = count.saturating_add(1);
        self.spent.put(key.to_owned(), Spent { window, count });
        Ok(quota(left))
    }
}

impl Quota {
    /// One that is used up.
    #[cfg(any(test, fuzzing))]
    pub(crate) const EXAMPLE: Self = Self {
        policy: Policy {
            limit: 3,
            window_s: 10,
        },
        remaining: 0,
        reset_s: 10,
    };

    /// The same when the platform's limiter, which sees all isolates, says that nothing is
    /// left. It does not say for how long.
    pub(crate) fn exhausted(self) -> Self {
        Self {
            remaining: 0,
            reset_s: self.policy.window_s,
            ..self
        }
    }

    pub(crate) fn retry_after_s(self) -> u32 {
        self.reset_s
    }

    /// The answer with the fields of draft-ietf-httpapi-ratelimit-headers, in the syntax of
    /// its 8th version and later.
    pub(crate) fn mark(self, answer: Answer) -> Answer {
        let Policy { limit, window_s } = self.policy;
        let (remaining, reset_s) = (self.remaining, self.reset_s);
        answer
            .with(
                "ratelimit-policy",
                format!("\"{NAME}\";q={limit};w={window_s}"),
            )
            .with("ratelimit", format!("\"{NAME}\";r={remaining};t={reset_s}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: Policy = Quota::EXAMPLE.policy;

    /// What is left after each of five at `now_ms`; `None` where nothing was.
    fn spend_five(quotas: &mut Quotas, key: &str, now_ms: u64) -> Vec<Option<u32>> {
        let spend = |_| quotas.spend(key, POLICY, now_ms);
        let outcomes = (0..5).map(spend);
        outcomes.map(|it| it.ok().map(|it| it.remaining)).collect()
    }

    #[test]
    fn who_has_spent_all_waits_for_the_next_window() {
        let mut quotas = Quotas::new();
        let once = vec![Some(2), Some(1), Some(0), None, None];
        assert_eq!(spend_five(&mut quotas, "a|198.51.100.0", 12_000), once);
        let refused = quotas.spend("a|198.51.100.0", POLICY, 12_001);
        assert_eq!(refused.map_err(Quota::retry_after_s), Err(8));
        assert_eq!(spend_five(&mut quotas, "a|198.51.100.0", 19_999), [None; 5]);
        assert_eq!(spend_five(&mut quotas, "a|198.51.100.0", 20_000), once);
    }

    #[test]
    fn a_noisy_neighbour_takes_nothing_from_others() {
        let mut quotas = Quotas::new();
        spend_five(&mut quotas, "a|198.51.100.0", 0);
        for other in ["b|198.51.100.0", "a|203.0.113.0", "a|2001:db8:1:2::"] {
            assert_eq!(spend_five(&mut quotas, other, 0)[0], Some(2), "{other}");
        }
    }

    #[test]
    fn it_is_bounded() {
        let mut quotas = Quotas::new();
        for key in 0..3 * CAPACITY.get() {
            assert!(quotas.spend(&key.to_string(), POLICY, 0).is_ok());
        }
        assert_eq!(quotas.spent.len(), CAPACITY.get());
    }

    #[test]
    fn it_is_told_in_header_fields() {
        let quota = Quotas::new().spend("a", POLICY, 12_000).unwrap();
        let answer = quota.mark(Answer::empty(200));
        assert_eq!(
            answer.header("ratelimit-policy"),
            Some("\"client\";q=3;w=10")
        );
        assert_eq!(answer.header("ratelimit"), Some("\"client\";r=2;t=8"));
        let answer = quota.exhausted().mark(Answer::empty(429));
        assert_eq!(answer.header("ratelimit"), Some("\"client\";r=0;t=10"));
    }

    #[track_caller]
    fn check(text: &str, expected: Option<(u32, u32)>) {
        let found = Policy::parse(text).map(|it| (it.limit, it.window_s));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_policy_is_a_limit_and_a_window() {
        check("300/60", Some((300, 60)));
        check(" 5/10 ", Some((5, 10)));
        for text in [
            "",
            "300",
            "0/60",
            "300/30",
            "+3/60",
            "-3/60",
            "3/60/1",
            "9999999/60",
            "a/b",
        ] {
            check(text, None);
        }
    }
}
