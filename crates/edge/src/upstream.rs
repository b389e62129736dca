//! DNS over HTTPS with the platform's `fetch`: drives [`mailproof_dns::Lookup`].

use std::cell::RefCell;
use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::stream::{FuturesUnordered, StreamExt};
use mailproof_dns::{
    CONTENT_TYPE, DomainName, Endpoint, Finding, Lookup, MAX_BODY, Query, QueryId, Reply,
    Resolvers, Step, TransportFailure,
};
use worker::{
    AbortController, AbortSignal, Date, Delay, Fetch, Headers, Method, Request, RequestInit,
    RequestRedirect, Response,
};

use crate::body::{self, Unread};
use crate::config::Config;

thread_local! {
    /// An isolate has one thread and one configuration.
    static SEEN: RefCell<Option<Resolvers>> = const { RefCell::new(None) };
}

/// The body of a good answer.
struct Body {
    octets: Vec<u8>,
    age_s: u32,
}

type Answered = (QueryId, Result<Body, TransportFailure>);

/// Finds out where the domain's mail goes. Ends by the deadline at the latest; what is then
/// still under way is aborted.
pub(crate) async fn look_up(name: DomainName, config: &Config) -> Finding {
    let start = Date::now().as_millis();
    let now_ms = || Date::now().as_millis().saturating_sub(start);
    let outlook = seen(config, |resolvers| resolvers.outlook(start));
    let lookup = Lookup::new(name, config.settings.clone(), 0);
    let mut lookup = lookup.with_outlook(outlook);
    let abort = AbortController::default();
    let mut under_way = FuturesUnordered::new();
    loop {
        match lookup.step(now_ms()) {
            Step::Done(finding) => {
                abort.abort();
                let (observations, hedges_left) = lookup.observations(now_ms());
                let end = start.saturating_add(now_ms());
                seen(config, |it| it.learn(&observations, hedges_left, end));
                return finding;
            }
            Step::Send(query) => {
                let endpoint = config.resolvers.get(query.resolver);
                under_way.push(ask(query, endpoint, abort.signal()));
            }
            Step::Wait { until_ms } => {
                let wait = Duration::from_millis(until_ms.saturating_sub(now_ms()));
                let answered = match select(under_way.next(), Delay::from(wait)).await {
                    Either::Left((Some(answered), _)) => answered,
                    Either::Left((None, timer)) => {
                        timer.await;
                        continue;
                    }
                    Either::Right(_) => continue,
                };
                take(&mut lookup, answered, now_ms());
            }
        }
    }
}

fn take(lookup: &mut Lookup, (id, answered): Answered, now_ms: u64) {
    let reply = answered.as_ref().map(|body| Reply {
        body: &body.octets,
        age_s: body.age_s,
    });
    lookup.answer(id, reply.map_err(|failure| *failure), now_ms);
}

/// For each resolver, whether it answers as far as this isolate has seen.
pub(crate) fn sound(config: &Config) -> Vec<bool> {
    seen(config, |resolvers| resolvers.sound().collect())
}

/// Works with what this isolate has seen of the resolvers.
fn seen<T>(config: &Config, work: impl FnOnce(&mut Resolvers) -> T) -> T {
    SEEN.with_borrow_mut(|seen| {
        let settings = &config.settings;
        let count = settings.resolvers.len();
        work(seen.get_or_insert_with(|| Resolvers::new(count, settings.hedge_ms)))
    })
}

async fn ask(query: Query, endpoint: Option<&Endpoint>, signal: AbortSignal) -> Answered {
    let answered = match endpoint {
        Some(endpoint) => fetch(&endpoint.url_for(&query.message), &signal).await,
        None => Err(TransportFailure::Unreachable),
    };
    (query.id, answered)
}

async fn fetch(url: &str, signal: &AbortSignal) -> Result<Body, TransportFailure> {
    let request = request(url).map_err(|_| TransportFailure::Unreachable)?;
    let response = Fetch::Request(request).send_with_signal(signal).await;
    let mut response = response.map_err(|_| TransportFailure::Unreachable)?;
    if response.status_code() != 200 {
        return Err(TransportFailure::Status(response.status_code()));
    }
    let header = |name: &str| response.headers().get(name).ok().flatten();
    let media_type = header("content-type").unwrap_or_default();
    if media_type.split(';').next().map(str::trim) != Some(CONTENT_TYPE) {
        return Err(TransportFailure::ContentType);
    }
    let age_s = header("age").and_then(|age| age.parse().ok()).unwrap_or(0);
    Ok(Body {
        octets: read(&mut response).await?,
        age_s,
    })
}

/// Loopback is for tests alone, and elsewhere a redirect could lead there: none is followed
/// but by resolvers of the open Internet, which may move (RFC 8484 §5.1).
fn request(url: &str) -> worker::Result<Request> {
    let headers = Headers::new();
    headers.set("accept", CONTENT_TYPE)?;
    let mut init = RequestInit::new();
    init.with_method(Method::Get).with_headers(headers);
    if url.starts_with("http://") {
        init.with_redirect(RequestRedirect::Manual);
    }
    Request::new_with_init(url, &init)
}

async fn read(response: &mut Response) -> Result<Vec<u8>, TransportFailure> {
    let stream = response.stream();
    let stream = stream.map_err(|_| TransportFailure::Unreachable)?;
    body::read(stream, MAX_BODY)
        .await
        .map_err(|unread| match unread {
            Unread::TooLarge => TransportFailure::TooLarge,
            Unread::Broken => TransportFailure::Unreachable,
        })
}
