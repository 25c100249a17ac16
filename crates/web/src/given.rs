//! What a visitor typed into a form that is sent by GET: taken as it comes, in any order, missing or twice.

use axum::extract::Query;

/// So many letters of a text are taken; nobody types more into a line.
const LETTERS_MAX: usize = 120;

/// Names and values of an address.
pub(crate) type Given = Query<Vec<(String, String)>>;

/// The first value of a name that is not empty, without spaces around it and not longer than a line.
pub(crate) fn first(given: &Given, name: &str) -> Option<String> {
    let mut own = given.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.trim());
    let value = own.find(|value| !value.is_empty())?;
    Some(value.chars().filter(|letter| !letter.is_control()).take(LETTERS_MAX).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_taken_as_it_comes_and_never_too_long() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let given = Query(vec![pair("q", " "), pair("q", " sapit\u{0} "), pair("q", "two"), pair("x", &"a".repeat(5000))]);
        assert_eq!(first(&given, "q").as_deref(), Some("sapit"));
        assert_eq!(first(&given, "x").map(|long| long.len()), Some(LETTERS_MAX));
        assert_eq!(first(&given, "y"), None);
    }
}
