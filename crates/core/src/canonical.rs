//! The form that duplicates share: case, dots and tags folded as the provider folds them.
//!
//! Only rules that the provider itself documents are applied; everywhere else the local
//! part's ASCII letters are merely put in lower case, as every known mailbox host does.

use crate::Pack;
use crate::ascii;
use crate::joined::joined;
use crate::suggest::is_provider;
use alloc::string::String;

/// What a provider makes of a local part.
struct Rule {
    domains: &'static [&'static str],
    /// Where all of `domains` share their mailboxes, the one that stands for them.
    same_mailbox: Option<&'static str>,
    /// Characters that make no difference.
    ignored: &'static [char],
}

const RULES: &[Rule] = &[
    // Google Account help, "Dots don't matter in Gmail addresses".
    Rule {
        domains: &["gmail.com", "googlemail.com"],
        same_mailbox: Some("gmail.com"),
        ignored: &['.'],
    },
    // Microsoft support, "plus addressing" of Outlook.com; see `is_outlook` for its countries.
    Rule {
        domains: &["outlook.com"],
        same_mailbox: None,
        ignored: &[],
    },
    // Apple support: @icloud.com, @me.com and @mac.com of one account.
    Rule {
        domains: &["icloud.com", "me.com", "mac.com"],
        same_mailbox: Some("icloud.com"),
        ignored: &[],
    },
    // Proton support, "addresses and aliases".
    Rule {
        domains: &["proton.me", "protonmail.com", "pm.me", "protonmail.ch"],
        same_mailbox: Some("proton.me"),
        ignored: &['.', '-', '_'],
    },
    // Fastmail help, "plus addressing".
    Rule {
        domains: &["fastmail.com", "fastmail.fm"],
        same_mailbox: None,
        ignored: &[],
    },
    // Yandex help: one mailbox under all of its domains.
    Rule {
        domains: &["yandex.ru", "ya.ru", "yandex.com", "yandex.by", "yandex.kz"],
        same_mailbox: Some("yandex.ru"),
        ignored: &[],
    },
];

/// The canonical form of a parsed address, and whether a tag or another alias was folded.
/// Both parts as [`Address`](crate::Address) holds them; a quoted local part stays.
pub(crate) fn canonical(
    local_part: &str,
    ascii_domain: &str,
    pack: Option<&Pack<'_>>,
) -> (String, bool) {
    let service = if is_outlook(ascii_domain, pack) {
        "outlook.com"
    } else {
        ascii_domain
    };
    let rule = RULES.iter().find(|rule| rule.domains.contains(&service));
    let (Some(rule), false) = (rule, local_part.starts_with('"')) else {
        return (address(local_part, ascii_domain), false);
    };
    // All of these providers start a tag with it.
    let untagged = ascii::split_once(local_part, b'+').map_or(local_part, |(base, _)| base);
    let mut folded = String::with_capacity(untagged.len());
    for c in untagged.chars() {
        if !rule.ignored.contains(&c) {
            folded.push(c);
        }
    }
    // What is left of `jane.+x` is no local part.
    if folded.is_empty() || folded.ends_with('.') {
        return (address(local_part, ascii_domain), false);
    }
    let domain = rule.same_mailbox.unwrap_or(ascii_domain);
    (address(&folded, domain), untagged.len() != local_part.len())
}

/// Whether Outlook.com hosts the domain: `hotmail.co.uk`, `live.fr`, …
fn is_outlook(ascii_domain: &str, pack: Option<&Pack<'_>>) -> bool {
    let name = ascii::split_once(ascii_domain, b'.').map(|(name, _)| name);
    matches!(name, Some("outlook" | "hotmail" | "live" | "msn"))
        && pack.is_some_and(|pack| is_provider(ascii_domain, pack))
}

/// In lower case, as the domain is already.
fn address(local_part: &str, domain: &str) -> String {
    let mut address = joined(&[local_part, "@", domain]);
    address.make_ascii_lowercase();
    address
}

#[cfg(test)]
mod tests {
    use super::canonical;
    use crate::pack::tests::SMALL;

    #[track_caller]
    fn check(local: &str, domain: &str, expected: &str, alias: bool) {
        let canonical = |local, domain| canonical(local, domain, Some(&SMALL));
        assert_eq!(canonical(local, domain), (expected.to_owned(), alias));
        let (local, domain) = expected.split_once('@').unwrap();
        assert_eq!(canonical(local, domain).0, expected, "idempotent");
    }

    #[test]
    fn folds_what_the_provider_folds() {
        check("Jane.Doe+shop", "googlemail.com", "janedoe@gmail.com", true);
        check("Jane.Doe", "gmail.com", "janedoe@gmail.com", false);
        check("jane+shop", "outlook.com", "jane@outlook.com", true);
        check("Jane+shop", "hotmail.co.uk", "jane@hotmail.co.uk", true);
        check(
            "jane+shop",
            "live.com.hk.shop.hk",
            "jane+shop@live.com.hk.shop.hk",
            false,
        );
        check("jane", "me.com", "jane@icloud.com", false);
        check("Jane.Doe+x", "shop.hk", "jane.doe+x@shop.hk", false);
        check("+x", "gmail.com", "+x@gmail.com", false);
        check("jane.+x", "hotmail.com", "jane.+x@hotmail.com", false);
        check("jane.+x", "gmail.com", "jane@gmail.com", true);
    }
}
