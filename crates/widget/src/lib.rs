//! The page shell.
