//! The core with what this module holds: one list pack, and the conversions of names that
//! the page lends.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use mailproof_core::{Context, Names, Pack, PackError, Policy, Routing, Verdict, judge_with};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::border;
use crate::single::Single;

static PACK: Single<Option<Pack<'static>>> = Single::new(None);
static NAMES_ARE_LENT: Single<bool> = Single::new(false);

/// The page's side of [`Names`], from the module of that name.
#[wasm_bindgen(raw_module = "mailproof-names")]
unsafe extern "C" {
    /// Converts the text of such a length at [`border::room`], and leaves the answer there;
    /// its length, or -1 where there is none.
    fn convert(how: usize, length: usize) -> isize;
}

/// `how`, as `www/engine/names.js` has them.
const NFC: usize = 0;
const TO_ASCII: usize = 1;
const TO_UNICODE: usize = 2;
const LATIN_TWIN: usize = 3;
const MIXES_SCRIPTS: usize = 4;

const LENT: Names = Names {
    nfc: |text| converted(NFC, text).unwrap_or_default(),
    to_ascii: |domain| converted(TO_ASCII, domain),
    to_unicode: |ascii_domain| converted(TO_UNICODE, ascii_domain).unwrap_or_default(),
    latin_twin: |domain| converted(LATIN_TWIN, domain),
    mixes_scripts: |domain| converted(MIXES_SCRIPTS, domain).is_some(),
};

fn converted(how: usize, text: &str) -> Option<String> {
    let length = convert(how, border::put(text.to_owned()));
    Some(border::take_text(length.try_into().ok()?))
}

/// Keeps a pack for the rest of the page's life.
///
/// # Errors
/// The core's, where the bytes are no pack; what was there before stays.
pub(crate) fn load_pack(bytes: Vec<u8>) -> Result<(), PackError> {
    // Leaked on purpose: once per page, and the look-ups need no owner.
    let pack = Pack::new(bytes.leak())?;
    #[cfg(not(feature = "compact"))]
    let pack = pack.with_letters(pack.letters().leak());
    PACK.with(|place| *place = Some(pack));
    Ok(())
}

/// From now on international names can be converted.
pub(crate) fn use_names() {
    NAMES_ARE_LENT.with(|are| *are = true);
}

fn names_are_lent() -> bool {
    NAMES_ARE_LENT.with(|are| *are)
}

/// Version and digest of the pack, each with a tab behind it; nothing where there is none.
pub(crate) fn lists() -> String {
    PACK.with(|pack| *pack).map_or_else(String::new, |pack| {
        let info = pack.info();
        let mut text = String::from(info.version);
        text.push('\t');
        text.push_str(&info.sha256.to_hex());
        text.push('\t');
        text
    })
}

/// Whether `text` can be judged with what is here.
pub(crate) fn can_judge(text: &str) -> bool {
    names_are_lent() || !mailproof_core::needs_idn(text)
}

/// The core's verdict, with the pack if it is there yet.
pub(crate) fn verdict(text: String, policy: &Policy, routing: Option<&Routing>) -> Verdict {
    let pack = PACK.with(|pack| *pack);
    let context = Context {
        pack: pack.as_ref(),
        policy,
        routing,
    };
    judge_with(text, &context, names_are_lent().then_some(&LENT))
}
