//! Problem documents (RFC 9457): what was wrong with the request, or with us.
//!
//! The list is closed, a document has at most [`MAX_BYTES`] bytes, and none repeats anything
//! of the request.

use serde::Serialize;

use crate::answer::{Answer, Keep};
use crate::guard::Refused;
use crate::quota::Quota;

/// Largest document, in bytes.
#[cfg(any(test, fuzzing))]
pub(crate) const MAX_BYTES: usize = 512;

/// Every problem there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    /// No such route.
    NotFound,
    /// The route takes these methods only.
    MethodNotAllowed(&'static str),
    /// A whole address, or something that looks like one.
    AddressNotAccepted,
    /// A domain in Unicode.
    DomainNotAscii,
    /// Not a domain in lower-case A-labels.
    DomainInvalid,
    /// More domains at once than are taken.
    TooManyDomains,
    /// A body that is not the JSON it should be.
    BodyInvalid,
    /// A body of more octets than are read.
    BodyTooLarge,
    /// A body that does not claim to be JSON.
    MediaTypeNotSupported,
    /// A commitment that is no digest.
    CommitmentInvalid,
    /// A query parameter that the route does not know, or one twice.
    ParameterUnknown,
    /// Another product's words than those that are spoken.
    FormatUnknown,
    /// No signing key is configured, or none that the platform signs with.
    SigningUnavailable,
    /// No API key, or one that is not ours.
    ApiKeyInvalid,
    /// No API key is configured.
    VerifyUnavailable,
    /// Too many names below one registered domain; seconds to wait.
    TooManySubdomains(u32),
    /// One network has asked for more than it may.
    TooManyRequests(Quota),
    /// A preflight from an origin that is not on the allow-list.
    OriginNotAllowed,
    /// A variable of the Worker is missing, unknown or malformed.
    ConfigurationInvalid(&'static str),
    /// The platform failed us.
    InternalError,
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        Self::TooManySubdomains(refused.retry_after_s)
    }
}

/// A problem document.
#[derive(Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema), schema(as = Problem))]
pub(crate) struct Document {
    /// Always `about:blank`: the code says more than a page could.
    r#type: &'static str,
    /// The problem in a sentence, for people.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// The problem, for programs.
    #[cfg_attr(test, schema(schema_with = tests::codes))]
    code: &'static str,
    /// The variable of the Worker that cannot be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    variable: Option<&'static str>,
    /// The place of the item that cannot be used, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
}

impl Problem {
    /// Status, code and title.
    const fn row(self) -> (u16, &'static str, &'static str) {
        match self {
            Self::NotFound => (404, "not_found", "There is nothing here"),
            Self::MethodNotAllowed(_) => (405, "method_not_allowed", "This takes other methods"),
            Self::AddressNotAccepted => (
                400,
                "address_not_accepted",
                "An address was sent; only the domain may be: addresses never leave the page",
            ),
            Self::DomainNotAscii => (
                400,
                "domain_not_ascii",
                "The domain must be sent as A-labels (xn--…)",
            ),
            Self::DomainInvalid => (400, "domain_invalid", "Not a domain in lower-case A-labels"),
            Self::TooManyDomains => (400, "too_many_domains", "This takes 1 to 50 domains"),
            Self::BodyInvalid => (400, "body_invalid", "The body is not the JSON it should be"),
            Self::BodyTooLarge => (413, "body_too_large", "The body is too large"),
            Self::MediaTypeNotSupported => (
                415,
                "media_type_not_supported",
                "The body must be application/json",
            ),
            Self::CommitmentInvalid => (
                400,
                "commitment_invalid",
                "The commitment must be a SHA-256 digest in base64url",
            ),
            Self::ParameterUnknown => (
                400,
                "parameter_unknown",
                "This route does not take such a query",
            ),
            Self::FormatUnknown => (
                400,
                "format_unknown",
                "The format must be kickbox, zerobounce or reacher",
            ),
            Self::SigningUnavailable => (
                503,
                "signing_unavailable",
                "MAILPROOF_SIGNING_KEYS holds no key that could be used",
            ),
            Self::ApiKeyInvalid => (
                401,
                "api_key_invalid",
                "This needs an API key as a bearer token",
            ),
            Self::VerifyUnavailable => (
                503,
                "verify_unavailable",
                "MAILPROOF_API_KEYS holds no key that could be used",
            ),
            Self::TooManySubdomains(_) => (
                429,
                "too_many_subdomains",
                "Too many names below one registered domain were asked for",
            ),
            Self::TooManyRequests(_) => (
                429,
                "too_many_requests",
                "Too much was asked from this network",
            ),
            Self::OriginNotAllowed => (
                403,
                "origin_not_allowed",
                "This origin is not in MAILPROOF_ORIGINS",
            ),
            Self::ConfigurationInvalid(_) => (
                500,
                "configuration_invalid",
                "A variable of the Worker is not usable",
            ),
            // The entry says the same when the instance has died.
            Self::InternalError => (500, "internal_error", "Internal error"),
        }
    }

    /// The answer that carries it.
    pub(crate) fn answer(self) -> Answer {
        self.document(None)
    }

    /// The same for one item of a list, counted from 0.
    pub(crate) fn answer_at(self, index: usize) -> Answer {
        self.document(Some(index))
    }

    fn document(self, index: Option<usize>) -> Answer {
        let (status, code, title) = self.row();
        let variable = match self {
            Self::ConfigurationInvalid(variable) => Some(variable),
            _ => None,
        };
        let document = Document {
            r#type: "about:blank",
            title,
            status,
            code,
            variable,
            index,
        };
        let answer = Answer::json(status, "application/problem+json", Keep::Nothing, &document);
        match self {
            Self::MethodNotAllowed(methods) => answer.with("allow", methods),
            // RFC 9110 §10.2.3.
            Self::TooManySubdomains(seconds) => answer.with("retry-after", seconds.to_string()),
            Self::TooManyRequests(quota) => quota
                .mark(answer)
                .with("retry-after", quota.retry_after_s().to_string()),
            // RFC 6750 §3.
            Self::ApiKeyInvalid => answer.with("www-authenticate", "Bearer"),
            _ => answer,
        }
    }
}

#[cfg(any(test, fuzzing))]
impl Problem {
    /// One of each.
    pub(crate) const ALL: [Self; 20] = [
        Self::TooManySubdomains(1),
        Self::TooManyRequests(Quota::EXAMPLE),
        Self::ParameterUnknown,
        Self::FormatUnknown,
        Self::NotFound,
        Self::MethodNotAllowed("POST, OPTIONS"),
        Self::AddressNotAccepted,
        Self::DomainNotAscii,
        Self::DomainInvalid,
        Self::TooManyDomains,
        Self::BodyInvalid,
        Self::BodyTooLarge,
        Self::MediaTypeNotSupported,
        Self::CommitmentInvalid,
        Self::SigningUnavailable,
        Self::ApiKeyInvalid,
        Self::VerifyUnavailable,
        Self::OriginNotAllowed,
        Self::ConfigurationInvalid("MAILPROOF_DEADLINE_MS"),
        Self::InternalError,
    ];

    pub(crate) const fn code(self) -> &'static str {
        self.row().1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(answer: &Answer, problem: Problem) -> serde_json::Value {
        let body = answer.body.clone().unwrap();
        assert!(body.len() <= MAX_BYTES, "{body}");
        let json: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(json["status"], answer.status);
        assert_eq!(json["code"], problem.code());
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json")
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        json
    }

    /// The schema of the codes, for the description of the interface.
    pub(super) fn codes() -> utoipa::openapi::schema::Object {
        use utoipa::openapi::schema::{ObjectBuilder, Type};
        let codes = Problem::ALL.iter().map(|problem| problem.code());
        let object = ObjectBuilder::new().schema_type(Type::String);
        let object = object.description(Some("The problem, for programs."));
        object.enum_values(Some(codes)).build()
    }

    #[test]
    fn documents_are_small_and_carry_their_status() {
        for problem in Problem::ALL {
            let json = check(&problem.answer(), problem);
            assert_eq!(json.get("index"), None);
        }
    }

    #[test]
    fn what_helps_is_named() {
        let variable = Problem::ConfigurationInvalid("MAILPROOF_ORIGINS");
        let json = check(&variable.answer(), variable);
        assert_eq!(json["variable"], "MAILPROOF_ORIGINS");
        let json = check(&Problem::DomainInvalid.answer_at(7), Problem::DomainInvalid);
        assert_eq!(json["index"], 7);
        let refused = Problem::MethodNotAllowed("POST").answer();
        assert_eq!(refused.header("allow"), Some("POST"));
        let later = Problem::TooManySubdomains(7).answer();
        assert_eq!(later.header("retry-after"), Some("7"));
        let spent = Problem::TooManyRequests(Quota::EXAMPLE).answer();
        assert_eq!(spent.header("retry-after"), Some("10"));
        assert_eq!(spent.header("ratelimit"), Some("\"client\";r=0;t=10"));
    }
}
