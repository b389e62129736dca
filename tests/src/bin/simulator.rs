//! Runs simulated lookups: `simulator [--lookups 1000000] [--seed 1]`. Prints what they came
//! to, or the first law that was broken and the seed to see it again with.
#![forbid(unsafe_code)]

use std::error::Error;
use std::process::ExitCode;

use mailproof_tests::simulator::{Tally, simulate};

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut arguments: impl Iterator<Item = String>) -> Result<(), Box<dyn Error>> {
    let (mut lookups, mut first) = (1_000_000, 1);
    while let Some(argument) = arguments.next() {
        let value = arguments
            .next()
            .ok_or_else(|| format!("{argument} needs a value"))?;
        match argument.as_str() {
            "--lookups" => lookups = value.parse()?,
            "--seed" => first = value.parse()?,
            _ => return Err(format!("unknown argument {argument}").into()),
        }
    }
    let mut tally = Tally::default();
    let mut seed = first;
    while tally.lookups < lookups {
        tally = tally.with(&simulate(seed).map_err(|broken| broken.to_string())?);
        seed += 1;
    }
    println!("seeds {first} to {}: no law broken", seed - 1);
    print(&tally);
    Ok(())
}

fn print(tally: &Tally) {
    let Tally {
        lookups,
        good,
        bad,
        unknown,
        ..
    } = tally;
    println!("lookups {lookups}: good news {good}, bad news {bad}, unknown {unknown}");
    println!(
        "queries {}, at most {} for one",
        tally.queries, tally.most_queries
    );
    println!("longest {} ms", tally.longest_ms);
    println!(
        "all resolvers sound: {} lookups, {} not known in time, {} queries needed, {} more sent ({}.{:02} %)",
        tally.healthy,
        tally.healthy_late,
        tally.healthy_queries,
        tally.healthy_extra,
        tally.healthy_extra * 100 / tally.healthy_queries.max(1),
        tally.healthy_extra * 10_000 / tally.healthy_queries.max(1) % 100,
    );
    println!("digest {:016x}", tally.digest);
}
