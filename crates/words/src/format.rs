//! Numbers and dates as people write them: `1.234,5` and `17 November 2020` in Indonesian, `1,234.5` and `17 November 2020`
//! in English.

use jiff::civil::Date;

use crate::Lang;

const MONTHS_ID: [&str; 12] =
    ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// A plain decimal text with the language's separators; anything else (a fraction) comes back as it is.
///
/// ```
/// use words::{number, Lang};
/// assert_eq!(number("-1234567.50", Lang::Id), "-1.234.567,50");
/// assert_eq!(number("-1234567.50", Lang::En), "-1,234,567.50");
/// assert_eq!(number("235/3", Lang::Id), "235/3");
/// ```
pub fn number(text: &str, lang: Lang) -> String {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || !whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit()) {
        return text.to_owned();
    }
    let (thousands, decimal) = match lang {
        Lang::Id => ('.', ','),
        Lang::En => (',', '.'),
    };
    let mut shown = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            shown.push(thousands);
        }
        shown.push(digit);
    }
    if !fraction.is_empty() {
        shown.push(decimal);
        shown.push_str(fraction);
    }
    shown
}

/// The size of a file as people read it where they keep their files: a kB has 1,024 bytes and a MB 1,024 kB, as most computers show it and as
/// the limits of a rulebook count (`max_mib`), so that a file and its limit stand in one measure.
///
/// ```
/// use words::{size, Lang};
/// assert_eq!(size(900, Lang::Id), "900 B");
/// assert_eq!(size(348_160, Lang::Id), "340 kB");
/// assert_eq!(size(1_572_864, Lang::Id), "1,5 MB");
/// assert_eq!(size(26_214_400, Lang::En), "25 MB");
/// ```
pub fn size(bytes: u64, lang: Lang) -> String {
    const KB: u64 = 1024;
    const MB: u64 = 1024 * KB;
    match bytes {
        0..KB => format!("{bytes} B"),
        KB..MB => format!("{} kB", number(&(bytes / KB).to_string(), lang)),
        _ => {
            let tenths = bytes.saturating_mul(10) / MB;
            let exact = format!("{}.{}", tenths / 10, tenths % 10);
            format!("{} MB", number(exact.trim_end_matches(".0"), lang))
        }
    }
}

/// A day: `17 November 2020`.
///
/// ```
/// use words::{date, Lang};
/// assert_eq!(date(jiff::civil::date(2024, 5, 2), Lang::Id), "2 Mei 2024");
/// assert_eq!(date(jiff::civil::date(2024, 5, 2), Lang::En), "2 May 2024");
/// ```
pub fn date(day: Date, lang: Lang) -> String {
    format!("{} {}", day.day(), month(day, lang))
}

/// The month of a day: `Februari 2021`.
pub fn month(day: Date, lang: Lang) -> String {
    let names = match lang {
        Lang::Id => MONTHS_ID,
        Lang::En => MONTHS_EN,
    };
    format!("{} {}", names[usize::from(day.month().unsigned_abs()) - 1], day.year())
}

/// A number of days: `1 day`, `30 days`, `30 hari`.
pub fn days(count: u32, lang: Lang) -> String {
    match (lang, count) {
        (Lang::Id, _) => format!("{} hari", number(&count.to_string(), lang)),
        (Lang::En, 1) => "1 day".to_owned(),
        (Lang::En, _) => format!("{} days", number(&count.to_string(), lang)),
    }
}
