//! One field on the page: its events go into the machine, the effects come out.

use core::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use mailproof_core::Reason;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{AbortController, AddEventListenerOptions, Element, Event, EventTarget};
use web_sys::{HtmlInputElement, InputEvent};

use super::edge::{self, Question};
use super::element::{self, ErrorMark};
use super::form::LiveForm;
use super::host::Catalogue;
use super::judging::{self, Judged};
use super::later::{after, settled};
use super::page::Page;
use super::region::{self, Region};
use super::{report, settings};
use crate::field::{self, Effect, Field, Gate, Hint};

/// A hint waits for the end of a click at the longest for so long.
const LONGEST_CLICK_MS: i32 = 600;

/// The control that the browser would have focused.
const FIRST_INVALID: &str = "input:invalid,select:invalid,textarea:invalid";

/// A field that Mailproof looks after.
pub(crate) struct LiveField {
    page: Weak<Page>,
    input: HtmlInputElement,
    form: Option<Rc<LiveForm>>,
    region: Region,
    endpoint: Option<String>,
    policy: Option<String>,
    machine: RefCell<Field>,
    judged: RefCell<Option<Judged>>,
    question: RefCell<Option<Question>>,
    words: RefCell<Option<Catalogue>>,
    /// The reason the browser should hold the form back for; waits for the words.
    held_for: Cell<Option<Reason>>,
    /// The suggestion last offered, and whether the page left it to us to show.
    offered: RefCell<Option<(String, bool)>>,
    /// The error mark on the input, while our hint is an error.
    mark: RefCell<Option<ErrorMark>>,
    /// Ends every listener at once.
    listening: AbortController,
    listener: Closure<dyn Fn(Event)>,
}

impl LiveField {
    /// Takes `input` under its care. `None` where the page's browser is too old.
    pub(crate) fn attach(page: &Rc<Page>, input: HtmlInputElement) -> Option<Rc<Self>> {
        let host = page.host();
        let setting = |name: &str| host.setting(&input, name);
        let id = page.next_id();
        let region = Region::place(page.document(), &input, &id, setting("hint").as_deref())?;
        let mut settings = settings::read(page.host(), &input);
        let endpoint = host.endpoint(&input);
        settings.asks_edge &= endpoint.is_some();
        let policy = setting("policy");
        let form = input.form().map(|form| page.form(form));
        let listening = AbortController::new().ok()?;
        let field = Rc::new_cyclic(|this: &Weak<Self>| Self {
            page: Rc::downgrade(page),
            form,
            region,
            endpoint,
            policy,
            machine: RefCell::new(Field::new(settings, input.value())),
            judged: RefCell::new(None),
            question: RefCell::new(None),
            words: RefCell::new(None),
            held_for: Cell::new(None),
            offered: RefCell::new(None),
            mark: RefCell::new(None),
            listening,
            listener: listener(this.clone()),
            input,
        });
        field.listen();
        element::describe(&field.input, &id);
        if let Some(form) = &field.form {
            form.add(&field);
        }
        page.adopt_style(&field.input.get_root_node());
        field.fetch_words(page);
        // What stood there before us counts from now on, silently.
        if !field.machine.borrow().value().is_empty() {
            field.send(field::Event::EngineChanged);
        }
        Some(field)
    }

    pub(crate) fn input(&self) -> &HtmlInputElement {
        &self.input
    }

    pub(crate) fn gate(&self) -> Gate {
        self.machine.borrow().gate()
    }

    /// Gives one event to the machine and carries the effects out, in order.
    pub(crate) fn send(self: &Rc<Self>, event: field::Event) {
        let effects = self.machine.borrow_mut().handle(event);
        for effect in effects {
            self.carry_out(effect);
        }
    }

    /// The engine came while the field was in use: catch up with what happened.
    pub(crate) fn catch_up(self: &Rc<Self>) {
        let value = self.input.value();
        if !value.is_empty() && !self.has_focus() {
            self.send(field::Event::Blur { value });
        }
    }

    /// Draws the hint that the machine wants, unless a pointer is down: a hint that
    /// appears between press and release moves the button from under the pointer.
    pub(crate) fn draw(self: &Rc<Self>) {
        let Some(page) = self.page.upgrade() else {
            return;
        };
        if page.is_pressed() {
            let this = Rc::downgrade(self);
            after(LONGEST_CLICK_MS, move || {
                if let Some(this) = this.upgrade() {
                    this.draw_now();
                }
            });
        } else {
            self.draw_now();
        }
    }

    /// Draws it now. Nothing is borrowed while the page's listeners run.
    pub(crate) fn draw_now(&self) {
        let Some(words) = self.words.borrow().clone() else {
            return;
        };
        let wanted = self.machine.borrow().shown().cloned();
        let hint = wanted.filter(|hint| self.may_show(hint));
        let invalid = matches!(hint, Some(Hint::Error { .. }));
        if invalid != self.mark.borrow().is_some() {
            // Taken off by being dropped.
            *self.mark.borrow_mut() = invalid.then(|| ErrorMark::put(&self.input));
        }
        self.region.draw(hint.as_ref(), &words);
    }

    /// The page may show a suggestion in its own way, and is asked once about each.
    fn may_show(&self, hint: &Hint) -> bool {
        let Hint::Suggestion { address } = hint else {
            return true;
        };
        let decided = self
            .offered
            .borrow()
            .as_ref()
            .filter(|(offer, _)| offer == address)
            .cloned();
        if let Some((_, shown)) = decided {
            return shown;
        }
        let shown = report::dispatch(&self.input, "mailproof:suggest", &self.verdict());
        *self.offered.borrow_mut() = Some((address.clone(), shown));
        shown
    }

    /// `result:reason`, for the form's receiver. Judged afresh where a script changed
    /// the value without an event.
    pub(crate) fn word(self: &Rc<Self>) -> Option<String> {
        let value = self.input.value();
        if value.is_empty() {
            return None;
        }
        let known = self.machine.borrow().value() == value && self.judged.borrow().is_some();
        if !known {
            self.send(field::Event::Input {
                value,
                composing: false,
            });
        }
        let judged = self.judged.borrow();
        judged.as_ref().map(|judged| judged.finding().word())
    }

    /// Whether the form's data gets the verdict; `data-fields="off"` says no.
    pub(crate) fn adds_verdict(&self) -> bool {
        let page = self.page.upgrade();
        page.is_some_and(|page| {
            page.host().setting(&self.input, "fields").as_deref() != Some("off")
        })
    }

    /// Leaves the field as it was found.
    pub(crate) fn detach(&self) {
        self.listening.abort();
        self.question.take();
        self.input.set_custom_validity("");
        self.mark.take();
        element::undescribe(&self.input, &self.region.element().id());
        self.region.element().remove();
    }

    fn carry_out(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Judge {
                epoch,
                text,
                routing,
            } => self.judge(epoch, &text, routing),
            Effect::Show(_) | Effect::Clear => self.draw(),
            Effect::AskEdge { domain, epoch } => self.ask(&domain, epoch),
            Effect::AbortEdge => drop(self.question.take()),
            Effect::SetValue(value) => element::type_value(&self.input, &value),
            Effect::SetValidity(reason) => {
                self.held_for.set(reason);
                self.mirror_validity();
            }
            Effect::FocusField => drop(self.input.focus()),
            Effect::ReleaseSubmit => {
                if let Some(form) = &self.form {
                    form.release();
                }
            }
            Effect::ReportStart => {
                report::dispatch(&self.input, "mailproof:start", &JsValue::NULL);
            }
            Effect::ReportResult => self.report_result(),
            Effect::ReportAccept => {
                report::dispatch(&self.input, "mailproof:accept", &self.verdict());
            }
            Effect::ReportError => {
                report::dispatch(&self.input, "mailproof:error", &self.verdict());
            }
        }
    }

    fn judge(self: &Rc<Self>, epoch: u32, text: &str, routing: Option<mailproof_core::Routing>) {
        let Some(page) = self.page.upgrade() else {
            return;
        };
        let this = Rc::clone(self);
        let informed = routing.is_some();
        judging::judge(&page, text, self.policy.clone(), routing, move |judged| {
            let finding = judged.finding();
            if this.machine.borrow().epoch() == epoch {
                *this.judged.borrow_mut() = Some(judged);
            }
            this.send(field::Event::Judged {
                epoch,
                informed,
                finding,
            });
        });
    }

    fn ask(self: &Rc<Self>, domain: &str, epoch: u32) {
        let this = Rc::downgrade(self);
        let answer = move |routing| {
            let Some(this) = this.upgrade() else { return };
            this.send(match routing {
                Some(routing) => field::Event::EdgeAnswer { epoch, routing },
                None => field::Event::EdgeFailed { epoch },
            });
        };
        let question = self
            .endpoint
            .as_deref()
            .and_then(|endpoint| edge::ask(endpoint, domain, answer));
        if question.is_none() {
            self.send(field::Event::EdgeFailed { epoch });
        }
        // Dropping the question before this one takes that one back.
        drop(self.question.replace(question));
    }

    fn report_result(self: &Rc<Self>) {
        if let (Some(page), Some(word)) = (self.page.upgrade(), self.word()) {
            report::fill_declared(page.document(), &self.input, &word);
        }
        report::dispatch(&self.input, "mailproof:result", &self.verdict());
    }

    fn verdict(&self) -> JsValue {
        self.judged
            .borrow()
            .as_ref()
            .map_or(JsValue::NULL, Judged::object)
    }

    /// No words, no block: a message without a text would hold the form back mutely.
    fn mirror_validity(&self) {
        let words = self.words.borrow();
        let sentence = self.held_for.get().and_then(|reason| {
            words
                .as_ref()
                .and_then(|words| region::sentence(words, reason))
        });
        self.input
            .set_custom_validity(sentence.as_deref().unwrap_or_default());
    }

    fn fetch_words(self: &Rc<Self>, page: &Page) {
        let this = Rc::downgrade(self);
        settled(&page.host().messages(&self.input), move |words| {
            let (Some(this), Ok(words)) = (this.upgrade(), words) else {
                return;
            };
            if words.is_object() {
                *this.words.borrow_mut() = Some(words.unchecked_into());
                this.mirror_validity();
                this.draw();
            }
        });
    }

    fn listen(&self) {
        let options = AddEventListenerOptions::new();
        options.set_signal(&self.listening.signal());
        let on = |target: &EventTarget, name: &str| {
            let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
                name,
                self.listener.as_ref().unchecked_ref(),
                &options,
            );
        };
        for name in [
            "focus",
            "input",
            "compositionend",
            "blur",
            "change",
            "invalid",
        ] {
            on(&self.input, name);
        }
        on(self.region.element(), "click");
    }

    fn on_event(self: &Rc<Self>, event: &Event) {
        let value = self.input.value();
        match event.type_().as_str() {
            "focus" => self.send(field::Event::Focus),
            "input" => {
                let composing = event.unchecked_ref::<InputEvent>().is_composing();
                self.send(field::Event::Input { value, composing });
            }
            "compositionend" => self.send(field::Event::Input {
                value,
                composing: false,
            }),
            "blur" => self.send(field::Event::Blur { value }),
            // Filled in by the browser or a password manager, from outside the field.
            "change" if !self.has_focus() && self.machine.borrow().value() != value => {
                self.send(field::Event::Blur { value });
            }
            "invalid" => self.on_invalid(event),
            "click" => self.on_click(event),
            _ => {}
        }
    }

    /// The browser held the form back. Where we have a reason to, too, our hint says it, in
    /// the place of the browser's bubble as soon as there are words.
    fn on_invalid(self: &Rc<Self>, event: &Event) {
        if self.held_for.get().is_none() {
            return;
        }
        self.send(field::Event::Refused);
        if self.words.borrow().is_none() {
            return;
        }
        event.prevent_default();
        let first = self
            .input
            .form()
            .and_then(|form| form.query_selector(FIRST_INVALID).ok());
        if first
            .flatten()
            .is_none_or(|first| JsValue::from(first) == JsValue::from(&self.input))
        {
            let _ = self.input.focus();
        }
    }

    fn on_click(self: &Rc<Self>, event: &Event) {
        let Some(target) = event.target() else { return };
        let target: Element = target.unchecked_into();
        let Ok(Some(button)) = target.closest("button") else {
            return;
        };
        match button.get_attribute("value").as_deref() {
            Some(region::ACCEPT) => self.send(field::Event::AcceptSuggestion),
            Some(region::KEEP) => self.send(field::Event::KeepMine),
            Some(region::UNDO) => self.send(field::Event::Undo),
            _ => {}
        }
    }

    fn has_focus(&self) -> bool {
        self.input.matches(":focus").unwrap_or(false)
    }
}

fn listener(field: Weak<LiveField>) -> Closure<dyn Fn(Event)> {
    Closure::new(move |event: Event| {
        if let Some(field) = field.upgrade() {
            field.on_event(&event);
        }
    })
}
