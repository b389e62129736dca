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
pub fn verify(text: &str, policy: Option<String>, endpoint: Option<String>) -> Promise {
    let mut given = Some((policy, endpoint));
    Promise::new(&mut |resolve: Function, _reject: Function| {
        // The promise's executor runs once.
        let (Some((policy, endpoint)), Some(page)) = (given.take(), page::page()) else {
            return keep(&resolve, &JsValue::NULL);
        };
        let asked = Asked {
            text: text.to_owned(),
            policy: policy.clone(),
            resolve,
        };
        judge(&page, text, policy, None, move |judged| {
            asked.ask_edge(&judged, endpoint);
        });
    })
}

struct Asked {
    text: String,
    policy: Option<String>,
    resolve: Function,
}

impl Asked {
    fn ask_edge(self, judged: &Judged, endpoint: Option<String>) {
        let (Some(endpoint), Some(domain)) = (endpoint, judged.finding().ask) else {
            return keep(&self.resolve, &judged.object());
        };
        let question = edge::ask(&endpoint, &domain, move |routing| {
            let routing = routing.unwrap_or_else(|| Routing::unavailable(Reason::EdgeUnreachable));
            if let Some(page) = page::page() {
                let resolve = self.resolve;
                judge(
                    &page,
                    &self.text,
                    self.policy,
                    Some(routing),
                    move |judged| {
                        keep(&resolve, &judged.object());
                    },
                );
            }
        });
        // Nobody takes this question back; its own deadline ends it.
        core::mem::forget(question);
    }
}

/// Keeps the promise.
fn keep(resolve: &Function, verdict: &JsValue) {
    let _ = resolve.call1(&JsValue::UNDEFINED, verdict);
}
