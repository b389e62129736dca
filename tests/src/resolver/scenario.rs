//! The scenario file.
//!
//! ```toml
//! zones = ["shop.net"]                 # names below that have no entry do not exist
//! ttl_s = 300
//! negative_ttl_s = 60
//!
//! [names."shop.net"]
//! mx = ["10 mx.shop.net"]
//! [names."mx.shop.net"]
//! a = ["45.9.8.7"]
//! [names."*.wild.shop.net"]            # any name below without an entry of its own
//! cname = "shop.net"
//!
//! [[names."odd.shop.net".faults]]      # the first fault that fits is played
//! at = "b"                             # only this resolver; all without it
//! on = ["MX"]                          # only these types; all without it
//! rcode = "servfail"
//!
//! [[names."odd.shop.net".faults]]
//! after = 3                            # not for the first three questions about the name
//! silent = true
//!
//! [[faults]]                           # the same for every name
//! at = "c"
//! silent = true
//! ```
//!
//! A name with an entry has exactly the records of the entry. Names outside every zone and
//! without an entry are REFUSED: the scenario does not know them.
//!
//! With `origin = "shop.net"` names are written as in a zone file (RFC 1035 §5.1): relative
//! to the origin, unless they end in a dot. `[[worlds]]` are in [`super::world`].

use std::collections::BTreeMap;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Serialize};

use super::matrix::MatrixRow;
use super::world::World;

/// A whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Scenario {
    /// What names that do not end in a dot are relative to; nothing if empty. A zone, too.
    pub origin: String,
    /// The zones that the scenario knows wholly, always absolute.
    pub zones: Vec<String>,
    /// TTL of all records; 300 if 0.
    pub ttl_s: u32,
    /// TTL and minimum of all SOA records; 60 if 0.
    pub negative_ttl_s: u32,
    /// Records and faults by name, in lower case without the final dot.
    pub names: BTreeMap<String, Records>,
    /// Faults of whole resolvers.
    pub faults: Vec<Fault>,
    /// Domains of which it is known what to conclude; their names are in `names` as well.
    pub worlds: Vec<World>,
    /// Faults of which each makes nine worlds.
    pub matrix: Vec<MatrixRow>,
}

/// What one name has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Records {
    /// Mail exchangers as `preference host`.
    pub mx: Vec<String>,
    /// IPv4 addresses.
    pub a: Vec<Ipv4Addr>,
    /// IPv6 addresses.
    pub aaaa: Vec<Ipv6Addr>,
    /// TXT records.
    pub txt: Vec<String>,
    /// The name that this one is an alias of.
    pub cname: Option<String>,
    /// The first name server of its zone, as denials name it; the zone itself without one.
    pub name_server: Option<String>,
    /// TTL of its records, instead of the scenario's.
    pub ttl_s: Option<u32>,
    /// Faults of this name, tried before the scenario's.
    pub faults: Vec<Fault>,
}

/// What goes wrong, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the file by its own name"
)]
pub struct Fault {
    /// Only at the resolver of this name.
    pub at: Option<String>,
    /// Only for these record types.
    pub on: Vec<String>,
    /// Only once the name has been asked about this many times, at any resolver.
    pub after: usize,
    /// Milliseconds to wait before whatever else happens.
    pub delay_ms: u64,
    /// No answer at all; the connection stays open.
    pub silent: bool,
    /// The connection is closed instead of an answer.
    pub closed: bool,
    /// The connection is reset instead of an answer (a TCP RST).
    pub reset: bool,
    /// An HTTP status instead of an answer.
    pub status: Option<u16>,
    /// Where else to ask, with `status`: a path of this server.
    pub location: Option<String>,
    /// The media type of the answer, instead of DNS's.
    pub content_type: Option<String>,
    /// Seconds that an HTTP cache claims to have held the answer.
    pub age_s: Option<u32>,
    /// Milliseconds that the body takes, octet by octet, once the headers are there.
    pub slow_body_ms: u64,
    /// The body ends after half the octets that were promised, and the connection with it.
    pub cut_body: bool,
    /// A body that is no DNS message.
    pub garbage: bool,
    /// A body of more than 64 KiB.
    pub oversize: bool,
    /// Half a DNS message, complete as an HTTP body.
    pub half_message: bool,
    /// The answer to another question.
    pub wrong_question: bool,
    /// Another message ID than the question's.
    pub wrong_id: bool,
    /// The question itself comes back, QR unset.
    pub echo: bool,
    /// The question twice.
    pub two_questions: bool,
    /// Records of class CH.
    pub wrong_class: bool,
    /// The records belong to a name that nobody asked about.
    pub strangers: bool,
    /// The first record's name is a compression pointer to itself.
    pub pointer_loop: bool,
    /// Every record this many times.
    pub repeat: u16,
    /// No records, and TC set.
    pub truncated: bool,
    /// All records, and TC set.
    pub more_to_come: bool,
    /// The aliases, and nothing about where they lead.
    pub alias_only: bool,
    /// A referral: no answer, and the name servers of the zone (RFC 2308 §2.2).
    pub referral: bool,
    /// This response code, without records.
    pub rcode: Option<RCode>,
    /// These extended errors (RFC 8914).
    pub ede: Vec<u16>,
    /// Denials come without their SOA.
    pub no_soa: bool,
    /// Answers with the records of another name.
    pub records_of: Option<String>,
}

/// Response codes that a fault can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names of RFC 1035 §4.1.1 say it")]
pub enum RCode {
    Noerror,
    Formerr,
    Servfail,
    Nxdomain,
    Notimp,
    Refused,
    Notauth,
    Yxdomain,
}

/// Why a text is not a scenario.
#[derive(Debug)]
pub struct ScenarioError(String);

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ScenarioError {}

/// What a scenario knows about a name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Known<'a> {
    /// These are its records.
    Records(&'a Records),
    /// It has no records, yet names below it have.
    Empty,
    /// It does not exist.
    Missing,
    /// It lies in no zone of the scenario.
    Elsewhere,
}

impl Scenario {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// The TOML error, or the entry that cannot be served.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let mut scenario: Self = toml::from_str(text).map_err(|e| ScenarioError(e.to_string()))?;
        scenario.take_in_worlds();
        if !scenario.origin.is_empty() {
            scenario.qualify();
        }
        for (unset, value) in [
            (&mut scenario.ttl_s, 300),
            (&mut scenario.negative_ttl_s, 60),
        ] {
            if *unset == 0 {
                *unset = value;
            }
        }
        for (name, records) in &scenario.names {
            records
                .check()
                .map_err(|why| ScenarioError(format!("{name}: {why}")))?;
        }
        Ok(scenario)
    }

    /// The same with the names, zones, faults and worlds of another; this one's TTLs hold.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.zones.extend(other.zones);
        self.names.extend(other.names);
        self.faults.extend(other.faults);
        self.worlds.extend(other.worlds);
        self
    }

    fn take_in_worlds(&mut self) {
        let cells = self.matrix.iter().flat_map(MatrixRow::worlds);
        self.worlds.extend(cells);
        for world in &mut self.worlds {
            self.names.append(&mut world.names);
        }
    }

    /// Makes every name absolute.
    fn qualify(&mut self) {
        let origin = std::mem::take(&mut self.origin);
        let names = std::mem::take(&mut self.names).into_iter();
        let names = names.map(|(name, records)| (absolute(&name, &origin), records));
        self.names = names.collect();
        for records in self.names.values_mut() {
            records.qualify(&origin);
        }
        for world in &mut self.worlds {
            world.domain = absolute(&world.domain, &origin);
        }
        self.zones.push(origin);
    }

    pub(super) fn known(&self, name: &str) -> Known<'_> {
        if let Some(records) = self.names.get(name).or_else(|| self.wildcard(name)) {
            return Known::Records(records);
        }
        if self.names.keys().any(|known| is_below(known, name)) {
            return Known::Empty;
        }
        if self
            .zones
            .iter()
            .any(|zone| zone == name || is_below(name, zone))
        {
            return Known::Missing;
        }
        Known::Elsewhere
    }

    /// The first name server that the SOA about `name` names.
    pub(super) fn name_server_of<'n>(&'n self, name: &'n str) -> &'n str {
        let own = match self.known(name) {
            Known::Records(records) => records.name_server.as_deref(),
            _ => None,
        };
        own.unwrap_or_else(|| self.zone_of(name))
    }

    /// The zone whose SOA vouches for `name`: its zone in the scenario, else itself.
    pub(super) fn zone_of<'n>(&'n self, name: &'n str) -> &'n str {
        let zones = self
            .zones
            .iter()
            .filter(|zone| *zone == name || is_below(name, zone));
        zones
            .max_by_key(|zone| zone.len())
            .map_or(name, String::as_str)
    }

    /// The first fault for this question at this resolver; `asked` times the name has been
    /// asked about before.
    pub(crate) fn fault(
        &self,
        resolver: &str,
        name: &str,
        record_type: &str,
        asked: usize,
    ) -> Option<&Fault> {
        let own = match self.known(name) {
            Known::Records(records) => records.faults.as_slice(),
            _ => &[],
        };
        own.iter().chain(&self.faults).find(|fault| {
            fault.at.as_deref().is_none_or(|at| at == resolver)
                && fault.after <= asked
                && (fault.on.is_empty() || fault.on.iter().any(|on| on == record_type))
        })
    }

    /// The entry `*.parent` of the nearest parent that has one (RFC 4592, without its rule
    /// about names that exist only because others lie below).
    fn wildcard(&self, name: &str) -> Option<&Records> {
        let (_, parent) = name.split_once('.')?;
        self.names
            .get(&format!("*.{parent}"))
            .or_else(|| self.wildcard(parent))
    }
}

impl Records {
    /// The exchangers as preference and host.
    pub(super) fn exchangers(&self) -> impl Iterator<Item = (u16, &str)> {
        self.mx.iter().filter_map(|text| exchanger(text))
    }

    fn qualify(&mut self, origin: &str) {
        for text in &mut self.mx {
            if let Some((preference, host)) = text.split_once(' ') {
                *text = format!("{preference} {}", absolute(host, origin));
            }
        }
        let faults = self.faults.iter_mut();
        let others = faults.filter_map(|fault| fault.records_of.as_mut());
        let named = self.cname.iter_mut().chain(self.name_server.iter_mut());
        for name in named.chain(others) {
            *name = absolute(name, origin);
        }
    }

    fn check(&self) -> Result<(), String> {
        match self.mx.iter().find(|text| exchanger(text).is_none()) {
            Some(text) => Err(format!("not `preference host`: {text}")),
            None => Ok(()),
        }
    }
}

/// A name of a zone file without its final dot; the root stays.
fn absolute(name: &str, origin: &str) -> String {
    match name.strip_suffix('.') {
        Some("") => name.to_owned(),
        Some(absolute) => absolute.to_owned(),
        None if name == "@" => origin.to_owned(),
        None => format!("{name}.{origin}"),
    }
}

fn exchanger(text: &str) -> Option<(u16, &str)> {
    let (preference, host) = text.split_once(' ')?;
    let is_name = host.parse::<domain::base::Name<Vec<u8>>>().is_ok();
    Some((preference.parse().ok()?, host)).filter(|_| is_name)
}

fn is_below(name: &str, parent: &str) -> bool {
    name.strip_suffix(parent)
        .is_some_and(|rest| rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_by_entry_wildcard_or_zone() {
        let scenario = Scenario::parse(
            "zones = ['shop.net']\n[names.'a.b.shop.net']\n[names.'*.wild.shop.net']\ncname = 'x'\n[names.'free.org']",
        )
        .unwrap();
        assert!(matches!(scenario.known("a.b.shop.net"), Known::Records(_)));
        assert!(matches!(
            scenario.known("any.wild.shop.net"),
            Known::Records(_)
        ));
        assert_eq!(scenario.known("b.shop.net"), Known::Empty);
        assert_eq!(scenario.known("c.shop.net"), Known::Missing);
        assert_eq!(scenario.known("c.free.org"), Known::Elsewhere);
        assert_eq!(scenario.known("myshop.net"), Known::Elsewhere);
        assert_eq!(scenario.zone_of("c.shop.net"), "shop.net");
        assert_eq!(scenario.zone_of("free.org"), "free.org");
    }

    #[test]
    fn with_an_origin_names_are_relative_unless_they_end_in_a_dot() {
        let scenario = Scenario::parse(
            "origin = 'shop.net'\n[names.a]\nmx = ['0 .', '5 mx', '6 mx.example.']\n[names.'free.org.']\ncname = '@'",
        )
        .unwrap();
        assert_eq!(
            scenario.names["a.shop.net"].mx,
            ["0 .", "5 mx.shop.net", "6 mx.example"]
        );
        assert_eq!(
            scenario.names["free.org"].cname.as_deref(),
            Some("shop.net")
        );
        assert_eq!(scenario.known("b.shop.net"), Known::Missing);
    }

    #[test]
    fn slips_in_the_file_are_errors() {
        for text in [
            "zone = []",
            "[names.x]\nmx = ['mail']",
            "[names.x]\nmx = ['10 a..b']",
            "[[faults]]\nrcode = 'nope'",
        ] {
            assert!(Scenario::parse(text).is_err(), "{text}");
        }
    }
}
