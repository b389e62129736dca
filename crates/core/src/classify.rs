//! What the local part says about who reads the mailbox.

use crate::ascii;

/// Mailboxes of a function: behind `|` its subtype, then the names that it has in business in
/// English, Chinese (pinyin), German, French, Spanish, Portuguese and Japanese (romaji); those
/// that RFC 2142 gives behind `*`. Lower case, without separators. Under [`NO_REPLY`] stand
/// mailboxes that send and are not read.
const WORDS: &str = "\
    |abuse*abuse spam phishing trust\
    |technical*postmaster*hostmaster*webmaster*noc*security*usenet*uucp*www*ftp admin \
administrator dev devops dns it registrar root sysadmin tech web edv informatik informatique \
technique tecnico jishu jishubu\
    |sales*sales bizdev export import order orders quote quotes shop store waimao xiaoshou \
xiaoshoubu yewu shangwu hezuo anfrage angebot bestellung verkauf vertrieb commande commandes \
commercial vente ventes devis comercial ventas vendas pedidos cotizacion orcamento eigyo\
    |support*support help helpdesk service services customercare customerservice \
customersupport feedback returns kefu shouhou tousu kundenservice kundendienst reklamation \
serviceclient sav soporte suporte ayuda ajuda atendimento clientes\
    |hr hr jobs careers recruiting recruitment payroll admissions zhaopin renshi renshibu \
bewerbung karriere personal personalabteilung recrutement emploi rh rrhh empleo empleos vagas \
jinji saiyo\
    |finance finance accounting accounts billing invoice invoices accountspayable caiwu caiwubu \
kuaiji buchhaltung rechnung rechnungen comptabilite facturation contabilidad contabilidade \
facturacion financeiro faturamento keiri\
    |press press media presse pressestelle prensa imprensa koho\
    |legal legal privacy compliance copyright dpo gdpr datenschutz recht juridique juridico \
fawu houmu\
    |purchasing purchasing purchase procurement caigou caigoubu einkauf achats compras koubai\
    |marketing*marketing ads events*news newsletter partners subscribe unsubscribe shichang \
shichangbu\
    |office*info contact contactus hello mail office enquiries enquiry inquiries inquiry \
reception frontdesk welcome booking bookings logistics manager membership quality secretary \
shipping training warehouse bangong xingzheng lianxi kontakt empfang sekretariat verwaltung \
zentrale accueil bonjour direction secretariat administracion administracao contacto contato \
gerencia recepcion recepcao reservas toiawase otoiawase soumu\
    |group all everyone list staff team\
    |no_reply autoreply autoresponder bounce bounces donotreply dontreply mailerdaemon \
nepasrepondre noreplies noreply noresponder noresponse nichtantworten noresponda naoresponda \
naoresponder";

const NO_REPLY: &str = "no_reply";

/// [`WORDS`] with the length of each word in the place of what stands before it, so that
/// nearly all words are passed over without a look at them.
static TABLE: [u8; WORDS.len()] = counted(WORDS);

/// By the first letter: which lengths its words have, as bits. Hardly any name gets further.
static LENGTHS: [u32; 26] = lengths(&TABLE);

const fn lengths(table: &[u8]) -> [u32; 26] {
    let mut lengths = [0; 26];
    let mut head = 0;
    while head < table.len() {
        let length = table[head] & LENGTH;
        if table[head] & SUBTYPE == 0 {
            lengths[(table[head + 1] - b'a') as usize] |= 1 << length;
        }
        head += 1 + length as usize;
    }
    lengths
}

/// In a length: the word is a subtype, or a name of RFC 2142.
const SUBTYPE: u8 = 0x40;
const STANDARD: u8 = 0x20;
const LENGTH: u8 = 0x1f;

const fn counted<const N: usize>(words: &str) -> [u8; N] {
    let mut table = [0; N];
    let (mut head, mut at) = (0, 0);
    while at < N {
        let kind = match words.as_bytes()[at] {
            b'|' => SUBTYPE,
            b'*' => STANDARD,
            b' ' => 0,
            letter => {
                table[at] = letter;
                table[head] += 1;
                assert!(table[head] & LENGTH != 0, "a word is too long");
                at += 1;
                continue;
            }
        };
        head = at;
        table[head] = kind;
        at += 1;
    }
    table
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
    let mut letters = base.as_bytes().to_ascii_lowercase();
    letters.retain(|byte| !matches!(byte, b'.' | b'-' | b'_'));
    let first = letters.first()?.checked_sub(b'a')?;
    let lengths = LENGTHS.get(usize::from(first))?;
    if lengths.checked_shr(letters.len() as u32)? & 1 == 0 {
        return None;
    }
    let mut subtype: &[u8] = &[];
    let mut rest = &TABLE[..];
    while let Some((head, words)) = rest.split_first() {
        let (word, words) = words.split_at_checked((head & LENGTH).into())?;
        if head & SUBTYPE != 0 {
            subtype = word;
        } else if word.first() == letters.first() && word == letters {
            let subtype = core::str::from_utf8(subtype).ok()?;
            let is_standard = head & STANDARD != 0;
            return Some(if subtype == NO_REPLY {
                Reader::Nobody
            } else {
                Reader::Role(Role {
                    subtype,
                    source: if is_standard { "RFC 2142" } else { "mailproof" },
                })
            });
        }
        rest = words;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Reader, WORDS, reader};

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
        for group in WORDS.split('|').skip(1) {
            let end = group.find([' ', '*']).expect("a name");
            let (subtype, listed) = group.split_at(end);
            for name in listed.split([' ', '*']).skip(1) {
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
        assert_eq!(WORDS.matches('*').count(), 15);
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
