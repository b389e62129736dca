//! What a domain publishes about the mail it sends: SPF (RFC 7208) and DMARC (RFC 7489).
//!
//! Facts beside the verdict, which they never change: a domain may send nothing and still
//! receive. They are asked for after good news alone, of one resolver and once, so that they
//! cost neither a confirmation nor much time.

use crate::finding::Conclusion;
use crate::query::{Query, QueryId, RecordType, WireName};
use crate::question::Question;

/// The part of the time there is that these answers are waited for: 200 ms of 800. They
/// change nothing, and a form waits.
const PATIENCE: u64 = 4;

/// When a domain's SPF and DMARC records are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MailPolicy {
    /// Not at all.
    #[default]
    Never,
    /// Where mail goes to the domain's own address for want of an MX: there they tell whether
    /// that is meant. `v=spf1 -all` beside no MX is a domain that has nothing to do with mail.
    WithoutMx,
    /// Wherever mail is taken.
    Always,
}

impl MailPolicy {
    pub(crate) fn wants(self, conclusion: Conclusion) -> bool {
        match conclusion {
            Conclusion::Implicit => self != Self::Never,
            Conclusion::Accepts { .. } => self == Self::Always,
            _ => false,
        }
    }
}

/// The two questions, once they may be asked.
#[derive(Debug)]
pub(crate) struct Publications {
    questions: [Question; 2],
    /// The resolver that they go to.
    resolver: usize,
    /// When they are waited for no longer.
    pub(crate) until_ms: u64,
}

impl Publications {
    /// `None` where a label for DMARC does not fit before the name.
    pub(crate) fn new(
        name: &WireName,
        resolver: usize,
        deadline_ms: u64,
        now_ms: u64,
    ) -> Option<Self> {
        let below: WireName = ["_dmarc.", &name.to_string()].concat().parse().ok()?;
        let question = |name, record_type| Question::new(name, record_type, resolver);
        Some(Self {
            questions: [
                question(name.clone(), RecordType::Spf),
                question(below, RecordType::Dmarc),
            ],
            resolver,
            until_ms: now_ms.saturating_add(deadline_ms / PATIENCE),
        })
    }

    pub(crate) fn questions(&self) -> &[Question] {
        &self.questions
    }

    pub(crate) fn questions_mut(&mut self) -> &mut [Question] {
        &mut self.questions
    }

    /// The next of the two that was not asked yet.
    pub(crate) fn next(&mut self, id: QueryId, now_ms: u64) -> Option<Query> {
        let mut questions = self.questions.iter_mut();
        let question = questions.find(|question| question.attempts.is_empty())?;
        question.ask(id, self.resolver, now_ms)
    }

    pub(crate) fn is_open(&self) -> bool {
        let mut questions = self.questions.iter();
        questions.any(|question| question.in_flight().next().is_some())
    }
}

/// No such record.
pub(crate) const ABSENT: &str = "absent";
/// More than one, which is as good as none (RFC 7208 §4.5, RFC 7489 §6.6.3).
const SEVERAL: &str = "several";
/// A record that says something else than the words below.
const PRESENT: &str = "present";

/// What the TXT records of a name say as SPF: `reject_all` where nothing may send for the
/// domain, `present`, `several` or `absent`.
pub(crate) fn spf(texts: &[Vec<u8>]) -> &'static str {
    let is_spf = |text: &&str| {
        let version = text.split(' ').next().unwrap_or_default();
        version.eq_ignore_ascii_case("v=spf1")
    };
    match only(texts, is_spf) {
        Err(outcome) => outcome,
        Ok(record) => {
            let mut terms = record.split(' ').skip(1).filter(|term| !term.is_empty());
            let is_all = terms
                .next()
                .is_some_and(|term| term.eq_ignore_ascii_case("-all"));
            if is_all && terms.next().is_none() {
                "reject_all"
            } else {
                PRESENT
            }
        }
    }
}

/// What the TXT records of a name say as DMARC: the policy `none`, `quarantine` or `reject`,
/// or `present`, `several` or `absent`.
pub(crate) fn dmarc(texts: &[Vec<u8>]) -> &'static str {
    let is_dmarc = |text: &&str| {
        let (name, version) = tag(text.split(';').next().unwrap_or_default());
        // RFC 7489 §6.3: the version is the one tag whose value is compared with its case.
        name.eq_ignore_ascii_case("v") && version == "DMARC1"
    };
    match only(texts, is_dmarc) {
        Err(outcome) => outcome,
        Ok(record) => {
            let mut tags = record.split(';').map(tag);
            let policy = tags.find(|(name, _)| name.eq_ignore_ascii_case("p"));
            let (_, policy) = policy.unwrap_or_default();
            let known = ["none", "quarantine", "reject"];
            let mut known = known
                .into_iter()
                .filter(|it| it.eq_ignore_ascii_case(policy));
            known.next().unwrap_or(PRESENT)
        }
    }
}

fn tag(text: &str) -> (&str, &str) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (name.trim(), value.trim())
}

/// The one record of a kind, or the word for there being none or several.
fn only(texts: &[Vec<u8>], is_one: impl Fn(&&str) -> bool) -> Result<&str, &'static str> {
    let texts = texts
        .iter()
        .filter_map(|text| std::str::from_utf8(text).ok());
    let mut records = texts.filter(is_one);
    let record = records.next().ok_or(ABSENT)?;
    match records.next() {
        Some(_) => Err(SEVERAL),
        None => Ok(record),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
        texts.iter().map(|text| text.as_bytes().to_vec()).collect()
    }

    #[track_caller]
    fn check_spf(records: &[&str], expected: &str) {
        assert_eq!(spf(&texts(records)), expected, "{records:?}");
    }

    #[test]
    fn spf_records() {
        check_spf(&[], "absent");
        check_spf(&["google-site-verification=x"], "absent");
        check_spf(&["v=spf1 -all"], "reject_all");
        check_spf(&["x", "V=SPF1  -ALL "], "reject_all");
        check_spf(&["v=spf1 mx -all"], "present");
        check_spf(&["v=spf1 ~all"], "present");
        check_spf(&["v=spf1"], "present");
        check_spf(&["v=spf10 -all"], "absent");
        check_spf(&["v=spf1 -all", "v=spf1 mx -all"], "several");
        assert_eq!(spf(&[vec![0xff]]), "absent");
    }

    #[track_caller]
    fn check_dmarc(records: &[&str], expected: &str) {
        assert_eq!(dmarc(&texts(records)), expected, "{records:?}");
    }

    #[test]
    fn dmarc_records() {
        check_dmarc(&[], "absent");
        check_dmarc(&["v=spf1 -all"], "absent");
        check_dmarc(&["v=DMARC1; p=reject; rua=mailto:a@b"], "reject");
        check_dmarc(&["v = DMARC1 ;p= Quarantine"], "quarantine");
        check_dmarc(&["v=DMARC1;p=none;sp=reject"], "none");
        check_dmarc(&["v=dmarc1; p=reject"], "absent");
        check_dmarc(&["p=reject; v=DMARC1"], "absent");
        check_dmarc(&["v=DMARC1; rua=mailto:a@b"], "present");
        check_dmarc(&["v=DMARC1; p=drop"], "present");
        check_dmarc(&["v=DMARC1; p=none", "v=DMARC1; p=reject"], "several");
    }
}
