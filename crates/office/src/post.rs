//! Delivering what was put into the outbox: letters are written in the transaction of the act that they tell of, and delivered at least once by
//! workers of any number of nodes. A worker takes a letter for a while; if it dies with it, another one takes it after that.

use std::future::Future;
use std::time::Duration;

use award::letter::{Letter, Recipient};
use award::{Grant, PersonId, State};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use store::LetterRow;
use tokio::time::Instant;
use words::{Lang, Message};

use crate::account::{Account, Standing};
use crate::error::Result;
use crate::office::Office;

/// So long a worker has a letter for itself.
const TAKEN: SignedDuration = SignedDuration::from_mins(5);
/// So long one delivery may take; a mail server that hangs is given up then, long before the letter is anybody else's.
const DELIVERY: Duration = Duration::from_secs(30);
/// So many letters a worker takes at once: all of them may hang and still be given back in time, if each goes to one person.
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
    /// Why it could not, and whether it may another time.
    fn deliver(&self, mail: &Mail) -> impl Future<Output = Result<(), Undelivered>> + Send;
}

/// Why a letter did not go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undelivered {
    /// It may another time: it is tried again.
    ForNow(String),
    /// It never will to this person: it is given up, and whoever else it goes to gets it once.
    ForGood(String),
}

/// A letter as the outbox keeps it once somebody has it and somebody else has not.
#[derive(Serialize, Deserialize)]
struct Kept {
    #[serde(flatten)]
    letter: Letter,
    /// Who has it already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reached: Vec<PersonId>,
}

/// A worker that delivers letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// Its name, of which there is one at a time.
    pub name: String,
    /// So long one delivery may take, at most half a minute.
    pub patience: Duration,
    /// Under which address people reach the pages, such as `https://paritrana.example`: links in letters begin with it.
    pub address: String,
}

impl Worker {
    /// A worker with half a minute's patience.
    ///
    /// ```
    /// assert_eq!(office::Worker::new("node-1").patience.as_secs(), 30);
    /// ```
    pub fn new(name: impl Into<String>) -> Worker {
        Worker { name: name.into(), patience: DELIVERY, address: String::new() }
    }

    /// The same, for pages under this address.
    #[must_use]
    pub fn reached_at(self, address: impl Into<String>) -> Worker {
        Worker { address: address.into().trim_end_matches('/').to_owned(), ..self }
    }
}

/// What a worker did in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delivered {
    /// So many letters went out.
    pub sent: u32,
    /// So many failed and are tried again.
    pub failed: u32,
    /// So many are given up.
    pub given_up: u32,
    /// So many accounts cannot be read, and got nothing.
    pub unread: u32,
}

/// The letters that some facts give rise to, as the outbox keeps them.
pub(crate) fn letters(_: &State, facts: &[award::Fact]) -> Vec<String> {
    facts.iter().flat_map(award::letter::of).map(|letter| text(&letter)).collect()
}

fn text(letter: &impl Serialize) -> String {
    serde_json::to_string(letter).expect("a letter has only texts and numbers")
}

impl Office {
    /// Delivers the letters that are due. A letter to several people is tried for each of them; if one delivery fails, the letter is tried
    /// again later for whoever does not have it. Only a worker that dies in between sends one twice, under the same id.
    ///
    /// # Errors
    ///
    /// What the database says; a delivery that fails is no error.
    pub async fn deliver(&self, post: &impl Post, worker: &Worker, now: Timestamp, lang: Lang) -> Result<Delivered> {
        let patience = worker.patience.min(DELIVERY);
        let (address, worker) = (worker.address.as_str(), worker.name.as_str());
        let lease = Lease { since: Instant::now(), patience };
        let taken = self.store.take_letters(worker, now, now + TAKEN, AT_ONCE).await?;
        let mut done = Delivered::default();
        if taken.is_empty() {
            return Ok(done);
        }
        let (accounts, unread) = self.readable_users().await?;
        done.unread = unread;
        for row in taken {
            // Somebody else may take it soon.
            if !lease.holds() {
                break;
            }
            let begun = Instant::now();
            let outcome = match serde_json::from_str::<Kept>(&row.body) {
                Ok(mut kept) => match self.with_link(kept.letter.clone(), address, now).await? {
                    Ok(letter) => {
                        let before = kept.reached.len();
                        let written = self.written(&row, &letter, lang).await?;
                        let to = Sending { post, lease: &lease, row: &row, to: &letter.to, written: &written, now };
                        let outcome = to.everybody(&accounts, &mut kept.reached).await;
                        if outcome.is_err() && kept.reached.len() > before {
                            self.store.rewrite_letter(&row.id, worker, &text(&kept)).await?;
                        }
                        outcome
                    }
                    Err(why) => Err(Undelivered::ForGood(why.into())),
                },
                Err(error) => Err(Undelivered::ForGood(error.to_string())),
            };
            let ended = match &outcome {
                Ok(()) => "delivered",
                Err(Undelivered::ForNow(_)) => "failed",
                Err(Undelivered::ForGood(_)) => "given_up",
            };
            let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            tracing::info!(target: store::LOG, key = row.id, edition = row.edition, verb = "post", outcome = ended, milliseconds);
            match outcome {
                Ok(()) => {
                    done.sent += u32::from(self.store.end_letter(&row.id, worker, now, "").await?);
                }
                Err(Undelivered::ForNow(why)) if row.tries + 1 < TRIES_MAX => {
                    done.failed += u32::from(self.store.put_letter_back(&row.id, worker, now + pause(row.tries), &why).await?);
                }
                Err(Undelivered::ForNow(why) | Undelivered::ForGood(why)) => {
                    done.given_up += u32::from(self.store.end_letter(&row.id, worker, now, &why).await?);
                }
            }
        }
        Ok(done)
    }
}

/// What a letter says, in one language.
struct Written {
    subject: String,
    text: String,
}

impl Office {
    /// What a letter says, with the names of its edition where it belongs to one.
    async fn written(&self, row: &LetterRow, letter: &Letter, lang: Lang) -> Result<Written> {
        let (subject, text) = if row.edition.is_empty() {
            (letter.subject(), letter.message())
        } else {
            let edition = self.store.edition(&row.edition).await?;
            let state = self.store.shared_state(&edition, letter.parts()).await?;
            (letter.subject_in(&state), letter.message_in(&state))
        };
        Ok(Written { subject: subject.render(lang), text: text.render(lang) })
    }
}

/// A letter that has not gone out, for people: it names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// Its id.
    pub id: String,
    /// The edition that it belongs to.
    pub edition: String,
    /// Its subject line; none if it cannot be read.
    pub subject: Option<Message>,
    /// When it was made, as text in UTC.
    pub made_at: String,
    /// How often it was tried.
    pub tries: i64,
    /// Whether it was given up.
    pub given_up: bool,
    /// Why the last try failed; empty before the first.
    pub why: String,
}

impl Office {
    /// The letters that have not gone out, or only those that were given up; oldest first, at most `limit`.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn unsent(&self, only_given_up: bool, limit: u32) -> Result<Vec<Unsent>> {
        let unsent = |row: store::UnsentLetter| Unsent {
            subject: serde_json::from_str::<Letter>(&row.body).ok().map(|letter| letter.subject()),
            given_up: !row.given_up_at.is_empty(),
            id: row.id,
            edition: row.edition,
            made_at: row.made_at,
            tries: row.tries,
            why: row.why,
        };
        Ok(self.store.unsent_letters(only_given_up, limit).await?.into_iter().map(unsent).collect())
    }
}

/// The time for which letters are a worker's own.
struct Lease {
    since: Instant,
    patience: Duration,
}

impl Lease {
    /// Whether another delivery ends before the letters may be somebody else's.
    fn holds(&self) -> bool {
        ends_in_time(self.since.elapsed(), self.patience)
    }
}

fn ends_in_time(elapsed: Duration, patience: Duration) -> bool {
    elapsed.saturating_add(patience) <= TAKEN.unsigned_abs()
}

/// A letter on its way to everybody whom it concerns.
struct Sending<'s, P> {
    post: &'s P,
    lease: &'s Lease,
    row: &'s LetterRow,
    to: &'s Recipient,
    written: &'s Written,
    now: Timestamp,
}

impl<P: Post> Sending<'_, P> {
    /// Sends it to everybody who does not have it, and writes down who has it then.
    async fn everybody(&self, accounts: &[Account], reached: &mut Vec<PersonId>) -> Result<(), Undelivered> {
        let (mut for_now, mut for_good) = (None, None);
        for account in accounts.iter().filter(|account| goes_to(self.to, account, &self.row.edition, self.now)) {
            if reached.contains(&account.person) {
                continue;
            }
            if !self.lease.holds() {
                return Err(Undelivered::ForNow("there was no time left for everybody".into()));
            }
            match self.one(account).await {
                Ok(()) => reached.push(account.person.clone()),
                Err(Undelivered::ForNow(why)) => for_now = Some(why),
                Err(Undelivered::ForGood(why)) => for_good = Some(why),
            }
        }
        match (for_now, for_good) {
            (Some(why), _) => Err(Undelivered::ForNow(why)),
            (None, Some(why)) => Err(Undelivered::ForGood(why)),
            (None, None) if !reached.is_empty() => Ok(()),
            // Somebody may get the role before the last try.
            (None, None) => Err(Undelivered::ForNow("nobody has the role that it goes to".into())),
        }
    }

    async fn one(&self, account: &Account) -> Result<(), Undelivered> {
        let mail = Mail {
            id: format!("{}/{}", self.row.id, account.person),
            name: account.name.clone(),
            email: account.email.clone(),
            subject: self.written.subject.clone(),
            text: self.written.text.clone(),
        };
        match tokio::time::timeout(self.lease.patience, self.post.deliver(&mail)).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Undelivered::ForNow(format!("no answer within {:?}", self.lease.patience))),
        }
    }
}

/// Whether somebody is meant, or has the role now, in this edition.
fn goes_to(recipient: &Recipient, account: &Account, edition: &str, now: Timestamp) -> bool {
    let in_term = |grant: &Grant| grant.from.is_none_or(|from| from <= now) && grant.until.is_none_or(|until| now <= until);
    let holds = |grant: &&Grant| in_term(grant) && grant.scope.edition.as_ref().is_none_or(|own| own == edition);
    if let Recipient::Person(person) = recipient {
        return account.standing == Standing::Active && account.person == *person;
    }
    account.standing != Standing::Disabled && account.grants.iter().filter(holds).any(|grant| recipient.is(grant))
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
    fn a_delivery_begins_only_if_it_ends_while_the_letter_is_the_workers_own() {
        let begins = |millis| ends_in_time(Duration::from_millis(millis), DELIVERY);
        assert_eq!((begins(0), begins(270_000), begins(270_001), begins(u64::MAX)), (true, true, false, false));
    }
}
