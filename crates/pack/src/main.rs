//! The command line of the pack builder; see the library.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;

use mailproof_pack::{refresh, verbs};

fn main() -> ExitCode {
    let verb = std::env::args().nth(1);
    let outcome = match verb.as_deref() {
        Some("build") => verbs::build(&root()),
        Some("--check" | "check") => verbs::check(&root()),
        Some("dropped") => verbs::dropped(&root()),
        Some("committed") => verbs::committed(&root()),
        Some("entries") => refresh::entries(&root()),
        Some("digests") => refresh::digests(&root()),
        Some("real") => verbs::real(&root()),
        _ => Err(
            "usage: mailproof-pack build | --check | dropped | committed | entries | digests | real"
                .into(),
        ),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mailproof-pack: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The repository: Cargo runs a package's binary anywhere, so the package's own place counts.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
