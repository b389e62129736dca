//! An e-mail address: parsing, and nothing that needs lists, a policy or the network.
#![expect(
    clippy::string_slice,
    reason = "the ranges were found in the same text, at ASCII characters"
)]

use crate::ascii;
use crate::joined::joined;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use crate::clean::{Cleaned, LONGEST_TEXT};
use crate::domain::Domain;
use crate::fault::Fault;
use crate::local_part::LocalPart;
use crate::{Issue, Names, Reason};

/// RFC 5321 §4.5.3.1.3: 256 octets of path, less the angle brackets.
const LONGEST: usize = 254;

/// A well-formed address of RFC 5321, with the characters of RFC 6531 and the comments of
/// RFC 5322 (which are recognised and dropped).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// What stands before the `@`.
    pub local_part: LocalPart,
    /// What stands after it.
    pub domain: Domain,
    /// Whether comments stood around the local part or the domain.
    pub has_comment: bool,
}

impl Address {
    /// Parses `text` as it is: nothing is trimmed, folded or repaired.
    ///
    /// # Errors
    /// Every fault found, in the order of the text: at most one in the local part and one
    /// in the domain. An issue carries a code and a place and no part of the text.
    pub fn parse(text: &str) -> Result<Self, Vec<Issue>> {
        let cleaned = Cleaned::verbatim(text);
        Self::parse_text(text, Names::BUILT_IN).map_err(|faults| {
            let issue = |fault: Fault| Issue {
                code: fault.code,
                span: cleaned.span(fault.range),
            };
            faults.into_iter().map(issue).collect()
        })
    }

    /// The same with faults in bytes of `text`.
    pub(crate) fn parse_text(text: &str, names: Option<&Names>) -> Result<Self, Vec<Fault>> {
        let (local, domain) = split(text).map_err(|fault| vec![fault])?;
        let (local, comment_before) = without_comments(text, local);
        let (domain, comment_after) = without_comments(text, domain);
        let local_part = LocalPart::parse(&text[local.clone()], names);
        let parsed = Domain::parse(&text[domain.clone()], names);
        match (local_part, parsed) {
            (Ok(local_part), Ok(domain)) => {
                let has_comment = comment_before || comment_after;
                Self {
                    local_part,
                    domain,
                    has_comment,
                }
                .within_length(text)
            }
            (local_part, parsed) => {
                let mut faults = Vec::new();
                faults.extend(local_part.err().map(|fault| fault.shifted(local.start)));
                faults.extend(parsed.err().map(|fault| fault.shifted(domain.start)));
                Err(faults)
            }
        }
    }

    /// `local_part@domain` with the domain as lower-case A-labels.
    pub fn to_ascii_domain(&self) -> String {
        joined(&[self.local_part.as_str(), "@", self.ascii_domain()])
    }

    fn ascii_domain(&self) -> &str {
        match &self.domain {
            Domain::Name(name) => name.as_ascii(),
            Domain::Literal(literal) => literal,
        }
    }

    fn within_length(self, text: &str) -> Result<Self, Vec<Fault>> {
        let length = self.local_part.as_str().len() + 1 + self.ascii_domain().len();
        if length > LONGEST {
            return Err(vec![Fault::new(Reason::AddressTooLong, 0..text.len())]);
        }
        Ok(self)
    }
}

/// Finds the one `@` that parts local part and domain.
fn split(text: &str) -> Result<(Range<usize>, Range<usize>), Fault> {
    if text.is_empty() {
        return Err(Fault::new(Reason::Empty, 0..0));
    }
    if text.len() > LONGEST_TEXT {
        // Only the head is named, so that the cost does not grow with the text.
        return Err(Fault::new(Reason::AddressTooLong, 0..LONGEST));
    }
    let mut separators = Separators::new(text);
    let Some(at) = separators.next() else {
        return Err(Fault::new(Reason::MissingAt, text.len()..text.len()));
    };
    if let Some(second) = separators.next() {
        return Err(Fault::new(Reason::MultipleAt, second..second + 1));
    }
    Ok((0..at, at + 1..text.len()))
}

/// The `@`s outside a quoted string that opens the text and outside comments.
struct Separators<'t> {
    bytes: &'t [u8],
    offset: usize,
}

impl<'t> Separators<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            bytes: text.as_bytes(),
            offset: quoted_length(text),
        }
    }
}

impl Iterator for Separators<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let mut depth = 0_usize;
        while let Some(byte) = self.bytes.get(self.offset) {
            self.offset += 1;
            match byte {
                b'(' => depth += 1,
                b')' => depth = depth.saturating_sub(1),
                b'\\' if depth > 0 => self.offset += 1,
                b'@' if depth == 0 => return Some(self.offset - 1),
                _ => {}
            }
        }
        None
    }
}

/// The length of the quoted string at the start of `text`; 0 when there is none or it
/// never ends (then every `@` counts, and the parser names the quote).
fn quoted_length(text: &str) -> usize {
    if !text.starts_with('"') {
        return 0;
    }
    let mut escaped = false;
    for (offset, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return offset + 1,
            _ => {}
        }
    }
    0
}

/// Takes comments (RFC 5322 §3.2.2) off both ends of `text[range]`.
fn without_comments(text: &str, mut range: Range<usize>) -> (Range<usize>, bool) {
    let whole = range.clone();
    while let Some(length) = leading_comment(&text[range.clone()]) {
        range.start += length;
    }
    range.end -= trailing_comments(&text[range.clone()]);
    let found = range != whole;
    (range, found)
}

/// The length of the balanced comment that `part` starts with.
fn leading_comment(part: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (offset, c) in part.char_indices() {
        match c {
            _ if c.is_control() => return None,
            _ if escaped => escaped = false,
            '\\' if depth > 0 => escaped = true,
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1)?,
            _ if depth == 0 => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(offset + 1);
        }
    }
    None
}

/// The length of the balanced comments in a row that `part` ends with.
fn trailing_comments(part: &str) -> usize {
    if !part.ends_with(')') || part.starts_with('"') {
        return 0;
    }
    let (mut end, mut row) = (0, 0);
    while let Some((before, _)) = ascii::split_once(&part[end..], b'(') {
        let between = before.len();
        let Some(length) = leading_comment(&part[end + between..]) else {
            return 0;
        };
        row = if between == 0 { row + length } else { length };
        end += between + length;
    }
    if end == part.len() { row } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let address = Address::parse(text).unwrap_or_else(|issues| panic!("{text:?}: {issues:?}"));
        assert_eq!(address.to_ascii_domain(), expected, "{text:?}");
        let again = Address::parse(expected).unwrap();
        assert_eq!(
            (again.local_part, again.domain),
            (address.local_part, address.domain)
        );
    }

    #[track_caller]
    fn refuse(text: &str, expected: &[(Reason, usize, usize)]) {
        let issues = Address::parse(text).expect_err(text);
        let found: Vec<_> = issues
            .iter()
            .map(|issue| (issue.code, issue.span.start, issue.span.end))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn well_formed() {
        check("jane@Shop.HK", "jane@shop.hk");
        check("\"a@b c\"@shop.hk", "\"a@b c\"@shop.hk");
        check("jane@[192.0.2.1]", "jane@[192.0.2.1]");
        check(
            "(at work)jane(she)@shop.hk(her shop)(the best)",
            "jane@shop.hk",
        );
        check("jane(a@b)@shop.hk", "jane@shop.hk");
        // What a backslash takes the meaning from, in a comment and in a quoted string.
        check("jane(a\\)@b)@shop.hk", "jane@shop.hk");
        check("(a\\)b)jane@shop.hk", "jane@shop.hk");
        check(r#""a\"@b"@shop.hk"#, r#""a\"@b"@shop.hk"#);
        check("\"a@\"@shop.hk", "\"a@\"@shop.hk");
    }

    #[test]
    fn comments_are_told_wherever_they_stand() {
        for (text, has_comment) in [
            ("jane@shop.hk", false),
            ("jane(she)@shop.hk", true),
            ("jane@shop.hk(work)", true),
        ] {
            let found = Address::parse(text).map(|address| address.has_comment);
            assert_eq!(found, Ok(has_comment), "{text}");
        }
    }

    #[test]
    #[cfg(feature = "idn")]
    fn international() {
        check("用户@例子.公司", "用户@xn--fsqu00a.xn--55qx5d");
        check("e\u{301}@shop.hk", "\u{e9}@shop.hk");
    }

    #[test]
    fn faults() {
        refuse("", &[(Reason::Empty, 0, 0)]);
        refuse("jane", &[(Reason::MissingAt, 4, 4)]);
        refuse("@shop.hk", &[(Reason::MissingLocalPart, 0, 0)]);
        refuse("jane@", &[(Reason::MissingDomain, 5, 5)]);
        refuse("a@b@shop.hk", &[(Reason::MultipleAt, 3, 4)]);
        refuse("\"a@shop.hk", &[(Reason::InvalidCharacter, 0, 1)]);
        refuse(
            "a..b@shop..hk",
            &[
                (Reason::ConsecutiveDots, 2, 3),
                (Reason::ConsecutiveDots, 10, 11),
            ],
        );
        refuse("a(b@shop.hk", &[(Reason::MissingAt, 11, 11)]);
        refuse("a\\@b@shop.hk", &[(Reason::MultipleAt, 4, 5)]);
        refuse("jane@\\x.hk", &[(Reason::InvalidCharacter, 5, 6)]);
        refuse("\\jane@shop.hk", &[(Reason::InvalidCharacter, 0, 1)]);
        refuse("jane@shop.hk\\(x)", &[(Reason::InvalidCharacter, 12, 13)]);
        refuse("\"a\"(b)@shop.hk", &[(Reason::InvalidCharacter, 3, 6)]);
        refuse("(\u{7})a@shop.hk", &[(Reason::InvalidCharacter, 0, 1)]);
    }

    #[test]
    fn a_text_beyond_the_bound_is_not_read() {
        let longest = "a".repeat(LONGEST_TEXT);
        refuse(&longest, &[(Reason::MissingAt, LONGEST_TEXT, LONGEST_TEXT)]);
        refuse(&(longest + "a"), &[(Reason::AddressTooLong, 0, LONGEST)]);
        // The end of the head is no end of a character here.
        refuse(&"字".repeat(2_000), &[(Reason::AddressTooLong, 0, 252)]);
    }

    #[test]
    fn the_whole_is_measured_too() {
        let domain = format!(
            "{}.{}.{}.hk",
            "a".repeat(63),
            "b".repeat(63),
            "c".repeat(60)
        );
        check(
            &format!("{}@{domain}", "j".repeat(62)),
            &format!("{}@{domain}", "j".repeat(62)),
        );
        refuse(
            &format!("{}@{domain}", "j".repeat(63)),
            &[(Reason::AddressTooLong, 0, 255)],
        );
    }
}
