//! The HTTP side: RFC 8484 §4.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http_body_util::{BodyExt, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{AGE, CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use super::message::{self, Question};
use super::paced::Paced;
use super::scenario::{Fault, Scenario};
use super::{Asked, Log};

const DNS_MESSAGE: &str = "application/dns-message";
/// Octets of the largest query taken, as at public resolvers.
const MAX_QUERY: usize = 512;

/// What all connections share.
pub(super) struct Served {
    pub(super) scenario: Scenario,
    pub(super) log: Log,
}

/// Takes connections until the runtime is shut down.
pub(super) async fn serve(listener: &TcpListener, served: &Arc<Served>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let served = Arc::clone(served);
        tokio::spawn(async move {
            // A client that goes away is the point of some tests.
            let _ = connection(stream, served).await;
        });
    }
}

/// Serves one connection to its end.
async fn connection(stream: TcpStream, served: Arc<Served>) -> io::Result<()> {
    // Many small answers on one connection: none should wait for the one before.
    stream.set_nodelay(true)?;
    let stream = stream.into_std()?;
    // A second hold on the socket, to reset it by.
    let socket = socket2::Socket::from(stream.try_clone()?);
    let resets = AtomicBool::new(false);
    let service = service_fn(|request| respond(Arc::clone(&served), &resets, request));
    let http = hyper::server::conn::http1::Builder::new();
    let stream = TokioIo::new(TcpStream::from_std(stream)?);
    let ended = http.serve_connection(stream, service).await;
    if resets.load(Ordering::Relaxed) {
        // Closing without lingering is a reset; the other hold is gone by now.
        socket.set_linger(Some(Duration::ZERO))?;
    }
    ended.map_err(io::Error::other)
}

type Answer = Response<Paced>;

async fn respond(
    served: Arc<Served>,
    resets: &AtomicBool,
    request: Request<Incoming>,
) -> io::Result<Answer> {
    let path = request.uri().path().to_owned();
    match &*path {
        "/log" => return Ok(log(&served)),
        "/worlds" => return Ok(json(&serde_json::json!(served.scenario.worlds))),
        _ => {}
    }
    let resolver = match path.strip_prefix("/dns-query") {
        Some("") => "",
        Some(rest) if rest.starts_with('/') => rest.trim_start_matches('/'),
        _ => return Ok(status(StatusCode::NOT_FOUND)),
    };
    match query(request).await {
        Err(code) => Ok(status(code)),
        Ok(body) => match Question::read(&body) {
            None => Ok(status(StatusCode::BAD_REQUEST)),
            Some(question) => play(&served, resolver, resets, &question).await,
        },
    }
}

/// The DNS message of a GET or POST request.
async fn query(request: Request<Incoming>) -> Result<Bytes, StatusCode> {
    if request.method() == Method::GET {
        let mut parameters = request.uri().query().unwrap_or_default().split('&');
        let text = parameters.find_map(|one| one.strip_prefix("dns="));
        let decoded = text.and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        return decoded.map(Bytes::from).ok_or(StatusCode::BAD_REQUEST);
    }
    if request.method() != Method::POST {
        return Err(StatusCode::METHOD_NOT_ALLOWED);
    }
    if request
        .headers()
        .get(CONTENT_TYPE)
        .is_none_or(|kind| kind != DNS_MESSAGE)
    {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let body = Limited::new(request.into_body(), MAX_QUERY).collect().await;
    body.map(http_body_util::Collected::to_bytes)
        .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE)
}

/// Logs the question and answers it, or plays its fault.
async fn play(
    served: &Served,
    resolver: &str,
    resets: &AtomicBool,
    question: &Question,
) -> io::Result<Answer> {
    let (name, record_type) = (question.name(), question.record_type());
    let asked = note(served, resolver, &name, &record_type);
    let none = Fault::default();
    let fault = served
        .scenario
        .fault(resolver, &name, &record_type, asked)
        .unwrap_or(&none);
    if fault.delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
    }
    if fault.silent {
        std::future::pending::<Infallible>().await;
    }
    if fault.closed || fault.reset {
        resets.store(fault.reset, Ordering::Relaxed);
        return Err(io::Error::other("closed as the scenario says"));
    }
    if let Some(code) = fault.status {
        return Ok(elsewhere(code, fault.location.as_deref()));
    }
    let octets = if fault.garbage {
        b"<html>not a DNS message</html>".to_vec()
    } else if fault.oversize {
        vec![0; 70_000]
    } else {
        match message::answer(&served.scenario, question, fault) {
            Ok(octets) => octets,
            Err(_) => return Ok(status(StatusCode::INTERNAL_SERVER_ERROR)),
        }
    };
    Ok(dns_message(octets, fault, served.scenario.ttl_s))
}

/// A status without a body, and where else to ask.
fn elsewhere(code: u16, location: Option<&str>) -> Answer {
    let mut response = status(StatusCode::from_u16(code).unwrap_or(StatusCode::IM_A_TEAPOT));
    if let Some(location) = location {
        set(&mut response, LOCATION, location);
    }
    response
}

/// Logs the question; how often its name had been asked about before.
fn note(served: &Served, resolver: &str, name: &str, record_type: &str) -> usize {
    let asked = Asked {
        resolver: resolver.to_owned(),
        name: name.to_owned(),
        record_type: record_type.to_owned(),
    };
    served.log.lock().map_or(0, |mut log| log.add(asked))
}

fn dns_message(octets: Vec<u8>, fault: &Fault, max_age_s: u32) -> Answer {
    let body = if fault.slow_body_ms > 0 {
        Paced::over(octets, fault.slow_body_ms)
    } else if fault.cut_body {
        Paced::cut(octets)
    } else {
        Paced::whole(octets)
    };
    let mut response = Response::new(body);
    let media_type = fault.content_type.as_deref().unwrap_or(DNS_MESSAGE);
    set(&mut response, CONTENT_TYPE, media_type);
    set(
        &mut response,
        CACHE_CONTROL,
        &format!("max-age={max_age_s}"),
    );
    if let Some(age_s) = fault.age_s {
        set(&mut response, AGE, &age_s.to_string());
    }
    response
}

fn log(served: &Served) -> Answer {
    let asked = served
        .log
        .lock()
        .map(|log| log.asked.clone())
        .unwrap_or_default();
    json(&serde_json::json!({ "count": asked.len(), "asked": asked }))
}

fn json(value: &serde_json::Value) -> Answer {
    let mut response = Response::new(Paced::whole(value.to_string()));
    set(&mut response, CONTENT_TYPE, "application/json");
    response
}

fn status(code: StatusCode) -> Answer {
    let mut response = Response::new(Paced::whole(Bytes::new()));
    *response.status_mut() = code;
    response
}

/// Sets a header; a value that is none, which no test sends, is left out.
fn set(response: &mut Answer, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
