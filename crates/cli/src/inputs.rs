//! Where inputs come from, in batches: arguments, a file, standard input.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader, Read};

use mailproof_cli::input::{From, Input, next_line};

use crate::arguments::CheckArguments;

/// Inputs that are judged together, so that their domains can be asked side by side.
const BATCH: usize = 64;

/// The inputs of one run, in order.
pub(crate) struct Inputs {
    sources: VecDeque<Source>,
    from: From,
}

enum Source {
    Argument(String),
    Lines(BufReader<Box<dyn Read>>),
}

impl Inputs {
    /// Opens what the arguments name.
    ///
    /// # Errors
    /// A file that cannot be opened.
    pub(crate) fn new(arguments: &CheckArguments) -> io::Result<Self> {
        let lines = |reader: Box<dyn Read>| Source::Lines(BufReader::new(reader));
        let source = |address: &String| match &**address {
            "-" => lines(Box::new(io::stdin())),
            _ => Source::Argument(address.clone()),
        };
        let sources = match &arguments.file {
            Some(path) => [lines(Box::new(File::open(path)?))].into(),
            None => arguments.addresses.iter().map(source).collect(),
        };
        Ok(Self {
            sources,
            from: arguments.from,
        })
    }

    /// The next inputs: at least one, and more as long as none has to be waited for, so that
    /// a program that writes a line and waits for its verdict gets it. Empty at the end.
    ///
    /// # Errors
    /// A source that cannot be read.
    pub(crate) fn next_batch(&mut self) -> io::Result<Vec<Input>> {
        let mut batch = Vec::new();
        while batch.len() < BATCH {
            match self.sources.front_mut() {
                None => break,
                Some(Source::Argument(text)) => {
                    batch.push(Input::Text(std::mem::take(text)));
                    self.sources.pop_front();
                }
                Some(Source::Lines(reader)) => {
                    if !batch.is_empty() && !reader.buffer().contains(&b'\n') {
                        break;
                    }
                    match next_line(reader, self.from)? {
                        Some(input) => batch.push(input),
                        None => drop(self.sources.pop_front()),
                    }
                }
            }
        }
        Ok(batch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_what_is_there_and_waits_for_nothing_more() {
        let lines = |text: &'static [u8]| Source::Lines(BufReader::new(Box::new(text)));
        let argument = Source::Argument("a@b.hk".to_owned());
        let sources = [argument, lines(b"c@d.hk\ne@f.hk\ng@h.hk"), lines(b"")].into();
        let mut inputs = Inputs {
            sources,
            from: From::Text,
        };
        let lengths: Vec<_> = std::iter::repeat_with(|| inputs.next_batch().unwrap().len())
            .take_while(|length| *length > 0)
            .collect();
        // The last line has no end yet as far as the buffer tells.
        assert_eq!(lengths, [1, 2, 1]);
    }
}
