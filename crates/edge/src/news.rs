//! What is known of a domain: from memory, from the data centre's cache, or from DNS.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use mailproof_dns::DomainName;
use worker::{Context, Date, Delay};

use crate::answer::{Answer, Keep};
use crate::config::Config;
use crate::fixed;
use crate::guard::Guard;
use crate::kept::Kept;
use crate::limiter::Asker;
use crate::memory::{Memory, Recall};
use crate::problem::Problem;
use crate::quota::Quota;
use crate::report::pack;
use crate::shared_cache;
use crate::upstream;

/// How often a request looks whether another one's look-up has ended. The platform lets no
/// request wait for what another one awaits, so each waits on a clock of its own.
const GLANCE: Duration = Duration::from_millis(5);

thread_local! {
    /// An isolate has one thread.
    static MEMORY: RefCell<Memory> = RefCell::new(Memory::new());
    static GUARD: RefCell<Guard> = RefCell::new(Guard::new());
}

/// The report of one domain, as of now.
pub(crate) struct News {
    pub(crate) kept: Rc<Kept>,
    pub(crate) now_ms: u64,
    /// 0 where nobody had to be asked or waited for.
    pub(crate) took_ms: u64,
    /// Where the asker stands after a look-up that counted.
    pub(crate) quota: Option<Quota>,
}

impl News {
    /// The HTTP answer for one who has the reports of `if_none_match` already.
    pub(crate) fn answer(&self, if_none_match: Option<&str>) -> Answer {
        let answer = self.kept.answer(if_none_match, self.now_ms, self.took_ms);
        match self.quota {
            Some(quota) => quota.mark(answer),
            None => answer,
        }
    }

    /// The same with a token, for one asker only.
    pub(crate) fn answer_with_token(&self, token: &str) -> Answer {
        let body = self.kept.report.body_with_token(self.took_ms, token);
        Answer::text(200, "application/json", Keep::Nothing, body)
    }

    /// The report as JSON.
    pub(crate) fn body(&self) -> String {
        self.kept.report.body(self.took_ms)
    }
}

/// Finds out about a domain, once however many ask at the same time.
///
/// # Errors
/// Too much was asked for: below one registered domain, or by one network.
pub(crate) async fn of(
    name: &DomainName,
    asker: &Asker<'_>,
    config: &Config,
    context: &Context,
) -> Result<News, Problem> {
    let begun = Date::now().as_millis();
    let deadline_ms = config.settings.deadline_ms;
    if let Some(finding) = fixed::finding(name) {
        let kept = Rc::new(Kept::found(name, finding, None, begun));
        return Ok(News {
            kept,
            now_ms: begun,
            took_ms: 0,
            quota: None,
        });
    }
    loop {
        let now_ms = Date::now().as_millis();
        let took_ms = now_ms.saturating_sub(begun);
        let recall = MEMORY.with_borrow_mut(|memory| memory.recall(name, now_ms, deadline_ms));
        let kept = match recall {
            Recall::Fresh(kept) => kept,
            Recall::UnderWay if took_ms >= deadline_ms => Rc::new(Kept::timed_out(name)),
            Recall::UnderWay => {
                Delay::from(GLANCE).await;
                continue;
            }
            Recall::Ask { previous } => {
                return ask(name, previous, begun, asker, config, context).await;
            }
        };
        return Ok(News {
            kept,
            now_ms,
            took_ms,
            quota: None,
        });
    }
}

/// The report of a domain that this isolate remembers.
pub(crate) fn remembered(name: &DomainName, now_ms: u64) -> Option<News> {
    let kept = MEMORY.with_borrow_mut(|memory| memory.fresh(name, now_ms))?;
    Some(News {
        kept,
        now_ms,
        took_ms: 0,
        quota: None,
    })
}

/// The report of a domain that there was no time to ask about.
pub(crate) fn nobody_asked(name: &DomainName) -> News {
    News {
        kept: Rc::new(Kept::timed_out(name)),
        now_ms: 0,
        took_ms: 0,
        quota: None,
    }
}

/// Asks beyond the isolate, and remembers.
async fn ask(
    name: &DomainName,
    previous: Option<Rc<Kept>>,
    begun: u64,
    asker: &Asker<'_>,
    config: &Config,
    context: &Context,
) -> Result<News, Problem> {
    let shared = shared_cache::find(name).await;
    let shared = shared.map(|stored| Rc::new(Kept::restored(name, stored)));
    let now_ms = Date::now().as_millis();
    let (kept, now_ms, quota) = match shared {
        Some(shared) if shared.is_fresh(now_ms) => (shared, now_ms, None),
        shared => {
            let quota = match admit(name, asker, now_ms).await {
                Ok(quota) => quota,
                Err(problem) => {
                    // Another request may lead the look-up.
                    MEMORY.with_borrow_mut(|memory| memory.release(name));
                    return Err(problem);
                }
            };
            let finding = upstream::look_up(name.clone(), config).await;
            let now_ms = Date::now().as_millis();
            let previous = shared.or(previous);
            let kept = Kept::found(name, finding, previous.as_deref(), now_ms);
            shared_cache::store(name, &kept, now_ms, context);
            (Rc::new(kept), now_ms, quota)
        }
    };
    MEMORY.with_borrow_mut(|memory| memory.keep(name, Rc::clone(&kept)));
    Ok(News {
        kept,
        now_ms,
        took_ms: now_ms.saturating_sub(begun),
        quota,
    })
}

/// Whether the look-up may happen.
async fn admit(
    name: &DomainName,
    asker: &Asker<'_>,
    now_ms: u64,
) -> Result<Option<Quota>, Problem> {
    let domain = name.as_str();
    let registrable = pack().and_then(|pack| pack.registrable_domain(domain));
    GUARD.with_borrow_mut(|guard| guard.admit(domain, registrable, now_ms))?;
    asker.spend().await.map_err(Problem::TooManyRequests)
}
