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
//! asked; it logs nothing but the place of a panic, and echoes no input in a problem
//! document. What is about DNS stands in `mailproof-dns`, what is about verdicts in
//! `mailproof-core`; of this crate's files only `lib`, `batch`, `binding`, `body`,
//! `conversation`, `news`, `panic_log`, `remembered`, `shared_cache`, `signer`, `upstream` and
//! `verify` know the platform.
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
mod api_key;
mod batch;
mod binding;
mod body;
mod config;
mod conversation;
mod cors;
mod fixed;
mod guard;
mod health;
mod kept;
mod memory;
mod news;
#[cfg(test)]
mod openapi;
mod panic_log;
mod plan;
mod problem;
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
use worker::{Context, Env, Request, Response, Result, event};

use crate::answer::Answer;
use crate::batch::Batch;
use crate::config::{Config, ConfigError};
use crate::plan::{Incoming, Plan};
use crate::problem::Problem;
use crate::token::Claim;
use crate::verify::Inquiry;

/// Read once an instance: variables do not change under a running Worker.
static CONFIG: OnceLock<std::result::Result<Config, ConfigError>> = OnceLock::new();

#[event(fetch)]
async fn fetch(mut request: Request, env: Env, context: Context) -> Result<Response> {
    panic_log::install();
    let header = |name| request.headers().get(name).ok().flatten();
    let incoming = Incoming {
        method: request.inner().method(),
        url: request.inner().url(),
        origin: header("origin"),
        if_none_match: header("if-none-match"),
        authorization: header("authorization"),
    };
    let config = CONFIG.get_or_init(|| Config::read(binding::variables(&env)));
    let answer = match plan::plan(&incoming, config) {
        Plan::Assets => return env.assets("ASSETS")?.fetch_request(request).await,
        Plan::Answer(answer) => answer,
        Plan::Verify(config) => {
            // Not for pages: no origin may read it.
            return respond(verify(&mut request, config, &context).await);
        }
        Plan::Domains(config) => domains(&mut request, config, &context).await,
        Plan::Health(config) => health::answer(upstream::sound(config)),
        Plan::SignedDomain(name, claim, config) => signed(&name, &claim, config, &context).await,
        Plan::Domain(name, config) => {
            let has = incoming.if_none_match.as_deref();
            match news::of(&name, config, &context).await {
                Ok(news) => news.answer(has),
                Err(refused) => Problem::from(refused).answer(),
            }
        }
    };
    let origins = config
        .as_ref()
        .map(|config| &config.origins)
        .unwrap_or_default();
    respond(origins.mark(answer, incoming.origin.as_deref()))
}

async fn signed(name: &DomainName, claim: &Claim, config: &Config, context: &Context) -> Answer {
    let news = match news::of(name, config, context).await {
        Ok(news) => news,
        Err(refused) => return Problem::from(refused).answer(),
    };
    let token = match config.signing_keys.current() {
        Some(key) => signer::sign(claim, name, &news, key).await,
        None => None,
    };
    match token {
        Some(token) => news.answer_with_token(&token),
        None => Problem::SigningUnavailable.answer(),
    }
}

async fn domains(request: &mut Request, config: &Config, context: &Context) -> Answer {
    match body::read_json::<Batch>(request, batch::MAX_BODY).await {
        Ok(batch) => batch.answer(config, context).await,
        Err(problem) => problem.answer(),
    }
}

async fn verify(request: &mut Request, config: &Config, context: &Context) -> Answer {
    match body::read_json::<Inquiry>(request, verify::MAX_BODY).await {
        Ok(inquiry) => inquiry.answer(config, context).await,
        Err(problem) => problem.answer(),
    }
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
