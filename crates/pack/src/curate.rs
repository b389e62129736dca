//! The rules that keep real domains out of the disposable set.

use std::collections::{BTreeMap, BTreeSet};

use mailproof_core::pack::is_public_body;
use mailproof_core::pack::layout::hashed::DEPTH;

use crate::domains::with_parents;
use crate::lineage::Listing;
use crate::organisations::Organisations;
use crate::overrides::Overrides;
use crate::suffixes::Suffixes;
use crate::typo::is_one_slip;

/// Why an entry of a source is not in the packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dropped {
    /// It can be no host name.
    Malformed,
    /// Its last label is no top-level domain.
    UnknownTld,
    /// Others register under it; a suffix match would condemn them all.
    PublicSuffix,
    /// The same, for what the Public Suffix List does not know.
    SharedSuffix,
    /// A private relay, or a name under one.
    Relay,
    /// A provider or another domain known to be real, or a name under one.
    Known,
    /// A provider that has closed, or a name under one.
    Closed,
    /// A domain of a university, a school, a government or a military, by its suffix.
    AcademicOrGovernment,
    /// A domain of a university, a public body or a company, by a package that lists them.
    Organisation,
    /// One slip away from a big provider: a typo, and called one.
    Typo,
    /// More labels than a look-up goes through.
    TooDeep,
    /// A parent is listed by as many lineages.
    CoveredByParent,
}

impl Dropped {
    /// The word in `provenance.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::UnknownTld => "unknown_tld",
            Self::PublicSuffix => "public_suffix",
            Self::SharedSuffix => "shared_suffix",
            Self::Relay => "relay",
            Self::Known => "known",
            Self::Closed => "closed",
            Self::AcademicOrGovernment => "academic_or_government",
            Self::Organisation => "organisation",
            Self::Typo => "typo",
            Self::TooDeep => "too_deep",
            Self::CoveredByParent => "covered_by_parent",
        }
    }
}

/// What the rules draw on.
#[derive(Debug)]
pub struct Rules<'r> {
    /// The Public Suffix List.
    pub suffixes: &'r Suffixes,
    /// Mailproof's own curation.
    pub overrides: &'r Overrides,
    /// Universities, public bodies and companies.
    pub organisations: &'r Organisations,
}

impl Rules<'_> {
    /// Why `domain` may not be called disposable, if so.
    pub fn objection(&self, domain: &str) -> Option<Dropped> {
        let under = |set: &BTreeSet<String>| under(domain, set);
        if !self.suffixes.has_top_level(domain) {
            return Some(Dropped::UnknownTld);
        }
        if self.suffixes.is_public_suffix(domain) {
            return Some(Dropped::PublicSuffix);
        }
        if self.overrides.shared.contains(domain) {
            return Some(Dropped::SharedSuffix);
        }
        if under(&self.overrides.relays) {
            return Some(Dropped::Relay);
        }
        if [
            &self.overrides.free,
            &self.overrides.known,
            &self.overrides.never_disposable,
        ]
        .into_iter()
        .any(under)
        {
            return Some(Dropped::Known);
        }
        if under(&self.overrides.closed) {
            return Some(Dropped::Closed);
        }
        if self.is_public_body(domain) {
            return Some(Dropped::AcademicOrGovernment);
        }
        if self.organisations.source_of(domain).is_some() {
            return Some(Dropped::Organisation);
        }
        if self
            .overrides
            .typo_targets
            .iter()
            .any(|target| is_one_slip(domain, target))
        {
            return Some(Dropped::Typo);
        }
        self.is_too_deep(domain).then_some(Dropped::TooDeep)
    }

    fn is_public_body(&self, domain: &str) -> bool {
        let registrable = self.suffixes.registrable(domain);
        registrable.is_some_and(is_public_body)
    }

    /// What in particular the rule found, for people to read; empty where its name says all.
    pub fn because(&self, rule: Dropped, domain: &str) -> String {
        match rule {
            Dropped::Typo => {
                let mut targets = self.overrides.typo_targets.iter();
                let target = targets.find(|target| is_one_slip(domain, target));
                target.map_or_else(String::new, |target| format!("one slip from {target}"))
            }
            Dropped::Relay | Dropped::Known | Dropped::Closed | Dropped::SharedSuffix => {
                let reason = with_parents(domain).find_map(|name| self.overrides.reasons.get(name));
                reason.cloned().unwrap_or_default()
            }
            Dropped::Organisation => {
                let source = self.organisations.source_of(domain);
                source.map_or_else(String::new, |source| format!("named by {source}"))
            }
            _ => String::new(),
        }
    }

    fn is_too_deep(&self, domain: &str) -> bool {
        let Some(registrable) = self.suffixes.registrable(domain) else {
            return true;
        };
        domain.matches('.').count() - registrable.matches('.').count() > DEPTH
    }
}

/// Whether `domain` or a parent is in `set`.
fn under(domain: &str, set: &BTreeSet<String>) -> bool {
    with_parents(domain).any(|name| set.contains(name))
}

/// What was taken out, by rule, with who listed it.
pub type DroppedListings = BTreeMap<Dropped, BTreeMap<String, Listing>>;

/// Takes out what the rules object to, and children whose parent says as much. Gives what
/// was taken out, by rule.
pub fn curate(listings: &mut BTreeMap<String, Listing>, rules: &Rules<'_>) -> DroppedListings {
    let mut dropped = DroppedListings::new();
    listings.retain(|domain, listing| {
        let objection = rules.objection(domain);
        if let Some(rule) = objection {
            let of_rule = dropped.entry(rule).or_default();
            of_rule.insert(domain.clone(), *listing);
        }
        objection.is_none()
    });
    let is_covered = |domain: &String, listing: &Listing| {
        with_parents(domain)
            .skip(1)
            .filter_map(|name| listings.get(name))
            .any(|parent| parent.lineages() >= listing.lineages())
    };
    let covered: BTreeMap<String, Listing> = listings
        .iter()
        .filter(|(domain, listing)| is_covered(domain, listing))
        .map(|(domain, listing)| (domain.clone(), *listing))
        .collect();
    for domain in covered.keys() {
        listings.remove(domain);
    }
    dropped.insert(Dropped::CoveredByParent, covered);
    dropped
}
