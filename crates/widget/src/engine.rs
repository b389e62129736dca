//! The core with what this module holds: one list pack, and the conversions of names that
//! the page lends.

use core::cell::Cell;

use mailproof_core::{Context, Names, Pack, PackError, Policy, Routing, Verdict, judge_with};
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    static PACK: Cell<Option<Pack<'static>>> = const { Cell::new(None) };
    static NAMES_ARE_LENT: Cell<bool> = const { Cell::new(false) };
}

/// The page's side of [`Names`], from the module of that name.
#[wasm_bindgen(raw_module = "mailproof-names")]
unsafe extern "C" {
    fn nfc(text: &str) -> String;
    fn to_ascii(domain: &str) -> Option<String>;
    fn to_unicode(ascii_domain: &str) -> String;
}

const LENT: Names = Names {
    nfc,
    to_ascii,
    to_unicode,
};

/// Keeps a pack for the rest of the page's life.
///
/// # Errors
/// The core's, where the bytes are no pack; what was there before stays.
pub(crate) fn load_pack(bytes: Vec<u8>) -> Result<(), PackError> {
    Pack::new(&bytes)?;
    // Leaked on purpose: once per page, and the look-ups need no owner.
    PACK.set(Some(Pack::new(Box::leak(bytes.into_boxed_slice()))?));
    Ok(())
}

/// From now on international names can be converted.
pub(crate) fn use_names() {
    NAMES_ARE_LENT.set(true);
}

/// Whether `text` can be judged with what is here.
pub(crate) fn can_judge(text: &str) -> bool {
    NAMES_ARE_LENT.get() || !mailproof_core::needs_idn(text)
}

/// The core's verdict, with the pack if it is there yet.
pub(crate) fn verdict(text: &str, policy: &Policy, routing: Option<&Routing>) -> Verdict {
    let pack = PACK.get();
    let context = Context {
        pack: pack.as_ref(),
        policy,
        routing,
    };
    judge_with(text, &context, NAMES_ARE_LENT.get().then_some(&LENT))
}
