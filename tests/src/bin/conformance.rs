//! `conformance DIR [--expected FILE] [--peer FILE --report FILE]`: runs the core over a
//! folder of corpora, prints how many rows of each suite agree, and what differs. With a list
//! of expected failures, only what surprises is printed, and a surprise is a failure. A report
//! that is not as the run would write it is a surprise; `MAILPROOF_WRITE=1` writes it.
#![forbid(unsafe_code)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use mailproof_tests::conformance::{self, ExpectedFailures, Peer, Row};

const USAGE: &str = "usage: conformance DIR [--expected FILE] [--peer FILE --report FILE]";

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("conformance: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[PathBuf]) -> Result<bool, String> {
    let (folder, options) = arguments.split_first().ok_or(USAGE)?;
    let option = |name: &str| {
        let mut pairs = options.chunks_exact(2);
        pairs
            .find(|pair| pair[0].as_os_str() == name)
            .map(|pair| &*pair[1])
    };
    if !options.len().is_multiple_of(2) {
        return Err(USAGE.to_owned());
    }
    let rows = conformance::run(folder)?;
    if rows.is_empty() {
        return Err(format!("{}: no corpora here", folder.display()));
    }
    let expected = option("--expected")
        .map(ExpectedFailures::read)
        .transpose()?;
    let mut told = match &expected {
        Some(expected) => expected.surprises(&rows),
        None => differences(&rows),
    };
    if let (Some(peer), Some(report)) = (option("--peer"), option("--report")) {
        let page = conformance::report(&rows, &expected.unwrap_or_default(), &Peer::read(peer)?);
        told.extend(compare(&page, report)?);
    }
    for line in &told {
        println!("{line}");
    }
    summary(&rows);
    Ok(option("--expected").is_none() || told.is_empty())
}

/// What to say of a report that is not as this run would write it.
fn compare(page: &str, report: &Path) -> Result<Option<String>, String> {
    if std::env::var_os("MAILPROOF_WRITE").is_some() {
        let told = |error| format!("{}: {error}", report.display());
        std::fs::write(report, page).map_err(told)?;
        return Ok(None);
    }
    let is_same = std::fs::read_to_string(report).is_ok_and(|committed| committed == page);
    let stale = || {
        format!(
            "{} is not of this run: MAILPROOF_WRITE=1 writes it",
            report.display()
        )
    };
    Ok((!is_same).then(stale))
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
        let (agree, all) = suites.entry(row.suite()).or_default();
        *agree += usize::from(row.agrees);
        *all += 1;
    }
    for (suite, (agree, all)) in suites {
        println!("{suite}: {agree} of {all} agree");
    }
}
