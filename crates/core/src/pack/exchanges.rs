//! Who runs a mail exchanger: a few hundred suffixes of host names, as text.
//!
//! A line a provider: its name, then the suffixes of its hosts, separated by spaces. The
//! whole is a few kilobytes and asked at the edge only, at most five times a domain, so it
//! is read from front to back.

/// The lines; the default knows nobody.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Providers<'a> {
    text: &'a str,
}

impl<'a> Providers<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text }
    }

    /// The provider with the longest suffix of `exchange`, on label boundaries.
    pub(super) fn of(&self, exchange: &str) -> Option<&'a str> {
        let mut longest = 0;
        let mut provider = None;
        for line in self.text.split('\n') {
            let mut words = line.split(' ');
            let name = words.next()?;
            for suffix in words {
                if suffix.len() > longest && is_under(exchange, suffix) {
                    longest = suffix.len();
                    provider = Some(name);
                }
            }
        }
        provider
    }
}

fn is_under(host: &str, suffix: &str) -> bool {
    host.strip_suffix(suffix)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::Providers;

    #[test]
    fn the_longest_suffix_on_label_boundaries_wins() {
        let providers = Providers::new("google google.com\ntencent qq.com\nexmail mxbiz.qq.com");
        for (exchange, expected) in [
            ("aspmx.l.google.com", Some("google")),
            ("google.com", Some("google")),
            ("notgoogle.com", None),
            ("mx1.qq.com", Some("tencent")),
            ("a.mxbiz.qq.com", Some("exmail")),
            ("com", None),
            ("", None),
        ] {
            assert_eq!(providers.of(exchange), expected, "{exchange}");
        }
        assert_eq!(Providers::default().of("google.com"), None);
    }
}
