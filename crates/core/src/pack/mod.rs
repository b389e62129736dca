//! Views over the bytes of a list pack.
//!
//! This is the reading side; `mailproof-pack` writes. Nothing is parsed at start, a
//! look-up allocates nothing, and no bytes whatever make it panic. [`layout`] describes
//! the file.
#![deny(clippy::indexing_slicing)]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "numbers are masked or bounded by the layout before they are narrowed"
)]

mod exchanges;
pub mod hash;
mod hashed;
pub mod layout;
mod protection;
#[cfg(test)]
pub(crate) mod tests;
mod tree;
pub(crate) mod words;

use alloc::vec::Vec;

use crate::suggest::letters;
use crate::{Digest, ascii};
use exchanges::Providers;
use hashed::HashedSet;
use layout::number;
use tree::Tree;
use words::Words;

pub use protection::{Protection, is_public_body};

/// A list pack, borrowed from its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Pack<'a> {
    info: PackInfo<'a>,
    sources: &'a str,
    suffixes: Tree<'a>,
    providers: Words<'a>,
    mailboxes: Words<'a>,
    relays: Tree<'a>,
    free: Tree<'a>,
    known: Tree<'a>,
    disposable: HashedSet<'a>,
    first_seen: HashedSet<'a>,
    exchange_providers: Providers<'a>,
    disposable_exchanges: Tree<'a>,
    parked_exchanges: Tree<'a>,
    parked_name_servers: Tree<'a>,
}

/// What identifies a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PackInfo<'a> {
    /// Which of the two packs it is.
    pub kind: PackKind,
    /// The version, a date: `2026.11.21`.
    pub version: &'a str,
    /// SHA-256 of everything after the header.
    pub sha256: Digest,
}

/// Which of the two packs of one build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackKind {
    /// For the form: what is curated or well corroborated.
    Small,
    /// For the edge and the command line: everything.
    Full,
}

/// Why bytes are not a pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PackError {
    /// The bytes do not begin like a pack.
    NotAPack,
    /// A format that this version does not read.
    Version,
    /// Shorter or longer than it says, or its checksum differs.
    Damaged,
}

/// That a domain, or one of its parents, is on a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit<'d> {
    /// The suffix of the domain asked about that is listed.
    pub matched: &'d str,
    /// How many independent lineages list it; 0 where the pack does not say.
    pub lineages: u8,
    /// Which sources list it: bit *i* for the *i*-th of [`Pack::sources`].
    pub sources: u16,
}

/// A build for the page reads the small pack alone, and what only the full one has (first
/// sightings, providers of exchangers, parked ones) is not looked for.
const ONLY_SMALL: bool = crate::COMPACT;

/// The first source is Mailproof's own curation, and the small classes come from it alone.
const OWN_SOURCE: u16 = 1;

impl<'a> Pack<'a> {
    /// Reads the header and checks length and checksum: one pass over the bytes, so make
    /// a pack once and copy it.
    ///
    /// # Errors
    /// See [`PackError`]; damaged bytes are never half-read.
    pub fn new(bytes: &'a [u8]) -> Result<Self, PackError> {
        let [a, b, c, d, format, ..] = *bytes else {
            return Err(PackError::NotAPack);
        };
        if [a, b, c, d] != layout::MAGIC {
            return Err(PackError::NotAPack);
        }
        if format != layout::FORMAT {
            return Err(PackError::Version);
        }
        Self::read(bytes).ok_or(PackError::Damaged)
    }

    fn read(bytes: &'a [u8]) -> Option<Self> {
        let length = number(bytes.get(layout::LENGTH)?);
        let checksum = number(bytes.get(layout::CHECKSUM)?);
        if length != bytes.len() as u64 || checksum != layout::checksum(bytes) {
            return None;
        }
        let version = bytes
            .get(layout::VERSION)?
            .split(|byte| *byte == 0)
            .next()?;
        let info = PackInfo {
            kind: match bytes.get(5)? {
                0 => PackKind::Small,
                1 => PackKind::Full,
                _ => return None,
            },
            version: core::str::from_utf8(version).ok()?,
            sha256: Digest(*bytes.get(layout::SHA256)?.first_chunk()?),
        };
        let mut sections = Sections::new(bytes)?;
        let pack = Self {
            info,
            sources: core::str::from_utf8(sections.next()?).ok()?,
            suffixes: Tree::new(sections.next()?),
            providers: Words::new(sections.next()?)?,
            mailboxes: Words::new(sections.next()?)?,
            relays: Tree::new(sections.next()?),
            free: Tree::new(sections.next()?),
            known: Tree::new(sections.next()?),
            disposable: HashedSet::new(sections.next()?)?,
            first_seen: HashedSet::new_or_empty(sections.next()?)?,
            exchange_providers: Providers::new(core::str::from_utf8(sections.next()?).ok()?),
            disposable_exchanges: Tree::new(sections.next()?),
            parked_exchanges: Tree::new(sections.next()?),
            parked_name_servers: Tree::new(sections.next()?),
        };
        sections.rest.is_empty().then_some(pack)
    }

    /// Kind, version and digest.
    pub fn info(&self) -> PackInfo<'a> {
        self.info
    }

    /// Name and version of each source, as in `mailchecker 6.0.21 (npm)`; the first is
    /// Mailproof's own curation, and the only one that the small pack names.
    pub fn sources(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        lines(self.sources)
    }

    /// The sources of one hit, in the order of [`Pack::sources`].
    pub fn sources_of(&self, hit: Hit<'_>) -> impl Iterator<Item = &'a str> + use<'a> {
        let listed = move |index: usize| index < 16 && hit.sources >> index & 1 == 1;
        let mut index = 0;
        lines(self.sources).filter(move |_| {
            index += 1;
            listed(index - 1)
        })
    }

    /// Whether `tld` (an A-label in lower case) is a top-level domain.
    pub fn is_tld(&self, tld: &str) -> bool {
        self.suffixes.has_top(tld)
    }

    /// Whether `domain` is a public suffix (ICANN part) as it stands, by a rule of the list
    /// and not by its default.
    pub fn is_public_suffix(&self, domain: &str) -> bool {
        let top = ascii::last_label(domain);
        self.is_tld(top) && self.registrable_domain(domain).is_none()
    }

    /// The part of `domain` that somebody registered: one label more than its public
    /// suffix (ICANN part). `None` for a public suffix itself.
    pub fn registrable_domain<'d>(&self, domain: &'d str) -> Option<&'d str> {
        let public = self.suffixes.public_suffix(domain);
        tree::suffixes(domain).find(|suffix| suffix.len() > public.len())
    }

    /// The domains that people mean when they mistype, each with its weight.
    pub(crate) fn providers(&self) -> Words<'a> {
        self.providers
    }

    /// For [`Pack::with_letters`], in the order of the providers.
    pub fn letters(&self) -> Vec<u32> {
        let all = self.providers.of(0..=layout::words::LONGEST);
        all.map(|word| letters(word.text)).collect()
    }

    /// The same pack, whose look-ups for slips need not count the letters of every provider
    /// anew. `letters` is what [`Pack::letters`] counted; without it nothing is but slower.
    #[must_use]
    pub fn with_letters(mut self, letters: &'a [u32]) -> Self {
        self.providers.letters = letters;
        self
    }

    /// The names of mailboxes that are read by a function, each with which.
    pub(crate) fn mailboxes(&self) -> Words<'a> {
        self.mailboxes
    }

    /// The listing of `domain` or a parent as a disposable service.
    pub fn disposable<'d>(&self, domain: &'d str) -> Option<Hit<'d>> {
        self.disposable_under(self.registrable_domain(domain)?, domain)
    }

    /// The same for a domain whose registrable part is known.
    pub(crate) fn disposable_under<'d>(
        &self,
        registrable: &str,
        domain: &'d str,
    ) -> Option<Hit<'d>> {
        tree::suffixes(domain)
            .skip_while(|suffix| suffix.len() < registrable.len())
            .take(1 + layout::hashed::DEPTH)
            .find_map(|matched| {
                let label = self.disposable.find(matched)?;
                Some(Hit {
                    matched,
                    lineages: label.lineages,
                    sources: label.sources,
                })
            })
    }

    /// The listing as a private relay, of the domain or a parent.
    pub fn relay<'d>(&self, domain: &'d str) -> Option<Hit<'d>> {
        own_hit(self.relays.longest_suffix(domain)?)
    }

    /// The listing as a provider of free mailboxes (exact: providers sell subdomains to
    /// nobody, so a subdomain of one is not one).
    pub fn free<'d>(&self, domain: &'d str) -> Option<Hit<'d>> {
        exact(&self.free, domain)
    }

    /// The day since which a source has seen a disposable domain alive, in days since
    /// 1970-01-01. Few sources tell, and only the full pack has room for it.
    pub fn first_seen(&self, disposable: Hit<'_>) -> Option<u16> {
        if ONLY_SMALL {
            return None;
        }
        let label = self.first_seen.find(disposable.matched)?;
        Some(label.sources)
    }

    /// Who runs the mail exchanger (`google`, `microsoft365`, …). Full pack only, as are the
    /// three below. `exchange` is a host name in A-labels and lower case, without a final dot.
    pub fn mx_provider(&self, exchange: &str) -> Option<&'a str> {
        if ONLY_SMALL {
            return None;
        }
        self.exchange_providers.of(exchange)
    }

    /// The listing of the mail exchanger as one that serves disposable domains: as a host of
    /// the curation, or one under a domain that several lineages call disposable.
    pub fn disposable_mx<'d>(&self, exchange: &'d str) -> Option<Hit<'d>> {
        let known_host = self.disposable_exchanges.longest_suffix(exchange);
        known_host.and_then(own_hit).or_else(|| {
            self.disposable(exchange)
                .filter(|hit| !hit.is_listed_once())
        })
    }

    /// The listing of the mail exchanger as that of a service for parked domains.
    pub fn parked_mx<'d>(&self, exchange: &'d str) -> Option<Hit<'d>> {
        if ONLY_SMALL {
            return None;
        }
        own_hit(self.parked_exchanges.longest_suffix(exchange)?)
    }

    /// The listing of a name server of the domain (the target of an NS record, or the primary
    /// one that an SOA record names) as that of a service for parked domains.
    pub fn parked_ns<'d>(&self, name_server: &'d str) -> Option<Hit<'d>> {
        own_hit(self.parked_name_servers.longest_suffix(name_server)?)
    }

    /// Whether the domain is known to be real: a provider, a relay or a known organisation.
    pub fn known(&self, domain: &str) -> bool {
        self.free(domain).is_some()
            || self.relay(domain).is_some()
            || exact(&self.known, domain).is_some()
    }
}

impl Hit<'_> {
    /// Whether one lineage alone lists the domain: weaker evidence than two that found it
    /// independently of each other.
    pub fn is_listed_once(&self) -> bool {
        self.lineages == 1
    }
}

fn exact<'d>(tree: &Tree<'_>, domain: &'d str) -> Option<Hit<'d>> {
    let matched = tree.longest_suffix(domain)?;
    own_hit(matched).filter(|_| matched.len() == domain.len())
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "every caller answers with an option"
)]
fn own_hit(matched: &str) -> Option<Hit<'_>> {
    Some(Hit {
        matched,
        lineages: 1,
        sources: OWN_SOURCE,
    })
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.as_bytes()
        .split(|byte| *byte == b'\n')
        .filter_map(|line| core::str::from_utf8(line).ok())
}

/// Takes the sections off in order.
struct Sections<'a> {
    lengths: &'a [u8],
    rest: &'a [u8],
}

impl<'a> Sections<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let (lengths, rest) = bytes
            .get(layout::HEADER..)?
            .split_at_checked(4 * layout::SECTIONS)?;
        Some(Self { lengths, rest })
    }

    fn next(&mut self) -> Option<&'a [u8]> {
        let (length, lengths) = self.lengths.split_at_checked(4)?;
        let (section, rest) = self.rest.split_at_checked(number(length) as usize)?;
        self.lengths = lengths;
        self.rest = rest;
        Some(section)
    }
}
