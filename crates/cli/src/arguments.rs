//! What the command line takes.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use mailproof_cli::input::From;

/// Judge e-mail addresses: syntax, typos, classes and whether their domains take mail.
#[derive(Debug, Parser)]
#[command(name = "mailproof", version, about)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(CheckArguments),
    #[command(subcommand)]
    Lists(ListsCommand),
    Policy(PolicyArguments),
    VerifyToken(VerifyTokenArguments),
}

/// Tell what the built-in lists hold, and where it comes from.
#[derive(Debug, Subcommand)]
pub(crate) enum ListsCommand {
    /// Print versions, digests, counts and sources.
    Info(InfoArguments),
    Explain(ExplainArguments),
}

#[derive(Debug, Args)]
pub(crate) struct InfoArguments {
    /// How it is printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// Print what the lists say about domains: class, sources, and what would keep them out.
///
/// Examples:
///   mailproof lists explain mailinator.com
///   mailproof lists explain --format ndjson gmial.com duck.com
///
/// Exit status: 0 every domain has its answer, 2 wrong usage or no domain, 3 output failed.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct ExplainArguments {
    /// Domains; of an address, the part after the `@`.
    #[arg(value_name = "DOMAIN", required = true)]
    pub(crate) domains: Vec<String>,

    /// How an answer is printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// Print one verdict for each address, in order.
///
/// Examples:
///   mailproof check jane@gamil.com
///   mailproof check --format ndjson - < addresses.txt
///   mailproof check --offline --from ndjson --format ndjson - < rows.ndjson
///
/// Exit status: 0 every input has its verdict, 2 wrong usage, 3 input or output failed.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct CheckArguments {
    /// Addresses, or `-` to read standard input, one a line.
    #[arg(value_name = "ADDRESS", required_unless_present = "file")]
    pub(crate) addresses: Vec<String>,

    /// Read a file, one input a line.
    #[arg(long, value_name = "FILE", conflicts_with = "addresses")]
    pub(crate) file: Option<PathBuf>,

    /// Ask no DNS; a domain that the lists do not know comes back `unknown`.
    #[arg(long, conflicts_with = "doh")]
    pub(crate) offline: bool,

    /// A DNS-over-HTTPS resolver (RFC 8484); repeat for a second witness. https, or plain
    /// http on loopback.
    #[arg(long, value_name = "URL")]
    pub(crate) doh: Vec<String>,

    /// How a line of input is written: the address itself, or JSON (a string, or an object
    /// with `email`).
    #[arg(long, value_enum, default_value_t = From::Text)]
    pub(crate) from: From,

    /// How a verdict is printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,

    /// Below each line to read, tell who was asked what, and what came of it: DNS resolvers and
    /// lists. With `ndjson` the same is always in `evidence`.
    #[arg(long)]
    pub(crate) explain: bool,

    /// The language of the lines to read.
    #[arg(long, value_enum, default_value_t = Language::En)]
    pub(crate) lang: Language,

    #[command(flatten)]
    pub(crate) policy: PolicyChoice,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English.
    En,
    /// 简体中文.
    #[value(name = "zh-Hans")]
    ZhHans,
    /// 繁體中文（台灣）.
    #[value(name = "zh-Hant")]
    ZhHant,
    /// 繁體中文（香港）.
    #[value(name = "zh-Hant-HK")]
    ZhHantHk,
    /// العربية.
    Ar,
    /// Deutsch.
    De,
    /// Español.
    Es,
    /// Français.
    Fr,
    /// 日本語.
    Ja,
    /// 한국어.
    Ko,
    /// Português (Brasil).
    #[value(name = "pt-BR")]
    PtBr,
}

/// Which policy turns facts into results.
#[derive(Debug, Args)]
pub(crate) struct PolicyChoice {
    /// What counts as an address: what a sign-up form should take, or all that the RFCs
    /// permit, to the letter.
    #[arg(long, value_enum, default_value_t = PolicyName::Form)]
    pub(crate) policy: PolicyName,

    /// A policy of your own, as TOML (or JSON, by the file's name): see `policy --help`.
    #[arg(long, value_name = "FILE", conflicts_with = "policy")]
    pub(crate) policy_file: Option<PathBuf>,
}

/// Print a policy: each reason with its effect and the highest score it leaves.
///
/// A policy file says what differs from a built-in one; everything may be left out:
///   base = "form"
///   allow = ["partner.example.net"]
///   block = ["rival.example.net"]
///   listed_once = "information"
///   [effects]
///   disposable = "undeliverable"
///   [scores]
///   no_reply = 45
/// Effects: information, accepts, unknown, risky, undeliverable.
///
/// Exit status: 0 printed, 2 a policy that cannot be used, 3 output failed.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
#[expect(
    clippy::doc_markdown,
    clippy::doc_link_with_quotes,
    reason = "the comment is the help text, and shows TOML"
)]
pub(crate) struct PolicyArguments {
    #[command(flatten)]
    pub(crate) choice: PolicyChoice,

    /// How it is printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// Verify a signed verdict that came with a form, without a network.
///
/// Examples:
///   mailproof verify-token --keys jwks.json --site https://shop.net \
///       --email jane@shop.net "$email_token"
///   mailproof verify-token --keys jwks.json --site https://shop.net \
///       --email jane@shop.net --nonce "$nonce" "$token"
///
/// A refused token says why: too_long, malformed, wrong_algorithm, wrong_type, unknown_key,
/// bad_signature, wrong_site, expired, not_yet_valid, wrong_lifetime or wrong_address.
/// A form with a refused token, or with none, is unknown: no reason to refuse anybody.
///
/// Exit status: 0 the token holds, 1 it is refused, 2 wrong usage, 3 input or output failed.
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
#[expect(clippy::doc_markdown, reason = "the comment is the help text")]
pub(crate) struct VerifyTokenArguments {
    /// The token, or the form's whole field `nonce.token`; `-` reads it from standard input.
    // What is drawn at random begins with a hyphen once in 64 times.
    #[arg(value_name = "TOKEN", allow_hyphen_values = true)]
    pub(crate) token: String,

    /// The edge's public keys: a file with its /.well-known/jwks.json, or the JSON itself.
    #[arg(long, value_name = "FILE|JSON")]
    pub(crate) keys: String,

    /// The origin of the page with the form, such as "https://shop.net".
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) site: String,

    /// The address in the form.
    #[arg(
        long,
        value_name = "ADDRESS",
        required_unless_present = "commitment",
        allow_hyphen_values = true
    )]
    pub(crate) email: Option<String>,

    /// The nonce that the page drew, where it is not in front of the token.
    #[arg(long, requires = "email", allow_hyphen_values = true)]
    pub(crate) nonce: Option<String>,

    /// The commitment, computed elsewhere; then compare the printed domain yourself.
    #[arg(long, conflicts_with = "email", allow_hyphen_values = true)]
    pub(crate) commitment: Option<String>,

    /// The time to verify for, in seconds since 1970, instead of now.
    #[arg(long, value_name = "SECONDS")]
    pub(crate) at: Option<u64>,

    /// How the outcome is printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A line to read.
    Human,
    /// One JSON object a line.
    Ndjson,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PolicyName {
    /// What a sign-up form should take.
    Form,
    /// All that RFC 5321 and 6531 permit.
    Rfc,
}
