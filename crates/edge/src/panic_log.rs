//! What a panic leaves in the log: where it was, and nothing of what it was about.
//!
//! The platform library's own hook logs the message, and a message may quote a text: that of
//! a string cut in the middle of a character does.

use std::panic::{self, PanicHookInfo};
use std::sync::Once;

use worker::console_error;
use worker::js_sys::{Reflect, global};

use crate::log::Event;

/// Where the library keeps what the Worker's entry looks at (`tools/bindgen/worker.mjs`).
const STATE: &str = "__worker_init_state";
/// Set when the instance has died.
const DIED: &str = "criticalError";

/// Takes the place of the library's hook, which is there when the first request comes.
pub(crate) fn install() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        panic::set_hook(Box::new(|info| {
            console_error!("{}", line(info));
            let state = Reflect::get(&global(), &STATE.into());
            let told = state.and_then(|state| Reflect::set(&state, &DIED.into(), &true.into()));
            debug_assert!(told.is_ok());
        }));
    });
}

fn line(info: &PanicHookInfo<'_>) -> String {
    Event::panic(info.location()).line()
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn a_panic_is_logged_by_its_place() {
        static LINE: Mutex<String> = Mutex::new(String::new());
        let before = panic::take_hook();
        panic::set_hook(Box::new(|info| *LINE.lock().unwrap() = line(info)));
        let caught = panic::catch_unwind(|| {
            let text = std::hint::black_box("jané@shop.net");
            text.get(..4).map_or_else(|| text[..4].len(), str::len)
        });
        panic::set_hook(before);
        assert!(caught.is_err());
        let line = LINE.lock().unwrap();
        assert!(
            line.starts_with("{\"code\":\"panic\"") && line.contains("panic_log.rs"),
            "{line}"
        );
        assert!(!line.contains("jan"), "{line}");
    }
}
