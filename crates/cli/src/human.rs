//! A verdict as a line to read.

use std::fmt::Write as _;

use mailproof_core::{Deliverability, Evidence, Verdict};

use crate::words::Words;

/// The verdict in one line, safe for a terminal: control characters of the input are
/// written as escapes.
pub(crate) fn line(verdict: &Verdict, words: &Words) -> String {
    let mut line = format!("{:13} {}", word(verdict.result), shown(&verdict.input));
    // Writing to a String cannot fail.
    if let Some(meant) = &verdict.did_you_mean {
        let _ = write!(line, " -> {}", shown(meant));
    }
    if let Some(explanation) = words.explain(verdict.reason) {
        let _ = write!(line, "  {}. {}", explanation.title, explanation.action);
    }
    let codes: Vec<_> = verdict.reasons.iter().map(|reason| reason.code()).collect();
    let _ = write!(line, " [{}]", codes.join(" "));
    line
}

/// One piece of evidence, in the order of asking: what was asked, what came of it, who said so.
pub(crate) fn evidence(evidence: &Evidence) -> String {
    let Evidence {
        check,
        outcome,
        source,
        since,
    } = evidence;
    let since = since.as_deref().map(|day| format!(" since {day}"));
    let since = since.unwrap_or_default();
    let line = format!("    {check:10} {outcome:20} {}{since}", shown(source));
    line.trim_end().to_owned()
}

fn word(result: Deliverability) -> &'static str {
    match result {
        Deliverability::Deliverable => "deliverable",
        Deliverability::Unknown => "unknown",
        Deliverability::Risky => "risky",
        Deliverability::Undeliverable => "undeliverable",
    }
}

/// Longest input shown, in characters.
const LONGEST_SHOWN: usize = 254;

/// The text, safe for a terminal and not too long for it.
pub(crate) fn shown(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(LONGEST_SHOWN)
        .flat_map(escaped_where_unsafe)
        .collect();
    if text.chars().nth(LONGEST_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// Control and direction characters would act on the terminal instead of being seen.
fn escaped_where_unsafe(c: char) -> impl Iterator<Item = char> {
    let acts = c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let (escape, plain) = if acts {
        (Some(c.escape_unicode()), None)
    } else {
        (None, Some(c))
    };
    escape.into_iter().flatten().chain(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::Language;
    use mailproof_core::{Context, Policy, judge};

    #[test]
    fn evidence_tells_the_question_the_outcome_and_who_said_so() {
        let piece = |since: Option<&str>| Evidence {
            check: "mx".to_owned(),
            outcome: "null_mx".to_owned(),
            source: "dns.google".to_owned(),
            since: since.map(str::to_owned),
        };
        let line = evidence(&piece(None));
        assert_eq!(
            line.split_whitespace().collect::<Vec<_>>(),
            ["mx", "null_mx", "dns.google"]
        );
        assert!(evidence(&piece(Some("2026-11-01"))).ends_with(" dns.google since 2026-11-01"));
    }

    #[test]
    fn nothing_acts_on_the_terminal() {
        let context = Context {
            pack: None,
            policy: &Policy::FORM,
            routing: None,
        };
        let words = Words::of(Language::En);
        let line = line(&judge("\u{1b}]0;x\u{7}@\u{202e}shop.hk", &context), &words);
        assert!(
            line.starts_with("undeliverable \\u{1b}]0;x\\u{7}@\\u{202e}shop.hk"),
            "{line}"
        );
        assert!(!line.chars().any(char::is_control));
    }
}
