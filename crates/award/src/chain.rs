//! The books in which acts are written: one chain for what concerns the whole edition, one for each round. Rounds run out of step, so
//! nothing that happens in one may wait for another.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::act::{Deed, RoundKey};
use crate::fact::Fact;

/// A chain of the journal.
///
/// ```
/// use award::{Chain, RoundKey};
///
/// let lampung = RoundKey { level: "province".into(), region: Some("18".into()) };
/// assert_eq!(Chain::Round(lampung).to_string(), "round/province/18");
/// assert_eq!(Chain::Round(RoundKey { level: "nation".into(), region: None }).to_string(), "round/nation");
/// assert_eq!(Chain::Edition.to_string(), "edition");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chain {
    /// What concerns the whole edition: events, earlier years, lots.
    Edition,
    /// What happens in a round.
    Round(RoundKey),
}

impl Chain {
    /// The chain in which an act is written first.
    pub fn of(deed: &Deed) -> Chain {
        deed.round().cloned().map_or(Chain::Edition, Chain::Round)
    }

    /// Every chain whose part of the state a fact changes. Who goes up is written below and above.
    pub fn touched_by(fact: &Fact) -> Vec<Chain> {
        let of = |key: &crate::act::ContestKey| Chain::Round(key.round.clone());
        match fact {
            Fact::Advanced { from, to, .. } | Fact::ReserveMovedUp { from, to, .. } => vec![of(from), of(to)],
            // A number is given once in the edition, so two rounds wait for each other to give one.
            Fact::CertificateIssued(contest, _) => vec![Chain::Edition, of(contest)],
            other => vec![other.round().cloned().map_or(Chain::Edition, Chain::Round)],
        }
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Chain::Edition => f.write_str("edition"),
            Chain::Round(RoundKey { level, region: None }) => write!(f, "round/{level}"),
            Chain::Round(RoundKey { level, region: Some(region) }) => write!(f, "round/{level}/{region}"),
        }
    }
}
