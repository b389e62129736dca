//! `mailproof check`: inputs in, verdicts out, in order.

use std::io::{self, BufWriter, Write};
use std::time::Duration;

use mailproof_cli::doh::{DohClient, DohError};
use mailproof_core::{Policy, Verdict};
use mailproof_dns::PUBLIC_RESOLVERS;

use crate::arguments::{CheckArguments, Format, PolicyName};
use crate::checker::Checker;
use crate::human;
use crate::inputs::Inputs;

/// How long one domain may take. A list has more patience than a form.
const DEADLINE: Duration = Duration::from_secs(4);

/// Why the command could not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file or standard input could not be read.
    Input(io::Error),
    /// Standard output could not be written.
    Output(io::Error),
    /// A resolver's URL cannot be used.
    Resolver(DohError),
    /// The lists built into the command are damaged.
    Lists,
    /// A text that should be a domain is none.
    NoDomain(String),
}

impl Failure {
    /// The exit status that `--help` promises.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Resolver(_) | Self::NoDomain(_) => 2,
            Self::Input(_) | Self::Output(_) | Self::Lists => 3,
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Input(error) => write!(f, "cannot read the input: {error}"),
            Self::Output(error) => write!(f, "cannot write the output: {error}"),
            Self::Resolver(error) => write!(f, "{error}"),
            Self::NoDomain(text) => write!(f, "{} is no domain", human::shown(text)),
            Self::Lists => f.write_str("the built-in lists are damaged; build mailproof again"),
        }
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &CheckArguments) -> Result<(), Failure> {
    let policy = match arguments.policy {
        PolicyName::Form => Policy::FORM,
        PolicyName::Rfc => Policy::RFC,
    };
    let resolver = resolver(arguments)?;
    let mut checker = Checker::new(policy, resolver).map_err(|_| Failure::Lists)?;
    let mut output = BufWriter::new(io::stdout().lock());
    let mut inputs = Inputs::new(arguments).map_err(Failure::Input)?;
    loop {
        let batch = inputs.next_batch().map_err(Failure::Input)?;
        if batch.is_empty() {
            return Ok(());
        }
        for verdict in checker.check(&batch) {
            print(&mut output, &verdict, arguments.format).map_err(Failure::Output)?;
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

fn print(output: &mut impl Write, verdict: &Verdict, format: Format) -> io::Result<()> {
    match format {
        Format::Human => writeln!(output, "{}", human::line(verdict)),
        Format::Ndjson => {
            serde_json::to_writer(&mut *output, verdict)?;
            output.write_all(b"\n")
        }
    }
}
