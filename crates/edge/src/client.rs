//! Who asks, as far as it is looked at: the network, and never the whole address.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The network that a request comes from: the first 24 bits of an IPv4 address, the first 64
/// of an IPv6 one, which is what a household or an office has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Network(IpAddr);

impl Network {
    /// Reads the address that the platform names (`CF-Connecting-IP`) and forgets its end.
    /// `None` for a machine of one's own: loopback, or no address at all.
    pub(crate) fn of(address: &str) -> Option<Self> {
        let address: IpAddr = address.trim().parse().ok()?;
        let address = Some(address.to_canonical()).filter(|address| !address.is_loopback())?;
        Some(Self(match address {
            IpAddr::V4(v4) => {
                let [a, b, c, _] = v4.octets();
                IpAddr::V4(Ipv4Addr::new(a, b, c, 0))
            }
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        }))
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, expected: Option<&str>) {
        let found = Network::of(address).map(|network| network.to_string());
        assert_eq!(found.as_deref(), expected, "{address}");
    }

    #[test]
    fn the_end_of_an_address_is_forgotten() {
        check("198.51.100.77", Some("198.51.100.0"));
        check(" 198.51.100.255 ", Some("198.51.100.0"));
        check("2001:db8:1:2:3:4:5:6", Some("2001:db8:1:2::"));
        check("::ffff:198.51.100.77", Some("198.51.100.0"));
        check("198.51.100.77:443", None);
        check("127.0.0.1", None);
        check("::1", None);
        check("unknown", None);
        check("", None);
    }
}
