//! Taking the noise of pasting off an address before it is parsed.
//!
//! Cleaning only removes what stands around an address and folds what an input method
//! typed wide; it never changes a character that could belong to the address, and it says
//! what it did. Interior faults are left for the parser, whose repairs are only offered.
#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "the ranges were found in the same text, at ASCII characters"
)]

use crate::ascii;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::{Reason, Span};

/// Longest text that is looked at, in bytes. An address has at most 254 octets (RFC 5321
/// §4.5.3.1.3); the rest is room for a display name in any script.
pub(crate) const LONGEST_TEXT: usize = 4096;

/// An address without the noise around it, and where each of its bytes came from.
#[derive(Debug)]
pub(crate) struct Cleaned<'t> {
    /// The text as it was typed.
    source: &'t str,
    /// What is left of it.
    pub(crate) text: Cow<'t, str>,
    /// What was done, in the order of doing.
    pub(crate) notes: Vec<Reason>,
    origin: Origin,
}

/// Maps positions of the cleaned text to the source.
#[derive(Debug)]
enum Origin {
    /// The cleaned text is the source from this byte on.
    Slice(usize),
    /// Byte `i` of the cleaned text came from byte `map[i]`; one more entry for its end.
    Map(Vec<usize>),
}

impl<'t> Cleaned<'t> {
    /// The text as it is, for policies that clean nothing.
    pub(crate) fn verbatim(source: &'t str) -> Self {
        Self {
            source,
            text: Cow::Borrowed(source),
            notes: Vec::new(),
            origin: Origin::Slice(0),
        }
    }

    /// Cleans `source`.
    pub(crate) fn new(source: &'t str) -> Self {
        let mut cleaned = Self::verbatim(source);
        cleaned.fold_fullwidth();
        let mut range = 0..cleaned.text.len();
        let text = &*cleaned.text;
        let mut notes = core::mem::take(&mut cleaned.notes);
        for (step, reason) in STEPS {
            let narrower = step(text, range.clone());
            if narrower != range && !notes.contains(reason) {
                notes.push(*reason);
            }
            range = narrower;
        }
        cleaned.notes = notes;
        cleaned.keep(range);
        cleaned
    }

    /// Where a range of bytes of the cleaned text stands in the source. The range's ends
    /// may lie past the text's end; they are then clamped.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        let start = self.source_offset(range.start);
        let end = self.source_offset(range.end).max(start);
        let utf16_start = utf16_length(&self.source[..start]);
        let utf16_end = utf16_start + utf16_length(&self.source[start..end]);
        Span {
            start,
            end,
            utf16_start,
            utf16_end,
        }
    }

    fn source_offset(&self, offset: usize) -> usize {
        let offset = match &self.origin {
            Origin::Slice(start) => start + offset,
            Origin::Map(map) => map.get(offset).or(map.last()).copied().unwrap_or(0),
        };
        let mut offset = offset.min(self.source.len());
        while !self.source.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    fn keep(&mut self, range: Range<usize>) {
        if range == (0..self.text.len()) {
            return;
        }
        self.text = match core::mem::take(&mut self.text) {
            Cow::Borrowed(text) => Cow::Borrowed(&text[range.clone()]),
            Cow::Owned(text) => Cow::Owned(String::from(&text[range.clone()])),
        };
        match &mut self.origin {
            Origin::Slice(start) => *start += range.start,
            Origin::Map(map) => *map = map[range.start..=range.end].to_vec(),
        }
    }

    /// Folds full-width ASCII (U+FF01–FF5E), the ideographic space and the dots that UTS
    /// #46 takes for a full stop.
    fn fold_fullwidth(&mut self) {
        if ascii::is_ascii(self.source) || !self.source.chars().any(|c| folded(c).is_some()) {
            return;
        }
        let mut text = String::with_capacity(self.source.len());
        let mut map = Vec::with_capacity(self.source.len() + 1);
        for (offset, c) in self.source.char_indices() {
            text.push(folded(c).unwrap_or(c));
            map.resize(text.len(), offset);
        }
        map.push(self.source.len());
        self.text = Cow::Owned(text);
        self.origin = Origin::Map(map);
        self.notes.push(Reason::FullwidthFolded);
    }
}

/// A step narrows the part of the text that is kept.
type Step = fn(&str, Range<usize>) -> Range<usize>;

/// In this order: a display name hides behind space, a `mailto:` inside its brackets.
const STEPS: &[(Step, Reason)] = &[
    (trim_space, Reason::WhitespaceTrimmed),
    (trim_punctuation, Reason::TrailingPunctuationRemoved),
    (drop_display_name, Reason::DisplayNameRemoved),
    (drop_label, Reason::MailtoRemoved),
    (trim_punctuation, Reason::TrailingPunctuationRemoved),
    (trim_space, Reason::WhitespaceTrimmed),
];

fn folded(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{3000}' => Some(' '),
        '\u{3002}' | '\u{ff61}' => Some('.'),
        // The small at sign of Chinese input methods.
        '\u{fe6b}' => Some('@'),
        _ => None,
    }
}

/// White space, and the invisible characters that copying from a document or a contact
/// list brings along: zero-width spaces, byte-order mark, soft hyphen, direction marks.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn trim_space(text: &str, range: Range<usize>) -> Range<usize> {
    narrowed(text, range, |part| part.trim_matches(is_blank))
}

/// Takes off sentence punctuation at the end and quotes or brackets around the whole.
fn trim_punctuation(text: &str, range: Range<usize>) -> Range<usize> {
    narrowed(text, range, |mut part| {
        loop {
            let before = part.len();
            // Nearly all.
            if let [b'a'..=b'z', .., b'a'..=b'z'] = part.as_bytes() {
                return part;
            }
            part = strip_wrapping(part);
            part = part.strip_suffix(is_final_punctuation).unwrap_or(part);
            part = strip_unopened(part).trim_matches(is_blank);
            if part.len() == before {
                return part;
            }
        }
    })
}

fn is_final_punctuation(c: char) -> bool {
    matches!(
        c,
        '.' | ',' | ';' | ':' | '!' | '?' | '、' | '…' | '\\' | '$'
    )
}

/// Quotes and brackets that people put around an address, as pairs; what stands between the last
/// may follow a name ([`drop_display_name`]).
const PAIRS: [(char, char); 11] = [
    ('"', '"'),
    ('\'', '\''),
    ('(', ')'),
    ('[', ']'),
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('<', '>'),
];

fn strip_wrapping(part: &str) -> &str {
    PAIRS[..PAIRS.len() - 1]
        .iter()
        .find_map(|(open, close)| {
            let inner = part.strip_prefix(*open)?.strip_suffix(*close)?;
            // `"a"@[1.2.3.4]` starts and ends like a pair of nothing.
            (ascii::has(inner, b'@') && !holds(inner, *open) && !holds(inner, *close))
                .then_some(inner)
        })
        .unwrap_or(part)
}

fn holds(text: &str, c: char) -> bool {
    text.chars().any(|other| other == c)
}

/// Takes off closing quotes or brackets of one kind that nothing opened.
fn strip_unopened(part: &str) -> &str {
    let unopened = |(open, close): (char, char)| {
        let rest = part.strip_suffix(close)?;
        (!holds(rest, open)).then(|| rest.trim_end_matches(close))
    };
    PAIRS.into_iter().find_map(unopened).unwrap_or(part)
}

/// `Jane Doe <jane@example.com>` and `<jane@example.com>` (RFC 5322 §3.4 `name-addr`).
fn drop_display_name(text: &str, range: Range<usize>) -> Range<usize> {
    narrowed(text, range, |part| {
        let inner = part.strip_suffix('>').and_then(|rest| {
            let (name, inner) = ascii::split_once(rest, b'<')?;
            (!holds_another_address(name)).then_some(inner)
        });
        inner.map_or(part, |inner| inner.trim_matches(is_blank))
    })
}

/// `jane@example.com, Bob <bob@example.com>`. A name may be one address itself, and what stands
/// between the first bracket and the last is held against two by the parser.
fn holds_another_address(name: &str) -> bool {
    ascii::split_once(name, b'@')
        .is_some_and(|(_, after)| ascii::has(after, b',') || ascii::has(after, b';'))
}

/// The scheme of RFC 6068, and labels that are copied along from a signature.
const LABELS: [&str; 9] = [
    "mailto:",
    "email:",
    "e-mail:",
    "mail:",
    "邮箱:",
    "邮件:",
    "電郵:",
    "電子郵件:",
    "电子邮件:",
];

/// `mailto:jane@example.com?subject=…`, `E-mail: jane@example.com`.
fn drop_label(text: &str, range: Range<usize>) -> Range<usize> {
    let labelled = |part: &str, label: &str| {
        part.get(..label.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(label))
    };
    narrowed(text, range, |part| {
        match LABELS.iter().find(|label| labelled(part, label)) {
            Some(label) => {
                let mut rest = &part[label.len()..];
                while let Some(after) = rest.strip_prefix('/') {
                    rest = after;
                }
                rest = rest.trim_matches(is_blank);
                ascii::split_once(rest, b'?').map_or(rest, |(address, _)| address)
            }
            None => part,
        }
    })
}

/// The range of what `inner` keeps of `text[range]`.
fn narrowed(text: &str, range: Range<usize>, inner: impl Fn(&str) -> &str) -> Range<usize> {
    let part = &text[range.clone()];
    let kept = inner(part);
    // `kept` is a slice of `part`, so the distance of their starts is its offset.
    let start = range.start + (kept.as_ptr() as usize - part.as_ptr() as usize);
    start..start + kept.len()
}

fn utf16_length(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Reason::{
        DisplayNameRemoved, FullwidthFolded, MailtoRemoved, TrailingPunctuationRemoved,
        WhitespaceTrimmed,
    };

    #[track_caller]
    fn check(source: &str, text: &str, notes: &[Reason]) {
        let cleaned = Cleaned::new(source);
        assert_eq!(
            (&*cleaned.text, &*cleaned.notes),
            (text, notes),
            "{source:?}"
        );
        let again = Cleaned::new(text);
        assert_eq!(
            (&*again.text, again.notes.len()),
            (text, 0),
            "cleaning twice: {source:?}"
        );
    }

    #[test]
    fn takes_noise_off() {
        check("jane@shop.hk", "jane@shop.hk", &[]);
        check(
            " \u{a0}jane@shop.hk\n",
            "jane@shop.hk",
            &[WhitespaceTrimmed],
        );
        check(
            "\u{202a}jane@shop.hk\u{202c}",
            "jane@shop.hk",
            &[WhitespaceTrimmed],
        );
        check(
            "jane@shop.hk.",
            "jane@shop.hk",
            &[TrailingPunctuationRemoved],
        );
        check(
            "jane@shop.hk；",
            "jane@shop.hk",
            &[FullwidthFolded, TrailingPunctuationRemoved],
        );
        check(
            "\"jane@shop.hk\",",
            "jane@shop.hk",
            &[TrailingPunctuationRemoved],
        );
        check(
            "mailto:jane@shop.hk?subject=hi",
            "jane@shop.hk",
            &[MailtoRemoved],
        );
        check(
            "Jane Doe <jane@shop.hk>",
            "jane@shop.hk",
            &[DisplayNameRemoved],
        );
        check(
            "\"O'Neil, Jane\" < jane@shop.hk >;",
            "jane@shop.hk",
            &[TrailingPunctuationRemoved, DisplayNameRemoved],
        );
        check("<jane@shop.hk>", "jane@shop.hk", &[DisplayNameRemoved]);
        check(
            "\"jane@shop.hk\" <jane@shop.hk>",
            "jane@shop.hk",
            &[DisplayNameRemoved],
        );
        check(
            "【jane@shop.hk】",
            "jane@shop.hk",
            &[TrailingPunctuationRemoved],
        );
        check("jane＠shop。hk", "jane@shop.hk", &[FullwidthFolded]);
        check("jane﹫shop｡hk", "jane@shop.hk", &[FullwidthFolded]);
        check(
            "jane\u{3000}doe@shop.hk",
            "jane doe@shop.hk",
            &[FullwidthFolded],
        );
    }

    #[test]
    fn leaves_what_may_belong_to_the_address() {
        for text in [
            "\"jane doe\"@shop.hk",
            "jane@[192.0.2.1]",
            "jane@shop.hk(work)",
            "o'neil@shop.hk",
            "jane doe@shop.hk",
            "a\u{200b}b@shop.hk",
            "用户@例子.公司",
            // Several addresses.
            "jane@shop.hk, Bob <bob@shop.hk>",
            "jane@shop.hk; Bob <bob@shop.hk>",
            // Quotes around no address, brackets that are no pair.
            "\"jane doe\"",
            "(jane(a@shop.hk)",
        ] {
            check(text, text, &[]);
        }
    }

    #[test]
    fn spans_point_into_the_source() {
        let cleaned = Cleaned::new("　王＠例子。公司　");
        assert_eq!(cleaned.text, "王@例子.公司");
        let at = cleaned.text.find('@').unwrap();
        let span = cleaned.span(at..at + 1);
        assert_eq!(
            (span.start, span.end, span.utf16_start, span.utf16_end),
            (6, 9, 2, 3)
        );
        let cleaned = Cleaned::new("  é@shop.hk ");
        let span = cleaned.span(2..3);
        assert_eq!(
            (span.start, span.end, span.utf16_start, span.utf16_end),
            (4, 5, 3, 4)
        );
    }
}
