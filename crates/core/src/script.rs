//! Domains that pretend to be others with letters of another script (UTS #39).
//!
//! A small table instead of the whole of UTS #39: the Cyrillic and Greek letters that most
//! fonts draw like a Latin one, which is what the registries' worst cases are made of.

use crate::Reason;
use crate::suggest::is_provider;
use alloc::string::String;

/// What is suspicious about a domain's Unicode form, if anything.
pub(crate) fn suspicion(unicode_domain: &str) -> Option<Reason> {
    if unicode_domain.is_ascii() {
        return None;
    }
    if let Some(twin) = latin_twin(unicode_domain)
        && is_provider(&twin)
    {
        return Some(Reason::Confusable);
    }
    unicode_domain
        .split('.')
        .any(mixes_scripts)
        .then_some(Reason::MixedScript)
}

/// Latin letters beside Cyrillic or Greek ones, which no language writes in one word.
fn mixes_scripts(label: &str) -> bool {
    let has = |test: fn(char) -> bool| label.chars().any(test);
    let latin = has(|c| c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}'));
    let greek = has(|c| matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}'));
    let cyrillic = has(|c| matches!(c, '\u{400}'..='\u{52f}'));
    u8::from(latin) + u8::from(greek) + u8::from(cyrillic) > 1
}

/// The domain with look-alikes written in Latin; `None` when a letter has no Latin twin.
fn latin_twin(domain: &str) -> Option<String> {
    domain
        .chars()
        .map(|c| {
            if c.is_ascii() {
                Some(c)
            } else {
                latin_letter(c)
            }
        })
        .collect()
}

fn latin_letter(c: char) -> Option<char> {
    Some(match c {
        'а' | 'ɑ' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'ɡ' => 'g',
        'һ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'ӏ' => 'l',
        'о' | 'ο' | 'օ' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'υ' => 'u',
        'ν' => 'v',
        'ԝ' => 'w',
        'х' => 'x',
        'у' => 'y',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pretenders_and_honest_names() {
        assert_eq!(suspicion("gm\u{430}il.com"), Some(Reason::Confusable));
        assert_eq!(suspicion("sh\u{43e}p.com"), Some(Reason::MixedScript));
        for honest in [
            "例子.公司",
            "почта.рф",
            "café.fr",
            "shop.hk",
            "εταιρεία.gr",
            "почта.com",
        ] {
            assert_eq!(suspicion(honest), None, "{honest}");
        }
    }
}
