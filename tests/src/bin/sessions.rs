//! `npm run sessions`: simulated visitors in numbers. Prints what they saw.
//!
//! ```text
//! sessions [HOW MANY] [FIRST SEED]
//! ```
#![forbid(unsafe_code)]

use std::process::ExitCode;

use mailproof_tests::sessions::{Seen, run};

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let mut number = |default: u64| {
        words
            .next()
            .and_then(|word| word.parse().ok())
            .unwrap_or(default)
    };
    let (many, first) = (number(1_000_000), number(1));
    let mut sum = Seen::default();
    for seed in first..first + many {
        match run(seed) {
            Ok(seen) => {
                sum.events += seen.events;
                sum.hints += seen.hints;
                sum.asked += seen.asked;
                sum.released += seen.released;
                sum.refused += seen.refused;
                sum.overtaken += seen.overtaken;
            }
            Err(broken) => {
                eprintln!("{broken:?}");
                return ExitCode::FAILURE;
            }
        }
    }
    println!("{many} sessions from seed {first}: {sum:?}");
    ExitCode::SUCCESS
}
