//! What every answer is, whatever was asked.

use serde_json::Value;

use crate::answer::Answer;
use crate::log::Event;
use crate::problem::{MAX_BYTES, Problem};

/// What is put where a local part could be, and must come out nowhere.
pub(super) const CANARY: &str = "canary7f3a9c";

/// Members of a problem document.
const MEMBERS: [&str; 6] = ["type", "title", "status", "code", "variable", "index"];

/// Holds that this can go out: a status, headers of one line each, JSON or nothing.
pub(super) fn check(answer: &Answer) {
    assert!(
        matches!(answer.status, 200 | 204 | 304 | 400..=599),
        "{answer:?}"
    );
    for (name, value) in &answer.headers {
        let is_token = name.bytes().all(|it| it.is_ascii_lowercase() || it == b'-');
        assert!(is_token && !name.is_empty(), "{name}");
        assert!(
            value.bytes().all(|it| matches!(it, b' '..=b'~')),
            "{name}: {value:?}"
        );
        let once = answer.headers.iter().filter(|(other, _)| other == name);
        assert_eq!(once.count(), 1, "{name} stands twice");
        assert!(!value.contains(CANARY), "{name}: {value}");
    }
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert!(answer.header("content-security-policy").is_some());
    let Some(body) = &answer.body else {
        assert!(matches!(answer.status, 204 | 304), "{answer:?}");
        return;
    };
    assert!(answer.header("cache-control").is_some());
    let json: Value = serde_json::from_str(body).expect("JSON");
    if answer.status >= 400 {
        check_problem(answer, body, &json);
    } else {
        assert_eq!(answer.header("content-type"), Some("application/json"));
    }
}

/// Holds that it is one of the closed list and that nothing of the request stands in it.
fn check_problem(answer: &Answer, body: &str, json: &Value) {
    assert!(body.len() <= MAX_BYTES, "{body}");
    assert!(!body.contains(CANARY), "{body}");
    assert_eq!(
        answer.header("content-type"),
        Some("application/problem+json")
    );
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let members = json.as_object().expect("an object");
    assert!(
        members.keys().all(|name| MEMBERS.contains(&&**name)),
        "{body}"
    );
    assert_eq!(json["status"], answer.status);
    let known = Problem::ALL
        .into_iter()
        .find(|one| json["code"] == one.code());
    let known = known.expect("a code of the list").answer();
    let known: Value = serde_json::from_str(known.body.as_deref().unwrap()).unwrap();
    assert_eq!(json["title"], known["title"], "{body}");
    // What is told besides is a number, or a name of ours.
    assert!(json.get("index").is_none_or(Value::is_u64), "{body}");
    let variable = json.get("variable").map(|it| it.as_str().expect("a text"));
    assert!(
        variable.is_none_or(|it| it.starts_with("MAILPROOF_")),
        "{body}"
    );
}

/// Holds that a line of the log is one, of codes and places alone.
pub(super) fn check_line(event: Event<'_>) {
    let line = event.line();
    assert!(!line.contains('\n') && !line.contains(CANARY), "{line}");
    let json: Value = serde_json::from_str(&line).expect("JSON");
    assert!(json["code"].is_string(), "{line}");
}
