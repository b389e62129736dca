//! Domains that wait for other people's slips: registered, with exchangers that take mail,
//! and nobody's mailbox.

/// Each is one slip from a great provider and was caught taking mail by makers of lists of
/// disposable domains, two at least (`crates/lists/data/kept-out.tsv` names them; a test
/// holds this list against it). Everything else that takes mail is believed to be meant.
const SQUATS: &[&str] = &[
    "agmail.com",
    "gaail.com",
    "gamail.com",
    "gamil.com",
    "ggmail.com",
    "gimail.com",
    "gmai.com",
    "gmaiil.com",
    "gmaik.com",
    "gmaill.com",
    "gmailr.com",
    "gmal.com",
    "gmasil.com",
    "gmaul.com",
    "gmeail.com",
    "gmial.com",
    "gmil.com",
    "gnail.com",
    "gsmail.com",
    "gtmail.com",
    "hatmail.com",
    "homail.com",
    "hotail.com",
    "hotamil.com",
    "hotmai.com",
    "hotmaill.com",
    "hotmal.com",
    "hotmali.com",
    "hotmial.com",
    "hotmil.com",
    "htmail.com",
    "icluoud.com",
    "otmail.com",
    "oulook.com",
    "oultlook.com",
    "outllok.com",
    "outlok.com",
    "outloo.com",
    "outluok.com",
    "yahaoo.co.uk",
    "yaho.co.uk",
    "yaho.com",
    "yahoc.com",
    "yahoon.com",
    "yahooo.com",
];

/// Whether `domain` is one of them, so that taking mail does not speak for it.
pub(super) fn is_squat(domain: &str) -> bool {
    SQUATS.contains(&domain)
}

#[cfg(test)]
mod tests {
    use super::SQUATS;
    use crate::suggest::{Standing, suggest_domain};

    #[test]
    fn each_is_a_slip_and_is_corrected_though_it_takes_mail() {
        for squat in SQUATS {
            assert!(
                suggest_domain(squat, Standing::TakesMail, None).is_some(),
                "{squat}"
            );
        }
    }
}
