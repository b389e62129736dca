//! The parts of the `mailproof` command that are of use without its terminal.
#![forbid(unsafe_code)]

pub mod doh;
pub mod input;
#[cfg(any(test, fuzzing))]
#[doc(hidden)]
pub mod laws;
pub mod token;
