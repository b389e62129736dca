//! Holds that a text of twice the length takes at most 2.3 times as long, for forty hostile
//! shapes up to 16 MiB: `npm run linear`. Exits with 1 where it does not.
#![forbid(unsafe_code)]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use mailproof_core::{Context, Names, Policy, judge_with};
use mailproof_laws::hostile::{SHAPES, Shape};
use mailproof_laws::packs;

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
        let whole = least(&shape.text(LONGEST));
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

/// How many times as long the longer text takes.
fn doubling(single: &str, double: &str) -> f64 {
    let least = |text| least(text).max(NOTHING).as_secs_f64();
    least(double) / least(single)
}

/// The least time of a few judgements. The verdict holds the text that it is given: what it
/// takes to copy one for it, or to free it, is the caller's and no part of a judgement.
fn least(text: &str) -> Duration {
    let tries = if text.len() > 1 << 20 { 7 } else { 25 };
    let context = Context {
        pack: Some(&packs::SMALL),
        policy: &Policy::FORM,
        routing: None,
    };
    let time = || {
        let text = text.to_owned();
        let start = Instant::now();
        let verdict = judge_with(black_box(text), &context, Names::BUILT_IN);
        let took = start.elapsed();
        black_box(verdict);
        took
    };
    (0..tries).map(|_| time()).min().unwrap_or_default()
}
