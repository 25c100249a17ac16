//! What one cell can say: a number, yes or no (days and times stand in `day`). Each either is understood or comes back with what to write instead.

use tally::{Exact, RoundMode, Rounding};
use words::Message;

/// Why a cell is not understood, and what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub message: Message,
    pub hint: Option<Message>,
}

impl Fault {
    pub(super) fn of(key: &str, text: &str) -> Fault {
        let shown: String = text.chars().take(60).collect();
        Fault { message: Message::new(key).text("text", shown), hint: None }
    }

    pub(super) fn hint(mut self, hint: Message) -> Fault {
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
        let example = match text.matches(other).count() {
            1 => text.replace(decimal, "").replace(other, &decimal.to_string()),
            _ => text.replace([decimal, other], ""),
        };
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
}
