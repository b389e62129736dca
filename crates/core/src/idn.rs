//! Internationalised names: UTS #46 through the `idna` crate, non-transitional, with the
//! ASCII repertoire already checked by the caller.
//!
//! Without the `idn` feature nothing non-ASCII can be judged; the page then loads the
//! build that has it, see [`crate::needs_idn`].

use std::borrow::Cow;

/// Whether this build can convert international names.
pub(crate) const AVAILABLE: bool = cfg!(feature = "idn");

/// Unicode normalization form C (UAX #15), in which addresses are compared (RFC 6532 §3.1).
pub(crate) fn nfc(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    #[cfg(feature = "idn")]
    return icu_normalizer::ComposingNormalizerBorrowed::new_nfc().normalize(text);
    #[cfg(not(feature = "idn"))]
    Cow::Borrowed(text)
}

/// The lower-case A-label form of a domain, or `None` where UTS #46 §4 refuses it. Lengths
/// are not checked here.
#[cfg(feature = "idn")]
pub(crate) fn to_ascii(domain: &str) -> Option<String> {
    use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
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

/// The Unicode form of a domain whose A-label form is known to be sound.
#[cfg(feature = "idn")]
pub(crate) fn to_unicode(ascii_domain: &str) -> String {
    use idna::uts46::{AsciiDenyList, Hyphens, Uts46};
    let bytes = ascii_domain.as_bytes();
    Uts46::new()
        .to_unicode(bytes, AsciiDenyList::STD3, Hyphens::Check)
        .0
        .into_owned()
}

#[cfg(not(feature = "idn"))]
pub(crate) fn to_ascii(_domain: &str) -> Option<String> {
    None
}

#[cfg(not(feature = "idn"))]
pub(crate) fn to_unicode(ascii_domain: &str) -> String {
    ascii_domain.to_owned()
}

/// Whether any label of an ASCII domain claims to be an A-label.
pub(crate) fn has_a_label(domain: &str) -> bool {
    domain.split('.').any(|label| {
        label
            .as_bytes()
            .get(..4)
            .is_some_and(|head| head.eq_ignore_ascii_case(b"xn--"))
    })
}
