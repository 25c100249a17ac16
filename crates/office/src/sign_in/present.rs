//! Who is in by a cookie, and how that ends.

use award::{Grant, PersonId};
use jiff::{SignedDuration, Timestamp};
use journal::Hash;
use store::{Begun, Besides, Invitations, Proof, SecondStepRow, SignInRow, SignIns, SignedIn, WayIn};
use words::Message;

use crate::account::{self, Account, AccountEvent, Standing};
use crate::asked::Asked;
use crate::error::Result;
use crate::office::Office;
use crate::sign_in::back_off::At;
use crate::sign_in::secret::{Secret, Typed, Use, is_same};
use crate::sign_in::{Answer, Entered, Limits, NotIn, needs_second_step, password};
use crate::view::{Looking, Roles};

/// When somebody was last seen is written so often.
const SEEN: SignedDuration = SignedDuration::from_mins(1);
/// So long after a sign-in or a second step a way in can be changed without proving again who one is.
const RECENT: SignedDuration = SignedDuration::from_mins(15);

/// What somebody who signs in still has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing: may do what the roles allow.
    Done,
    /// Give a code of the telephone, or a recovery code; nothing else.
    Code,
    /// Enrol a telephone; nothing else.
    Enrol,
}

impl Step {
    /// What is still to be done, with these roles and this telephone.
    pub(crate) fn of(grants: &[Grant], second: Option<&SecondStepRow>, is_done: bool, now: Timestamp) -> Step {
        let is_enrolled = second.is_some_and(|second| !second.secret.is_empty());
        match (is_enrolled, is_done) {
            (true, true) => Step::Done,
            (true, false) => Step::Code,
            (false, _) if needs_second_step(grants, now) => Step::Enrol,
            (false, _) => Step::Done,
        }
    }
}

/// Somebody who is in. Only the office makes one: its roles are believed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Present {
    /// Who.
    pub person: PersonId,
    /// What the person is called.
    pub name: String,
    /// The roles, as they are now; none before [`Step::Done`], for until then none may be used.
    pub grants: Vec<Grant>,
    /// What is still to be done.
    pub step: Step,
    /// The sign-in, as [`SignInShown::id`] names it; it opens nothing.
    pub id: String,
    /// Since when.
    pub since: Timestamp,
    /// Whether a way in can be changed without proving again who one is.
    pub is_recent: bool,
    /// What every form of this sign-in holds; see [`Present::is_own_form`].
    pub form_token: String,
}

impl Present {
    /// What somebody asks for who is in as far as that goes; none before [`Step::Done`]. `key` is the id of the request.
    pub fn asks(&self, key: impl Into<String>, at: Timestamp) -> Option<Asked> {
        (self.step == Step::Done).then(|| Asked::new(self.person.clone(), key, at))
    }

    /// Who looks at a page, with the roles that were just found; none before [`Step::Done`].
    pub fn looking(&self, at: Timestamp, page: impl Into<String>, why: impl Into<String>) -> Looking {
        let roles = Roles { person: self.person.clone(), grants: self.grants.clone() };
        Looking { by: Some(self.person.clone()), why: why.into(), roles: Some(roles), ..Looking::public(at, page) }
    }

    /// Whether a form comes from a page of this sign-in, by the token that it holds.
    pub fn is_own_form(&self, token: &str) -> bool {
        is_same(&self.form_token, token)
    }
}

/// One of somebody's sign-ins, to be listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInShown {
    /// What it goes by when it is ended.
    pub id: String,
    /// Since when.
    pub since: Timestamp,
    /// When something was last asked for, to the minute.
    pub seen: Timestamp,
    /// What the browser calls itself.
    pub browser: String,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// Whether a sign-in has ended by then: by somebody, or by its limits.
fn is_over(row: &SignInRow, limits: &Limits, now: Timestamp) -> bool {
    let is_older = |at: Timestamp, than: SignedDuration| now.duration_since(at) > than;
    row.ended_at.is_some() || is_older(row.made_at, limits.whole) || is_older(row.seen_at, limits.idle)
}

impl Office {
    /// Who is in by this cookie. None if nobody is: the sign-in has ended or is too old, or the account is not active.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn who_is(&self, cookie: &Secret, now: Timestamp, limits: &Limits) -> Result<Option<Present>> {
        Ok(self.present(cookie, now, limits).await?.map(|(present, _)| present))
    }

    pub(crate) async fn present(&self, cookie: &Secret, now: Timestamp, limits: &Limits) -> Result<Option<(Present, SignInRow)>> {
        let hash = cookie.hash(Use::Cookie);
        let Some((row, account, second)) = self.store.sign_in(&hash).await? else { return Ok(None) };
        let account = account::read(&account)?;
        if account.standing != Standing::Active || is_over(&row, limits, now) {
            return Ok(None);
        }
        if now.duration_since(row.seen_at) >= SEEN {
            self.store.seen(&hash, now).await?;
        }
        let proven = row.second_at.unwrap_or(row.made_at);
        let step = Step::of(&account.grants, second.as_ref(), row.second_at.is_some(), now);
        let present = Present {
            step,
            person: account.person,
            name: account.name,
            grants: if step == Step::Done { account.grants } else { Vec::new() },
            id: hash,
            since: row.made_at,
            is_recent: now.duration_since(proven) <= RECENT,
            form_token: cookie.hash(Use::Form),
        };
        Ok(Some((present, row)))
    }

    /// The sign-ins of whoever is in that have not ended, newest first.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn sign_ins(&self, present: &Present, now: Timestamp, limits: &Limits) -> Result<Vec<SignInShown>> {
        let mut shown = self.sign_ins_of(&present.person, now, limits).await?;
        shown.iter_mut().for_each(|one| one.is_this = one.id == present.id);
        Ok(shown)
    }

    /// The sign-ins of somebody that have not ended, newest first; for the administrator.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn sign_ins_of(&self, person: &PersonId, now: Timestamp, limits: &Limits) -> Result<Vec<SignInShown>> {
        let rows = self.store.sign_ins(person.as_str()).await?;
        let shown = |row: SignInRow| {
            let (since, seen) = (row.made_at, row.seen_at);
            SignInShown { id: row.hash, since, seen, browser: row.browser, is_this: false }
        };
        Ok(rows.into_iter().filter(|row| !is_over(row, limits, now)).map(shown).collect())
    }

    /// Ends one of the sign-ins of whoever is in; that of somebody else is left alone, and what is no id ends nothing.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn end_sign_in(&self, present: &Present, now: Timestamp, id: &str) -> Result<()> {
        match id.parse::<Hash>() {
            Ok(id) => self.end_some(&present.person, &present.person, now, SignIns::EndOne(&id.to_string())).await,
            Err(_) => Ok(()),
        }
    }

    /// Ends all sign-ins of whoever is in but this one.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn end_other_sign_ins(&self, present: &Present, now: Timestamp) -> Result<()> {
        self.end_some(&present.person, &present.person, now, SignIns::EndOthers(&present.id)).await
    }

    /// Ends all sign-ins of somebody; for the administrator.
    ///
    /// # Errors
    ///
    /// [`crate::Error::NoAccount`] if there is no account.
    pub async fn end_all_sign_ins(&self, by: &PersonId, at: Timestamp, person: &PersonId) -> Result<()> {
        self.end_some(by, person, at, SignIns::End).await
    }

    async fn end_some(&self, by: &PersonId, person: &PersonId, at: Timestamp, which: SignIns<'_>) -> Result<()> {
        let besides = Besides { sign_ins: which, ..Invitations::Stay.into() };
        self.change(person, by, at, besides, |_| Ok(Some(AccountEvent::SignInsEnded))).await?;
        Ok(())
    }

    /// Ends the sign-in of this cookie: somebody goes.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn sign_out(&self, cookie: &Secret, now: Timestamp) -> Result<()> {
        self.store.end_sign_in(&cookie.hash(Use::Cookie), now).await?;
        Ok(())
    }

    /// Sets another password; all other sign-ins end, and this one goes on under `fresh`. Whoever did not sign in just now gives the present password too, if
    /// there is one.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn change_password(
        &self,
        cookie: &Secret,
        (old, new): (Option<&Typed>, &Typed),
        (now, limits): (Timestamp, &Limits),
        fresh: Secret,
        salt: [u8; 16],
    ) -> Result<Answer<Entered>> {
        let Some((present, row)) = self.present(cookie, now, limits).await? else { return Ok(Err(nobody())) };
        if present.step != Step::Done {
            return Ok(Err(NotIn::because(Message::new("office-sign-in-step-first"))));
        }
        if !present.is_recent
            && let Err(not) = self.proves_again(&present, old, now).await?
        {
            return Ok(Err(not));
        }
        let Some(account) = self.store.account(present.person.as_str()).await? else { return Ok(Err(nobody())) };
        if let Some(why) = unfit(&account::read(&account)?, new) {
            return Ok(Err(NotIn::because(why)));
        }
        let hash = password::hash(new, salt).await;
        let besides =
            Besides { invitations: Invitations::Stay, sign_ins: SignIns::EndOthers(&present.id), way_in: WayIn::Password(&hash) };
        self.change(&present.person, &present.person, now, besides, |account| {
            Ok((account.standing == Standing::Active).then_some(AccountEvent::PasswordSet))
        })
        .await?;
        self.go_on(&row, now, fresh, Proof::Before, row.second_at).await
    }

    /// Whether whoever is in gives the present password; where there is none, a new sign-in is asked for.
    async fn proves_again(&self, present: &Present, old: Option<&Typed>, now: Timestamp) -> Result<Answer<()>> {
        let kept = self.store.password(present.person.as_str()).await?;
        let (Some(old), Some(kept)) = (old, kept) else {
            return Ok(Err(NotIn::because(Message::new("office-sign-in-again"))));
        };
        let own = At::SignIn(&present.id);
        if let Err(waits) = self.guess(&[own], now, &[]).await? {
            return Ok(Err(waits));
        }
        if !password::is_right(old, Some(kept)).await.0 {
            return Ok(Err(NotIn::because(Message::new("office-sign-in-wrong"))));
        }
        self.store.guessed_right(&own.key(), &[], now).await?;
        Ok(Ok(()))
    }

    /// Lets a sign-in go on under another cookie, with what proves it; the old cookie is of no use from then on.
    pub(crate) async fn go_on(
        &self,
        before: &SignInRow,
        now: Timestamp,
        fresh: Secret,
        proof: Proof<'_>,
        second_at: Option<Timestamp>,
    ) -> Result<Answer<Entered>> {
        let row = SignInRow { hash: fresh.hash(Use::Cookie), seen_at: now, second_at, ..before.clone() };
        loop {
            let Some(account) = self.store.account(&before.person).await? else { return Ok(Err(nobody())) };
            let (version, account) = (account.version, account::read(&account)?);
            if account.standing != Standing::Active {
                return Ok(Err(nobody()));
            }
            let signed = SignedIn { person: before.person.clone(), version };
            let second = self.store.second_step(&before.person).await?;
            match self.store.begin_sign_in(&signed, &row, now, proof, Some(&before.hash)).await? {
                Begun::Yes => {
                    let step = Step::of(&account.grants, second.as_ref(), row.second_at.is_some(), now);
                    return Ok(Ok(Entered { person: account.person, cookie: fresh, step }));
                }
                Begun::AccountChanged => {}
                Begun::Taken => return Ok(Err(NotIn::because(Message::new("office-sign-in-taken")))),
            }
        }
    }

    /// Takes an invitation and sets the password with it; the person then signs in with it. A code that opens nothing is told as such.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn come_with_password(&self, code: &str, new: &Typed, now: Timestamp, salt: [u8; 16]) -> Result<Answer<Account>> {
        let gone = || NotIn::because(Message::new("office-invitation-gone"));
        let Some(account) = self.waiting(code, now).await? else { return Ok(Err(gone())) };
        if let Some(why) = unfit(&account, new) {
            return Ok(Err(NotIn::because(why)));
        }
        let hash = password::hash(new, salt).await;
        let came = self.take_invitation_and(code, now, AccountEvent::CameWithPassword, WayIn::Password(&hash)).await?;
        Ok(came.ok_or_else(gone))
    }

    /// Whom an invitation is for, before it is taken: for the page that asks for the password.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn invited(&self, code: &str, now: Timestamp) -> Result<Option<PersonId>> {
        Ok(self.waiting(code, now).await?.map(|account| account.person))
    }
}

fn unfit(account: &Account, new: &Typed) -> Option<Message> {
    password::unfit(new, &[account.person.as_str(), &account.name, account.email.as_deref().unwrap_or_default()])
}

/// Whoever asks is not in.
pub(crate) fn nobody() -> NotIn {
    NotIn::because(Message::new("office-sign-in-nobody"))
}

#[cfg(test)]
mod tests {
    use award::{Role, Scope};

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("it is an instant")
    }

    fn row(made: &str, seen: &str, ended: Option<&str>) -> SignInRow {
        let [hash, person, browser] = ["h", "ani", "Firefox"].map(str::to_owned);
        SignInRow { hash, person, made_at: at(made), seen_at: at(seen), second_at: None, browser, ended_at: ended.map(at) }
    }

    #[test]
    fn a_sign_in_lasts_twelve_hours_without_a_request_and_seven_days_with_them_to_the_instant() {
        let over = |row: SignInRow, now: &str| is_over(&row, &Limits::default(), at(now));
        let idle = || row("2026-01-01T00:00:00Z", "2026-01-01T08:00:00Z", None);
        assert_eq!([over(idle(), "2026-01-01T19:59:59Z"), over(idle(), "2026-01-01T20:00:00Z")], [false, false]);
        assert!(over(idle(), "2026-01-01T20:00:00.000001Z"));
        let long = || row("2026-01-01T00:00:00Z", "2026-01-07T23:59:00Z", None);
        assert_eq!([over(long(), "2026-01-08T00:00:00Z"), over(long(), "2026-01-08T00:00:01Z")], [false, true]);
        assert!(over(row("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", Some("2026-01-01T00:00:00Z")), "2026-01-01T00:00:00Z"));
        let short = Limits { idle: SignedDuration::from_mins(1), ..Limits::default() };
        assert!(is_over(&idle(), &short, at("2026-01-01T08:01:01Z")));
    }

    #[test]
    fn the_committee_the_chairs_and_administrators_need_a_second_step_and_whoever_enrolled_gives_a_code() {
        let now = at("2026-01-01T00:00:00Z");
        let none = SecondStepRow { pending: "MY".into(), ..SecondStepRow::default() };
        let own = SecondStepRow { secret: "MY".into(), ..SecondStepRow::default() };
        let must: Vec<Role> = Role::ALL
            .into_iter()
            .filter(|role| Step::of(&[Grant::new(*role, Scope::default())], Some(&none), false, now) == Step::Enrol)
            .collect();
        assert_eq!(must, [Role::Chair, Role::ActingChair, Role::Centre, Role::Operator]);
        let centre = |until| [Grant { until, ..Grant::new(Role::Centre, Scope::default()) }];
        let before = Some(at("2025-12-31T23:59:59Z"));
        assert_eq!([before, Some(now)].map(|until| Step::of(&centre(until), None, false, now)), [Step::Done, Step::Enrol]);
        assert_eq!([false, true].map(|done| Step::of(&centre(None), Some(&own), done, now)), [Step::Code, Step::Done]);
        assert_eq!([false, true].map(|done| Step::of(&[], Some(&own), done, now)), [Step::Code, Step::Done], "also who need not");
    }
}
