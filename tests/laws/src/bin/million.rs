//! Holds that random bytes, a million unless said, have a whole verdict under each policy:
//! the tests do the same for fewer, with every law. Ends with the panic of the law.
#![forbid(unsafe_code)]

use std::env;

use mailproof_laws::random::Random;
use mailproof_laws::verdict;

/// Half of the texts are any bytes, half are pieces of addresses; short ones are frequent.
const LONGEST: usize = 64;

fn main() {
    let count = env::args().nth(1).and_then(|count| count.parse().ok());
    let count = count.unwrap_or(1_000_000);
    let mut random = Random::new(0x006d_696c_6c69_6f6e);
    for _ in 0..count {
        let bytes = random.bytes(LONGEST);
        verdict::under_form(&bytes);
        verdict::under_rfc(&bytes);
    }
    println!("{count} texts of random bytes have a whole verdict");
}
