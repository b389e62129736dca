//! The DNS message that answers one question by the scenario.

use domain::base::iana::{Class, ExtendedErrorCode, Rcode, Rtype};
use domain::base::message_builder::{AnswerBuilder, PushError};
use domain::base::opt::exterr::ExtendedError;
use domain::base::{Message, MessageBuilder, Name, Serial, Ttl};
use domain::rdata::{A, Aaaa, Cname, Mx, Ns, Soa, Txt};

use super::scenario::{Fault, Known, RCode, Records, Scenario};

type WireName = Name<Vec<u8>>;

/// Aliases followed, as in a real resolver; a loop ends in SERVFAIL.
const MAX_ALIASES: usize = 12;

/// The question of a request.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    id: u16,
    name: WireName,
    rtype: Rtype,
}

impl Question {
    /// Reads the question; `None` for anything that is not one plain query.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let message = Message::from_octets(body).ok()?;
        let question = message.sole_question().ok()?;
        let is_query = !message.header().qr() && question.qclass() == Class::IN;
        let name = question
            .qname()
            .to_string()
            .to_ascii_lowercase()
            .parse()
            .ok()?;
        let (id, rtype) = (message.header().id(), question.qtype());
        is_query.then_some(Self { id, name, rtype })
    }

    /// The name in lower case without the final dot.
    pub(crate) fn name(&self) -> String {
        self.name.to_string()
    }

    /// The type's name, such as `MX`.
    pub(crate) fn record_type(&self) -> String {
        self.rtype.to_string()
    }
}

/// What to answer, before it is put on the wire.
struct Plan<'a> {
    rcode: Rcode,
    aliases: Vec<(String, String)>,
    /// The last name, and its records if there are any.
    owner: String,
    records: Option<&'a Records>,
}

/// The answer to `question`, spoilt as `fault` says.
pub(crate) fn answer(
    scenario: &Scenario,
    question: &Question,
    fault: &Fault,
) -> Result<Vec<u8>, PushError> {
    let plan = plan(scenario, question, fault);
    let mut builder = MessageBuilder::new_vec();
    let header = builder.header_mut();
    header.set_id(question.id ^ u16::from(fault.wrong_id));
    header.set_qr(!fault.echo);
    header.set_rd(true);
    header.set_ra(true);
    header.set_rcode(plan.rcode);
    header.set_tc(fault.truncated || fault.more_to_come);
    let mut builder = builder.question();
    let other = wire("another.question.invalid");
    let asked = if fault.wrong_question {
        &other
    } else {
        &question.name
    };
    for _ in 0..=u8::from(fault.two_questions) {
        builder.push((asked, question.rtype))?;
    }
    let mut builder = builder.answer();
    if !fault.truncated && !fault.echo && !fault.referral {
        for _ in 0..fault.repeat.max(1) {
            plan.push(&mut builder, question.rtype, scenario.ttl_s, fault)?;
        }
    }
    let aliases = plan.aliases.len().try_into().unwrap_or(0);
    let has_answer = builder.counts().ancount() > aliases || fault.alias_only;
    let mut builder = builder.authority();
    let is_denial = matches!(plan.rcode, Rcode::NOERROR | Rcode::NXDOMAIN) && !has_answer;
    if is_denial && !fault.no_soa && !fault.truncated {
        let zone = wire(scenario.zone_of(&plan.owner));
        if fault.referral {
            builder.push((&zone, scenario.ttl_s, Ns::new(&zone)))?;
        } else {
            let time = Ttl::from_secs(scenario.negative_ttl_s);
            let server = wire(scenario.name_server_of(&plan.owner));
            let soa = Soa::new(&server, &zone, Serial(1), time, time, time, time);
            builder.push((&zone, scenario.negative_ttl_s, soa))?;
        }
    }
    let mut builder = builder.additional();
    if !fault.ede.is_empty() {
        builder.opt(|opt| {
            let codes = fault
                .ede
                .iter()
                .map(|code| ExtendedErrorCode::from_int(*code));
            codes
                .map(ExtendedError::<Vec<u8>>::from)
                .try_for_each(|error| opt.push(&error))
        })?;
    }
    let mut message = builder.finish();
    if fault.pointer_loop {
        point_to_itself(&mut message, question);
    }
    if fault.half_message {
        message.truncate(message.len() / 2);
    }
    Ok(message)
}

/// Makes the name of the first record after the question a compression pointer to itself.
fn point_to_itself(message: &mut [u8], question: &Question) {
    // The header, the name and its type and class.
    let at = 12 + question.name.len() + 4;
    let pointer = u16::try_from(at).unwrap_or_default() | 0xc000;
    if let Some(name) = message.get_mut(at..at + 2) {
        name.copy_from_slice(&pointer.to_be_bytes());
    }
}

fn plan<'a>(scenario: &'a Scenario, question: &Question, fault: &'a Fault) -> Plan<'a> {
    let mut owner = question.name();
    let mut aliases = Vec::new();
    let mut known = match (&fault.rcode, &fault.records_of) {
        (Some(_), _) => Known::Missing,
        (None, Some(other)) => scenario.known(other),
        (None, None) => scenario.known(&owner),
    };
    while let Known::Records(Records {
        cname: Some(target),
        ..
    }) = known
    {
        if aliases.len() >= MAX_ALIASES {
            return Plan {
                rcode: Rcode::SERVFAIL,
                aliases: Vec::new(),
                owner,
                records: None,
            };
        }
        let alias = std::mem::replace(&mut owner, target.clone());
        aliases.push((alias, owner.clone()));
        known = scenario.known(&owner);
    }
    let (rcode, records) = match known {
        Known::Records(records) => (Rcode::NOERROR, Some(records)),
        Known::Empty => (Rcode::NOERROR, None),
        Known::Missing => (Rcode::NXDOMAIN, None),
        Known::Elsewhere => (Rcode::REFUSED, None),
    };
    let rcode = fault.rcode.map_or(rcode, rcode_of);
    Plan {
        rcode,
        aliases,
        owner,
        records,
    }
}

impl Plan<'_> {
    fn push(
        &self,
        builder: &mut AnswerBuilder<Vec<u8>>,
        rtype: Rtype,
        ttl_s: u32,
        fault: &Fault,
    ) -> Result<(), PushError> {
        let class = if fault.wrong_class {
            Class::CH
        } else {
            Class::IN
        };
        for (owner, target) in &self.aliases {
            builder.push((wire(owner), class, ttl_s, Cname::new(wire(target))))?;
        }
        let (mut owner, Some(records)) = (wire(&self.owner), self.records) else {
            return Ok(());
        };
        if fault.alias_only {
            return Ok(());
        }
        if fault.strangers {
            owner = wire("somebody-else.net");
        }
        let ttl = Ttl::from_secs(records.ttl_s.unwrap_or(ttl_s));
        match rtype {
            Rtype::MX => records.exchangers().try_for_each(|(preference, host)| {
                builder.push((&owner, class, ttl, Mx::new(preference, wire(host))))
            }),
            Rtype::A => records
                .a
                .iter()
                .try_for_each(|a| builder.push((&owner, class, ttl, A::new(*a)))),
            Rtype::AAAA => records
                .aaaa
                .iter()
                .try_for_each(|aaaa| builder.push((&owner, class, ttl, Aaaa::new(*aaaa)))),
            Rtype::TXT => records.txt.iter().try_for_each(|text| {
                let text = Txt::<Vec<u8>>::build_from_slice(text.as_bytes());
                builder.push((&owner, class, ttl, text.map_err(|_| PushError::ShortBuf)?))
            }),
            _ => Ok(()),
        }
    }
}

/// A name of the scenario; the root for one that is not a name.
fn wire(name: &str) -> WireName {
    Name::from_chars(name.chars()).unwrap_or_else(|_| Name::root())
}

fn rcode_of(code: RCode) -> Rcode {
    match code {
        RCode::Noerror => Rcode::NOERROR,
        RCode::Formerr => Rcode::FORMERR,
        RCode::Servfail => Rcode::SERVFAIL,
        RCode::Nxdomain => Rcode::NXDOMAIN,
        RCode::Notimp => Rcode::NOTIMP,
        RCode::Refused => Rcode::REFUSED,
        RCode::Notauth => Rcode::NOTAUTH,
        RCode::Yxdomain => Rcode::YXDOMAIN,
    }
}
