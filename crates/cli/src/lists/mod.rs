//! `mailproof lists`: what the built-in lists hold, and where it comes from.

pub(crate) mod explain;
mod explanation;
pub(crate) mod info;
mod kept_out;
