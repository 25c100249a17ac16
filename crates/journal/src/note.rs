//! A signed note (c2sp.org/signed-note): a text, a blank line, and lines with signatures over the text.
//!
//! Only Ed25519 signatures are made and checked. Lines of keys that a reader does not know are kept and ignored, so that keys can change
//! and others can sign too; but at least one known key must have signed, and no signature of a known key may fail.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::hash::{Hash, bytes_of_hex};
use crate::keys::Key;

/// Bytes that a note may have.
pub const NOTE_BYTES_MAX: usize = 1_000_000;

/// Signature lines that a note may have; a reader must accept at least 16.
pub const SIGNATURES_MAX: usize = 100;

/// The byte that stands for Ed25519.
const ED25519: u8 = 1;

/// What a signature line begins with: an em dash and a space.
const DASH: &str = "— ";

/// Why a note or a key's text is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NoteProblem {
    /// A key's name is empty or has a space, a plus or a control character.
    #[error("`{0}` is no name for a key: no spaces, no plus, no control characters, and not empty")]
    Name(String),
    /// A verifier's text is not `name+id+key`, or its id does not belong to it.
    #[error("`{0}` is no verifier's text: name, +, key id in 8 lower-case hex digits, +, key in base64")]
    Verifier(String),
    /// The 32 bytes are no Ed25519 public key that can be relied upon.
    #[error("the public key of `{0}` is not a sound Ed25519 key")]
    WeakKey(String),
    /// The bytes are no signed note.
    #[error("this is no signed note: {0}")]
    Malformed(&'static str),
    /// Two verifiers have the same name and key id.
    #[error("two known keys are called {0}; remove one")]
    Ambiguous(String),
    /// The signature of a known key is false.
    #[error("the signature of {0} is false")]
    FalseSignature(String),
    /// No known key has signed.
    #[error("no known key has signed this note")]
    Unsigned,
}

/// Who signs: a name and an Ed25519 public key. Its text is `name+key id+base64(0x01 || public key)`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Verifier {
    name: String,
    public: VerifyingKey,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureLine {
    /// The name of the key.
    pub name: String,
    /// The first four bytes of SHA-256 of name, newline, kind of key and public key.
    pub id: [u8; 4],
    /// The signature; 64 bytes for Ed25519, other lengths from keys unknown here.
    pub signature: Vec<u8>,
}

/// A text with its signatures. It may be relied upon only after [`Note::verify`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<SignatureLine>,
}

impl Verifier {
    /// A verifier from a name and the 32 bytes of an Ed25519 public key; keys of small order and unusual spellings are refused.
    ///
    /// ```
    /// use journal::{Key, Verifier};
    ///
    /// let key = Key::from_seed("paritrana.example/bali", &[7; 32]).unwrap().verifier();
    /// assert_eq!(Verifier::new("paritrana.example/bali", key.public()), Ok(key));
    /// assert!(Verifier::new("paritrana.example/bali", &[0; 32]).is_err());
    /// ```
    pub fn new(name: &str, public: &[u8; 32]) -> Result<Self, NoteProblem> {
        check_name(name)?;
        let key = VerifyingKey::from_bytes(public).map_err(|_| NoteProblem::WeakKey(name.to_owned()))?;
        if key.is_weak() || key.to_edwards().compress().as_bytes() != public {
            return Err(NoteProblem::WeakKey(name.to_owned()));
        }
        Ok(Self { name: name.to_owned(), public: key })
    }

    /// The name of the key; for a chain's own key the origin of its checkpoints.
    ///
    /// ```
    /// let key = journal::Key::from_seed("bali", &[7; 32]).unwrap();
    /// assert_eq!(key.verifier().name(), "bali");
    /// ```
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The 32 bytes of the public key.
    ///
    /// ```
    /// let key = journal::Key::from_seed("bali", &[7; 32]).unwrap();
    /// assert_eq!(key.verifier().public().len(), 32);
    /// ```
    pub fn public(&self) -> &[u8; 32] {
        self.public.as_bytes()
    }

    /// The key id: it tells keys apart, it is no strong hash.
    ///
    /// ```
    /// let text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    /// let peter: journal::Verifier = text.parse().unwrap();
    /// assert_eq!(peter.id(), [0xc7, 0x4f, 0x20, 0xa3]);
    /// ```
    pub fn id(&self) -> [u8; 4] {
        let hash = Hash::of(&[self.name.as_bytes(), b"\n", &[ED25519], self.public()]);
        *hash.bytes().first_chunk().expect("a hash has more than four bytes")
    }

    /// Whether this key made the signature over the text. Stricter than RFC 8032 asks: no two signatures of one text by mangling.
    fn made(&self, text: &str, signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|signature| self.public.verify_strict(text.as_bytes(), &signature).is_ok())
    }

    fn matches(&self, line: &SignatureLine) -> bool {
        self.name == line.name && self.id() == line.id
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut key = vec![ED25519];
        key.extend(self.public());
        write!(f, "{}+{:08x}+{}", self.name, u32::from_be_bytes(self.id()), STANDARD.encode(key))
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Verifier {
    type Err = NoteProblem;

    fn from_str(text: &str) -> Result<Self, NoteProblem> {
        let bad = || NoteProblem::Verifier(text.to_owned());
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else { return Err(bad()) };
        let id: [u8; 4] = bytes_of_hex(id).ok_or_else(bad)?;
        let key = STANDARD.decode(key).map_err(|_| bad())?;
        let Some((&ED25519, public)) = key.split_first() else { return Err(bad()) };
        let verifier = Self::new(name, public.try_into().map_err(|_| bad())?)?;
        if verifier.id() == id { Ok(verifier) } else { Err(bad()) }
    }
}

impl TryFrom<String> for Verifier {
    type Error = NoteProblem;

    fn try_from(text: String) -> Result<Self, NoteProblem> {
        text.parse()
    }
}

impl From<Verifier> for String {
    fn from(verifier: Verifier) -> Self {
        verifier.to_string()
    }
}

impl Note {
    /// Signs a text, which must end with a newline.
    ///
    /// ```
    /// use journal::{Key, Note};
    ///
    /// let key = Key::from_seed("bali", &[7; 32]).unwrap();
    /// assert!(Note::signed("Halo\n", &[&key]).unwrap().to_string().starts_with("Halo\n\n— bali "));
    /// assert!(Note::signed("Halo", &[&key]).is_err());
    /// ```
    pub fn signed(text: &str, keys: &[&Key]) -> Result<Self, NoteProblem> {
        check_text(text)?;
        if keys.is_empty() {
            return Err(NoteProblem::Unsigned);
        }
        let mut note = Self { text: text.to_owned(), signatures: Vec::new() };
        keys.iter().try_for_each(|key| note.sign(key))?;
        Ok(note)
    }

    /// Adds the key's signature, in place of an earlier one of the same key.
    ///
    /// ```
    /// use journal::{Key, Note};
    ///
    /// let (ours, witness) = (Key::from_seed("bali", &[7; 32]).unwrap(), Key::from_seed("witness", &[8; 32]).unwrap());
    /// let mut note = Note::signed("Halo\n", &[&ours]).unwrap();
    /// note.sign(&witness).unwrap();
    /// note.sign(&witness).unwrap();
    /// assert_eq!(note.signatures().len(), 2);
    /// ```
    pub fn sign(&mut self, key: &Key) -> Result<(), NoteProblem> {
        let verifier = key.verifier();
        self.signatures.retain(|line| !verifier.matches(line));
        if self.signatures.len() >= SIGNATURES_MAX {
            return Err(NoteProblem::Malformed("it has too many signatures"));
        }
        let signature = key.sign(&self.text).to_vec();
        self.signatures.push(SignatureLine { name: verifier.name().to_owned(), id: verifier.id(), signature });
        Ok(())
    }

    /// Reads a signed note strictly. Nothing is verified yet.
    ///
    /// ```
    /// assert!(journal::Note::parse(b"Halo\n").is_err());
    /// ```
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteProblem> {
        if bytes.len() > NOTE_BYTES_MAX {
            return Err(NoteProblem::Malformed("it is too long"));
        }
        let whole = std::str::from_utf8(bytes).map_err(|_| NoteProblem::Malformed("it is not UTF-8"))?;
        let blank = whole.rfind("\n\n").ok_or(NoteProblem::Malformed("no blank line stands before the signatures"))?;
        let (text, lines) = (&whole[..=blank], &whole[blank + 2..]);
        check_text(text)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteProblem::Malformed("its last line does not end"))?;
        let signatures: Vec<_> = lines.split('\n').take(SIGNATURES_MAX + 1).map(signature_line).collect::<Result<_, _>>()?;
        if signatures.len() > SIGNATURES_MAX {
            return Err(NoteProblem::Malformed("it has too many signatures"));
        }
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// The signed text, with its last newline.
    ///
    /// ```
    /// let key = journal::Key::from_seed("bali", &[7; 32]).unwrap();
    /// assert_eq!(journal::Note::signed("Halo\n", &[&key]).unwrap().text(), "Halo\n");
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines in their order, of known and unknown keys.
    ///
    /// ```
    /// let key = journal::Key::from_seed("bali", &[7; 32]).unwrap();
    /// assert_eq!(journal::Note::signed("Halo\n", &[&key]).unwrap().signatures()[0].name, "bali");
    /// ```
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// The known keys that signed, in the order of their lines, each once.
    ///
    /// Lines of unknown keys are ignored. It is a problem if a line of a known key is false, or if no known key has signed.
    ///
    /// ```
    /// use journal::{Key, Note, NoteProblem};
    ///
    /// let (ours, other) = (Key::from_seed("bali", &[7; 32]).unwrap(), Key::from_seed("bali", &[8; 32]).unwrap());
    /// let note = Note::signed("Halo\n", &[&ours]).unwrap();
    /// assert_eq!(note.verify(&[ours.verifier(), other.verifier()]), Ok(vec![&ours.verifier()]));
    /// assert_eq!(note.verify(&[other.verifier()]), Err(NoteProblem::Unsigned));
    /// ```
    pub fn verify<'v>(&self, known: &'v [Verifier]) -> Result<Vec<&'v Verifier>, NoteProblem> {
        let mut signers = Vec::new();
        for line in &self.signatures {
            let Some(verifier) = find(known, line)? else { continue };
            if !verifier.made(&self.text, &line.signature) {
                return Err(NoteProblem::FalseSignature(verifier.to_string()));
            }
            if !signers.contains(&verifier) {
                signers.push(verifier);
            }
        }
        if signers.is_empty() { Err(NoteProblem::Unsigned) } else { Ok(signers) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        for SignatureLine { name, id, signature } in &self.signatures {
            writeln!(f, "{DASH}{name} {}", STANDARD.encode([id, signature.as_slice()].concat()))?;
        }
        Ok(())
    }
}

fn find<'v>(known: &'v [Verifier], line: &SignatureLine) -> Result<Option<&'v Verifier>, NoteProblem> {
    let mut matching = known.iter().filter(|verifier| verifier.matches(line));
    let first = matching.next();
    match matching.find(|other| Some(*other) != first) {
        Some(other) => Err(NoteProblem::Ambiguous(format!("{}+{:08x}", other.name, u32::from_be_bytes(line.id)))),
        None => Ok(first),
    }
}

fn check_name(name: &str) -> Result<(), NoteProblem> {
    let bad = |letter: char| letter == '+' || letter.is_whitespace() || letter < ' ';
    if name.is_empty() || name.contains(bad) { Err(NoteProblem::Name(name.to_owned())) } else { Ok(()) }
}

fn check_text(text: &str) -> Result<(), NoteProblem> {
    if !text.ends_with('\n') {
        return Err(NoteProblem::Malformed("its text does not end with a newline"));
    }
    if text.contains(|letter: char| letter < ' ' && letter != '\n') {
        return Err(NoteProblem::Malformed("its text has a control character"));
    }
    Ok(())
}

fn signature_line(line: &str) -> Result<SignatureLine, NoteProblem> {
    let bad = NoteProblem::Malformed("a signature line is not an em dash, a name and base64");
    let Some((name, encoded)) = line.strip_prefix(DASH).and_then(|rest| rest.split_once(' ')) else { return Err(bad) };
    check_name(name)?;
    let bytes = STANDARD.decode(encoded).map_err(|_| bad.clone())?;
    match bytes.split_first_chunk() {
        Some((id, signature)) if !signature.is_empty() => {
            Ok(SignatureLine { name: name.to_owned(), id: *id, signature: signature.to_vec() })
        }
        _ => Err(bad),
    }
}
