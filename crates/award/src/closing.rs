//! What keeps judging from being closed where the office leads it: claims that are open again, a second reading that nobody did, jurors who
//! did not declare, a ranking or an interview without an answer, paper that one person typed. Each is named, and the chair can waive what
//! can be waived, for a reason.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use tally::SheetState;

use crate::act::ContestKey;
use crate::evidence::ClaimAt;
use crate::id::{CandidateId, JurorId};
use crate::interest::Stance;
use crate::panel;
use crate::rule;
use crate::sheet::SheetAt;
use crate::stage::conflict::is_ranked;
use crate::stage::counting;
use crate::state::{Contest, Entry, State};

/// What the chair can waive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waivable {
    /// The second reading of the sample.
    SecondReading,
    /// Declarations of interest.
    Declaration,
    /// Rankings made before points were seen.
    Ranking,
    /// Who came to the interview.
    Attendance,
}

/// The chair waives something, for a candidate or for all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Waiver {
    pub what: Waivable,
    /// Of whom; none for all. A ranking concerns all.
    pub candidate: Option<CandidateId>,
    pub reason: String,
}

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum MissingThing {
    /// Verified, and open again.
    ClaimReopened(ClaimAt),
    /// The rulebook asks for a sample, and none was drawn.
    SampleNotDrawn,
    /// In the sample, and not confirmed by a second reader.
    NotReadAgain(ClaimAt),
    /// A doubt on which nobody ruled.
    DoubtOpen {
        juror: JurorId,
        candidate: CandidateId,
    },
    NotDeclared {
        juror: JurorId,
        candidate: CandidateId,
    },
    NotRanked(JurorId),
    /// Whether it came to the interview is not on record.
    NotHeard(CandidateId),
    /// Opened again, and not handed in since.
    SheetReopened(SheetAt),
    /// Entered by one person only.
    PaperOnce(SheetAt),
}

impl MissingThing {
    /// What of it can be waived; none for what must be done.
    pub fn waivable(&self) -> Option<Waivable> {
        match self {
            MissingThing::SampleNotDrawn | MissingThing::NotReadAgain(_) => Some(Waivable::SecondReading),
            MissingThing::NotDeclared { .. } => Some(Waivable::Declaration),
            MissingThing::NotRanked(_) => Some(Waivable::Ranking),
            MissingThing::NotHeard(_) => Some(Waivable::Attendance),
            MissingThing::ClaimReopened(_)
            | MissingThing::DoubtOpen { .. }
            | MissingThing::SheetReopened(_)
            | MissingThing::PaperOnce(_) => None,
        }
    }

    fn candidate(&self) -> Option<&CandidateId> {
        match self {
            MissingThing::ClaimReopened(of) | MissingThing::NotReadAgain(of) => Some(&of.candidate),
            MissingThing::DoubtOpen { candidate, .. } | MissingThing::NotDeclared { candidate, .. } => Some(candidate),
            MissingThing::NotHeard(candidate) => Some(candidate),
            MissingThing::SheetReopened(of) | MissingThing::PaperOnce(of) => Some(&of.candidate),
            MissingThing::SampleNotDrawn | MissingThing::NotRanked(_) => None,
        }
    }

    fn is_waived(&self, waivers: &[Waiver]) -> bool {
        let covers = |waiver: &Waiver| {
            Some(waiver.what) == self.waivable()
                && waiver.candidate.as_ref().is_none_or(|candidate| self.candidate() == Some(candidate))
        };
        waivers.iter().any(covers)
    }
}

/// Everything that is missing before judging can be closed, beside the marks themselves; what was waived is left out. `led` says whether
/// the office leads the contest: a file tells of no declarations, rankings or samples, and none are asked of it.
pub fn missing(state: &State, key: &ContestKey, led: Led) -> Vec<MissingThing> {
    let Some(contest) = state.contests.get(key) else { return Vec::new() };
    if led == Led::File && !has_open_ends(contest) {
        return Vec::new();
    }
    let desk = Desk { state, key, contest, in_running: in_running(state, key, contest) };
    let mut found = desk.open_again();
    if led == Led::Office {
        found.extend(desk.second_reading());
        found.extend(desk.declarations());
        found.extend(desk.rankings());
        found.extend(desk.interviews());
    }
    found.retain(|thing| !thing.is_waived(&contest.waivers));
    found
}

/// Whether anything was done and is open again; most years have nothing of the kind.
fn has_open_ends(contest: &Contest) -> bool {
    let open = |entry: &Entry| {
        !entry.checking.reopened.is_empty() || !entry.ledger.reopenings.is_empty() || !entry.ledger.paper.is_empty()
    };
    contest.entries.iter().any(open)
}

/// Who leads a contest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Led {
    /// The office, with a journal.
    Office,
    /// A file in which a year is written down.
    File,
}

fn in_running<'s>(state: &State, key: &ContestKey, contest: &'s Contest) -> Vec<&'s Entry> {
    let disqualified: BTreeSet<CandidateId> = counting::disqualified(state, key);
    let running = contest.entries.iter().filter(|entry| entry.withdrawn.is_none() && entry.not_admitted.is_none());
    running.filter(|entry| !disqualified.contains(&entry.candidate)).collect()
}

struct Desk<'s> {
    state: &'s State,
    key: &'s ContestKey,
    contest: &'s Contest,
    in_running: Vec<&'s Entry>,
}

impl Desk<'_> {
    fn runs(&self, candidate: &CandidateId) -> bool {
        self.in_running.iter().any(|entry| entry.candidate == *candidate)
    }

    /// Claims and sheets that were done and are open again, and paper that waits for its second entry.
    fn open_again(&self) -> Vec<MissingThing> {
        let mut found = Vec::new();
        for entry in &self.in_running {
            let counts = |of: &&SheetAt| !panel::is_void(self.state, self.key, &of.juror);
            let claims = entry.checking.reopened.iter().map(|(of, _)| MissingThing::ClaimReopened(of.clone()));
            let sheets = entry.ledger.open().into_iter().filter(counts).map(|of| MissingThing::SheetReopened(of.clone()));
            let paper = entry.ledger.paper.iter().map(|paper| &paper.of).filter(counts);
            found.extend(claims.chain(sheets).chain(paper.map(|of| MissingThing::PaperOnce(of.clone()))));
        }
        found
    }

    fn second_reading(&self) -> Vec<MissingThing> {
        let asked = self.state.rule(self.key).and_then(|rule| rule.second_reading.as_ref()).is_some_and(|share| !share.is_zero());
        let drawn = self.contest.sample.as_ref().is_some_and(|sample| sample.seed.is_some());
        if asked && !drawn {
            return vec![MissingThing::SampleNotDrawn];
        }
        let unread = self.contest.unread().into_iter().filter(|of| self.runs(&of.candidate));
        unread.map(|of| MissingThing::NotReadAgain(of.clone())).collect()
    }

    /// Who has not declared about whom. A juror who is absent for a candidate as a whole is waived with the marks.
    fn declarations(&self) -> Vec<MissingThing> {
        let mut found = Vec::new();
        for entry in &self.in_running {
            for juror in self.state.jurors(self.key) {
                let (juror, candidate) = (juror.juror.clone(), entry.candidate.clone());
                let asked = panel::is_asked(self.state, self.key, &juror, &candidate) && self.takes_part(&juror, &candidate);
                match entry.interests.stance(&juror, &candidate) {
                    Stance::Undeclared if asked => found.push(MissingThing::NotDeclared { juror, candidate }),
                    Stance::Doubtful => found.push(MissingThing::DoubtOpen { juror, candidate }),
                    _ => {}
                }
            }
        }
        found
    }

    fn takes_part(&self, juror: &JurorId, candidate: &CandidateId) -> bool {
        let there = |sheet: &crate::act::HandedSheet| sheet.state != SheetState::Absent;
        !self.contest.is_recused(juror, candidate)
            && (!self.contest.is_waived(candidate) || self.contest.sheets_of(juror, candidate).any(there))
    }

    fn rankings(&self) -> Vec<MissingThing> {
        let blind = self.state.rule(self.key).is_some_and(|rule| rule.blind);
        let ranks = |juror: &JurorId| self.in_running.iter().any(|entry| is_ranked(self.contest, juror, entry));
        let jurors = self.state.jurors(self.key).into_iter().map(|juror| &juror.juror);
        let missing = jurors.filter(|juror| blind && ranks(juror) && !self.contest.has_ranked(juror));
        missing.map(|juror| MissingThing::NotRanked(juror.clone())).collect()
    }

    fn interviews(&self) -> Vec<MissingThing> {
        let rule = self.state.rule(self.key);
        let held = rule.is_some_and(|rule| rule.interviewed && rule::has_stage(rule, rules::rulebook::Stage::Interview));
        let unheard = self.in_running.iter().filter(|entry| held && entry.attendance.is_none());
        unheard.map(|entry| MissingThing::NotHeard(entry.candidate.clone())).collect()
    }
}
