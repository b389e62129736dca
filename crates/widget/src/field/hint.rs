//! The hint under the field: which one a finding calls for.

use alloc::string::String;

use mailproof_core::{Deliverability, Reason};

use super::Field;
use crate::settings::Block;

/// What stands under the field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hint {
    /// The form will not go with this text.
    Error {
        /// Why.
        reason: Reason,
        /// A likely correction.
        suggestion: Option<String>,
        /// Whether the visitor may insist on it.
        overridable: bool,
    },
    /// Mail will probably not arrive; the form goes.
    Warning {
        /// Why.
        reason: Reason,
    },
    /// "Did you mean …?"
    Suggestion {
        /// The whole corrected address.
        address: String,
    },
    /// A quiet remark; the form goes.
    Note {
        /// About what.
        reason: Reason,
    },
    /// A suggestion was taken, and can be taken back.
    Changed {
        /// What was typed.
        from: String,
        /// What is in the field now.
        to: String,
    },
}

impl Hint {
    /// The address that the hint offers.
    pub fn suggestion(&self) -> Option<&str> {
        match self {
            Self::Suggestion { address } => Some(address),
            Self::Error { suggestion, .. } => suggestion.as_deref(),
            _ => None,
        }
    }
}

impl Field {
    /// The hint that the present finding calls for.
    pub(super) fn hint(&self) -> Option<Hint> {
        let finding = self.finding.as_ref()?;
        if finding.reason == Reason::Empty {
            // Whether the field may stay empty is the page's own question (`required`).
            return None;
        }
        let suggestion = finding
            .suggestion
            .clone()
            .filter(|address| *address != self.value);
        if let Some(reason) = self.blocking_reason() {
            return Some(Hint::Error {
                reason,
                suggestion,
                overridable: finding.is_dead_domain(),
            });
        }
        if self.is(self.kept.as_ref()) || self.is(self.insisted.as_ref()) {
            return None;
        }
        if finding.is_hard_syntax() && suggestion.is_none() {
            return Some(Hint::Warning {
                reason: finding.reason,
            });
        }
        if let Some(address) = suggestion {
            // Whatever DNS adds later, the hint stays as it is: a button must not move
            // while somebody reaches for it.
            return Some(Hint::Suggestion { address });
        }
        match finding.result {
            Deliverability::Undeliverable => Some(Hint::Warning {
                reason: finding.reason,
            }),
            Deliverability::Risky => Some(Hint::Note {
                reason: finding.reason,
            }),
            Deliverability::Deliverable | Deliverability::Unknown => None,
        }
    }

    /// Why the form is held back, if it is.
    pub(super) fn blocking_reason(&self) -> Option<Reason> {
        let finding = self.finding.as_ref()?;
        if finding.reason == Reason::Empty {
            return None;
        }
        let blocks = match self.settings.block {
            Block::Nothing => false,
            Block::Syntax => finding.is_hard_syntax(),
            Block::Dns => {
                finding.is_hard_syntax()
                    || (finding.is_dead_domain() && !self.is(self.insisted.as_ref()))
            }
        };
        blocks.then_some(finding.reason)
    }

    fn is(&self, remembered: Option<&String>) -> bool {
        remembered.is_some_and(|value| *value == self.value)
    }
}
