//! DNS over HTTPS with threads: drives [`mailproof_dns::Lookup`] natively.

use std::fmt;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use mailproof_core::{Reason, Routing};
use mailproof_dns::{
    Asked, CONTENT_TYPE, DomainName, Endpoint, Finding, Lookup, MAX_BODY, MailPolicy,
    NotAnEndpoint, Query, QueryId, Reply, Resolvers, Settings, Step, TransportFailure,
};

/// Redirects followed; public resolvers may send a few (RFC 8484 §5.1 leaves it to HTTP).
const MAX_REDIRECTS: u32 = 3;

/// Asks DNS-over-HTTPS resolvers about domains. Cheap to share between threads.
#[derive(Debug, Clone)]
pub struct DohClient {
    resolvers: Arc<[Resolver]>,
    settings: Settings,
    /// What all threads have seen of the resolvers.
    seen: Arc<Mutex<Resolvers>>,
    begun: Instant,
}

#[derive(Debug)]
struct Resolver {
    endpoint: Endpoint,
    agent: ureq::Agent,
}

/// Why there is no client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DohError {
    /// No resolver was named.
    NoResolver,
    /// The resolver at this place, counted from 1, is not one that may be asked.
    Endpoint(usize, NotAnEndpoint),
    /// The resolver at this place is another one over again, and no witness of its own.
    Repeated(usize),
}

impl fmt::Display for DohError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoResolver => f.write_str("no DNS-over-HTTPS resolver is named"),
            Self::Endpoint(place, why) => write!(f, "DNS-over-HTTPS resolver {place}: {why}"),
            Self::Repeated(place) => {
                write!(
                    f,
                    "DNS-over-HTTPS resolver {place}: its host is named twice"
                )
            }
        }
    }
}

impl std::error::Error for DohError {}

impl DohClient {
    /// A client that asks the resolvers at `urls`, in this order of preference. With one
    /// resolver alone no bad news is ever confirmed: what would be undeliverable is unknown.
    ///
    /// # Errors
    /// [`DohError`] for a list that cannot be used; nothing is sent yet.
    pub fn new<S: AsRef<str>>(urls: &[S], deadline: Duration) -> Result<Self, DohError> {
        if urls.is_empty() {
            return Err(DohError::NoResolver);
        }
        let resolver = |(place, url): (usize, &S)| match Endpoint::parse(url.as_ref()) {
            Ok(endpoint) => Ok(Resolver {
                agent: agent(&endpoint),
                endpoint,
            }),
            Err(why) => Err(DohError::Endpoint(place + 1, why)),
        };
        let resolvers: Arc<[Resolver]> = urls
            .iter()
            .enumerate()
            .map(resolver)
            .collect::<Result<_, _>>()?;
        let repeats = |(place, one): (usize, &Resolver)| {
            let mut others = resolvers.iter().take(place);
            others.any(|other| !one.endpoint.is_independent_of(&other.endpoint))
        };
        if let Some(place) = resolvers.iter().enumerate().position(repeats) {
            return Err(DohError::Repeated(place + 1));
        }
        let hosts = resolvers
            .iter()
            .map(|one| one.endpoint.host().to_owned())
            .collect();
        let deadline_ms = u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX);
        let settings = Settings {
            deadline_ms,
            mail_policy: MailPolicy::WithoutMx,
            ..Settings::new(hosts)
        };
        let seen = Resolvers::new(resolvers.len(), settings.hedge_ms);
        Ok(Self {
            resolvers,
            settings,
            seen: Arc::new(Mutex::new(seen)),
            begun: Instant::now(),
        })
    }

    /// Finds out where the mail of `ascii_domain` (A-labels in lower case) goes. Blocks until
    /// that is known or the deadline is over; whatever goes wrong is an unknown. A text that is
    /// no domain is not asked about (`offline`).
    pub fn look_up(&self, ascii_domain: &str) -> Routing {
        let finding = self.find(ascii_domain);
        finding.map_or(Routing::unavailable(Reason::Offline), |it| it.routing)
    }

    /// The same with all that was found; `None` for a text that is no domain.
    pub fn find(&self, ascii_domain: &str) -> Option<Finding> {
        self.drive(ascii_domain).map(|(_, finding)| finding)
    }

    /// The same with every query: who was asked what, and what that proved.
    pub fn explain(&self, ascii_domain: &str) -> Option<(Finding, Vec<Asked>)> {
        let (lookup, finding) = self.drive(ascii_domain)?;
        Some((finding, lookup.asked()))
    }

    fn drive(&self, ascii_domain: &str) -> Option<(Lookup, Finding)> {
        let name = DomainName::parse(ascii_domain).ok()?;
        let start = Instant::now();
        let now_ms = || u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let outlook = self.seen().outlook(self.uptime_ms());
        let lookup = Lookup::new(name, self.settings.clone(), 0);
        let mut lookup = lookup.with_outlook(outlook);
        let (sender, answers) = mpsc::channel::<(QueryId, Result<Body, TransportFailure>)>();
        loop {
            match lookup.step(now_ms()) {
                Step::Done(finding) => {
                    let (observations, hedges_left) = lookup.observations(now_ms());
                    let now_ms = self.uptime_ms();
                    self.seen().learn(&observations, hedges_left, now_ms);
                    return Some((lookup, finding));
                }
                Step::Send(query) => self.send(query, start, sender.clone()),
                Step::Wait { until_ms } => {
                    let until = Duration::from_millis(until_ms);
                    match answers.recv_timeout(until.saturating_sub(start.elapsed())) {
                        Ok((id, Ok(body))) => {
                            let reply = Reply {
                                body: &body.octets,
                                age_s: body.age_s,
                            };
                            lookup.answer(id, Ok(reply), now_ms());
                        }
                        Ok((id, Err(failure))) => lookup.answer(id, Err(failure), now_ms()),
                        // `sender` lives, so this is the time-out.
                        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
                    }
                }
            }
        }
    }

    fn seen(&self) -> MutexGuard<'_, Resolvers> {
        // A thread that died while it held this had at worst not learnt all.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Milliseconds since the client was made.
    fn uptime_ms(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Asks in a thread of its own, which ends with the deadline at the latest.
    fn send(
        &self,
        query: Query,
        start: Instant,
        answers: mpsc::Sender<(QueryId, Result<Body, TransportFailure>)>,
    ) {
        let resolvers = Arc::clone(&self.resolvers);
        let deadline = Duration::from_millis(self.settings.deadline_ms);
        let left = deadline
            .saturating_sub(start.elapsed())
            .max(Duration::from_millis(1));
        std::thread::spawn(move || {
            let answer = match resolvers.get(query.resolver) {
                Some(resolver) => resolver.ask(&query.message, left),
                None => Err(TransportFailure::Unreachable),
            };
            // Nobody waits any more when the lookup has ended.
            let _ = answers.send((query.id, answer));
        });
    }
}

/// The body of a good answer.
#[derive(Debug)]
struct Body {
    octets: Vec<u8>,
    age_s: u32,
}

impl Resolver {
    fn ask(&self, message: &[u8], left: Duration) -> Result<Body, TransportFailure> {
        let request = self.agent.get(self.endpoint.url_for(message));
        let request = request.config().timeout_global(Some(left)).build();
        let mut response = request
            .header("accept", CONTENT_TYPE)
            .call()
            .map_err(|error| failure(&error))?;
        if response.status() != 200 {
            return Err(TransportFailure::Status(response.status().as_u16()));
        }
        if response.body().mime_type() != Some(CONTENT_TYPE) {
            return Err(TransportFailure::ContentType);
        }
        let age = response
            .headers()
            .get("age")
            .and_then(|age| age.to_str().ok());
        let age_s = age.and_then(|age| age.parse().ok()).unwrap_or(0);
        let limit = u64::try_from(MAX_BODY).unwrap_or(u64::MAX);
        let body = response.body_mut().with_config().limit(limit).read_to_vec();
        Ok(Body {
            octets: body.map_err(|error| failure(&error))?,
            age_s,
        })
    }
}

fn agent(endpoint: &Endpoint) -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .user_agent(concat!("mailproof/", env!("CARGO_PKG_VERSION")));
    let config = if endpoint.is_loopback() {
        config.max_redirects(0).proxy(None)
    } else {
        config.max_redirects(MAX_REDIRECTS).https_only(true)
    };
    config.build().into()
}

fn failure(error: &ureq::Error) -> TransportFailure {
    match error {
        ureq::Error::Timeout(_) => TransportFailure::Timeout,
        ureq::Error::BodyExceedsLimit(_) => TransportFailure::TooLarge,
        ureq::Error::StatusCode(code) => TransportFailure::Status(*code),
        _ => TransportFailure::Unreachable,
    }
}
