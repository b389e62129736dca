//! Many lookups one after the other, under a virtual clock: what they learn of the resolvers.

mod simulation;

use mailproof_core::Reason;
use mailproof_dns::{Query, Resolvers};
use simulation::{Said, World, run_with};

/// What the lookups look like from outside.
struct Seen {
    took_ms: Vec<u64>,
    queries: usize,
    reasons: Vec<Reason>,
}

/// One lookup every 100 ms, `count` times. `pace` says how long a query takes; `None` is
/// silence.
fn look_up_often(count: u64, mut pace: impl FnMut(u64, &Query) -> Option<u64>) -> Seen {
    let world = World::new(&["shop.nl mx: 5 mx.shop.nl", "mx.shop.nl a: 45.60.11.20"]);
    let mut resolvers = Resolvers::new(4, 80);
    let mut seen = Seen {
        took_ms: Vec::new(),
        queries: 0,
        reasons: Vec::new(),
    };
    for turn in 0..count {
        let reply = |query: &Query| match pace(turn, query) {
            Some(latency_ms) => (latency_ms, world.reply(query)),
            None => (0, Said::Nothing),
        };
        let run = run_with(&mut resolvers, "shop.nl", turn * 100, reply);
        seen.took_ms.push(run.took_ms);
        seen.queries += run.asked.len();
        seen.reasons.push(run.finding.routing.reasons[0]);
    }
    seen.took_ms.sort_unstable();
    seen
}

impl Seen {
    fn p99_ms(&self) -> u64 {
        self.took_ms[self.took_ms.len() * 99 / 100]
    }

    #[track_caller]
    fn all_accept_mail(&self) {
        assert!(self.reasons.iter().all(|it| *it == Reason::AcceptsMail));
    }
}

/// Queries that a lookup takes when nothing goes wrong: MX, A, AAAA.
const NEEDED: usize = 3;

#[test]
fn a_silent_first_resolver_costs_few_lookups_their_time() {
    let seen = look_up_often(1_000, |_, query| (query.resolver != 0).then_some(10));
    seen.all_accept_mail();
    assert!(seen.p99_ms() <= 350, "{}", seen.p99_ms());
    assert!(
        seen.queries <= 1_000 * NEEDED * 105 / 100,
        "{}",
        seen.queries
    );
}

#[test]
fn a_resolver_that_comes_back_is_asked_again() {
    let mut asked_at_the_end = 0;
    let seen = look_up_often(2_000, |turn, query| {
        if turn >= 1_990 && query.resolver == 0 {
            asked_at_the_end += 1;
        }
        (turn >= 100 || query.resolver != 0).then_some(10)
    });
    seen.all_accept_mail();
    assert!(asked_at_the_end >= 10, "{asked_at_the_end}");
}

#[test]
fn a_slow_tail_is_hedged_within_the_budget() {
    // Every thirtieth query takes half a second, at whatever resolver.
    let mut count = 0;
    let seen = look_up_often(2_000, |_, _| {
        count += 1;
        Some(if count % 30 == 0 { 500 } else { 15 })
    });
    seen.all_accept_mail();
    assert!(seen.p99_ms() <= 350, "{}", seen.p99_ms());
    assert!(
        seen.queries <= 2_000 * NEEDED * 105 / 100 + 8,
        "{}",
        seen.queries
    );
}

#[test]
fn when_everything_is_slow_hedging_stops() {
    let seen = look_up_often(1_000, |_, _| Some(250));
    seen.all_accept_mail();
    assert!(
        seen.queries <= 1_000 * NEEDED * 105 / 100 + 8,
        "{}",
        seen.queries
    );
}

#[test]
fn when_nobody_answers_it_ends_by_the_deadline() {
    let seen = look_up_often(200, |_, _| None);
    assert!(seen.reasons.iter().all(|it| *it == Reason::DnsTimeout));
    assert!(seen.took_ms.iter().all(|ms| *ms == 800));
    assert!(seen.queries <= 200 * 3, "{}", seen.queries);
}

/// A domain all of whose exchangers are gone, looked up by resolvers of which each takes so long
/// that hedges are sent.
#[track_caller]
fn check_dead(exchangers: usize, latencies_ms: [u64; 4]) {
    let mx: Vec<_> = (0..exchangers)
        .map(|it| format!("{it} gone{it}.nl"))
        .collect();
    let world = World::new(&[&format!("shop.nl mx: {}", mx.join(", "))]);
    let mut resolvers = Resolvers::new(4, 80);
    let reply = |query: &Query| (latencies_ms[query.resolver], world.reply(query));
    let run = run_with(&mut resolvers, "shop.nl", 0, reply);
    let reasons = &run.finding.routing.reasons;
    assert_eq!(
        *reasons,
        [Reason::MxDead],
        "{latencies_ms:?}: {:?}",
        run.asked
    );
}

#[test]
fn a_hedge_takes_nothing_from_the_second_witness() {
    let paces_ms = [10, 95, 150, 240];
    for exchangers in 1..=5 {
        for place in 0..4 {
            for slow_ms in paces_ms {
                let mut latencies_ms = [10; 4];
                latencies_ms[place] = slow_ms;
                check_dead(exchangers, latencies_ms);
            }
        }
        // Four answers after each other, of 240 ms each, would not be there by the deadline.
        for slow_ms in [10, 81, 95, 150, 180] {
            check_dead(exchangers, [slow_ms; 4]);
        }
    }
}
