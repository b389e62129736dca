//! An HTTP answer before the platform has it.

use serde::Serialize;

/// Status, headers and body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<String>,
}

/// What every answer carries: it is data for scripts, never a page or a part of one.
const SECURITY: [(&str, &str); 3] = [
    ("x-content-type-options", "nosniff"),
    (
        "content-security-policy",
        "default-src 'none'; frame-ancestors 'none'",
    ),
    ("referrer-policy", "no-referrer"),
];

/// How long an answer may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Not at all.
    Nothing,
    /// This many seconds, by browsers and caches on the way.
    Seconds(u32),
}

impl Answer {
    /// An answer without a body.
    pub(crate) fn empty(status: u16) -> Self {
        let headers = SECURITY
            .map(|(name, value)| (name, value.to_owned()))
            .to_vec();
        Self {
            status,
            headers,
            body: None,
        }
    }

    /// A JSON answer. What cannot be written as JSON, which none of ours is, is a 500
    /// without a body.
    pub(crate) fn json(status: u16, media_type: &str, keep: Keep, value: &impl Serialize) -> Self {
        let Ok(body) = serde_json::to_string(value) else {
            return Self::empty(500);
        };
        Self::text(status, media_type, keep, body)
    }

    /// An answer with a body that is written already.
    pub(crate) fn text(status: u16, media_type: &str, keep: Keep, body: String) -> Self {
        let mut answer = Self::empty(status);
        answer.body = Some(body);
        answer.with("content-type", media_type).kept(keep)
    }

    /// With the header that says how long it may be kept.
    #[must_use]
    pub(crate) fn kept(self, keep: Keep) -> Self {
        self.with(
            "cache-control",
            match keep {
                Keep::Nothing => "no-store".to_owned(),
                Keep::Seconds(seconds) => format!("public, max-age={seconds}"),
            },
        )
    }

    /// With one more header.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| *known == name);
        found.next().map(|(_, value)| value.as_str())
    }
}
