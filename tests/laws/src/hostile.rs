//! Texts made to cost much: shapes that grow with a length and go for one loop each.

/// A shape: its name, and the text of about so many bytes.
pub struct Shape {
    /// What it is made of.
    pub name: &'static str,
    make: Make,
}

/// How a shape grows.
enum Make {
    /// Head, then the middle again and again, then the tail.
    Repeat(&'static str, &'static str, &'static str),
    /// Head, then the opening again and again, the middle, as many closings, the tail.
    Nest(
        &'static str,
        &'static str,
        &'static str,
        &'static str,
        &'static str,
    ),
}

use Make::{Nest, Repeat};

impl Shape {
    /// The text of at least `length` bytes.
    pub fn text(&self, length: usize) -> String {
        match self.make {
            Repeat(head, part, tail) => {
                [head, &part.repeat(length.div_ceil(part.len())), tail].concat()
            }
            Nest(head, open, middle, close, tail) => {
                let times = length.div_ceil(open.len() + close.len());
                [
                    head,
                    &open.repeat(times),
                    middle,
                    &close.repeat(times),
                    tail,
                ]
                .concat()
            }
        }
    }
}

/// Forty of them.
pub const SHAPES: [Shape; 40] = [
    shape("letters", Repeat("", "a", "")),
    shape("a long local part", Repeat("", "a", "@shop.hk")),
    shape("a long label", Repeat("jane@", "a", ".hk")),
    shape("many labels", Repeat("jane@", "a.", "hk")),
    shape("dots", Repeat("", ".", "")),
    shape("dots in the local part", Repeat("jane", ".", "@shop.hk")),
    shape("dots in the domain", Repeat("jane@shop", ".", "hk")),
    shape("at signs", Repeat("", "@", "")),
    shape("at signs between letters", Repeat("", "a@", "shop.hk")),
    shape("many addresses", Repeat("", "jane@shop.hk,", "")),
    shape("spaces", Repeat("", " ", "")),
    shape("spaces before", Repeat("", " ", "jane@shop.hk")),
    shape("spaces behind", Repeat("jane@shop.hk", " ", "")),
    shape("spaces within", Repeat("jane", " ", "@shop.hk")),
    shape("line breaks", Repeat("jane@shop.hk", "\r\n", "")),
    shape("zero-width spaces", Repeat("jane", "\u{200b}", "@shop.hk")),
    shape("full-width letters", Repeat("", "ａ", "＠shop。hk")),
    shape("full-width dots", Repeat("jane＠", "ａ。", "hk")),
    shape("ideographs", Repeat("", "例", "@shop.hk")),
    shape("ideographs in the domain", Repeat("jane@", "例子.", "公司")),
    shape("combining marks", Repeat("jane@e", "\u{301}", ".hk")),
    shape(
        "marks to be ordered",
        Repeat("jane@e", "\u{301}\u{323}", ".hk"),
    ),
    shape("expanding letters", Repeat("jane@", "ﷺ", ".hk")),
    shape("right to left", Repeat("jane@", "א1.", "hk")),
    shape("A-labels", Repeat("jane@", "xn--fsqu00a.", "hk")),
    shape("a long A-label", Repeat("jane@xn--", "9", ".hk")),
    shape("quotes", Repeat("", "\"", "")),
    shape("an endless quoted string", Repeat("\"", "a", "@shop.hk")),
    shape("backslashes", Repeat("\"", "\\", "\"@shop.hk")),
    shape("comments side by side", Repeat("", "(a)", "jane@shop.hk")),
    shape("comments behind", Repeat("jane@shop.hk", "(a)", "")),
    shape("nested comments", Nest("", "(", "a", ")", "jane@shop.hk")),
    shape("open comments", Repeat("jane@shop.hk", "(", "")),
    shape("closing comments", Repeat("jane@shop.hk", ")", "")),
    shape(
        "angle brackets",
        Nest("Jane ", "<", "jane@shop.hk", ">", ""),
    ),
    shape("brackets", Nest("jane@", "[", "192.0.2.1", "]", "")),
    shape("final punctuation", Repeat("jane@shop.hk", ".,;", "")),
    shape("mailto and mailto", Repeat("", "mailto:", "jane@shop.hk")),
    shape("spelled dots", Repeat("jane@shop", "[dot]a", "")),
    shape("a provider again and again", Repeat("", "gmail.com", "")),
];

const fn shape(name: &'static str, make: Make) -> Shape {
    Shape { name, make }
}
