//! How long one look-up takes in the committed packs: `cargo bench -p mailproof-pack`.
//! docs/lists.md holds the figures and the bound.
#![allow(missing_docs, reason = "criterion's macros make public functions")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use mailproof_core::Pack;

const DOMAINS: &[(&str, &str)] = &[
    ("listed", "mailinator.com"),
    ("listed parent", "in.mailinator.com"),
    ("not listed", "shop-of-wonders.com.hk"),
    ("deep", "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.example.co.uk"),
    ("deep in Japan", "a.b.c.d.e.f.g.h.www.city.kawasaki.jp"),
    ("provider", "gmail.com"),
];

fn look_ups(criterion: &mut Criterion) {
    for (kind, bytes) in [
        ("small", mailproof_lists::SMALL),
        ("full", mailproof_lists::FULL),
    ] {
        let Ok(pack) = Pack::new(bytes) else { return };
        let mut group = criterion.benchmark_group(kind);
        for (name, domain) in DOMAINS {
            group.bench_function(format!("disposable, {name}"), |b| {
                b.iter(|| pack.disposable(black_box(domain)));
            });
        }
        for (name, domain) in &DOMAINS[2..] {
            group.bench_function(format!("known, {name}"), |b| {
                b.iter(|| pack.known(black_box(domain)));
            });
        }
        group.finish();
    }
    let Ok(full) = Pack::new(mailproof_lists::FULL) else {
        return;
    };
    for exchange in ["aspmx.l.google.com", "mail.shop-of-wonders.com.hk"] {
        criterion.bench_function(&format!("mx_provider, {exchange}"), |b| {
            b.iter(|| full.mx_provider(black_box(exchange)));
        });
    }
}

criterion_group!(benches, look_ups);
criterion_main!(benches);
