//! A world: one domain, what DNS says about it, and what is to be concluded.
//!
//! ```toml
//! [[worlds]]
//! row = "D1"                           # of docs/mail-routing.md
//! about = "one exchanger with an IPv4 address"
//! domain = "plain"
//! truth = "takes_mail"
//! result = "deliverable"
//! reasons = ["accepts_mail"]           # must be there
//! without = ["mx_cname"]               # must not, besides what the result rules out
//! names.plain = { mx = ["10 mx"] }
//! ```

use std::collections::BTreeMap;

use mailproof_core::{Deliverability, Reason};
use serde::{Deserialize, Serialize};

use super::scenario::Records;

/// Every reason that would tell a visitor that the address is bad.
const BAD_NEWS: [Reason; 6] = [
    Reason::NoSuchDomain,
    Reason::NoMailHost,
    Reason::NullMx,
    Reason::MxDead,
    Reason::MxUnroutable,
    Reason::SpecialUseDomain,
];
/// Every reason that lets the address through as good.
const GOOD_NEWS: [Reason; 2] = [Reason::AcceptsMail, Reason::ImplicitMx];

/// One row of the suite.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct World {
    /// The row of the truth table, such as `D1`.
    pub row: String,
    /// What is special about it, in a few words.
    pub about: String,
    /// The domain that is asked about.
    pub domain: String,
    /// What holds in this world, whatever the resolvers say.
    pub truth: Truth,
    /// What is to be concluded.
    pub result: Deliverability,
    /// The reasons that must be given.
    pub reasons: Vec<Reason>,
    /// Reasons that must not be given, besides those that the result rules out.
    #[serde(default)]
    pub without: Vec<Reason>,
    /// How long the edge's answer may be kept, where the world is about that.
    #[serde(default)]
    pub max_age_s: Option<u32>,
    /// Why the command line does not ask about it, where its checks of the text come first.
    #[serde(default)]
    pub not_an_address: Option<String>,
    /// What DNS has for it; names may be those of other worlds of the file too.
    #[serde(default, skip_serializing)]
    pub names: BTreeMap<String, Records>,
}

/// Whether mail would arrive, as somebody knows who sees all of DNS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Truth {
    /// Somewhere it would.
    TakesMail,
    /// Nowhere, and two sound resolvers can be asked.
    NoMail,
    /// Nobody who asks these resolvers can know.
    Unknowable,
}

impl World {
    /// All reasons that must not be given.
    pub fn forbidden(&self) -> Vec<Reason> {
        let implied: &[&[Reason]] = match self.result {
            Deliverability::Deliverable => &[&BAD_NEWS],
            Deliverability::Risky => &[&BAD_NEWS, &[Reason::DnsTimeout]],
            Deliverability::Undeliverable => &[&GOOD_NEWS],
            Deliverability::Unknown => &[&BAD_NEWS, &GOOD_NEWS],
        };
        [&implied.concat()[..], &self.without].concat()
    }

    /// Whether the conclusion is one that its truth permits: bad news only where it is true.
    pub fn is_just(&self) -> bool {
        match self.result {
            Deliverability::Undeliverable => self.truth == Truth::NoMail,
            Deliverability::Deliverable => self.truth == Truth::TakesMail,
            Deliverability::Risky | Deliverability::Unknown => true,
        }
    }
}
