//! The closed list of reason codes: one name for each thing Mailproof can say.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The kind of a fact, and so which part of Mailproof can state it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// What is wrong with, or unusual about, the text.
    Syntax,
    /// What cleaning took off or folded before parsing.
    Cleaned,
    /// A likely slip, with a suggestion.
    Suggestion,
    /// What the lists and the local part's own words say.
    Class,
    /// What DNS said about the domain, or why it could not say.
    Dns,
    /// What an SMTP server said about the mailbox (native, later).
    Mailbox,
    /// Anything about our own work rather than about the address.
    Service,
}

macro_rules! reasons {
    ($($group:ident { $($(#[doc = $doc:literal])+ $name:ident = $code:literal,)+ })+) => {
        /// Why a verdict is what it is. Closed: a client that meets a code it does not know
        /// treats it as [`Reason::UnknownReason`], and so does deserialising.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason { $($($(#[doc = $doc])+ $name,)+)+ }

        impl Reason {
            /// Every reason, in the order of the vocabulary.
            pub const ALL: &'static [Self] = &[$($(Self::$name,)+)+];

            /// The stable code of JSON, CSV and message keys, in `snake_case`.
            pub const fn code(self) -> &'static str {
                match self { $($(Self::$name => $code,)+)+ }
            }

            /// The kind of fact this is.
            pub const fn group(self) -> Group {
                match self { $($(Self::$name => Group::$group,)+)+ }
            }
        }
    };
}

reasons! {
    Syntax {
        /// Nothing was typed.
        Empty = "empty",
        /// No `@`.
        MissingAt = "missing_at",
        /// More than one `@` outside quotes, or several addresses in one field.
        MultipleAt = "multiple_at",
        /// Nothing before the `@`.
        MissingLocalPart = "missing_local_part",
        /// Nothing after the `@`.
        MissingDomain = "missing_domain",
        /// Over 64 octets before the `@` (RFC 5321 §4.5.3.1.1).
        LocalPartTooLong = "local_part_too_long",
        /// Over 254 octets in all (RFC 5321 §4.5.3.1.3, the path less its brackets).
        AddressTooLong = "address_too_long",
        /// A label of over 63 octets as an A-label (RFC 1035 §2.3.4).
        LabelTooLong = "label_too_long",
        /// A domain of over 253 octets as A-labels (RFC 1035 §2.3.4, without the root).
        DomainTooLong = "domain_too_long",
        /// Two dots in a row.
        ConsecutiveDots = "consecutive_dots",
        /// A dot at the start of the local part or the domain.
        LeadingDot = "leading_dot",
        /// A dot at the end of the local part or the domain.
        TrailingDot = "trailing_dot",
        /// A character that may not stand where it stands.
        InvalidCharacter = "invalid_character",
        /// A C0 or C1 control character.
        ControlCharacter = "control_character",
        /// An invisible, bidirectional-control, private-use or unassigned character.
        UnsafeUnicode = "unsafe_unicode",
        /// A hyphen at an edge of a domain label.
        HyphenEdge = "hyphen_edge",
        /// A label that UTS #46 refuses, or a damaged `xn--` label.
        InvalidIdn = "invalid_idn",
        /// A domain of one label.
        MissingTld = "missing_tld",
        /// A last label that is no top-level domain.
        UnknownTld = "unknown_tld",
        /// A last label of digits only.
        NumericTld = "numeric_tld",
        /// A name reserved for other uses (RFC 6761 and its registry).
        SpecialUseDomain = "special_use_domain",
        /// A local part that the provider's published rules exclude.
        ProviderSyntax = "provider_syntax",
        /// A quoted local part: legal and hardly ever deliverable.
        QuotedLocalPart = "quoted_local_part",
        /// A comment in parentheses (RFC 5322 §3.2.2).
        Comment = "comment",
        /// An IP address in brackets instead of a domain (RFC 5321 §4.1.3).
        DomainLiteral = "domain_literal",
        /// The local part needs an SMTPUTF8 server (RFC 6531).
        Smtputf8Required = "smtputf8_required",
        /// The domain has a non-ASCII form.
        InternationalDomain = "international_domain",
        /// A label mixes scripts that no language mixes (UTS #39 §5).
        MixedScript = "mixed_script",
        /// A label reads like a well-known one and is another (UTS #39 §4).
        Confusable = "confusable",
    }
    Cleaned {
        /// Space around the address was taken off.
        WhitespaceTrimmed = "whitespace_trimmed",
        /// `Jane <jane@example.com>` was reduced to its address.
        DisplayNameRemoved = "display_name_removed",
        /// A leading `mailto:` was taken off.
        MailtoRemoved = "mailto_removed",
        /// Full-width or ideographic forms were folded to ASCII.
        FullwidthFolded = "fullwidth_folded",
        /// Punctuation after the address was taken off.
        TrailingPunctuationRemoved = "trailing_punctuation_removed",
    }
    Suggestion {
        /// The domain looks like a slip for a well-known one.
        PossibleTypo = "possible_typo",
        /// The top-level domain looks like a slip.
        TldTypo = "tld_typo",
        /// A provider's name without its top-level domain.
        MissingTldCompleted = "missing_tld_completed",
        /// Another character, or none, stands where a dot or an `@` belongs.
        SeparatorTypo = "separator_typo",
    }
    Class {
        /// A disposable-address service.
        Disposable = "disposable",
        /// A private relay that forwards to a real mailbox.
        Relay = "relay",
        /// A provider of free mailboxes.
        Free = "free",
        /// A mailbox of a function rather than of a person.
        Role = "role",
        /// A tagged or otherwise aliased form of another address.
        Alias = "alias",
        /// A mailbox that nobody reads.
        NoReply = "no_reply",
        /// A local part that looks like hammering on the keyboard.
        Gibberish = "gibberish",
        /// On the owner's own list of what to take.
        Allowed = "allowed",
        /// On the owner's own list of what to refuse.
        Blocked = "blocked",
    }
    Dns {
        /// A mail exchanger with a routable address answers for the domain.
        AcceptsMail = "accepts_mail",
        /// The domain does not exist (NXDOMAIN, two witnesses).
        NoSuchDomain = "no_such_domain",
        /// The domain has neither MX nor address (two witnesses).
        NoMailHost = "no_mail_host",
        /// The domain says that it takes no mail (RFC 7505).
        NullMx = "null_mx",
        /// No mail exchanger of the domain has an address (two witnesses).
        MxDead = "mx_dead",
        /// Every mail exchanger points to addresses that the Internet does not route.
        MxUnroutable = "mx_unroutable",
        /// No MX: mail goes to the domain's own address (RFC 5321 §5.1).
        ImplicitMx = "implicit_mx",
        /// A mail exchanger is an alias, against RFC 2181 §10.3 and yet working.
        MxCname = "mx_cname",
        /// Who runs the mail exchangers.
        MxProvider = "mx_provider",
        /// A null MX beside other exchangers.
        NullMxMixed = "null_mx_mixed",
        /// A mail exchanger that is written as an IP address.
        MxIsIp = "mx_is_ip",
        /// The domain is parked.
        Parked = "parked",
        /// The mail exchanger serves disposable domains.
        DisposableMx = "disposable_mx",
        /// A domain of one label that may or may not take mail.
        Dotless = "dotless",
        /// NXDOMAIN from one witness only, or without its SOA.
        NxdomainUnconfirmed = "nxdomain_unconfirmed",
        /// No resolver answered in time.
        DnsTimeout = "dns_timeout",
        /// The domain's name servers failed.
        DnsServfail = "dns_servfail",
        /// The resolver refused the question.
        DnsRefused = "dns_refused",
        /// The domain's DNSSEC signatures do not hold.
        DnssecBogus = "dnssec_bogus",
        /// The resolver filters this name.
        ResolverPolicy = "resolver_policy",
        /// The resolver's answer could not be used.
        ResolverMalformed = "resolver_malformed",
        /// The edge did not answer.
        EdgeUnreachable = "edge_unreachable",
        /// DNS was not asked.
        Offline = "offline",
    }
    Mailbox {
        /// The server takes mail for this mailbox.
        AcceptedEmail = "accepted_email",
        /// The server knows no such mailbox.
        RejectedEmail = "rejected_email",
        /// The mailbox is full.
        MailboxFull = "mailbox_full",
        /// The mailbox is disabled.
        MailboxDisabled = "mailbox_disabled",
        /// The server takes mail for any local part.
        AcceptAll = "accept_all",
        /// The server asked to come back later.
        Greylisted = "greylisted",
        /// No exchanger let itself be reached.
        NoConnect = "no_connect",
        /// The SMTP dialogue took too long.
        Timeout = "timeout",
        /// The server refused us, not the address.
        ProberBlocked = "prober_blocked",
    }
    Service {
        /// A row of a list that could not be read as an address.
        MalformedInput = "malformed_input",
        /// The part of the engine that this address needs could not be loaded.
        EngineUnavailable = "engine_unavailable",
        /// A code from a newer Mailproof.
        UnknownReason = "unknown_reason",
    }
}

impl Reason {
    /// The reason with this code; `None` for a code that this version does not know.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|reason| reason.code() == code)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Reason {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{ObjectBuilder, Type};
        let codes = Self::ALL.iter().map(|reason| reason.code());
        let description = "Why. A code that you do not know is `unknown_reason`.";
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(description))
            .enum_values(Some(codes))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Reason {}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Code;
        impl serde::de::Visitor<'_> for Code {
            type Value = Reason;
            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("a reason code")
            }
            fn visit_str<E>(self, code: &str) -> Result<Reason, E> {
                Ok(Reason::from_code(code).unwrap_or(Reason::UnknownReason))
            }
        }
        deserializer.deserialize_str(Code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_read_back() {
        for reason in Reason::ALL {
            assert_eq!(Reason::from_code(reason.code()), Some(*reason));
            assert!(
                reason
                    .code()
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'8')
            );
        }
    }

    #[test]
    fn a_code_from_the_future_is_an_unknown_reason() {
        let reason: Reason = serde_json::from_str("\"not_yet_invented\"").unwrap();
        assert_eq!(reason, Reason::UnknownReason);
    }
}
