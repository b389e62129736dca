//! The forms in which packages carry their lists.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::sources::{Entries, Sightings};

/// The form of a source's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// A domain a line; `#` begins a comment.
    Lines,
    /// A JSON array of strings.
    JsonArray,
    /// A JSON document with URLs or host names at the places that the source's `path` tells.
    JsonPath,
    /// A Python module with `blocklist = {'a', …}`.
    PythonSet,
    /// A JavaScript module with `new Set(["a", …])`.
    JavascriptSet,
    /// Version 2 of fakefilter's JSON: hosts with the times they were first and last seen.
    Fakefilter,
    /// The Public Suffix List itself.
    SuffixList,
    /// `com/example.txt` for `example.com`.
    Folders,
    /// Mailproof's own curation.
    Toml,
}

/// The entries of a file's text.
pub fn parse(format: Format, text: &str) -> Result<Entries, String> {
    match format {
        Format::Lines | Format::Folders | Format::JsonPath => Ok(lines(text)),
        Format::JsonArray => json_array(text),
        Format::PythonSet => Ok(python_set(between(text, "blocklist = {", "}")?)),
        Format::JavascriptSet => json_array(&format!("[{}]", between(text, "new Set([", "])")?)),
        Format::Fakefilter => fakefilter(text),
        Format::SuffixList | Format::Toml => Err("this form holds no list of domains".into()),
    }
}

/// The names that a tree of folders spells, sorted: `com/example.txt` is `example.com`.
pub fn folder_names(root: &Path) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    collect_names(root, "", &mut names)?;
    names.sort_unstable();
    Ok(names)
}

/// The hosts at places of a JSON document, sorted: keys with dots between, `*` for any.
pub fn hosts_at(places: &str, text: &str) -> Result<Vec<String>, String> {
    let document: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let mut found = vec![&document];
    for key in places.split('.') {
        found = found.into_iter().flat_map(|it| at(it, key)).collect();
    }
    let hosts: BTreeSet<&str> = found
        .into_iter()
        .filter_map(Value::as_str)
        .map(host)
        .collect();
    Ok(hosts.into_iter().map(str::to_owned).collect())
}

fn collect_names(folder: &Path, suffix: &str, names: &mut Vec<String>) -> Result<(), String> {
    let error = |e: std::io::Error| format!("{}: {e}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else {
            continue;
        };
        if path.is_dir() {
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or(stem);
            collect_names(&path, &format!(".{name}{suffix}"), names)?;
        } else if !suffix.is_empty() {
            // Files at the top are notes, not names.
            names.push(format!("{stem}{suffix}"));
        }
    }
    Ok(())
}

fn lines(text: &str) -> Entries {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| (line.to_owned(), None))
        .collect()
}

fn json_array(text: &str) -> Result<Entries, String> {
    let names: Vec<String> = serde_json::from_str(text).map_err(|e| e.to_string())?;
    Ok(names.into_iter().map(|name| (name, None)).collect())
}

/// What stands at a key, or at all keys.
fn at<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    match value {
        Value::Array(items) if key == "*" => items.iter().collect(),
        Value::Object(members) if key == "*" => members.values().collect(),
        Value::Object(members) => members.get(key).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The host of a URL, or a host name as it stands, without what only says that it is a site.
fn host(text: &str) -> &str {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = host.split(':').next().unwrap_or(host);
    let host = host.trim_start_matches("*.").trim_start_matches('.');
    host.strip_prefix("www.").unwrap_or(host)
}

fn python_set(body: &str) -> Entries {
    body.split(',')
        .map(|item| item.trim().trim_matches(['\'', '"']))
        .filter(|item| !item.is_empty())
        .map(|item| (item.to_owned(), None))
        .collect()
}

fn fakefilter(text: &str) -> Result<Entries, String> {
    #[derive(Deserialize)]
    struct File {
        domains: std::collections::BTreeMap<String, Domain>,
    }
    #[derive(Deserialize)]
    struct Domain {
        hosts: std::collections::BTreeMap<String, Host>,
    }
    #[derive(Deserialize)]
    struct Host {
        firstseen: u64,
        lastseen: u64,
    }
    let file: File = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let hosts = file.domains.into_values().flat_map(|domain| domain.hosts);
    Ok(hosts
        .map(|(name, host)| {
            let seen = Sightings {
                first: host.firstseen,
                last: host.lastseen,
            };
            (name, Some(seen))
        })
        .collect())
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Result<&'t str, String> {
    let (_, rest) = text
        .split_once(start)
        .ok_or_else(|| format!("no {start:?}"))?;
    let (body, _) = rest
        .split_once(end)
        .ok_or_else(|| format!("no {end:?} after {start:?}"))?;
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(format: Format, text: &str, expected: &[&str]) {
        let names: Vec<String> = parse(format, text).unwrap().into_keys().collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn every_form_gives_its_names() {
        check(
            Format::Lines,
            "# head\na.test\n\n b.test \n",
            &["a.test", "b.test"],
        );
        check(
            Format::JsonArray,
            r#"["b.test","a.test"]"#,
            &["a.test", "b.test"],
        );
        check(
            Format::PythonSet,
            "x = {}\nblocklist = {\n 'a.test',\n 'b.test',\n}\ny",
            &["a.test", "b.test"],
        );
        check(
            Format::JavascriptSet,
            "/**/ var x = new Set([\"a.test\"]);",
            &["a.test"],
        );
        check(
            Format::Fakefilter,
            r#"{"version":2,"domains":{"a.test":{"hosts":{"b.a.test":{"firstseen":3,"lastseen":7}}}}}"#,
            &["b.a.test"],
        );
    }

    #[test]
    fn the_hosts_of_a_json_document() {
        for (text, expected) in [
            (
                r#"{"list":{"q":{"sites":["https://www.a.test/x?y#z","b.test"],"logo":"https://l.test"},"r":{}}}"#,
                &["a.test", "b.test"][..],
            ),
            (
                r#"{"list":[{"sites":["*.c.test","http://u@d.test:8080",".e.test",7]}],"version":3}"#,
                &["c.test", "d.test", "e.test"],
            ),
            ("[]", &[]),
        ] {
            assert_eq!(hosts_at("list.*.sites.*", text).unwrap(), expected);
        }
        assert!(hosts_at("list.*", "a.test").is_err());
    }

    #[test]
    fn a_file_of_another_form_is_refused() {
        for (format, text) in [
            (Format::JsonArray, "a.test"),
            (Format::JavascriptSet, "var x = []"),
            (Format::PythonSet, "x = 1"),
        ] {
            assert!(parse(format, text).is_err(), "{format:?}");
        }
    }
}
