//! The list of rows that are known to differ, with a reason a line.

use std::collections::BTreeMap;
use std::path::Path;

use super::Row;

/// Row to reason.
#[derive(Debug, Default)]
pub struct ExpectedFailures(BTreeMap<String, String>);

impl ExpectedFailures {
    /// Reads `row <TAB> reason` lines; `#` starts a comment.
    ///
    /// # Errors
    /// An unreadable file, a row without a reason, or a row that stands twice.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let mut rows = BTreeMap::new();
        for line in text
            .lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
        {
            let (row, reason) = line.split_once('\t').unwrap_or((line, ""));
            let twice = rows.insert(row.to_owned(), reason.to_owned()).is_some();
            if twice || reason.trim().is_empty() {
                return Err(format!(
                    "{}: {row}: twice, or without a reason",
                    path.display()
                ));
            }
        }
        Ok(Self(rows))
    }

    /// Rows with their reasons.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(row, reason)| (&**row, &**reason))
    }

    /// What is not as the list says: rows that fail and are not on it, pass and are on it,
    /// or are on it and gone.
    pub fn surprises(&self, rows: &[Row]) -> Vec<String> {
        let mut gone: BTreeMap<_, _> = self.0.iter().collect();
        let mut surprises = Vec::new();
        for row in rows {
            match (row.agrees, gone.remove(&row.id)) {
                (false, None) => surprises.push(format!("fails: {}\t{}", row.id, row.detail)),
                (true, Some(_)) => surprises.push(format!("passes, so off the list: {}", row.id)),
                _ => {}
            }
        }
        surprises.extend(
            gone.keys()
                .map(|row| format!("on the list and gone: {row}")),
        );
        surprises
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_surprise_is_told() {
        let listed = |row: &str| (row.to_owned(), "why".to_owned());
        let expected = ExpectedFailures([listed("a"), listed("b"), listed("c")].into());
        let row = |id: &str, agrees| Row {
            id: id.to_owned(),
            agrees,
            offers_another: false,
            detail: String::new(),
        };
        let rows = [
            row("a", false),
            row("b", true),
            row("d", false),
            row("e", true),
        ];
        assert_eq!(
            expected.surprises(&rows),
            [
                "passes, so off the list: b",
                "fails: d\t",
                "on the list and gone: c"
            ]
        );
    }
}
