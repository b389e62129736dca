//! Some epochs of simulated lookups on every run; `npm run simulate` runs a million lookups.

use mailproof_tests::simulator::{Tally, simulate};

/// Epochs of 250 lookups.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=8;

fn run() -> Tally {
    let tally = SEEDS.map(|seed| match simulate(seed) {
        Ok(tally) => tally,
        Err(broken) => panic!("{broken}"),
    });
    tally.fold(Tally::default(), |all, one| all.with(&one))
}

#[test]
fn no_law_is_broken_and_the_same_seeds_are_the_same_run() {
    let (tally, again) = (run(), run());
    assert_eq!(tally, again);
    assert!(
        tally.good > 0 && tally.bad > 0 && tally.unknown > 0,
        "{tally:?}"
    );
    // Hedges are 5 % at most, and eight more at the start of each epoch.
    let starts = 8 * SEEDS.count() as u64;
    assert!(
        tally.healthy_extra <= tally.healthy_queries / 20 + starts,
        "{tally:?}"
    );
    assert!(tally.healthy_late * 200 <= tally.healthy, "{tally:?}");
}
