//! Which disposable domains the small pack carries: by evidence, never by alphabet.

use std::collections::BTreeMap;

use crate::lineage::Listing;

/// More than the small pack ever has room for in its 65 KB.
pub const MOST: usize = 20_000;

/// A source saw a domain alive if it did so within this time before its own last sighting.
const ALIVE: u64 = 365 * 24 * 60 * 60;

/// The domains for a small pack with this room. `curated` are the sources that people curate.
///
/// Domains of equal evidence come in together or, where there is no room for all of them,
/// stay out together.
pub fn select_small(
    listings: &BTreeMap<String, Listing>,
    curated: u16,
    room: usize,
) -> BTreeMap<&str, Listing> {
    let newest = listings
        .values()
        .filter_map(|listing| listing.last_seen)
        .max();
    let alive_since = newest.unwrap_or_default().saturating_sub(ALIVE);

    let mut classes: BTreeMap<_, Vec<(&str, Listing)>> = BTreeMap::new();
    for (domain, listing) in listings {
        let class = evidence(listing, curated, alive_since);
        classes.entry(class).or_default().push((domain, *listing));
    }
    let mut selected = BTreeMap::new();
    for class in classes.into_values().rev() {
        if selected.len() + class.len() > room {
            break;
        }
        selected.extend(class);
    }
    selected
}

/// Greater is stronger: curated, then seen alive lately, then the number of witnesses,
/// then the number of lists that still carry it.
fn evidence(listing: &Listing, curated: u16, alive_since: u64) -> (bool, bool, u32, u32) {
    (
        listing.sources & curated != 0,
        listing.last_seen.is_some_and(|seen| seen >= alive_since),
        listing.witnesses.count_ones(),
        listing.sources.count_ones(),
    )
}
