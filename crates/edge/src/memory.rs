//! What the isolate remembers of domains: the most recent ones, and who is being asked about.
//!
//! Pure: the clock enters as milliseconds since 1970.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::rc::Rc;

use lru::LruCache;
use mailproof_dns::DomainName;

use crate::kept::Kept;

/// Domains remembered. With about 2 kB each this is a thirtieth of an isolate's 128 MB.
const CAPACITY: NonZeroUsize = NonZeroUsize::new(2_048).unwrap();
/// How long after a look-up's deadline it counts as lost: its request was cancelled.
const GRACE_MS: u64 = 100;

/// The most recently used domains, and the look-ups under way.
pub(crate) struct Memory {
    kept: LruCache<DomainName, Rc<Kept>>,
    /// Until when each look-up must have ended.
    under_way: HashMap<DomainName, u64>,
}

/// What is to be done about a domain.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Recall {
    /// Nothing: this is its report.
    Fresh(Rc<Kept>),
    /// Wait: another request asks already.
    UnderWay,
    /// Ask; the caller leads until it keeps or releases, or its time is over.
    Ask {
        /// What was known before, however old.
        previous: Option<Rc<Kept>>,
    },
}

impl Memory {
    pub(crate) fn new() -> Self {
        Self {
            kept: LruCache::new(CAPACITY),
            under_way: HashMap::new(),
        }
    }

    /// What still holds of the domain, for one who would not ask.
    pub(crate) fn fresh(&mut self, name: &DomainName, now_ms: u64) -> Option<Rc<Kept>> {
        let kept = self.kept.get(name);
        kept.filter(|kept| kept.is_fresh(now_ms)).map(Rc::clone)
    }

    /// Looks the domain up in memory; whoever gets [`Recall::Ask`] has `deadline_ms` to ask.
    pub(crate) fn recall(&mut self, name: &DomainName, now_ms: u64, deadline_ms: u64) -> Recall {
        let kept = self.kept.get(name);
        if let Some(kept) = kept.filter(|kept| kept.is_fresh(now_ms)) {
            return Recall::Fresh(Rc::clone(kept));
        }
        let previous = kept.map(Rc::clone);
        if self.under_way.get(name).is_some_and(|end| now_ms < *end) {
            return Recall::UnderWay;
        }
        let end = now_ms.saturating_add(deadline_ms).saturating_add(GRACE_MS);
        self.forget_lost(now_ms);
        self.under_way.insert(name.clone(), end);
        Recall::Ask { previous }
    }

    /// Remembers what was found and ends the look-up.
    pub(crate) fn keep(&mut self, name: &DomainName, kept: Rc<Kept>) {
        self.under_way.remove(name);
        self.kept.put(name.clone(), kept);
    }

    /// Ends the look-up without anything found.
    pub(crate) fn release(&mut self, name: &DomainName) {
        self.under_way.remove(name);
    }

    /// Look-ups whose requests were cancelled would otherwise stay for ever.
    fn forget_lost(&mut self, now_ms: u64) {
        if self.under_way.len() >= CAPACITY.get() {
            self.under_way.retain(|_, end| now_ms < *end);
        }
    }
}

#[cfg(test)]
mod tests {
    use mailproof_core::{Reason, Routing};
    use mailproof_dns::Finding;

    use super::*;

    fn name(text: &str) -> DomainName {
        DomainName::parse(text).unwrap()
    }

    fn kept(ttl_s: u32, now_ms: u64) -> Rc<Kept> {
        let mut routing = Routing::unavailable(Reason::AcceptsMail);
        routing.mx.found = Some(true);
        let finding = Finding {
            routing,
            ttl_s,
            queries: 1,
            name_server: None,
        };
        Rc::new(Kept::found(&name("shop.net"), finding, None, now_ms))
    }

    #[test]
    fn one_asks_and_the_others_wait() {
        let mut memory = Memory::new();
        let shop = name("shop.net");
        assert_eq!(memory.recall(&shop, 0, 800), Recall::Ask { previous: None });
        assert_eq!(memory.recall(&shop, 10, 800), Recall::UnderWay);
        assert_eq!(
            memory.recall(&name("bakery.net"), 10, 800),
            Recall::Ask { previous: None }
        );
        let found = kept(60, 20);
        memory.keep(&shop, Rc::clone(&found));
        assert_eq!(memory.recall(&shop, 30, 800), Recall::Fresh(found));
    }

    #[test]
    fn what_is_old_is_asked_about_again() {
        let mut memory = Memory::new();
        let shop = name("shop.net");
        let old = kept(60, 0);
        memory.keep(&shop, Rc::clone(&old));
        assert_eq!(
            memory.recall(&shop, 59_999, 800),
            Recall::Fresh(Rc::clone(&old))
        );
        assert_eq!(
            memory.recall(&shop, 60_000, 800),
            Recall::Ask {
                previous: Some(old)
            }
        );
    }

    #[test]
    fn a_lost_look_up_is_led_by_another() {
        let mut memory = Memory::new();
        let shop = name("shop.net");
        memory.recall(&shop, 0, 800);
        assert_eq!(memory.recall(&shop, 899, 800), Recall::UnderWay);
        assert_eq!(
            memory.recall(&shop, 900, 800),
            Recall::Ask { previous: None }
        );
    }

    #[test]
    fn who_does_not_ask_after_all_lets_another() {
        let mut memory = Memory::new();
        let shop = name("shop.net");
        memory.recall(&shop, 0, 800);
        memory.release(&shop);
        assert_eq!(memory.recall(&shop, 1, 800), Recall::Ask { previous: None });
    }

    #[test]
    fn it_is_bounded() {
        let mut memory = Memory::new();
        for index in 0..3 * CAPACITY.get() as u64 {
            let random = name(&format!("r{index}.net"));
            memory.recall(&random, index * 1_000, 800);
            if index % 2 == 0 {
                memory.keep(&random, kept(3_600, 0));
            }
        }
        assert_eq!(memory.kept.len(), CAPACITY.get());
        assert!(memory.under_way.len() <= CAPACITY.get());
    }
}
