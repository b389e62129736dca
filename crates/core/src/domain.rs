//! What stands after the `@`.

use crate::ascii;
use crate::character::refused;
use crate::fault::Fault;
use crate::idn;
use crate::literal::is_literal;
use crate::{Names, Reason};
use alloc::borrow::ToOwned;
use alloc::string::String;

/// RFC 1035 §2.3.4, in octets, of the A-label.
const LONGEST_LABEL: usize = 63;
/// RFC 1035 §2.3.4: 255 on the wire, less the root label and the first length octet.
const LONGEST: usize = 253;
/// Octets of a character in UTF-8; none becomes less than an octet of an A-label.
const LONGEST_CHARACTER: usize = 4;

/// The part of an address after the `@`. Exists only when well-formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Domain {
    /// A name of RFC 5321 §4.1.2, possibly international (RFC 5890).
    Name(DomainName),
    /// An address literal of RFC 5321 §4.1.3, brackets included.
    Literal(String),
}

/// A domain name of one label or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainName {
    unicode: Option<String>,
    ascii: String,
}

impl DomainName {
    /// As A-labels in lower case.
    pub fn as_ascii(&self) -> &str {
        &self.ascii
    }

    /// As U-labels; the same as [`as_ascii`](Self::as_ascii) for an ASCII name.
    pub fn as_unicode(&self) -> &str {
        self.unicode.as_deref().unwrap_or(&self.ascii)
    }

    /// The name as U-labels and as A-labels.
    pub(crate) fn into_forms(self) -> (String, String) {
        let unicode = self.as_unicode().to_owned();
        (unicode, self.ascii)
    }

    /// Whether any label is international.
    pub fn is_international(&self) -> bool {
        self.unicode.is_some()
    }
}

impl Domain {
    /// Parses `text`; fault ranges are bytes of it.
    pub(crate) fn parse(text: &str, names: Option<&Names>) -> Result<Self, Fault> {
        if text.is_empty() {
            return Err(Fault::new(Reason::MissingDomain, 0..0));
        }
        if text.starts_with('[') {
            return if is_literal(text) {
                Ok(Self::Literal(text.to_owned()))
            } else {
                Err(Fault::new(Reason::InvalidCharacter, 0..text.len()))
            };
        }
        if text.len() > LONGEST * LONGEST_CHARACTER {
            return Err(Fault::new(Reason::DomainTooLong, 0..text.len()));
        }
        check_labels(text)?;
        if ascii::is_ascii(text) && !idn::has_a_label(text) {
            let ascii = text.to_ascii_lowercase();
            check_lengths(text, &ascii)?;
            return Ok(Self::Name(DomainName {
                unicode: None,
                ascii,
            }));
        }
        parse_international(text, names).map(Self::Name)
    }
}

/// Dots, hyphens and the ASCII repertoire (`sub-domain` of RFC 5321 §4.1.2), before any
/// mapping: `idna` and the browsers' URL parsers let far more ASCII pass.
fn check_labels(text: &str) -> Result<(), Fault> {
    let mut previous = '.';
    for (offset, c) in text.char_indices() {
        let code = match c {
            '.' if offset == 0 => Some(Reason::LeadingDot),
            '.' if previous == '.' => Some(Reason::ConsecutiveDots),
            '.' if previous == '-' => {
                return Err(Fault::new(Reason::HyphenEdge, offset - 1..offset));
            }
            '-' if previous == '.' => Some(Reason::HyphenEdge),
            '.' | '-' => None,
            _ if c.is_ascii_alphanumeric() => None,
            // ZWNJ and ZWJ are for UTS #46's joiner rules to judge.
            '\u{200c}' | '\u{200d}' => None,
            _ if c.is_ascii() => Some(refused(c).unwrap_or(Reason::InvalidCharacter)),
            _ => refused(c),
        };
        if let Some(code) = code {
            return Err(Fault::at(code, offset, c));
        }
        previous = c;
    }
    let last = text.len().saturating_sub(1)..text.len();
    match previous {
        '.' => Err(Fault::new(Reason::TrailingDot, last)),
        '-' => Err(Fault::new(Reason::HyphenEdge, last)),
        _ => Ok(()),
    }
}

fn parse_international(text: &str, names: Option<&Names>) -> Result<DomainName, Fault> {
    let invalid = |range| Fault::new(Reason::InvalidIdn, range);
    let names = names.ok_or_else(|| invalid(0..text.len()))?;
    let ascii = (names.to_ascii)(text).ok_or_else(|| invalid(faulty_label(text, names)))?;
    // Mapping may have produced ASCII or dots that were not there before: look again.
    check_labels(&ascii).map_err(|fault| Fault::new(fault.code, 0..text.len()))?;
    // Before the way back, which a name that is too long need not go.
    check_lengths(text, &ascii)?;
    let unicode = (names.to_unicode)(&ascii);
    let international = unicode != ascii;
    Ok(DomainName {
        unicode: international.then_some(unicode),
        ascii,
    })
}

/// The first label that is refused on its own, or the whole domain (the Bidi rule can fail
/// across labels).
fn faulty_label(text: &str, names: &Names) -> core::ops::Range<usize> {
    let mut start = 0;
    for label in ascii::split(text, b'.') {
        let range = start..start + label.len();
        if (names.to_ascii)(label).is_none() {
            return range;
        }
        start = range.end + 1;
    }
    0..text.len()
}

fn check_lengths(text: &str, ascii: &str) -> Result<(), Fault> {
    if ascii.len() > LONGEST {
        return Err(Fault::new(Reason::DomainTooLong, 0..text.len()));
    }
    let mut start = 0;
    let mut written = ascii::split(text, b'.');
    for label in ascii::split(ascii, b'.') {
        // Mapping makes dots of other characters too; then the last labels have no place.
        let range = written
            .next()
            .map_or(0..text.len(), |written| start..start + written.len());
        if label.len() > LONGEST_LABEL {
            return Err(Fault::new(Reason::LabelTooLong, range));
        }
        start = range.end + 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, (Reason, usize, usize)>) {
        let parsed = Domain::parse(text, Names::BUILT_IN).map(|domain| match domain {
            Domain::Name(name) => name.ascii,
            Domain::Literal(literal) => literal,
        });
        let parsed = parsed.map_err(|fault| (fault.code, fault.range.start, fault.range.end));
        assert_eq!(parsed, expected.map(str::to_owned), "{text:?}");
    }

    #[test]
    fn names() {
        check("Shop.HK", Ok("shop.hk"));
        check("a-b--c.com", Ok("a-b--c.com"));
        check("", Err((Reason::MissingDomain, 0, 0)));
        check(".com", Err((Reason::LeadingDot, 0, 1)));
        check("a..com", Err((Reason::ConsecutiveDots, 2, 3)));
        check("a.com.", Err((Reason::TrailingDot, 5, 6)));
        check("-a.com", Err((Reason::HyphenEdge, 0, 1)));
        check("a-.com", Err((Reason::HyphenEdge, 1, 2)));
        check("a.com-", Err((Reason::HyphenEdge, 5, 6)));
        check("a_b.com", Err((Reason::InvalidCharacter, 1, 2)));
        check("a.com:80", Err((Reason::InvalidCharacter, 5, 6)));
        check("a\u{7}.com", Err((Reason::ControlCharacter, 1, 2)));
        check(
            &format!("{}.com", "a".repeat(64)),
            Err((Reason::LabelTooLong, 0, 64)),
        );
        check(
            &format!("shop.{}", "a".repeat(64)),
            Err((Reason::LabelTooLong, 5, 69)),
        );
        let longest = "a.".repeat(126) + "a";
        check(&longest, Ok(&longest));
        check(
            &format!("{}com", "a.".repeat(126)),
            Err((Reason::DomainTooLong, 0, 255)),
        );
        // Beyond what any name can have in UTF-8, nothing is looked at.
        check(&"_".repeat(1_012), Err((Reason::InvalidCharacter, 0, 1)));
        check(&"_".repeat(1_013), Err((Reason::DomainTooLong, 0, 1_013)));
    }

    #[test]
    #[cfg(feature = "idn")]
    fn international_names() {
        check("例子.公司", Ok("xn--fsqu00a.xn--55qx5d"));
        check("XN--FSQU00A.xn--55qx5d", Ok("xn--fsqu00a.xn--55qx5d"));
        check("faß.de", Ok("xn--fa-hia.de"));
        check("xn--a.com", Err((Reason::InvalidIdn, 0, 5)));
        check("a.xn--zzzzzzz\u{e9}.com", Err((Reason::InvalidIdn, 2, 15)));
        check("a\u{202e}b.com", Err((Reason::UnsafeUnicode, 1, 4)));
        // A joiner stands where the script has one, and nowhere else.
        check("ශ්\u{200d}රී.com", Ok("xn--10cl1a0b660p.com"));
        check("a\u{200d}b.com", Err((Reason::InvalidIdn, 0, 5)));
        // Long in UTF-8, and no more than a name may have as A-labels.
        let long = ["字".repeat(40).as_str(); 3].join(".");
        let name = Domain::parse(&long, Names::BUILT_IN);
        let Ok(Domain::Name(name)) = name else {
            panic!("{} octets: {name:?}", long.len());
        };
        assert_eq!(name.as_unicode(), long);
        // Dots that only the mapping of UTS #46 makes.
        let long = format!("é。{}", "a".repeat(64));
        check(&long, Err((Reason::LabelTooLong, 0, long.len())));
    }

    #[test]
    #[cfg(feature = "idn")]
    fn a_name_knows_whether_it_is_international() {
        for (text, expected) in [
            ("shop.hk", Some(false)),
            ("例子.公司", Some(true)),
            ("xn--fsqu00a.com", Some(true)),
            ("[192.0.2.1]", None),
        ] {
            let name = match Domain::parse(text, Names::BUILT_IN) {
                Ok(Domain::Name(name)) => Some(name.is_international()),
                _ => None,
            };
            assert_eq!(name, expected, "{text}");
        }
    }

    #[test]
    fn literals() {
        check("[192.0.2.1]", Ok("[192.0.2.1]"));
        check("[IPv6:2001:db8::1]", Ok("[IPv6:2001:db8::1]"));
        check("[192.0.2.256]", Err((Reason::InvalidCharacter, 0, 13)));
        check("[2001:db8::1]", Err((Reason::InvalidCharacter, 0, 13)));
        check("[192.0.2.1", Err((Reason::InvalidCharacter, 0, 10)));
    }
}
