//! Bodies of requests and responses, read no further than they may be long.

use futures_util::stream::StreamExt;
use serde::de::DeserializeOwned;
use worker::{ByteStream, Request};

use crate::problem::Problem;

/// Why a body was not read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It has more octets than allowed.
    TooLarge,
    /// It broke off.
    Broken,
}

/// Reads at most `limit` octets, so that nobody can fill the memory.
pub(crate) async fn read(mut stream: ByteStream, limit: usize) -> Result<Vec<u8>, Unread> {
    let mut octets = Vec::new();
    while let Some(chunk) = stream.next().await {
        octets.extend(chunk.map_err(|_| Unread::Broken)?);
        if octets.len() > limit {
            return Err(Unread::TooLarge);
        }
    }
    Ok(octets)
}

/// Reads a JSON body of at most `limit` octets.
pub(crate) async fn read_json<T: DeserializeOwned>(
    request: &mut Request,
    limit: usize,
) -> Result<T, Problem> {
    let media_type = request.headers().get("content-type").ok().flatten();
    if !media_type.is_some_and(|text| is_json(&text)) {
        return Err(Problem::MediaTypeNotSupported);
    }
    let stream = request.stream().map_err(|_| Problem::BodyInvalid)?;
    let octets = read(stream, limit).await.map_err(|unread| match unread {
        Unread::TooLarge => Problem::BodyTooLarge,
        Unread::Broken => Problem::BodyInvalid,
    })?;
    parse_object(&octets).ok_or(Problem::BodyInvalid)
}

/// Reads an object by its members. Without the look at its beginning an array of the members'
/// values would do as well.
pub(crate) fn parse_object<T: DeserializeOwned>(octets: &[u8]) -> Option<T> {
    let is_object = octets.trim_ascii_start().starts_with(b"{");
    is_object
        .then(|| serde_json::from_slice(octets).ok())
        .flatten()
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Body {
        email: String,
    }

    #[track_caller]
    fn check(json: &str, expected: Option<&str>) {
        let body = parse_object::<Body>(json.as_bytes());
        assert_eq!(body.map(|body| body.email).as_deref(), expected, "{json}");
    }

    #[test]
    fn a_body_is_an_object() {
        check(r#" {"email":"a"} "#, Some("a"));
        check(r#"["a"]"#, None);
        check(r#""a""#, None);
        check(r#"{"email":"a"}}"#, None);
        check("", None);
    }
}
