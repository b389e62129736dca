//! Promises and timers, without a runtime for futures: there are four of them.

use core::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};

/// Calls `then` once, when the promise is settled.
pub(crate) fn settled(promise: &Promise, then: impl FnOnce(Result<JsValue, JsValue>) + 'static) {
    let then = Rc::new(Cell::new(Some(then)));
    let other = Rc::clone(&then);
    let kept = Closure::once(move |value: JsValue| {
        if let Some(then) = then.take() {
            then(Ok(value));
        }
    });
    let broken = Closure::once(move |error: JsValue| {
        if let Some(then) = other.take() {
            then(Err(error));
        }
    });
    let _ = promise.then2(&kept, &broken);
    // Given to the garbage collector: one of the two is never called.
    let _ = (kept.into_js_value(), broken.into_js_value());
}

/// Calls `then` once, after `milliseconds` at the earliest.
pub(crate) fn after(milliseconds: i32, then: impl FnOnce() + 'static) {
    let callback: Function = Closure::once_into_js(then).unchecked_into();
    if let Some(window) = web_sys::window() {
        let _ =
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&callback, milliseconds);
    }
}
