//! The core's two small tables of look-alikes and scripts against the whole of UTS #39, as the
//! crate `unicode-security` has it. What is left out is named here, with its reason.

use std::ops::RangeInclusive;

use mailproof_core::{Context, Policy, Reason, judge};
use mailproof_tests::packs;
use unicode_security::confusable_detection::skeleton;
use unicode_security::{RestrictionLevel, RestrictionLevelDetection};

/// Providers that have every letter with look-alikes between them.
const PROVIDERS: [&str; 12] = [
    "gmail.com",
    "hotmail.com",
    "yahoo.com",
    "icloud.com",
    "outlook.com",
    "yandex.com",
    "fastmail.com",
    "qq.com",
    "juno.com",
    "web.de",
    "naver.com",
    "zoho.com",
];

/// Look-alikes of Latin letters in UTS #39 that the core passes over.
const LEFT_OUT: &[(RangeInclusive<char>, &str)] = &[
    ('\u{a1}'..='\u{d7}', "signs, no letters"),
    ('\u{18d}'..='\u{1c0}', "letters of phoneticians and a click"),
    ('\u{284}'..='\u{284}', "a letter of phoneticians"),
    (
        '\u{3ed}'..='\u{3f2}',
        "Coptic; and a sigma that UTS #46 maps to the common one",
    ),
    ('\u{6f1}'..='\u{6f5}', "digits, alike only in some fonts"),
    (
        '\u{8ff}'..='\u{109f}',
        "digits and signs of South and South-East Asia",
    ),
    (
        '\u{1100}'..='\u{11ff}',
        "single letters of Korean, which stand in syllables",
    ),
    (
        '\u{13a0}'..='\u{1aff}',
        "scripts in which no registry sells names",
    ),
    (
        '\u{1bc0}'..='\u{1cff}',
        "letters of old books and of scripts without names",
    ),
    ('\u{1d00}'..='\u{1dff}', "letters of phoneticians"),
    ('\u{1e9d}'..='\u{1eff}', "letters of old books"),
    ('\u{2100}'..='\u{2bff}', "signs, no letters"),
    (
        '\u{2c60}'..='\u{2dff}',
        "Coptic, Georgian of churches, Tifinagh",
    ),
    ('\u{3131}'..='\u{318e}', "single letters of Korean"),
    (
        '\u{a000}'..='\u{abff}',
        "scripts in which no registry sells names",
    ),
    ('\u{fe30}'..='\u{ffee}', "forms of signs"),
    ('\u{10000}'..='\u{1ffff}', "historic scripts"),
];

fn reasons(domain: &str) -> Vec<Reason> {
    let context = Context {
        pack: Some(&packs::SMALL),
        policy: &Policy::FORM,
        routing: None,
    };
    judge(&format!("jane@{domain}"), &context).reasons
}

/// The Latin letter that `c` looks like, by UTS #39.
fn latin_letter(c: char) -> Option<char> {
    let text = c.to_string();
    let mut letters = skeleton(&text);
    let letter = letters.next().filter(char::is_ascii_lowercase)?;
    letters.next().is_none().then_some(letter)
}

/// A provider's domain with one letter written as `c`; `None` where nobody can have it.
fn pretender(c: char, letter: char) -> Option<String> {
    let named = |domain: &&&str| {
        domain
            .split('.')
            .next()
            .is_some_and(|name| name.contains(letter))
    };
    let provider = PROVIDERS.iter().find(named)?;
    let domain = provider.replacen(letter, &c.to_string(), 1);
    let reasons = reasons(&domain);
    let is_domain = reasons.contains(&Reason::InternationalDomain);
    (is_domain && !reasons.contains(&Reason::InvalidIdn)).then_some(domain)
}

#[test]
fn look_alikes_of_latin_letters_are_known_or_left_out_with_a_reason() {
    let (mut caught, mut used) = (0, vec![false; LEFT_OUT.len()]);
    let mut unknown = Vec::new();
    for c in '\u{80}'..=char::MAX {
        // A capital is judged as the small letter to which UTS #46 maps it.
        if c.is_uppercase() {
            continue;
        }
        let Some(domain) = latin_letter(c).and_then(|letter| pretender(c, letter)) else {
            continue;
        };
        if reasons(&domain).contains(&Reason::Confusable) {
            caught += 1;
            continue;
        }
        let range = LEFT_OUT.iter().position(|(range, _)| range.contains(&c));
        match range {
            Some(range) => used[range] = true,
            None => unknown.push(format!("U+{:04X} {c} in {domain}", u32::from(c))),
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
    assert!(caught >= 60, "{caught}");
    assert!(used.iter().all(|used| *used), "{used:?}");
}

/// A word of each script that has names, and of some scripts together.
const WORDS: [&str; 17] = [
    "bank",
    "émile",
    "банк",
    "τράπεζα",
    "բանկ",
    "בנק",
    "بنك",
    "बैंक",
    "ব্যাংক",
    "வங்கி",
    "ธนาคาร",
    "ທະນາຄານ",
    "ბანკი",
    "銀行",
    "ぎんこう",
    "バンク",
    "은행",
];

/// Whether the core is as strict as UTS #39's level "highly restrictive".
#[track_caller]
fn check_mix(label: &str, expected: bool) {
    let found = reasons(&format!("{label}.com"));
    if found.contains(&Reason::InvalidIdn) || !found.contains(&Reason::InternationalDomain) {
        return;
    }
    let suspicious = found.contains(&Reason::MixedScript) || found.contains(&Reason::Confusable);
    assert_eq!(suspicious, expected, "{label}");
}

#[test]
fn scripts_are_mixed_as_uts_39_says() {
    for first in WORDS {
        for second in WORDS {
            let label = [first, second].concat();
            let level = RestrictionLevelDetection::detect_restriction_level(&*label);
            let strict = level > RestrictionLevel::HighlyRestrictive;
            // Left out: Korean beside Japanese, which nobody can take for another name.
            let east_asian = [first, second].map(|word| word.chars().all(is_east_asian));
            check_mix(&label, strict && east_asian != [true, true]);
        }
    }
}

fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7ff}')
}
