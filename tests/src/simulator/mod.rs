//! Many lookups under a virtual clock: resolvers that are slow, silent, broken, filtering or
//! lying, domains of which the truth is known, and the laws that hold all the same.
//!
//! Everything follows from the seed: the same seed is the same run, to the last query.

mod domain;
mod epoch;
mod laws;
mod resolver;

pub use epoch::simulate;
pub use laws::{Broken, Tally};
