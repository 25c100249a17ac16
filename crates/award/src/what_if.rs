//! What if: changes to a contest's count, a full recount by the same code, and what moves. Where the change alters who goes up, or a
//! figure goes up with its candidate, the whole year is played again to see which upper contests change too.

mod parse;
mod wish;

use std::collections::{BTreeMap, BTreeSet};

use rules::rulebook::Text;
use serde::Serialize;
use tally::change::{Fate, Whereabouts, moves};
use tally::{Change, Outcome, Status};
use words::{Arg, Message};

use crate::act::ContestKey;
use crate::expected::{out_name, status_name};
use crate::run::{Assumed, ContestRun, Run, play};
use crate::sentence::{Sentence, short};
use crate::stage::counting;

/// Which contests a question is about; what is none fits all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selector {
    /// Only this level.
    pub level: Option<String>,
    /// Only this region's round.
    pub region: Option<String>,
    /// Only this category.
    pub category: Option<String>,
}

/// The answer.
#[derive(Debug, Clone, Serialize)]
pub struct WhatIf {
    /// The changes as they were asked.
    pub changes: Vec<String>,
    /// Every contest that was changed or that changes in consequence.
    pub contests: Vec<ContestWhatIf>,
    /// What it comes to.
    pub sentences: Vec<Sentence>,
}

/// One contest before and after.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ContestWhatIf {
    pub contest: String,
    pub level: String,
    pub region: Option<String>,
    pub category: String,
    pub category_name: Text,
    /// Whether the change was made here; otherwise it only follows from one below.
    pub chosen: bool,
    pub before: Vec<Stand>,
    pub after: Vec<Stand>,
    /// Those who stand otherwise than before.
    pub moves: Vec<Moved>,
    pub changes_who_advances: bool,
    pub sentences: Vec<Sentence>,
}

/// Where a candidate stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Stand {
    pub candidate: String,
    pub name: String,
    pub place: Option<u32>,
    /// Exact.
    pub total: Option<String>,
    pub status: String,
}

/// A candidate that stands otherwise than before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Moved {
    pub candidate: String,
    pub name: String,
    pub before: Option<Stand>,
    pub after: Option<Stand>,
}

/// Makes changes and counts again.
///
/// ```
/// use award::{Selector, what_if};
///
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let run = award::run(&cycle, None, &mut |_| {}).unwrap();
/// let answer = what_if(&run, &Selector::default(), &["claim:kenanga/bins=50".to_owned()]).unwrap();
/// assert!(answer.contests[0].changes_who_advances);
/// ```
///
/// # Errors
///
/// A message for each change that cannot be read or made, or why the changed contest cannot be counted.
pub fn what_if(run: &Run, selector: &Selector, changes: &[String]) -> Result<WhatIf, Vec<Message>> {
    let (mut made, mut problems): (BTreeMap<ContestKey, Vec<Assumed>>, Vec<Message>) = (BTreeMap::new(), Vec::new());
    for text in changes {
        match parse::wish(text).and_then(|wish| wish::resolve(run, selector, &wish)) {
            Ok(resolved) => {
                for (key, assumed) in resolved {
                    made.entry(key).or_default().push(assumed);
                }
            }
            Err(problem) => problems.push(Message::new("what-if-change").text("change", text).message("why", problem)),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut answer = WhatIf { changes: changes.to_vec(), contests: Vec::new(), sentences: Vec::new() };
    answer.contests = chosen(run, &made)?;
    follow(run, &made, &mut answer);
    sum_up(&mut answer);
    Ok(answer)
}

/// The contests in which a change was made, recounted.
fn chosen(run: &Run, made: &BTreeMap<ContestKey, Vec<Assumed>>) -> Result<Vec<ContestWhatIf>, Vec<Message>> {
    let mut contests = Vec::new();
    for contest in &run.contests {
        let own: Vec<Change> = made
            .get(&contest.key)
            .into_iter()
            .flatten()
            .filter(|assumed| !assumed.came_up)
            .map(|assumed| assumed.change.clone())
            .collect();
        let Some(counted) = contest.counted.as_ref().filter(|_| !own.is_empty()) else { continue };
        let count = tally::apply(&counted.count, &own).map_err(|_| vec![Message::new("what-if-cannot")])?;
        let outcome = tally::count(&count).map_err(|refused| vec![counting::refusal(&run.state, &count, &contest.key, &refused).rule])?;
        contests.push(compare(run, contest, &counted.outcome, &outcome, true));
    }
    Ok(contests)
}

/// What follows above: the year played again with the changes.
fn follow(run: &Run, made: &BTreeMap<ContestKey, Vec<Assumed>>, answer: &mut WhatIf) {
    let mut stopped = Vec::new();
    let mut collect = |one: crate::run::Stopped| {
        if one.act.deed.is_step() {
            stopped.push(one.refusal.rule);
        }
        Ok(())
    };
    let Ok(again) = play(&run.cycle, run.until, made.clone(), &mut |_| {}, &mut collect) else { return };
    let was_open = |key: &ContestKey| run.contests.iter().any(|contest| contest.key == *key && contest.open.is_some());
    let newly_open = again.contests.iter().filter(|contest| !was_open(&contest.key));
    stopped.extend(newly_open.filter_map(|contest| Some(contest.open.clone()?.rule)));
    answer.sentences.extend(stopped.into_iter().map(|why| Sentence(Message::new("what-if-stopped").message("why", why))));
    let known: BTreeSet<String> = answer.contests.iter().map(|contest| contest.contest.clone()).collect();
    for after in again.contests.iter().filter(|contest| !known.contains(contest.id.as_str())) {
        let before = run.contests.iter().find(|contest| contest.key == after.key);
        let Some(outcome) = after.counted.as_ref().map(|counted| &*counted.outcome) else { continue };
        let was = before.and_then(|contest| contest.counted.as_ref()).map(|counted| &*counted.outcome);
        if was != Some(outcome) {
            let empty = Outcome { standing: Vec::new(), out: Vec::new(), cuts: Vec::new(), ..outcome.clone() };
            answer.contests.push(compare(run, after, was.unwrap_or(&empty), outcome, false));
        }
    }
}

fn compare(run: &Run, contest: &ContestRun, before: &Outcome, after: &Outcome, chosen: bool) -> ContestWhatIf {
    let category = run.cycle.rules.category(&contest.category).map(|category| category.name.clone());
    let all = moves(before, after);
    let moved = all.iter().filter(|one| one.is_different()).map(|one| Moved {
        candidate: one.entry.clone(),
        name: run.name(&one.entry).to_owned(),
        before: one.before.as_ref().map(|at| stand(run, &one.entry, at)),
        after: one.after.as_ref().map(|at| stand(run, &one.entry, at)),
    });
    let moved: Vec<Moved> = moved.collect();
    let changes_who_advances = advancing(before) != advancing(after);
    let mut sentences: Vec<Sentence> = moved.iter().map(move_sentence).collect();
    sentences.push(who_advances(run, contest, before, after));
    ContestWhatIf {
        contest: contest.id.to_string(),
        level: contest.level.clone(),
        region: contest.region.clone(),
        category: contest.category.clone(),
        category_name: category.unwrap_or(Text { id: contest.category.clone(), en: contest.category.clone() }),
        chosen,
        before: stands(run, before),
        after: stands(run, after),
        moves: moved,
        changes_who_advances,
        sentences,
    }
}

fn stands(run: &Run, outcome: &Outcome) -> Vec<Stand> {
    let all = moves(outcome, outcome);
    all.iter().filter_map(|one| Some(stand(run, &one.entry, one.after.as_ref()?))).collect()
}

fn stand(run: &Run, entry: &str, at: &Whereabouts) -> Stand {
    Stand {
        candidate: entry.to_owned(),
        name: run.name(entry).to_owned(),
        place: at.place,
        total: at.total.as_ref().map(ToString::to_string),
        status: match &at.fate {
            Fate::Placed(status) => status_name(*status),
            Fate::Out(status) => out_name(status).to_owned(),
        },
    }
}

fn advancing(outcome: &Outcome) -> BTreeSet<&str> {
    let advancing = outcome.standing.iter().filter(|row| row.status == Status::Advances);
    advancing.map(|row| row.entry.as_str()).collect()
}

/// "Kota Metro: place 3 (85.60) becomes place 2 (86.40)".
fn move_sentence(moved: &Moved) -> Sentence {
    let at = |stand: &Option<Stand>| match stand {
        Some(Stand { place: Some(place), total: Some(total), .. }) => {
            let total = total.parse::<tally::Exact>().map_or(total.clone(), |total| short(&total));
            let status = stand.as_ref().map_or(Message::new("what-if-not-there"), status);
            Message::new("what-if-place").number("place", place).number("total", total).message("status", status)
        }
        Some(stand) => status(stand),
        None => Message::new("what-if-not-there"),
    };
    let message = Message::new("what-if-move").text("name", &moved.name);
    Sentence(message.message("before", at(&moved.before)).message("after", at(&moved.after)))
}

/// A status in words; a reserve with its number.
fn status(stand: &Stand) -> Message {
    match stand.status.strip_prefix("reserve ") {
        Some(number) => Message::new("status-reserve").number("number", number),
        None => Message::new(format!("status-{}", stand.status.replace('_', "-"))),
    }
}

/// Who goes up instead of whom, or that nothing changes there.
fn who_advances(run: &Run, contest: &ContestRun, before: &Outcome, after: &Outcome) -> Sentence {
    let (was, is) = (advancing(before), advancing(after));
    let names = |ids: Vec<&&str>| Arg::List(ids.into_iter().map(|id| Arg::Text(run.name(id).to_owned())).collect());
    let (come, gone): (Vec<_>, Vec<_>) = (is.difference(&was).collect(), was.difference(&is).collect());
    let top = crate::rule::next_level(&run.cycle.rules, &contest.level, &contest.category).is_none();
    let key = match (come.is_empty(), gone.is_empty(), top) {
        (true, true, _) => return Sentence(Message::new(if top { "what-if-same-winners" } else { "what-if-same" })),
        (false, false, false) => "what-if-instead",
        (false, false, true) => "what-if-instead-top",
        (false, true, false) => "what-if-also",
        (false, true, true) => "what-if-also-top",
        (true, false, false) => "what-if-no-longer",
        (true, false, true) => "what-if-no-longer-top",
    };
    let mut message = Message::new(key);
    if !come.is_empty() {
        message = message.with("come", names(come));
    }
    if !gone.is_empty() {
        message = message.with("gone", names(gone));
    }
    Sentence(message)
}

/// What it comes to in all.
fn sum_up(answer: &mut WhatIf) {
    let changed = answer.contests.iter().filter(|contest| contest.changes_who_advances).count();
    let above = answer.contests.iter().filter(|contest| !contest.chosen).count();
    let still = answer.contests.iter().all(|contest| contest.moves.is_empty());
    if still {
        answer.sentences.insert(0, Sentence(Message::new("what-if-nothing")));
    } else {
        let message = Message::new("what-if-summary").number("changed", changed).number("above", above);
        answer.sentences.insert(0, Sentence(message));
    }
}
