//! One question, put to as many resolvers as it takes.

use mailproof_core::Reason;

use crate::answer::{Answer, Content};
use crate::mail_policy;
use crate::query::{self, Query, QueryId, RecordType, WireName};
use crate::resolvers::Outcome;
use crate::standing::Standing;
use crate::trouble::{self, Trouble};

/// Resolvers that one question is put to at most: two witnesses and one more for when one of
/// them fails or they differ.
const MAX_ATTEMPTS: usize = 3;
/// Queries of one question that may be overdue before it only waits.
const MAX_OVERDUE: usize = 2;

/// A name and type, the resolvers asked so far, and what they said.
#[derive(Debug)]
pub(crate) struct Question {
    pub(crate) name: WireName,
    pub(crate) record_type: RecordType,
    pub(crate) attempts: Vec<Attempt>,
    /// The resolver to begin with.
    first: usize,
    /// How many resolvers must say the same.
    wanted: usize,
    /// No further query may be sent.
    closed: bool,
}

/// One query of a question.
#[derive(Debug)]
pub(crate) struct Attempt {
    pub(crate) id: QueryId,
    pub(crate) resolver: usize,
    pub(crate) sent_ms: u64,
    pub(crate) answer: Option<Answer>,
    /// How it went for the resolver, once that is known.
    pub(crate) outcome: Option<Outcome>,
}

impl Attempt {
    /// When it is overdue; `patience_ms` has one entry a resolver.
    pub(crate) fn due_ms(&self, patience_ms: &[u64]) -> u64 {
        let patience_ms = patience_ms.get(self.resolver).copied();
        self.sent_ms.saturating_add(patience_ms.unwrap_or_default())
    }
}

/// What a resolver can witness. In this order where as many say one as another: the more
/// hopeful news is looked into first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    NxDomain,
    NullMx,
    NoData,
    Unroutable,
    Found,
}

/// What to do for a question now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Nothing: it is settled, or only waits.
    Nothing,
    /// Wait, and hedge at this time if nothing has come by then.
    HedgeAt(u64),
    /// Ask this resolver.
    Ask(usize),
}

impl Question {
    pub(crate) fn new(name: WireName, record_type: RecordType, first: usize) -> Self {
        Self {
            name,
            record_type,
            attempts: Vec::new(),
            first,
            wanted: 1,
            closed: false,
        }
    }

    /// Records the query to `resolver` as sent and gives it.
    pub(crate) fn ask(&mut self, id: QueryId, resolver: usize, now_ms: u64) -> Option<Query> {
        let message = query::message(&self.name, self.record_type)?;
        let (name, record_type) = (self.name.clone(), self.record_type);
        self.attempts.push(Attempt {
            id,
            resolver,
            sent_ms: now_ms,
            answer: None,
            outcome: None,
        });
        Some(Query {
            id,
            resolver,
            name,
            record_type,
            message,
        })
    }

    /// Wants a second witness from now on.
    pub(crate) fn confirm(&mut self) {
        self.wanted = 2;
    }

    /// Sends nothing any more.
    pub(crate) fn close(&mut self) {
        self.closed = true;
    }

    /// Whether what is known now is all that this question will bring.
    pub(crate) fn is_settled(&self, resolvers: usize) -> bool {
        self.is_agreed() || (self.is_exhausted(resolvers) && self.in_flight().next().is_none())
    }

    /// Whether as many resolvers as wanted say the same.
    pub(crate) fn is_agreed(&self) -> bool {
        self.missing() == 0
    }

    /// Whether two resolvers say what the most say.
    pub(crate) fn is_confirmed(&self) -> bool {
        self.leading().is_some_and(|kind| self.witnesses(kind) >= 2)
    }

    /// What counts: anything found, else what the most resolvers say.
    pub(crate) fn leading(&self) -> Option<Kind> {
        let kinds = self.answers().filter_map(kind);
        kinds.max_by_key(|kind| (*kind == Kind::Found, self.witnesses(*kind), *kind))
    }

    /// What this question says about the host; `None` while it is not settled.
    pub(crate) fn standing(&self, resolvers: usize) -> Option<Standing> {
        match self.leading() {
            Some(Kind::Found) => Some(Standing::Reachable),
            _ if !self.is_settled(resolvers) => None,
            Some(Kind::Unroutable) => Some(Standing::Unroutable),
            Some(_) => Some(Standing::Dead),
            None => Some(Standing::Unknown(
                self.soft_reason().unwrap_or(Reason::DnsTimeout),
            )),
        }
    }

    /// The most telling reason for which a resolver could not say; none if all could.
    pub(crate) fn soft_reason(&self) -> Option<Reason> {
        let soft = self.answers().filter_map(|answer| match answer.content {
            Content::Soft(reason) => Some(Standing::Unknown(reason)),
            // Two of these are the domain's own doing; one alone is a filter's.
            Content::Unroutable { sinkhole: true } => {
                Some(Standing::Unknown(Reason::ResolverPolicy))
            }
            _ => None,
        });
        match soft.reduce(Standing::join) {
            Some(Standing::Unknown(reason)) => Some(reason),
            _ => None,
        }
    }

    /// The resolvers that witness NXDOMAIN: the name does not exist for any type (RFC 8020).
    pub(crate) fn nxdomain_witnesses(&self) -> impl Iterator<Item = usize> {
        let answered = self.attempts.iter().filter(|attempt| {
            attempt
                .answer
                .as_ref()
                .is_some_and(|answer| answer.content == Content::NxDomain)
        });
        answered.map(|attempt| attempt.resolver)
    }

    /// The word for what came of an attempt, once something has.
    pub(crate) fn outcome(&self, attempt: &Attempt) -> Option<&'static str> {
        let answer = attempt.answer.as_ref()?;
        let is_denial = matches!(answer.content, Content::NoData | Content::NxDomain);
        Some(if is_denial && self.record_type.is_policy() {
            mail_policy::ABSENT
        } else {
            answer.outcome
        })
    }

    /// All answers so far.
    pub(crate) fn answers(&self) -> impl Iterator<Item = &Answer> {
        self.attempts
            .iter()
            .filter_map(|attempt| attempt.answer.as_ref())
    }

    /// The queries that nobody has answered yet.
    pub(crate) fn in_flight(&self) -> impl Iterator<Item = &Attempt> {
        self.attempts
            .iter()
            .filter(|attempt| attempt.answer.is_none())
    }

    /// When it is late, if nothing has come by then: two resolvers are overdue, or one has
    /// been silent for `give_up_ms`.
    pub(crate) fn late_at(&self, patience_ms: &[u64], give_up_ms: u64) -> Option<u64> {
        if self.is_agreed() {
            return None;
        }
        let mut due: Vec<u64> = self.in_flight().map(|it| it.due_ms(patience_ms)).collect();
        due.sort_unstable();
        let given_up = self
            .in_flight()
            .map(|it| it.sent_ms.saturating_add(give_up_ms));
        given_up.chain(due.get(1).copied()).min()
    }

    /// What to do at `now_ms`; `patience_ms` and `troubles` have one entry a resolver.
    pub(crate) fn next(&self, now_ms: u64, patience_ms: &[u64], troubles: &[Trouble]) -> Next {
        let missing = self.missing();
        if missing == 0 || self.is_exhausted(troubles.len()) {
            return Next::Nothing;
        }
        let hedge_at = |attempt: &Attempt| attempt.due_ms(patience_ms);
        let fresh = || self.in_flight().map(hedge_at).filter(|at| now_ms < *at);
        let overdue = self.in_flight().count().saturating_sub(fresh().count());
        if fresh().count() >= missing || overdue >= MAX_OVERDUE {
            return fresh().min().map_or(Next::Nothing, Next::HedgeAt);
        }
        self.untried(troubles).map_or(Next::Nothing, Next::Ask)
    }

    /// The next resolver in order.
    fn untried(&self, troubles: &[Trouble]) -> Option<usize> {
        let mut order = trouble::order(troubles, self.first).into_iter();
        order.find(|resolver| {
            let mut asked = self.attempts.iter().map(|attempt| attempt.resolver);
            asked.all(|asked| asked != *resolver)
        })
    }

    /// Whether somebody said that the name exists, with or without such records.
    pub(crate) fn exists(&self) -> bool {
        let mut kinds = self.answers().filter_map(kind);
        kinds.any(|kind| kind != Kind::NxDomain)
    }

    /// How many resolvers will say the same, if all that is under way is answered alike. Of
    /// queries that are late, and those sent in their stead, not all are expected.
    pub(crate) fn expected_witnesses(&self) -> usize {
        let agreed = self.agreed();
        let coming = agreed.saturating_add(self.in_flight().count());
        agreed.max(coming.min(self.wanted))
    }

    fn is_exhausted(&self, resolvers: usize) -> bool {
        self.closed || self.attempts.len() >= MAX_ATTEMPTS.min(resolvers)
    }

    /// How many more resolvers must say what the most say.
    fn missing(&self) -> usize {
        self.wanted.saturating_sub(self.agreed())
    }

    /// How many resolvers say what the most say.
    fn agreed(&self) -> usize {
        let kinds = self.answers().filter_map(kind);
        kinds.map(|kind| self.witnesses(kind)).max().unwrap_or(0)
    }

    /// How many resolvers say this.
    fn witnesses(&self, which: Kind) -> usize {
        self.answers()
            .filter(|answer| kind(answer) == Some(which))
            .count()
    }
}

fn kind(answer: &Answer) -> Option<Kind> {
    match answer.content {
        Content::Exchanges { .. } | Content::Addresses { .. } => Some(Kind::Found),
        Content::NullMx => Some(Kind::NullMx),
        Content::Unroutable { .. } => Some(Kind::Unroutable),
        Content::NoData => Some(Kind::NoData),
        Content::NxDomain => Some(Kind::NxDomain),
        Content::Policy | Content::Soft(_) => None,
    }
}
