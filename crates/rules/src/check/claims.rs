//! Claims: their names, and that each is used as what it is.

use words::Message;

use super::{Book, Finding};
use crate::problem::complaint;
use crate::reader::is_reserved;
use crate::rulebook::{ClaimShape, GateCondition, IndicatorKind};

pub(super) fn no_claim_twice(book: &Book<'_>) -> Vec<Finding> {
    let derived = book.derived.iter().enumerate();
    let twice = derived.filter(|(_, derived)| book.claim(&derived.id).is_some());
    twice
        .map(|(index, derived)| {
            let message = complaint("claim-twice").text("claim", &derived.id);
            Finding::new(format!("derived.{index}.id"), message)
        })
        .collect()
}

pub(super) fn no_reserved_name(book: &Book<'_>) -> Vec<Finding> {
    let claims = book.claims.iter().map(|claim| &claim.id).enumerate();
    let derived = book.derived.iter().map(|derived| &derived.id).enumerate();
    let all = (claims.map(|(index, id)| (format!("claim.{index}.id"), id)))
        .chain(derived.map(|(index, id)| (format!("derived.{index}.id"), id)));
    all.filter(|(_, id)| is_reserved(id))
        .map(|(path, id)| Finding::new(path, complaint("claim-reserved").text("claim", id)))
        .collect()
}

pub(super) fn decimals_fit_the_shape(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, claim) in book.claims.iter().enumerate() {
        let most = match claim.shape {
            ClaimShape::Money | ClaimShape::Number => 9,
            ClaimShape::Count | ClaimShape::YesNo | ClaimShape::List => 0,
        };
        if claim.decimals > most && book.is_sound(&format!("claim.{index}.shape")) {
            let message = complaint("decimals").text("claim", &claim.id).number("most", most);
            found.push(Finding::new(format!("claim.{index}.decimals"), message));
        }
    }
    found
}

/// Bounds between which nothing lies.
pub(super) fn plausible_bounds(book: &Book<'_>) -> Vec<Finding> {
    let claims = book.claims.iter().enumerate().map(|(at, claim)| (format!("claim.{at}"), &claim.id, &claim.plausible));
    let derived = book.derived.iter().enumerate().map(|(at, one)| (format!("derived.{at}"), &one.id, &one.plausible));
    let empty = claims.chain(derived).filter_map(|(path, id, bounds)| {
        let (least, most) = bounds.at_least.as_ref().zip(bounds.at_most.as_ref()).filter(|(least, most)| least > most)?;
        let message = complaint("plausible-empty").text("claim", id).number("least", least).number("most", most);
        Some(Finding::new(format!("{path}.at_least"), message))
    });
    empty.collect()
}

/// What a use needs a claim to be.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Number,
    YesNo,
    List,
}

pub(super) fn shapes_fit_their_use(book: &Book<'_>) -> Vec<Finding> {
    let measures = book
        .measures_at()
        .into_iter()
        .flat_map(|(path, kind)| uses(kind).into_iter().map(move |(key, id, wanted)| (format!("{path}.{key}"), id, wanted)));
    let gates = book.gates_at().into_iter().filter_map(|(path, gate)| match &gate.condition {
        GateCondition::Yes(id) => Some((format!("{path}.yes"), id, Wanted::YesNo)),
        GateCondition::No(id) => Some((format!("{path}.no"), id, Wanted::YesNo)),
        GateCondition::Claim(id, ..) => Some((format!("{path}.claim"), id, Wanted::Number)),
        GateCondition::Formula(..) | GateCondition::PreviousWinner(_) => None,
    });
    let all: Vec<_> = measures.chain(gates).collect();
    all.into_iter().filter(|(_, id, wanted)| !fits(book, id, *wanted)).map(misused).collect()
}

fn uses(kind: &IndicatorKind) -> Vec<(&'static str, &String, Wanted)> {
    match kind {
        IndicatorKind::Ratio { numerator, denominator, .. } => {
            vec![("numerator", numerator, Wanted::Number), ("denominator", denominator, Wanted::Number)]
        }
        IndicatorKind::Count { claim } => vec![("claim", claim, Wanted::Number)],
        IndicatorKind::Growth { from, to, .. } => {
            vec![("from", from, Wanted::Number), ("to", to, Wanted::Number)]
        }
        IndicatorKind::Checklist { list, .. } => vec![("list", list, Wanted::List)],
        _ => Vec::new(),
    }
}

/// A yes or no counts as 1 or 0, so it may stand where a number is wanted.
fn fits(book: &Book<'_>, id: &str, wanted: Wanted) -> bool {
    let Some((index, claim)) = book.rules.claims.iter().enumerate().find(|(_, claim)| claim.id == id) else {
        return wanted == Wanted::Number || book.derived_claim(id).is_none();
    };
    if !book.is_sound(&format!("claim.{index}.shape")) {
        return true;
    }
    match wanted {
        Wanted::Number => claim.shape != ClaimShape::List,
        Wanted::YesNo => claim.shape == ClaimShape::YesNo,
        Wanted::List => claim.shape == ClaimShape::List,
    }
}

fn misused((path, id, wanted): (String, &String, Wanted)) -> Finding {
    let wanted = match wanted {
        Wanted::Number => "number",
        Wanted::YesNo => "yes-no",
        Wanted::List => "list",
    };
    let message = complaint("claim-shape").text("claim", id);
    let wanted = Message::new(format!("rules-wanted-{wanted}"));
    Finding::new(path, message.message("wanted", wanted))
}
