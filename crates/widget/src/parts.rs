//! Verdicts and effects as texts of parts that end in a tab, and of flags, which are one
//! character; a part that is empty is not there. `www/engine/parts.js` reads them.
//!
//! No part holds a tab: an address has none, codes and sources have none, and what somebody
//! typed is never a part. Text and not JSON: a writer of it weighs twice as much as this, and
//! reading takes the page several times as long.

use alloc::string::String;

use mailproof_core::decimal::push_decimal;
use mailproof_core::{Evidence, Issue, Mx, MxRecord, Reason, Verdict};

use crate::field::{Effect, Hint};

/// A text that grows by parts.
struct Parts(String);

/// All of a verdict but `input`, `accept_all` and `took_ms`, in the order of its fields. A list
/// stands behind its length; `1` is true, `0` false. Of the lists only whether they were asked.
pub(crate) fn verdict(verdict: &Verdict) -> String {
    /// Most verdicts are shorter.
    const USUAL: usize = 400;
    let mut parts = Parts(String::with_capacity(USUAL));
    parts.some(verdict.normalized.as_deref());
    parts.some(verdict.canonical.as_deref());
    parts.some(verdict.local_part.as_deref());
    parts.some(verdict.domain.as_deref());
    parts.some(verdict.ascii_domain.as_deref());
    parts.some(verdict.registrable_domain.as_deref());
    parts.part(verdict.result.code());
    parts.part(verdict.level.code());
    parts.part(verdict.advice.code());
    parts.number(verdict.score.into());
    parts.part(verdict.reason.code());
    parts.list(&verdict.reasons, |parts, reason| parts.part(reason.code()));
    parts.list(&verdict.issues, Parts::issue);
    parts.some(verdict.did_you_mean.as_deref());
    for is in [
        verdict.role,
        verdict.free,
        verdict.disposable,
        verdict.relay,
        verdict.no_reply,
        verdict.smtputf8,
    ] {
        parts.flag(is);
    }
    parts.mx(&verdict.mx);
    parts.list(&verdict.evidence, Parts::evidence);
    parts.flag(verdict.lists.is_some());
    parts.0
}

/// Behind their number the effects: each its place in the page's list, and what belongs to it.
pub(crate) fn effects(effects: &[Effect]) -> String {
    let mut parts = Parts(String::new());
    parts.list(effects, Parts::effect);
    parts.0
}

impl Parts {
    fn part(&mut self, part: &str) {
        self.0.push_str(part);
        self.0.push('\t');
    }

    fn some(&mut self, part: Option<&str>) {
        self.part(part.unwrap_or_default());
    }

    fn flag(&mut self, is: bool) {
        self.0.push_str(if is { "1" } else { "0" });
    }

    /// No text of the page is so long that a place in it, or an epoch, would not fit.
    fn number(&mut self, number: usize) {
        push_decimal(&mut self.0, number.try_into().unwrap_or(u32::MAX), 1);
        self.part("");
    }

    fn list<T>(&mut self, list: &[T], write: fn(&mut Self, &T)) {
        self.number(list.len());
        for item in list {
            write(self, item);
        }
    }

    fn issue(&mut self, issue: &Issue) {
        self.part(issue.code.code());
        let span = issue.span;
        for place in [span.start, span.end, span.utf16_start, span.utf16_end] {
            self.number(place);
        }
    }

    fn mx(&mut self, mx: &Mx) {
        self.0.push_str(match mx.found {
            Some(true) => "1",
            Some(false) => "0",
            // Nobody could tell.
            None => "2",
        });
        self.list(&mx.records, |parts, record: &MxRecord| {
            parts.number(record.preference.into());
            parts.part(&record.exchange);
        });
        self.some(mx.provider.as_deref());
        self.flag(mx.implicit);
        self.flag(mx.null_mx);
    }

    fn evidence(&mut self, item: &Evidence) {
        self.part(&item.check);
        self.part(&item.outcome);
        self.part(&item.source);
        self.some(item.since.as_deref());
    }

    fn effect(&mut self, effect: &Effect) {
        self.number(place(effect));
        match effect {
            Effect::Show(hint) => self.hint(hint),
            Effect::AskEdge { domain, epoch } => {
                self.part(domain);
                self.number(*epoch as usize);
            }
            Effect::SetValidity(reason) => self.some(reason.map(Reason::code)),
            _ => {}
        }
    }

    /// Tone, reason, address, and whether the visitor may insist.
    fn hint(&mut self, hint: &Hint) {
        let (tone, reason, address, overridable) = match hint {
            Hint::Error {
                reason,
                suggestion,
                overridable,
            } => ("error", Some(reason), suggestion.as_deref(), *overridable),
            Hint::Warning { reason } => ("warning", Some(reason), None, false),
            Hint::Suggestion { address } => ("suggestion", None, Some(&**address), false),
            Hint::Note { reason } => ("note", Some(reason), None, false),
            Hint::Changed { to, .. } => ("changed", None, Some(&**to), false),
        };
        self.part(tone);
        self.some(reason.map(|reason| reason.code()));
        self.some(address);
        self.flag(overridable);
    }
}

/// The places of the effects in the list of `www/engine/field.js`.
fn place(effect: &Effect) -> usize {
    match effect {
        Effect::FetchNames => 0,
        Effect::Show(_) => 1,
        Effect::Clear => 2,
        Effect::AskEdge { .. } => 3,
        Effect::AbortEdge => 4,
        Effect::SetValue(_) => 5,
        Effect::SetValidity(_) => 6,
        Effect::FocusField => 7,
        Effect::ReleaseSubmit => 8,
        Effect::ReportStart => 9,
        Effect::ReportResult => 10,
        Effect::ReportAccept => 11,
        Effect::ReportError => 12,
        // Never leaves the engine.
        Effect::Judge { .. } => 13,
    }
}

#[cfg(test)]
mod tests {
    use mailproof_core::{Context, Pack, Policy, judge};

    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &[&str]) {
        let parts: Vec<_> = written.split('\t').collect();
        assert_eq!(parts, expected);
    }

    fn judged(text: &str, policy: &Policy) -> Verdict {
        let pack = Pack::new(mailproof_lists::SMALL).expect("the small pack");
        let context = Context {
            pack: Some(&pack),
            policy,
            routing: None,
        };
        judge(text, &context)
    }

    #[test]
    fn a_verdict_in_the_order_of_its_fields() {
        #[rustfmt::skip]
        check(&verdict(&judged("info@gamil.com", &Policy::FORM)), &[
            "info@gamil.com", "info@gamil.com", "info", "gamil.com", "gamil.com", "gamil.com",
            "risky", "syntax", "confirm", "30", "possible_typo", "3", "possible_typo", "offline", "role",
            "0", "info@gmail.com", "10000020", "", "002", "role", "office", "RFC 2142", "",
            "possible_typo", "squat", "mailproof", "", "1",
        ]);
        #[rustfmt::skip]
        check(&verdict(&judged("jane", &Policy::FORM)), &[
            "", "", "", "", "", "",
            "undeliverable", "syntax", "reject", "0", "missing_at", "1", "missing_at",
            "1", "missing_at", "4", "4", "4", "4",
            "", "00000020", "", "000", "1",
        ]);
    }

    #[test]
    fn what_was_typed_brings_no_part() {
        for policy in [Policy::FORM, Policy::RFC] {
            for text in [
                "a\tb@shop.hk",
                "\"a\tb\"@shop.hk",
                "\"a\\\tb\"@shop.hk",
                "a@(\t)shop.hk",
                "a@shop\t.hk",
            ] {
                let verdict = judged(text, &policy);
                let forms = [
                    &verdict.normalized,
                    &verdict.canonical,
                    &verdict.local_part,
                    &verdict.domain,
                    &verdict.did_you_mean,
                ];
                assert!(
                    forms.into_iter().flatten().all(|form| !form.contains('\t')),
                    "{text:?}"
                );
            }
        }
    }

    #[test]
    fn effects_and_what_belongs_to_them() {
        let hint = Hint::Error {
            reason: Reason::MissingAt,
            suggestion: None,
            overridable: true,
        };
        let domain = "shop.hk".to_owned();
        let all = [
            Effect::Clear,
            Effect::Show(hint),
            Effect::AskEdge { domain, epoch: 7 },
            Effect::SetValidity(None),
        ];
        #[rustfmt::skip]
        check(&effects(&all), &[
            "4", "2", "1", "error", "missing_at", "", "13", "shop.hk", "7", "6", "", "",
        ]);
    }
}
