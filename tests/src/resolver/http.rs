//! The HTTP side: RFC 8484 §4.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

use super::message::{self, Question};
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
            let service = service_fn(|request| respond(Arc::clone(&served), request));
            let connection = hyper::server::conn::http1::Builder::new();
            // A client that goes away is the point of some tests.
            let _ = connection
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

type Answer = Response<Full<Bytes>>;

async fn respond(served: Arc<Served>, request: Request<Incoming>) -> io::Result<Answer> {
    let path = request.uri().path().to_owned();
    if path == "/log" {
        return Ok(log(&served));
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
            Some(question) => play(&served, resolver, &question).await,
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
async fn play(served: &Served, resolver: &str, question: &Question) -> io::Result<Answer> {
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
    if fault.closed {
        return Err(io::Error::other("closed as the scenario says"));
    }
    if let Some(code) = fault.status {
        return Ok(status(
            StatusCode::from_u16(code).unwrap_or(StatusCode::IM_A_TEAPOT),
        ));
    }
    if fault.garbage {
        return Ok(dns_message(b"<html>not a DNS message</html>".to_vec(), 0));
    }
    if fault.oversize {
        return Ok(dns_message(vec![0; 70_000], 0));
    }
    match message::answer(&served.scenario, question, fault) {
        Ok(body) => Ok(dns_message(body, served.scenario.ttl_s)),
        Err(_) => Ok(status(StatusCode::INTERNAL_SERVER_ERROR)),
    }
}

/// Logs the question; how often its name had been asked about before.
fn note(served: &Served, resolver: &str, name: &str, record_type: &str) -> usize {
    let Ok(mut log) = served.log.lock() else {
        return 0;
    };
    let asked = log.iter().filter(|asked| asked.name == name).count();
    log.push(Asked {
        resolver: resolver.to_owned(),
        name: name.to_owned(),
        record_type: record_type.to_owned(),
    });
    asked
}

fn dns_message(body: Vec<u8>, max_age_s: u32) -> Answer {
    let mut response = Response::new(Full::from(body));
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        hyper::header::HeaderValue::from_static(DNS_MESSAGE),
    );
    if let Ok(value) = format!("max-age={max_age_s}").parse() {
        headers.insert(CACHE_CONTROL, value);
    }
    response
}

fn log(served: &Served) -> Answer {
    let asked = served.log.lock().map(|log| log.clone()).unwrap_or_default();
    let json = serde_json::json!({ "count": asked.len(), "asked": asked });
    let mut response = Response::new(Full::from(json.to_string()));
    let json = hyper::header::HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

fn status(code: StatusCode) -> Answer {
    let mut response = Response::new(Full::default());
    *response.status_mut() = code;
    response
}
