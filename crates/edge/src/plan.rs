//! What to do with a request.

use mailproof_dns::{DomainName, NotADomainName};

use crate::answer::{Answer, Keep};
use crate::client::Network;
use crate::config::{Config, ConfigError};
use crate::format::Format;
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::route::Route;
use crate::token::{Claim, Commitment};

/// What is looked at of a request.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    pub(crate) method: String,
    /// Absolute, as the platform has it.
    pub(crate) url: String,
    pub(crate) origin: Option<String>,
    /// The reports that the asker has, by entity tag.
    pub(crate) if_none_match: Option<String>,
    pub(crate) authorization: Option<String>,
    /// Where it comes from.
    pub(crate) network: Option<Network>,
}

/// What comes of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Plan<'c> {
    /// This, without asking anybody.
    Answer(Answer),
    /// The report of this domain.
    Domain(DomainName, &'c Config),
    /// The same, with a token.
    SignedDomain(DomainName, Claim, &'c Config),
    /// The reports of the domains in the body.
    Domains(&'c Config),
    /// The verdict about the address in the body.
    Verify(Format, &'c Config),
    /// How the Worker is.
    Health(&'c Config),
    /// A file of the site.
    Assets,
}

/// How long public keys and the description may be kept: so long before it signs must a new
/// key stand second.
const AN_HOUR: Keep = Keep::Seconds(3_600);

/// Decides by method and path.
pub(crate) fn plan<'c>(incoming: &Incoming, config: &'c Result<Config, ConfigError>) -> Plan<'c> {
    let (path, query) = path_and_query(&incoming.url);
    if !Route::owns(path) {
        return Plan::Assets;
    }
    let planned = if holds_address(path) || holds_address(query) {
        Err(Problem::AddressNotAccepted)
    } else {
        match config {
            Ok(config) => by_route(incoming, path, query, config),
            Err(error) => Err(Problem::ConfigurationInvalid(error.variable)),
        }
    };
    planned.unwrap_or_else(|problem| Plan::Answer(problem.answer()))
}

fn by_route<'c>(
    incoming: &Incoming,
    path: &str,
    query: &str,
    config: &'c Config,
) -> Result<Plan<'c>, Problem> {
    let route = Route::of(path).ok_or(Problem::NotFound)?;
    let methods = route.methods();
    if !route.takes(&incoming.method) {
        return Err(Problem::MethodNotAllowed(methods));
    }
    if incoming.method == "OPTIONS" {
        let origin = incoming.origin.as_deref();
        return Ok(Plan::Answer(config.origins.preflight(origin, methods)));
    }
    let parameters = Parameters::parse(query, route.parameters())?;
    match route {
        Route::Health => Ok(Plan::Health(config)),
        Route::Description => Ok(Plan::Answer(description())),
        Route::Domain(text) => {
            let name = DomainName::parse(text).map_err(|why| problem_of(why, text))?;
            Ok(match claim(incoming, parameters.commitment, config)? {
                Some(claim) => Plan::SignedDomain(name, claim, config),
                None => Plan::Domain(name, config),
            })
        }
        Route::Keys if config.signing_keys.current().is_none() => Err(Problem::SigningUnavailable),
        Route::Keys => {
            let keys = config.signing_keys.public();
            let answer = Answer::json(200, "application/json", AN_HOUR, &keys);
            Ok(Plan::Answer(answer))
        }
        Route::Domains => Ok(Plan::Domains(config)),
        Route::Verify if config.api_keys.is_empty() => Err(Problem::VerifyUnavailable),
        Route::Verify if config.api_keys.admit(incoming.authorization.as_deref()) => {
            let format = match parameters.format {
                Some(text) => Format::parse(text).ok_or(Problem::FormatUnknown)?,
                None => Format::Verdict,
            };
            Ok(Plan::Verify(format, config))
        }
        Route::Verify => Err(Problem::ApiKeyInvalid),
    }
}

/// What a request with a commitment claims.
fn claim(
    incoming: &Incoming,
    commitment: Option<&str>,
    config: &Config,
) -> Result<Option<Claim>, Problem> {
    let Some(commitment) = commitment else {
        return Ok(None);
    };
    if config.signing_keys.current().is_none() {
        return Err(Problem::SigningUnavailable);
    }
    // Browsers name the origin of a page unless it is the Worker's own.
    let audience = match &incoming.origin {
        Some(origin) if config.origins.allow(origin) => origin.clone(),
        Some(origin) if origin == origin_of(&incoming.url) => origin.clone(),
        Some(_) => return Err(Problem::OriginNotAllowed),
        None => origin_of(&incoming.url).to_owned(),
    };
    let commitment = Commitment::parse(commitment).ok_or(Problem::CommitmentInvalid)?;
    Ok(Some(Claim {
        commitment,
        audience,
    }))
}

/// The `OpenAPI` description, written by the tests of [`crate::openapi`].
fn description() -> Answer {
    let text = include_str!("../openapi.json").to_owned();
    Answer::text(200, "application/json", AN_HOUR, text)
}

/// `text` was to be a domain and is not: what to say.
pub(crate) fn problem_of(why: NotADomainName, text: &str) -> Problem {
    match why {
        NotADomainName::Address => Problem::AddressNotAccepted,
        NotADomainName::NotAscii => Problem::DomainNotAscii,
        // How a browser writes Unicode in a path: bytes from 80 up, percent-encoded.
        _ if text
            .split('%')
            .skip(1)
            .any(|rest| rest.starts_with(is_high_digit)) =>
        {
            Problem::DomainNotAscii
        }
        _ => Problem::DomainInvalid,
    }
}

const fn is_high_digit(digit: char) -> bool {
    matches!(digit, '8' | '9' | 'a'..='f' | 'A'..='F')
}

/// The part `scheme://host` of a URL.
fn origin_of(url: &str) -> &str {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let beyond = host.find(['/', '?', '#']).and_then(|end| host.get(end..));
    let origin = beyond.and_then(|beyond| url.strip_suffix(beyond));
    origin.unwrap_or(url)
}

/// Whether there is an `@`, plain or percent-encoded however often (`%40`, `%2540`, …).
fn holds_address(text: &str) -> bool {
    let is_at = |rest: &str| rest.trim_start_matches("25").starts_with("40");
    text.contains('@') || text.split('%').skip(1).any(is_at)
}

/// The parts of `scheme://host/path?query`.
fn path_and_query(url: &str) -> (&str, &str) {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let target = after_scheme
        .find('/')
        .and_then(|slash| after_scheme.get(slash..))
        .unwrap_or("/");
    let target = target.split('#').next().unwrap_or(target);
    target.split_once('?').unwrap_or((target, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROKEN: ConfigError = ConfigError {
        variable: "MAILPROOF_ORIGINS",
    };

    fn incoming(method: &str, path: &str) -> Incoming {
        Incoming {
            method: method.to_owned(),
            url: format!("https://mailproof.shop.net{path}"),
            origin: Some("https://shop.net".to_owned()),
            if_none_match: None,
            authorization: None,
            network: None,
        }
    }

    /// What is planned, in a word: a status, a domain or `assets`.
    #[track_caller]
    fn check(method: &str, path: &str, expected: &str) {
        let config = Config::read(vec![("MAILPROOF_ORIGINS".to_owned(), Some("*".to_owned()))]);
        let planned = match plan(&incoming(method, path), &config) {
            Plan::Assets => "assets".to_owned(),
            Plan::Domain(name, _) => name.to_string(),
            Plan::SignedDomain(name, claim, _) => format!("{name} for {}", claim.audience),
            Plan::Health(_) => "health".to_owned(),
            Plan::Domains(_) => "domains".to_owned(),
            Plan::Verify(..) => "verify".to_owned(),
            Plan::Answer(answer) => {
                let body = answer.body.unwrap_or_default();
                let json = serde_json::from_str::<serde_json::Value>(&body).unwrap_or_default();
                format!("{} {}", answer.status, json["code"].as_str().unwrap_or("-"))
            }
        };
        assert_eq!(planned, expected, "{method} {path}");
    }

    #[test]
    fn domains_are_looked_up() {
        check("GET", "/v1/domains/gmail.com", "gmail.com");
        check("HEAD", "/v1/domains/gmail.com", "gmail.com");
        check(
            "GET",
            "/v1/domains/xn--fsqu00a.xn--55qx5d?",
            "xn--fsqu00a.xn--55qx5d",
        );
        check("OPTIONS", "/v1/domains/gmail.com", "204 -");
        check("POST", "/v1/domains/gmail.com", "405 method_not_allowed");
    }

    #[test]
    fn several_domains_come_in_a_body() {
        check("POST", "/v1/domains", "domains");
        check("GET", "/v1/domains", "405 method_not_allowed");
        check("OPTIONS", "/v1/domains", "204 -");
        check("POST", "/v1/domains/", "405 method_not_allowed");
    }

    const COMMITMENT: &str = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";

    #[test]
    fn a_token_is_for_the_page_that_asks() {
        let keys = serde_json::json!({ "keys": [crate::signing_key::tests::rfc_8037("one")] });
        let variables = vec![
            ("MAILPROOF_SIGNING_KEYS".to_owned(), Some(keys.to_string())),
            (
                "MAILPROOF_ORIGINS".to_owned(),
                Some("https://shop.net".to_owned()),
            ),
        ];
        let config = Config::read(variables);
        let audience = |origin: Option<&str>, query: &str| {
            let mut incoming = incoming("GET", &format!("/v1/domains/gmail.com?{query}"));
            incoming.origin = origin.map(str::to_owned);
            match plan(&incoming, &config) {
                Plan::SignedDomain(_, claim, _) => claim.audience,
                Plan::Answer(answer) => answer.status.to_string(),
                other => panic!("{other:?}"),
            }
        };
        let good = format!("commitment={COMMITMENT}");
        assert_eq!(
            audience(Some("https://shop.net"), &good),
            "https://shop.net"
        );
        let own = "https://mailproof.shop.net";
        assert_eq!(audience(None, &good), own);
        assert_eq!(audience(Some(own), &good), own);
        assert_eq!(audience(Some("https://evil.net"), &good), "403");
        assert_eq!(audience(None, "commitment=jane"), "400");
        assert_eq!(audience(None, "commitment="), "400");
    }

    #[test]
    fn without_a_key_nothing_is_signed() {
        let path = format!("/v1/domains/gmail.com?commitment={COMMITMENT}");
        check("GET", &path, "503 signing_unavailable");
        check("GET", "/.well-known/jwks.json", "503 signing_unavailable");
        check("GET", "/.well-known/other", "assets");
    }

    #[test]
    fn verify_is_for_servers_with_a_key() {
        check("POST", "/v1/verify", "503 verify_unavailable");
        check("GET", "/v1/verify", "405 method_not_allowed");
        check("OPTIONS", "/v1/verify", "405 method_not_allowed");
        check("POST", "/v1/verify/", "404 not_found");
        // SHA-256 of `test`.
        let keys = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let variable = ("MAILPROOF_API_KEYS".to_owned(), Some(keys.to_owned()));
        let config = Config::read(vec![variable]);
        let planned = |authorization: Option<&str>| {
            let mut incoming = incoming("POST", "/v1/verify");
            incoming.authorization = authorization.map(str::to_owned);
            matches!(plan(&incoming, &config), Plan::Verify(Format::Verdict, _))
        };
        assert!(planned(Some("Bearer test")));
        assert!(!planned(Some("Bearer tests")));
        assert!(!planned(None));
        let in_words = |query: &str| {
            let mut incoming = incoming("POST", &format!("/v1/verify?{query}"));
            incoming.authorization = Some("Bearer test".to_owned());
            match plan(&incoming, &config) {
                Plan::Verify(format, _) => format!("{format:?}"),
                Plan::Answer(answer) => answer.status.to_string(),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(in_words("format=kickbox"), "Kickbox");
        assert_eq!(in_words("format=zerobounce"), "ZeroBounce");
        assert_eq!(in_words("format=reacher"), "Reacher");
        assert_eq!(in_words("format=emailable"), "400");
        assert_eq!(in_words("format="), "400");
    }

    #[test]
    fn a_query_that_means_nothing_here_is_refused() {
        for path in [
            "/v1/domains/gmail.com?x=1",
            "/v1/domains/gmail.com?format=kickbox",
            "/v1/domains/gmail.com?commitment=a&commitment=b",
            "/v1/domains/gmail.com?commitment=a&utm_source=b",
            "/healthz?x",
            "/openapi.json?v=1",
            "/.well-known/jwks.json?kid=one",
        ] {
            check("GET", path, "400 parameter_unknown");
        }
        check("POST", "/v1/domains?x=1", "400 parameter_unknown");
        check("POST", "/v1/verify?commitment=a", "400 parameter_unknown");
        check("GET", "/healthz?", "health");
    }

    #[test]
    fn only_the_final_form_of_a_domain_is_taken() {
        for path in [
            "/v1/domains/",
            "/v1/domains/Gmail.com",
            "/v1/domains/gmail.com/",
            "/v1/domains/a..b",
            "/v1/domains/gmail.com.",
            "/v1/domains/a%20b",
            "/v1/domains/%00",
        ] {
            check("GET", path, "400 domain_invalid");
        }
        check(
            "GET",
            "/v1/domains/%E4%BE%8B%E5%AD%90.com",
            "400 domain_not_ascii",
        );
        check("GET", "/v1/domains/例子.公司", "400 domain_not_ascii");
    }

    #[test]
    fn addresses_are_refused_wherever_they_stand() {
        for path in [
            "/v1/domains/jane@gmail.com",
            "/v1/domains/jane%40gmail.com",
            "/v1/domains/jane%2540gmail.com",
            "/v1/domains/jane%25252540gmail.com",
            "/v1/domains/gmail.com?email=jane@gmail.com",
            "/v1/verify/jane@gmail.com",
        ] {
            check("GET", path, "400 address_not_accepted");
        }
    }

    #[test]
    fn other_routes() {
        check("GET", "/healthz", "health");
        check("GET", "/openapi.json", "200 -");
        check("GET", "/v1/nothing", "404 not_found");
        check("GET", "/v1", "404 not_found");
        check("GET", "/", "assets");
        check("GET", "", "assets");
        check("GET", "/mailproof.js?v=1", "assets");
        check("GET", "/v10/x", "assets");
    }

    #[test]
    fn a_broken_configuration_stops_every_answer() {
        for path in ["/healthz", "/v1/domains/gmail.com"] {
            let planned = plan(&incoming("GET", path), &Err(BROKEN));
            assert_eq!(
                planned,
                Plan::Answer(Problem::ConfigurationInvalid(BROKEN.variable).answer())
            );
        }
    }

    #[test]
    fn no_problem_document_echoes_the_request() {
        let config = Config::read(Vec::new());
        for path in ["/v1/domains/SECRET", "/v1/domains/SECRET@x", "/v1/SECRET"] {
            let Plan::Answer(answer) = plan(&incoming("GET", path), &config) else {
                panic!()
            };
            assert!(!format!("{answer:?}").to_lowercase().contains("secret"));
        }
    }
}
