//! What the local part says about who reads the mailbox.

use crate::ascii;

/// Mailboxes of a function, lower case, without separators: RFC 2142, and what businesses
/// use in the languages of our first users.
const ROLES: &[&str] = &[
    // RFC 2142.
    "abuse ftp hostmaster info marketing news noc postmaster sales security support \
     usenet uucp webmaster www",
    // English.
    "accounting accounts admin administrator admissions ads billing booking bookings \
     careers compliance contact contactus customercare customerservice customersupport \
     dev dns enquiries enquiry events everyone export feedback finance frontdesk hello \
     help helpdesk hr import inquiries inquiry invoice invoices it jobs legal list \
     logistics mail manager media membership newsletter office orders order partners \
     payroll press privacy procurement purchase purchasing quality reception recruiting \
     recruitment registrar returns root secretary service services shipping shop staff \
     store subscribe sysadmin team tech training unsubscribe warehouse web welcome",
    // Chinese, pinyin.
    "caigou caiwu kefu renshi shichang shouhou waimao xiaoshou yewu zhaopin",
    // German.
    "anfrage bestellung bewerbung buchhaltung datenschutz einkauf empfang info karriere \
     kontakt kundenservice personal presse rechnung sekretariat verkauf vertrieb \
     verwaltung zentrale",
    // French.
    "accueil achats bonjour commande commandes commercial comptabilite direction emploi \
     facturation recrutement secretariat serviceclient vente ventes",
    // Spanish and Portuguese.
    "administracion atendimento ayuda clientes comercial compras contabilidad \
     contabilidade contacto contato empleo facturacion financeiro gerencia pedidos \
     recepcion recepcao reservas rh rrhh soporte suporte vendas ventas",
    // Japanese, romaji.
    "eigyo jinji keiri koho otoiawase saiyo soumu toiawase",
];

/// Mailboxes that send and are not read, lower case, without separators.
const NO_REPLY: &[&str] = &[
    "autoreply autoresponder bounce bounces donotreply dontreply mailerdaemon \
     nepasrepondre noreplies noreply noresponder noresponse nichtantworten noresponda \
     naoresponda naoresponder",
];

/// Whether the local part names a function rather than a person.
pub(crate) fn is_role(local_part: &str) -> bool {
    names_one_of(local_part, ROLES)
}

/// Whether nobody reads the mailbox.
pub(crate) fn is_no_reply(local_part: &str) -> bool {
    names_one_of(local_part, NO_REPLY)
}

/// Compares without case, separators and tag: `No-Reply+x` is `noreply`.
fn names_one_of(local_part: &str, names: &[&str]) -> bool {
    let base = ascii::split_once(local_part, b'+').map_or(local_part, |(base, _)| base);
    let mut names = names.iter().flat_map(|list| ascii::split(list, b' '));
    names.any(|name| {
        let mut letters = base
            .bytes()
            .filter(|byte| !matches!(byte, b'.' | b'-' | b'_'));
        name.bytes().all(|byte| {
            letters
                .next()
                .is_some_and(|c| c.to_ascii_lowercase() == byte)
        }) && letters.next().is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::{is_no_reply, is_role};

    #[test]
    fn functions_and_people() {
        for role in [
            "info",
            "Sales",
            "customer-service",
            "customer.care",
            "kefu",
            "info+x",
        ] {
            assert!(is_role(role), "{role}");
        }
        for person in ["jane", "infos.jane", "salesman.wong", "用户", "in", ""] {
            assert!(!is_role(person), "{person}");
        }
    }

    #[test]
    fn nobody_reads_these() {
        for name in ["no-reply", "NoReply", "do_not_reply", "mailer-daemon"] {
            assert!(is_no_reply(name), "{name}");
        }
        assert!(!is_no_reply("reply"));
    }
}
