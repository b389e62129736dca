//! `syntax/vectors.jsonl`: is the text an address, by the question that its source asks.

use std::path::Path;

use mailproof_core::{Context, Deliverability, Policy, judge};

use super::{Row, json_lines};
use crate::packs;

/// Rows that other sources contradict are passed over, and so are the profiles that ask
/// about message headers, where an address is but a part.
pub(super) fn rows(folder: &Path) -> Result<Vec<Row>, String> {
    let vectors = json_lines(&folder.join("vectors.jsonl"))?;
    let rows = vectors.into_iter().filter_map(|(_, vector)| {
        let text = |key: &str| {
            vector
                .get(key)
                .and_then(|value| value.as_str())
                .unwrap_or("")
        };
        let contradicted = vector
            .get("contradicted")
            .is_some_and(|value| value == true);
        let profile = text("profile");
        let policy = policy(profile)?;
        (!contradicted).then(|| {
            let expected = text("expect") == "valid";
            let found = is_address(text("input"), &policy);
            Row {
                id: format!("syntax/{profile}#{}", text("id")),
                offers_another: false,
                agrees: expected == found,
                detail: format!("{:?} {} ({})", text("input"), text("expect"), text("note")),
            }
        })
    });
    Ok(rows.collect())
}

fn policy(profile: &str) -> Option<Policy> {
    match profile {
        "rfc5321" => Some(Policy::RFC),
        "html5" | "rfc6531" => Some(Policy::FORM),
        _ if profile.starts_with("practical") => Some(Policy::FORM),
        _ => None,
    }
}

fn is_address(text: &str, policy: &Policy) -> bool {
    let context = Context {
        pack: Some(&packs::FULL),
        policy,
        routing: None,
    };
    judge(text, &context).result != Deliverability::Undeliverable
}
