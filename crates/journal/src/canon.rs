//! Canonical bytes: the one spelling of a JSON value, so that equal values have equal hashes on every machine.
//!
//! UTF-8 without whitespace; members sorted by the UTF-8 bytes of their names; the shortest escapes; integers only. It is RFC 8785 but
//! for two choices: names are sorted by UTF-8 bytes (which is by code point) instead of UTF-16 units, and a number that is no integer
//! of 64 bits is refused instead of passed through a float. Exact numbers of the award are texts.

use std::fmt::Write;

use serde_json::{Map, Number, Value};
use thiserror::Error;

use crate::pointer::Place;

/// Arrays and objects inside which a value may lie; below the 127 levels that readers of JSON usually allow.
pub const DEPTH_MAX: usize = 100;

/// Why a value has no canonical bytes. Each names the place by its JSON pointer (RFC 6901; empty for the whole value).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CanonProblem {
    /// A number with a fraction, an exponent, or outside −2⁶³ … 2⁶⁴−1.
    #[error("the number at `{pointer}` is not an integer of 64 bits; write exact numbers as text")]
    NotAnInteger {
        /// Where it stands.
        pointer: String,
    },
    /// Inside more than [`DEPTH_MAX`] arrays and objects.
    #[error("the value at `{pointer}` lies inside more than {DEPTH_MAX} arrays and objects")]
    TooDeep {
        /// Where it stands.
        pointer: String,
    },
}

/// The canonical bytes of a value.
///
/// ```
/// use journal::canon;
/// use serde_json::json;
///
/// assert_eq!(canon(&json!({"b": [1, "x\n"], "a": null})).unwrap(), br#"{"a":null,"b":[1,"x\n"]}"#);
/// assert_eq!(canon(&json!({"a": [0.5]})).unwrap_err().to_string(), "the number at `/a/0` is not an integer of 64 bits; write exact numbers as text");
/// ```
pub fn canon(value: &Value) -> Result<Vec<u8>, CanonProblem> {
    let mut out = String::new();
    write_value(&mut out, value, &mut Place::default())?;
    Ok(out.into_bytes())
}

/// The canonical bytes of an object whose members are given, so that none of them is copied first.
pub(crate) fn canon_members(members: &[(&str, &Value)]) -> Result<Vec<u8>, CanonProblem> {
    let (mut out, mut place) = (String::new(), Place::default());
    let mut members = members.to_vec();
    write_members(&mut out, &mut members, &mut place)?;
    Ok(out.into_bytes())
}

fn write_value<'v>(out: &mut String, value: &'v Value, place: &mut Place<'v>) -> Result<(), CanonProblem> {
    if place.depth() > DEPTH_MAX {
        return Err(CanonProblem::TooDeep { pointer: place.to_string() });
    }
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(out, number, place)?,
        Value::String(text) => write_text(out, text),
        Value::Array(items) => write_array(out, items, place)?,
        Value::Object(members) => write_object(out, members, place)?,
    }
    Ok(())
}

fn write_number(out: &mut String, number: &Number, place: &Place) -> Result<(), CanonProblem> {
    let digits = match (number.as_i64(), number.as_u64()) {
        (Some(signed), _) => signed.to_string(),
        (None, Some(unsigned)) => unsigned.to_string(),
        (None, None) => return Err(CanonProblem::NotAnInteger { pointer: place.to_string() }),
    };
    out.push_str(&digits);
    Ok(())
}

fn write_array<'v>(out: &mut String, items: &'v [Value], place: &mut Place<'v>) -> Result<(), CanonProblem> {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        place.at_index(index, |place| write_value(out, item, place))?;
    }
    out.push(']');
    Ok(())
}

fn write_object<'v>(out: &mut String, members: &'v Map<String, Value>, place: &mut Place<'v>) -> Result<(), CanonProblem> {
    let mut members: Vec<(&str, &Value)> = members.iter().map(|(name, member)| (name.as_str(), member)).collect();
    write_members(out, &mut members, place)
}

fn write_members<'v>(out: &mut String, members: &mut [(&'v str, &'v Value)], place: &mut Place<'v>) -> Result<(), CanonProblem> {
    // Sorted here and not trusted to the map, whose order changes with a feature that any other crate may switch on.
    if !members.is_sorted_by_key(|(name, _)| *name) {
        members.sort_unstable_by_key(|(name, _)| *name);
    }
    out.push('{');
    for (index, (name, member)) in members.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_text(out, name);
        out.push(':');
        place.at_name(name, |place| write_value(out, member, place))?;
    }
    out.push('}');
    Ok(())
}

fn write_text(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        let (plain, behind) = rest.split_at(at);
        out.push_str(plain);
        let mut letters = behind.chars();
        match letters.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\u{8}') => out.push_str("\\b"),
            Some('\u{9}') => out.push_str("\\t"),
            Some('\u{a}') => out.push_str("\\n"),
            Some('\u{c}') => out.push_str("\\f"),
            Some('\u{d}') => out.push_str("\\r"),
            Some(letter) => write!(out, "\\u{:04x}", u32::from(letter)).expect("writing into a String cannot fail"),
            None => {}
        }
        rest = letters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn any_value() -> impl Strategy<Value = Value> {
        let simple = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[\\x00-\\x7f\"\\\\]{0,6}".prop_map(Value::from),
        ];
        simple.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            ]
        })
    }

    /// The same value as text with the members in the opposite order and blanks between.
    fn backwards(value: &Value) -> String {
        match value {
            Value::Array(items) => format!("[ {} ]", items.iter().map(backwards).collect::<Vec<_>>().join(" ,\n")),
            Value::Object(members) => {
                let mut pairs: Vec<_> = members.iter().collect();
                pairs.sort_by_key(|(name, _)| *name);
                pairs.reverse();
                let texts: Vec<_> =
                    pairs.iter().map(|(name, member)| format!("{} : {}", json!(name), backwards(member))).collect();
                format!("{{ {} }}", texts.join(" ,\t"))
            }
            simple => simple.to_string(),
        }
    }

    proptest! {
        #[test]
        fn canonical_bytes_read_back_as_the_value(value in any_value()) {
            let bytes = canon(&value).unwrap();
            prop_assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), value);
        }

        #[test]
        fn the_order_of_members_does_not_matter(value in any_value()) {
            let other: Value = serde_json::from_str(&backwards(&value)).unwrap();
            prop_assert_eq!(canon(&other).unwrap(), canon(&value).unwrap());
        }
    }

    #[test]
    fn names_are_sorted_by_their_bytes_and_texts_escaped_as_little_as_possible() {
        let value =
            json!({"\u{e000}": 1, "\u{10000}": 2, "é": 3, "z": 4, "Z": 5, "": "\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f}\"\\/\u{7f}é"});
        let bytes = "{\"\":\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/\u{7f}é\",\"Z\":5,\"z\":4,\"é\":3,\"\u{e000}\":1,\"\u{10000}\":2}";
        assert_eq!(String::from_utf8(canon(&value).unwrap()).unwrap(), bytes);
    }

    #[test]
    fn only_integers_of_64_bits_are_numbers() {
        let edges = json!([i64::MIN, -1, 0, u64::MAX]);
        assert_eq!(canon(&edges).unwrap(), b"[-9223372036854775808,-1,0,18446744073709551615]");
        for text in ["1.0", "0.1", "1e2", "-0", "18446744073709551616", "-9223372036854775809"] {
            let value: Value = serde_json::from_str(&format!(r#"{{"a/b~":[0,{text}]}}"#)).unwrap();
            assert_eq!(canon(&value), Err(CanonProblem::NotAnInteger { pointer: "/a~1b~0/1".into() }), "{text}");
        }
    }

    #[test]
    fn what_lies_too_deep_is_refused_and_the_deepest_allowed_reads_back() {
        let nest = |levels| (0..levels).fold(json!(1), |inner, _| json!([inner]));
        let bytes = canon(&nest(DEPTH_MAX)).unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), nest(DEPTH_MAX));
        assert_eq!(canon(&nest(DEPTH_MAX + 1)), Err(CanonProblem::TooDeep { pointer: "/0".repeat(DEPTH_MAX + 1) }));
    }
}
