//! The cache that all isolates of a data centre share (the platform's Cache API).
//!
//! It does nothing on `*.workers.dev`, and whatever goes wrong with it is no failure: then
//! nothing is found.

use mailproof_dns::DomainName;
use worker::{Cache, Context, Response};

use crate::kept::{Kept, Stored};

/// Where findings are filed: a name that no request can have, so that none can put anything
/// there, and the version of the form they are stored in.
const KEY: &str = "https://findings.mailproof.invalid/1/";

/// What is stored for the domain, fresh or stale.
pub(crate) async fn find(name: &DomainName) -> Option<Stored> {
    let found = Cache::default().get(key(name), false).await.ok()??;
    let mut response = found;
    let text = response.text().await.ok()?;
    serde_json::from_str(&text).ok()
}

/// Stores what is worth it, after the answer has gone out.
pub(crate) fn store(name: &DomainName, kept: &Kept, now_ms: u64, context: &Context) {
    let Some(stored) = kept.worth_storing() else {
        return;
    };
    let Ok(body) = serde_json::to_vec(stored) else {
        return;
    };
    let max_age = format!("max-age={}", stored.lifetime_s(now_ms));
    let builder = Response::builder().with_header("cache-control", &max_age);
    let Ok(builder) = builder else {
        return;
    };
    let (key, response) = (key(name), builder.fixed(body));
    context.wait_until(async move {
        let _ = Cache::default().put(key, response).await;
    });
}

fn key(name: &DomainName) -> String {
    [KEY, name.as_str()].concat()
}
