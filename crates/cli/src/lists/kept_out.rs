//! The entries of lists that did not become disposable, as the pack builder wrote them down.

use serde::Serialize;

/// Why an entry is not in the packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct KeptOut<'t> {
    /// The entry: the domain asked about.
    pub(crate) domain: &'t str,
    /// The rule, in the words of `provenance.json`.
    pub(crate) rule: &'t str,
    /// What the rule found; empty where its name says all.
    pub(crate) because: &'t str,
    /// The sources that list the domain all the same, joined by ` + `; empty for none.
    pub(crate) sources: &'t str,
}

/// The entry for exactly this domain in the table `text`.
pub(crate) fn kept_out<'t>(text: &'t str, domain: &str) -> Option<KeptOut<'t>> {
    text.lines().find_map(|line| {
        let mut cells = line.split('\t');
        let row = KeptOut {
            domain: cells.next()?,
            rule: cells.next()?,
            because: cells.next()?,
            sources: cells.next()?,
        };
        (row.domain == domain).then_some(row)
    })
}

#[cfg(test)]
mod tests {
    use super::{KeptOut, kept_out};

    #[test]
    fn a_row_is_found_by_its_domain() {
        let text = "a.test\ttypo\tone slip from b.test\tx 1 (npm)\nc.test\tpublic_suffix\t\ty 2\n";
        let row = KeptOut {
            domain: "c.test",
            rule: "public_suffix",
            because: "",
            sources: "y 2",
        };
        assert_eq!(kept_out(text, "c.test"), Some(row));
        assert_eq!(kept_out(text, "test"), None);
    }

    #[test]
    fn every_line_of_the_built_in_table_is_a_row() {
        for line in mailproof_lists::KEPT_OUT.lines() {
            let domain = line.split('\t').next().unwrap_or_default();
            let row = kept_out(mailproof_lists::KEPT_OUT, domain);
            assert!(row.is_some_and(|row| !row.rule.is_empty()), "{line}");
        }
    }
}
