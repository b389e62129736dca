//! Numbers as text without the standard library's formatting, which would be a twentieth of
//! the engine in the page.

use alloc::string::String;
use alloc::vec::Vec;

/// Appends `number` in decimal, with leading zeros up to `digits`.
pub(crate) fn push_decimal(text: &mut String, number: u32, digits: usize) {
    let mut reversed = Vec::with_capacity(10);
    let mut left = number;
    while left > 0 || reversed.len() < digits.max(1) {
        reversed.extend(char::from_digit(left % 10, 10));
        left /= 10;
    }
    text.extend(reversed.into_iter().rev());
}

#[cfg(test)]
mod tests {
    use super::push_decimal;

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
        }
    }
}
