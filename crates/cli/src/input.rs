//! Reading inputs: whatever a line holds becomes a text to judge or a fault to report.

use std::io::{self, BufRead, Read};

use clap::ValueEnum;
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

/// Longest line that is kept, in bytes. What is longer is no address whatever follows; its
/// rest is read and dropped, so that memory does not grow with the line.
const LONGEST_LINE: u64 = 64 * 1024;

/// How a line of input is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum From {
    /// One address a line.
    Text,
    /// One JSON value a line.
    Ndjson,
}

/// One input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A text to judge. Bytes that are no UTF-8 have become U+FFFD, which no address holds.
    Text(String),
    /// A line that is not written as `--from` says; and where it fails.
    Malformed {
        /// The line, so that nothing is lost.
        line: String,
        /// The byte of `line` where it fails.
        offset: usize,
    },
}

/// Reads the next line as an input; `None` at the end.
///
/// # Errors
/// Those of the reader.
pub fn next_line(reader: &mut impl BufRead, from: From) -> io::Result<Option<Input>> {
    let mut line = Vec::new();
    if reader
        .by_ref()
        .take(LONGEST_LINE)
        .read_until(b'\n', &mut line)?
        == 0
    {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
    } else {
        skip_line(reader)?;
    }
    Ok(Some(parse_line(&line, from)))
}

fn parse_line(line: &[u8], from: From) -> Input {
    match from {
        From::Text => Input::Text(lossy(line)),
        From::Ndjson => match serde_json::from_slice::<Row>(line) {
            Ok(Row(text)) => Input::Text(text),
            Err(error) => Input::Malformed {
                line: lossy(line),
                // serde_json counts columns in bytes, from 1.
                offset: offset_in_text(line, error.column()),
            },
        },
    }
}

/// Bytes that are no UTF-8 become U+FFFD.
fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Where the byte at `place` of a line stands in the text that [`lossy`] makes of it: at the
/// beginning of its character, for a character is not cut.
fn offset_in_text(line: &[u8], place: usize) -> usize {
    let (mut left, mut offset) = (place, 0);
    for chunk in line.utf8_chunks() {
        let (valid, invalid) = (chunk.valid(), chunk.invalid());
        if left <= valid.len() {
            return offset + valid.floor_char_boundary(left);
        }
        (left, offset) = (left - valid.len(), offset + valid.len());
        if left < invalid.len() {
            return offset;
        }
        (left, offset) = (left - invalid.len(), offset + lossy(invalid).len());
    }
    offset
}

fn skip_line(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let (used, ended) = match buffer.iter().position(|byte| *byte == b'\n') {
            Some(end) => (end + 1, true),
            None => (buffer.len(), false),
        };
        reader.consume(used);
        if ended {
            return Ok(());
        }
    }
}

/// A row of NDJSON: a string, or an object whose `email` is one. Strings are read as bytes,
/// because JSON can write lone surrogates and UTF-8 cannot.
struct Row(String);

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RowVisitor)
    }
}

struct RowVisitor;

impl<'de> Visitor<'de> for RowVisitor {
    type Value = Row;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string or an object with `email`")
    }

    fn visit_str<E>(self, text: &str) -> Result<Row, E> {
        Ok(Row(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row, A::Error> {
        let mut email = None;
        while let Some(key) = map.next_key::<Text>()? {
            if key.0 == "email" {
                email = Some(map.next_value::<Text>()?.0);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        email
            .map(Row)
            .ok_or_else(|| serde::de::Error::missing_field("email"))
    }
}

/// A JSON string with U+FFFD for each lone surrogate.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Text;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a string")
            }
            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.to_owned()))
            }
            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Text, E> {
                Ok(Text(String::from_utf8_lossy(bytes).into_owned()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(lines: &[u8], from: From, expected: &[Input]) {
        let mut reader = lines;
        let mut found = Vec::new();
        while let Some(input) = next_line(&mut reader, from).unwrap() {
            found.push(input);
        }
        assert_eq!(found, expected);
    }

    fn text(text: &str) -> Input {
        Input::Text(text.to_owned())
    }

    #[test]
    fn lines_of_text() {
        check(
            b"a@b.hk\r\n\nc@d.hk",
            From::Text,
            &[text("a@b.hk"), text(""), text("c@d.hk")],
        );
        check(b"\xe2@b.hk\n", From::Text, &[text("\u{fffd}@b.hk")]);
    }

    #[test]
    fn lines_of_json() {
        check(b"\"a@b.hk\"\n", From::Ndjson, &[text("a@b.hk")]);
        check(
            b"{\"id\":[1],\"email\":\"a@b.hk\"}\n",
            From::Ndjson,
            &[text("a@b.hk")],
        );
        check(
            b"{\"email\":\"\\ud800@b.hk\"}",
            From::Ndjson,
            &[text("\u{fffd}\u{fffd}\u{fffd}@b.hk")],
        );
        check(
            b"{\"mail\":1}\n",
            From::Ndjson,
            &[Input::Malformed {
                line: "{\"mail\":1}".to_owned(),
                offset: 10,
            }],
        );
        check(
            b"a@b.hk\n",
            From::Ndjson,
            &[Input::Malformed {
                line: "a@b.hk".to_owned(),
                offset: 1,
            }],
        );
    }

    #[track_caller]
    fn check_offset(line: &[u8], place: usize, expected: &str) {
        let offset = offset_in_text(line, place);
        assert_eq!(&lossy(line)[..offset], expected, "{place}");
    }

    #[test]
    fn a_fault_stands_at_the_beginning_of_a_character() {
        check_offset("aéb".as_bytes(), 1, "a");
        check_offset("aéb".as_bytes(), 2, "a");
        check_offset("aéb".as_bytes(), 3, "aé");
        check_offset(b"a\xe2\x82b", 2, "a");
        check_offset(b"a\xe2\x82b", 3, "a\u{fffd}");
        check_offset(b"a\xffb", 9, "a\u{fffd}b");
        check_offset(b"", 1, "");
    }

    #[test]
    fn an_endless_line_is_one_input() {
        let mut lines = vec![b'a'; 1_000_000];
        lines.extend_from_slice(b"\nb@c.hk\n");
        let mut reader = &*lines;
        let Some(Input::Text(first)) = next_line(&mut reader, From::Text).unwrap() else {
            panic!()
        };
        assert_eq!(first.len(), 65_536);
        assert_eq!(
            next_line(&mut reader, From::Text).unwrap(),
            Some(text("b@c.hk"))
        );
    }
}
