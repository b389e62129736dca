//! The compiled Public Suffix List against `publicsuffix`, its oracle. Needs no sources:
//! the rules are read back out of the committed pack, and `mailproof-pack --check` holds
//! that pack against the list itself.
#![forbid(unsafe_code)]

use std::collections::BTreeSet;

use mailproof_core::Pack;
use mailproof_core::pack::layout::{self, entry};
use mailproof_pack::suffixes::{parse_rules, registrable};

/// Which section of a pack holds the rules.
const SUFFIXES: usize = 1;

fn section(pack: &[u8], index: usize) -> &[u8] {
    let length = |index: usize| {
        let at = layout::HEADER + 4 * index;
        u32::from_le_bytes(pack[at..at + 4].try_into().unwrap()) as usize
    };
    let start = layout::HEADER + 4 * layout::SECTIONS + (0..index).map(length).sum::<usize>();
    &pack[start..start + length(index)]
}

/// Turns a list of labels back into rules.
fn rules(mut list: &[u8], grouped: bool, parent: &str, into: &mut BTreeSet<String>) {
    while !list.is_empty() {
        if grouped {
            let (group, _, rest) = counted(&list[1..]);
            rules(group, false, parent, into);
            list = rest;
            continue;
        }
        let end = list.iter().position(|byte| *byte < entry::END).unwrap();
        let (label, flags) = (std::str::from_utf8(&list[..end]).unwrap(), list[end]);
        let name = format!(
            "{label}{}{parent}",
            if parent.is_empty() { "" } else { "." }
        );
        if flags & entry::EXCEPTION != 0 {
            into.insert(format!("!{name}"));
        } else if flags & entry::PASSAGE == 0 {
            into.insert(name.clone());
        }
        list = &list[end + 1..];
        if flags & entry::CHILDREN != 0 {
            let (children, grouped, rest) = counted(list);
            rules(children, grouped, &name, into);
            list = rest;
        }
    }
}

fn counted(bytes: &[u8]) -> (&[u8], bool, &[u8]) {
    let length = u16::from_le_bytes([bytes[0], bytes[1]]);
    let (list, rest) = bytes[2..].split_at(usize::from(length & !entry::GROUPED));
    (list, length & entry::GROUPED != 0, rest)
}

#[test]
fn registrable_domains_are_those_of_the_oracle() {
    let mut all = BTreeSet::new();
    rules(
        section(mailproof_lists::SMALL, SUFFIXES),
        true,
        "",
        &mut all,
    );
    assert!(all.len() > 6_500, "{} rules", all.len());
    assert!(all.contains("!www.ck") && all.contains("*.kawasaki.jp") && all.contains("com"));
    let oracle = parse_rules(&all).unwrap();
    let packs =
        [mailproof_lists::SMALL, mailproof_lists::FULL].map(|bytes| Pack::new(bytes).unwrap());

    let mut compared = 0;
    for rule in &all {
        let name = rule.trim_start_matches('!').replace('*', "any");
        for pack in &packs {
            assert_eq!(
                pack.disposable(rule.trim_start_matches("*.")),
                None,
                "{rule}"
            );
        }
        let parent = name.split_once('.').map_or("", |(_, parent)| parent);
        for asked in [
            name.clone(),
            format!("a.{name}"),
            format!("b.a.{name}"),
            format!("c.b.a.{name}"),
            format!("x{name}"),
            format!("{name}x"),
            format!("other.{parent}"),
            parent.to_owned(),
        ] {
            if asked.is_empty() || asked.ends_with('.') {
                continue;
            }
            compared += 1;
            for pack in &packs {
                assert_eq!(
                    pack.registrable_domain(&asked),
                    registrable(&oracle, &asked),
                    "{asked}"
                );
            }
        }
    }
    assert!(compared > 50_000, "{compared}");
}

#[test]
fn every_last_label_of_a_rule_is_a_top_level_domain() {
    let pack = Pack::new(mailproof_lists::SMALL).unwrap();
    for tld in [
        "com",
        "museum",
        "ck",
        "za",
        "tw",
        "hk",
        "cn",
        "xn--fiqs8s",
        "xn--55qx5d",
        "zw",
    ] {
        assert!(pack.is_tld(tld), "{tld}");
    }
    for tld in [
        "con", "comm", "cmo", "local", "onion", "123", "c", "", "co.uk",
    ] {
        assert!(!pack.is_tld(tld), "{tld}");
    }
}
