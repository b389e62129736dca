//! `docs/lists-figures.md`: the figures of a build for people, out of its provenance.

use std::fmt::{Display, Write as _};

use crate::assemble::Kind;
use crate::provenance::{Corroborated, Provenance};

const HEAD: &str = "\
# Lists: figures

`mailproof-pack build` writes this page and `npm run lists:check` holds it against the sources.
What the words mean: [lists.md](lists.md).
";

/// The page.
pub fn figures(provenance: &Provenance<'_>) -> String {
    let mut page = Page(format!("{HEAD}\nVersion {}.\n", provenance.version));
    page.packs(provenance);
    page.corroborated(provenance.corroborated);
    page.selection(provenance);
    page.sources(provenance);
    page.counts(
        "Real domains of packages",
        "None of these is called disposable by either pack.",
        ["source", "domains"],
        provenance.real.iter(),
    );
    page.counts(
        "Entries that rules kept out",
        "What each rule says: [data/README.md](../data/README.md#rules).",
        ["rule", "entries"],
        provenance.dropped.iter(),
    );
    page.counts(
        "Other classes",
        "What is known of mail exchangers and name servers is in the full pack only.",
        ["class", "rows"],
        provenance.classes.iter(),
    );
    page.0
}

struct Page(String);

impl Page {
    fn packs(&mut self, provenance: &Provenance<'_>) {
        self.section("Packs", "");
        self.row(["", "small", "full"]);
        self.row(["---", "---:", "---:"]);
        let [small, full] = [Kind::Small, Kind::Full].map(|kind| &provenance.packs[kind.name()]);
        for (what, small, full) in [
            ("disposable domains", small.disposable, full.disposable),
            (
                "of them by one lineage only",
                small.single_lineage,
                full.single_lineage,
            ),
            ("bytes", small.bytes, full.bytes),
            ("bytes after brotli 11", small.brotli, full.brotli),
            ("at most", Kind::Small.budget(), Kind::Full.budget()),
        ] {
            self.row([what, &thousands(small), &thousands(full)]);
        }
        let lineages = provenance.lineages.iter();
        let lineages: Vec<String> = lineages
            .map(|(number, domains)| format!("{number}: {}", thousands(*domains)))
            .collect();
        self.text(&format!(
            "Disposable domains of the full pack by their lineages: {}.",
            lineages.join(", ")
        ));
    }

    fn corroborated(&mut self, found: Corroborated) {
        self.section("Corroborated", "");
        let share = |found: usize, of: usize| {
            let tenths = (found * 1_000).checked_div(of).unwrap_or_default();
            format!("{} ({}.{} %)", thousands(found), tenths / 10, tenths % 10)
        };
        self.text(&format!(
            "Two lineages or more list {} disposable domains, before any rule. The full pack finds \
             {}; at least 95 % or the build stops. The small pack, which has room for a part of \
             them, finds {}.",
            thousands(found.in_union),
            share(found.found_by_full, found.in_union),
            share(found.found_by_small, found.in_union)
        ));
    }

    fn selection(&mut self, provenance: &Provenance<'_>) {
        self.section(
            "What the small pack took",
            "From the best attested domains down to the first that there was no room for. Of a \
             step that does not fit whole, those seen last come first.",
        );
        self.row([
            "curated",
            "seen alive in the last year",
            "lineages",
            "lists",
            "domains",
            "taken",
        ]);
        self.row(["---", "---", "---:", "---:", "---:", "---:"]);
        let word = |holds: bool| if holds { "yes" } else { "no" };
        for step in provenance.selection {
            self.row([
                word(step.evidence.curated),
                word(step.evidence.alive),
                &step.evidence.lineages.to_string(),
                &step.evidence.lists.to_string(),
                &thousands(step.domains),
                &thousands(step.taken),
            ]);
        }
    }

    fn sources(&mut self, provenance: &Provenance<'_>) {
        self.section("Disposable lists", "");
        self.row([
            "source",
            "version",
            "published",
            "licence",
            "entries",
            "full",
            "small",
        ]);
        self.row(["---", "---", "---", "---", "---:", "---:", "---:"]);
        for figures in &provenance.sources {
            let source = figures.source;
            self.row([
                &format!("{} ({})", source.name, source.registry),
                &source.version,
                &source.date,
                &source.licence,
                &thousands(figures.entries),
                &thousands(figures.in_full),
                &thousands(figures.in_small),
            ]);
        }
    }

    fn counts<'c, N: Display + 'c>(
        &mut self,
        title: &str,
        text: &str,
        head: [&str; 2],
        counts: impl Iterator<Item = (&'c N, &'c usize)>,
    ) {
        self.section(title, text);
        self.row(head);
        self.row(["---", "---:"]);
        for (name, count) in counts {
            self.row([&name.to_string(), &thousands(*count)]);
        }
    }

    fn section(&mut self, title: &str, text: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.0, "\n## {title}\n");
        if !text.is_empty() {
            let _ = writeln!(self.0, "{text}\n");
        }
    }

    fn text(&mut self, text: &str) {
        let blank = if self.0.ends_with("|\n") { "\n" } else { "" };
        let _ = writeln!(self.0, "{blank}{text}");
    }

    fn row<const N: usize>(&mut self, cells: [&str; N]) {
        let _ = writeln!(self.0, "| {} |", cells.join(" | "));
    }
}

/// A number with a comma before every third digit.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::thousands;

    #[test]
    fn numbers_are_grouped() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(thousands(number), text);
        }
    }
}
