//! Days of the civil calendar, as evidence dates them.

use crate::decimal::push_decimal;
use alloc::string::String;

/// `days` after 1970-01-01, written `YYYY-MM-DD`.
pub(crate) fn date(days: u16) -> String {
    let mut left = days;
    let mut year = 1970;
    while left >= days_of_year(year) {
        left -= days_of_year(year);
        year += 1;
    }
    let mut month = 1_u16;
    for length in month_lengths(year) {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    let mut text = String::with_capacity("1970-01-01".len());
    push_decimal(&mut text, year.into(), 4);
    for part in [month, left + 1] {
        text.push('-');
        push_decimal(&mut text, part.into(), 2);
    }
    text
}

fn days_of_year(year: u16) -> u16 {
    month_lengths(year).iter().sum()
}

/// Two bytes hold no day after 2149, and until then the Gregorian rule has one exception.
fn month_lengths(year: u16) -> [u16; 12] {
    let is_leap = year.is_multiple_of(4) && year != 2100;
    let february = if is_leap { 29 } else { 28 };
    [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_become_dates() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (789, "1972-02-29"),
            (11_016, "2000-02-29"),
            (19_902, "2024-06-28"),
            (20_453, "2025-12-31"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
            (u16::MAX, "2149-06-06"),
        ] {
            assert_eq!(date(days), expected, "{days}");
        }
    }
}
