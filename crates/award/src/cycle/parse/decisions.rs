//! What was decided and what must come out: `decisions.csv`, `expected.csv`.

use jiff::civil::DateTime;
use rules::rulebook::{IndicatorKind, Level};
use tally::{Exact, Mark};
use words::{Message, Problem};

use super::Known;
use super::judging::off_grid;
use crate::cycle::near;
use crate::cycle::reading::{Line, Told};
use crate::cycle::tables::{Candidate, Decided, Decision, Expected};
use crate::id::{CandidateId, JurorId};
use crate::rule;

/// What `decisions.csv` can say.
pub(crate) const DECISIONS: [&str; 9] = [
    "waive_absence",
    "chair_order",
    "plenary_order",
    "withdraw",
    "give_award",
    "admit_late",
    "extend",
    "close_judging",
    "correct_mark",
];

/// A deadline is moved by so many days at most, in one decision: ten years.
const EXTENSION_DAYS_MAX: u32 = 3650;

/// What `expected.csv` can say of a candidate.
pub(crate) const STATUSES: [&str; 11] = [
    "advances",
    "below",
    "below_minimum",
    "region_cap",
    "undecided",
    "ranked",
    "withdrawn",
    "disqualified",
    "excluded",
    "unscored",
    "not_admitted",
];

pub(super) fn decision(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<Decided, Told> {
    let word = known.word(line, "decision", DECISIONS, problems)?;
    let level = known.level(line, problems)?;
    let candidate = match line.cell("candidate") {
        Some(_) => {
            let candidate = known.candidate(line, problems)?;
            known.level_of(line, candidate, problems)?;
            Some(candidate)
        }
        None => None,
    };
    let region = match known.round(line, level, problems)? {
        Some(region) => Some(region),
        None => candidate.and_then(|candidate| known.geography.round(level, &candidate.region).ok().flatten()),
    };
    let category = match line.cell("category") {
        Some(_) => Some(category(known, line, level, problems)?),
        None => candidate.map(|candidate| candidate.category.clone()),
    };
    let at = line.moment("at", problems)?;
    let decision = says(known, line, &word, level, candidate, at, problems)?;
    if matches!(word.as_str(), "waive_absence" | "withdraw" | "admit_late" | "correct_mark") && line.cell("reason").is_none() {
        line.tell("decision", Message::new("problem-cycle-decision-without-reason").text("decision", word), None, problems);
    }
    Ok(Decided { level: level.id.clone(), region, category, decision, reason: line.text("reason"), by: line.text("by") })
}

fn category(known: &Known<'_>, line: &Line, level: &Level, problems: &mut Vec<Problem>) -> Result<String, Told> {
    let rules = known.rules.contests.iter().filter(|rule| rule.level == level.id);
    let contested: Vec<&str> = rules.flat_map(|rule| &rule.categories).map(String::as_str).collect();
    known.word(line, "category", contested, problems)
}

fn says(
    known: &Known<'_>,
    line: &Line,
    word: &str,
    level: &Level,
    candidate: Option<&Candidate>,
    at: Option<DateTime>,
    problems: &mut Vec<Problem>,
) -> Result<Decision, Told> {
    let id = candidate.map(|candidate| candidate.id.clone());
    Ok(match word {
        "waive_absence" => Decision::WaiveAbsence(id),
        "chair_order" => Decision::ChairOrder(order(known, line, problems)?),
        "plenary_order" => Decision::PlenaryOrder(order(known, line, problems)?),
        "extend" => {
            line.need("value", problems)?;
            Decision::Extend(days(line, problems)?, id)
        }
        "close_judging" => {
            line.need("at", problems)?;
            Decision::CloseJudging(at.ok_or(Told)?)
        }
        "withdraw" => Decision::Withdraw(needed(known, line, problems)?.id.clone()),
        "admit_late" => Decision::AdmitLate(needed(known, line, problems)?.id.clone()),
        "give_award" => {
            let awards = known.rules.awards.iter().filter(|award| matches!(award.by, tally::By::Named(_)));
            let award = known.word(line, "value", awards.map(|award| award.id.as_str()).collect::<Vec<_>>(), problems)?;
            Decision::GiveAward(award, needed(known, line, problems)?.id.clone())
        }
        _ => correction(known, line, level, needed(known, line, problems)?, problems)?,
    })
}

fn needed<'k>(known: &'k Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<&'k Candidate, Told> {
    known.candidate(line, problems)
}

/// By how many days a deadline is moved.
fn days(line: &Line, problems: &mut Vec<Problem>) -> Result<u32, Told> {
    let days = line.count("value", problems)?.ok_or(Told)?;
    if (1..=EXTENSION_DAYS_MAX).contains(&days) {
        return Ok(days);
    }
    let message = Message::new("problem-cycle-extension-days").number("days", days).number("most", EXTENSION_DAYS_MAX);
    line.tell("value", message, None, problems);
    Err(Told)
}

/// Candidate ids, best first.
fn order(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<Vec<CandidateId>, Told> {
    let text = line.need("value", problems)?.text.clone();
    let mut order = Vec::new();
    for id in text.split_whitespace() {
        if !known.candidates.contains_key(id) {
            if known.is_nobody() {
                return Err(Told);
            }
            let message = Message::new("problem-cycle-unknown-candidate").text("candidate", id);
            let hint = near::hint(id, known.candidates.keys().map(CandidateId::as_str));
            line.tell("value", message, Some(hint), problems);
            return Err(Told);
        }
        order.push(CandidateId::from(id));
    }
    Ok(order)
}

/// `juror indicator old new`.
fn correction(
    known: &Known<'_>,
    line: &Line,
    level: &Level,
    candidate: &Candidate,
    problems: &mut Vec<Problem>,
) -> Result<Decision, Told> {
    let text = line.need("value", problems)?.text.clone();
    let parts: Vec<&str> = text.split_whitespace().collect();
    let read = |text: &str| Mark::try_from(text.to_owned()).ok();
    let [juror, indicator, old, new] = parts[..] else { return Err(malformed(line, problems)) };
    let (Some(old), Some(new)) = (read(old), read(new)) else { return Err(malformed(line, problems)) };
    let rule = known.contest(level, candidate)?;
    let rubrics = rule::rubrics(known.rules, rule);
    let Some((_, found)) = rubrics.iter().find(|(_, known)| known.id == indicator) else {
        let message = Message::new("problem-cycle-unknown-word").text("word", indicator).text("column", "value");
        let hint = near::hint(indicator, rubrics.iter().map(|(_, known)| known.id.as_str()).collect::<Vec<_>>());
        line.tell("value", message, Some(hint), problems);
        return Err(Told);
    };
    if let (Mark::Given(value), IndicatorKind::Rubric { min, max, step, .. }) = (&new, &found.kind)
        && let Some(fault) = off_grid(value, min, max, step)
    {
        line.tell("value", fault, None, problems);
        return Err(Told);
    }
    Ok(Decision::CorrectMark {
        juror: JurorId::from(juror),
        candidate: candidate.id.clone(),
        indicator: indicator.to_owned(),
        old,
        new,
    })
}

fn malformed(line: &Line, problems: &mut Vec<Problem>) -> Told {
    line.tell("value", Message::new("problem-cycle-correct-mark-value"), None, problems);
    Told
}

pub(super) fn expected(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<Expected, Told> {
    let candidate = known.candidate(line, problems)?;
    let level = known.level(line, problems)?;
    let region = match known.round(line, level, problems)? {
        Some(region) => Some(region),
        None => known.geography.round(level, &candidate.region).map_err(|_| Told)?,
    };
    let category = category(known, line, level, problems)?;
    let awards = known.rules.awards.iter().map(|award| award.id.as_str()).chain(["none"]).collect::<Vec<_>>();
    let named = line.text("awards").map(|text| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    for name in named.iter().flatten().filter(|name| !awards.contains(&name.as_str())) {
        let message = Message::new("problem-cycle-unknown-word").text("word", name).text("column", "awards");
        line.tell("awards", message, Some(near::hint(name, awards.iter().copied())), problems);
    }
    Ok(Expected {
        level: level.id.clone(),
        region,
        category,
        candidate: candidate.id.clone(),
        place: line.count("place", problems)?,
        total: total(line, problems)?,
        status: status(known, line, problems)?,
        awards: named,
    })
}

fn total(line: &Line, problems: &mut Vec<Problem>) -> Result<Option<Exact>, Told> {
    line.number("total", None, problems)
}

/// One of the statuses, or `reserve` and its number.
fn status(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<String, Told> {
    let text = line.need("status", problems)?.text.clone();
    let number = text.strip_prefix("reserve").map(|rest| rest.trim_start_matches([' ', '-']).parse::<u32>());
    match number {
        Some(Ok(number)) => Ok(format!("reserve {number}")),
        _ => known.word(line, "status", STATUSES.into_iter().chain(["reserve 1"]).collect::<Vec<_>>(), problems),
    }
}
