//! The books in which acts are written: one chain for what concerns the whole edition, one for people and organisations, one for each
//! round. Rounds run out of step, so nothing that happens in one may wait for another, nor for a clerk who enters people.

use std::fmt;
use std::str::FromStr;

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
/// assert_eq!(Chain::People.to_string(), "people");
/// assert_eq!("people".parse(), Ok(Chain::People));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chain {
    /// What concerns the whole edition: events, earlier years, lots.
    Edition,
    /// People with their offices, organisations, regions.
    People,
    /// What happens in a round.
    Round(RoundKey),
}

impl Chain {
    /// The chain in which an act is written first.
    pub fn of(deed: &Deed) -> Chain {
        match deed {
            Deed::ChangeRegister(_) | Deed::ChangePeople(_) => Chain::People,
            other => other.round().cloned().map_or(Chain::Edition, Chain::Round),
        }
    }

    /// Every chain that is held while a deed is decided, whatever it decides: the one in which it is written first, and that of people
    /// and organisations for one that lets an organisation enter, which it may do once in all rounds.
    ///
    /// ```
    /// use award::{Chain, Deed};
    ///
    /// assert_eq!(Chain::held_for(&Deed::RecordDossiers), [Chain::Edition]);
    /// ```
    pub fn held_for(deed: &Deed) -> Vec<Chain> {
        let enters = matches!(deed, Deed::Nominate(_, nomination) if nomination.body.is_some());
        [Chain::of(deed)].into_iter().chain(enters.then_some(Chain::People)).collect()
    }

    /// Every chain whose part of the state a fact changes. Who goes up is written below and above.
    pub fn touched_by(fact: &Fact) -> Vec<Chain> {
        let of = |key: &crate::act::ContestKey| Chain::Round(key.round.clone());
        match fact {
            Fact::Advanced { from, to, .. } | Fact::ReserveMovedUp { from, to, .. } => vec![of(from), of(to)],
            // A number is given once in the edition, so two rounds wait for each other to give one.
            Fact::CertificateIssued(contest, _) => vec![Chain::Edition, of(contest)],
            Fact::RegisterChanged(_) | Fact::PeopleChanged(_) => vec![Chain::People],
            other => vec![other.round().cloned().map_or(Chain::Edition, Chain::Round)],
        }
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Chain::Edition => f.write_str("edition"),
            Chain::People => f.write_str("people"),
            Chain::Round(RoundKey { level, region: None }) => write!(f, "round/{level}"),
            Chain::Round(RoundKey { level, region: Some(region) }) => write!(f, "round/{level}/{region}"),
        }
    }
}

/// A text is no chain's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoChain(pub String);

impl FromStr for Chain {
    type Err = NoChain;

    fn from_str(text: &str) -> Result<Chain, NoChain> {
        let round = |path| RoundKey::parse(path).map(Chain::Round).ok_or_else(|| NoChain(text.to_owned()));
        match text {
            "edition" => Ok(Chain::Edition),
            "people" => Ok(Chain::People),
            other => round(other.strip_prefix("round/").ok_or_else(|| NoChain(text.to_owned()))?),
        }
    }
}
