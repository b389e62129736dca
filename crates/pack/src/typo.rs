//! Whether two domains are one slip of the keyboard apart.

/// Whether the optimal-string-alignment distance of `a` and `b` is exactly one: one byte
/// put in, left out or replaced, or two neighbours swapped.
pub fn is_one_slip(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 1 || a == b {
        return false;
    }
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same..], &b[same..]);
    match (a, b) {
        (longer, shorter) if longer.len() > shorter.len() => &longer[1..] == shorter,
        (shorter, longer) if shorter.len() < longer.len() => shorter == &longer[1..],
        ([a1, a2, a_rest @ ..], [b1, b2, b_rest @ ..]) if (a1, a2) == (b2, b1) => a_rest == b_rest,
        _ => a[1..] == b[1..],
    }
}

#[cfg(test)]
mod tests {
    use super::is_one_slip;

    #[test]
    fn one_edit_of_each_kind_and_no_more() {
        for (a, b, expected) in [
            ("gmail.com", "gmial.com", true),
            ("gmail.com", "gmal.com", true),
            ("gmail.com", "gmaill.com", true),
            ("gmail.com", "gmail.con", true),
            ("gmail.com", "gmail.co", true),
            ("gmail.com", "ggmail.com", true),
            ("gmail.com", "gmail.com", false),
            ("gmail.com", "gmial.con", false),
            ("gmail.com", "ymial.com", false),
            ("gmail.com", "", false),
            ("ab", "ba", true),
        ] {
            assert_eq!(is_one_slip(a, b), expected, "{a} {b}");
            assert_eq!(is_one_slip(b, a), expected, "{b} {a}");
        }
    }
}
