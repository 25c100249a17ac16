//! Every text, name and list of an act, wherever it stands, so that no deed can forget one. The act is walked as it would be written,
//! without writing it.

use serde::Serialize;
use serde::ser::{
    Error, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple, SerializeTupleStruct,
    SerializeTupleVariant, Serializer,
};
use words::Message;

use super::{ADDRESS_CHARS_MAX, GROUNDS_CHARS_MAX, NAME_CHARS_MAX, TEXT_CHARS_MAX, about, at_most, long, printable};
use crate::refusal::Refusal;

/// Fields that hold sentences, of one or more lines.
const SENTENCES: [&str; 13] = [
    "text",
    "reason",
    "findings",
    "question",
    "exception",
    "note",
    "what",
    "dissent",
    "purposes",
    "acting_because",
    "attendees",
    "source",
    "evidence",
];
/// Fields that may hold pages.
const PAGES: [&str; 2] = ["grounds", "answer"];
/// Lists that have bounds of their own, asked where they are decided.
const LONG_LISTS: [&str; 2] = ["figures", "commitments"];

/// Texts of so many bytes are shorter than the least that a field bounds.
const PLAIN_MAX: usize = NAME_CHARS_MAX;

/// Refuses an act in which anything is too long, or has a character that nobody can see.
pub(crate) fn clean(said: &impl Serialize) -> Result<(), Refusal> {
    said.serialize(Walk { field: "text" }).map_err(|Stop(refusal)| *refusal)
}

/// Refuses one text of a field, as [`clean`] does within an act.
pub(crate) fn text(field: &'static str, text: &str) -> Result<(), Refusal> {
    Walk { field }.text(text).map_err(|Stop(refusal)| *refusal)
}

/// Stands at one value, of this field.
#[derive(Clone, Copy)]
struct Walk {
    field: &'static str,
}

/// What stopped the walk.
#[derive(Debug)]
struct Stop(Box<Refusal>);

impl std::fmt::Display for Stop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.rule.key())
    }
}

impl std::error::Error for Stop {}

impl Error for Stop {
    fn custom<T: std::fmt::Display>(_: T) -> Stop {
        Stop::from(Refusal::of(Message::new("refusal-not-writable")))
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Stop {
        Stop(Box::new(refusal))
    }
}

impl Walk {
    fn text(self, text: &str) -> Result<(), Stop> {
        // Most texts are ids and plain names, which no field minds.
        if text.len() <= PLAIN_MAX && text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') {
            return Ok(());
        }
        let field = self.field;
        let sentences = SENTENCES.contains(&field);
        let most = match field {
            "address" => ADDRESS_CHARS_MAX,
            _ if PAGES.contains(&field) => GROUNDS_CHARS_MAX,
            _ if sentences => TEXT_CHARS_MAX,
            _ => NAME_CHARS_MAX,
        };
        long(field, text, most)?;
        Ok(printable(field, text, sentences || PAGES.contains(&field))?)
    }

    fn items(self) -> Items {
        Items { walk: self, count: 0 }
    }
}

macro_rules! numbers {
    ($($name:ident $type:ty),+) => {$(
        fn $name(self, _: $type) -> Result<(), Stop> {
            Ok(())
        }
    )+};
}

impl Serializer for Walk {
    type Ok = ();
    type Error = Stop;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Items;
    type SerializeStruct = Items;
    type SerializeStructVariant = Items;

    numbers!(serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_u8 u8,
        serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_char char,
        serialize_bytes &[u8], serialize_unit_struct &'static str);

    fn serialize_f32(self, _: f32) -> Result<(), Stop> {
        Err(Stop::custom("no act holds a float"))
    }

    fn serialize_f64(self, _: f64) -> Result<(), Stop> {
        Err(Stop::custom("no act holds a float"))
    }

    fn serialize_str(self, text: &str) -> Result<(), Stop> {
        self.text(text)
    }

    fn serialize_none(self) -> Result<(), Stop> {
        Ok(())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Stop> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Stop> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Stop> {
        Ok(())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Result<(), Stop> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Stop> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Stop> {
        Ok(self.items())
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, Stop> {
        Ok(self.items())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items, Stop> {
        Ok(self.items())
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Items, Stop> {
        Ok(self.items())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items, Stop> {
        Ok(self.items())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Items, Stop> {
        Ok(self.items())
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Items, Stop> {
        Ok(self.items())
    }
}

/// A list, a map or the fields of a value.
struct Items {
    walk: Walk,
    count: usize,
}

impl Items {
    fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Stop> {
        self.count += 1;
        if !LONG_LISTS.contains(&self.walk.field) {
            at_most(self.walk.field, self.count, super::LIST_MAX)?;
        }
        value.serialize(self.walk)
    }

    /// A text in two languages (`id`, `en`) belongs to the field around it; a reason that a deed names without a field is a text.
    fn field<T: ?Sized + Serialize>(&mut self, field: &'static str, value: &T) -> Result<(), Stop> {
        let stays = matches!(field, "id" | "en") && SENTENCES.contains(&self.walk.field) && self.walk.field != "text";
        let field = if field == "deed" { "text" } else { field };
        value.serialize(if stays { self.walk } else { Walk { field } })
    }
}

macro_rules! lists {
    ($($of:ident $item:ident),+) => {$(
        impl $of for Items {
            type Ok = ();
            type Error = Stop;

            fn $item<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Stop> {
                self.item(value)
            }

            fn end(self) -> Result<(), Stop> {
                Ok(())
            }
        }
    )+};
}

lists!(SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field);

impl SerializeMap for Items {
    type Ok = ();
    type Error = Stop;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Stop> {
        self.item(key)
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Stop> {
        value.serialize(self.walk)
    }

    fn end(self) -> Result<(), Stop> {
        Ok(())
    }
}

macro_rules! values {
    ($($of:ident),+) => {$(
        impl $of for Items {
            type Ok = ();
            type Error = Stop;

            fn serialize_field<T: ?Sized + Serialize>(&mut self, field: &'static str, value: &T) -> Result<(), Stop> {
                self.field(field, value)
            }

            fn end(self) -> Result<(), Stop> {
                Ok(())
            }
        }
    )+};
}

values!(SerializeStruct, SerializeStructVariant);

/// Refuses a field that must say something and does not.
pub(crate) fn told(field: &str, text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(about("refusal-text-empty", field)) } else { Ok(()) }
}
