//! The figures of a run as a page of Markdown, with nothing of the corpora in it.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{ExpectedFailures, Peer, Row};

const HEAD: &str = "# Conformance

Written by the runner; do not edit. `npm run conformance -- DIR` runs the core over a folder of
third-party vectors, prints what differs and how many rows of each suite agree. The vectors are
not part of the project. Rows that other sources contradict are left out.

`tests/conformance/expected-failures.tsv` names every row that differs, with its reason; a row
that is missing there, or stands there and agrees, fails the run. Suites of syntax with the
profile `rfc5321` are judged under the policy `rfc`, where a host without a dot is valid syntax;
all others under `form`. An address is valid unless the result is `undeliverable`.
";

/// The page for these rows.
pub fn report(rows: &[Row], expected: &ExpectedFailures, peer: &Peer) -> String {
    let mut page = HEAD.to_owned();
    suites(&mut page, rows, peer);
    typos(&mut page, rows);
    reasons(&mut page, expected, peer);
    page
}

fn suites(page: &mut String, rows: &[Row], peer: &Peer) {
    let mut suites: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in rows {
        let counts = suites.entry(row.suite()).or_default();
        counts.0 += usize::from(row.agrees);
        counts.1 += 1;
    }
    let name = &peer.name;
    let _ = writeln!(
        page,
        "\n## Agreement\n\n| suite | rows | agree | {name} agrees |\n| --- | --- | --- | --- |"
    );
    for (suite, counts) in suites {
        let beside = peer.suite(suite).map_or_else(|| "—".to_owned(), share);
        let _ = writeln!(
            page,
            "| `{suite}` | {} | {} | {beside} |",
            counts.1,
            share(counts)
        );
    }
    let _ = writeln!(
        page,
        "\n{name} was asked by `{}`: its defaults, without DNS; for `rfc5321` with quoted local parts and address literals allowed.",
        peer.command
    );
}

/// The two figures of suggestions that the suites above do not show.
fn typos(page: &mut String, rows: &[Row]) {
    let of = |suites: &[&str]| {
        let rows = rows.iter().filter(|row| suites.contains(&row.suite()));
        rows.fold((0, 0), |(agree, all), row| {
            (agree + usize::from(row.agrees), all + 1)
        })
    };
    let wrong = rows
        .iter()
        .filter(|row| row.suite().starts_with("typo/pairs") && row.offers_another);
    let pairs = of(&[
        "typo/pairs-observed",
        "typo/pairs-test-vector",
        "typo/pairs-other",
    ]);
    let _ = writeln!(
        page,
        "\nSuggestions: of the observed and the test-vector pairs together {} are right at the first; of all pairs {} get another target than theirs.",
        share(of(&["typo/pairs-observed", "typo/pairs-test-vector"])),
        share((wrong.count(), pairs.1)),
    );
}

/// A reason a line, with how many of its rows the peer agrees with.
fn reasons(page: &mut String, expected: &ExpectedFailures, peer: &Peer) {
    let mut reasons: BTreeMap<(&str, &str), (usize, Option<usize>)> = BTreeMap::new();
    for (row, reason) in expected.iter() {
        let suite = row.split('#').next().unwrap_or("");
        let counts = reasons.entry((suite, reason)).or_default();
        counts.0 += 1;
        if let Some(agrees) = peer.agrees(row) {
            *counts.1.get_or_insert(0) += usize::from(agrees);
        }
    }
    let _ = writeln!(
        page,
        "\n## Why the others differ\n\n| suite | rows | {} agrees | why |\n| --- | --- | --- | --- |",
        peer.name
    );
    for ((suite, reason), (rows, agreed)) in reasons {
        let agreed = agreed.map_or_else(|| "—".to_owned(), |rows| rows.to_string());
        let _ = writeln!(page, "| `{suite}` | {rows} | {agreed} | {reason} |");
    }
}

/// `3 of 4 (75.0 %)`, rounded down.
fn share((part, all): (usize, usize)) -> String {
    let permille = part * 1_000 / all.max(1);
    format!("{part} of {all} ({}.{} %)", permille / 10, permille % 10)
}
