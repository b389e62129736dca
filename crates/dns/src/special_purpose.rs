//! Addresses that the Internet does not route mail to.
//!
//! Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, its columns
//! "Globally Reachable"), and for multicast and class E the IANA address space registries.
//! The tests hold one address of every row.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Prefixes that are not globally reachable: network, prefix length.
const IPV4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::UNSPECIFIED, 8),           // this network, RFC 791
    (Ipv4Addr::new(10, 0, 0, 0), 8),      // private use, RFC 1918
    (Ipv4Addr::new(100, 64, 0, 0), 10),   // shared address space, RFC 6598
    (Ipv4Addr::new(127, 0, 0, 0), 8),     // loopback, RFC 1122
    (Ipv4Addr::new(169, 254, 0, 0), 16),  // link local, RFC 3927
    (Ipv4Addr::new(172, 16, 0, 0), 12),   // private use, RFC 1918
    (Ipv4Addr::new(192, 0, 0, 0), 24),    // IETF protocol assignments, RFC 6890
    (Ipv4Addr::new(192, 0, 2, 0), 24),    // documentation, RFC 5737
    (Ipv4Addr::new(192, 88, 99, 0), 24),  // former 6to4 relay anycast, RFC 7526
    (Ipv4Addr::new(192, 168, 0, 0), 16),  // private use, RFC 1918
    (Ipv4Addr::new(198, 18, 0, 0), 15),   // benchmarking, RFC 2544
    (Ipv4Addr::new(198, 51, 100, 0), 24), // documentation, RFC 5737
    (Ipv4Addr::new(203, 0, 113, 0), 24),  // documentation, RFC 5737
    (Ipv4Addr::new(224, 0, 0, 0), 4),     // multicast, RFC 5771
    (Ipv4Addr::new(240, 0, 0, 0), 4),     // reserved and limited broadcast, RFC 1112
];

/// The same for IPv6. Mapped and translated IPv4 is taken apart before.
const IPV6: [(Ipv6Addr, u32); 11] = [
    (Ipv6Addr::UNSPECIFIED, 96), // unspecified, loopback, IPv4-compatible, RFC 4291
    (Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48), // local-use translation, RFC 8215
    (Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0), 63), // discard-only and dummy, RFC 6666, 9780
    (Ipv6Addr::new(0x2001, 2, 0, 0, 0, 0, 0, 0), 48), // benchmarking, RFC 5180
    (Ipv6Addr::new(0x2001, 0x10, 0, 0, 0, 0, 0, 0), 28), // ORCHID, RFC 4843
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32), // documentation, RFC 3849
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20), // documentation, RFC 9637
    (Ipv6Addr::new(0x5f00, 0, 0, 0, 0, 0, 0, 0), 16), // segment routing SIDs, RFC 9602
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7), // unique local, RFC 4193
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 9), // link local and former site local, RFC 4291, 3879
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8), // multicast, RFC 4291
];

/// Exceptions inside 192.0.0.0/24 that are reachable: PCP and TURN anycast (RFC 7723, 8155).
const IPV4_REACHABLE: [Ipv4Addr; 2] = [Ipv4Addr::new(192, 0, 0, 9), Ipv4Addr::new(192, 0, 0, 10)];

/// The well-known translation prefix `64:ff9b::/96` (RFC 6052): what it embeds decides.
const TRANSLATED: Ipv6Addr = Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0);
/// 6to4 (RFC 3056): `2002:` and then the IPv4 address that decides.
const SIX_TO_FOUR: Ipv6Addr = Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0);

/// Whether mail sent over the public Internet can arrive at `address`.
pub fn is_globally_reachable(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_reachable_v4(address),
        IpAddr::V6(address) => match embedded_v4(address) {
            Some(embedded) => is_reachable_v4(embedded),
            None => !IPV6
                .iter()
                .any(|(network, length)| covers_v6(*network, *length, address)),
        },
    }
}

fn is_reachable_v4(address: Ipv4Addr) -> bool {
    let covers = |(network, length): &(Ipv4Addr, u32)| {
        let shift = u32::BITS.saturating_sub(*length);
        network.to_bits().checked_shr(shift) == address.to_bits().checked_shr(shift)
    };
    IPV4_REACHABLE.contains(&address) || !IPV4.iter().any(covers)
}

fn covers_v6(network: Ipv6Addr, length: u32, address: Ipv6Addr) -> bool {
    let shift = u128::BITS.saturating_sub(length);
    network.to_bits().checked_shr(shift) == address.to_bits().checked_shr(shift)
}

/// The IPv4 address that an IPv4-mapped, translated or 6to4 address stands for.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return Some(mapped);
    }
    let join = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    let [_, second, third, .., seventh, eighth] = address.segments();
    if covers_v6(TRANSLATED, 96, address) {
        return Some(join(seventh, eighth));
    }
    covers_v6(SIX_TO_FOUR, 16, address).then(|| join(second, third))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(address: &str, reachable: bool) {
        assert_eq!(
            is_globally_reachable(address.parse().unwrap()),
            reachable,
            "{address}"
        );
    }

    #[test]
    fn every_row_of_the_registries() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.1.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.25",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:192.168.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001:2::1",
            "2001:10::1",
            "2001:db8::1",
            "2002:a00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            check(address, false);
        }
    }

    #[test]
    fn neighbours_of_the_rows_are_reachable() {
        for address in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.0.0.1",
            "128.0.0.1",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.0.9",
            "192.0.1.1",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2001:4860:4860::8888",
            "2a00:1450::1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2002:808:808::1",
        ] {
            check(address, true);
        }
    }
}
