//! The register of legal products: what a candidate states of each regulation it made, drafts or plans, tied to the checklist indicators
//! of the rulebook. What is stated earns nothing yet; a verifier accepts or strikes it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rules::Rulebook;
use rules::rulebook::{ClaimShape, IndicatorKind};
use serde::{Deserialize, Serialize};
use words::Message;

use super::checklist::in_hand;
use crate::act::ContestKey;
use crate::fact::Fact;
use crate::id::{CandidateId, PersonId};
use crate::limit;
use crate::permission::Actor;
use crate::refusal::Refusal;
use crate::stage::opening::time;
use crate::state::{Entry, State};

/// Most products that one candidate states.
pub const PRODUCTS_MAX: usize = 500;
/// Years in which a legal product can have been made: the republic, and some that are still planned.
const YEARS: std::ops::RangeInclusive<i16> = 1945..=2200;

/// A legal product, or another item of a list, as the candidate states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct StatedProduct {
    pub candidate: CandidateId,
    /// Its id in the candidate's register, made by whoever enters it first.
    pub id: String,
    /// The claim of the rulebook that is the list.
    pub list: String,
    pub title: String,
    /// One of the kinds that the list's checklists know, such as `perda`.
    pub kind: String,
    /// How far it is, such as `planned`, `drafting`, `enacted`.
    pub stage: String,
    /// What it contains; each once.
    pub attributes: Vec<String>,
    pub number: Option<String>,
    pub year: Option<i16>,
    /// The document of the checklist in which it can be read.
    pub document: Option<String>,
    /// The page there, from 1.
    pub page: Option<u32>,
    /// It was entered by mistake and counts no longer; it stays on record.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub struck: bool,
    /// Which version was before the eyes of whoever states it, 0 for a new one; none where nobody looked. It stands in the act, not in the
    /// register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<u32>,
}

impl StatedProduct {
    /// What is said of the product itself.
    fn said(&self) -> StatedProduct {
        StatedProduct { seen: None, ..self.clone() }
    }
}

/// A legal product in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Product {
    /// As it was stated last.
    pub stated: StatedProduct,
    /// How often it was stated, from 1.
    pub version: u32,
    pub at: Timestamp,
    /// Who stated it last, where a person did.
    pub by: Option<PersonId>,
}

impl Entry {
    pub(crate) fn state_product(&mut self, stated: &StatedProduct, by: Option<&PersonId>, at: Timestamp) {
        let version = |before: u32| Product { stated: stated.said(), version: before.saturating_add(1), at, by: by.cloned() };
        match self.products.iter_mut().find(|known| known.stated.id == stated.id) {
            Some(known) => *known = version(known.version),
            None => self.products.push(version(0)),
        }
    }
}

/// The words that the rulebook's checklists know for a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ListWords {
    pub kinds: BTreeSet<String>,
    pub stages: BTreeSet<String>,
    pub attributes: BTreeSet<String>,
}

/// The words of a list, in the order of the alphabet.
///
/// ```
/// assert!(award::stage::dossier::list_words(&rules::example(), "no-such-list").kinds.is_empty());
/// ```
pub fn list_words(rules: &Rulebook, list: &str) -> ListWords {
    let mut words = ListWords { kinds: BTreeSet::new(), stages: BTreeSet::new(), attributes: BTreeSet::new() };
    let indicators = rules.schemes.iter().flat_map(|scheme| &scheme.aspects).flat_map(|aspect| &aspect.indicators);
    for indicator in indicators {
        let mut kind = &indicator.kind;
        while let IndicatorKind::Relative { of } = kind {
            kind = of;
        }
        let IndicatorKind::Checklist { list: own, kinds, stages, attributes, .. } = kind else { continue };
        if own == list {
            words.kinds.extend(kinds.keys().cloned());
            words.stages.extend(stages.keys().cloned());
            words.attributes.extend(attributes.keys().cloned());
        }
    }
    words
}

/// A candidate states a legal product, anew or in place of what it said before.
pub(crate) fn state_product(
    state: &State,
    key: &ContestKey,
    stated: &StatedProduct,
    actor: &Actor,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let entry = in_hand(state, key, &stated.candidate, at)?;
    limit::id(&stated.id)?;
    limit::name("title", &stated.title)?;
    limit::name_opt("number", stated.number.as_ref())?;
    words(state.rules_of(&key.round), stated)?;
    shown(state, key, stated)?;
    fresh(entry, stated)?;
    once(entry, stated)?;
    let by = match actor {
        Actor::Person(person, _) => Some(person.clone()),
        _ => None,
    };
    Ok(vec![Fact::ProductStated { contest: key.clone(), product: stated.clone(), by, at: time(at)? }])
}

/// The list is one of the rulebook, and says what may be said of its items.
fn words(rules: &Rulebook, stated: &StatedProduct) -> Result<(), Refusal> {
    let is_list = rules.claim(&stated.list).is_some_and(|claim| claim.shape == ClaimShape::List);
    if !is_list {
        return Err(Refusal::of(Message::new("refusal-no-such-list").text("list", limit::beginning(&stated.list))));
    }
    let words = list_words(rules, &stated.list);
    let one = |column: &str, word: &String, known: &BTreeSet<String>| match known.contains(word) {
        true => Ok(()),
        false => {
            let message = Message::new("refusal-product-word").message("what", Message::new(format!("product-{column}")));
            let all = known.iter().cloned().collect::<Vec<_>>().join(", ");
            Err(Refusal::of(message.text("word", limit::beginning(word)).text("words", all)))
        }
    };
    one("kind", &stated.kind, &words.kinds)?;
    one("stage", &stated.stage, &words.stages)?;
    stated.attributes.iter().try_for_each(|attribute| one("attribute", attribute, &words.attributes))?;
    let twice = stated.attributes.iter().enumerate().find(|(at, word)| stated.attributes[..*at].contains(word));
    match twice {
        Some((_, word)) => Err(Refusal::of(Message::new("refusal-product-attribute-twice").text("word", word))),
        None => Ok(()),
    }
}

/// Its year can be meant, and the document that shows it is one of the checklist.
fn shown(state: &State, key: &ContestKey, stated: &StatedProduct) -> Result<(), Refusal> {
    if let Some(year) = stated.year.filter(|year| !YEARS.contains(year)) {
        return Err(Refusal::of(Message::new("refusal-product-year").text("year", year.to_string())));
    }
    let category = state.rules_of(&key.round).category(&key.category);
    let documents = category.map(|category| category.documents.as_slice()).unwrap_or_default();
    let unknown = stated.document.as_ref().filter(|id| !documents.iter().any(|document| document.id == **id));
    if let Some(document) = unknown {
        let ids: Vec<&str> = documents.iter().map(|document| document.id.as_str()).collect();
        let message = Message::new("refusal-document-unknown").text("document", limit::beginning(document));
        return Err(Refusal::of(message.text("documents", ids.join(", "))));
    }
    match stated.page {
        Some(0) => Err(Refusal::of(Message::new("refusal-product-page"))),
        _ => Ok(()),
    }
}

/// Nobody says something else of a product than what was before the eyes. A record may not tell what that was.
fn fresh(entry: &Entry, stated: &StatedProduct) -> Result<(), Refusal> {
    let known = entry.products.iter().find(|known| known.stated.id == stated.id);
    let current = known.map_or(0, |known| known.version);
    match stated.seen {
        Some(seen) if seen != current => {
            let title = known.map_or(&stated.title, |known| &known.stated.title);
            let message = Message::new("refusal-product-stale").text("title", title);
            Err(Refusal::of(message.number("seen", seen).number("current", current)))
        }
        _ => Ok(()),
    }
}

/// Nothing stands twice, for a verifier tells items by their titles.
fn once(entry: &Entry, stated: &StatedProduct) -> Result<(), Refusal> {
    let others = entry.products.iter().map(|known| &known.stated).filter(|known| known.id != stated.id);
    let same = |known: &&StatedProduct| known.list == stated.list && limit::same_name(&known.title, &stated.title);
    if !stated.struck
        && let Some(other) = others.clone().filter(|known| !known.struck).find(same)
    {
        return Err(Refusal::of(Message::new("refusal-product-twice").text("title", &other.title)));
    }
    if entry.products.iter().any(|known| known.stated == stated.said()) {
        return Err(Refusal::of(Message::new("refusal-product-same").text("title", &stated.title)));
    }
    if others.count() >= PRODUCTS_MAX {
        return Err(Refusal::of(Message::new("refusal-products").number("most", PRODUCTS_MAX)));
    }
    Ok(())
}
