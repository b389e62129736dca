//! A look-up allocates nothing, whatever is asked. The counting allocator comes with
//! `allocation-counter` and counts in this test's program alone.
#![forbid(unsafe_code)]

use std::hint::black_box;

use allocation_counter::measure;
use mailproof_core::Pack;

const DOMAINS: &[&str] = &[
    "mailinator.com",
    "in.mailinator.com",
    "gmail.com",
    "own.mozmail.com",
    "shop-of-wonders.com.hk",
    "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.example.co.uk",
    "a.b.c.d.e.f.g.h.www.city.kawasaki.jp",
    "xn--fsqu00a.xn--55qx5d",
    "co.uk",
    "com",
    "..",
    "",
];

const EXCHANGES: &[&str] = &[
    "aspmx.l.google.com",
    "shop-hk.mail.protection.outlook.com",
    "generator.email",
    "mx.trashmail.com",
    "park-mx.above.com",
    "mail.shop-of-wonders.com.hk",
    ".",
    "",
];

#[track_caller]
fn check(what: &str, look_up: impl FnOnce()) {
    assert_eq!(measure(look_up).count_total, 0, "{what} allocates");
}

#[test]
fn the_counter_counts() {
    let allocations = measure(|| drop(black_box(Box::new(1))));
    assert_eq!(allocations.count_total, 1);
}

#[test]
fn no_look_up_allocates() {
    for bytes in [mailproof_lists::SMALL, mailproof_lists::FULL] {
        check("a view", || assert!(black_box(Pack::new(bytes)).is_ok()));
        let pack = Pack::new(bytes).unwrap();
        for domain in DOMAINS.iter().map(|domain| black_box(*domain)) {
            check(domain, || {
                black_box(pack.is_tld(domain));
                black_box(pack.is_public_suffix(domain));
                black_box(pack.registrable_domain(domain));
                black_box(pack.relay(domain));
                black_box(pack.free(domain));
                black_box(pack.known(domain));
                black_box(pack.protection(domain));
                if let Some(hit) = black_box(pack.disposable(domain)) {
                    black_box(pack.first_seen(hit));
                    black_box(pack.sources_of(hit).count());
                }
            });
        }
        for exchange in EXCHANGES.iter().map(|exchange| black_box(*exchange)) {
            check(exchange, || {
                black_box(pack.mx_provider(exchange));
                black_box(pack.disposable_mx(exchange));
                black_box(pack.parked_mx(exchange));
                black_box(pack.parked_ns(exchange));
            });
        }
    }
}
