//! The keys that sign checkpoints: made, rotated and revoked, and which of them was good when.
//!
//! A [`Key`] holds the secret and shows it nowhere; its memory is wiped when it is dropped. A [`KeyRing`] is a fold of events with public
//! keys alone. A key is good from when it was made until it is rotated or revoked, the last instant not included. A revocation may reach
//! back, when it turns out that the key was in other hands before; what it signed from then on is not good any more.
//!
//! The instants are those at which checkpoints were *recorded*, and somebody else must vouch for them, as with a later checkpoint that
//! covers the record: a stolen key can sign any text at any time.

use std::fmt;

use ed25519_dalek::{Signer, SigningKey};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::note::{Note, NoteProblem, Verifier};

/// A secret Ed25519 key with its name.
pub struct Key {
    name: String,
    secret: SigningKey,
}

/// What happens to keys. Instants are in UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum KeyEvent {
    /// A key begins to sign.
    Made {
        /// The new key.
        key: Verifier,
        /// From when on it is good.
        at: Timestamp,
    },
    /// A key takes the place of another.
    Rotated {
        /// The key that ends.
        key: Verifier,
        /// The key that begins.
        to: Verifier,
        /// The first instant of the new key.
        at: Timestamp,
    },
    /// A key must not be trusted any more.
    Revoked {
        /// The key.
        key: Verifier,
        /// When it was revoked.
        at: Timestamp,
        /// From when on it is not to be trusted, where that is earlier.
        from: Option<Timestamp>,
        /// Why, for people.
        reason: String,
    },
}

/// A key in the ring, with its times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRecord {
    /// Its name and public key.
    pub key: Verifier,
    /// The first instant at which it is good.
    pub since: Timestamp,
    /// The first instant at which its successor is good instead.
    pub until: Option<Timestamp>,
    /// Its revocation.
    pub revoked: Option<Revocation>,
}

/// The end of trust in a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// When it was revoked.
    pub at: Timestamp,
    /// The first instant at which it is not good; not after `at`.
    pub from: Timestamp,
    /// Why, for people.
    pub reason: String,
}

/// All keys that ever signed, in the order in which they were made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyRing {
    records: Vec<KeyRecord>,
}

/// Why a key is not good or an event is not possible. Each names the key.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyProblem {
    /// The same public key, or the same name and key id, is in the ring already.
    #[error("the key {0} is in the ring already; make a new one")]
    Known(Verifier),
    /// The key is not in the ring.
    #[error("the key {0} is not in the ring")]
    Unknown(Verifier),
    /// The event comes before the key was made.
    #[error("the key {key} was made only at {since}")]
    NotYet {
        /// The key.
        key: Verifier,
        /// Its first instant.
        since: Timestamp,
    },
    /// The key has a successor.
    #[error("the key {key} was rotated at {until}; its successor signs from then on")]
    Rotated {
        /// The key.
        key: Verifier,
        /// The first instant of its successor.
        until: Timestamp,
    },
    /// The key was revoked.
    #[error("the key {key} was revoked and is not good from {from} on: {reason}")]
    Revoked {
        /// The key.
        key: Verifier,
        /// The first instant at which it is not good.
        from: Timestamp,
        /// Why.
        reason: String,
    },
    /// A revocation takes effect after it was made.
    #[error("the revocation of {key} at {at} cannot begin only at {from}")]
    Later {
        /// The key.
        key: Verifier,
        /// When it was revoked.
        at: Timestamp,
        /// When it was to begin.
        from: Timestamp,
    },
    /// The note itself does not hold.
    #[error(transparent)]
    Note(#[from] NoteProblem),
}

impl Key {
    /// A key from 32 bytes of a cryptographic source of randomness. The caller wipes its own copy of the seed.
    ///
    /// ```
    /// let key = journal::Key::from_seed("paritrana.example/bali", &[7; 32]).unwrap();
    /// assert!(format!("{key:?}").starts_with("Key(paritrana.example/bali+"));
    /// assert!(journal::Key::from_seed("with a space", &[7; 32]).is_err());
    /// ```
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, NoteProblem> {
        let secret = SigningKey::from_bytes(seed);
        Verifier::new(name, secret.verifying_key().as_bytes())?;
        Ok(Self { name: name.to_owned(), secret })
    }

    /// The public side of the key.
    ///
    /// ```
    /// let key = journal::Key::from_seed("bali", &[7; 32]).unwrap();
    /// assert_eq!(key.verifier().to_string().parse(), Ok(key.verifier()));
    /// ```
    pub fn verifier(&self) -> Verifier {
        Verifier::new(&self.name, self.secret.verifying_key().as_bytes())
            .expect("name and key were checked when the key was made")
    }

    /// The signature over a note's text.
    pub(crate) fn sign(&self, text: &str) -> [u8; 64] {
        self.secret.sign(text.as_bytes()).to_bytes()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({})", self.verifier())
    }
}

impl KeyRecord {
    /// Whether what the key signed counts, if it was recorded at this instant.
    ///
    /// ```
    /// use journal::{Key, KeyRecord};
    ///
    /// let (noon, one) = ("2026-11-20T12:00:00Z".parse().unwrap(), "2026-11-20T13:00:00Z".parse().unwrap());
    /// let record = KeyRecord { key: Key::from_seed("bali", &[7; 32]).unwrap().verifier(), since: noon, until: Some(one), revoked: None };
    /// assert!(record.good_at(noon).is_ok());
    /// assert!(record.good_at(one).is_err());
    /// ```
    pub fn good_at(&self, recorded: Timestamp) -> Result<(), KeyProblem> {
        let key = self.key.clone();
        if let Some(Revocation { from, reason, .. }) = self.revoked.as_ref().filter(|revoked| recorded >= revoked.from) {
            return Err(KeyProblem::Revoked { key, from: *from, reason: reason.clone() });
        }
        match self.until {
            _ if recorded < self.since => Err(KeyProblem::NotYet { key, since: self.since }),
            Some(until) if recorded >= until => Err(KeyProblem::Rotated { key, until }),
            _ => Ok(()),
        }
    }
}

impl KeyRing {
    /// The ring after these events.
    ///
    /// ```
    /// use journal::{Key, KeyEvent, KeyRing};
    ///
    /// let key = Key::from_seed("bali", &[7; 32]).unwrap().verifier();
    /// let made = KeyEvent::Made { key, at: "2026-11-20T12:00:00Z".parse().unwrap() };
    /// assert_eq!(KeyRing::of(&[made.clone()]).unwrap().records().len(), 1);
    /// assert!(KeyRing::of(&[made.clone(), made]).is_err());
    /// ```
    pub fn of(events: &[KeyEvent]) -> Result<Self, KeyProblem> {
        let mut ring = Self::default();
        events.iter().try_for_each(|event| ring.apply(event))?;
        Ok(ring)
    }

    /// All keys, in the order in which they were made.
    ///
    /// ```
    /// assert!(journal::KeyRing::default().records().is_empty());
    /// ```
    pub fn records(&self) -> &[KeyRecord] {
        &self.records
    }

    /// Changes the ring by one event, or leaves it as it was if the event is not possible.
    ///
    /// ```
    /// use journal::{Key, KeyEvent, KeyRing};
    ///
    /// let (old, new) = (Key::from_seed("bali", &[7; 32]).unwrap().verifier(), Key::from_seed("bali", &[8; 32]).unwrap().verifier());
    /// let mut ring = KeyRing::default();
    /// ring.apply(&KeyEvent::Made { key: old.clone(), at: "2026-01-01T00:00:00Z".parse().unwrap() }).unwrap();
    /// ring.apply(&KeyEvent::Rotated { key: old, to: new, at: "2026-07-01T00:00:00Z".parse().unwrap() }).unwrap();
    /// assert_eq!(ring.records()[1].since.to_string(), "2026-07-01T00:00:00Z");
    /// ```
    pub fn apply(&mut self, event: &KeyEvent) -> Result<(), KeyProblem> {
        match event {
            KeyEvent::Made { key, at } => self.make(key, *at),
            KeyEvent::Rotated { key, to, at } => self.rotate(key, to, *at),
            KeyEvent::Revoked { key, at, from, reason } => {
                self.revoke(key, Revocation { at: *at, from: from.unwrap_or(*at), reason: reason.clone() })
            }
        }
    }

    /// The keys whose signatures on this note count, if it was recorded at this instant.
    ///
    /// Every signature of a key in the ring must be true, and at least one of them by a key that was good then.
    ///
    /// ```
    /// use journal::{Key, KeyEvent, KeyRing, Note};
    ///
    /// let key = Key::from_seed("bali", &[7; 32]).unwrap();
    /// let ring = KeyRing::of(&[KeyEvent::Made { key: key.verifier(), at: "2026-01-01T00:00:00Z".parse().unwrap() }]).unwrap();
    /// let note = Note::signed("Halo\n", &[&key]).unwrap();
    /// assert!(ring.check(&note, "2026-01-02T00:00:00Z".parse().unwrap()).is_ok());
    /// assert!(ring.check(&note, "2025-12-31T00:00:00Z".parse().unwrap()).is_err());
    /// ```
    pub fn check(&self, note: &Note, recorded: Timestamp) -> Result<Vec<&KeyRecord>, KeyProblem> {
        let known: Vec<Verifier> = self.records.iter().map(|record| record.key.clone()).collect();
        let (mut good, mut problem) = (Vec::new(), None);
        for signer in note.verify(&known)? {
            let record = self.records.iter().find(|record| record.key == *signer).expect("only keys of the ring were given");
            match record.good_at(recorded) {
                Ok(()) => good.push(record),
                Err(reason) => problem = problem.or(Some(reason)),
            }
        }
        match problem {
            Some(problem) if good.is_empty() => Err(problem),
            _ => Ok(good),
        }
    }

    fn make(&mut self, key: &Verifier, since: Timestamp) -> Result<(), KeyProblem> {
        // The same public key under another name would bring a revoked key back.
        let same = |known: &Verifier| known.public() == key.public() || (known.name(), known.id()) == (key.name(), key.id());
        if self.records.iter().any(|record| same(&record.key)) {
            return Err(KeyProblem::Known(key.clone()));
        }
        self.records.push(KeyRecord { key: key.clone(), since, until: None, revoked: None });
        Ok(())
    }

    fn rotate(&mut self, key: &Verifier, to: &Verifier, at: Timestamp) -> Result<(), KeyProblem> {
        let index = self.index(key)?;
        let old = &self.records[index];
        if let Some(until) = old.until {
            return Err(KeyProblem::Rotated { key: key.clone(), until });
        }
        old.good_at(at)?;
        self.make(to, at)?;
        self.records[index].until = Some(at);
        Ok(())
    }

    fn revoke(&mut self, key: &Verifier, revocation: Revocation) -> Result<(), KeyProblem> {
        let index = self.index(key)?;
        let record = &mut self.records[index];
        let (since, at, from) = (record.since, revocation.at, revocation.from);
        if at < since {
            return Err(KeyProblem::NotYet { key: key.clone(), since });
        }
        if from > at {
            return Err(KeyProblem::Later { key: key.clone(), at, from });
        }
        match &record.revoked {
            // A second revocation may only reach further back.
            Some(before) if from >= before.from => {
                Err(KeyProblem::Revoked { key: key.clone(), from: before.from, reason: before.reason.clone() })
            }
            _ => {
                record.revoked = Some(revocation);
                Ok(())
            }
        }
    }

    fn index(&self, key: &Verifier) -> Result<usize, KeyProblem> {
        self.records.iter().position(|record| record.key == *key).ok_or_else(|| KeyProblem::Unknown(key.clone()))
    }
}
