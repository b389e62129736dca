//! The policy: which fact has which effect.

/// Maps facts to `result`, `advice` and `score`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    _private: (),
}

impl Policy {
    /// What a sign-up form should take. The default.
    pub const FORM: Self = Self { _private: () };
    /// All that RFC 5321 and RFC 6531 permit.
    pub const RFC: Self = Self { _private: () };

    /// `form` or `rfc`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "form" => Some(Self::FORM),
            "rfc" => Some(Self::RFC),
            _ => None,
        }
    }
}
