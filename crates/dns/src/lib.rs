//! Mailproof's DNS: a domain and resolvers' answers in, mail routing out.
//!
//! [`Lookup`] is a state machine without I/O. It says which DNS-over-HTTPS query (RFC 8484)
//! to send to which resolver, eats the bodies that come back, or why none came, and ends in
//! a [`Finding`]: the facts of the truth table in `docs/mail-routing.md`, their evidence and how
//! long they may be kept. [`Lookup::asked`] tells query by query who answered what. The Worker,
//! the command line tool and the tests drive the same machine.
//!
//! Good news needs one witness. Bad news needs two resolvers that agree. Everything else is
//! unknown, and a soft error dominates a hard one ([`Standing`]).
//!
//! It opens no connection and reads no clock (time enters as milliseconds of any monotonic
//! origin), asks at most [`MAX_QUERIES`] questions a domain and [`MAX_IN_FLIGHT`] at once,
//! validates no DNSSEC signature itself, and does not say what to do about what it found:
//! that is the core's policy. It follows RFC 1035, 2308, 5321 §5.1, 7208, 7489, 7505, 8020, 8484,
//! 8914.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects,
        clippy::panic,
        clippy::unreachable,
        clippy::todo,
        clippy::unimplemented
    )
)]

mod account;
mod answer;
mod asked;
mod chain;
mod denial;
mod domain_name;
mod endpoint;
mod finding;
mod host;
mod lookup;
mod mail_policy;
mod query;
mod question;
mod reserve;
mod resolvers;
mod special_purpose;
mod standing;
mod transport;
mod trouble;
mod truth_table;

pub use answer::{MAX_BODY, MAX_RECORDS};
pub use asked::{Asked, Proof};
pub use domain_name::{DomainName, NotADomainName};
pub use endpoint::{Endpoint, NotAnEndpoint, PUBLIC_RESOLVERS};
pub use finding::Finding;
pub use lookup::{Lookup, MAX_IN_FLIGHT, MAX_QUERIES, Settings, Step};
pub use mail_policy::MailPolicy;
pub use query::{CONTENT_TYPE, Query, QueryId, RecordType};
pub use resolvers::{Observation, Outcome, Outlook, Resolvers};
pub use special_purpose::is_globally_reachable;
pub use standing::Standing;
pub use transport::{Reply, TransportFailure};

/// Takes one answer apart and throws the result away: the entry for fuzzers and property
/// tests, which care only that any bytes whatever are survived.
#[doc(hidden)]
pub fn decode_for_tests(question: &Query, body: &[u8]) -> bool {
    answer::Answer::decode(&question.name, question.record_type, body).is_found()
}
