//! Internationalised names: UTS #46 through the `idna` crate, non-transitional, with the
//! ASCII repertoire already checked by the caller; and what of UTS #39 says that a name pretends
//! to be another.
//!
//! Without the `idn` feature nothing non-ASCII can be judged unless a shell lends the
//! conversions; the page fetches them when somebody types such an address, see
//! [`crate::needs_idn`].

use crate::ascii;
use alloc::string::String;

/// The conversions of international names.
#[derive(Debug, Clone, Copy)]
pub struct Names {
    /// Unicode normalization form C (UAX #15), in which addresses are compared (RFC 6532
    /// §3.1).
    pub nfc: fn(&str) -> String,
    /// The lower-case A-label form of a domain, or `None` where UTS #46 §4 refuses it.
    /// Lengths are not checked here.
    pub to_ascii: fn(&str) -> Option<String>,
    /// The Unicode form of a domain whose A-label form is known to be sound.
    pub to_unicode: fn(&str) -> String,
    /// A Unicode domain with the letters that look like Latin ones written in Latin; `None`
    /// where a letter looks like none.
    pub latin_twin: fn(&str) -> Option<String>,
    /// Whether a label of a Unicode domain mixes scripts that no language writes together.
    pub mixes_scripts: fn(&str) -> bool,
}

impl Names {
    /// What this build has itself: everything with the `idn` feature, else nothing.
    #[cfg(feature = "idn")]
    pub const BUILT_IN: Option<&'static Self> = Some(&Self {
        nfc: uts46::nfc,
        to_ascii: uts46::to_ascii,
        to_unicode: uts46::to_unicode,
        latin_twin: crate::script::latin_twin,
        mixes_scripts: crate::script::mixes_scripts,
    });
    /// What this build has itself: everything with the `idn` feature, else nothing.
    #[cfg(not(feature = "idn"))]
    pub const BUILT_IN: Option<&'static Self> = None;
}

/// Whether any label of an ASCII domain claims to be an A-label.
pub(crate) fn has_a_label(domain: &str) -> bool {
    ascii::split(domain, b'.').any(|label| {
        label
            .as_bytes()
            .get(..4)
            .is_some_and(|head| head.eq_ignore_ascii_case(b"xn--"))
    })
}

#[cfg(feature = "idn")]
mod uts46 {
    use alloc::string::String;

    use icu_normalizer::ComposingNormalizerBorrowed;
    use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

    pub(super) fn nfc(text: &str) -> String {
        ComposingNormalizerBorrowed::new_nfc()
            .normalize(text)
            .into_owned()
    }

    pub(super) fn to_ascii(domain: &str) -> Option<String> {
        let ascii = Uts46::new()
            .to_ascii(
                domain.as_bytes(),
                AsciiDenyList::STD3,
                Hyphens::Check,
                DnsLength::Ignore,
            )
            .ok()?;
        Some(ascii.into_owned())
    }

    pub(super) fn to_unicode(ascii_domain: &str) -> String {
        let bytes = ascii_domain.as_bytes();
        Uts46::new()
            .to_unicode(bytes, AsciiDenyList::STD3, Hyphens::Check)
            .0
            .into_owned()
    }
}
