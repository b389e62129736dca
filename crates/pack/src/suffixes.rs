//! The Public Suffix List: parsed by `publicsuffix`, compiled into a label tree.

use std::collections::BTreeSet;

use publicsuffix::{List, Psl};

use crate::tree::{Node, Tree};

/// The list in the forms that the build needs.
#[derive(Debug)]
pub struct Suffixes {
    /// The rules of the ICANN part as A-labels, `*.` and `!` in front.
    pub icann_rules: BTreeSet<String>,
    /// The rules of both parts, in the same form.
    pub all_rules: BTreeSet<String>,
    /// The ICANN part, parsed: the meaning that the compiled form has to equal.
    pub icann: List,
    /// Both parts.
    pub all: List,
    /// The last labels of the ICANN part's rules: `za` has no rule, only `co.za` and such.
    top_level: BTreeSet<String>,
}

/// Names that the list carries though nobody can register or mail them (RFC 7686).
const NOT_TOP_LEVEL: &[&str] = &["onion"];

impl Suffixes {
    /// Parses the text of the list.
    pub fn parse(text: &str) -> Result<Self, String> {
        let icann_text = text
            .split_once("===BEGIN ICANN DOMAINS===")
            .and_then(|(_, rest)| rest.split_once("===END ICANN DOMAINS==="))
            .map(|(icann, _)| icann)
            .ok_or("the Public Suffix List has no ICANN part")?;
        let icann_rules = rules(icann_text)?;
        let all_rules = rules(text)?;
        Ok(Self {
            icann: parse_rules(&icann_rules)?,
            all: parse_rules(&all_rules)?,
            all_rules,
            top_level: icann_rules
                .iter()
                .map(|rule| last_label(rule).to_owned())
                .collect(),
            icann_rules,
        })
    }

    /// The compiled ICANN part.
    pub fn tree(&self) -> Tree {
        let mut tree = Tree::default();
        for rule in &self.icann_rules {
            if let Some(exception) = rule.strip_prefix('!') {
                tree.insert(exception, Node::exception);
            } else {
                tree.insert(rule, Node::name);
            }
        }
        tree
    }

    /// Whether `domain` is itself a suffix under which others register, in either part.
    pub fn is_public_suffix(&self, domain: &str) -> bool {
        self.all.domain(domain.as_bytes()).is_none()
    }

    /// Whether its last label is a top-level domain.
    pub fn has_top_level(&self, domain: &str) -> bool {
        self.top_level.contains(last_label(domain))
    }

    /// The registrable domain by the ICANN part.
    pub fn registrable<'d>(&self, domain: &'d str) -> Option<&'d str> {
        registrable(&self.icann, domain)
    }
}

/// The registrable domain by a parsed list: the oracle of the compiled form.
pub fn registrable<'d>(list: &List, domain: &'d str) -> Option<&'d str> {
    let found = list.domain(domain.as_bytes())?;
    std::str::from_utf8(found.trim().as_bytes()).ok()
}

/// A list of nothing but these rules, as its ICANN part.
pub fn parse_rules(rules: &BTreeSet<String>) -> Result<List, String> {
    let mut text = String::from("// ===BEGIN ICANN DOMAINS===\n");
    for rule in rules {
        text.push_str(rule);
        text.push('\n');
    }
    text.push_str("// ===END ICANN DOMAINS===\n");
    text.parse()
        .map_err(|e| format!("the Public Suffix List: {e}"))
}

fn last_label(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn rules(text: &str) -> Result<BTreeSet<String>, String> {
    text.lines()
        .map(|line| line.split_whitespace().next().unwrap_or_default())
        .filter(|rule| !rule.is_empty() && !rule.starts_with("//"))
        .filter(|rule| !NOT_TOP_LEVEL.contains(rule))
        .map(to_a_labels)
        .collect()
}

fn to_a_labels(rule: &str) -> Result<String, String> {
    let (mark, name) = match rule {
        _ if rule.starts_with("*.") => rule.split_at(2),
        _ if rule.starts_with('!') => rule.split_at(1),
        _ => ("", rule),
    };
    let name = idna::domain_to_ascii(name).map_err(|e| format!("rule {rule}: {e}"))?;
    Ok(format!("{mark}{name}"))
}
