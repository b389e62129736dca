//! The core in the browser, through wasm-bindgen.
//!
//! Two WebAssembly modules come from this crate. The *engine* (feature `engine`, the
//! default) judges and runs the state machine of every e-mail field. The *names*
//! (`--no-default-features --features idn`) are UTS #46 and NFC; the page loads them only
//! for an address that needs them, and lends them to the engine.
//!
//! No rule about addresses stands here: those are the core's. A field's behaviour is a
//! state machine without a page, [`field`]; what it wants done goes out as text, and the
//! page's shell (`www/engine`) does it. Only texts cross the [`border`], one call an event:
//! objects would cost more in glue than the core weighs.

#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

#[cfg(feature = "engine")]
pub mod border;
#[cfg(feature = "engine")]
mod desk;
#[cfg(feature = "engine")]
mod engine;
#[cfg(feature = "engine")]
pub mod exports;
#[cfg(feature = "engine")]
pub mod field;
#[cfg(feature = "idn")]
pub mod names;
#[cfg(feature = "engine")]
mod parts;
#[cfg(feature = "engine")]
mod routing;
#[cfg(feature = "engine")]
pub mod settings;
#[cfg(feature = "engine")]
mod single;

/// A panic is a trap that the page's shell catches: nobody would read a message, and its
/// making weighs as much as the judgement.
#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
