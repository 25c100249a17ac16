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
use crate::refusal::{About, Refusal};
use crate::run::{Assumed, ContestRun, Run, play};
use crate::sentence::{Sentence, short, title};
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
    /// The names of its level, region and category.
    pub title: Sentence,
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
    /// Whether it can be told what comes out; not where somebody newly stands who was never judged there.
    pub can_tell: bool,
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
    possible(run, &made)?;
    let mut answer = WhatIf { changes: changes.to_vec(), contests: Vec::new(), sentences: Vec::new() };
    answer.contests = replay(run, &made);
    sum_up(&mut answer);
    Ok(answer)
}

/// Whether the changes can be made, and counted where nobody comes from below. What comes out is taken from the year played again.
fn possible(run: &Run, made: &BTreeMap<ContestKey, Vec<Assumed>>) -> Result<(), Vec<Message>> {
    for contest in &run.contests {
        let own: Vec<Change> = own_changes(made, &contest.key).map(|assumed| assumed.change.clone()).collect();
        let Some(counted) = contest.counted.as_ref().filter(|_| !own.is_empty()) else { continue };
        let count = tally::apply(&counted.count, &own).map_err(|_| vec![Message::new("what-if-cannot")])?;
        let enters_here = |entry: &tally::Entry| run.cycle.candidate(&entry.id).is_some_and(|known| known.level == contest.level);
        if count.entries.iter().all(enters_here) {
            tally::count(&count).map_err(|refused| vec![counting::refusal(&run.state, &count, &contest.key, &refused).rule])?;
        }
    }
    Ok(())
}

/// The changes made in a contest itself.
fn own_changes<'m>(made: &'m BTreeMap<ContestKey, Vec<Assumed>>, key: &ContestKey) -> impl Iterator<Item = &'m Assumed> {
    made.get(key).into_iter().flatten().filter(|assumed| !assumed.came_up)
}

/// The year played again with the changes: every contest in which one was made or that comes out otherwise, those with a change first.
fn replay(run: &Run, made: &BTreeMap<ContestKey, Vec<Assumed>>) -> Vec<ContestWhatIf> {
    let mut refused: BTreeMap<ContestKey, Refusal> = BTreeMap::new();
    let mut collect = |one: crate::run::Stopped| {
        if let Some(key) = one.act.deed.contest().filter(|_| one.act.deed.is_step()) {
            refused.entry(key.clone()).or_insert(*one.refusal);
        }
        Ok(())
    };
    let Ok(again) = play(&run.cycle, run.until, made.clone(), &mut |_| {}, &mut collect) else { return Vec::new() };
    let was_open = |key: &ContestKey| run.contests.iter().any(|contest| contest.key == *key && contest.open.is_some());
    for contest in again.contests.iter().filter(|contest| !was_open(&contest.key)) {
        refused.extend(contest.open.clone().map(|why| (contest.key.clone(), why)));
    }
    let again = Again { run, again: &again, refused };
    let told = again.contests().into_iter().filter_map(|contest| {
        let chosen = own_changes(made, &contest.key).next().is_some();
        again.told(contest, chosen)
    });
    let (mut chosen, others): (Vec<_>, Vec<_>) = told.partition(|contest| contest.chosen);
    chosen.extend(others);
    chosen
}

/// A year and the same year with changes.
struct Again<'r> {
    run: &'r Run,
    again: &'r Run,
    /// Where the changed year came to no result, and why.
    refused: BTreeMap<ContestKey, Refusal>,
}

impl Again<'_> {
    /// Every contest of either year, lowest level first.
    fn contests(&self) -> Vec<&ContestRun> {
        let gone = self.run.contests.iter().filter(|before| !self.again.contests.iter().any(|after| after.key == before.key));
        let mut contests: Vec<&ContestRun> = self.again.contests.iter().chain(gone).collect();
        contests.sort_by_key(|contest| crate::rule::height(&self.run.cycle.rules, &contest.level));
        contests
    }

    /// What is told of a contest; nothing if it has no change and comes out as before.
    fn told(&self, contest: &ContestRun, chosen: bool) -> Option<ContestWhatIf> {
        let outcome = |run: &Run| {
            let found = run.contests.iter().find(|known| known.key == contest.key);
            found.and_then(|found| found.counted.as_ref()).map(|counted| (*counted.outcome).clone())
        };
        let (before, after) = (outcome(self.run), outcome(self.again));
        let empty = |like: &Outcome| Outcome { standing: Vec::new(), out: Vec::new(), cuts: Vec::new(), ..like.clone() };
        if let Some(why) = self.untold(contest) {
            let before = before?;
            let shown = compare(self.run, contest, &before, &before, chosen);
            return Some(ContestWhatIf { after: Vec::new(), can_tell: false, sentences: vec![Sentence(why)], ..shown });
        }
        if !chosen && before == after {
            return None;
        }
        let like = before.as_ref().or(after.as_ref())?;
        let (before, after) = (before.clone().unwrap_or_else(|| empty(like)), after.clone().unwrap_or_else(|| empty(like)));
        Some(compare(self.run, contest, &before, &after, chosen))
    }

    /// Why it cannot be told what comes out: something is missing here, or below.
    fn untold(&self, contest: &ContestRun) -> Option<Message> {
        if self.refused.keys().any(|below| self.leads_to(below, contest)) {
            return Some(Message::new("what-if-untold-below"));
        }
        let refusal = self.refused.get(&contest.key)?;
        let known = self.run.state.contests.get(&contest.key);
        let is_new = |entry: &&crate::state::Entry| known.is_none_or(|known| known.entry(entry.candidate.as_str()).is_none());
        let entries = self.again.state.contests.get(&contest.key).map(|contest| contest.entries.as_slice()).unwrap_or_default();
        let new = entries.iter().filter(is_new);
        let names: Vec<Arg> = new.map(|entry| Arg::Text(self.run.name(entry.candidate.as_str()).to_owned())).collect();
        if refusal.about == Some(About::Marks) && !names.is_empty() {
            return Some(Message::new("what-if-untold-marks").with("names", Arg::List(names)));
        }
        Some(Message::new("what-if-untold").message("why", refusal.rule.clone()))
    }

    /// Whether somebody could come up from one contest to another.
    fn leads_to(&self, below: &ContestKey, contest: &ContestRun) -> bool {
        let rules = &self.run.cycle.rules;
        let is_below = crate::rule::height(rules, &below.round.level) < crate::rule::height(rules, &contest.level);
        let entries = self.again.state.contests.get(below).map(|below| below.entries.as_slice()).unwrap_or_default();
        let comes_up = |entry: &crate::state::Entry| {
            let known = self.run.cycle.candidate(entry.candidate.as_str());
            known.is_some_and(|known| crate::plan::key(&self.run.cycle, &contest.level, known) == contest.key)
        };
        is_below && below.category == contest.category && entries.iter().any(comes_up)
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
    let top = crate::rule::next_level(&run.cycle.rules, &contest.level, &contest.category).is_none();
    let advances = if top { "status-wins" } else { "status-advances" };
    let mut sentences: Vec<Sentence> = moved.iter().map(|moved| move_sentence(moved, advances)).collect();
    sentences.push(who_advances(run, contest, before, after));
    ContestWhatIf {
        contest: contest.id.to_string(),
        title: Sentence(title(&run.state, &contest.key)),
        level: contest.level.clone(),
        region: contest.region.clone(),
        category: contest.category.clone(),
        category_name: category.unwrap_or(Text { id: contest.category.clone(), en: contest.category.clone() }),
        chosen,
        before: stands(run, before),
        after: stands(run, after),
        moves: moved,
        changes_who_advances,
        can_tell: true,
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
fn move_sentence(moved: &Moved, advances: &str) -> Sentence {
    let at = |stand: &Option<Stand>| match stand {
        Some(Stand { place: Some(place), total: Some(total), .. }) => {
            let total = total.parse::<tally::Exact>().map_or(total.clone(), |total| short(&total));
            let status = stand.as_ref().map_or(Message::new("what-if-not-there"), |stand| status(stand, advances));
            Message::new("what-if-place").number("place", place).number("total", total).message("status", status)
        }
        Some(stand) => status(stand, advances),
        None => Message::new("what-if-not-there"),
    };
    let message = Message::new("what-if-move").text("name", &moved.name);
    Sentence(message.message("before", at(&moved.before)).message("after", at(&moved.after)))
}

/// A status in words; a reserve with its number.
fn status(stand: &Stand, advances: &str) -> Message {
    match stand.status.strip_prefix("reserve ") {
        Some(number) => Message::new("status-reserve").number("number", number),
        None if stand.status == "advances" => Message::new(advances),
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
    let above = answer.contests.iter().filter(|contest| !contest.chosen && contest.can_tell).count();
    let untold = answer.contests.iter().filter(|contest| !contest.can_tell).count();
    let still = untold == 0 && answer.contests.iter().all(|contest| contest.moves.is_empty());
    if still {
        answer.sentences.insert(0, Sentence(Message::new("what-if-nothing")));
    } else {
        let counted = [("what-if-changed", changed), ("what-if-above", above), ("what-if-cannot-tell", untold)];
        let told = counted.into_iter().filter(|(key, count)| *count > 0 || *key == "what-if-changed");
        answer.sentences.splice(0..0, told.map(|(key, count)| in_contests(key, count)));
    }
}

/// "In one contest somebody else goes up or wins", "In 3 contests …".
fn in_contests(key: &str, count: usize) -> Sentence {
    Sentence(match count {
        0 => Message::new(format!("{key}-nobody")),
        1 => Message::new(format!("{key}-one")),
        _ => Message::new(key).number("count", count),
    })
}
