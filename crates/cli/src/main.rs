//! The `mailproof` command: the core over files and terminals.
//!
//! Judges addresses from the command line, a file or standard input, asks DNS over HTTPS
//! for their domains unless told not to, and prints one verdict for each input, in order.
//! Tells what its lists hold and why, and what its policy makes of a fact. Verifies the
//! edge's signed verdicts.
//! Never opens port 25.
#![forbid(unsafe_code)]

mod arguments;
mod check;
mod checker;
mod failure;
mod human;
mod inputs;
mod lists;
mod policy;
mod verify_token;
mod words;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command, ListsCommand};
use failure::Failure;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Lists(ListsCommand::Info(arguments)) => lists::info::run(&arguments),
        Command::Lists(ListsCommand::Explain(arguments)) => lists::explain::run(&arguments),
        Command::Policy(arguments) => policy::run(&arguments),
        Command::VerifyToken(arguments) => verify_token::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that has seen enough (`| head`) is no error.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("mailproof: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}
