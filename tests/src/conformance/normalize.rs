//! `syntax/normalize_vectors.jsonl`: the form that duplicates share.

use std::path::Path;

use mailproof_core::{Context, Policy, judge};

use super::{Row, json_lines};
use crate::packs;

/// Rows with options ask for other rules than their source's own defaults; they are a suite
/// of their own. An expected `false` says that the text has no such form.
pub(super) fn rows(folder: &Path) -> Result<Vec<Row>, String> {
    let vectors = json_lines(&folder.join("normalize_vectors.jsonl"))?;
    let rows = vectors.into_iter().map(|(number, vector)| {
        let input = vector["input"].as_str().unwrap_or("");
        let expected = vector["expected"].as_str();
        let with_options = vector
            .get("options")
            .is_some_and(|options| !options.is_null());
        let suite = if with_options {
            "normalize+options"
        } else {
            "normalize"
        };
        let found = canonical(input);
        Row {
            id: format!("syntax/{suite}#{number}"),
            offers_another: false,
            agrees: found.as_deref() == expected,
            detail: format!(
                "{input:?} expected {expected:?} found {found:?} ({})",
                vector["options"]
            ),
        }
    });
    Ok(rows.collect())
}

fn canonical(text: &str) -> Option<String> {
    let context = Context {
        pack: Some(&packs::FULL),
        policy: &Policy::FORM,
        routing: None,
    };
    judge(text, &context).canonical
}
