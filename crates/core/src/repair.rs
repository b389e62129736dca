//! The one obvious repair of a text that is no address, where there is one.
//!
//! A repair is only offered, never made: the person decides with a click.
#![expect(
    clippy::string_slice,
    reason = "the ranges were found in the same text, at ASCII characters"
)]

use crate::ascii;
use crate::clean::is_blank;
use crate::fault::Fault;
use crate::joined::joined;
use crate::suggest::is_provider;
use crate::{Address, Names, Pack, Reason};
use alloc::borrow::ToOwned;
use alloc::string::String;

/// A repaired text and the suggestion code that names the slip, where it has one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Repair {
    pub(crate) text: String,
    pub(crate) code: Option<Reason>,
}

/// Repairs are tried this often: `jane..doe.@@shop.hk` has three faults.
const MOST_STEPS: usize = 4;

/// Longest text that is repaired, in bytes: an address of 254 octets with room for dots that
/// are spelled out. Trying every place for an `@` costs the square of it.
const LONGEST: usize = 512;

/// The address that `text` was probably meant to be. `faults` is what the parser said.
pub(crate) fn repair(
    text: &str,
    faults: &[Fault],
    pack: Option<&Pack<'_>>,
    names: Option<&Names>,
) -> Option<Repair> {
    if text.len() > LONGEST {
        return None;
    }
    let mut repaired = without_spelled_dots(text);
    let mut code = None;
    let mut faults = match Address::parse_text(&repaired, names) {
        Ok(_) => {
            return Some(Repair {
                text: repaired,
                code: Some(Reason::SeparatorTypo),
            });
        }
        Err(_) if repaired.len() == text.len() => faults.to_vec(),
        Err(left) => left,
    };
    for _ in 0..MOST_STEPS {
        // From the back, so that the places of the others stay right.
        for fault in faults.iter().rev() {
            let step = step(&repaired, fault, pack)?;
            code = code.or(step.code);
            repaired = step.text;
        }
        match Address::parse_text(&repaired, names) {
            Ok(_) => {
                return Some(Repair {
                    text: repaired,
                    code,
                });
            }
            Err(left) => faults = left,
        }
    }
    None
}

/// `gmail[dot]com`, as people write to hide an address from robots; and `@http://shop.hk`,
/// the site's address for its domain.
fn without_spelled_dots(text: &str) -> String {
    let mut text = text.to_owned();
    for scheme in ["@http://", "@https://"] {
        if let Some((before, after)) = split_around(&text, scheme) {
            text = joined(&[before, "@", after]);
        }
    }
    for dot in ["[dot]", "(dot)", "{dot}", " dot "] {
        let mut dotted = String::with_capacity(text.len());
        let mut rest = &*text;
        while let Some((before, after)) = split_around(rest, dot) {
            dotted.extend([before, "."]);
            rest = after;
        }
        dotted.push_str(rest);
        text = dotted;
    }
    text
}

/// What stands before and after the first `needle`, which is ASCII. The standard library's
/// search is made for long texts, and weighs more in the page than this whole file.
fn split_around<'t>(text: &'t str, needle: &str) -> Option<(&'t str, &'t str)> {
    let at = text
        .as_bytes()
        .windows(needle.len())
        .position(|part| part == needle.as_bytes())?;
    Some((text.get(..at)?, text.get(at + needle.len()..)?))
}

fn step(text: &str, fault: &Fault, pack: Option<&Pack<'_>>) -> Option<Repair> {
    let (before, rest) = text.split_at_checked(fault.range.start)?;
    let (faulty, after) = rest.split_at_checked(fault.range.len())?;
    let without = || {
        Some(Repair {
            text: joined(&[before, after]),
            code: None,
        })
    };
    match fault.code {
        Reason::ConsecutiveDots | Reason::LeadingDot | Reason::TrailingDot => without(),
        Reason::UnsafeUnicode if !faulty.is_empty() => without(),
        Reason::MultipleAt => without_second_at(before, after),
        Reason::MissingAt => separate(text, pack),
        Reason::InvalidCharacter => replace(before, faulty, after, pack),
        _ => None,
    }
}

/// `jane@@shop.hk`, `jane@ @shop.hk`: one key too often. `jane@shop.hk@shop.hk`, `jane@shop.hk@`:
/// typed behind what a form had filled in. `@jane@shop.hk`: a handle. Anything else is two
/// addresses.
fn without_second_at(before: &str, after: &str) -> Option<Repair> {
    let parts = if before.trim_matches(is_blank).ends_with('@') {
        [before, "", after]
    } else if before.ends_with(after) {
        [before, "", ""]
    } else {
        [before.strip_prefix('@')?, "@", after]
    };
    Some(Repair {
        text: joined(&parts),
        code: None,
    })
}

/// A character that may not stand where it stands: a slip for a dot, or a stray key.
fn replace(before: &str, faulty: &str, after: &str, pack: Option<&Pack<'_>>) -> Option<Repair> {
    let in_domain = ascii::has(before, b'@');
    if !in_domain && stands_behind_a_name(faulty, after) {
        return None;
    }
    let dotted = || joined(&[before, ".", after]);
    let separator = |text| {
        Some(Repair {
            text,
            code: Some(Reason::SeparatorTypo),
        })
    };
    match faulty {
        "_" if in_domain && ends_domain(after, pack) => separator(dotted()),
        "," | ";" | ":" | ">" | "/" if in_domain && looks_like_top_level(after) => {
            separator(dotted())
        }
        " " | "\u{a0}" | "," | ";" | ":" | "<" | ">" | "\\" | "'" | "\"" | "`" | "#" | "!"
        | "$" | "%" | "/" | "[" | "]" | "(" | ")" | "=" | "*" | "+" | "?" => Some(Repair {
            text: joined(&[before, after]),
            code: None,
        }),
        _ => None,
    }
}

/// Whether what follows may be an address of its own: `Jane Doe jane@shop.hk`.
fn stands_behind_a_name(faulty: &str, after: &str) -> bool {
    let local_part = ascii::split_once(after, b'@').map_or("", |(local_part, _)| local_part);
    matches!(faulty, "<" | ":") && !local_part.is_empty()
        || ascii::has(local_part.trim_matches(is_blank), b' ')
}

/// Whether `rest` is a top-level domain as it stands.
fn ends_domain(rest: &str, pack: Option<&Pack<'_>>) -> bool {
    match pack {
        Some(pack) => pack.is_public_suffix(&rest.to_ascii_lowercase()),
        None => matches!(rest.to_ascii_lowercase().as_str(), "com" | "net" | "org"),
    }
}

/// Whether `rest` is short and all letters: `com`, and `con` too, which comes next.
fn looks_like_top_level(rest: &str) -> bool {
    (2..=4).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// Characters typed for the `@`: its neighbours on the digit row with Shift held too long,
/// and what people write to hide an address from robots.
const FOR_AT: [&str; 8] = ["(at)", "[at]", "{at}", " at ", "#", "!", "$", " "];

/// `jane#gmail.com`, `jane at gmail.com`, `janegmail.com`: an address without its `@`.
fn separate(text: &str, pack: Option<&Pack<'_>>) -> Option<Repair> {
    let code = Some(Reason::SeparatorTypo);
    for separator in FOR_AT {
        if let Some((local, domain)) = split_around(text, separator)
            && !local.is_empty()
            && ascii::has(domain, b'.')
            && split_around(domain, separator).is_none()
        {
            return Some(Repair {
                text: joined(&[
                    local.trim_matches(is_blank),
                    "@",
                    domain.trim_matches(is_blank),
                ]),
                code,
            });
        }
    }
    let start = glued_provider(text, pack?)?;
    let local = text[..start].trim_end_matches('.');
    (!local.is_empty()).then(|| Repair {
        text: joined(&[local, "@", &text[start..]]),
        code,
    })
}

/// Where the provider's domain starts that `text` ends with, with a local part before it.
fn glued_provider(text: &str, pack: &Pack<'_>) -> Option<usize> {
    /// Shorter domains end other names by chance.
    const SHORTEST: usize = 7;
    /// The provider of the longest name: `privaterelay.appleid.com`.
    const LONGEST: usize = 24;
    let lower = text.to_ascii_lowercase();
    let last = lower.len().checked_sub(SHORTEST)?;
    let longest_first = lower.len().saturating_sub(LONGEST).max(1)..=last;
    longest_first.into_iter().find(|start| {
        lower
            .get(*start..)
            .is_some_and(|domain| is_provider(domain, pack))
            // `jane.hotmail.com` yes, `www.shop-gmail.com` no.
            && split_around(&lower[..*start], "www.").is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::tests::SMALL;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, Option<Reason>)>) {
        let faults = Address::parse_text(text, Names::BUILT_IN).expect_err(text);
        let found = repair(text, &faults, Some(&SMALL), Names::BUILT_IN)
            .map(|repair| (repair.text, repair.code));
        assert_eq!(
            found,
            expected.map(|(text, code)| (text.to_owned(), code)),
            "{text:?}"
        );
    }

    #[test]
    fn obvious_repairs() {
        let separator = Some(Reason::SeparatorTypo);
        check("jane..doe@shop.hk", Some(("jane.doe@shop.hk", None)));
        check("jane.@shop.hk.", Some(("jane@shop.hk", None)));
        check("jane@@shop.hk", Some(("jane@shop.hk", None)));
        check("jane@shop.hk@shop.hk", Some(("jane@shop.hk", None)));
        check("jane@shop.hk@", Some(("jane@shop.hk", None)));
        check("@jane@shop.hk", Some(("jane@shop.hk", None)));
        check("jane@gmail,com", Some(("jane@gmail.com", separator)));
        check(
            "john_doe@company_com",
            Some(("john_doe@company.com", separator)),
        );
        check("jane doe@shop.hk", Some(("janedoe@shop.hk", None)));
        check("jane@shop .hk", Some(("jane@shop.hk", None)));
        check("jane@#shop.hk", Some(("jane@shop.hk", None)));
        check("jane#gmail.com", Some(("jane@gmail.com", separator)));
        check("janegmail.com", Some(("jane@gmail.com", separator)));
        check("jane.hotmail.com", Some(("jane@hotmail.com", separator)));
        check("jane@http://shop.hk", Some(("jane@shop.hk", separator)));
        check("a\u{200b}b@shop.hk", Some(("ab@shop.hk", None)));
        check("jane..doe@shop[dot]hk", Some(("jane.doe@shop.hk", None)));
        // What stands for a dot is before a top-level domain; elsewhere it is a key too many.
        check("jane,com@shop.hk", Some(("janecom@shop.hk", None)));
        check("jane@shop;hk.com", Some(("jane@shophk.com", None)));
        check("jane@shop,x1", Some(("jane@shopx1", None)));
    }

    #[test]
    fn a_long_text_is_not_repaired() {
        let separator = Some(Reason::SeparatorTypo);
        let dots = "[dot]a".repeat(84);
        let meant = format!("jan@a{}", ".a".repeat(84));
        check(
            &format!("jan@a{dots}bcd"),
            Some((&(meant + "bcd"), separator)),
        );
        check(&format!("jane@a{dots}bcd"), None);
    }

    #[test]
    fn silent_where_nothing_is_obvious() {
        for text in [
            "jane",
            "",
            "@",
            "a@b.com,c@d.com",
            "a@b.com c@d.com",
            "a@b.com@d.com",
            "www.shop.hk",
            "jane@my_shop.hk",
            // A name before an address.
            "Jane Doe <jane@shop.hk",
            "Jane Doe jane@shop.hk",
            "Jane Doe: jane@shop.hk",
            "メール:jane@shop.hk",
        ] {
            check(text, None);
        }
    }
}
