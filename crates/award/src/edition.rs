//! An edition as it is announced: which award it is, what it is for, who holds it. The rules stand in the rulebook; this is what people
//! outside are told, and it is put on record once.

use jiff::civil::Date;
use rules::Rulebook;
use rules::rulebook::Text;
use serde::{Deserialize, Serialize};
use words::Message;

use crate::fact::Fact;
use crate::limit;
use crate::refusal::Refusal;
use crate::state::State;

/// Highest number that an award of a series can have.
const ORDINAL_MAX: u32 = 200;

/// What an edition is announced as. The label that people use, the period judged and the ordinal are separate things.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct EditionRecord {
    pub id: String,
    pub name: Text,
    /// Labels seen in public, such as `2024` and `2025` for the same edition.
    pub labels: Vec<String>,
    /// Which award it is, counted from the first.
    pub ordinal: Option<u32>,
    /// First and last day of the period judged.
    pub assessed: (Date, Date),
    pub purposes: Vec<Text>,
    pub organisers: Vec<OrganiserRecord>,
}

/// Who holds an edition, and as what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OrganiserRecord {
    pub name: Text,
    pub role: Option<Text>,
    pub aliases: Vec<String>,
}

/// The edition that a rulebook speaks of.
///
/// ```
/// let edition = award::edition::of(&rules::example());
/// assert_eq!(edition.id, "kampung-bersih-2026");
/// ```
pub fn of(rules: &Rulebook) -> EditionRecord {
    let edition = &rules.edition;
    let organiser = |known: &rules::rulebook::Organiser| OrganiserRecord {
        name: known.name.clone(),
        role: known.role.clone(),
        aliases: known.aliases.clone(),
    };
    EditionRecord {
        id: edition.id.clone(),
        name: edition.name.clone(),
        labels: edition.labels.clone(),
        ordinal: edition.ordinal,
        assessed: (edition.assessment_from, edition.assessment_to),
        purposes: edition.purposes.clone(),
        organisers: rules.organisers.iter().map(organiser).collect(),
    }
}

/// Opens an edition. What the rulebook pins (id and period) cannot be said otherwise; names, purposes and organisers can, because sources
/// differ in them.
pub(crate) fn open(state: &State, edition: &EditionRecord) -> Result<Vec<Fact>, Refusal> {
    if let Some(known) = &state.edition {
        return Err(Refusal::of(Message::new("refusal-edition-open").text("edition", &known.id)));
    }
    let rules = &state.rules.edition;
    if edition.id != rules.id || edition.assessed != (rules.assessment_from, rules.assessment_to) {
        let message = Message::new("refusal-edition-other").text("edition", limit::beginning(&edition.id));
        return Err(Refusal::of(message.text("rulebook", &rules.id)));
    }
    texts(edition)?;
    match edition.ordinal {
        Some(0) | Some(ORDINAL_MAX..) => Err(absurd("ordinal", edition.ordinal.unwrap_or_default())),
        _ => Ok(vec![Fact::EditionOpened(edition.clone())]),
    }
}

fn texts(edition: &EditionRecord) -> Result<(), Refusal> {
    both("name", &edition.name)?;
    edition.labels.iter().try_for_each(|label| limit::name("label", label))?;
    edition.purposes.iter().try_for_each(both_texts)?;
    limit::list("organisers", edition.organisers.len())?;
    edition.organisers.iter().try_for_each(|organiser| {
        both("name", &organiser.name)?;
        organiser.role.as_ref().map_or(Ok(()), |role| both("role", role))?;
        organiser.aliases.iter().try_for_each(|alias| limit::name("alias", alias))
    })
}

fn both(field: &str, text: &Text) -> Result<(), Refusal> {
    limit::name(field, &text.id)?;
    limit::name(field, &text.en)
}

fn both_texts(text: &Text) -> Result<(), Refusal> {
    limit::text("purpose", &text.id)?;
    limit::text("purpose", &text.en)
}

/// A number that nobody can mean.
pub(crate) fn absurd(field: &str, found: impl ToString) -> Refusal {
    let message = Message::new("refusal-number-absurd").message("field", Message::new(format!("field-{field}")));
    Refusal::of(message.number("found", found))
}
