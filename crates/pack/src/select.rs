//! Which disposable domains the small pack carries: by evidence, never by alphabet.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::lineage::Listing;

/// A source saw a domain alive if it did so within this time before its own last sighting.
const ALIVE: u64 = 365 * SECONDS_A_DAY;
const SECONDS_A_DAY: u64 = 24 * 60 * 60;

/// How well a disposable domain is attested. The fields stand in the order of their weight,
/// and more is stronger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Evidence {
    /// People looked at it.
    pub curated: bool,
    /// It was seen alive lately.
    pub alive: bool,
    /// How many lineages list it.
    pub lineages: u8,
    /// How many lists still carry it.
    pub lists: u8,
    /// The day on which it was last seen alive, in days since 1970; 0 where nobody tells.
    #[serde(skip)]
    pub last_seen: u64,
}

/// The disposable domains by their evidence, strongest first. Those of equal evidence come in
/// together or, where there is no room for all of them, stay out together.
#[derive(Debug)]
pub struct Ranking<'l> {
    classes: Vec<(Evidence, Vec<(&'l str, Listing)>)>,
}

/// What the small pack took of domains that differ at most in the day of their last sighting.
#[derive(Debug, Serialize)]
pub struct Step {
    /// What they share.
    #[serde(flatten)]
    pub evidence: Evidence,
    /// How many there are.
    pub domains: usize,
    /// How many of them are in the small pack.
    pub taken: usize,
}

impl<'l> Ranking<'l> {
    /// Ranks; `curated` are the sources that people curate, as a bit mask.
    pub fn of(listings: &'l BTreeMap<String, Listing>, curated: u16) -> Self {
        let newest = listings.values().filter_map(|listing| listing.last_seen);
        let alive_since = newest.max().unwrap_or_default().saturating_sub(ALIVE);
        let mut classes: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (domain, listing) in listings {
            let evidence = evidence(listing, curated, alive_since);
            let class = classes.entry(evidence).or_default();
            class.push((domain.as_str(), *listing));
        }
        Self {
            classes: classes.into_iter().rev().collect(),
        }
    }

    /// How many classes of equal evidence there are.
    pub fn classes(&self) -> usize {
        self.classes.len()
    }

    /// The domains of the strongest `count` classes.
    pub fn strongest(&self, count: usize) -> BTreeMap<&'l str, Listing> {
        let classes = self.classes.iter().take(count);
        classes
            .flat_map(|(_, domains)| domains.iter().copied())
            .collect()
    }

    /// The steps from the strongest to the first of which nothing was taken.
    pub fn steps(&self, taken: &BTreeMap<&str, Listing>) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        for (evidence, domains) in &self.classes {
            let evidence = Evidence {
                last_seen: 0,
                ..*evidence
            };
            if steps.last().is_none_or(|last| last.evidence != evidence) {
                if steps.last().is_some_and(|last| last.taken == 0) {
                    break;
                }
                steps.push(Step {
                    evidence,
                    domains: 0,
                    taken: 0,
                });
            }
            if let Some(step) = steps.last_mut() {
                step.domains += domains.len();
                let is_taken = |(domain, _): &&(&str, _)| taken.contains_key(domain);
                step.taken += domains.iter().filter(is_taken).count();
            }
        }
        steps
    }
}

fn evidence(listing: &Listing, curated: u16, alive_since: u64) -> Evidence {
    Evidence {
        curated: listing.sources & curated != 0,
        alive: listing.last_seen.is_some_and(|seen| seen >= alive_since),
        lineages: listing.lineages(),
        lists: listing.sources.count_ones() as u8,
        last_seen: listing.last_seen.unwrap_or_default() / SECONDS_A_DAY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sources as a bit mask, each a lineage of its own, and the day of the last sighting.
    fn listings(rows: &[(&str, u16, Option<u64>)]) -> BTreeMap<String, Listing> {
        let listing = |sources, day: Option<u64>| Listing {
            sources,
            witnesses: sources,
            first_seen: None,
            last_seen: day.map(|day| day * SECONDS_A_DAY),
        };
        let rows = rows.iter();
        rows.map(|(name, sources, day)| ((*name).to_owned(), listing(*sources, *day)))
            .collect()
    }

    #[test]
    fn the_best_attested_come_first_and_the_alphabet_never_decides() {
        let listings = listings(&[
            ("a.test", 0b0010, None),
            ("b.test", 0b0010, None),
            ("c.test", 0b0110, None),
            ("d.test", 0b0010, Some(1_000)),
            ("e.test", 0b0010, Some(1_001)),
            ("f.test", 0b0001, None),
            ("g.test", 0b1110, Some(1)),
        ]);
        let ranking = Ranking::of(&listings, 0b0001);
        let ranked: Vec<Vec<&str>> = (1..=ranking.classes())
            .map(|count| ranking.strongest(count).into_keys().collect())
            .collect();
        let expected: [&[&str]; 6] = [
            &["f.test"],
            &["e.test", "f.test"],
            &["d.test", "e.test", "f.test"],
            &["d.test", "e.test", "f.test", "g.test"],
            &["c.test", "d.test", "e.test", "f.test", "g.test"],
            &[
                "a.test", "b.test", "c.test", "d.test", "e.test", "f.test", "g.test",
            ],
        ];
        assert_eq!(ranked, expected);

        let steps = ranking.steps(&ranking.strongest(2));
        let taken: Vec<_> = steps
            .iter()
            .map(|step| (step.taken, step.domains))
            .collect();
        assert_eq!(taken, [(1, 1), (1, 2), (0, 1)]);
    }
}
