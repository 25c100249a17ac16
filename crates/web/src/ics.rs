//! Days for calendar programs: iCalendar (RFC 5545), as little of it as whole days need.

use std::fmt::Write;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The longest line in bytes before it must be folded (RFC 5545, 3.1).
const LINE_MAX: usize = 75;

/// An event of whole days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    /// The same for the same event whenever the file is read again.
    pub(crate) uid: String,
    pub(crate) from: Date,
    /// The last day.
    pub(crate) to: Date,
    pub(crate) summary: String,
    /// Empty if there is none.
    pub(crate) place: String,
}

/// The file.
pub(crate) fn calendar<'e>(name: &str, now: Timestamp, events: impl IntoIterator<Item = &'e Event>) -> String {
    let mut text = String::new();
    let made = now.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string();
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Paritrana//ID", "CALSCALE:GREGORIAN"] {
        put(&mut text, line);
    }
    put(&mut text, &format!("X-WR-CALNAME:{}", escaped(name)));
    for event in events {
        put(&mut text, "BEGIN:VEVENT");
        put(&mut text, &format!("UID:{}", escaped(&event.uid)));
        put(&mut text, &format!("DTSTAMP:{made}"));
        put(&mut text, &format!("DTSTART;VALUE=DATE:{}", day(event.from)));
        // The end is the first day that is no longer part of it (RFC 5545, 3.6.1).
        put(&mut text, &format!("DTEND;VALUE=DATE:{}", day(event.to.tomorrow().unwrap_or(event.to))));
        put(&mut text, &format!("SUMMARY:{}", escaped(&event.summary)));
        if !event.place.is_empty() {
            put(&mut text, &format!("LOCATION:{}", escaped(&event.place)));
        }
        put(&mut text, "END:VEVENT");
    }
    put(&mut text, "END:VCALENDAR");
    text
}

fn day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A text as a value (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                safe.push('\\');
                safe.push(letter);
            }
            '\n' => safe.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => safe.push(letter),
        }
    }
    safe
}

/// A line, folded where it is too long; never within a letter.
fn put(text: &mut String, line: &str) {
    let mut width = 0;
    for letter in line.chars() {
        if width + letter.len_utf8() > LINE_MAX {
            text.push_str("\r\n ");
            width = 1;
        }
        width += letter.len_utf8();
        let _ = write!(text, "{letter}");
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_ends_before_the_next_one_and_signs_are_escaped() {
        let day = date(2026, 12, 31);
        let event = Event { uid: "a@b".into(), from: day, to: day, summary: "Pleno; Bali, \\ 1\n2".into(), place: String::new() };
        let text = calendar("Contoh", Timestamp::UNIX_EPOCH, [&event]);
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Paritrana//ID\r\nCALSCALE:GREGORIAN\r\nX-WR-CALNAME:Contoh\r\n\
            BEGIN:VEVENT\r\nUID:a@b\r\nDTSTAMP:19700101T000000Z\r\nDTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n\
            SUMMARY:Pleno\\; Bali\\, \\\\ 1\\n2\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn no_line_is_longer_than_75_bytes_and_no_letter_is_torn() {
        let mut text = String::new();
        put(&mut text, &"é".repeat(100));
        assert!(text.lines().all(|line| line.len() <= LINE_MAX), "{text}");
        assert_eq!(text.replace("\r\n ", "").trim_end(), "é".repeat(100));
    }
}
