//! Every language says everything: the catalogues of `www/messages` against the core's
//! reasons and against each other.

use std::collections::BTreeMap;

use mailproof_core::Reason;
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/messages");

/// Every catalogue that there is.
fn languages() -> Vec<String> {
    let names = std::fs::read_dir(FOLDER)
        .expect("the catalogues")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut languages: Vec<String> = names
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect();
    languages.sort_unstable();
    languages
}

fn catalogue(language: &str) -> BTreeMap<String, Value> {
    let path = format!("{FOLDER}/{language}.json");
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
    for language in languages() {
        let reasons = &catalogue(&language)["reasons"];
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
    for language in languages() {
        let catalogue = catalogue(&language);
        assert_eq!(catalogue["lang"], language.as_str());
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

/// The page's loader and the languages that are there name the same ones.
#[test]
fn the_loader_knows_every_language() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/loader/language.js");
    let text = std::fs::read_to_string(path).expect("the loader");
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("const AT_HAND = \""))
        .expect("its list");
    let (names, _) = line.split_once('"').expect("its end");
    let mut known: Vec<&str> = names.split(' ').collect();
    known.sort_unstable();
    assert_eq!(known, languages());
}

/// The tone of DESIGN §5: what to do, without begging, blaming or judging.
#[test]
fn no_language_begs_or_judges() {
    const UNWANTED: [&str; 34] = [
        "valid",
        "please",
        "sorry",
        "oops",
        "请",
        "請",
        "抱歉",
        "无效",
        "無效",
        "bitte",
        "gültig",
        "leider",
        "por favor",
        "válid",
        "lo sentimos",
        "desculp",
        "veuillez",
        "s’il vous plaît",
        "désolé",
        "有効",
        "無効",
        "恐れ",
        "申し訳",
        "유효",
        "죄송",
        "부탁",
        "صالح",
        "من فضلك",
        "يرجى",
        "عذر",
        "hoppla",
        "ungültig",
        "inválid",
        "ごめん",
    ];
    for language in languages() {
        for value in catalogue(&language).values() {
            let text = texts(value).to_lowercase();
            for word in UNWANTED {
                assert!(!text.contains(word), "{language} says {word}");
            }
        }
    }
}

/// A form has little room: no sentence is longer than this many characters.
#[test]
fn every_sentence_fits_a_form() {
    for language in languages() {
        for (code, words) in catalogue(&language)["reasons"].as_object().unwrap() {
            let sentence = words["sentence"].as_str().unwrap();
            assert!(sentence.chars().count() <= 110, "{language}: {code}");
            assert!(!sentence.contains("  "), "{language}: {code}");
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
