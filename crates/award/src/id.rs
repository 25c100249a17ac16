//! Ids as types of their own, so that a juror can never stand where a candidate should.

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id with this text.
            pub fn new(text: impl Into<String>) -> Self {
                $name(text.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $name(text.to_owned())
            }
        }
    )+};
}

ids! {
    /// An organisation entered in one category of one edition; the same through all levels.
    ///
    /// ```
    /// assert_eq!(award::CandidateId::from("badung").as_str(), "badung");
    /// ```
    CandidateId,
    /// A person on a panel.
    ///
    /// ```
    /// assert_eq!(award::JurorId::from("sekda").to_string(), "sekda");
    /// ```
    JurorId,
    /// A person, whatever offices they hold; given by the office.
    ///
    /// ```
    /// assert_eq!(award::PersonId::from("p-17").as_str(), "p-17");
    /// ```
    PersonId,
    /// An organisation or a region, whatever it is called; never changes.
    ///
    /// ```
    /// assert_eq!(award::BodyId::from("kab-raja-ampat").as_str(), "kab-raja-ampat");
    /// ```
    BodyId,
    /// A file by the SHA-256 of what it holds, in 64 lower-case hex digits; checked where it is stated.
    ///
    /// ```
    /// assert_eq!(award::FileHash::from("0a").to_string(), "0a");
    /// ```
    FileHash,
    /// A contest: `cycle/level/region/category`, without the region where there is one round for the nation.
    ///
    /// ```
    /// assert_eq!(award::ContestId::from("lampung-2023/nation/kabkota").as_str(), "lampung-2023/nation/kabkota");
    /// ```
    ContestId,
}
