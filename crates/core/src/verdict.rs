//! The verdict: Mailproof's answer about one address, in the vocabulary that Rust, JSON,
//! TypeScript and the documentation share.

use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

use crate::{Digest, Mx, Reason};

/// What mail to the address would meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Deliverability {
    /// It would arrive, as far as [`Level`] says we looked.
    Deliverable,
    /// Nobody could tell. Never a reason to refuse a visitor.
    Unknown,
    /// It might arrive, and something speaks against it.
    Risky,
    /// It would not arrive.
    Undeliverable,
}

impl Deliverability {
    /// The word in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deliverable => "deliverable",
            Self::Unknown => "unknown",
            Self::Risky => "risky",
            Self::Undeliverable => "undeliverable",
        }
    }
}

/// How far the evidence goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The text alone.
    Syntax,
    /// The domain takes mail, or does not.
    Domain,
    /// An SMTP server was asked about the mailbox.
    Mailbox,
    /// The owner of the mailbox confirmed it.
    Owner,
}

impl Level {
    /// The word in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Domain => "domain",
            Self::Mailbox => "mailbox",
            Self::Owner => "owner",
        }
    }
}

/// What to do with the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// Send.
    Accept,
    /// Ask the person to look again.
    Confirm,
    /// Do not send.
    Reject,
}

impl Advice {
    /// The word in JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Confirm => "confirm",
            Self::Reject => "reject",
        }
    }
}

/// One piece of evidence: who said what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evidence {
    /// The question: a class (`disposable`, `relay`, …) or a DNS lookup (`mx`, `a`, `aaaa`).
    pub check: String,
    /// The answer in one word: `listed`, `listed_once` (by one lineage alone), `records`, `nodata`, `nxdomain`, `timeout`, …
    pub outcome: String,
    /// Who answered: list sources joined by `+`, or a resolver's host name.
    pub source: String,
    /// The day (`YYYY-MM-DD`) since which the source has said so, where known.
    #[serde(default)]
    pub since: Option<String>,
}

/// Which list pack answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Lists {
    /// The pack's version, a date with a serial: `2026.11.21`.
    pub version: String,
    /// SHA-256 of the pack's content in lower-case hex.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sha256: Digest,
}

/// The answer about one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the JSON vocabulary has these fields"
)]
pub struct Verdict {
    /// The text as it was typed.
    pub input: String,
    /// The cleaned address: trimmed, NFC, the domain in lower-case ASCII.
    pub normalized: Option<String>,
    /// The address that duplicates share, by the provider's published rules.
    pub canonical: Option<String>,
    /// What stands before the `@`, in NFC.
    pub local_part: Option<String>,
    /// What stands after it, in Unicode.
    pub domain: Option<String>,
    /// The same as A-labels.
    pub ascii_domain: Option<String>,
    /// The part of the domain that somebody registered.
    pub registrable_domain: Option<String>,
    /// What mail would meet.
    pub result: Deliverability,
    /// How far the evidence goes.
    pub level: Level,
    /// What to do.
    pub advice: Advice,
    /// 0 (do not send) to 100 (send).
    pub score: u8,
    /// The code that decided.
    pub reason: Reason,
    /// All of them, most serious first.
    pub reasons: Vec<Reason>,
    /// What is wrong with the text, and where.
    pub issues: Vec<crate::Issue>,
    /// A whole corrected address.
    pub did_you_mean: Option<String>,
    /// A mailbox of a function.
    pub role: bool,
    /// A free mailbox.
    pub free: bool,
    /// A disposable address.
    pub disposable: bool,
    /// A private relay.
    pub relay: bool,
    /// A mailbox that nobody reads.
    pub no_reply: bool,
    /// Needs an SMTPUTF8 server.
    pub smtputf8: bool,
    /// Whether the server takes every local part; `None` unless a mailbox was probed.
    pub accept_all: Option<bool>,
    /// The mail exchangers.
    pub mx: Mx,
    /// Who said what.
    pub evidence: Vec<Evidence>,
    /// The list pack that was asked.
    pub lists: Option<Lists>,
    /// Milliseconds the whole judgement took, as the shell measured it.
    pub took_ms: u32,
}

#[cfg(test)]
mod tests {
    use super::{Advice, Deliverability, Level};

    #[track_caller]
    fn check(value: impl serde::Serialize, code: &str) {
        assert_eq!(serde_json::to_value(value).unwrap(), code);
    }

    #[test]
    fn codes_are_the_words_in_json() {
        use Deliverability::{Deliverable, Risky, Undeliverable, Unknown};
        for result in [Deliverable, Unknown, Risky, Undeliverable] {
            check(result, result.code());
        }
        for level in [Level::Syntax, Level::Domain, Level::Mailbox, Level::Owner] {
            check(level, level.code());
        }
        for advice in [Advice::Accept, Advice::Confirm, Advice::Reject] {
            check(advice, advice.code());
        }
    }
}
