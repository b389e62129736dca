//! What stands before the `@`.

use crate::ascii;
use crate::character::{is_atext, refused};
use crate::fault::Fault;
use crate::{Names, Reason};
use alloc::borrow::ToOwned;
use alloc::string::String;

/// RFC 5321 §4.5.3.1.1, in octets.
const LONGEST: usize = 64;

/// The part of an address before the `@`: a dot-atom or a quoted string of RFC 5321 §4.1.2,
/// with the non-ASCII characters of RFC 6531 §3.3. Exists only when well-formed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalPart {
    text: String,
    quoted: bool,
}

impl LocalPart {
    /// As written, in NFC, quotes included.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Whether it is a quoted string.
    pub fn is_quoted(&self) -> bool {
        self.quoted
    }

    /// Whether mail to it needs an SMTPUTF8 server (RFC 6531).
    pub fn needs_smtputf8(&self) -> bool {
        !ascii::is_ascii(&self.text)
    }

    /// Parses `text`; fault ranges are bytes of it.
    pub(crate) fn parse(text: &str, names: Option<&Names>) -> Result<Self, Fault> {
        if text.is_empty() {
            return Err(Fault::new(Reason::MissingLocalPart, 0..0));
        }
        let quoted = text.starts_with('"');
        if quoted {
            check_quoted_string(text)
        } else {
            check_dot_atom(text)
        }?;
        let composed = match names {
            Some(names) if !ascii::is_ascii(text) => (names.nfc)(text),
            _ => text.to_owned(),
        };
        if composed.len() > LONGEST {
            return Err(Fault::new(Reason::LocalPartTooLong, 0..text.len()));
        }
        Ok(Self {
            text: composed,
            quoted,
        })
    }
}

/// The one character that NFC turns into what a dot-atom may not hold: a semicolon.
const GREEK_QUESTION_MARK: char = '\u{37e}';

/// `Dot-string` of RFC 5321 §4.1.2.
fn check_dot_atom(text: &str) -> Result<(), Fault> {
    let mut after_dot = true;
    for (offset, c) in text.char_indices() {
        if c == '.' {
            if after_dot {
                let code = if offset == 0 {
                    Reason::LeadingDot
                } else {
                    Reason::ConsecutiveDots
                };
                return Err(Fault::at(code, offset, c));
            }
            after_dot = true;
            continue;
        }
        if let Some(code) = refused(c) {
            return Err(Fault::at(code, offset, c));
        }
        if c == GREEK_QUESTION_MARK || c.is_ascii() && !is_atext(c) {
            return Err(Fault::at(Reason::InvalidCharacter, offset, c));
        }
        after_dot = false;
    }
    if after_dot {
        return Err(Fault::new(Reason::TrailingDot, text.len() - 1..text.len()));
    }
    Ok(())
}

/// `Quoted-string` of RFC 5321 §4.1.2. `text` starts with a quote.
fn check_quoted_string(text: &str) -> Result<(), Fault> {
    let mut escaped = false;
    for (offset, c) in text.char_indices().skip(1) {
        if let Some(code) = refused(c) {
            return Err(Fault::at(code, offset, c));
        }
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' if offset + 1 == text.len() => return Ok(()),
            '"' => {
                let rest = offset + 1..text.len();
                return Err(Fault::new(Reason::InvalidCharacter, rest));
            }
            _ => {}
        }
    }
    Err(Fault::new(Reason::InvalidCharacter, 0..1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<bool, (Reason, usize, usize)>) {
        let parsed = LocalPart::parse(text, Names::BUILT_IN).map(|part| part.is_quoted());
        let parsed = parsed.map_err(|fault| (fault.code, fault.range.start, fault.range.end));
        assert_eq!(parsed, expected, "{text:?}");
    }

    #[test]
    fn dot_atoms() {
        for text in [
            "jane",
            "o'neil",
            "a.b.c",
            "+",
            "!#$%&'*+-/=?^_`{|}~",
            "用户",
            "δοκιμή.x",
        ] {
            check(text, Ok(false));
        }
        check("", Err((Reason::MissingLocalPart, 0, 0)));
        check(".a", Err((Reason::LeadingDot, 0, 1)));
        check("a..b", Err((Reason::ConsecutiveDots, 2, 3)));
        check("a.", Err((Reason::TrailingDot, 1, 2)));
        check("a b", Err((Reason::InvalidCharacter, 1, 2)));
        check("a\u{0}", Err((Reason::ControlCharacter, 1, 2)));
        check("a\u{202e}b", Err((Reason::UnsafeUnicode, 1, 4)));
        // What NFC would turn into a semicolon.
        check("a\u{37e}", Err((Reason::InvalidCharacter, 1, 3)));
    }

    #[test]
    fn quoted_strings() {
        for text in [
            r#""""#,
            r#""a b""#,
            r#""a@b""#,
            r#""a\"b""#,
            r#""a\\""#,
            r#""..""#,
        ] {
            check(text, Ok(true));
        }
        check(r#"""#, Err((Reason::InvalidCharacter, 0, 1)));
        check(r#""a"b"#, Err((Reason::InvalidCharacter, 3, 4)));
        check(r#""a\""#, Err((Reason::InvalidCharacter, 0, 1)));
    }

    #[test]
    fn only_what_is_not_ascii_needs_smtputf8() {
        for (text, expected) in [("jane", false), ("\"a b\"", false), ("用户", true)] {
            let needs = LocalPart::parse(text, Names::BUILT_IN).map(|part| part.needs_smtputf8());
            assert_eq!(needs.ok(), Some(expected), "{text}");
        }
    }

    #[test]
    fn length_is_in_octets() {
        check(&"a".repeat(64), Ok(false));
        check(&"a".repeat(65), Err((Reason::LocalPartTooLong, 0, 65)));
        check(&"字".repeat(22), Err((Reason::LocalPartTooLong, 0, 66)));
        // NFC makes two characters of one here: the fault is still of what was typed.
        check(
            &"\u{958}".repeat(11),
            Err((Reason::LocalPartTooLong, 0, 33)),
        );
    }
}
