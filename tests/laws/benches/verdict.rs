//! How long one whole offline verdict takes, over the addresses of `bench/addresses.txt`:
//! `cargo bench -p mailproof-laws`. A figure is of one pass over all of them; docs/speed.md
//! has it for one address.
#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use mailproof_core::Policy;
use mailproof_laws::packs;
use mailproof_laws::verdict::judged;

fn verdicts(criterion: &mut Criterion) {
    let texts: Vec<&str> = include_str!("../../../bench/addresses.txt")
        .lines()
        .collect();
    let packs = [("small", &packs::SMALL), ("full", &packs::FULL)];
    // Many short samples: on a busy machine some of them are undisturbed.
    let mut group = criterion.benchmark_group("verdicts");
    group
        .sampling_mode(SamplingMode::Flat)
        .sample_size(1_000)
        .measurement_time(Duration::from_secs(2));
    for (name, pack) in packs {
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                for text in &texts {
                    black_box(judged(black_box(text), &Policy::FORM, Some(pack)));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, verdicts);
criterion_main!(benches);
