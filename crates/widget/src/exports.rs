//! What the loader may call.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::engine::{self, Options};

/// The verdict about `text`: an object with the keys of DESIGN §1.
///
/// `options` may hold `policy` (`"form"`, `"rfc"`) and `routing`, the edge's answer about
/// the domain as it came.
#[wasm_bindgen]
pub fn check(text: &str, options: &JsValue) -> JsValue {
    engine::to_object(&engine::verdict(text, &Options::read(options)))
}

/// The domain of `text` that is worth asking the edge about, in A-labels.
#[wasm_bindgen]
pub fn domain_to_ask(text: &str, options: &JsValue) -> Option<String> {
    let verdict = engine::verdict(text, &Options::read(options));
    verdict.domain_to_ask().map(str::to_owned)
}

/// Takes the list pack over; false where the bytes are not one. Fields that hold a text
/// are judged again.
#[wasm_bindgen]
pub fn load_pack(bytes: Vec<u8>) -> bool {
    let loaded = engine::load_pack(bytes).is_ok();
    #[cfg(feature = "dom")]
    if loaded {
        crate::dom::engine_changed();
    }
    loaded
}
