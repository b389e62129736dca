//! `conformance DIR`: runs the core over a folder of corpora and prints what differs.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use mailproof_tests::conformance;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("usage: conformance DIR");
        return ExitCode::from(2);
    };
    let rows = match conformance::run(&folder) {
        Ok(rows) => rows,
        Err(error) => {
            eprintln!("conformance: {error}");
            return ExitCode::from(3);
        }
    };
    let mut suites: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in &rows {
        let suite = suites
            .entry(row.id.split('#').next().unwrap_or(""))
            .or_default();
        suite.0 += usize::from(row.agrees);
        suite.1 += 1;
        if !row.agrees {
            println!("{}\t{}", row.id, row.detail);
        }
    }
    for (suite, (agree, all)) in suites {
        println!("{suite}: {agree} of {all}");
    }
    ExitCode::SUCCESS
}
