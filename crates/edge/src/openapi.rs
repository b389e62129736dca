//! The description of the interface (`OpenAPI` 3.1), from the types that it is made of.
//!
//! `MAILPROOF_WRITE=1 cargo test -p mailproof-edge openapi` writes `openapi.json`, which the
//! Worker serves; without the variable the test holds the file to the types.

use mailproof_core::DomainReport;
use serde::Serialize;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi, ToSchema};

use crate::batch::Batch;
use crate::format::Verified;
use crate::health::Health;
use crate::problem::Document;
use crate::signing_key::PublicSet;
use crate::verify::Inquiry;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Mailproof edge",
        description = "Says whether mail to a domain can arrive. Errors are RFC 9457 problem documents with a `code`.",
        license(name = "MIT OR Apache-2.0")
    ),
    paths(domain, domains, verify, keys, description, health),
    modifiers(&ApiKey)
)]
struct Description;

struct ApiKey;

impl Modify for ApiKey {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("api_key", SecurityScheme::Http(bearer));
    }
}

/// The report of a domain, with a token where a commitment was sent.
#[derive(Serialize, ToSchema)]
struct Report {
    #[serde(flatten)]
    domain: DomainReport,
    /// A signed verdict: a compact JWS.
    token: Option<String>,
}

/// The reports, in the order of the domains.
#[derive(Serialize, ToSchema)]
struct Reports {
    domains: Vec<DomainReport>,
}

#[utoipa::path(
    get,
    path = "/v1/domains/{domain}",
    operation_id = "domain",
    description = "The report of one domain.",
    params(
        ("domain" = String, Path, description = "Lower-case A-labels", example = "deliverable.example.com"),
        ("commitment" = Option<String>, Query, description = "SHA-256(nonce ‖ normalized address) in base64url: adds a `token`"),
        ("if-none-match" = Option<String>, Header, description = "The `ETag` of a report that you have"),
    ),
    responses(
        (status = 200, description = "The report", body = Report, headers(
            ("etag" = String, description = "Names the report"),
            ("cache-control" = String, description = "How long it holds"),
            ("ratelimit-policy" = String, description = "How much one network may ask for, where this answer counted"),
            ("ratelimit" = String, description = "What is left of that"),
        )),
        (status = 304, description = "The report that you have still holds"),
        (status = "4XX", description = "The request", body = Document, content_type = "application/problem+json"),
        (status = "5XX", description = "The Worker", body = Document, content_type = "application/problem+json"),
    )
)]
#[expect(dead_code, reason = "described, not called")]
fn domain() {}

#[utoipa::path(
    post,
    path = "/v1/domains",
    operation_id = "domains",
    description = "The reports of up to 50 domains.",
    request_body = Batch,
    responses(
        (status = 200, description = "The reports", body = Reports),
        (status = "4XX", description = "The request", body = Document, content_type = "application/problem+json"),
        (status = "5XX", description = "The Worker", body = Document, content_type = "application/problem+json"),
    )
)]
#[expect(dead_code, reason = "described, not called")]
fn domains() {}

#[utoipa::path(
    post,
    path = "/v1/verify",
    operation_id = "verify",
    description = "The whole verdict about an address. For servers: no page may hold an API key.",
    request_body = Inquiry,
    security(("api_key" = [])),
    params(("format" = Option<String>, Query, description = "In whose words: `kickbox`, `zerobounce` or `reacher`. Without it, the whole verdict")),
    responses(
        (status = 200, description = "The verdict", body = Verified<'static>),
        (status = "4XX", description = "The request", body = Document, content_type = "application/problem+json"),
        (status = "5XX", description = "The Worker", body = Document, content_type = "application/problem+json"),
    )
)]
#[expect(dead_code, reason = "described, not called")]
fn verify() {}

#[utoipa::path(
    get,
    path = "/.well-known/jwks.json",
    operation_id = "keys",
    description = "The keys that tokens are verified with.",
    responses(
        (status = 200, description = "The keys", body = PublicSet<'static>),
        (status = "5XX", description = "The Worker", body = Document, content_type = "application/problem+json"),
    )
)]
#[expect(dead_code, reason = "described, not called")]
fn keys() {}

#[utoipa::path(
    get,
    path = "/openapi.json",
    operation_id = "description",
    description = "This document.",
    responses((status = 200, description = "OpenAPI 3.1", body = Object))
)]
#[expect(dead_code, reason = "described, not called")]
fn description() {}

#[utoipa::path(
    get,
    path = "/healthz",
    operation_id = "health",
    description = "Whether the configuration can be used, and whether resolvers answer.",
    responses(
        (status = 200, description = "It can", body = Health),
        (status = "5XX", description = "It cannot", body = Document, content_type = "application/problem+json"),
    )
)]
#[expect(dead_code, reason = "described, not called")]
fn health() {}

#[test]
fn openapi_is_up_to_date() {
    let mut text = Description::openapi().to_pretty_json().unwrap();
    text.push('\n');
    if std::env::var_os("MAILPROOF_WRITE").is_some() {
        std::fs::write(FILE, &text).unwrap();
    }
    let committed = std::fs::read_to_string(FILE).unwrap_or_default();
    assert!(
        committed == text,
        "openapi.json is old: run this with MAILPROOF_WRITE=1"
    );
}
