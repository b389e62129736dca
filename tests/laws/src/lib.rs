//! Laws that hold for any bytes whatever, each a function of bytes that panics where its
//! law is broken. The fuzz targets of `fuzz/` call them without end, the tests beside them
//! for a bounded number of cases: what is a law stands here once.
//!
//! The laws of what only a shell knows stand in that shell (`mailproof_edge::laws`,
//! `mailproof_cli::laws`). How fast anything is does not stand here.
#![forbid(unsafe_code)]

pub mod forms;
pub mod hostile;
pub mod lookup;
pub mod message;
pub mod pack;
pub mod packs;
pub mod policy;
pub mod random;
pub mod seeds;
pub mod suggestion;
pub mod text;
pub mod verdict;
