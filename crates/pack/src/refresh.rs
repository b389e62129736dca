//! What `npm run lists:refresh` asks: entries and digests of the sources as they are on disk.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use crate::domains;
use crate::sources::{Role, digest, read_manifest};

/// Prints a source and a domain a line, tab-separated, for the disposable lists and those of
/// organisations.
pub fn entries(root: &Path) -> Result<(), String> {
    let data = root.join("data");
    let mut output = BufWriter::new(io::stdout().lock());
    for source in read_manifest(&data)?.sources {
        if matches!(source.role, Role::Suffixes | Role::Real | Role::Visited) {
            continue;
        }
        let entries = source.parse(&source.text(&data)?)?;
        for domain in entries.keys().filter_map(|name| domains::normalize(name)) {
            writeln!(output, "{}\t{domain}", source.name).map_err(|e| e.to_string())?;
        }
    }
    output.flush().map_err(|e| e.to_string())
}

/// Prints a source and the SHA-256 of its file a line, tab-separated, whatever is pinned.
pub fn digests(root: &Path) -> Result<(), String> {
    let data = root.join("data");
    for source in read_manifest(&data)?.sources {
        println!("{}\t{}", source.name, digest(&source.text(&data)?));
    }
    Ok(())
}
