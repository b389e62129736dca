//! One e-mail field as a state machine: an [`Event`] in, [`Effect`]s out.
//!
//! It holds what DESIGN calls "reward early, punish late": typing only ever takes a hint
//! away, leaving the field or submitting shows one. It holds the promise that our failure
//! is never the visitor's: an answer that fails, is late or belongs to an earlier text
//! changes nothing, and a submit waits for [`Event::SubmitDeadline`] at the longest.
//!
//! It does not judge (it asks for that by [`Effect::Judge`]), draws nothing, knows no
//! clock and no network. `dom` carries its effects out.

mod event;
mod finding;
mod hint;
mod submit;

#[cfg(test)]
mod tests;

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use mailproof_core::{Reason, Routing};

pub use event::{Effect, Event};
pub use finding::Finding;
pub use hint::Hint;
pub use submit::Gate;

use crate::settings::{Settings, When};

/// Where the question about the domain stands.
#[derive(Debug, Clone, PartialEq)]
enum Inquiry {
    /// Nothing was asked about the present domain.
    None,
    /// The edge was asked and has not answered.
    Pending { domain: String },
    /// The edge answered, or failed to.
    Answered { domain: String, routing: Routing },
}

/// The state of one field.
#[derive(Debug)]
pub struct Field {
    settings: Settings,
    value: String,
    /// Counts changes of `value`, so that answers about an earlier text are told apart.
    epoch: u32,
    /// The visitor left the field with this value in it, or tried to submit it.
    committed: bool,
    /// The visitor tried to submit, with whatever value.
    attempted: bool,
    /// The judgement of the present value, once there is one.
    finding: Option<Finding>,
    inquiry: Inquiry,
    shown: Option<Hint>,
    /// The value for which the visitor declined a suggestion.
    kept: Option<String>,
    /// The value which the visitor insists on although DNS speaks against it.
    insisted: Option<String>,
    /// The reason for which the browser holds the form back at present.
    blocked: Option<Reason>,
    gate: Gate,
}

impl Field {
    /// A field that holds `value` and that nobody has touched yet.
    pub fn new(settings: Settings, value: String) -> Self {
        Self {
            settings,
            value,
            epoch: 0,
            committed: false,
            attempted: false,
            finding: None,
            inquiry: Inquiry::None,
            shown: None,
            kept: None,
            insisted: None,
            blocked: None,
            gate: Gate::Open,
        }
    }

    /// Whether the form may go, once [`Event::Submit`] and what follows it are handled.
    pub fn gate(&self) -> Gate {
        self.gate
    }

    /// The text that the machine believes to be in the field.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Counts the changes of the text.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// The hint that should be on the page.
    pub fn shown(&self) -> Option<&Hint> {
        self.shown.as_ref()
    }

    /// Takes one event. The effects are to be carried out in order, each before the next
    /// event comes in, save that [`Effect::Judge`] may be answered at once.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        if matches!(
            event,
            Event::AcceptSuggestion | Event::KeepMine | Event::Undo
        ) {
            // The button goes with its hint. Before that: to give the focus, the browser lays
            // out all that changed.
            effects.push(Effect::FocusField);
        }
        match event {
            // A half-composed syllable is not a text yet.
            Event::Focus
            | Event::Input {
                composing: true, ..
            } => {}
            Event::Input {
                value,
                composing: false,
            } => self.change(value, &mut effects),
            Event::Blur { value } => self.leave(value, &mut effects),
            Event::Submit { value } => self.submit(value, &mut effects),
            Event::Refused => self.refuse(&mut effects),
            Event::Judged {
                epoch,
                informed,
                finding,
            } => {
                if epoch == self.epoch {
                    self.learn(informed, finding, &mut effects);
                }
            }
            Event::EdgeAnswer { epoch, routing } => self.hear(epoch, routing, &mut effects),
            Event::EdgeFailed { epoch } => {
                if epoch == self.epoch {
                    effects.push(Effect::ReportError);
                }
                self.hear(
                    epoch,
                    Routing::unavailable(Reason::EdgeUnreachable),
                    &mut effects,
                );
            }
            Event::SubmitDeadline => self.stop_waiting(&mut effects),
            Event::EngineChanged => self.judge(&mut effects),
            Event::AcceptSuggestion => self.accept(&mut effects),
            Event::KeepMine => self.keep(&mut effects),
            Event::Undo => self.undo(&mut effects),
            Event::Reset { value } => self.reset(value, &mut effects),
        }
        effects
    }

    /// The text changed under the visitor's hands: judge, and at most take a hint away.
    fn change(&mut self, value: String, effects: &mut Vec<Effect>) {
        // Our own change of the value comes back as an event of the page.
        if value == self.value {
            return;
        }
        self.replace(value, effects);
        if matches!(self.shown, Some(Hint::Changed { .. })) {
            self.present(None, effects);
        }
        self.judge(effects);
    }

    /// The visitor left the field.
    fn leave(&mut self, value: String, effects: &mut Vec<Effect>) {
        let same = value == self.value;
        if !same {
            self.replace(value, effects);
        }
        if self.value.is_empty() || (same && self.committed) {
            // Left without a change: nothing is drawn again, so that a click on a
            // hint's button finds the button where it was.
            if !same {
                self.judge(effects);
            }
            return;
        }
        self.commit(effects);
    }

    /// The present value counts: judge it for showing, and ask the edge if need be.
    fn commit(&mut self, effects: &mut Vec<Effect>) {
        self.committed = true;
        effects.push(Effect::ReportStart);
        self.judge(effects);
    }

    fn judge(&mut self, effects: &mut Vec<Effect>) {
        effects.push(Effect::Judge {
            epoch: self.epoch,
            text: self.value.clone(),
            routing: None,
        });
    }

    /// Another value: what was known about the earlier one no longer counts.
    fn replace(&mut self, value: String, effects: &mut Vec<Effect>) {
        self.value = value;
        self.epoch = self.epoch.wrapping_add(1);
        self.committed = false;
        self.finding = None;
        self.reopen();
        self.take_question_back(effects);
    }

    /// After a refusal; a press that still waits is not forgotten, and goes with what is there.
    fn reopen(&mut self) {
        if self.gate == Gate::Refused {
            self.gate = Gate::Open;
        }
    }

    fn take_question_back(&mut self, effects: &mut Vec<Effect>) {
        if matches!(self.inquiry, Inquiry::Pending { .. }) {
            self.inquiry = Inquiry::None;
            effects.push(Effect::AbortEdge);
        }
    }

    /// A judgement of the present value came in. `informed` says that it already counts
    /// what the edge said.
    fn learn(&mut self, informed: bool, finding: Finding, effects: &mut Vec<Effect>) {
        if !informed
            && let (Some(asked), Inquiry::Answered { domain, routing }) =
                (&finding.ask, &self.inquiry)
            && asked == domain
        {
            effects.push(Effect::Judge {
                epoch: self.epoch,
                text: self.value.clone(),
                routing: Some(routing.clone()),
            });
            return;
        }
        self.finding = Some(finding);
        self.settle(effects);
        if self.committed {
            effects.push(Effect::ReportResult);
            if !informed {
                self.inquire(effects);
            }
        }
        self.decide_submit(effects);
    }

    /// Asks the edge about the domain, once; not any more where the lists have come to know it.
    fn inquire(&mut self, effects: &mut Vec<Effect>) {
        let Some(domain) = self
            .finding
            .as_ref()
            .and_then(|finding| finding.ask.clone())
        else {
            self.take_question_back(effects);
            return;
        };
        if !self.settings.asks_edge
            || matches!(&self.inquiry, Inquiry::Pending { domain: asked } if *asked == domain)
        {
            return;
        }
        effects.push(Effect::AskEdge {
            domain: domain.clone(),
            epoch: self.epoch,
        });
        self.inquiry = Inquiry::Pending { domain };
    }

    /// The edge answered about the domain of the value with this epoch.
    fn hear(&mut self, epoch: u32, answer: Routing, effects: &mut Vec<Effect>) {
        let Inquiry::Pending { domain } = &self.inquiry else {
            return;
        };
        if epoch != self.epoch {
            return;
        }
        self.inquiry = Inquiry::Answered {
            domain: domain.clone(),
            routing: answer.clone(),
        };
        effects.push(Effect::Judge {
            epoch: self.epoch,
            text: self.value.clone(),
            routing: Some(answer),
        });
    }

    /// Brings hint and validity in line with the finding.
    fn settle(&mut self, effects: &mut Vec<Effect>) {
        let hint = self.hint();
        let may_show = self.attempted || self.settings.when == When::Blur;
        if self.committed && may_show {
            let keeps_undo = matches!(self.shown, Some(Hint::Changed { .. }))
                && !matches!(hint, Some(Hint::Error { .. } | Hint::Warning { .. }));
            if !keeps_undo {
                self.present(hint, effects);
            }
        } else if self.shown != hint {
            self.present(None, effects);
        }
        self.mirror_validity(effects);
    }

    fn present(&mut self, hint: Option<Hint>, effects: &mut Vec<Effect>) {
        if self.shown == hint {
            return;
        }
        self.shown.clone_from(&hint);
        effects.push(hint.map_or(Effect::Clear, Effect::Show));
    }

    /// The browser holds the form back exactly while there is a reason to.
    fn mirror_validity(&mut self, effects: &mut Vec<Effect>) {
        // A press that waits was about a text that might go: it does not stumble over what is
        // typed after it.
        let overtaken = self.gate == Gate::Held && !self.committed;
        self.blocked = if overtaken {
            None
        } else {
            self.blocking_reason()
        };
        effects.push(Effect::SetValidity(self.blocked));
    }

    /// "Did you mean …?": yes.
    fn accept(&mut self, effects: &mut Vec<Effect>) {
        let Some(address) = self
            .shown
            .as_ref()
            .and_then(Hint::suggestion)
            .map(str::to_owned)
        else {
            return;
        };
        let from = core::mem::take(&mut self.value);
        self.replace(address.clone(), effects);
        effects.push(Effect::SetValue(address.clone()));
        effects.push(Effect::ReportAccept);
        self.present(Some(Hint::Changed { from, to: address }), effects);
        self.commit(effects);
    }

    /// "Did you mean …?": no. Or, where DNS holds the form back: use it all the same.
    fn keep(&mut self, effects: &mut Vec<Effect>) {
        if self.blocked.is_some() {
            self.insisted = Some(self.value.clone());
        }
        self.kept = Some(self.value.clone());
        self.reopen();
        self.settle(effects);
    }

    /// Takes an accepted suggestion back, and remembers that it was not wanted.
    fn undo(&mut self, effects: &mut Vec<Effect>) {
        let Some(Hint::Changed { from, .. }) = self.shown.clone() else {
            return;
        };
        self.replace(from.clone(), effects);
        self.kept = Some(from.clone());
        effects.push(Effect::SetValue(from));
        self.present(None, effects);
        self.commit(effects);
    }

    /// The form was reset: everything is as if nobody had touched the field.
    fn reset(&mut self, value: String, effects: &mut Vec<Effect>) {
        self.replace(value, effects);
        self.gate = Gate::Open;
        self.attempted = false;
        self.kept = None;
        self.insisted = None;
        self.inquiry = Inquiry::None;
        self.present(None, effects);
        self.mirror_validity(effects);
    }
}
