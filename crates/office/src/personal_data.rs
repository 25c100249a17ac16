//! Personal data, as the law asks (UU 27/2022): what is held about one person and who saw it, the erasure of one person, and that of a whole
//! edition once it need not be kept any longer. Marks and decisions stay; the person goes.

use std::collections::BTreeSet;

use award::personal::{ERASED_MAX, Erasure};
use award::{Actor, Deed, PersonId, Refusal, State, decide, permit};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use store::{Edition, Names, Outcome, PersonalText, Reader, Request, Sealed, Wanted, WantedAccess};

use crate::account::{Account, AccountEvent, Standing, TEXT_GONE};
use crate::edition::fresh_key;
use crate::error::Result;
use crate::office::Office;

/// Who reads and erases: the person at the command line.
const CONSOLE: &str = "console";
/// On which page names are shown.
const PAGE: &str = "personal-data";
/// What the deed is called that erases.
const ERASE: &str = "erase_names";
/// So many accesses or acts are told of one person.
const MOST: u32 = 100_000;

/// What is held about somebody in one edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// Which edition.
    pub edition: String,
    /// The texts, whose they are and what.
    pub texts: Vec<Value>,
    /// Who was shown them, when, where and why.
    pub seen_by: Vec<Value>,
    /// What the person did there.
    pub acts: Vec<Value>,
}

/// Everything that is held about somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AllHeld {
    /// Whose id.
    pub person: String,
    /// The account, if there is one.
    pub account: Option<Account>,
    /// What was done to the account.
    pub account_events: Vec<Value>,
    /// Where the person is signed in: since when, last seen, and what the browser calls itself.
    pub sign_ins: Vec<Value>,
    /// Edition by edition; those in which nothing is held are left out.
    pub editions: Vec<Held>,
}

impl AllHeld {
    /// Whether nothing at all is held: there is nobody with that id.
    pub fn is_empty(&self) -> bool {
        self.account.is_none() && self.account_events.is_empty() && self.sign_ins.is_empty() && self.editions.is_empty()
    }
}

/// Texts that were erased at one time, as the journal tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Erasing {
    /// When it was recorded.
    pub at: String,
    /// In which edition.
    pub edition: String,
    /// By whom: `console` where it was done at the command line.
    pub by: String,
    /// So many texts.
    pub texts: usize,
    /// On what ground; of an edition that need not be kept any longer until which day it was kept.
    pub reason: String,
}

/// What became of somebody's texts in one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Erased {
    /// So many texts are gone.
    Gone(usize),
    /// So many stay, for a result of the edition is not announced yet: until then it must be possible to say who decided.
    Kept(usize),
    /// The rules say no.
    Refused(Box<Refusal>),
}

impl Office {
    /// Everything that is held about somebody: by the person's id, the jurors that the account is, and its name. That it was shown is on record.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn held_about(&self, person: &PersonId, why: &str, at: Timestamp) -> Result<AllHeld> {
        let account = self.readable_users().await?.0.into_iter().find(|account| account.person == *person);
        let mut editions = Vec::new();
        for id in self.store.editions().await? {
            let edition = self.store.edition(&id).await?;
            let held = self.held_in(&edition, person, account.as_ref(), why, at).await?;
            if !(held.texts.is_empty() && held.seen_by.is_empty() && held.acts.is_empty()) {
                editions.push(held);
            }
        }
        let events = self.store.account_events(person.as_str()).await?;
        let event = |event: store::AccountEvent| json!({ "at": event.recorded_at, "by": event.actor, "event": event.event });
        let sign_in = |row: store::SignInRow| json!({ "since": row.made_at, "seen": row.seen_at, "browser": row.browser });
        let sign_ins = self.store.sign_ins(person.as_str()).await?.into_iter().map(sign_in).collect();
        let account_events = events.into_iter().map(event).collect();
        Ok(AllHeld { person: person.to_string(), account, account_events, sign_ins, editions })
    }

    async fn held_in(
        &self,
        edition: &Edition,
        person: &PersonId,
        account: Option<&Account>,
        why: &str,
        at: Timestamp,
    ) -> Result<Held> {
        let mut held = Held { edition: edition.id.clone(), texts: Vec::new(), seen_by: Vec::new(), acts: Vec::new() };
        for subject in subjects(person, account) {
            let wanted = WantedAccess { subject: Some(subject), ..WantedAccess::default() };
            let line = |one: store::Access| json!({ "at": one.at, "by": one.reader, "whose": one.subject, "what": one.field, "page": one.page, "why": one.why });
            // Who looks for an id and for a name may be shown the same text twice at the same moment: that is told once.
            let mut told = BTreeSet::new();
            let lines = self.store.accesses(edition, &wanted, MOST).await?.into_iter().map(line);
            held.seen_by.extend(lines.filter(|line| told.insert(line.to_string())));
        }
        let named = account.map(|account| account.name.clone()).filter(|name| name != TEXT_GONE);
        let reader = Reader { person: CONSOLE.into(), at, page: PAGE.into(), why: why.to_owned() };
        for whose in subjects(person, account).into_iter().chain(named) {
            let text = |text: PersonalText| json!({ "whose": text.subject, "what": text.field, "text": text.value });
            for text in self.store.personal_texts(edition, &whose, &reader).await?.into_iter().map(text) {
                if !held.texts.contains(&text) {
                    held.texts.push(text);
                }
            }
        }
        let wanted = Wanted { who: Some(person.to_string()), ..Wanted::default() };
        let leaves = self.store.leaves(edition, &wanted, MOST, &Names::Hidden).await?;
        held.acts.extend(
            leaves.into_iter().map(|leaf| json!({ "at": leaf.recorded_at, "key": leaf.id, "verb": leaf.act.deed.name() })),
        );
        Ok(held)
    }

    /// What was erased in one edition or in all, oldest first within each.
    ///
    /// # Errors
    ///
    /// What the database says; also that there is no such edition.
    pub async fn erasures(&self, edition: Option<&str>) -> Result<Vec<Erasing>> {
        let editions = match edition {
            Some(edition) => vec![edition.to_owned()],
            None => self.store.editions().await?,
        };
        let mut all = Vec::new();
        for id in editions {
            let edition = self.store.edition(&id).await?;
            let wanted = Wanted { what: Some(ERASE.into()), ..Wanted::default() };
            for leaf in self.store.leaves(&edition, &wanted, MOST, &Names::Hidden).await? {
                let Deed::EraseNames(erasure) = leaf.act.deed else { continue };
                let erasing = |texts| Erasing {
                    at: leaf.recorded_at.clone(),
                    edition: id.clone(),
                    by: leaf.who.clone(),
                    texts,
                    reason: erasure.reason.clone(),
                };
                // An act stands in each chain that it touches, and is told once.
                let told = erasing(erasure.commitments.len());
                if !all.contains(&told) {
                    all.push(told);
                }
            }
        }
        Ok(all)
    }

    /// Erases somebody: the texts of every edition whose results are all announced, and name and address of the account, which can never be
    /// used again. What became of each edition in which there was something; none if there is neither an account nor a text of anybody with that id.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn erase_person(&self, person: &PersonId, why: &str, at: Timestamp) -> Result<Option<Vec<(String, Erased)>>> {
        let account = self.readable_users().await?.0.into_iter().find(|account| account.person == *person);
        let own = subjects(person, account.as_ref());
        let (mut all, mut kept) = (Vec::new(), false);
        for id in self.store.editions().await? {
            let edition = self.store.edition(&id).await?;
            let texts = self.store.sealed_texts(&edition).await?;
            let texts: Vec<Sealed> = texts.into_iter().filter(|text| own.contains(&text.subject)).collect();
            if !texts.is_empty() {
                let erased = self.erase_in(&edition, texts, why, at).await?;
                kept |= !matches!(erased, Erased::Gone(_));
                all.push((id, erased));
            }
        }
        if account.is_some() && !kept {
            self.forget_user(&CONSOLE.into(), at, person).await?;
        }
        Ok((account.is_some() || !all.is_empty()).then_some(all))
    }

    /// Erases the texts of all people of an edition whose results are all announced.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn erase_edition(&self, edition: &Edition, why: &str, at: Timestamp) -> Result<Erased> {
        let texts = self.store.sealed_texts(edition).await?;
        self.erase_in(edition, texts, why, at).await
    }

    /// So many texts of people an edition holds, and whether all of its results are announced.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn retained(&self, edition: &Edition) -> Result<(usize, bool)> {
        Ok((self.store.sealed_texts(edition).await?.len(), self.is_over(edition).await?))
    }

    /// Whether every contest in which somebody stands is announced.
    async fn is_over(&self, edition: &Edition) -> Result<bool> {
        let progress = self.store.progress(edition).await?;
        Ok(progress.iter().all(|one| one.so_far.announced || one.of(award::record::Noun::Entry) == 0))
    }

    async fn erase_in(&self, edition: &Edition, texts: Vec<Sealed>, why: &str, at: Timestamp) -> Result<Erased> {
        if !self.is_over(edition).await? {
            return Ok(Erased::Kept(texts.len()));
        }
        let commitments: Vec<String> = texts.into_iter().map(|text| text.commitment).collect();
        for some in commitments.chunks(ERASED_MAX) {
            let deed = Deed::EraseNames(Erasure { commitments: some.to_vec(), reason: why.to_owned() });
            let act = award::Act { actor: Actor::Centre, at: Some(at), deed };
            let request = Request { id: fresh_key(), person: CONSOLE.into(), at, act: act.clone(), seen: Vec::new() };
            let decided = |state: &State| permit(&act.actor, &act.deed).and_then(|permit| decide(state, &act, permit));
            if let Outcome::Refused(refusal) = self.store.act(edition, &request, decided).await? {
                return Ok(Erased::Refused(refusal));
            }
        }
        Ok(Erased::Gone(commitments.len()))
    }

    /// Takes name, address and roles out of an account, for ever. What was done to it stays, without names.
    ///
    /// # Errors
    ///
    /// [`crate::Error::NoAccount`] if there is none.
    pub async fn forget_user(&self, by: &PersonId, at: Timestamp, person: &PersonId) -> Result<Account> {
        self.end_account(by, at, person, |account| {
            let gone = account.name == TEXT_GONE && account.email.is_none() && account.grants.is_empty();
            (account.name, account.email) = (TEXT_GONE.to_owned(), None);
            (account.standing, account.grants) = (Standing::Disabled, Vec::new());
            (!gone).then_some(AccountEvent::Erased)
        })
        .await
    }
}

/// Whose texts are somebody's: the person's, and those of the jurors that the account is.
fn subjects(person: &PersonId, account: Option<&Account>) -> Vec<String> {
    let jurors = account.into_iter().flat_map(|account| &account.grants);
    let own = jurors.filter(|grant| grant.role == award::Role::Juror).filter_map(|grant| grant.scope.juror.as_ref());
    let mut all = vec![format!("person:{person}"), format!("juror:{person}")];
    for juror in own.map(|juror| format!("juror:{juror}")) {
        if !all.contains(&juror) {
            all.push(juror);
        }
    }
    all
}
