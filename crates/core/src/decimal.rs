//! Numbers as text, and text as numbers, without the standard library's ways, which would be a
//! twentieth of the engine in the page.
#![expect(clippy::indexing_slicing, reason = "a digit is below ten")]

use alloc::string::String;

/// Appends `number` in decimal, with leading zeros up to `digits`.
pub fn push_decimal(text: &mut String, number: u32, digits: usize) {
    if number >= 10 || digits > 1 {
        push_decimal(text, number / 10, digits.saturating_sub(1));
    }
    text.push(char::from(b"0123456789"[(number % 10) as usize]));
}

/// Reads a number in decimal: digits and nothing else.
pub fn read_decimal(text: &str) -> Option<u32> {
    let mut number: Option<u32> = None;
    for byte in text.bytes() {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        number = Some(
            number
                .unwrap_or(0)
                .checked_mul(10)?
                .checked_add(digit.into())?,
        );
    }
    number
}

#[cfg(test)]
mod tests {
    use super::{push_decimal, read_decimal};

    #[test]
    fn digits_and_zeros() {
        for (number, digits, expected) in [
            (0, 0, "0"),
            (7, 2, "07"),
            (2026, 2, "2026"),
            (u32::MAX, 1, "4294967295"),
        ] {
            let mut text = String::new();
            push_decimal(&mut text, number, digits);
            assert_eq!(text, expected);
            assert_eq!(read_decimal(&text), Some(number));
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in ["", "-1", "+1", "1 ", "4294967296", "42949672950", "a", "１"] {
            assert_eq!(read_decimal(text), None, "{text}");
        }
    }
}
