//! `kept-out.tsv`: the entries of lists that did not become disposable, so that
//! `mailproof lists explain` can tell why, and so that a change of a rule shows in a diff.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::collection::Collection;
use crate::curate::Dropped;
use crate::sources::Source;

/// A line an entry, sorted: domain, rule, what the rule found, and the names of the sources
/// that list it (joined by ` + `), with tabs between. Their versions stand in the pack; here
/// each refresh would change every line. Entries that a parent answers for are not told, and
/// neither are those that can be no host name. A line of `never-disposable.toml`,
/// `closed.toml` or `shared.toml` stays even where no source lists it any more.
pub fn kept_out(collection: &Collection) -> String {
    let mut rows = BTreeMap::new();
    let rules = collection.rules();
    let overrides = &collection.overrides;
    for (rule, names) in [
        (Dropped::Known, &overrides.never_disposable),
        (Dropped::Closed, &overrides.closed),
        (Dropped::SharedSuffix, &overrides.shared),
    ] {
        for name in names {
            rows.insert(name, (rule, rules.because(rule, name), 0));
        }
    }
    for (rule, domains) in &collection.dropped {
        if matches!(rule, Dropped::CoveredByParent | Dropped::Malformed) {
            continue;
        }
        for (domain, listing) in domains {
            let because = rules.because(*rule, domain);
            rows.insert(domain, (*rule, because, listing.sources));
        }
    }
    let mut text = String::new();
    for (domain, (rule, because, sources)) in rows {
        let sources = names(&collection.lists.sources, sources);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{domain}\t{}\t{because}\t{sources}", rule.name());
    }
    text
}

fn names(sources: &[Source], mask: u16) -> String {
    let listed = sources.iter().enumerate();
    let listed = listed.filter(|(index, _)| mask >> index & 1 == 1);
    let names: Vec<&str> = listed.map(|(_, source)| source.name.as_str()).collect();
    names.join(" + ")
}
