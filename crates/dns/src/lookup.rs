//! The state machine that finds out where a domain's mail goes.

use domain::base::Name;
use mailproof_core::{Reason, is_special_use};

use crate::answer::{Answer, Content};
use crate::domain_name::DomainName;
use crate::finding::{Conclusion, Finding};
use crate::host::{Host, Target};
use crate::mail_policy::{MailPolicy, Publications};
use crate::query::{Query, QueryId, RecordType};
use crate::question::{Next, Question};
use crate::resolvers::{Outcome, Outlook};
use crate::transport::{Reply, TransportFailure};
use crate::trouble::Trouble;

/// Queries for one domain, hedges and confirmations included: 1 for MX, A and AAAA of
/// [`MAX_TARGETS`] exchangers, and 2 more.
pub const MAX_QUERIES: usize = 13;
/// Queries under way at once: as many connections as a Worker may hold open.
pub const MAX_IN_FLIGHT: usize = 6;
/// Exchangers looked at, as Postfix's `smtp_mx_address_limit`; RFC 5321 §5.1 asks for two.
pub(crate) const MAX_TARGETS: usize = 5;
/// How long a special-use name may be cached: it will not change.
const SPECIAL_USE_TTL_S: u32 = 86_400;

/// Whom to ask and how long to wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The resolvers' host names, in the order of preference; they become the evidence's
    /// `source`. Bad news needs two of them.
    pub resolvers: Vec<String>,
    /// Milliseconds after which a silent resolver's question goes to the next one as well,
    /// as long as nothing better is known of it.
    pub hedge_ms: u64,
    /// Milliseconds after which whatever is still open is unknown.
    pub deadline_ms: u64,
    /// When the domain's own mail policies are asked for, as facts beside the verdict.
    pub mail_policy: MailPolicy,
}

impl Settings {
    /// The defaults: hedge after 80 ms, give up after 800.
    pub fn new(resolvers: Vec<String>) -> Self {
        Self {
            resolvers,
            hedge_ms: 80,
            deadline_ms: 800,
            mail_policy: MailPolicy::Never,
        }
    }
}

/// What the driver has to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send this query, and ask for the next step at once.
    Send(Query),
    /// Wait for an answer, or until this time.
    Wait {
        /// On the clock of the arguments `now_ms`.
        until_ms: u64,
    },
    /// Drop whatever is under way.
    Done(Finding),
}

/// One domain's lookup. Call [`Lookup::step`] until it is [`Step::Done`], and
/// [`Lookup::answer`] whenever something came.
#[derive(Debug)]
pub struct Lookup {
    pub(crate) name: DomainName,
    pub(crate) settings: Settings,
    deadline_at: u64,
    pub(crate) mx: Question,
    /// The domain itself as the host of its mail (RFC 5321 §5.1).
    pub(crate) own: Option<Host>,
    /// By preference.
    pub(crate) targets: Vec<Target>,
    /// How many of `targets` are being asked for: at first one, and all when it fails.
    pub(crate) opened: usize,
    /// The domain's mail policies, once good news is in hand.
    published: Option<Publications>,
    /// Some exchangers are beyond what is looked at.
    pub(crate) has_more: bool,
    /// For each resolver, whether it failed or hung, of late or in this lookup.
    troubles: Vec<Trouble>,
    /// For each resolver, milliseconds after which its silence is hedged.
    hedge_ms: Vec<u64>,
    /// Hedges that may still be sent.
    pub(crate) hedges: u32,
    /// The least lifetime of all answers, HTTP age taken off.
    pub(crate) ttl_s: u32,
    pub(crate) sent: usize,
    pub(crate) closed: bool,
}

impl Lookup {
    /// Begins at `now_ms`, a reading of any monotonic clock in milliseconds.
    pub fn new(name: DomainName, settings: Settings, now_ms: u64) -> Self {
        // A `DomainName` always is a name on the wire; were it not, the root has no MX.
        let wire = Name::from_chars(name.as_str().chars()).unwrap_or_else(|_| Name::root());
        Self {
            deadline_at: now_ms.saturating_add(settings.deadline_ms),
            mx: Question::new(wire, RecordType::Mx, 0),
            own: None,
            targets: Vec::new(),
            opened: 1,
            published: None,
            has_more: false,
            troubles: vec![Trouble::None; settings.resolvers.len()],
            hedge_ms: vec![settings.hedge_ms; settings.resolvers.len()],
            hedges: u32::MAX,
            ttl_s: u32::MAX,
            sent: 0,
            closed: false,
            name,
            settings,
        }
    }

    /// The same with what other lookups have seen of the resolvers. Without it none is known
    /// to be slow or unsound, and hedges are not counted.
    #[must_use]
    pub fn with_outlook(mut self, outlook: Outlook) -> Self {
        let resolvers = self.resolvers();
        let Outlook {
            hedge_ms,
            resting,
            hedges,
        } = outlook;
        if hedge_ms.len() == resolvers && resting.len() == resolvers {
            let trouble = |rests| if rests { Trouble::Down } else { Trouble::None };
            self.hedge_ms = hedge_ms;
            self.troubles = resting.into_iter().map(trouble).collect();
        }
        self.hedges = hedges;
        self
    }

    /// What to do at `now_ms`.
    pub fn step(&mut self, now_ms: u64) -> Step {
        if is_special_use(self.name.as_str()) {
            self.ttl_s = SPECIAL_USE_TTL_S;
            return self.finish(Conclusion::SpecialUse);
        }
        if now_ms >= self.deadline_at {
            self.expire();
            let conclusion = self.conclude();
            return self.finish(conclusion.unwrap_or(Conclusion::Unknown(Reason::DnsTimeout)));
        }
        if let Some(conclusion) = self.conclude() {
            let policies = self.ask_for_policies(conclusion, now_ms);
            return policies.unwrap_or_else(|| self.finish(conclusion));
        }
        match self.next_query(now_ms) {
            Ok(query) => Step::Send(query),
            Err(until_ms) => Step::Wait { until_ms },
        }
    }

    /// Takes what came of query `id` at `now_ms`. An answer to a query that is already
    /// answered, or that was never asked, changes nothing.
    pub fn answer(&mut self, id: QueryId, reply: Result<Reply<'_>, TransportFailure>, now_ms: u64) {
        let questions = self.questions_mut();
        let open = questions.into_iter().find_map(|question| {
            let Question {
                name,
                record_type,
                attempts,
                ..
            } = question;
            let attempt = attempts.iter_mut().find(|attempt| attempt.id == id)?;
            attempt
                .answer
                .is_none()
                .then_some((name, record_type, attempt))
        });
        let Some((name, record_type, attempt)) = open else {
            return;
        };
        let (answer, age_s) = match reply {
            Ok(reply) => (Answer::decode(name, *record_type, reply.body), reply.age_s),
            Err(failure) => (failed(failure), 0),
        };
        let (ttl_s, resolver) = (answer.ttl_s.saturating_sub(age_s), attempt.resolver);
        let is_soft = matches!(answer.content, Content::Soft(_));
        attempt.answer = Some(answer);
        attempt.outcome = Some(match reply {
            Ok(_) => Outcome::Answered(now_ms.saturating_sub(attempt.sent_ms)),
            Err(_) => Outcome::Failed,
        });
        // What is only a fact beside the verdict does not shorten its time.
        if !is_soft && !record_type.is_policy() {
            self.ttl_s = self.ttl_s.min(ttl_s);
        }
        if reply.is_err() {
            self.mark(resolver, Trouble::Down);
        }
    }

    /// What is still to be done for the facts beside a conclusion; `None` when it can go out.
    fn ask_for_policies(&mut self, conclusion: Conclusion, now_ms: u64) -> Option<Step> {
        if !self.settings.mail_policy.wants(conclusion) {
            return None;
        }
        let may_send = self.sent < MAX_QUERIES && self.in_flight() < MAX_IN_FLIGHT;
        if self.published.is_none() {
            let resolver = self.troubles.iter().position(|it| *it == Trouble::None)?;
            self.published =
                Publications::new(&self.mx.name, resolver, self.settings.deadline_ms, now_ms);
        }
        let id = self.next_id();
        let published = self.published.as_mut()?;
        if now_ms >= published.until_ms {
            return None;
        }
        let query = may_send.then(|| published.next(id, now_ms)).flatten();
        if let Some(query) = query {
            self.sent = self.sent.saturating_add(1);
            return Some(Step::Send(query));
        }
        let until_ms = published.until_ms.min(self.deadline_at);
        published.is_open().then_some(Step::Wait { until_ms })
    }

    fn in_flight(&self) -> usize {
        let questions = self.questions();
        questions.iter().map(|one| one.in_flight().count()).sum()
    }

    fn next_id(&self) -> QueryId {
        QueryId(u8::try_from(self.sent).unwrap_or(u8::MAX))
    }

    /// The next query, or else until when to wait.
    fn next_query(&mut self, now_ms: u64) -> Result<Query, u64> {
        let mut until_ms = self.deadline_at;
        if self.in_flight() >= MAX_IN_FLIGHT || self.closed {
            return Err(until_ms);
        }
        let id = self.next_id();
        let (patience_ms, give_up_ms) = (self.patience_ms(), self.give_up_ms());
        let some_are_late = self.mark_overdue(now_ms, &patience_ms);
        if let Some(late_at) = self.targets_late_at(&patience_ms) {
            until_ms = until_ms.min(late_at);
            if late_at <= now_ms {
                self.opened = MAX_TARGETS;
                until_ms = self.deadline_at;
            }
        }
        let patience_ms = if some_are_late && !self.can_spare_a_hedge() {
            vec![give_up_ms; self.resolvers()]
        } else {
            patience_ms
        };
        let troubles = std::mem::take(&mut self.troubles);
        let (mut query, mut is_hedge) = (None, false);
        // What nobody has been asked yet comes first: the work is bounded, and a second try for
        // one exchanger must not cost another its only one.
        let mut questions = self.questions_mut();
        questions.sort_by_key(|question| !question.attempts.is_empty());
        for question in questions {
            match question.next(now_ms, &patience_ms, &troubles) {
                Next::Nothing => {}
                Next::HedgeAt(at) => until_ms = until_ms.min(at),
                Next::Ask(resolver) => {
                    is_hedge = question.in_flight().any(|attempt| {
                        attempt.due_ms(&patience_ms) <= now_ms
                            && now_ms < attempt.sent_ms.saturating_add(give_up_ms)
                    });
                    query = question.ask(id, resolver, now_ms);
                    break;
                }
            }
        }
        self.troubles = troubles;
        let query = query.ok_or(until_ms)?;
        self.hedges = self.hedges.saturating_sub(u32::from(is_hedge));
        self.sent = self.sent.saturating_add(1);
        if self.sent >= MAX_QUERIES {
            self.close();
        }
        Ok(query)
    }

    /// For each resolver, milliseconds that it may be silent: without hedges, until it counts
    /// as failed.
    fn patience_ms(&self) -> Vec<u64> {
        let give_up_ms = self.give_up_ms();
        let patience_ms = |hedge_ms: &u64| match self.hedges {
            0 => give_up_ms,
            _ => give_up_ms.min(*hedge_ms),
        };
        self.hedge_ms.iter().map(patience_ms).collect()
    }

    /// Milliseconds after which a silent resolver counts as failed: half the time there is.
    fn give_up_ms(&self) -> u64 {
        self.settings.deadline_ms / 2
    }

    /// When the exchangers asked for are late and the others are asked for as well: their
    /// name servers may be other ones. `None` when all are asked for already.
    fn targets_late_at(&self, patience_ms: &[u64]) -> Option<u64> {
        if self.opened >= self.targets.len() {
            return None;
        }
        let opened = self.targets.iter().take(self.opened);
        let questions = opened.filter_map(Target::host).flat_map(Host::questions);
        let late_at = |it: &Question| it.late_at(patience_ms, self.give_up_ms());
        questions.filter_map(late_at).min()
    }

    /// Every resolver that has been silent for too long counts as late. Whether there is one.
    fn mark_overdue(&mut self, now_ms: u64, patience_ms: &[u64]) -> bool {
        let in_flight = self.questions().into_iter().flat_map(Question::in_flight);
        let overdue: Vec<usize> = in_flight
            .filter(|attempt| attempt.due_ms(patience_ms) <= now_ms)
            .map(|attempt| attempt.resolver)
            .collect();
        for resolver in &overdue {
            self.mark(*resolver, Trouble::Late);
        }
        !overdue.is_empty()
    }

    fn mark(&mut self, resolver: usize, trouble: Trouble) {
        if let Some(known) = self.troubles.get_mut(resolver) {
            *known = trouble.max(*known);
        }
    }

    /// Counts everything under way as timed out and sends nothing more.
    fn expire(&mut self) {
        self.close();
        let attempts = self
            .questions_mut()
            .into_iter()
            .flat_map(|one| one.attempts.iter_mut());
        for attempt in attempts.filter(|attempt| attempt.answer.is_none()) {
            attempt.answer = Some(failed(TransportFailure::Timeout));
        }
    }

    fn close(&mut self) {
        self.closed = true;
        self.questions_mut().into_iter().for_each(Question::close);
    }

    pub(crate) fn resolvers(&self) -> usize {
        self.settings.resolvers.len()
    }

    /// All questions that may be asked now.
    pub(crate) fn questions(&self) -> Vec<&Question> {
        let opened = self
            .targets
            .iter()
            .take(self.opened)
            .filter_map(Target::host);
        let hosts = self.own.iter().chain(opened);
        let published = self.published.iter().flat_map(Publications::questions);
        std::iter::once(&self.mx)
            .chain(hosts.flat_map(Host::questions))
            .chain(published)
            .collect()
    }

    fn questions_mut(&mut self) -> Vec<&mut Question> {
        let opened = self
            .targets
            .iter_mut()
            .take(self.opened)
            .filter_map(Target::host_mut);
        let hosts = self.own.iter_mut().chain(opened);
        let published = self.published.iter_mut();
        std::iter::once(&mut self.mx)
            .chain(hosts.flat_map(Host::questions_mut))
            .chain(published.flat_map(Publications::questions_mut))
            .collect()
    }
}

/// A transport failure as an answer that says nothing about the domain.
const fn failed(failure: TransportFailure) -> Answer {
    match failure {
        TransportFailure::Timeout => Answer::soft(Reason::DnsTimeout, "timeout"),
        TransportFailure::Unreachable => Answer::soft(Reason::DnsTimeout, "unreachable"),
        TransportFailure::Status(_) => Answer::soft(Reason::ResolverMalformed, "http_status"),
        TransportFailure::ContentType => Answer::soft(Reason::ResolverMalformed, "content_type"),
        TransportFailure::TooLarge => Answer::soft(Reason::ResolverMalformed, "too_large"),
    }
}
