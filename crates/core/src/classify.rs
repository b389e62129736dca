//! What the local part says about who reads the mailbox. The names are the pack's, which
//! `data/overrides/mailboxes.toml` says.

use alloc::vec::Vec;

use crate::Pack;
use crate::ascii;
use crate::pack::layout::words::{FUNCTIONS, NO_REPLY, STANDARD};

/// Who reads a mailbox that is not a person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// Whoever has a function.
    Role(Role),
    /// Nobody.
    Nobody,
}

/// A mailbox of a function rather than of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Role {
    /// Of what: `sales`, `support`, `hr`, …
    pub(crate) subtype: &'static str,
    /// Who says so.
    pub(crate) source: &'static str,
}

/// Who reads the mailbox, if its name says so. Compares without case, separators and tag:
/// `No-Reply+x` is `noreply`.
pub(crate) fn reader(local_part: &str, pack: Option<&Pack<'_>>) -> Option<Reader> {
    let base = ascii::split_once(local_part, b'+').map_or(local_part, |(base, _)| base);
    let mut letters = Vec::with_capacity(base.len());
    for byte in base.bytes() {
        if !matches!(byte, b'.' | b'-' | b'_') {
            letters.push(byte.to_ascii_lowercase());
        }
    }
    let tag = pack?.mailboxes().find(&letters)?.tag;
    let subtype = *FUNCTIONS.get(usize::from(tag & !STANDARD))?;
    if subtype == NO_REPLY {
        return Some(Reader::Nobody);
    }
    let is_standard = tag & STANDARD != 0;
    Some(Reader::Role(Role {
        subtype,
        source: if is_standard { "RFC 2142" } else { "mailproof" },
    }))
}

#[cfg(test)]
mod tests {
    use super::Reader;
    use crate::pack::tests::SMALL;

    fn reader(local_part: &str) -> Option<Reader> {
        super::reader(local_part, Some(&SMALL))
    }

    fn role(local_part: &str) -> Option<super::Role> {
        match reader(local_part) {
            Some(Reader::Role(role)) => Some(role),
            _ => None,
        }
    }

    #[track_caller]
    fn check(local_part: &str, expected: Option<&str>) {
        assert_eq!(
            role(local_part).map(|role| role.subtype),
            expected,
            "{local_part}"
        );
    }

    #[test]
    fn functions_and_people() {
        for (name, subtype) in [
            ("info", "office"),
            ("Sales", "sales"),
            ("sales+x", "sales"),
            ("abuse", "abuse"),
            ("postmaster", "technical"),
            ("customer-service", "support"),
            ("customer.care", "support"),
            ("kefu", "support"),
            ("zhaopin", "hr"),
            ("caiwu", "finance"),
            ("Buchhaltung", "finance"),
            ("presse", "press"),
            ("service.client", "support"),
            ("rr-hh", "hr"),
            ("vendas", "sales"),
            ("eigyo", "sales"),
            ("privacy", "legal"),
            ("einkauf", "purchasing"),
            ("everyone", "group"),
        ] {
            check(name, Some(subtype));
        }
        for person in ["jane", "infos.jane", "salesman.wong", "用户", "in", ""] {
            check(person, None);
        }
    }

    /// RFC 2142 §3 to §7, but for the names of mailing lists.
    #[test]
    fn the_standard_names_are_said_to_be() {
        for name in [
            "abuse",
            "ftp",
            "hostmaster",
            "info",
            "marketing",
            "news",
            "noc",
            "postmaster",
            "sales",
            "security",
            "support",
            "usenet",
            "uucp",
            "webmaster",
            "www",
        ] {
            let source = role(name).map(|role| role.source);
            assert_eq!(source, Some("RFC 2142"), "{name}");
        }
        assert_eq!(role("kefu").map(|role| role.source), Some("mailproof"));
        let names = SMALL.mailboxes().of(0..=usize::MAX);
        let standard = names.filter(|name| name.tag & super::STANDARD != 0);
        assert_eq!(standard.count(), 15);
    }

    #[test]
    fn nobody_reads_these() {
        for name in [
            "no-reply",
            "NoReply",
            "do_not_reply",
            "mailer-daemon",
            "noreply+x",
        ] {
            assert_eq!(reader(name), Some(Reader::Nobody), "{name}");
        }
        assert_eq!(reader("reply"), None);
    }
}
