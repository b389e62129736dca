//! What the local part says about who reads the mailbox.

use crate::ascii;

/// Mailboxes of a function: its subtype, and the names that it has in business in English,
/// Chinese (pinyin), German, French, Spanish, Portuguese and Japanese (romaji); lower case,
/// without separators.
const ROLES: &[(&str, &str)] = &[
    ("abuse", "abuse spam phishing trust"),
    (
        "technical",
        "postmaster hostmaster webmaster noc security usenet uucp www ftp admin administrator \
         dev devops dns it registrar root sysadmin tech web edv informatik informatique \
         technique tecnico jishu jishubu",
    ),
    (
        "sales",
        "sales bizdev export import order orders quote quotes shop store waimao xiaoshou \
         xiaoshoubu yewu shangwu hezuo anfrage angebot bestellung verkauf vertrieb commande \
         commandes commercial vente ventes devis comercial ventas vendas pedidos cotizacion \
         orcamento eigyo",
    ),
    (
        "support",
        "support help helpdesk service services customercare customerservice customersupport \
         feedback returns kefu shouhou tousu kundenservice kundendienst reklamation \
         serviceclient sav soporte suporte ayuda ajuda atendimento clientes",
    ),
    (
        "hr",
        "hr jobs careers recruiting recruitment payroll admissions zhaopin renshi renshibu \
         bewerbung karriere personal personalabteilung recrutement emploi rh rrhh empleo empleos \
         vagas jinji saiyo",
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
        "legal privacy compliance copyright dpo gdpr datenschutz recht juridique juridico fawu \
         houmu",
    ),
    (
        "purchasing",
        "purchasing purchase procurement caigou caigoubu einkauf achats compras koubai",
    ),
    (
        "marketing",
        "marketing ads events news newsletter partners subscribe unsubscribe shichang shichangbu",
    ),
    (
        "office",
        "info contact contactus hello mail office enquiries enquiry inquiries inquiry reception \
         frontdesk welcome booking bookings logistics manager membership quality secretary \
         shipping training warehouse bangong xingzheng lianxi kontakt empfang sekretariat \
         verwaltung zentrale accueil bonjour direction secretariat administracion administracao \
         contacto contato gerencia recepcion recepcao reservas toiawase otoiawase soumu",
    ),
    ("group", "all everyone list staff team"),
];

/// The names that RFC 2142 gives.
const RFC_2142: &str = "abuse ftp hostmaster info marketing news noc postmaster sales security \
     support usenet uucp webmaster www";

/// Mailboxes that send and are not read, written in the same way.
const NO_REPLY: &str = "autoreply autoresponder bounce bounces donotreply dontreply mailerdaemon nepasrepondre \
     noreplies noreply noresponder noresponse nichtantworten noresponda naoresponda naoresponder";

/// A mailbox of a function rather than of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Role {
    /// Of what: `sales`, `support`, `hr`, …
    pub(crate) subtype: &'static str,
    /// Who says so.
    pub(crate) source: &'static str,
}

/// The function that the local part names, if any.
pub(crate) fn role(local_part: &str) -> Option<Role> {
    let (subtype, _) = ROLES
        .iter()
        .find(|(_, names)| names_one_of(local_part, names))?;
    let is_standard = names_one_of(local_part, RFC_2142);
    Some(Role {
        subtype,
        source: if is_standard { "RFC 2142" } else { "mailproof" },
    })
}

/// Whether nobody reads the mailbox.
pub(crate) fn is_no_reply(local_part: &str) -> bool {
    names_one_of(local_part, NO_REPLY)
}

/// Compares without case, separators and tag: `No-Reply+x` is `noreply`.
fn names_one_of(local_part: &str, names: &str) -> bool {
    let base = ascii::split_once(local_part, b'+').map_or(local_part, |(base, _)| base);
    ascii::split(names, b' ').any(|name| {
        let letters = base
            .bytes()
            .filter(|byte| !matches!(byte, b'.' | b'-' | b'_'));
        letters
            .map(|byte| byte.to_ascii_lowercase())
            .eq(name.bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::{ROLES, is_no_reply, role};

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
    fn no_name_stands_twice_and_the_standard_ones_are_said_to_be() {
        let mut names: Vec<_> = ROLES
            .iter()
            .flat_map(|(_, names)| names.split(' '))
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(
            names
                .iter()
                .all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase()))
        );
        for name in super::RFC_2142.split(' ') {
            assert_eq!(
                role(name).map(|role| role.source),
                Some("RFC 2142"),
                "{name}"
            );
        }
        assert_eq!(role("kefu").map(|role| role.source), Some("mailproof"));
    }

    #[test]
    fn nobody_reads_these() {
        for name in ["no-reply", "NoReply", "do_not_reply", "mailer-daemon"] {
            assert!(is_no_reply(name), "{name}");
        }
        assert!(!is_no_reply("reply"));
    }
}
