//! The parameters of a query, of which each route knows its own and no other.
//!
//! One that is not known, or that stands twice, is refused: who sends it means something by
//! it, and a cache on the way would take every spelling of a URL for another page.

use crate::problem::Problem;

/// What a request's query says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Parameters<'q> {
    /// `commitment=`, not looked into.
    pub(crate) commitment: Option<&'q str>,
    /// `format=`, not looked into.
    pub(crate) format: Option<&'q str>,
}

impl<'q> Parameters<'q> {
    /// Reads a query, of which the parameters named in `known` may be there. Values are taken
    /// as they are written: what ours may be needs no percent-encoding.
    pub(crate) fn parse(query: &'q str, known: &[&str]) -> Result<Self, Problem> {
        let mut parameters = Self::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let slot = match name {
                "commitment" => &mut parameters.commitment,
                "format" => &mut parameters.format,
                _ => return Err(Problem::ParameterUnknown),
            };
            if !known.contains(&name) || slot.replace(value).is_some() {
                return Err(Problem::ParameterUnknown);
            }
        }
        Ok(parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: Option<(Option<&str>, Option<&str>)>) {
        let parsed = Parameters::parse(query, &["commitment", "format"]);
        let found = parsed.map(|it| (it.commitment, it.format)).ok();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn what_is_known_is_taken_once() {
        check("", Some((None, None)));
        check("&", Some((None, None)));
        check("commitment=a", Some((Some("a"), None)));
        check("format=b&commitment=a=", Some((Some("a="), Some("b"))));
        check("format", Some((None, Some(""))));
        check("format=a&format=a", None);
        check("format=a&x=1", None);
        check("Format=a", None);
        check("%66ormat=a", None);
        check("=", None);
        assert!(Parameters::parse("format=a", &["commitment"]).is_err());
        assert!(Parameters::parse("", &[]).is_ok());
    }
}
