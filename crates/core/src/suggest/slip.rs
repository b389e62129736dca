//! How likely one typed name is a slip for another: a weighted edit distance in which the
//! slips that fingers and eyes make are cheap and everything else is dear.
#![expect(
    clippy::indexing_slicing,
    reason = "what is longer than a row is turned away first; keys are ASCII"
)]

/// The price of a slip, in tenths of an arbitrary edit.
pub(crate) type Cost = u16;

/// More than any affordable slip.
pub(crate) const TOO_MUCH: Cost = 1_000;

/// Longest stretch compared, in bytes, after what both have in common.
const LONGEST: usize = 24;

const TRANSPOSITION: Cost = 7;
const NEIGHBOUR: Cost = 8;
const OTHER_KEY: Cost = 12;
const DOUBLED: Cost = 5;
/// What each byte of a difference in length costs at least.
const DOUBLED_BYTES: usize = 3;
const DROPPED_OR_ADDED: Cost = 10;
const LOOKALIKE: Cost = 3;
/// People look at the first letter that they type, so a slip there is rarer.
const AT_THE_START: Cost = 4;

/// The price of having typed `typed` for `meant`; [`TOO_MUCH`] where every way costs more
/// than `limit`. Optimal string alignment over bytes.
pub(crate) fn cost(typed: &str, meant: &str, limit: Cost) -> Cost {
    let (typed, meant) = (typed.as_bytes(), meant.as_bytes());
    let (typed, meant, at_start) = without_common_ends(typed, meant);
    let apart = typed.len().abs_diff(meant.len());
    if typed.len() > LONGEST || meant.len() > LONGEST || apart * DOUBLED_BYTES > limit.into() {
        return TOO_MUCH;
    }
    let beyond = limit + 1;
    // Of the prefix of `typed` before the last, the last, and the present one.
    let mut rows = [[beyond; LONGEST + 1]; 3];
    let mut cheapest_above = 0;
    for i in 0..=typed.len() {
        rows = [rows[1], rows[2], [beyond; LONGEST + 1]];
        let mut cheapest = beyond;
        for j in 0..=meant.len() {
            if i.abs_diff(j) * DOUBLED_BYTES > limit.into() {
                continue;
            }
            let mut price = cell(&rows, &typed[..i], &meant[..j], beyond);
            if at_start && price > 0 && i.max(j) == 1 {
                price += AT_THE_START;
            }
            rows[2][j] = price;
            cheapest = cheapest.min(price);
        }
        // A transposition reaches over one row.
        if cheapest.min(cheapest_above) > limit {
            return TOO_MUCH;
        }
        cheapest_above = cheapest;
    }
    let total = rows[2][meant.len()];
    if total > limit { TOO_MUCH } else { total }
}

/// What is left when the common start, but for its last byte, and the common end, but for
/// its first, are taken off; and whether the first byte is still there.
fn without_common_ends<'a>(mut a: &'a [u8], mut b: &'a [u8]) -> (&'a [u8], &'a [u8], bool) {
    let common = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    // The common byte beside a difference tells whether the next one doubles it.
    let start = common.saturating_sub(1);
    (a, b) = (&a[start..], &b[start..]);
    let kept = common - start;
    let rest = (a.len() - kept).min(b.len() - kept);
    let tail = a.iter().rev().zip(b.iter().rev()).take(rest);
    let end = tail.take_while(|(a, b)| a == b).count().saturating_sub(1);
    (&a[..a.len() - end], &b[..b.len() - end], start == 0)
}

/// The cheapest way from the prefix `meant` to the prefix `typed`, given the prices of all
/// shorter prefixes; `beyond` where there is none that is cheaper.
fn cell(rows: &[[Cost; LONGEST + 1]; 3], typed: &[u8], meant: &[u8], beyond: Cost) -> Cost {
    let j = meant.len();
    let [before, above, present] = rows;
    let mut best = if typed.is_empty() && j == 0 {
        0
    } else {
        beyond
    };
    if let ([.., a], [.., b]) = (typed, meant) {
        // Looking a key up is dear: not where even the cheapest slip would be no cheaper.
        if a == b {
            best = best.min(above[j - 1]);
        } else if above[j - 1] + LOOKALIKE < best {
            best = best.min(above[j - 1] + substituted(*a, *b));
        }
    }
    if let [shorter @ .., last] = typed
        && above[j] + DOUBLED < best
    {
        best = best.min(above[j] + added(shorter, *last, meant));
    }
    if let [shorter @ .., last] = meant
        && present[j - 1] + DOUBLED < best
    {
        best = best.min(present[j - 1] + added(shorter, *last, typed));
    }
    if let ([.., a, b], [.., c, d]) = (typed, meant)
        && (a, b) == (d, c)
        && a != b
    {
        best = best.min(before[j - 2] + TRANSPOSITION);
    }
    if let ([.., b'r', b'n'], [.., b'm']) = (typed, meant) {
        best = best.min(before[j - 1] + LOOKALIKE);
    }
    best
}

/// One byte more on one side: cheap where it doubles the one before it, or where it is the
/// key beside the one that was meant.
fn added(before: &[u8], byte: u8, other: &[u8]) -> Cost {
    match (before.last(), other.last()) {
        (Some(previous), _) if *previous == byte => DOUBLED,
        (_, Some(meant)) if are_neighbours(byte, *meant) => NEIGHBOUR,
        _ => DROPPED_OR_ADDED,
    }
}

fn substituted(typed: u8, meant: u8) -> Cost {
    match (typed, meant) {
        (b'0', b'o') | (b'1' | b'i', b'l') | (b'1' | b'l', b'i') => LOOKALIKE,
        _ if are_neighbours(typed, meant) => NEIGHBOUR,
        _ if is_vowel(typed) && is_vowel(meant) => NEIGHBOUR,
        _ => OTHER_KEY,
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Pairs that stand side by side on AZERTY or QWERTZ, or trade places with QWERTY there.
const OTHER_LAYOUTS: [(u8, u8); 5] = [
    (b'y', b'z'),
    (b'w', b'z'),
    (b'a', b'q'),
    (b't', b'z'),
    (b'm', b'l'),
];

fn are_neighbours(a: u8, b: u8) -> bool {
    let side_by_side = key(a)
        .zip(key(b))
        .is_some_and(|((row, x), (other_row, other_x))| {
            let (rows, apart) = ((row - other_row).abs(), (x - other_x).abs());
            // Keys are two units wide and each row is half a key further right.
            (rows == 0 && apart == 2) || (rows == 1 && apart <= 1)
        });
    side_by_side || OTHER_LAYOUTS.contains(&(a, b)) || OTHER_LAYOUTS.contains(&(b, a))
}

/// Row and place of a key on QWERTY, in half keys.
pub(crate) fn key(byte: u8) -> Option<(i8, i8)> {
    KEYS.get(usize::from(byte))
        .copied()
        .filter(|(row, _)| *row >= 0)
}

/// By byte; a row below 0 where there is no such key.
const KEYS: [(i8, i8); 128] = {
    const ROWS: [&[u8]; 4] = [b"1234567890", b"qwertyuiop", b"asdfghjkl", b"zxcvbnm,."];
    let mut keys = [(-1, 0); 128];
    let (mut row, mut down) = (0, 0);
    while row < ROWS.len() {
        let (mut place, mut right) = (0, down);
        while place < ROWS[row].len() {
            keys[ROWS[row][place] as usize] = (down, right);
            (place, right) = (place + 1, right + 2);
        }
        (row, down) = (row + 1, down + 1);
    }
    keys
};

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, meant: &str, expected: Cost) {
        assert_eq!(cost(typed, meant, 100), expected, "{typed} for {meant}");
        // However little is believed, as long as it is enough.
        assert_eq!(cost(typed, meant, expected), expected, "{typed} at most");
    }

    #[test]
    fn slips_have_their_price() {
        check("gmail.com", "gmail.com", 0);
        check("gamil.com", "gmail.com", TRANSPOSITION);
        check("gnail.com", "gmail.com", NEIGHBOUR);
        check("gmaill.com", "gmail.com", DOUBLED);
        check("hotmail.con", "hotmail.com", NEIGHBOUR);
        check("gmai.com", "gmail.com", DROPPED_OR_ADDED);
        check("grnail.com", "gmail.com", LOOKALIKE);
        check("outlo0k.com", "outlook.com", LOOKALIKE);
        check("gmxil.com", "gmail.com", OTHER_KEY);
        check("fmail.com", "gmail.com", NEIGHBOUR + AT_THE_START);
        check("yahooc.om", "yahoo.com", TRANSPOSITION);
        check("yahoo.ur", "yahoo.ru", TRANSPOSITION);
        // A vowel for a vowel, a key of the row above, of another layout, across the board.
        check("gmeil.com", "gmail.com", NEIGHBOUR);
        check("gmaio.com", "gmail.com", NEIGHBOUR);
        check("glail.com", "gmail.com", NEIGHBOUR);
        check("gmaid.com", "gmail.com", OTHER_KEY);
        // One key more, beside the one that was meant.
        check("gmasil.com", "gmail.com", NEIGHBOUR);
        check("ner", "me", NEIGHBOUR + AT_THE_START + NEIGHBOUR);
        check("gjx.de", "gmx.de", NEIGHBOUR);
        check("ogr", "fr", DROPPED_OR_ADDED + AT_THE_START + NEIGHBOUR);
    }

    #[test]
    fn where_the_keys_are() {
        for (byte, place) in [
            (b'1', Some((0, 0))),
            (b'q', Some((1, 1))),
            (b's', Some((2, 4))),
            (b'.', Some((3, 19))),
            (b'-', None),
            (b'Q', None),
            (0xff, None),
        ] {
            assert_eq!(key(byte), place, "{byte}");
        }
    }

    #[test]
    fn gives_up_over_the_limit() {
        assert_eq!(cost("gamil.com", "gmail.com", TRANSPOSITION), TRANSPOSITION);
        assert_eq!(cost("gamil.com", "gmail.com", TRANSPOSITION - 1), TOO_MUCH);
        assert_eq!(cost("grnail.com", "gmail.com", LOOKALIKE), LOOKALIKE);
        assert_eq!(cost(&"a".repeat(100), "gmail.com", 100), TOO_MUCH);
    }

    #[test]
    fn gives_up_over_the_longest() {
        let (a, b) = ("a".repeat(LONGEST), "l".repeat(LONGEST));
        assert!(cost(&a, &b, TOO_MUCH) < TOO_MUCH);
        assert_eq!(cost(&(a.clone() + "a"), &b, TOO_MUCH), TOO_MUCH);
        assert_eq!(cost(&a, &(b + "l"), TOO_MUCH), TOO_MUCH);
    }
}
