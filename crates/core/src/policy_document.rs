//! A policy as its owner writes it: what differs from a built-in one.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Deserialize;

use crate::canonical::canonical;
use crate::{Address, Domain, Effect, Names, Policy, Reason, ascii};

/// The fields of a policy file, in TOML or JSON. Everything may be left out.
///
/// ```toml
/// base = "form"
/// allow = ["partner.example.net"]
/// block = ["competitor.example.net"]
/// listed_once = "information"
/// [effects]
/// disposable = "undeliverable"
/// [scores]
/// no_reply = 45
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PolicyDocument {
    /// `form` (the default) or `rfc`.
    pub base: Option<String>,
    /// Reason code to effect.
    pub effects: BTreeMap<String, Effect>,
    /// Reason code to highest score, 0 to 100; counts where the effect is risky or unknown.
    pub scores: BTreeMap<String, u8>,
    /// The effect of `disposable` where one lineage of lists alone says so; else the same as
    /// where several do.
    pub listed_once: Option<Effect>,
    /// Addresses or domains (with all that is under them, `*.` before one changes nothing)
    /// that are taken whatever else is known of them.
    pub allow: Vec<String>,
    /// The same for those that are refused.
    pub block: Vec<String>,
}

/// Why a document is no policy. Carries a field's name and a place in it, never its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyError {
    /// `base` names no built-in policy.
    UnknownBase,
    /// The key at this place of a table, counted from 0 in alphabetical order, is no reason.
    UnknownReason {
        /// `effects` or `scores`.
        table: &'static str,
        /// The key's place.
        place: usize,
    },
    /// A score above 100, at this place of `scores`.
    ScoreTooHigh {
        /// The key's place.
        place: usize,
    },
    /// An effect that only the owner's lists may have, at this place of `effects`.
    ReservedEffect {
        /// The key's place.
        place: usize,
    },
    /// The same for `listed_once`.
    ReservedListedOnce,
    /// Neither a domain nor an address, at this place of a list, counted from 0.
    BadEntry {
        /// `allow` or `block`.
        list: &'static str,
        /// The entry's place.
        place: usize,
    },
}

impl core::fmt::Display for PolicyError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::UnknownBase => f.write_str("base: `form` or `rfc`"),
            Self::UnknownReason { table, place } => write!(f, "{table}[{place}]: no reason code"),
            Self::ScoreTooHigh { place } => write!(f, "scores[{place}]: over 100"),
            Self::ReservedListedOnce => {
                f.write_str("listed_once: `allows` and `blocks` are for the lists")
            }
            Self::BadEntry { list, place } => {
                write!(f, "{list}[{place}]: neither a domain nor an address")
            }
            Self::ReservedEffect { place } => {
                write!(
                    f,
                    "effects[{place}]: `allows` and `blocks` are for the lists"
                )
            }
        }
    }
}

impl core::error::Error for PolicyError {}

impl PolicyDocument {
    /// The policy that the document describes.
    ///
    /// # Errors
    /// See [`PolicyError`]; nothing is taken over from a document with a fault.
    pub fn into_policy(self) -> Result<Policy, PolicyError> {
        let base = self.base.as_deref().unwrap_or("form");
        let mut policy = Policy::named(base).ok_or(PolicyError::UnknownBase)?;
        for (place, (code, effect)) in self.effects.iter().enumerate() {
            let reason = reason("effects", place, code)?;
            if is_reserved(*effect) {
                return Err(PolicyError::ReservedEffect { place });
            }
            policy = policy.with(reason, *effect);
        }
        for (place, (code, score)) in self.scores.iter().enumerate() {
            let reason = reason("scores", place, code)?;
            if *score > 100 {
                return Err(PolicyError::ScoreTooHigh { place });
            }
            policy = policy.with_score(reason, *score);
        }
        if let Some(effect) = self.listed_once {
            if is_reserved(effect) {
                return Err(PolicyError::ReservedListedOnce);
            }
            policy = policy.with_listed_once(effect);
        }
        let allowed = folded("allow", &self.allow)?;
        let blocked = folded("block", &self.block)?;
        Ok(policy.with_lists(allowed, blocked))
    }
}

/// Whether only the owner's lists have this effect.
fn is_reserved(effect: Effect) -> bool {
    matches!(effect, Effect::Allows | Effect::Blocks)
}

fn reason(table: &'static str, place: usize, code: &str) -> Result<Reason, PolicyError> {
    Reason::from_code(code).ok_or(PolicyError::UnknownReason { table, place })
}

/// The entries as verdicts are compared with them.
fn folded(list: &'static str, entries: &[String]) -> Result<Vec<String>, PolicyError> {
    let entry = |(place, text): (usize, &String)| {
        entry(text.trim()).ok_or(PolicyError::BadEntry { list, place })
    };
    entries.iter().enumerate().map(entry).collect()
}

/// An address in its canonical form, or a domain as A-labels in lower case; `@partner.com` and
/// `*.partner.com` are the domain.
fn entry(text: &str) -> Option<String> {
    let domain = text.strip_prefix("*.").unwrap_or(text);
    let domain = domain.strip_prefix('@').unwrap_or(domain);
    if !ascii::has(domain, b'@') {
        return match Domain::parse(domain, Names::BUILT_IN).ok()? {
            Domain::Name(name) => Some(name.as_ascii().to_owned()),
            Domain::Literal(_) => None,
        };
    }
    let address = Address::parse_text(text, Names::BUILT_IN).ok()?;
    let Domain::Name(name) = &address.domain else {
        return None;
    };
    let (canonical, _) = canonical(address.local_part.as_str(), name.as_ascii(), None);
    Some(canonical)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::tests::SMALL;
    use crate::{Context, Deliverability, judge};

    fn parse(json: &str) -> Result<Policy, PolicyError> {
        serde_json::from_str::<PolicyDocument>(json)
            .unwrap()
            .into_policy()
    }

    #[track_caller]
    fn check(policy: &str, text: &str, result: Deliverability, reason: Reason) {
        let policy = parse(policy).unwrap();
        let verdict = judge(
            text,
            &Context {
                pack: Some(&SMALL),
                policy: &policy,
                routing: None,
            },
        );
        assert_eq!((verdict.result, verdict.reason), (result, reason), "{text}");
    }

    #[test]
    fn the_owner_has_the_last_word() {
        use Deliverability::{Deliverable, Risky, Undeliverable, Unknown};
        check("{}", "info@shop.hk", Unknown, Reason::Offline);
        check(
            r#"{"effects":{"role":"risky"}}"#,
            "info@shop.hk",
            Risky,
            Reason::Role,
        );
        check(
            r#"{"allow":["Shop.hk"]}"#,
            "no-reply@a.shop.hk",
            Deliverable,
            Reason::Allowed,
        );
        check(
            r#"{"block":["jane@shop.hk"]}"#,
            "Jane@shop.hk",
            Undeliverable,
            Reason::Blocked,
        );
        check(
            r#"{"block":["jane@gmail.com"]}"#,
            "j.ane+x@gmail.com",
            Undeliverable,
            Reason::Blocked,
        );
        check(
            r#"{"allow":["shop.hk"]}"#,
            "jane@myshop.hk",
            Unknown,
            Reason::Offline,
        );
        check(
            r#"{"allow":["shop.hk"]}"#,
            "ja ne@shop.hk",
            Undeliverable,
            Reason::InvalidCharacter,
        );
    }

    #[test]
    fn a_list_is_compared_as_the_owner_means_it() {
        for (entry, text) in [
            ("jane.doe@gmail.com", "janedoe@googlemail.com"),
            ("Jane.Doe+x@gmail.com", "jane.doe@gmail.com"),
            ("bad+x@outlook.com", "bad@outlook.com"),
            ("bad+x@hotmail.co.uk", "bad+y@hotmail.co.uk"),
            ("q@me.com", "q@icloud.com"),
            ("a+b@shop.hk", "a+b@shop.hk"),
            ("@partner.com", "jane@partner.com"),
            ("*.partner.com", "jane@mail.partner.com"),
            (" Partner.COM ", "jane@partner.com"),
        ] {
            let policy = format!(r#"{{"block":["{entry}"]}}"#);
            check(
                &policy,
                text,
                Deliverability::Undeliverable,
                Reason::Blocked,
            );
        }
        for (entry, text) in [
            ("a+b@shop.hk", "a@shop.hk"),
            ("jane@shop.hk", "jane@a.shop.hk"),
            ("shop.hk", "jane@myshop.hk"),
        ] {
            let policy = format!(r#"{{"block":["{entry}"]}}"#);
            check(&policy, text, Deliverability::Unknown, Reason::Offline);
        }
    }

    #[test]
    #[cfg(feature = "idn")]
    fn a_list_may_hold_international_names() {
        for entry in [
            "bücher.de",
            "BÜCHER.de",
            "xn--bcher-kva.de",
            "jane@bücher.de",
        ] {
            let policy = format!(r#"{{"block":["{entry}"]}}"#);
            check(
                &policy,
                "jane@bücher.de",
                Deliverability::Undeliverable,
                Reason::Blocked,
            );
        }
    }

    #[test]
    fn an_entry_that_matches_nothing_is_an_error() {
        for (list, entry) in [
            ("allow", ""),
            ("allow", "jane doe"),
            ("block", "https://shop.hk"),
            ("block", "jane@"),
            ("block", "jane@shop.hk, bob@shop.hk"),
            ("block", "*.a.*"),
            ("block", "[192.0.2.1]"),
            ("block", "jane@[192.0.2.1]"),
        ] {
            let error = parse(&format!(r#"{{"{list}":["shop.hk","{entry}"]}}"#));
            assert_eq!(
                error,
                Err(PolicyError::BadEntry { list, place: 1 }),
                "{entry}"
            );
        }
    }

    #[test]
    fn what_the_owner_allows_is_not_corrected() {
        let policy = parse(r#"{"allow":["gamil.com"]}"#).unwrap();
        let context = Context {
            pack: Some(&SMALL),
            policy: &policy,
            routing: None,
        };
        let meant = |text| judge(text, &context).did_you_mean;
        assert_eq!(meant("jane@gamil.com"), None);
        assert_eq!(meant("jane@gmial.com").as_deref(), Some("jane@gmail.com"));
    }

    #[test]
    fn faults_are_placed() {
        let unknown = PolicyError::UnknownReason {
            table: "effects",
            place: 1,
        };
        assert_eq!(
            parse(r#"{"effects":{"role":"risky","rolle":"risky"}}"#),
            Err(unknown)
        );
        assert_eq!(parse(r#"{"base":"strict"}"#), Err(PolicyError::UnknownBase));
        let high = PolicyError::ScoreTooHigh { place: 0 };
        assert_eq!(parse(r#"{"scores":{"role":101}}"#), Err(high));
        let reserved = PolicyError::ReservedEffect { place: 0 };
        assert_eq!(parse(r#"{"effects":{"role":"blocks"}}"#), Err(reserved));
        let reserved = PolicyError::ReservedListedOnce;
        assert_eq!(parse(r#"{"listed_once":"allows"}"#), Err(reserved));
    }

    #[test]
    fn a_fault_says_where_it_is() {
        for (json, says) in [
            (r#"{"base":"strict"}"#, "base: `form` or `rfc`"),
            (
                r#"{"effects":{"role":"risky","rolle":"risky"}}"#,
                "effects[1]: no reason code",
            ),
            (
                r#"{"scores":{"empty":0,"rolle":1}}"#,
                "scores[1]: no reason code",
            ),
            (r#"{"scores":{"role":101}}"#, "scores[0]: over 100"),
            (
                r#"{"effects":{"role":"blocks"}}"#,
                "effects[0]: `allows` and `blocks` are for the lists",
            ),
            (
                r#"{"listed_once":"allows"}"#,
                "listed_once: `allows` and `blocks` are for the lists",
            ),
            (
                r#"{"block":["shop"," "]}"#,
                "block[1]: neither a domain nor an address",
            ),
        ] {
            assert_eq!(
                parse(json).map_err(|error| error.to_string()),
                Err(says.to_owned())
            );
        }
        let most = parse(r#"{"effects":{"role":"risky"},"scores":{"role":100}}"#).unwrap();
        assert_eq!(most.highest_score(Reason::Role), 100, "100 is no fault");
    }
}
