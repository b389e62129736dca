//! `mailproof lists info`: versions, digests, counts and sources.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};

use serde::Deserialize;

use crate::arguments::{Format, InfoArguments};
use crate::failure::Failure;

/// What is shown of `provenance.json`.
#[derive(Debug, Deserialize)]
struct Provenance {
    version: String,
    packs: BTreeMap<String, Figures>,
    classes: BTreeMap<String, u64>,
    references: Vec<Source>,
    sources: Vec<Source>,
    lineages: BTreeMap<String, u64>,
    dropped: BTreeMap<String, u64>,
}

#[derive(Debug, Deserialize)]
struct Figures {
    bytes: u64,
    sha256: String,
    disposable: u64,
}

#[derive(Debug, Deserialize)]
struct Source {
    name: String,
    version: String,
    registry: String,
    licence: String,
    date: String,
    #[serde(default)]
    in_full: Option<u64>,
}

/// Runs the command.
pub(crate) fn run(arguments: &InfoArguments) -> Result<(), Failure> {
    let text = match arguments.format {
        Format::Human => human(&read()?),
        Format::Ndjson => line().ok_or(Failure::Lists)?,
    };
    io::stdout()
        .write_all(text.as_bytes())
        .map_err(Failure::Output)
}

fn read() -> Result<Provenance, Failure> {
    serde_json::from_str(mailproof_lists::PROVENANCE).map_err(|_| Failure::Lists)
}

/// The whole file as one line.
fn line() -> Option<String> {
    let whole: serde_json::Value = serde_json::from_str(mailproof_lists::PROVENANCE).ok()?;
    Some(format!("{whole}\n"))
}

fn human(provenance: &Provenance) -> String {
    let mut text = format!("lists {}\n", provenance.version);
    // Writing to a String cannot fail.
    for (name, pack) in &provenance.packs {
        let Figures {
            bytes,
            sha256,
            disposable,
        } = pack;
        let _ = writeln!(
            text,
            "\n{name} pack: {disposable} disposable domains, {bytes} bytes\n  sha256 {sha256}"
        );
    }
    counts(&mut text, "other classes", &provenance.classes);
    counts(
        &mut text,
        "disposable domains by lineages",
        &provenance.lineages,
    );
    counts(
        &mut text,
        "entries that rules kept out",
        &provenance.dropped,
    );
    let _ = writeln!(text, "\nsources");
    for source in provenance.sources.iter().chain(&provenance.references) {
        let Source {
            name,
            version,
            registry,
            licence,
            date,
            in_full,
        } = source;
        let entries = in_full.map_or_else(String::new, |count| count.to_string());
        let named = format!("{name} {version} ({registry})");
        let _ = writeln!(text, "  {named:<55}{date:<12}{licence:<20}{entries:>8}");
    }
    text
}

fn counts(text: &mut String, title: &str, counts: &BTreeMap<String, u64>) {
    let _ = writeln!(text, "\n{title}");
    for (name, count) in counts {
        let _ = writeln!(text, "  {name:<24}{count:>8}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_provenance_is_shown() {
        let provenance = read().unwrap();
        let text = human(&provenance);
        assert!(text.starts_with(&format!("lists {}\n", provenance.version)));
        for part in [
            "full pack: ",
            "small pack: ",
            "mailchecker 6",
            "public_suffix ",
        ] {
            assert!(text.contains(part), "no {part:?} in\n{text}");
        }
        assert_eq!(line().unwrap().lines().count(), 1);
    }
}
