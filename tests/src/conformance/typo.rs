//! `typo/*`: what was meant, and what must be left alone.

use std::path::Path;

use mailproof_core::{Context, Policy, judge};

use super::{Row, json_lines, read};
use crate::packs;

pub(super) fn rows(folder: &Path) -> Result<Vec<Row>, String> {
    let mut rows = pairs(folder)?;
    rows.extend(negatives(folder)?);
    for (number, fix) in json_lines(&folder.join("address_fixes.jsonl"))? {
        let text = |key: &str| fix.get(key).and_then(|value| value.as_str()).unwrap_or("");
        let id = format!("typo/address_fixes#{number}");
        rows.push(compare(id, text("input"), Some(text("expected"))));
    }
    Ok(rows)
}

/// `typed <TAB> meant <TAB> evidence <TAB> status`, with a head.
fn pairs(folder: &Path) -> Result<Vec<Row>, String> {
    let text = read(&folder.join("pairs.tsv"))?;
    let rows = text
        .lines()
        .enumerate()
        .skip(1)
        .filter_map(|(number, line)| {
            let mut columns = line.split('\t');
            let (typed, meant, evidence) = (columns.next()?, columns.next()?, columns.next()?);
            let kind = if evidence.contains("observed") {
                "observed"
            } else if evidence.contains("test-vector") {
                "test-vector"
            } else {
                "other"
            };
            let id = format!("typo/pairs-{kind}#{}", number + 1);
            let meant = format!("jane.doe@{meant}");
            Some(compare(id, &format!("jane.doe@{typed}"), Some(&meant)))
        });
    Ok(rows.collect())
}

fn negatives(folder: &Path) -> Result<Vec<Row>, String> {
    let text = read(&folder.join("negatives.txt"))?;
    let rows = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty());
    let row = |(number, domain): (usize, &str)| {
        compare(
            format!("typo/negatives#{}", number + 1),
            &format!("jane.doe@{domain}"),
            None,
        )
    };
    Ok(rows.map(row).collect())
}

/// Cleaning may already have given what was meant.
fn compare(id: String, typed: &str, meant: Option<&str>) -> Row {
    let context = Context {
        pack: Some(&packs::FULL),
        policy: &Policy::FORM,
        routing: None,
    };
    let verdict = judge(typed, &context);
    let found = verdict.did_you_mean.as_deref();
    let cleaned = verdict.normalized.as_deref().filter(|_| found.is_none());
    Row {
        id,
        offers_another: found.is_some() && found != meant,
        agrees: found == meant || (meant.is_some() && cleaned == meant),
        detail: format!("{typed:?} meant {meant:?} found {found:?}"),
    }
}
