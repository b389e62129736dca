//! A stretch of time in which the same resolvers behave the same way: lookups that overlap,
//! and learn from each other.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use mailproof_dns::{
    DomainName, Finding, Lookup, QueryId, Reply, Resolvers, Settings, Step, TransportFailure,
};
use mailproof_laws::random::Random;

use super::domain::{Domain, NAME};
use super::laws::{Broken, Ended, Tally};
use super::resolver::{Resolver, Said, Weather};

/// Lookups of one epoch.
const LOOKUPS: usize = 250;
/// As for a form.
const DEADLINE_MS: u64 = 800;
/// Longest time between the beginnings of two lookups.
const LONGEST_GAP_MS: usize = 60;

/// Runs one epoch.
///
/// # Errors
/// The first law that is broken.
pub fn simulate(seed: u64) -> Result<Tally, Broken> {
    let mut epoch = Epoch::new(seed);
    epoch.run().map_err(|what| Broken { seed, what })?;
    Ok(epoch.tally)
}

struct Epoch {
    random: Random,
    resolvers: Vec<Resolver>,
    is_healthy: bool,
    seen: Resolvers,
    lookups: Vec<Option<Running>>,
    /// What comes next, by time and then in the order in which it was foreseen.
    agenda: BinaryHeap<Reverse<(u64, usize)>>,
    events: Vec<(usize, Event)>,
    tally: Tally,
}

struct Running {
    lookup: Lookup,
    domain: Domain,
    begun_ms: u64,
    in_flight: usize,
    most_in_flight: usize,
}

enum Event {
    Begin,
    Wake,
    Answer(QueryId, Result<Vec<u8>, TransportFailure>),
}

impl Epoch {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let weather = Weather::any(&mut random);
        let resolvers = weather.resolvers(&mut random);
        let mut epoch = Self {
            seen: Resolvers::new(resolvers.len(), settings(resolvers.len()).hedge_ms),
            is_healthy: weather == Weather::Healthy,
            random,
            resolvers,
            lookups: Vec::new(),
            agenda: BinaryHeap::new(),
            events: Vec::new(),
            tally: Tally::default(),
        };
        let mut at_ms = 0;
        for number in 0..LOOKUPS {
            at_ms += epoch.random.below(LONGEST_GAP_MS) as u64;
            epoch.lookups.push(None);
            epoch.foresee(at_ms, number, Event::Begin);
        }
        epoch
    }

    fn foresee(&mut self, at_ms: u64, lookup: usize, event: Event) {
        self.agenda.push(Reverse((at_ms, self.events.len())));
        self.events.push((lookup, event));
    }

    fn run(&mut self) -> Result<(), String> {
        while let Some(Reverse((now_ms, place))) = self.agenda.pop() {
            let (number, event) = std::mem::replace(&mut self.events[place], (0, Event::Wake));
            match event {
                Event::Begin => self.begin(number, now_ms),
                Event::Wake => {}
                Event::Answer(id, answer) => {
                    if let Some(running) = &mut self.lookups[number] {
                        let reply = answer.as_ref().map(|body| Reply { body, age_s: 0 });
                        running.in_flight -= 1;
                        running.lookup.answer(id, reply.map_err(|why| *why), now_ms);
                    }
                }
            }
            self.go_on(number, now_ms)?;
        }
        Ok(())
    }

    fn begin(&mut self, number: usize, now_ms: u64) {
        let domain = Domain::any(&mut self.random);
        let lookup = new_lookup(self.resolvers.len(), now_ms);
        self.lookups[number] = Some(Running {
            lookup: lookup.with_outlook(self.seen.outlook(now_ms)),
            domain,
            begun_ms: now_ms,
            in_flight: 0,
            most_in_flight: 0,
        });
    }

    /// Does what the lookup wants until it waits or ends.
    fn go_on(&mut self, number: usize, now_ms: u64) -> Result<(), String> {
        loop {
            let Some(running) = &mut self.lookups[number] else {
                return Ok(());
            };
            match running.lookup.step(now_ms) {
                Step::Send(query) => {
                    running.in_flight += 1;
                    running.most_in_flight = running.most_in_flight.max(running.in_flight);
                    let resolver = &self.resolvers[query.resolver];
                    let said = resolver.reply(&query, &running.domain, &mut self.random);
                    let asked = format!("{now_ms} {number} {} {}", query.resolver, query.name);
                    self.tally.note(&asked);
                    let (in_ms, answer) = match said {
                        Said::Body(in_ms, body) => (in_ms, Ok(body)),
                        Said::Failed(in_ms, failure) => (in_ms, Err(failure)),
                        Said::Nothing => continue,
                    };
                    self.foresee(now_ms + in_ms, number, Event::Answer(query.id, answer));
                }
                Step::Wait { until_ms } if until_ms <= now_ms => {
                    return Err(format!("waits for the past: {until_ms} at {now_ms}"));
                }
                Step::Wait { until_ms } => {
                    self.foresee(until_ms, number, Event::Wake);
                    return Ok(());
                }
                Step::Done(finding) => return self.end(number, &finding, now_ms),
            }
        }
    }

    fn end(&mut self, number: usize, finding: &Finding, now_ms: u64) -> Result<(), String> {
        let Some(running) = self.lookups[number].take() else {
            return Ok(());
        };
        let (observations, hedges_left) = running.lookup.observations(now_ms);
        self.seen.learn(&observations, hedges_left, now_ms);
        let ended = Ended {
            finding,
            took_ms: now_ms - running.begun_ms,
            most_in_flight: running.most_in_flight,
            has_liar: self.resolvers.iter().any(Resolver::lies),
            prompt: self
                .is_healthy
                .then(|| prompt(&running.domain, self.resolvers.len())),
            domain: &running.domain,
        };
        ended.check(DEADLINE_MS)?;
        self.tally.add(&ended);
        self.tally
            .note(&format!("{now_ms} {number} {:?}", finding.routing.reasons));
        Ok(())
    }
}

/// How a lookup ends whose resolvers all answer at once.
fn prompt(domain: &Domain, resolvers: usize) -> Finding {
    let mut lookup = new_lookup(resolvers, 0);
    let prompt = Resolver::prompt();
    let mut random = Random::new(1);
    let mut come = Vec::new();
    let mut now_ms = 0;
    loop {
        match lookup.step(now_ms) {
            Step::Send(query) => {
                if let Said::Body(_, body) = prompt.reply(&query, domain, &mut random) {
                    come.push((query.id, body));
                }
            }
            Step::Wait { until_ms } => {
                if come.is_empty() {
                    now_ms = until_ms;
                }
                for (id, body) in come.drain(..) {
                    lookup.answer(
                        id,
                        Ok(Reply {
                            body: &body,
                            age_s: 0,
                        }),
                        now_ms,
                    );
                }
            }
            Step::Done(finding) => return finding,
        }
    }
}

fn new_lookup(resolvers: usize, now_ms: u64) -> Lookup {
    match DomainName::parse(NAME) {
        Ok(name) => Lookup::new(name, settings(resolvers), now_ms),
        Err(why) => unreachable!("{why:?}"),
    }
}

fn settings(resolvers: usize) -> Settings {
    Settings {
        deadline_ms: DEADLINE_MS,
        ..Settings::new(
            (0..resolvers)
                .map(|index| format!("resolver-{index}.net"))
                .collect(),
        )
    }
}
