//! A DNS-over-HTTPS server (RFC 8484, HTTP/1.1) that answers from a scenario file, with
//! faults on demand. The tests and the offline demo ask it; nothing else should.
//!
//! One server plays several resolvers, told apart by the path: `/dns-query/a` is resolver
//! `a`, `/dns-query` the one without a name. `GET /log` tells what was asked, `GET /worlds`
//! what the scenario's worlds are.

mod http;
mod matrix;
pub(crate) mod message;
mod paced;
mod scenario;
mod world;

use std::collections::HashMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use serde::Serialize;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

pub use matrix::MatrixRow;
pub(crate) use message::Question;
pub use scenario::{Fault, RCode, Records, Scenario, ScenarioError};
pub use world::{Truth, World};

/// One question that a resolver was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The resolver's name: what stands after `/dns-query/`.
    pub resolver: String,
    /// The name asked about, in lower case without the final dot.
    pub name: String,
    /// The record type, such as `MX`.
    pub record_type: String,
}

/// What has been asked so far, shared with the server's thread.
type Log = Arc<Mutex<Noted>>;

#[derive(Debug, Default)]
struct Noted {
    /// In the order of their coming.
    asked: Vec<Asked>,
    /// How often each name was asked about.
    counts: HashMap<String, usize>,
}

impl Noted {
    /// Adds a question; how often its name had been asked about before.
    fn add(&mut self, asked: Asked) -> usize {
        let count = self.counts.entry(asked.name.clone()).or_default();
        *count += 1;
        let before = *count - 1;
        self.asked.push(asked);
        before
    }
}

/// A running server. Dropping it stops it and breaks off what is under way.
#[derive(Debug)]
pub struct ScriptedResolver {
    address: SocketAddr,
    log: Log,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl ScriptedResolver {
    /// Starts on a free port of 127.0.0.1.
    ///
    /// # Errors
    /// What binding the socket or starting the runtime gave.
    pub fn start(scenario: Scenario) -> io::Result<Self> {
        Self::start_on(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), scenario)
    }

    /// Starts on `address`; port 0 takes a free one.
    ///
    /// # Errors
    /// What binding the socket or starting the runtime gave.
    pub fn start_on(address: SocketAddr, scenario: Scenario) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let listener = runtime.block_on(TcpListener::bind(address))?;
        let address = listener.local_addr()?;
        let log = Log::default();
        let (stop, stopped) = oneshot::channel();
        let served = Arc::new(http::Served {
            scenario,
            log: Arc::clone(&log),
        });
        let thread = std::thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = http::serve(&listener, &served) => {}
                    _ = stopped => {}
                }
            });
            runtime.shutdown_background();
        });
        Ok(Self {
            address,
            log,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The URL of the resolver with this name; empty for the one without.
    pub fn url(&self, resolver: &str) -> String {
        let separator = if resolver.is_empty() { "" } else { "/" };
        format!("http://{}/dns-query{separator}{resolver}", self.address)
    }

    /// All questions so far, in the order of their coming.
    pub fn asked(&self) -> Vec<Asked> {
        self.log
            .lock()
            .map(|log| log.asked.clone())
            .unwrap_or_default()
    }

    /// Serves until the process ends.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for ScriptedResolver {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
