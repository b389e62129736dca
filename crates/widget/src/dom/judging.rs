//! Which build judges: this one, or for an international domain the one with UTS #46.

use mailproof_core::{Reason, Routing, Verdict, needs_idn};
use wasm_bindgen::{JsCast as _, JsValue};

use super::host::Idn;
use super::later::settled;
use super::page::Page;
use crate::engine::{self, Options};
use crate::field::Finding;
use crate::reading;

/// A verdict, from either build.
pub(crate) enum Judged {
    /// From this build.
    Here(Box<Verdict>),
    /// An object from the build with UTS #46, and the part of it that counts here.
    There { object: JsValue, finding: Finding },
}

impl Judged {
    /// What the field's behaviour depends on.
    pub(crate) fn finding(&self) -> Finding {
        match self {
            Self::Here(verdict) => Finding::from(&**verdict),
            Self::There { finding, .. } => finding.clone(),
        }
    }

    /// The verdict for the page.
    pub(crate) fn object(&self) -> JsValue {
        match self {
            Self::Here(verdict) => engine::to_object(verdict),
            Self::There { object, .. } => object.clone(),
        }
    }
}

/// Judges, and calls `then`: at once, or after the other build is loaded.
pub(crate) fn judge(
    page: &Page,
    text: &str,
    policy: Option<String>,
    routing: Option<Routing>,
    then: impl FnOnce(Judged) + 'static,
) {
    let options = Options { policy, routing };
    if !needs_idn(text) {
        return then(here(text, &options));
    }
    if let Some(idn) = page.idn() {
        return then(there(&idn, text, &options));
    }
    let text = text.to_owned();
    settled(&page.host().idn(), move |build| {
        then(match build {
            Ok(build) if build.is_object() => {
                let build: Idn = build.unchecked_into();
                if let Some(page) = super::page::page() {
                    page.keep_idn(build.clone());
                }
                there(&build, &text, &options)
            }
            // The core says of itself that it could not: `engine_unavailable`.
            _ => here(&text, &options),
        });
    });
}

fn here(text: &str, options: &Options) -> Judged {
    Judged::Here(Box::new(engine::verdict(text, options)))
}

fn there(idn: &Idn, text: &str, options: &Options) -> Judged {
    let given = js_sys::Object::new().into();
    set(&given, "policy", &JsValue::from(options.policy.as_deref()));
    if let Some(routing) = &options.routing {
        set(&given, "routing", &engine::to_object(routing));
    }
    let verdict = idn.check(text, &given);
    let ask = idn.domain_to_ask(text, &given);
    match (verdict, ask) {
        (Ok(object), Ok(ask)) => {
            let finding = finding(&object, ask);
            Judged::There { object, finding }
        }
        _ => here(text, options),
    }
}

fn finding(verdict: &JsValue, ask: Option<String>) -> Finding {
    let word = |name| reading::string(verdict, name).unwrap_or_default();
    Finding {
        result: Finding::result_named(&word("result")),
        reason: Reason::from_code(&word("reason")).unwrap_or(Reason::UnknownReason),
        suggestion: reading::string(verdict, "did_you_mean"),
        ask,
    }
}

fn set(object: &JsValue, key: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(object, &JsValue::from_str(key), value);
}
