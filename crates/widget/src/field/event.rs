//! What can happen to a field, and what the machine wants done about it.

use alloc::string::String;

use mailproof_core::{Reason, Routing};

use super::{Finding, Hint};

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The visitor entered the field.
    Focus,
    /// The text changed; `composing` while an input method is at work.
    Input {
        /// The text now.
        value: String,
        /// Whether an input method still composes.
        composing: bool,
    },
    /// The visitor left the field, or the browser filled it in.
    Blur {
        /// The text now.
        value: String,
    },
    /// The form is about to be sent. [`Field::gate`](super::Field::gate) says whether
    /// it may.
    Submit {
        /// The text now.
        value: String,
    },
    /// The browser refused to send the form because of this field.
    Refused,
    /// The answer to [`Effect::Judge`].
    Judged {
        /// The epoch of the question.
        epoch: u32,
        /// Whether the question held what the edge said.
        informed: bool,
        /// The judgement.
        finding: Finding,
    },
    /// The edge answered [`Effect::AskEdge`].
    EdgeAnswer {
        /// The epoch of the question.
        epoch: u32,
        /// What DNS said.
        routing: Routing,
    },
    /// The edge did not answer, or not in time, or not in a readable way.
    EdgeFailed {
        /// The epoch of the question.
        epoch: u32,
    },
    /// A form that waited has waited long enough.
    SubmitDeadline,
    /// More of the engine is there than before (the lists): judge again.
    EngineChanged,
    /// The visitor took the suggestion.
    AcceptSuggestion,
    /// The visitor declined the suggestion, or insists on the address.
    KeepMine,
    /// The visitor wants the text back that a suggestion replaced.
    Undo,
    /// The form was reset to this text.
    Reset {
        /// The text now.
        value: String,
    },
}

/// Something to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Bring the conversions of international names: a judgement waits for them.
    FetchNames,
    /// Put this hint on the page instead of the present one.
    Show(Hint),
    /// Take the hint off the page.
    Clear,
    /// Ask the edge about `domain` (A-labels), and bring an answer or a failure.
    AskEdge {
        /// The domain, and nothing else.
        domain: String,
        /// To be handed back.
        epoch: u32,
    },
    /// The answer is of no more use.
    AbortEdge,
    /// Put this text into the field, as if it had been typed.
    SetValue(String),
    /// Have the browser hold the form back for this reason, or no longer.
    SetValidity(Option<Reason>),
    /// Bring the keyboard focus back to the field.
    FocusField,
    /// Let a form go that was held.
    ReleaseSubmit,
    /// Tell the page that a check began.
    ReportStart,
    /// Tell the page the verdict.
    ReportResult,
    /// Tell the page that a suggestion was taken.
    ReportAccept,
    /// Tell the page that Mailproof itself failed.
    ReportError,
    /// Judge `text` and bring [`Event::Judged`]. Never leaves the engine.
    Judge {
        /// To be handed back.
        epoch: u32,
        /// The text of the field.
        text: String,
        /// What the edge said about its domain; `informed` in the answer if present.
        routing: Option<Routing>,
    },
}
