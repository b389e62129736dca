//! Mailproof at the edge: a Cloudflare Worker that answers for domains.
//!
//! `GET /v1/domains/{a-label}` asks DNS over HTTPS where the domain's mail goes and gives a
//! [`DomainReport`](mailproof_core::DomainReport); `POST /v1/domains` does so for up to 50.
//! `POST /v1/verify` gives servers that hold a key the whole
//! [`Verdict`](mailproof_core::Verdict) about an address. `GET /healthz` says whether the
//! Worker is well configured. Everything else is a static asset. `docs/edge.md` has the whole.
//!
//! But for `verify` it never sees a local part: there is nowhere to put one, and a request
//! with an `@` in its URL is refused. It keeps what it found of domains, and nothing of who
//! asked; it logs codes and places alone ([`log`]), and echoes no input in a problem
//! document. What is about DNS stands in `mailproof-dns`, what is about verdicts in
//! `mailproof-core`; of this crate's files only `lib`, `batch`, `binding`, `body`,
//! `conversation`, `limiter`, `news`, `panic_log`, `remembered`, `shared_cache`, `signer`,
//! `upstream` and `verify` know the platform.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects,
        clippy::panic,
        clippy::unreachable,
        clippy::todo,
        clippy::unimplemented
    )
)]

mod answer;
mod api_key;
mod batch;
mod binding;
mod body;
mod client;
mod config;
mod conversation;
mod cors;
mod fixed;
mod format;
mod guard;
mod health;
mod kept;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod laws;
mod limiter;
mod log;
mod memory;
mod news;
#[cfg(test)]
mod openapi;
mod panic_log;
mod parameters;
mod plan;
mod problem;
mod quota;
mod remembered;
mod report;
mod route;
mod shared_cache;
mod signer;
mod signing_key;
mod token;
mod upstream;
mod verify;

use std::sync::OnceLock;

use mailproof_dns::DomainName;
use worker::{Context, Env, Request, Response, Result, console_error, event};

use crate::answer::Answer;
use crate::batch::Batch;
use crate::client::Network;
use crate::config::{Config, ConfigError};
use crate::limiter::Asker;
use crate::log::Event;
use crate::plan::{Incoming, Plan};
use crate::problem::Problem;
use crate::token::Claim;
use crate::verify::Inquiry;

/// Read once an instance: variables do not change under a running Worker.
static CONFIG: OnceLock<std::result::Result<Config, ConfigError>> = OnceLock::new();

/// What the platform's own errors say may quote a request, so it is neither logged nor told.
#[event(fetch)]
async fn fetch(request: Request, env: Env, context: Context) -> Result<Response> {
    panic_log::install();
    let Ok(response) = answer(request, env, context).await else {
        console_error!("{}", Event::InternalError { kind: "platform" }.line());
        return respond(Problem::InternalError.answer());
    };
    Ok(response)
}

async fn answer(mut request: Request, env: Env, context: Context) -> Result<Response> {
    let header = |name| request.headers().get(name).ok().flatten();
    let incoming = Incoming {
        method: request.inner().method(),
        url: request.inner().url(),
        origin: header("origin"),
        if_none_match: header("if-none-match"),
        authorization: header("authorization"),
        // Its end is forgotten here: nothing behind this line knows who asks.
        network: header("cf-connecting-ip").and_then(|address| Network::of(&address)),
    };
    let config = CONFIG.get_or_init(|| read_config(&env));
    let page = |config| Asker::page(&env, config, incoming.origin.as_deref(), incoming.network);
    let answer = match plan::plan(&incoming, config) {
        Plan::Assets => return env.assets("ASSETS")?.fetch_request(request).await,
        Plan::Answer(answer) => answer,
        Plan::Verify(format, config) => {
            let asker = Asker::server(&env, config);
            let inquiry = body::read_json::<Inquiry>(&mut request, verify::MAX_BODY).await;
            // Not for pages: no origin may read it.
            return respond(match inquiry {
                Ok(inquiry) => inquiry.answer(format, &asker, config, &context).await,
                Err(problem) => problem.answer(),
            });
        }
        Plan::Domains(config) => {
            match body::read_json::<Batch>(&mut request, batch::MAX_BODY).await {
                Ok(batch) => batch.answer(&page(config), config, &context).await,
                Err(problem) => problem.answer(),
            }
        }
        Plan::Health(config) => health::answer(upstream::sound(config)),
        Plan::SignedDomain(name, claim, config) => {
            let asker = page(config);
            let signed = signed(&name, &claim, &asker, config, &context);
            signed.await.unwrap_or_else(Problem::answer)
        }
        Plan::Domain(name, config) => {
            let has = incoming.if_none_match.as_deref();
            match news::of(&name, &page(config), config, &context).await {
                Ok(news) => news.answer(has),
                Err(problem) => problem.answer(),
            }
        }
    };
    let origins = config
        .as_ref()
        .map(|config| &config.origins)
        .unwrap_or_default();
    respond(origins.mark(answer, incoming.origin.as_deref()))
}

/// The configuration, checked; what cannot be used is logged once an instance.
fn read_config(env: &Env) -> std::result::Result<Config, ConfigError> {
    let config = Config::read(binding::variables(env));
    if let Err(ConfigError { variable }) = config {
        console_error!("{}", Event::ConfigurationInvalid { variable }.line());
    }
    config
}

async fn signed(
    name: &DomainName,
    claim: &Claim,
    asker: &Asker<'_>,
    config: &Config,
    context: &Context,
) -> std::result::Result<Answer, Problem> {
    let news = news::of(name, asker, config, context).await?;
    asker.spend().await.map_err(Problem::TooManyRequests)?;
    let token = match config.signing_keys.current() {
        Some(key) => signer::sign(claim, name, &news, key).await,
        None => None,
    };
    let Some(token) = token else {
        console_error!("{}", Event::SigningUnavailable.line());
        return Err(Problem::SigningUnavailable);
    };
    Ok(news.answer_with_token(&token))
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
