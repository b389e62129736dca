//! The wasm-bindgen step.
#![forbid(unsafe_code)]
fn main() {}
