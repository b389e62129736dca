//! The part of a verdict on which the field's behaviour depends.

use alloc::borrow::ToOwned;
use alloc::string::String;

use mailproof_core::{Deliverability, Group, Reason, Verdict};

/// What the machine needs to know of a [`Verdict`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What mail would meet.
    pub result: Deliverability,
    /// The code that decided.
    pub reason: Reason,
    /// A whole corrected address.
    pub suggestion: Option<String>,
    /// The domain that is worth asking the edge about.
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
        let mut word = String::from(self.result.code());
        word.push(':');
        word.push_str(self.reason.code());
        word
    }

    /// DNS says that the domain takes no mail.
    pub fn is_dead_domain(&self) -> bool {
        self.result == Deliverability::Undeliverable && self.reason.group() == Group::Dns
    }
}
