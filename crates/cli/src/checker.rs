//! Judging batches of inputs, with DNS where somebody may be asked.

use std::collections::HashMap;
use std::time::Instant;

use mailproof_cli::doh::DohClient;
use mailproof_cli::input::Input;
use mailproof_core::{Context, Pack, PackError, Policy, Reason, Routing, Verdict, judge};
use mailproof_dns::Asked;

/// Domains whose routing is remembered during a run.
const REMEMBERED: usize = 100_000;

/// Domains that are looked up at once: polite to public resolvers, quick enough for a list.
const SIDE_BY_SIDE: usize = 16;

/// Judges inputs with one pack, one policy and one memory of domains.
#[derive(Debug)]
pub(crate) struct Checker {
    pack: Pack<'static>,
    policy: Policy,
    resolver: Option<DohClient>,
    remembered: HashMap<String, Remembered>,
    keeps: Keeps,
}

/// What is remembered of the look-ups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeps {
    /// What was found.
    Findings,
    /// Every query, too.
    Queries,
}

#[derive(Debug)]
struct Remembered {
    routing: Routing,
    /// Empty where queries are not kept.
    asked: Vec<Asked>,
}

impl Checker {
    /// With `None` for the resolver, DNS is not asked.
    ///
    /// # Errors
    /// Built-in lists that are damaged.
    pub(crate) fn new(
        policy: Policy,
        resolver: Option<DohClient>,
        keeps: Keeps,
    ) -> Result<Self, PackError> {
        let pack = Pack::new(mailproof_lists::FULL)?;
        let remembered = HashMap::new();
        Ok(Self {
            pack,
            policy,
            resolver,
            remembered,
            keeps,
        })
    }

    /// The queries behind a verdict of the last batch, as far as they are kept.
    pub(crate) fn asked(&self, verdict: &Verdict) -> &[Asked] {
        let domain = verdict.ascii_domain.as_deref();
        let remembered = domain.and_then(|domain| self.remembered.get(domain));
        remembered.map_or(&[], |it| &it.asked)
    }

    /// One verdict for each input, in order.
    pub(crate) fn check(&mut self, batch: &[Input]) -> Vec<Verdict> {
        let started = Instant::now();
        if self.remembered.len() > REMEMBERED {
            self.remembered.clear();
        }
        let offline: Vec<_> = batch.iter().map(|input| self.judge(input, None)).collect();
        self.ask(&offline);
        let verdicts = batch.iter().zip(offline);
        let verdicts = verdicts.map(|(input, offline)| {
            match offline
                .domain_to_ask()
                .and_then(|domain| self.remembered.get(domain))
            {
                Some(remembered) => {
                    let mut verdict = self.judge(input, Some(&remembered.routing));
                    verdict.took_ms = milliseconds_since(started);
                    verdict
                }
                None => offline,
            }
        });
        verdicts.collect()
    }

    fn judge(&self, input: &Input, routing: Option<&Routing>) -> Verdict {
        let started = Instant::now();
        let context = Context {
            pack: Some(&self.pack),
            policy: &self.policy,
            routing,
        };
        let mut verdict = match input {
            Input::Text(text) => judge(text, &context),
            Input::Malformed { line, offset } => Verdict::malformed(line, *offset, &context),
        };
        verdict.took_ms = milliseconds_since(started);
        verdict
    }

    /// Asks for the domains of a batch that nobody has asked for yet.
    fn ask(&mut self, verdicts: &[Verdict]) {
        let Some(resolver) = &self.resolver else {
            return;
        };
        let mut domains: Vec<_> = verdicts
            .iter()
            .filter_map(Verdict::domain_to_ask)
            .filter(|domain| !self.remembered.contains_key(*domain))
            .collect();
        domains.sort_unstable();
        domains.dedup();
        let routings = look_up_all(resolver, &self.pack, self.keeps, &domains);
        self.remembered
            .extend(domains.into_iter().map(str::to_owned).zip(routings));
    }
}

fn milliseconds_since(started: Instant) -> u32 {
    u32::try_from(started.elapsed().as_millis()).unwrap_or(u32::MAX)
}

/// Looks domains up side by side, a few at a time; the answers stand in the same order.
fn look_up_all(
    resolver: &DohClient,
    pack: &Pack<'_>,
    keeps: Keeps,
    domains: &[&str],
) -> Vec<Remembered> {
    let mut routings = Vec::with_capacity(domains.len());
    for group in domains.chunks(SIDE_BY_SIDE) {
        std::thread::scope(|scope| {
            let asked: Vec<_> = group
                .iter()
                .map(|domain| scope.spawn(|| look_up(resolver, pack, keeps, domain)))
                .collect();
            let answer = |thread: std::thread::ScopedJoinHandle<'_, Remembered>| {
                // Our own fault is never the address's: a thread that died knows nothing.
                thread.join().unwrap_or_else(|_| offline())
            };
            routings.extend(asked.into_iter().map(answer));
        });
    }
    routings
}

/// What DNS says, and what the lists say about the domain's name server.
fn look_up(resolver: &DohClient, pack: &Pack<'_>, keeps: Keeps, domain: &str) -> Remembered {
    let explained = match keeps {
        Keeps::Queries => resolver.explain(domain),
        Keeps::Findings => resolver.find(domain).map(|finding| (finding, Vec::new())),
    };
    let Some((finding, asked)) = explained else {
        return offline();
    };
    let mut routing = finding.routing;
    if let Some(name_server) = &finding.name_server {
        routing.add_name_server(domain, name_server, pack);
    }
    Remembered { routing, asked }
}

fn offline() -> Remembered {
    Remembered {
        routing: Routing::unavailable(Reason::Offline),
        asked: Vec::new(),
    }
}
