//! `mailproof verify-token`: whether a signed verdict holds for a site, an address and a time.

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use mailproof_cli::token::{About, Claims, Expected, KeySet, MAX_LENGTH, Sealed, verify};
use serde::Serialize;

use crate::arguments::{Format, VerifyTokenArguments};
use crate::failure::Failure;

/// Runs the verb.
pub(crate) fn run(arguments: &VerifyTokenArguments) -> Result<(), Failure> {
    let keys = KeySet::parse(&key_text(&arguments.keys)?).map_err(Failure::Keys)?;
    let field = field(&arguments.token)?;
    let (token, about) = bound(arguments, field.trim())?;
    let expected = Expected {
        site: &arguments.site,
        about,
        now_s: arguments.at.unwrap_or_else(now_s),
    };
    match verify(token, &keys, &expected) {
        Ok(claims) => print(&claims, arguments.format).map_err(Failure::Output),
        Err(refusal) => {
            if arguments.format == Format::Ndjson {
                let code = Outcome::Refused {
                    refused: refusal.code(),
                };
                print_json(&code).map_err(Failure::Output)?;
            }
            Err(Failure::Refused(refusal))
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Outcome<'c> {
    Holds { claims: &'c Claims },
    Refused { refused: &'static str },
}

/// The JSON itself, or what the file of that name holds.
fn key_text(keys: &str) -> Result<Cow<'_, str>, Failure> {
    if keys.trim_start().starts_with('{') {
        return Ok(Cow::Borrowed(keys));
    }
    let text = std::fs::read_to_string(keys).map_err(Failure::KeyFile)?;
    Ok(Cow::Owned(text))
}

/// The field as it stands or from standard input, of which no more is read than could count.
fn field(token: &str) -> Result<Cow<'_, str>, Failure> {
    if token != "-" {
        return Ok(Cow::Borrowed(token));
    }
    let most = u64::try_from(2 * MAX_LENGTH).unwrap_or(u64::MAX);
    let mut text = String::new();
    io::stdin()
        .lock()
        .take(most)
        .read_to_string(&mut text)
        .map_err(Failure::Input)?;
    Ok(Cow::Owned(text))
}

/// The token by itself, and what it must be bound to.
fn bound<'a>(
    arguments: &'a VerifyTokenArguments,
    field: &'a str,
) -> Result<(&'a str, About<'a>), Failure> {
    let sealed = Sealed::parse(field);
    let token = sealed.map_or(field, |sealed| sealed.token);
    if let Some(commitment) = &arguments.commitment {
        return Ok((token, About::Commitment(commitment)));
    }
    let given = arguments.nonce.as_deref();
    let nonce = given.or_else(|| sealed.map(|sealed| sealed.nonce));
    let about = About::Address {
        email: arguments.email.as_deref().unwrap_or_default(),
        nonce: nonce.ok_or(Failure::NoNonce)?,
    };
    Ok((token, about))
}

fn now_s() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}

fn print(claims: &Claims, format: Format) -> io::Result<()> {
    if format == Format::Ndjson {
        return print_json(&Outcome::Holds { claims });
    }
    let result = serde_json::to_value(claims.result)?;
    writeln!(
        io::stdout().lock(),
        "holds  {}  {}  [{}]  until {}",
        claims.domain,
        result.as_str().unwrap_or_default(),
        claims.reason,
        claims.exp
    )
}

fn print_json(outcome: &Outcome<'_>) -> io::Result<()> {
    let mut output = io::stdout().lock();
    serde_json::to_writer(&mut output, outcome)?;
    writeln!(output)
}
