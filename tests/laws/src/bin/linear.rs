//! Holds that a text of twice the length takes at most 2.3 times as long, for forty hostile
//! shapes up to 16 MiB: `npm run linear`. Exits with 1 where it does not.
#![forbid(unsafe_code)]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use mailproof_core::Policy;
use mailproof_laws::hostile::{SHAPES, Shape};
use mailproof_laws::packs;
use mailproof_laws::verdict::judged;

const SHORTEST: usize = 64;
const LONGEST: usize = 16 << 20;
/// Twice, and a little for what a clock adds.
const MOST: f64 = 2.3;
/// Below this a cost is that of any text, whatever its length.
const NOTHING: Duration = Duration::from_micros(5);
/// A doubling is tried again when it fails: another program may have taken the processor.
const TRIES: usize = 8;

fn main() -> ExitCode {
    let mut broken = 0;
    println!("shape\tworst doubling\tof bytes\t16 MiB");
    for shape in &SHAPES {
        let (ratio, length) = worst_doubling(shape);
        let whole = least(&shape.text(LONGEST), judge);
        println!("{}\t{ratio:.2}\t{length}\t{whole:.1?}", shape.name);
        broken += usize::from(ratio > MOST);
    }
    println!("{broken} of {} shapes above {MOST}", SHAPES.len());
    ExitCode::from(u8::from(broken > 0))
}

/// The greatest doubling, and the length that it leads to.
fn worst_doubling(shape: &Shape) -> (f64, usize) {
    let mut worst = (0.0, SHORTEST);
    let mut length = SHORTEST;
    while length < LONGEST {
        let (single, double) = (shape.text(length), shape.text(2 * length));
        length *= 2;
        let mut ratios = (0..TRIES).map(|_| doubling(&single, &double));
        let first = ratios.next().unwrap_or(0.0);
        let ratio = ratios.take_while(|_| first > MOST).fold(first, f64::min);
        if ratio > worst.0 {
            worst = (ratio, length);
        }
    }
    worst
}

/// How many times as long the longer text takes. A verdict holds a copy of its text, and
/// where the longer copy leaves a cache of the processor, copying alone takes four times as
/// long: what copying takes beyond twice is no fault of ours.
fn doubling(single: &str, double: &str) -> f64 {
    let ratio = |run: fn(&str)| {
        let least = |text| least(text, run).max(NOTHING).as_secs_f64();
        least(double) / least(single)
    };
    ratio(judge) / (ratio(copy) / 2.0).max(1.0)
}

fn judge(text: &str) {
    black_box(judged(black_box(text), &Policy::FORM, Some(&packs::SMALL)));
}

fn copy(text: &str) {
    black_box(black_box(text).to_owned());
}

/// The least time of a few runs.
fn least(text: &str, run: fn(&str)) -> Duration {
    let tries = if text.len() > 1 << 20 { 7 } else { 25 };
    let time = || {
        let start = Instant::now();
        run(text);
        start.elapsed()
    };
    (0..tries).map(|_| time()).min().unwrap_or_default()
}
