//! The Worker's variables.

use mailproof_dns::{Endpoint, MailPolicy, PUBLIC_RESOLVERS, Settings};

use crate::api_key::ApiKeys;
use crate::cors::Origins;
use crate::quota::Policy;
use crate::signing_key::SigningKeys;

/// What the names of all our variables begin with.
pub(crate) const PREFIX: &str = "MAILPROOF_";
const RESOLVERS: &str = "MAILPROOF_RESOLVERS";
const ORIGINS: &str = "MAILPROOF_ORIGINS";
const DEADLINE_MS: &str = "MAILPROOF_DEADLINE_MS";
const API_KEYS: &str = "MAILPROOF_API_KEYS";
const SIGNING_KEYS: &str = "MAILPROOF_SIGNING_KEYS";
const RATE_LIMIT: &str = "MAILPROOF_RATE_LIMIT";
const MAIL_POLICY: &str = "MAILPROOF_MAIL_POLICY";

/// Look-ups and signatures for one network: as many as 300 people behind one address who all
/// sign up within a minute, each with a domain that nobody has asked about yet.
const DEFAULT_RATE_LIMIT: Policy = Policy {
    limit: 300,
    window_s: 60,
};
/// The value that lets everybody ask as often as they like.
const UNLIMITED: &str = "off";
/// Bad news needs two that agree.
const MIN_RESOLVERS: usize = 2;
/// More than these would never be asked.
const MAX_RESOLVERS: usize = 8;
/// A form waits 800 ms for the edge; a list may take longer, and nothing waits for ever.
const DEADLINES_MS: std::ops::RangeInclusive<u64> = 50..=10_000;

/// The configuration, read and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Config {
    pub(crate) resolvers: Vec<Endpoint>,
    pub(crate) origins: Origins,
    pub(crate) api_keys: ApiKeys,
    pub(crate) signing_keys: SigningKeys,
    /// How much one network may ask for; `None` for as much as it likes.
    pub(crate) rate_limit: Option<Policy>,
    /// The same resolvers by name, with the deadline, for the look-up.
    pub(crate) settings: Settings,
}

/// The variable that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ConfigError {
    pub(crate) variable: &'static str,
}

/// One variable as the platform has it: `None` for a value that is not a text.
pub(crate) type Variable = (String, Option<String>);

impl Config {
    /// Reads all variables whose names begin with [`PREFIX`].
    ///
    /// # Errors
    /// Names the first variable that is unknown (a slip in a name would otherwise be silent)
    /// or malformed.
    pub(crate) fn read(variables: Vec<Variable>) -> Result<Self, ConfigError> {
        let mut texts = Texts::default();
        for (name, value) in variables {
            let (slot, variable) = texts.slot(&name)?;
            *slot = Some(value.ok_or(ConfigError { variable })?);
        }
        let resolvers = match &texts.resolvers {
            Some(text) => parse_resolvers(text.split(',')),
            None => parse_resolvers(PUBLIC_RESOLVERS.into_iter()),
        };
        let resolvers = resolvers.ok_or(ConfigError {
            variable: RESOLVERS,
        })?;
        let hosts = resolvers
            .iter()
            .map(|endpoint| endpoint.host().to_owned())
            .collect();
        let mut settings = Settings::new(hosts);
        if let Some(text) = texts.deadline_ms {
            let deadline_ms = text
                .trim()
                .parse()
                .ok()
                .filter(|ms| DEADLINES_MS.contains(ms));
            settings.deadline_ms = deadline_ms.ok_or(ConfigError {
                variable: DEADLINE_MS,
            })?;
        }
        let rate_limit = match texts.rate_limit.as_deref().map(str::trim) {
            None => Some(DEFAULT_RATE_LIMIT),
            Some(UNLIMITED) => None,
            Some(text) => Some(Policy::parse(text).ok_or(ConfigError {
                variable: RATE_LIMIT,
            })?),
        };
        settings.mail_policy = match texts.mail_policy.as_deref().map(str::trim) {
            None | Some("without_mx") => MailPolicy::WithoutMx,
            Some("always") => MailPolicy::Always,
            Some("never") => MailPolicy::Never,
            Some(_) => {
                return Err(ConfigError {
                    variable: MAIL_POLICY,
                });
            }
        };
        let origins = Origins::parse(&texts.origins.unwrap_or_default());
        let api_keys = texts.api_keys.as_deref().map(ApiKeys::parse);
        let signing_keys = texts.signing_keys.as_deref().map(SigningKeys::parse);
        Ok(Self {
            resolvers,
            origins: origins.ok_or(ConfigError { variable: ORIGINS })?,
            api_keys: api_keys
                .unwrap_or(Some(ApiKeys::default()))
                .ok_or(ConfigError { variable: API_KEYS })?,
            signing_keys: signing_keys.unwrap_or(Some(SigningKeys::default())).ok_or(
                ConfigError {
                    variable: SIGNING_KEYS,
                },
            )?,
            rate_limit,
            settings,
        })
    }
}

/// The variables as they are written.
#[derive(Default)]
struct Texts {
    resolvers: Option<String>,
    origins: Option<String>,
    deadline_ms: Option<String>,
    api_keys: Option<String>,
    signing_keys: Option<String>,
    rate_limit: Option<String>,
    mail_policy: Option<String>,
}

impl Texts {
    /// Where the variable of this name goes, and its name for a complaint.
    fn slot(&mut self, name: &str) -> Result<(&mut Option<String>, &'static str), ConfigError> {
        match name {
            RESOLVERS => Ok((&mut self.resolvers, RESOLVERS)),
            ORIGINS => Ok((&mut self.origins, ORIGINS)),
            DEADLINE_MS => Ok((&mut self.deadline_ms, DEADLINE_MS)),
            API_KEYS => Ok((&mut self.api_keys, API_KEYS)),
            SIGNING_KEYS => Ok((&mut self.signing_keys, SIGNING_KEYS)),
            RATE_LIMIT => Ok((&mut self.rate_limit, RATE_LIMIT)),
            MAIL_POLICY => Ok((&mut self.mail_policy, MAIL_POLICY)),
            // Not named: a name that is not ours may be anything.
            _ => Err(ConfigError {
                variable: "MAILPROOF_* (unknown name)",
            }),
        }
    }
}

/// Endpoints, each a witness of its own, as many as are of use.
fn parse_resolvers<'u>(urls: impl Iterator<Item = &'u str>) -> Option<Vec<Endpoint>> {
    let endpoints = urls.map(|url| Endpoint::parse(url.trim()).ok());
    let endpoints: Vec<Endpoint> = endpoints.collect::<Option<_>>()?;
    let repeats = |(index, one): (usize, &Endpoint)| {
        let mut others = endpoints.iter().take(index);
        others.any(|other| !one.is_independent_of(other))
    };
    let is_good = (MIN_RESOLVERS..=MAX_RESOLVERS).contains(&endpoints.len())
        && !endpoints.iter().enumerate().any(repeats);
    is_good.then_some(endpoints)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Config, &'static str> {
        let variables = variables
            .iter()
            .map(|(name, value)| ((*name).to_owned(), Some((*value).to_owned())));
        Config::read(variables.collect()).map_err(|error| error.variable)
    }

    #[test]
    fn without_variables_four_unfiltered_resolvers_are_asked() {
        let config = read(&[]).unwrap();
        assert_eq!(
            config.settings.resolvers,
            [
                "cloudflare-dns.com",
                "dns.google",
                "dns10.quad9.net",
                "unfiltered.joindns4.eu",
            ]
        );
        assert_eq!(config.settings.deadline_ms, 800);
        assert_eq!(config.origins, Origins::Listed(Vec::new()));
        assert_eq!(config.rate_limit, Some(DEFAULT_RATE_LIMIT));
    }

    #[test]
    fn good_values_are_taken() {
        let config = read(&[
            (
                RESOLVERS,
                "http://127.0.0.1:53/dns-query/a, https://dns.google/dns-query",
            ),
            (DEADLINE_MS, "300"),
            (ORIGINS, "*"),
        ])
        .unwrap();
        assert_eq!(config.settings.resolvers, ["127.0.0.1", "dns.google"]);
        assert_eq!(config.settings.deadline_ms, 300);
        assert_eq!(config.origins, Origins::Any);
        let limit_of = |text| read(&[(RATE_LIMIT, text)]).unwrap().rate_limit;
        let asks = |text| read(&[(MAIL_POLICY, text)]).unwrap().settings.mail_policy;
        assert_eq!(config.settings.mail_policy, MailPolicy::WithoutMx);
        assert_eq!(asks("never"), MailPolicy::Never);
        assert_eq!(asks("always"), MailPolicy::Always);
        assert_eq!(limit_of("off"), None);
        let (limit, window_s) = (5, 10);
        assert_eq!(limit_of("5/10"), Some(Policy { limit, window_s }));
    }

    #[track_caller]
    fn check_bad(name: &'static str, value: &str) {
        assert_eq!(read(&[(name, value)]), Err(name), "{value}");
    }

    #[test]
    fn malformed_values_are_named() {
        check_bad(RESOLVERS, "");
        check_bad(RESOLVERS, "https://dns.google/dns-query");
        check_bad(
            RESOLVERS,
            "https://dns.google/dns-query,https://dns.google/dns-query",
        );
        check_bad(
            RESOLVERS,
            "https://dns.google/dns-query,https://DNS.google:8443/resolve",
        );
        check_bad(
            RESOLVERS,
            "https://dns.google/dns-query,http://dns.quad9.net/dns-query",
        );
        check_bad(RESOLVERS, "https://dns.google/dns-query,");
        check_bad(DEADLINE_MS, "soon");
        check_bad(DEADLINE_MS, "0");
        check_bad(DEADLINE_MS, "-1");
        check_bad(DEADLINE_MS, "60000");
        check_bad(ORIGINS, "shop.net");
        check_bad(API_KEYS, "a-key-that-is-not-hashed");
        check_bad(API_KEYS, "");
        check_bad(SIGNING_KEYS, "secret");
        check_bad(RATE_LIMIT, "300");
        check_bad(RATE_LIMIT, "300/30");
        check_bad(RATE_LIMIT, "");
        check_bad(MAIL_POLICY, "");
        check_bad(MAIL_POLICY, "on");
        let not_text = Config::read(vec![(DEADLINE_MS.to_owned(), None)]);
        assert_eq!(
            not_text,
            Err(ConfigError {
                variable: DEADLINE_MS
            })
        );
    }

    #[test]
    fn unknown_names_are_not_silently_ignored() {
        assert!(read(&[("MAILPROOF_RESOLVER", "x")]).is_err());
    }
}
