//! Formulas: that they can be read, and that what they name is there.

use std::collections::BTreeSet;
use std::ops::Range;

use tally::formula::{FormulaError, FormulaErrorKind, NoValue};
use tally::{By, Exact, Formula};
use words::Message;

use super::circle::{Needs, circles};
use super::{Book, Finding};
use crate::problem::complaint;
use crate::reader::did_you_mean;
use crate::rulebook::{ClaimShape, GateCondition, IndicatorKind};

/// Every formula of the rulebook with its path.
pub(super) fn formulas<'a>(book: &Book<'a>) -> Vec<(String, &'a str)> {
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
            let why = Message::new(format!("rules-formula-{}", reason(text, error)));
            let message = complaint("bad-formula").message("why", why);
            let next = text[error.at..].chars().next().map_or(0, char::len_utf8);
            let finding = Finding::new(path, message).inside(error.at..error.at + next);
            found.push(match speaks_of_conditions(text) {
                true => finding.hint(Message::new("rules-formula-conditions")),
                false => finding,
            });
        }
    }
    found
}

/// Words and signs of other languages for what is `if(condition, then, else)` here.
fn speaks_of_conditions(text: &str) -> bool {
    let words = text.split(|c: char| !is_name_letter(c) && !c.is_ascii_uppercase());
    let mut words = words.map(str::to_ascii_lowercase);
    words.any(|word| ["and", "or", "not", "then", "else"].contains(&word.as_str()))
        || ["&&", "||", "?"].iter().any(|sign| text.contains(sign))
}

fn reason(text: &str, error: FormulaError) -> &'static str {
    match error.kind {
        // A finished formula may always end, unless a bracket is still open.
        FormulaErrorKind::Unexpected if error.at == text.len() => "unclosed",
        FormulaErrorKind::Unexpected if text[error.at..].starts_with(')') => "unopened",
        FormulaErrorKind::TooLong => "too-long",
        FormulaErrorKind::TooDeep => "too-deep",
        FormulaErrorKind::OperandExpected => "operand",
        FormulaErrorKind::Unexpected => "unexpected",
        FormulaErrorKind::BracketExpected => "bracket",
        FormulaErrorKind::PlacesExpected => "places",
        FormulaErrorKind::WrongNumberOfArguments => "arguments",
    }
}

/// The claims that a formula can name.
fn nameable<'b>(book: &Book<'b>) -> BTreeSet<&'b str> {
    let claims = book.rules.claims.iter().filter(|claim| claim.shape != ClaimShape::List);
    let derived = book.rules.derived.iter().map(|derived| derived.id.as_str());
    let all = claims.map(|claim| claim.id.as_str()).chain(derived);
    all.filter(|id| Formula::parse(id).is_ok_and(|formula| formula.names() == [*id])).collect()
}

/// Whether every formula can be read and names what is there.
pub(super) fn names_are_known(book: &Book<'_>) -> bool {
    formulas_parse(book).is_empty() && formulas_name_known_claims(book).is_empty()
}

pub(super) fn formulas_name_known_claims(book: &Book<'_>) -> Vec<Finding> {
    let known = nameable(book);
    let mut found = Vec::new();
    for (path, text, formula) in parsed(book) {
        let is_known = |name: &str| known.contains(name) || is_provided(book, name);
        let mut unknown: Vec<&str> = formula.names().iter().map(String::as_str).filter(|name| !is_known(name)).collect();
        for dashed in dashed(book, text, &unknown) {
            let word = &text[dashed.clone()];
            let names: BTreeSet<&str> = word.split('-').collect();
            unknown.retain(|name| !names.contains(name));
            let message = complaint("formula-dash").text("name", word).text("instead", word.replace('-', "_"));
            found.push(Finding::new(path.clone(), message).inside(dashed));
        }
        for name in unknown {
            let message = complaint("formula-name").text("name", name);
            let hint = did_you_mean(name, known.iter().copied());
            let place = word_in(text, name);
            found.push(Finding::new(path.clone(), message).hint(hint).inside(place));
        }
    }
    found
}

/// Where a claim is named with '-', which is minus here: it is the id of a claim, or nothing on either side of the '-' is one.
fn dashed(book: &Book<'_>, text: &str, unknown: &[&str]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for word in text.split(|c: char| !is_name_letter(c) && c != '-') {
        let lost = |part: &str| unknown.contains(&part);
        let is_id = book.claim(word).is_some() || book.derived_claim(word).is_some();
        if word.contains('-') && (is_id && word.split('-').any(lost) || word.split('-').all(lost)) {
            let new = found.iter().all(|seen| text[seen.clone()] != *word);
            found.extend(new.then_some(start..start + word.len()));
        }
        start += word.len() + text[start + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

fn is_name_letter(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.'
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
