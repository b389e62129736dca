//! `mailproof check`: inputs in, verdicts out, in order.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::time::{Duration, Instant};

use mailproof_cli::doh::{DohClient, DohError};
use mailproof_core::{Context, Pack, Policy, Reason, Routing, Verdict, judge};
use mailproof_dns::PUBLIC_RESOLVERS;

use crate::arguments::{CheckArguments, Format, PolicyName};
use crate::human;
use crate::input::{Input, next_line};

/// Inputs that are judged together, so that their domains can be asked side by side.
const BATCH: usize = 64;

/// Domains that are looked up at once: polite to public resolvers, quick enough for a list.
const SIDE_BY_SIDE: usize = 16;

/// How long one domain may take. A list has more patience than a form.
const DEADLINE: Duration = Duration::from_secs(4);

/// Domains whose routing is remembered during a run.
const REMEMBERED: usize = 100_000;

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
    let pack = Pack::new(mailproof_lists::FULL).map_err(|_| Failure::Lists)?;
    let policy = match arguments.policy {
        PolicyName::Form => Policy::FORM,
        PolicyName::Rfc => Policy::RFC,
    };
    let resolver = resolver(arguments)?;
    let mut checker = Checker {
        pack,
        policy,
        resolver,
        remembered: HashMap::new(),
    };
    let mut output = BufWriter::new(io::stdout().lock());
    let mut inputs = inputs(arguments)?;
    loop {
        let batch = inputs.by_ref().take(BATCH).collect::<io::Result<Vec<_>>>();
        let batch = batch.map_err(Failure::Input)?;
        if batch.is_empty() {
            return output.flush().map_err(Failure::Output);
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

type Inputs<'a> = Box<dyn Iterator<Item = io::Result<Input>> + 'a>;

fn inputs(arguments: &CheckArguments) -> Result<Inputs<'_>, Failure> {
    if let Some(path) = &arguments.file {
        let file = File::open(path).map_err(Failure::Input)?;
        return Ok(lines(BufReader::new(file), arguments));
    }
    Ok(Box::new(arguments.addresses.iter().flat_map(
        |address| -> Inputs<'_> {
            if address == "-" {
                lines(io::stdin().lock(), arguments)
            } else {
                Box::new(std::iter::once(Ok(Input::Text(address.clone()))))
            }
        },
    )))
}

fn lines<'a>(mut reader: impl BufRead + 'a, arguments: &'a CheckArguments) -> Inputs<'a> {
    Box::new(std::iter::from_fn(move || {
        next_line(&mut reader, arguments.from).transpose()
    }))
}

/// Judges inputs with one pack, one policy and one memory of domains.
struct Checker {
    pack: Pack<'static>,
    policy: Policy,
    resolver: Option<DohClient>,
    remembered: HashMap<String, Routing>,
}

impl Checker {
    fn check(&mut self, batch: &[Input]) -> Vec<Verdict> {
        if self.remembered.len() > REMEMBERED {
            self.remembered.clear();
        }
        let offline: Vec<_> = batch.iter().map(|input| self.judge(input, None)).collect();
        self.ask(&offline);
        let verdicts = batch.iter().zip(offline);
        let verdicts = verdicts.map(|(input, offline)| {
            match offline
                .domain_to_ask()
                .and_then(|domain| self.remembered.get(domain))
            {
                Some(routing) => self.judge(input, Some(routing)),
                None => offline,
            }
        });
        verdicts.collect()
    }

    fn judge(&self, input: &Input, routing: Option<&Routing>) -> Verdict {
        let started = Instant::now();
        let context = Context {
            pack: Some(&self.pack),
            policy: &self.policy,
            routing,
        };
        let mut verdict = match input {
            Input::Text(text) => judge(text, &context),
            Input::Malformed { offset } => Verdict::malformed(*offset, &context),
        };
        verdict.took_ms = u32::try_from(started.elapsed().as_millis()).unwrap_or(u32::MAX);
        verdict
    }

    /// Asks for the domains of a batch that nobody has asked for yet.
    fn ask(&mut self, verdicts: &[Verdict]) {
        let Some(resolver) = &self.resolver else {
            return;
        };
        let mut domains: Vec<_> = verdicts
            .iter()
            .filter_map(Verdict::domain_to_ask)
            .filter(|domain| !self.remembered.contains_key(*domain))
            .collect();
        domains.sort_unstable();
        domains.dedup();
        let routings = look_up_all(resolver, &domains);
        self.remembered
            .extend(domains.into_iter().map(str::to_owned).zip(routings));
    }
}

/// Looks domains up side by side, a few at a time; the answers stand in the same order.
fn look_up_all(resolver: &DohClient, domains: &[&str]) -> Vec<Routing> {
    let mut routings = Vec::with_capacity(domains.len());
    for group in domains.chunks(SIDE_BY_SIDE) {
        std::thread::scope(|scope| {
            let asked: Vec<_> = group
                .iter()
                .map(|domain| scope.spawn(|| resolver.look_up(domain)))
                .collect();
            let answer = |thread: std::thread::ScopedJoinHandle<'_, Routing>| {
                // Our own fault is never the address's: a thread that died knows nothing.
                thread
                    .join()
                    .unwrap_or_else(|_| Routing::unavailable(Reason::Offline))
            };
            routings.extend(asked.into_iter().map(answer));
        });
    }
    routings
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
