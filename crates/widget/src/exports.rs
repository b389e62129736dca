//! What the page's shell (`www/engine`) may call.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use mailproof_core::Policy;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::settings::{Block, Settings, When};
use crate::{desk, engine, field, json, routing};

/// The verdict about `text` as JSON, with the keys of DESIGN §1. `policy` is `form` or
/// `rfc`; `report` is the edge's word on the domain as [`routing`] reads it, or empty.
#[wasm_bindgen]
pub fn judge(text: &str, policy: &str, report: &str) -> String {
    let routing = routing::read(report);
    json::write(&engine::verdict(text, &named(policy), routing.as_ref()))
}

/// The domain of `text` that is worth asking the edge about, in A-labels.
#[wasm_bindgen]
pub fn domain_to_ask(text: &str, policy: &str, report: &str) -> Option<String> {
    let routing = routing::read(report);
    let verdict = engine::verdict(text, &named(policy), routing.as_ref());
    verdict.domain_to_ask().map(str::to_owned)
}

/// Whether `text` can be judged without lending the conversions of names.
#[wasm_bindgen]
pub fn can_judge(text: &str) -> bool {
    engine::can_judge(text)
}

/// From now on the page can convert names.
#[wasm_bindgen]
pub fn use_names() {
    engine::use_names();
}

/// Takes the list pack over; false where the bytes are not one.
#[wasm_bindgen]
pub fn load_pack(bytes: Vec<u8>) -> bool {
    engine::load_pack(bytes).is_ok()
}

/// A field under care, with the text that stands in it; its number.
#[wasm_bindgen]
pub fn open(value: &str, policy: &str, when: &str, block: &str, asks_edge: bool) -> usize {
    let settings = Settings {
        when: When::named(when),
        block: Block::named(block),
        asks_edge,
    };
    desk::open(settings, value, named(policy))
}

/// The field is gone.
#[wasm_bindgen]
pub fn close(field: usize) {
    desk::close(field);
}

/// Something happened to a field: what to do about it, a list of
/// [`Effect`](field::Effect)s as JSON, or nothing.
///
/// `kind` is the place of the event among [`desk::EVENTS`]; `text` is the value of the
/// field or the edge's report, `epoch` is that of the question.
#[wasm_bindgen]
pub fn tell(field: usize, kind: usize, text: &str, epoch: u32) -> String {
    let effects = desk::tell(field, kind, text, epoch);
    if effects.is_empty() {
        String::new()
    } else {
        json::write(&effects)
    }
}

/// Whether the form may go as far as this field is concerned: 0 yes, 1 wait, 2 no.
#[wasm_bindgen]
pub fn gate(field: usize) -> u8 {
    desk::with(field, |desk| desk.field.gate() as u8).unwrap_or(0)
}

/// The last verdict about the field as JSON, or nothing.
#[wasm_bindgen]
pub fn verdict(field: usize) -> String {
    let judged = desk::with(field, |desk| desk.verdict().map(json::write));
    judged.flatten().unwrap_or_default()
}

/// The last verdict about this `value` of the field in one word, or nothing.
#[wasm_bindgen]
pub fn word(field: usize, value: &str) -> String {
    let word = desk::with(field, |desk| {
        let verdict = desk.verdict_about(value)?;
        Some(field::Finding::from(verdict).word())
    });
    word.flatten().unwrap_or_default()
}

fn named(policy: &str) -> Policy {
    Policy::named(policy).unwrap_or(Policy::FORM)
}
