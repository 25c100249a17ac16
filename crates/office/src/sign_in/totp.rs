//! The codes of an authenticator on a telephone (RFC 6238: HMAC-SHA-1, half minutes, six digits). One step before and one after the clock's are taken
//! too, and no step twice.

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha1::Sha1;

use crate::sign_in::secret::is_same;

/// A step lasts so many seconds.
const STEP: i64 = 30;
/// So many steps a telephone's clock may be off, either way.
const SKEW: i64 = 1;
/// Who issues the secret, as the telephone shows it.
const ISSUER: &str = "Paritrana";
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The step of an instant.
fn step(at: Timestamp) -> i64 {
    at.as_second().div_euclid(STEP)
}

/// The code of a step (RFC 4226, section 5.3).
fn code(secret: &[u8], step: i64, digits: usize) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("a key of any length will do");
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let from = usize::from(hash[19] & 15);
    let bytes = [hash[from] & 127, hash[from + 1], hash[from + 2], hash[from + 3]];
    let decimal = format!("{:010}", u32::from_be_bytes(bytes));
    decimal[10 - digits..].to_owned()
}

/// The step whose code this is: that of now or of a neighbour, later than the last that was taken.
pub(crate) fn fits(secret: &[u8], typed: &str, now: Timestamp, last: i64) -> Option<i64> {
    let now = step(now);
    (now - SKEW..=now + SKEW).rev().find(|step| is_same(&code(secret, *step, 6), typed)).filter(|step| *step > last)
}

/// Whether something typed is a code of an authenticator at all; spaces do not matter.
pub(crate) fn digits(typed: &str) -> Option<String> {
    let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    (typed.len() == 6 && typed.bytes().all(|byte| byte.is_ascii_digit())).then_some(typed)
}

/// A secret as people type it into a telephone: base 32 without padding (RFC 4648).
pub(crate) fn base32(bytes: &[u8]) -> String {
    let bits = |place: usize| (0..5).fold(0, |value, bit| value * 2 + self::bit(bytes, place * 5 + bit));
    (0..(bytes.len() * 8).div_ceil(5)).map(|place| char::from(LETTERS[bits(place)])).collect()
}

fn bit(bytes: &[u8], place: usize) -> usize {
    bytes.get(place / 8).map_or(0, |byte| usize::from(byte >> (7 - place % 8) & 1))
}

/// The bytes of such a text; none if it is none.
pub(crate) fn from_base32(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut value, mut bits) = (Vec::new(), 0_usize, 0);
    for letter in text.bytes() {
        value = (value << 5 | LETTERS.iter().position(|known| *known == letter)?) & 0xfff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(value >> bits & 255).ok()?);
        }
    }
    Some(bytes)
}

/// The address that a telephone reads off a picture. The id stands in it, never a name.
pub(crate) fn address(person: &str, secret: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let person: String =
        person.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect();
    format!("otpauth://totp/{ISSUER}:{person}?secret={secret}&issuer={ISSUER}&algorithm=SHA1&digits=6&period={STEP}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("it is one")
    }

    #[test]
    fn the_codes_are_those_of_rfc_6238_appendix_b() {
        let vectors = [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ];
        assert_eq!(vectors.map(|(second, _)| code(SECRET, step(at(second)), 8)), vectors.map(|(_, code)| code.to_owned()));
    }

    #[test]
    fn a_code_is_taken_one_step_early_or_late_and_not_two() {
        let code = code(SECRET, 100, 6);
        let taken = |second| fits(SECRET, &code, at(second), 0);
        let found = [98 * 30 + 29, 99 * 30, 100 * 30, 101 * 30 + 29, 102 * 30].map(taken);
        assert_eq!(found, [None, Some(100), Some(100), Some(100), None]);
        assert_eq!(fits(SECRET, "000000", at(3_000), 0), None);
    }

    #[test]
    fn a_step_that_was_taken_and_all_before_it_are_not_taken_again() {
        let (now, code) = (at(3_000), code(SECRET, 100, 6));
        assert_eq!([99, 100, 101].map(|last| fits(SECRET, &code, now, last)), [Some(100), None, None]);
    }

    #[test]
    fn base_32_is_that_of_rfc_4648_and_reads_back() {
        for (bytes, text) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI")]
        {
            assert_eq!((base32(bytes.as_bytes()), from_base32(text)), (text.to_owned(), Some(bytes.as_bytes().to_vec())));
        }
        assert_eq!(from_base32("m1"), None);
    }

    #[test]
    fn only_six_digits_are_a_code() {
        assert_eq!(digits(" 123 456 "), Some("123456".into()));
        assert_eq!(["12345", "1234567", "12345a", "١٢٣٤٥٦"].map(digits), [None, None, None, None]);
    }

    #[test]
    fn the_address_names_the_id_with_nothing_that_breaks_it() {
        let address = address("ani?x é", "MY");
        assert_eq!(
            address,
            "otpauth://totp/Paritrana:ani%3Fx%20%C3%A9?secret=MY&issuer=Paritrana&algorithm=SHA1&digits=6&period=30"
        );
    }
}
