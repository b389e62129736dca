//! What the lists say about one domain.

use std::fmt::Write as _;

use mailproof_core::{Context, Evidence, Lists, Pack, Policy, Protection, Reason, judge};
use serde::Serialize;

use super::kept_out::{KeptOut, kept_out};

/// The answer of `mailproof lists explain`, in the vocabulary of the verdict.
#[derive(Debug, Serialize)]
pub(crate) struct Explanation<'p> {
    /// The domain as A-labels in lower case.
    pub(crate) domain: String,
    /// The part of it that somebody registered.
    pub(crate) registrable_domain: Option<String>,
    /// What it is listed as.
    pub(crate) listings: Vec<Listing>,
    /// Whether it is known to be real, so that nobody needs to ask DNS.
    pub(crate) known: bool,
    /// Why lists that carry it were not followed.
    pub(crate) kept_out: Option<KeptOut<'p>>,
    /// The rule that would keep it out of the disposable set, whoever listed it.
    pub(crate) protected_by: Option<&'static str>,
    /// A domain that it looks like a slip for. The typo is told first, whatever is listed.
    pub(crate) possible_typo_of: Option<String>,
    /// The pack that was asked.
    pub(crate) lists: Option<Lists>,
}

/// One class of the domain.
#[derive(Debug, Serialize)]
pub(crate) struct Listing {
    /// The suffix of the domain that is listed.
    pub(crate) matched: String,
    /// How many lineages list it.
    pub(crate) lineages: u8,
    /// Class, strength, sources and first sighting, as a verdict has them.
    #[serde(flatten)]
    pub(crate) evidence: Evidence,
}

impl<'p> Explanation<'p> {
    /// Asks `pack`, and the table of what was kept out, about the domain that `text` is, or
    /// that stands in it after an `@`. `None` where that is no domain name.
    pub(crate) fn of(text: &str, pack: &Pack<'_>, table: &'p str) -> Option<Self> {
        let context = Context {
            pack: Some(pack),
            policy: &Policy::RFC,
            routing: None,
        };
        // The local part is any: nothing here depends on it.
        let domain = text.rsplit('@').next().unwrap_or(text);
        let verdict = judge(&format!("mail@{domain}"), &context);
        let domain = verdict
            .ascii_domain
            .filter(|_| !verdict.reasons.contains(&Reason::DomainLiteral))?;
        let domain = domain.as_str();
        let suggested = verdict.did_you_mean.as_deref();
        let listing = |evidence: Evidence| {
            let hit = match &*evidence.check {
                "disposable" => pack.disposable(domain),
                "relay" => pack.relay(domain),
                "free" => pack.free(domain),
                _ => None,
            }?;
            Some(Listing {
                matched: hit.matched.to_owned(),
                lineages: hit.lineages,
                evidence,
            })
        };
        Some(Self {
            domain: domain.to_owned(),
            registrable_domain: pack.registrable_domain(domain).map(str::to_owned),
            listings: verdict.evidence.into_iter().filter_map(listing).collect(),
            known: pack.known(domain),
            kept_out: kept_out(table, domain, |name| label(pack, name)),
            protected_by: pack.protection(domain).map(Protection::name),
            possible_typo_of: suggested
                .and_then(|address| address.split_once('@'))
                .map(|(_, meant)| meant.to_owned()),
            lists: verdict.lists,
        })
    }

    /// For people, over several lines.
    pub(crate) fn human(&self) -> String {
        let mut text = format!("{}\n", self.domain);
        let mut say = |what: &str, value: &str| {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  {what:<14}{value}");
        };
        for Listing {
            matched,
            lineages,
            evidence,
        } in &self.listings
        {
            say("class", &evidence.check);
            say("matched", matched);
            say("strength", &strength(&evidence.outcome, *lineages));
            if let Some(since) = &evidence.since {
                say("first seen", since);
            }
            for (index, source) in evidence.source.split(" + ").enumerate() {
                say(if index == 0 { "sources" } else { "" }, source);
            }
        }
        if self.listings.is_empty() {
            say(
                "class",
                if self.known {
                    "known to be real"
                } else {
                    "none"
                },
            );
        }
        if let Some(meant) = &self.possible_typo_of {
            say("typo of", meant);
        }
        if let Some(row) = &self.kept_out {
            let because = Some(row.because).filter(|because| !because.is_empty());
            let because = because.map_or_else(String::new, |because| format!(": {because}"));
            say("kept out by", &format!("the rule {}{because}", row.rule));
            for (index, source) in row.sources.iter().enumerate() {
                say(if index == 0 { "though listed" } else { "" }, source);
            }
        } else if let Some(rule) = self.protected_by {
            say("protected by", &format!("the rule {rule}"));
        }
        if let Some(Lists { version, .. }) = &self.lists {
            say("lists", version);
        }
        text
    }
}

/// Name and version of a source, as the pack has them.
fn label(pack: &Pack<'_>, name: &str) -> String {
    let mut labels = pack.sources();
    let found = labels.find(|label| label.split(' ').next() == Some(name));
    found.unwrap_or(name).to_owned()
}

fn strength(outcome: &str, lineages: u8) -> String {
    match lineages {
        1 => format!("{outcome}, 1 lineage"),
        _ => format!("{outcome}, {lineages} lineages"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(domain: &str, lines: &[&str]) {
        let pack = Pack::new(mailproof_lists::FULL).unwrap();
        let explanation = Explanation::of(domain, &pack, mailproof_lists::KEPT_OUT);
        let text = explanation.expect("a domain").human();
        let words: Vec<String> = text
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        for line in lines {
            let found = words.iter().any(|words| words.starts_with(line));
            assert!(found, "no {line:?} in\n{text}");
        }
    }

    #[test]
    fn the_class_and_where_it_comes_from() {
        check(
            "in.mailinator.com",
            &[
                "class disposable",
                "matched mailinator.com",
                "strength listed, ",
                "sources mailproof ",
                "disposable-email-domains ",
            ],
        );
        check("duck.com", &["class relay", "matched duck.com"]);
        check("gmail.com", &["class free", "protected by the rule known"]);
        check("google.com", &["class known to be real"]);
        check("shop.hk", &["class none"]);
    }

    #[test]
    fn what_is_no_domain_has_no_explanation() {
        let pack = Pack::new(mailproof_lists::FULL).unwrap();
        for text in ["", "a b", "a..b", "[192.0.2.1]", "-a.com"] {
            assert!(Explanation::of(text, &pack, "").is_none(), "{text}");
        }
    }

    #[test]
    fn the_rule_that_keeps_a_domain_out() {
        check("mit.edu", &["protected by the rule academic_or_government"]);
        check("co.uk", &["protected by the rule public_suffix"]);
        check(
            "gmial.com",
            &[
                "typo of gmail.com",
                "kept out by the rule typo: one slip from gmail.com",
            ],
        );
        check(
            "yahoo.cn",
            &[
                "class none",
                "kept out by the rule closed: Yahoo China, closed on",
            ],
        );
        check(
            "mooo.com",
            &["class none", "kept out by the rule shared_suffix: FreeDNS"],
        );
        check(
            "asics.com",
            &["kept out by the rule organisation: named by name-suggestion-index"],
        );
        check(
            "139.com",
            &[
                "kept out by the rule known: China Mobile",
                "though listed burner-email-providers 1.",
            ],
        );
    }
}
