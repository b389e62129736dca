//! What the page's shell (`www/engine/core.js`) may call.
//!
//! One door for texts instead of a dozen: each function that takes and gives texts costs the
//! page glue of its own, on both sides.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use mailproof_core::Policy;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::field::Finding;
use crate::settings::{Block, Settings, When};
use crate::{desk, engine, json, routing};

/// Does `what`, by its number in `www/engine/core.js`; the answer is empty where there is
/// none.
///
/// | what | number | text | more | answer |
/// | --- | --- | --- | --- | --- |
/// | 0 judge | | a text | policy, report | the verdict as JSON |
/// | 1 domain to ask | | a text | policy, report | the domain worth asking about, in A-labels |
/// | 2 can judge | | a text | | `1` where no names need be lent |
/// | 3 use names | | | | from now on names can be converted |
/// | 4 open | | the value | settings | |
/// | 5 close | field | | | the field is gone |
/// | 6 gate | field | | | `0` the form may go, `1` wait, `2` no |
/// | 7 verdict | field | | | the last one, as JSON |
/// | 8 word | field | the value | | the verdict about this value in a word |
/// | 9… event | field | value or report | epoch | [`Effect`](crate::field::Effect)s as JSON |
///
/// `report` is the edge's word on the domain as [`routing`] reads it, or empty; it stands
/// on the lines after the policy (`form`, `rfc`). The settings are policy, `data-when`,
/// `data-block` and `edge` where the edge may be asked, a line each.
#[wasm_bindgen]
pub fn call(what: usize, number: usize, text: &str, more: &str) -> String {
    let (first, rest) = more.split_once('\n').unwrap_or((more, ""));
    match what {
        0 | 1 => {
            let routing = routing::read(rest);
            let verdict = engine::verdict(text, policy(first), routing.as_ref());
            match what {
                0 => json::write(&verdict),
                _ => verdict.domain_to_ask().unwrap_or_default().to_owned(),
            }
        }
        2 => flag(engine::can_judge(text)),
        3 => {
            engine::use_names();
            String::new()
        }
        4 => {
            desk::open(number, settings(rest), text, policy(first));
            String::new()
        }
        5 => {
            desk::close(number);
            String::new()
        }
        _ => desk::with(number, |desk| match what {
            6 => char::from(b'0' + desk.field.gate() as u8).into(),
            7 => desk.verdict().map(json::write).unwrap_or_default(),
            8 => {
                let verdict = desk.verdict_about(text);
                let word = verdict.map(|verdict| Finding::from(verdict).word());
                word.unwrap_or_default()
            }
            _ => json::write(&desk.tell(what - FIRST_EVENT, text, first)),
        })
        .unwrap_or_default(),
    }
}

const FIRST_EVENT: usize = 9;

/// Takes the list pack over; false where the bytes are not one.
#[wasm_bindgen]
pub fn load_pack(bytes: Vec<u8>) -> bool {
    engine::load_pack(bytes).is_ok()
}

fn flag(is: bool) -> String {
    if is { "1".to_owned() } else { String::new() }
}

fn settings(lines: &str) -> Settings {
    let (when, rest) = lines.split_once('\n').unwrap_or((lines, ""));
    let (block, edge) = rest.split_once('\n').unwrap_or((rest, ""));
    Settings {
        when: When::named(when),
        block: Block::named(block),
        asks_edge: edge == "edge",
    }
}

fn policy(name: &str) -> &'static Policy {
    static FORM: Policy = Policy::FORM;
    static RFC: Policy = Policy::RFC;
    if name == "rfc" { &RFC } else { &FORM }
}
