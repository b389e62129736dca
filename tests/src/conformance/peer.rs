//! How another validator did on the same rows, as its own runner recorded it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A file of `tests/conformance` that a peer's runner wrote: a head of `# name: …` and
/// `# command: …`, then `suite <TAB> agree <TAB> rows` lines, then the rows that differ.
#[derive(Debug, Default)]
pub struct Peer {
    /// Name and version.
    pub name: String,
    /// How the figures were made.
    pub command: String,
    suites: BTreeMap<String, (usize, usize)>,
    differing: BTreeSet<String>,
}

impl Peer {
    /// Reads the file.
    ///
    /// # Errors
    /// An unreadable file or a line that is not as said above.
    pub fn read(path: &Path) -> Result<Self, String> {
        let told = |what: &dyn std::fmt::Display| format!("{}: {what}", path.display());
        let text = std::fs::read_to_string(path).map_err(|error| told(&error))?;
        let mut peer = Self::default();
        for line in text.lines() {
            if let Some(name) = line.strip_prefix("# name: ") {
                name.clone_into(&mut peer.name);
            } else if let Some(command) = line.strip_prefix("# command: ") {
                command.clone_into(&mut peer.command);
            } else if !line.contains('\t') {
                peer.differing.insert(line.to_owned());
            } else {
                let (suite, counts) = counts(line).ok_or_else(|| told(&line))?;
                peer.suites.insert(suite.to_owned(), counts);
            }
        }
        Ok(peer)
    }

    /// Whether the peer agrees with a row; `None` where it was not asked.
    pub fn agrees(&self, row: &str) -> Option<bool> {
        self.suite(row.split('#').next()?)?;
        Some(!self.differing.contains(row))
    }

    /// How many rows of a suite the peer agrees with, and of how many.
    pub fn suite(&self, suite: &str) -> Option<(usize, usize)> {
        self.suites.get(suite).copied()
    }
}

fn counts(line: &str) -> Option<(&str, (usize, usize))> {
    let mut cells = line.split('\t');
    let suite = cells.next()?;
    Some((
        suite,
        (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?),
    ))
}
