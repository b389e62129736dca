//! The submit gate: when a form goes, waits, or is held back.

use alloc::string::String;
use alloc::vec::Vec;

use mailproof_core::{Reason, Routing};

use super::{Effect, Field, Inquiry};

/// Whether the form may go, as far as this field is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    /// It may go.
    Open,
    /// An answer is on its way; wait for it, or for the deadline.
    Held,
    /// The field holds a text that the owner does not want sent.
    Refused,
}

impl Field {
    /// The form is about to be sent.
    pub(super) fn submit(&mut self, value: String, effects: &mut Vec<Effect>) {
        self.attempted = true;
        let fresh = value != self.value || !self.committed || self.finding.is_none();
        if value != self.value {
            self.replace(value, effects);
        }
        if self.value.is_empty() {
            self.gate = Gate::Open;
            return;
        }
        self.gate = Gate::Held;
        if fresh {
            self.commit(effects);
        } else {
            self.settle(effects);
            self.decide_submit(effects);
        }
    }

    /// The browser held the form back for the reason it was given: say which.
    pub(super) fn refuse(&mut self, effects: &mut Vec<Effect>) {
        self.attempted = true;
        if self.committed {
            self.settle(effects);
        } else {
            self.commit(effects);
        }
    }

    /// A held form goes as soon as nothing is awaited any more; what is typed meanwhile has
    /// until the field is left, or the deadline.
    pub(super) fn decide_submit(&mut self, effects: &mut Vec<Effect>) {
        if self.gate != Gate::Held || self.finding.is_none() || !self.committed {
            return;
        }
        if self.blocked.is_some() {
            self.gate = Gate::Refused;
            effects.push(Effect::FocusField);
        } else if !matches!(self.inquiry, Inquiry::Pending { .. }) {
            self.gate = Gate::Open;
            effects.push(Effect::ReleaseSubmit);
        }
    }

    /// The visitor has waited long enough: the form goes with what is known.
    pub(super) fn stop_waiting(&mut self, effects: &mut Vec<Effect>) {
        if self.gate != Gate::Held {
            return;
        }
        self.gate = Gate::Open;
        if let Inquiry::Pending { domain } = &self.inquiry {
            let routing = Routing::unavailable(Reason::EdgeUnreachable);
            self.inquiry = Inquiry::Answered {
                domain: domain.clone(),
                routing: routing.clone(),
            };
            effects.push(Effect::AbortEdge);
            effects.push(Effect::Judge {
                epoch: self.epoch,
                text: self.value.clone(),
                routing: Some(routing),
            });
        }
        effects.push(Effect::ReleaseSubmit);
    }
}
