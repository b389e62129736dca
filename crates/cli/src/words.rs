//! What reasons are called, in the catalogue that the page speaks from too.

use std::collections::HashMap;

use mailproof_core::Reason;
use serde::Deserialize;

use crate::arguments::Language;

/// The words of one language.
#[derive(Debug)]
pub(crate) struct Words {
    reasons: HashMap<Reason, Explanation>,
    stop: &'static str,
}

/// What the catalogue has for one reason.
#[derive(Debug, Deserialize)]
pub(crate) struct Explanation {
    /// A few words.
    pub(crate) title: String,
    /// What to do.
    pub(crate) action: String,
}

#[derive(Deserialize)]
struct Catalogue {
    reasons: HashMap<Reason, Explanation>,
}

impl Words {
    /// The catalogue is built in; a test reads every language of it.
    pub(crate) fn of(language: Language) -> Self {
        let text = match language {
            Language::En => include_str!("../../../www/messages/en.json"),
            Language::ZhHans => include_str!("../../../www/messages/zh-Hans.json"),
            Language::ZhHant => include_str!("../../../www/messages/zh-Hant.json"),
            Language::ZhHantHk => include_str!("../../../www/messages/zh-Hant-HK.json"),
            Language::Ar => include_str!("../../../www/messages/ar.json"),
            Language::De => include_str!("../../../www/messages/de.json"),
            Language::Es => include_str!("../../../www/messages/es.json"),
            Language::Fr => include_str!("../../../www/messages/fr.json"),
            Language::Ja => include_str!("../../../www/messages/ja.json"),
            Language::Ko => include_str!("../../../www/messages/ko.json"),
            Language::PtBr => include_str!("../../../www/messages/pt-BR.json"),
        };
        let catalogue = serde_json::from_str::<Catalogue>(text);
        let stop = match language {
            Language::ZhHans | Language::ZhHant | Language::ZhHantHk | Language::Ja => "。",
            _ => ". ",
        };
        Self {
            reasons: catalogue
                .map(|catalogue| catalogue.reasons)
                .unwrap_or_default(),
            stop,
        }
    }

    /// What ends a sentence before the next, with the space that the language puts there.
    pub(crate) fn stop(&self) -> &'static str {
        self.stop
    }

    /// `None` for a reason that the language has no words for.
    pub(crate) fn explain(&self, reason: Reason) -> Option<&Explanation> {
        self.reasons.get(&reason)
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn every_language_has_words_for_every_reason() {
        for language in Language::value_variants() {
            let words = Words::of(*language);
            for reason in Reason::ALL {
                let explanation = words.explain(*reason).expect("words");
                assert!(!explanation.title.is_empty() && !explanation.action.is_empty());
            }
        }
    }
}
