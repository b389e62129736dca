//! Looking for one ASCII character in a short text.
//!
//! The standard library's searches take any pattern and are made for long texts. In the page
//! they weigh as much as the parser of addresses; these do the same with a loop over bytes,
//! and the tests hold them beside the standard library's.

/// Whether `text` holds the character.
pub fn has(text: &str, c: u8) -> bool {
    text.bytes().any(|byte| byte == c)
}

/// Whether the text has nothing but ASCII characters.
pub fn is_ascii(text: &str) -> bool {
    text.bytes().all(|byte| byte < 0x80)
}

/// What stands before and after the first one.
pub fn split_once(text: &str, c: u8) -> Option<(&str, &str)> {
    around(text, text.bytes().position(|byte| byte == c)?)
}

/// What stands before and after the last one.
pub fn rsplit_once(text: &str, c: u8) -> Option<(&str, &str)> {
    around(text, text.bytes().rposition(|byte| byte == c)?)
}

/// The parts between the characters; one more than there are of them.
pub fn split(text: &str, c: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let text = rest?;
        let (part, after) = match split_once(text, c) {
            Some((part, after)) => (part, Some(after)),
            None => (text, None),
        };
        rest = after;
        Some(part)
    })
}

/// The label of a domain that stands rightmost: its top-level domain.
pub fn last_label(domain: &str) -> &str {
    rsplit_once(domain, b'.').map_or(domain, |(_, last)| last)
}

fn around(text: &str, at: usize) -> Option<(&str, &str)> {
    Some((text.get(..at)?, text.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_standard_library() {
        for text in ["", ".", "a", "a.b", ".a..b.", "例.子", "a.例", "..."] {
            assert_eq!(has(text, b'.'), text.contains('.'), "{text}");
            assert_eq!(is_ascii(text), text.is_ascii(), "{text}");
            assert_eq!(split_once(text, b'.'), text.split_once('.'), "{text}");
            assert_eq!(rsplit_once(text, b'.'), text.rsplit_once('.'), "{text}");
            assert!(split(text, b'.').eq(text.split('.')), "{text}");
            assert_eq!(Some(last_label(text)), text.rsplit('.').next(), "{text}");
        }
    }
}
