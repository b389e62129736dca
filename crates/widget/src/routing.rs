//! Reads what the edge said about a domain, as the page's shell passes it on
//! (`www/engine/report.js`): parts with tabs between, a list behind its length; a part that is
//! empty was not there.
//!
//! ```text
//! reasons (code)  found ("true", "false" or "")  implicit  null_mx  provider
//! records (preference, exchange)  evidence (check, outcome, source, since)
//! ```
//! Text and not an object: a reader of objects weighs more than all of this.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use mailproof_core::decimal::read_decimal;
use mailproof_core::{Evidence, Mx, MxRecord, Reason, Routing};

/// `None` where no reason is named: then nobody said anything.
pub(crate) fn read<'t>(parts: &mut impl Iterator<Item = &'t str>) -> Option<Routing> {
    let mut next = || parts.next().unwrap_or_default();
    let reasons = list(&mut next, |next| {
        Reason::from_code(next()).unwrap_or(Reason::UnknownReason)
    });
    if reasons.is_empty() {
        return None;
    }
    let mut mx = Mx {
        found: match next() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        },
        implicit: next() == "true",
        null_mx: next() == "true",
        provider: some(next()),
        records: Vec::new(),
    };
    mx.records = list(&mut next, |next| MxRecord {
        preference: number(next()).unwrap_or(u16::MAX),
        exchange: next().to_owned(),
    });
    let evidence = list(&mut next, |next| Evidence {
        check: next().to_owned(),
        outcome: next().to_owned(),
        source: next().to_owned(),
        since: some(next()),
    });
    Some(Routing {
        reasons,
        mx,
        evidence,
    })
}

fn list<'t, N: FnMut() -> &'t str, T>(next: &mut N, read: impl Fn(&mut N) -> T) -> Vec<T> {
    let length = number(next()).unwrap_or_default();
    (0..length).map(|_| read(next)).collect()
}

fn number(text: &str) -> Option<u16> {
    read_decimal(text)?.try_into().ok()
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Option<Routing> {
        read(&mut text.split('\t'))
    }

    #[test]
    fn every_part() {
        let text = "2\taccepts_mail\tfrom_the_future\ttrue\ttrue\tfalse\tgoogle\t\
                    1\t5\tmx.shop.hk\t1\tmx\trecords\tdns.google\t";
        let routing = reading(text).unwrap();
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
    fn a_reason_is_enough() {
        let routing = reading("1\tedge_unreachable").unwrap();
        assert_eq!(routing.reasons, [Reason::EdgeUnreachable]);
        assert_eq!((routing.mx, routing.evidence), (Mx::default(), Vec::new()));
    }

    #[test]
    fn no_reason_is_no_answer() {
        for text in ["", "0", "\t\t", "-1\tnull_mx", "reasons", "99999\tnull_mx"] {
            assert_eq!(reading(text), None, "{text:?}");
        }
    }
}
