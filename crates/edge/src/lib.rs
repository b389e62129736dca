//! Mailproof at the edge: a Cloudflare Worker that answers for domains.
//!
//! `GET /v1/domains/{a-label}` asks DNS over HTTPS where the domain's mail goes and gives a
//! [`DomainReport`](mailproof_core::DomainReport). `GET /healthz` says whether the Worker is
//! well configured. Everything else is a static asset.
//!
//! It never sees a local part: there is nowhere to put one, and a request with an `@` in it
//! is refused. It keeps what it found of domains, and nothing of who asked; it logs nothing,
//! and echoes no input in a problem document. What is about DNS stands in `mailproof-dns`,
//! what is about verdicts in `mailproof-core`; of this crate's files only `lib`, `binding`,
//! `news`, `shared_cache` and `upstream` know the platform.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic
    )
)]

mod answer;
mod binding;
mod config;
mod cors;
mod fixed;
mod kept;
mod memory;
mod news;
mod plan;
mod problem;
mod report;
mod shared_cache;
mod upstream;

use std::sync::OnceLock;

use worker::{Context, Env, Request, Response, Result, event};

use crate::answer::Answer;
use crate::config::{Config, ConfigError};
use crate::plan::{Incoming, Plan};

/// Read once an instance: variables do not change under a running Worker.
static CONFIG: OnceLock<std::result::Result<Config, ConfigError>> = OnceLock::new();

#[event(fetch)]
async fn fetch(request: Request, env: Env, context: Context) -> Result<Response> {
    let header = |name| request.headers().get(name).ok().flatten();
    let incoming = Incoming {
        method: request.inner().method(),
        url: request.inner().url(),
        origin: header("origin"),
        if_none_match: header("if-none-match"),
    };
    let config = CONFIG.get_or_init(|| Config::read(binding::variables(&env)));
    let answer = match plan::plan(&incoming, config) {
        Plan::Assets => return env.assets("ASSETS")?.fetch_request(request).await,
        Plan::Answer(answer) => answer,
        Plan::LookUp(name, config) => {
            let news = news::of(&name, config, &context).await;
            news.answer(incoming.if_none_match.as_deref())
        }
    };
    let origins = config
        .as_ref()
        .map(|config| &config.origins)
        .unwrap_or_default();
    respond(origins.mark(answer, incoming.origin.as_deref()))
}

fn respond(answer: Answer) -> Result<Response> {
    let mut builder = Response::builder().with_status(answer.status);
    for (name, value) in answer.headers {
        builder = builder.with_header(name, &value)?;
    }
    match answer.body {
        Some(body) => Ok(builder.fixed(body.into_bytes())),
        None => Ok(builder.empty()),
    }
}
