//! The built packs, read and checked once for a run.

use std::sync::LazyLock;

use mailproof_core::Pack;

/// The pack of the edge and the command line.
pub static FULL: LazyLock<Pack<'static>> =
    LazyLock::new(|| Pack::new(mailproof_lists::FULL).expect("the full pack"));

/// The small pack, with the letters of its providers counted beforehand as the npm package
/// does it; the full one is read without.
pub static SMALL: LazyLock<Pack<'static>> = LazyLock::new(|| {
    let pack = Pack::new(mailproof_lists::SMALL).expect("the small pack");
    pack.with_letters(pack.letters().leak())
});
