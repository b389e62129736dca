//! The page shell: the core in the browser, through wasm-bindgen and web-sys.
//!
//! Two WebAssembly modules come from this crate. The *engine* (feature `dom`, the
//! default) finds e-mail fields, judges what is typed and shows it. The *IDN build*
//! (`--no-default-features --features idn`) is the same core with UTS #46; it judges and
//! does nothing else, and the page loads it only for a domain that needs it.
//!
//! No rule about addresses stands here: those are the core's. The field's behaviour is a
//! state machine without a page, [`field`]; `dom` carries out what it wants. Nothing here
//! sends an address anywhere: the one request, in `dom::edge`, has room for a domain only.

mod engine;
pub mod exports;
#[cfg(any(feature = "dom", test))]
pub mod field;
mod reading;
#[cfg(any(feature = "dom", test))]
pub mod settings;

#[cfg(feature = "dom")]
pub mod dom;

#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
