//! Address literals: an IP address in brackets instead of a domain.
//!
//! The standard library's parsers say the same and stand beside these in the tests; in the
//! page they would weigh three times as much, for something that nobody types.
#![expect(
    clippy::string_slice,
    reason = "around two colons that were found in it"
)]

use crate::ascii;
use crate::decimal::read_decimal;

/// Whether `text` is an `address-literal` of RFC 5321 §4.1.3: IPv4, or IPv6 with its tag,
/// the only one ever registered.
pub(crate) fn is_literal(text: &str) -> bool {
    let inner = text
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|inner| match inner.split_at_checked(5) {
        Some((tag, address)) if tag.eq_ignore_ascii_case("IPv6:") => is_ipv6(address),
        _ => is_ipv4(inner),
    })
}

/// Four decimal bytes without leading zeros, as RFC 6943 §3.1.1 calls strict.
fn is_ipv4(text: &str) -> bool {
    let is_byte = |part: &str| {
        let leading_zero = part.len() > 1 && part.starts_with('0');
        !leading_zero && read_decimal(part).is_some_and(|number| number < 256)
    };
    ascii::split(text, b'.').count() == 4 && ascii::split(text, b'.').all(is_byte)
}

/// Eight groups of up to four hexadecimal digits (RFC 4291 §2.2), the last two perhaps as
/// IPv4, and one `::` for a run of zeros.
fn is_ipv6(text: &str) -> bool {
    const GROUPS: usize = 8;
    let compressed = text.as_bytes().windows(2).position(|pair| pair == b"::");
    let Some(at) = compressed else {
        return groups(text, true) == Some(GROUPS);
    };
    let (before, after) = (&text[..at], &text[at + 2..]);
    let count = |side: &str, is_last: bool| match side {
        "" => Some(0),
        _ => groups(side, is_last),
    };
    matches!((count(before, false), count(after, true)), (Some(a), Some(b)) if a + b < GROUPS)
}

/// How many groups stand in `text`; `None` where one is no group. Only at the end of the
/// address may IPv4 stand for two.
fn groups(text: &str, is_last: bool) -> Option<usize> {
    let mut groups = ascii::split(text, b':').peekable();
    let mut count = 0;
    while let Some(group) = groups.next() {
        let hexadecimal = group.bytes().all(|byte| byte.is_ascii_hexdigit());
        count += match group.len() {
            1..=4 if hexadecimal => 1,
            _ if is_last && groups.peek().is_none() && is_ipv4(group) => 2,
            _ => return None,
        };
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::*;

    #[track_caller]
    fn check(address: &str) {
        assert_eq!(
            is_ipv4(address),
            address.parse::<Ipv4Addr>().is_ok(),
            "{address}"
        );
        assert_eq!(
            is_ipv6(address),
            address.parse::<Ipv6Addr>().is_ok(),
            "{address}"
        );
    }

    #[test]
    fn as_the_standard_library() {
        for address in [
            "",
            "1.2.3.4",
            "1.2.3",
            "1.2.3.4.5",
            "01.2.3.4",
            "1.2.3.256",
            "1..3.4",
            "::",
            "::1",
            "1::",
            ":::",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "1:2:3:4::5:6:7:8",
            "1::2::3",
            "12345::",
            "g::",
            "::1.2.3.4",
            "1:2:3:4:5:6:1.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4",
            "1.2.3.4::",
            "::1.2.3.4:5",
            "::1.2.3.400",
            ":1",
            "1:",
            "0.0.0.0",
        ] {
            check(address);
        }
    }

    #[test]
    fn every_short_text_of_its_characters() {
        const CHARACTERS: [char; 5] = ['1', 'f', '0', ':', '.'];
        let mut texts = vec![String::new()];
        for _ in 0..7 {
            let longer = |text: &String| CHARACTERS.map(|c| format!("{text}{c}"));
            texts = texts.iter().flat_map(longer).collect();
            for text in &texts {
                check(text);
            }
        }
    }
}
