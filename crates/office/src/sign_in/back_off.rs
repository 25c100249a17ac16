//! Who guesses must wait: from the fifth failure on, twice as long each time, and never longer than a quarter of an hour. It is counted at each account
//! and from each address. Nobody can lock somebody out for good: who is in stays in, and a link lets in whatever was guessed. Letters with links
//! are counted apart, and more generously from an address: a whole office may stand behind one, and asking for a letter guesses nothing.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use journal::Hash;
use store::GuessRow;

/// So many failures cost nothing.
const FREE: i64 = 4;
/// So many letters with links may be asked for from one address in a day before somebody waits.
const LINKS_FREE: i64 = 60;
/// So long one waits after the fifth.
const FIRST: SignedDuration = SignedDuration::from_secs(5);
/// Nobody waits longer.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);
/// What was counted is forgotten after a day without another failure.
pub(crate) const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);

/// How long one waits after so many failures, of which some cost nothing.
fn wait(failures: i64, free: i64) -> SignedDuration {
    if failures <= free {
        return SignedDuration::ZERO;
    }
    // Long before this the longest is reached.
    let doubled = (failures - free - 1).min(10);
    (FIRST * (1_i32 << doubled)).min(LONGEST)
}

/// Until when the next guess must wait; none if it need not.
pub(crate) fn waits_until<'c>(counted: impl IntoIterator<Item = (At<'c>, &'c GuessRow)>, now: Timestamp) -> Option<Timestamp> {
    let until = |(at, row): (At<'_>, &GuessRow)| Some(row.last_at.parse::<Timestamp>().ok()? + wait(row.failures, at.free()));
    // A clock that went wrong may have written a time to come.
    counted.into_iter().filter_map(until).filter(|until| *until > now && *until <= now + LONGEST).max()
}

/// At what it is counted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum At<'a> {
    /// Passwords for what was typed as the account.
    Account(&'a str),
    /// Codes of a person's authenticator.
    Code(&'a str),
    /// Passwords and recovery codes within one sign-in.
    SignIn(&'a str),
    /// Links to what was typed as the account.
    LinkTo(&'a str),
    /// Passwords and codes that come from an address.
    From(&'a str),
    /// Letters with links that are asked for from an address.
    LinksFrom(&'a str),
}

impl At<'_> {
    /// What it is counted by: no name, no address and nothing that was typed.
    pub(crate) fn key(self) -> String {
        let (kind, text) = match self {
            At::Account(text) => ("account", text.trim().to_lowercase()),
            At::Code(text) => ("code", text.to_owned()),
            At::SignIn(text) => ("sign-in", text.to_owned()),
            At::LinkTo(text) => ("link", text.trim().to_lowercase()),
            At::From(text) => ("from", network(text)),
            At::LinksFrom(text) => ("links-from", network(text)),
        };
        Hash::of(&[b"guess ", kind.as_bytes(), b" ", text.as_bytes()]).to_string()
    }

    /// So many cost nothing.
    fn free(self) -> i64 {
        match self {
            At::LinksFrom(_) => LINKS_FREE,
            _ => FREE,
        }
    }
}

/// Whose address it is: of IPv6, the network of 64 bits that one house has.
fn network(address: &str) -> String {
    match address.trim().parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}/64")
        }
        Ok(address) => address.to_string(),
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(failures: i64, last_at: &str) -> GuessRow {
        GuessRow { whom: "ani".into(), failures, last_at: last_at.into() }
    }

    #[test]
    fn the_fifth_failure_costs_five_seconds_and_each_more_twice_as_much_up_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = (0..=14).map(|failures| wait(failures, FREE).as_secs()).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
        let wait = |failures| wait(failures, FREE);
        assert_eq!([wait(i64::MAX), wait(-1), wait(i64::MIN)], [LONGEST, SignedDuration::ZERO, SignedDuration::ZERO]);
    }

    #[test]
    fn an_office_behind_one_address_may_ask_for_sixty_letters_a_day_and_guess_no_more_than_anybody() {
        let now: Timestamp = "2026-01-01T00:00:01Z".parse().expect("it is one");
        let at = |failures| row(failures, "2026-01-01T00:00:00Z");
        let waits = |of: At<'_>, failures| waits_until([(of, &at(failures))], now).is_some();
        let links = At::LinksFrom("192.0.2.7");
        assert_eq!([waits(links, 59), waits(links, 60), waits(links, 61)], [false, false, true]);
        let guesses = At::From("192.0.2.7");
        assert_eq!([waits(guesses, 4), waits(guesses, 5)], [false, true]);
        assert_ne!(links.key(), guesses.key());
    }

    #[test]
    fn the_longest_of_several_waits_counts_and_ends_on_its_second() {
        let now: Timestamp = "2026-01-01T00:00:05Z".parse().expect("it is one");
        let (own, from) = (At::Account("ani"), At::From("192.0.2.7"));
        let account = row(5, "2026-01-01T00:00:00.000001Z");
        assert_eq!(waits_until([(own, &account)], now).map(|until| until.as_microsecond() - now.as_microsecond()), Some(1));
        let (on_the_line, none) = (row(5, "2026-01-01T00:00:00.000000Z"), row(0, ""));
        assert_eq!(waits_until([(own, &on_the_line), (from, &none)], now), None, "on the line");
        let address = row(6, "2026-01-01T00:00:00.000000Z");
        assert_eq!(waits_until([(own, &account), (from, &address)], now), Some(now + SignedDuration::from_secs(5)));
        assert_eq!(
            waits_until([(own, &row(99, "2027-01-01T00:00:00.000000Z"))], now),
            None,
            "a clock that was a year ahead locks nobody out"
        );
    }

    #[test]
    fn one_house_is_counted_as_one_and_an_account_however_it_is_spelt() {
        let from = |address| At::From(address).key();
        assert_eq!(from("2001:db8:1:2::3"), from("2001:db8:1:2:ffff::9"));
        assert_ne!(from("2001:db8:1:2::3"), from("2001:db8:1:3::3"));
        assert_eq!(from("::ffff:192.0.2.7"), from("192.0.2.7"));
        assert_ne!(from("192.0.2.8"), from("192.0.2.7"));
        assert_eq!(At::Account(" Ani@contoh.go.id").key(), At::Account("ani@contoh.go.id").key());
        assert_ne!(At::Account("ani").key(), At::LinkTo("ani").key());
    }
}
