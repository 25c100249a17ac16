//! Formulas: that they can be read, and that what they name is there.

use std::collections::BTreeSet;
use std::ops::Range;

use tally::formula::{FormulaErrorKind, NoValue};
use tally::{By, Exact, Formula};
use words::Message;

use super::circle::{Needs, circles};
use super::{Book, Finding};
use crate::problem::complaint;
use crate::reader::did_you_mean;
use crate::rulebook::{ClaimShape, GateCondition, IndicatorKind};

/// Every formula of the rulebook with its path.
fn formulas<'a>(book: &Book<'a>) -> Vec<(String, &'a str)> {
    let derived = book.rules.derived.iter().enumerate();
    let derived = derived.map(|(index, one)| (format!("derived.{index}"), one.formula.as_str()));
    let mut all: Vec<(String, &str)> = derived.collect();
    for (path, kind) in book.measures_at() {
        if let IndicatorKind::Formula { formula } = kind {
            all.push((path, formula));
        }
    }
    for (path, gate) in book.gates_at() {
        if let GateCondition::Formula(formula, ..) = &gate.condition {
            all.push((path, formula));
        }
    }
    let mut all: Vec<(String, &str)> = all.into_iter().map(|(path, formula)| (format!("{path}.formula"), formula)).collect();
    for (index, award) in book.rules.awards.iter().enumerate() {
        if let By::Condition(formula) = &award.by {
            all.push((format!("award.{index}.condition"), formula));
        }
    }
    all
}

/// The formulas that can be read.
fn parsed<'a>(book: &Book<'a>) -> impl Iterator<Item = (String, &'a str, Formula)> + use<'a> {
    let all = formulas(book).into_iter();
    all.filter_map(|(path, text)| Some((path, text, Formula::parse(text).ok()?)))
}

pub(super) fn formulas_parse(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, text) in formulas(book) {
        if let Err(error) = Formula::parse(text) {
            let why = Message::new(format!("rules-formula-{}", reason(error.kind)));
            let message = complaint("bad-formula").message("why", why);
            let next = text[error.at..].chars().next().map_or(0, char::len_utf8);
            found.push(Finding::new(path, message).inside(error.at..error.at + next));
        }
    }
    found
}

fn reason(kind: FormulaErrorKind) -> &'static str {
    match kind {
        FormulaErrorKind::TooLong => "too-long",
        FormulaErrorKind::TooDeep => "too-deep",
        FormulaErrorKind::OperandExpected => "operand",
        FormulaErrorKind::Unexpected => "unexpected",
        FormulaErrorKind::BracketExpected => "bracket",
        FormulaErrorKind::PlacesExpected => "places",
        FormulaErrorKind::WrongNumberOfArguments => "arguments",
    }
}

pub(super) fn formulas_name_known_claims(book: &Book<'_>) -> Vec<Finding> {
    let claims = book.claims.iter().filter(|claim| claim.shape != ClaimShape::List);
    let derived = book.derived.iter().map(|derived| derived.id.as_str());
    let known: BTreeSet<&str> = claims.map(|claim| claim.id.as_str()).chain(derived).collect();
    let mut found = Vec::new();
    for (path, text, formula) in parsed(book) {
        for name in formula.names() {
            if known.contains(name.as_str()) || is_provided(book, name) {
                continue;
            }
            let message = complaint("formula-name").text("name", name);
            let hint = did_you_mean(name, known.iter().copied());
            let place = word_in(text, name);
            found.push(Finding::new(path.clone(), message).hint(hint).inside(place));
        }
    }
    found
}

/// Whether the award itself provides a claim of that name: wins before, points from a lower level.
fn is_provided(book: &Book<'_>, name: &str) -> bool {
    if let Some(years) = name.strip_prefix("history.wins_within_") {
        return years.parse::<u32>().is_ok_and(|years| years > 0);
    }
    let carried = name.strip_prefix("carried.").and_then(|rest| rest.rsplit_once('.'));
    carried.is_some_and(|(level, value)| book.level(level).is_some() && ["total", "place"].contains(&value))
}

/// Where a name first stands as a word of its own.
fn word_in(text: &str, name: &str) -> Range<usize> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let whole = |at: usize| !text[..at].ends_with(part) && !text[at + name.len()..].starts_with(part);
    let at = text.match_indices(name).map(|(at, _)| at).find(|at| whole(*at)).unwrap_or(0);
    at..at + name.len()
}

/// A formula that divides by zero for two unlike sets of claims does so whatever the claims are.
pub(super) fn formulas_do_not_divide_by_zero(book: &Book<'_>) -> Vec<Finding> {
    let value = |name: &str, salt: u32| {
        let sum = name.bytes().fold(salt, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)) % 1_000_003);
        Some(Exact::from(sum + 7))
    };
    let never = |formula: &Formula| {
        let tried = [11, 1009].map(|salt| formula.evaluate(|name| value(name, salt)));
        tried.iter().all(|result| *result == Err(NoValue::DivisionByZero))
    };
    parsed(book)
        .filter(|(_, _, formula)| never(formula))
        .map(|(path, ..)| Finding::new(path, complaint("division-by-zero")))
        .collect()
}

pub(super) fn derived_claims_do_not_need_each_other(book: &Book<'_>) -> Vec<Finding> {
    let ids: Vec<&str> = book.derived.iter().map(|derived| derived.id.as_str()).collect();
    let formulas: Vec<Option<Formula>> = book.derived.iter().map(|derived| Formula::parse(&derived.formula).ok()).collect();
    let needs: Needs<'_> = ids.iter().zip(&formulas).map(|(id, formula)| (*id, names(formula.as_ref()))).collect();
    let found = circles(&ids, &needs).into_iter().map(|circle| {
        let message = complaint("formula-loop").text("chain", circle.chain);
        Finding::new(format!("derived.{}.formula", circle.index), message)
    });
    found.collect()
}

fn names(formula: Option<&Formula>) -> Vec<&str> {
    formula.into_iter().flat_map(Formula::names).map(String::as_str).collect()
}
