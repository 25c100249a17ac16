//! Delivering what was put into the outbox: letters are written in the transaction of the act that they tell of, and delivered at least once by
//! workers of any number of nodes. A worker takes a letter for a while; if it dies with it, another one takes it after that.

use std::future::Future;
use std::time::Duration;

use award::letter::{Letter, Recipient};
use award::{Grant, State};
use jiff::{SignedDuration, Timestamp};
use store::LetterRow;
use words::Lang;

use crate::account::{Account, Standing};
use crate::error::Result;
use crate::office::Office;

/// So long a worker has a letter for itself.
const TAKEN: SignedDuration = SignedDuration::from_mins(5);
/// So long one delivery may take; a mail server that hangs is given up then, long before the letter is anybody else's.
const DELIVERY: Duration = Duration::from_secs(30);
/// So many letters a worker takes at once: all of them may hang and still be given back in time.
const AT_ONCE: u32 = 8;
/// So often a letter is tried before it is given up; the last try is about a day after the first.
const TRIES_MAX: i64 = 12;

/// A letter as it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Unique, and the same when it is delivered again: a mail server can tell that it is no second letter.
    pub id: String,
    /// The name of whom it goes to.
    pub name: String,
    /// Where it goes; none for somebody without e-mail, to whom the text is given by hand.
    pub email: Option<String>,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// Something that takes letters out: a mail server, a folder.
pub trait Post: Sync {
    /// Takes one letter out.
    ///
    /// # Errors
    ///
    /// Why it could not; then it is tried again later.
    fn deliver(&self, mail: &Mail) -> impl Future<Output = Result<(), String>> + Send;
}

/// A worker that delivers letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// Its name, of which there is one at a time.
    pub name: String,
    /// So long one delivery may take, at most half a minute.
    pub patience: Duration,
}

impl Worker {
    /// A worker with half a minute's patience.
    ///
    /// ```
    /// assert_eq!(office::Worker::new("node-1").patience.as_secs(), 30);
    /// ```
    pub fn new(name: impl Into<String>) -> Worker {
        Worker { name: name.into(), patience: DELIVERY }
    }
}

/// What a worker did in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delivered {
    /// So many letters went out.
    pub sent: u32,
    /// So many failed and are tried again.
    pub failed: u32,
    /// So many are given up, or had nobody to go to.
    pub given_up: u32,
}

/// The letters that some facts give rise to, as the outbox keeps them.
pub(crate) fn letters(_: &State, facts: &[award::Fact]) -> Vec<String> {
    let text = |letter: Letter| serde_json::to_string(&letter).expect("a letter has only texts and numbers");
    facts.iter().flat_map(award::letter::of).map(text).collect()
}

impl Office {
    /// Delivers the letters that are due.
    ///
    /// # Errors
    ///
    /// What the database says; a delivery that fails is no error.
    pub async fn deliver(&self, post: &impl Post, worker: &Worker, now: Timestamp, lang: Lang) -> Result<Delivered> {
        let patience = worker.patience.min(DELIVERY);
        let worker = worker.name.as_str();
        let taken = self.store.take_letters(worker, now, now + TAKEN, AT_ONCE).await?;
        let mut done = Delivered::default();
        if taken.is_empty() {
            return Ok(done);
        }
        let accounts = self.users().await?;
        for row in taken {
            let outcome = match serde_json::from_str::<Letter>(&row.body) {
                Ok(letter) => send(post, patience, &row, &letter, &accounts, lang).await,
                Err(error) => Err(Failed::ForGood(error.to_string())),
            };
            match outcome {
                Ok(()) => {
                    done.sent += u32::from(self.store.end_letter(&row.id, worker, now, "").await?);
                }
                Err(Failed::ForNow(why)) if row.tries + 1 < TRIES_MAX => {
                    done.failed += u32::from(self.store.put_letter_back(&row.id, worker, now + pause(row.tries), &why).await?);
                }
                Err(Failed::ForNow(why) | Failed::ForGood(why)) => {
                    done.given_up += u32::from(self.store.end_letter(&row.id, worker, now, &why).await?);
                }
            }
        }
        Ok(done)
    }
}

/// Why a letter did not go out.
enum Failed {
    /// It may another time.
    ForNow(String),
    /// It never will.
    ForGood(String),
}

async fn send(
    post: &impl Post,
    patience: Duration,
    row: &LetterRow,
    letter: &Letter,
    accounts: &[Account],
    lang: Lang,
) -> Result<(), Failed> {
    let to: Vec<&Account> = accounts.iter().filter(|account| goes_to(&letter.to, account)).collect();
    if to.is_empty() {
        return Err(Failed::ForGood("nobody has the role that it goes to".into()));
    }
    for account in to {
        let mail = Mail {
            id: format!("{}/{}", row.id, account.person),
            name: account.name.clone(),
            email: account.email.clone(),
            subject: letter.subject().render(lang),
            text: letter.message().render(lang),
        };
        match tokio::time::timeout(patience, post.deliver(&mail)).await {
            Ok(Ok(())) => {}
            Ok(Err(why)) => return Err(Failed::ForNow(why)),
            Err(_) => return Err(Failed::ForNow(format!("no answer within {patience:?}"))),
        }
    }
    Ok(())
}

fn goes_to(recipient: &Recipient, account: &Account) -> bool {
    account.standing != Standing::Disabled && account.grants.iter().any(|grant: &Grant| recipient.is(grant))
}

/// How long a letter waits after so many tries: a minute, then twice as long each time.
fn pause(tries: i64) -> SignedDuration {
    SignedDuration::from_mins(1 << tries.clamp(0, 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_try_is_more_than_a_day_after_the_first() {
        let waited: i64 = (0..TRIES_MAX - 1).map(|tries| pause(tries).as_mins()).sum();
        assert_eq!((pause(0).as_mins(), pause(1).as_mins(), waited), (1, 2, 2_047));
    }

    #[test]
    fn all_letters_of_a_worker_may_hang_and_still_be_its_own() {
        assert!(DELIVERY.as_secs() * u64::from(AT_ONCE) < TAKEN.unsigned_abs().as_secs());
    }
}
