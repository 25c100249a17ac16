//! What a cell says of a day or a time. `2020-11-17` is understood in every file. In a file with semicolons, as Excel writes it in
//! Indonesia, the day may also stand first: `17/11/2020`. A file with commas may come from anywhere, and `3/4/2020` is March in one
//! country and April in another, so there it is refused.

use jiff::civil::{Date, DateTime, Time};
use words::{Lang, Message};

use super::cell::Fault;

/// A day such as `2020-11-17`, or in a file with semicolons `17/11/2020` or `17-11-2020`.
pub(crate) fn date(text: &str, separator: u8) -> Result<Date, Fault> {
    if let Some(date) = iso(text) {
        return Ok(date);
    }
    let written = Written::of(text);
    let day_first = written.and_then(|written| written.day_first());
    match day_first {
        Some(date) if separator == b';' && written.is_some_and(|written| written.mark != '.') => Ok(date),
        _ if separator == b',' && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(Fault::of("problem-cycle-not-a-date", text).hint(Message::new("problem-cycle-date-shifted-hint")))
        }
        _ => Err(Fault::of("problem-cycle-not-a-date", text).hint(hint(written, separator))),
    }
}

/// A day as documents of programs write it, whatever separates the cells.
pub(crate) fn iso(text: &str) -> Option<Date> {
    let shaped = text.len() == 10 && text.is_ascii() && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    if shaped { text.parse().ok() } else { None }
}

/// A day, or a day and a time such as `2020-12-17 23:59:59`; a day alone means its beginning.
pub(crate) fn moment(text: &str, separator: u8) -> Result<DateTime, Fault> {
    let Some((day, time)) = text.split_once([' ', 'T']) else {
        return Ok(date(text, separator)?.at(0, 0, 0, 0));
    };
    let day = date(day, separator)?;
    let time = if separator == b';' { excel_time(time) } else { clock(time, ':') };
    time.map(|time| day.to_datetime(time))
        .ok_or_else(|| Fault::of("problem-cycle-not-a-time", text).hint(Message::new("problem-cycle-time-hint")))
}

/// `7:30` and `07.30` are how Excel writes a time in Indonesia.
fn excel_time(text: &str) -> Option<Time> {
    let hour = text.find([':', '.'])?;
    let padded = if hour == 1 { format!("0{text}") } else { text.to_owned() };
    clock(&padded, ':').or_else(|| clock(&padded, '.'))
}

/// Hour and minute, perhaps the second, each of two digits.
fn clock(text: &str, mark: char) -> Option<Time> {
    let two_digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    let field = |part: &str| if two_digits(part) { part.parse().ok() } else { None };
    let fields: Option<Vec<i8>> = text.split(mark).map(field).collect();
    match fields?[..] {
        [hour, minute] => Time::new(hour, minute, 0, 0).ok(),
        [hour, minute, second] => Time::new(hour, minute, second, 0).ok(),
        _ => None,
    }
}

/// Three numbers with the same mark between them.
#[derive(Clone, Copy)]
struct Written<'t> {
    parts: [&'t str; 3],
    mark: char,
}

impl<'t> Written<'t> {
    fn of(text: &'t str) -> Option<Written<'t>> {
        let mark = text.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '-' | '.'))?;
        let parts: Vec<&str> = text.split(mark).collect();
        let is_number = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        let parts = <[&str; 3]>::try_from(parts).ok()?;
        parts.iter().all(is_number).then_some(Written { parts, mark })
    }

    fn day_first(self) -> Option<Date> {
        let [day, month, year] = self.parts;
        of(year, month, day)
    }

    fn month_first(self) -> Option<Date> {
        let [month, day, year] = self.parts;
        of(year, month, day)
    }

    /// The first day of the month that a day is too late for, such as 30 February.
    fn first_of_month(self) -> Option<Date> {
        let [one, month, other] = self.parts;
        let (year, day) = if one.len() == 4 { (one, other) } else { (other, one) };
        let day: i8 = day.parse().ok()?;
        of(year, month, "1").filter(|first| day > first.days_in_month() && day <= 31)
    }

    fn year_first(self) -> Option<Date> {
        let [year, month, day] = self.parts;
        of(year, month, day)
    }
}

/// A day whose year has four digits; with two nobody knows the century.
fn of(year: &str, month: &str, day: &str) -> Option<Date> {
    let whole = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
    let date = || Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    if whole { date() } else { None }
}

/// What to write instead.
fn hint(written: Option<Written<'_>>, separator: u8) -> Message {
    let write = |date: Date| Message::new("problem-cycle-write").text("example", date.to_string());
    let day_first = written.and_then(Written::day_first);
    let month_first = written.and_then(Written::month_first);
    if let Some(first) = written.and_then(Written::first_of_month) {
        let (id, en) = (words::month(first, Lang::Id), words::month(first, Lang::En));
        return Message::new("problem-cycle-date-month-hint").local("month", id, en).number("days", first.days_in_month());
    }
    match (day_first, month_first, written.and_then(Written::year_first)) {
        (Some(day), Some(month), _) if day != month && separator != b';' => Message::new("problem-cycle-date-either-hint")
            .text("day-first", day.to_string())
            .text("month-first", month.to_string()),
        (Some(date), _, _) | (_, _, Some(date)) => write(date),
        (None, Some(date), None) if separator == b';' => {
            Message::new("problem-cycle-date-day-first-hint").text("example", date.strftime("%d/%m/%Y").to_string())
        }
        (None, Some(date), None) => write(date),
        (None, None, None) if separator == b';' => Message::new("problem-cycle-date-semicolon-hint"),
        (None, None, None) => Message::new("problem-cycle-date-hint"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, separator: u8) -> Result<String, String> {
        let told = |fault: Fault| fault.hint.map_or(String::new(), |hint| hint.render(Lang::En));
        date(text, separator).map(|date| date.to_string()).map_err(told)
    }

    fn at(text: &str, separator: u8) -> Result<String, String> {
        moment(text, separator).map(|moment| moment.to_string()).map_err(|fault| fault.message.key().to_owned())
    }

    #[test]
    fn the_day_may_stand_first_where_semicolons_separate() {
        for text in ["2020-11-17", "17/11/2020", "17-11-2020"] {
            assert_eq!(read(text, b';'), Ok("2020-11-17".into()));
        }
        assert_eq!(read("3/4/2020", b';'), Ok("2020-04-03".into()));
        assert_eq!(read("29/2/2020", b';'), Ok("2020-02-29".into()));
        assert_eq!(read("11/17/2020", b';'), Err("The day stands before the month: 17/11/2020".into()));
        assert_eq!(read("17.11.2020", b';'), Err("Write 2020-11-17.".into()));
        assert_eq!(read("2020/11/17", b';'), Err("Write 2020-11-17.".into()));
    }

    #[test]
    fn a_day_that_its_month_does_not_have_is_answered_with_the_days_of_the_month() {
        assert_eq!(read("29/02/2021", b';'), Err("February 2021 has 28 days.".into()));
        assert_eq!(read("2026-02-30", b','), Err("February 2026 has 28 days.".into()));
        assert_eq!(read("2024-02-30", b';'), Err("February 2024 has 29 days.".into()));
        assert_eq!(read("2026-04-31", b','), Err("April 2026 has 30 days.".into()));
        assert_eq!(read("2026-04-32", b','), Err("Write year-month-day, such as 2020-11-17.".into()));
    }

    #[test]
    fn digits_alone_in_the_place_of_a_day_come_from_a_decimal_comma() {
        let hint = "A number before it may have a decimal comma, which parts it in two: write 80.5, not 80,5.";
        assert_eq!(read("5", b','), Err(hint.into()));
        assert_eq!(read("5", b';'), Err("Write day/month/year, such as 17/11/2020, or 2020-11-17.".into()));
    }

    #[test]
    fn a_year_of_two_digits_and_mixed_marks_are_refused() {
        for text in ["17/11/20", "17/11-2020", "/11/2020", "17/11/2020/1", "17/+1/2020", "17 November 2020"] {
            assert_eq!(read(text, b';'), Err("Write day/month/year, such as 17/11/2020, or 2020-11-17.".into()), "{text}");
            assert_eq!(read(text, b','), Err("Write year-month-day, such as 2020-11-17.".into()), "{text}");
        }
    }

    #[test]
    fn where_commas_separate_only_the_year_may_stand_first() {
        assert_eq!(read("2020-11-17", b','), Ok("2020-11-17".into()));
        assert_eq!(read("17/11/2020", b','), Err("Write 2020-11-17.".into()));
        assert_eq!(read("11/17/2020", b','), Err("Write 2020-11-17.".into()));
        assert_eq!(read("4/4/2020", b','), Err("Write 2020-04-04.".into()));
        let either = "This may be 2020-04-03 or 2020-03-04. Write the one that is meant.";
        assert_eq!(read("3/4/2020", b','), Err(either.into()));
    }

    #[test]
    fn a_time_follows_the_day() {
        for text in ["2020-11-17 07:30", "17/11/2020 07:30", "17/11/2020 7:30", "17-11-2020 7.30", "17/11/2020 07.30.00"] {
            assert_eq!(at(text, b';'), Ok("2020-11-17T07:30:00".into()));
        }
        assert_eq!(at("2020-12-17 23:59:59", b','), Ok("2020-12-17T23:59:59".into()));
        assert_eq!(at("17/11/2020", b';'), Ok("2020-11-17T00:00:00".into()));
        for (text, separator) in [("2020-11-17 7:30", b','), ("2020-11-17 07.30", b','), ("17/11/2020 24:00", b';')] {
            assert_eq!(at(text, separator), Err("problem-cycle-not-a-time".into()), "{text}");
        }
        for text in ["17/11/2020 7", "17/11/2020 7:30 PM", "17/11/2020 7:5", "17/11/2020 07:30.00", "17/11/2020 "] {
            assert_eq!(at(text, b';'), Err("problem-cycle-not-a-time".into()), "{text}");
        }
        assert_eq!(at("17/11/2020 07:30", b','), Err("problem-cycle-not-a-date".into()));
    }
}
