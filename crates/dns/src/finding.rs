//! What a lookup ends in.

use mailproof_core::{Evidence, Mx, MxRecord, Reason, Routing};

use crate::answer::Exchange;

/// Exchangers reported at most, as many as are looked at.
const MAX_RECORDS_REPORTED: usize = 5;
/// How long a failure may be kept. RFC 9520 §3.2 asks for 1 second to 5 minutes.
const FAILURE_TTL_S: u32 = 10;
/// Longest time that anything is kept.
const MAX_TTL_S: u32 = 86_400;

/// The facts about one domain and how long they may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The facts, for the core's policy.
    pub routing: Routing,
    /// Seconds that they may be cached.
    pub ttl_s: u32,
    /// Queries that it took.
    pub queries: usize,
    /// The first name server of the domain's zone, in lower-case A-labels, where an answer
    /// without records named it.
    pub name_server: Option<String>,
}

impl Finding {
    /// Whether nobody could tell: an `unknown`, not to be kept for long (RFC 9520).
    pub fn is_failure(&self) -> bool {
        self.routing.mx.found.is_none()
    }

    /// Whether mail is taken somewhere: what may be served after its time while every
    /// resolver fails (RFC 8767).
    pub fn is_good_news(&self) -> bool {
        self.routing.mx.found == Some(true)
    }
}

/// How a lookup came out: one row of the truth table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Conclusion {
    /// A name that is not asked for at all.
    SpecialUse,
    /// A routable exchanger.
    Accepts {
        aliased: bool,
        null_among: bool,
    },
    /// No exchanger, and a routable address of the domain itself.
    Implicit,
    NoSuchDomain,
    NoMailHost,
    NullMx,
    MxDead,
    Unroutable {
        implicit: bool,
    },
    /// Exchangers written as IP addresses only.
    MxIsIp,
    Unknown(Reason),
}

/// All that the finding is made of besides the conclusion.
pub(crate) struct Facts {
    pub(crate) dotless: bool,
    /// By preference.
    pub(crate) exchanges: Vec<Exchange>,
    pub(crate) evidence: Vec<Evidence>,
    /// The least lifetime of all answers.
    pub(crate) ttl_s: u32,
    pub(crate) queries: usize,
    pub(crate) name_server: Option<String>,
}

impl Conclusion {
    pub(crate) fn into_finding(self, facts: Facts) -> Finding {
        let mut reasons = self.reasons();
        if facts.dotless && self != Self::SpecialUse {
            // A doubt: before good news, after bad.
            let doubt = if self.found() == Some(true) {
                0
            } else {
                reasons.len()
            };
            reasons.insert(doubt, Reason::Dotless);
        }
        let ttl_s = match self {
            Self::Unknown(_) => FAILURE_TTL_S,
            _ => facts.ttl_s.min(MAX_TTL_S),
        };
        let mx = self.mx(facts.exchanges);
        let routing = Routing {
            reasons,
            mx,
            evidence: facts.evidence,
        };
        Finding {
            routing,
            ttl_s,
            queries: facts.queries,
            name_server: facts.name_server,
        }
    }

    /// Most serious first.
    fn reasons(self) -> Vec<Reason> {
        match self {
            Self::SpecialUse => vec![Reason::SpecialUseDomain],
            Self::Accepts {
                aliased,
                null_among,
            } => {
                let mut reasons = vec![Reason::AcceptsMail];
                reasons.extend(aliased.then_some(Reason::MxCname));
                if null_among {
                    reasons.insert(0, Reason::NullMxMixed);
                }
                reasons
            }
            Self::Implicit => vec![Reason::ImplicitMx],
            Self::NoSuchDomain => vec![Reason::NoSuchDomain],
            Self::NoMailHost => vec![Reason::NoMailHost],
            Self::NullMx => vec![Reason::NullMx],
            Self::MxDead => vec![Reason::MxDead],
            Self::Unroutable { .. } => vec![Reason::MxUnroutable],
            Self::MxIsIp => vec![Reason::MxIsIp],
            Self::Unknown(reason) => vec![reason],
        }
    }

    fn found(self) -> Option<bool> {
        match self {
            Self::Accepts { .. } | Self::Implicit | Self::MxIsIp => Some(true),
            Self::Unknown(_) => None,
            _ => Some(false),
        }
    }

    fn mx(self, exchanges: Vec<Exchange>) -> Mx {
        let records = exchanges.into_iter().take(MAX_RECORDS_REPORTED);
        let records = records.map(|exchange| MxRecord {
            preference: exchange.preference,
            exchange: exchange.host.to_string(),
        });
        Mx {
            found: self.found(),
            records: records.collect(),
            provider: None,
            implicit: matches!(self, Self::Implicit | Self::Unroutable { implicit: true }),
            null_mx: self == Self::NullMx,
        }
    }
}
