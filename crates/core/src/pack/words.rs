//! Words with a byte each, laid out by length, so that words of other lengths are passed
//! over without a look: the lists of a pack that are looked through again and again.
//!
//! ```text
//! starts   4 bytes for each length from 0 to LONGEST + 2: the place of its first word
//!          among all, and where that starts in the text
//! bytes    1 byte for each word, in the order of their places
//! text     all words, shorter ones first; of one length in the order of the list
//! ```

use core::ops::RangeInclusive;

use super::layout::words::{LONGEST, STARTS};

/// A list of words, borrowed from a pack.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Words<'a> {
    starts: &'a [u8],
    tags: &'a [u8],
    text: &'a str,
    /// The letters of each, where somebody counted them beforehand.
    pub(super) letters: &'a [u32],
}

/// A word of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word<'a> {
    pub(crate) text: &'a str,
    /// The byte that was listed with it.
    pub(crate) tag: u8,
    /// Its place among all.
    pub(crate) place: usize,
}

impl<'a> Words<'a> {
    /// No bytes at all are an empty list.
    pub(super) fn new(section: &'a [u8]) -> Option<Self> {
        let (starts, rest) = section.split_at_checked(STARTS).unwrap_or_default();
        let mut words = Self {
            starts,
            ..Self::default()
        };
        let (count, _) = words.start(LONGEST + 2);
        let (tags, text) = rest.split_at_checked(count)?;
        words.tags = tags;
        words.text = core::str::from_utf8(text).ok()?;
        Some(words)
    }

    /// The words of such lengths in bytes, shorter ones first.
    pub(crate) fn of(self, lengths: RangeInclusive<usize>) -> impl Iterator<Item = Word<'a>> {
        let mut length = (*lengths.start()).min(LONGEST + 1);
        let longest = (*lengths.end()).min(LONGEST);
        let (mut next, mut start) = self.start(length);
        let mut end = self.start(length + 1).0;
        core::iter::from_fn(move || {
            while next >= end {
                if length >= longest {
                    return None;
                }
                length += 1;
                end = self.start(length + 1).0;
            }
            let word = Word {
                text: self.text.get(start..start + length)?,
                tag: *self.tags.get(next)?,
                place: next,
            };
            (next, start) = (next + 1, start + length);
            Some(word)
        })
    }

    /// The letters of the word at a place, if they are counted.
    pub(crate) fn letters(self, place: usize) -> Option<u32> {
        if crate::COMPACT {
            return None;
        }
        self.letters.get(place).copied()
    }

    pub(crate) fn find(self, wanted: &[u8]) -> Option<Word<'a>> {
        let first = wanted.first();
        self.of(wanted.len()..=wanted.len())
            .find(|word| word.text.as_bytes().first() == first && word.text.as_bytes() == wanted)
    }

    /// The place of the first word of such a length, and where it starts in the text.
    fn start(self, length: usize) -> (usize, usize) {
        match self.starts.get(4 * length..) {
            Some(&[a, b, c, d, ..]) => (
                u16::from_le_bytes([a, b]).into(),
                u16::from_le_bytes([c, d]).into(),
            ),
            _ => (0, 0),
        }
    }
}
