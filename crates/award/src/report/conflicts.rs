//! Structural conflicts: disclosed, the juror takes part, and beside the result stands what it would be without that juror's marks. A
//! chair who judges the own province cannot leave every contest, but everybody may see what the chair's marks did.

use std::collections::BTreeSet;

use rules::rulebook::Text;
use serde::Serialize;
use tally::Outcome;
use words::{Arg, Message};

use crate::cycle::tables::{Appointment, ConflictKind};
use crate::fact::Counted;
use crate::run::{ContestRun, Run};
use crate::sentence::{self, Sentence};

/// A structural conflict, by declaration or by the seat.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Structural {
    pub juror: String,
    pub name: String,
    pub seat: String,
    pub seat_name: Text,
    /// What the seat brings with it: `own_region`, `supplies_data`, `coaches`, `represents`.
    pub by_seat: Vec<String>,
    /// Candidates for whom it was declared, with the reason.
    pub declared: Vec<(String, String)>,
}

/// What the result would be without one juror's marks for those the juror has a structural conflict with.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct WithWithout {
    pub juror: String,
    pub name: String,
    /// Whether other candidates would advance.
    pub changes_who_advances: bool,
    pub changes_order: bool,
    /// Candidate and total, best first, as they would be; empty if it cannot be counted without.
    pub without: Vec<(String, String)>,
    pub sentence: Sentence,
}

/// The structural conflicts of a contest's jurors.
pub(super) fn structural(run: &Run, contest: &ContestRun) -> Vec<Structural> {
    let jurors = run.state.jurors(&contest.key);
    jurors.into_iter().filter_map(|juror| of_juror(run, contest, juror)).collect()
}

fn of_juror(run: &Run, contest: &ContestRun, juror: &Appointment) -> Option<Structural> {
    let (_, seat) = crate::rule::seat(&run.cycle.rules, &contest.level, &juror.seat)?;
    let conflicts = &run.state.contests[&contest.key].conflicts;
    let own = conflicts.iter().filter(|conflict| conflict.juror == juror.juror && conflict.kind == ConflictKind::Structural);
    let declared: Vec<_> = own.map(|conflict| (conflict.candidate.to_string(), conflict.reason.clone())).collect();
    if declared.is_empty() && seat.structural.is_empty() {
        return None;
    }
    Some(Structural {
        juror: juror.juror.to_string(),
        name: juror.name.clone(),
        seat: seat.id.clone(),
        seat_name: seat.name.clone(),
        by_seat: seat.structural.clone(),
        declared,
    })
}

/// A recount for each juror with a structural conflict: without the marks for the candidates declared, or, where only the seat brings the
/// conflict, without the juror.
pub(super) fn with_without(run: &Run, contest: &ContestRun, counted: &Counted, structural: &[Structural]) -> Vec<WithWithout> {
    let marked = |one: &&Structural| counted.count.sheets.iter().any(|sheet| sheet.juror == one.juror && !sheet.marks.is_empty());
    let mut structural = structural.iter().filter(marked).peekable();
    if structural.peek().is_none() {
        return Vec::new();
    }
    let mut recount = tally::Recount::of(&counted.count).ok();
    structural.map(|one| without(run, contest, counted, recount.as_mut(), one)).collect()
}

fn without(
    run: &Run,
    contest: &ContestRun,
    counted: &Counted,
    recount: Option<&mut tally::Recount<'_>>,
    one: &Structural,
) -> WithWithout {
    let declared: BTreeSet<&str> = one.declared.iter().map(|(candidate, _)| candidate.as_str()).collect();
    let conflicted = |entry: &str| declared.is_empty() || declared.contains(entry);
    let is_left_out = |sheet: &tally::Sheet| sheet.juror == one.juror && conflicted(&sheet.entry);
    let Some(outcome) = recount.and_then(|recount| recount.without(is_left_out).ok()) else {
        let message = Message::new("without-not-possible").text("juror", &one.name);
        return shown(one, false, false, Vec::new(), message);
    };
    let (before, after) = (&counted.outcome, &outcome);
    let changes_who = advancing(before) != advancing(after);
    let order = |outcome: &Outcome| outcome.standing.iter().map(|row| (row.entry.clone(), row.place)).collect::<Vec<_>>();
    let changes_order = order(before) != order(after);
    let names: Vec<Arg> = advancing(after).into_iter().map(|entry| Arg::Text(run.name(entry).to_owned())).collect();
    let key = match (changes_who, changes_order) {
        (true, _) => "without-changes-who",
        (false, true) => "without-changes-order",
        (false, false) => "without-changes-nothing",
    };
    let message = Message::new(key)
        .text("juror", &one.name)
        .with("names", Arg::List(names))
        .message("contest", sentence::title(&run.state, &contest.key));
    let rows = outcome.standing.iter().map(|row| (row.entry.clone(), row.total.to_string())).collect();
    shown(one, changes_who, changes_order, rows, message)
}

fn shown(one: &Structural, who: bool, order: bool, without: Vec<(String, String)>, message: Message) -> WithWithout {
    WithWithout {
        juror: one.juror.clone(),
        name: one.name.clone(),
        changes_who_advances: who,
        changes_order: order,
        without,
        sentence: Sentence(message),
    }
}

fn advancing(outcome: &Outcome) -> BTreeSet<&str> {
    outcome.cuts.iter().flat_map(|cut| &cut.advancing).map(String::as_str).collect()
}
