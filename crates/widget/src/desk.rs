//! The fields that the page's shell has opened: each with its machine, and the judgements
//! that the machine asks for.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use mailproof_core::decimal::read_decimal;
use mailproof_core::{Policy, Routing, Verdict, ascii};

use crate::field::{Effect, Event, Field, Finding};
use crate::settings::Settings;
use crate::single::Single;
use crate::{engine, routing};

#[expect(
    clippy::vec_box,
    reason = "moving a reference takes less code than moving all that a field knows"
)]
static FIELDS: Single<Vec<Box<Desk>>> = Single::new(Vec::new());

/// One field.
pub(crate) struct Desk {
    number: usize,
    pub(crate) field: Field,
    /// The last verdict, and the epoch of the value that it is about.
    judged: Option<(u32, Box<Verdict>)>,
    policy: &'static Policy,
    /// A judgement that waits for the conversions of names.
    waiting: Option<Question>,
}

struct Question {
    epoch: u32,
    text: String,
    routing: Option<Routing>,
}

/// A new field under a number that no other has.
pub(crate) fn open(number: usize, settings: Settings, value: &str, policy: &'static Policy) {
    let desk = Desk {
        number,
        field: Field::new(settings, value.to_owned()),
        judged: None,
        policy,
        waiting: None,
    };
    FIELDS.with(|fields| fields.push(Box::new(desk)));
}

/// Forgets a field.
pub(crate) fn close(number: usize) {
    FIELDS.with(|fields| {
        if let Some(place) = fields.iter().position(|desk| desk.number == number) {
            fields.swap_remove(place);
        }
    });
}

/// `None` where there is no such field any more.
pub(crate) fn with<T>(number: usize, then: impl FnOnce(&mut Desk) -> T) -> Option<T> {
    FIELDS.with(|fields| {
        let desk = fields.iter_mut().find(|desk| desk.number == number);
        desk.map(|desk| then(desk))
    })
}

/// The events by number, as `www/engine/core.js` has them; `None` is that the conversions
/// of names have come, or cannot come.
fn event(kind: usize, text: &str, epoch: &str) -> Option<Event> {
    let value = text.to_owned();
    let epoch = read_decimal(epoch).unwrap_or(u32::MAX);
    Some(match kind {
        0 => Event::Input {
            value,
            composing: false,
        },
        1 => Event::Blur { value },
        2 => Event::Submit { value },
        3 => Event::Refused,
        4 => match routing::read(&mut ascii::split(text, b'\t')) {
            Some(routing) => Event::EdgeAnswer { epoch, routing },
            None => Event::EdgeFailed { epoch },
        },
        5 => Event::SubmitDeadline,
        6 => Event::EngineChanged,
        7 => Event::AcceptSuggestion,
        8 => Event::KeepMine,
        9 => Event::Undo,
        10 => Event::Reset { value },
        _ => return None,
    })
}

impl Desk {
    /// Gives one event to the machine; what is left to do for the page.
    pub(crate) fn tell(&mut self, kind: usize, text: &str, epoch: &str) -> Vec<Effect> {
        let mut effects = Vec::new();
        match event(kind, text, epoch) {
            Some(event) => self.handle(event, &mut effects),
            None => self.names_settled(&mut effects),
        }
        effects
    }

    /// The last verdict, about whatever value.
    pub(crate) fn verdict(&self) -> Option<&Verdict> {
        self.judged.as_ref().map(|(_, verdict)| &**verdict)
    }

    /// The verdict about `value`, if that is what the field holds.
    pub(crate) fn verdict_about(&self, value: &str) -> Option<&Verdict> {
        let (epoch, verdict) = self.judged.as_ref()?;
        (*epoch == self.field.epoch() && value == self.field.value()).then_some(verdict)
    }

    fn handle(&mut self, event: Event, effects: &mut Vec<Effect>) {
        for effect in self.field.handle(event) {
            let Effect::Judge {
                epoch,
                text,
                routing,
            } = effect
            else {
                effects.push(effect);
                continue;
            };
            let question = Question {
                epoch,
                text,
                routing,
            };
            if engine::can_judge(&question.text) {
                self.judge(question, effects);
            } else {
                self.waiting = Some(question);
                effects.push(Effect::FetchNames);
            }
        }
    }

    /// Answers what waited for the conversions of names: with them, or without, and then
    /// the core says of itself that it could not judge.
    fn names_settled(&mut self, effects: &mut Vec<Effect>) {
        if let Some(question) = self.waiting.take() {
            self.judge(question, effects);
        }
    }

    fn judge(&mut self, question: Question, effects: &mut Vec<Effect>) {
        let Question {
            epoch,
            text,
            routing,
        } = question;
        let verdict = engine::verdict(text, self.policy, routing.as_ref());
        let finding = Finding::from(&verdict);
        if self.field.epoch() == epoch {
            self.judged = Some((epoch, Box::new(verdict)));
        }
        let informed = routing.is_some();
        self.handle(
            Event::Judged {
                epoch,
                informed,
                finding,
            },
            effects,
        );
    }
}
