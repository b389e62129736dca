//! `syntax/byte_vectors.jsonl`: bytes that are no text. A row of a list with such bytes is
//! answered with a verdict of its own, and its address never judged.

use std::path::Path;

use mailproof_core::{Context, Policy, Reason, Verdict};

use super::{Row, json_lines};
use crate::packs;

pub(super) fn rows(folder: &Path) -> Result<Vec<Row>, String> {
    let vectors = json_lines(&folder.join("byte_vectors.jsonl"))?;
    let rows = vectors.into_iter().map(|(number, vector)| {
        let hex = vector["input_hex"].as_str().unwrap_or("");
        let expected = vector["expect"].as_str().unwrap_or("");
        let malformed = is_malformed(&bytes(hex));
        Row {
            id: format!("syntax/bytes#{number}"),
            offers_another: false,
            agrees: malformed == (expected == "invalid"),
            detail: format!("{hex} {expected}, malformed: {malformed}"),
        }
    });
    Ok(rows.collect())
}

/// As the command line reads a row: no UTF-8, no address.
fn is_malformed(bytes: &[u8]) -> bool {
    let Err(error) = std::str::from_utf8(bytes) else {
        return false;
    };
    let context = Context {
        pack: Some(&packs::FULL),
        policy: &Policy::FORM,
        routing: None,
    };
    let seen = String::from_utf8_lossy(bytes);
    Verdict::malformed(&seen, error.valid_up_to(), &context).reason == Reason::MalformedInput
}

fn bytes(hex: &str) -> Vec<u8> {
    let pair = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    (0..hex.len()).step_by(2).filter_map(pair).collect()
}
