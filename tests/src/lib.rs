//! Shared pieces of the tests.
#![forbid(unsafe_code)]

pub mod conformance;
pub mod packs;
pub mod resolver;
pub mod sample;
pub mod simulator;
