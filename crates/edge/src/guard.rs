//! A bound on the look-ups below one registered domain.
//!
//! Whoever asks for one invented subdomain after the other gets past every cache, and would
//! have us flood the name servers of that domain. Names that somebody registered are not
//! counted, only those below them.
//!
//! Pure: the clock enters as milliseconds since 1970.

use std::num::NonZeroUsize;

use lru::LruCache;

/// Registered domains whose subdomains are counted at once.
const CAPACITY: NonZeroUsize = NonZeroUsize::new(1_024).unwrap();
/// Subdomains that may be looked up in a row: more than any organisation has mail domains.
const BURST: u64 = 100;
/// Milliseconds after which one more may be.
const REFILL_MS: u64 = 1_000;

/// The registered domains asked below of late.
pub(crate) struct Guard {
    /// When each bucket is full again.
    full_at_ms: LruCache<String, u64>,
}

/// Too many; how many seconds to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) retry_after_s: u32,
}

impl Guard {
    pub(crate) fn new() -> Self {
        Self {
            full_at_ms: LruCache::new(CAPACITY),
        }
    }

    /// Whether `domain`, registered as or below `registrable`, may be looked up now.
    pub(crate) fn admit(
        &mut self,
        domain: &str,
        registrable: Option<&str>,
        now_ms: u64,
    ) -> Result<(), Refused> {
        let Some(registrable) = registrable.filter(|registrable| *registrable != domain) else {
            return Ok(());
        };
        let full_at_ms = self.full_at_ms.get(registrable).copied().unwrap_or(0);
        let full_at_ms = full_at_ms.max(now_ms).saturating_add(REFILL_MS);
        let over_ms = full_at_ms
            .saturating_sub(now_ms)
            .saturating_sub(BURST * REFILL_MS);
        if over_ms > 0 {
            let retry_after_s = u32::try_from(over_ms.div_ceil(1_000)).unwrap_or(u32::MAX);
            return Err(Refused { retry_after_s });
        }
        self.full_at_ms.put(registrable.to_owned(), full_at_ms);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of `count` subdomains are admitted at `now_ms`.
    fn admitted(guard: &mut Guard, parent: &str, count: usize, now_ms: u64) -> usize {
        let ask = |index| guard.admit(&format!("r{index}.{parent}"), Some(parent), now_ms);
        (0..count).flat_map(ask).count()
    }

    #[test]
    fn ten_thousand_invented_names_are_a_hundred_look_ups() {
        let mut guard = Guard::new();
        assert_eq!(admitted(&mut guard, "shop.net", 10_000, 5_000), 100);
        assert_eq!(admitted(&mut guard, "bakery.net", 50, 5_000), 50);
        let again = guard.admit("a.shop.net", Some("shop.net"), 5_000);
        assert_eq!(again, Err(Refused { retry_after_s: 1 }));
        assert_eq!(admitted(&mut guard, "shop.net", 100, 8_000), 3);
        assert_eq!(admitted(&mut guard, "shop.net", 200, 500_000), 100);
    }

    #[test]
    fn registered_names_are_never_refused() {
        let mut guard = Guard::new();
        for _ in 0..1_000 {
            assert_eq!(guard.admit("shop.net", Some("shop.net"), 0), Ok(()));
            assert_eq!(guard.admit("net", None, 0), Ok(()));
        }
    }
}
