//! The hint's style sheet, adopted by each document or shadow root that has a field.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{CssStyleSheet, Node};

const CSS: &str = include_str!("../../../../www/styles/widget.css");

/// A constructable sheet, so that no policy on inline styles stands in the way. Without
/// support for it the hint has the page's own looks.
pub(crate) fn sheet() -> Option<CssStyleSheet> {
    let sheet = CssStyleSheet::new().ok()?;
    sheet.replace_sync(CSS).ok()?;
    Some(sheet)
}

/// Adds the sheet to `root`, a document or a shadow root, unless it is there.
pub(crate) fn adopt(root: &Node, sheet: &CssStyleSheet) {
    let key = JsValue::from_str("adoptedStyleSheets");
    let Ok(present) = Reflect::get(root, &key) else {
        return;
    };
    if present.is_undefined() {
        return;
    }
    let sheets = Array::from(&present);
    if !sheets.includes(sheet.unchecked_ref(), 0) {
        sheets.push(sheet);
        let _ = Reflect::set(root, &key, &sheets);
    }
}
