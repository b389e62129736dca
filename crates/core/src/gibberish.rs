//! Local parts that look like hammering on the keyboard.
//!
//! Soft evidence, and only about long words of ASCII letters: short names, initials and names
//! in other scripts are never judged.
#![expect(
    clippy::indexing_slicing,
    reason = "a window has two letters, and there are places for 26"
)]

use crate::ascii;
use crate::suggest::key;

/// What makes a word look like that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gibberish {
    /// Keys that stand side by side: `asdfgh`, `qweqwe`.
    KeyboardWalk,
    /// Pairs of letters that names of no language have: `xkvqzrwtpf`.
    Unpronounceable,
}

impl Gibberish {
    /// The outcome in the evidence.
    pub(crate) fn outcome(self) -> &'static str {
        match self {
            Self::KeyboardWalk => "keyboard_walk",
            Self::Unpronounceable => "unpronounceable",
        }
    }

    /// Looks at each word of a local part, without its tag.
    pub(crate) fn find(local_part: &str) -> Option<Self> {
        let base = ascii::split_once(local_part, b'+').map_or(local_part, |(base, _)| base);
        if !ascii::is_ascii(base) {
            return None;
        }
        base.as_bytes()
            .split(|byte| !byte.is_ascii_alphabetic())
            .find_map(|word| {
                if is_keyboard_walk(word) {
                    Some(Self::KeyboardWalk)
                } else {
                    is_unpronounceable(word).then_some(Self::Unpronounceable)
                }
            })
    }
}

/// Which letters follow a letter (`a` first) in personal names: bit 0 is `a`. Made by
/// `data/name_pairs.py` from the names of Faker 40.54.0 and the syllables of pypinyin 0.55.0
/// (both MIT).
const PAIRS: [u32; 26] = [
    0x03ff_ffff, // a
    0x0112_4b9b, // b
    0x0312_4dd5, // c
    0x037e_79db, // d
    0x03ff_ffff, // e
    0x0016_69b1, // f
    0x03df_ffff, // g
    0x011a_7b11, // h
    0x03ff_ffff, // i
    0x0010_6515, // j
    0x0156_6d91, // k
    0x033e_ffff, // l
    0x0116_d197, // m
    0x03ff_ffff, // n
    0x03ff_ffff, // o
    0x0012_cd91, // p
    0x0010_0100, // q
    0x03ff_ffff, // r
    0x037c_fd97, // s
    0x031e_7d91, // t
    0x03ff_ffff, // u
    0x0012_4911, // v
    0x0014_6111, // w
    0x0010_0101, // x
    0x001e_7d5d, // y
    0x0310_7d9d, // z
];

/// Whether at least two pairs of five, and three, stand in hardly any name.
fn is_unpronounceable(word: &[u8]) -> bool {
    /// Initials have pairs of their own, those of a whole phrase in pinyin too, and so have
    /// words of other scripts typed on the Latin layout: `ghkdlxld` is 화이팅.
    const SHORTEST: usize = 10;
    if word.len() < SHORTEST {
        return false;
    }
    let rare = word
        .windows(2)
        .filter(|pair| PAIRS[place(pair[0])] >> place(pair[1]) & 1 == 0)
        .count();
    rare >= 3 && rare * 5 >= (word.len() - 1) * 2
}

/// The place of an ASCII letter in the alphabet.
fn place(letter: u8) -> usize {
    usize::from((letter | 0x20) - b'a')
}

/// Whether five keys in a row stand side by side, or nearly all letters in rows of three.
fn is_keyboard_walk(word: &[u8]) -> bool {
    const SHORTEST: usize = 6;
    const LONG: usize = 5;
    if word.len() < SHORTEST {
        return false;
    }
    let (mut run, mut direction, mut longest, mut covered) = (1, 0, 1, 0);
    for pair in word.windows(2) {
        let step = step(pair[0], pair[1]);
        if step != 0 && step == direction {
            run += 1;
            covered += if run == 3 { 3 } else { 1 };
        } else {
            // Who turns around shares a key with the row before: `brewer`.
            run = if step == 0 || direction != 0 { 1 } else { 2 };
            direction = step;
        }
        longest = longest.max(run);
    }
    longest >= LONG || covered * 4 >= word.len() * 3
}

/// 1 or -1 to the key beside, on the same row; else 0.
fn step(from: u8, to: u8) -> i8 {
    match (key(from | 0x20), key(to | 0x20)) {
        (Some((row, x)), Some((other_row, other_x))) if row == other_row => match other_x - x {
            2 => 1,
            -2 => -1,
            _ => 0,
        },
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::Gibberish::{self, KeyboardWalk, Unpronounceable};

    #[track_caller]
    fn check(local_part: &str, expected: Option<Gibberish>) {
        assert_eq!(Gibberish::find(local_part), expected, "{local_part}");
    }

    #[test]
    fn hammering() {
        for walk in [
            "qwertyuiop",
            "asdfgh",
            "ASDFGHJKL",
            "asdasd",
            "qweasdzxc",
            "asdfasdf",
            "lkjhgf",
            "qwerty123",
            "jane.zxcvbn",
        ] {
            check(walk, Some(KeyboardWalk));
        }
        for word in [
            "xkvqzrwtpf",
            "sdkfjhgskdjf",
            "fgdfhgdfgh",
            "x.bvcxqwrtplkj+tag",
        ] {
            check(word, Some(Unpronounceable));
        }
    }

    #[test]
    fn names_and_short_words() {
        for name in [
            "jane",
            "zhangxiaoming",
            "xuzhenqing",
            "wangxuqiang",
            "sato.yuki",
            "tsukamoto",
            "kobayashitsuyoshi",
            "nguyenthuyquynh",
            "krzysztof.wojciechowski",
            "brzeczyszczykiewicz",
            "schwarzenegger",
            "vijayaraghavan",
            "ramakrishnan",
            "o'brien",
            "mcknight",
            "jkrowling",
            "wxjzhp",
            "zxlwj2008",
            // Initials of a phrase in pinyin; Korean and Russian words on the Latin layout.
            "bjqcxszx",
            "lhtxjdzsw",
            "ghkdlxld",
            "ntcnjdsq",
            "trewartha",
            "andrews",
            "brewer",
            "werner",
            "hjk",
            "asdf",
            "用户",
            "Ωμέγα",
            "angstrom",
            "12345678",
            "a1b2c3d4e5f6g7h8",
            "",
        ] {
            check(name, None);
        }
    }
}
