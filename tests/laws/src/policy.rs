//! A policy document is a policy or an error, and a policy never lets a fact vanish.

use mailproof_core::{Effect, Evidence, Policy, PolicyDocument, Reason};

use crate::packs;
use crate::verdict::{check_decision, check_issues, judged};

/// Octets of an error.
const LONGEST_ERROR: usize = 512;

/// Texts whose facts most rows of a policy are about.
const TEXTS: [&str; 8] = [
    "jane@gmail.com",
    "noreply+x@gamil.con",
    "info@mailinator.com",
    "\"jane\"@[192.0.2.1]",
    " Jane <jane@@shop.hk> ",
    "jane(work)@xn--fsqu00a.xn--55qx5d",
    "",
    "jane@shop.test",
];

/// Reads the bytes as JSON and as TOML.
///
/// # Panics
/// Where the law is broken.
pub fn document(bytes: &[u8]) {
    if let Ok(document) = serde_json::from_slice(bytes) {
        hold(document);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(document) = toml::from_str(text)
    {
        hold(document);
    }
}

fn hold(document: PolicyDocument) {
    let marked = document
        .effects
        .keys()
        .chain(document.scores.keys())
        .max_by_key(|key| key.len())
        .cloned();
    let policy = match document.into_policy() {
        Ok(policy) => policy,
        Err(error) => {
            let message = error.to_string();
            assert!(message.len() <= LONGEST_ERROR);
            // A short key may stand in our own words by chance.
            if let Some(key) =
                marked.filter(|key| key.len() >= 16 && Reason::from_code(key).is_none())
            {
                assert!(!message.contains(&key), "an error that echoes");
            }
            return;
        }
    };
    for reason in Reason::ALL.iter().copied() {
        assert!(policy.highest_score(reason) <= 100, "{reason:?}");
        let own = matches!(reason, Reason::Allowed | Reason::Blocked);
        let effect = policy.effect(reason);
        assert!(
            own || !matches!(effect, Effect::Allows | Effect::Blocks),
            "{reason:?}"
        );
    }
    for text in TEXTS {
        check_text(text, &policy);
    }
}

/// What a verdict must be under any policy: an owner may even let an empty field pass.
fn check_text(text: &str, policy: &Policy) {
    let verdict = judged(text, policy, Some(&packs::SMALL));
    check_issues(text, &verdict);
    // Where one lineage alone lists the domain, another row of the policy counts.
    let is_weak = |item: &Evidence| item.outcome == "listed_once";
    if !verdict.evidence.iter().any(is_weak) {
        check_decision(policy, &verdict);
    }
}
