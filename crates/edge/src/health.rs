//! `GET /healthz`: how the Worker is, without a word about whom it asks.

use serde::Serialize;

use crate::answer::{Answer, Keep};

/// Resolvers that must answer before bad news can be confirmed.
const ENOUGH: usize = 2;

/// The answer of `GET /healthz`.
#[derive(Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub(crate) struct Health {
    /// `ok`, or `degraded` where fewer than two resolvers answer and so nothing is ever
    /// undeliverable. What is worse is a problem document.
    status: &'static str,
    /// Mailproof's version.
    version: &'static str,
    /// Resolvers configured.
    resolvers: usize,
    /// Those of them that have not failed of late, as far as this isolate has seen.
    resolvers_sound: usize,
}

/// `sound` has one entry a resolver.
pub(crate) fn answer(sound: Vec<bool>) -> Answer {
    let resolvers = sound.len();
    let resolvers_sound = sound.into_iter().filter(|sound| *sound).count();
    let health = Health {
        status: if resolvers_sound < ENOUGH {
            "degraded"
        } else {
            "ok"
        },
        version: env!("CARGO_PKG_VERSION"),
        resolvers,
        resolvers_sound,
    };
    Answer::json(200, "application/json", Keep::Nothing, &health)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sound: &[bool], status: &str) {
        let body = answer(sound.to_vec()).body.unwrap();
        let json: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(json["status"], status);
        assert_eq!(json["resolvers"], sound.len());
    }

    #[test]
    fn two_must_answer() {
        check(&[true, true], "ok");
        check(&[false, true, true, false], "ok");
        check(&[true, false], "degraded");
        check(&[false, false, false], "degraded");
    }
}
