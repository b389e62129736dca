//! Domains that pretend to be others with letters of another script (UTS #39).
//!
//! Two small tables instead of the whole of UTS #39: the letters that most fonts draw like a
//! Latin one, of scripts in which registries sell names, and the ranges of these scripts.
//! `tests/tests/confusables.rs` holds both against the whole and names what is left out.

use crate::ascii;
use alloc::string::String;

/// Whether a label of a domain mixes scripts that no language writes together.
pub(crate) fn mixes_scripts(unicode_domain: &str) -> bool {
    ascii::split(unicode_domain, b'.').any(label_mixes)
}

/// Anything beyond the level "highly restrictive" of UTS #39 §5.2, which lets Latin stand with
/// those of East Asia.
fn label_mixes(label: &str) -> bool {
    let scripts = label.chars().fold(0, |scripts, c| scripts | script(c));
    scripts.count_ones() > 1 && scripts & !(LATIN | EAST_ASIAN) != 0
}

const LATIN: u32 = 1;
const EAST_ASIAN: u32 = 1 << 1;
/// Bit of the first of the scripts of South Asia, which have a block of 128 each.
const SOUTH_ASIAN: u32 = 10;

/// The script of a letter, as one bit; none for digits, hyphens, marks, and scripts in which
/// no registry sells names.
fn script(c: char) -> u32 {
    match c {
        'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => LATIN,
        '\u{1100}'..='\u{11ff}'
        | '\u{2e80}'..='\u{2fdf}'
        | '\u{3041}'..='\u{318f}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{20000}'..='\u{3ffff}' => EAST_ASIAN,
        '\u{370}'..='\u{3e1}' | '\u{3f0}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => 1 << 2,
        '\u{400}'..='\u{52f}' => 1 << 3,
        '\u{531}'..='\u{58f}' => 1 << 4,
        '\u{5d0}'..='\u{5ff}' => 1 << 5,
        '\u{620}'..='\u{64a}' | '\u{671}'..='\u{6d3}' | '\u{750}'..='\u{77f}' => 1 << 6,
        '\u{1000}'..='\u{109f}' => 1 << 7,
        '\u{10a0}'..='\u{10ff}' => 1 << 8,
        '\u{1780}'..='\u{17ff}' => 1 << 9,
        // Devanagari to Sinhala, Thai and Lao.
        '\u{900}'..='\u{950}' | '\u{966}'..='\u{eff}' => {
            1 << (SOUTH_ASIAN + ((u32::from(c) - 0x900) >> 7))
        }
        _ => 0,
    }
}

/// The domain with look-alikes written in Latin; `None` when a letter has no Latin twin.
pub(crate) fn latin_twin(unicode_domain: &str) -> Option<String> {
    unicode_domain
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

/// Look-alikes, each before its Latin letter.
const TWINS: &str = "аa ɑa αa ьb ƅb сc ᴄc ⲥc ԁd еe ҽe ƒf քf ɡg ցg һh հh іi ιi ıi ɩi ɪi ւi јj ȷj ϳj յj ӏl ոn ռn \
     оo οo օo σo ᴏo ჿo ๐o ໐o ഠo ⲟo рp ρp ϸp þp ƿp ⲣp ԛq գq զq гr ᴦr ѕs ƽs ꜱs υu սu ʋu ᴜu νv ѵv \
     ᴠv ԝw ѡw шw աw ɯw ᴡw хx уy γy үy ყy ɣy ʏy ⲩy ᴢz";

fn latin_letter(c: char) -> Option<char> {
    let mut pair = TWINS
        .split(' ')
        .map(str::chars)
        .find(|pair| pair.clone().next() == Some(c))?;
    pair.nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pretenders_and_honest_names() {
        for (pretender, twin) in [
            ("gm\u{430}il.com", "gmail.com"),
            ("sh\u{43e}p.com", "shop.com"),
        ] {
            assert_eq!(latin_twin(pretender).as_deref(), Some(twin));
            assert!(mixes_scripts(pretender), "{pretender}");
        }
        assert!(mixes_scripts("բankарр.com"));
        for honest in [
            "例子.公司",
            "почта.рф",
            "café.fr",
            "shop.hk",
            "εταιρεία.gr",
            "почта.com",
            "日本語abc.jp",
            "한국abc.kr",
            "हिन्दी.भारत",
            "ไทย-1.th",
        ] {
            assert!(!mixes_scripts(honest), "{honest}");
        }
    }
}
