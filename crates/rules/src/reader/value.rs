//! Single values: texts, ids, exact numbers, counters, days, months, words, formulas.

use std::ops::Range;

use jiff::civil::Date;
use tally::Exact;
use toml::de::{DeInteger, DeValue};
use words::Message;

use crate::format::Kind;
use crate::problem::complaint;

/// The most characters of a number. No rule needs more, and longer ones slow every count.
const DIGITS_MAX: usize = 40;
/// The greatest counter.
pub(crate) const COUNT_MAX: u32 = 1_000_000;
/// The most characters of an id.
const ID_MAX: usize = 80;

/// What is wrong with a plain value that should be of this kind.
pub(super) fn check(value: &DeValue<'_>, kind: &Kind, key: &str) -> Result<(), Message> {
    match kind {
        Kind::Text | Kind::Name | Kind::Formula | Kind::Ref(_) | Kind::Node => {
            not_empty(text(value).ok_or_else(|| wrong_type(key, kind))?, key)
        }
        Kind::Id => id(text(value).ok_or_else(|| wrong_type(key, kind))?),
        Kind::Word(words) => {
            let given = text(value).ok_or_else(|| wrong_type(key, kind))?;
            words.contains(&given).then_some(()).ok_or_else(|| unknown_word(key, given))
        }
        Kind::WordOrTable(shape) => {
            let given = text(value).ok_or_else(|| wrong_type(key, kind))?;
            let mut cases = shape.tag.iter().flat_map(|tag| tag.cases);
            // A case with keys of its own cannot be said in one word.
            let known = cases.any(|(word, keys)| *word == given && keys.is_empty());
            known.then_some(()).ok_or_else(|| unknown_word(key, given))
        }
        Kind::Number => number(value).map(drop).ok_or_else(|| number_problem(value, key)),
        Kind::Count(least) => count(value, *least, key).map(drop),
        Kind::Flag => value.as_bool().map(drop).ok_or_else(|| wrong_type(key, kind)),
        Kind::Yes => match value.as_bool() {
            Some(true) => Ok(()),
            _ => Err(complaint("only-true").text("key", key)),
        },
        Kind::Date => date(value).map(drop).ok_or_else(|| wrong_type(key, kind)),
        Kind::Month => month(value).map(drop).ok_or_else(|| wrong_type(key, kind)),
        Kind::List(_) | Kind::Map(_) | Kind::Table(_) => Err(wrong_type(key, kind)),
    }
}

fn wrong_type(key: &str, kind: &Kind) -> Message {
    let wanted = match kind {
        Kind::Name => "name",
        Kind::Flag => "flag",
        Kind::Date => "date",
        Kind::Month => "month",
        Kind::Number => "number",
        Kind::Count(_) => "count",
        Kind::List(Kind::Table(_)) => "tables",
        Kind::List(_) => "list",
        Kind::Map(_) | Kind::Table(_) | Kind::WordOrTable(_) => "table",
        _ => "text",
    };
    let wanted = Message::new(format!("rules-type-{wanted}")).text("key", key);
    complaint("wrong-type").text("key", key).message("wanted", wanted)
}

fn unknown_word(key: &str, word: &str) -> Message {
    complaint("unknown-word").text("key", key).text("word", word)
}

pub(super) fn not_empty(text: &str, key: &str) -> Result<(), Message> {
    if text.trim().is_empty() { Err(complaint("empty-text").text("key", key)) } else { Ok(()) }
}

pub(super) fn id(id: &str) -> Result<(), Message> {
    if is_id(id) { Ok(()) } else { Err(complaint("bad-id").text("id", id)) }
}

pub(crate) fn is_id(id: &str) -> bool {
    let letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.');
    id.bytes().all(letter) && id.starts_with(|first: char| first.is_ascii_lowercase()) && id.len() <= ID_MAX
}

/// Whether a claim of that name would be the program's own.
pub(crate) fn is_reserved(claim: &str) -> bool {
    ["history.", "carried."].iter().any(|start| claim.starts_with(start))
}

pub(super) fn text<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    value.as_str()
}

/// The exact number that was written: `12`, `12.5` or `"2/3"`. Floats are taken digit by digit from the file.
pub(super) fn number(value: &DeValue<'_>) -> Option<Exact> {
    let written = match value {
        DeValue::Integer(whole) if whole.radix() == 10 => whole.as_str(),
        DeValue::Float(decimal) => decimal.as_str(),
        DeValue::String(written) => written.as_ref(),
        _ => return None,
    };
    let digits = written.strip_prefix('+').unwrap_or(written);
    if digits.len() > DIGITS_MAX { None } else { digits.parse().ok() }
}

fn number_problem(value: &DeValue<'_>, key: &str) -> Message {
    let written = match value {
        DeValue::Integer(whole) => whole.to_string(),
        DeValue::Float(decimal) => decimal.to_string(),
        DeValue::String(written) => written.to_string(),
        _ => return wrong_type(key, &Kind::Number),
    };
    let shown: String = written.chars().take(DIGITS_MAX).collect();
    let problem = if written.len() > DIGITS_MAX { "number-long" } else { "bad-number" };
    complaint(problem).text("key", key).text("number", shown).number("limit", DIGITS_MAX)
}

/// A counter between `least` and the greatest.
fn count(value: &DeValue<'_>, least: u32, key: &str) -> Result<u32, Message> {
    let DeValue::Integer(whole) = value else {
        return Err(wrong_type(key, &Kind::Count(0)));
    };
    let range = || {
        let problem = complaint("count-range").text("key", key);
        problem.number("least", least).number("most", COUNT_MAX)
    };
    whole_number(whole).filter(|count| *count >= least).ok_or_else(range)
}

/// A counter, if it is one.
pub(super) fn whole_number(whole: &DeInteger<'_>) -> Option<u32> {
    let digits = whole.as_str().strip_prefix('+').unwrap_or(whole.as_str());
    let count = u32::from_str_radix(digits, whole.radix()).ok()?;
    (count <= COUNT_MAX).then_some(count)
}

/// A day without a time.
pub(super) fn date(value: &DeValue<'_>) -> Option<Date> {
    let DeValue::Datetime(moment) = value else {
        return None;
    };
    let day = moment.date.filter(|_| moment.time.is_none() && moment.offset.is_none())?;
    let (year, month) = (i16::try_from(day.year).ok()?, i8::try_from(day.month).ok()?);
    Date::new(year, month, i8::try_from(day.day).ok()?).ok()
}

/// The first day of a month such as `"2021-02"`.
pub(super) fn month(value: &DeValue<'_>) -> Option<Date> {
    let (year, month) = text(value)?.split_once('-')?;
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

/// The place of a byte range inside a text value, where the text stands in the file as it is; otherwise the whole value.
pub(crate) fn formula_span(file: &str, value: Range<usize>, inner: Range<usize>) -> Range<usize> {
    let Some(raw) = file.get(value.clone()) else {
        return value;
    };
    let plain =
        raw.len() >= 2 && !raw.starts_with("\"\"\"") && !raw.starts_with("'''") && (raw.starts_with('\'') || !raw.contains('\\'));
    let (start, end) = (value.start + 1 + inner.start, value.start + 1 + inner.end);
    if plain && end < value.end { start..end.max(start) } else { value }
}
