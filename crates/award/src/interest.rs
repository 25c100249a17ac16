//! Conflicts of interest: what each juror declares about each candidate before the dossier opens, what comes with the seat, and who may
//! look at what in consequence.
//!
//! What comes with a seat is found and disclosed, and the juror takes part: the secretary of a province judges the regencies of that
//! province, or the chair would leave every contest. What concerns the person recuses.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::act::ContestKey;
use crate::cycle::tables::{Appointment, Candidate, ConflictKind};
use crate::id::{CandidateId, JurorId};
use crate::rule;
use crate::state::State;

/// What a juror says about a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interest {
    /// No conflict.
    None,
    /// A conflict of that kind.
    Some {
        /// Structural or personal.
        kind: ConflictKind,
        /// In words.
        reason: String,
    },
    /// The juror is not sure; the chair rules.
    InDoubt {
        /// In words.
        reason: String,
    },
}

/// A juror declares an interest in a candidate, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Declaration {
    pub juror: JurorId,
    pub candidate: CandidateId,
    pub says: Interest,
}

/// The chair, or whoever acts as chair for the candidate, rules on a doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Ruling {
    pub juror: JurorId,
    pub candidate: CandidateId,
    /// Who rules.
    pub by: JurorId,
    /// Whether the juror takes no part.
    pub recused: bool,
    pub reason: String,
}

/// A juror opens a dossier, or the points of indicators, of a candidate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Opening {
    pub juror: JurorId,
    pub candidate: CandidateId,
}

/// A juror's order of the candidates, made before any points of indicators are seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Ranking {
    pub juror: JurorId,
    /// Best first: everybody whom the juror judges.
    pub order: Vec<CandidateId>,
}

/// Who saw what when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Opened {
    pub juror: JurorId,
    pub candidate: CandidateId,
    pub at: Option<Timestamp>,
}

/// Where a juror stands towards a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stance {
    /// Nothing was declared.
    Undeclared,
    /// In doubt, and nobody has ruled.
    Doubtful,
    /// Takes no part.
    Recused,
    /// Takes part, be it with a disclosed conflict.
    Free,
}

/// What was declared, ruled and opened about an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interests {
    /// In order; the last one of a juror about a candidate stands.
    pub declared: Vec<Declaration>,
    /// In order.
    pub rulings: Vec<Ruling>,
    /// Who opened which dossier.
    pub dossiers: Vec<Opened>,
    /// Who opened whose points.
    pub figures: Vec<Opened>,
}

impl Interests {
    /// What a juror last declared about a candidate.
    pub fn declared(&self, juror: &JurorId, candidate: &CandidateId) -> Option<&Declaration> {
        self.declared.iter().rev().find(|one| one.juror == *juror && one.candidate == *candidate)
    }

    /// The ruling on a juror's doubt about a candidate.
    pub fn ruling(&self, juror: &JurorId, candidate: &CandidateId) -> Option<&Ruling> {
        self.rulings.iter().rev().find(|one| one.juror == *juror && one.candidate == *candidate)
    }

    /// Where a juror stands by what was declared and ruled.
    pub fn stance(&self, juror: &JurorId, candidate: &CandidateId) -> Stance {
        match self.declared(juror, candidate).map(|one| &one.says) {
            None => Stance::Undeclared,
            Some(Interest::Some { kind: ConflictKind::Personal, .. }) => Stance::Recused,
            Some(Interest::InDoubt { .. }) => match self.ruling(juror, candidate) {
                None => Stance::Doubtful,
                Some(ruling) if ruling.recused => Stance::Recused,
                Some(_) => Stance::Free,
            },
            Some(Interest::None | Interest::Some { .. }) => Stance::Free,
        }
    }

    pub(crate) fn has_opened(opened: &[Opened], juror: &JurorId, candidate: &CandidateId) -> bool {
        opened.iter().any(|one| one.juror == *juror && one.candidate == *candidate)
    }
}

/// Kinds of organisation that are part of the government of a region.
const GOVERNMENTS: [&str; 6] = ["province", "regency", "city", "village", "kelurahan", "customary_village"];
/// Kinds of organisation whose employers or workers a seat may represent.
const EMPLOYERS: [&str; 3] = ["company", "cooperative", "education"];

/// The conflicts that a juror's seat brings with a candidate, as words of the rulebook: a seat of the region judges the region's own
/// governments, who supplies the data judges everybody about whom there are data, who coaches judges those that a branch proposed.
pub fn structural(state: &State, key: &ContestKey, juror: &Appointment, candidate: &Candidate) -> Vec<String> {
    let Some((_, seat)) = rule::seat(state.rules_of(&key.round), &key.round.level, &juror.seat) else { return Vec::new() };
    let holds = |word: &&String| match word.as_str() {
        "own_region" => GOVERNMENTS.contains(&candidate.kind.as_str()) && is_own_region(key, candidate),
        "supplies_data" => !state.rules_of(&key.round).claims.is_empty(),
        "coaches" => candidate.route.as_deref() == Some("branch"),
        "represents" => EMPLOYERS.contains(&candidate.kind.as_str()),
        _ => false,
    };
    seat.structural.iter().filter(holds).cloned().collect()
}

/// Whether the candidate lies in the round's own region; a round of a zone or the nation has none.
fn is_own_region(key: &ContestKey, candidate: &Candidate) -> bool {
    let within = |region: &String| candidate.region == *region || candidate.region.starts_with(&format!("{region}."));
    key.round.region.as_ref().is_some_and(within)
}
