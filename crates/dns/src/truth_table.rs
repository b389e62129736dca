//! The truth table: from what the resolvers said so far to what it means for mail.
//!
//! Each function gives `None` while an answer that could change its outcome is to come, and
//! opens or raises the questions that it needs on the way.

use mailproof_core::Reason;

use crate::answer::{Answer, Content, Exchange};
use crate::finding::Conclusion;
use crate::host::{Host, Target};
use crate::lookup::{Lookup, MAX_TARGETS};
use crate::question::{Kind, Question};
use crate::standing::Standing;

impl Lookup {
    /// The row of the truth table, as soon as no answer to come could change it.
    pub(crate) fn conclude(&mut self) -> Option<Conclusion> {
        match self.mx.leading() {
            Some(Kind::Found) => self.conclude_from_targets(),
            _ if !self.mx.is_settled(self.resolvers()) => None,
            Some(Kind::NoData) => self.conclude_from_own(),
            Some(Kind::NullMx) => self.confirm_mx(Conclusion::NullMx),
            Some(Kind::NxDomain) => self.confirm_mx(Conclusion::NoSuchDomain),
            Some(Kind::Unroutable) | None => Some(Conclusion::Unknown(
                self.mx.soft_reason().unwrap_or(Reason::DnsTimeout),
            )),
        }
    }

    /// Bad news that the MX question alone brings.
    fn confirm_mx(&mut self, conclusion: Conclusion) -> Option<Conclusion> {
        self.mx.confirm();
        if !self.mx.is_settled(self.resolvers()) {
            return None;
        }
        if self.mx.is_confirmed() {
            return Some(conclusion);
        }
        let reason = match conclusion {
            Conclusion::NoSuchDomain => Reason::NxdomainUnconfirmed,
            _ => self.unconfirmed(),
        };
        Some(Conclusion::Unknown(reason))
    }

    /// No MX: the domain's own addresses decide.
    fn conclude_from_own(&mut self) -> Option<Conclusion> {
        let (resolvers, closed) = (self.resolvers(), self.closed);
        let own = self.own.get_or_insert_with(|| {
            let mut host = Host::new(&self.mx.name);
            if closed {
                host.close();
            }
            host
        });
        let standing = own.standing(resolvers)?;
        let is_disputed = || self.mx.answers().any(|it| it.content == Content::NullMx);
        let conclusion = match standing {
            // Where one resolver knows of a null MX, the address is nobody's to fall back to
            // (RFC 7505 §3).
            Standing::Reachable if is_disputed() => {
                return Some(Conclusion::Unknown(self.unconfirmed()));
            }
            Standing::Reachable => return Some(Conclusion::Implicit),
            Standing::Unknown(reason) => return Some(Conclusion::Unknown(reason)),
            Standing::Unroutable => Conclusion::Unroutable { implicit: true },
            Standing::Dead | Standing::Literal => Conclusion::NoMailHost,
        };
        own.confirm();
        own.standing(resolvers)?;
        let is_confirmed = own.is_confirmed();
        self.mx.confirm();
        if !self.mx.is_settled(resolvers) {
            return None;
        }
        Some(if is_confirmed && self.mx.is_confirmed() {
            conclusion
        } else {
            Conclusion::Unknown(self.unconfirmed())
        })
    }

    /// There are exchangers: their hosts decide.
    fn conclude_from_targets(&mut self) -> Option<Conclusion> {
        self.gather_targets();
        let standing = self.targets_standing()?;
        let conclusion = match standing {
            Standing::Reachable => return Some(self.accepts()),
            Standing::Unknown(reason) => return Some(Conclusion::Unknown(reason)),
            _ if self.has_more => return Some(Conclusion::Unknown(self.unconfirmed())),
            Standing::Literal => return Some(Conclusion::MxIsIp),
            Standing::Unroutable => Conclusion::Unroutable { implicit: false },
            Standing::Dead => Conclusion::MxDead,
        };
        self.mx.confirm();
        self.targets
            .iter_mut()
            .filter_map(Target::host_mut)
            .for_each(Host::confirm);
        self.targets_standing()?;
        if !self.mx.is_settled(self.resolvers()) {
            return None;
        }
        let is_confirmed = self.mx.is_confirmed() && self.targets.iter().all(Target::is_confirmed);
        Some(if is_confirmed {
            conclusion
        } else {
            Conclusion::Unknown(self.unconfirmed())
        })
    }

    /// The exchangers' standing together. Begins with the most preferred and opens the
    /// others when it brings nothing; `None` while answers are to come.
    fn targets_standing(&mut self) -> Option<Standing> {
        loop {
            let resolvers = self.resolvers();
            let opened = self.targets.iter().take(self.opened);
            let standings: Vec<_> = opened.map(|target| target.standing(resolvers)).collect();
            if standings.contains(&Some(Standing::Reachable)) {
                return Some(Standing::Reachable);
            }
            let standings: Option<Vec<Standing>> = standings.into_iter().collect();
            let joined = standings?.into_iter().reduce(Standing::join);
            if self.opened >= self.targets.len() {
                return joined;
            }
            self.opened = MAX_TARGETS;
        }
    }

    /// Takes in the exchangers of every resolver's answer.
    fn gather_targets(&mut self) {
        for exchange in exchanges(&self.mx) {
            if self
                .targets
                .iter()
                .any(|target| target.exchange.host == exchange.host)
            {
                continue;
            }
            if self.targets.len() >= MAX_TARGETS {
                self.has_more = true;
                continue;
            }
            let mut target = Target::new(exchange);
            if let Some(host) = target.host_mut().filter(|_| self.closed) {
                host.close();
            }
            self.targets.push(target);
        }
        let truncated = |answer: &Answer| {
            matches!(
                answer.content,
                Content::Exchanges {
                    truncated: true,
                    ..
                }
            )
        };
        self.has_more |= self.mx.answers().any(truncated);
    }

    fn accepts(&self) -> Conclusion {
        let null_among = self.mx.answers().any(|answer| {
            matches!(
                answer.content,
                Content::Exchanges {
                    null_among: true,
                    ..
                }
            )
        });
        let mut hosts = self.targets.iter().filter_map(Target::host);
        Conclusion::Accepts {
            aliased: hosts.any(Host::is_aliased),
            null_among,
        }
    }

    /// Why bad news was not believed: what kept the second witness from speaking, or that
    /// the witnesses differ.
    fn unconfirmed(&self) -> Reason {
        let soft = self
            .questions()
            .into_iter()
            .filter_map(Question::soft_reason);
        match soft.map(Standing::Unknown).reduce(Standing::join) {
            Some(Standing::Unknown(reason)) => reason,
            _ => Reason::NxdomainUnconfirmed,
        }
    }
}

/// The exchangers that any resolver named, by preference, each host once.
pub(crate) fn exchanges(mx: &Question) -> Vec<Exchange> {
    let named = mx.answers().filter_map(|answer| match &answer.content {
        Content::Exchanges { exchanges, .. } => Some(exchanges.clone()),
        _ => None,
    });
    let mut all: Vec<Exchange> = named.flatten().collect();
    all.sort();
    let mut seen = Vec::new();
    all.retain(|exchange| {
        let is_new = !seen.contains(&exchange.host);
        if is_new {
            seen.push(exchange.host.clone());
        }
        is_new
    });
    all
}
