//! The core with the one list pack that this module holds, and its verdicts as objects.

use core::cell::Cell;

use mailproof_core::{Context, Pack, PackError, Policy, Routing, Verdict, judge};
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::reading;

thread_local! {
    static PACK: Cell<Option<Pack<'static>>> = const { Cell::new(None) };
}

/// What a caller may give besides the text.
#[derive(Debug, Default)]
pub(crate) struct Options {
    /// `form` (the default) or `rfc`.
    pub(crate) policy: Option<String>,
    /// What the edge said about the domain.
    pub(crate) routing: Option<Routing>,
}

impl Options {
    /// Reads a JavaScript object; whatever is not one counts as no options at all.
    pub(crate) fn read(object: &JsValue) -> Self {
        Self {
            policy: reading::string(object, "policy"),
            routing: reading::routing(&reading::field(object, "routing")),
        }
    }
}

/// Keeps a pack for the rest of the page's life. Returns whether there was none before.
///
/// # Errors
/// The core's, where the bytes are no pack; what was there before stays.
pub(crate) fn load_pack(bytes: Vec<u8>) -> Result<bool, PackError> {
    Pack::new(&bytes)?;
    // Leaked on purpose: once per page, and the look-ups need no owner.
    let pack = Pack::new(Box::leak(bytes.into_boxed_slice()))?;
    Ok(PACK.replace(Some(pack)).is_none())
}

/// The core's verdict, with the pack if it is there yet.
pub(crate) fn verdict(text: &str, options: &Options) -> Verdict {
    let policy = options
        .policy
        .as_deref()
        .and_then(Policy::named)
        .unwrap_or(Policy::FORM);
    let pack = PACK.get();
    judge(
        text,
        &Context {
            pack: pack.as_ref(),
            policy: &policy,
            routing: options.routing.as_ref(),
        },
    )
}

/// Plain JavaScript data of the same shape as the JSON; null where the JSON has null.
pub(crate) fn to_object(value: &impl Serialize) -> JsValue {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .unwrap_or(JsValue::NULL)
}
