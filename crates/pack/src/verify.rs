//! Reads the built packs back and holds them against what they were built from, so that no
//! build is written, and no check passes, with a pack that says something else.

use std::collections::BTreeMap;

use mailproof_core::Pack;

use crate::assemble::{Built, Kind, Packs};
use crate::collection::Collection;
use crate::domains::with_parents;
use crate::suffixes::registrable;

/// Every member is found with what was put in, nothing real is called disposable, and
/// registrable domains are those of `publicsuffix`.
pub fn verify(collection: &Collection, packs: &Packs<'_>) -> Result<(), String> {
    for (kind, built) in [(Kind::Small, &packs.small), (Kind::Full, &packs.full)] {
        let pack = Pack::new(&built.bytes).map_err(|e| format!("{}: {e:?}", kind.name()))?;
        verify_classes(collection, &pack).map_err(|e| format!("{}: {e}", kind.name()))?;
        verify_disposable(kind, built, &pack).map_err(|e| format!("{}: {e}", kind.name()))?;
    }
    let small = Pack::new(&packs.small.bytes).map_err(|e| format!("{e:?}"))?;
    verify_curated(collection, &small)?;
    let full = Pack::new(&packs.full.bytes).map_err(|e| format!("{e:?}"))?;
    verify_exchanges(collection, &full)?;
    let compared = verify_suffixes(collection, &small)?;
    verify_counts(collection)?;
    println!("verified: registrable domains of {compared} names equal those of publicsuffix");
    Ok(())
}

/// Fewer, of all sources or of those that no rule knows, say that one was not read.
const LEAST_REAL: (usize, usize) = (60_000, 10_000);

/// Tells how many real domains of packages were asked about: see `verify_classes`.
fn verify_counts(collection: &Collection) -> Result<(), String> {
    let (organisations, others) = (&collection.organisations, &collection.others);
    for (source, count) in organisations.counts().into_iter().chain(others.counts()) {
        println!("verified: none of {count} domains of {source} is disposable");
    }
    let (ruled, free) = (organisations.domains().count(), others.domains().count());
    if ruled + free < LEAST_REAL.0 || free < LEAST_REAL.1 {
        return Err(format!("{ruled} and {free} real domains are too few"));
    }
    Ok(())
}

fn verify_classes(collection: &Collection, pack: &Pack<'_>) -> Result<(), String> {
    let overrides = &collection.overrides;
    for name in &overrides.relays {
        demand(
            pack.relay(name).is_some() && pack.known(name),
            "is no relay",
            name,
        )?;
    }
    for name in &overrides.free {
        demand(
            pack.free(name).is_some() && pack.known(name),
            "is not free",
            name,
        )?;
    }
    for name in &overrides.known {
        demand(pack.known(name), "is not known", name)?;
    }
    for name in collection.real() {
        demand(
            pack.disposable(name).is_none(),
            "is called disposable",
            name,
        )?;
    }
    for rule in &collection.suffixes.all_rules {
        let name = rule.trim_start_matches("*.").trim_start_matches('!');
        demand(
            pack.disposable(name).is_none(),
            "is called disposable",
            name,
        )?;
    }
    Ok(())
}

fn verify_disposable(kind: Kind, built: &Built<'_>, pack: &Pack<'_>) -> Result<(), String> {
    for (name, listing) in &built.disposable {
        let hit = pack
            .disposable(name)
            .ok_or_else(|| format!("{name} is not found"))?;
        // A parent may answer for its child; both are then in the pack.
        let listing = built.disposable.get(hit.matched).unwrap_or(listing);
        let label = (hit.lineages, hit.sources);
        demand(label == kind.label(listing), "has another label", name)?;
        if kind == Kind::Full {
            let day = listing.first_seen.map(|seconds| seconds / (24 * 60 * 60));
            let holds = pack.first_seen(hit).map(u64::from) == day;
            demand(holds, "has another first sighting", name)?;
        }
    }
    Ok(())
}

/// Every host of the curation is found in the full pack for what it is.
fn verify_exchanges(collection: &Collection, full: &Pack<'_>) -> Result<(), String> {
    let exchanges = &collection.overrides.exchanges;
    for (provider, hosts) in &exchanges.providers {
        for host in hosts {
            let found = full.mx_provider(&format!("mx.{host}")) == Some(provider);
            demand(found, "has another provider", host)?;
            let disposable = full.disposable_mx(host).is_some() || full.disposable(host).is_some();
            let harmless = !disposable && full.parked_mx(host).is_none();
            demand(harmless, "is a provider's and called something worse", host)?;
        }
    }
    for host in &exchanges.disposable {
        let found = full.disposable_mx(&format!("mx.{host}")).is_some();
        demand(found, "serves no disposable domains", host)?;
    }
    for host in &exchanges.parked {
        let found = full.parked_mx(&format!("mx.{host}")).is_some();
        demand(found, "does not park", host)?;
    }
    for host in &exchanges.parked_name_servers {
        let found = full.parked_ns(host).is_some() && full.parked_mx(host).is_none();
        demand(found, "parks no names, or mail too", host)?;
    }
    Ok(())
}

/// The small pack finds every curated disposable, by itself or by a parent.
fn verify_curated(collection: &Collection, small: &Pack<'_>) -> Result<(), String> {
    let listings = collection.lists.listings.iter();
    for (name, _) in listings.filter(|(_, l)| l.sources & collection.lists.curated != 0) {
        demand(
            small.disposable(name).is_some(),
            "is curated and not found",
            name,
        )?;
    }
    Ok(())
}

fn verify_suffixes(collection: &Collection, pack: &Pack<'_>) -> Result<usize, String> {
    let suffixes = &collection.suffixes;
    let mut compared = 0;
    let mut compare = |name: &str| {
        compared += 1;
        let expected = registrable(&suffixes.icann, name);
        demand(
            pack.registrable_domain(name) == expected,
            "has another registrable domain",
            name,
        )
    };
    for rule in &suffixes.icann_rules {
        let name = rule.trim_start_matches('!').replace('*', "any");
        for prefix in ["", "a.", "b.a.", "www.b.a."] {
            compare(&format!("{prefix}{name}"))?;
        }
        with_parents(&name).try_for_each(&mut compare)?;
    }
    collection
        .lists
        .listings
        .keys()
        .try_for_each(|name| compare(name))?;
    collection.real().try_for_each(&mut compare)?;
    collection
        .dropped
        .values()
        .flat_map(BTreeMap::keys)
        .try_for_each(|name| compare(name))?;
    Ok(compared)
}

fn demand(holds: bool, otherwise: &str, name: &str) -> Result<(), String> {
    if holds {
        Ok(())
    } else {
        Err(format!("{name} {otherwise}"))
    }
}
