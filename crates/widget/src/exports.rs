//! What the page's shell (`www/engine/core.js`) may call.

use alloc::borrow::ToOwned;
use alloc::string::String;

use mailproof_core::{Policy, ascii};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::field::Finding;
use crate::settings::{Block, Settings, When};
use crate::{border, desk, engine, parts, routing};

/// Does `what`, by its number in `www/engine/core.js`. At [`border::room`] are `length`
/// bytes: what the text is to be done with, a NUL, and the text; the answer takes their
/// place, empty where there is none. Returns its length.
///
/// | what | number | text | with | answer |
/// | --- | --- | --- | --- | --- |
/// | 0 judge | | a text | policy, report | the verdict as [`parts`] |
/// | 1 domain to ask | | a text | policy, report | the domain worth asking about, in A-labels |
/// | 2 can judge | | a text | | `1` where no names need be lent |
/// | 3 use names | | | | from now on names can be converted |
/// | 4 lists | | | | version and digest of the pack, each with a tab behind it |
/// | 5 open | | the value | settings | |
/// | 6 close | field | | | the field is gone |
/// | 7 gate | field | | | `0` the form may go, `1` wait, `2` no |
/// | 8 verdict | field | | | the last one, as [`parts`] |
/// | 9 judged | field | | | the text that it is about |
/// | 10 value | field | | | the text that the machine believes to be in the field |
/// | 11 word | field | the value | | the verdict about this value in a word |
/// | 12… event | field | value or report | epoch | effects as [`parts`] |
///
/// What stands under *with* has tabs between. The policy is `form` or `rfc`; `report` is the
/// edge's word on the domain as [`routing`] reads it, or empty. The settings are policy,
/// `data-when`, `data-block` and `edge` where the edge may be asked.
#[wasm_bindgen]
pub fn call(what: usize, number: usize, length: usize) -> usize {
    let given = border::take_text(length);
    let (with, text) = ascii::split_once(&given, b'\0').unwrap_or_default();
    border::put(answer(what, number, text, with))
}

fn answer(what: usize, number: usize, text: &str, with: &str) -> String {
    let mut with = ascii::split(with, b'\t');
    let first = with.next().unwrap_or_default();
    match what {
        0 | 1 => {
            let routing = routing::read(&mut with);
            let verdict = engine::verdict(text.to_owned(), policy(first), routing.as_ref());
            match what {
                0 => parts::verdict(&verdict),
                _ => verdict.domain_to_ask().unwrap_or_default().to_owned(),
            }
        }
        2 => flag(engine::can_judge(text)),
        3 => {
            engine::use_names();
            String::new()
        }
        4 => engine::lists(),
        5 => {
            desk::open(number, settings(&mut with), text, policy(first));
            String::new()
        }
        6 => {
            desk::close(number);
            String::new()
        }
        _ => desk::with(number, |desk| match what {
            7 => char::from(b'0' + desk.field.gate() as u8).into(),
            8 => desk.verdict().map(parts::verdict).unwrap_or_default(),
            9 => desk
                .verdict()
                .map(|verdict| verdict.input.clone())
                .unwrap_or_default(),
            10 => desk.field.value().to_owned(),
            11 => {
                let verdict = desk.verdict_about(text);
                let word = verdict.map(|verdict| Finding::from(verdict).word());
                word.unwrap_or_default()
            }
            _ => parts::effects(&desk.tell(what - FIRST_EVENT, text, first)),
        })
        .unwrap_or_default(),
    }
}

const FIRST_EVENT: usize = 12;

/// Takes the list pack over, the first `length` bytes at [`border::room`]; false where they
/// are none.
#[wasm_bindgen]
pub fn load_pack(length: usize) -> bool {
    engine::load_pack(border::take(length)).is_ok()
}

fn flag(is: bool) -> String {
    if is { "1".to_owned() } else { String::new() }
}

fn settings<'t>(parts: &mut impl Iterator<Item = &'t str>) -> Settings {
    let mut next = || parts.next().unwrap_or_default();
    Settings {
        when: When::named(next()),
        block: Block::named(next()),
        asks_edge: next() == "edge",
    }
}

fn policy(name: &str) -> &'static Policy {
    static FORM: Policy = Policy::FORM;
    static RFC: Policy = Policy::RFC;
    if name == "rfc" { &RFC } else { &FORM }
}
