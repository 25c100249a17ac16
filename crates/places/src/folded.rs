//! How a name is written down for comparing: what people write differently and mean the same becomes the same.
//!
//! Case, accents, apostrophes, hyphens and marks that nobody sees; short forms (`Sei.`, `Tj.`, `Kep.`); Roman numbers; the old spelling
//! (`Djaja`, `Tjilatjap`, `Soerabaja`). The old letter j is today's y, and today's j was dj, so y and j become one letter.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Short forms and what they stand for, as the list itself and letters use them.
const SHORT: &[(&str, &str)] = &[
    ("gn", "gunung"),
    ("gng", "gunung"),
    ("jogja", "yogyakarta"),
    ("jogjakarta", "yogyakarta"),
    ("kep", "kepulauan"),
    ("kp", "kampung"),
    ("lbk", "lubuk"),
    ("mns", "meunasah"),
    ("peg", "pegunungan"),
    ("perk", "perkebunan"),
    ("sei", "sungai"),
    ("sumatra", "sumatera"),
    ("tg", "tanjung"),
    ("tj", "tanjung"),
    ("yogya", "yogyakarta"),
];

/// Longer than any number in the name of a village.
const ROMAN_MAX: u32 = 39;

/// The words of a text as they are compared.
pub(crate) fn words(text: &str) -> Vec<String> {
    plain_words(text).iter().map(|word| folded(word)).collect()
}

/// The words of a text in small letters without accents, otherwise as they were written.
pub(crate) fn plain_words(text: &str) -> Vec<String> {
    // Nearly all names are plain; taking letters apart would be most of the time that reading the list takes.
    if text.is_ascii() { parted(text.chars()) } else { parted(text.nfkd()) }
}

fn parted(letters: impl Iterator<Item = char>) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in letters.filter(|letter| !is_silent(*letter)) {
        let word = words.last_mut().filter(|word| letter.is_alphanumeric() || word.is_empty());
        match word {
            Some(word) if letter.is_alphanumeric() => {
                word.extend(letter.to_lowercase().filter(|letter| letter.is_alphanumeric()))
            }
            Some(_) => {}
            None => words.push(String::new()),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What stands inside a word without parting it: accents, apostrophes, and marks that nobody sees.
fn is_silent(letter: char) -> bool {
    is_combining_mark(letter)
        || matches!(letter, '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{02bc}' | '\u{00ad}' | '\u{feff}')
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
}

/// A plain word as it is compared.
pub(crate) fn folded(word: &str) -> String {
    if let Some(number) = roman(word) {
        return number.to_string();
    }
    let long = SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long);
    respelt(long)
}

/// A word in the spelling since 1972, with j for both y and j.
fn respelt(word: &str) -> String {
    let mut letters = word.chars().peekable();
    let mut respelt = String::with_capacity(word.len());
    while let Some(letter) = letters.next() {
        let new = match (letter, letters.peek()) {
            ('o', Some('e')) => Some('u'),
            ('d', Some('j')) => Some('j'),
            ('t', Some('j')) => Some('c'),
            _ => None,
        };
        if new.is_some() {
            letters.next();
        }
        respelt.push(new.unwrap_or(if letter == 'y' { 'j' } else { letter }));
    }
    respelt
}

/// The number that a word of i, v and x writes in the one right way.
fn roman(word: &str) -> Option<u32> {
    let mut number = 0;
    let mut last = 0;
    for letter in word.bytes().rev() {
        let value = match letter {
            b'i' => 1,
            b'v' => 5,
            b'x' => 10,
            _ => return None,
        };
        number = if value < last { number - value.min(number) } else { number + value };
        last = value;
        if number > ROMAN_MAX {
            return None;
        }
    }
    (number > 0 && written(number) == word).then_some(number)
}

fn written(number: u32) -> String {
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = usize::try_from(number / 10).unwrap_or_default();
    "x".repeat(tens) + ones[usize::try_from(number % 10).unwrap_or_default()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(one: &str, other: &str) {
        assert_eq!(words(one).concat(), words(other).concat(), "{one} / {other}");
    }

    #[test]
    fn what_is_written_differently_and_means_the_same_becomes_the_same() {
        for (one, other) in [
            ("KARANG-ANYAR", "Karanganyar"),
            ("Karanganjar", "karang anyar"),
            ("Soerabaja", "Surabaya"),
            ("Tjilatjap", "Cilacap"),
            ("Djokjakarta", "Jokyakarta"),
            ("Nuapu’u", "nuapu'u"),
            ("Nuapu’u", "nuapuu"),
            ("Bandár", "bandar"),
            ("Sap\u{200f}it", "sapit"),
            ("Pasar IV", "pasar 4"),
            ("Sei. Rungun", "Sungai Rungun"),
            ("Tj. Baru", "Tanjung Baru"),
            ("Sumatra Utara", "Sumatera Utara"),
        ] {
            same(one, other);
        }
    }

    #[test]
    fn a_word_is_a_roman_number_only_when_it_is_rightly_written() {
        let numbers: Vec<_> = ["i", "iv", "viii", "ix", "xiv", "xxxix"].iter().map(|word| roman(word)).collect();
        assert_eq!(numbers, [1, 4, 8, 9, 14, 39].map(Some));
        for word in ["", "iiii", "vv", "iix", "xl", "xxxx", "di", "xixixixixixixixixixix"] {
            assert_eq!(roman(word), None, "{word}");
        }
    }

    #[test]
    fn punctuation_and_pictures_are_no_words() {
        for text in ["", " .,;--/()", "🏆🇮🇩", "\u{200f}\u{202e}", "\u{301}\u{301}"] {
            assert_eq!(words(text), [""; 0], "{text}");
        }
        assert_eq!(words("  2 x 11 Anam-Lingkuang🏆 "), ["2", "10", "11", "anam", "lingkuang"]);
    }
}
