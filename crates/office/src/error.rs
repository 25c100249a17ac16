//! What can go wrong that is no refusal of the award's rules.

use award::PersonId;
use words::Message;

use crate::account::{Account, Standing};

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
    #[error("there is no active account `{person}`")]
    NoAccount {
        /// Who.
        person: String,
        /// What the account is instead of active; none if there is none.
        standing: Option<Standing>,
    },
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
    /// There is no account of this person.
    pub(crate) fn nobody(person: &PersonId) -> Error {
        Error::NoAccount { person: person.to_string(), standing: None }
    }

    /// There is one that is not active.
    pub(crate) fn not_active(account: &Account) -> Error {
        Error::NoAccount { person: account.person.to_string(), standing: Some(account.standing) }
    }

    /// The error in words for people. The next step stands under the same key with `-next`.
    pub fn message(&self) -> Message {
        match self {
            Error::Store(error) => error.message(),
            Error::NoAccount { person, standing } => match standing {
                Some(Standing::Invited) => Message::new("office-not-come"),
                Some(Standing::Disabled) => Message::new("office-disabled"),
                Some(Standing::Active) | None => Message::new("office-no-account"),
            }
            .text("person", person),
            Error::Account { why, .. } => why.clone(),
        }
    }
}

impl From<store::files::Error> for Error {
    fn from(error: store::files::Error) -> Error {
        Error::Store(error.into())
    }
}
