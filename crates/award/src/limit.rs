//! How much a text, a list and a day may hold: one place for what every form, file and interface must keep to.
//!
//! Names are kept as people write them, with apostrophes, commas and any script. Refused is what cannot be a name: nothing, too much, and
//! characters that control a terminal or turn the reading direction around, because they make one name look like another.

use jiff::civil::Date;
use words::Message;

use crate::refusal::Refusal;

/// Longest id, in characters.
pub const ID_CHARS_MAX: usize = 64;
/// Longest name or title, in characters.
pub const NAME_CHARS_MAX: usize = 200;
/// Longest reason or note, in characters.
pub const TEXT_CHARS_MAX: usize = 4_000;
/// Longest address of a page, in characters.
pub const ADDRESS_CHARS_MAX: usize = 2_000;
/// Most things in one list of one act.
pub const LIST_MAX: usize = 1_000;
/// Days that an act may speak of: the republic, and two centuries.
pub const DAYS: [Date; 2] = [Date::constant(1945, 8, 17), Date::constant(2200, 12, 31)];

/// An id: letters `a-z`, `A-Z`, digits, `-`, `_` and `.`.
///
/// # Errors
///
/// A [`Refusal`] that quotes the beginning of the id.
pub fn id(text: &str) -> Result<(), Refusal> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if !text.is_empty() && text.chars().count() <= ID_CHARS_MAX && text.chars().all(fits) {
        return Ok(());
    }
    let message = Message::new("refusal-id-form").text("id", beginning(text));
    Err(Refusal::of(message.number("most", ID_CHARS_MAX)))
}

/// A name or title on one line. `field` is what it is for: `name`, `title`, `place`.
///
/// ```
/// use award::limit::name;
///
/// assert!(name("name", "Kampung Ma'rang, RW 03").is_ok() && name("name", "会社").is_ok());
/// assert_eq!(name("name", "  ").unwrap_err().rule.key(), "refusal-text-empty");
/// assert_eq!(name("name", "Badung\u{202e}").unwrap_err().rule.key(), "refusal-text-control");
/// ```
///
/// # Errors
///
/// A [`Refusal`] that names the field.
pub fn name(field: &str, text: &str) -> Result<(), Refusal> {
    within(field, text, NAME_CHARS_MAX)?;
    printable(field, text, false)
}

/// A reason or note, of one or more lines.
///
/// # Errors
///
/// A [`Refusal`] that names the field.
pub fn text(field: &str, text: &str) -> Result<(), Refusal> {
    within(field, text, TEXT_CHARS_MAX)?;
    printable(field, text, true)
}

/// A name that may be left out.
pub(crate) fn name_opt(field: &str, text: Option<&String>) -> Result<(), Refusal> {
    text.map_or(Ok(()), |text| name(field, text))
}

/// A text that may be left out.
pub(crate) fn text_opt(field: &str, value: Option<&String>) -> Result<(), Refusal> {
    value.map_or(Ok(()), |value| text(field, value))
}

/// The address of a page on the web.
pub(crate) fn address(text: &str) -> Result<(), Refusal> {
    within("address", text, ADDRESS_CHARS_MAX)?;
    let spoken = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = spoken.unwrap_or_default().split(['/', '?', '#']).next().unwrap_or_default();
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"`\\".contains(c));
    if plain && !host.is_empty() && !host.contains('@') {
        return Ok(());
    }
    Err(Refusal::of(Message::new("refusal-address").text("address", beginning(text))))
}

/// A list that is neither empty nor endless.
pub(crate) fn list(field: &str, length: usize) -> Result<(), Refusal> {
    match length {
        0 => Err(about("refusal-text-empty", field)),
        1..=LIST_MAX => Ok(()),
        _ => Err(Refusal::of(label("refusal-list-too-long", field).number("most", LIST_MAX).number("found", length))),
    }
}

/// A day that somebody can mean.
pub(crate) fn day(field: &str, day: Date) -> Result<(), Refusal> {
    if (DAYS[0]..=DAYS[1]).contains(&day) {
        return Ok(());
    }
    Err(Refusal::of(label("refusal-day-absurd", field).date("day", day)))
}

/// Two days of which the second is not before the first.
pub(crate) fn span(field: &str, from: Date, to: Option<Date>) -> Result<(), Refusal> {
    day(field, from)?;
    let Some(to) = to else { return Ok(()) };
    day(field, to)?;
    if from <= to {
        return Ok(());
    }
    Err(Refusal::of(label("refusal-days-reversed", field).date("from", from).date("to", to)))
}

/// A SHA-256 hash as 64 lower-case hexadecimal digits.
pub(crate) fn hash(text: &str) -> Result<(), Refusal> {
    if is_hash(text) {
        return Ok(());
    }
    Err(Refusal::of(Message::new("refusal-hash").text("hash", beginning(text))))
}

pub(crate) fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// A hash as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Enough of a text to know it again, without what cannot be shown.
pub(crate) fn beginning(text: &str) -> String {
    text.chars().filter(|c| is_printable(*c)).take(60).collect()
}

fn within(field: &str, text: &str, most: usize) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(about("refusal-text-empty", field));
    }
    // Bytes first, so that a text of megabytes is not walked through.
    if text.len() > most * 4 || text.chars().count() > most {
        return Err(Refusal::of(label("refusal-text-too-long", field).number("most", most)));
    }
    Ok(())
}

fn printable(field: &str, text: &str, lines: bool) -> Result<(), Refusal> {
    let fits = |c: char| is_printable(c) || (lines && matches!(c, '\n' | '\r' | '\t'));
    if text.chars().all(fits) { Ok(()) } else { Err(about("refusal-text-control", field)) }
}

/// Neither a control character nor one that turns the reading direction around.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn about(key: &str, field: &str) -> Refusal {
    Refusal::of(label(key, field))
}

fn label(key: &str, field: &str) -> Message {
    Message::new(key).message("field", Message::new(format!("field-{field}")))
}
