//! What the local part says about who reads the mailbox.
#![expect(clippy::indexing_slicing, reason = "when Mailproof is compiled")]

use alloc::vec::Vec;

use crate::ascii;
use crate::by_length::{ByLength, Sorted, length};

/// Mailboxes of a function: its subtype, and the names that it has in business in English,
/// Chinese (pinyin), German, French, Spanish, Portuguese and Japanese (romaji); lower case,
/// without separators; a star marks those that RFC 2142 gives. The last ones send and are not
/// read.
const NAMES: [(&str, &str); 13] = [
    ("abuse", "*abuse spam phishing trust"),
    (
        "technical",
        "*postmaster *hostmaster *webmaster *noc *security *usenet *uucp *www *ftp admin \
         administrator dev devops dns it registrar root sysadmin tech web edv informatik \
         informatique technique tecnico jishu jishubu",
    ),
    (
        "sales",
        "*sales bizdev export import order orders quote quotes shop store waimao xiaoshou \
         xiaoshoubu yewu shangwu hezuo anfrage angebot bestellung verkauf vertrieb commande \
         commandes commercial vente ventes devis comercial ventas vendas pedidos cotizacion \
         orcamento eigyo",
    ),
    (
        "support",
        "*support help helpdesk service services customercare customerservice customersupport \
         feedback returns kefu shouhou tousu kundenservice kundendienst reklamation \
         serviceclient sav soporte suporte ayuda ajuda atendimento clientes",
    ),
    (
        "hr",
        "hr jobs careers recruiting recruitment payroll admissions zhaopin renshi renshibu \
         bewerbung karriere personal personalabteilung recrutement emploi rh rrhh empleo \
         empleos vagas jinji saiyo",
    ),
    (
        "finance",
        "finance accounting accounts billing invoice invoices accountspayable caiwu caiwubu \
         kuaiji buchhaltung rechnung rechnungen comptabilite facturation contabilidad \
         contabilidade facturacion financeiro faturamento keiri",
    ),
    (
        "press",
        "press media presse pressestelle prensa imprensa koho",
    ),
    (
        "legal",
        "legal privacy compliance copyright dpo gdpr datenschutz recht juridique juridico \
         fawu houmu",
    ),
    (
        "purchasing",
        "purchasing purchase procurement caigou caigoubu einkauf achats compras koubai",
    ),
    (
        "marketing",
        "*marketing ads events *news newsletter partners subscribe unsubscribe shichang \
         shichangbu",
    ),
    (
        "office",
        "*info contact contactus hello mail office enquiries enquiry inquiries inquiry \
         reception frontdesk welcome booking bookings logistics manager membership quality \
         secretary shipping training warehouse bangong xingzheng lianxi kontakt empfang \
         sekretariat verwaltung zentrale accueil bonjour direction secretariat administracion \
         administracao contacto contato gerencia recepcion recepcao reservas toiawase \
         otoiawase soumu",
    ),
    ("group", "all everyone list staff team"),
    (
        "no_reply",
        "autoreply autoresponder bounce bounces donotreply dontreply mailerdaemon \
         nepasrepondre noreplies noreply noresponder noresponse nichtantworten noresponda \
         naoresponda naoresponder",
    ),
];

/// Of [`NAMES`].
const SUBTYPES: [&str; NAMES.len()] = {
    let mut subtypes = [""; NAMES.len()];
    let mut next = 0;
    while next < NAMES.len() {
        subtypes[next] = NAMES[next].0;
        next += 1;
    }
    subtypes
};

const NO_REPLY: &str = "no_reply";

/// In the byte of a word, beside its place among the subtypes: RFC 2142 gives the name.
const STANDARD: u8 = 0x80;

const COUNT: usize = {
    let (mut count, mut next) = (0, 0);
    while next < NAMES.len() {
        let (_, mut rest) = NAMES[next];
        while let Some((_, after)) = first_word(rest) {
            (count, rest) = (count + 1, after);
        }
        next += 1;
    }
    count
};

#[expect(clippy::cast_possible_truncation, reason = "few subtypes")]
const LISTED: [(u8, &str); COUNT] = {
    let mut listed = [(0, ""); COUNT];
    let (mut at, mut next) = (0, 0);
    while next < NAMES.len() {
        let (_, mut rest) = NAMES[next];
        while let Some((word, after)) = first_word(rest) {
            let is_standard = word.as_bytes()[0] == b'*';
            listed[at] = if is_standard {
                (next as u8 | STANDARD, word.split_at(1).1)
            } else {
                (next as u8, word)
            };
            (at, rest) = (at + 1, after);
        }
        next += 1;
    }
    listed
};

static WORDS: ByLength = ByLength::new(&SORTED);
static SORTED: Sorted<COUNT, { length(&LISTED) }> = Sorted::new(&LISTED);

/// The first word, and what stands behind the space after it.
const fn first_word(words: &str) -> Option<(&str, &str)> {
    let mut end = 0;
    while end < words.len() && words.as_bytes()[end] != b' ' {
        end += 1;
    }
    let (word, rest) = words.split_at(end);
    match rest.split_at_checked(1) {
        Some((_, rest)) => Some((word, rest)),
        None if end > 0 => Some((word, "")),
        None => None,
    }
}

/// Who reads a mailbox that is not a person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reader {
    /// Whoever has a function.
    Role(Role),
    /// Nobody.
    Nobody,
}

/// A mailbox of a function rather than of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Role {
    /// Of what: `sales`, `support`, `hr`, …
    pub(crate) subtype: &'static str,
    /// Who says so.
    pub(crate) source: &'static str,
}

/// Who reads the mailbox, if its name says so. Compares without case, separators and tag:
/// `No-Reply+x` is `noreply`.
pub(crate) fn reader(local_part: &str) -> Option<Reader> {
    let base = ascii::split_once(local_part, b'+').map_or(local_part, |(base, _)| base);
    let mut letters = Vec::with_capacity(base.len());
    for byte in base.bytes() {
        if !matches!(byte, b'.' | b'-' | b'_') {
            letters.push(byte.to_ascii_lowercase());
        }
    }
    let tag = WORDS.find(&letters)?.tag;
    let subtype = *SUBTYPES.get(usize::from(tag & !STANDARD))?;
    if subtype == NO_REPLY {
        return Some(Reader::Nobody);
    }
    let is_standard = tag & STANDARD != 0;
    Some(Reader::Role(Role {
        subtype,
        source: if is_standard { "RFC 2142" } else { "mailproof" },
    }))
}

#[cfg(test)]
mod tests {
    use super::{NAMES, Reader, reader};

    fn role(local_part: &str) -> Option<super::Role> {
        match reader(local_part) {
            Some(Reader::Role(role)) => Some(role),
            _ => None,
        }
    }

    #[track_caller]
    fn check(local_part: &str, expected: Option<&str>) {
        assert_eq!(
            role(local_part).map(|role| role.subtype),
            expected,
            "{local_part}"
        );
    }

    #[test]
    fn functions_and_people() {
        for (name, subtype) in [
            ("info", "office"),
            ("Sales", "sales"),
            ("sales+x", "sales"),
            ("abuse", "abuse"),
            ("postmaster", "technical"),
            ("customer-service", "support"),
            ("customer.care", "support"),
            ("kefu", "support"),
            ("zhaopin", "hr"),
            ("caiwu", "finance"),
            ("Buchhaltung", "finance"),
            ("presse", "press"),
            ("service.client", "support"),
            ("rr-hh", "hr"),
            ("vendas", "sales"),
            ("eigyo", "sales"),
            ("privacy", "legal"),
            ("einkauf", "purchasing"),
            ("everyone", "group"),
        ] {
            check(name, Some(subtype));
        }
        for person in ["jane", "infos.jane", "salesman.wong", "用户", "in", ""] {
            check(person, None);
        }
    }

    #[test]
    fn no_name_stands_twice_and_each_is_found() {
        let mut names = Vec::new();
        for (subtype, listed) in NAMES {
            for name in listed.split(' ').map(|name| name.trim_start_matches('*')) {
                assert!(name.bytes().all(|byte| byte.is_ascii_lowercase()), "{name}");
                let found = match reader(name).expect("a word") {
                    Reader::Role(role) => role.subtype,
                    Reader::Nobody => super::NO_REPLY,
                };
                assert_eq!(found, subtype, "{name}");
                names.push(name);
            }
        }
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
    }

    /// RFC 2142 §3 to §7, but for the names of mailing lists.
    #[test]
    fn the_standard_names_are_said_to_be() {
        for name in [
            "abuse",
            "ftp",
            "hostmaster",
            "info",
            "marketing",
            "news",
            "noc",
            "postmaster",
            "sales",
            "security",
            "support",
            "usenet",
            "uucp",
            "webmaster",
            "www",
        ] {
            let source = role(name).map(|role| role.source);
            assert_eq!(source, Some("RFC 2142"), "{name}");
        }
        assert_eq!(role("kefu").map(|role| role.source), Some("mailproof"));
        let stars = NAMES.iter().map(|(_, names)| names.matches('*').count());
        assert_eq!(stars.sum::<usize>(), 15);
    }

    #[test]
    fn nobody_reads_these() {
        for name in [
            "no-reply",
            "NoReply",
            "do_not_reply",
            "mailer-daemon",
            "noreply+x",
        ] {
            assert_eq!(reader(name), Some(Reader::Nobody), "{name}");
        }
        assert_eq!(reader("reply"), None);
    }
}
