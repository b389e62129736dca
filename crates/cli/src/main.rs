//! The `mailproof` command: the core over files and terminals.
//!
//! Judges addresses from the command line, a file or standard input, asks DNS over HTTPS
//! for their domains unless told not to, and prints one verdict for each input, in order.
//! Never opens port 25.
#![forbid(unsafe_code)]

mod arguments;
mod check;
mod checker;
mod human;
mod input;
mod inputs;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

fn main() -> ExitCode {
    let Command::Check(arguments) = Arguments::parse().command;
    match check::run(&arguments) {
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
