//! The page's own input element: its value, and what assistive technology reads of it.

use js_sys::Reflect;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Event, EventInit, HtmlInputElement};

/// Sets the value past a framework's own setter, and says so as typing would.
pub(crate) fn type_value(input: &HtmlInputElement, value: &str) {
    let prototype = JsValue::from_str("HTMLInputElement");
    let native = Reflect::get(&js_sys::global(), &prototype)
        .and_then(|class| Reflect::get(&class, &JsValue::from_str("prototype")))
        .and_then(|class| {
            let prototype: js_sys::Object = class.unchecked_into();
            let property = JsValue::from_str("value");
            let described = js_sys::Object::get_own_property_descriptor(&prototype, &property);
            Reflect::get(&described, &JsValue::from_str("set"))
        })
        .and_then(|setter| {
            let setter: js_sys::Function = setter.dyn_into()?;
            setter.call1(input, &JsValue::from_str(value))
        });
    if native.is_err() {
        input.set_value(value);
    }
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    for name in ["input", "change"] {
        if let Ok(event) = Event::new_with_event_init_dict(name, &init) {
            let _ = input.dispatch_event(&event);
        }
    }
}

/// Adds `id` to what describes the input; what was there stays first.
pub(crate) fn describe(input: &HtmlInputElement, id: &str) {
    let mut list = input.get_attribute(DESCRIBED_BY).unwrap_or_default();
    if !list.is_empty() {
        list.push(' ');
    }
    list.push_str(id);
    let _ = input.set_attribute(DESCRIBED_BY, &list);
}

/// Takes `id` off that list again.
pub(crate) fn undescribe(input: &HtmlInputElement, id: &str) {
    let Some(list) = input.get_attribute(DESCRIBED_BY) else {
        return;
    };
    let _ = input.remove_attribute(DESCRIBED_BY);
    for other in list.split_whitespace().filter(|other| *other != id) {
        describe(input, other);
    }
}

/// `aria-invalid` on an input, from [`ErrorMark::put`] until it is dropped; then what the
/// page itself had said stands there again.
pub(crate) struct ErrorMark {
    input: HtmlInputElement,
    before: Option<String>,
}

impl ErrorMark {
    pub(crate) fn put(input: &HtmlInputElement) -> Self {
        let before = input.get_attribute(INVALID);
        let _ = input.set_attribute(INVALID, "true");
        Self {
            input: input.clone(),
            before,
        }
    }
}

impl Drop for ErrorMark {
    fn drop(&mut self) {
        let _ = match &self.before {
            Some(before) => self.input.set_attribute(INVALID, before),
            None => self.input.remove_attribute(INVALID),
        };
    }
}

const DESCRIBED_BY: &str = "aria-describedby";
const INVALID: &str = "aria-invalid";
