//! The count itself: from the document to the outcome, in the order of the specification.

use std::collections::{BTreeMap, BTreeSet};

use crate::adjusted::adjusted;
use crate::awards::{Places, awarded};
use crate::contest::{Contest, Said, State};
use crate::cut;
use crate::enough::Enough;
use crate::model::{Count, Sheet};
use crate::outcome::{Awarded, Counted, NotPlaced, OUTCOME_FORMAT, OutStatus, Outcome, Placed, Refusal, Refused, Status};
use crate::points::{Best, Scored, evaluate};
use crate::running;
use crate::standing::{Order, Table};
use crate::working::Silent;

/// Counts one contest.
///
/// The same count gives the same outcome, for ever: there is no clock, no chance and no float in it.
///
/// ```
/// use tally::{Code, Count, count};
///
/// let mut document: Count = serde_json::from_str(r#"{"format": "paritrana-count-1", "contest": "c",
///     "tree": {"id": "points", "leaf": {
///         "measure": "stated", "scale": "identity", "missing": "refuse", "not_applicable": "skip"}},
///     "entries": [{"id": "ntb", "stated": {"points": "51.51"}}]}"#).unwrap();
/// assert_eq!(count(&document).unwrap().standing[0].total.to_string(), "51.51");
///
/// document.entries[0].stated.clear();
/// assert_eq!(count(&document).unwrap_err().refused[0].code, Code::MissingValue);
/// ```
///
/// # Errors
///
/// [`Refused`] with everything that stands in the way: what is wrong with the form of the document, or, if nothing is, what
/// cannot be evaluated.
pub fn count(count: &Count) -> Result<Outcome, Refused> {
    answer(&Contest::read(count)?, Extent::Whole, None)
}

/// A count that was read and checked once, to be counted again and again without some of its sheets: for comparisons.
///
/// ```
/// use tally::{Count, Recount};
///
/// let document: Count = serde_json::from_str(r#"{"format": "paritrana-count-1", "contest": "c", "jurors": ["ani", "budi"],
///     "tree": {"id": "rubric", "leaf": {
///         "measure": {"marks": {"min": "0", "max": "10", "step": "1", "method": "mean"}},
///         "scale": "identity", "missing": "zero", "not_applicable": "skip"}},
///     "entries": [{"id": "badung"}],
///     "sheets": [
///         {"juror": "ani", "entry": "badung", "state": "handed_in", "marks": {"rubric": "8"}},
///         {"juror": "budi", "entry": "badung", "state": "handed_in", "marks": {"rubric": "9"}}]}"#).unwrap();
/// let mut recount = Recount::of(&document).unwrap();
/// let total = |outcome: tally::Outcome| outcome.standing[0].total.to_string();
/// assert_eq!(total(recount.without(|sheet| sheet.juror == "ani").unwrap()), "9");
/// assert_eq!(total(recount.without(|_| false).unwrap()), "8.5");
/// ```
pub struct Recount<'a> {
    contest: Contest<'a>,
    /// The points with all sheets; none if they cannot be evaluated.
    scores: Option<Scores>,
    said: Vec<Said<'a>>,
}

impl<'a> Recount<'a> {
    /// Reads and checks a count, with all its sheets.
    ///
    /// # Errors
    ///
    /// [`Refused`] with what is wrong with the form of the document.
    pub fn of(count: &'a Count) -> Result<Self, Refused> {
        let contest = Contest::read(count)?;
        Ok(Recount { scores: Scores::of(&contest, None).ok(), said: contest.said(), contest })
    }

    /// What [`count()`] says of places, the cut and the awards when these sheets had not been there. What a comparison does not need
    /// is left out: `enough`, `panel` and `values` are empty and `adjusted` is none.
    ///
    /// # Errors
    ///
    /// [`Refused`] with what cannot be evaluated.
    pub fn without(&mut self, is_left_out: impl Fn(&Sheet) -> bool) -> Result<Outcome, Refused> {
        self.contest.take(self.said.iter().filter(|said| !is_left_out(said.sheet)));
        answer(&self.contest, Extent::StandingOnly, self.scores.as_ref())
    }
}

/// How much of the outcome is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    StandingOnly,
}

fn answer(contest: &Contest, extent: Extent, settled: Option<&Scores>) -> Result<Outcome, Refused> {
    let refuse = |refused| Refused::because(&contest.count.contest, refused);
    let scores = Scores::of(contest, settled).map_err(refuse)?;
    let table = scores.table(contest);
    let order = Order::of(&table, table.with_total());
    let places = Places::of(contest, &order);
    let awards = awarded(&table, &order, &places).map_err(refuse)?;
    Ok(outcome(&scores, &table, &order, &places, awards, extent))
}

/// The points of all entries in the running, and why the others are not.
pub(crate) struct Scores {
    pub out: Vec<Option<OutStatus>>,
    pub scored: Vec<Option<Scored>>,
}

impl Scores {
    fn of(contest: &Contest, settled: Option<&Scores>) -> Result<Self, Vec<Refusal>> {
        let mut refused = Vec::new();
        let mut out = running::all(contest, &mut refused);
        if !refused.is_empty() {
            return Err(refused);
        }
        let best = Best::of(contest, &out);
        let in_running = |entry| Option::is_none(&out[entry]);
        let scored: Vec<Option<Scored>> = (0..contest.entries.len())
            .map(|entry| {
                let settled = settled.and_then(|scores| scores.scored[entry].as_ref());
                in_running(entry).then(|| evaluate(contest, entry, true, &best, settled, &mut Silent, &mut refused))
            })
            .collect();
        for (out, scored) in out.iter_mut().zip(&scored) {
            if scored.as_ref().is_some_and(|scored| scored.points[0].is_none()) {
                *out = Some(OutStatus::Unscored);
            }
        }
        if refused.is_empty() { Ok(Scores { out, scored }) } else { Err(refused) }
    }

    fn table<'t, 'a>(&'t self, contest: &'t Contest<'a>) -> Table<'t, 'a> {
        let rows = self.scored.iter().map(|scored| scored.as_ref().map(|scored| &scored.points[..]));
        Table { contest, rows: rows.collect() }
    }
}

fn outcome(scores: &Scores, table: &Table, order: &Order, places: &Places, awards: Vec<Awarded>, extent: Extent) -> Outcome {
    let contest = table.contest;
    let statuses = cut::statuses(table, order);
    let whole = extent == Extent::Whole;
    Outcome {
        format: OUTCOME_FORMAT.into(),
        contest: contest.count.contest.clone(),
        standing: standing(table, order, places, &statuses, extent),
        out: not_placed(contest, &scores.out),
        cuts: cut::lines(table, order, &statuses),
        awards,
        panel: if whole { by_entry(contest, order, |entry| panel(contest, entry)) } else { BTreeMap::new() },
        values: if whole { by_entry(contest, order, |entry| values(table, entry)) } else { BTreeMap::new() },
        adjusted: whole.then(|| adjusted(scores, table, order, &statuses)).flatten(),
    }
}

fn standing(table: &Table, order: &Order, places: &Places, statuses: &[Status], extent: Extent) -> Vec<Placed> {
    let contest = table.contest;
    let enough = (extent == Extent::Whole).then(|| Enough::of(table, order));
    let thresholds = cut::thresholds(table, order, statuses);
    let row = |(position, &entry): (usize, &usize)| Placed {
        entry: contest.entries[entry].id.clone(),
        pool: contest.entries[entry].pool.clone(),
        place: places.place[entry],
        pool_place: places.pool_place[entry],
        total: table.total(entry).clone(),
        separated_by: order.separated_by(position),
        status: statuses[entry],
        gap: gap(thresholds[contest.pool_of[entry]], table.total(entry), statuses[entry]),
        enough: enough.as_ref().map(|enough| enough.of_entry(entry, statuses[entry])).unwrap_or_default(),
    };
    order.list.iter().enumerate().map(row).collect()
}

/// Threshold − total, by entry that stands below a line.
fn gap(threshold: Option<&crate::Exact>, total: &crate::Exact, status: Status) -> Option<crate::Exact> {
    threshold.filter(|_| status != Status::Advances).map(|threshold| threshold - total)
}

fn not_placed(contest: &Contest, out: &[Option<OutStatus>]) -> Vec<NotPlaced> {
    let told = contest.entries.iter().zip(out);
    let told = told.filter_map(|(entry, status)| Some((entry.id.clone(), status.clone()?)));
    told.map(|(entry, status)| NotPlaced { entry, status }).collect()
}

fn by_entry<T>(contest: &Contest, order: &Order, tell: impl Fn(usize) -> T) -> BTreeMap<String, T> {
    order.list.iter().map(|&entry| (contest.entries[entry].id.clone(), tell(entry))).collect()
}

fn panel(contest: &Contest, entry: usize) -> BTreeMap<String, Counted> {
    let leaf = |(leaf, &at): (usize, &usize)| {
        let mut counted = Counted::default();
        for state in contest.states(leaf, entry) {
            *match state {
                State::Number(_) => &mut counted.marked,
                State::Abstained => &mut counted.abstained,
                State::Recused => &mut counted.recused,
                State::Absent => &mut counted.absent,
                State::NotApplicable => &mut counted.not_applicable,
            } += 1;
        }
        (contest.node(at).id.clone(), counted)
    };
    contest.tree.marks_leaves.iter().enumerate().map(leaf).collect()
}

fn values(table: &Table, entry: usize) -> BTreeMap<String, Option<crate::Exact>> {
    let nodes = table.contest.tree.nodes.iter().enumerate();
    nodes.map(|(at, seat)| (seat.node.id.clone(), table.points(entry, at).cloned())).collect()
}

/// The ids of those who advance, sorted.
pub(crate) fn advancing(contest: &Contest, order: &Order, statuses: &[Status]) -> BTreeSet<String> {
    let advancing = order.list.iter().filter(|entry| statuses[**entry] == Status::Advances);
    advancing.map(|entry| contest.entries[*entry].id.clone()).collect()
}
