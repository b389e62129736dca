//! `idna/*`: UTS #46 as the parser of addresses applies it.

use std::path::Path;

use mailproof_core::{Address, Domain};

use super::{Row, json_lines, read};

pub(super) fn rows(folder: &Path) -> Result<Vec<Row>, String> {
    let mut rows = unicode(folder)?;
    for (number, vector) in json_lines(&folder.join("wpt_toascii.jsonl"))? {
        let text = |key: &str| vector.get(key).and_then(|value| value.as_str());
        let id = format!("idna/wpt_toascii#{number}");
        rows.push(compare(id, text("input").unwrap_or(""), text("output")));
    }
    Ok(rows)
}

/// `source; toUnicode; toUnicodeStatus; toAsciiN; toAsciiNStatus; …` (UTS #46 §8).
fn unicode(folder: &Path) -> Result<Vec<Row>, String> {
    let text = read(&folder.join("IdnaTestV2.txt"))?;
    let rows = text.lines().enumerate().filter_map(|(number, line)| {
        let line = line.split('#').next().unwrap_or("");
        let columns: Vec<_> = line
            .split(';')
            .map(|column| unescaped(column.trim()))
            .collect();
        let [source, unicode, status, ascii, ascii_status, ..] = &*columns else {
            return None;
        };
        let unicode = if unicode.is_empty() { source } else { unicode };
        let ascii = if ascii.is_empty() { unicode } else { ascii };
        let status = if ascii_status.is_empty() {
            status
        } else {
            ascii_status
        };
        let fails = !matches!(&**status, "" | "[]");
        let id = format!("idna/IdnaTestV2#{}", number + 1);
        Some(compare(id, source, (!fails).then_some(ascii)))
    });
    Ok(rows.collect())
}

fn compare(id: String, source: &str, expected: Option<&str>) -> Row {
    let found = match Address::parse(&format!("a@{source}")).map(|address| address.domain) {
        Ok(Domain::Name(name)) => Some(name.as_ascii().to_owned()),
        _ => None,
    };
    Row {
        id,
        offers_another: false,
        agrees: found.as_deref() == expected,
        detail: format!("{source:?} expected {expected:?} found {found:?}"),
    }
}

/// `\uXXXX` and `\x{XXXX}`; a column of `""` is the empty text.
fn unescaped(column: &str) -> String {
    if column == "\"\"" {
        return String::new();
    }
    let mut parts = column.split('\\');
    let mut text = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let (digits, rest) = match part
            .strip_prefix("x{")
            .and_then(|rest| rest.split_once('}'))
        {
            Some(split) => split,
            None => part.get(1..5).zip(part.get(5..)).unwrap_or(("", part)),
        };
        let code = u32::from_str_radix(digits, 16).unwrap_or(0xfffd);
        text.push(char::from_u32(code).unwrap_or('\u{fffd}'));
        text.push_str(rest);
    }
    text
}
