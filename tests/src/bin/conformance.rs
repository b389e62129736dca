//! `conformance DIR [--expected FILE]`: runs the core over a folder of corpora, prints how
//! many rows of each suite agree, and what differs. With a list of expected failures, only
//! what surprises is printed, and a surprise is a failure.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use mailproof_tests::conformance::{self, ExpectedFailures, Row};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let outcome = match &*arguments {
        [folder] => run(folder, None),
        [folder, flag, file] if flag.as_os_str() == "--expected" => run(folder, Some(file)),
        _ => Err("usage: conformance DIR [--expected FILE]".to_owned()),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("conformance: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(folder: &Path, expected: Option<&Path>) -> Result<bool, String> {
    let rows = conformance::run(folder)?;
    if rows.is_empty() {
        return Err(format!("{}: no corpora here", folder.display()));
    }
    let told = match expected {
        Some(file) => ExpectedFailures::read(file)?.surprises(&rows),
        None => differences(&rows),
    };
    for line in &told {
        println!("{line}");
    }
    summary(&rows);
    Ok(expected.is_none() || told.is_empty())
}

fn differences(rows: &[Row]) -> Vec<String> {
    let differing = rows.iter().filter(|row| !row.agrees);
    differing
        .map(|row| format!("{}\t{}", row.id, row.detail))
        .collect()
}

fn summary(rows: &[Row]) {
    let mut suites: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in rows {
        let (agree, all) = suites
            .entry(row.id.split('#').next().unwrap_or(""))
            .or_default();
        *agree += usize::from(row.agrees);
        *all += 1;
    }
    for (suite, (agree, all)) in suites {
        println!("{suite}: {agree} of {all} agree");
    }
}
