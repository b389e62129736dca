//! The writer of label trees; `mailproof_core::pack` reads them.

use std::collections::BTreeMap;

use mailproof_core::pack::layout::entry;

/// A set of names.
#[derive(Debug, Default)]
pub struct Tree {
    children: BTreeMap<String, Node>,
}

/// One label.
#[derive(Debug, Default)]
pub struct Node {
    is_name: bool,
    is_exception: bool,
    children: BTreeMap<String, Node>,
}

/// Longer lists are grouped by first byte, so that no look-up walks far.
const UNGROUPED: usize = 100;

impl Node {
    /// Marks the end of a name.
    pub fn name(&mut self) {
        self.is_name = true;
    }

    /// Marks the end of an exception rule.
    pub fn exception(&mut self) {
        self.is_exception = true;
    }
}

impl Tree {
    /// A tree of plain names.
    pub fn of<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut tree = Self::default();
        for name in names {
            tree.insert(name, Node::name);
        }
        tree
    }

    /// Puts `name` in and marks its last node.
    pub fn insert(&mut self, name: &str, mark: fn(&mut Node)) {
        let mut labels = name.rsplit('.');
        let top = labels.next().unwrap_or_default();
        let top = self.children.entry(top.to_owned()).or_default();
        let last = labels.fold(top, |node, label| {
            node.children.entry(label.to_owned()).or_default()
        });
        mark(last);
    }

    /// The section's bytes.
    pub fn encode(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        encode_groups(&self.children, &mut bytes)?;
        Ok(bytes)
    }
}

fn encode_groups(children: &BTreeMap<String, Node>, bytes: &mut Vec<u8>) -> Result<(), String> {
    let mut groups: BTreeMap<u8, Vec<(&str, &Node)>> = BTreeMap::new();
    for (label, node) in children {
        let first = *label.as_bytes().first().ok_or("an empty label")?;
        groups.entry(first).or_default().push((label, node));
    }
    for (first, mut entries) in groups {
        bytes.push(first);
        sort_shortest_first(&mut entries);
        push_counted(bytes, &encode_entries(entries)?, 0)?;
    }
    Ok(())
}

/// `com`, `net` and the countries stand before the long tail, and so are found sooner.
fn sort_shortest_first(entries: &mut [(&str, &Node)]) {
    entries.sort_by_key(|(label, _)| (label.len(), *label));
}

fn encode_entries<'n>(
    entries: impl IntoIterator<Item = (&'n str, &'n Node)>,
) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    for (label, node) in entries {
        if label.bytes().any(|byte| byte < entry::END) {
            return Err(format!("the label {label:?} cannot stand in a tree"));
        }
        let mut flags = 0;
        if !node.is_name && !node.is_exception {
            flags |= entry::PASSAGE;
        }
        if node.is_exception {
            flags |= entry::EXCEPTION;
        }
        if !node.children.is_empty() {
            flags |= entry::CHILDREN;
        }
        bytes.extend_from_slice(label.as_bytes());
        bytes.push(flags);
        if !node.children.is_empty() {
            push_children(&mut bytes, &node.children)?;
        }
    }
    Ok(bytes)
}

fn push_children(bytes: &mut Vec<u8>, children: &BTreeMap<String, Node>) -> Result<(), String> {
    if children.len() > UNGROUPED {
        let mut list = Vec::new();
        encode_groups(children, &mut list)?;
        return push_counted(bytes, &list, entry::GROUPED);
    }
    let mut entries: Vec<_> = children
        .iter()
        .map(|(label, node)| (label.as_str(), node))
        .collect();
    sort_shortest_first(&mut entries);
    push_counted(bytes, &encode_entries(entries)?, 0)
}

fn push_counted(bytes: &mut Vec<u8>, list: &[u8], flag: u16) -> Result<(), String> {
    let length = u16::try_from(list.len())
        .ok()
        .filter(|length| length & entry::GROUPED == 0)
        .ok_or("a list of labels is too long for a tree")?;
    bytes.extend_from_slice(&(length | flag).to_le_bytes());
    bytes.extend_from_slice(list);
    Ok(())
}
