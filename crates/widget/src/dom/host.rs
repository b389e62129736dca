//! What the loader lends the engine.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, HtmlInputElement};

#[wasm_bindgen]
extern "C" {
    /// The loader's side of the engine (`www/loader`).
    pub type Host;

    /// A setting of one field: given to `attach`, or else the `data-*` attribute of the
    /// input, its form or the script tag.
    #[wasm_bindgen(method)]
    pub(crate) fn setting(this: &Host, field: &Element, name: &str) -> Option<String>;

    /// Where to ask about domains, without a final slash; none for not at all.
    #[wasm_bindgen(method)]
    pub(crate) fn endpoint(this: &Host, field: &Element) -> Option<String>;

    /// A promise of the [`Catalogue`] in the field's language.
    #[wasm_bindgen(method)]
    pub(crate) fn messages(this: &Host, field: &Element) -> Promise;

    /// A promise of the [`Idn`] build.
    #[wasm_bindgen(method)]
    pub(crate) fn idn(this: &Host) -> Promise;

    /// The field whose focus brought the engine.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn touched(this: &Host) -> Option<HtmlInputElement>;

    /// The exports of the build with UTS #46.
    #[derive(Clone)]
    pub(crate) type Idn;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn check(this: &Idn, text: &str, options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    pub(crate) fn domain_to_ask(
        this: &Idn,
        text: &str,
        options: &JsValue,
    ) -> Result<Option<String>, JsValue>;

    /// The sentences of one language (`www/messages`).
    #[derive(Clone)]
    pub(crate) type Catalogue;

    /// Its language tag.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn lang(this: &Catalogue) -> Option<String>;

    /// A sentence: `section` is `ui` or `reasons`. The loader gives it its own method, so
    /// that nothing on the page's prototypes can answer instead.
    #[wasm_bindgen(method)]
    pub(crate) fn sentence(this: &Catalogue, section: &str, key: &str) -> Option<String>;
}
