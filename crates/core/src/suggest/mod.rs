//! Suggestions: what was probably meant, or nothing.
//!
//! A suggestion that is wrong costs more trust than one that is missing, so a domain that
//! is known to be real is never corrected, and where two readings are as likely there is
//! none.

use crate::ascii;
use crate::joined::joined;
use alloc::string::String;

mod provider;
mod slip;
mod top_level;

pub(crate) use provider::{is_provider, is_squat, letters};
pub(crate) use slip::key;

use crate::{Pack, Reason};
use provider::{FAMILIES, Provider, has_mailboxes, suggestible};
use slip::{Cost, TOO_MUCH, cost};

/// What a typed domain was probably meant to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Suggestion {
    /// Of [`Group::Suggestion`](crate::Group::Suggestion).
    pub(crate) code: Reason,
    /// The corrected domain, A-labels in lower case.
    pub(crate) domain: String,
}

/// What DNS said about the typed domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nobody asked, or nobody could tell.
    Open,
    /// Mail for it is taken: it is what was meant, unless it is a known squat.
    TakesMail,
    /// No mail is taken, or it is parked: it is a slip, and the question is for what.
    TakesNone,
}

impl Standing {
    /// How much more slipping is believed.
    fn slack(self) -> Cost {
        /// One more slip of a middling kind.
        const ONE_SLIP: Cost = 8;
        if self == Self::TakesNone { ONE_SLIP } else { 0 }
    }
}

/// The domain in parts.
fn suggestion(code: Reason, domain: &[&str]) -> Suggestion {
    Suggestion {
        code,
        domain: joined(domain),
    }
}

/// Suggests another domain for `domain` (A-labels in lower case), or nothing.
pub(crate) fn suggest_domain(
    domain: &str,
    standing: Standing,
    pack: &Pack<'_>,
) -> Option<Suggestion> {
    let is_believed = match standing {
        Standing::Open => is_provider(domain, pack),
        Standing::TakesMail => !is_squat(domain, pack),
        Standing::TakesNone => has_mailboxes(domain, pack),
    };
    if is_believed || pack.known(domain) {
        return None;
    }
    // A web site's name for the domain of its mail.
    if let Some(site) = domain.strip_prefix("www.")
        && has_mailboxes(site, pack)
    {
        return Some(suggestion(Reason::PossibleTypo, &[site]));
    }
    let Some((name, suffix)) = ascii::split_once(domain, b'.') else {
        return complete_top_level(domain, pack)
            .or_else(|| top_level::unglue(domain, pack).map(|first| again(first, pack)));
    };
    let first = if is_provider_name(name, pack) {
        known_name(name, suffix, standing, pack).or_else(|| top_level::misplaced(domain))
    } else {
        nearest_provider(domain, standing.slack(), pack)
            .or_else(|| nearest_name(name, suffix, standing, pack))
            .or_else(|| top_level::repair(domain, standing, pack))
    };
    first.map(|first| again(first, pack))
}

/// `jane@shop.co.`, `jane@shop.co,`: comma and stop stand beside the `m`, and `.com` is
/// typed far more often than `.co`. For a domain whose final punctuation was taken off.
pub(crate) fn complete_com(
    domain: &str,
    standing: Standing,
    pack: &Pack<'_>,
) -> Option<Suggestion> {
    let is_real = standing == Standing::TakesMail || pack.known(domain);
    let name = domain.strip_suffix(".co").filter(|_| !is_real)?;
    let first = suggestion(Reason::TldTypo, &[name, ".com"]);
    Some(again(first, pack))
}

/// `gamil.con73160`, `owtlook.co`: what is left when one slip is undone may be a slip for a
/// provider.
fn again(first: Suggestion, pack: &Pack<'_>) -> Suggestion {
    suggest_domain(&first.domain, Standing::Open, pack).unwrap_or(first)
}

/// `jane@gmail`, `jane@webde`: a provider's domain without its suffix or without its dots.
fn complete_top_level(label: &str, pack: &Pack<'_>) -> Option<Suggestion> {
    /// As many dots.
    const MOST: usize = 3;
    let glued = |provider: &Provider<'_>| is_glued(provider.domain, label);
    // Only `.com` goes without saying, and where another suffix has more mailboxes (`gmx.de`) not
    // even that.
    let (code, domain) = match nearest_suffix(label, "", pack) {
        Some(heaviest) if heaviest.strip_suffix(".com").is_some() => {
            (Reason::MissingTldCompleted, heaviest)
        }
        _ => {
            let mut longer = suggestible(pack, label.len()..=label.len() + MOST);
            (Reason::SeparatorTypo, longer.find(glued)?.domain)
        }
    };
    Some(suggestion(code, &[domain]))
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
fn known_name(name: &str, suffix: &str, standing: Standing, pack: &Pack<'_>) -> Option<Suggestion> {
    // Of `con.br` the end exists, and so do names under it, of nobody who is meant.
    let meant = if !suffix.starts_with("con.") && top_level::exists(suffix, pack) {
        // Real suffixes that are a slip for `com`, behind names with mailboxes under `com`.
        let slip = matches!(suffix, "co" | "cm" | "om" | "cam" | "com.com")
            || (suffix == "net" && ONLY_COM.contains(&name))
            || (standing == Standing::TakesNone && name.len() >= DISTINCT);
        let (provider, _) = under(name, pack).find(|(_, own)| slip && *own == "com")?;
        provider.domain
    } else {
        nearest_suffix(name, suffix, pack)?
    };
    Some(suggestion(Reason::TldTypo, &[meant]))
}

/// Shorter names are near to everything.
const DISTINCT: usize = 5;

/// Great providers' names: those that have mailboxes under `com` and none under `net`, then the
/// others of [`FAMILIES`].
const NAMES: [&str; 12] = [
    "aol",
    "gmail",
    "googlemail",
    "hotmail",
    "icloud",
    "outlook",
    "yahoo",
    "gmx",
    "live",
    "msn",
    "yandex",
    "zoho",
];
const ONLY_COM: &[&str] = NAMES.split_at(7).0;

/// Of the provider's own domains, the one whose suffix was most likely meant by `typed`,
/// which is no suffix.
fn nearest_suffix<'p>(name: &str, typed: &str, pack: &Pack<'p>) -> Option<&'p str> {
    /// Two slips in three letters: nothing else was meant, the name says so.
    const AFFORDABLE: Cost = 26;
    /// As rare as a rare one of its own.
    const FOREIGN: Cost = 6;
    let mut best = Nearest::default();
    for (provider, suffix) in under(name, pack) {
        let price = suffix_cost(typed, suffix, AFFORDABLE.min(best.price));
        best.offer(price + provider.handicap(), provider);
    }
    // `gmail.couk`: a suffix under which the provider has no mailboxes was meant.
    let foreign = ["co.uk", "co.jp"]
        .iter()
        .any(|suffix| cost(typed, suffix, AFFORDABLE) + FOREIGN < best.price);
    let provider = best
        .provider
        .filter(|_| best.price <= AFFORDABLE && !foreign)?;
    Some(provider.domain)
}

/// The price of a typed suffix; cheap where its dots were not typed, less so where its end was
/// not, or more than it.
fn suffix_cost(typed: &str, meant: &str, limit: Cost) -> Cost {
    const GLUED: Cost = 2;
    const CUT_OFF: Cost = 9;
    const ANOTHER_LABEL: Cost = 20;
    match typed.strip_prefix(meant) {
        _ if is_glued(meant, typed) => GLUED,
        Some(rest) if rest.starts_with('.') => ANOTHER_LABEL,
        Some(_) => CUT_OFF,
        None if meant.starts_with(typed) => CUT_OFF,
        None => cost(typed, meant, limit),
    }
}

/// The cheapest of the offers, and how cheap the next one was.
struct Nearest<'p> {
    price: Cost,
    runner_up: Cost,
    provider: Option<Provider<'p>>,
}

impl Default for Nearest<'_> {
    fn default() -> Self {
        Self {
            price: TOO_MUCH,
            runner_up: TOO_MUCH,
            provider: None,
        }
    }
}

impl<'p> Nearest<'p> {
    fn offer(&mut self, price: Cost, provider: Provider<'p>) {
        if price < self.price {
            self.runner_up = self.price;
            self.price = price;
            self.provider = Some(provider);
        } else {
            self.runner_up = self.runner_up.min(price);
        }
    }
}

/// Whether `name` is the first label of a provider's domain or of a family.
fn is_provider_name(name: &str, pack: &Pack<'_>) -> bool {
    FAMILIES.contains(&name) || under(name, pack).next().is_some()
}

/// The providers whose domain is `name`, a dot and a suffix, with that suffix.
fn under<'p>(name: &str, pack: &Pack<'p>) -> impl Iterator<Item = (Provider<'p>, &'p str)> {
    let first = name.as_bytes().first();
    suggestible(pack, name.len() + 2..=usize::MAX)
        .filter(move |provider| provider.domain.as_bytes().first() == first)
        .filter_map(move |provider| {
            let suffix = provider.domain.strip_prefix(name)?.strip_prefix(".")?;
            Some((provider, suffix))
        })
}

/// The provider that is one likely slip away.
fn nearest_provider(domain: &str, slack: Cost, pack: &Pack<'_>) -> Option<Suggestion> {
    /// Two readings that are nearer to each other than this are as likely.
    const MARGIN: Cost = 2;
    /// Letters doubled or dropped; first what is likeliest, for a near one spares a closer
    /// look at many that are not.
    const APART: [isize; 7] = [0, 1, -1, 2, -2, 3, -3];
    let typed_letters = letters(domain);
    let mut best = Nearest::default();
    for apart in APART {
        let length = domain.len().saturating_add_signed(apart);
        for provider in suggestible(pack, length..=length) {
            // What is no rival of the best so far makes no difference.
            let Some(rival) = (best.price + MARGIN).checked_sub(provider.handicap() + 1) else {
                continue;
            };
            let limit = (provider.limit() + slack).min(rival);
            let apart = (typed_letters ^ provider.letters(pack)).count_ones();
            if could_be(domain, apart, provider, limit) {
                let price = cost(domain, provider.domain, limit);
                if price <= limit {
                    best.offer(price + provider.handicap(), provider);
                }
            }
        }
    }
    let provider = best.provider?;
    (best.price + MARGIN <= best.runner_up)
        .then(|| suggestion(code_for(domain, provider.domain), &[provider.domain]))
}

/// A cheap test that passes every pair whose slips are affordable: at least `PER_LETTER` for
/// each letter that only one side has.
fn could_be(domain: &str, apart: u32, provider: Provider<'_>, limit: Cost) -> bool {
    /// A neighbour's key changes two letters for 8; looks are cheaper and change three.
    const PER_LETTER: u32 = 4;
    apart.saturating_sub(2) * PER_LETTER <= u32::from(limit)
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

/// `yaho.fr`, `gmal.cm`: a slip in a great provider's name before a suffix that exists.
fn nearest_name(
    name: &str,
    suffix: &str,
    standing: Standing,
    pack: &Pack<'_>,
) -> Option<Suggestion> {
    const AFFORDABLE: Cost = 12;
    let is_near = |meant: &&&str| {
        let alike = (letters(name) ^ letters(meant)).count_ones() <= 3;
        meant.len() >= DISTINCT && alike && cost(name, meant, AFFORDABLE) <= AFFORDABLE
    };
    let mut near = NAMES.iter().filter(is_near);
    let meant = near.next()?;
    if near.any(|other| other != meant) {
        return None;
    }
    if let Some(known) = known_name(meant, suffix, standing, pack) {
        return Some(known);
    }
    let is_theirs = FAMILIES.contains(meant) && pack.is_public_suffix(suffix);
    is_theirs.then(|| suggestion(Reason::PossibleTypo, &[meant, ".", suffix]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::layout::words::SQUAT;
    use crate::pack::tests::SMALL;

    #[track_caller]
    fn check(typed: &str, expected: Option<(Reason, &str)>) {
        let suggestion = suggest_domain(typed, Standing::Open, &SMALL);
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
            "ggmaail.com",
            "ggmaaiil.com",
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
        for (typed, meant) in [("gmail", "gmail.com"), ("walla", "walla.com")] {
            check(typed, Some((Reason::MissingTldCompleted, meant)));
        }
        // More mailboxes are under another suffix, and which is not plain.
        check("gmx", None);
        check("yandex", None);
        check("hotmail.co", Some((Reason::TldTypo, "hotmail.com")));
        check("www.gmail.com", Some((Reason::PossibleTypo, "gmail.com")));
        check("owtlook.co", Some((Reason::PossibleTypo, "outlook.com")));
    }

    #[test]
    fn suffixes_of_a_provider() {
        for (typed, meant) in [
            ("yahoo.c", "yahoo.com"),
            ("au.comm", "au.com"),
            ("gmail.com73", "gmail.com"),
            ("comcast.nte", "comcast.net"),
            // Of two as near, the one with more mailboxes.
            ("mail.d", "mail.de"),
            ("live.couk", "live.co.uk"),
            // Not `yahoo.com` and two letters too many.
            ("yahoo.comtw", "yahoo.com.tw"),
            ("yahoo.combr", "yahoo.com.br"),
            ("hotmail.combr", "hotmail.com.br"),
            ("yahoo.con.tw", "yahoo.com.tw"),
            ("uol.con.br", "uol.com.br"),
            ("mec.om", "me.com"),
        ] {
            check(typed, Some((Reason::TldTypo, meant)));
        }
        // What was meant may be a suffix under which the provider has no mailboxes.
        for typed in [
            "gmail.couk",
            "me.couk",
            "libero.con",
            "hey.com.xyzq",
            "pm.nte",
        ] {
            check(typed, None);
        }
    }

    #[test]
    fn missing_dots() {
        check("webde", Some((Reason::SeparatorTypo, "web.de")));
        check("yahoocouk", Some((Reason::SeparatorTypo, "yahoo.co.uk")));
        check("shopcom", Some((Reason::SeparatorTypo, "shop.com")));
        check("acom", None);
    }

    #[test]
    fn where_two_are_as_likely_there_is_none() {
        check("meail.com", None);
        check("16.com", None);
        check("yamil.com", Some((Reason::PossibleTypo, "ymail.com")));
    }

    #[test]
    fn names_of_nobody_in_particular() {
        for (typed, meant) in [
            ("shop.con", "shop.com"),
            ("shop.comcom", "shop.com"),
            ("shop.com.com", "shop.com"),
            ("shopc.om", "shop.com"),
            ("shop.ner", "shop.net"),
            ("shop.couk", "shop.co.uk"),
            ("shop.co.lp", "shop.co.jp"),
        ] {
            check(typed, Some((Reason::TldTypo, meant)));
        }
        for typed in ["shop.xyzq", "shop.comxyzab", "shop.c.om", "a.com.com"] {
            check(typed, None);
        }
    }

    #[test]
    fn a_final_stop_speaks_for_com() {
        let completed = |typed, standing| {
            complete_com(typed, standing, &SMALL).map(|found| (found.code, found.domain))
        };
        let shop = Some((Reason::TldTypo, "shop.com".into()));
        assert_eq!(completed("shop.co", Standing::Open), shop);
        assert_eq!(completed("shop.co", Standing::TakesMail), None);
        assert_eq!(completed("shop.hk", Standing::Open), None);
    }

    #[test]
    fn what_differs_in_many_letters_is_passed_over() {
        let gmail = suggestible(&SMALL, 9..=9).find(|provider| provider.domain == "gmail.com");
        let gmail = gmail.expect("a provider");
        for (typed, expected) in [
            ("gamil.com", true),
            ("gmxil.con", true),
            ("gxyzkw.com", false),
            ("qxail.com", false),
        ] {
            let apart = (letters(typed) ^ letters(gmail.domain)).count_ones();
            let could = could_be(typed, apart, gmail, gmail.limit());
            assert_eq!(could, expected, "{typed}");
        }
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

    #[test]
    fn a_squat_is_a_slip_and_is_corrected_though_it_takes_mail() {
        let pack = &*SMALL;
        let squats = SMALL.providers().of(0..=usize::MAX);
        for squat in squats.filter(|word| word.tag == SQUAT) {
            let suggestion = suggest_domain(squat.text, Standing::TakesMail, pack);
            assert!(suggestion.is_some(), "{}", squat.text);
        }
    }
}
