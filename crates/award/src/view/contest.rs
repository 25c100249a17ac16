//! A contest: who stands in it, how far it is, and its standing as far as whoever looks may read it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rules::rulebook::{Stage, Text};
use serde::Serialize;
use tally::outcome::Placed;
use tally::{OutStatus, Within};

use super::{Veil, Viewer};
use crate::act::ContestKey;
use crate::closing::{Led, MissingThing, missing};
use crate::expected::{out_name, status_name};
use crate::fact::Counted;
use crate::id::{CandidateId, JurorId};
use crate::panel;
use crate::permission::reading::Reading;
use crate::record::Noun;
use crate::round::slippage;
use crate::sentence::{self, Sentence, Teller};
use crate::state::{Contest, Entry, State};

/// How far a contest or a round is, in the order of the process. A round is as far as the least of its contests in which anybody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Nothing has happened. Only a round is so, never a contest.
    NotOpened,
    /// Nobody stands yet.
    Nomination,
    /// Dossiers come in.
    Dossiers,
    /// Dossiers are closed, and figures are verified.
    Verification,
    /// The same, and candidates are heard: the round's interviews have begun. Told of what somebody sees; see [`Viewer`].
    Interview,
    /// Sheets come in.
    Judging,
    /// Judging is closed, and nothing is counted.
    Closed,
    /// There is a count.
    Counted,
    /// The plenary made the count its own.
    Ratified,
    /// The result is locked.
    Locked,
    /// The provisional result is published: objections may come.
    Published,
    /// The result is announced.
    Announced,
}

impl Step {
    /// Where a contest stands.
    ///
    /// ```
    /// use award::view::Step;
    ///
    /// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
    /// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
    /// assert_eq!(Step::of(state.contests.values().next().unwrap()), Step::Announced);
    /// ```
    pub fn of(contest: &Contest) -> Step {
        let has = |noun: Noun| match noun {
            Noun::Entry => !contest.entries.is_empty(),
            Noun::Sheet => !contest.sheets.is_empty(),
            Noun::Counted => contest.counted.is_some(),
            Noun::Ratified => contest.ratified.is_some(),
            _ => contest.is_locked(),
        };
        Step::reached(contest, has)
    }

    /// The same where only the contest's own record and its publication are at hand, and whether there are any of its entries, sheets, counts and results.
    pub fn reached(contest: &Contest, has: impl Fn(Noun) -> bool) -> Step {
        let reached = [
            (contest.announced, Step::Announced),
            (contest.is_published(), Step::Published),
            (has(Noun::Result), Step::Locked),
            (has(Noun::Ratified), Step::Ratified),
            (has(Noun::Counted), Step::Counted),
            (contest.judging_closed, Step::Closed),
            (has(Noun::Sheet), Step::Judging),
            (contest.dossiers_closed, Step::Verification),
            (has(Noun::Entry), Step::Dossiers),
        ];
        reached.into_iter().find(|(reached, _)| *reached).map_or(Step::Nomination, |(_, step)| step)
    }
}

/// A day on which something is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Expected {
    pub day: Date,
    /// Whether it is the rulebook's, and there our assumption.
    pub is_assumed: bool,
}

/// A contest as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ContestView {
    /// Its public id.
    pub id: String,
    pub level: String,
    pub level_name: Text,
    pub region: Option<String>,
    pub region_name: Option<String>,
    pub category: String,
    pub category_name: Text,
    pub step: Step,
    /// When the result is to be announced, as the round plans it now; none once it is, or where no day is named.
    pub expected: Option<Expected>,
    /// How many go up, or win.
    pub quota: u32,
    /// How many stand, also those whose names are not shown.
    pub entered: usize,
    /// Those whose names may be known, in the order in which they entered.
    pub candidates: Vec<CandidateId>,
    pub work: Veil<WorkSeen>,
    /// The pools of which each has a standing and a cut of its own, in the rulebook's order; none where all compete with all.
    pub pools: Vec<PoolSeen>,
    /// Best first, and where places go by pool pool after pool; empty before the count.
    pub standing: Veil<Vec<RowSeen>>,
    /// Who has no place, and why.
    pub outside: Veil<Vec<OutsideSeen>>,
    pub awards: Veil<Vec<AwardSeen>>,
    /// The number of the result that counts; none before the lock.
    pub result: Option<u32>,
}

/// How far the work on a contest is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct WorkSeen {
    /// Sheets handed in, of those asked for: one by each juror for each candidate whom the juror judges.
    pub sheets: (usize, usize),
    /// Figures verified, of those stated.
    pub figures: (usize, usize),
    /// What is missing before judging can be closed, beside marks; nothing once it is closed.
    pub missing: Vec<MissingThing>,
    /// Objections that nobody has decided.
    pub open_objections: usize,
}

/// A pool, in which entries compete only with each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct PoolSeen {
    pub id: String,
    pub name: Text,
}

/// A line of the standing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct RowSeen {
    /// The place, in its pool where places go by pool.
    pub place: u32,
    /// How many have a place there.
    pub among: usize,
    pub pool: Option<String>,
    pub candidate: CandidateId,
    pub name: String,
    pub region_name: String,
    /// Exact.
    pub total: String,
    /// With two decimals, for reading.
    pub total_shown: String,
    /// How many jurors' marks stand in it: of the indicator that most have marked; 0 where nobody judges.
    pub jurors: u32,
    /// What became of all jurors at that indicator; none where nobody judges.
    pub bench: Option<Bench>,
    /// `advances`, `below`, `reserve 1`, …
    pub status: String,
    /// How much it lacks; exact.
    pub gap: Option<String>,
    /// Whether it went up to the next level.
    pub went_up: bool,
    /// Whether what it reached was revoked, or it dropped out.
    pub is_out: bool,
    pub sentence: Sentence,
}

/// How many jurors stand behind a line, and why not all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Bench {
    pub marked: u32,
    /// All, those who could not mark too.
    pub of: u32,
    /// Of the others: who had a conflict.
    pub recused: u32,
    /// Who was not there.
    pub absent: u32,
}

/// A candidate without a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct OutsideSeen {
    pub candidate: CandidateId,
    pub name: String,
    /// `withdrawn`, `disqualified`, `excluded`, `unscored` or `not_admitted`.
    pub status: String,
    pub sentence: Sentence,
}

/// An award and who has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct AwardSeen {
    pub id: String,
    pub name: Text,
    /// Best first; perhaps nobody.
    pub candidates: Vec<CandidateId>,
}

/// The rows of a standing as they compete with each other: all of them, or pool after pool; none beside the rows is the pool of those who
/// are in no pool, or that there are no pools.
///
/// ```
/// assert_eq!(award::view::fields(&[], &[]), []);
/// ```
pub fn fields<'p, 'r>(pools: &'p [PoolSeen], rows: &'r [RowSeen]) -> Vec<(Option<&'p PoolSeen>, &'r [RowSeen])> {
    let pool = |row: &RowSeen| pools.iter().find(|pool| Some(&pool.id) == row.pool.as_ref());
    let together = rows.chunk_by(|one, next| pool(one) == pool(next));
    together.map(|rows| (rows.first().and_then(pool), rows)).collect()
}

/// What the pool is called in which an entry has its place; none where all compete with all.
pub(crate) fn pool_name(state: &State, key: &ContestKey, counted: &Counted, row: &Placed) -> Option<Text> {
    let pool = row.pool.as_ref().filter(|_| counted.by_pool())?;
    state.rules_of(&key.round).zones.iter().find(|zone| zone.id == *pool).map(|zone| zone.name.clone())
}

fn bench(counted: &Counted, entry: &str) -> Option<Bench> {
    let leaves = counted.outcome.panel.get(entry)?;
    let most = leaves.values().max_by_key(|jurors| jurors.marked).filter(|jurors| jurors.marked > 0)?;
    let of = most.marked + most.abstained + most.recused + most.absent + most.not_applicable;
    Some(Bench { marked: most.marked, of, recused: most.recused, absent: most.absent })
}

impl Viewer<'_> {
    /// A contest; none if the rulebook knows no such level or category.
    pub fn contest(&self, key: &ContestKey) -> Option<ContestView> {
        let rules = self.state.rules_of(&key.round);
        let (level, category) = (rules.level(&key.round.level)?, rules.category(&key.category)?);
        let nothing = Contest::default();
        let contest = self.state.contests.get(key).unwrap_or(&nothing);
        let counted = contest.result();
        let seen = || self.sees_standing(key);
        let known = contest.entries.iter().map(|entry| &entry.candidate).filter(|candidate| self.knows_of(key, candidate));
        Some(ContestView {
            id: self.state.contest_id(key).to_string(),
            level: level.id.clone(),
            level_name: level.name.clone(),
            region_name: key.round.region.as_deref().map(|code| self.region_name(code)),
            region: key.round.region.clone(),
            category: category.id.clone(),
            category_name: category.name.clone(),
            step: self.told(&key.round, Step::of(contest)),
            expected: self.expected(key).filter(|_| !contest.announced),
            quota: rules.contest(&key.category, &key.round.level)?.quota,
            entered: contest.entries.len(),
            candidates: known.cloned().collect(),
            work: Veil::of(self.reads(Reading::Work(key)), || self.work(key, contest)),
            pools: self.pools(key),
            standing: Veil::of(seen(), || counted.map(|counted| self.standing(key, contest, counted)).unwrap_or_default()),
            outside: Veil::of(seen(), || self.outside(key, contest)),
            awards: Veil::of(seen(), || counted.map(|counted| self.awards(key, contest, counted)).unwrap_or_default()),
            result: contest.closing.number(),
        })
    }

    /// When the results of a contest's round are to be announced.
    fn expected(&self, key: &ContestKey) -> Option<Expected> {
        let days = slippage(self.state, &key.round);
        let day = days.iter().find(|day| day.stage == Some(Stage::Announcement) && day.now_planned.is_some())?;
        let event = self.state.rules_of(&key.round).calendar.iter().find(|event| event.id == day.event)?;
        let is_own = day.now_planned != day.planned;
        Some(Expected { day: day.now_planned?, is_assumed: !is_own && event.clause.is_assumed("planned") })
    }

    fn work(&self, key: &ContestKey, contest: &Contest) -> WorkSeen {
        let running = || contest.entries.iter().filter(|entry| entry.withdrawn.is_none() && entry.not_admitted.is_none());
        let jurors = self.state.jurors(key);
        let pairs = running().flat_map(|entry| jurors.iter().map(|juror| (&juror.juror, &entry.candidate)));
        let asked = pairs.filter(|(juror, candidate)| {
            panel::is_asked(self.state, key, juror, candidate) && !contest.is_recused(juror, candidate)
        });
        let asked: Vec<(&JurorId, &CandidateId)> = asked.collect();
        let in_hand = asked.iter().filter(|(juror, candidate)| contest.sheets_of(juror, candidate).next().is_some()).count();
        let claims = || running().flat_map(|entry| entry.claims.values().chain(entry.restated.values()));
        WorkSeen {
            sheets: (in_hand, asked.len()),
            figures: (claims().filter(|claim| claim.verified.is_some()).count(), claims().count()),
            missing: match contest.judging_closed {
                true => Vec::new(),
                false => missing(self.state, key, Led::Office),
            },
            open_objections: contest.closing.objections.iter().filter(|filed| filed.is_open()).count(),
        }
    }

    fn standing(&self, key: &ContestKey, contest: &Contest, counted: &Counted) -> Vec<RowSeen> {
        let teller = Teller { state: self.state, key, counted };
        let mut rows: Vec<RowSeen> = counted.outcome.standing.iter().map(|row| self.row(contest, &teller, row)).collect();
        let mut sizes: BTreeMap<Option<String>, usize> = BTreeMap::new();
        let field = |row: &RowSeen| row.pool.clone().filter(|_| counted.by_pool());
        rows.iter().for_each(|row| *sizes.entry(field(row)).or_default() += 1);
        rows.iter_mut().for_each(|row| row.among = sizes[&field(row)]);
        if counted.by_pool() {
            let pools = self.pools(key);
            let turn = |row: &RowSeen| pools.iter().position(|pool| Some(&pool.id) == row.pool.as_ref()).unwrap_or(pools.len());
            rows.sort_by_key(turn);
        }
        rows
    }

    /// The zones in which a contest has standings of their own.
    pub(super) fn pools(&self, key: &ContestKey) -> Vec<PoolSeen> {
        let rules = self.state.rules_of(&key.round);
        let in_zones = rules.level(&key.round.level).is_some_and(|level| level.pools_by_zone);
        let by_pool =
            in_zones && rules.contest(&key.category, &key.round.level).is_some_and(|rule| rule.quota_within == Within::Pool);
        let zones = rules.zones.iter().filter(|_| by_pool);
        zones.map(|zone| PoolSeen { id: zone.id.clone(), name: zone.name.clone() }).collect()
    }

    fn row(&self, contest: &Contest, teller: &Teller<'_>, row: &Placed) -> RowSeen {
        let candidate = CandidateId::from(row.entry.as_str());
        let region = self.state.candidates.get(&candidate).map(|known| known.region.as_str()).unwrap_or_default();
        let bench = bench(teller.counted, &row.entry);
        RowSeen {
            place: teller.counted.place(row),
            among: 0,
            pool: row.pool.clone(),
            name: self.name(&candidate),
            region_name: self.region_name(region),
            total: row.total.to_string(),
            total_shown: row.total.fixed(2),
            jurors: bench.map(|bench| bench.marked).unwrap_or_default(),
            bench,
            status: status_name(row.status),
            gap: row.gap.as_ref().map(ToString::to_string),
            went_up: contest.went_up(&candidate).is_some(),
            is_out: contest.closing.is_out(&candidate),
            sentence: teller.placed(row),
            candidate,
        }
    }

    fn outside(&self, key: &ContestKey, contest: &Contest) -> Vec<OutsideSeen> {
        let told = |entry: &Entry, status: &str, sentence: Sentence| OutsideSeen {
            candidate: entry.candidate.clone(),
            name: self.name(&entry.candidate),
            status: status.to_owned(),
            sentence,
        };
        let not_admitted = |entry: &Entry| {
            let why = entry.not_admitted.as_ref()?;
            Some(told(entry, "not_admitted", sentence::not_admitted(why)))
        };
        let mut outside: Vec<OutsideSeen> = contest.entries.iter().filter_map(not_admitted).collect();
        let Some(counted) = contest.result() else { return outside };
        let teller = Teller { state: self.state, key, counted };
        let without_place = |row: &tally::outcome::NotPlaced| {
            let status: &OutStatus = &row.status;
            let entry = contest.entry(&row.entry)?;
            Some(told(entry, out_name(status), teller.out(entry, status)))
        };
        outside.extend(counted.outcome.out.iter().filter_map(without_place));
        outside
    }

    fn awards(&self, key: &ContestKey, contest: &Contest, counted: &Counted) -> Vec<AwardSeen> {
        let rules = self.state.rules_of(&key.round);
        let name = |id: &str| rules.awards.iter().find(|award| award.id == id).map(|award| award.name.clone());
        let standing = |award: &str, entry: &&String| {
            counted.has_award(award, entry) && !contest.closing.is_out(&CandidateId::from(entry.as_str()))
        };
        let seen = |award: &tally::outcome::Awarded| AwardSeen {
            id: award.id.clone(),
            name: name(&award.id).unwrap_or_else(|| Text { id: award.id.clone(), en: award.id.clone() }),
            candidates: award
                .entries
                .iter()
                .filter(|entry| standing(&award.id, entry))
                .map(|entry| entry.as_str().into())
                .collect(),
        };
        counted.outcome.awards.iter().map(seen).collect()
    }
}
