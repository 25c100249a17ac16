//! A contest so far: its entries and sheets, and what was decided.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use tally::SheetState;

use crate::act::{ContestKey, HandedSheet, MarkCorrection};
use crate::closing::Waiver;
use crate::cycle::tables::Conflict;
use crate::evidence::Sample;
use crate::fact::Counted;
use crate::id::{CandidateId, JurorId, PersonId};
use crate::interest::Ranking;
use crate::state::{Closing, Entry};

/// A contest so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Contest {
    #[serde(skip)]
    pub entries: Vec<Entry>,
    /// Where each candidate's entry stands among them.
    #[serde(skip)]
    pub(crate) places: BTreeMap<CandidateId, usize>,
    /// Days by which the dossier deadline moved: for one candidate or for all.
    pub extensions: Vec<(Option<CandidateId>, u32)>,
    pub dossiers_closed: bool,
    #[serde(skip)]
    pub conflicts: Vec<Conflict>,
    #[serde(skip)]
    pub(crate) recused: BTreeSet<(JurorId, CandidateId)>,
    #[serde(skip)]
    pub sheets: Vec<HandedSheet>,
    /// Where the sheets of each juror for each candidate stand among them.
    #[serde(skip)]
    pub(crate) sheets_of: BTreeMap<(JurorId, CandidateId), Vec<usize>>,
    /// Reasons for which marks of absent jurors are waived: for one candidate or for all.
    pub waived: Vec<(Option<CandidateId>, String)>,
    /// Whether a juror has opened points, or paper of one was typed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub judging_begun: bool,
    pub judging_closed: bool,
    /// Where the journal stood when judging was closed.
    pub closed_at: Option<u64>,
    /// Who sat on the panel when judging was closed.
    pub closed_with: Vec<JurorId>,
    /// The second reader's sample.
    pub sample: Option<Sample>,
    /// What jurors ranked before they saw points.
    pub rankings: Vec<Ranking>,
    /// What was waived before closing, beside absent marks.
    pub waivers: Vec<Waiver>,
    pub corrections: Vec<MarkCorrection>,
    #[serde(skip)]
    pub counted: Option<Counted>,
    /// One for each tie that the chair put in order.
    pub chair_orders: Vec<Vec<CandidateId>>,
    /// One for each tie that the plenary put in order.
    pub plenary_orders: Vec<Vec<CandidateId>>,
    pub named: BTreeMap<String, Vec<CandidateId>>,
    #[serde(skip)]
    pub ratified: Option<Counted>,
    /// Who went up, and where to.
    pub advanced: Vec<(CandidateId, ContestKey)>,
    /// Sheets that somebody wrote down for a juror.
    pub written_by: Vec<(JurorId, CandidateId, PersonId)>,
    /// Reserves who went up later, for whom, and where to.
    pub moved_up: Vec<(CandidateId, CandidateId, ContestKey)>,
    pub announced: bool,
    /// What becomes of the result.
    #[serde(skip)]
    pub closing: Closing,
}

impl Contest {
    /// The entry of a candidate.
    pub fn entry(&self, candidate: &str) -> Option<&Entry> {
        self.places.get(candidate).map(|at| &self.entries[*at])
    }

    /// The sheets of a juror for a candidate.
    pub fn sheets_of(&self, juror: &JurorId, candidate: &CandidateId) -> impl Iterator<Item = &HandedSheet> {
        let own = self.sheets_of.get(&(juror.clone(), candidate.clone()));
        own.into_iter().flatten().map(|at| &self.sheets[*at])
    }

    /// Whether a juror has judged a candidate: by a sheet, or on paper that one person has typed.
    pub(crate) fn has_sheet(&self, juror: &JurorId, candidate: &CandidateId) -> bool {
        let typed = |entry: &Entry| entry.ledger.paper.iter().any(|paper| paper.of.juror == *juror);
        self.sheets_of(juror, candidate).next().is_some() || self.entry(candidate.as_str()).is_some_and(typed)
    }

    /// The same for anybody in the contest.
    pub(crate) fn has_sheet_of(&self, juror: &JurorId) -> bool {
        let typed = |entry: &Entry| entry.ledger.paper.iter().any(|paper| paper.of.juror == *juror);
        self.sheets.iter().any(|sheet| sheet.juror == *juror) || self.entries.iter().any(typed)
    }

    /// Whether anybody has begun to judge: handed in a sheet, ranked, opened points, or handed over paper that was typed.
    pub fn is_judged(&self) -> bool {
        self.judging_closed || self.judging_begun || !self.sheets.is_empty() || !self.rankings.is_empty()
    }

    pub(crate) fn enter(&mut self, entry: Entry) {
        self.places.insert(entry.candidate.clone(), self.entries.len());
        self.entries.push(entry);
    }

    pub(crate) fn declare(&mut self, conflict: &Conflict) {
        if conflict.recused {
            self.recused.insert((conflict.juror.clone(), conflict.candidate.clone()));
        }
        self.conflicts.push(conflict.clone());
    }

    pub(crate) fn take_sheet(&mut self, sheet: &HandedSheet) {
        self.sheets_of.entry((sheet.juror.clone(), sheet.candidate.clone())).or_default().push(self.sheets.len());
        self.sheets.push(sheet.clone());
    }

    /// A count with its outcome as this contest has it already, if it is the same: the journal tells a result with each act that proposes, ratifies
    /// or numbers it, and it stands in memory once.
    pub(super) fn once(&self, counted: &Counted) -> Counted {
        let proposed = self.closing.proposal.as_ref().map(|proposal| &proposal.result);
        let known = [self.counted.as_ref(), self.ratified.as_ref(), proposed].into_iter().flatten();
        let numbered = self.closing.results.iter().map(|numbered| &numbered.result);
        known.chain(numbered).find(|known| known.is(counted) || *known == counted).unwrap_or(counted).clone()
    }

    /// The result that counts: the newest numbered one, else the ratified one, else the latest count.
    pub fn result(&self) -> Option<&Counted> {
        let newest = self.closing.results.last().map(|newest| &newest.result);
        newest.or(self.ratified.as_ref()).or(self.counted.as_ref())
    }

    /// Whether a juror is recused from a candidate.
    pub fn is_recused(&self, juror: &JurorId, candidate: &CandidateId) -> bool {
        self.recused.contains(&(juror.clone(), candidate.clone()))
    }

    /// Whether missing marks for a candidate are waived.
    pub fn is_waived(&self, candidate: &CandidateId) -> bool {
        self.waived.iter().any(|(one, _)| one.as_ref().is_none_or(|one| one == candidate))
    }
}

/// The corrected mark counts; the correction itself keeps the old one.
pub(super) fn correct(contest: &mut Contest, correction: &MarkCorrection) {
    contest.corrections.push(correction.clone());
    replace_mark(contest, correction);
}

/// Puts the new mark in the place of the old one; a count made before is no longer one of the facts.
pub(super) fn replace_mark(contest: &mut Contest, correction: &MarkCorrection) {
    contest.counted = None;
    let own = |sheet: &&mut HandedSheet| sheet.juror == correction.juror && sheet.candidate == correction.candidate;
    for sheet in contest.sheets.iter_mut().filter(own) {
        if sheet.state == SheetState::HandedIn
            && let Some(mark) = sheet.marks.get_mut(&correction.indicator)
        {
            mark.clone_from(&correction.new);
        }
    }
}
