//! How long one whole offline verdict takes, over the addresses of `bench/addresses.txt`:
//! `cargo bench -p mailproof-laws`. A figure is of one pass over all of them; docs/speed.md
//! has it for one address.
#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use mailproof_core::Policy;
use mailproof_laws::packs;
use mailproof_laws::verdict::judged;

fn verdicts(criterion: &mut Criterion) {
    let texts: Vec<&str> = include_str!("../../../bench/addresses.txt")
        .lines()
        .collect();
    let packs = [("small", &packs::SMALL), ("full", &packs::FULL)];
    for (name, pack) in packs {
        criterion.bench_function(&format!("verdicts {name}"), |bencher| {
            bencher.iter(|| {
                for text in &texts {
                    black_box(judged(black_box(text), &Policy::FORM, Some(pack)));
                }
            });
        });
    }
}

criterion_group!(benches, verdicts);
criterion_main!(benches);
