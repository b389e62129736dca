//! Any configuration and any key: each is one, or refused without a word of it.

use mailproof_dns::Endpoint;
use serde_json::Value;

use super::answers::{CANARY, check, check_line};
use crate::api_key::ApiKeys;
use crate::client::Network;
use crate::config::{Config, ConfigError};
use crate::cors::Origins;
use crate::log::Event;
use crate::problem::Problem;
use crate::quota::Policy;
use crate::signing_key::SigningKeys;
use crate::token::Commitment;

const NAMES: [&str; 9] = [
    "MAILPROOF_RESOLVERS",
    "MAILPROOF_ORIGINS",
    "MAILPROOF_DEADLINE_MS",
    "MAILPROOF_API_KEYS",
    "MAILPROOF_SIGNING_KEYS",
    "MAILPROOF_RATE_LIMIT",
    "MAILPROOF_MAIL_POLICY",
    "MAILPROOF_OTHER",
    "MAILPROOF_",
];

/// Reads the bytes as the value of each variable, as a key, a commitment and a network.
pub fn keys(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for name in NAMES {
        variable(name, &text);
    }
    api_keys(&text);
    signing_keys(&text);
    if Commitment::parse(&text).is_some() {
        assert_eq!(text.len(), 43, "{text}");
    }
    if let Some(policy) = Policy::parse(&text) {
        assert!(policy.limit > 0 && matches!(policy.window_s, 10 | 60));
    }
    if let Some(network) = Network::of(&text) {
        let shown = network.to_string();
        assert!(shown.ends_with(".0") || shown.ends_with("::"), "{shown}");
    }
    if let Ok(endpoint) = Endpoint::parse(&text) {
        assert!(!endpoint.host().is_empty());
    }
}

/// A configuration, or the name of what to repair and nothing of its value.
fn variable(name: &str, text: &str) {
    let marked = text.replace('@', &format!("{CANARY}@"));
    for value in [text, &marked] {
        let read = Config::read(vec![(name.to_owned(), Some(value.to_owned()))]);
        match read {
            Ok(config) => {
                assert!(NAMES[..7].contains(&name), "{name} is none of ours");
                let resolvers = &config.resolvers;
                assert!((2..=8).contains(&resolvers.len()));
                for (place, one) in resolvers.iter().enumerate() {
                    let mut others = resolvers.iter().take(place);
                    assert!(others.all(|other| one.is_independent_of(other)));
                }
                assert_eq!(config.resolvers.len(), config.settings.resolvers.len());
                assert!((50..=10_000).contains(&config.settings.deadline_ms));
            }
            Err(ConfigError { variable }) => {
                check_line(Event::ConfigurationInvalid { variable });
                check(&Problem::ConfigurationInvalid(variable).answer());
                assert!(variable == name || variable.ends_with("(unknown name)"));
            }
        }
    }
    if let Some(Origins::Listed(origins)) = Origins::parse(text) {
        let is_plain = |it: &String| it.bytes().all(|byte| byte.is_ascii_graphic());
        assert!(origins.iter().all(is_plain), "{origins:?}");
    }
}

/// A digest is no key: nobody gets in with what stands in the configuration.
fn api_keys(text: &str) {
    let bearer = format!("Bearer {text}");
    if let Some(keys) = ApiKeys::parse(text) {
        assert!(!keys.is_empty());
        assert!(!keys.admit(Some(&bearer)), "{text}");
    }
    let digests = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let keys = ApiKeys::parse(digests).expect("a digest");
    for authorization in [text, &bearer] {
        let key = authorization.split_once(' ').map(|(_, key)| key.trim());
        assert!(
            !keys.admit(Some(authorization)) || key == Some("test"),
            "{authorization}"
        );
    }
}

/// What everybody may know has no secret half in it, and neither has what a log could show.
fn signing_keys(text: &str) {
    let Some(keys) = SigningKeys::parse(text) else {
        return;
    };
    let public = serde_json::to_string(&keys.public()).expect("JSON");
    let set: Value = serde_json::from_str(&public).expect("JSON");
    let all = set["keys"].as_array().expect("keys");
    assert!((1..=2).contains(&all.len()));
    let members = ["alg", "crv", "kid", "kty", "use", "x"];
    for key in all {
        let key = key.as_object().expect("a key");
        assert!(
            key.keys().all(|name| members.contains(&&**name)),
            "{public}"
        );
    }
    let current = keys.current().expect("one that signs");
    let (secret, own) = (current.secret_half(), current.public_half());
    let is_told = public.contains(secret) || format!("{keys:?}").contains(secret);
    // Whoever makes both halves or the name the same has told it.
    let is_same = secret == own || all.iter().any(|key| key["kid"].as_str() == Some(secret));
    let is_other = all.iter().any(|key| key["x"].as_str() == Some(secret));
    assert!(!is_told || is_same || is_other, "{public}");
}
