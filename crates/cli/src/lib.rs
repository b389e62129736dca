//! The parts of the `mailproof` command that are of use without its terminal.
#![forbid(unsafe_code)]

pub mod doh;
pub mod token;
