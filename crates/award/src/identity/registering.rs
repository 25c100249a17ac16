//! What the register takes in and what not: every change names its day and its source, and none makes the past impossible.

use std::collections::BTreeSet;

use jiff::civil::Date;
use words::Message;

use super::register::Register;
use super::{Attribute, Dated, RegisterChange, Sort, Succession};
use crate::fact::Fact;
use crate::id::BodyId;
use crate::limit;
use crate::refusal::Refusal;
use crate::state::State;

/// The size classes of a rulebook.
pub(crate) const SIZES: [&str; 4] = ["micro", "small", "medium", "large"];
/// The kinds of a rulebook's categories, with the district, in which nobody competes but which lies between.
const KINDS: [&str; 12] = [
    "province",
    "regency",
    "city",
    "district",
    "village",
    "kelurahan",
    "customary_village",
    "company",
    "public_service",
    "education",
    "cooperative",
    "other",
];

/// The rule that somebody who is spoken of stands in the register.
pub(crate) const UNKNOWN: &str = "refusal-body-unknown";
/// The rule that the first day of somebody tells a name and a kind.
pub(crate) const UNNAMED: &str = "refusal-body-without-name";

/// Decides a change of the register.
pub(crate) fn register(state: &State, change: &RegisterChange) -> Result<Vec<Fact>, Refusal> {
    let register = &state.register;
    match change {
        RegisterChange::Enter { id, sort, attributes } => enter(register, id, *sort, attributes)?,
        RegisterChange::Rename { id, name, from, source } => {
            say(register, id, &Attribute::Name(name.clone()), *from, source)?;
        }
        RegisterChange::AddAlias { id, alias, misprint, from, source } => {
            let what = if *misprint { Attribute::Misprint(alias.clone()) } else { Attribute::Alias(alias.clone()) };
            say(register, id, &what, *from, source)?;
        }
        RegisterChange::Reclassify { id, size, kind, from, source } => {
            if size.is_none() && kind.is_none() {
                return Err(Refusal::of(about("refusal-reclassify-nothing", id)));
            }
            size.iter().try_for_each(|size| say(register, id, &Attribute::Size(size.clone()), *from, source))?;
            kind.iter().try_for_each(|kind| say(register, id, &Attribute::Kind(kind.clone()), *from, source))?;
        }
        RegisterChange::Move { id, parent, code, from, source } => {
            say(register, id, &Attribute::Parent(parent.clone()), *from, source)?;
            code.iter().try_for_each(|code| say(register, id, &Attribute::Code(code.clone()), *from, source))?;
        }
        RegisterChange::Merge(succession) => {
            succeed(register, succession, succession.from.len() >= 2 && succession.into.len() == 1)?
        }
        RegisterChange::Split(succession) => {
            succeed(register, succession, succession.from.len() == 1 && succession.into.len() >= 2)?
        }
    }
    Ok(vec![Fact::RegisterChanged(change.clone())])
}

fn enter(register: &Register, id: &BodyId, sort: Sort, attributes: &[Dated]) -> Result<(), Refusal> {
    limit::id(id.as_str())?;
    if register.bodies.contains_key(id) {
        return Err(Refusal::of(about("refusal-body-known", id)));
    }
    limit::list("attributes", attributes.len())?;
    let Some(first) = attributes.iter().map(|dated| dated.from).min() else { return Ok(()) };
    let has = |pick: fn(&Attribute) -> bool| attributes.iter().any(|dated| dated.from == first && pick(&dated.what));
    let named = has(|what| matches!(what, Attribute::Name(_))) && has(|what| matches!(what, Attribute::Kind(_)));
    let named = if named { Ok(()) } else { Err(Refusal::of(about(UNNAMED, id))) };
    let each = attributes.iter().enumerate().flat_map(|(at, dated)| {
        let clash = attributes[..at].iter().any(|other| other.from == dated.from && is_same_question(&other.what, &dated.what));
        let once = if clash { Err(Refusal::of(about("refusal-attribute-twice", id).date("day", dated.from))) } else { Ok(()) };
        [sound(id, &dated.what, dated.from, &dated.source), once, fits(register, id, sort, &dated.what, dated.from)]
    });
    Refusal::every(std::iter::once(named).chain(each))
}

/// A parent to which the body can belong, a code that nobody else has.
fn fits(register: &Register, id: &BodyId, sort: Sort, what: &Attribute, from: Date) -> Result<(), Refusal> {
    match what {
        Attribute::Parent(parent) => belongs(register, id, sort, parent, from),
        Attribute::Code(code) => code_is_free(register, id, code, from),
        _ => Ok(()),
    }
}

/// One more attribute of a body that exists on that day.
fn say(register: &Register, id: &BodyId, what: &Attribute, from: Date, source: &str) -> Result<(), Refusal> {
    let body = known(register, id)?;
    Refusal::every([
        sound(id, what, from, source),
        exists_on(register, id, from),
        is_news(body, what, from),
        fits(register, id, body.sort, what, from),
    ])
}

/// Nothing else is said on that day, and it is not what holds already.
fn is_news(body: &super::Body, what: &Attribute, from: Date) -> Result<(), Refusal> {
    let refuse = |rule: &str| Err(Refusal::of(about(rule, &body.id).date("day", from)));
    let mut before = body.attributes.iter().filter(|dated| dated.from <= from && is_same_question(&dated.what, what));
    if before.clone().any(|dated| dated.from == from) {
        return refuse("refusal-attribute-twice");
    }
    if before.next_back().is_some_and(|dated| dated.what == *what) {
        return refuse("refusal-attribute-same");
    }
    Ok(())
}

/// Whether something that is said of a body is sound by itself: a known word, a name that is none too long.
pub(crate) fn sound(id: &BodyId, what: &Attribute, from: Date, source: &str) -> Result<(), Refusal> {
    let word = |key: &str, word: &String, known: &[&str]| match known.contains(&word.as_str()) {
        true => Ok(()),
        false => Err(Refusal::of(about(key, id).text("word", limit::beginning(word)).text("words", known.join(", ")))),
    };
    let said = match what {
        Attribute::Name(name) => limit::name("name", name),
        Attribute::Alias(name) | Attribute::Misprint(name) => limit::name("alias", name),
        Attribute::Code(code) => limit::id(code),
        Attribute::Size(size) => word("refusal-size-unknown", size, &SIZES),
        Attribute::Kind(kind) => word("refusal-kind-unknown", kind, &KINDS),
        Attribute::Parent(parent) => limit::id(parent.as_str()),
    };
    Refusal::every([limit::day("day", from), limit::name("source", source), said])
}

/// Whether two attributes answer the same question, so that only one can hold on a day. Of other names there may be many.
fn is_same_question(one: &Attribute, other: &Attribute) -> bool {
    let many = matches!(one, Attribute::Alias(_) | Attribute::Misprint(_));
    std::mem::discriminant(one) == std::mem::discriminant(other) && (!many || one == other)
}

/// The parent exists on that day, is no part of the body itself, and a region lies in a region.
fn belongs(register: &Register, id: &BodyId, sort: Sort, parent: &BodyId, from: Date) -> Result<(), Refusal> {
    let above = known(register, parent)?;
    exists_on(register, parent, from)?;
    if sort == Sort::Region && above.sort != Sort::Region {
        return Err(Refusal::of(about("refusal-region-in-organisation", id).text("parent", parent.as_str())));
    }
    let mut seen = BTreeSet::from([id.clone()]);
    let mut at = Some(parent.clone());
    while let Some(one) = at {
        if !seen.insert(one.clone()) {
            return Err(circle(id, parent));
        }
        at = register.as_of(one.as_str(), from).and_then(|above| above.parent);
    }
    Ok(())
}

/// No other body has the code on that day.
fn code_is_free(register: &Register, id: &BodyId, code: &str, from: Date) -> Result<(), Refusal> {
    let bears = |other: &BodyId| register.as_of(other.as_str(), from).is_some_and(|other| other.code.as_deref() == Some(code));
    match register.bodies.keys().find(|other| *other != id && bears(other)) {
        Some(other) => Err(Refusal::of(about("refusal-code-taken", id).text("code", code).text("other", other.as_str()))),
        None => Ok(()),
    }
}

fn succeed(register: &Register, succession: &Succession, shaped: bool) -> Result<(), Refusal> {
    limit::day("day", succession.on)?;
    limit::name("source", &succession.source)?;
    let first = succession.from.first().cloned().unwrap_or_else(|| BodyId::new(""));
    let from: BTreeSet<&BodyId> = succession.from.iter().collect();
    let into: BTreeSet<&BodyId> = succession.into.iter().collect();
    if !shaped || from.len() != succession.from.len() || into.len() != succession.into.len() || into == from {
        return Err(Refusal::of(about("refusal-succession-shape", &first)));
    }
    limit::list("bodies", succession.from.len().max(succession.into.len()))?;
    let sort = known(register, &first)?.sort;
    for id in succession.from.iter().chain(&succession.into) {
        if known(register, id)?.sort != sort {
            return Err(Refusal::of(about("refusal-succession-sorts", id)));
        }
        exists_on(register, id, succession.on)?;
    }
    if register.successions.iter().any(|known| (&known.from, &known.into) == (&succession.from, &succession.into)) {
        return Err(Refusal::of(about("refusal-succession-known", &first)));
    }
    let before = |id: &BodyId| succession.from.iter().any(|old| register.line(old.as_str()).contains(id));
    if succession.into.iter().any(|id| !from.contains(id) && before(id)) {
        return Err(Refusal::of(about("refusal-succession-circle", &first)));
    }
    Ok(())
}

fn known<'r>(register: &'r Register, id: &BodyId) -> Result<&'r super::Body, Refusal> {
    register.bodies.get(id).ok_or_else(|| unknown(id))
}

/// Somebody would be a part of itself.
pub(crate) fn circle(id: &BodyId, parent: &BodyId) -> Refusal {
    Refusal::of(about("refusal-parent-circle", id).text("parent", parent.as_str()))
}

/// No such body.
pub(crate) fn unknown(id: &BodyId) -> Refusal {
    Refusal::of(about(UNKNOWN, id))
}

fn exists_on(register: &Register, id: &BodyId, day: Date) -> Result<(), Refusal> {
    if let Some(first) = register.known_from(id.as_str()).filter(|first| day < *first) {
        return Err(Refusal::of(about("refusal-body-not-yet", id).date("day", day).date("first", first)));
    }
    if let Some(ended) = register.ended(id.as_str()).filter(|ended| *ended <= day) {
        return Err(Refusal::of(about("refusal-body-ended", id).date("day", day).date("ended", ended)));
    }
    Ok(())
}

fn about(rule: &str, id: &BodyId) -> Message {
    Message::new(rule).text("body", limit::beginning(id.as_str()))
}
