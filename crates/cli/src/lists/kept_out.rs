//! The entries of lists that did not become disposable, as the pack builder wrote them down.

use serde::Serialize;

/// Why an entry is not in the packs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct KeptOut<'t> {
    /// The entry: the domain asked about.
    pub(crate) domain: &'t str,
    /// The rule, in the words of `provenance.json`.
    pub(crate) rule: &'t str,
    /// What the rule found; empty where its name says all.
    pub(crate) because: &'t str,
    /// The sources that list the domain all the same, name and version.
    pub(crate) sources: Vec<String>,
}

/// The entry for exactly this domain in the table `text`. `label` gives a source its version.
pub(crate) fn kept_out<'t>(
    text: &'t str,
    domain: &str,
    label: impl Fn(&str) -> String,
) -> Option<KeptOut<'t>> {
    let row = text.lines().find(|line| {
        let rest = line.strip_prefix(domain);
        rest.is_some_and(|rest| rest.starts_with('\t'))
    })?;
    let mut cells = row.split('\t');
    let (domain, rule, because) = (cells.next()?, cells.next()?, cells.next()?);
    let names = cells.next()?.split(" + ").filter(|name| !name.is_empty());
    Some(KeptOut {
        domain,
        rule,
        because,
        sources: names.map(label).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::{KeptOut, kept_out};

    fn label(name: &str) -> String {
        format!("{name} 1")
    }

    #[test]
    fn a_row_is_found_by_its_domain() {
        let text = "a.test\ttypo\tone slip from b.test\tx\nc.test\tpublic_suffix\t\ty + z\n";
        let row = KeptOut {
            domain: "c.test",
            rule: "public_suffix",
            because: "",
            sources: vec!["y 1".to_owned(), "z 1".to_owned()],
        };
        assert_eq!(kept_out(text, "c.test", label), Some(row));
        assert_eq!(kept_out(text, "test", label), None);
    }

    #[test]
    fn every_line_of_the_built_in_table_is_a_row() {
        for line in mailproof_lists::KEPT_OUT.lines() {
            let domain = line.split('\t').next().unwrap_or_default();
            let row = kept_out(mailproof_lists::KEPT_OUT, domain, label);
            assert!(row.is_some_and(|row| !row.rule.is_empty()), "{line}");
        }
    }
}
