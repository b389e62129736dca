//! Lists of short words that are looked through again and again: laid out by length when
//! Mailproof is compiled, so that words of other lengths are passed over without a look.
//!
//! One text and a byte a word weigh half of what as many references do.
#![expect(
    clippy::indexing_slicing,
    reason = "places of the tables that were made beside them"
)]

use core::ops::RangeInclusive;

/// Longest word, in bytes.
const LONGEST: usize = 24;

/// Words with a byte each, by length; of one length in the order in which they were listed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ByLength {
    /// By length: the place of the first word, and where it starts in the text.
    starts: &'static [(u16, u16); LONGEST + 3],
    text: &'static str,
    tags: &'static [u8],
}

/// A word of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    pub(crate) text: &'static str,
    /// The byte that was listed with it.
    pub(crate) tag: u8,
    /// Its place among all.
    pub(crate) place: usize,
}

impl ByLength {
    #[expect(
        clippy::panic,
        reason = "a list is laid out when Mailproof is compiled"
    )]
    pub(crate) const fn new<const COUNT: usize, const BYTES: usize>(
        sorted: &'static Sorted<COUNT, BYTES>,
    ) -> Self {
        Self {
            starts: &sorted.starts,
            text: match core::str::from_utf8(&sorted.text) {
                Ok(text) => text,
                Err(_) => panic!("not made of words"),
            },
            tags: &sorted.tags,
        }
    }

    /// The words of such lengths in bytes, shorter ones first.
    #[expect(clippy::cast_possible_truncation, reason = "at most LONGEST")]
    pub(crate) fn of(self, lengths: RangeInclusive<usize>) -> impl Iterator<Item = Word> {
        let mut length = (*lengths.start()).min(LONGEST + 1);
        let longest = (*lengths.end()).min(LONGEST);
        let (mut place, mut start) = self.starts[length];
        core::iter::from_fn(move || {
            while place == self.starts[length + 1].0 {
                if length >= longest {
                    return None;
                }
                length += 1;
            }
            let end = start + length as u16;
            let word = Word {
                text: self.text.get(start.into()..end.into())?,
                tag: *self.tags.get(usize::from(place))?,
                place: place.into(),
            };
            (place, start) = (place + 1, end);
            Some(word)
        })
    }

    pub(crate) fn find(self, wanted: &[u8]) -> Option<Word> {
        let first = wanted.first();
        self.of(wanted.len()..=wanted.len())
            .find(|word| word.text.as_bytes().first() == first && word.text.as_bytes() == wanted)
    }
}

/// What [`ByLength`] looks at.
pub(crate) struct Sorted<const COUNT: usize, const BYTES: usize> {
    starts: [(u16, u16); LONGEST + 3],
    text: [u8; BYTES],
    tags: [u8; COUNT],
}

impl<const COUNT: usize, const BYTES: usize> Sorted<COUNT, BYTES> {
    /// `BYTES` is the [`length`] of all words.
    #[expect(clippy::cast_possible_truncation, reason = "few and short")]
    pub(crate) const fn new(listed: &[(u8, &str); COUNT]) -> Self {
        let mut sorted = Self {
            starts: [(0, 0); LONGEST + 3],
            text: [0; BYTES],
            tags: [0; COUNT],
        };
        let (mut place, mut at, mut length) = (0, 0, 0);
        while length <= LONGEST {
            let mut next = 0;
            while next < COUNT {
                let (tag, word) = listed[next];
                if word.len() == length {
                    sorted.tags[place] = tag;
                    place += 1;
                    let mut byte = 0;
                    while byte < length {
                        sorted.text[at] = word.as_bytes()[byte];
                        (at, byte) = (at + 1, byte + 1);
                    }
                }
                next += 1;
            }
            length += 1;
            sorted.starts[length] = (place as u16, at as u16);
        }
        assert!(place == COUNT && at == BYTES, "a word is too long");
        sorted.starts[LONGEST + 2] = sorted.starts[LONGEST + 1];
        sorted
    }
}

/// Bytes of all words.
pub(crate) const fn length(listed: &[(u8, &str)]) -> usize {
    let (mut sum, mut next) = (0, 0);
    while next < listed.len() {
        sum += listed[next].1.len();
        next += 1;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTED: [(u8, &str); 5] = [(1, "info"), (2, "kefu"), (3, "it"), (4, "sales"), (5, "x")];
    static WORDS: ByLength = ByLength::new(&Sorted::<5, { length(&LISTED) }>::new(&LISTED));

    #[track_caller]
    fn check(lengths: RangeInclusive<usize>, expected: &[(u8, &str)]) {
        let found: Vec<_> = WORDS
            .of(lengths)
            .map(|word| (word.tag, word.text))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn by_length() {
        check(
            0..=99,
            &[(5, "x"), (3, "it"), (1, "info"), (2, "kefu"), (4, "sales")],
        );
        check(4..=4, &[(1, "info"), (2, "kefu")]);
        check(3..=3, &[]);
        check(0..=0, &[]);
        check(5..=usize::MAX, &[(4, "sales")]);
        check(6..=usize::MAX, &[]);
        check(usize::MAX..=usize::MAX, &[]);
    }

    #[test]
    fn each_is_found_and_nothing_else() {
        for (tag, word) in LISTED {
            assert_eq!(WORDS.find(word.as_bytes()).map(|word| word.tag), Some(tag));
        }
        for word in ["", "i", "inf", "infos", "keft", &"x".repeat(100)] {
            assert!(WORDS.find(word.as_bytes()).is_none(), "{word}");
        }
    }
}
