//! `mailproof check`: inputs in, verdicts out, in order.

use std::io::{self, BufWriter, Write};
use std::time::Duration;

use mailproof_cli::doh::DohClient;
use mailproof_core::Verdict;
use mailproof_dns::{Asked, PUBLIC_RESOLVERS};

use crate::arguments::{CheckArguments, Format};
use crate::checker::{Checker, Keeps};
use crate::failure::Failure;
use crate::human;
use crate::inputs::Inputs;
use crate::policy;
use crate::words::Words;

/// How long one domain may take. A list has more patience than a form.
const DEADLINE: Duration = Duration::from_secs(4);

/// Runs the command.
pub(crate) fn run(arguments: &CheckArguments) -> Result<(), Failure> {
    let policy = policy::chosen(&arguments.policy)?;
    let resolver = resolver(arguments)?;
    let keeps = if arguments.explain {
        Keeps::Queries
    } else {
        Keeps::Findings
    };
    let mut checker = Checker::new(policy, resolver, keeps).map_err(|_| Failure::Lists)?;
    let words = Words::of(arguments.lang);
    let mut output = BufWriter::new(io::stdout().lock());
    let mut inputs = Inputs::new(arguments).map_err(Failure::Input)?;
    loop {
        let batch = inputs.next_batch().map_err(Failure::Input)?;
        if batch.is_empty() {
            return Ok(());
        }
        for verdict in checker.check(&batch) {
            let asked = checker.asked(&verdict);
            print(&mut output, &verdict, asked, arguments, &words).map_err(Failure::Output)?;
        }
        output.flush().map_err(Failure::Output)?;
    }
}

fn resolver(arguments: &CheckArguments) -> Result<Option<DohClient>, Failure> {
    if arguments.offline {
        return Ok(None);
    }
    let client = match &*arguments.doh {
        [] => DohClient::new(&PUBLIC_RESOLVERS, DEADLINE),
        urls => DohClient::new(urls, DEADLINE),
    };
    client.map(Some).map_err(Failure::Resolver)
}

fn print(
    output: &mut impl Write,
    verdict: &Verdict,
    asked: &[Asked],
    arguments: &CheckArguments,
    words: &Words,
) -> io::Result<()> {
    match arguments.format {
        Format::Human => {
            writeln!(output, "{}", human::line(verdict, words))?;
            if !arguments.explain {
                return Ok(());
            }
            let mut lines = human::explanation(&verdict.evidence, asked);
            lines.try_for_each(|line| writeln!(output, "{line}"))
        }
        Format::Ndjson => {
            serde_json::to_writer(&mut *output, verdict)?;
            output.write_all(b"\n")
        }
    }
}
