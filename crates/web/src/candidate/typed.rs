//! Numbers as people type them, in the language of the page: `1.234.567,5` in Indonesian, `1,234,567.5` in English.

use tally::Exact;
use words::Lang;

/// Reads a number that somebody typed; none where nothing is typed.
///
/// # Errors
///
/// Anything that could mean two things: nobody guesses whether `1.5` is one and a half or fifteen.
pub(crate) fn number(text: &str, lang: Lang) -> Result<Option<Exact>, ()> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Ok(None);
    }
    let (thousands, decimal) = if lang == Lang::Id { ('.', ',') } else { (',', '.') };
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once(decimal).map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = whole.split(thousands).collect();
    let is_grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups.iter().skip(1).all(|group| group.len() == 3));
    if !is_grouped || !groups.iter().all(|group| is_digits(group)) || fraction.is_some_and(|part| !is_digits(part)) {
        return Err(());
    }
    let plain = format!("{sign}{}{}", groups.concat(), fraction.map(|part| format!(".{part}")).unwrap_or_default());
    plain.parse().map(Some).map_err(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_the_page_writes_it_and_never_guessed() {
        let read = |text, lang| number(text, lang).map(|found| found.map(|exact| exact.to_string()));
        assert_eq!(read("1.234.567,5", Lang::Id), Ok(Some("1234567.5".into())));
        assert_eq!(read("1,234,567.5", Lang::En), Ok(Some("1234567.5".into())));
        assert_eq!(read(" 1234 567 ", Lang::Id), Ok(Some("1234567".into())));
        assert_eq!(read("", Lang::Id), Ok(None));
        for wrong in ["1.5", "12.34.567", "1,5,5", ",5", "5,", "abc", "1e9", "--1", "1.0000", "<script>"] {
            assert_eq!(read(wrong, Lang::Id), Err(()), "{wrong}");
        }
    }
}
