//! The one request of the widget: what does DNS say about this domain?
//!
//! It takes a domain and has nowhere to put a local part. No cookies, no referrer.

use mailproof_core::Routing;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{AbortController, ReferrerPolicy, RequestCredentials, RequestInit, Response};

use super::later::{after, settled};
use crate::reading;

/// Nobody waits for an answer after this long, submit or not.
const HARD_DEADLINE_MS: i32 = 1_500;

/// A question on its way; dropping it takes it back.
pub(crate) struct Question {
    abort: AbortController,
}

impl Drop for Question {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

/// Asks `endpoint` about `domain` (A-labels). `answer` gets `None` for every kind of
/// failure; after an abort nobody listens to it any more.
pub(crate) fn ask(
    endpoint: &str,
    domain: &str,
    answer: impl FnOnce(Option<Routing>) + 'static,
) -> Option<Question> {
    let abort = AbortController::new().ok()?;
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&abort.signal()));

    let mut url = String::from(endpoint);
    url.push_str("/v1/domains/");
    url.push_str(domain);
    let response = web_sys::window()?.fetch_with_str_and_init(&url, &init);
    settled(&response, |response| match response.and_then(body) {
        Ok(body) => settled(&body, |report| {
            answer(report.ok().and_then(|report| reading::routing(&report)));
        }),
        Err(_) => answer(None),
    });

    let late = abort.clone();
    after(HARD_DEADLINE_MS, move || late.abort());
    Some(Question { abort })
}

fn body(response: JsValue) -> Result<js_sys::Promise, JsValue> {
    let response: Response = response.unchecked_into();
    if response.ok() {
        response.json()
    } else {
        Err(JsValue::NULL)
    }
}
