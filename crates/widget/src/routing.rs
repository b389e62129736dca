//! Reads what the edge said about a domain, as the page's shell passes it on.
//!
//! A line a fact, its parts parted by tabs; a part that is empty was not there.
//!
//! ```text
//! reason    code
//! mx        found ("true", "false" or "")  implicit  null_mx  provider
//! record    preference  exchange
//! evidence  check  outcome  source  since
//! ```
//! Text and not an object: a reader of objects weighs more than all of this.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use mailproof_core::{Evidence, Mx, MxRecord, Reason, Routing};

/// `None` where the text names no reason: then nobody said anything.
pub(crate) fn read(text: &str) -> Option<Routing> {
    let mut routing = Routing::default();
    for line in text.split('\n') {
        let mut parts = line.split('\t');
        let kind = parts.next()?;
        let mut next = || parts.next().unwrap_or_default();
        match kind {
            "reason" => {
                let reason = Reason::from_code(next()).unwrap_or(Reason::UnknownReason);
                routing.reasons.push(reason);
            }
            "mx" => routing.mx = mx(next),
            "record" => routing.mx.records.push(MxRecord {
                preference: next().parse().unwrap_or(u16::MAX),
                exchange: next().to_owned(),
            }),
            "evidence" => routing.evidence.push(Evidence {
                check: next().to_owned(),
                outcome: next().to_owned(),
                source: next().to_owned(),
                since: some(next()),
            }),
            _ => {}
        }
    }
    (!routing.reasons.is_empty()).then_some(routing)
}

fn mx<'t>(mut next: impl FnMut() -> &'t str) -> Mx {
    Mx {
        found: match next() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        implicit: next() == "true",
        null_mx: next() == "true",
        provider: some(next()),
        records: Vec::new(),
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line() {
        let text = "reason\taccepts_mail\nreason\tfrom_the_future\nmx\ttrue\ttrue\tfalse\tgoogle\n\
                    record\t5\tmx.shop.hk\nevidence\tmx\trecords\tdns.google\t\nnoise";
        let routing = read(text).unwrap();
        assert_eq!(
            routing.reasons,
            [Reason::AcceptsMail, Reason::UnknownReason]
        );
        assert_eq!((routing.mx.found, routing.mx.implicit), (Some(true), true));
        assert_eq!(routing.mx.provider.as_deref(), Some("google"));
        assert_eq!(routing.mx.records.first().unwrap().preference, 5);
        let evidence = routing.evidence.first().unwrap();
        assert_eq!(
            (evidence.source.as_str(), &evidence.since),
            ("dns.google", &None)
        );
    }

    #[test]
    fn no_reason_is_no_answer() {
        for text in ["", "\n\n", "mx\ttrue", "reasons"] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
