//! Laws that hold for every text, whatever it is.

use mailproof_core::{Address, Context, Deliverability, Policy, Verdict, judge};
use mailproof_tests::packs;
use proptest::prelude::*;

fn judged(text: &str, policy: &Policy) -> Verdict {
    judge(
        text,
        &Context {
            pack: Some(&packs::SMALL),
            policy,
            routing: None,
        },
    )
}

/// Texts near to addresses, where the interesting faults are, and any text at all.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("@".to_owned()),
        Just(".".to_owned()),
        Just("gmail.com".to_owned()),
        Just("\"".to_owned()),
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("＠".to_owned()),
        Just("。".to_owned()),
        Just("[192.0.2.1]".to_owned()),
        Just("<".to_owned()),
        Just(">".to_owned()),
        Just("mailto:".to_owned()),
        Just("xn--".to_owned()),
        Just("\u{200b}".to_owned()),
        Just("例子".to_owned()),
        "[a-z]{1,8}",
        "[ -~]{1,3}",
        any::<char>().prop_map(String::from),
    ];
    prop_oneof![
        4 => prop::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat()),
        2 => "[a-z.]{1,12}@[a-z.]{1,16}",
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn issues_point_into_the_text_and_echo_nothing(text in texts()) {
        for policy in [Policy::FORM, Policy::RFC] {
            let verdict = judged(&text, &policy);
            for issue in &verdict.issues {
                let span = issue.span;
                prop_assert!(text.get(span.start..span.end).is_some(), "{span:?}");
                let before: usize = text[..span.start].encode_utf16().count();
                prop_assert_eq!(span.utf16_start, before);
            }
            let errors = serde_json::to_string(&verdict.issues).expect("issues");
            prop_assert!(errors.len() <= 512, "{}", errors.len());
        }
    }

    #[test]
    fn a_suggestion_is_another_address_and_needs_no_suggestion(text in texts()) {
        let verdict = judged(&text, &Policy::FORM);
        if let Some(meant) = verdict.did_you_mean {
            prop_assert_ne!(&meant, &text);
            prop_assert!(Address::parse(&meant).is_ok(), "{meant:?}");
            let again = judged(&meant, &Policy::FORM);
            prop_assert_eq!(again.did_you_mean, None, "{} -> {}", text, meant);
        }
    }

    #[test]
    fn normalizing_and_folding_are_idempotent(text in texts()) {
        let verdict = judged(&text, &Policy::FORM);
        if let Some(normalized) = verdict.normalized {
            prop_assert_eq!(judged(&normalized, &Policy::FORM).normalized, Some(normalized));
        }
        if let Some(canonical) = verdict.canonical {
            prop_assert_eq!(judged(&canonical, &Policy::FORM).canonical, Some(canonical));
        }
    }

    #[test]
    fn a_verdict_repeats(text in texts()) {
        prop_assert_eq!(judged(&text, &Policy::FORM), judged(&text, &Policy::FORM));
    }

    #[test]
    fn an_open_question_is_only_about_a_good_text(text in texts()) {
        let verdict = judged(&text, &Policy::FORM);
        if verdict.domain_to_ask().is_some() {
            prop_assert_ne!(verdict.result, Deliverability::Undeliverable);
        }
    }
}
