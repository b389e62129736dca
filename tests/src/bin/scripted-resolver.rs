//! Runs the scripted resolver: `scripted-resolver --scenario FILE… [--listen 127.0.0.1:0]`.
//! Several `--scenario` are put together.
//!
//! Prints `listening http://127.0.0.1:PORT/dns-query` and serves until it is ended.
#![forbid(unsafe_code)]

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;

use mailproof_tests::resolver::{Scenario, ScriptedResolver};

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("scripted-resolver: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut arguments: impl Iterator<Item = String>) -> Result<(), Box<dyn Error>> {
    let mut listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let mut scenario: Option<Scenario> = None;
    while let Some(argument) = arguments.next() {
        let value = arguments
            .next()
            .ok_or_else(|| format!("{argument} needs a value"))?;
        match argument.as_str() {
            "--listen" => listen = value.parse()?,
            "--scenario" => {
                let more = Scenario::parse(&std::fs::read_to_string(value)?)?;
                scenario = Some(match scenario {
                    Some(scenario) => scenario.with(more),
                    None => more,
                });
            }
            _ => return Err(format!("unknown argument {argument}").into()),
        }
    }
    let scenario = scenario.ok_or("--scenario FILE is needed")?;
    if !listen.ip().is_loopback() {
        return Err("it listens on loopback only: it is no resolver for anybody else".into());
    }
    let resolver = ScriptedResolver::start_on(listen, scenario)?;
    println!("listening {}", resolver.url(""));
    resolver.wait();
    Ok(())
}
