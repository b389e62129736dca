//! Writes what crosses the border as JSON: verdicts, and the effects of the machines.
//!
//! Through serde, so that the page's objects have the fields of the edge's and the command
//! line's by construction. The writer is our own because it knows nothing that does not
//! occur in a verdict (maps, floats, errors): a tenth of the code in the page.

use alloc::string::String;

use serde::Serialize;
use serde::ser::{self, Impossible, Serializer};

/// The value as JSON.
pub(crate) fn write(value: &impl Serialize) -> String {
    /// Most verdicts are shorter.
    const USUAL: usize = 1 << 10;
    let mut writer = Writer(String::with_capacity(USUAL));
    match value.serialize(&mut writer) {
        Ok(()) => writer.0,
        // The page then reads that nothing is known.
        Err(Unwritable) => String::from("null"),
    }
}

/// A kind of value that does not occur in what this module writes.
#[derive(Debug)]
struct Unwritable;

impl core::fmt::Display for Unwritable {
    fn fmt(&self, _: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        Ok(())
    }
}

impl ser::StdError for Unwritable {}

impl ser::Error for Unwritable {
    fn custom<T: core::fmt::Display>(_: T) -> Self {
        Self
    }
}

struct Writer(String);

impl Writer {
    /// Before a member of a list or an object: a comma, unless it is the first.
    fn part(&mut self) {
        if !matches!(self.0.as_bytes().last(), Some(b'[' | b'{')) {
            self.0.push_str(",");
        }
    }

    fn member(&mut self, key: &'static str, value: &(impl Serialize + ?Sized)) -> Done {
        self.part();
        self.name(key);
        value.serialize(self)
    }

    fn name(&mut self, key: &str) {
        self.text(key);
        self.0.push_str(":");
    }

    #[expect(clippy::unnecessary_wraps, reason = "every caller answers with it")]
    fn close(&mut self, end: &str) -> Done {
        self.0.push_str(end);
        Ok(())
    }

    /// Escapes what RFC 8259 §7 says must be.
    fn text(&mut self, text: &str) {
        self.0.push_str("\"");
        let mut rest = text;
        while let Some(at) = rest.bytes().position(is_escaped) {
            let (plain, behind) = rest.split_at(at);
            let (escaped, behind) = behind.split_at(1);
            self.0.push_str(plain);
            self.escaped(escaped);
            rest = behind;
        }
        self.0.push_str(rest);
        self.0.push_str("\"");
    }

    fn escaped(&mut self, c: &str) {
        match c.as_bytes() {
            [control @ ..=0x1f] => {
                self.0.push_str("\\u00");
                self.digit(control >> 4);
                self.digit(control & 15);
            }
            _ => {
                self.0.push_str("\\");
                self.0.push_str(c);
            }
        }
    }

    fn number(&mut self, number: u32) {
        if number >= 10 {
            self.number(number / 10);
        }
        self.digit((number % 10) as u8);
    }

    /// A digit below sixteen.
    fn digit(&mut self, digit: u8) {
        let letter = if digit < 10 { b'0' } else { b'a' - 10 };
        self.0.push(char::from(letter + digit));
    }
}

fn is_escaped(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | ..=0x1f)
}

type Done = Result<(), Unwritable>;
type Never = Impossible<(), Unwritable>;

/// The kinds of numbers, texts and shapes that nothing here has.
macro_rules! unwritable {
    ($($method:ident($($kind:ty),*) -> $result:ty;)+) => {
        $(fn $method(self, $(_: $kind),*) -> Result<$result, Unwritable> { Err(Unwritable) })+
    };
}

impl Serializer for &mut Writer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;

    unwritable! {
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_tuple(usize) -> Never;
        serialize_tuple_struct(&'static str, usize) -> Never;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never;
        serialize_map(Option<usize>) -> Never;
    }

    fn serialize_bool(self, value: bool) -> Done {
        self.close(if value { "true" } else { "false" })
    }

    fn serialize_u8(self, number: u8) -> Done {
        self.number(number.into());
        Ok(())
    }

    fn serialize_u16(self, number: u16) -> Done {
        self.number(number.into());
        Ok(())
    }

    fn serialize_u32(self, number: u32) -> Done {
        self.number(number);
        Ok(())
    }

    fn serialize_u64(self, number: u64) -> Done {
        // The places in a text, and no text of the page is longer.
        self.number(number.try_into().unwrap_or(u32::MAX));
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Done {
        self.text(text);
        Ok(())
    }

    fn serialize_none(self) -> Done {
        self.close("null")
    }

    fn serialize_unit(self) -> Done {
        self.close("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        self.0.push_str("{");
        self.member(variant, value)?;
        self.close("}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Unwritable> {
        self.0.push_str("[");
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Unwritable> {
        self.0.push_str("{");
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self, Unwritable> {
        self.0.push_str("{");
        self.name(variant);
        self.0.push_str("{");
        Ok(self)
    }

    fn collect_str<T: core::fmt::Display + ?Sized>(self, _: &T) -> Done {
        Err(Unwritable)
    }
}

impl ser::SerializeSeq for &mut Writer {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.part();
        value.serialize(&mut **self)
    }

    fn end(self) -> Done {
        self.close("]")
    }
}

impl ser::SerializeStruct for &mut Writer {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Done {
        self.member(key, value)
    }

    fn end(self) -> Done {
        self.close("}")
    }
}

impl ser::SerializeStructVariant for &mut Writer {
    type Ok = ();
    type Error = Unwritable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Done {
        self.member(key, value)
    }

    fn end(self) -> Done {
        self.close("}}")
    }
}

#[cfg(test)]
mod tests {
    use mailproof_core::{Context, Policy, Reason, judge};
    use serde_json::{Value, json};

    use super::*;
    use crate::field::{Effect, Hint};

    #[track_caller]
    fn check(value: &impl Serialize, expected: &Value) {
        let written = write(value);
        let read: Value = serde_json::from_str(&written).expect(&written);
        assert_eq!(&read, expected);
    }

    #[test]
    fn verdicts_are_what_serde_json_writes() {
        for text in [
            "",
            "jane@gamil.com",
            "\u{1}\u{1f}\t\"\\@\u{7f}\u{1f600}",
            "Jane <jane@gmail.com>",
        ] {
            let context = Context {
                pack: None,
                policy: &Policy::FORM,
                routing: None,
            };
            let verdict = judge(text, &context);
            check(&verdict, &serde_json::to_value(&verdict).unwrap());
        }
    }

    #[test]
    fn effects_are_what_serde_json_writes() {
        let hint = Hint::Error {
            reason: Reason::MissingAt,
            suggestion: None,
            overridable: true,
        };
        let effects = vec![
            Effect::Clear,
            Effect::Show(hint),
            Effect::AskEdge {
                domain: "shop.hk".to_owned(),
                epoch: u32::MAX,
            },
            Effect::SetValidity(None),
        ];
        check(&effects, &serde_json::to_value(&effects).unwrap());
        check(&Vec::<u8>::new(), &json!([]));
    }

    #[test]
    fn what_never_occurs_is_null() {
        check(&1.5, &Value::Null);
    }
}
