//! The two hashes of the pack format, shared by its writer and its readers.

/// FNV-1a with 64 bits (draft-eastlake-fnv-17, §2 and the constants of §5). `state` is
/// [`FNV_OFFSET_BASIS`] to begin with, or an earlier result to go on from.
pub fn fnv1a64(mut state: u64, bytes: &[u8]) -> u64 {
    for byte in bytes {
        state ^= u64::from(*byte);
        state = state.wrapping_mul(FNV_PRIME);
    }
    state
}

/// Where FNV-1a begins.
pub const FNV_OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// The key of a domain in a hashed set: FNV-1a over its bytes, then the 64-bit finaliser
/// of `MurmurHash3`, because FNV-1a alone spreads its last bytes badly. Every bit of the
/// result depends on every byte and on the seed.
pub fn domain_key(seed: u64, domain: &str) -> u64 {
    let mut key = fnv1a64(FNV_OFFSET_BASIS ^ seed, domain.as_bytes());
    key ^= key >> 33;
    key = key.wrapping_mul(0xff51_afd7_ed55_8ccd);
    key ^= key >> 33;
    key = key.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    key ^ (key >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fnv1a64_gives_the_published_values() {
        // The test vectors of draft-eastlake-fnv-17, appendix C.
        for (text, hash) in [
            ("", 0xcbf2_9ce4_8422_2325),
            ("a", 0xaf63_dc4c_8601_ec8c),
            ("foobar", 0x8594_4171_f739_67e8),
        ] {
            assert_eq!(fnv1a64(FNV_OFFSET_BASIS, text.as_bytes()), hash, "{text}");
        }
    }
}
