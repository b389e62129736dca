//! Which sources are witnesses of their own, and which repeat what they copied.
//!
//! Most lists copy each other, so the number of lists that carry a domain says little. A
//! source may declare the sources it copies. It then counts as a witness only for what
//! none of these lists: the remainder is its own. The declarations are held against the
//! data: whoever has at least [`COPIED_SHARE`] percent of what is another's own, and does
//! not say so, stops the build.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::Source;

/// Two lists that collect on their own share far less: the highest undeclared share at the
/// time of writing is 55 %.
pub const COPIED_SHARE: usize = 70;

/// Bit masks of sources for every domain: who lists it, and who is a witness of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Listing {
    /// Every source that lists the domain.
    pub sources: u16,
    /// Those of them that found it themselves.
    pub witnesses: u16,
    /// When it was first seen alive, in seconds since 1970.
    pub first_seen: Option<u64>,
    /// When it was last seen alive, in seconds since 1970.
    pub last_seen: Option<u64>,
}

impl Listing {
    /// How many lineages list the domain.
    pub fn lineages(&self) -> u8 {
        self.witnesses.count_ones() as u8
    }

    /// Whether the source with this index lists the domain.
    pub fn names(&self, source: usize) -> bool {
        self.sources >> source & 1 == 1
    }
}

/// The sources that `source` copies, as a bit mask over `sources`.
pub fn copied_mask(sources: &[Source], source: &Source) -> Result<u16, String> {
    source.copies.iter().try_fold(0, |mask, name| {
        let index = sources.iter().position(|other| other.name == *name);
        let index =
            index.ok_or_else(|| format!("{}: copies {name}, which is no source", source.name))?;
        Ok(mask | 1 << index)
    })
}

/// Fills in the witnesses. `copied[i]` are the sources that the *i*-th copies. Mailproof's
/// own curation (bit 0) is a witness beside the others.
pub fn find_witnesses(listings: &mut BTreeMap<String, Listing>, copied: &[u16]) {
    for listing in listings.values_mut() {
        for (index, copied) in copied.iter().enumerate() {
            let bit = 1 << index;
            if listing.sources & bit != 0 && listing.sources & copied == 0 {
                listing.witnesses |= bit;
            }
        }
    }
}

/// An error where a source has most of another's own findings and does not say so.
pub fn check_declared(
    listings: &BTreeMap<String, Listing>,
    sources: &[Source],
    copied: &[u16],
) -> Result<(), String> {
    // The first is Mailproof's own curation, which names what everybody names.
    let indexes: BTreeSet<usize> = (1..sources.len()).collect();
    for origin in &indexes {
        let own = listings
            .values()
            .filter(|listing| listing.witnesses >> origin & 1 == 1);
        let total = own.clone().count();
        for copy in indexes.iter().filter(|copy| *copy != origin) {
            let shared = own
                .clone()
                .filter(|listing| listing.sources >> copy & 1 == 1)
                .count();
            let declared = copied[*copy] >> origin & 1 == 1;
            if !declared && total > 0 && shared * 100 >= total * COPIED_SHARE {
                return Err(format!(
                    "{} has {shared} of the {total} domains that are {}'s own; declare it in its `copies`",
                    sources[*copy].name, sources[*origin].name
                ));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_a_witness_only_of_its_own() {
        // The second source copies the first; the third stands alone.
        let copied = [0b000, 0b001, 0b000];
        for (sources, lineages) in [
            (0b011, 1),
            (0b010, 1),
            (0b110, 2),
            (0b111, 2),
            (0b101, 2),
            (0, 0),
        ] {
            let listing = Listing {
                sources,
                ..Listing::default()
            };
            let mut listings = BTreeMap::from([("a.test".to_owned(), listing)]);
            find_witnesses(&mut listings, &copied);
            assert_eq!(listings["a.test"].lineages(), lineages, "{sources:b}");
        }
    }
}
