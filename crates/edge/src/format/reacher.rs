//! Reacher's answer to `check_email`.

use mailproof_core::{Deliverability, Verdict};
use serde::Serialize;

use super::{domain_of, local_part_of};

/// The members that Reacher documents for `POST /v1/check_email`.
#[derive(Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub(crate) struct Reacher<'v> {
    /// The address as it was sent.
    input: &'v str,
    /// `safe`, `risky`, `invalid` or `unknown`.
    is_reachable: &'static str,
    misc: MiscDetails,
    mx: MxDetails,
    smtp: SmtpDetails,
    syntax: SyntaxDetails<'v>,
}

/// What is known of the mailbox.
#[derive(Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema), schema(as = ReacherMisc))]
struct MiscDetails {
    /// A disposable address.
    is_disposable: bool,
    /// A mailbox of a function.
    is_role_account: bool,
    /// A mailbox of a provider for private people.
    is_b2c: bool,
    /// Always null.
    gravatar_url: Option<&'static str>,
    /// Always null.
    haveibeenpwned: Option<bool>,
}

/// What DNS said.
#[derive(Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema), schema(as = ReacherMx))]
struct MxDetails {
    /// Whether mail is taken somewhere.
    accepts_mail: bool,
    /// The mail exchangers with the final dot.
    records: Vec<String>,
}

/// What the mailbox's server would say. Nobody asked it: all is false but what follows from
/// the verdict.
#[derive(Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema), schema(as = ReacherSmtp))]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the product has these members"
)]
struct SmtpDetails {
    /// Always false.
    can_connect_smtp: bool,
    /// Always false.
    has_full_inbox: bool,
    /// Always false.
    is_catch_all: bool,
    /// Whether the verdict is deliverable, at the level of the domain.
    is_deliverable: bool,
    /// Always false.
    is_disabled: bool,
}

/// The address and its parts.
#[derive(Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema), schema(as = ReacherSyntax))]
struct SyntaxDetails<'v> {
    /// The address; null where it is none.
    address: Option<&'v str>,
    /// What stands after the `@`, in A-labels.
    domain: &'v str,
    is_valid_syntax: bool,
    /// What stands before it.
    username: &'v str,
    /// The address that duplicates share.
    normalized_email: Option<&'v str>,
    /// A whole corrected address.
    suggestion: Option<&'v str>,
}

impl<'v> Reacher<'v> {
    pub(super) fn of(verdict: &'v Verdict) -> Self {
        let is_deliverable = verdict.result == Deliverability::Deliverable;
        let records = verdict.mx.records.iter();
        Self {
            input: &verdict.input,
            is_reachable: word(verdict.result),
            misc: MiscDetails {
                is_disposable: verdict.disposable,
                is_role_account: verdict.role,
                is_b2c: verdict.free,
                gravatar_url: None,
                haveibeenpwned: None,
            },
            mx: MxDetails {
                accepts_mail: is_deliverable || verdict.mx.found == Some(true),
                records: records
                    .map(|it| [it.exchange.as_str(), "."].concat())
                    .collect(),
            },
            smtp: SmtpDetails {
                can_connect_smtp: false,
                has_full_inbox: false,
                is_catch_all: false,
                is_deliverable,
                is_disabled: false,
            },
            syntax: SyntaxDetails {
                address: verdict.normalized.as_deref(),
                domain: domain_of(verdict),
                is_valid_syntax: verdict.normalized.is_some(),
                username: local_part_of(verdict),
                normalized_email: verdict.canonical.as_deref(),
                suggestion: verdict.did_you_mean.as_deref(),
            },
        }
    }
}

fn word(result: Deliverability) -> &'static str {
    match result {
        Deliverability::Deliverable => "safe",
        Deliverability::Risky => "risky",
        Deliverability::Undeliverable => "invalid",
        Deliverability::Unknown => "unknown",
    }
}
