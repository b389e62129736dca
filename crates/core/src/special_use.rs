//! Names that never hold mail on the public Internet.

use crate::ascii;

/// Top-level names set aside for other uses: RFC 6761 (`test`, `localhost`, `invalid`,
/// `example`), RFC 6762 (`local`), RFC 7686 (`onion`), RFC 9476 (`alt`) and ICANN's
/// `internal` (2024).
const TOP_LEVEL: [&str; 8] = [
    "test",
    "localhost",
    "invalid",
    "example",
    "local",
    "onion",
    "alt",
    "internal",
];

/// Second-level names of the same kind: RFC 8375 (`home.arpa`) and RFC 6761 §6.5.
const SECOND_LEVEL: [&str; 4] = ["home.arpa", "example.com", "example.net", "example.org"];

/// Whether `ascii_domain` (A-labels in lower case) is, or lies under, a special-use name.
pub fn is_special_use(ascii_domain: &str) -> bool {
    let top = ascii::last_label(ascii_domain);
    TOP_LEVEL.contains(&top)
        || SECOND_LEVEL
            .iter()
            .any(|name| is_or_under(ascii_domain, name))
}

/// Whether `domain` equals `parent` or ends in `.parent`.
pub(crate) fn is_or_under(domain: &str, parent: &str) -> bool {
    domain
        .strip_suffix(parent)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::is_special_use;

    #[track_caller]
    fn check(domain: &str, special: bool) {
        assert_eq!(is_special_use(domain), special, "{domain}");
    }

    #[test]
    fn special_names_and_their_children() {
        for name in [
            "test",
            "a.test",
            "localhost",
            "x.local",
            "printer.home.arpa",
            "example.com",
        ] {
            check(name, true);
        }
        for name in [
            "contest",
            "mytest.com",
            "notexample.com",
            "arpa",
            "home.arpa.com",
        ] {
            check(name, false);
        }
        check("mail.example.com", true);
    }
}
