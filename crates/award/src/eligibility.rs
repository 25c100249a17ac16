//! Who may stand: the kind, size, sector and route that a category asks for. The reader of files and the nomination ask the same
//! question and give the same answer.

use rules::Rulebook;
use words::Message;

use crate::cycle::tables::Candidate;

/// Why a candidate may not stand in its category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The column that says so.
    pub column: &'static str,
    /// The rule.
    pub message: Message,
    /// What to do next.
    pub hint: Message,
}

/// Everything that keeps a candidate from standing in its category.
pub fn faults(rules: &Rulebook, candidate: &Candidate) -> Vec<Fault> {
    let Some(category) = rules.category(&candidate.category) else { return Vec::new() };
    let checks = [
        ("kind", Some(&candidate.kind), &category.kinds),
        ("size", candidate.size.as_ref(), &category.sizes),
        ("sector", candidate.sector.as_ref(), &category.sectors),
        ("route", candidate.route.as_ref(), &category.routes),
    ];
    checks.into_iter().filter_map(|(column, value, allowed)| fault(candidate, column, value?, allowed)).collect()
}

fn fault(candidate: &Candidate, column: &'static str, value: &str, allowed: &[String]) -> Option<Fault> {
    if allowed.is_empty() || allowed.iter().any(|known| known == value) {
        return None;
    }
    let message = Message::new("problem-cycle-not-allowed")
        .text("candidate", &candidate.name)
        .text("column", column)
        .text("value", value)
        .text("category", &candidate.category);
    let hint = Message::new("problem-cycle-known").text("words", allowed.join(", "));
    Some(Fault { column, message, hint })
}
