//! Gathering the facts about one address. What they mean is the policy's business.

use crate::ascii;
use crate::canonical::canonical;
use crate::classify::{Reader, reader};
use crate::day::date;
use crate::decimal::push_decimal;
use crate::fault::Fault;
use crate::gibberish::Gibberish;
use crate::joined::joined;
use crate::judge::Context;
use crate::repair::repair;
use crate::suggest::{Standing, complete_com, is_provider, is_squat, suggest_domain};
use crate::{
    Address, Domain, DomainName, Effect, Evidence, Group, Hit, LocalPart, Mx, Names, Pack, Reason,
    Routing, is_special_use,
};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// The facts of one judgement.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) reasons: Vec<Reason>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) mx: Mx,
    pub(crate) parts: Parts,
    pub(crate) did_you_mean: Option<String>,
}

/// The address in its forms and parts, as the verdict shows them.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) normalized: Option<String>,
    pub(crate) canonical: Option<String>,
    pub(crate) local_part: Option<String>,
    pub(crate) domain: Option<String>,
    pub(crate) ascii_domain: Option<String>,
    pub(crate) registrable_domain: Option<String>,
}

impl Facts {
    /// Starts with what cleaning noted.
    pub(crate) fn new(notes: &[Reason]) -> Self {
        Self {
            reasons: notes.to_vec(),
            ..Self::default()
        }
    }

    /// A reason stands once, however often it is found.
    pub(crate) fn add(&mut self, reason: Reason) {
        if !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }

    fn add_if(&mut self, condition: bool, reason: Reason) {
        if condition {
            self.add(reason);
        }
    }

    /// Everything about a well-formed address.
    pub(crate) fn add_address(
        &mut self,
        address: Address,
        context: &Context<'_>,
        names: Option<&Names>,
    ) {
        self.add_text(&address, context.pack, names);
        let Address {
            local_part, domain, ..
        } = address;
        match domain {
            Domain::Literal(literal) => self.parts.fill(local_part, literal.clone(), literal),
            Domain::Name(name) => self.add_name(local_part, name, context, names),
        }
    }

    /// What the text says by itself.
    fn add_text(&mut self, address: &Address, pack: Option<&Pack<'_>>, names: Option<&Names>) {
        self.add_if(address.has_comment, Reason::Comment);
        self.add_local_part(&address.local_part, pack);
        match &address.domain {
            Domain::Literal(_) => self.add(Reason::DomainLiteral),
            Domain::Name(name) => {
                self.add_name_syntax(name, pack, names);
                let fits = fits_provider(&address.local_part, name.as_ascii());
                self.add_if(!fits, Reason::ProviderSyntax);
            }
        }
    }

    fn add_local_part(&mut self, local_part: &LocalPart, pack: Option<&Pack<'_>>) {
        self.add_if(local_part.is_quoted(), Reason::QuotedLocalPart);
        self.add_if(local_part.needs_smtputf8(), Reason::Smtputf8Required);
        match reader(local_part.as_str(), pack) {
            Some(Reader::Role(role)) => self.add_reading(Reason::Role, role.subtype, role.source),
            Some(Reader::Nobody) => self.add(Reason::NoReply),
            None => {}
        }
    }

    /// Relays make up local parts, and nobody has to like them.
    fn add_gibberish(&mut self, local_part: &LocalPart) {
        let is_made_up = self.reasons.contains(&Reason::Relay);
        if let Some(found) = Gibberish::find(local_part.as_str())
            && !is_made_up
            && !local_part.is_quoted()
        {
            self.add_reading(Reason::Gibberish, found.outcome(), "mailproof");
        }
    }

    /// A fact that was read out of the local part, and what it said.
    fn add_reading(&mut self, fact: Reason, outcome: &str, source: &str) {
        self.add(fact);
        self.evidence.push(Evidence {
            check: fact.code().to_owned(),
            outcome: outcome.to_owned(),
            source: source.to_owned(),
            since: None,
        });
    }

    fn add_name(
        &mut self,
        local_part: LocalPart,
        name: DomainName,
        context: &Context<'_>,
        names: Option<&Names>,
    ) {
        let ascii = name.as_ascii();
        let registrable = context.pack.and_then(|pack| pack.registrable_domain(ascii));
        self.add_classes(ascii, registrable, context.pack);
        if let Some(routing) = context.routing {
            self.add_routing(routing.clone());
            self.add_exchanges(ascii, context.pack);
        }
        self.add_gibberish(&local_part);
        let (canonical, is_alias) = canonical(local_part.as_str(), ascii, context.pack);
        self.add_if(is_alias, Reason::Alias);
        if let Some(reason) = context.policy.listed(&canonical, ascii, context.pack) {
            self.add(reason);
        }
        self.add_suggestion(&local_part, ascii, context, names);
        self.parts.canonical = Some(canonical);
        self.parts.registrable_domain = registrable.map(str::to_owned);
        let (unicode, ascii) = name.into_forms();
        self.parts.fill(local_part, unicode, ascii);
    }

    fn add_name_syntax(
        &mut self,
        name: &DomainName,
        pack: Option<&Pack<'_>>,
        names: Option<&Names>,
    ) {
        let ascii = name.as_ascii();
        self.add_if(name.is_international(), Reason::InternationalDomain);
        self.add_suspicion(name.as_unicode(), pack, names);
        let top = ascii::last_label(ascii);
        if is_special_use(ascii) {
            self.add(Reason::SpecialUseDomain);
        } else if !ascii::has(ascii, b'.') {
            self.add(Reason::MissingTld);
        } else if top.bytes().all(|byte| byte.is_ascii_digit()) {
            self.add(Reason::NumericTld);
        } else if pack.is_some_and(|pack| !pack.is_tld(top)) {
            self.add(Reason::UnknownTld);
        }
    }

    /// What is suspicious about a domain's Unicode form, if anything.
    fn add_suspicion(
        &mut self,
        unicode_domain: &str,
        pack: Option<&Pack<'_>>,
        names: Option<&Names>,
    ) {
        let Some(names) = names.filter(|_| !ascii::is_ascii(unicode_domain)) else {
            return;
        };
        let is_known =
            |twin: String| pack.is_some_and(|pack| is_provider(&twin, pack) || pack.known(&twin));
        if (names.latin_twin)(unicode_domain).is_some_and(is_known) {
            self.add(Reason::Confusable);
        } else if (names.mixes_scripts)(unicode_domain) {
            self.add(Reason::MixedScript);
        }
    }

    /// What the lists say about a domain (A-labels in lower case), of which somebody
    /// registered the end `registrable`.
    pub(crate) fn add_classes(
        &mut self,
        domain: &str,
        registrable: Option<&str>,
        pack: Option<&Pack<'_>>,
    ) {
        let Some(pack) = pack else { return };
        let free = self.add_listing(Reason::Free, pack.free(domain), pack);
        let relay = self.add_listing(Reason::Relay, pack.relay(domain), pack);
        let known = free || relay;
        // The builder of the lists keeps both out of this one.
        if !known {
            let hit = registrable.and_then(|end| pack.disposable_under(end, domain));
            self.add_listing(Reason::Disposable, hit, pack);
        }
        // Providers and relays of the lists were seen to take mail when they were listed, though
        // hardly for a mailbox in another script.
        let leaves_open =
            |reason: &Reason| reason.group() == Group::Dns || *reason == Reason::Smtputf8Required;
        if known && !self.reasons.iter().any(leaves_open) {
            self.add(Reason::AcceptsMail);
        }
    }

    fn add_listing(&mut self, class: Reason, hit: Option<Hit<'_>>, pack: &Pack<'_>) -> bool {
        if let Some(hit) = hit
            && !self.reasons.contains(&class)
        {
            self.add(class);
            self.evidence.push(listing_evidence(class, hit, pack));
        }
        hit.is_some()
    }

    /// What the lists say about the mail exchangers that DNS gave for `domain`.
    pub(crate) fn add_exchanges(&mut self, domain: &str, pack: Option<&Pack<'_>>) {
        let Some(pack) = pack else { return };
        let records = core::mem::take(&mut self.mx.records);
        let exchanges = || records.iter().map(|record| record.exchange.as_str());
        if self.mx.provider.is_none() {
            let provider = exchanges().find_map(|exchange| pack.mx_provider(exchange));
            self.mx.provider = provider.map(str::to_owned);
            self.add_if(provider.is_some(), Reason::MxProvider);
        }
        // A provider or a relay may host with whom it likes.
        if !pack.known(domain) {
            let parked = exchanges().find_map(|exchange| pack.parked_mx(exchange));
            self.add_listing(Reason::Parked, parked, pack);
            let disposable = exchanges().find_map(|exchange| pack.disposable_mx(exchange));
            self.add_listing(Reason::DisposableMx, disposable, pack);
        }
        self.mx.records = records;
    }

    /// What DNS said, and what a fuller list than ours knew.
    pub(crate) fn add_routing(&mut self, routing: Routing) {
        let told = |reason: &&Reason| {
            matches!(reason.group(), Group::Dns | Group::Service)
                || matches!(
                    reason,
                    Reason::Disposable | Reason::Relay | Reason::Free | Reason::SpecialUseDomain
                )
        };
        for reason in routing.reasons.iter().filter(told) {
            self.add(*reason);
        }
        self.evidence.extend(routing.evidence);
        self.mx = routing.mx;
    }

    fn add_suggestion(
        &mut self,
        local_part: &LocalPart,
        domain: &str,
        context: &Context<'_>,
        names: Option<&Names>,
    ) {
        // Set aside, or known to be real, by the owner or the lists.
        let beyond_doubt = |reason: &Reason| {
            matches!(
                reason,
                Reason::SpecialUseDomain | Reason::Free | Reason::Relay | Reason::Allowed
            )
        };
        if local_part.is_quoted() || self.reasons.iter().any(beyond_doubt) {
            return;
        }
        let Some(pack) = context.pack else { return };
        let standing = self.standing();
        let stop_taken_off = self.reasons.contains(&Reason::TrailingPunctuationRemoved);
        let suggestion = suggest_domain(domain, standing, pack).or_else(|| {
            stop_taken_off
                .then(|| complete_com(domain, standing, pack))
                .flatten()
        });
        let Some(suggestion) = suggestion else {
            return;
        };
        let meant = joined(&[local_part.as_str(), "@", &suggestion.domain]);
        if is_refused(&meant, context, names) {
            return;
        }
        if is_squat(domain, pack) {
            self.add_reading(suggestion.code, "squat", "mailproof");
        }
        self.add(suggestion.code);
        self.did_you_mean = Some(meant);
    }

    /// What DNS said about the domain, as far as it concerns a correction. A domain with an
    /// address record alone is left open: so are most of those that nobody uses for mail.
    fn standing(&self) -> Standing {
        if self.reasons.iter().any(|reason| tells_of_no_mail(*reason)) {
            Standing::TakesNone
        } else if self.reasons.contains(&Reason::AcceptsMail) {
            Standing::TakesMail
        } else {
            Standing::Open
        }
    }

    /// The obvious repair of a text that is no address, carried through the suggestions.
    pub(crate) fn add_repair(
        &mut self,
        text: &str,
        faults: &[Fault],
        context: &Context<'_>,
        names: Option<&Names>,
    ) {
        let Some(repair) = repair(text, faults, context.pack, names) else {
            return;
        };
        let Ok(address) = Address::parse_text(&repair.text, names) else {
            return;
        };
        let Domain::Name(name) = &address.domain else {
            return;
        };
        self.add_suggestion(&address.local_part, name.as_ascii(), context, names);
        if self.did_you_mean.is_none() && is_refused(&repair.text, context, names) {
            return;
        }
        if let Some(code) = repair.code {
            self.add(code);
        }
        self.did_you_mean.get_or_insert(repair.text);
    }
}

/// Whether the text by itself speaks against an address, so that it is not to be offered.
/// Names set aside, `example.com` among them, are offered: they were meant in what they
/// stand in, and are judged when they are taken.
fn is_refused(text: &str, context: &Context<'_>, names: Option<&Names>) -> bool {
    let Ok(address) = Address::parse_text(text, names) else {
        return true;
    };
    let mut facts = Facts::default();
    facts.add_text(&address, context.pack, names);
    let refuses = |reason: &Reason| {
        *reason != Reason::SpecialUseDomain
            && context.policy.effect(*reason) == Effect::Undeliverable
    };
    facts.reasons.iter().any(refuses)
}

impl Routing {
    /// Adds [`Reason::Parked`] where the lists know `name_server` (the first one of the
    /// zone of `domain`, in lower-case A-labels) as that of a service for parked domains.
    /// Where nobody could tell about the mail, nothing is said of this either.
    pub fn add_name_server(&mut self, domain: &str, name_server: &str, pack: &Pack<'_>) {
        let is_open = self.mx.found.is_some() && !self.reasons.contains(&Reason::Parked);
        let parked = pack.parked_ns(name_server);
        if let Some(hit) = parked.filter(|_| is_open && !pack.known(domain)) {
            self.reasons.push(Reason::Parked);
            self.evidence
                .push(listing_evidence(Reason::Parked, hit, pack));
        }
    }
}

/// Whether nobody takes mail for the domain, or somebody who waits for slips.
fn tells_of_no_mail(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::NoSuchDomain
            | Reason::NoMailHost
            | Reason::NullMx
            | Reason::MxDead
            | Reason::MxUnroutable
            | Reason::Parked
    )
}

impl Parts {
    fn fill(&mut self, local_part: LocalPart, domain: String, ascii_domain: String) {
        let local_part = local_part.into_text();
        self.normalized = Some(joined(&[&*local_part, "@", &ascii_domain]));
        self.local_part = Some(local_part);
        self.domain = Some(domain);
        self.ascii_domain = Some(ascii_domain);
    }
}

fn listing_evidence(class: Reason, hit: Hit<'_>, pack: &Pack<'_>) -> Evidence {
    let is_weak = class == Reason::Disposable && hit.is_listed_once();
    let first_seen = match class {
        Reason::Disposable => pack.first_seen(hit),
        _ => None,
    };
    Evidence {
        check: class.code().to_owned(),
        outcome: if is_weak { LISTED_ONCE } else { "listed" }.to_owned(),
        source: listing_source(hit, pack),
        since: first_seen.map(date),
    }
}

/// The sources of a hit; the small pack has no room for their names, only for how many
/// lineages there are.
fn listing_source(hit: Hit<'_>, pack: &Pack<'_>) -> String {
    let mut sources = String::new();
    for source in pack.sources_of(hit) {
        let joint = if sources.is_empty() { "" } else { " + " };
        sources.extend([joint, source]);
    }
    if sources.is_empty() {
        let plural = if hit.is_listed_once() { "" } else { "s" };
        sources.extend(["mailproof ", pack.info().version, " small pack, "]);
        push_decimal(&mut sources, hit.lineages.into(), 1);
        sources.extend([" lineage", plural]);
    }
    sources
}

/// The outcome where one lineage alone lists a disposable domain.
pub(crate) const LISTED_ONCE: &str = "listed_once";

/// Whether all that speaks for a disposable domain is one lineage.
pub(crate) fn is_listed_once(evidence: &[Evidence]) -> bool {
    let mut listings = evidence
        .iter()
        .filter(|item| item.check == Reason::Disposable.code())
        .peekable();
    listings.peek().is_some() && listings.all(|item| item.outcome == LISTED_ONCE)
}

/// Google Account help: letters, digits and dots, at most 30. Other providers' rules have
/// older mailboxes that break them, and so does Gmail's lower limit of six.
fn fits_provider(local_part: &LocalPart, ascii_domain: &str) -> bool {
    const LONGEST: usize = 30;
    if ascii_domain != "gmail.com" && ascii_domain != "googlemail.com" {
        return true;
    }
    let local = local_part.as_str();
    let name = ascii::split_once(local, b'+').map_or(local, |(name, _)| name);
    let letters = name.bytes().filter(|byte| *byte != b'.');
    !name.is_empty()
        && letters.clone().count() <= LONGEST
        && letters.clone().all(|byte| byte.is_ascii_alphanumeric())
}
