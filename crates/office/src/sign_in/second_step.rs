//! The second step: a telephone is enrolled, its codes are given, recovery codes stand in for it, and an administrator takes it away.

use award::PersonId;
use jiff::Timestamp;
use store::{Besides, Invitations, Proof, SignIns, WayIn};
use words::Message;

use crate::account::{self, AccountEvent, CODE, Standing, grouped, hash_for};
use crate::error::Result;
use crate::office::Office;
use crate::sign_in::back_off::At;
use crate::sign_in::present::{Present, Step, nobody};
use crate::sign_in::secret::{Secret, Typed};
use crate::sign_in::{Answer, Entered, Limits, NotIn, totp};

/// A telephone that is to be enrolled: shown until its first code is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The secret, to be typed into the telephone.
    pub secret: Typed,
    /// The same as an `otpauth:` address, for a picture that the telephone reads.
    pub address: Typed,
}

impl Enrolment {
    /// The secret as text: only for the page of whoever enrols.
    pub fn secret_text(&self) -> &str {
        self.secret.as_str()
    }

    /// The address as text: only for the page of whoever enrols.
    pub fn address_text(&self) -> &str {
        self.address.as_str()
    }
}

/// A telephone that was enrolled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// The sign-in goes on under this cookie.
    pub entered: Entered,
    /// The recovery codes: shown once and kept nowhere.
    recovery: Vec<Typed>,
}

impl Enrolled {
    /// The recovery codes as texts: only for the page of whoever enrolled.
    pub fn recovery_codes(&self) -> Vec<&str> {
        self.recovery.iter().map(Typed::as_str).collect()
    }
}

/// So many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;

/// Whether somebody may enrol a telephone now.
fn may_enrol(present: &Present) -> Answer<()> {
    match present.step {
        Step::Code => Err(NotIn::because(Message::new("office-sign-in-step-first"))),
        Step::Done | Step::Enrol if !present.is_recent => Err(NotIn::because(Message::new("office-sign-in-again"))),
        Step::Done | Step::Enrol => Ok(()),
    }
}

fn wrong() -> NotIn {
    NotIn::because(Message::new("office-code-wrong"))
}

impl Office {
    /// Begins to enrol a telephone, with a fresh secret. One that is enrolled already counts until the first code of the new one.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn begin_enrolment(
        &self,
        cookie: &Secret,
        now: Timestamp,
        limits: &Limits,
        random: [u8; 20],
    ) -> Result<Answer<Enrolment>> {
        let Some(present) = self.who_is(cookie, now, limits).await? else { return Ok(Err(nobody())) };
        if let Err(not) = may_enrol(&present) {
            return Ok(Err(not));
        }
        let secret = totp::base32(&random);
        self.store.show_second_step(present.person.as_str(), &secret).await?;
        let address = Typed::new(totp::address(present.person.as_str(), &secret));
        Ok(Ok(Enrolment { secret: Typed::new(secret), address }))
    }

    /// The enrolment that has begun, shown once more when the first code was wrong; none if none has.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn enrolment(&self, cookie: &Secret, now: Timestamp, limits: &Limits) -> Result<Answer<Option<Enrolment>>> {
        let Some(present) = self.who_is(cookie, now, limits).await? else { return Ok(Err(nobody())) };
        if let Err(not) = may_enrol(&present) {
            return Ok(Err(not));
        }
        let pending = self.store.second_step(present.person.as_str()).await?.map(|second| second.pending).unwrap_or_default();
        let shown = |secret: String| Enrolment {
            address: Typed::new(totp::address(present.person.as_str(), &secret)),
            secret: Typed::new(secret),
        };
        Ok(Ok(Some(pending).filter(|pending| !pending.is_empty()).map(shown)))
    }

    /// Enrols the telephone by its first code; the person's other sign-ins end, and this one goes on under `fresh` with its second step done.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn confirm_enrolment(
        &self,
        cookie: &Secret,
        code: &Typed,
        (now, limits): (Timestamp, &Limits),
        fresh: Secret,
        random: [[u8; CODE]; RECOVERY_CODES],
    ) -> Result<Answer<Enrolled>> {
        let Some((present, row)) = self.present(cookie, now, limits).await? else { return Ok(Err(nobody())) };
        if let Err(not) = may_enrol(&present) {
            return Ok(Err(not));
        }
        let own = At::SignIn(&present.id);
        if let Err(waits) = self.guess(&[own], now, &[]).await? {
            return Ok(Err(waits));
        }
        let pending = self.store.second_step(present.person.as_str()).await?.map(|second| second.pending).unwrap_or_default();
        let step = totp::digits(code.as_str()).and_then(|typed| totp::fits(&totp::from_base32(&pending)?, &typed, now, 0));
        let Some(step) = step.filter(|_| !pending.is_empty()) else { return Ok(Err(wrong())) };
        let recovery = random.map(grouped);
        let hashes: Vec<String> = recovery.iter().map(|code| recovery_hash(&present.person, code)).collect();
        let way_in = WayIn::SecondStep { pending: &pending, step, recovery: &hashes };
        if !self.enrol(&present, &pending, way_in, now).await? {
            return Ok(Err(wrong()));
        }
        self.store.guessed_right(&own.key(), &[], now).await?;
        let entered = self.go_on(&row, now, fresh, Proof::Before, Some(now)).await?;
        Ok(entered.map(|entered| Enrolled { entered, recovery: recovery.into_iter().map(Typed::new).collect() }))
    }

    /// Puts the enrolment on record; false if another one has begun by now, or the account is not active.
    async fn enrol(&self, present: &Present, pending: &str, way_in: WayIn<'_>, now: Timestamp) -> Result<bool> {
        let besides = Besides { invitations: Invitations::Stay, sign_ins: SignIns::EndOthers(&present.id), way_in };
        loop {
            let Some(row) = self.store.account(present.person.as_str()).await? else { return Ok(false) };
            let account = account::read(&row)?;
            let (by, event) = (&present.person, AccountEvent::SecondStepEnrolled);
            if account.standing != Standing::Active {
                return Ok(false);
            }
            if self.keep(&account, row.version + 1, by, now, &event, besides).await? {
                return Ok(true);
            }
            let second = self.store.second_step(present.person.as_str()).await?;
            if second.is_none_or(|second| second.pending != pending) {
                return Ok(false);
            }
        }
    }

    /// Does the second step: by a code of the telephone, or by a recovery code. The sign-in goes on under `fresh`. Guesses at the telephone's code
    /// count for the person; a recovery code is so long that it lets in whatever was guessed elsewhere.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn give_code(
        &self,
        cookie: &Secret,
        code: &Typed,
        address: &str,
        (now, limits): (Timestamp, &Limits),
        fresh: Secret,
    ) -> Result<Answer<Entered>> {
        let Some((present, row)) = self.present(cookie, now, limits).await? else { return Ok(Err(nobody())) };
        if present.step != Step::Code {
            return Ok(Err(NotIn::because(Message::new("office-code-not-asked"))));
        }
        let person = present.person.as_str();
        let typed = totp::digits(code.as_str());
        let own = if typed.is_some() { At::Code(person) } else { At::SignIn(&present.id) };
        let counted = match self.guess(&[own, At::From(address)], now, &[]).await? {
            Ok(counted) => counted,
            Err(waits) => return Ok(Err(waits)),
        };
        let second = self.store.second_step(person).await?.unwrap_or_default();
        let hash = recovery_hash(&present.person, code.as_str());
        let proof = match &typed {
            None => Some(Proof::Recovery(&hash)),
            Some(typed) => totp::from_base32(&second.secret)
                .and_then(|secret| totp::fits(&secret, typed, now, second.step))
                .map(|step| Proof::Step { secret: &second.secret, step }),
        };
        let Some(proof) = proof else { return Ok(Err(wrong())) };
        let entered = self.go_on(&row, now, fresh, proof, Some(now)).await?;
        if entered.is_ok() {
            self.store.guessed_right(&own.key(), &counted[1..], now).await?;
            if typed.is_none() {
                let taken = |_: &mut account::Account| Ok(Some(AccountEvent::RecoveryCodeTaken));
                self.change(&present.person, &present.person, now, Invitations::Stay, taken).await?;
            }
        }
        Ok(entered.map_err(|not| if not.why.key() == "office-sign-in-taken" { wrong() } else { not }))
    }

    /// So many recovery codes whoever is in has left; none where no telephone is enrolled.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn recovery_codes_left(&self, present: &Present) -> Result<Option<u64>> {
        let person = present.person.as_str();
        let enrolled = self.store.second_step(person).await?.is_some_and(|row| !row.secret.is_empty());
        Ok(if enrolled { Some(self.store.recovery_codes(person).await?) } else { None })
    }

    /// Takes somebody's telephone and recovery codes out, for a reason: for whoever lost them. All sign-ins of the person end.
    ///
    /// # Errors
    ///
    /// [`crate::Error::NoAccount`] if there is no account.
    pub async fn reset_second_step(&self, by: &PersonId, at: Timestamp, person: &PersonId, reason: &str) -> Result<()> {
        let besides = Besides { invitations: Invitations::Stay, sign_ins: SignIns::End, way_in: WayIn::NoSecondStep };
        self.change(person, by, at, besides, |_| Ok(Some(AccountEvent::SecondStepReset(reason.to_owned())))).await?;
        Ok(())
    }
}

/// A recovery code as it is kept: for one person.
fn recovery_hash(person: &PersonId, code: &str) -> String {
    hash_for(format!("recovery {person} ").as_bytes(), code)
}
