//! A verdict as a line to read.

use std::fmt::Write as _;

use mailproof_core::{Advice, Deliverability, Evidence, Policy, Reason, Verdict};
use mailproof_dns::Asked;

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
        let (title, stop) = (&explanation.title, words.stop());
        let _ = write!(line, "  {title}{stop}{}", action(verdict, words));
    }
    let codes: Vec<_> = verdict.reasons.iter().map(|reason| reason.code()).collect();
    let _ = write!(line, " [{}]", codes.join(" "));
    line
}

/// What to do: the reason's own words, unless the policy advises something else than they were
/// written for.
fn action<'w>(verdict: &Verdict, words: &'w Words) -> &'w str {
    let (_, usual) = Policy::FORM.effect(verdict.reason).outcome();
    let reason = match verdict.advice {
        advice if advice == usual => verdict.reason,
        Advice::Accept => Reason::AcceptsMail,
        Advice::Confirm => Reason::Disposable,
        Advice::Reject => Reason::NoSuchDomain,
    };
    words.explain(reason).map_or("", |it| &it.action)
}

/// All evidence, a line each. What DNS said stands query by query, where that was kept: what was
/// asked, what came of it, who said so, about which name, and what that proves.
pub(crate) fn explanation(evidence: &[Evidence], asked: &[Asked]) -> impl Iterator<Item = String> {
    let is_told = |it: &&Evidence| asked.iter().any(|one| one.record_type.check() == it.check);
    let others = evidence.iter().filter(move |it| !is_told(it));
    asked.iter().map(query).chain(others.map(piece))
}

fn query(asked: &Asked) -> String {
    let check = asked.record_type.check();
    let (outcome, source) = (asked.outcome, shown(&asked.source));
    let took = asked.took_ms.map(|ms| format!(", {ms} ms"));
    let (proof, took) = (asked.proof.word(), took.unwrap_or_default());
    format!(
        "    {check:10} {outcome:20} {source}: {} ({proof}{took})",
        shown(&asked.name)
    )
}

fn piece(evidence: &Evidence) -> String {
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
    use mailproof_core::{Context, Effect, judge};
    use mailproof_dns::{Proof, RecordType};

    fn evidence(check: &str, since: Option<&str>) -> Evidence {
        Evidence {
            check: check.to_owned(),
            outcome: "null_mx".to_owned(),
            source: "dns.google".to_owned(),
            since: since.map(str::to_owned),
        }
    }

    #[track_caller]
    fn check(evidence: &[Evidence], asked: &[Asked], expected: &[&str]) {
        let words = |line: String| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = explanation(evidence, asked).map(words).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn an_explanation_tells_each_query_and_then_what_lists_say() {
        let mx = evidence("mx", None);
        let parked = evidence("parked", Some("2026-11-01"));
        check(
            &[mx.clone(), parked.clone()],
            &[],
            &[
                "mx null_mx dns.google",
                "parked null_mx dns.google since 2026-11-01",
            ],
        );
        let asked = Asked {
            name: "shop.net".to_owned(),
            record_type: RecordType::Mx,
            source: "dns.google".to_owned(),
            outcome: "null_mx",
            took_ms: Some(9),
            proof: Proof::Denied,
        };
        let unanswered = Asked {
            outcome: "unanswered",
            took_ms: None,
            proof: Proof::Nothing,
            ..asked.clone()
        };
        check(
            &[mx, parked],
            &[asked, unanswered],
            &[
                "mx null_mx dns.google: shop.net (denied, 9 ms)",
                "mx unanswered dns.google: shop.net (proves nothing)",
                "parked null_mx dns.google since 2026-11-01",
            ],
        );
    }

    #[track_caller]
    fn check_line(text: &str, policy: &Policy, language: Language, expected: &str) {
        let context = Context {
            pack: None,
            policy,
            routing: None,
        };
        let line = line(&judge(text, &context), &Words::of(language));
        assert!(line.contains(expected), "{line}");
    }

    #[test]
    fn what_to_do_is_what_the_policy_advises() {
        use Language::{En, Ja, ZhHans};
        let strict = Policy::FORM.with(Reason::QuotedLocalPart, Effect::Undeliverable);
        let easy = Policy::FORM.with(Reason::MissingTld, Effect::Information);
        let quoted = "\"jane\"@shop.hk";
        let literal = "jane@[192.0.2.1]";
        for (text, policy, language, expected) in [
            (quoted, &Policy::FORM, En, ". Decide by your own policy. ["),
            (quoted, &strict, En, ". Do not send. ["),
            (literal, &Policy::FORM, En, ". Do not send. ["),
            (
                literal,
                &Policy::RFC,
                En,
                ". Send a confirmation message first. [",
            ),
            ("jane@shop", &easy, En, ". Check again later. ["),
            (literal, &Policy::FORM, ZhHans, "。不要发送。 ["),
            (literal, &Policy::FORM, Ja, "。送信しないでください。 ["),
        ] {
            check_line(text, policy, language, expected);
        }
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
