//! Slips in the top-level domain of any name.

use super::slip::{Cost, cost};
use super::{Reason, Standing, Suggestion, suggestion};
use crate::Pack;
use crate::ascii;
use crate::joined::joined;

/// Top-level domains that are believed to be meant, the likelier first.
const COMMON: [&str; 12] = [
    "com", "net", "org", "edu", "info", "de", "fr", "co.uk", "co.jp", "com.br", "com.tw", "com.hk",
];

/// A slip of at most this much, in the unit of [`cost`].
const AFFORDABLE: Cost = 14;

/// Whether names can exist under `suffix`, which need not be a public one: `com.ru`.
pub(super) fn exists(suffix: &str, pack: &Pack<'_>) -> bool {
    pack.is_tld(ascii::last_label(suffix))
}

/// `shop.con`: the last label is no top-level domain and near a common one. `.cam` and
/// `.cm` exist.
pub(super) fn repair(domain: &str, standing: Standing, pack: &Pack<'_>) -> Option<Suggestion> {
    if let Some(found) = misplaced(domain) {
        return Some(found);
    }
    let (name, last) = ascii::rsplit_once(domain, b'.')?;
    // These exist, and where this name takes no mail there, `com` was meant.
    if standing == Standing::TakesNone && matches!(last, "co" | "cm" | "om" | "cam") {
        return Some(suggestion(Reason::TldTypo, &[name, ".com"]));
    }
    if pack.is_tld(last) {
        return None;
    }
    let last = last.trim_end_matches(|c: char| c.is_ascii_digit());
    if let Some(meant) = doubled_tail(last) {
        return Some(suggestion(Reason::TldTypo, &[name, ".", meant]));
    }
    if let Some(found) = repair_two_labels(name, last) {
        return Some(found);
    }
    let mut best: Option<(Cost, &str)> = None;
    for meant in COMMON.iter().take(5) {
        let price = cost(last, meant, AFFORDABLE);
        if price <= AFFORDABLE && best.is_none_or(|(least, _)| price < least) {
            best = Some((price, meant));
        }
    }
    let (_, meant) = best?;
    Some(suggestion(Reason::TldTypo, &[name, ".", meant]))
}

/// `shopc.om`, `shop.com.com`: the dot one key too late, or `.com` typed twice. Oman's
/// `.om` and the site `com.com` exist, with hardly a mailbox under them.
pub(super) fn misplaced(domain: &str) -> Option<Suggestion> {
    /// What is left is a name.
    const SHORTEST_NAME: usize = 2;
    let name = domain
        .strip_suffix("c.om")
        .or_else(|| domain.strip_suffix(".com.com"))?;
    (name.len() >= SHORTEST_NAME && !name.ends_with('.'))
        .then(|| suggestion(Reason::TldTypo, &[name, ".com"]))
}

/// `shop.co.lp`, `shop.cojp`: a slip in a suffix of two labels.
fn repair_two_labels(name: &str, last: &str) -> Option<Suggestion> {
    let of_two = || COMMON.iter().filter(|suffix| ascii::has(suffix, b'.'));
    if let Some(meant) = of_two().find(|suffix| super::is_glued(suffix, last)) {
        return Some(suggestion(Reason::TldTypo, &[name, ".", meant]));
    }
    let (name, second) = ascii::rsplit_once(name, b'.')?;
    let typed = joined(&[second, ".", last]);
    let mut near = of_two().filter(|meant| cost(&typed, meant, AFFORDABLE) <= AFFORDABLE);
    let (meant, None) = (near.next()?, near.next()) else {
        return None;
    };
    Some(suggestion(Reason::TldTypo, &[name, ".", meant]))
}

/// `comcom`, `commm`, `comme`: a common top-level domain and a few letters too many.
fn doubled_tail(last: &str) -> Option<&'static str> {
    /// More letters than this make another word.
    const LONGEST_TAIL: usize = 3;
    let tail = |meant: &str| Some(last.strip_prefix(meant)?.len());
    COMMON
        .iter()
        .take(3)
        .copied()
        .find(|meant| tail(meant).is_some_and(|n| n <= LONGEST_TAIL))
}

/// `shopcom`: a single label that ends like a common top-level domain.
pub(super) fn unglue(label: &str, pack: &Pack<'_>) -> Option<Suggestion> {
    /// Fewer letters would make a name of what is left of a word.
    const SHORTEST_NAME: usize = 3;
    if let Some(provider) = super::nearest_provider(label, 0, pack) {
        return Some(provider);
    }
    if pack.is_tld(label) {
        return None;
    }
    COMMON.iter().take(3).find_map(|meant| {
        let name = label.strip_suffix(meant)?;
        (name.len() >= SHORTEST_NAME)
            .then(|| suggestion(Reason::SeparatorTypo, &[name, ".", meant]))
    })
}
