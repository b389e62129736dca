//! Writes texts and the native verdicts about them, for other builds to be held to:
//! `verdicts SEED COUNT`, a line of JSON each, the text and then the verdict. A lone
//! surrogate cannot be in a text of Rust, and so is in none of these.
#![forbid(unsafe_code)]

use std::env;
use std::io::{self, BufWriter, Write};

use mailproof_core::Policy;
use mailproof_laws::packs;
use mailproof_laws::random::Random;
use mailproof_laws::seeds;
use mailproof_laws::text::text;
use mailproof_laws::verdict::judged;

/// Bytes from which a text is made; a piece of an address each, or so.
const LONGEST: usize = 24;

fn main() -> io::Result<()> {
    let mut numbers = env::args().skip(1).filter_map(|number| number.parse().ok());
    let (seed, count) = (numbers.next().unwrap_or(1), numbers.next().unwrap_or(1_000));
    let mut output = BufWriter::new(io::stdout().lock());
    let mut random = Random::new(seed);
    let texts = seeds::all()
        .into_iter()
        .find(|(target, _)| *target == "judge_form");
    let mut told = 0;
    for seed in texts.into_iter().flat_map(|(_, seeds)| seeds) {
        tell(&mut output, &text(&seed))?;
        told += 1;
    }
    while told < count {
        tell(&mut output, &text(&random.bytes(LONGEST)))?;
        told += 1;
    }
    output.flush()
}

/// Every text under both policies would be twice the work for the same code: they alternate.
fn tell(output: &mut impl Write, text: &str) -> io::Result<()> {
    let is_rfc = text.len() % 4 == 3;
    let policy = if is_rfc { Policy::RFC } else { Policy::FORM };
    let name = if is_rfc { "rfc" } else { "form" };
    let verdict = judged(text, &policy, Some(&packs::SMALL));
    serde_json::to_writer(&mut *output, &(text, name, &verdict))?;
    output.write_all(b"\n")
}
