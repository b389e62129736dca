//! `Mailproof.check(text)`: the whole judgement without a field.

use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use mailproof_core::{Reason, Routing};

use super::judging::{Judged, judge};
use super::{edge, page};

/// A promise of the verdict about `text`, with the edge's word on the domain where there
/// is an `endpoint` to ask. It is always kept.
#[wasm_bindgen]
pub fn verify(text: String, policy: Option<String>, endpoint: Option<String>) -> Promise {
    Promise::new(&mut |resolve: Function, _reject: Function| {
        let Some(page) = page::page() else {
            return resolve_with(&resolve, JsValue::NULL);
        };
        let (text, policy, endpoint) = (text.clone(), policy.clone(), endpoint.clone());
        judge(&page, &text.clone(), policy.clone(), None, move |judged| {
            ask(judged, text, policy, endpoint, resolve);
        });
    })
}

fn ask(
    judged: Judged,
    text: String,
    policy: Option<String>,
    endpoint: Option<String>,
    resolve: Function,
) {
    let (Some(endpoint), Some(domain)) = (endpoint, judged.finding().ask) else {
        return resolve_with(&resolve, judged.object());
    };
    let question = edge::ask(&endpoint, &domain, move |routing| {
        let routing = routing.unwrap_or_else(|| Routing::unavailable(Reason::EdgeUnreachable));
        if let Some(page) = page::page() {
            judge(&page, &text, policy, Some(routing), move |judged| {
                resolve_with(&resolve, judged.object());
            });
        }
    });
    // Nobody takes this question back; its own deadline ends it.
    core::mem::forget(question);
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "every caller has just made the object"
)]
fn resolve_with(resolve: &Function, verdict: JsValue) {
    let _ = resolve.call1(&JsValue::UNDEFINED, &verdict);
}
