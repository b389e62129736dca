//! A set of domain names as a tree of labels from the top-level domain down, read in place.
//!
//! A list holds entries in any order: the label, one byte of flags that ends it,
//! and for an entry with children their list's length (two bytes) and the list. A long
//! list is grouped: the first byte that labels share, the length of their entries (two
//! bytes), and these. The outermost list is grouped. Text with flags for separators packs
//! a tenth better than labels behind their lengths.

use super::layout::{entry, number};

/// A set of names; the default is the empty one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tree<'a> {
    root: List<'a>,
}

#[derive(Debug, Clone, Copy, Default)]
struct List<'a> {
    bytes: &'a [u8],
    grouped: bool,
}

#[derive(Debug, Clone, Copy)]
struct Entry<'a> {
    flags: u8,
    children: List<'a>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            root: List {
                bytes,
                grouped: true,
            },
        }
    }

    /// Whether `label` stands at the top, as a name or on the way to one.
    pub(super) fn has_top(&self, label: &str) -> bool {
        self.root.find(label.as_bytes()).is_some()
    }

    /// The longest suffix of `domain`, on label boundaries, that is in the set.
    pub(super) fn longest_suffix<'d>(&self, domain: &'d str) -> Option<&'d str> {
        let mut list = self.root;
        let mut longest = None;
        for suffix in suffixes(domain) {
            let Some(entry) = list.find(first_label(suffix).as_bytes()) else {
                break;
            };
            if entry.flags & entry::PASSAGE == 0 {
                longest = Some(suffix);
            }
            list = entry.children;
        }
        longest
    }

    /// The public suffix of `domain` by the algorithm of the Public Suffix List: the
    /// longest rule wins, an exception beats all, and where no rule matches it is `*`.
    pub(super) fn public_suffix<'d>(&self, domain: &'d str) -> &'d str {
        let mut list = self.root;
        let mut public = "";
        for suffix in suffixes(domain) {
            let entry = list.find(first_label(suffix).as_bytes());
            match entry {
                // Its own rule less the leftmost label: the suffix one step before.
                Some(entry) if entry.flags & entry::EXCEPTION != 0 => {
                    return parent(suffix).unwrap_or_default();
                }
                Some(entry) if entry.flags & entry::PASSAGE == 0 => public = suffix,
                _ if public.is_empty() || list.find(b"*").is_some() => public = suffix,
                _ => {}
            }
            match entry {
                Some(entry) => list = entry.children,
                None => break,
            }
        }
        public
    }
}

impl<'a> List<'a> {
    fn find(self, label: &[u8]) -> Option<Entry<'a>> {
        if !self.grouped {
            return find_entry(self.bytes, label);
        }
        let wanted = label.first()?;
        let mut bytes = self.bytes;
        loop {
            let (first, after) = bytes.split_first()?;
            let (group, after) = take_counted(after)?;
            if first == wanted {
                return find_entry(group.bytes, label);
            }
            bytes = after;
        }
    }
}

fn find_entry<'a>(mut bytes: &'a [u8], label: &[u8]) -> Option<Entry<'a>> {
    loop {
        let end = bytes.iter().position(|byte| *byte < entry::END)?;
        let (this, rest) = bytes.split_at_checked(end)?;
        let (flags, rest) = rest.split_first()?;
        let (children, rest) = if flags & entry::CHILDREN == 0 {
            (List::default(), rest)
        } else {
            take_counted(rest)?
        };
        if this == label {
            return Some(Entry {
                flags: *flags,
                children,
            });
        }
        bytes = rest;
    }
}

/// Splits off a list that stands behind its length.
fn take_counted(bytes: &[u8]) -> Option<(List<'_>, &[u8])> {
    let (length, rest) = bytes.split_at_checked(2)?;
    let length = number(length) as u16;
    let (bytes, rest) = rest.split_at_checked(usize::from(length & !entry::GROUPED))?;
    let grouped = length & entry::GROUPED != 0;
    Some((List { bytes, grouped }, rest))
}

/// The suffixes of `domain` on label boundaries, shortest first, `domain` itself last.
pub(super) fn suffixes(domain: &str) -> impl Iterator<Item = &str> {
    let mut end = domain.len();
    let mut done = domain.is_empty();
    core::iter::from_fn(move || {
        if done {
            return None;
        }
        let dot = domain
            .as_bytes()
            .get(..end)?
            .iter()
            .rposition(|b| *b == b'.');
        match dot {
            Some(dot) => end = dot,
            None => done = true,
        }
        domain.get(dot.map_or(0, |dot| dot + 1)..)
    })
}

/// `domain` without its leftmost label.
pub(super) fn parent(domain: &str) -> Option<&str> {
    let dot = domain.bytes().position(|byte| byte == b'.')?;
    domain.get(dot + 1..)
}

fn first_label(domain: &str) -> &str {
    let end = domain.bytes().position(|byte| byte == b'.');
    domain
        .get(..end.unwrap_or(domain.len()))
        .unwrap_or_default()
}
