//! The fault matrix: each way in which an answer can fail, at the first resolver, at the
//! second and at all of them, for a domain that takes mail, one that refuses it and one that
//! does not exist. Each cell is a world.
//!
//! ```toml
//! [[matrix]]
//! name = "silence"
//! fault = { silent = true }
//! at_all = "dns_timeout"               # the reason where no resolver is sound; none if it does no harm
//! ```

use mailproof_core::{Deliverability, Reason};
use serde::Deserialize;

use super::scenario::{Fault, Records};
use super::world::{Truth, World};

/// One row of the matrix.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatrixRow {
    /// Of the fault; the cells' domains begin with it.
    pub name: String,
    /// What goes wrong.
    pub fault: Fault,
    /// What is said when it goes wrong at every resolver.
    #[serde(default)]
    pub at_all: Option<Reason>,
}

/// Resolvers are named a, b and c.
const PLACES: [(&str, Option<&str>); 3] =
    [("first", Some("a")), ("second", Some("b")), ("all", None)];

const KINDS: [(&str, Truth, Deliverability, Reason); 3] = [
    (
        "good",
        Truth::TakesMail,
        Deliverability::Deliverable,
        Reason::AcceptsMail,
    ),
    (
        "null",
        Truth::NoMail,
        Deliverability::Undeliverable,
        Reason::NullMx,
    ),
    (
        "gone",
        Truth::NoMail,
        Deliverability::Undeliverable,
        Reason::NoSuchDomain,
    ),
];

impl MatrixRow {
    /// Its nine cells.
    pub(super) fn worlds(&self) -> impl Iterator<Item = World> {
        let cells = PLACES
            .into_iter()
            .flat_map(|place| KINDS.map(|kind| (place, kind)));
        cells.map(|((place, at), (kind, truth, result, reason))| {
            let at_all = self.at_all.filter(|_| at.is_none());
            let known = (truth, result, reason);
            let (truth, result, reason) = at_all.map_or(known, |reason| {
                (Truth::Unknowable, Deliverability::Unknown, reason)
            });
            // Registered each for itself: of names below one domain the edge takes a hundred.
            let domain = format!("mailproof-{}-{place}-{kind}.com.", self.name);
            World {
                row: "D10".to_owned(),
                about: format!("{} at {place}", self.name),
                names: [(domain.clone(), self.records(at, kind))].into(),
                domain,
                truth,
                result,
                reasons: vec![reason],
                without: Vec::new(),
                max_age_s: None,
                not_an_address: None,
            }
        })
    }

    fn records(&self, at: Option<&str>, kind: &str) -> Records {
        let mx = match kind {
            "good" => vec!["10 mx".to_owned()],
            "null" => vec!["0 .".to_owned()],
            _ => Vec::new(),
        };
        let fault = Fault {
            at: at.map(str::to_owned),
            ..self.fault.clone()
        };
        // Names with an entry exist, so that it has to be said of one that it does not.
        let gone = Fault {
            records_of: Some("nobody-has-this".to_owned()),
            ..Fault::default()
        };
        let spoilt_gone = Fault {
            records_of: gone.records_of.clone(),
            ..fault.clone()
        };
        let faults = if kind == "gone" {
            vec![spoilt_gone, gone]
        } else {
            vec![fault]
        };
        Records {
            mx,
            faults,
            ..Records::default()
        }
    }
}
