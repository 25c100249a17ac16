//! The register itself: a fold of its changes, and the questions it answers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Attribute, Becoming, Dated, RegisterChange, Sort, Succession, folded};
use crate::id::BodyId;

/// An organisation or a region with everything that was ever said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Body {
    pub id: BodyId,
    pub sort: Sort,
    /// By day; of one day in the order in which they were said.
    pub attributes: Vec<Dated>,
}

/// Every body, and what became of which.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Register {
    pub bodies: BTreeMap<BodyId, Body>,
    pub successions: Vec<Succession>,
}

/// A body as it was on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct AsOf {
    pub id: BodyId,
    pub sort: Sort,
    pub name: String,
    pub aliases: Vec<String>,
    pub code: Option<String>,
    pub size: Option<String>,
    pub kind: Option<String>,
    pub parent: Option<BodyId>,
    /// The first day of that name, code, size, kind and parent together.
    pub since: Date,
}

/// A body that a text may mean, and the attribute that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Found {
    pub id: BodyId,
    pub by: Dated,
}

/// One step of a history, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Something about a body from a day on.
    Became(BodyId, Dated),
    /// Bodies ended and others went on.
    Succeeded(Succession),
}

impl Step {
    /// The day of the step.
    pub fn on(&self) -> Date {
        match self {
            Step::Became(_, dated) => dated.from,
            Step::Succeeded(succession) => succession.on,
        }
    }
}

impl Register {
    /// The body as it was on that day; none before it is known, or from the day on which it went on as another.
    pub fn as_of(&self, id: &str, day: Date) -> Option<AsOf> {
        let body = self.bodies.get(id)?;
        if self.ended(id).is_some_and(|ended| ended <= day) {
            return None;
        }
        let until = || body.attributes.iter().filter(|dated| dated.from <= day);
        let last = |pick: fn(&Attribute) -> Option<String>| until().filter_map(|dated| pick(&dated.what)).next_back();
        let single = until().filter(|dated| !matches!(dated.what, Attribute::Alias(_) | Attribute::Misprint(_)));
        Some(AsOf {
            id: body.id.clone(),
            sort: body.sort,
            name: last(|what| if let Attribute::Name(name) = what { Some(name.clone()) } else { None })?,
            aliases: until().filter_map(|dated| alias(&dated.what)).collect(),
            code: last(|what| if let Attribute::Code(code) = what { Some(code.clone()) } else { None }),
            size: last(|what| if let Attribute::Size(size) = what { Some(size.clone()) } else { None }),
            kind: last(|what| if let Attribute::Kind(kind) = what { Some(kind.clone()) } else { None }),
            parent: until().filter_map(|dated| parent(&dated.what)).next_back().cloned(),
            since: single.map(|dated| dated.from).max()?,
        })
    }

    /// Every body that was ever called so: by name, alias, misprint, code or id. Each once, by what was said first.
    ///
    /// ```
    /// use award::identity::{Attribute, Dated, Register, RegisterChange, Sort};
    /// use jiff::civil::date;
    ///
    /// let say = |what| Dated { what, from: date(2017, 1, 1), source: "register".into() };
    /// let attributes = vec![say(Attribute::Name("PT Maju Jaya Tbk".into())), say(Attribute::Kind("company".into()))];
    /// let mut register = Register::default();
    /// register.apply(&RegisterChange::Enter { id: "maju".into(), sort: Sort::Organisation, attributes });
    /// assert_eq!(register.find("Maju Jaya, PT")[0].id.as_str(), "maju");
    /// ```
    pub fn find(&self, text: &str) -> Vec<Found> {
        let wanted = folded(text);
        let means = |dated: &&Dated| match &dated.what {
            Attribute::Code(code) => code == text.trim(),
            Attribute::Name(name) | Attribute::Alias(name) | Attribute::Misprint(name) => {
                !wanted.is_empty() && folded(name) == wanted
            }
            Attribute::Size(_) | Attribute::Kind(_) | Attribute::Parent(_) => false,
        };
        let by_name = |body: &Body| {
            let own_id = (body.id.as_str() == text.trim()).then(|| body.attributes.first()).flatten();
            let by = own_id.or_else(|| body.attributes.iter().find(means))?.clone();
            Some(Found { id: body.id.clone(), by })
        };
        self.bodies.values().filter_map(by_name).collect()
    }

    /// The bodies that were called so on that day.
    pub fn find_on(&self, text: &str, day: Date) -> Vec<AsOf> {
        let found = self.find(text).into_iter().filter_map(|found| self.as_of(found.id.as_str(), day));
        let wanted = folded(text);
        let called = |body: &AsOf| {
            let names = std::iter::once(&body.name).chain(&body.aliases);
            body.id.as_str() == text.trim()
                || body.code.as_deref() == Some(text.trim())
                || names.into_iter().any(|name| folded(name) == wanted)
        };
        let misprinted = |body: &AsOf| {
            let said = self.bodies.get(&body.id).map(|body| body.attributes.as_slice()).unwrap_or_default();
            said.iter()
                .any(|dated| dated.from <= day && matches!(&dated.what, Attribute::Misprint(name) if folded(name) == wanted))
        };
        found.filter(|body| called(body) || misprinted(body)).collect()
    }

    /// Everything that led to this body as it is: its own changes and those of all bodies before it, oldest first.
    pub fn history(&self, id: &str) -> Vec<Step> {
        let line = self.line(id);
        let own = line.iter().filter_map(|id| self.bodies.get(id));
        let became = own.flat_map(|body| body.attributes.iter().map(|dated| Step::Became(body.id.clone(), dated.clone())));
        let within = |succession: &&Succession| succession.into.iter().any(|into| line.contains(into));
        let succeeded = self.successions.iter().filter(within).cloned().map(Step::Succeeded);
        let mut steps: Vec<Step> = became.chain(succeeded).collect();
        steps.sort_by_key(Step::on);
        steps
    }

    /// This body and all before it, through mergers and splits.
    pub fn line(&self, id: &str) -> BTreeSet<BodyId> {
        self.reach(id, |succession, at| succession.into.contains(at).then_some(&succession.from))
    }

    /// What this body is today: itself, or all that went on from it.
    pub fn heirs(&self, id: &str) -> BTreeSet<BodyId> {
        let mut heirs = self.reach(id, |succession, at| succession.from.contains(at).then_some(&succession.into));
        heirs.retain(|id| self.ended(id.as_str()).is_none());
        heirs
    }

    fn reach<'r>(&'r self, id: &str, next: impl Fn(&'r Succession, &BodyId) -> Option<&'r Vec<BodyId>>) -> BTreeSet<BodyId> {
        let mut reached = BTreeSet::new();
        let mut waiting: Vec<BodyId> = self.bodies.get(id).map(|body| body.id.clone()).into_iter().collect();
        while let Some(at) = waiting.pop() {
            if reached.insert(at.clone()) {
                waiting.extend(self.successions.iter().filter_map(|succession| next(succession, &at)).flatten().cloned());
            }
        }
        reached
    }

    /// The first day on which the body is no more; none while it goes on.
    pub fn ended(&self, id: &str) -> Option<Date> {
        let gone = |succession: &&Succession| {
            succession.from.iter().any(|from| from.as_str() == id) && !succession.into.iter().any(|into| into.as_str() == id)
        };
        self.successions.iter().find(gone).map(|succession| succession.on)
    }

    /// The first day of which anything is known.
    pub(crate) fn known_from(&self, id: &str) -> Option<Date> {
        self.bodies.get(id)?.attributes.iter().map(|dated| dated.from).min()
    }

    /// Takes a change in, in the order of days.
    pub fn apply(&mut self, change: &RegisterChange) {
        match change {
            RegisterChange::Enter { id, sort, attributes } => {
                let mut attributes = attributes.clone();
                attributes.sort_by_key(|dated| dated.from);
                self.bodies.insert(id.clone(), Body { id: id.clone(), sort: *sort, attributes });
            }
            RegisterChange::Rename { id, name, from, source } => self.say(id, Attribute::Name(name.clone()), *from, source),
            RegisterChange::AddAlias { id, alias, misprint, from, source } => {
                let what = if *misprint { Attribute::Misprint(alias.clone()) } else { Attribute::Alias(alias.clone()) };
                self.say(id, what, *from, source);
            }
            RegisterChange::Reclassify { id, size, kind, from, source } => {
                size.iter().for_each(|size| self.say(id, Attribute::Size(size.clone()), *from, source));
                kind.iter().for_each(|kind| self.say(id, Attribute::Kind(kind.clone()), *from, source));
            }
            RegisterChange::Move { id, parent, code, from, source } => {
                self.say(id, Attribute::Parent(parent.clone()), *from, source);
                code.iter().for_each(|code| self.say(id, Attribute::Code(code.clone()), *from, source));
            }
            RegisterChange::Merge(succession) | RegisterChange::Split(succession) => {
                let how = if matches!(change, RegisterChange::Merge(_)) { Becoming::Merged } else { Becoming::Split };
                self.successions.push(Succession { how, ..succession.clone() });
            }
        }
    }

    fn say(&mut self, id: &BodyId, what: Attribute, from: Date, source: &str) {
        let Some(body) = self.bodies.get_mut(id) else { return };
        let at = body.attributes.partition_point(|known| known.from <= from);
        body.attributes.insert(at, Dated { what, from, source: source.to_owned() });
    }
}

fn alias(what: &Attribute) -> Option<String> {
    if let Attribute::Alias(alias) = what { Some(alias.clone()) } else { None }
}

fn parent(what: &Attribute) -> Option<&BodyId> {
    if let Attribute::Parent(parent) = what { Some(parent) } else { None }
}
