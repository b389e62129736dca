//! The `mailproof` command: the core over files and terminals.
//!
//! Judges addresses from the command line, a file or standard input, asks DNS over HTTPS
//! for their domains unless told not to, and prints one verdict for each input, in order.
//! Tells what its lists hold and why.
//! Never opens port 25.
#![forbid(unsafe_code)]

mod arguments;
mod check;
mod checker;
mod human;
mod input;
mod inputs;
mod lists;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command, ListsCommand};

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Lists(ListsCommand::Info(arguments)) => lists::info::run(&arguments),
        Command::Lists(ListsCommand::Explain(arguments)) => lists::explain::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that has seen enough (`| head`) is no error.
        Err(check::Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("mailproof: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}
