//! What all targets share: the laws of time and memory, which `mailproof_laws` leaves out.
#![forbid(unsafe_code)]

use std::time::{Duration, Instant};

/// Longest time that one input may take.
const LONGEST: Duration = Duration::from_millis(100);
/// Tries that an input gets: on a busy machine a try can be slow through no fault of ours.
const TRIES: usize = 5;

/// Holds `law` for `bytes`, and that it does not take more than 100 ms.
///
/// # Panics
/// Where either is broken.
pub fn hold(law: impl Fn(&[u8]), bytes: &[u8]) {
    let mut least = Duration::MAX;
    for _ in 0..TRIES {
        let start = Instant::now();
        law(bytes);
        least = least.min(start.elapsed());
        if least <= LONGEST {
            return;
        }
    }
    panic!("{} bytes took {least:?}", bytes.len());
}
