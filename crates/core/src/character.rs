//! Which characters may stand in an address at all.

use crate::Reason;

/// `atext` of RFC 5322 §3.2.3.
pub(crate) fn is_atext(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            '!' | '#'
                | '$'
                | '%'
                | '&'
                | '\''
                | '*'
                | '+'
                | '-'
                | '/'
                | '='
                | '?'
                | '^'
                | '_'
                | '`'
                | '{'
                | '|'
                | '}'
                | '~'
        )
}

/// Why `c` may stand in no address, whatever surrounds it; `None` when it may.
///
/// RFC 6531 lets any non-ASCII character into a local part. The ones refused here cannot be
/// seen or typed, or reorder what surrounds them (UTS #39 §5, threat "homograph, bidi").
pub(crate) fn refused(c: char) -> Option<Reason> {
    match c {
        _ if c.is_control() => Some(Reason::ControlCharacter),
        _ if c.is_ascii() => None,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{ffff}'
        | '\u{e000}'..='\u{f8ff}'
        | '\u{fdd0}'..='\u{fdef}'
        | '\u{e0000}'..='\u{10ffff}' => Some(Reason::UnsafeUnicode),
        _ if u32::from(c) & 0xfffe == 0xfffe => Some(Reason::UnsafeUnicode),
        _ if c.is_whitespace() => Some(Reason::InvalidCharacter),
        _ => None,
    }
}
