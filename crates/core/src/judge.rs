//! The whole way of one address: clean, parse, classify, suggest, add DNS, decide.

use crate::{DomainReport, Pack, Policy, Routing, Verdict};

/// What the judgement may draw on besides the text.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The lists; without them classes and top-level domains are not judged.
    pub pack: Option<&'a Pack<'a>>,
    /// The owner's policy.
    pub policy: &'a Policy,
    /// What DNS said about this address's domain; `None` when nobody asked.
    pub routing: Option<&'a Routing>,
}

/// Judges one text that should be an e-mail address. Never fails: whatever the text is,
/// there is a verdict. `took_ms` is 0, for the core has no clock; shells fill it.
pub fn judge(_text: &str, _context: &Context<'_>) -> Verdict {
    todo!()
}

/// Whether `text` needs the build with the `idn` feature: it has a non-ASCII character
/// or an `xn--` label after its last `@`.
pub fn needs_idn(_text: &str) -> bool {
    todo!()
}

/// Turns the facts of one domain into the edge's report, by the same policy as [`judge`].
/// `domain` is in lower-case A-labels.
pub fn report_domain(
    _domain: &str,
    _routing: Routing,
    _pack: Option<&Pack<'_>>,
    _policy: &Policy,
) -> DomainReport {
    todo!()
}

impl Verdict {
    /// The domain that is worth asking the edge about: none when the text is already
    /// refused, or when the lists know that the domain takes mail.
    pub fn domain_to_ask(&self) -> Option<&str> {
        self.ascii_domain.as_deref()
    }
}
