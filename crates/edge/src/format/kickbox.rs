//! Kickbox's answer to a single verification.

use mailproof_core::{Deliverability, Group, Reason, Verdict};
use serde::Serialize;

use super::{domain_of, local_part_of};

/// The members that Kickbox documents for `GET /v2/verify`.
#[derive(Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
#[expect(
    clippy::struct_excessive_bools,
    reason = "the product has these members"
)]
pub(crate) struct Kickbox<'v> {
    /// The same four words as ours.
    result: Deliverability,
    /// One of Kickbox's eleven codes.
    reason: &'static str,
    /// A mailbox of a function.
    role: bool,
    /// A free mailbox.
    free: bool,
    /// A disposable address.
    disposable: bool,
    /// Always false: no mailbox is asked.
    accept_all: bool,
    /// A whole corrected address.
    did_you_mean: Option<&'v str>,
    /// The score, from 0 to 1.
    sendex: f64,
    /// The normalized address, or the text where it is none.
    email: &'v str,
    /// What stands before the `@`.
    user: &'v str,
    /// What stands after it, in A-labels.
    domain: &'v str,
    /// Always true: what fails is a problem document.
    success: bool,
    /// Always null.
    message: Option<&'v str>,
}

impl<'v> Kickbox<'v> {
    pub(super) fn of(verdict: &'v Verdict) -> Self {
        Self {
            result: verdict.result,
            reason: reason(verdict),
            role: verdict.role,
            free: verdict.free,
            disposable: verdict.disposable,
            accept_all: verdict.accept_all.unwrap_or(false),
            did_you_mean: verdict.did_you_mean.as_deref(),
            sendex: f64::from(verdict.score) / 100.0,
            email: verdict.normalized.as_deref().unwrap_or(&verdict.input),
            user: local_part_of(verdict),
            domain: domain_of(verdict),
            success: true,
            message: None,
        }
    }
}

fn reason(verdict: &Verdict) -> &'static str {
    match (verdict.result, verdict.reason) {
        (Deliverability::Deliverable, _) => "accepted_email",
        (Deliverability::Undeliverable, Reason::SpecialUseDomain | Reason::UnknownTld) => {
            "invalid_domain"
        }
        (Deliverability::Undeliverable, reason) => match reason.group() {
            Group::Dns => "invalid_domain",
            Group::Syntax => "invalid_email",
            Group::Mailbox => "rejected_email",
            _ => "low_quality",
        },
        (Deliverability::Risky, Reason::DisposableMx) => "low_quality",
        (Deliverability::Risky, reason) => match reason.group() {
            Group::Dns | Group::Mailbox => "low_deliverability",
            _ => "low_quality",
        },
        (Deliverability::Unknown, Reason::DnsTimeout | Reason::Timeout) => "timeout",
        (Deliverability::Unknown, Reason::NoConnect) => "no_connect",
        (Deliverability::Unknown, _) => "unexpected_error",
    }
}
