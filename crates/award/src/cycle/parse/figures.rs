//! What candidates claim and what of it stands: `claims.csv`, `items.csv`, `stated.csv`, `not_applicable.csv`.

use std::collections::BTreeSet;

use rules::Rulebook;
use rules::rulebook::{ClaimRule, ClaimShape, Indicator, IndicatorKind};
use tally::{Exact, RoundMode, Rounding};
use words::{Message, Problem};

use super::Known;
use crate::cycle::cell;
use crate::cycle::reading::{Line, Told};
use crate::cycle::tables::{Claim, ListItem, NotApplicable, StatedPoints};
use crate::rule;

pub(crate) fn claim(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<Claim, Told> {
    let candidate = known.candidate(line, problems);
    let level = candidate.as_ref().map_or(Err(Told), |candidate| known.level_of(line, candidate, problems));
    let claim = known.word(line, "claim", known.rules.claims.iter().map(|claim| claim.id.as_str()), problems);
    let mut figure = |column| claim.as_ref().map_or(Err(Told), |claim| value(known, line, claim, column, problems));
    let (claimed, verified) = (figure("claimed"), figure("verified"));
    let as_of = line.date("as_of", problems);
    let (candidate, level, claim) = (candidate?, level?, claim?);
    let row = Claim {
        candidate: candidate.id.clone(),
        claimed: claimed?,
        verified: verified?,
        claim,
        as_of: as_of?,
        source: line.text("source"),
        evidence: line.text("evidence"),
        verifier: line.text("verifier"),
        reason: line.text("reason"),
        level: level.id.clone(),
    };
    if is_correction(&row) && row.reason.is_none() {
        let message =
            Message::new("problem-cycle-correction-without-reason").text("claim", &row.claim).text("candidate", &candidate.name);
        line.tell("verified", message, Some(Message::new("problem-cycle-correction-without-reason-hint")), problems);
    }
    Ok(row)
}

/// Whether the verifier changed or struck what was claimed.
pub(crate) fn is_correction(row: &Claim) -> bool {
    row.claimed.is_some() && is_looked_at(row) && row.claimed != row.verified
}

/// Whether a verifier has said what of a claim stands, be it nothing.
pub(crate) fn is_looked_at(row: &Claim) -> bool {
    row.verified.is_some() || row.verifier.is_some()
}

/// The value of a claim in the shape that the rulebook asks for.
fn value(known: &Known<'_>, line: &Line, claim: &str, column: &str, problems: &mut Vec<Problem>) -> Result<Option<Exact>, Told> {
    let Some(cell) = line.cell(column) else { return Ok(None) };
    let Some(rule) = known.rules.claim(claim) else { return Err(Told) };
    let read = match rule.shape {
        ClaimShape::YesNo => cell::yes(&cell.text).map(|yes| if yes { Exact::one() } else { Exact::zero() }),
        ClaimShape::Count | ClaimShape::List => cell::number(&cell.text, line.separator(), Some(0)),
        ClaimShape::Money | ClaimShape::Number => cell::number(&cell.text, line.separator(), Some(rule.decimals)),
    };
    let value = match read {
        Ok(value) => value,
        Err(fault) => {
            line.tell(column, fault.message, fault.hint, problems);
            return Err(Told);
        }
    };
    if value.is_negative() && matches!(rule.shape, ClaimShape::Count | ClaimShape::Money) {
        line.tell(column, Message::new("problem-cycle-negative").text("claim", claim), None, problems);
        return Err(Told);
    }
    if rule.shape == ClaimShape::List && !value.is_zero() {
        line.tell(column, Message::new("problem-cycle-list-value").text("claim", claim), None, problems);
        return Err(Told);
    }
    Ok(Some(value))
}

pub(super) fn item(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<ListItem, Told> {
    let candidate = known.candidate(line, problems)?;
    let level = known.level_of(line, candidate, problems)?;
    let lists = known.rules.claims.iter().filter(|claim| claim.shape == ClaimShape::List).map(|claim| claim.id.as_str());
    let list = known.word(line, "list", lists, problems)?;
    let words = Vocabulary::of(known.rules, &list);
    let kind = known.word(line, "kind", words.kinds.iter().copied(), problems);
    let stage = known.word(line, "stage", words.stages.iter().copied(), problems);
    let attributes = attributes(line, &words, problems);
    let title = line.need("title", problems)?.text.clone();
    let accepted = line.yes("accepted", true, problems)?;
    if !accepted && line.cell("reason").is_none() {
        let message = Message::new("problem-cycle-rejection-without-reason").text("title", &title);
        line.tell("accepted", message, Some(Message::new("problem-cycle-correction-without-reason-hint")), problems);
    }
    Ok(ListItem {
        candidate: candidate.id.clone(),
        list,
        title,
        kind: kind?,
        stage: stage?,
        attributes: attributes?,
        number: line.text("number"),
        year: line.text("year"),
        accepted,
        reason: line.text("reason"),
        level: level.id.clone(),
    })
}

/// The words that the rulebook's checklists know for a list.
struct Vocabulary<'r> {
    kinds: BTreeSet<&'r str>,
    stages: BTreeSet<&'r str>,
    attributes: BTreeSet<&'r str>,
}

impl<'r> Vocabulary<'r> {
    fn of(rules: &'r Rulebook, wanted: &str) -> Vocabulary<'r> {
        let mut words = Vocabulary { kinds: BTreeSet::new(), stages: BTreeSet::new(), attributes: BTreeSet::new() };
        for indicator in rules.schemes.iter().flat_map(|scheme| &scheme.aspects).flat_map(|aspect| &aspect.indicators) {
            words.add(&indicator.kind, wanted);
        }
        words
    }

    fn add(&mut self, kind: &'r IndicatorKind, wanted: &str) {
        match kind {
            IndicatorKind::Checklist { list, kinds, stages, attributes, .. } if list == wanted => {
                self.kinds.extend(kinds.keys().map(String::as_str));
                self.stages.extend(stages.keys().map(String::as_str));
                self.attributes.extend(attributes.keys().map(String::as_str));
            }
            IndicatorKind::Relative { of } => self.add(of, wanted),
            _ => {}
        }
    }
}

fn attributes(line: &Line, words: &Vocabulary<'_>, problems: &mut Vec<Problem>) -> Result<Vec<String>, Told> {
    let text = line.text("attributes").unwrap_or_default();
    let named: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
    for name in &named {
        if !words.attributes.contains(name.as_str()) {
            let message = Message::new("problem-cycle-unknown-word").text("word", name).text("column", "attributes");
            line.tell("attributes", message, Some(crate::cycle::near::hint(name, words.attributes.iter().copied())), problems);
            return Err(Told);
        }
    }
    Ok(named)
}

pub(super) fn stated(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<StatedPoints, Told> {
    let candidate = known.candidate(line, problems)?;
    let level = known.level_of(line, candidate, problems)?;
    let rule = known.contest(level, candidate)?;
    let can_be_stated = |kind: &IndicatorKind| match kind {
        IndicatorKind::Stated => true,
        // What was reached below is taken as given for those who enter above.
        IndicatorKind::Carried { level: below, .. } => {
            candidate.given && rule::height(known.rules, below) < rule::height(known.rules, &candidate.level)
        }
        _ => false,
    };
    let indicators = rule::indicators(known.rules, rule).into_iter().filter(|(_, indicator)| can_be_stated(&indicator.kind));
    let stated: Vec<&str> = indicators.map(|(_, indicator)| indicator.id.as_str()).collect();
    let indicator = known.word(line, "indicator", stated, problems)?;
    line.need("points", problems)?;
    let points = line.number("points", None, problems)?.ok_or(Told)?;
    let found = rule::indicators(known.rules, rule).into_iter().find(|(_, known)| known.id == indicator);
    if let Some(fault) = found.and_then(|(_, found)| out_of_range(found, &points)) {
        line.tell("points", fault, None, problems);
        return Err(Told);
    }
    Ok(StatedPoints { candidate: candidate.id.clone(), indicator, points, source: line.text("source"), level: level.id.clone() })
}

/// What is wrong with points that a source states: they lie outside the indicator's range.
pub(crate) fn out_of_range(indicator: &Indicator, points: &Exact) -> Option<Message> {
    let range = indicator.range.as_ref().filter(|range| *points < range.min || *points > range.max)?;
    let message = Message::new("problem-cycle-points-out-of-range").local("indicator", &indicator.name.id, &indicator.name.en);
    Some(message.number("points", points).number("min", &range.min).number("max", &range.max))
}

/// What is wrong with the value of a claim, whoever says it: a count with a fraction, a negative sum, a list that is not empty.
pub(crate) fn unfit(rule: &ClaimRule, value: &Exact) -> Option<Message> {
    let negative = value.is_negative() && matches!(rule.shape, ClaimShape::Count | ClaimShape::Money);
    let not_empty = rule.shape == ClaimShape::List && !value.is_zero();
    let places = match rule.shape {
        ClaimShape::YesNo | ClaimShape::Count | ClaimShape::List => 0,
        ClaimShape::Money | ClaimShape::Number => rule.decimals,
    };
    let text = value.to_string();
    if rule.shape == ClaimShape::YesNo && !value.is_zero() && *value != Exact::one() {
        return Some(Message::new("problem-cycle-not-yes-no").text("text", text));
    }
    if value.round(Rounding { places: places.min(9), mode: RoundMode::Down }) != *value {
        let key = if places == 0 { "problem-cycle-not-whole" } else { "problem-cycle-too-many-decimals" };
        return Some(Message::new(key).text("text", text).number("places", places));
    }
    if negative {
        return Some(Message::new("problem-cycle-negative").text("claim", &rule.id));
    }
    not_empty.then(|| Message::new("problem-cycle-list-value").text("claim", &rule.id))
}

pub(super) fn not_applicable(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<NotApplicable, Told> {
    let candidate = known.candidate(line, problems)?;
    let level = known.level_of(line, candidate, problems)?;
    let rule = known.contest(level, candidate)?;
    let all: Vec<&str> = rule::indicators(known.rules, rule).into_iter().map(|(_, indicator)| indicator.id.as_str()).collect();
    let indicator = known.word(line, "indicator", all, problems)?;
    Ok(NotApplicable {
        candidate: candidate.id.clone(),
        indicator,
        reason: line.need("reason", problems)?.text.clone(),
        level: level.id.clone(),
    })
}
