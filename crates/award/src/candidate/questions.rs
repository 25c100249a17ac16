//! What must be asked before it can be said who may enter: only what some gate needs.

use rules::Rulebook;
use rules::rulebook::{Category, ClaimRule, GateCondition, GateRule};
use tally::Formula;

use crate::identity::SIZES;
use crate::rule;

/// What to ask somebody who wants to know which categories to enter, in the order of the rulebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questions<'r> {
    /// Kinds of organisations that may enter anything.
    pub kinds: Vec<String>,
    /// Sizes that matter for the kind, the smallest first.
    pub sizes: Vec<String>,
    /// Sectors that matter for the kind.
    pub sectors: Vec<String>,
    /// Claims that gates need, as they are stated and not as they are computed.
    pub claims: Vec<&'r ClaimRule>,
    /// Whether it matters when it last won.
    pub asks_won: bool,
}

/// The questions for a kind of organisation; without one, only the kinds to choose from.
///
/// ```
/// let rules = rules::example();
/// let asked = award::candidate::questions(&rules, Some("no-such-kind"));
/// assert!(!asked.kinds.is_empty() && asked.claims.is_empty() && !asked.asks_won);
/// ```
pub fn questions<'r>(rules: &'r Rulebook, kind: Option<&str>) -> Questions<'r> {
    let contested = || rules.categories.iter().filter(|category| rule::lowest_level(rules, &category.id).is_some());
    let is_own = |category: &&Category| kind.is_some_and(|kind| category.kinds.iter().any(|known| known == kind));
    let own: Vec<&Category> = contested().filter(is_own).collect();
    let gates: Vec<&GateRule> = own.iter().flat_map(|category| gates(rules, category)).collect();
    let mut asked = Vec::new();
    gates.iter().for_each(|gate| needs(rules, &gate.condition, &mut asked));
    Questions {
        kinds: unique(contested().flat_map(|category| &category.kinds)),
        sizes: by_size(unique(own.iter().flat_map(|category| &category.sizes))),
        sectors: unique(own.iter().flat_map(|category| &category.sectors)),
        claims: rules.claims.iter().filter(|claim| asked.contains(&claim.id)).collect(),
        asks_won: gates.iter().any(|gate| matches!(gate.condition, GateCondition::PreviousWinner(_))),
    }
}

/// The gates of a category and of the scheme by which it is first judged.
fn gates<'r>(rules: &'r Rulebook, category: &'r Category) -> impl Iterator<Item = &'r GateRule> {
    let level = rule::lowest_level(rules, &category.id);
    let contest = level.and_then(|level| rules.contest(&category.id, &level.id));
    let scheme = contest.and_then(|contest| rules.scheme(&contest.scheme));
    category.gates.iter().chain(scheme.into_iter().flat_map(|scheme| &scheme.gates))
}

fn needs(rules: &Rulebook, condition: &GateCondition, asked: &mut Vec<String>) {
    match condition {
        GateCondition::Yes(claim) | GateCondition::No(claim) | GateCondition::Claim(claim, ..) => stated(rules, claim, asked),
        GateCondition::Formula(formula, ..) => of_formula(rules, formula, asked),
        GateCondition::PreviousWinner(_) => {}
    }
}

fn of_formula(rules: &Rulebook, formula: &str, asked: &mut Vec<String>) {
    let names = Formula::parse(formula).map(|formula| formula.names().to_vec()).unwrap_or_default();
    names.iter().for_each(|name| stated(rules, name, asked));
}

/// A claim, or those from which it is computed. A checked rulebook computes nothing in a circle.
fn stated(rules: &Rulebook, claim: &str, asked: &mut Vec<String>) {
    match rules.derived_claim(claim) {
        Some(derived) => of_formula(rules, &derived.formula, asked),
        None => asked.push(claim.to_owned()),
    }
}

/// The smallest first.
fn by_size(mut sizes: Vec<String>) -> Vec<String> {
    sizes.sort_by_key(|size| SIZES.iter().position(|known| known == size));
    sizes
}

fn unique<'w>(words: impl Iterator<Item = &'w String>) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for word in words {
        if !known.contains(word) {
            known.push(word.clone());
        }
    }
    known
}
