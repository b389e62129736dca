//! The one form of a domain that may be asked about.

use core::fmt;

/// Octets of a label (RFC 1035 §2.3.4).
const MAX_LABEL: usize = 63;
/// Octets of a name as text without the final dot: 255 on the wire (RFC 1035 §2.3.4) less
/// the first length octet and the root.
const MAX_NAME: usize = 253;

/// A domain as A-labels in lower case, without a final dot. Exists only if it can be asked.
///
/// Underscores pass: no mail domain of RFC 5321 has one, and yet such names exist in DNS.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DomainName(String);

/// Why a text is not a [`DomainName`]. Carries no part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotADomainName {
    /// No characters at all.
    Empty,
    /// An `@`: somebody sends a whole address.
    Address,
    /// A character outside ASCII: the caller has not converted it to A-labels.
    NotAscii,
    /// An ASCII character that is not a lower-case letter, digit, hyphen, underscore or dot.
    Character,
    /// Two dots in a row, or one at an edge.
    EmptyLabel,
    /// A hyphen at the edge of a label (RFC 5321 §4.1.2).
    HyphenEdge,
    /// A label of more than 63 octets, or more than 253 in all.
    TooLong,
}

impl DomainName {
    /// Reads `text`, which must already be in its final form: nothing is converted.
    ///
    /// # Errors
    /// The first of [`NotADomainName`] that applies.
    pub fn parse(text: &str) -> Result<Self, NotADomainName> {
        if text.is_empty() {
            return Err(NotADomainName::Empty);
        }
        if text.contains('@') {
            return Err(NotADomainName::Address);
        }
        if !text.is_ascii() {
            return Err(NotADomainName::NotAscii);
        }
        if text.len() > MAX_NAME {
            return Err(NotADomainName::TooLong);
        }
        text.split('.').try_for_each(check_label)?;
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it has one label only.
    pub fn is_dotless(&self) -> bool {
        !self.0.contains('.')
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn check_label(label: &str) -> Result<(), NotADomainName> {
    let is_allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    if !label.bytes().all(is_allowed) {
        return Err(NotADomainName::Character);
    }
    match label.len() {
        0 => Err(NotADomainName::EmptyLabel),
        1..=MAX_LABEL if label.starts_with('-') || label.ends_with('-') => {
            Err(NotADomainName::HyphenEdge)
        }
        1..=MAX_LABEL => Ok(()),
        _ => Err(NotADomainName::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<(), NotADomainName>) {
        assert_eq!(DomainName::parse(text).map(|_| ()), expected, "{text}");
    }

    #[test]
    fn only_the_final_form_passes() {
        check("gmail.com", Ok(()));
        check("xn--fsqu00a.xn--55qx5d", Ok(()));
        check("_dmarc.gmail.com", Ok(()));
        check("ai", Ok(()));
        check("", Err(NotADomainName::Empty));
        check("jane@gmail.com", Err(NotADomainName::Address));
        check("例子.公司", Err(NotADomainName::NotAscii));
        check("Gmail.com", Err(NotADomainName::Character));
        check("gmail.com/", Err(NotADomainName::Character));
        check("gmail%2ecom", Err(NotADomainName::Character));
        check("gmail..com", Err(NotADomainName::EmptyLabel));
        check("gmail.com.", Err(NotADomainName::EmptyLabel));
        check("-a.com", Err(NotADomainName::HyphenEdge));
        check(&"a".repeat(64), Err(NotADomainName::TooLong));
        check(&"a".repeat(63), Ok(()));
        check(
            &format!("{}.com", "a.".repeat(125)),
            Err(NotADomainName::TooLong),
        );
    }
}
