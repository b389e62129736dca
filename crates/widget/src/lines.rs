//! Verdicts and effects as texts: a line a fact, its parts parted by tabs; a part that is
//! empty is not there. `www/engine/lines.js` reads them.
//!
//! No part holds a tab or the end of a line: an address has none, codes and sources have
//! none, and what somebody typed is never a part. Text and not JSON: a writer of it weighs
//! twice as much as this, and reading takes the page three times as long.

use alloc::string::String;

use mailproof_core::{Mx, Verdict};

use crate::field::{Effect, Hint};

/// A text that grows by parts and lines.
struct Lines(String);

/// All of a verdict but `input`, `accept_all` and `took_ms`, and of the lists only whether
/// they were asked.
///
/// ```text
/// normalized  canonical  local part  domain  A-labels  registrable domain  suggestion
/// result  level  advice  score  role  free  disposable  relay  no_reply  smtputf8  lists
/// code …
/// code  start  end  UTF-16 start  UTF-16 end …
/// found  implicit  null_mx  provider
/// preference  exchange …
/// check  outcome  source  since …
/// ```
/// `1` is true, `0` false.
pub(crate) fn verdict(verdict: &Verdict) -> String {
    /// Most verdicts are shorter.
    const USUAL: usize = 400;
    let mut lines = Lines(String::with_capacity(USUAL));
    lines.some(verdict.normalized.as_deref());
    lines.some(verdict.canonical.as_deref());
    lines.some(verdict.local_part.as_deref());
    lines.some(verdict.domain.as_deref());
    lines.some(verdict.ascii_domain.as_deref());
    lines.some(verdict.registrable_domain.as_deref());
    lines.some(verdict.did_you_mean.as_deref());
    lines.end();
    lines.part(verdict.result.code());
    lines.part(verdict.level.code());
    lines.part(verdict.advice.code());
    lines.number(verdict.score.into());
    for is in [
        verdict.role,
        verdict.free,
        verdict.disposable,
        verdict.relay,
        verdict.no_reply,
        verdict.smtputf8,
        verdict.lists.is_some(),
    ] {
        lines.flag(is);
    }
    lines.end();
    for reason in &verdict.reasons {
        lines.part(reason.code());
    }
    lines.end();
    for issue in &verdict.issues {
        lines.part(issue.code.code());
        let span = issue.span;
        for place in [span.start, span.end, span.utf16_start, span.utf16_end] {
            lines.number(place);
        }
    }
    lines.end();
    lines.mx(&verdict.mx);
    for item in &verdict.evidence {
        lines.part(&item.check);
        lines.part(&item.outcome);
        lines.part(&item.source);
        lines.some(item.since.as_deref());
    }
    lines.0
}

/// An effect a line: its name, and what belongs to it.
pub(crate) fn effects(effects: &[Effect]) -> String {
    let mut lines = Lines(String::new());
    for effect in effects {
        lines.effect(effect);
        lines.end();
    }
    lines.0
}

impl Lines {
    fn part(&mut self, part: &str) {
        self.0.push_str(part);
        self.0.push_str("\t");
    }

    fn some(&mut self, part: Option<&str>) {
        self.part(part.unwrap_or_default());
    }

    fn flag(&mut self, is: bool) {
        self.part(if is { "1" } else { "0" });
    }

    fn number(&mut self, number: usize) {
        self.digits(number);
        self.part("");
    }

    fn digits(&mut self, number: usize) {
        if number >= 10 {
            self.digits(number / 10);
        }
        self.0.push(char::from(b'0' + (number % 10) as u8));
    }

    fn end(&mut self) {
        self.0.push_str("\n");
    }

    fn mx(&mut self, mx: &Mx) {
        match mx.found {
            Some(found) => self.flag(found),
            None => self.part(""),
        }
        self.flag(mx.implicit);
        self.flag(mx.null_mx);
        self.some(mx.provider.as_deref());
        self.end();
        for record in &mx.records {
            self.number(record.preference.into());
            self.part(&record.exchange);
        }
        self.end();
    }

    fn effect(&mut self, effect: &Effect) {
        self.part(name(effect));
        match effect {
            Effect::Show(hint) => self.hint(hint),
            Effect::AskEdge { domain, epoch } => {
                self.part(domain);
                self.number(*epoch as usize);
            }
            Effect::SetValidity(reason) => self.some(reason.map(mailproof_core::Reason::code)),
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

/// The names of the effects in `www/engine/field.js`.
fn name(effect: &Effect) -> &'static str {
    match effect {
        // Never leaves the engine.
        Effect::Judge { .. } => "",
        Effect::FetchNames => "fetch_names",
        Effect::Show(_) => "show",
        Effect::Clear => "clear",
        Effect::AskEdge { .. } => "ask_edge",
        Effect::AbortEdge => "abort_edge",
        Effect::SetValue(_) => "set_value",
        Effect::SetValidity(_) => "set_validity",
        Effect::FocusField => "focus_field",
        Effect::ReleaseSubmit => "release_submit",
        Effect::ReportStart => "report_start",
        Effect::ReportResult => "report_result",
        Effect::ReportAccept => "report_accept",
        Effect::ReportError => "report_error",
    }
}
