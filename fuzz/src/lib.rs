//! What all targets share: the laws of time and memory, which `mailproof_laws` leaves out.
#![forbid(unsafe_code)]

use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

/// Longest processor time that one input may take.
const LONGEST: Duration = Duration::from_millis(100);
/// Tries that an input gets: a try can be slow through no fault of ours.
const TRIES: usize = 5;

/// Holds `law` for `bytes`, and that it does not take more than 100 ms of the processor: on a
/// busy machine any input can wait that long.
///
/// # Panics
/// Where either is broken.
pub fn hold(law: impl Fn(&[u8]), bytes: &[u8]) {
    let start = Instant::now();
    law(bytes);
    // No more of the processor than passed in all. To ask for the processor's time is a call of
    // the system, so it is asked for only then.
    if start.elapsed() > LONGEST {
        hold_alone(law, bytes);
    }
}

/// The same by the processor's time, the least of a few tries.
#[cold]
fn hold_alone(law: impl Fn(&[u8]), bytes: &[u8]) {
    let mut least = Duration::MAX;
    for _ in 0..TRIES {
        let start = ThreadTime::now();
        law(bytes);
        least = least.min(start.elapsed());
        if least <= LONGEST {
            return;
        }
    }
    panic!("{} bytes took {least:?}", bytes.len());
}
