//! The part of a verdict on which the field's behaviour depends.

use mailproof_core::{Deliverability, Group, Reason, Verdict};
use serde::Deserialize;

/// What the machine needs to know of a [`Verdict`].
///
/// Reads back from a verdict object of the build with `idn`, too.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Finding {
    /// What mail would meet.
    pub result: Deliverability,
    /// The code that decided.
    pub reason: Reason,
    /// A whole corrected address.
    #[serde(rename = "did_you_mean")]
    pub suggestion: Option<String>,
    /// The domain that is worth asking the edge about.
    #[serde(skip)]
    pub ask: Option<String>,
}

impl From<&Verdict> for Finding {
    fn from(verdict: &Verdict) -> Self {
        Self {
            result: verdict.result,
            reason: verdict.reason,
            suggestion: verdict.did_you_mean.clone(),
            ask: verdict.domain_to_ask().map(str::to_owned),
        }
    }
}

impl Finding {
    /// The text itself cannot be an address that mail reaches.
    pub fn is_hard_syntax(&self) -> bool {
        self.result == Deliverability::Undeliverable && self.reason.group() == Group::Syntax
    }

    /// The verdict in one word for a form's receiver: `result:reason`.
    pub fn word(&self) -> String {
        let result = match self.result {
            Deliverability::Deliverable => "deliverable",
            Deliverability::Risky => "risky",
            Deliverability::Undeliverable => "undeliverable",
            Deliverability::Unknown => "unknown",
        };
        [result, self.reason.code()].join(":")
    }

    /// DNS says that the domain takes no mail.
    pub fn is_dead_domain(&self) -> bool {
        self.result == Deliverability::Undeliverable && self.reason.group() == Group::Dns
    }
}
