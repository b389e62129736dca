//! What the Worker writes to its log: one JSON object a line, of codes and places only. No
//! text of a request, an answer or an error gets there.

use std::panic::Location;

use serde::Serialize;

/// Something that the owner should know of.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub(crate) enum Event<'p> {
    /// A variable cannot be used; no request is answered.
    ConfigurationInvalid { variable: &'static str },
    /// The signing key cannot be used: its halves do not belong together.
    SigningUnavailable,
    /// The platform failed one request.
    InternalError { kind: &'static str },
    /// The Worker's instance died; the entry starts it over.
    Panic { file: &'p str, line: u32 },
}

impl<'p> Event<'p> {
    pub(crate) fn panic(place: Option<&'p Location<'p>>) -> Self {
        Self::Panic {
            file: place.map_or("", Location::file),
            line: place.map_or(0, Location::line),
        }
    }

    /// The line.
    pub(crate) fn line(self) -> String {
        serde_json::to_string(&self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_json_with_a_code() {
        let line = Event::ConfigurationInvalid {
            variable: "MAILPROOF_ORIGINS",
        };
        assert_eq!(
            line.line(),
            r#"{"code":"configuration_invalid","variable":"MAILPROOF_ORIGINS"}"#
        );
        assert_eq!(
            Event::SigningUnavailable.line(),
            r#"{"code":"signing_unavailable"}"#
        );
    }
}
