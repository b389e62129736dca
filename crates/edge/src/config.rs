//! The Worker's variables.

use mailproof_dns::{Endpoint, Settings};

use crate::cors::Origins;

/// What the names of all our variables begin with.
pub(crate) const PREFIX: &str = "MAILPROOF_";
const RESOLVERS: &str = "MAILPROOF_RESOLVERS";
const ORIGINS: &str = "MAILPROOF_ORIGINS";
const DEADLINE_MS: &str = "MAILPROOF_DEADLINE_MS";
/// Secrets of routes that are to come; having them is no mistake.
const SECRETS: [&str; 2] = ["MAILPROOF_SIGNING_KEYS", "MAILPROOF_API_KEYS"];

/// Public resolvers that filter nothing, of four providers.
const DEFAULT_RESOLVERS: &str = "https://cloudflare-dns.com/dns-query,\
    https://dns.google/dns-query,https://dns10.quad9.net/dns-query,\
    https://unfiltered.joindns4.eu/dns-query";
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
        let mut resolvers = DEFAULT_RESOLVERS.to_owned();
        let mut origins = String::new();
        let mut deadline_ms = None;
        for (name, value) in variables {
            let slot = match name.as_str() {
                RESOLVERS => value.map(|value| resolvers = value).ok_or(RESOLVERS),
                ORIGINS => value.map(|value| origins = value).ok_or(ORIGINS),
                DEADLINE_MS => value
                    .map(|value| deadline_ms = Some(value))
                    .ok_or(DEADLINE_MS),
                name if SECRETS.contains(&name) => Ok(()),
                // Not named: a name that is not ours may be anything.
                _ => Err("MAILPROOF_* (unknown name)"),
            };
            slot.map_err(|variable| ConfigError { variable })?;
        }
        let resolvers = parse_resolvers(&resolvers).ok_or(ConfigError {
            variable: RESOLVERS,
        })?;
        let hosts = resolvers
            .iter()
            .map(|endpoint| endpoint.host().to_owned())
            .collect();
        let mut settings = Settings::new(hosts);
        if let Some(text) = deadline_ms {
            let deadline_ms = text
                .trim()
                .parse()
                .ok()
                .filter(|ms| DEADLINES_MS.contains(ms));
            settings.deadline_ms = deadline_ms.ok_or(ConfigError {
                variable: DEADLINE_MS,
            })?;
        }
        let origins = Origins::parse(&origins).ok_or(ConfigError { variable: ORIGINS })?;
        Ok(Self {
            resolvers,
            origins,
            settings,
        })
    }
}

/// Endpoints separated by commas, each once, as many as are of use.
fn parse_resolvers(text: &str) -> Option<Vec<Endpoint>> {
    let endpoints = text.split(',').map(|url| Endpoint::parse(url.trim()).ok());
    let endpoints: Vec<Endpoint> = endpoints.collect::<Option<_>>()?;
    let repeats = |(index, one)| endpoints.iter().take(index).any(|other| other == one);
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
            ("MAILPROOF_SIGNING_KEYS", "secret"),
        ])
        .unwrap();
        assert_eq!(config.settings.resolvers, ["127.0.0.1", "dns.google"]);
        assert_eq!(config.settings.deadline_ms, 300);
        assert_eq!(config.origins, Origins::Any);
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
            "https://dns.google/dns-query,http://dns.quad9.net/dns-query",
        );
        check_bad(RESOLVERS, "https://dns.google/dns-query,");
        check_bad(DEADLINE_MS, "soon");
        check_bad(DEADLINE_MS, "0");
        check_bad(DEADLINE_MS, "-1");
        check_bad(DEADLINE_MS, "60000");
        check_bad(ORIGINS, "shop.net");
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
