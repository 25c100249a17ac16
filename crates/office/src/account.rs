//! Accounts: who may sign in, with which roles, and what was done to them. A person without e-mail has one too: an invitation is a code that
//! can be copied into a chat or printed.

use award::{Grant, PersonId};
use jiff::{SignedDuration, Timestamp};
use journal::Hash;
use serde::{Deserialize, Serialize};
use store::{AccountRow, Besides, Invitations, Reader, SignIns, SignedIn, WayIn};
use words::Message;

use crate::error::{Error, Result};
use crate::office::Office;

/// An invitation can be taken for so long.
const INVITATION: SignedDuration = SignedDuration::from_hours(14 * 24);
/// Letters of a code, without those that are mistaken for others when read aloud.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// So many letters has a code: 80 bits.
pub(crate) const CODE: usize = 16;
/// So long may a person's id, name or address be, in characters.
const TEXT_MAX: usize = 120;

/// So long may the reason be for which an account ends, in characters.
const REASON_MAX: usize = 1_000;

/// What stands in the place of a name that was erased.
pub(crate) const TEXT_GONE: &str = "–";

/// Whether somebody may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Entered, and not yet come.
    Invited,
    /// Has taken an invitation.
    Active,
    /// May not sign in any more. What was done stays.
    Disabled,
}

impl Standing {
    /// Its name in texts and files.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Invited => "invited",
            Standing::Active => "active",
            Standing::Disabled => "disabled",
        }
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Whose.
    pub person: PersonId,
    /// What the person is called.
    pub name: String,
    /// Where letters go; none for somebody without e-mail.
    pub email: Option<String>,
    /// Whether the person may sign in.
    pub standing: Standing,
    /// The roles.
    pub grants: Vec<Grant>,
}

/// What is done to an account, as it is put on record: without a name or an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountEvent {
    /// Entered.
    Added,
    /// Given a role.
    Given(Grant),
    /// A role was taken away.
    Taken(Grant),
    /// Invited.
    Invited,
    /// Came, with an invitation.
    Came,
    /// Disabled, for a reason.
    Disabled(String),
    /// Enabled again, for a reason.
    Enabled(String),
    /// Name, address and roles were erased.
    Erased,
    /// Came, with an invitation, and set a password.
    CameWithPassword,
    /// Set another password.
    PasswordSet,
    /// Enrolled a telephone for the second step, with new recovery codes.
    SecondStepEnrolled,
    /// The second step was taken away, for a reason: it is to be enrolled again.
    SecondStepReset(String),
    /// Did the second step with a recovery code.
    RecoveryCodeTaken,
    /// Sign-ins of other browsers were ended.
    SignInsEnded,
    /// A link was made at the command line, which lets in whoever has it.
    LinkMade,
}

/// What was done to somebody's account, when and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountDone {
    /// Whose.
    pub person: PersonId,
    /// When, as the database writes it.
    pub at: String,
    /// By whom: `console` where it was done at the command line.
    pub by: PersonId,
    /// What.
    pub event: AccountEvent,
}

/// An invitation, as the invited person gets it: it is shown once and kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Whom it invites.
    pub person: PersonId,
    /// The code, in groups of four.
    pub code: String,
    /// Until when it can be taken.
    pub until: Timestamp,
}

impl Office {
    /// Enters somebody who may sign in once invited.
    ///
    /// # Errors
    ///
    /// [`Error::Account`] if the person has an account already, or a text is empty or too long.
    pub async fn add_user(&self, by: &PersonId, at: Timestamp, account: Account) -> Result<Account> {
        for (what, text) in [("id", account.person.as_str()), ("name", &account.name)] {
            let fits = !text.trim().is_empty() && text.chars().count() <= TEXT_MAX && !text.chars().any(char::is_control);
            if !fits {
                let why = Message::new("office-account-text").text("what", what).number("max", TEXT_MAX);
                return Err(Error::Account { person: account.person.to_string(), why });
            }
        }
        if let Some(why) = unfit_id(&account) {
            return Err(Error::Account { person: account.person.to_string(), why });
        }
        if let Some(email) = account.email.as_deref().filter(|email| !is_address(email)) {
            let why = Message::new("office-account-email").text("email", email);
            return Err(Error::Account { person: account.person.to_string(), why });
        }
        let account = Account { standing: Standing::Invited, ..account };
        if self.keep(&account, 1, by, at, &AccountEvent::Added, Invitations::Stay).await? {
            return Ok(account);
        }
        let why = Message::new("office-account-there").text("person", account.person.as_str());
        Err(Error::Account { person: account.person.to_string(), why })
    }

    /// Gives a person a role.
    ///
    /// # Errors
    ///
    /// [`Error::NoAccount`] if there is none.
    pub async fn give_role(&self, by: &PersonId, at: Timestamp, person: &PersonId, grant: Grant) -> Result<Account> {
        self.change(person, by, at, Invitations::Stay, |account| {
            if account.grants.contains(&grant) {
                return Ok(None);
            }
            account.grants.push(grant.clone());
            Ok(Some(AccountEvent::Given(grant.clone())))
        })
        .await
    }

    /// Takes a role away; the person has to sign in again.
    ///
    /// # Errors
    ///
    /// [`Error::NoAccount`] if there is no account.
    pub async fn take_role(&self, by: &PersonId, at: Timestamp, person: &PersonId, grant: &Grant) -> Result<Account> {
        self.change(person, by, at, Besides { sign_ins: SignIns::End, ..Invitations::Stay.into() }, |account| {
            let before = account.grants.len();
            account.grants.retain(|own| own != grant);
            Ok((account.grants.len() < before).then(|| AccountEvent::Taken(grant.clone())))
        })
        .await
    }

    /// Disables an account: whoever has it cannot sign in or act any more; sign-ins, links and invitations end, and the password is gone. What was done stays.
    ///
    /// # Errors
    ///
    /// [`Error::NoAccount`] if there is none; [`Error::Account`] if it is disabled already, or no reason is given.
    pub async fn disable_user(&self, by: &PersonId, at: Timestamp, person: &PersonId, reason: &str) -> Result<Account> {
        let reason = sound_reason(person, reason)?;
        let besides = Besides { invitations: Invitations::End, sign_ins: SignIns::End, way_in: WayIn::NoPassword };
        self.change(person, by, at, besides, |account| match std::mem::replace(&mut account.standing, Standing::Disabled) {
            Standing::Disabled => Err(Message::new("office-account-disabled").text("person", person.as_str())),
            Standing::Invited | Standing::Active => Ok(Some(AccountEvent::Disabled(reason.clone()))),
        })
        .await
    }

    /// Enables an account again; the person has to take a new invitation.
    ///
    /// # Errors
    ///
    /// [`Error::NoAccount`] if there is none; [`Error::Account`] if it is not disabled or was erased, or no reason is given.
    pub async fn enable_user(&self, by: &PersonId, at: Timestamp, person: &PersonId, reason: &str) -> Result<Account> {
        let reason = sound_reason(person, reason)?;
        self.change(person, by, at, Invitations::End, |account| {
            let refused = |key: &'static str| Err(Message::new(key).text("person", person.as_str()));
            match account.standing {
                _ if account.name == TEXT_GONE => refused("office-account-erased"),
                Standing::Invited | Standing::Active => refused("office-account-enabled"),
                Standing::Disabled => {
                    account.standing = Standing::Invited;
                    Ok(Some(AccountEvent::Enabled(reason.clone())))
                }
            }
        })
        .await
    }

    /// Makes an invitation; `random` is fresh from the system's source. Invitations made before stay good until one of them is taken.
    ///
    /// # Errors
    ///
    /// [`Error::NoAccount`] if there is no account, or it is disabled; [`Error::Account`] if the person has come already: a code would open
    /// nothing.
    pub async fn invite_user(&self, by: &PersonId, at: Timestamp, person: &PersonId, random: [u8; CODE]) -> Result<Invitation> {
        let code = grouped(random);
        let (hash, until) = (hash(&code), at + INVITATION);
        let invitation = Invitations::Add { hash: &hash, until };
        let waits = |account: &mut Account| Ok((account.standing == Standing::Invited).then_some(AccountEvent::Invited));
        match self.change(person, by, at, invitation, waits).await?.standing {
            Standing::Invited => Ok(Invitation { person: person.clone(), code, until }),
            Standing::Disabled => Err(Error::NoAccount { person: person.to_string(), standing: Some(Standing::Disabled) }),
            Standing::Active => {
                let why = Message::new("office-account-active").text("person", person.as_str());
                Err(Error::Account { person: person.to_string(), why })
            }
        }
    }

    /// Takes an invitation: the account of whoever was invited becomes active, and all other invitations of that person end. None if the code
    /// is wrong, used or too old, or the account is not waiting for anybody.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn take_invitation(&self, code: &str, now: Timestamp) -> Result<Option<Account>> {
        self.take_invitation_and(code, now, AccountEvent::Came, WayIn::Stays).await
    }

    /// The account that waits for whoever has this code; none if the code opens nothing.
    pub(crate) async fn waiting(&self, code: &str, now: Timestamp) -> Result<Option<Account>> {
        let Some(person) = self.store.invited(&hash(code), now).await? else { return Ok(None) };
        let account = self.store.account(&person).await?.map(|row| read(&row)).transpose()?;
        Ok(account.filter(|account| account.standing == Standing::Invited))
    }

    /// Takes an invitation with what becomes of the ways in.
    pub(crate) async fn take_invitation_and(
        &self,
        code: &str,
        now: Timestamp,
        event: AccountEvent,
        way_in: WayIn<'_>,
    ) -> Result<Option<Account>> {
        let hash = hash(code);
        // Again if the account or the invitation changed meanwhile.
        while let Some(person) = self.store.invited(&hash, now).await? {
            let Some(row) = self.store.account(&person).await? else { return Ok(None) };
            let mut account = read(&row)?;
            if account.standing != Standing::Invited {
                return Ok(None);
            }
            account.standing = Standing::Active;
            let besides = Besides { way_in, ..Invitations::Take { hash: &hash }.into() };
            if self.keep(&account, row.version + 1, &account.person, now, &event, besides).await? {
                return Ok(Some(account));
            }
        }
        Ok(None)
    }

    /// All accounts, by person, for somebody who is shown their names and addresses; that goes on record.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn users_shown(&self, reader: &Reader) -> Result<Vec<Account>> {
        self.store.accounts_shown(reader, &["name", "email"]).await?.iter().map(read).collect()
    }

    /// All accounts, by person, for the program's own use: whoever shows names asks [`Office::users_shown`].
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn users(&self) -> Result<Vec<Account>> {
        self.store.accounts().await?.iter().map(read).collect()
    }

    /// All accounts that can be read, and how many cannot.
    pub(crate) async fn readable_users(&self) -> Result<(Vec<Account>, u32)> {
        let rows = self.store.accounts().await?;
        let accounts: Vec<Account> = rows.iter().filter_map(|row| read(row).ok()).collect();
        let unread = u32::try_from(rows.len() - accounts.len()).unwrap_or(u32::MAX);
        Ok((accounts, unread))
    }

    /// An account that may act, with its roles.
    pub(crate) async fn signed_in(&self, person: &PersonId) -> Result<(SignedIn, Vec<Grant>)> {
        let row = self.store.account(person.as_str()).await?.ok_or_else(|| Error::nobody(person))?;
        let account = read(&row)?;
        if account.standing != Standing::Active {
            return Err(Error::not_active(&account));
        }
        Ok((SignedIn { person: row.person, version: row.version }, account.grants))
    }

    /// Ends an account for good, with its invitations.
    pub(crate) async fn end_account(
        &self,
        by: &PersonId,
        at: Timestamp,
        person: &PersonId,
        end: impl Fn(&mut Account) -> Option<AccountEvent>,
    ) -> Result<Account> {
        let besides = Besides { invitations: Invitations::End, sign_ins: SignIns::End, way_in: WayIn::Forgotten };
        self.change(person, by, at, besides, |account| Ok(end(account))).await
    }

    /// What was done to the account of one person or, without one, to all, oldest first. There is no name in it.
    ///
    /// # Errors
    ///
    /// [`Error::NoAccount`] if the person has none; otherwise what the database says.
    pub async fn account_log(&self, person: Option<&PersonId>) -> Result<Vec<AccountDone>> {
        let people: Vec<String> = match person {
            Some(person) => vec![person.to_string()],
            None => self.store.accounts().await?.into_iter().map(|row| row.person).collect(),
        };
        let mut all = Vec::new();
        for whose in people {
            for event in self.store.account_events(&whose).await? {
                all.push((event.version, read_event(event)?));
            }
        }
        if let Some(person) = person.filter(|_| all.is_empty()) {
            return Err(Error::nobody(person));
        }
        all.sort_by(|(a, one), (b, other)| (&one.at, &one.person, a).cmp(&(&other.at, &other.person, b)));
        Ok(all.into_iter().map(|(_, done)| done).collect())
    }

    /// Changes an account; again if somebody else changed it meanwhile. `change` says what was done, that there is nothing to do, or why not.
    pub(crate) async fn change<'a>(
        &self,
        person: &PersonId,
        by: &PersonId,
        at: Timestamp,
        besides: impl Into<Besides<'a>>,
        change: impl Fn(&mut Account) -> Result<Option<AccountEvent>, Message>,
    ) -> Result<Account> {
        let besides = besides.into();
        loop {
            let row = self.store.account(person.as_str()).await?.ok_or_else(|| Error::nobody(person))?;
            let mut account = read(&row)?;
            let changed = change(&mut account).map_err(|why| Error::Account { person: person.to_string(), why })?;
            let Some(event) = changed else { return Ok(account) };
            if self.keep(&account, row.version + 1, by, at, &event, besides).await? {
                return Ok(account);
            }
        }
    }

    pub(crate) async fn keep<'a>(
        &self,
        account: &Account,
        version: i64,
        by: &PersonId,
        at: Timestamp,
        event: &AccountEvent,
        besides: impl Into<Besides<'a>>,
    ) -> Result<bool> {
        let row = AccountRow { person: account.person.to_string(), version, body: text(account) };
        Ok(self.store.keep_account_and(&row, at, by.as_str(), &text(event), besides).await?)
    }
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("an account has only names and texts")
}

pub(crate) fn read(row: &AccountRow) -> Result<Account> {
    let misfit =
        |error: serde_json::Error| store::Error::Misfit { what: format!("account {}", row.person), why: error.to_string() };
    Ok(serde_json::from_str(&row.body).map_err(misfit)?)
}

/// A code in letters, in groups of four.
pub(crate) fn grouped(random: [u8; CODE]) -> String {
    let letters: Vec<char> = random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

fn read_event(event: store::AccountEvent) -> Result<AccountDone> {
    let misfit =
        |error: serde_json::Error| store::Error::Misfit { what: format!("account {}", event.person), why: error.to_string() };
    let done = serde_json::from_str(&event.event).map_err(misfit)?;
    Ok(AccountDone { person: PersonId::new(event.person), at: event.recorded_at, by: PersonId::new(event.actor), event: done })
}

/// A reason that says something; it stays on record.
fn sound_reason(person: &PersonId, reason: &str) -> Result<String> {
    let reason = reason.trim();
    let fits = !reason.is_empty() && reason.chars().count() <= REASON_MAX && !reason.chars().any(char::is_control);
    let why = || Message::new("office-account-reason").number("max", REASON_MAX);
    if fits { Ok(reason.to_owned()) } else { Err(Error::Account { person: person.to_string(), why: why() }) }
}

/// A code as it is kept: dashes, spaces and case do not matter to whoever types it.
fn hash(code: &str) -> String {
    hash_for(b"invitation", code)
}

/// A code as it is kept: dashes, spaces and case do not matter to whoever types it.
pub(crate) fn hash_for(what: &[u8], code: &str) -> String {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect();
    Hash::of(&[what, code.as_bytes()]).to_string()
}

/// Why an id cannot be one: it stands in the journal for ever, so it is plain, and not the name of whom it means.
fn unfit_id(account: &Account) -> Option<Message> {
    let id = account.person.as_str();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    if !id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.')) {
        return Some(Message::new("office-account-id").text("id", id));
    }
    (letters(id) == letters(&account.name)).then(|| Message::new("office-account-id-is-name").text("id", id))
}

/// Whether something can be an e-mail address at all; whether it is one, a letter tells.
fn is_address(text: &str) -> bool {
    let parts = text.split_once('@').filter(|(local, host)| !local.is_empty() && host.contains('.') && !host.contains('@'));
    parts.is_some() && text.len() <= 254 && !text.chars().any(|letter| letter.is_control() || letter.is_whitespace())
}
