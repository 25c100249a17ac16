//! A year played from its files: the acts of the plan are permitted, decided and applied one after the other. The same functions will
//! decide the same acts when they come from forms; nothing here knows a rule.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rules::rulebook::Stage;
use tally::{Change, Status};
use words::{Message, Problem};

use crate::act::{Act, ContestKey};
use crate::cycle::Cycle;
use crate::cycle::header::HEADER_FILE;
use crate::cycle::schema;
use crate::cycle::tables::Spot;
use crate::decide::decide;
use crate::fact::{Counted, NotAdmitted};
use crate::id::{CandidateId, ContestId};
use crate::permission::permit;
use crate::plan::plan;
use crate::refusal::{About, Refusal};
use crate::rule;
use crate::sentence::Teller;
use crate::state::State;

/// How far a run has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    /// Acts done.
    pub done: usize,
    /// Acts in all.
    pub total: usize,
    /// What is done now; none at the end.
    pub act: Option<&'a Act>,
}

impl Progress<'_> {
    /// What is done now in words: the stage and the round.
    pub fn at(&self) -> Message {
        self.act.map_or(Message::new("progress-done"), at)
    }
}

/// A run that a refusal stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stopped {
    /// Why.
    pub refusal: Box<Refusal>,
    /// The row that caused it, or the table it is about; none where neither is known.
    pub spot: Option<Spot>,
    /// The act.
    pub act: Box<Act>,
}

impl Stopped {
    /// The refusal as a problem of the row that caused it.
    pub fn problem(&self) -> Problem {
        let (file, span) = self.spot.as_ref().map_or((HEADER_FILE, 0..0), |spot| (spot.file, spot.span.clone()));
        Problem::new(file, span, self.refusal.rule.clone()).hint(self.refusal.next.clone())
    }
}

/// A year that was played.
#[derive(Debug, Clone)]
pub struct Run {
    /// What was played.
    pub cycle: Cycle,
    /// Everything that was decided.
    pub state: State,
    /// Every contest with somebody in it: lowest level first, then by region, then in the order of the categories.
    pub contests: Vec<ContestRun>,
    /// How many acts were played.
    pub acts: usize,
    pub(crate) until: Option<Stage>,
}

/// One contest of a run.
#[derive(Debug, Clone)]
pub struct ContestRun {
    /// Its id.
    pub id: ContestId,
    /// Level, region and category together.
    pub key: ContestKey,
    /// Its level.
    pub level: String,
    /// Its round's region; none for the nation.
    pub region: Option<String>,
    /// Its category.
    pub category: String,
    /// The count and its outcome; none if the run ended before, or the contest is open.
    pub counted: Option<Counted>,
    /// What its closing or counting waits for: marks, attendance, figures that are not verified. The rest of the year is played.
    pub open: Option<Refusal>,
    /// Who goes up, and to which contest.
    pub advanced: Vec<(CandidateId, ContestKey)>,
    /// Who was not admitted, and why.
    pub not_admitted: Vec<(CandidateId, NotAdmitted)>,
    /// Whether the plenary has made the whole result its own: not while a tie across the line is undecided.
    pub ratified: bool,
}

/// Plays a cycle to its end, or through a stage.
///
/// ```
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let run = award::run(&cycle, None, &mut |_| {}).unwrap();
/// let outcome = &run.contests[0].counted.as_ref().unwrap().outcome;
/// // 0.4 × 80 + 0.6 × 85 = 83 against 0.4 × 90 + 0.6 × 75 = 81.
/// let totals: Vec<String> = outcome.standing.iter().map(|row| format!("{} {}", row.entry, row.total)).collect();
/// assert_eq!(totals, ["melati 83", "kenanga 81"]);
/// ```
///
/// # Errors
///
/// [`Stopped`] with the first refusal and the row that caused it. A late dossier is no refusal but an outcome, and a contest that only
/// waits for marks, attendance or figures stays open ([`ContestRun::open`]) unless a row of `decisions.csv` closes its judging.
pub fn run(cycle: &Cycle, until: Option<Stage>, progress: &mut dyn FnMut(Progress<'_>)) -> Result<Run, Stopped> {
    play(cycle, until, BTreeMap::new(), progress, &mut Err)
}

/// Plays a cycle with changes made to some counts; the official run has none. A contest that nobody declared closed and that waits for
/// something stays open. `refused` says whether any other refusal stops the run. If it does not, the act is left out, and with a step of
/// the process (closing, counting) the later ones of its contest.
pub(crate) fn play(
    cycle: &Cycle,
    until: Option<Stage>,
    assumed: BTreeMap<ContestKey, Vec<Assumed>>,
    progress: &mut dyn FnMut(Progress<'_>),
    refused: &mut dyn FnMut(Stopped) -> Result<(), Stopped>,
) -> Result<Run, Stopped> {
    let mut state = State::new(&cycle.header.id, Arc::clone(&cycle.rules), Arc::clone(&cycle.geography));
    state.assumed = Arc::new(assumed);
    let planned = plan(cycle, until);
    let total = planned.len();
    let mut given_up: BTreeSet<ContestKey> = BTreeSet::new();
    let mut closed: BTreeSet<ContestKey> = BTreeSet::new();
    let mut open: BTreeMap<ContestKey, Refusal> = BTreeMap::new();
    for (done, planned) in planned.into_iter().enumerate() {
        progress(Progress { done, total, act: Some(&planned.act) });
        let contest = planned.act.deed.contest();
        let is_step = planned.act.deed.is_step();
        if is_step && contest.is_some_and(|contest| given_up.contains(contest) || open.contains_key(contest)) {
            continue;
        }
        if is_step && planned.spot.is_some() {
            closed.extend(contest.cloned());
        }
        let permitted = permit(&planned.act.actor, &planned.act.deed);
        match permitted.and_then(|permit| decide(&state, &planned.act, permit)) {
            Ok(facts) => facts.iter().for_each(|fact| state.apply(fact)),
            Err(refusal) => match contest.filter(|contest| is_step && refusal.waits && !closed.contains(*contest)) {
                Some(contest) => drop(open.insert(contest.clone(), refusal)),
                None => {
                    given_up.extend(contest.filter(|_| is_step).cloned());
                    let below = contest.and_then(|contest| waits_below(&state, &open, contest, &planned.act));
                    let at_cause = is_step || below.is_some();
                    let refusal = below.unwrap_or(refusal);
                    let spot = if at_cause { place(cycle, &refusal).or(planned.spot) } else { planned.spot };
                    refused(Stopped { refusal: Box::new(refusal), spot, act: Box::new(planned.act) })?;
                }
            },
        }
    }
    progress(Progress { done: total, total, act: None });
    let contests = contests(&state, &mut open);
    Ok(Run { cycle: cycle.clone(), state, contests, acts: total, until })
}

/// A change to a contest's count that a question assumes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumed {
    pub(crate) change: Change,
    /// Whether it only came up with a candidate; then it is passed over where the candidate does not stand.
    pub(crate) came_up: bool,
}

fn at(act: &Act) -> Message {
    let stage = Message::new(format!("stage-{}", act.deed.stage().name()));
    let round = act.deed.round().map_or(String::new(), |round| match &round.region {
        Some(region) => format!("{} {region}", round.level),
        None => round.level.clone(),
    });
    Message::new("progress-at").message("stage", stage).text("round", round)
}

/// For a row of a contest that its candidate cannot have reached, as the one below is open or its tie undecided: that, as it is the cause.
fn waits_below(state: &State, open: &BTreeMap<ContestKey, Refusal>, key: &ContestKey, act: &Act) -> Option<Refusal> {
    let candidate = act.deed.candidate()?.as_str();
    if state.contests.get(key).is_some_and(|contest| contest.entry(candidate).is_some()) {
        return None;
    }
    let height = |key: &ContestKey| rule::height(&state.rules, &key.round.level);
    let (below, contest) = state
        .contests
        .iter()
        .filter(|(below, contest)| height(below) < height(key) && contest.entry(candidate).is_some())
        .max_by_key(|(below, _)| height(below))?;
    let message = |rule: &str| Message::new(rule).text("contest", key.path());
    if let Some(open) = open.get(below) {
        let rule = message("refusal-waits-below").message("why", open.rule.clone());
        let next = Message::new("refusal-waits-below-next").message("next", open.next.clone());
        return Some(Refusal { rule, next, ..open.clone() });
    }
    let counted = contest.result()?;
    let row = counted.outcome.standing.iter().find(|row| row.entry == candidate)?;
    let teller = Teller { state, key: below, counted };
    let rule = message("refusal-waits-tie").text("candidate", crate::decide::name(state, candidate));
    (row.status == Status::Undecided).then(|| Refusal::of(rule.message("why", teller.placed(row).0)))
}

/// Where the table stands that a refusal is about: the row of a claim or lot, else the whole file.
fn place(cycle: &Cycle, refusal: &Refusal) -> Option<Spot> {
    let whole = |file: &'static str| Some(Spot { file, span: 0..0 });
    match refusal.about.as_ref()? {
        About::Panel => whole(schema::PANEL.file),
        About::Marks => whole(schema::MARKS.file),
        About::Attendance => whole(schema::ATTENDANCE.file),
        About::Claim(None) => whole(schema::CLAIMS.file),
        About::Items => whole(schema::ITEMS.file),
        About::Claim(Some((candidate, claim))) => {
            let row = cycle.tables.claims.iter().rev().find(|row| row.candidate == *candidate && row.claim == *claim);
            row.map(|row| row.spot.clone()).or(whole(schema::CLAIMS.file))
        }
        About::Lot(level) => cycle.header.lots.iter().find(|lot| lot.level == *level).map(|lot| lot.spot.clone()),
    }
}

fn contests(state: &State, open: &mut BTreeMap<ContestKey, Refusal>) -> Vec<ContestRun> {
    let mut keys: Vec<&ContestKey> = state.contests.keys().collect();
    let order = |key: &ContestKey| {
        let category = state.rules.categories.iter().position(|category| category.id == key.category);
        (rule::height(&state.rules, &key.round.level), key.round.region.clone(), category)
    };
    keys.sort_by_key(|key| order(key));
    let mut contest = |key: &ContestKey| {
        let contest = &state.contests[key];
        let outside = contest.entries.iter().filter_map(|entry| Some((entry.candidate.clone(), entry.not_admitted.clone()?)));
        ContestRun {
            id: state.contest_id(key),
            key: key.clone(),
            level: key.round.level.clone(),
            region: key.round.region.clone(),
            category: key.category.clone(),
            counted: contest.result().cloned(),
            open: open.remove(key),
            advanced: contest.advanced.clone(),
            not_admitted: outside.collect(),
            ratified: contest.ratified.as_ref().is_some_and(|ratified| !ratified.is_undecided()),
        }
    };
    keys.into_iter().filter(|key| !state.contests[*key].entries.is_empty()).map(&mut contest).collect()
}

impl Run {
    /// The same run as another state tells it: one that was kept in a store and read again.
    #[must_use]
    pub fn with_state(&self, state: State) -> Run {
        let waits = |contest: &ContestRun| Some((contest.key.clone(), contest.open.clone()?));
        let mut open = self.contests.iter().filter_map(waits).collect();
        let contests = contests(&state, &mut open);
        Run { cycle: self.cycle.clone(), state, contests, acts: self.acts, until: self.until }
    }

    /// How many contests a candidate of this cycle can stand in, counted or not.
    ///
    /// ```
    /// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
    /// let run = award::run(&cycle, None, &mut |_| {}).unwrap();
    /// assert_eq!(run.contests_in_reach(), 1);
    /// ```
    pub fn contests_in_reach(&self) -> usize {
        crate::plan::contests(&self.cycle).values().map(BTreeSet::len).sum()
    }

    /// The contests of a level, region and category; what is none fits all.
    pub fn chosen<'r>(
        &'r self,
        level: Option<&'r str>,
        region: Option<&'r str>,
        category: Option<&'r str>,
    ) -> impl Iterator<Item = &'r ContestRun> {
        self.contests.iter().filter(move |contest| {
            level.is_none_or(|level| contest.level == level)
                && region.is_none_or(|region| contest.region.as_deref() == Some(region))
                && category.is_none_or(|category| contest.category == category)
        })
    }

    /// The name of a candidate.
    pub fn name<'r>(&'r self, candidate: &'r str) -> &'r str {
        crate::decide::name(&self.state, candidate)
    }
}
