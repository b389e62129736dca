//! Simulated form sessions: a part of what `npm run sessions` plays.

use mailproof_tests::sessions::run;

#[test]
fn no_session_breaks_a_promise() {
    let (mut released, mut refused, mut asked, mut overtaken) = (0, 0, 0, 0);
    for seed in 1..=5_000 {
        let seen = run(seed).unwrap_or_else(|broken| panic!("{broken:?}"));
        released += seen.released;
        refused += seen.refused;
        asked += seen.asked;
        overtaken += seen.overtaken;
    }
    assert!(
        released > 1_000 && refused > 100 && asked > 1_000 && overtaken > 100,
        "the sessions see too little"
    );
}
