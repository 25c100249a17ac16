//! What a text, a list, a name, a number and a day may hold: one place for what every form, file and interface must keep to. Whatever
//! people type ends in the journal for ever, so it is bounded, and holds nothing that a reader cannot see.
//!
//! Names are kept as people write them, with apostrophes, commas and any script. Refused is what cannot be a name: nothing, too much, and
//! characters that control a terminal or turn the reading direction around, because they make one name look like another. Every act is
//! asked once as a whole ([`clean`]), so that no deed can forget a text; what a text is for, its own stage asks.

mod said;

use jiff::civil::Date;
use words::Message;

use crate::id::FileHash;
use crate::refusal::Refusal;
pub(crate) use said::text as said_in;
pub(crate) use said::{clean, told};

/// Longest id, in characters.
pub const ID_CHARS_MAX: usize = 64;
/// Longest number of a paper, in characters: of minutes, a decree, a certificate, an objection.
pub const NUMBER_CHARS_MAX: usize = 80;
/// Longest name or title, in characters.
pub const NAME_CHARS_MAX: usize = 200;
/// Longest reason or note, in characters.
pub const TEXT_CHARS_MAX: usize = 4_000;
/// Longest grounds of an objection and longest answer, in characters.
pub const GROUNDS_CHARS_MAX: usize = 20_000;
/// Longest address of a page, in characters.
pub const ADDRESS_CHARS_MAX: usize = 2_000;
/// Most things in one list of one act.
pub const LIST_MAX: usize = 1_000;
/// Most files that stand as evidence of one act.
pub const EVIDENCE_FILES_MAX: usize = 50;
/// Most changes in one recount set.
pub const CHANGES_MAX: usize = 200;
/// Most minutes of one interview.
pub const SLOT_MINUTES_MAX: u32 = 480;
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

/// The number or id of a paper, on one line.
pub(crate) fn number(field: &str, text: &str) -> Result<(), Refusal> {
    within(field, text, NUMBER_CHARS_MAX)?;
    printable(field, text, false)
}

/// Grounds of an objection or an answer, of one or more lines.
pub(crate) fn grounds(field: &str, text: &str) -> Result<(), Refusal> {
    within(field, text, GROUNDS_CHARS_MAX)?;
    printable(field, text, true)
}

/// Evidence: hashes of files, each once.
pub(crate) fn evidence(files: &[FileHash]) -> Result<(), Refusal> {
    at_most("evidence", files.len(), EVIDENCE_FILES_MAX)?;
    files.iter().try_for_each(|file| hash(file.as_str()))?;
    let twice = files.iter().enumerate().find(|(at, file)| files[..*at].contains(file));
    match twice {
        Some((_, file)) => Err(Refusal::of(Message::new("refusal-evidence-twice").text("file", file.as_str()))),
        None => Ok(()),
    }
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
    if length == 0 { Err(about("refusal-text-empty", field)) } else { at_most(field, length, LIST_MAX) }
}

fn at_most(field: &str, length: usize, most: usize) -> Result<(), Refusal> {
    if length <= most {
        return Ok(());
    }
    Err(Refusal::of(label("refusal-list-too-long", field).number("most", most).number("found", length)))
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

/// Whether two names mean the same person: capitals and spaces do not make another one.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    plain(one) == plain(other)
}

fn within(field: &str, text: &str, most: usize) -> Result<(), Refusal> {
    told(field, text)?;
    long(field, text, most)
}

fn long(field: &str, text: &str, most: usize) -> Result<(), Refusal> {
    // Bytes first, so that a text of megabytes is not walked through.
    if text.len() > most * 4 || text.chars().count() > most {
        return Err(Refusal::of(label("refusal-text-too-long", field).number("most", most)));
    }
    Ok(())
}

/// Lines end in a line feed alone: a carriage return writes over what stands before it.
fn printable(field: &str, text: &str, lines: bool) -> Result<(), Refusal> {
    let fits = |c: char| is_printable(c) || (lines && matches!(c, '\n' | '\t'));
    if text.chars().all(fits) { Ok(()) } else { Err(about("refusal-text-control", field)) }
}

/// Neither a control character nor one that turns the reading direction around, nor one that nobody can see. Joiners and soft hyphens shape
/// what stands beside them, and are none of these.
pub(crate) fn is_printable(c: char) -> bool {
    let turns = matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let unseen = matches!(
        c,
        '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e007f}'
    );
    !c.is_control() && !turns && !unseen
}

fn about(key: &str, field: &str) -> Refusal {
    Refusal::of(label(key, field))
}

/// Fields that forms show under a name of their own; any other is named as interfaces write it.
const FIELDS: [&str; 61] = [
    "acting-because",
    "address",
    "alias",
    "answer",
    "attributes",
    "bodies",
    "candidate",
    "certificate",
    "chair",
    "day",
    "days",
    "decree",
    "differences",
    "dissent",
    "due",
    "evidence",
    "exception",
    "figure",
    "file",
    "findings",
    "grounds",
    "guests",
    "id",
    "juror",
    "jurors",
    "kind",
    "label",
    "letter",
    "marks",
    "medium",
    "minutes",
    "motion",
    "name",
    "note",
    "number",
    "objection",
    "office",
    "order",
    "ordinal",
    "organisation",
    "organiser",
    "organisers",
    "place",
    "post",
    "prize",
    "proposed-by",
    "purpose",
    "question",
    "reason",
    "received-by",
    "region",
    "responsible",
    "role",
    "session",
    "source",
    "term",
    "text",
    "title",
    "version",
    "visitors",
    "what",
];

fn label(key: &str, field: &str) -> Message {
    let name = field.replace('_', "-");
    match FIELDS.binary_search(&name.as_str()) {
        Ok(_) => Message::new(key).message("field", Message::new(format!("field-{name}"))),
        Err(_) => Message::new(key).text("field", field),
    }
}

#[cfg(test)]
mod tests {
    use words::Lang;

    use super::*;

    #[test]
    fn every_field_of_a_form_has_a_name_in_both_languages() {
        for lang in Lang::ALL {
            let named = words::keys(lang).into_iter().filter_map(|(key, _)| key.strip_prefix("field-").map(str::to_owned));
            assert_eq!(named.collect::<Vec<_>>(), FIELDS, "{lang:?}");
        }
    }

    #[test]
    fn two_spellings_of_a_name_are_one() {
        assert!(same_name("Ida  Ayu", " ida ayu") && !same_name("Ida Ayu", "Ida Ayu Made"));
    }
}
