//! A place that mail could go to: a host with addresses, or what stands in its stead.

use std::net::{IpAddr, Ipv4Addr};

use mailproof_core::is_special_use;

use crate::answer::{Content, Exchange};
use crate::query::{RecordType, WireName};
use crate::question::Question;
use crate::special_purpose::is_globally_reachable;
use crate::standing::Standing;

/// The questions for the addresses of one name.
#[derive(Debug)]
pub(crate) struct Host {
    a: Question,
    aaaa: Question,
}

impl Host {
    /// Begins the two questions with two different resolvers: a name that does not exist is
    /// then witnessed twice without a further query.
    pub(crate) fn new(name: &WireName) -> Self {
        Self {
            a: Question::new(name.clone(), RecordType::A, 0),
            aaaa: Question::new(name.clone(), RecordType::Aaaa, 1),
        }
    }

    pub(crate) fn questions(&self) -> [&Question; 2] {
        [&self.a, &self.aaaa]
    }

    pub(crate) fn questions_mut(&mut self) -> [&mut Question; 2] {
        [&mut self.a, &mut self.aaaa]
    }

    /// What is known; `None` while answers that could change it are to come.
    pub(crate) fn standing(&self, resolvers: usize) -> Option<Standing> {
        let [a, aaaa] = self
            .questions()
            .map(|question| question.standing(resolvers));
        match (a, aaaa) {
            (Some(Standing::Reachable), _) | (_, Some(Standing::Reachable)) => {
                Some(Standing::Reachable)
            }
            _ if self.is_nxdomain_confirmed() => Some(Standing::Dead),
            (Some(a), Some(aaaa)) => Some(a.join(aaaa)),
            _ => None,
        }
    }

    /// Sends nothing any more.
    pub(crate) fn close(&mut self) {
        self.questions_mut().into_iter().for_each(Question::close);
    }

    /// Asks for second witnesses where there are none yet: for one kind of addresses while all
    /// say that the name does not exist, for that is then said of both.
    pub(crate) fn confirm(&mut self) {
        if self.is_nxdomain_confirmed() {
            return;
        }
        self.a.confirm();
        if self.exists() {
            self.aaaa.confirm();
        }
    }

    /// Whether somebody said that the name exists, with or without addresses.
    pub(crate) fn exists(&self) -> bool {
        self.questions().into_iter().any(Question::exists)
    }

    /// Whether two resolvers agree on each question, or on the name's not existing.
    pub(crate) fn is_confirmed(&self) -> bool {
        self.is_nxdomain_confirmed() || self.questions().iter().all(|one| one.is_confirmed())
    }

    /// Whether the name is an alias of the one with the addresses.
    pub(crate) fn is_aliased(&self) -> bool {
        let mut answers = self.questions().into_iter().flat_map(Question::answers);
        answers.any(|answer| answer.content == Content::Addresses { aliased: true })
    }

    /// Whether somebody said that the name does not exist.
    pub(crate) fn is_missing(&self) -> bool {
        self.nxdomain_witnesses().next().is_some()
    }

    fn nxdomain_witnesses(&self) -> impl Iterator<Item = usize> {
        let questions = self.questions().into_iter();
        questions.flat_map(Question::nxdomain_witnesses)
    }

    fn is_nxdomain_confirmed(&self) -> bool {
        let mut witnesses = self.nxdomain_witnesses();
        let first = witnesses.next();
        first.is_some_and(|first| witnesses.any(|other| other != first))
    }
}

/// A mail exchanger and what is known of it.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) exchange: Exchange,
    pub(crate) place: Place,
}

/// Where an exchanger is.
#[derive(Debug)]
pub(crate) enum Place {
    /// Known without asking.
    Fixed(Standing),
    /// To be asked for.
    Host(Host),
}

impl Target {
    pub(crate) fn new(exchange: Exchange) -> Self {
        let text = exchange.host.to_string();
        let place = if let Ok(address) = text.parse::<Ipv4Addr>() {
            let routable = is_globally_reachable(IpAddr::V4(address));
            Place::Fixed(if routable {
                Standing::Literal
            } else {
                Standing::Unroutable
            })
        } else if is_special_use(&text) {
            Place::Fixed(Standing::Unroutable)
        } else {
            Place::Host(Host::new(&exchange.host))
        };
        Self { exchange, place }
    }

    pub(crate) fn host(&self) -> Option<&Host> {
        match &self.place {
            Place::Host(host) => Some(host),
            Place::Fixed(_) => None,
        }
    }

    pub(crate) fn host_mut(&mut self) -> Option<&mut Host> {
        match &mut self.place {
            Place::Host(host) => Some(host),
            Place::Fixed(_) => None,
        }
    }

    pub(crate) fn standing(&self, resolvers: usize) -> Option<Standing> {
        match &self.place {
            Place::Fixed(standing) => Some(*standing),
            Place::Host(host) => host.standing(resolvers),
        }
    }

    pub(crate) fn is_confirmed(&self) -> bool {
        self.host().is_none_or(Host::is_confirmed)
    }
}
