//! What an answer without records says: that there are none, or nothing.

use domain::base::Message;
use domain::base::ToName;
use domain::base::iana::{Class, Rtype};
use domain::base::wire::ParseError;
use domain::rdata::Soa;
use mailproof_core::Reason;

use crate::answer::{Answer, Content, cut_short};
use crate::chain::{Chain, seconds};
use crate::query::WireName;

/// Longest time that a negative answer is kept (RFC 2308 §5 allows 1 to 3 hours).
const MAX_NEGATIVE_TTL_S: u32 = 3_600;
/// How long a NODATA without SOA is kept: RFC 2308 §5 would not keep it at all.
const NO_SOA_TTL_S: u32 = 30;

/// A negative answer: `content` is `NxDomain` or `NoData`.
pub(crate) fn negative(
    message: &Message<&[u8]>,
    chain: &Chain,
    content: Content,
) -> Result<Answer, ParseError> {
    if message.header().tc() {
        return Ok(cut_short());
    }
    let authority = Authority::read(message, chain)?;
    let is_nxdomain = content == Content::NxDomain;
    Ok(match authority.negative_ttl_s {
        Some(soa_ttl_s) => Answer {
            content,
            ttl_s: soa_ttl_s.min(chain.ttl_s).min(MAX_NEGATIVE_TTL_S),
            outcome: if is_nxdomain { "nxdomain" } else { "nodata" },
            name_server: authority.name_server,
        },
        // How Quad9 blocks, and what a broken forwarder says.
        None if is_nxdomain => Answer::soft(Reason::NxdomainUnconfirmed, "nxdomain_without_soa"),
        // NS without SOA is a referral (RFC 2308 §2.2), an alias without its end is half an
        // answer: neither says that there is nothing.
        None if authority.has_ns || chain.is_aliased() => {
            Answer::soft(Reason::ResolverMalformed, "incomplete")
        }
        // NODATA of type 3 (RFC 2308 §2.2).
        None => Answer {
            content,
            ttl_s: NO_SOA_TTL_S,
            outcome: "nodata_without_soa",
            name_server: None,
        },
    })
}

struct Authority {
    /// The lesser of the SOA's TTL and its minimum (RFC 2308 §5), where the SOA is of a zone
    /// that a name of the chain lies in.
    negative_ttl_s: Option<u32>,
    /// The server that this SOA calls the zone's first.
    name_server: Option<WireName>,
    has_ns: bool,
}

impl Authority {
    fn read(message: &Message<&[u8]>, chain: &Chain) -> Result<Self, ParseError> {
        let mut authority = Self {
            negative_ttl_s: None,
            name_server: None,
            has_ns: false,
        };
        for record in message.authority()? {
            let record = record?;
            authority.has_ns |= record.rtype() == Rtype::NS;
            let vouches = |owner| chain.names.iter().any(|name| name.ends_with(&owner));
            if record.class() != Class::IN || !vouches(record.owner()) {
                continue;
            }
            if let Some(soa) = record.to_record::<Soa<_>>()? {
                let ttl_s = seconds(soa.ttl()).min(seconds(soa.data().minimum()));
                authority.negative_ttl_s = Some(ttl_s);
                authority.name_server = Some(soa.data().mname().to_canonical_name());
            }
        }
        Ok(authority)
    }
}
