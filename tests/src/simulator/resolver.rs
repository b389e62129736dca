//! How the resolvers of one stretch of time behave.

use mailproof_dns::{Query, TransportFailure};
use mailproof_laws::random::Random;

use super::domain::Domain;
use crate::resolver::{Fault, Question, RCode, message};

/// One resolver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Resolver {
    usual_ms: usize,
    mood: Mood,
}

/// What is wrong with it, and how often in a hundred queries.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mood {
    Sound,
    /// Nothing comes.
    Silent(usize),
    /// It takes this many milliseconds.
    Slow(usize),
    Fails(TransportFailure, usize),
    /// It answers, spoilt like this.
    Spoils(Box<Fault>, usize),
    /// Well-formed answers that are not true.
    Lies,
}

/// What a resolver does with one query.
pub(super) enum Said {
    /// After this many milliseconds.
    Body(u64, Vec<u8>),
    Failed(u64, TransportFailure),
    Nothing,
}

/// How many resolvers are unsound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weather {
    Healthy,
    OneUnsound,
    SomeUnsound,
    AllUnsound,
}

impl Weather {
    pub(super) fn any(random: &mut Random) -> Self {
        match random.below(10) {
            0..=2 => Self::Healthy,
            3..=6 => Self::OneUnsound,
            7 | 8 => Self::SomeUnsound,
            _ => Self::AllUnsound,
        }
    }

    /// Two to four resolvers. At most one lies: two that tell the same lie nobody can see
    /// through, which is why none that filters may be configured.
    pub(super) fn resolvers(self, random: &mut Random) -> Vec<Resolver> {
        let count = 2 + random.below(3);
        let chosen = random.below(count);
        let mut liar = random.below(count);
        let mut resolvers = Vec::new();
        for place in 0..count {
            let is_unsound = match self {
                Self::Healthy => false,
                Self::OneUnsound => place == chosen,
                Self::SomeUnsound => random.below(2) == 0,
                Self::AllUnsound => true,
            };
            let mood = match (is_unsound, random.below(5)) {
                (false, _) => Mood::Sound,
                (true, 0) if liar < count => {
                    liar = count;
                    Mood::Lies
                }
                (true, _) => Mood::unsound(random),
            };
            let usual_ms = 5 + random.below(35);
            resolvers.push(Resolver { usual_ms, mood });
        }
        resolvers
    }
}

impl Mood {
    fn unsound(random: &mut Random) -> Self {
        let often = [100, 100, 50, 10][random.below(4)];
        let spoils = |fault| Self::Spoils(Box::new(fault), often);
        let rcode = |code| Fault {
            rcode: Some(code),
            ..Fault::default()
        };
        match random.below(18) {
            0 | 1 => Self::Silent(often),
            2 | 3 => Self::Slow(100 + random.below(900)),
            4 => Self::Fails(TransportFailure::Unreachable, often),
            5 => Self::Fails(TransportFailure::Status(429), often),
            6 => Self::Fails(TransportFailure::Status(503), often),
            7 => Self::Fails(TransportFailure::ContentType, often),
            8 => Self::Fails(TransportFailure::TooLarge, often),
            9 => spoils(rcode(RCode::Servfail)),
            10 => spoils(rcode(RCode::Refused)),
            11 => spoils(Fault {
                rcode: Some(RCode::Nxdomain),
                no_soa: true,
                ..Fault::default()
            }),
            12 => spoils(Fault {
                rcode: Some(RCode::Nxdomain),
                ede: vec![15],
                ..Fault::default()
            }),
            13 => spoils(Fault {
                wrong_question: true,
                ..Fault::default()
            }),
            14 => spoils(Fault {
                truncated: true,
                ..Fault::default()
            }),
            15 => spoils(Fault {
                half_message: true,
                ..Fault::default()
            }),
            16 => spoils(Fault {
                strangers: true,
                ..Fault::default()
            }),
            _ => spoils(Fault {
                referral: true,
                ..Fault::default()
            }),
        }
    }
}

impl Resolver {
    /// A sound one that takes no time to speak of.
    pub(super) const fn prompt() -> Self {
        Self {
            usual_ms: 1,
            mood: Mood::Sound,
        }
    }

    pub(super) fn lies(&self) -> bool {
        self.mood == Mood::Lies
    }

    /// What comes of a query about a name of `domain`.
    pub(super) fn reply(&self, query: &Query, domain: &Domain, random: &mut Random) -> Said {
        let mut latency_ms = self.latency_ms(random);
        let mut happens = |often: usize| random.below(100) < often;
        let spoilt = match &self.mood {
            Mood::Silent(often) if happens(*often) => return Said::Nothing,
            Mood::Fails(failure, often) if happens(*often) => {
                return Said::Failed(latency_ms, *failure);
            }
            Mood::Spoils(fault, often) if happens(*often) => Some((**fault).clone()),
            Mood::Slow(more_ms) => {
                latency_ms += *more_ms as u64;
                None
            }
            Mood::Lies => lie(random),
            _ => None,
        };
        answer(query, domain, spoilt, latency_ms)
    }

    /// Mostly about the usual; three in a hundred take three to ten times as long, and never
    /// more than 250 ms.
    fn latency_ms(&self, random: &mut Random) -> u64 {
        let usual = self.usual_ms * (70 + random.below(60)) / 100;
        let times = if random.below(100) < 3 {
            3 + random.below(8)
        } else {
            1
        };
        (1 + usual * times).min(250) as u64
    }
}

/// What one who lies makes of an answer; now and then the truth.
fn lie(random: &mut Random) -> Option<Fault> {
    let of = |name: &str| {
        Some(Fault {
            records_of: Some(name.to_owned()),
            ..Fault::default()
        })
    };
    match random.below(10) {
        0 | 1 => Some(Fault {
            rcode: Some(RCode::Nxdomain),
            ..Fault::default()
        }),
        2 => Some(Fault {
            rcode: Some(RCode::Noerror),
            ..Fault::default()
        }),
        3 => of("nothing.lies.net"),
        4 => of("null.lies.net"),
        5 => of("inside.lies.net"),
        6 => of("sinkhole.lies.net"),
        // As broken forwarders say of whatever they do not understand.
        7 => Some(Fault {
            rcode: Some(RCode::Noerror),
            no_soa: true,
            ..Fault::default()
        }),
        _ => None,
    }
}

fn answer(query: &Query, domain: &Domain, spoilt: Option<Fault>, latency_ms: u64) -> Said {
    let Some(question) = Question::read(&query.message) else {
        return Said::Failed(latency_ms, TransportFailure::Status(400));
    };
    // Whoever serves the end of the aliases decides.
    let name = domain.end_of(question.name());
    let own = domain.scenario.fault("", &name, &question.record_type(), 0);
    // What only spoils an answer needs one; where the name servers gave none, nothing is spoilt.
    let needs_answer = |fault: &Fault| fault.rcode.is_none() && fault.records_of.is_none();
    let spoilt = spoilt.filter(|fault| own.is_none() || !needs_answer(fault));
    let fault = spoilt.or_else(|| own.cloned()).unwrap_or_default();
    if fault.silent {
        return Said::Nothing;
    }
    match message::answer(&domain.scenario, &question, &fault) {
        Ok(body) => Said::Body(latency_ms + fault.delay_ms, body),
        Err(_) => Said::Failed(latency_ms, TransportFailure::Status(500)),
    }
}
