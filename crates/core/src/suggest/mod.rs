//! Suggestions: what was probably meant, or nothing.
//!
//! A suggestion that is wrong costs more trust than one that is missing, so a domain that
//! is known to be real is never corrected, and where two readings are as likely there is
//! none.

use crate::ascii;
use alloc::borrow::ToOwned;
use alloc::string::String;

mod provider;
mod slip;
mod top_level;

pub(crate) use provider::is_provider;

use crate::{Pack, Reason};
use provider::{FAMILIES, Provider, letters, providers};
use slip::{Cost, TOO_MUCH, cost};

/// What a typed domain was probably meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Suggestion {
    /// Of [`Group::Suggestion`](crate::Group::Suggestion).
    pub(crate) code: Reason,
    /// The corrected domain, A-labels in lower case.
    pub(crate) domain: String,
    /// Whether it is one slip from one of the greatest providers: believed even when the
    /// typed domain takes mail, for squatters register these.
    pub(crate) is_certain: bool,
}

impl Suggestion {
    fn likely(code: Reason, domain: impl Into<String>) -> Self {
        Self {
            code,
            domain: domain.into(),
            is_certain: false,
        }
    }
}

/// Suggests another domain for `domain` (A-labels in lower case), or nothing.
pub(crate) fn suggest_domain(domain: &str, pack: Option<&Pack<'_>>) -> Option<Suggestion> {
    if is_provider(domain) || pack.is_some_and(|pack| pack.known(domain)) {
        return None;
    }
    let Some((name, suffix)) = ascii::split_once(domain, b'.') else {
        return complete_top_level(domain).or_else(|| top_level::unglue(domain, pack));
    };
    if is_provider_name(name) {
        return known_name(name, suffix, pack);
    }
    nearest_provider(domain)
        .or_else(|| nearest_family(name, suffix, pack))
        .or_else(|| top_level::repair(domain, pack))
        .map(|first| again(first, pack))
}

/// `gamil.con73160`: what is left when one slip is undone may be a slip for a provider.
fn again(first: Suggestion, pack: Option<&Pack<'_>>) -> Suggestion {
    if first.code != Reason::TldTypo {
        return first;
    }
    suggest_domain(&first.domain, pack).unwrap_or(first)
}

/// `jane@gmail`, `jane@webde`: a provider's domain without its `.com` or without its dots.
fn complete_top_level(label: &str) -> Option<Suggestion> {
    let named = |provider: &Provider| provider.domain.strip_suffix(".com") == Some(label);
    let glued = |provider: &Provider| is_glued(provider.domain, label);
    let (code, provider) = match suggestible().find(named) {
        Some(provider) => (Reason::MissingTldCompleted, provider),
        None => (Reason::SeparatorTypo, suggestible().find(glued)?),
    };
    Some(Suggestion {
        code,
        domain: provider.domain.to_owned(),
        is_certain: true,
    })
}

/// Whether `label` is `domain` without its dots.
fn is_glued(domain: &str, label: &str) -> bool {
    domain
        .bytes()
        .filter(|byte| *byte != b'.')
        .eq(label.bytes())
}

/// A provider's name before a suffix under which the provider is not listed: `gmail.con`,
/// `hotmail.co`, but also `yahoo.com.xx`, which may well be Yahoo's.
fn known_name(name: &str, suffix: &str, pack: Option<&Pack<'_>>) -> Option<Suggestion> {
    let meant = if top_level::exists(suffix, pack) {
        // Real suffixes that are a slip for `com`, behind names with mailboxes under `com`.
        let slip = matches!(suffix, "co" | "cm" | "om" | "cam")
            || (suffix == "net" && ONLY_COM.contains(&name));
        let domain = [name, ".com"].concat();
        suggestible()
            .find(|provider| slip && provider.domain == domain)?
            .domain
    } else {
        nearest_suffix(name, suffix)?
    };
    let is_certain = name.len() >= 5;
    Some(Suggestion {
        code: Reason::TldTypo,
        domain: meant.to_owned(),
        is_certain,
    })
}

/// Great providers that have mailboxes under `com` and none under `net`.
const ONLY_COM: [&str; 6] = [
    "gmail",
    "googlemail",
    "hotmail",
    "icloud",
    "outlook",
    "yahoo",
];

/// Of the provider's own domains, the one whose suffix was most likely meant by `typed`,
/// which is no suffix.
fn nearest_suffix(name: &str, typed: &str) -> Option<&'static str> {
    /// Two slips in three letters: nothing else was meant, the name says so.
    const AFFORDABLE: Cost = 26;
    /// The end was not typed, or typed twice.
    const CUT_OFF: Cost = 9;
    let mut best: Option<(Cost, &'static str)> = None;
    for provider in suggestible() {
        let Some((own, suffix)) = ascii::split_once(provider.domain, b'.') else {
            continue;
        };
        if own != name {
            continue;
        }
        let price = if suffix.starts_with(typed) || typed.starts_with(suffix) {
            CUT_OFF
        } else {
            cost(typed, suffix, AFFORDABLE)
        };
        let price = price + provider.handicap();
        if price <= AFFORDABLE && best.is_none_or(|(least, _)| price < least) {
            best = Some((price, provider.domain));
        }
    }
    best.map(|(_, domain)| domain)
}

/// Providers that may be suggested, heaviest first.
fn suggestible() -> impl Iterator<Item = Provider> {
    providers().filter(|provider| provider.weight > 0)
}

/// Whether `name` is the first label of a provider's domain or of a family.
fn is_provider_name(name: &str) -> bool {
    FAMILIES.contains(&name)
        || suggestible().any(|provider| {
            provider
                .domain
                .strip_prefix(name)
                .is_some_and(|rest| rest.starts_with('.'))
        })
}

/// The provider that is one likely slip away.
fn nearest_provider(domain: &str) -> Option<Suggestion> {
    let typed_letters = letters(domain);
    let mut best: Option<(Cost, Provider)> = None;
    let mut runner_up = TOO_MUCH;
    for provider in suggestible() {
        if !could_be(domain, typed_letters, provider) {
            continue;
        }
        let price = cost(domain, provider.domain, provider.limit());
        if price > provider.limit() {
            continue;
        }
        let price = price + provider.handicap();
        match &best {
            Some((least, _)) if *least <= price => runner_up = runner_up.min(price),
            _ => {
                runner_up = best.map_or(TOO_MUCH, |(least, _)| least);
                best = Some((price, provider));
            }
        }
    }
    let (price, provider) = best?;
    (price < runner_up).then(|| Suggestion {
        code: code_for(domain, provider.domain),
        domain: provider.domain.to_owned(),
        is_certain: provider.weight >= 3 && price <= 13,
    })
}

/// A cheap test that passes every pair whose slips are affordable: lengths apart by at most
/// three doubled letters, and at least [`PER_LETTER`] for each letter that only one side has.
fn could_be(domain: &str, typed_letters: u32, provider: Provider) -> bool {
    /// A neighbour's key changes two letters for 8; looks are cheaper and change three.
    const PER_LETTER: u32 = 4;
    if domain.len().abs_diff(provider.domain.len()) > 3 {
        return false;
    }
    let apart = (typed_letters ^ provider.letters()).count_ones();
    apart.saturating_sub(2) * PER_LETTER <= u32::from(provider.limit())
        && (apart <= 2 || domain.as_bytes().first() == provider.domain.as_bytes().first())
}

/// Names the slip: in the top-level domain alone, in a missing separator, or anywhere.
fn code_for(typed: &str, meant: &str) -> Reason {
    let name = ascii::split_once(meant, b'.').map_or(meant, |(name, _)| name);
    if !ascii::has(typed, b'.') {
        Reason::SeparatorTypo
    } else if ascii::split(typed, b'.').next() == Some(name) {
        Reason::TldTypo
    } else {
        Reason::PossibleTypo
    }
}

/// `yaho.fr`, `hotmial.com.hk`: a slip in a family's name before a suffix that exists.
fn nearest_family(name: &str, suffix: &str, pack: Option<&Pack<'_>>) -> Option<Suggestion> {
    /// Shorter names are near to everything.
    const SHORTEST: usize = 5;
    const AFFORDABLE: Cost = 12;
    let mut near = FAMILIES.iter().filter(|family| {
        let alike = (letters(name) ^ letters(family)).count_ones() <= 3;
        family.len() >= SHORTEST && alike && cost(name, family, AFFORDABLE) <= AFFORDABLE
    });
    let family = near.next()?;
    if near.next().is_some() || !top_level::is_suffix(suffix, pack) {
        return None;
    }
    Some(Suggestion::likely(
        Reason::PossibleTypo,
        [family, ".", suffix].concat(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, expected: Option<(Reason, &str)>) {
        let suggestion = suggest_domain(typed, None);
        let found = suggestion
            .as_ref()
            .map(|found| (found.code, &*found.domain));
        assert_eq!(found, expected, "{typed}");
    }

    #[test]
    fn slips_for_providers() {
        for typed in [
            "gamil.com",
            "gmial.com",
            "gmal.com",
            "gmaill.com",
            "gnail.com",
            "gmai.com",
        ] {
            check(typed, Some((Reason::PossibleTypo, "gmail.com")));
        }
        for typed in [
            "gmail.con",
            "gmail.cmo",
            "gmail.comm",
            "gmail.co",
            "gmail.vom",
        ] {
            check(typed, Some((Reason::TldTypo, "gmail.com")));
        }
        check("hotmial.com", Some((Reason::PossibleTypo, "hotmail.com")));
        check("outlok.com", Some((Reason::PossibleTypo, "outlook.com")));
        check("gmailcom", Some((Reason::SeparatorTypo, "gmail.com")));
        check("gmail", Some((Reason::MissingTldCompleted, "gmail.com")));
        check("hotmail.co", Some((Reason::TldTypo, "hotmail.com")));
    }

    #[test]
    fn real_domains_are_left_alone() {
        for domain in [
            "gmail.com",
            "mail.com",
            "ymail.com",
            "email.com",
            "qq.com",
            "me.com",
            "aim.com",
            "figma.com",
            "proton.me",
            "hey.com",
            "shop.hk",
            "yahoo.com.hk",
            "outlook.sk",
            "ox.ac.uk",
            "who.int",
            "cal.com",
            "gail.com",
            "mailo.com",
            "fastmail.fm",
        ] {
            check(domain, None);
        }
    }
}
