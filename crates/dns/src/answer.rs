//! One answer of one resolver, read strictly.
//!
//! The response code decides, never "no records" (which hides a SERVFAIL). What does not fit
//! the question is the resolver's trouble and never the domain's.

use std::net::IpAddr;

use domain::base::iana::{Class, Opcode, OptRcode};
use domain::base::opt::exterr::ExtendedError;
use domain::base::wire::ParseError;
use domain::base::{Message, ToName};
use domain::rdata::{A, Aaaa, Mx, Txt};
use mailproof_core::Reason;

use crate::chain::{Chain, seconds};
use crate::denial::negative;
use crate::mail_policy;
use crate::query::{RecordType, WireName};
use crate::special_purpose::is_globally_reachable;

/// Octets of the largest answer that is looked at: a DNS message carries its length in 16
/// bits over TCP (RFC 1035 §4.2.2), so no honest one is larger.
pub const MAX_BODY: usize = 65_535;
/// Records of the largest answer that is looked at; BIND, too, caps a record set at 100.
pub const MAX_RECORDS: usize = 100;

/// One mail exchanger as it stood in an answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Exchange {
    pub(crate) preference: u16,
    pub(crate) host: WireName,
}

/// What a resolver said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) content: Content,
    /// Seconds it may be kept, without the HTTP `Age`; 0 for a soft one.
    pub(crate) ttl_s: u32,
    /// The word for the evidence.
    pub(crate) outcome: &'static str,
    /// The first name server of the zone, where a denial names it (RFC 1035 §3.3.13).
    pub(crate) name_server: Option<WireName>,
}

/// The kinds of answer that the truth table tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// Mail exchangers, at least one of them a host.
    Exchanges {
        exchanges: Vec<Exchange>,
        /// A null MX stood among them.
        null_among: bool,
        /// There were more than fitted.
        truncated: bool,
    },
    /// A null MX and nothing else (RFC 7505).
    NullMx,
    /// At least one routable address.
    Addresses {
        /// The name is an alias of the one that has them.
        aliased: bool,
    },
    /// Addresses, none of them routable.
    Unroutable {
        /// Only `0.0.0.0` or `::`, as filtering resolvers answer.
        sinkhole: bool,
    },
    /// TXT records, and what they say as a policy.
    Policy,
    /// The name exists and has no such records (RFC 2308 §2.2).
    NoData,
    /// The name does not exist (RFC 2308 §2.1), and the zone's SOA vouches for it.
    NxDomain,
    /// Nothing that tells about the domain.
    Soft(Reason),
}

impl Answer {
    /// Reads `body` as the answer to the question for `record_type` records of `name`.
    pub(crate) fn decode(name: &WireName, record_type: RecordType, body: &[u8]) -> Self {
        read(name, record_type, body).unwrap_or(Self::soft(Reason::ResolverMalformed, "malformed"))
    }

    pub(crate) const fn soft(reason: Reason, outcome: &'static str) -> Self {
        Self {
            content: Content::Soft(reason),
            ttl_s: 0,
            outcome,
            name_server: None,
        }
    }

    pub(crate) fn is_found(&self) -> bool {
        matches!(
            self.content,
            Content::Exchanges { .. } | Content::Addresses { .. }
        )
    }
}

fn read(name: &WireName, record_type: RecordType, body: &[u8]) -> Result<Answer, ParseError> {
    let malformed = ParseError::form_error("not an answer to this question");
    if body.len() > MAX_BODY {
        return Err(malformed);
    }
    let message = Message::from_octets(body).map_err(|_| malformed)?;
    let (header, counts) = (message.header(), message.header_counts());
    let records = [counts.ancount(), counts.nscount(), counts.arcount()].map(usize::from);
    if !header.qr()
        || header.opcode() != Opcode::QUERY
        || counts.qdcount() != 1
        || records.iter().sum::<usize>() > MAX_RECORDS
    {
        return Err(malformed);
    }
    let question = message.sole_question()?;
    if !question.qname().name_eq(name)
        || question.qtype() != record_type.rtype()
        || question.qclass() != Class::IN
    {
        return Err(malformed);
    }
    let extended = Extended::read(&message);
    if let Some(failure) = failure(&message, extended) {
        return Ok(failure);
    }
    let chain = Chain::follow(&message, name, record_type.rtype())?;
    if chain.too_long {
        return Ok(Answer::soft(Reason::DnsServfail, "cname_loop"));
    }
    let is_nxdomain = message.opt_rcode() == OptRcode::NXDOMAIN;
    if !is_nxdomain && let Some(answer) = positive(&message, &chain, record_type)? {
        return Ok(answer);
    }
    if extended.stale {
        // What was not there yesterday may be there today.
        return Ok(Answer::soft(Reason::NxdomainUnconfirmed, "stale"));
    }
    if has_strays(&message, record_type)? {
        return Err(malformed);
    }
    let content = if is_nxdomain {
        Content::NxDomain
    } else {
        Content::NoData
    };
    negative(&message, &chain, content)
}

/// Whether an answer without records for us has some of the type all the same: of another
/// name or class. Then it is no denial, whatever it is.
fn has_strays(message: &Message<&[u8]>, record_type: RecordType) -> Result<bool, ParseError> {
    for record in message.answer()? {
        if record?.rtype() == record_type.rtype() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The answer as a failure, where its response code or extended error (RFC 8914) says so.
fn failure(message: &Message<&[u8]>, extended: Extended) -> Option<Answer> {
    let rcode = message.opt_rcode();
    if extended.policy {
        return Some(Answer::soft(Reason::ResolverPolicy, "filtered"));
    }
    // A resolver may also warn of these beside a good answer, so only with SERVFAIL.
    if extended.bogus && rcode == OptRcode::SERVFAIL {
        return Some(Answer::soft(Reason::DnssecBogus, "bogus"));
    }
    match rcode {
        OptRcode::NOERROR | OptRcode::NXDOMAIN => None,
        OptRcode::SERVFAIL => Some(Answer::soft(Reason::DnsServfail, "servfail")),
        OptRcode::REFUSED => Some(Answer::soft(Reason::DnsRefused, "refused")),
        OptRcode::FORMERR => Some(Answer::soft(Reason::DnsServfail, "formerr")),
        OptRcode::NOTIMP => Some(Answer::soft(Reason::DnsServfail, "notimp")),
        _ => Some(Answer::soft(Reason::DnsServfail, "other_rcode")),
    }
}

/// What the extended errors of an answer (RFC 8914 §4) say, in whatever order they stand.
#[derive(Debug, Clone, Copy, Default)]
struct Extended {
    /// Forged, blocked, censored, filtered, prohibited: codes 4 and 15 to 18.
    policy: bool,
    /// Bogus, expired or missing signatures and keys: codes 6 to 12.
    bogus: bool,
    /// Out of the resolver's cache past its time, answer or NXDOMAIN: codes 3 and 19.
    stale: bool,
}

impl Extended {
    fn read(message: &Message<&[u8]>) -> Self {
        let mut extended = Self::default();
        let Some(opt) = message.opt() else {
            return extended;
        };
        let errors = opt.opt().iter::<ExtendedError<&[u8]>>();
        for error in errors.filter_map(Result::ok) {
            match error.code().to_int() {
                4 | 15..=18 => extended.policy = true,
                6..=12 => extended.bogus = true,
                3 | 19 => extended.stale = true,
                _ => {}
            }
        }
        extended
    }
}

fn positive(
    message: &Message<&[u8]>,
    chain: &Chain,
    record_type: RecordType,
) -> Result<Option<Answer>, ParseError> {
    let mut found = Found {
        ttl_s: chain.ttl_s,
        ..Found::default()
    };
    for record in message.answer()? {
        let record = record?;
        if record.class() != Class::IN
            || record.rtype() != record_type.rtype()
            || !chain.ends_at(&record.owner())
        {
            continue;
        }
        found.ttl_s = found.ttl_s.min(seconds(record.ttl()));
        match record_type {
            RecordType::Mx => {
                if let Some(mx) = record.to_record::<Mx<_>>()? {
                    let host = mx.data().exchange().to_canonical_name();
                    found.exchanges.push(Exchange {
                        preference: mx.data().preference(),
                        host,
                    });
                }
            }
            RecordType::A => {
                let a = record.to_record::<A>()?;
                found
                    .addresses
                    .extend(a.map(|a| IpAddr::V4(a.data().addr())));
            }
            RecordType::Aaaa => {
                let aaaa = record.to_record::<Aaaa>()?;
                found
                    .addresses
                    .extend(aaaa.map(|aaaa| IpAddr::V6(aaaa.data().addr())));
            }
            RecordType::Spf | RecordType::Dmarc => {
                let policy = record.to_record::<Txt<_>>()?;
                let text = policy.map(|txt| txt.data().text::<Vec<u8>>());
                found.texts.extend(text);
            }
        }
    }
    let truncated = message.header().tc();
    Ok(if record_type.is_policy() {
        found.into_policy(record_type, truncated)
    } else {
        found.into_answer(chain.is_aliased(), truncated)
    })
}

/// The records that answer the question.
#[derive(Default)]
struct Found {
    exchanges: Vec<Exchange>,
    addresses: Vec<IpAddr>,
    /// Each TXT record with its strings in one (RFC 7208 §3.3).
    texts: Vec<Vec<u8>>,
    ttl_s: u32,
}

impl Found {
    /// `None` when nothing was found. What is cut short may hide the record.
    fn into_policy(self, record_type: RecordType, truncated: bool) -> Option<Answer> {
        if truncated {
            return Some(cut_short());
        }
        let read = match record_type {
            RecordType::Dmarc => mail_policy::dmarc,
            _ => mail_policy::spf,
        };
        (!self.texts.is_empty()).then(|| Answer {
            content: Content::Policy,
            ttl_s: self.ttl_s,
            outcome: read(&self.texts),
            name_server: None,
        })
    }

    /// `None` when nothing was found. A truncated answer is good for good news only.
    fn into_answer(self, aliased: bool, truncated: bool) -> Option<Answer> {
        let Self {
            mut exchanges,
            addresses,
            ttl_s,
            ..
        } = self;
        let (content, outcome) = if !exchanges.is_empty() {
            let all = exchanges.len();
            exchanges.retain(|exchange| !exchange.host.is_root());
            let null_among = exchanges.len() < all;
            if exchanges.is_empty() {
                (Content::NullMx, "null_mx")
            } else {
                exchanges.sort();
                (
                    Content::Exchanges {
                        exchanges,
                        null_among,
                        truncated,
                    },
                    "records",
                )
            }
        } else if addresses
            .iter()
            .any(|address| is_globally_reachable(*address))
        {
            (Content::Addresses { aliased }, "records")
        } else if !addresses.is_empty() {
            let sinkhole = addresses.iter().all(IpAddr::is_unspecified);
            (Content::Unroutable { sinkhole }, "unroutable")
        } else {
            return None;
        };
        let answer = Answer {
            content,
            ttl_s,
            outcome,
            name_server: None,
        };
        Some(if truncated && !answer.is_found() {
            cut_short()
        } else {
            answer
        })
    }
}

pub(crate) const fn cut_short() -> Answer {
    Answer::soft(Reason::ResolverMalformed, "truncated")
}
