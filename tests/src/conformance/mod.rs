//! Measuring the core against third-party vectors.
//!
//! A folder of corpora is read from outside; nothing of it is kept here. Each suite turns
//! its rows into [`Row`]s; a row that differs must stand in the expected-failures list with
//! a reason, and a row of that list that passes or is gone fails too.

mod bytes;
mod expected;
mod idna;
mod normalize;
mod peer;
mod psl;
mod report;
mod syntax;
mod typo;

use std::path::Path;

pub use expected::ExpectedFailures;
pub use peer::Peer;
pub use report::report;

/// One vector and how the core did on it.
#[derive(Debug)]
pub struct Row {
    /// Suite, file and row: `syntax/rfc5321#s00001`.
    pub id: String,
    /// Whether the core agrees.
    pub agrees: bool,
    /// Whether the core suggests something else than what was meant.
    pub offers_another: bool,
    /// What was given, expected and found, for a person to read.
    pub detail: String,
}

impl Row {
    /// What stands before the `#` of its name.
    pub fn suite(&self) -> &str {
        self.id.split('#').next().unwrap_or("")
    }
}

/// Runs every suite whose files are in `corpora`.
///
/// # Errors
/// A file that is there and cannot be read as its format says.
pub fn run(corpora: &Path) -> Result<Vec<Row>, String> {
    let mut rows = syntax::rows(&corpora.join("syntax"))?;
    rows.extend(normalize::rows(&corpora.join("syntax"))?);
    rows.extend(bytes::rows(&corpora.join("syntax"))?);
    rows.extend(idna::rows(&corpora.join("idna"))?);
    rows.extend(psl::rows(&corpora.join("psl"))?);
    rows.extend(typo::rows(&corpora.join("typo"))?);
    Ok(rows)
}

/// The text of a file; an absent one has no rows.
fn read(path: &Path) -> Result<String, String> {
    match std::fs::read_to_string(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        other => other.map_err(|error| format!("{}: {error}", path.display())),
    }
}

/// The objects of a JSON Lines file, with the number of their line.
fn json_lines(path: &Path) -> Result<Vec<(usize, serde_json::Value)>, String> {
    let parse = |(number, line)| {
        serde_json::from_str(line)
            .or_else(|_| serde_json::from_str(&without_surrogates(line)))
            .map(|value| (number + 1, value))
            .map_err(|error| format!("{}:{}: {error}", path.display(), number + 1))
    };
    read(path)?
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(parse)
        .collect()
}

/// JSON can write lone surrogates, which no Rust string holds: they become U+FFFD.
fn without_surrogates(line: &str) -> String {
    let mut parts = line.split("\\u");
    let mut text = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let surrogate = part.len() >= 4
            && part[..1].eq_ignore_ascii_case("d")
            && !part[1..].starts_with(|c: char| c < '8');
        text.push_str("\\u");
        text.push_str(if surrogate {
            "fffd"
        } else {
            part.get(..4).unwrap_or(part)
        });
        text.push_str(part.get(4..).unwrap_or(""));
    }
    text
}
