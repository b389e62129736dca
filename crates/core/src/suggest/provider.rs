//! The mail providers that people mean, and how many mean them: the pack's list, which
//! `data/overrides/providers.toml` says.

use core::ops::RangeInclusive;

use super::slip::Cost;
use crate::Pack;
use crate::pack::layout::words::SQUAT;
use crate::pack::words::Word;

/// A mail provider's domain.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Provider<'p> {
    pub(crate) domain: &'p str,
    /// 4: hundreds of millions of mailboxes; 3: tens of millions; 2: millions; 1: fewer or
    /// of one region; 0: real, never suggested; [`SQUAT`]: nobody's, and takes mail.
    tag: u8,
    place: usize,
}

impl Provider<'_> {
    /// The [`letters`] of the domain.
    pub(crate) fn letters(self, pack: &Pack<'_>) -> u32 {
        let counted = pack.providers().letters(self.place);
        counted.unwrap_or_else(|| letters(self.domain))
    }

    /// What is added to the price of a slip: the heavier the provider, the likelier it is
    /// what was meant.
    pub(crate) fn handicap(self) -> Cost {
        3 * Cost::from(4 - self.tag)
    }

    /// How much slipping is believed: little for short names, which are near to everything.
    pub(crate) fn limit(self) -> Cost {
        limit(self.domain, self.tag)
    }

    fn has_mailboxes(self) -> bool {
        (1..SQUAT).contains(&self.tag)
    }
}

/// The providers with domains of such a length that have mailboxes: shorter ones first, of
/// one length the heaviest.
pub(crate) fn suggestible<'p>(
    pack: &Pack<'p>,
    lengths: RangeInclusive<usize>,
) -> impl Iterator<Item = Provider<'p>> {
    pack.providers()
        .of(lengths)
        .map(provider)
        .filter(|provider| provider.has_mailboxes())
}

fn provider(word: Word<'_>) -> Provider<'_> {
    Provider {
        domain: word.text,
        tag: word.tag,
        place: word.place,
    }
}

/// Names under which a provider has mailboxes in many countries: `yahoo.fr`,
/// `hotmail.com.hk`, … Whatever public suffix stands behind them, the domain is theirs.
pub(crate) const FAMILIES: &[&str] = &[
    "yahoo", "hotmail", "outlook", "live", "gmx", "aol", "yandex", "zoho", "msn",
];

/// The price up to which a slip for `domain` is believed: the shorter its name, the more
/// real domains stand beside it, and the rarer the provider, the likelier it is one of them.
fn limit(domain: &str, weight: u8) -> Cost {
    let name = domain.bytes().take_while(|byte| *byte != b'.').count();
    let (most, for_rarity) = match name {
        0..=2 => (7, 1),
        3 => (11, 2),
        4 => (14, 2),
        5 => (19, 2),
        6..=7 => (22, 1),
        _ => (26, 1),
    };
    most - for_rarity * (4 - Cost::from(weight))
}

/// The set of characters of `text`: bit `i` is set when it holds the letter `a + i`; bits
/// 26–31 fold digits and punctuation. Lets most candidates be passed over without looking at
/// them.
pub(crate) fn letters(text: &str) -> u32 {
    text.bytes().fold(0, |set, byte| {
        set | match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'9' => 1 << (26 + byte % 4),
            b'.' => 1 << 30,
            _ => 1 << 31,
        }
    })
}

/// Whether the domain is a provider's own, or real though it looks like a slip for one, so
/// that there is nothing to correct.
pub(crate) fn is_provider(domain: &str, pack: &Pack<'_>) -> bool {
    find(domain, pack).is_some_and(|provider| provider.tag < SQUAT)
}

/// Whether the provider has mailboxes under this domain.
pub(crate) fn has_mailboxes(domain: &str, pack: &Pack<'_>) -> bool {
    find(domain, pack).is_some_and(Provider::has_mailboxes)
}

/// Whether the domain waits for other people's slips, so that taking mail does not speak for
/// it.
pub(crate) fn is_squat(domain: &str, pack: &Pack<'_>) -> bool {
    find(domain, pack).is_some_and(|provider| provider.tag == SQUAT)
}

fn find<'p>(domain: &str, pack: &Pack<'p>) -> Option<Provider<'p>> {
    pack.providers().find(domain.as_bytes()).map(provider)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::tests::SMALL;
    use crate::suggest::slip::TOO_MUCH;

    #[test]
    fn the_more_mailboxes_the_likelier() {
        let handicaps = [4, 3, 2, 1].map(|tag| {
            let text = "example.com";
            provider(Word {
                text,
                tag,
                place: 0,
            })
            .handicap()
        });
        assert_eq!(handicaps, [0, 3, 6, 9]);
    }

    #[test]
    fn the_shorter_and_the_rarer_the_less_slipping_is_believed() {
        let names = ["qq", "abc", "abcd", "abcde", "abcdef", "abcdefgh"];
        for weight in 1..=4 {
            let limits = names.map(|name| limit(&format!("{name}.com"), weight));
            assert!(limits.is_sorted_by(|a, b| a < b), "{weight}: {limits:?}");
        }
        for name in names {
            let limits = [1, 2, 3, 4].map(|weight| limit(name, weight));
            assert!(limits.is_sorted_by(|a, b| a < b), "{name}: {limits:?}");
            assert!(limits[3] < TOO_MUCH);
        }
    }

    #[test]
    fn letters_that_were_counted_before_are_the_same() {
        let counted = SMALL.letters();
        let pack = (*SMALL).with_letters(&counted);
        for provider in suggestible(&pack, 0..=usize::MAX) {
            assert_eq!(provider.letters(&pack), letters(provider.domain));
        }
    }

    #[track_caller]
    fn check(a: &str, b: &str, apart: u32) {
        let found = (letters(a) ^ letters(b)).count_ones();
        assert_eq!(found, apart, "{a} and {b}");
    }

    #[test]
    fn letters_that_only_one_side_has() {
        check("abc", "cab", 0);
        check("abc", "abd", 2);
        check("aa", "", 1);
        check("a1", "a2", 2);
        check("1", "z", 2);
        check("0", "z", 2);
        check("a.", "a", 1);
        check("a-", "a", 1);
        check("a-", "a.", 2);
    }
}
