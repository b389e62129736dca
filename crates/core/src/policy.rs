//! The policy: which fact has which effect, and how far it lowers the score.
//!
//! Facts come first and know nothing of policies; this is the one place where a fact
//! becomes a result.
#![expect(
    clippy::indexing_slicing,
    reason = "when Mailproof is compiled, or by a reason: there is a row for each"
)]

use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

use crate::canonical::canonical as canonical_form;
use crate::special_use::is_or_under;
use crate::{COMPACT, Pack, Reason, ascii};
use Effect::{Accepts, Allows, Blocks, Information, Risky, Undeliverable, Unknown};

/// What a fact does to the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Good to know; never lowers anything.
    Information,
    /// The domain or the mailbox takes mail.
    Accepts,
    /// Nobody could tell.
    Unknown,
    /// Something speaks against the address.
    Risky,
    /// Mail would not arrive.
    Undeliverable,
    /// The owner takes the address whatever else is known, if it can be parsed.
    Allows,
    /// The owner refuses the address.
    Blocks,
}

/// Whether the noise of pasting is taken off before parsing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleaning {
    /// Take off space, display names, `mailto:` and final punctuation; fold full-width forms.
    PasteNoise,
    /// Judge the text to the letter.
    Nothing,
}

/// Maps facts to `result`, `advice` and `score`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    effects: [Effect; Reason::ALL.len()],
    scores: [u8; Reason::ALL.len()],
    cleaning: Cleaning,
    allowed: Vec<String>,
    blocked: Vec<String>,
    /// Of a disposable domain that one lineage alone lists; `None` is the common effect.
    listed_once: Option<Effect>,
}

/// The highest score of a disposable domain, and of one that one lineage alone lists: of the
/// lists' own entries that nobody else has, more are mistakes.
const DISPOSABLE: u8 = 20;
const LISTED_ONCE: u8 = 35;

impl Policy {
    /// What a sign-up form should take. The default.
    pub const FORM: Self = Self::of_column(0, Cleaning::PasteNoise);
    /// All that RFC 5321 and RFC 6531 permit, to the letter.
    pub const RFC: Self = Self::of_column(1, Cleaning::Nothing);

    const fn of_column(column: usize, cleaning: Cleaning) -> Self {
        let (effects, scores) = table(column);
        Self {
            effects,
            scores,
            cleaning,
            allowed: Vec::new(),
            blocked: Vec::new(),
            listed_once: None,
        }
    }

    /// `form` or `rfc`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "form" => Some(Self::FORM),
            "rfc" => Some(Self::RFC),
            _ => None,
        }
    }

    /// The effect of a fact.
    pub fn effect(&self, reason: Reason) -> Effect {
        self.effects
            .get(reason as usize)
            .copied()
            .unwrap_or(Unknown)
    }

    /// The same policy with another effect for one fact.
    #[must_use]
    pub fn with(mut self, reason: Reason, effect: Effect) -> Self {
        if let Some(row) = self.effects.get_mut(reason as usize) {
            *row = effect;
        }
        self
    }

    /// The same policy with another highest score for one fact, 100 at most.
    #[must_use]
    pub fn with_score(mut self, reason: Reason, score: u8) -> Self {
        if let Some(row) = self.scores.get_mut(reason as usize) {
            *row = score.min(100);
        }
        self
    }

    /// The same policy with the owner's lists: addresses (`jane@shop.hk`) in their canonical
    /// form, or domains with all that is under them (`shop.hk`), in lower case and A-labels.
    #[must_use]
    pub fn with_lists(mut self, allowed: Vec<String>, blocked: Vec<String>) -> Self {
        self.allowed = allowed;
        self.blocked = blocked;
        self
    }

    /// What the owner's lists say about an address in its canonical form.
    pub(crate) fn listed(
        &self,
        canonical: &str,
        ascii_domain: &str,
        pack: Option<&Pack<'_>>,
    ) -> Option<Reason> {
        // A page sets none.
        if COMPACT {
            return None;
        }
        let on = |list: &[String]| {
            list.iter().any(|entry| {
                entry == canonical
                    || is_or_under(ascii_domain, entry)
                    || is_tagged(entry, canonical, pack)
            })
        };
        if on(&self.blocked) {
            Some(Reason::Blocked)
        } else {
            on(&self.allowed).then_some(Reason::Allowed)
        }
    }

    /// The same policy with another effect for a disposable domain that one lineage alone
    /// lists (evidence `listed_once`).
    #[must_use]
    pub fn with_listed_once(mut self, effect: Effect) -> Self {
        self.listed_once = Some(effect);
        self
    }

    /// What holds where one lineage alone calls the domain disposable, if it does.
    pub(crate) fn weighed(&self, is_listed_once: bool) -> Weighed<'_> {
        Weighed {
            policy: self,
            is_listed_once,
        }
    }

    /// Whether text is cleaned before it is parsed.
    pub fn cleaning(&self) -> Cleaning {
        self.cleaning
    }

    /// The highest score (0–100) that an address with this fact can have. An informational
    /// fact never lowers it.
    pub fn highest_score(&self, reason: Reason) -> u8 {
        self.weighed(false).highest_score(reason)
    }
}

/// A policy for what the evidence of one judgement is worth.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Weighed<'p> {
    policy: &'p Policy,
    is_listed_once: bool,
}

impl Weighed<'_> {
    /// As [`Policy::effect`].
    pub(crate) fn effect(self, reason: Reason) -> Effect {
        match self.policy.listed_once {
            // A page sets none.
            Some(effect) if !COMPACT && self.is_weaker(reason) => effect,
            _ => self.policy.effect(reason),
        }
    }

    /// As [`Policy::highest_score`].
    pub(crate) fn highest_score(self, reason: Reason) -> u8 {
        match self.effect(reason) {
            Information | Accepts | Allows => 100,
            Undeliverable | Blocks => 0,
            Unknown | Risky => match self.policy.scores.get(reason as usize) {
                Some(&DISPOSABLE) if self.is_weaker(reason) => LISTED_ONCE,
                // The owner's own score stands.
                score => score.copied().unwrap_or(50),
            },
        }
    }

    fn is_weaker(self, reason: Reason) -> bool {
        self.is_listed_once && reason == Reason::Disposable
    }
}

/// Whether a tag is all that parts the entry from the address: for some domains only the lists
/// tell who hosts them, and a policy is read without any.
fn is_tagged(entry: &str, canonical: &str, pack: Option<&Pack<'_>>) -> bool {
    ascii::has(entry, b'+')
        && ascii::rsplit_once(entry, b'@').is_some_and(|(local_part, domain)| {
            canonical_form(local_part, domain, pack).0 == canonical
        })
}

impl Default for Policy {
    fn default() -> Self {
        Self::FORM
    }
}

/// One row a reason, in the order of [`Reason::ALL`]: effect under `form`, under `rfc`, and
/// the highest score where the effect is risky or unknown.
///
/// The scores order risks among themselves: a disposable address (20) is less likely to
/// reach a person in a month than a slip of the keyboard that still resolves (30), an
/// unanswered DNS question (60 and up) says next to nothing.
const ROWS: [(Reason, Effect, Effect, u8); Reason::ALL.len()] = [
    (Reason::Empty, Undeliverable, Undeliverable, 0),
    (Reason::MissingAt, Undeliverable, Undeliverable, 0),
    (Reason::MultipleAt, Undeliverable, Undeliverable, 0),
    (Reason::MissingLocalPart, Undeliverable, Undeliverable, 0),
    (Reason::MissingDomain, Undeliverable, Undeliverable, 0),
    (Reason::LocalPartTooLong, Undeliverable, Undeliverable, 0),
    (Reason::AddressTooLong, Undeliverable, Undeliverable, 0),
    (Reason::LabelTooLong, Undeliverable, Undeliverable, 0),
    (Reason::DomainTooLong, Undeliverable, Undeliverable, 0),
    (Reason::ConsecutiveDots, Undeliverable, Undeliverable, 0),
    (Reason::LeadingDot, Undeliverable, Undeliverable, 0),
    (Reason::TrailingDot, Undeliverable, Undeliverable, 0),
    (Reason::InvalidCharacter, Undeliverable, Undeliverable, 0),
    (Reason::ControlCharacter, Undeliverable, Undeliverable, 0),
    (Reason::UnsafeUnicode, Undeliverable, Undeliverable, 0),
    (Reason::HyphenEdge, Undeliverable, Undeliverable, 0),
    (Reason::InvalidIdn, Undeliverable, Undeliverable, 0),
    (Reason::MissingTld, Undeliverable, Risky, 20),
    (Reason::UnknownTld, Undeliverable, Risky, 20),
    (Reason::NumericTld, Undeliverable, Risky, 20),
    (Reason::SpecialUseDomain, Undeliverable, Risky, 10),
    (Reason::ProviderSyntax, Undeliverable, Risky, 20),
    (Reason::QuotedLocalPart, Risky, Risky, 40),
    (Reason::Comment, Undeliverable, Undeliverable, 0),
    (Reason::DomainLiteral, Undeliverable, Risky, 30),
    (Reason::Smtputf8Required, Information, Information, 0),
    (Reason::InternationalDomain, Information, Information, 0),
    (Reason::MixedScript, Risky, Risky, 30),
    (Reason::Confusable, Risky, Risky, 20),
    (Reason::WhitespaceTrimmed, Information, Information, 0),
    (Reason::DisplayNameRemoved, Information, Information, 0),
    (Reason::MailtoRemoved, Information, Information, 0),
    (Reason::FullwidthFolded, Information, Information, 0),
    (
        Reason::TrailingPunctuationRemoved,
        Information,
        Information,
        0,
    ),
    (Reason::PossibleTypo, Risky, Risky, 30),
    (Reason::TldTypo, Risky, Risky, 30),
    (Reason::MissingTldCompleted, Risky, Risky, 20),
    (Reason::SeparatorTypo, Risky, Risky, 20),
    (Reason::Disposable, Risky, Risky, DISPOSABLE),
    (Reason::Relay, Information, Information, 0),
    (Reason::Free, Information, Information, 0),
    (Reason::Role, Information, Information, 0),
    (Reason::Alias, Information, Information, 0),
    (Reason::NoReply, Risky, Risky, 30),
    (Reason::Gibberish, Risky, Risky, 40),
    (Reason::Allowed, Allows, Allows, 0),
    (Reason::Blocked, Blocks, Blocks, 0),
    (Reason::AcceptsMail, Accepts, Accepts, 0),
    (Reason::NoSuchDomain, Undeliverable, Undeliverable, 0),
    (Reason::NoMailHost, Undeliverable, Undeliverable, 0),
    (Reason::NullMx, Undeliverable, Undeliverable, 0),
    (Reason::MxDead, Undeliverable, Undeliverable, 0),
    (Reason::MxUnroutable, Undeliverable, Undeliverable, 0),
    (Reason::ImplicitMx, Accepts, Accepts, 0),
    (Reason::MxCname, Information, Information, 0),
    (Reason::MxProvider, Information, Information, 0),
    (Reason::NullMxMixed, Risky, Risky, 50),
    (Reason::MxIsIp, Risky, Risky, 50),
    (Reason::Parked, Risky, Risky, 30),
    (Reason::DisposableMx, Risky, Risky, 20),
    (Reason::Dotless, Risky, Risky, 30),
    (Reason::NxdomainUnconfirmed, Unknown, Unknown, 50),
    (Reason::DnsTimeout, Unknown, Unknown, 60),
    (Reason::DnsServfail, Unknown, Unknown, 50),
    (Reason::DnsRefused, Unknown, Unknown, 60),
    (Reason::DnssecBogus, Unknown, Unknown, 50),
    (Reason::ResolverPolicy, Unknown, Unknown, 50),
    (Reason::ResolverMalformed, Unknown, Unknown, 60),
    (Reason::EdgeUnreachable, Unknown, Unknown, 70),
    (Reason::Offline, Unknown, Unknown, 70),
    (Reason::AcceptedEmail, Accepts, Accepts, 0),
    (Reason::RejectedEmail, Undeliverable, Undeliverable, 0),
    (Reason::MailboxFull, Risky, Risky, 40),
    (Reason::MailboxDisabled, Undeliverable, Undeliverable, 0),
    (Reason::AcceptAll, Risky, Risky, 60),
    (Reason::Greylisted, Unknown, Unknown, 60),
    (Reason::NoConnect, Unknown, Unknown, 50),
    (Reason::Timeout, Unknown, Unknown, 60),
    (Reason::ProberBlocked, Unknown, Unknown, 60),
    (Reason::MalformedInput, Unknown, Unknown, 0),
    (Reason::EngineUnavailable, Unknown, Unknown, 70),
    (Reason::UnknownReason, Unknown, Unknown, 50),
];

const fn table(column: usize) -> ([Effect; Reason::ALL.len()], [u8; Reason::ALL.len()]) {
    let mut effects = [Unknown; Reason::ALL.len()];
    let mut scores = [0; Reason::ALL.len()];
    let mut row = 0;
    while row < effects.len() {
        // A row in another place than its reason's stops the build here.
        assert!(ROWS[row].0 as usize == row);
        effects[row] = if column == 0 {
            ROWS[row].1
        } else {
            ROWS[row].2
        };
        scores[row] = ROWS[row].3;
        row += 1;
    }
    (effects, scores)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn information_never_lowers_the_score() {
        for policy in [Policy::FORM, Policy::RFC] {
            for reason in Reason::ALL {
                let lowers = policy.highest_score(*reason) < 100;
                let informs = matches!(policy.effect(*reason), Information | Accepts | Allows);
                assert_ne!(lowers, informs, "{reason:?}");
            }
        }
    }

    #[test]
    fn role_free_and_relay_are_never_held_against_an_address() {
        for reason in [Reason::Role, Reason::Free, Reason::Relay, Reason::Alias] {
            assert_eq!(Policy::FORM.effect(reason), Information);
        }
    }

    #[test]
    fn the_built_in_policies_have_names() {
        assert_eq!(Policy::named("form"), Some(Policy::FORM));
        assert_eq!(Policy::named("rfc"), Some(Policy::RFC));
        assert_eq!(Policy::named("FORM"), None);
        assert_eq!(Policy::default(), Policy::FORM);
        assert_ne!(Policy::FORM, Policy::RFC);
        assert_eq!(Policy::FORM.cleaning(), Cleaning::PasteNoise);
        assert_eq!(Policy::RFC.cleaning(), Cleaning::Nothing);
    }

    #[test]
    fn scores_end_at_100() {
        let score = |score| Policy::FORM.with_score(Reason::NoReply, score);
        for (given, kept) in [(0, 0), (100, 100), (101, 100), (255, 100)] {
            assert_eq!(score(given).highest_score(Reason::NoReply), kept);
        }
    }

    #[test]
    fn an_owner_can_change_a_row() {
        let strict = Policy::FORM.with(Reason::Disposable, Undeliverable);
        assert_eq!(strict.highest_score(Reason::Disposable), 0);
        assert_eq!(
            strict
                .with_score(Reason::NoReply, 45)
                .highest_score(Reason::NoReply),
            45
        );
    }

    #[test]
    fn one_lineage_alone_weighs_less() {
        let highest = |once| Policy::FORM.weighed(once).highest_score(Reason::Disposable);
        assert_eq!((highest(false), highest(true)), (20, 35));
        let owners = Policy::FORM.with_score(Reason::Disposable, 25);
        assert_eq!(owners.weighed(true).highest_score(Reason::Disposable), 25);
        let no_reply = Policy::FORM.weighed(true).highest_score(Reason::NoReply);
        assert_eq!(no_reply, Policy::FORM.highest_score(Reason::NoReply));
        // Who refuses disposables refuses these too, and may set them apart.
        let strict = Policy::FORM.with(Reason::Disposable, Undeliverable);
        let apart = strict.clone().with_listed_once(Risky);
        let silent = strict.clone().with_listed_once(Information);
        let effect = |policy: Policy| policy.weighed(true).effect(Reason::Disposable);
        assert_eq!(effect(Policy::FORM), Risky);
        assert_eq!(
            silent.weighed(false).effect(Reason::Disposable),
            Undeliverable
        );
        assert_eq!(silent.weighed(true).effect(Reason::NoReply), Risky);
        assert_eq!(effect(strict), Undeliverable);
        assert_eq!(effect(apart), Risky);
        assert_eq!(effect(silent), Information);
    }
}
