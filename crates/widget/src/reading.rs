//! Reads what comes in as a JavaScript object: the edge's report, and a caller's options.
//!
//! By hand, field by field: deserialising through serde costs 13 KB of the engine's 36
//! (brotli), nearly all of it the wording of errors that nobody would read. Whatever has
//! another type than it should counts as absent.

use js_sys::{Array, Reflect};
use mailproof_core::{Evidence, Mx, MxRecord, Reason, Routing};
use wasm_bindgen::JsValue;

/// A field of an object; undefined where there is no such object.
pub(crate) fn field(object: &JsValue, name: &str) -> JsValue {
    if object.is_object() {
        Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
    } else {
        JsValue::UNDEFINED
    }
}

/// A string field.
pub(crate) fn string(object: &JsValue, name: &str) -> Option<String> {
    field(object, name).as_string()
}

/// The `reasons`, `mx` and `evidence` of a domain report; `None` where it has no reasons.
pub(crate) fn routing(report: &JsValue) -> Option<Routing> {
    let reasons = list(report, "reasons", |code| {
        let code = code.as_string()?;
        Some(Reason::from_code(&code).unwrap_or(Reason::UnknownReason))
    });
    let evidence = list(report, "evidence", |item| {
        Some(Evidence {
            check: string(item, "check")?,
            outcome: string(item, "outcome")?,
            source: string(item, "source")?,
            since: string(item, "since"),
        })
    });
    let mx = mx(&field(report, "mx"));
    (!reasons.is_empty()).then_some(Routing {
        reasons,
        mx,
        evidence,
    })
}

fn mx(object: &JsValue) -> Mx {
    let is = |name| field(object, name).is_truthy();
    Mx {
        found: field(object, "found").as_bool(),
        records: list(object, "records", |record| {
            let preference = field(record, "preference").as_f64()?;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "`as` saturates"
            )]
            let preference = preference as u16;
            Some(MxRecord {
                preference,
                exchange: string(record, "exchange")?,
            })
        }),
        provider: string(object, "provider"),
        implicit: is("implicit"),
        null_mx: is("null_mx"),
    }
}

fn list<T>(object: &JsValue, name: &str, read: impl Fn(&JsValue) -> Option<T>) -> Vec<T> {
    let items = field(object, name);
    if !Array::is_array(&items) {
        return Vec::new();
    }
    let items: Array = wasm_bindgen::JsCast::unchecked_into(items);
    (0..items.length())
        .filter_map(|index| read(&items.get(index)))
        .collect()
}
