//! Why a domain cannot be called disposable, whatever a list says: the part of the
//! builder's rules that can be told from a pack.

use super::Pack;
use crate::ascii;

/// A rule that keeps a domain out of the disposable set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// Its last label is no top-level domain.
    UnknownTld,
    /// Others register under it (ICANN part of the Public Suffix List).
    PublicSuffix,
    /// A private relay, or a name under one.
    Relay,
    /// A provider or another domain known to be real, or a name under one.
    Known,
    /// A domain of a university, a school, a government or a military, by its suffix.
    AcademicOrGovernment,
}

/// Under a country's top-level domain these stand for universities, schools, governments (the
/// health service and the police of the United Kingdom among them)
/// and militaries, where they are public suffixes.
const PUBLIC_BODIES: &[&str] = &[
    "ac", "edu", "sch", "k12", "gov", "govt", "gob", "gouv", "gub", "gv", "go", "gc", "mil", "mod",
    "nhs", "police",
];
/// The same at the top.
const PUBLIC_BODIES_AT_THE_TOP: &[&str] = &["edu", "gov", "mil", "int", "arpa"];

impl Protection {
    /// The word in `provenance.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnknownTld => "unknown_tld",
            Self::PublicSuffix => "public_suffix",
            Self::Relay => "relay",
            Self::Known => "known",
            Self::AcademicOrGovernment => "academic_or_government",
        }
    }
}

impl Pack<'_> {
    /// The rule that would keep `domain` out of the disposable set. The builder knows more of
    /// them: typos of providers, other real domains, the private part of the Public Suffix
    /// List; `mailproof lists explain` tells which of these met an entry of a list.
    pub fn protection(&self, domain: &str) -> Option<Protection> {
        let top = ascii::last_label(domain);
        if !self.is_tld(top) {
            return Some(Protection::UnknownTld);
        }
        let Some(registrable) = self.registrable_domain(domain) else {
            return Some(Protection::PublicSuffix);
        };
        if self.relay(domain).is_some() {
            return Some(Protection::Relay);
        }
        if self.free.longest_suffix(domain).is_some() || self.known.longest_suffix(domain).is_some()
        {
            return Some(Protection::Known);
        }
        is_public_body(registrable).then_some(Protection::AcademicOrGovernment)
    }
}

/// Whether a registrable domain stands under a suffix for universities, schools, governments
/// or militaries.
pub fn is_public_body(registrable: &str) -> bool {
    let Some((_, suffix)) = ascii::split_once(registrable, b'.') else {
        return false;
    };
    if !ascii::has(suffix, b'.') {
        return PUBLIC_BODIES_AT_THE_TOP.contains(&suffix);
    }
    ascii::split(suffix, b'.').any(|label| PUBLIC_BODIES.contains(&label))
}

#[cfg(test)]
mod tests {
    use super::is_public_body;

    #[test]
    fn public_bodies_by_suffix() {
        for name in ["mit.edu", "ox.ac.uk", "x.gov.hk", "who.int", "x.go.jp"] {
            assert!(is_public_body(name), "{name}");
        }
        for name in ["edu.com", "shop.hk", "ac.co", "shop.co.uk", "edu", ""] {
            assert!(!is_public_body(name), "{name}");
        }
    }
}
