//! From the rows of a cycle to ordered acts: level by level, lowest first, and in each level stage by stage, file by file, line by line.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::DateTime;
use rules::rulebook::Stage;
use tally::{Mark, SheetState};

use crate::act::{Act, ContestKey, Deed, HandedSheet, MarkCorrection, OrderBy, RoundKey};
use crate::cycle::Cycle;
use crate::cycle::tables::{Candidate, CommittedLot, Decided, Decision, MarkGiven, Marked, Row, Spot};
use crate::deadline::instant;
use crate::id::{CandidateId, JurorId};
use crate::permission::Actor;
use crate::rule;

/// An act with the row it comes from; acts that close, count and advance come from no row.
#[derive(Debug, Clone)]
pub struct Planned {
    /// The act.
    pub act: Act,
    /// Its row.
    pub spot: Option<Spot>,
}

/// The acts of a cycle in the order in which they are played.
///
/// `until` leaves out every later stage; before the stage of advancement nothing reaches the upper levels, so only the lowest level is
/// played then.
pub fn plan(cycle: &Cycle, until: Option<Stage>) -> Vec<Planned> {
    let mut planner = Planner { cycle, planned: Vec::with_capacity(room(cycle)), contests: contests(cycle) };
    planner.general();
    for level in &cycle.rules.levels {
        planner.level(&level.id);
    }
    let mut planned = planner.planned;
    let Some(until) = until else { return planned };
    planned.retain(|planned| planned.act.deed.stage() <= until);
    if until < Stage::Advancement {
        let level_of = |planned: &Planned| planned.act.deed.round().map(|round| rule::height(&cycle.rules, &round.level));
        let lowest = planned.iter().filter_map(level_of).min();
        planned.retain(|planned| level_of(planned).is_none() || level_of(planned) == lowest);
    }
    planned
}

/// Room for about all acts, because acts are large and moving them costs: most come from claims, which are stated and verified, and from
/// marks, of which several make a sheet.
fn room(cycle: &Cycle) -> usize {
    let tables = &cycle.tables;
    2 * tables.claims.len() + tables.items.len() + tables.marks.len() + 8 * tables.candidates.len()
}

/// Every contest that a candidate can reach, in order.
pub(crate) fn contests(cycle: &Cycle) -> BTreeMap<usize, BTreeSet<ContestKey>> {
    let mut contests: BTreeMap<usize, BTreeSet<ContestKey>> = BTreeMap::new();
    for candidate in &cycle.tables.candidates {
        for level in rule::way_up(&cycle.rules, &candidate.level, &candidate.category) {
            let key = key(cycle, &level.id, candidate);
            contests.entry(rule::height(&cycle.rules, &level.id)).or_default().insert(key);
        }
    }
    contests
}

/// The contest of a candidate at a level.
pub(crate) fn key(cycle: &Cycle, level: &str, candidate: &Candidate) -> ContestKey {
    let region = cycle.rules.level(level).and_then(|level| cycle.geography.round(level, &candidate.region).ok().flatten());
    ContestKey { round: RoundKey { level: level.to_owned(), region }, category: candidate.category.clone() }
}

struct Planner<'c> {
    cycle: &'c Cycle,
    planned: Vec<Planned>,
    contests: BTreeMap<usize, BTreeSet<ContestKey>>,
}

impl<'c> Planner<'c> {
    fn push(&mut self, actor: Actor, at: Option<Timestamp>, deed: Deed, spot: Option<&Spot>) {
        self.planned.push(Planned { act: Act { actor, at, deed }, spot: spot.cloned() });
    }

    /// What belongs to no level: events, earlier years, whether dossiers are recorded, lots.
    fn general(&mut self) {
        let tables = Arc::clone(&self.cycle.tables);
        for row in &tables.events {
            self.push(Actor::Centre, None, Deed::RecordEvent(row.said.clone()), Some(&row.spot));
        }
        for row in &tables.history {
            self.push(Actor::Centre, None, Deed::RecordStanding(row.said.clone()), Some(&row.spot));
        }
        if let Some(first) = tables.dossiers.first() {
            self.push(Actor::Centre, None, Deed::RecordDossiers, Some(&first.spot));
        }
        for lot in &self.cycle.header.lots {
            let committed = CommittedLot { secret: None, words: None, ..lot.said.clone() };
            self.push(Actor::Centre, None, Deed::CommitLot(committed), Some(&lot.spot));
        }
    }

    fn level(&mut self, level: &str) {
        self.nomination(level);
        self.withdrawals(level);
        self.dossiers(level);
        self.panels(level);
        self.figures(level);
        self.attendance(level);
        self.judging(level);
        self.each_contest(level, Actor::Secretariat, Deed::Count);
        self.plenary(level);
        self.each_contest(level, Actor::Chair, Deed::Ratify);
        self.each_contest(level, Actor::Chair, Deed::Advance);
        self.each_contest(level, Actor::Secretariat, Deed::Announce);
    }

    fn nomination(&mut self, level: &str) {
        let tables = Arc::clone(&self.cycle.tables);
        for row in tables.candidates.iter().filter(|row| row.level == level) {
            let key = key(self.cycle, level, row);
            let at = self.time(row.at, level, row);
            self.push(Actor::Branch(key.round.clone()), at, Deed::Propose(key, row.said.clone()), Some(&row.spot));
        }
    }

    fn dossiers(&mut self, level: &str) {
        let tables = Arc::clone(&self.cycle.tables);
        for row in &tables.dossiers {
            let Some(candidate) = self.candidate(&row.candidate).filter(|candidate| candidate.level == level) else { continue };
            let key = key(self.cycle, level, candidate);
            let at = self.time(Some(row.submitted_at), level, candidate);
            let deed = Deed::HandInDossier(key, row.said.clone());
            self.push(Actor::Candidate(candidate.id.clone()), at, deed, Some(&row.spot));
        }
        self.decisions(level, &[Stage::Dossier]);
        self.each_contest(level, Actor::Secretariat, Deed::CloseDossiers);
    }

    fn panels(&mut self, level: &str) {
        let tables = Arc::clone(&self.cycle.tables);
        for row in tables.panel.iter().filter(|row| row.level == level) {
            let round = RoundKey { level: level.to_owned(), region: row.region.clone() };
            let at = row.at.map(|at| self.round_time(at, &round));
            self.push(Actor::Secretariat(round.clone()), at, Deed::Appoint(round, row.said.clone()), Some(&row.spot));
        }
        for row in tables.conflicts.iter().filter(|row| row.level == level) {
            let Some(candidate) = self.candidate(&row.candidate) else { continue };
            let key = key(self.cycle, level, candidate);
            let at = self.time(row.at, level, candidate);
            let actor = Actor::Juror(key.round.clone(), row.juror.clone());
            self.push(actor, at, Deed::DeclareConflict(key, row.said.clone()), Some(&row.spot));
        }
    }

    fn figures(&mut self, level: &str) {
        let tables = Arc::clone(&self.cycle.tables);
        for row in tables.claims.iter().filter(|row| row.level == level) {
            let both = [
                row.claimed.is_some().then_some(Deed::StateClaim as fn(_, _) -> _),
                (row.verified.is_some() || row.verifier.is_some()).then_some(Deed::VerifyClaim as fn(_, _) -> _),
            ];
            for deed in both.into_iter().flatten() {
                self.figure(level, row, &row.candidate, |key| deed(key, row.said.clone()));
            }
        }
        for row in tables.items.iter().filter(|row| row.level == level) {
            self.figure(level, row, &row.candidate, |key| Deed::VerifyItem(key, row.said.clone()));
        }
        for row in tables.stated.iter().filter(|row| row.level == level) {
            self.figure(level, row, &row.candidate, |key| Deed::StatePoints(key, row.said.clone()));
        }
        for row in tables.not_applicable.iter().filter(|row| row.level == level) {
            self.figure(level, row, &row.candidate, |key| Deed::ExemptFrom(key, row.said.clone()));
        }
    }

    fn figure<T>(&mut self, level: &str, row: &Row<T>, candidate: &CandidateId, deed: impl FnOnce(ContestKey) -> Deed) {
        let Some(candidate) = self.candidate(candidate) else { return };
        let key = key(self.cycle, level, candidate);
        let at = self.time(row.at, level, candidate);
        let deed = deed(key.clone());
        let actor = match deed {
            Deed::StateClaim(..) => Actor::Candidate(candidate.id.clone()),
            _ => Actor::Verifier(key.round),
        };
        self.push(actor, at, deed, Some(&row.spot));
    }

    fn attendance(&mut self, level: &str) {
        let tables = Arc::clone(&self.cycle.tables);
        for row in tables.attendance.iter().filter(|row| row.level == level) {
            let Some(candidate) = self.candidate(&row.candidate) else { continue };
            let key = key(self.cycle, level, candidate);
            let at = self.time(row.at, level, candidate);
            let actor = Actor::Secretariat(key.round.clone());
            self.push(actor, at, Deed::RecordAttendance(key, row.said.clone()), Some(&row.spot));
        }
    }

    fn judging(&mut self, level: &str) {
        for (candidate, sheet, at, spot) in self.sheets(level) {
            let key = key(self.cycle, level, candidate);
            let at = self.time(at, level, candidate);
            let actor = Actor::Juror(key.round.clone(), sheet.juror.clone());
            self.push(actor, at, Deed::HandInSheet(key, sheet), Some(&spot));
        }
        self.decisions(level, &[Stage::Judging]);
        self.closing(level);
        let tables = Arc::clone(&self.cycle.tables);
        for row in tables.decisions.iter().filter(|row| row.level == level) {
            let Decision::CorrectMark { juror, candidate, indicator, old, new } = &row.decision else { continue };
            let Some(known) = self.candidate(candidate) else { continue };
            let key = key(self.cycle, level, known);
            let correction = MarkCorrection {
                juror: juror.clone(),
                candidate: candidate.clone(),
                indicator: indicator.clone(),
                old: old.clone(),
                new: new.clone(),
                reason: row.reason.clone().unwrap_or_default(),
            };
            let at = self.time(row.at, level, known);
            self.push(Actor::Secretariat(key.round.clone()), at, Deed::CorrectMark(key, correction), Some(&row.spot));
        }
    }

    /// Each contest's judging is closed, by a row of the chair or because nothing more comes. Only the row can be refused: without it a
    /// contest that is not complete stays open.
    fn closing(&mut self, level: &str) {
        let tables = Arc::clone(&self.cycle.tables);
        let closes = |row: &&Row<Decided>| row.level == level && matches!(row.decision, Decision::CloseJudging(_));
        let rows: Vec<(BTreeSet<ContestKey>, &Row<Decided>)> =
            tables.decisions.iter().filter(closes).map(|row| (self.meant(row).into_iter().collect(), row)).collect();
        for key in self.contests.get(&rule::height(&self.cycle.rules, level)).cloned().unwrap_or_default() {
            let row = rows.iter().find(|(meant, _)| meant.contains(&key)).map(|(_, row)| *row);
            let at = row.and_then(|row| row.at).map(|at| self.round_time(at, &key.round));
            self.push(Actor::Chair(key.round.clone()), at, Deed::CloseJudging(key, None), row.map(|row| &row.spot));
        }
    }

    /// The rows of marks of one juror for one candidate in one stage are one sheet, handed in with its last row.
    fn sheets(&self, level: &str) -> Vec<(&'c Candidate, HandedSheet, Option<DateTime>, Spot)> {
        let mut order: Vec<(&Candidate, HandedSheet, Option<DateTime>, Spot)> = Vec::new();
        let mut index: BTreeMap<(&JurorId, &CandidateId, u8), usize> = BTreeMap::new();
        for row in self.cycle.tables.marks.iter().filter(|row| row.level == level) {
            let Some(candidate) = self.candidate(&row.candidate) else { continue };
            let (kind, state, marks) = self.says(row, level, candidate);
            let id = (&row.juror, &row.candidate, kind);
            let at = *index.entry(id).or_insert_with(|| {
                let sheet =
                    HandedSheet { juror: row.juror.clone(), candidate: row.candidate.clone(), state, marks: Default::default() };
                order.push((candidate, sheet, row.at, row.spot.clone()));
                order.len() - 1
            });
            order[at].1.marks.extend(marks);
            order[at].2 = order[at].2.max(row.at);
        }
        order
    }

    /// To which sheet a row belongs, and what it says there.
    fn says(&self, row: &MarkGiven, level: &str, candidate: &Candidate) -> (u8, SheetState, Vec<(String, Mark)>) {
        let rule = self.cycle.rules.contest(&candidate.category, level);
        match &row.marked {
            Marked::Indicator(indicator, mark) => {
                let scheme = rule.and_then(|rule| self.cycle.rules.scheme(&rule.scheme));
                let aspect = scheme.and_then(|scheme| scheme.indicator(indicator)).map(|(aspect, _)| aspect);
                let interview = aspect.is_some_and(rule::is_interview);
                (u8::from(interview), SheetState::HandedIn, vec![(indicator.clone(), mark.clone())])
            }
            Marked::Sheet(Mark::Abstained) => (2, SheetState::Abstained, Vec::new()),
            Marked::Sheet(Mark::NotApplicable) => {
                let rubrics = rule.map(|rule| rule::rubrics(&self.cycle.rules, rule)).unwrap_or_default();
                (3, SheetState::HandedIn, rubrics.iter().map(|(_, known)| (known.id.clone(), Mark::NotApplicable)).collect())
            }
            Marked::Sheet(_) => (4, SheetState::Absent, Vec::new()),
        }
    }

    fn plenary(&mut self, level: &str) {
        let lots = self.cycle.header.lots.clone();
        for lot in lots.iter().filter(|lot| lot.level == level && lot.secret.is_some()) {
            self.push(Actor::Centre, None, Deed::RevealLot(lot.said.clone()), Some(&lot.spot));
        }
        self.decisions(level, &[Stage::Plenary]);
    }

    /// Withdrawals come first, so that a reserve who moves up can be heard and judged like everybody.
    fn withdrawals(&mut self, level: &str) {
        self.decided(level, |deed| matches!(deed, Deed::Withdraw(..)));
    }

    /// The decisions of some stages, each for every contest that it means.
    fn decisions(&mut self, level: &str, stages: &[Stage]) {
        self.decided(level, |deed| stages.contains(&deed.stage()) && !matches!(deed, Deed::Withdraw(..)));
    }

    fn decided(&mut self, level: &str, is_meant: impl Fn(&Deed) -> bool) {
        let tables = Arc::clone(&self.cycle.tables);
        for row in tables.decisions.iter().filter(|row| row.level == level) {
            for (actor, deed) in self.deeds(row) {
                if is_meant(&deed) {
                    let at = row.at.zip(deed.round()).map(|(at, round)| self.round_time(at, round));
                    self.push(actor, at, deed, Some(&row.spot));
                }
            }
        }
    }

    /// What a row of `decisions.csv` makes happen. Corrections of marks come after closing and are planned there.
    fn deeds(&self, row: &Decided) -> Vec<(Actor, Deed)> {
        let reason = row.reason.clone().unwrap_or_default();
        let of = |candidate: &CandidateId| self.candidate(candidate).map(|candidate| key(self.cycle, &row.level, candidate));
        let chair = |key: &ContestKey| Actor::Chair(key.round.clone());
        let one = |candidate: &CandidateId, deed: &dyn Fn(ContestKey) -> Deed| {
            of(candidate).map(|key| (chair(&key), deed(key))).into_iter().collect::<Vec<_>>()
        };
        match &row.decision {
            Decision::WaiveAbsence(candidate) => {
                let deed = |key: ContestKey| (chair(&key), Deed::WaiveAbsence(key, candidate.clone(), reason.clone()));
                self.meant(row).into_iter().map(deed).collect()
            }
            Decision::ChairOrder(order) => {
                order.first().map_or(Vec::new(), |first| one(first, &|key| Deed::GiveOrder(key, OrderBy::Chair, order.clone())))
            }
            Decision::PlenaryOrder(order) => {
                order.first().map_or(Vec::new(), |first| one(first, &|key| Deed::GiveOrder(key, OrderBy::Plenary, order.clone())))
            }
            Decision::Withdraw(candidate) => {
                let deed = |key| Deed::Withdraw(key, candidate.clone(), reason.clone());
                of(candidate).map(|key| (Actor::Candidate(candidate.clone()), deed(key))).into_iter().collect()
            }
            Decision::GiveAward(award, candidate) => {
                one(candidate, &|key| Deed::NameAward(key, award.clone(), candidate.clone()))
            }
            Decision::AdmitLate(candidate) => one(candidate, &|key| Deed::AdmitLate(key, candidate.clone(), reason.clone())),
            Decision::Extend(days, candidate) => {
                let deed = |key: ContestKey| (chair(&key), Deed::ExtendDossier(key, candidate.clone(), *days));
                self.meant(row).into_iter().map(deed).collect()
            }
            Decision::CloseJudging(_) | Decision::CorrectMark { .. } => Vec::new(),
        }
    }

    /// The contests that a decision means: empty cells mean all.
    fn meant(&self, row: &Decided) -> Vec<ContestKey> {
        let of_level = self.contests.get(&rule::height(&self.cycle.rules, &row.level));
        let meant = |key: &&ContestKey| {
            row.category.as_ref().is_none_or(|category| *category == key.category)
                && (row.region.is_none() || row.region == key.round.region)
        };
        of_level.into_iter().flatten().filter(meant).cloned().collect()
    }

    fn each_contest(&mut self, level: &str, actor: fn(RoundKey) -> Actor, deed: fn(ContestKey) -> Deed) {
        let keys = self.contests.get(&rule::height(&self.cycle.rules, level)).cloned().unwrap_or_default();
        for key in keys {
            self.push(actor(key.round.clone()), None, deed(key), None);
        }
    }

    fn candidate(&self, id: &CandidateId) -> Option<&'c Candidate> {
        self.cycle.candidate(id.as_str())
    }

    /// A local time of a candidate's round as an instant.
    fn time(&self, at: Option<DateTime>, level: &str, candidate: &Candidate) -> Option<Timestamp> {
        let level = self.cycle.rules.level(level)?;
        Some(instant(at?, self.cycle.geography.zone_of_time(level, &candidate.region)))
    }

    fn round_time(&self, at: DateTime, round: &RoundKey) -> Timestamp {
        let region = round.region.as_deref().unwrap_or_default();
        let zone = self
            .cycle
            .rules
            .level(&round.level)
            .map_or(rules::regions::Zone::Wib, |level| self.cycle.geography.zone_of_time(level, region));
        instant(at, zone)
    }
}
