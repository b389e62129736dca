//! The rules that keep real domains out of the disposable set.

use std::collections::{BTreeMap, BTreeSet};

use mailproof_core::pack::layout::hashed::DEPTH;

use crate::domains::with_parents;
use crate::lineage::Listing;
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
    /// A private relay, or a name under one.
    Relay,
    /// A provider or another domain known to be real, or a name under one.
    Known,
    /// A domain of a university, a school, a government or a military.
    AcademicOrGovernment,
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
            Self::Relay => "relay",
            Self::Known => "known",
            Self::AcademicOrGovernment => "academic_or_government",
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
    /// Domains of real organisations.
    pub organisations: &'r BTreeSet<String>,
}

/// Under a country's top-level domain these stand for universities, schools, governments
/// and militaries, where they are public suffixes.
const PUBLIC_BODIES: &[&str] = &[
    "ac", "edu", "sch", "k12", "gov", "govt", "gob", "gouv", "gub", "gv", "go", "gc", "mil", "mod",
];
/// The same at the top.
const PUBLIC_BODIES_AT_THE_TOP: &[&str] = &["edu", "gov", "mil", "int", "arpa"];

impl Rules<'_> {
    /// Why `domain` may not be called disposable, if so.
    pub fn objection(&self, domain: &str) -> Option<Dropped> {
        let under = |set: &BTreeSet<String>| with_parents(domain).any(|name| set.contains(name));
        if !self.suffixes.has_top_level(domain) {
            return Some(Dropped::UnknownTld);
        }
        if self.suffixes.is_public_suffix(domain) {
            return Some(Dropped::PublicSuffix);
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
        if under(self.organisations) || self.is_public_body(domain) {
            return Some(Dropped::AcademicOrGovernment);
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
        let suffix = self
            .suffixes
            .registrable(domain)
            .and_then(|name| name.split_once('.'));
        suffix.is_some_and(|(_, suffix)| match suffix.rsplit_once('.') {
            None => PUBLIC_BODIES_AT_THE_TOP.contains(&suffix),
            Some(_) => suffix
                .split('.')
                .any(|label| PUBLIC_BODIES.contains(&label)),
        })
    }

    fn is_too_deep(&self, domain: &str) -> bool {
        let Some(registrable) = self.suffixes.registrable(domain) else {
            return true;
        };
        domain.matches('.').count() - registrable.matches('.').count() > DEPTH
    }
}

/// Takes out what the rules object to, and children whose parent says as much. Gives what
/// was taken out, by rule.
pub fn curate(
    listings: &mut BTreeMap<String, Listing>,
    rules: &Rules<'_>,
) -> BTreeMap<Dropped, Vec<String>> {
    let mut dropped: BTreeMap<Dropped, Vec<String>> = BTreeMap::new();
    listings.retain(|domain, _| {
        let objection = rules.objection(domain);
        if let Some(rule) = objection {
            dropped.entry(rule).or_default().push(domain.clone());
        }
        objection.is_none()
    });
    let is_covered = |domain: &String, listing: &Listing| {
        with_parents(domain)
            .skip(1)
            .filter_map(|name| listings.get(name))
            .any(|parent| parent.lineages() >= listing.lineages())
    };
    let covered: Vec<String> = listings
        .iter()
        .filter(|(domain, listing)| is_covered(domain, listing))
        .map(|(domain, _)| domain.clone())
        .collect();
    for domain in &covered {
        listings.remove(domain);
    }
    dropped.insert(Dropped::CoveredByParent, covered);
    dropped
}
