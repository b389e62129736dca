//! The page: which fields there are, now and later, and what they share.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    CssStyleSheet, Document, Element, Event, HtmlFormElement, HtmlInputElement, MutationObserver,
    MutationObserverInit, Node,
};

use super::form::LiveForm;
use super::host::{Host, Idn};
use super::later::after;
use super::live::LiveField;
use super::{report, style};
use crate::field;

/// Which elements are e-mail fields.
const FIELDS: &str = "input[type=email],input[autocomplete~=email],input[data-mailproof]";

/// A burst of changes to the page is looked through once.
const SCAN_DELAY_MS: i32 = 50;

thread_local! {
    static PAGE: RefCell<Option<Rc<Page>>> = const { RefCell::new(None) };
}

/// The page that the engine was started on.
pub(crate) fn page() -> Option<Rc<Page>> {
    PAGE.with_borrow(Clone::clone)
}

/// What the fields share.
pub(crate) struct Page {
    host: Host,
    document: Document,
    fields: RefCell<Vec<Rc<LiveField>>>,
    forms: RefCell<Vec<Rc<LiveForm>>>,
    idn: RefCell<Option<Idn>>,
    sheet: Option<CssStyleSheet>,
    ids: Cell<u32>,
    /// A pointer is down.
    pressed: Cell<bool>,
    scanning: Cell<bool>,
}

/// Starts the engine: finds the page's e-mail fields and those that come later. A second
/// call does nothing.
#[wasm_bindgen]
pub fn start(host: Host) {
    if page().is_some() {
        return;
    }
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return;
    };
    let touched = host.touched();
    let page = Rc::new(Page {
        host,
        document,
        fields: RefCell::default(),
        forms: RefCell::default(),
        idn: RefCell::default(),
        sheet: style::sheet(),
        ids: Cell::new(0),
        pressed: Cell::new(false),
        scanning: Cell::new(false),
    });
    PAGE.set(Some(Rc::clone(&page)));
    page.scan();
    page.watch();
    if let Some(field) = touched.and_then(|input| page.attach(input)) {
        field.catch_up();
    }
}

/// Looks after one field, whatever it is; false where it cannot.
#[wasm_bindgen]
pub fn attach(input: HtmlInputElement) -> bool {
    page().and_then(|page| page.attach(input)).is_some()
}

/// Lets one field go, and leaves it as it was found.
#[wasm_bindgen]
pub fn detach(input: &HtmlInputElement) {
    if let Some(page) = page() {
        page.detach(|field| same(field.input(), input));
    }
}

/// Judges every field again: the lists have come.
pub(crate) fn engine_changed() {
    if let Some(page) = page() {
        for field in page.fields() {
            field.send(field::Event::EngineChanged);
        }
    }
}

impl Page {
    pub(crate) fn host(&self) -> &Host {
        &self.host
    }

    pub(crate) fn document(&self) -> &Document {
        &self.document
    }

    pub(crate) fn is_pressed(&self) -> bool {
        self.pressed.get()
    }

    pub(crate) fn idn(&self) -> Option<Idn> {
        self.idn.borrow().clone()
    }

    pub(crate) fn keep_idn(&self, idn: Idn) {
        *self.idn.borrow_mut() = Some(idn);
    }

    /// An id that no element of the page has.
    pub(crate) fn next_id(&self) -> String {
        loop {
            let number = self.ids.get().wrapping_add(1);
            self.ids.set(number);
            let mut id = String::from("mailproof-");
            // In letters: the formatting of numbers would come along for this alone.
            let mut rest = number;
            while rest > 0 {
                id.extend(char::from_digit(10 + rest % 26, 36));
                rest /= 26;
            }
            if self.document.get_element_by_id(&id).is_none() {
                return id;
            }
        }
    }

    pub(crate) fn adopt_style(&self, root: &Node) {
        if let Some(sheet) = &self.sheet {
            style::adopt(root, sheet);
        }
    }

    /// The form, once for all of its fields.
    pub(crate) fn form(&self, form: HtmlFormElement) -> Rc<LiveForm> {
        let known = self
            .forms
            .borrow()
            .iter()
            .find(|live| live.is(&form))
            .cloned();
        known.unwrap_or_else(|| {
            let live = LiveForm::attach(form);
            self.forms.borrow_mut().push(Rc::clone(&live));
            live
        })
    }

    fn fields(&self) -> Vec<Rc<LiveField>> {
        self.fields.borrow().clone()
    }

    fn attach(self: &Rc<Self>, input: HtmlInputElement) -> Option<Rc<LiveField>> {
        let known = self
            .fields
            .borrow()
            .iter()
            .find(|field| same(field.input(), &input))
            .cloned();
        if known.is_some() {
            return known;
        }
        let field = LiveField::attach(self, input)?;
        self.fields.borrow_mut().push(Rc::clone(&field));
        report::dispatch(field.input(), "mailproof:ready", &JsValue::NULL);
        Some(field)
    }

    fn detach(&self, which: impl Fn(&LiveField) -> bool) {
        let (gone, kept) = self.fields().into_iter().partition(|field| which(field));
        *self.fields.borrow_mut() = kept;
        let gone: Vec<Rc<LiveField>> = gone;
        for field in gone {
            field.detach();
        }
    }

    /// Attaches what has come to the page and lets go what has left it.
    fn scan(self: &Rc<Self>) {
        self.detach(|field| !field.input().is_connected());
        let Ok(found) = self.document.query_selector_all(FIELDS) else {
            return;
        };
        for index in 0..found.length() {
            if let Some(input) = found.item(index) {
                self.consider(input.unchecked_into());
            }
        }
    }

    fn consider(self: &Rc<Self>, input: HtmlInputElement) {
        let off = self.host.setting(&input, "mailproof").as_deref() == Some("off");
        if !off && !input.disabled() && !input.read_only() {
            self.attach(input);
        }
    }

    fn watch(self: &Rc<Self>) {
        let this = Rc::clone(self);
        let changed = Closure::<dyn Fn()>::new(move || this.scan_soon());
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        options.set_subtree(true);
        if let Ok(observer) = MutationObserver::new(changed.as_ref().unchecked_ref()) {
            let _ = observer.observe_with_options(&self.document, &options);
        }
        // As long as the page lives.
        changed.forget();

        let this = Rc::clone(self);
        let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| this.on_event(&event));
        for name in ["focusin", "pointerdown", "pointerup", "pointercancel"] {
            let _ = self.document.add_event_listener_with_callback_and_bool(
                name,
                listener.as_ref().unchecked_ref(),
                true,
            );
        }
        listener.forget();
    }

    fn scan_soon(self: &Rc<Self>) {
        if !self.scanning.replace(true) {
            let this = Rc::clone(self);
            after(SCAN_DELAY_MS, move || {
                this.scanning.set(false);
                this.scan();
            });
        }
    }

    fn on_event(self: &Rc<Self>, event: &Event) {
        match event.type_().as_str() {
            // Reaches into shadow roots, where the scan does not.
            "focusin" => {
                let target: Element = event.composed_path().get(0).unchecked_into();
                if target.matches(FIELDS).unwrap_or(false) {
                    self.consider(target.unchecked_into());
                }
            }
            "pointerdown" => self.pressed.set(true),
            _ => {
                self.pressed.set(false);
                let this = Rc::clone(self);
                // After the click that this release makes.
                after(0, move || {
                    for field in this.fields() {
                        field.draw_now();
                    }
                });
            }
        }
    }
}

fn same(one: &HtmlInputElement, other: &HtmlInputElement) -> bool {
    JsValue::from(one) == JsValue::from(other)
}
