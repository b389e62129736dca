//! The aliases in one answer (RFC 1034 §3.6.2): which names its records may belong to.

use domain::base::iana::{Class, Rtype};
use domain::base::message::RecordSection;
use domain::base::wire::ParseError;
use domain::base::{Message, ToName, Ttl};
use domain::rdata::Cname;

use crate::query::WireName;

/// Aliases followed in one answer, as Postfix does.
const MAX_ALIASES: usize = 10;

/// The names from the question along its aliases, as far as this answer carries them.
pub(crate) struct Chain {
    /// At least the question's own name; the last is where the records are.
    pub(crate) names: Vec<WireName>,
    /// The least TTL of the aliases.
    pub(crate) ttl_s: u32,
    /// There are more aliases than are followed, or they go in a circle.
    pub(crate) too_long: bool,
}

impl Chain {
    /// Follows `name` through the answer section.
    pub(crate) fn follow(
        message: &Message<&[u8]>,
        name: &WireName,
        rtype: Rtype,
    ) -> Result<Self, ParseError> {
        let mut chain = Self {
            names: vec![name.clone()],
            ttl_s: u32::MAX,
            too_long: false,
        };
        let mut current = name.clone();
        for _ in 0..=MAX_ALIASES {
            let Some((target, ttl_s)) = alias(message.answer()?, &current, rtype)? else {
                return Ok(chain);
            };
            chain.ttl_s = chain.ttl_s.min(ttl_s);
            chain.names.push(target.clone());
            current = target;
        }
        chain.too_long = true;
        Ok(chain)
    }

    pub(crate) fn is_aliased(&self) -> bool {
        self.names.len() > 1
    }

    /// Whether `owner` is the last name, the only one whose records answer the question.
    pub(crate) fn ends_at(&self, owner: &impl ToName) -> bool {
        self.names.last().is_some_and(|last| last.name_eq(owner))
    }
}

/// Where `name` points to, unless it has the wanted records itself.
fn alias(
    section: RecordSection<'_, &[u8]>,
    name: &WireName,
    rtype: Rtype,
) -> Result<Option<(WireName, u32)>, ParseError> {
    let mut target = None;
    for record in section {
        let record = record?;
        if record.class() != Class::IN || !record.owner().name_eq(name) {
            continue;
        }
        if record.rtype() == rtype {
            return Ok(None);
        }
        if let Some(cname) = record.to_record::<Cname<_>>()? {
            let to: WireName = cname.data().cname().to_canonical_name();
            target = Some((to, seconds(cname.ttl())));
        }
    }
    Ok(target)
}

/// A TTL in seconds; one with its top bit set counts as 0 (RFC 2181 §8).
pub(crate) fn seconds(ttl: Ttl) -> u32 {
    let seconds = ttl.as_secs();
    if seconds > i32::MAX.unsigned_abs() {
        0
    } else {
        seconds
    }
}
