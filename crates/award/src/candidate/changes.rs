//! Who changed what on a dossier: an act of the journal in the words of the people who work on it together.

use jiff::Timestamp;
use rules::Rulebook;
use rules::rulebook::ClaimShape;
use serde::Serialize;
use words::{Arg, Message};

use crate::act::{Act, ContestKey, Deed};
use crate::cycle::tables::{Claim, ListItem};
use crate::id::CandidateId;
use crate::sentence::Sentence;
use crate::stage::nomination::Answer;

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A document.
    Document,
    /// A figure.
    Figure,
    /// An item of a register, such as a legal product.
    Product,
    /// The dossier as a whole: submitted, given back, withdrawn.
    Dossier,
    /// The consent, or the answer to an invitation.
    Answer,
}

impl What {
    /// Whether it tells what the candidate has to show in figures: a figure, an item of a register.
    pub fn is_figure(self) -> bool {
        matches!(self, What::Figure | What::Product)
    }
}

/// Something that somebody changed on a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Changed {
    /// The id of the account, never a name.
    pub by: String,
    pub at: Option<Timestamp>,
    pub what: What,
    /// Of what: the id of the document, claim or product, the title of an item that a verifier looked at; empty for the whole.
    pub of: String,
    pub text: Sentence,
}

/// What an act changed on a candidate's dossier, by the account of whoever did it, in the words of the rulebook; none for any other act.
///
/// ```
/// use award::candidate::changed;
/// use award::{Act, Actor, ContestKey, Deed};
///
/// let (rules, contest) = (rules::example(), ContestKey::parse("province/51/kabkota").unwrap());
/// let act = Act { actor: Actor::Centre, at: None, deed: Deed::SubmitDossier(contest.clone(), "badung".into()) };
/// assert_eq!(changed(&rules, &act, "staf", &"badung".into()).unwrap().by, "staf");
/// assert_eq!(changed(&rules, &act, "staf", &"gianyar".into()), None);
/// assert_eq!(changed(&rules, &Act { deed: Deed::Count(contest), ..act }, "staf", &"badung".into()), None);
/// ```
pub fn changed(rules: &Rulebook, act: &Act, by: &str, candidate: &CandidateId) -> Option<Changed> {
    if act.deed.candidate() != Some(candidate) {
        return None;
    }
    let (what, of, text) = said(rules, &act.deed)?;
    Some(Changed { by: by.to_owned(), at: act.at, what, of: of.to_owned(), text: text.into() })
}

fn said<'d>(rules: &Rulebook, deed: &'d Deed) -> Option<(What, &'d str, Message)> {
    Some(match deed {
        Deed::HandInItem(contest, item) => {
            let text = Message::new("changed-document").text("file", &item.file.name);
            let text = text.with("document", document(rules, contest, &item.document));
            (What::Document, item.document.as_str(), text)
        }
        Deed::StateClaim(_, claim) => (What::Figure, claim.claim.as_str(), figure(rules, claim)),
        Deed::StateProduct(_, product) => {
            let key = if product.struck { "changed-product-struck" } else { "changed-product" };
            let text = Message::new(key).text("title", &product.title).with("stage", rules::word(&product.stage));
            (What::Product, product.id.as_str(), text)
        }
        Deed::VerifyItem(_, item) => (What::Product, item.title.as_str(), verified(item)),
        Deed::SubmitDossier(..) => (What::Dossier, "", Message::new("changed-submitted")),
        Deed::ReturnDossier(_, back) => (What::Dossier, "", Message::new("changed-returned").text("reason", &back.reason)),
        Deed::AdmitLate(_, _, reason) => (What::Dossier, "", Message::new("changed-admitted-late").text("reason", reason)),
        Deed::Withdraw(_, _, reason) => (What::Dossier, "", Message::new("changed-withdrawn").text("reason", reason)),
        Deed::Answer(_, consent) => match &consent.answer {
            Answer::Give => (What::Answer, "", Message::new("changed-consented")),
            Answer::Decline(reason) => (What::Answer, "", Message::new("changed-declined").text("reason", reason)),
        },
        Deed::SendDelegation(..) => (What::Answer, "", Message::new("changed-delegation")),
        Deed::HandInMaterial(_, material) => {
            let text = Message::new("changed-material").text("title", &material.title).text("file", &material.file.name);
            (What::Document, "", text)
        }
        Deed::AnswerInvitation(..) => (What::Answer, "", Message::new("changed-invitation")),
        _ => return None,
    })
}

/// What a verifier said of an item of a register, with the reason where one is on record.
fn verified(item: &ListItem) -> Message {
    let about = |key: &str| Message::new(key).text("title", &item.title);
    match (item.accepted, &item.reason) {
        (true, None) => about("changed-item-accepted"),
        (true, Some(reason)) => about("changed-item-accepted-because").text("reason", reason),
        (false, None) => about("changed-item-struck"),
        (false, Some(reason)) => about("changed-item-struck-because").text("reason", reason),
    }
}

/// What was stated of a figure; of a question whether it was answered with yes or no.
fn figure(rules: &Rulebook, claim: &Claim) -> Message {
    let rule = rules.claim(&claim.claim);
    let name = rule.map(|rule| Arg::Local(rule.name.id.clone(), rule.name.en.clone()));
    let named = |key: &str| Message::new(key).with("claim", name.clone().unwrap_or_else(|| Arg::Text(claim.claim.clone())));
    match &claim.claimed {
        None => named("changed-claim-none"),
        Some(answer) if rule.is_some_and(|rule| rule.shape == ClaimShape::YesNo) => {
            named(if answer.is_zero() { "changed-claim-no" } else { "changed-claim-yes" })
        }
        Some(value) => named("changed-claim").number("value", value.to_string()),
    }
}

/// The name of a document of a category's checklist; its id where the rulebook knows none.
fn document(rules: &Rulebook, contest: &ContestKey, id: &str) -> Arg {
    let documents = rules.category(&contest.category).into_iter().flat_map(|category| &category.documents);
    let known = documents.into_iter().find(|document| document.id == id);
    known.map_or_else(|| Arg::Text(id.to_owned()), |known| Arg::Local(known.name.id.clone(), known.name.en.clone()))
}
