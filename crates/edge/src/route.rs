//! The routes of the interface.

/// A path that is ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route<'p> {
    /// `/healthz`.
    Health,
    /// `/v1/domains/{a-label}`.
    Domain(&'p str),
    /// `/v1/domains`.
    Domains,
    /// `/v1/verify`.
    Verify,
    /// `/.well-known/jwks.json`.
    Keys,
    /// `/openapi.json`.
    Description,
}

impl<'p> Route<'p> {
    /// `None` where the path names none.
    pub(crate) fn of(path: &'p str) -> Option<Self> {
        match path {
            "/healthz" => Some(Self::Health),
            "/v1/domains" => Some(Self::Domains),
            "/v1/verify" => Some(Self::Verify),
            "/.well-known/jwks.json" => Some(Self::Keys),
            "/openapi.json" => Some(Self::Description),
            _ => path.strip_prefix("/v1/domains/").map(Self::Domain),
        }
    }

    /// Whether a path is ours to answer, if only to say that there is nothing.
    pub(crate) fn owns(path: &'p str) -> bool {
        Self::of(path).is_some() || path == "/v1" || path.starts_with("/v1/")
    }

    /// What it takes, as the `Allow` header has it.
    pub(crate) const fn methods(self) -> &'static str {
        match self {
            Self::Health | Self::Keys | Self::Description | Self::Domain(_) => "GET, HEAD, OPTIONS",
            Self::Domains => "POST, OPTIONS",
            // Servers only: no page may hold an API key.
            Self::Verify => "POST",
        }
    }

    /// The query parameters that it knows.
    pub(crate) const fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::Domain(_) => &["commitment"],
            Self::Verify => &["format"],
            Self::Health | Self::Domains | Self::Keys | Self::Description => &[],
        }
    }

    pub(crate) fn takes(self, method: &str) -> bool {
        self.methods().split(", ").any(|known| known == method)
    }
}
