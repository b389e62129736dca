//! Texts in a row. The standard library's joining knows separators and any kind of part, and
//! weighs twice as much in the page.

use alloc::string::String;

/// All parts, one behind the other.
pub(crate) fn joined(parts: &[&str]) -> String {
    let mut text = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    for part in parts {
        text.push_str(part);
    }
    text
}
