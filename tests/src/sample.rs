//! A hundred thousand domains, the same on every machine with the same files: what the
//! curation and the packs' own tables name, names under and beside these, entries of the
//! pinned lists where they are installed, and made-up names to fill up.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// How many domains there are.
pub const SAMPLE: usize = 100_000;

/// The list of which the small pack has nearly all, below `data`: taken whole.
const CURATED: &[&str] = &["python_packages/disposable_email_domains/__init__.py"];
/// Lists that hold a domain a line or are a JSON array.
const LISTS: &[&str] = &[
    "node_modules/burner-email-providers/emails.txt",
    "node_modules/disposable-domains/index.json",
    "node_modules/@dahoom/disposable-email/domains.json",
];

/// The sample, and how many of it come from installed lists.
///
/// # Panics
/// Where a file of the curation cannot be read.
pub fn domains() -> (Vec<String>, usize) {
    let mut sample = BTreeSet::new();
    for name in curated().into_iter().chain(kept_out()) {
        for prefix in ["", "mail.", "a.b."] {
            sample.insert(format!("{prefix}{name}"));
        }
        // Beside it: another domain that shares its first letters.
        sample.insert(format!("x{name}"));
    }
    let mut from_lists = 0;
    for name in listed(CURATED) {
        from_lists += usize::from(sample.insert(name));
    }
    let listed = listed(LISTS);
    let room = (SAMPLE * 9 / 10).saturating_sub(sample.len());
    let step = listed.len().div_ceil(room.max(1)).max(1);
    for name in listed.iter().step_by(step) {
        from_lists += usize::from(sample.insert(name.clone()));
    }
    let mut number = 0u32;
    while sample.len() < SAMPLE {
        sample.insert(made_up(number));
        number += 1;
    }
    (sample.into_iter().collect(), from_lists)
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../data")
}

fn curated() -> Vec<String> {
    type Groups = BTreeMap<String, BTreeMap<String, String>>;
    let mut names = Vec::new();
    for file in ["relays", "free", "known", "disposable", "never-disposable"] {
        let path = data().join("overrides").join(format!("{file}.toml"));
        let text = std::fs::read_to_string(&path).expect("a file of the curation");
        let groups: Groups = toml::from_str(&text).expect("a table of groups");
        names.extend(groups.into_values().flat_map(BTreeMap::into_keys));
    }
    names
}

fn kept_out() -> impl Iterator<Item = String> {
    let lines = mailproof_lists::KEPT_OUT.lines();
    lines.filter_map(|line| line.split('\t').next().map(str::to_owned))
}

/// Entries of the lists that are installed; none is needed.
fn listed(lists: &[&str]) -> BTreeSet<String> {
    let texts = lists
        .iter()
        .filter_map(|list| std::fs::read_to_string(data().join(list)).ok());
    let mut names = BTreeSet::new();
    for text in texts {
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || "-._".contains(c)));
        let domains = words.filter(|word| word.contains('.') && word.len() < 250);
        names.extend(domains.map(str::to_ascii_lowercase));
    }
    names
}

fn made_up(number: u32) -> String {
    const WORDS: &[&str] = &[
        "mail", "temp", "shop", "post", "inbox", "drop", "star", "key", "box", "go",
    ];
    const TOPS: &[&str] = &[
        "com",
        "net",
        "org",
        "de",
        "hk",
        "co.uk",
        "com.tw",
        "xyz",
        "io",
        "cn",
        "kawasaki.jp",
    ];
    let word = |number: u32, words: &[&'static str]| words[number as usize % words.len()];
    let (first, second) = (word(number, WORDS), word(number / 10, WORDS));
    format!("{first}{second}{number}.{}", word(number / 7, TOPS))
}
