//! Penilaian: sheets are handed in, and judging closes only when every juror, entry and rubric has a mark, a state, a recusal or a
//! waiver. A forgotten sheet is not an abstention.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rules::rulebook::{Aspect, Indicator};
use tally::{Mark, SheetState};
use words::{Arg, Message};

use crate::act::{ContestKey, HandedSheet, MarkCorrection};
use crate::cycle::tables::Came;
use crate::decide::{contest, entry, name};
use crate::fact::Fact;
use crate::id::{CandidateId, JurorId};
use crate::interest::Stance;
use crate::limit;
use crate::panel;
use crate::permission::Actor;
use crate::permission::role::{Grant, Role};
use crate::refusal::{About, Refusal};
use crate::rule;
use crate::stage::{advancement, closing, counting, revision};
use crate::state::{Contest, Entry, State};

/// So many missing sheets or reasons are named; the rest is counted.
const NAMED_MAX: usize = 5;

/// The first few of a list and, if it is longer, "and 7 more".
pub(crate) fn and_more(named: impl Iterator<Item = Arg>, all: usize) -> Vec<Arg> {
    let mut told: Vec<Arg> = named.take(NAMED_MAX).collect();
    if all > told.len() {
        told.push(Arg::Message(Message::new("and-more").number("count", all - told.len())));
    }
    told
}

/// A juror of the panel hands in a sheet for an entry that was admitted and from which the juror is not recused.
pub(crate) fn hand_in_sheet(
    state: &State,
    key: &ContestKey,
    sheet: &HandedSheet,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let (contest, entry) = entry(state, key, sheet.candidate.as_str())?;
    let refuse = |rule: &str| {
        let message = Message::new(rule).text("juror", sheet.juror.as_str());
        Err(Refusal::of(message.text("candidate", name(state, sheet.candidate.as_str()))))
    };
    if contest.judging_closed {
        return refuse("refusal-judging-closed");
    }
    if !state.jurors(key).iter().any(|juror| juror.juror == sheet.juror) {
        return refuse("refusal-not-on-panel");
    }
    if at.is_some_and(|at| !panel::is_in_term(state, &key.round, &sheet.juror, at)) {
        return refuse("refusal-juror-term");
    }
    if entry.not_admitted.is_some() {
        return refuse("refusal-marks-not-admitted");
    }
    if entry.interests.stance(&sheet.juror, &sheet.candidate) == Stance::Doubtful {
        return refuse("refusal-doubt-open");
    }
    if contest.is_recused(&sheet.juror, &sheet.candidate) {
        return refuse("refusal-recused");
    }
    if !panel::is_asked(state, key, &sheet.juror, &sheet.candidate) {
        return refuse("refusal-replaced");
    }
    if sheet.state != SheetState::HandedIn && !sheet.marks.is_empty() {
        return refuse("refusal-marks-and-state");
    }
    sheet.marks.iter().try_for_each(|(indicator, mark)| revision::fits(state, key, indicator, mark))?;
    let mut before = contest.sheets_of(&sheet.juror, &sheet.candidate);
    let twice = before.any(|known| known.marks.keys().any(|leaf| sheet.marks.contains_key(leaf)));
    if twice {
        return refuse("refusal-marked-twice");
    }
    Ok(vec![Fact::SheetHandedIn(key.clone(), sheet.clone())])
}

/// Whether a candidate can still withdraw: until the result is ratified, once.
pub(crate) fn may_withdraw(contest: &Contest, entry: &Entry) -> bool {
    contest.ratified.is_none() && entry.withdrawn.is_none()
}

/// A candidate withdraws; it may until the plenary, and once judging is closed nobody else does it for the candidate. If it came up from below and judging is still open, the next reserve moves up.
pub(crate) fn withdraw(
    state: &State,
    key: &ContestKey,
    candidate: &CandidateId,
    reason: &str,
    actor: &Actor,
) -> Result<Vec<Fact>, Refusal> {
    let (contest, entry) = entry(state, key, candidate.as_str())?;
    if !may_withdraw(contest, entry) {
        return Err(Refusal::of(Message::new("refusal-withdraw-too-late").text("candidate", name(state, candidate.as_str()))));
    }
    if contest.judging_closed && Grant::of(actor).role != Role::Candidate {
        return Err(Refusal::of(Message::new("refusal-withdraw-own").text("candidate", name(state, candidate.as_str()))));
    }
    limit::text("reason", reason)?;
    let withdrawn = Fact::Withdrawn { contest: key.clone(), candidate: candidate.clone(), reason: reason.to_owned() };
    let reserve = if contest.judging_closed { None } else { advancement::next_reserve(state, key, candidate) };
    let facts: Vec<Fact> = [Some(withdrawn), reserve].into_iter().flatten().collect();
    advancement::open_above(state, &facts)?;
    Ok(facts)
}

/// Marks of absent jurors are waived, as long as judging is open: what was closed with them missing was closed by the waivers that stood then.
pub(crate) fn waive_absence(
    state: &State,
    key: &ContestKey,
    candidate: Option<&CandidateId>,
    reason: &str,
) -> Result<Vec<Fact>, Refusal> {
    if let Some(candidate) = candidate {
        entry(state, key, candidate.as_str())?;
    }
    if contest(state, key).is_some_and(|contest| contest.judging_closed || contest.ratified.is_some()) {
        return Err(Refusal::of(Message::new("refusal-waive-closed").text("contest", key.path())));
    }
    limit::text("reason", reason)?;
    Ok(vec![Fact::AbsenceWaived { contest: key.clone(), candidate: candidate.cloned(), reason: reason.to_owned() }])
}

/// Closes judging: nothing may be missing, and every entry must have its quorum.
pub(crate) fn close(state: &State, key: &ContestKey, position: Option<u64>) -> Result<Vec<Fact>, Refusal> {
    let Some(contest) = contest(state, key) else { return Ok(Vec::new()) };
    let Some(rule) = state.rule(key) else { return Ok(Vec::new()) };
    closing::may_close(state, key, contest, position)?;
    let rubrics = rule::rubrics(state.rules_of(&key.round), rule);
    if rubrics.is_empty() {
        return Ok(closing::closed(key, position));
    }
    let out = counting::disqualified(state, key);
    let judged: Vec<&Entry> =
        contest.entries.iter().filter(|entry| is_judged(entry) && !out.contains(&entry.candidate)).collect();
    let mut sheets: BTreeMap<(&JurorId, &CandidateId), Vec<&HandedSheet>> = BTreeMap::new();
    for sheet in &contest.sheets {
        sheets.entry((&sheet.juror, &sheet.candidate)).or_default().push(sheet);
    }
    let desk = Desk { state, key, contest, rubrics, sheets };
    desk.nothing_missing(&judged)?;
    closing::enough_jurors(state, key, contest, &judged)?;
    desk.quorum(&judged)?;
    Ok(closing::closed(key, position))
}

fn is_judged(entry: &Entry) -> bool {
    entry.not_admitted.is_none() && entry.withdrawn.is_none()
}

/// What the chair looks at before closing.
struct Desk<'s> {
    state: &'s State,
    key: &'s ContestKey,
    contest: &'s Contest,
    rubrics: Vec<(&'s Aspect, &'s Indicator)>,
    sheets: BTreeMap<(&'s JurorId, &'s CandidateId), Vec<&'s HandedSheet>>,
}

impl Desk<'_> {
    /// Refuses while a mark is missing that is not waived.
    fn nothing_missing(&self, entries: &[&Entry]) -> Result<(), Refusal> {
        let jurors = self.state.jurors(self.key);
        let mut missing = BTreeSet::new();
        for entry in entries.iter().filter(|entry| !self.contest.is_waived(&entry.candidate)) {
            let own = |juror: &JurorId| panel::is_asked(self.state, self.key, juror, &entry.candidate);
            let judging = jurors.iter().filter(|juror| !self.contest.is_recused(&juror.juror, &entry.candidate));
            for juror in judging.filter(|juror| own(&juror.juror)) {
                let own = self.sheets_of(&juror.juror, &entry.candidate);
                if self.asked(entry).any(|indicator| !speaks(own, &indicator.id)) {
                    missing.insert((entry.candidate.clone(), juror.juror.clone()));
                }
            }
        }
        if missing.is_empty() && !jurors.is_empty() {
            return Ok(());
        }
        if jurors.is_empty() && entries.iter().any(|entry| self.asked(entry).next().is_some()) {
            let refusal = Refusal::of(Message::new("refusal-no-panel").text("contest", self.key.path()));
            return Err(refusal.about(About::Panel).waiting());
        }
        if missing.is_empty() { Ok(()) } else { Err(self.marks_missing(&missing)) }
    }

    /// The rubrics that jurors can mark: not those that do not apply, nor an interview that did not take place.
    fn asked<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = &'a Indicator> {
        let absent = entry.attendance.as_ref().is_some_and(|attendance| attendance.state != Came::Present);
        self.rubrics
            .iter()
            .filter(move |(aspect, _)| !(absent && (rule::is_interview(aspect) || aspect.attendance.is_some())))
            .map(|(_, indicator)| *indicator)
            .filter(|indicator| !entry.not_applicable.contains_key(&indicator.id))
    }

    fn sheets_of<'a>(&'a self, juror: &'a JurorId, candidate: &'a CandidateId) -> &'a [&'a HandedSheet] {
        self.sheets.get(&(juror, candidate)).map(Vec::as_slice).unwrap_or_default()
    }

    fn marks_missing(&self, missing: &BTreeSet<(CandidateId, JurorId)>) -> Refusal {
        let named = missing.iter().map(|(candidate, juror)| {
            let pair = Message::new("refusal-marks-missing-one").text("juror", juror.as_str());
            Arg::Message(pair.text("candidate", name(self.state, candidate.as_str())))
        });
        let message = Message::new("refusal-marks-missing")
            .text("contest", self.key.path())
            .number("count", missing.len())
            .with("named", Arg::List(and_more(named, missing.len())));
        Refusal::of(message).about(About::Marks).waiting()
    }

    /// Refuses while an entry has fewer jurors than the panel's quorum who marked or abstained.
    fn quorum(&self, entries: &[&Entry]) -> Result<(), Refusal> {
        let Some(panel) = self.state.rule(self.key).and_then(|rule| rule::panel(self.state.rules_of(&self.key.round), rule))
        else {
            return Ok(());
        };
        let jurors = self.state.jurors(self.key);
        for entry in entries.iter().filter(|entry| self.asked(entry).next().is_some()) {
            let there = jurors.iter().filter(|juror| self.is_there(&juror.juror, entry)).count();
            if there < panel.quorum as usize {
                let message = Message::new("refusal-quorum")
                    .text("candidate", name(self.state, entry.candidate.as_str()))
                    .number("there", there)
                    .number("quorum", panel.quorum);
                return Err(Refusal::of(message).about(About::Marks).waiting());
            }
        }
        Ok(())
    }

    /// Whether a juror was there for an entry: marked or abstained.
    fn is_there(&self, juror: &JurorId, entry: &Entry) -> bool {
        !self.contest.is_recused(juror, &entry.candidate)
            && self.asked(entry).any(|indicator| speaks(self.sheets_of(juror, &entry.candidate), &indicator.id))
    }
}

/// Whether the sheets of a juror say anything about a rubric, be it that there is no mark.
fn speaks(sheets: &[&HandedSheet], indicator: &str) -> bool {
    sheets.iter().any(|sheet| match sheet.state {
        SheetState::HandedIn => sheet.marks.get(indicator).is_some_and(|mark| *mark != Mark::Absent),
        SheetState::Abstained | SheetState::Recused => true,
        SheetState::Absent => false,
    })
}

/// Puts a mark right that was written down wrongly; the old one must be the one on record, and stays in the record.
pub(crate) fn correct_mark(state: &State, key: &ContestKey, correction: &MarkCorrection) -> Result<Vec<Fact>, Refusal> {
    let (contest, _) = entry(state, key, correction.candidate.as_str())?;
    let refuse = |rule: &str| {
        let message = Message::new(rule).text("juror", correction.juror.as_str()).text("indicator", &correction.indicator);
        Err(Refusal::of(message.text("candidate", name(state, correction.candidate.as_str()))))
    };
    if contest.ratified.is_some() {
        return refuse("refusal-correct-ratified");
    }
    let own = |sheet: &&HandedSheet| sheet.juror == correction.juror && sheet.candidate == correction.candidate;
    let recorded = contest.sheets.iter().filter(own).find_map(|sheet| sheet.marks.get(&correction.indicator));
    if recorded != Some(&correction.old) || correction.old == correction.new {
        return refuse("refusal-correct-other-mark");
    }
    limit::text("reason", &correction.reason)?;
    revision::fits(state, key, &correction.indicator, &correction.new)?;
    Ok(vec![Fact::MarkCorrected(key.clone(), correction.clone())])
}
