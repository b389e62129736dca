//! The conversions of international names, for an engine that has none itself.

use alloc::borrow::ToOwned;
use alloc::string::String;

use mailproof_core::Names;
use wasm_bindgen::prelude::wasm_bindgen;

/// Normalization form C.
#[wasm_bindgen]
pub fn nfc(text: &str) -> String {
    Names::BUILT_IN.map_or_else(|| text.to_owned(), |names| (names.nfc)(text))
}

/// The A-labels of a domain; nothing where UTS #46 refuses it.
#[wasm_bindgen]
pub fn to_ascii(domain: &str) -> Option<String> {
    Names::BUILT_IN.and_then(|names| (names.to_ascii)(domain))
}

/// The U-labels of a domain in A-labels.
#[wasm_bindgen]
pub fn to_unicode(ascii_domain: &str) -> String {
    Names::BUILT_IN.map_or_else(
        || ascii_domain.to_owned(),
        |names| (names.to_unicode)(ascii_domain),
    )
}

/// A domain with the letters that look like Latin ones written in Latin; nothing where a letter
/// looks like none.
#[wasm_bindgen]
pub fn latin_twin(domain: &str) -> Option<String> {
    Names::BUILT_IN.and_then(|names| (names.latin_twin)(domain))
}

/// Whether a label of the domain mixes scripts that no language writes together.
#[wasm_bindgen]
pub fn mixes_scripts(domain: &str) -> bool {
    Names::BUILT_IN.is_some_and(|names| (names.mixes_scripts)(domain))
}
