//! What DNS said about one domain, and the report that the edge makes of it.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

use crate::{Advice, Deliverability, Evidence, Level, Lists, Reason};

/// The facts that a DNS lookup established about where a domain's mail goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Routing {
    /// Facts of [`Group::Dns`](crate::Group::Dns), most serious first; also facts of
    /// [`Group::Class`](crate::Group::Class) where a fuller list than the caller's knew more.
    pub reasons: Vec<Reason>,
    /// The mail exchangers as far as they were seen.
    pub mx: Mx,
    /// Who said what.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
}

/// The mail exchangers of a domain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Mx {
    /// Whether the domain takes mail somewhere; `None` when nobody could tell.
    pub found: Option<bool>,
    /// The records by preference, at most five.
    pub records: Vec<MxRecord>,
    /// Who runs them, where known (`google`, `microsoft365`, …).
    pub provider: Option<String>,
    /// No MX; the domain's own address takes the mail (RFC 5321 §5.1).
    pub implicit: bool,
    /// The domain refuses mail (RFC 7505).
    pub null_mx: bool,
}

/// One MX record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MxRecord {
    /// Lower is tried first.
    pub preference: u16,
    /// The host name, A-labels in lower case without the final dot; `.` for a null MX.
    pub exchange: String,
}

/// The body of `GET /v1/domains/{a-label}`. No field depends on a local part.
///
/// Its `reasons`, `mx` and `evidence` read back as a [`Routing`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DomainReport {
    /// The domain asked about, as A-labels in lower case.
    pub domain: String,
    /// The part of it that somebody registered, by the Public Suffix List.
    pub registrable_domain: Option<String>,
    /// What mail to this domain would meet.
    pub result: Deliverability,
    /// How far the evidence goes.
    pub level: Level,
    /// What to do.
    pub advice: Advice,
    /// 0 to 100.
    pub score: u8,
    /// The code that decided.
    pub reason: Reason,
    /// All of them, most serious first.
    pub reasons: Vec<Reason>,
    /// A provider of free mailboxes.
    pub free: bool,
    /// A disposable-address service.
    pub disposable: bool,
    /// A private relay.
    pub relay: bool,
    /// The mail exchangers.
    pub mx: Mx,
    /// Who said what.
    pub evidence: Vec<Evidence>,
    /// The list pack that was asked.
    pub lists: Option<Lists>,
    /// Milliseconds that the answer took; 0 for one from a cache.
    pub took_ms: u32,
}

impl Routing {
    /// The facts when nobody could be asked: `reason` is why (`edge_unreachable`, …).
    pub fn unavailable(reason: Reason) -> Self {
        Self {
            reasons: vec![reason],
            ..Self::default()
        }
    }
}
