//! What can go wrong that is no refusal of the award's rules.

use words::Message;

/// The result of a use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case could not be carried out.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database failed, or what stands there is not as this program writes it.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// Whoever asks has no account, or it is not active.
    #[error("there is no active account `{0}`")]
    NoAccount(String),
    /// An account cannot be made or changed like that.
    #[error("account `{person}`: {why:?}")]
    Account {
        /// Whose.
        person: String,
        /// Why not.
        why: Message,
    },
}

impl Error {
    /// The error in words for people. The next step stands under the same key with `-next`.
    pub fn message(&self) -> Message {
        match self {
            Error::Store(error) => error.message(),
            Error::NoAccount(person) => Message::new("office-no-account").text("person", person),
            Error::Account { why, .. } => why.clone(),
        }
    }
}

impl From<store::files::Error> for Error {
    fn from(error: store::files::Error) -> Error {
        Error::Store(error.into())
    }
}
