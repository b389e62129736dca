//! The whole way of one address: clean, parse, classify, suggest, add DNS, decide.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::ascii;
use crate::clean::{Cleaned, LONGEST_TEXT};
use crate::decision::decide;
use crate::facts::{Facts, is_listed_once};
use crate::policy::Cleaning;
use crate::{Address, DomainReport, Issue, Lists, Names, Pack, Policy, Reason, Routing, Verdict};

/// What the judgement may draw on besides the text.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The lists; without them classes and top-level domains are not judged.
    pub pack: Option<&'a Pack<'a>>,
    /// The owner's policy.
    pub policy: &'a Policy,
    /// What DNS said about this address's domain; `None` when nobody asked.
    pub routing: Option<&'a Routing>,
}

/// Judges one text that should be an e-mail address. Never fails: whatever the text is,
/// there is a verdict. `took_ms` is 0, for the core has no clock; shells fill it.
pub fn judge(text: &str, context: &Context<'_>) -> Verdict {
    judge_with(text.to_owned(), context, Names::BUILT_IN)
}

/// The same of a text that the verdict may keep: however long it is, it is not copied. With
/// conversions of international names that the caller lends, for a build without the `idn`
/// feature; without any such an address is `engine_unavailable`.
pub fn judge_with(text: String, context: &Context<'_>, names: Option<&Names>) -> Verdict {
    let cleaned = clean(&text, context.policy);
    let mut facts = Facts::new(&cleaned.notes);
    if names.is_none() && is_international(&cleaned.text) {
        facts.add(Reason::EngineUnavailable);
        return verdict(text, facts, Vec::new(), context);
    }
    match Address::parse_text(&cleaned.text, names) {
        Ok(address) => {
            facts.add_address(address, context, names);
            verdict(text, facts, Vec::new(), context)
        }
        Err(faults) => {
            facts.add_repair(&cleaned.text, &faults, context, names);
            let issue = |fault: crate::fault::Fault| {
                facts.add(fault.code);
                Issue {
                    code: fault.code,
                    span: cleaned.span(fault.range),
                }
            };
            let issues = faults.into_iter().map(issue).collect();
            verdict(text, facts, issues, context)
        }
    }
}

/// Whether judging `text` takes the conversions of international names: it has a non-ASCII character that
/// cleaning does not fold, or an `xn--` label.
pub fn needs_idn(text: &str) -> bool {
    text.len() <= LONGEST_TEXT && is_international(&Cleaned::new(text).text)
}

fn is_international(text: &str) -> bool {
    let domain = ascii::rsplit_once(text, b'@').map_or(text, |(_, domain)| domain);
    // Anywhere: a repair may take away what stands before it.
    let starts_a_label = |part: &[u8]| part.eq_ignore_ascii_case(b"xn--");
    !ascii::is_ascii(text) || domain.as_bytes().windows(4).any(starts_a_label)
}

fn clean<'t>(text: &'t str, policy: &Policy) -> Cleaned<'t> {
    match policy.cleaning() {
        Cleaning::PasteNoise if text.len() <= LONGEST_TEXT => Cleaned::new(text),
        _ => Cleaned::verbatim(text),
    }
}

fn verdict(input: String, facts: Facts, issues: Vec<Issue>, context: &Context<'_>) -> Verdict {
    let Facts {
        mut reasons,
        evidence,
        mx,
        parts,
        did_you_mean,
    } = facts;
    let decision = decide(
        &mut reasons,
        context.policy.weighed(is_listed_once(&evidence)),
    );
    let has = |reason| reasons.contains(&reason);
    Verdict {
        input,
        normalized: parts.normalized,
        canonical: parts.canonical,
        local_part: parts.local_part,
        domain: parts.domain,
        ascii_domain: parts.ascii_domain,
        registrable_domain: parts.registrable_domain,
        result: decision.result,
        level: decision.level,
        advice: decision.advice,
        score: decision.score,
        reason: decision.reason,
        role: has(Reason::Role),
        free: has(Reason::Free),
        disposable: has(Reason::Disposable) || has(Reason::DisposableMx),
        relay: has(Reason::Relay),
        no_reply: has(Reason::NoReply),
        smtputf8: has(Reason::Smtputf8Required),
        accept_all: None,
        reasons,
        issues,
        did_you_mean,
        mx,
        evidence,
        lists: context.pack.map(lists),
        took_ms: 0,
    }
}

/// Turns the facts of one domain into the edge's report, by the same policy as [`judge`].
/// `domain` is in lower-case A-labels.
pub fn report_domain(
    domain: &str,
    routing: Routing,
    pack: Option<&Pack<'_>>,
    policy: &Policy,
) -> DomainReport {
    let mut facts = Facts::new(&[]);
    facts.add_routing(routing);
    let registrable = pack.and_then(|pack| pack.registrable_domain(domain));
    facts.add_classes(domain, registrable, pack);
    facts.add_exchanges(domain, pack);
    let Facts {
        mut reasons,
        evidence,
        mx,
        ..
    } = facts;
    let decision = decide(&mut reasons, policy.weighed(is_listed_once(&evidence)));
    DomainReport {
        domain: domain.to_owned(),
        registrable_domain: registrable.map(str::to_owned),
        result: decision.result,
        level: decision.level,
        advice: decision.advice,
        score: decision.score,
        reason: decision.reason,
        free: reasons.contains(&Reason::Free),
        disposable: reasons.contains(&Reason::Disposable)
            || reasons.contains(&Reason::DisposableMx),
        relay: reasons.contains(&Reason::Relay),
        reasons,
        mx,
        evidence,
        lists: pack.map(lists),
        took_ms: 0,
    }
}

impl Verdict {
    /// The verdict about a `row` of a list that could not be read from byte `offset` on. It
    /// says nothing about the address, for none was seen.
    pub fn malformed(row: &str, offset: usize, context: &Context<'_>) -> Self {
        let mut facts = Facts::new(&[]);
        facts.add(Reason::MalformedInput);
        let span = Cleaned::verbatim(row).span(offset..offset);
        let issues = vec![Issue {
            code: Reason::MalformedInput,
            span,
        }];
        verdict(row.to_owned(), facts, issues, context)
    }

    /// The domain that is worth asking the edge about: none when the text is refused, when
    /// it is answered already, or when the lists know that the domain takes mail.
    pub fn domain_to_ask(&self) -> Option<&str> {
        let answer_is_open = self.reasons.contains(&Reason::Offline);
        let is_name = !self.reasons.contains(&Reason::DomainLiteral);
        self.ascii_domain
            .as_deref()
            .filter(|_| answer_is_open && is_name)
    }
}

fn lists(pack: &Pack<'_>) -> Lists {
    let info = pack.info();
    Lists {
        version: info.version.to_owned(),
        sha256: info.sha256,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::tests::SMALL;
    use crate::{Advice, Deliverability, Level};

    fn offline(text: &str) -> Verdict {
        judge(
            text,
            &Context {
                pack: Some(&SMALL),
                policy: &Policy::FORM,
                routing: None,
            },
        )
    }

    #[track_caller]
    fn check(text: &str, result: Deliverability, reason: Reason, did_you_mean: Option<&str>) {
        let verdict = offline(text);
        let found = (
            verdict.result,
            verdict.reason,
            verdict.did_you_mean.as_deref(),
        );
        assert_eq!(found, (result, reason, did_you_mean), "{text:?}");
    }

    #[test]
    fn the_ways_of_an_address() {
        use Deliverability::{Deliverable, Risky, Undeliverable, Unknown};
        check("jane@gmail.com", Deliverable, Reason::AcceptsMail, None);
        check("jane@shop.hk", Unknown, Reason::Offline, None);
        check(
            "jane@gamil.com",
            Risky,
            Reason::PossibleTypo,
            Some("jane@gmail.com"),
        );
        check(
            "jane@gmail",
            Undeliverable,
            Reason::MissingTld,
            Some("jane@gmail.com"),
        );
        check(
            "jane@@gamil,con",
            Undeliverable,
            Reason::MultipleAt,
            Some("jane@gmail.com"),
        );
        check("jane doe", Undeliverable, Reason::MissingAt, None);
        check("", Undeliverable, Reason::Empty, None);
        check(
            "jane@shop.test",
            Undeliverable,
            Reason::SpecialUseDomain,
            None,
        );
        check(
            "jane@[192.0.2.1]",
            Undeliverable,
            Reason::DomainLiteral,
            None,
        );
        check("\"jane\"@shop.hk", Risky, Reason::QuotedLocalPart, None);
        check("noreply@shop.hk", Risky, Reason::NoReply, None);
        check(
            "jane_doe@gmail.com",
            Undeliverable,
            Reason::ProviderSyntax,
            None,
        );
    }

    #[test]
    fn of_several_addresses_none_is_picked() {
        for text in [
            "jane doe <jane@gmail.com>, bob <bob@shop.hk>",
            "Jane <jane@shop.hk>; Bob <bob@gmail.com>",
            "<jane@shop.hk>,<bob@gmail.com>",
            "jane@shop.hk, Bob <bob@gmail.com>",
            "jane@shop.hk; Bob <bob@gmail.com>",
        ] {
            check(
                text,
                Deliverability::Undeliverable,
                Reason::MultipleAt,
                None,
            );
        }
    }

    #[test]
    fn normalized_and_canonical() {
        let verdict = offline(" Jane.Doe+x@GoogleMail.com,");
        assert_eq!(
            verdict.normalized.as_deref(),
            Some("Jane.Doe+x@googlemail.com")
        );
        assert_eq!(verdict.canonical.as_deref(), Some("janedoe@gmail.com"));
        assert!(verdict.reasons.contains(&Reason::Alias));
        assert!(verdict.reasons.contains(&Reason::WhitespaceTrimmed));
    }

    #[test]
    #[cfg(feature = "idn")]
    fn international() {
        let verdict = offline("用户@例子.公司");
        assert_eq!(
            verdict.ascii_domain.as_deref(),
            Some("xn--fsqu00a.xn--55qx5d")
        );
        assert_eq!(verdict.domain.as_deref(), Some("例子.公司"));
        assert!(verdict.smtputf8);
        assert_eq!(
            (verdict.result, verdict.advice),
            (Deliverability::Unknown, Advice::Accept)
        );
    }

    #[test]
    #[cfg(feature = "idn")]
    fn what_is_real_is_no_proof_for_what_looks_like_it() {
        use Deliverability::{Risky, Unknown};
        // A provider takes mail, but hardly under such a name.
        check("张伟@qq.com", Unknown, Reason::Offline, None);
        check("josé@hotmail.com", Unknown, Reason::Offline, None);
        // Cyrillic, and reads as a provider or another known domain.
        check("jane@аоl.com", Risky, Reason::Confusable, None);
        check("jane@аррӏе.com", Risky, Reason::Confusable, None);
    }

    #[test]
    fn a_squat_is_told_by_its_evidence() {
        let told = |text| {
            let evidence = offline(text).evidence.into_iter().next();
            evidence.map(|it| (it.check, it.outcome))
        };
        let squat = ("possible_typo".to_owned(), "squat".to_owned());
        assert_eq!(told("jane@gamil.com"), Some(squat));
        assert_eq!(told("jane@gmwil.com"), None);
    }

    #[test]
    fn dns_decides_where_it_answered() {
        let routing = Routing::unavailable(Reason::NullMx);
        let context = Context {
            pack: Some(&SMALL),
            policy: &Policy::FORM,
            routing: Some(&routing),
        };
        let verdict = judge("jane@shop.hk", &context);
        assert_eq!(
            (verdict.result, verdict.level),
            (Deliverability::Undeliverable, Level::Domain)
        );
        assert_eq!(verdict.advice, Advice::Reject);
        assert_eq!(verdict.domain_to_ask(), None);
    }

    #[track_caller]
    fn check_gate(text: &str, said: Option<Reason>, did_you_mean: Option<&str>) {
        let routing = said.map(Routing::unavailable);
        let context = Context {
            pack: Some(&SMALL),
            policy: &Policy::FORM,
            routing: routing.as_ref(),
        };
        let found = judge(text, &context).did_you_mean;
        assert_eq!(found.as_deref(), did_you_mean, "{text} {said:?}");
    }

    #[test]
    fn what_takes_mail_is_believed_unless_it_is_a_squat() {
        let takes_mail = Some(Reason::AcceptsMail);
        let jane = Some("jane@gmail.com");
        check_gate("jane@gmwil.com", None, jane);
        check_gate("jane@gmwil.com", Some(Reason::DnsTimeout), jane);
        // An address record alone is what unused domains have too.
        check_gate("jane@gmwil.com", Some(Reason::ImplicitMx), jane);
        check_gate("jane@gmwil.com", takes_mail, None);
        check_gate("jane@gmial.com", takes_mail, jane);
        check_gate("jane@hotmail.co", takes_mail, None);
        check_gate("jane@shop.co.", takes_mail, None);
    }

    #[test]
    fn what_takes_none_is_corrected_more_boldly() {
        for (text, meant) in [
            ("jane@gmal.co.uk", "jane@gmail.com"),
            ("jane@yahoo.mm", "jane@yahoo.com"),
            ("jane@shop.cm", "jane@shop.com"),
            ("jane@zopo.com", "jane@zoho.com"),
            // Real, and yet nobody answers there now.
            ("jane@gail.com", "jane@gmail.com"),
        ] {
            check_gate(text, None, None);
            for said in [
                Reason::NoSuchDomain,
                Reason::NoMailHost,
                Reason::NullMx,
                Reason::MxDead,
                Reason::MxUnroutable,
                Reason::Parked,
            ] {
                check_gate(text, Some(said), Some(meant));
            }
        }
        check_gate("jane@shop.hk", Some(Reason::NoSuchDomain), None);
    }

    #[test]
    fn only_open_questions_are_asked() {
        assert_eq!(offline("jane@shop.hk").domain_to_ask(), Some("shop.hk"));
        for text in [
            "jane@gmail.com",
            "jane",
            "jane@shop.test",
            "jane@[192.0.2.1]",
        ] {
            assert_eq!(offline(text).domain_to_ask(), None, "{text}");
        }
    }
}
