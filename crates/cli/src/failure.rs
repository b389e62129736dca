//! Why a command could not do its work, and how it then ends.

use std::fmt;
use std::io;

use mailproof_cli::doh::DohError;
use mailproof_cli::token::{NotAKeySet, Refusal};
use mailproof_core::PolicyError;

/// Carries a place and never the text that was given, which may be anything.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file or standard input could not be read.
    Input(io::Error),
    /// Standard output could not be written.
    Output(io::Error),
    /// A resolver's URL cannot be used.
    Resolver(DohError),
    /// The lists built into the command are damaged.
    Lists,
    /// The argument at this place, counted from 1, should be a domain and is none.
    NoDomain(usize),
    /// The policy file could not be read.
    PolicyFile(io::Error),
    /// The policy file is no TOML or JSON of the right fields, from this byte on.
    PolicySyntax(usize),
    /// The file with the public keys could not be read.
    KeyFile(io::Error),
    /// There is no public key in what should hold some.
    Keys(NotAKeySet),
    /// Neither the token nor an argument has a nonce.
    NoNonce,
    /// The token does not hold.
    Refused(Refusal),
    /// The policy file says something that no policy can.
    Policy(PolicyError),
}

impl Failure {
    /// The exit status that `--help` promises.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Input(_) | Self::Output(_) | Self::Lists | Self::KeyFile(_) => 3,
            Self::Refused(_) => 1,
            _ => 2,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => write!(f, "cannot read the input: {error}"),
            Self::Output(error) => write!(f, "cannot write the output: {error}"),
            Self::Resolver(error) => write!(f, "{error}"),
            Self::NoDomain(place) => write!(f, "argument {place} is no domain"),
            Self::Lists => f.write_str("the built-in lists are damaged; build mailproof again"),
            Self::PolicyFile(error) => write!(f, "cannot read the policy file: {error}"),
            Self::PolicySyntax(byte) => {
                write!(
                    f,
                    "the policy file cannot be understood from byte {byte} on; see `mailproof policy --help`"
                )
            }
            Self::KeyFile(error) => write!(f, "cannot read the keys: {error}"),
            Self::Keys(error) => write!(f, "--keys: {error}"),
            Self::NoNonce => f.write_str("the token has no nonce in front; give --nonce"),
            Self::Refused(refusal) => write!(f, "refused: {refusal}"),
            Self::Policy(error) => write!(f, "the policy file: {error}"),
        }
    }
}
