//! Random bytes that are the same on every run.

/// xorshift64* (Vigna, 2014).
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Begins; a seed of 0 is taken for 1, for xorshift stays at 0.
    pub fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `bound`, which is not 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.number()) * bound as u128;
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Up to `longest` bytes; short ones are as frequent as long ones.
    pub fn bytes(&mut self, longest: usize) -> Vec<u8> {
        let longest = 1 + self.below(longest.max(1));
        let length = self.below(longest + 1);
        let mut bytes = Vec::with_capacity(length + 8);
        while bytes.len() < length {
            bytes.extend_from_slice(&self.number().to_le_bytes());
        }
        bytes.truncate(length);
        bytes
    }
}
