//! Problem documents (RFC 9457): what was wrong with the request, or with us.
//!
//! The list is closed, a document has at most [`MAX_BYTES`] bytes, and none repeats anything
//! of the request.

use serde::Serialize;

use crate::answer::{Answer, Keep};

/// Largest document, in bytes.
#[cfg(test)]
pub(crate) const MAX_BYTES: usize = 512;

/// Every problem there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Problem {
    /// No such route.
    NotFound,
    /// The route takes other methods.
    MethodNotAllowed,
    /// A whole address, or something that looks like one.
    AddressNotAccepted,
    /// A domain in Unicode.
    DomainNotAscii,
    /// Not a domain in lower-case A-labels.
    DomainInvalid,
    /// A preflight from an origin that is not on the allow-list.
    OriginNotAllowed,
    /// A variable of the Worker is missing, unknown or malformed.
    ConfigurationInvalid(&'static str),
}

#[derive(Serialize)]
struct Document {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    variable: Option<&'static str>,
}

impl Problem {
    const fn status(self) -> u16 {
        match self {
            Self::AddressNotAccepted | Self::DomainNotAscii | Self::DomainInvalid => 400,
            Self::OriginNotAllowed => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::ConfigurationInvalid(_) => 500,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::AddressNotAccepted => "address_not_accepted",
            Self::DomainNotAscii => "domain_not_ascii",
            Self::DomainInvalid => "domain_invalid",
            Self::OriginNotAllowed => "origin_not_allowed",
            Self::ConfigurationInvalid(_) => "configuration_invalid",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::NotFound => "There is nothing here",
            Self::MethodNotAllowed => "This takes GET",
            Self::AddressNotAccepted => {
                "An address was sent; only the domain may be: addresses never leave the page"
            }
            Self::DomainNotAscii => "The domain must be sent as A-labels (xn--…)",
            Self::DomainInvalid => "Not a domain in lower-case A-labels",
            Self::OriginNotAllowed => "This origin is not in MAILPROOF_ORIGINS",
            Self::ConfigurationInvalid(_) => "A variable of the Worker is not usable",
        }
    }

    /// The answer that carries it.
    pub(crate) fn answer(self) -> Answer {
        let variable = match self {
            Self::ConfigurationInvalid(variable) => Some(variable),
            _ => None,
        };
        let document = Document {
            r#type: "about:blank",
            title: self.title(),
            status: self.status(),
            code: self.code(),
            variable,
        };
        let answer = Answer::json(
            self.status(),
            "application/problem+json",
            Keep::Nothing,
            &document,
        );
        match self {
            Self::MethodNotAllowed => answer.with("allow", crate::cors::METHODS),
            _ => answer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_small_and_carry_their_status() {
        for problem in [
            Problem::NotFound,
            Problem::MethodNotAllowed,
            Problem::AddressNotAccepted,
            Problem::DomainNotAscii,
            Problem::DomainInvalid,
            Problem::OriginNotAllowed,
            Problem::ConfigurationInvalid("MAILPROOF_DEADLINE_MS"),
        ] {
            let answer = problem.answer();
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
        }
    }

    #[test]
    fn the_variable_is_named() {
        let body = Problem::ConfigurationInvalid("MAILPROOF_ORIGINS")
            .answer()
            .body
            .unwrap();
        assert!(body.contains(r#""variable":"MAILPROOF_ORIGINS""#), "{body}");
    }
}
