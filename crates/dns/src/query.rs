//! A question for a resolver.

use domain::base::iana::Rtype;
use domain::base::{MessageBuilder, Name};

/// The media type of question and answer (RFC 8484 §6).
pub const CONTENT_TYPE: &str = "application/dns-message";

/// The largest UDP answer that we would take; over HTTPS only a courtesy to the resolver's
/// own upstreams. 1232 is what the DNS Flag Day of 2020 settled on.
const UDP_PAYLOAD: u16 = 1232;

/// A name on the wire, in lower case.
pub(crate) type WireName = Name<Vec<u8>>;

/// What is asked about a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordType {
    /// Mail exchangers (RFC 1035 §3.3.9).
    Mx,
    /// IPv4 addresses (RFC 1035 §3.4.1).
    A,
    /// IPv6 addresses (RFC 3596).
    Aaaa,
    /// TXT records with the domain's SPF policy among them (RFC 7208 §3.1).
    Spf,
    /// TXT records with its DMARC policy among them (RFC 7489 §6.1).
    Dmarc,
}

impl RecordType {
    /// The word of [`Evidence`](mailproof_core::Evidence).
    pub const fn check(self) -> &'static str {
        match self {
            Self::Mx => "mx",
            Self::A => "a",
            Self::Aaaa => "aaaa",
            Self::Spf => "spf",
            Self::Dmarc => "dmarc",
        }
    }

    pub(crate) const fn rtype(self) -> Rtype {
        match self {
            Self::Mx => Rtype::MX,
            Self::A => Rtype::A,
            Self::Aaaa => Rtype::AAAA,
            Self::Spf | Self::Dmarc => Rtype::TXT,
        }
    }

    /// Whether the answer is a fact beside the verdict.
    pub(crate) const fn is_policy(self) -> bool {
        matches!(self, Self::Spf | Self::Dmarc)
    }
}

/// Names one query of one [`Lookup`](crate::Lookup).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QueryId(pub(crate) u8);

/// One query to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Give it back with the answer.
    pub id: QueryId,
    /// Which resolver of [`Settings::resolvers`](crate::Settings) to ask.
    pub resolver: usize,
    /// The name asked about.
    pub name: WireName,
    /// The type asked about.
    pub record_type: RecordType,
    /// The DNS message: ID 0, so that HTTP caches can tell equal questions (RFC 8484 §4.1).
    pub message: Vec<u8>,
}

/// The message that asks for `record_type` records of `name`; `None` only if it did not fit,
/// which no name that exists as a [`WireName`] can bring about.
pub(crate) fn message(name: &WireName, record_type: RecordType) -> Option<Vec<u8>> {
    let mut builder = MessageBuilder::new_vec();
    builder.header_mut().set_id(0);
    builder.header_mut().set_rd(true);
    let mut builder = builder.question();
    builder.push((name, record_type.rtype())).ok()?;
    let mut builder = builder.additional();
    builder
        .opt(|opt| {
            opt.set_udp_payload_size(UDP_PAYLOAD);
            Ok(())
        })
        .ok()?;
    Some(builder.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_questions_are_equal_bytes_with_id_0_and_recursion_desired() {
        let name: WireName = "a.de".parse().unwrap();
        let bytes = message(&name, RecordType::Mx).unwrap();
        let expected =
            b"\0\0\x01\0\0\x01\0\0\0\0\0\x01\x01a\x02de\0\0\x0f\0\x01\0\0\x29\x04\xd0\0\0\0\0\0\0";
        assert_eq!(bytes, expected);
    }
}
