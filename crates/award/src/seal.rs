//! The seal of a rulebook: the edition goes by one text, named by its hash, and two people have said so. Once a seal is proposed, no round is
//! opened until it is there; from then on a round is opened only under the sealed text. An edition for which nobody proposes one goes on
//! without, as years from files do.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use words::Message;

use crate::fact::Fact;
use crate::id::PersonId;
use crate::limit;
use crate::people;
use crate::refusal::Refusal;
use crate::round::RulebookPin;
use crate::stage::opening;
use crate::state::State;

/// That somebody wants the rulebook sealed, or seals it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Sealing {
    pub rulebook: RulebookPin,
    pub by: PersonId,
}

/// The seal of an edition's rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Seal {
    pub rulebook: RulebookPin,
    pub proposer: PersonId,
    /// Who sealed it, and when; none as long as it is only proposed.
    pub sealed: Option<(PersonId, Timestamp)>,
}

/// Proposes a seal. What was proposed and not sealed can be proposed anew, by somebody else too.
pub(crate) fn propose(state: &State, sealing: &Sealing) -> Result<Vec<Fact>, Refusal> {
    sound(state, sealing)?;
    if let Some(seal) = state.seal.as_ref().filter(|seal| seal.sealed.is_some()) {
        return Err(about("refusal-rulebook-sealed", &seal.rulebook));
    }
    let seal = Seal { rulebook: sealing.rulebook.clone(), proposer: sealing.by.clone(), sealed: None };
    if state.seal.as_ref() == Some(&seal) {
        return Err(about("refusal-seal-proposed", &sealing.rulebook));
    }
    Ok(vec![Fact::SealProposed(seal)])
}

/// Seals what somebody else proposed.
pub(crate) fn seal(state: &State, sealing: &Sealing, at: Option<Timestamp>) -> Result<Vec<Fact>, Refusal> {
    sound(state, sealing)?;
    let Some(proposed) = &state.seal else { return Err(about("refusal-seal-not-proposed", &sealing.rulebook)) };
    if proposed.sealed.is_some() {
        return Err(about("refusal-rulebook-sealed", &proposed.rulebook));
    }
    if proposed.rulebook != sealing.rulebook {
        return Err(about("refusal-seal-not-proposed", &sealing.rulebook));
    }
    if people::is_same(&proposed.proposer, &sealing.by) {
        return Err(about("refusal-seal-same-person", &sealing.rulebook));
    }
    let sealed = Some((sealing.by.clone(), opening::time(at)?));
    Ok(vec![Fact::RulebookSealed(Seal { sealed, ..proposed.clone() })])
}

/// Refuses to open a round under another text than the sealed one, or before a proposed seal is there.
pub(crate) fn holds(state: &State, pin: &RulebookPin) -> Result<(), Refusal> {
    match &state.seal {
        None => Ok(()),
        Some(seal) if seal.sealed.is_none() => Err(about("refusal-seal-awaited", &seal.rulebook)),
        Some(seal) if seal.rulebook != *pin => Err(about("refusal-rulebook-sealed", &seal.rulebook)),
        Some(_) => Ok(()),
    }
}

fn sound(state: &State, sealing: &Sealing) -> Result<(), Refusal> {
    limit::id(sealing.by.as_str())?;
    limit::hash(&sealing.rulebook.hash)?;
    let (edition, pin) = (&state.rules.edition, &sealing.rulebook);
    if pin.edition == edition.id && pin.version == edition.version {
        return Ok(());
    }
    let message = Message::new("refusal-seal-other").text("edition", limit::beginning(&pin.edition));
    Err(Refusal::of(message.text("version", limit::beginning(&pin.version))))
}

fn about(rule: &str, pin: &RulebookPin) -> Refusal {
    Refusal::of(Message::new(rule).text("edition", &pin.edition).text("hash", &pin.hash))
}
