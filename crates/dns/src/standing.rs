//! How news about several hosts adds up.

use mailproof_core::Reason;

/// What is known about the place that mail would go to: about one host, or about several
/// taken together by [`Standing::join`].
///
/// The order is the algebra: reachable outweighs everything, for one usable exchanger is
/// enough; a soft error outweighs every hard one, for the host that we could not ask may be
/// the one that works; among hard ones the more hopeful stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// There is no address.
    Dead,
    /// There are addresses, and the Internet routes none of them.
    Unroutable,
    /// The exchanger is written as a routable IP address, which RFC 5321 §5.1 does not
    /// allow and some senders follow all the same.
    Literal,
    /// Nobody could tell, for this reason.
    Unknown(Reason),
    /// There is a routable address.
    Reachable,
}

impl Standing {
    /// The standing of two places together. Associative, commutative and idempotent.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        if self.weight() >= other.weight() {
            self
        } else {
            other
        }
    }

    /// Whether it says that mail cannot arrive as it should.
    pub const fn is_hard(self) -> bool {
        matches!(self, Self::Dead | Self::Unroutable | Self::Literal)
    }

    /// Distinct for distinct standings that the lookup makes, so that `join` commutes.
    fn weight(self) -> (u8, u8) {
        match self {
            Self::Dead => (0, 0),
            Self::Unroutable => (1, 0),
            Self::Literal => (2, 0),
            Self::Unknown(reason) => (3, telling(reason)),
            Self::Reachable => (4, 0),
        }
    }
}

/// Which of two soft reasons says more about why: the domain's own trouble before the
/// resolver's, an answer that could not be used before none.
fn telling(reason: Reason) -> u8 {
    match reason {
        Reason::DnssecBogus => 7,
        Reason::ResolverPolicy => 6,
        Reason::NxdomainUnconfirmed => 5,
        Reason::DnsServfail => 4,
        Reason::DnsRefused => 3,
        Reason::ResolverMalformed => 2,
        Reason::DnsTimeout => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Standing; 11] = [
        Standing::Dead,
        Standing::Unroutable,
        Standing::Literal,
        Standing::Unknown(Reason::DnsTimeout),
        Standing::Unknown(Reason::ResolverMalformed),
        Standing::Unknown(Reason::DnsRefused),
        Standing::Unknown(Reason::DnsServfail),
        Standing::Unknown(Reason::NxdomainUnconfirmed),
        Standing::Unknown(Reason::ResolverPolicy),
        Standing::Unknown(Reason::DnssecBogus),
        Standing::Reachable,
    ];

    #[test]
    fn join_is_a_semilattice() {
        for a in ALL {
            assert_eq!(a.join(a), a);
            for b in ALL {
                assert_eq!(a.join(b), b.join(a), "{a:?} {b:?}");
                for c in ALL {
                    assert_eq!(a.join(b).join(c), a.join(b.join(c)), "{a:?} {b:?} {c:?}");
                }
            }
        }
    }

    #[test]
    fn soft_dominates_hard_and_one_usable_host_is_enough() {
        for soft in ALL
            .into_iter()
            .filter(|s| matches!(s, Standing::Unknown(_)))
        {
            for hard in ALL.into_iter().filter(|s| s.is_hard()) {
                assert_eq!(soft.join(hard), soft);
            }
            assert_eq!(soft.join(Standing::Reachable), Standing::Reachable);
        }
    }
}
