//! An issue: one thing that is wrong with the text, and where.

use serde::Serialize;

use crate::Reason;

/// A stretch of the text as it was typed. Both pairs are half-open and name the same
/// characters: `start..end` in UTF-8 bytes, `utf16_start..utf16_end` in UTF-16 code units,
/// the unit of a browser's text field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// First UTF-16 code unit.
    pub utf16_start: usize,
    /// One past the last UTF-16 code unit.
    pub utf16_end: usize,
}

/// What is wrong with the text. Carries no part of it, so it can be logged and counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Issue {
    /// The code, of [`Group::Syntax`](crate::Group::Syntax).
    pub code: Reason,
    /// Where in the text as it was typed.
    pub span: Span,
}
