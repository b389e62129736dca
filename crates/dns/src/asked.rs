//! What a lookup did, query by query: to be shown to people who want to know why.

use crate::answer::Content;
use crate::lookup::Lookup;
use crate::query::RecordType;
use crate::question::{Attempt, Question};
use crate::resolvers::Outcome;

/// One query of a lookup: what was asked of whom, what came of it and what that proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The name asked about, in lower-case A-labels: the domain, an exchanger, or `_dmarc.`
    /// before the domain.
    pub name: String,
    /// What was asked about it.
    pub record_type: RecordType,
    /// The resolver's host name.
    pub source: String,
    /// The word of the [`Evidence`](mailproof_core::Evidence); `unanswered` where nothing had
    /// come when it was no longer needed.
    pub outcome: &'static str,
    /// Milliseconds until an answer came.
    pub took_ms: Option<u64>,
    /// What the answer is worth.
    pub proof: Proof,
}

/// What one answer proves. Good news needs one witness, bad news two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// There are such records, of use to mail.
    Found,
    /// A witness that there are none, or none of use.
    Denied,
    /// A policy record, present or not: a fact that decides nothing.
    Fact,
    /// Nothing at all about the domain.
    Nothing,
}

impl Proof {
    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Denied => "denied",
            Self::Fact => "fact",
            Self::Nothing => "proves nothing",
        }
    }

    fn of(question: &Question, attempt: &Attempt) -> Self {
        let Some(answer) = &attempt.answer else {
            return Self::Nothing;
        };
        match answer.content {
            Content::Soft(_) => Self::Nothing,
            _ if question.record_type.is_policy() => Self::Fact,
            Content::Exchanges { .. } | Content::Addresses { .. } => Self::Found,
            Content::NullMx
            | Content::Unroutable { .. }
            | Content::NoData
            | Content::NxDomain
            | Content::Policy => Self::Denied,
        }
    }
}

impl Lookup {
    /// Every query so far, in the order of sending.
    pub fn asked(&self) -> Vec<Asked> {
        let questions = self.questions().into_iter();
        let attempts = questions.flat_map(|one| one.attempts.iter().map(move |it| (one, it)));
        let mut attempts: Vec<(&Question, &Attempt)> = attempts.collect();
        attempts.sort_by_key(|(_, attempt)| attempt.id);
        let asked = attempts.into_iter().map(|(question, attempt)| Asked {
            name: question.name.to_string(),
            record_type: question.record_type,
            source: self.source(attempt).to_owned(),
            outcome: question.outcome(attempt).unwrap_or("unanswered"),
            took_ms: match attempt.outcome {
                Some(Outcome::Answered(took_ms)) => Some(took_ms),
                _ => None,
            },
            proof: Proof::of(question, attempt),
        });
        asked.collect()
    }
}
