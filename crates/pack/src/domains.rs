//! Domains as lists spell them, brought into one form.

/// `text` as A-labels in lower case, where it can be a host name of two labels or more.
pub fn normalize(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('@').trim_end_matches('.');
    let domain = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        idna::domain_to_ascii(text).ok()?
    };
    let labels_hold = domain.split('.').all(|label| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    });
    (labels_hold && domain.contains('.') && domain.len() <= 253).then_some(domain)
}

/// `domain` and its parents, longest first.
pub fn with_parents(domain: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(domain), |domain| {
        domain.split_once('.').map(|(_, parent)| parent)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_spell_domains_in_many_ways() {
        for (text, expected) in [
            ("Example.COM", Some("example.com")),
            ("@example.com", Some("example.com")),
            ("example.com.", Some("example.com")),
            ("例子.公司", Some("xn--fsqu00a.xn--55qx5d")),
            ("localhost", None),
            ("a..b", None),
            ("-a.com", None),
            ("a b.com", None),
            ("user@a.com", None),
            ("", None),
        ] {
            assert_eq!(normalize(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn parents_go_up_to_the_last_label() {
        let all: Vec<_> = with_parents("a.b.c").collect();
        assert_eq!(all, ["a.b.c", "b.c", "c"]);
    }
}
