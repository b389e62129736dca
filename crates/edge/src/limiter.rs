//! Who asks, and whether they may: the isolate's own count, and behind it the platform's rate
//! limiter, which sees all isolates of a data centre.

use std::cell::RefCell;

use worker::{Date, Env};

use crate::client::Network;
use crate::config::Config;
use crate::quota::{Quota, Quotas};

/// The binding in `wrangler.toml`. Without it the isolate's own count is all there is.
const BINDING: &str = "RATE_LIMIT";

thread_local! {
    /// An isolate has one thread.
    static QUOTAS: RefCell<Quotas> = RefCell::new(Quotas::new());
}

/// On whose account a request is answered.
pub(crate) struct Asker<'r> {
    env: &'r Env,
    config: &'r Config,
    /// Site and network; `None` for whoever is not counted.
    key: Option<String>,
}

impl<'r> Asker<'r> {
    /// A page of `origin`, opened in `network`. Origins that are not on the allow-list count
    /// as one: anything but a browser sends the `Origin` it likes, and would else have a new
    /// account with each. Where the platform names no network, nobody is counted: that is
    /// a machine of one's own.
    pub(crate) fn page(
        env: &'r Env,
        config: &'r Config,
        origin: Option<&str>,
        network: Option<Network>,
    ) -> Self {
        let site = origin.filter(|origin| config.origins.lists(origin));
        let key = network.map(|network| format!("{}|{network}", site.unwrap_or("-")));
        Self { env, config, key }
    }

    /// A server that holds one of the owner's keys. The owner's own bill is no concern here.
    pub(crate) fn server(env: &'r Env, config: &'r Config) -> Self {
        let key = None;
        Self { env, config, key }
    }

    /// Counts one look-up or signature; `None` where nobody counts.
    ///
    /// # Errors
    /// Nothing is left.
    pub(crate) async fn spend(&self) -> Result<Option<Quota>, Quota> {
        let (Some(key), Some(policy)) = (&self.key, self.config.rate_limit) else {
            return Ok(None);
        };
        let now_ms = Date::now().as_millis();
        let quota = QUOTAS.with_borrow_mut(|quotas| quotas.spend(key, policy, now_ms))?;
        match self.env.rate_limiter(BINDING) {
            // A limiter that fails is no reason to refuse anybody.
            Ok(limiter) => match limiter.limit(key.clone()).await {
                Ok(outcome) if !outcome.success => Err(quota.exhausted()),
                _ => Ok(Some(quota)),
            },
            Err(_) => Ok(Some(quota)),
        }
    }
}
