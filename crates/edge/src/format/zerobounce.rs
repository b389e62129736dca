//! `ZeroBounce`'s answer to a single validation.

use mailproof_core::{Deliverability, Group, Reason, Verdict};
use serde::Serialize;

use super::{domain_of, local_part_of};

/// The members that `ZeroBounce` documents for `GET /v2/validate`. What it knows of people is
/// null.
#[derive(Serialize)]
#[cfg_attr(test, derive(utoipa::ToSchema))]
pub(crate) struct ZeroBounce<'v> {
    /// The address as it was sent.
    address: &'v str,
    /// One of `ZeroBounce`'s seven words.
    status: &'static str,
    /// One of its codes, or nothing.
    sub_status: &'static str,
    /// A free mailbox.
    free_email: bool,
    /// A whole corrected address.
    did_you_mean: Option<&'v str>,
    /// What stands before the `@`.
    account: &'v str,
    /// What stands after it, in A-labels.
    domain: &'v str,
    /// Always null.
    domain_age_days: Option<&'v str>,
    /// Who runs the mail exchangers, in our words.
    smtp_provider: Option<&'v str>,
    /// `true` or `false`, as a text.
    mx_found: &'static str,
    /// The preferred mail exchanger.
    mx_record: Option<&'v str>,
    /// Always null, as are the six below.
    firstname: Option<&'v str>,
    lastname: Option<&'v str>,
    gender: Option<&'v str>,
    country: Option<&'v str>,
    region: Option<&'v str>,
    city: Option<&'v str>,
    zipcode: Option<&'v str>,
    /// `2026-11-22 03:04:05.678`, in UTC.
    processed_at: String,
}

impl<'v> ZeroBounce<'v> {
    pub(super) fn of(verdict: &'v Verdict, now: &str) -> Self {
        let (status, sub_status) = words(verdict);
        let records = &verdict.mx.records;
        Self {
            address: &verdict.input,
            status,
            sub_status,
            free_email: verdict.free,
            did_you_mean: verdict.did_you_mean.as_deref(),
            account: local_part_of(verdict),
            domain: domain_of(verdict),
            domain_age_days: None,
            smtp_provider: verdict.mx.provider.as_deref(),
            mx_found: if records.is_empty() { "false" } else { "true" },
            mx_record: records.first().map(|record| record.exchange.as_str()),
            firstname: None,
            lastname: None,
            gender: None,
            country: None,
            region: None,
            city: None,
            zipcode: None,
            processed_at: now.trim_end_matches('Z').replace('T', " "),
        }
    }
}

/// Status and sub-status.
fn words(verdict: &Verdict) -> (&'static str, &'static str) {
    let reason = verdict.reason;
    match verdict.result {
        Deliverability::Deliverable if verdict.reasons.contains(&Reason::Alias) => {
            ("valid", "alias_address")
        }
        Deliverability::Deliverable => ("valid", ""),
        Deliverability::Undeliverable => ("invalid", why_invalid(reason)),
        Deliverability::Risky if verdict.disposable => ("do_not_mail", "disposable"),
        Deliverability::Risky if reason.group() == Group::Suggestion => {
            ("invalid", "possible_typo")
        }
        Deliverability::Risky if verdict.no_reply => ("do_not_mail", "role_based"),
        Deliverability::Risky => ("unknown", ""),
        Deliverability::Unknown if reason == Reason::DnsTimeout => ("unknown", "timeout_exceeded"),
        Deliverability::Unknown => ("unknown", "exception_occurred"),
    }
}

fn why_invalid(reason: Reason) -> &'static str {
    match reason {
        Reason::NullMx => "does_not_accept_mail",
        Reason::MxUnroutable => "unroutable_ip_address",
        Reason::MailboxFull => "mailbox_quota_exceeded",
        Reason::RejectedEmail | Reason::MailboxDisabled => "mailbox_not_found",
        Reason::SpecialUseDomain | Reason::UnknownTld => "no_dns_entries",
        Reason::Blocked => "blocked",
        _ if reason.group() == Group::Dns => "no_dns_entries",
        _ => "failed_syntax_check",
    }
}
