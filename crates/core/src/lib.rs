//! Mailproof's core: text and facts in, a verdict out.
//!
//! [`judge`] cleans what was typed or pasted, parses it as an address of RFC 5321, 5322
//! and 6531, classifies it against a [`Pack`] of lists, looks for an obvious slip of the
//! keyboard, adds what DNS said about the domain (where somebody asked) and lets a
//! [`Policy`] turn these facts into a [`Verdict`].
//!
//! It does no I/O and has no clock, no randomness and no global state, so the page, the
//! edge and the command line give the same answer to the same question. It does not ask
//! DNS (that is `mailproof-dns`), does not word messages (that is `www/messages`), and
//! never probes a mailbox.
#![cfg_attr(not(any(test, feature = "openapi")), no_std)]
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable,
        clippy::todo,
        clippy::unimplemented,
        clippy::indexing_slicing,
        clippy::string_slice
    )
)]

extern crate alloc;

/// A build for the page, where bytes are dearer. Native builds of the whole workspace share
/// their features with the page's crate, and are not meant.
const COMPACT: bool = cfg!(all(feature = "compact", target_family = "wasm"));

mod address;
pub mod ascii;
mod canonical;
mod character;
mod classify;
mod clean;
mod day;
pub mod decimal;
mod decision;
mod digest;
mod domain;
mod facts;
mod fault;
mod gibberish;
mod idn;
mod issue;
mod joined;
mod judge;
mod literal;
mod local_part;
pub mod pack;
mod policy;
mod policy_document;
mod reason;
mod repair;
mod routing;
#[cfg(feature = "idn")]
mod script;
mod special_use;
mod suggest;
mod verdict;

pub use address::Address;
pub use digest::Digest;
pub use domain::{Domain, DomainName};
pub use idn::Names;
pub use issue::{Issue, Span};
pub use judge::{Context, judge, judge_with, needs_idn, report_domain};
pub use local_part::LocalPart;
pub use pack::{Hit, Pack, PackError, PackInfo, PackKind, Protection};
pub use policy::{Cleaning, Effect, Policy};
pub use policy_document::{PolicyDocument, PolicyError};
pub use reason::{Group, Reason};
pub use routing::{DomainReport, Mx, MxRecord, Routing};
pub use special_use::is_special_use;
pub use verdict::{Advice, Deliverability, Evidence, Level, Lists, Verdict};
