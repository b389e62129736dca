//! The status region under a field and the hint in it.
//!
//! It stands in the page before there is anything to say, so that a screen reader
//! announces what comes. What was typed enters the page as text nodes only.

use core::cell::RefCell;

use mailproof_core::Reason;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, Node};

use super::host::Catalogue;
use crate::field::Hint;

/// The place of one field's hints.
pub(crate) struct Region {
    element: HtmlElement,
    document: Document,
    drawn: RefCell<Option<Hint>>,
}

/// What one of the hint's buttons stands for: its `value`.
pub(crate) const ACCEPT: &str = "accept";
pub(crate) const KEEP: &str = "keep";
pub(crate) const UNDO: &str = "undo";

impl Region {
    /// Puts an empty region after `input`, or into the element that the page names.
    pub(crate) fn place(
        document: &Document,
        input: &HtmlInputElement,
        id: &str,
        named: Option<&str>,
    ) -> Option<Self> {
        let element: Element = document.create_element("div").ok()?;
        element.set_id(id);
        element.set_class_name("mailproof");
        let _ = element.set_attribute("role", "status");
        let _ = element.set_attribute("aria-atomic", "true");
        match named.and_then(|id| document.get_element_by_id(id)) {
            Some(place) => {
                let _ = place.append_child(&element);
            }
            None => anchor(input).after_with_node_1(&element).ok()?,
        }
        let element = wasm_bindgen::JsCast::unchecked_into(element);
        Some(Self {
            element,
            document: document.clone(),
            drawn: RefCell::new(None),
        })
    }

    pub(crate) fn element(&self) -> &HtmlElement {
        &self.element
    }

    /// Brings the page in line with `hint`. Draws nothing that is there already, for a
    /// button that is drawn again loses the click that was on its way.
    pub(crate) fn draw(&self, hint: Option<&Hint>, words: &Catalogue) {
        if self.drawn.borrow().as_ref() == hint {
            return;
        }
        *self.drawn.borrow_mut() = hint.cloned();
        let lines = self.document.create_document_fragment();
        if let Some(hint) = hint {
            if let Some(lang) = words.lang() {
                self.element.set_lang(&lang);
            }
            let _ = self.element.set_attribute("data-tone", tone(hint));
            self.write(hint, words, &lines);
        }
        self.element.replace_children_with_node_1(&lines);
    }

    fn write(&self, hint: &Hint, words: &Catalogue, into: &Node) {
        match hint {
            Hint::Error {
                reason,
                suggestion,
                overridable,
            } => {
                self.reason(*reason, words, into);
                if let Some(address) = suggestion {
                    self.offer(address, words, None, into);
                }
                if *overridable {
                    let line = self.line(into);
                    self.button(KEEP, words.sentence("ui", "use_anyway"), line.as_ref());
                }
            }
            Hint::Warning { reason } | Hint::Note { reason } => {
                self.reason(*reason, words, into);
            }
            Hint::Suggestion { address } => {
                self.offer(address, words, Some("keep_mine"), into);
            }
            Hint::Changed { to, .. } => {
                let line = self.line(into);
                if let (Some(line), Some(sentence)) = (&line, words.sentence("ui", "changed")) {
                    let (before, after) = around(&sentence);
                    self.text(before, line);
                    self.address("bdi", to, line);
                    self.text(after, line);
                    self.text(" ", line);
                }
                self.button(UNDO, words.sentence("ui", "undo"), line.as_ref());
            }
        }
    }

    fn reason(&self, reason: Reason, words: &Catalogue, into: &Node) {
        if let (Some(line), Some(sentence)) = (self.line(into), sentence(words, reason)) {
            self.text(&sentence, &line);
        }
    }

    /// "Did you mean [address]?", and a way to decline where there is one.
    fn offer(&self, address: &str, words: &Catalogue, decline: Option<&str>, into: &Node) {
        let Some(line) = self.line(into) else { return };
        let Some(sentence) = words.sentence("ui", "did_you_mean") else {
            return;
        };
        let (before, after) = around(&sentence);
        self.text(before, &line);
        // In one piece: no line begins with the question mark.
        let Some(offer) = self.child("span", &line) else {
            return;
        };
        offer.set_class_name("mailproof-offer");
        if let Some(button) = self.address("button", address, &offer) {
            let _ = button.set_attribute("type", "button");
            let _ = button.set_attribute("value", ACCEPT);
        }
        self.text(after, &offer);
        if let Some(key) = decline {
            self.text(" ", &line);
            self.button(KEEP, words.sentence("ui", key), Some(&line));
        }
    }

    fn line(&self, into: &Node) -> Option<Element> {
        self.child("span", into)
            .inspect(|line| line.set_class_name("mailproof-line"))
    }

    fn button(&self, value: &str, label: Option<String>, into: Option<&Element>) {
        let (Some(label), Some(into)) = (label, into) else {
            return;
        };
        if let Some(button) = self.child("button", into) {
            let _ = button.set_attribute("type", "button");
            let _ = button.set_attribute("value", value);
            button.set_text_content(Some(&label));
        }
    }

    /// An address reads from left to right in every language.
    fn address(&self, tag: &str, address: &str, into: &Element) -> Option<Element> {
        self.child(tag, into).inspect(|element| {
            let _ = element.set_attribute("dir", "ltr");
            let _ = element.set_attribute("translate", "no");
            element.set_text_content(Some(address));
        })
    }

    fn child(&self, tag: &str, into: &Node) -> Option<Element> {
        let element = self.document.create_element(tag).ok()?;
        into.append_child(&element).ok()?;
        Some(element)
    }

    fn text(&self, text: &str, into: &Node) {
        let _ = into.append_child(&self.document.create_text_node(text));
    }
}

/// The sentence about one reason.
pub(crate) fn sentence(words: &Catalogue, reason: Reason) -> Option<String> {
    words.sentence("reasons", reason.code())
}

fn around(sentence: &str) -> (&str, &str) {
    let (before, rest) = sentence.split_once('{').unwrap_or((sentence, ""));
    (
        before,
        rest.split_once('}').map_or(rest, |(_, after)| after),
    )
}

fn tone(hint: &Hint) -> &'static str {
    match hint {
        Hint::Error { .. } => "error",
        Hint::Warning { .. } => "warning",
        Hint::Suggestion { .. } => "suggestion",
        Hint::Note { .. } => "note",
        Hint::Changed { .. } => "changed",
    }
}

/// After which element the region goes: not into a label, where it would become part of
/// the field's name, and not into a row of a flex box, which it would tear apart.
fn anchor(input: &HtmlInputElement) -> Element {
    let mut anchor: Element = input.clone().into();
    if let Ok(Some(label)) = input.closest("label") {
        anchor = label;
    }
    if let Some(parent) = anchor.parent_element() {
        let style = web_sys::window().and_then(|window| window.get_computed_style(&parent).ok());
        if let Some(style) = style.flatten() {
            let is = |name: &str, start: &str| {
                style
                    .get_property_value(name)
                    .is_ok_and(|value| value.starts_with(start))
            };
            if is("display", "flex") && is("flex-direction", "row") && parent.tag_name() != "FORM" {
                anchor = parent;
            }
        }
    }
    anchor
}
