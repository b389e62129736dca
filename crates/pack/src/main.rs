//! Builds the list packs.
#![forbid(unsafe_code)]
fn main() {}
