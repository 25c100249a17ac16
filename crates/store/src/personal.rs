//! Personal texts: sealed before anything is written, opened after it is read. They stand in one table only.

use std::collections::{BTreeMap, BTreeSet};

use award::personal::Personal as Place;
use journal::{Hash, Personal, Salt, Salts, Secret};
use serde_json::Value;

use crate::access::{self, HIDDEN, Reader};
use crate::edition::Edition;
use crate::error::{Error, Result};
use crate::open::Store;
use crate::sql::{Row, Tx, cells};

/// So many commitments are looked up with one statement.
const LOOKED_UP_AT_ONCE: usize = 200;
const COLUMNS: &str = "select commitment, subject, field, value, salt, erased from personal where edition = $1";

/// The personal texts that one transaction has to do with.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    known: BTreeMap<Hash, Option<Secret>>,
    by_text: BTreeMap<(String, String, String), Salt>,
    erased: BTreeMap<Hash, (String, String)>,
}

impl Secrets {
    /// Every personal text of an edition.
    pub(crate) async fn all(tx: &mut Tx, edition: &str) -> Result<Secrets> {
        let mut secrets = Secrets::default();
        for row in tx.rows_of(COLUMNS.to_owned(), &cells![edition]).await? {
            secrets.take(&row)?;
        }
        Ok(secrets)
    }

    /// Looks up whatever commitments stand in a text of JSON.
    pub(crate) async fn look_up<'b>(
        &mut self,
        tx: &mut Tx,
        edition: &str,
        bodies: impl IntoIterator<Item = &'b Value>,
    ) -> Result<()> {
        let mut wanted = Vec::new();
        bodies.into_iter().for_each(|body| commitments(body, &mut wanted));
        wanted.sort();
        wanted.dedup();
        wanted.retain(|hash| !self.known.contains_key(hash));
        for some in wanted.chunks(LOOKED_UP_AT_ONCE) {
            let places: Vec<String> = (0..some.len()).map(|place| format!("${}", place + 2)).collect();
            let mut cells = vec![edition.into()];
            cells.extend(some.iter().map(|hash| hash.to_string().into()));
            for row in tx.rows_of(format!("{COLUMNS} and commitment in ({})", places.join(", ")), &cells).await? {
                self.take(&row)?;
            }
        }
        Ok(())
    }

    /// Looks up the salts of the texts that are going to be sealed, so that one text of one person has one commitment.
    pub(crate) async fn look_up_texts(&mut self, tx: &mut Tx, edition: &str, value: &Value, places: &[Place]) -> Result<()> {
        for place in places {
            let Some(text) = value.pointer(&place.pointer).and_then(Value::as_str) else { continue };
            if self.by_text.contains_key(&(place.subject.clone(), place.field.clone(), text.to_owned())) {
                continue;
            }
            let sql = format!("{COLUMNS} and subject = $2 and field = $3 and value = $4 and not erased");
            for row in tx.rows_of(sql, &cells![edition, &place.subject, &place.field, text]).await? {
                self.take(&row)?;
            }
        }
        Ok(())
    }

    /// Whether one of the personal texts of a value was never sealed before.
    pub(crate) fn lacks_one_of(&self, value: &Value, places: &[Place]) -> bool {
        places.iter().any(|place| {
            let text = value.pointer(&place.pointer).and_then(Value::as_str);
            let key = text.map(|text| (place.subject.clone(), place.field.clone(), text.to_owned()));
            key.is_some_and(|key| !self.by_text.contains_key(&key))
        })
    }

    fn take(&mut self, row: &Row) -> Result<()> {
        let misfit = |why: String| Error::Misfit { what: "personal text".into(), why };
        let commitment: Hash = row.text(0)?.parse().map_err(|error: journal::NotAHash| misfit(error.to_string()))?;
        let (subject, field) = (row.text(1)?, row.text(2)?);
        if row.truth(5)? {
            if !row.text(3)?.is_empty() || !row.text(4)?.is_empty() {
                return Err(misfit(format!("`{field}` of {subject} counts as erased and is there")));
            }
            self.known.insert(commitment, None);
            self.erased.insert(commitment, (subject, field));
            return Ok(());
        }
        let salt: Hash = row.text(4)?.parse().map_err(|error: journal::NotAHash| misfit(error.to_string()))?;
        let secret = Secret { commitment, salt: *salt.bytes(), subject, field, value: row.text(3)? };
        if !journal::check(&secret) {
            return Err(misfit(format!("`{}` of {} is not what was committed to", secret.field, secret.subject)));
        }
        self.by_text.insert((secret.subject.clone(), secret.field.clone(), secret.value.clone()), secret.salt);
        self.known.insert(commitment, Some(secret));
        Ok(())
    }

    /// The commitments that were read, each with whether its text is erased.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&Hash, bool)> {
        self.known.iter().map(|(commitment, secret)| (commitment, secret.is_none()))
    }

    /// Puts personal texts back in place of their commitments.
    pub(crate) fn open(&self, value: &mut Value) -> Result<()> {
        let lookup = |hash: &Hash| self.known.get(hash)?.as_ref().map(|secret| secret.value.clone());
        journal::open(value, lookup).map_err(|error| Error::Misfit { what: "sealed text".into(), why: error.to_string() })
    }

    /// Puts the names of jurors back, and [`HIDDEN`] in place of every other commitment.
    pub(crate) fn open_seats(&self, value: &mut Value) -> Result<()> {
        let lookup = |hash: &Hash| match self.known.get(hash) {
            Some(Some(secret)) if secret.field == "name" && secret.subject.starts_with("juror:") => Some(secret.value.clone()),
            Some(None) => None,
            _ => Some(HIDDEN.to_owned()),
        };
        journal::open(value, lookup).map_err(|error| Error::Misfit { what: "sealed text".into(), why: error.to_string() })
    }

    /// Puts the name of one person back, and [`HIDDEN`] in place of every other commitment.
    pub(crate) fn open_person(&self, value: &mut Value, person: &str) -> Result<()> {
        let subject = format!("person:{person}");
        let lookup = |hash: &Hash| match self.known.get(hash) {
            Some(Some(secret)) if secret.field == "name" && secret.subject == subject => Some(secret.value.clone()),
            Some(None) => None,
            _ => Some(HIDDEN.to_owned()),
        };
        journal::open(value, lookup).map_err(|error| Error::Misfit { what: "sealed text".into(), why: error.to_string() })
    }

    /// Puts [`HIDDEN`] in place of commitments.
    pub(crate) fn hide(value: &mut Value) -> Result<()> {
        let hidden = journal::open(value, |_: &Hash| Some(HIDDEN.to_owned()));
        hidden.map_err(|error| Error::Misfit { what: "sealed text".into(), why: error.to_string() })
    }

    /// Whose texts were read, and which.
    pub(crate) fn shown(&self) -> BTreeSet<(String, String)> {
        self.known.values().flatten().map(|secret| (secret.subject.clone(), secret.field.clone())).collect()
    }

    /// Puts commitments in place of personal texts. Fresh salts come from `salt`.
    pub(crate) fn seal(
        &mut self,
        value: &mut Value,
        places: Vec<Place>,
        salt: &mut dyn FnMut() -> Option<Salt>,
    ) -> Result<Vec<Secret>> {
        let place = |Place { pointer, subject, field }| Personal { pointer, subject, field };
        let places: Vec<Personal> = places.into_iter().map(place).collect();
        let mut salts = Known { secrets: self, made: BTreeMap::new(), fresh: salt };
        let made = journal::seal(value, &places, &mut salts);
        let made = made.map_err(|error| Error::Misfit { what: "personal text".into(), why: error.to_string() })?;
        let made: BTreeMap<Hash, Secret> = made.into_iter().map(|secret| (secret.commitment, secret)).collect();
        let new: Vec<Secret> = made.into_values().filter(|secret| !self.known.contains_key(&secret.commitment)).collect();
        for secret in &new {
            self.by_text.insert((secret.subject.clone(), secret.field.clone(), secret.value.clone()), secret.salt);
            self.known.insert(secret.commitment, Some(secret.clone()));
        }
        Ok(new)
    }
}

/// The salts that are known, and those made on the way: one text of one person has one commitment.
struct Known<'s> {
    secrets: &'s Secrets,
    made: BTreeMap<(String, String, String), Salt>,
    fresh: &'s mut dyn FnMut() -> Option<Salt>,
}

impl Salts for Known<'_> {
    fn salt(&mut self, subject: &str, field: &str, value: &str) -> Option<Salt> {
        let text = (subject.to_owned(), field.to_owned(), value.to_owned());
        if let Some(salt) = self.secrets.by_text.get(&text).or_else(|| self.made.get(&text)) {
            return Some(*salt);
        }
        let salt = (self.fresh)()?;
        self.made.insert(text, salt);
        Some(salt)
    }

    fn was_erased(&self, commitment: &Hash, subject: &str, field: &str) -> bool {
        self.secrets.erased.get(commitment).is_some_and(|(whose, what)| whose == subject && what == field)
    }
}

/// The commitments that stand in a value.
pub(crate) fn commitments(value: &Value, found: &mut Vec<Hash>) {
    match value {
        Value::Object(object) => match object.get("commit").and_then(Value::as_str).and_then(|hash| hash.parse().ok()) {
            Some(hash) if object.len() == 1 => found.push(hash),
            _ => object.values().for_each(|inner| commitments(inner, found)),
        },
        Value::Array(items) => items.iter().for_each(|inner| commitments(inner, found)),
        _ => {}
    }
}

/// Keeps new personal texts.
pub(crate) async fn keep(tx: &mut Tx, edition: &str, secrets: &[Secret]) -> Result<()> {
    for secret in secrets {
        let sql =
            "insert into personal (edition, commitment, subject, field, value, salt, erased) values ($1, $2, $3, $4, $5, $6, $7)";
        let salt = Hash(secret.salt).to_string();
        let commitment = secret.commitment.to_string();
        tx.run(sql, &cells![edition, commitment, &secret.subject, &secret.field, &secret.value, salt, false]).await?;
    }
    Ok(())
}

/// Empties personal texts and their salts; the commitments stay, so that every leaf still verifies.
pub(crate) async fn erase(tx: &mut Tx, edition: &str, commitments: &[String]) -> Result<()> {
    for commitment in commitments {
        let update = "update personal set value = '', salt = '', erased = $3 where edition = $1 and commitment = $2";
        if tx.run(update, &cells![edition, commitment, true]).await? == 0 {
            return Err(Error::Misfit {
                what: "personal text".into(),
                why: format!("there is none with the commitment {commitment}"),
            });
        }
    }
    Ok(())
}

/// A personal text as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What stands for it in every leaf and record.
    pub commitment: String,
    /// Whose it is.
    pub subject: String,
    /// What it is.
    pub field: String,
    /// The text.
    pub value: String,
}

/// A personal text by its commitment, unread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// What stands for it in every leaf and record.
    pub commitment: String,
    /// Whose it is.
    pub subject: String,
    /// What it is.
    pub field: String,
}

impl Store {
    /// Every personal text of an edition that was not erased, unread: nobody is shown it, so nothing goes on record.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn sealed_texts(&self, edition: &Edition) -> Result<Vec<Sealed>> {
        let mut tx = self.pool.read().await?;
        let sql = "select commitment, subject, field from personal where edition = $1 and not erased order by subject, field, commitment";
        let read = |row: &Row| Ok(Sealed { commitment: row.text(0)?, subject: row.text(1)?, field: row.text(2)? });
        tx.rows(sql, &cells![&edition.id]).await?.iter().map(read).collect()
    }

    /// The personal texts of somebody that were not erased: by the subject (`juror:ID`, `person:ID`, …) or by the text itself, such as a
    /// name. That `reader` was shown them is on record before they are given.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn personal_texts(&self, edition: &Edition, whose: &str, reader: &Reader) -> Result<Vec<Kept>> {
        let mut tx = self.pool.look().await?;
        let sql = "select commitment, subject, field, value from personal
                   where edition = $1 and (subject = $2 or value = $2) and not erased order by subject, field, commitment";
        let read =
            |row: &Row| Ok(Kept { commitment: row.text(0)?, subject: row.text(1)?, field: row.text(2)?, value: row.text(3)? });
        let found = tx.rows(sql, &cells![&edition.id, whose]).await?.iter().map(read).collect::<Result<Vec<Kept>>>()?;
        let shown = found.iter().map(|text| (text.subject.clone(), text.field.clone())).collect();
        access::note(&mut tx, &edition.id, reader, &shown).await?;
        tx.commit().await?;
        Ok(found)
    }
}
