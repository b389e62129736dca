//! The policy that is chosen, and `mailproof policy`, which prints it.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use mailproof_core::{Effect, Policy, PolicyDocument, Reason};
use serde::Serialize;

use crate::arguments::{Format, PolicyArguments, PolicyChoice, PolicyName};
use crate::failure::Failure;

/// The built-in policy of that name, or what the file makes of one.
pub(crate) fn chosen(choice: &PolicyChoice) -> Result<Policy, Failure> {
    match &choice.policy_file {
        Some(path) => read(path)?.into_policy().map_err(Failure::Policy),
        None => Ok(match choice.policy {
            PolicyName::Form => Policy::FORM,
            PolicyName::Rfc => Policy::RFC,
        }),
    }
}

/// JSON where the name ends in `.json`, else TOML.
fn read(path: &Path) -> Result<PolicyDocument, Failure> {
    let text = std::fs::read_to_string(path).map_err(Failure::PolicyFile)?;
    if path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
    {
        let place = |error: serde_json::Error| offset(&text, error.line(), error.column());
        return serde_json::from_str(&text).map_err(|error| Failure::PolicySyntax(place(error)));
    }
    let place = |error: toml::de::Error| error.span().map_or(0, |span| span.start);
    toml::from_str(&text).map_err(|error| Failure::PolicySyntax(place(error)))
}

/// The byte at a line and column, both counted from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    before + column.saturating_sub(1)
}

/// One row of the table.
#[derive(Serialize)]
struct Row {
    reason: Reason,
    effect: Effect,
    highest_score: u8,
}

/// Runs `mailproof policy`.
pub(crate) fn run(arguments: &PolicyArguments) -> Result<(), Failure> {
    let policy = chosen(&arguments.choice)?;
    let mut output = BufWriter::new(io::stdout().lock());
    for reason in Reason::ALL.iter().copied() {
        let (effect, highest_score) = (policy.effect(reason), policy.highest_score(reason));
        let row = Row {
            reason,
            effect,
            highest_score,
        };
        print(&mut output, &row, arguments.format).map_err(Failure::Output)?;
    }
    output.flush().map_err(Failure::Output)
}

fn print(output: &mut impl Write, row: &Row, format: Format) -> io::Result<()> {
    match format {
        Format::Human => {
            let effect = serde_json::to_value(row.effect)?;
            let effect = effect.as_str().unwrap_or_default();
            writeln!(
                output,
                "{:30} {effect:14} {:3}",
                row.reason.code(),
                row.highest_score
            )
        }
        Format::Ndjson => {
            serde_json::to_writer(&mut *output, row)?;
            output.write_all(b"\n")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::offset;

    #[test]
    fn places_are_bytes_of_the_file() {
        assert_eq!(offset("{\n  x", 2, 3), 4);
        assert_eq!(offset("", 1, 1), 0);
        assert_eq!(offset("{", 0, 0), 0);
    }
}
