//! What happened in the room: `conflicts.csv`, `attendance.csv`, `marks.csv`.

use rules::rulebook::{ContestRule, Indicator, IndicatorKind, Level};
use tally::{Exact, Mark};
use words::{Message, Problem};

use super::Known;
use super::people::juror;
use crate::cycle::cell;
use crate::cycle::reading::{Line, Told};
use crate::cycle::tables::{Attendance, Came, Candidate, Conflict, ConflictKind, MarkGiven, Marked};
use crate::rule;

/// The whole sheet, in the column `indicator`.
const WHOLE_SHEET: &str = "*";

pub(super) fn conflict(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<Conflict, Told> {
    let candidate = known.candidate(line, problems)?;
    let level = known.level_of(line, candidate, problems)?;
    let juror = juror_of(known, line, level, candidate, problems)?;
    let kind = match known.word(line, "kind", ["structural", "personal", "doubt"], problems)?.as_str() {
        "structural" => ConflictKind::Structural,
        "personal" => ConflictKind::Personal,
        _ => ConflictKind::Doubt,
    };
    line.need("recused", problems)?;
    Ok(Conflict {
        level: level.id.clone(),
        juror,
        candidate: candidate.id.clone(),
        kind,
        recused: line.yes("recused", false, problems)?,
        reason: line.need("reason", problems)?.text.clone(),
    })
}

fn juror_of(
    known: &Known<'_>,
    line: &Line,
    level: &Level,
    candidate: &Candidate,
    problems: &mut Vec<Problem>,
) -> Result<crate::JurorId, Told> {
    let region = known.geography.round(level, &candidate.region).map_err(|_| Told)?;
    let row = juror(known, line, &level.id, region.as_deref(), problems)?;
    let rule = known.contest(level, candidate)?;
    let on_panel = rule::panel(known.rules, rule).is_some_and(|panel| panel.seats.iter().any(|seat| seat.id == row.seat));
    if on_panel {
        return Ok(row.juror.clone());
    }
    let message = Message::new("problem-cycle-other-panel").text("juror", row.juror.as_str()).text("candidate", &candidate.name);
    line.tell("juror", message, None, problems);
    Err(Told)
}

pub(super) fn attendance(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<Attendance, Told> {
    let candidate = known.candidate(line, problems)?;
    let level = known.level_of(line, candidate, problems)?;
    let state = match known.word(line, "state", ["present", "absent", "excused"], problems)?.as_str() {
        "present" => Came::Present,
        "absent" => Came::Absent,
        _ => Came::Excused,
    };
    if state == Came::Present {
        rank(known, line, problems)?;
    }
    Ok(Attendance {
        level: level.id.clone(),
        candidate: candidate.id.clone(),
        state,
        rank: line.text("rank"),
        speaker: line.text("speaker"),
        post: line.text("post"),
        officials: line.count("officials", problems)?,
        evidence: line.text("evidence"),
    })
}

/// A rank that the rulebook's tables know; any rank if a table has a value for others, or there is no table.
fn rank(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<(), Told> {
    let tables = &known.rules.attendance;
    let open = tables.is_empty() || tables.iter().any(|table| table.otherwise.is_some());
    if open {
        return if tables.is_empty() { Ok(()) } else { line.need("rank", problems).map(drop) };
    }
    let ranks: Vec<&str> = tables.iter().flat_map(|table| &table.ranks).map(|rank| rank.id.as_str()).collect();
    known.word(line, "rank", ranks, problems).map(drop)
}

pub(super) fn mark(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<MarkGiven, Told> {
    let candidate = known.candidate(line, problems)?;
    let level = known.level_of(line, candidate, problems)?;
    let juror = juror_of(known, line, level, candidate, problems)?;
    let rule = known.contest(level, candidate)?;
    Ok(MarkGiven {
        level: level.id.clone(),
        juror,
        candidate: candidate.id.clone(),
        marked: marked(known, line, rule, problems)?,
        comment: line.text("comment"),
    })
}

fn marked(known: &Known<'_>, line: &Line, rule: &ContestRule, problems: &mut Vec<Problem>) -> Result<Marked, Told> {
    let indicator = line.need("indicator", problems)?.text.clone();
    let mark = line.need("mark", problems)?.text.clone();
    let state = match mark.as_str() {
        "abstained" => Some(Mark::Abstained),
        "absent" => Some(Mark::Absent),
        "not_applicable" => Some(Mark::NotApplicable),
        _ => None,
    };
    if indicator == WHOLE_SHEET {
        return state.map(Marked::Sheet).ok_or_else(|| {
            line.tell("mark", Message::new("problem-cycle-number-for-sheet"), None, problems);
            Told
        });
    }
    let of_contest = rule::indicators(known.rules, rule);
    let rubrics: Vec<&str> = rule::rubrics(known.rules, rule).into_iter().map(|(_, indicator)| indicator.id.as_str()).collect();
    let Some((_, found)) = of_contest.iter().find(|(_, known)| known.id == indicator && rule::is_rubric(known)) else {
        if of_contest.iter().any(|(_, known)| known.id == indicator) {
            line.tell("indicator", Message::new("problem-cycle-not-a-rubric").text("indicator", indicator), None, problems);
            return Err(Told);
        }
        return known.word(line, "indicator", rubrics, problems).and(Err(Told));
    };
    let mark = match state {
        Some(state) => state,
        None => Mark::Given(given(line, found, &mark, problems)?),
    };
    Ok(Marked::Indicator(indicator, mark))
}

/// A number on the rubric's grid.
fn given(line: &Line, rubric: &Indicator, text: &str, problems: &mut Vec<Problem>) -> Result<Exact, Told> {
    let value = cell::number(text, line.separator(), None).map_err(|fault| {
        let hint = fault.hint.unwrap_or_else(|| Message::new("problem-cycle-mark-hint"));
        line.tell("mark", fault.message, Some(hint), problems);
        Told
    })?;
    line.not_parted("mark", problems)?;
    let IndicatorKind::Rubric { min, max, step, .. } = &rubric.kind else { return Err(Told) };
    let Some(fault) = off_grid(&value, min, max, step) else { return Ok(value) };
    let hint = Message::new("problem-cycle-mark-range-hint")
        .text("juror", line.text("juror").unwrap_or_default())
        .local("indicator", &rubric.name.id, &rubric.name.en)
        .number("min", min)
        .number("max", max)
        .number("step", step);
    line.tell("mark", fault, Some(hint), problems);
    Err(Told)
}

/// What is wrong with a mark: out of the range, or off the step.
pub(crate) fn off_grid(value: &Exact, min: &Exact, max: &Exact, step: &Exact) -> Option<Message> {
    if value < min || value > max {
        return Some(Message::new("problem-cycle-mark-out-of-range").number("mark", value).number("min", min).number("max", max));
    }
    let steps = (value - min).checked_div(step)?;
    (!steps.is_integer())
        .then(|| Message::new("problem-cycle-mark-off-step").number("mark", value).number("min", min).number("step", step))
}
