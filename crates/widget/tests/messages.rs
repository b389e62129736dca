//! Every language says everything: the catalogues of `www/messages` against the core's
//! reasons and against each other.

use std::collections::BTreeMap;

use mailproof_core::Reason;
use serde_json::Value;

const LANGUAGES: [&str; 4] = ["en", "zh-Hans", "zh-Hant", "zh-Hant-HK"];

fn catalogue(language: &str) -> BTreeMap<String, Value> {
    let path = format!(
        "{}/../../www/messages/{language}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn every_language_words_every_reason() {
    let mut codes: Vec<&str> = Reason::ALL.iter().map(|reason| reason.code()).collect();
    codes.sort_unstable();
    for language in LANGUAGES {
        let reasons = &catalogue(language)["reasons"];
        let mut worded = keys(reasons);
        worded.sort_unstable();
        assert_eq!(worded, codes, "{language}");
        for (code, words) in reasons.as_object().unwrap() {
            for part in ["title", "sentence", "action"] {
                let text = words[part].as_str().unwrap_or_default();
                assert!(!text.trim().is_empty(), "{language}: {code} has no {part}");
            }
        }
    }
}

#[test]
fn every_language_has_the_widget_s_own_words() {
    let english = catalogue("en");
    for language in LANGUAGES {
        let catalogue = catalogue(language);
        assert_eq!(catalogue["lang"], language);
        assert_eq!(keys(&catalogue["ui"]), keys(&english["ui"]), "{language}");
        for (key, text) in catalogue["ui"].as_object().unwrap() {
            let places = english["ui"][key]
                .as_str()
                .unwrap()
                .matches("{address}")
                .count();
            let text = text.as_str().unwrap();
            assert_eq!(
                text.matches("{address}").count(),
                places,
                "{language}: {key}"
            );
        }
    }
}

/// The tone of DESIGN §5: what to do, without begging, blaming or judging.
#[test]
fn no_language_begs_or_judges() {
    const UNWANTED: [&str; 9] = [
        "valid", "please", "sorry", "oops", "请", "請", "抱歉", "无效", "無效",
    ];
    for language in LANGUAGES {
        for value in catalogue(language).values() {
            let text = texts(value).to_lowercase();
            for word in UNWANTED {
                assert!(!text.contains(word), "{language} says {word}");
            }
        }
    }
}

/// Everything that is said, without the keys.
fn texts(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(entries) => entries.values().map(texts).collect::<Vec<_>>().join("\n"),
        _ => String::new(),
    }
}
