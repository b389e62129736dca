//! A fault the parser found, before it is placed in the text as typed.

use core::ops::Range;

use crate::Reason;

/// What is wrong, and where in the text that was parsed (bytes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: Reason,
    pub(crate) range: Range<usize>,
}

impl Fault {
    pub(crate) fn new(code: Reason, range: Range<usize>) -> Self {
        Self { code, range }
    }

    /// The fault of one character.
    pub(crate) fn at(code: Reason, offset: usize, c: char) -> Self {
        Self::new(code, offset..offset + c.len_utf8())
    }

    /// The same fault in a text of which the parsed one is the part from `base` on.
    pub(crate) fn shifted(self, base: usize) -> Self {
        Self {
            range: self.range.start + base..self.range.end + base,
            ..self
        }
    }
}
