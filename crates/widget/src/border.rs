//! The one place through which texts come in and go out.
//!
//! The page writes what it has to say into the bytes at [`room`], calls, and reads the answer
//! from there. Numbers alone are arguments: glue that carries texts weighs as much as the
//! parser of addresses.

use alloc::string::String;
use alloc::vec::Vec;

use wasm_bindgen::prelude::wasm_bindgen;

use crate::single::Single;

static BYTES: Single<Vec<u8>> = Single::new(Vec::new());

/// Where so many bytes can be written or read, until the next call of anything. What stood
/// in the first of them is still there.
#[wasm_bindgen]
pub fn room(length: usize) -> *mut u8 {
    BYTES.with(|bytes| {
        bytes.resize(length, 0);
        bytes.as_mut_ptr()
    })
}

/// The first `length` of the bytes, which are gone then.
pub(crate) fn take(length: usize) -> Vec<u8> {
    let mut bytes = BYTES.with(core::mem::take);
    bytes.truncate(length);
    bytes
}

/// The same as a text; nothing where it is none, which no page's encoder writes.
pub(crate) fn take_text(length: usize) -> String {
    String::from_utf8(take(length)).unwrap_or_default()
}

/// Leaves a text to be read; its length.
pub(crate) fn put(text: String) -> usize {
    let length = text.len();
    BYTES.with(|bytes| *bytes = text.into_bytes());
    length
}
