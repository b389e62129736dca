//! The submit gate on the page: a form goes, waits a moment, or is held back.

use core::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use js_sys::Reflect;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    AddEventListenerOptions, Event, FormData, HtmlElement, HtmlFormElement, SubmitEvent,
};

use super::later::after;
use super::live::LiveField;
use super::report;
use crate::field::{self, Gate};

/// How long a submit waits for an answer at most (DESIGN §5).
const SUBMIT_DEADLINE_MS: i32 = 800;

/// A form with at least one field under care.
pub(crate) struct LiveForm {
    form: HtmlFormElement,
    fields: RefCell<Vec<Weak<LiveField>>>,
    /// Waiting; the number tells this wait's deadline from an earlier one's.
    wait: Cell<Option<u32>>,
    waits: Cell<u32>,
    /// The button that was pressed, for the form that goes later.
    submitter: RefCell<Option<HtmlElement>>,
    /// Our own release is under way: let it pass.
    releasing: Cell<bool>,
    listener: Closure<dyn Fn(Event)>,
}

impl LiveForm {
    pub(crate) fn attach(form: HtmlFormElement) -> Rc<Self> {
        let live = Rc::new_cyclic(|this: &Weak<Self>| {
            let this = this.clone();
            Self {
                form,
                fields: RefCell::default(),
                wait: Cell::new(None),
                waits: Cell::new(0),
                submitter: RefCell::new(None),
                releasing: Cell::new(false),
                listener: Closure::new(move |event: Event| {
                    if let Some(this) = this.upgrade() {
                        this.on_event(&event);
                    }
                }),
            }
        });
        // Before the page's own listeners: a form that waits must not reach them twice.
        let options = AddEventListenerOptions::new();
        options.set_capture(true);
        for name in ["submit", "reset", "formdata"] {
            let _ = live
                .form
                .add_event_listener_with_callback_and_add_event_listener_options(
                    name,
                    live.listener.as_ref().unchecked_ref(),
                    &options,
                );
        }
        live
    }

    pub(crate) fn is(&self, form: &HtmlFormElement) -> bool {
        JsValue::from(&self.form) == JsValue::from(form)
    }

    pub(crate) fn add(&self, field: &Rc<LiveField>) {
        self.fields.borrow_mut().push(Rc::downgrade(field));
    }

    /// Lets the form go, once none of its fields awaits anything.
    pub(crate) fn release(&self) {
        if self.wait.get().is_none() || self.gate() != Gate::Open {
            return;
        }
        self.wait.set(None);
        let submitter = self.submitter.take();
        self.releasing.set(true);
        let gone = match &submitter {
            Some(button) => self.form.request_submit_with_submitter(Some(button)),
            None => self.form.request_submit(),
        };
        if gone.is_err() {
            // The page took the button away meanwhile.
            let _ = self.form.request_submit();
        }
        self.releasing.set(false);
    }

    fn on_event(self: &Rc<Self>, event: &Event) {
        match event.type_().as_str() {
            "submit" => self.on_submit(event),
            "reset" => self.on_reset(),
            "formdata" => self.on_form_data(event),
            _ => {}
        }
    }

    fn on_submit(self: &Rc<Self>, event: &Event) {
        if self.releasing.get() {
            return;
        }
        for field in self.fields() {
            field.send(field::Event::Submit {
                value: field.input().value(),
            });
        }
        let gate = self.gate();
        if gate == Gate::Open {
            return;
        }
        event.prevent_default();
        event.stop_immediate_propagation();
        if gate == Gate::Held && self.wait.get().is_none() {
            let submit: &SubmitEvent = event.unchecked_ref();
            *self.submitter.borrow_mut() = submit.submitter();
            self.wait_at_most();
        }
    }

    fn wait_at_most(self: &Rc<Self>) {
        let number = self.waits.get().wrapping_add(1);
        self.waits.set(number);
        self.wait.set(Some(number));
        let this = Rc::clone(self);
        after(SUBMIT_DEADLINE_MS, move || {
            if this.wait.get() == Some(number) {
                for field in this.fields() {
                    field.send(field::Event::SubmitDeadline);
                }
            }
        });
    }

    /// The strictest of the fields' gates.
    fn gate(&self) -> Gate {
        let gates: Vec<Gate> = self.fields().iter().map(|field| field.gate()).collect();
        if gates.contains(&Gate::Refused) {
            self.wait.set(None);
            Gate::Refused
        } else if gates.contains(&Gate::Held) {
            Gate::Held
        } else {
            Gate::Open
        }
    }

    /// The fields get their first values only after this event.
    fn on_reset(self: &Rc<Self>) {
        let this = Rc::clone(self);
        after(0, move || {
            for field in this.fields() {
                field.send(field::Event::Reset {
                    value: field.input().value(),
                });
            }
        });
    }

    fn on_form_data(&self, event: &Event) {
        // `web-sys` has no `FormDataEvent`.
        let Ok(data) = Reflect::get(event, &JsValue::from_str("formData")) else {
            return;
        };
        let data: &FormData = data.unchecked_ref();
        for field in self.fields() {
            if let (true, Some(name), Some(word)) = (
                field.adds_verdict(),
                report::verdict_name(field.input()),
                field.word(),
            ) {
                let _ = data.set_with_str(&name, &word);
            }
        }
    }

    fn fields(&self) -> Vec<Rc<LiveField>> {
        self.fields
            .borrow()
            .iter()
            .filter_map(Weak::upgrade)
            .collect()
    }
}
