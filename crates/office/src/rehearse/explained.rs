//! One result explained: what the winner's total is made of, and how far the next one was.

use award::{ContestKey, State};
use rules::rulebook::Text;
use serde::Serialize;
use tally::Exact;

/// How a winner's total came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The contest's path.
    pub contest: String,
    /// Who won.
    pub name: String,
    /// The total.
    pub total: Exact,
    /// The points of each aspect, in the order of the rulebook.
    pub aspects: Vec<Aspect>,
    /// The next in the standing, with the total.
    pub next: Option<(String, Exact)>,
}

/// The points of an aspect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Aspect {
    /// Indonesian and English.
    pub name: (String, String),
    /// Its weight, as the rulebook says it.
    pub weight: Exact,
    /// Its points; none if it has none.
    pub points: Option<Exact>,
}

/// Explains who is first in a contest; none while it has no result. `names` gives the name of a candidate.
pub fn explained(stored: &State, key: &ContestKey, names: impl Fn(&str) -> String) -> Option<Explained> {
    let outcome = &stored.contests.get(key)?.result()?.outcome;
    let first = outcome.standing.first()?;
    let scheme = stored.rules.scheme(&stored.rule(key)?.scheme)?;
    let values = outcome.values.get(&first.entry)?;
    let aspect = |aspect: &rules::rulebook::Aspect| {
        let Text { id, en } = aspect.name.clone();
        Aspect { name: (id, en), weight: aspect.weight.clone(), points: values.get(&aspect.id).cloned().flatten() }
    };
    let next = outcome.standing.get(1).map(|row| (names(&row.entry), row.total.clone()));
    Some(Explained {
        contest: key.path(),
        name: names(&first.entry),
        total: first.total.clone(),
        aspects: scheme.aspects.iter().map(aspect).collect(),
        next,
    })
}
