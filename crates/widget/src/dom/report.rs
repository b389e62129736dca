//! What the page hears: events on the field, and the verdict beside it in the form.

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    CustomEvent, CustomEventInit, Document, EventTarget, HtmlFormElement, HtmlInputElement,
};

/// Tells the page; returns false where a listener prevented the default.
pub(crate) fn dispatch(target: &EventTarget, name: &str, detail: &JsValue) -> bool {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_cancelable(name == "mailproof:suggest");
    init.set_detail(detail);
    CustomEvent::new_with_event_init_dict(name, &init)
        .and_then(|event| target.dispatch_event(&event))
        .unwrap_or(true)
}

/// The name under which a field's verdict travels.
pub(crate) fn verdict_name(input: &HtmlInputElement) -> Option<String> {
    let mut name = input.name();
    if name.is_empty() {
        return None;
    }
    name.push_str("_verdict");
    Some(name)
}

/// Fills the hidden input that the page declared for the verdict, if it did.
pub(crate) fn fill_declared(document: &Document, input: &HtmlInputElement, word: &str) {
    let (Some(form), Some(name)) = (input.form(), verdict_name(input)) else {
        return;
    };
    let root: JsValue = input.get_root_node().into();
    // A shadow root has `querySelectorAll`, too; asked of the root, for a form's own
    // methods can be hidden by a control of the same name.
    let root: &Document = if root.is_undefined() {
        document
    } else {
        root.unchecked_ref()
    };
    let Ok(hidden) = root.query_selector_all("input[type=hidden]") else {
        return;
    };
    for index in 0..hidden.length() {
        let Some(node) = hidden.item(index) else {
            continue;
        };
        let candidate: HtmlInputElement = node.unchecked_into();
        if candidate.name() == name && same_form(candidate.form().as_ref(), &form) {
            candidate.set_value(word);
        }
    }
}

fn same_form(form: Option<&HtmlFormElement>, other: &HtmlFormElement) -> bool {
    form.is_some_and(|form| JsValue::from(form) == JsValue::from(other))
}
