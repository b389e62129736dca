//! The short way for a domain that this isolate remembers: one crossing into WebAssembly and
//! one back, and no promise. Nine of ten requests of a busy form go this way, and what they
//! cost is mostly the crossing.

use wasm_bindgen::prelude::wasm_bindgen;
use worker::Date;

use crate::answer::Answer;
use crate::plan::{Incoming, Plan, plan};
use crate::{CONFIG, news};

/// Answers a request whose method, URL, `Origin` and `If-None-Match` are the lines of `asked`,
/// empty where there is none. `None` where it takes more than memory: then it goes to `fetch`.
///
/// The answer is text for the Worker's entry (`tools/bindgen/worker.mjs`): the status, the
/// headers' names and values, a line each, an empty line, and the body.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "the entry reaches it")]
pub fn remembered(asked: &str) -> Option<String> {
    let config = CONFIG.get()?;
    let incoming = incoming(asked)?;
    let Plan::Domain(name, settled) = plan(&incoming, config) else {
        return None;
    };
    let news = news::remembered(&name, Date::now().as_millis())?;
    let answer = news.answer(incoming.if_none_match.as_deref());
    let answer = settled.origins.mark(answer, incoming.origin.as_deref());
    Some(written(&answer))
}

/// The request that those lines are.
pub(crate) fn incoming(asked: &str) -> Option<Incoming> {
    let mut lines = asked.split('\n').map(str::to_owned);
    let (method, url) = (lines.next()?, lines.next()?);
    let mut header = || lines.next().filter(|value| !value.is_empty());
    Some(Incoming {
        method,
        url,
        origin: header(),
        if_none_match: header(),
        authorization: None,
        network: None,
    })
}

/// The answer as text for the entry.
pub(crate) fn written(answer: &Answer) -> String {
    let body = answer.body.as_deref().unwrap_or_default();
    let mut text = String::with_capacity(body.len().saturating_add(512));
    text.push_str(&answer.status.to_string());
    for (name, value) in &answer.headers {
        for part in ["\n", name, "\n", value] {
            text.push_str(part);
        }
    }
    text.push_str("\n\n");
    text.push_str(body);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Keep;

    #[test]
    fn an_answer_is_lines_and_its_body() {
        let answer = Answer::text(
            200,
            "application/json",
            Keep::Seconds(9),
            "{}\n\n{}".to_owned(),
        );
        let text = written(&answer);
        let (head, body) = text.split_once("\n\n").unwrap();
        assert_eq!(body, "{}\n\n{}");
        assert!(
            head.starts_with("200\nx-content-type-options\nnosniff\n"),
            "{head}"
        );
        assert!(
            head.ends_with("\ncontent-type\napplication/json\ncache-control\npublic, max-age=9"),
            "{head}"
        );
    }

    #[test]
    fn a_request_is_four_lines() {
        let asked = incoming("GET\nhttps://a.net/v1/domains/b.net\n\n\"x\"").unwrap();
        assert_eq!(
            (&*asked.method, asked.origin, asked.if_none_match),
            ("GET", None, Some("\"x\"".to_owned()))
        );
        assert!(incoming("GET").is_none());
    }
}
