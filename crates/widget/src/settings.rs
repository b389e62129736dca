//! What the owner may set on the tag, the form or the field.

/// When a hint may appear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum When {
    /// On leaving the field.
    #[default]
    Blur,
    /// On the first attempt to submit.
    Submit,
}

/// What holds the form back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Block {
    /// Nothing does.
    Nothing,
    /// A text that cannot be an address.
    #[default]
    Syntax,
    /// That, and a domain that takes no mail, unless the visitor insists.
    Dns,
}

/// The behaviour of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// `data-when`.
    pub when: When,
    /// `data-block`.
    pub block: Block,
    /// Whether the edge is asked: `data-endpoint` is not `off` and `data-mode` not
    /// `local`.
    pub asks_edge: bool,
}

impl When {
    /// `blur` or `submit`; anything else is the default, for a slip in an attribute must
    /// not stop a form.
    pub fn named(name: &str) -> Self {
        if name == "submit" {
            Self::Submit
        } else {
            Self::Blur
        }
    }
}

impl Block {
    /// `none`, `syntax` or `dns`; anything else is the default.
    pub fn named(name: &str) -> Self {
        match name {
            "none" => Self::Nothing,
            "dns" => Self::Dns,
            _ => Self::Syntax,
        }
    }
}
