//! `mailproof lists explain`: domains in, explanations out, in order.

use std::io::{self, BufWriter, Write};

use mailproof_core::Pack;

use super::explanation::Explanation;
use crate::arguments::{ExplainArguments, Format};
use crate::failure::Failure;

/// Runs the command.
pub(crate) fn run(arguments: &ExplainArguments) -> Result<(), Failure> {
    let pack = Pack::new(mailproof_lists::FULL).map_err(|_| Failure::Lists)?;
    let explain = |(place, text): (usize, &String)| {
        let explanation = Explanation::of(text, &pack, mailproof_lists::KEPT_OUT);
        explanation.ok_or_else(|| Failure::NoDomain(place + 1))
    };
    let explanations: Result<Vec<_>, _> =
        arguments.domains.iter().enumerate().map(explain).collect();
    let mut output = BufWriter::new(io::stdout().lock());
    for explanation in explanations? {
        print(&mut output, &explanation, arguments.format).map_err(Failure::Output)?;
    }
    output.flush().map_err(Failure::Output)
}

fn print(output: &mut impl Write, explanation: &Explanation<'_>, format: Format) -> io::Result<()> {
    match format {
        Format::Human => write!(output, "{}", explanation.human()),
        Format::Ndjson => {
            serde_json::to_writer(&mut *output, explanation)?;
            output.write_all(b"\n")
        }
    }
}
