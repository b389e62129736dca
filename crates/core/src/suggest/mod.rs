//! Suggestions: what was probably meant, or nothing.
//!
//! A suggestion that is wrong costs more trust than one that is missing, so a domain that
//! is known to be real is never corrected, and where two readings are as likely there is
//! none.

mod provider;
mod slip;
mod top_level;

pub(crate) use provider::is_provider;

use crate::{Pack, Reason};
use provider::{FAMILIES, PROVIDERS, Provider, letters};
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
    let Some((name, suffix)) = domain.split_once('.') else {
        return complete_top_level(domain).or_else(|| top_level::unglue(domain, pack));
    };
    if FAMILIES.contains(&name) && top_level::is_suffix(suffix, pack) {
        return meant_com(name, suffix);
    }
    nearest_provider(domain)
        .or_else(|| nearest_family(name, suffix, pack))
        .or_else(|| top_level::repair(domain, pack))
}

/// `jane@gmail`: a provider's name without its top-level domain.
fn complete_top_level(name: &str) -> Option<Suggestion> {
    let mut named = PROVIDERS.iter().filter(|provider| {
        provider.weight > 0 && provider.domain.strip_suffix(".com") == Some(name)
    });
    let provider = named.next()?;
    Some(Suggestion {
        code: Reason::MissingTldCompleted,
        domain: provider.domain.to_owned(),
        is_certain: true,
    })
}

/// `hotmail.co`: real suffixes that are a slip for `com` behind a name with mailboxes under
/// `com`. Whoever means `yahoo.fr` types `yahoo.fr`.
fn meant_com(name: &str, suffix: &str) -> Option<Suggestion> {
    let slip = matches!(suffix, "co" | "cm" | "om" | "con" | "net" | "org" | "cn")
        && !(name == "live" && suffix == "cn");
    let domain = [name, ".com"].concat();
    (slip && suffix != "cn" && is_provider(&domain) && !is_provider(&[name, ".", suffix].concat()))
        .then(|| Suggestion::likely(Reason::TldTypo, domain))
}

/// The provider that is one likely slip away.
fn nearest_provider(domain: &str) -> Option<Suggestion> {
    let typed_letters = letters(domain);
    let mut best: Option<(Cost, &Provider)> = None;
    let mut runner_up = TOO_MUCH;
    for provider in PROVIDERS.iter().filter(|provider| provider.weight > 0) {
        if !could_be(domain, typed_letters, provider) {
            continue;
        }
        let limit = affordable(provider.domain);
        let price = cost(domain, provider.domain, limit);
        if price > limit {
            continue;
        }
        // A heavier provider is the likelier meaning of the same slip.
        let price = price + 3 * Cost::from(4 - provider.weight);
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

/// A cheap test that passes every pair within two slips.
fn could_be(domain: &str, typed_letters: u32, provider: &Provider) -> bool {
    domain.len().abs_diff(provider.domain.len()) <= 3
        && (typed_letters ^ provider.letters).count_ones() <= 4
}

/// How much slipping is believed: little for short names, which are near to everything.
fn affordable(provider: &str) -> Cost {
    match provider.find('.').unwrap_or(0) {
        0..=2 => 8,
        3 => 9,
        4 => 10,
        5 => 16,
        6..=7 => 20,
        _ => 24,
    }
}

/// Names the slip: in the top-level domain alone, in a missing separator, or anywhere.
fn code_for(typed: &str, meant: &str) -> Reason {
    let name = meant.split('.').next().unwrap_or(meant);
    if !typed.contains('.') {
        Reason::SeparatorTypo
    } else if typed.split('.').next() == Some(name) {
        Reason::TldTypo
    } else {
        Reason::PossibleTypo
    }
}

/// `yaho.fr`, `hotmial.com.hk`: a slip in a family's name before a suffix that exists.
fn nearest_family(name: &str, suffix: &str, pack: Option<&Pack<'_>>) -> Option<Suggestion> {
    if !top_level::is_suffix(suffix, pack) {
        return None;
    }
    let mut near = FAMILIES.iter().filter(|family| {
        let limit = if family.len() >= 5 { 12 } else { 0 };
        cost(name, family, limit) <= limit
    });
    let family = near.next()?;
    if near.next().is_some() {
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
