//! Which pages may read the answers (CORS, the Fetch standard §3.2).
//!
//! This is no authentication: anything but a browser sends the `Origin` it likes.

use crate::answer::Answer;
use crate::problem::Problem;

/// Seconds that a browser may keep a preflight's answer; Chromium keeps none longer.
const PREFLIGHT_MAX_AGE_S: &str = "7200";

/// Header fields that scripts of other origins see only when told so (Fetch §3.2.2).
const EXPOSED: &str = "RateLimit, RateLimit-Policy, Retry-After";

/// The allow-list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Origins {
    /// Every page.
    Any,
    /// Pages of these origins, and of the Worker's own, which needs no permission.
    Listed(Vec<String>),
}

impl Default for &Origins {
    /// Nobody: what holds while the configuration cannot be read.
    fn default() -> Self {
        const NOBODY: &Origins = &Origins::Listed(Vec::new());
        NOBODY
    }
}

impl Origins {
    /// Reads `*` or origins separated by commas, each `scheme://host[:port]` in lower case
    /// as a browser sends it; `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.trim() == "*" {
            return Some(Self::Any);
        }
        let origins = text
            .split(',')
            .map(str::trim)
            .filter(|origin| !origin.is_empty());
        let origins = origins.map(|origin| is_origin(origin).then(|| origin.to_owned()));
        origins.collect::<Option<_>>().map(Self::Listed)
    }

    /// The answer with the headers that let a page of `origin` read it, if it may.
    pub(crate) fn mark(&self, answer: Answer, origin: Option<&str>) -> Answer {
        let allowed = origin.and_then(|origin| self.allowed(origin));
        let answer = match self {
            Self::Any => answer,
            Self::Listed(_) => answer.with("vary", "Origin"),
        };
        let Some(allowed) = allowed else {
            return answer;
        };
        let has_more = ["ratelimit", "retry-after"]
            .iter()
            .any(|name| answer.header(name).is_some());
        let answer = answer.with("access-control-allow-origin", allowed);
        if has_more {
            answer.with("access-control-expose-headers", EXPOSED)
        } else {
            answer
        }
    }

    /// The answer to a preflight, before [`Origins::mark`].
    pub(crate) fn preflight(&self, origin: Option<&str>, methods: &str) -> Answer {
        if origin.is_none_or(|origin| self.allowed(origin).is_none()) {
            return Problem::OriginNotAllowed.answer();
        }
        Answer::empty(204)
            .with("access-control-allow-methods", methods)
            .with("access-control-allow-headers", "content-type")
            .with("access-control-max-age", PREFLIGHT_MAX_AGE_S)
    }

    /// Whether pages of `origin` may read answers.
    pub(crate) fn allow(&self, origin: &str) -> bool {
        self.allowed(origin).is_some()
    }

    /// Whether the owner named this origin.
    pub(crate) fn lists(&self, origin: &str) -> bool {
        match self {
            Self::Any => false,
            Self::Listed(list) => list.iter().any(|listed| listed == origin),
        }
    }

    /// What to put in `Access-Control-Allow-Origin`.
    fn allowed(&self, origin: &str) -> Option<String> {
        match self {
            Self::Any => Some("*".to_owned()),
            Self::Listed(_) => self.lists(origin).then(|| origin.to_owned()),
        }
    }
}

fn is_origin(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| {
        let is_host_byte =
            |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b':' | b'[' | b']');
        !host.is_empty() && host.bytes().all(is_host_byte)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(list: &str, origin: Option<&str>, allowed: Option<&str>, varies: bool) {
        let answer = Origins::parse(list)
            .unwrap()
            .mark(Answer::empty(200), origin);
        assert_eq!(answer.header("access-control-allow-origin"), allowed);
        assert_eq!(answer.header("vary").is_some(), varies);
    }

    #[test]
    fn origins_are_compared_exactly() {
        let list = "https://shop.net, http://localhost:8787";
        check("*", Some("https://any.net"), Some("*"), false);
        check("*", None, None, false);
        check(
            list,
            Some("https://shop.net"),
            Some("https://shop.net"),
            true,
        );
        check(
            list,
            Some("http://localhost:8787"),
            Some("http://localhost:8787"),
            true,
        );
        for other in [
            "https://shop.net.evil.com",
            "http://shop.net",
            "https://shop.net:444",
            "null",
            "https://shop.ne",
        ] {
            check(list, Some(other), None, true);
        }
        check("", Some("https://shop.net"), None, true);
    }

    #[test]
    fn scripts_may_see_how_long_to_wait() {
        let origins = Origins::parse("https://shop.net").unwrap();
        let exposed = |answer, origin| {
            let answer = origins.mark(answer, Some(origin));
            answer.header("access-control-expose-headers").is_some()
        };
        let later = || Problem::TooManySubdomains(1).answer();
        assert!(exposed(later(), "https://shop.net"));
        assert!(!exposed(later(), "https://evil.com"));
        assert!(!exposed(Answer::empty(200), "https://shop.net"));
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for text in [
            "shop.net",
            "https://shop.net/",
            "https://Shop.net",
            "https://shop.net,*",
            "https://",
            "null",
        ] {
            assert_eq!(Origins::parse(text), None, "{text}");
        }
    }

    #[test]
    fn preflights_are_answered_by_the_list() {
        let origins = Origins::parse("https://shop.net").unwrap();
        let status = |origin| origins.preflight(origin, "GET").status;
        assert_eq!(status(Some("https://shop.net")), 204);
        assert_eq!(status(Some("https://evil.com")), 403);
        assert_eq!(status(None), 403);
    }
}
