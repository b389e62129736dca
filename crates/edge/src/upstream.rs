//! DNS over HTTPS with the platform's `fetch`: drives [`mailproof_dns::Lookup`].

use std::cell::RefCell;

use mailproof_dns::{DomainName, Finding, Lookup, Resolvers, Step};
use worker::Date;

use crate::config::Config;
use crate::conversation::Conversation;

/// Of the deadline a twentieth is kept for the request's own way and for timers that ring late:
/// the answer is to be there by then, not on its way.
const RESERVE: u64 = 20;

thread_local! {
    /// An isolate has one thread and one configuration.
    static SEEN: RefCell<Option<Resolvers>> = const { RefCell::new(None) };
}

/// Finds out where the domain's mail goes. Ends by the deadline at the latest; what is then
/// still under way is broken off.
pub(crate) async fn look_up(name: DomainName, config: &Config) -> Finding {
    let start = Date::now().as_millis();
    let now_ms = || Date::now().as_millis().saturating_sub(start);
    let outlook = seen(config, |resolvers| resolvers.outlook(start));
    let mut settings = config.settings.clone();
    settings.deadline_ms = settings
        .deadline_ms
        .saturating_sub(settings.deadline_ms / RESERVE);
    let lookup = Lookup::new(name, settings, 0);
    let mut lookup = lookup.with_outlook(outlook);
    let mut conversation = Conversation::new();
    loop {
        match lookup.step(now_ms()) {
            Step::Done(finding) => {
                let (observations, hedges_left) = lookup.observations(now_ms());
                let end = start.saturating_add(now_ms());
                seen(config, |it| it.learn(&observations, hedges_left, end));
                return finding;
            }
            Step::Send(query) => {
                // A query names a resolver of the configuration that it was made from.
                if let Some(endpoint) = config.resolvers.get(query.resolver) {
                    conversation.ask(query.id, &endpoint.url_for(&query.message));
                }
            }
            Step::Wait { until_ms } => {
                let wait_ms = until_ms.saturating_sub(now_ms());
                if let Some(answered) = conversation.next(wait_ms).await {
                    lookup.answer(answered.id, answered.reply(), now_ms());
                }
            }
        }
    }
}

/// For each resolver, whether it answers as far as this isolate has seen.
pub(crate) fn sound(config: &Config) -> Vec<bool> {
    seen(config, |resolvers| resolvers.sound().collect())
}

/// Works with what this isolate has seen of the resolvers.
fn seen<T>(config: &Config, work: impl FnOnce(&mut Resolvers) -> T) -> T {
    SEEN.with_borrow_mut(|seen| {
        let settings = &config.settings;
        let count = settings.resolvers.len();
        work(seen.get_or_insert_with(|| Resolvers::new(count, settings.hedge_ms)))
    })
}
