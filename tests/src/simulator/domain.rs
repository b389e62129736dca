//! A domain whose truth is known, and what DNS has for it.

use std::net::{Ipv4Addr, Ipv6Addr};

use mailproof_core::Reason;
use mailproof_laws::random::Random;

use crate::resolver::{Fault, RCode, Records, Scenario};

/// What is asked about.
pub(super) const NAME: &str = "shop.nl";
/// The zone of all exchangers.
const HOSTS: &str = "mail-hosts.net";

/// A domain, and who would tell what about it if nothing went wrong on the way.
#[derive(Debug, Clone)]
pub(super) struct Domain {
    pub(super) scenario: Scenario,
    pub(super) truth: Truth,
    /// Some of its name servers answer nobody, so that nobody can know all.
    pub(super) is_lame: bool,
}

/// Where its mail would go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Truth {
    /// To an exchanger, or to the domain's own address.
    Taken,
    NoSuchDomain,
    NoMailHost,
    NullMx,
    /// No exchanger has an address.
    Dead,
    /// Some exchanger, or the domain itself, has addresses, and none is routable.
    Unroutable,
}

impl Truth {
    /// The reason of the bad news that it is; none for good news.
    pub(super) const fn bad_news(self) -> Option<Reason> {
        match self {
            Self::Taken => None,
            Self::NoSuchDomain => Some(Reason::NoSuchDomain),
            Self::NoMailHost => Some(Reason::NoMailHost),
            Self::NullMx => Some(Reason::NullMx),
            Self::Dead => Some(Reason::MxDead),
            Self::Unroutable => Some(Reason::MxUnroutable),
        }
    }
}

/// What one host is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Host {
    Public,
    Private,
    Empty,
    Missing,
    /// Its name servers do not answer; it may well be public.
    Lame,
}

impl Domain {
    /// One of the kinds that the Internet has, the good ones most often.
    pub(super) fn any(random: &mut Random) -> Self {
        let mut scenario = Scenario {
            zones: vec!["nl".to_owned(), "net".to_owned()],
            ttl_s: 300,
            negative_ttl_s: 60,
            ..Scenario::default()
        };
        add_lies(&mut scenario);
        let (truth, is_lame) = match random.below(20) {
            0 => (Truth::NoSuchDomain, false),
            1 => {
                scenario.names.insert(NAME.to_owned(), Records::default());
                (Truth::NoMailHost, false)
            }
            2 => {
                let mx = vec!["0 .".to_owned()];
                add(
                    &mut scenario,
                    NAME,
                    Records {
                        mx,
                        ..addresses(Host::Public, random)
                    },
                );
                (Truth::NullMx, false)
            }
            3 => (Truth::Taken, add_lame(&mut scenario, NAME, random)),
            4..=6 => implicit(&mut scenario, random),
            _ => with_exchangers(&mut scenario, random),
        };
        if random.below(8) == 0 {
            alias(&mut scenario);
        }
        Self {
            scenario,
            truth,
            is_lame,
        }
    }

    /// Where the aliases of a name end; the simulator makes no circles.
    pub(super) fn end_of(&self, name: String) -> String {
        match self.scenario.names.get(&name) {
            Some(Records {
                cname: Some(target),
                ..
            }) => self.end_of(target.clone()),
            _ => name,
        }
    }
}

fn implicit(scenario: &mut Scenario, random: &mut Random) -> (Truth, bool) {
    let is_private = random.below(4) == 0;
    let host = if is_private {
        Host::Private
    } else {
        Host::Public
    };
    add(scenario, NAME, addresses(host, random));
    let truth = if is_private {
        Truth::Unroutable
    } else {
        Truth::Taken
    };
    (truth, false)
}

fn with_exchangers(scenario: &mut Scenario, random: &mut Random) -> (Truth, bool) {
    let count = 1 + random.below(6);
    let is_good = random.below(4) > 0;
    let hosts: Vec<Host> = (0..count).map(|_| any_host(is_good, random)).collect();
    let mut mx = Vec::new();
    for (place, host) in hosts.iter().enumerate() {
        let name = format!("mx{place}.{HOSTS}");
        mx.push(format!("{} {name}", 10 * (1 + random.below(3))));
        match host {
            Host::Missing => {}
            Host::Lame => {
                add_lame(scenario, &name, random);
            }
            known if random.below(8) == 0 => {
                let target = format!("real{place}.{HOSTS}");
                add(scenario, &target, addresses(*known, random));
                let cname = Some(target);
                add(
                    scenario,
                    &name,
                    Records {
                        cname,
                        ..Records::default()
                    },
                );
            }
            known => add(scenario, &name, addresses(*known, random)),
        }
    }
    add(
        scenario,
        NAME,
        Records {
            mx,
            ..Records::default()
        },
    );
    // A lame host may be one that takes mail.
    let is_lame = hosts.contains(&Host::Lame);
    let truth = if is_lame || hosts.contains(&Host::Public) {
        Truth::Taken
    } else if hosts.contains(&Host::Private) {
        Truth::Unroutable
    } else {
        Truth::Dead
    };
    (truth, is_lame)
}

fn any_host(is_good: bool, random: &mut Random) -> Host {
    if is_good && random.below(10) < 8 {
        return Host::Public;
    }
    match random.below(5) {
        0 => Host::Private,
        1 | 2 => Host::Missing,
        3 => Host::Empty,
        _ => Host::Lame,
    }
}

fn addresses(host: Host, random: &mut Random) -> Records {
    let (v4, v6) = match host {
        Host::Public => (Ipv4Addr::new(45, 60, 11, 20), "2a0e:1c80::20"),
        Host::Private => (Ipv4Addr::new(10, 0, 0, 1), "fd00::1"),
        Host::Empty | Host::Missing | Host::Lame => return Records::default(),
    };
    let v6: Ipv6Addr = v6.parse().unwrap_or(Ipv6Addr::UNSPECIFIED);
    let which = random.below(3);
    Records {
        a: if which < 2 { vec![v4] } else { Vec::new() },
        aaaa: if which > 0 { vec![v6] } else { Vec::new() },
        ..Records::default()
    }
}

/// A name of which every resolver gets to know nothing.
fn add_lame(scenario: &mut Scenario, name: &str, random: &mut Random) -> bool {
    let fault = match random.below(3) {
        0 => Fault {
            silent: true,
            ..Fault::default()
        },
        1 => Fault {
            rcode: Some(RCode::Servfail),
            delay_ms: 200,
            ..Fault::default()
        },
        _ => Fault {
            rcode: Some(RCode::Servfail),
            ede: vec![9],
            ..Fault::default()
        },
    };
    add(
        scenario,
        name,
        Records {
            faults: vec![fault],
            ..Records::default()
        },
    );
    true
}

/// What one who lies gives out in place of the truth.
fn add_lies(scenario: &mut Scenario) {
    let mx = |text: &str| vec![text.to_owned()];
    let dead = Records {
        mx: mx("5 dead.lies.net"),
        ..Records::default()
    };
    add(scenario, "nothing.lies.net", dead);
    let null = Records {
        mx: mx("0 ."),
        ..Records::default()
    };
    add(scenario, "null.lies.net", null);
    let inside = Records {
        a: vec![Ipv4Addr::new(192, 168, 0, 1)],
        ..Records::default()
    };
    add(scenario, "inside.lies.net", inside);
    let sinkhole = Records {
        a: vec![Ipv4Addr::UNSPECIFIED],
        ..Records::default()
    };
    add(scenario, "sinkhole.lies.net", sinkhole);
}

/// Puts an alias before what the domain has.
fn alias(scenario: &mut Scenario) {
    let target = format!("shop.{HOSTS}");
    if let Some(records) = scenario.names.remove(NAME) {
        add(scenario, &target, records);
        let cname = Some(target);
        add(
            scenario,
            NAME,
            Records {
                cname,
                ..Records::default()
            },
        );
    }
}

fn add(scenario: &mut Scenario, name: &str, records: Records) {
    scenario.names.insert(name.to_owned(), records);
}
