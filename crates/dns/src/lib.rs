//! Mail routing from DNS answers.
#![forbid(unsafe_code)]
