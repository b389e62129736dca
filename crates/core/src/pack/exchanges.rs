//! Who runs a mail exchanger: a few hundred suffixes of host names, as text.
//!
//! A line a host: the end of its name, a space, its provider. The lines are sorted by their
//! bytes, and searched by halves.

use crate::ascii;
use core::cmp::Ordering;

use super::tree::suffixes;

/// The lines; the default knows nobody.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Providers<'a> {
    text: &'a str,
}

impl<'a> Providers<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// The provider with the longest suffix of `exchange`, on label boundaries.
    pub(super) fn of(&self, exchange: &str) -> Option<&'a str> {
        suffixes(exchange)
            .filter_map(|suffix| self.find(suffix))
            .last()
    }

    fn find(&self, host: &str) -> Option<&'a str> {
        let mut rest = self.text;
        while !rest.is_empty() {
            let (before, from_middle) = split_at_line(rest)?;
            let (line, after) = ascii::split_once(from_middle, b'\n').unwrap_or((from_middle, ""));
            let (this, provider) = ascii::split_once(line, b' ')?;
            match host.cmp(this) {
                Ordering::Equal => return Some(provider),
                Ordering::Less => rest = before,
                Ordering::Greater => rest = after,
            }
        }
        None
    }
}

/// Splits before the line that stands in the middle.
fn split_at_line(text: &str) -> Option<(&str, &str)> {
    let before = text.as_bytes().get(..text.len() / 2)?;
    let start = before.iter().rposition(|byte| *byte == b'\n');
    text.split_at_checked(start.map_or(0, |newline| newline + 1))
}

#[cfg(test)]
mod tests {
    use super::Providers;

    #[test]
    fn the_longest_suffix_on_label_boundaries_wins() {
        let providers =
            Providers::new("google.com google\nmxbiz.qq.com exmail\nqq.com tencent\nzoho.com zoho");
        for (exchange, expected) in [
            ("aspmx.l.google.com", Some("google")),
            ("google.com", Some("google")),
            ("notgoogle.com", None),
            ("mx1.qq.com", Some("tencent")),
            ("a.mxbiz.qq.com", Some("exmail")),
            ("mx.zoho.com", Some("zoho")),
            ("a.a", None),
            ("zz.zz", None),
            ("com", None),
            ("", None),
        ] {
            assert_eq!(providers.of(exchange), expected, "{exchange}");
        }
        for odd in ["", "\n", "google.com", "\n\n \n"] {
            assert_eq!(Providers::new(odd).of("mx.google.com"), None, "{odd:?}");
        }
        assert_eq!(Providers::default().of("google.com"), None);
    }
}
