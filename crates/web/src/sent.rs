//! What a form sends: every field once, none that the page does not have, none too long, each refused by its name; and of somebody who is signed in
//! only what comes from a page of that very sign-in.

use std::fmt;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use words::Message;

use crate::app::App;
use crate::refused::Refused;
use crate::visit::Visit;
use crate::who::{WayOn, way_back};

/// The field of the form token, `f.token()`.
pub(crate) const TOKEN: &str = "tanda";
/// A field is no longer, in bytes.
const FIELD_MAX: usize = 32 << 10;
/// A form has no more fields.
const FIELDS_MAX: usize = 500;

/// What a form of somebody who is signed in sends. A struct with `Deserialize` has one field for each of the form: `String`, numbers, `bool` for a box
/// (`#[serde(default)]`, ticked if it is there), `Option` where empty means none, `Vec<String>` for a name that may come again and again.
///
/// Whoever is signed out meanwhile gets the way in; put [`crate::who::SignedIn`] before it.
#[derive(Debug)]
pub(crate) struct Sent<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Sent<T>, Response> {
        let (visit, back, fields) = fields(request, app).await?;
        let token = fields.iter().find(|(name, _)| name == TOKEN).and_then(|(_, values)| values.first());
        let is_own = visit.who.as_ref().zip(token).is_some_and(|(who, token)| who.is_own_form(token));
        if !is_own {
            return Err(turned_back("web-form-token".into(), &back));
        }
        read(fields).map(Sent).map_err(|why| turned_back(why, &back))
    }
}

/// What a form of anybody sends: for ways in, and nothing else.
#[derive(Debug)]
pub(crate) struct Plain<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<App> for Plain<T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Plain<T>, Response> {
        let (_, back, fields) = fields(request, app).await?;
        read(fields).map(Plain).map_err(|why| turned_back(why, &back))
    }
}

type Fields = Vec<(String, Vec<String>)>;

async fn fields(request: Request, app: &App) -> Result<(Visit, String, Fields), Response> {
    let is_form =
        request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    let (parts, body) = request.into_parts();
    let visit = Visit::of(app, &parts);
    let back = way_back(&parts, &visit);
    let body = Bytes::from_request(Request::from_parts(parts, body), app).await.map_err(IntoResponse::into_response)?;
    if !is_form {
        return Err(turned_back("web-form-kind".into(), &back));
    }
    let fields = split(&body).map_err(|why| turned_back(why, &back))?;
    Ok((visit, back, fields))
}

fn split(body: &[u8]) -> Result<Fields, Why> {
    let mut fields: Fields = Vec::new();
    for (count, (name, value)) in form_urlencoded::parse(body).enumerate() {
        if count >= FIELDS_MAX {
            return Err(Why(Message::new("web-form-many").number("max", FIELDS_MAX)));
        }
        if value.len() > FIELD_MAX {
            return Err(Why(named("web-form-long", &name).number("max", FIELD_MAX)));
        }
        if value.contains('\0') || name.contains(char::is_control) {
            return Err(Why(named("web-form-wrong", &name)));
        }
        match fields.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value.into_owned()),
            None => fields.push((name.into_owned(), vec![value.into_owned()])),
        }
    }
    Ok(fields)
}

fn read<T: DeserializeOwned>(mut fields: Fields) -> Result<T, Why> {
    fields.retain(|(name, _)| name != TOKEN);
    T::deserialize(Form { fields: fields.into_iter(), next: None })
}

fn turned_back(why: Why, back: &str) -> Response {
    let mut response = Refused::new(StatusCode::UNPROCESSABLE_ENTITY, why.0).into_response();
    if !back.is_empty() {
        response.extensions_mut().insert(WayOn { path: back.to_owned(), label: "web-form-back" });
    }
    response
}

/// A text of ours about a field, whose name is cut where it is absurd.
fn named(key: &str, name: &str) -> Message {
    Message::new(key).text("field", name.chars().filter(|c| !c.is_control()).take(60).collect::<String>())
}

/// Why a form is not taken.
#[derive(Debug)]
struct Why(Message);

impl std::convert::From<&str> for Why {
    fn from(key: &str) -> Why {
        Why(Message::new(key))
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.key())
    }
}

impl std::error::Error for Why {}

impl de::Error for Why {
    fn custom<T: fmt::Display>(_: T) -> Why {
        "web-form-wrong-any".into()
    }

    fn missing_field(name: &'static str) -> Why {
        Why(named("web-form-missing", name))
    }

    fn unknown_field(name: &str, _: &'static [&'static str]) -> Why {
        Why(named("web-form-unknown", name))
    }
}

/// A form as serde reads it.
struct Form {
    fields: std::vec::IntoIter<(String, Vec<String>)>,
    next: Option<Field>,
}

impl<'de> de::Deserializer<'de> for Form {
    type Error = Why;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Why> {
        visitor.visit_map(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Form {
    type Error = Why;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Why> {
        let Some((name, values)) = self.fields.next() else { return Ok(None) };
        let field = self.next.insert(Field { name, values });
        seed.deserialize(IntoDeserializer::<Why>::into_deserializer(field.name.as_str())).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Why> {
        let field = self.next.take().ok_or(Why::from("web-form-wrong-any"))?;
        let name = field.name.clone();
        let found = seed.deserialize(field);
        found.map_err(|why| if why.0.key() == "web-form-wrong-any" { Why(named("web-form-wrong", &name)) } else { why })
    }
}

struct Field {
    name: String,
    values: Vec<String>,
}

impl Field {
    fn once(self) -> Result<String, Why> {
        let mut values = self.values.into_iter();
        match (values.next(), values.next()) {
            (Some(value), None) => Ok(value),
            _ => Err(Why(named("web-form-twice", &self.name))),
        }
    }
}

macro_rules! parsed {
    ($($method:ident $visit:ident $kind:ty),+ $(,)?) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Why> {
            let number = self.once()?.trim().parse::<$kind>().map_err(|_| Why::from("web-form-wrong-any"))?;
            visitor.$visit(number)
        })+
    };
}

impl<'de> de::Deserializer<'de> for Field {
    type Error = Why;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Why> {
        visitor.visit_string(self.once()?)
    }

    parsed! {
        deserialize_i64 visit_i64 i64,
        deserialize_i32 visit_i32 i32,
        deserialize_u64 visit_u64 u64,
        deserialize_u32 visit_u32 u32,
        deserialize_u16 visit_u16 u16,
        deserialize_u8 visit_u8 u8,
    }

    /// A box that is there is ticked, whatever its value, unless that says otherwise.
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Why> {
        let value = self.once()?;
        visitor.visit_bool(!matches!(value.as_str(), "" | "0" | "false" | "tidak"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Why> {
        let is_empty = self.values.iter().all(|value| value.trim().is_empty());
        if is_empty && self.values.len() == 1 { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Why> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Why> {
        let value = self.once()?;
        let of: StrDeserializer<'_, Why> = value.as_str().into_deserializer();
        of.deserialize_enum(name, variants, visitor).map_err(|_| "web-form-wrong-any".into())
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Why> {
        visitor.visit_seq(Several { name: self.name, values: self.values.into_iter() })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Why> {
        Err(Why(named("web-form-unknown", &self.name)))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u128 f32 f64 char str string bytes byte_buf unit unit_struct tuple tuple_struct map struct identifier
    }
}

struct Several {
    name: String,
    values: std::vec::IntoIter<String>,
}

impl<'de> SeqAccess<'de> for Several {
    type Error = Why;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Why> {
        let Some(value) = self.values.next() else { return Ok(None) };
        seed.deserialize(Field { name: self.name.clone(), values: vec![value] }).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Claim {
        name: String,
        months: u32,
        note: Option<String>,
        #[serde(default)]
        agrees: bool,
        #[serde(default)]
        pages: Vec<u32>,
    }

    fn of(body: &str) -> Result<Claim, (String, Option<String>)> {
        let read = split(body.as_bytes()).and_then(read::<Claim>);
        read.map_err(|why| {
            let field = why.0.args().iter().find(|(name, _)| name == "field").map(|(_, arg)| arg.render(words::Lang::Id));
            (why.0.key().to_owned(), field)
        })
    }

    fn refused(key: &str, field: &str) -> Result<Claim, (String, Option<String>)> {
        Err((key.into(), Some(field.into())))
    }

    #[test]
    fn a_form_is_read_field_by_field() {
        let whole = of("tanda=x&name=Desa+Melati&months=12&note=&agrees=on&pages=3&pages=4");
        assert_eq!(whole, Ok(Claim { name: "Desa Melati".into(), months: 12, note: None, agrees: true, pages: vec![3, 4] }));
        let least = of("name=&months=0");
        assert_eq!(least, Ok(Claim { name: String::new(), months: 0, note: None, agrees: false, pages: vec![] }));
    }

    #[test]
    fn what_does_not_belong_in_a_form_is_refused_by_its_name() {
        assert_eq!(of("name=x"), refused("web-form-missing", "months"));
        assert_eq!(of("name=x&months=1&peran=centre"), refused("web-form-unknown", "peran"));
        assert_eq!(of("name=x&months=1&months=2"), refused("web-form-twice", "months"));
        assert_eq!(of("name=x&months=dua"), refused("web-form-wrong", "months"));
        assert_eq!(of("name=x&months=-1"), refused("web-form-wrong", "months"));
        assert_eq!(of("name=x%00&months=1"), refused("web-form-wrong", "name"));
        assert_eq!(of(&format!("name={}&months=1", "x".repeat(FIELD_MAX + 1))), refused("web-form-long", "name"));
        assert!(of(&format!("name={}&months=1", "x".repeat(FIELD_MAX))).is_ok(), "on the line");
        let many = format!("name=x&months=1{}", "&pages=1".repeat(FIELDS_MAX - 1));
        assert_eq!(of(&many).map_err(|(key, _)| key), Err("web-form-many".to_owned()));
    }
}
