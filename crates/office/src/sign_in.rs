//! Signing in, below the pages: by password or by a link, and for whoever bears much by a second step; who is in by which cookie, and how that ends.
//!
//! The cookie is 32 random bytes, new at each sign-in and each step; only its hash is kept. Time and randomness come in as arguments.

pub(crate) mod back_off;
mod came;
mod link;
pub(crate) mod password;
mod present;
mod second_step;
pub(crate) mod secret;
mod totp;

use award::{Grant, PersonId};
use jiff::{SignedDuration, Timestamp};
use store::{AccountRow, Begun, GuessRow, Proof, SignInRow, SignedIn};
use words::Message;

use crate::account::{self, Account, Standing};
use crate::error::Result;
use crate::office::Office;
use crate::sign_in::back_off::{At, FORGOTTEN, waits_until};
use crate::sign_in::secret::Use;

pub use came::Came;
pub use link::{LINK_PATH, Link};
pub use present::{Present, SignInShown, Step};
pub use second_step::{Enrolled, Enrolment, RECOVERY_CODES};
pub use secret::{Secret, Typed};

/// No id and no address is longer, in bytes.
const TYPED_MAX: usize = 500;

/// What somebody is told who wants in.
pub type Answer<T> = std::result::Result<T, NotIn>;

/// Why somebody does not get in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotIn {
    /// Why, and under the same key with `-next` what to do.
    pub why: Message,
    /// When to try again; none if waiting changes nothing.
    pub until: Option<Timestamp>,
}

impl NotIn {
    pub(crate) fn because(why: Message) -> NotIn {
        NotIn { why, until: None }
    }
}

/// How long a sign-in lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// So long without asking for anything.
    pub idle: SignedDuration,
    /// So long whatever is done.
    pub whole: SignedDuration,
}

impl Default for Limits {
    /// Twelve hours, and seven days.
    fn default() -> Limits {
        Limits { idle: SignedDuration::from_hours(12), whole: SignedDuration::from_hours(7 * 24) }
    }
}

/// Somebody who has got in, or as far as the next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// Who.
    pub person: PersonId,
    /// For the cookie; one that there was before is of no use any more.
    pub cookie: Secret,
    /// What is still to be done.
    pub step: Step,
}

impl Office {
    /// Signs somebody in by password. `account` is what was typed, an id or an e-mail address; `cookie` and `salt` are fresh. Whether there is such
    /// an account, none of the answers tells, nor the time that they take.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn sign_in(
        &self,
        account: &str,
        password: &Typed,
        came: &Came,
        now: Timestamp,
        cookie: Secret,
        salt: [u8; 16],
    ) -> Result<Answer<Entered>> {
        let own = At::Account(account);
        let counted = match self.guess(&[own, At::From(&came.address)], now, &[]).await? {
            Ok(counted) => counted,
            Err(waits) => return Ok(Err(waits)),
        };
        loop {
            let found = self.only_active(account).await?;
            let kept = match &found {
                Some((row, _)) => self.store.password(&row.person).await?,
                None => None,
            };
            let (is_right, is_weak) = password::is_right(password, kept.clone()).await;
            let Some((row, account)) = found.filter(|_| is_right) else {
                return Ok(Err(NotIn::because(Message::new("office-sign-in-wrong"))));
            };
            if let Some(old) = kept.filter(|_| is_weak) {
                self.store.rehash_password(&row.person, &old, &password::hash(password, salt).await).await?;
            }
            match self.begin(&row, &account, came, now, &cookie, Proof::Password).await? {
                (Begun::Yes, entered) => {
                    self.store.guessed_right(&own.key(), &counted[1..], now).await?;
                    return Ok(Ok(entered));
                }
                // Again: the account or its password is another one by now.
                (Begun::AccountChanged | Begun::Taken, _) => {}
            }
        }
    }

    /// Counts a guess, unless it must wait.
    pub(crate) async fn guess(&self, whom: &[At<'_>], now: Timestamp, letters: &[String]) -> Result<Answer<Vec<GuessRow>>> {
        let decides = |counted: &[GuessRow]| waits_until(whom.iter().copied().zip(counted), now).map_or(Ok(()), Err);
        let keys: Vec<String> = whom.iter().map(|at| at.key()).collect();
        let key = crate::edition::fresh_key();
        let guessed = self.store.guess(&keys, (now, now - FORGOTTEN), decides, (&key, letters)).await?;
        Ok(guessed.map_err(|until| {
            let seconds = until.duration_since(now).as_secs().saturating_add(1).unsigned_abs();
            let why = Message::new("office-sign-in-wait").number("seconds", seconds);
            NotIn { why, until: Some(until) }
        }))
    }

    /// The active account that was meant, if there is exactly one.
    async fn only_active(&self, typed: &str) -> Result<Option<(AccountRow, Account)>> {
        let mut found = self.active(typed).await?;
        Ok(if found.len() == 1 { found.pop() } else { None })
    }

    /// The active accounts that may have been meant: by an e-mail address, which two may share, or by id.
    pub(crate) async fn active(&self, typed: &str) -> Result<Vec<(AccountRow, Account)>> {
        let typed = typed.trim();
        if typed.len() > TYPED_MAX || typed.chars().any(char::is_control) {
            return Ok(Vec::new());
        }
        let rows = match typed.contains('@') {
            true => self.store.accounts_with(&format!("\"email\":{}", serde_json::Value::from(typed))).await?,
            false => self.store.account(typed).await?.into_iter().collect(),
        };
        let meant = |account: &Account| {
            let by_email = account.email.as_ref().is_some_and(|email| email.eq_ignore_ascii_case(typed));
            account.standing == Standing::Active && (by_email || account.person.as_str() == typed)
        };
        let accounts = rows.into_iter().map(|row| account::read(&row).map(|account| (row, account)));
        let accounts = accounts.collect::<Result<Vec<_>>>()?;
        Ok(accounts.into_iter().filter(|(_, account)| meant(account)).collect())
    }

    /// Begins a sign-in in which the second step is not done yet.
    pub(crate) async fn begin(
        &self,
        row: &AccountRow,
        account: &Account,
        came: &Came,
        now: Timestamp,
        cookie: &Secret,
        proof: Proof<'_>,
    ) -> Result<(Begun, Entered)> {
        let sign_in = SignInRow {
            hash: cookie.hash(Use::Cookie),
            person: row.person.clone(),
            made_at: now,
            seen_at: now,
            second_at: None,
            browser: came.browser(),
            ended_at: None,
        };
        let second = self.store.second_step(&row.person).await?;
        let signed = SignedIn { person: row.person.clone(), version: row.version };
        let begun = self.store.begin_sign_in(&signed, &sign_in, now, proof, None).await?;
        let step = Step::of(&account.grants, second.as_ref(), false, now);
        Ok((begun, Entered { person: account.person.clone(), cookie: cookie.clone(), step }))
    }

    /// Deletes what lets nobody in any more, and counts that are forgotten. Tells how many rows that were.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn sweep_sign_ins(&self, now: Timestamp, limits: &Limits) -> Result<u64> {
        Ok(self.store.sweep_sign_ins(now, now - limits.whole, now - limits.idle, now - FORGOTTEN).await?)
    }
}

/// Whether a role may not be used without a second step: that of the committee, of a chair, and of whoever administers accounts.
pub(crate) fn needs_second_step(grants: &[Grant], now: Timestamp) -> bool {
    use award::Role::{ActingChair, Centre, Chair, Operator};
    let is_over = |grant: &Grant| grant.until.is_some_and(|until| until < now);
    grants.iter().any(|grant| matches!(grant.role, Centre | Chair | ActingChair | Operator) && !is_over(grant))
}
