//! A secret key as one line of text, for a file that only its owner reads: as Go's `note` package writes it (`PRIVATE+KEY+name+id+base64`),
//! so that other tools for signed notes can use it. It never enters a database.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use thiserror::Error;

use crate::keys::Key;
use crate::note::NoteProblem;

const BEGINS: &str = "PRIVATE+KEY+";
const ED25519: u8 = 1;

/// Why a text is no secret key. None of it shows the text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SecretProblem {
    /// It is not of the form `PRIVATE+KEY+name+id+base64`.
    #[error("this is no secret key: one line PRIVATE+KEY+name+id+base64 is expected")]
    Form,
    /// The id is not that of the key.
    #[error("the id in the line is not that of its key: the line was changed or cut")]
    OtherId,
    /// The name cannot be that of a key.
    #[error(transparent)]
    Note(#[from] NoteProblem),
}

/// The line of a new key, from 32 bytes of a cryptographic source of randomness.
///
/// ```
/// let line = journal::secret::write("bali", &[7; 32]).unwrap();
/// assert!(line.starts_with("PRIVATE+KEY+bali+"));
/// let key = journal::secret::read(&line).unwrap();
/// assert_eq!(key.verifier(), journal::Key::from_seed("bali", &[7; 32]).unwrap().verifier());
/// ```
///
/// # Errors
///
/// [`NoteProblem`] if the name cannot be that of a key.
pub fn write(name: &str, seed: &[u8; 32]) -> Result<String, NoteProblem> {
    let id = id(&Key::from_seed(name, seed)?);
    let secret = [&[ED25519], seed.as_slice()].concat();
    Ok(format!("{BEGINS}{name}+{id}+{}\n", STANDARD.encode(secret)))
}

/// The key in a line; an end of line may follow.
///
/// ```
/// use journal::secret::{SecretProblem, read, write};
///
/// let line = write("bali", &[7; 32]).unwrap();
/// assert_eq!(read(&line.replace("+bali+", "+bela+")).unwrap_err(), SecretProblem::OtherId);
/// assert_eq!(read("bali").unwrap_err(), SecretProblem::Form);
/// ```
///
/// # Errors
///
/// [`SecretProblem`], which never shows the line.
pub fn read(line: &str) -> Result<Key, SecretProblem> {
    let rest = line.trim_end_matches(['\r', '\n']).strip_prefix(BEGINS).ok_or(SecretProblem::Form)?;
    let [name, told, secret] = rest.splitn(3, '+').collect::<Vec<_>>()[..] else { return Err(SecretProblem::Form) };
    let secret = STANDARD.decode(secret).map_err(|_| SecretProblem::Form)?;
    let Some((&ED25519, seed)) = secret.split_first() else { return Err(SecretProblem::Form) };
    let key = Key::from_seed(name, seed.try_into().map_err(|_| SecretProblem::Form)?)?;
    if id(&key) == told { Ok(key) } else { Err(SecretProblem::OtherId) }
}

/// The id of a key in eight hexadecimal digits.
fn id(key: &Key) -> String {
    key.verifier().id().iter().map(|byte| format!("{byte:02x}")).collect()
}
