//! The lists of words that are looked through by length: `data/overrides/providers.toml` and
//! `mailboxes.toml`. The reading side is `mailproof_core::pack`, which describes the layout.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use mailproof_core::pack::layout::words::{FUNCTIONS, LONGEST, SQUAT, STANDARD, STARTS};
use serde::Deserialize;

use crate::overrides::read_toml;

/// Words with a byte each, in the order in which they are preferred.
#[derive(Debug, Default)]
pub struct Words(Vec<(u8, String)>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Providers {
    weight_4: Vec<String>,
    weight_3: Vec<String>,
    weight_2: Vec<String>,
    weight_1: Vec<String>,
    weight_0: Vec<String>,
    squats: Vec<String>,
}

impl Words {
    /// The domains that people mean when they mistype, with their weights.
    pub fn read_providers(path: &Path) -> Result<Self, String> {
        let listed: Providers = read_toml(path)?;
        let groups = [
            (4, listed.weight_4),
            (3, listed.weight_3),
            (2, listed.weight_2),
            (1, listed.weight_1),
            (0, listed.weight_0),
            (SQUAT, listed.squats),
        ];
        let is_domain_byte =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-.".contains(&byte);
        Self::of(groups, is_domain_byte).map_err(|e| format!("{}: {e}", path.display()))
    }

    /// The names of mailboxes that a function reads, with which it is.
    pub fn read_mailboxes(path: &Path) -> Result<Self, String> {
        let mut listed: BTreeMap<String, Vec<String>> = read_toml(path)?;
        let mut groups = Vec::new();
        for (tag, function) in (0..).zip(FUNCTIONS) {
            let names = listed.remove(function).unwrap_or_default();
            let (standard, others) = names.into_iter().partition(|name| name.starts_with('*'));
            let unstarred =
                |names: Vec<String>| names.iter().map(|name| name[1..].to_owned()).collect();
            groups.push((tag | STANDARD, unstarred(standard)));
            groups.push((tag, others));
        }
        if let Some(unknown) = listed.keys().next() {
            return Err(format!("{}: {unknown} is no function", path.display()));
        }
        let is_letter = |byte: u8| byte.is_ascii_lowercase();
        Self::of(groups, is_letter).map_err(|e| format!("{}: {e}", path.display()))
    }

    fn of(
        groups: impl IntoIterator<Item = (u8, Vec<String>)>,
        is_good: impl Fn(u8) -> bool,
    ) -> Result<Self, String> {
        let mut words = Vec::new();
        let mut seen = BTreeSet::new();
        for (tag, names) in groups {
            for name in names {
                if !(1..=LONGEST).contains(&name.len()) || !name.bytes().all(&is_good) {
                    return Err(format!(
                        "{name} is no word of 1 to {LONGEST} plain characters"
                    ));
                }
                if !seen.insert(name.clone()) {
                    return Err(format!("{name} stands there twice"));
                }
                words.push((tag, name));
            }
        }
        Ok(Self(words))
    }

    /// The section.
    pub fn encode(&self) -> Result<Vec<u8>, String> {
        let mut words: Vec<&(u8, String)> = self.0.iter().collect();
        // Stable: of one length the order of the list stays.
        words.sort_by_key(|(_, word)| word.len());
        let (mut starts, mut text) = (Vec::new(), String::new());
        let mut place = 0;
        for length in 0..STARTS / 4 {
            for number in [place, text.len()] {
                let number = u16::try_from(number).map_err(|e| e.to_string())?;
                starts.extend(number.to_le_bytes());
            }
            while let Some((_, word)) = words.get(place).filter(|(_, word)| word.len() == length) {
                text.push_str(word);
                place += 1;
            }
        }
        let tags = words.iter().map(|(tag, _)| *tag);
        starts.extend(tags);
        starts.extend(text.bytes());
        Ok(starts)
    }

    /// The words with their bytes.
    pub fn iter(&self) -> impl Iterator<Item = (u8, &str)> {
        self.0.iter().map(|(tag, word)| (*tag, word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lie_by_length_in_the_order_of_the_list() {
        let groups = [
            (4, vec!["cd".to_owned(), "efg".to_owned()]),
            (1, vec!["ab".to_owned()]),
        ];
        let section = Words::of(groups, |_| true).unwrap().encode().unwrap();
        let (starts, rest) = section.split_at(STARTS);
        let starts: Vec<u8> = starts
            .chunks(4)
            .flat_map(|start| [start[0], start[2]])
            .collect();
        assert_eq!(starts[..12], [0, 0, 0, 0, 0, 0, 2, 4, 3, 7, 3, 7]);
        assert_eq!(starts[starts.len() - 2..], [3, 7]);
        assert_eq!(rest, b"\x04\x01\x04cdabefg");
    }

    #[test]
    fn what_is_no_word_is_refused() {
        for names in [
            &["a", "a"][..],
            &[""],
            &["a b"],
            &["abcdefghijklmnopqrstuvwxy"],
        ] {
            let names = names.iter().map(|name| (*name).to_owned()).collect();
            assert!(Words::of([(0, names)], |byte| byte.is_ascii_lowercase()).is_err());
        }
    }
}
