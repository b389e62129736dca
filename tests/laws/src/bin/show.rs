//! Shows what an input of a text target reads as, and its verdict under `form`.
#![forbid(unsafe_code)]
use mailproof_core::Policy;
use mailproof_laws::{packs, text, verdict};
fn main() {
    for path in std::env::args_os().skip(1) {
        let bytes = std::fs::read(path).unwrap();
        let text = text::text(&bytes);
        let v = verdict::judged(&text, &Policy::FORM, Some(&packs::SMALL));
        println!(
            "{text:?}\n  {:?} {:?} n={:?} c={:?}\n  dym={:?}",
            v.result, v.reasons, v.normalized, v.canonical, v.did_you_mean
        );
        if let Some(d) = &v.did_you_mean {
            let w = verdict::judged(d, &Policy::FORM, Some(&packs::SMALL));
            println!(
                "  again {:?} {:?} n={:?}  dym={:?}",
                w.result, w.reasons, w.normalized, w.did_you_mean
            );
        }
    }
}
