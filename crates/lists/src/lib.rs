//! The built list packs.
#![forbid(unsafe_code)]
