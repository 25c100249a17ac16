//! Sealing: a person's texts leave the leaf and a salted commitment takes their place, so that erasing them later breaks no hash.
//!
//! A commitment is SHA-256 over a fixed tag, 32 random bytes of salt, and the subject, field and value, each with its length before it.
//! Without the salt nobody can try names or telephone numbers against it; erasing means to delete salt and value, everywhere. The
//! subject and the field are inside, so a commitment copied to another person or field does not match there.
//!
//! In a sealed value a text became `{"commit":"<64 hex digits>"}`; opened after erasure it reads `erased:<64 hex digits>`. Both forms are
//! this file's alone: whoever could smuggle one in would have another person's text shown in their own name when the value is opened, or
//! could claim an erasure that never was. [`seal`] therefore refuses both everywhere, but for one case: a text of the second form at
//! a personal place, for which the [`Salts`] say that this very commitment of this subject and field was erased. Then it becomes the
//! same commitment again, so replaying acts after an erasure gives the same leaves.

use std::fmt;

use serde_json::{Value, json};
use thiserror::Error;

use crate::hash::Hash;
use crate::pointer::Place;

/// What the hash of every commitment begins with.
const TAG: &[u8] = b"paritrana/commitment/v1\n";

/// The only member of an object that stands for a sealed text.
const COMMIT: &str = "commit";

/// What a text begins with that stands for an erased one.
const ERASED: &str = "erased:";

/// 32 bytes from a cryptographic source of randomness, never used for another subject, field or value.
pub type Salt = [u8; 32];

/// A place with a person's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// Where the text stands, as a JSON pointer. `null` there is left alone.
    pub pointer: String,
    /// Whose it is: an id.
    pub subject: String,
    /// What it is, such as `name` or `phone`.
    pub field: String,
}

/// What is kept beside the journal for one commitment, until it is erased.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    /// What stands in the leaf.
    pub commitment: Hash,
    /// The salt; erased with the value.
    pub salt: Salt,
    /// Whose text it is.
    pub subject: String,
    /// What it is.
    pub field: String,
    /// The text; erased with the salt.
    pub value: String,
}

impl fmt::Debug for Secret {
    /// Shows neither salt nor value, so that a log never keeps what is to be erased.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { commitment, subject, field, .. } = self;
        let mut out = f.debug_struct("Secret");
        out.field("commitment", commitment).field("subject", subject).field("field", field).finish_non_exhaustive()
    }
}

/// Where salts come from, and what is known of erasures. A closure that gives a salt is one that knows of no erasure.
pub trait Salts {
    /// The salt for this text: the stored one where the same text of the same subject and field was sealed before, else a new one.
    /// Nothing if there is none, as when a journal is checked and nothing new may come up.
    fn salt(&mut self, subject: &str, field: &str, value: &str) -> Option<Salt>;

    /// Whether this commitment was made for this subject and field and has been erased.
    fn was_erased(&self, commitment: &Hash, subject: &str, field: &str) -> bool {
        let _ = (commitment, subject, field);
        false
    }
}

impl<F: FnMut(&str, &str, &str) -> Salt> Salts for F {
    fn salt(&mut self, subject: &str, field: &str, value: &str) -> Option<Salt> {
        Some(self(subject, field, value))
    }
}

/// Why a value cannot be sealed or opened. None shows the text; each names the place by its JSON pointer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SealProblem {
    /// The pointer leads nowhere.
    #[error("there is no personal text at `{0}`: the place does not exist")]
    NoSuchPlace(String),
    /// Something other than a text or `null` stands there, or a second pointer leads to the same place.
    #[error("there is no personal text at `{0}`: it is not a text")]
    NotText(String),
    /// A text begins with `erased:`, and no such erasure is known there.
    #[error("the text at `{0}` begins with `erased:`, which only an erased text may; write it differently")]
    ReservedText(String),
    /// An object whose only member is `commit`.
    #[error("the object at `{0}` looks like a commitment, which only sealing may make; give it another member or name")]
    ReservedObject(String),
    /// In a sealed value: an object whose only member is `commit`, but no hash in it.
    #[error("the object at `{0}` is no commitment: `commit` holds no hash")]
    NotACommitment(String),
    /// There is no salt for the text.
    #[error("there is no salt for `{field}` of `{subject}`")]
    NoSalt {
        /// Whose text.
        subject: String,
        /// What it is.
        field: String,
    },
}

/// The commitment to a text.
///
/// ```
/// use journal::commitment;
///
/// let ani = commitment(&[1; 32], "person:1", "name", "Ani");
/// assert_ne!(ani, commitment(&[1; 32], "person:2", "name", "Ani"));
/// assert_ne!(ani, commitment(&[2; 32], "person:1", "name", "Ani"));
/// ```
pub fn commitment(salt: &Salt, subject: &str, field: &str, value: &str) -> Hash {
    let length = |text: &str| u64::try_from(text.len()).expect("a length fits 64 bits").to_be_bytes();
    let (subject_length, field_length, value_length) = (length(subject), length(field), length(value));
    Hash::of(&[TAG, salt, &subject_length, subject.as_bytes(), &field_length, field.as_bytes(), &value_length, value.as_bytes()])
}

/// Whether a secret matches its commitment.
///
/// ```
/// use journal::{Personal, check, seal};
///
/// let mut value = serde_json::json!("Ani");
/// let whole = Personal { pointer: "".into(), subject: "person:1".into(), field: "name".into() };
/// let mut secrets = seal(&mut value, &[whole], &mut |_: &str, _: &str, _: &str| [1; 32]).unwrap();
/// assert!(check(&secrets[0]));
/// secrets[0].value = "Budi".into();
/// assert!(!check(&secrets[0]));
/// ```
pub fn check(secret: &Secret) -> bool {
    commitment(&secret.salt, &secret.subject, &secret.field, &secret.value) == secret.commitment
}

/// The commitment in a text that [`open`] put where a value was erased.
///
/// ```
/// use journal::{Hash, erased};
///
/// assert_eq!(erased(&format!("erased:{}", Hash([0; 32]))), Some(Hash([0; 32])));
/// assert_eq!(erased("erased: by mistake"), None);
/// ```
pub fn erased(text: &str) -> Option<Hash> {
    text.strip_prefix(ERASED)?.parse().ok()
}

/// Replaces each personal text by its commitment and gives the secrets to keep beside the journal, in the order of `personal`,
/// the same one once.
/// The value stays as it was if there is a problem.
///
/// ```
/// use journal::{Personal, seal};
/// use serde_json::json;
///
/// let mut value = json!({"person": 1, "name": "Ani"});
/// let name = Personal { pointer: "/name".into(), subject: "person:1".into(), field: "name".into() };
/// let secrets = seal(&mut value, &[name], &mut |_: &str, _: &str, _: &str| [1; 32]).unwrap();
/// assert_eq!(value, json!({"person": 1, "name": {"commit": secrets[0].commitment.to_string()}}));
/// ```
pub fn seal(value: &mut Value, personal: &[Personal], salts: &mut impl Salts) -> Result<Vec<Secret>, SealProblem> {
    if personal.is_empty() {
        return check_plain(value).map(|()| Vec::new());
    }
    let mut texts = Vec::with_capacity(personal.len());
    match sealed(value, personal, &mut texts, salts) {
        Ok((commitments, secrets)) => {
            let made = commitments.into_iter().map(|made| made.map(|hash| json!({ COMMIT: hash.to_string() })));
            put(value, personal, made);
            Ok(secrets)
        }
        Err(problem) => {
            put(value, personal, texts.into_iter().map(|text| text.map(Value::String)));
            Err(problem)
        }
    }
}

/// Takes the texts out of a value and gives a commitment for each; those that were taken stand in `texts`, also where there is a problem.
fn sealed(
    value: &mut Value,
    personal: &[Personal],
    texts: &mut Vec<Option<String>>,
    salts: &mut impl Salts,
) -> Result<(Vec<Option<Hash>>, Vec<Secret>), SealProblem> {
    for place in personal {
        texts.push(take_text(value, place)?);
    }
    check_plain(value)?;
    let (mut commitments, mut secrets) = (Vec::with_capacity(texts.len()), Vec::new());
    for (place, text) in personal.iter().zip(texts) {
        commitments.push(match text {
            None => None,
            Some(text) if text.starts_with(ERASED) => Some(erased_before(place, text, salts)?),
            Some(text) => Some(secret(place, text.clone(), salts, &mut secrets)?),
        });
    }
    Ok((commitments, secrets))
}

/// Puts something in the places from which texts were taken.
fn put(value: &mut Value, personal: &[Personal], values: impl Iterator<Item = Option<Value>>) {
    for (place, put) in personal.iter().zip(values) {
        if let (Some(put), Some(found)) = (put, value.pointer_mut(&place.pointer)) {
            *found = put;
        }
    }
}

/// Refuses what [`seal`] would refuse outside personal places; for checking what comes from outside before anything is decided.
///
/// ```
/// use journal::check_plain;
/// use serde_json::json;
///
/// assert_eq!(check_plain(&json!({"remark": "was erased: twice", "commit": 1, "by": 2})), Ok(()));
/// let forged = check_plain(&json!({"remark": "erased:00"})).unwrap_err();
/// assert_eq!(forged.to_string(), "the text at `/remark` begins with `erased:`, which only an erased text may; write it differently");
/// ```
pub fn check_plain(value: &Value) -> Result<(), SealProblem> {
    check_part(value, &mut Place::default())
}

/// Puts the texts back into a sealed value. Where `lookup` knows none, the text was erased and `erased:<hash>` takes its place.
/// The value stays as it was if there is a problem. Texts are taken as `lookup` gives them: [`check`] their secrets first.
///
/// ```
/// use journal::{Hash, open};
/// use serde_json::json;
///
/// let known = Hash([1; 32]);
/// let mut value = json!([{"commit": known.to_string()}, {"commit": Hash([0; 32]).to_string()}]);
/// open(&mut value, |hash| (*hash == known).then(|| "Ani".to_owned())).unwrap();
/// assert_eq!(value, json!(["Ani", format!("erased:{}", Hash([0; 32]))]));
/// ```
pub fn open(value: &mut Value, lookup: impl Fn(&Hash) -> Option<String>) -> Result<(), SealProblem> {
    check_sealed(value, &mut Place::default(), &lookup)?;
    open_part(value, &lookup);
    Ok(())
}

fn take_text(rest: &mut Value, place: &Personal) -> Result<Option<String>, SealProblem> {
    let found = rest.pointer_mut(&place.pointer).ok_or_else(|| SealProblem::NoSuchPlace(place.pointer.clone()))?;
    match found {
        Value::Null => Ok(None),
        // A number takes the text's place, so that a second pointer to it is noticed.
        Value::String(_) => match std::mem::replace(found, Value::from(0)) {
            Value::String(text) => Ok(Some(text)),
            _ => unreachable!("it was a text a moment ago"),
        },
        _ => Err(SealProblem::NotText(place.pointer.clone())),
    }
}

fn erased_before(place: &Personal, text: &str, salts: &impl Salts) -> Result<Hash, SealProblem> {
    let known = erased(text).filter(|hash| salts.was_erased(hash, &place.subject, &place.field));
    known.ok_or_else(|| SealProblem::ReservedText(place.pointer.clone()))
}

fn secret(place: &Personal, value: String, salts: &mut impl Salts, secrets: &mut Vec<Secret>) -> Result<Hash, SealProblem> {
    let (subject, field) = (place.subject.clone(), place.field.clone());
    let Some(salt) = salts.salt(&subject, &field, &value) else { return Err(SealProblem::NoSalt { subject, field }) };
    let commitment = commitment(&salt, &subject, &field, &value);
    if !secrets.iter().any(|known| known.commitment == commitment) {
        secrets.push(Secret { commitment, salt, subject, field, value });
    }
    Ok(commitment)
}

/// What stands in an object whose only member is `commit`.
fn sealed_part(value: &Value) -> Option<&Value> {
    let members = value.as_object()?;
    if members.len() == 1 { members.get(COMMIT) } else { None }
}

fn check_part<'v>(value: &'v Value, place: &mut Place<'v>) -> Result<(), SealProblem> {
    if sealed_part(value).is_some() {
        return Err(SealProblem::ReservedObject(place.to_string()));
    }
    match value {
        Value::String(text) if text.starts_with(ERASED) => Err(SealProblem::ReservedText(place.to_string())),
        Value::Array(items) => {
            items.iter().enumerate().try_for_each(|(index, item)| place.at_index(index, |place| check_part(item, place)))
        }
        Value::Object(members) => {
            members.iter().try_for_each(|(name, member)| place.at_name(name, |place| check_part(member, place)))
        }
        _ => Ok(()),
    }
}

/// Finds what [`open`] would refuse, before anything is changed.
fn check_sealed<'v>(
    value: &'v Value,
    place: &mut Place<'v>,
    lookup: &impl Fn(&Hash) -> Option<String>,
) -> Result<(), SealProblem> {
    if let Some(inner) = sealed_part(value) {
        return opened_text(inner, place, lookup).map(drop);
    }
    match value {
        Value::String(text) if text.starts_with(ERASED) => Err(SealProblem::ReservedText(place.to_string())),
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.try_for_each(|(index, item)| place.at_index(index, |place| check_sealed(item, place, lookup)))
        }
        Value::Object(members) => {
            let mut members = members.iter();
            members.try_for_each(|(name, member)| place.at_name(name, |place| check_sealed(member, place, lookup)))
        }
        _ => Ok(()),
    }
}

/// Opens what was checked.
fn open_part(value: &mut Value, lookup: &impl Fn(&Hash) -> Option<String>) {
    if let Some(text) = sealed_part(value).and_then(|inner| opened_text(inner, &Place::default(), lookup).ok()) {
        *value = Value::String(text);
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| open_part(item, lookup)),
        Value::Object(members) => members.values_mut().for_each(|member| open_part(member, lookup)),
        _ => {}
    }
}

/// The text for what stands under `commit`.
fn opened_text(inner: &Value, place: &Place, lookup: &impl Fn(&Hash) -> Option<String>) -> Result<String, SealProblem> {
    let hash = inner.as_str().and_then(|text| text.parse::<Hash>().ok());
    let hash = hash.ok_or_else(|| SealProblem::NotACommitment(place.to_string()))?;
    match lookup(&hash) {
        // What is kept beside the journal was tampered with: sealing never keeps such a text.
        Some(text) if text.starts_with(ERASED) => Err(SealProblem::ReservedText(place.to_string())),
        Some(text) => Ok(text),
        None => Ok(format!("{ERASED}{hash}")),
    }
}
