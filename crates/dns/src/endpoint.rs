//! Where a DNS-over-HTTPS resolver is, and the request that asks it (RFC 8484 §4.1).

use core::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Public resolvers that filter nothing, run by four operators, in the order they are asked.
/// The filtering twins of these hosts answer NXDOMAIN for names they block.
pub const PUBLIC_RESOLVERS: [&str; 4] = [
    "https://cloudflare-dns.com/dns-query",
    "https://dns.google/dns-query",
    "https://dns10.quad9.net/dns-query",
    "https://unfiltered.joindns4.eu/dns-query",
];

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The URL of a resolver: https anywhere, plain http on loopback only, where the scripted
/// resolver of the tests and the offline demo listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: String,
    host: String,
    is_loopback: bool,
}

/// Why a text is not an [`Endpoint`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAnEndpoint {
    /// Neither `https://` nor `http://`, or not a URL at all.
    NotAUrl,
    /// Plain http to a host that is not this machine: whoever stands between could answer.
    PlainHttp,
    /// A user name, password or fragment, which no resolver's URL has.
    Credentials,
}

impl fmt::Display for NotAnEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAUrl => "not an https URL",
            Self::PlainHttp => "plain http is for loopback only",
            Self::Credentials => "a resolver's URL has no user, password or fragment",
        })
    }
}

impl std::error::Error for NotAnEndpoint {}

impl Endpoint {
    /// Reads a URL such as `https://dns.google/dns-query`. A URI template's `{?dns}` at the
    /// end (RFC 8484 §3) is taken off.
    ///
    /// # Errors
    /// The first of [`NotAnEndpoint`] that applies.
    pub fn parse(text: &str) -> Result<Self, NotAnEndpoint> {
        let text = text.strip_suffix("{?dns}").unwrap_or(text);
        let is_url_byte = |byte: u8| byte.is_ascii_graphic() && !br#""<>\^`{|}"#.contains(&byte);
        if !text.bytes().all(is_url_byte) {
            return Err(NotAnEndpoint::NotAUrl);
        }
        let (is_https, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err(NotAnEndpoint::NotAUrl),
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if authority.contains('@') || text.contains('#') {
            return Err(NotAnEndpoint::Credentials);
        }
        let host = host(authority)
            .ok_or(NotAnEndpoint::NotAUrl)?
            .to_ascii_lowercase();
        let is_loopback = is_loopback(&host);
        if !is_https && !is_loopback {
            return Err(NotAnEndpoint::PlainHttp);
        }
        Ok(Self {
            url: text.to_owned(),
            host,
            is_loopback,
        })
    }

    /// The host name, as it stands in the evidence.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether it is this machine.
    pub fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    /// Whether this and the other can be the two witnesses of bad news: two hosts. On this
    /// machine alone, where tests script several resolvers, two URLs will do.
    pub fn is_independent_of(&self, other: &Self) -> bool {
        let are_local = self.is_loopback && other.is_loopback;
        self.host != other.host || (are_local && self.url != other.url)
    }

    /// The URL of the GET request for `message`, a [`Query`](crate::Query)'s.
    pub fn url_for(&self, message: &[u8]) -> String {
        let separator = if self.url.contains('?') { '&' } else { '?' };
        format!(
            "{}{separator}dns={}",
            self.url,
            URL_SAFE_NO_PAD.encode(message)
        )
    }
}

/// The host of `host`, `host:port`, `[v6]` or `[v6]:port`.
fn host(authority: &str) -> Option<&str> {
    let (host, port) = match authority.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']')?;
            address.parse::<Ipv6Addr>().ok()?;
            (address, port)
        }
        None => authority.split_at(authority.find(':').unwrap_or(authority.len())),
    };
    let is_port = |port: &str| {
        port.strip_prefix(':')
            .is_some_and(|p| p.parse::<u16>().is_ok())
    };
    let is_host_byte = |byte: u8| byte.is_ascii_alphanumeric() || b".-:".contains(&byte);
    let is_good = !host.is_empty() && host.bytes().all(is_host_byte);
    (is_good && (port.is_empty() || is_port(port))).then_some(host)
}

fn is_loopback(host: &str) -> bool {
    host == "localhost"
        || host
            .parse::<Ipv4Addr>()
            .is_ok_and(|address| address.is_loopback())
        || host
            .parse::<Ipv6Addr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, NotAnEndpoint>) {
        let endpoint = Endpoint::parse(text);
        assert_eq!(
            endpoint.as_ref().map(Endpoint::host).map_err(|e| *e),
            expected,
            "{text}"
        );
    }

    #[test]
    fn https_anywhere_and_plain_http_on_loopback() {
        check("https://dns.google/dns-query", Ok("dns.google"));
        check("https://DNS.google:443/dns-query{?dns}", Ok("dns.google"));
        check("http://127.0.0.1:8053/dns-query/a", Ok("127.0.0.1"));
        check("http://[::1]:8053/dns-query", Ok("::1"));
        check("http://localhost/dns-query", Ok("localhost"));
        check("http://dns.google/dns-query", Err(NotAnEndpoint::PlainHttp));
        check("http://127.0.0.1.evil.com/", Err(NotAnEndpoint::PlainHttp));
        check("http://10.0.0.1/dns-query", Err(NotAnEndpoint::PlainHttp));
        check("https://user@dns.google/", Err(NotAnEndpoint::Credentials));
        check(
            "http://127.0.0.1@evil.com/",
            Err(NotAnEndpoint::Credentials),
        );
        check("https://dns.google/#x", Err(NotAnEndpoint::Credentials));
        for text in [
            "",
            "dns.google",
            "ftp://dns.google/",
            "https://",
            "https:///x",
            "https://a b/",
            "https://a:x/",
            "https://a:99999/",
            "https://[::1/",
            "https://dns.google/\u{e9}",
            "https://[v1]/",
        ] {
            check(text, Err(NotAnEndpoint::NotAUrl));
        }
    }

    #[track_caller]
    fn check_independent(one: &str, other: &str, expected: bool) {
        let [one, other] = [one, other].map(|url| Endpoint::parse(url).unwrap());
        assert_eq!(one.is_independent_of(&other), expected, "{one:?} {other:?}");
        assert_eq!(other.is_independent_of(&one), expected);
    }

    #[test]
    fn two_witnesses_are_two_hosts() {
        let google = "https://dns.google/dns-query";
        check_independent(google, "https://dns10.quad9.net/dns-query", true);
        check_independent(google, google, false);
        check_independent(google, "https://DNS.google:8443/resolve", false);
        let local = "http://127.0.0.1:8053/dns-query/a";
        check_independent(local, "http://127.0.0.1:8053/dns-query/b", true);
        check_independent(local, local, false);
        check_independent(google, local, true);
    }

    #[test]
    fn the_message_goes_as_base64url_without_padding() {
        let plain = Endpoint::parse("https://dns.google/dns-query").unwrap();
        assert_eq!(
            plain.url_for(b"\xff\xfe\0"),
            "https://dns.google/dns-query?dns=__4A"
        );
        let with_query = Endpoint::parse("https://dns.google/dns-query?ct").unwrap();
        assert_eq!(
            with_query.url_for(b"\0"),
            "https://dns.google/dns-query?ct&dns=AA"
        );
    }
}
