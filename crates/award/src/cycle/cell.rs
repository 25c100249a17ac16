//! What one cell can say: a number, a day, a time, yes or no. Each either is understood or comes back with what to write instead.

use jiff::civil::{Date, DateTime};
use tally::{Exact, RoundMode, Rounding};
use words::Message;

/// Why a cell is not understood, and what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub message: Message,
    pub hint: Option<Message>,
}

impl Fault {
    fn of(key: &str, text: &str) -> Fault {
        let shown: String = text.chars().take(60).collect();
        Fault { message: Message::new(key).text("text", shown), hint: None }
    }

    fn hint(mut self, hint: Message) -> Fault {
        self.hint = Some(hint);
        self
    }
}

/// Whether a spreadsheet would run this cell.
pub(crate) fn is_formula(text: &str) -> bool {
    let mut letters = text.chars();
    let begins = matches!(letters.next(), Some('=' | '+' | '-' | '@'));
    begins
        && !(letters.as_str().starts_with(|c: char| c.is_ascii_digit())
            && letters.all(|c| c.is_ascii_digit() || ".,/".contains(c)))
}

/// A number: decimal comma in a file with semicolons, decimal point in one with commas; with `places` 0 also thousands
/// separators. More decimals than `places` are refused.
pub(crate) fn number(text: &str, separator: u8, places: Option<u32>) -> Result<Exact, Fault> {
    let (decimal, other) = if separator == b';' { (',', '.') } else { ('.', ',') };
    let plain = if places == Some(0) { without_thousands(text) } else { None };
    let grouped = plain.is_some();
    let canonical = plain.unwrap_or_else(|| text.replace(decimal, "."));
    let has_other = text.contains(other) && canonical.contains(other);
    if (has_other || text.matches(decimal).count() > 1) && canonical.parse::<Exact>().is_err()
        || (other == '.' && text.contains('.') && !grouped)
    {
        let key = if separator == b';' { "problem-cycle-decimal-comma-hint" } else { "problem-cycle-decimal-point-hint" };
        let example = text.replace(other, &decimal.to_string());
        return Err(Fault::of("problem-cycle-not-a-number", text).hint(Message::new(key).text("example", example)));
    }
    let value: Exact = canonical.parse().map_err(|_| Fault::of("problem-cycle-not-a-number", text))?;
    match places {
        Some(places) if value.round(Rounding { places: places.min(9), mode: RoundMode::Down }) != value => {
            Err(too_fine(text, places))
        }
        _ => Ok(value),
    }
}

fn too_fine(text: &str, places: u32) -> Fault {
    let key = if places == 0 { "problem-cycle-not-whole" } else { "problem-cycle-too-many-decimals" };
    let mut fault = Fault::of(key, text);
    fault.message = fault.message.number("places", places);
    fault
}

/// `1.234.567` and `1,234,567` as whole numbers; none if the text is not grouped in threes by one kind of separator.
fn without_thousands(text: &str) -> Option<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let separator = digits.chars().find(|c| matches!(c, '.' | ','))?;
    let groups: Vec<&str> = digits.split(separator).collect();
    let first = groups[0].len();
    let grouped = (1..=3).contains(&first) && groups[1..].iter().all(|group| group.len() == 3);
    let digits_only = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    (grouped && digits_only).then(|| format!("{sign}{}", groups.concat()))
}

/// A day such as `2020-11-17`.
pub(crate) fn date(text: &str) -> Result<Date, Fault> {
    let shaped = text.len() == 10 && text.is_ascii() && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    if shaped && let Ok(date) = text.parse() {
        return Ok(date);
    }
    let fault = Fault::of("problem-cycle-not-a-date", text);
    Err(match turned_around(text) {
        Some(date) => fault.hint(Message::new("problem-cycle-write").text("example", date.to_string())),
        None => fault.hint(Message::new("problem-cycle-date-hint")),
    })
}

/// `17/11/2020` as Indonesians write it.
fn turned_around(text: &str) -> Option<Date> {
    let parts: Vec<i16> = text.split(['/', '-', '.']).map(str::parse).collect::<Result<_, _>>().ok()?;
    match parts[..] {
        [day, month, year] if year > 1000 => Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok(),
        [year, month, day] if year > 1000 => Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok(),
        _ => None,
    }
}

/// A day, or a day and a time such as `2020-12-17 23:59:59`; a day alone means its beginning.
pub(crate) fn moment(text: &str) -> Result<DateTime, Fault> {
    let Some((day, time)) = text.split_once([' ', 'T']) else {
        return Ok(date(text)?.at(0, 0, 0, 0));
    };
    let day = date(day)?;
    let fields: Option<Vec<i8>> = time.split(':').map(|part| if part.len() == 2 { part.parse().ok() } else { None }).collect();
    let time = match fields.as_deref() {
        Some([hour, minute]) => jiff::civil::Time::new(*hour, *minute, 0, 0).ok(),
        Some([hour, minute, second]) => jiff::civil::Time::new(*hour, *minute, *second, 0).ok(),
        _ => None,
    };
    time.map(|time| day.to_datetime(time))
        .ok_or_else(|| Fault::of("problem-cycle-not-a-time", text).hint(Message::new("problem-cycle-time-hint")))
}

/// Yes or no, in either language.
pub(crate) fn yes(text: &str) -> Result<bool, Fault> {
    match text.to_lowercase().as_str() {
        "yes" | "ya" | "y" | "true" | "1" => Ok(true),
        "no" | "tidak" | "n" | "false" | "0" => Ok(false),
        _ => Err(Fault::of("problem-cycle-not-yes-no", text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, separator: u8, places: Option<u32>) -> Result<String, String> {
        number(text, separator, places).map(|value| value.to_string()).map_err(|fault| fault.message.key().to_owned())
    }

    #[test]
    fn a_semicolon_means_decimal_comma_and_a_comma_decimal_point() {
        assert_eq!(read("78,5", b';', None), Ok("78.5".into()));
        assert_eq!(read("78.5", b',', None), Ok("78.5".into()));
        assert_eq!(read("78.5", b';', None), Err("problem-cycle-not-a-number".into()));
        assert_eq!(read("78,5", b',', None), Err("problem-cycle-not-a-number".into()));
        assert_eq!(read("2/3", b',', None), Ok("2/3".into()));
    }

    #[test]
    fn thousands_are_grouped_only_in_whole_number_columns() {
        for text in ["1.234.567", "1,234,567", "1234567"] {
            assert_eq!(read(text, b';', Some(0)), Ok("1234567".into()));
            assert_eq!(read(text, b',', Some(0)), Ok("1234567".into()));
        }
        assert_eq!(read("1.234.567", b';', Some(2)), Err("problem-cycle-not-a-number".into()));
        assert_eq!(read("5.00", b';', Some(0)), Err("problem-cycle-not-a-number".into()));
        assert_eq!(read("12,5", b';', Some(0)), Err("problem-cycle-not-whole".into()));
        assert_eq!(read("1.25", b',', Some(1)), Err("problem-cycle-too-many-decimals".into()));
    }

    #[test]
    fn a_cell_that_a_spreadsheet_would_run_is_known_from_a_negative_number() {
        assert!(is_formula("=1+1") && is_formula("-cmd") && is_formula("@sum") && is_formula("-1+1"));
        assert!(!is_formula("-1,5") && !is_formula("badung") && !is_formula("+62"));
    }

    #[test]
    fn a_day_written_the_other_way_round_is_refused_with_the_right_way() {
        assert_eq!(date("2020-11-17"), Ok(jiff::civil::date(2020, 11, 17)));
        let hint = date("17/11/2020").map_err(|fault| fault.hint.map(|hint| hint.render(words::Lang::En)));
        assert!(matches!(hint, Err(Some(text)) if text.contains("2020-11-17")));
        assert_eq!(moment("2020-12-17 23:59").map(|time| time.to_string()), Ok("2020-12-17T23:59:00".into()));
        assert!(moment("2020-12-17 25:00").is_err());
    }
}
