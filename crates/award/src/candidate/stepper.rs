//! The six steps of a candidate: Daftar, Lengkapi berkas, Kirim, Verifikasi, Wawancara, Pengumuman. Where it stands follows from what was
//! decided; nothing is set by hand.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::rulebook::{CalendarEvent, Stage};
use serde::Serialize;
use words::Message;

use super::checklist::Due;
use crate::act::ContestKey;
use crate::deadline::{Deadline, instant};
use crate::id::CandidateId;
use crate::round::slippage;
use crate::rule;
use crate::schedule::{Booked, Invited};
use crate::sentence::{Sentence, not_admitted};
use crate::stage::nomination::ConsentState;
use crate::stage::{dossier, judging};
use crate::state::{Contest, Entry, State};

/// A step, in the order of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Daftar: put forward and consented.
    Register,
    /// Lengkapi berkas.
    Complete,
    /// Kirim.
    Submit,
    /// Verifikasi.
    Verification,
    /// Wawancara.
    Interview,
    /// Pengumuman.
    Announcement,
}

impl Step {
    /// All of them.
    pub const ALL: [Step; 6] =
        [Step::Register, Step::Complete, Step::Submit, Step::Verification, Step::Interview, Step::Announcement];

    /// Its name for people.
    ///
    /// ```
    /// use award::candidate::Step;
    ///
    /// assert_eq!(Step::Complete.label().render(words::Lang::Id), "Lengkapi berkas");
    /// ```
    pub fn label(self) -> Message {
        Message::new(match self {
            Step::Register => "step-register",
            Step::Complete => "step-complete",
            Step::Submit => "step-submit",
            Step::Verification => "step-verification",
            Step::Interview => "step-interview",
            Step::Announcement => "step-announcement",
        })
    }
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// It is done.
    Done,
    /// The candidate is here.
    Now,
    /// It comes later.
    Ahead,
    /// The contest has no such step.
    LeftOut,
    /// It will not come: the candidate is out.
    Ended,
}

/// One of the steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct StepLine {
    pub step: Step,
    pub name: Sentence,
    pub stand: Stand,
    /// When it was done, where that is known.
    pub done_at: Option<Timestamp>,
    /// Until when it must be done.
    pub due: Option<Deadline>,
    /// The day on which it takes place or is planned to.
    pub on: Option<Date>,
    /// Whether that time follows from a day of the rulebook that is our assumption, and nobody set another one.
    pub is_assumed: bool,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// Something is asked of the candidate, and can still be done.
    Candidate,
    /// Others do something; the candidate waits.
    Others,
    /// The result is announced: nothing comes any more.
    Nobody,
    /// The candidate is out.
    Out,
}

/// Where a candidate stands, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Standing {
    /// The step at which it is, or was when it dropped out.
    pub step: Step,
    pub turn: Turn,
    /// What comes next, or why nothing does. Said to the candidate.
    pub next: Sentence,
    /// Until when what is asked of the candidate must be done, with the time that is left; none where nothing is asked, where it has no end,
    /// and where it is not known what time it is.
    pub due: Option<Due>,
}

/// Where a candidate stands in a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Stepper {
    pub steps: Vec<StepLine>,
    pub standing: Standing,
    /// Whether the candidate can still withdraw.
    pub may_withdraw: bool,
}

impl Stepper {
    /// Whether the candidate is out.
    pub fn is_out(&self) -> bool {
        self.standing.turn == Turn::Out
    }
}

/// Where a candidate stands in a contest, without its steps; none if it was neither put forward nor stands there. Where the time is not
/// known, nothing is over.
pub(crate) fn standing(state: &State, key: &ContestKey, candidate: &CandidateId, at: Option<Timestamp>) -> Option<Standing> {
    Some(Desk::of(state, key, candidate, at)?.standing())
}

/// The steps of a candidate at an instant; none if it was neither put forward nor stands in the contest.
pub fn stepper(state: &State, key: &ContestKey, candidate: &CandidateId, at: Timestamp) -> Option<Stepper> {
    Some(steps(&Desk::of(state, key, candidate, Some(at))?))
}

/// The same for whoever may not read the figures: nothing in it follows from whether they are verified.
pub fn stepper_without_figures(state: &State, key: &ContestKey, candidate: &CandidateId, at: Timestamp) -> Option<Stepper> {
    Some(steps(&Desk { hides_figures: true, ..Desk::of(state, key, candidate, Some(at))? }))
}

fn steps(desk: &Desk<'_>) -> Stepper {
    let standing = desk.standing();
    let is_out = standing.turn == Turn::Out;
    let line = |step: Step| desk.line(step, standing.step, is_out);
    let in_time = desk.contest.zip(desk.entry).is_some_and(|(contest, entry)| judging::may_withdraw(contest, entry));
    Stepper { steps: Step::ALL.into_iter().map(line).collect(), may_withdraw: !is_out && in_time, standing }
}

struct Desk<'d> {
    state: &'d State,
    key: &'d ContestKey,
    candidate: &'d CandidateId,
    contest: Option<&'d Contest>,
    entry: Option<&'d Entry>,
    consent: Option<&'d ConsentState>,
    at: Option<Timestamp>,
    hides_figures: bool,
}

impl<'d> Desk<'d> {
    fn of(state: &'d State, key: &'d ContestKey, candidate: &'d CandidateId, at: Option<Timestamp>) -> Option<Desk<'d>> {
        let contest = state.contests.get(key);
        let entry = contest.and_then(|contest| contest.entry(candidate.as_str()));
        let nominated = state.nominations.get(candidate).filter(|nominated| nominated.contest == *key);
        if entry.is_none() && nominated.is_none() {
            return None;
        }
        let consent = nominated.map(|nominated| &nominated.consent);
        Some(Desk { state, key, candidate, contest, entry, consent, at, hides_figures: false })
    }

    fn standing(&self) -> Standing {
        let step = self.now();
        if let Some(next) = self.out() {
            return Standing { step, turn: Turn::Out, next, due: None };
        }
        let (turn, next) = self.next(step);
        let deadline = self.due(step).filter(|_| turn == Turn::Candidate);
        let due = deadline.zip(self.at).map(|(deadline, at)| Due::at(deadline, at));
        Standing { step, turn, next: Message::new(next).into(), due }
    }

    fn has(&self, stage: Stage) -> bool {
        self.state.rule(self.key).is_some_and(|rule| rule::has_stage(rule, stage))
    }

    /// Why the candidate is out, if it is.
    fn out(&self) -> Option<Sentence> {
        if matches!(self.consent, Some(ConsentState::Declined(_))) {
            return Some(Message::new("stepper-declined").into());
        }
        let entry = self.entry?;
        if entry.withdrawn.is_some() {
            return Some(Message::new("stepper-withdrawn").into());
        }
        if let Some(why) = &entry.not_admitted {
            return Some(not_admitted(why));
        }
        let is_out = self.contest.is_some_and(|contest| contest.closing.is_out(self.candidate));
        is_out.then(|| Message::new("stepper-dropped-out").into())
    }

    /// The step at which the candidate is.
    fn now(&self) -> Step {
        let (Some(contest), Some(entry)) = (self.contest, self.entry) else { return Step::Register };
        let reached = [
            (contest.announced || contest.judging_closed, Step::Announcement),
            (self.heard(contest, entry) || self.verified(contest, entry), Step::Interview),
            (contest.dossiers_closed || contest.is_judged(), Step::Verification),
            (entry.desk.is_submitted(), Step::Verification),
            (!self.has(Stage::Dossier), Step::Verification),
            (self.is_complete(entry), Step::Submit),
        ];
        let step = reached.into_iter().find(|(reached, _)| *reached).map_or(Step::Complete, |(_, step)| step);
        // A step that the contest does not have is passed over.
        let step = if step == Step::Verification && !self.has(Stage::Verification) { Step::Interview } else { step };
        if step == Step::Interview && !self.has(Stage::Interview) { Step::Announcement } else { step }
    }

    /// Whether nothing is left but to submit: nothing is missing, and what was given back is corrected.
    fn is_complete(&self, entry: &Entry) -> bool {
        let is_back = entry.desk.returned.is_some();
        dossier::missing(self.state, self.key, entry).is_empty() && (!is_back || entry.desk.is_corrected())
    }

    /// Whether it was heard, or has a slot now that its dossier is closed.
    fn heard(&self, contest: &Contest, entry: &Entry) -> bool {
        let closed = contest.dossiers_closed || !self.has(Stage::Dossier);
        entry.attendance.is_some() || (closed && self.booked().is_some())
    }

    /// Everything that was claimed has been looked at, after dossiers were closed.
    fn verified(&self, contest: &Contest, entry: &Entry) -> bool {
        let looked_at = entry.claims.values().all(crate::cycle::parse::figures::is_looked_at) && entry.restated.is_empty();
        !self.hides_figures
            && contest.dossiers_closed
            && !entry.claims.is_empty()
            && looked_at
            && entry.checking.reopened.is_empty()
    }

    fn booked(&self) -> Option<&Booked> {
        let schedule = &self.state.rounds.get(&self.key.round)?.schedule;
        schedule.booked.iter().find(|booked| booked.contest == *self.key && booked.slot.candidate == *self.candidate)
    }

    fn line(&self, step: Step, now: Step, is_out: bool) -> StepLine {
        let announced = self.contest.is_some_and(|contest| contest.announced);
        let left_out = match step {
            Step::Complete | Step::Submit => !self.has(Stage::Dossier),
            Step::Verification => !self.has(Stage::Verification),
            Step::Interview => !self.has(Stage::Interview),
            Step::Register | Step::Announcement => false,
        };
        let stand = match step.cmp(&now) {
            _ if left_out => Stand::LeftOut,
            std::cmp::Ordering::Less => Stand::Done,
            std::cmp::Ordering::Equal if announced && !is_out => Stand::Done,
            _ if is_out => Stand::Ended,
            std::cmp::Ordering::Equal => Stand::Now,
            std::cmp::Ordering::Greater => Stand::Ahead,
        };
        let (done_at, due, on, is_assumed) = (self.done_at(step), self.due(step), self.on(step), self.is_assumed(step));
        StepLine { step, name: step.label().into(), stand, done_at, due, on, is_assumed }
    }

    fn done_at(&self, step: Step) -> Option<Timestamp> {
        let desk = &self.entry?.desk;
        match step {
            // What was given back is not done, whenever it was done before.
            Step::Complete | Step::Submit if desk.returned.is_some() && !(step == Step::Complete && desk.is_corrected()) => None,
            Step::Complete => desk.items.values().filter_map(|versions| versions.last()).map(|version| version.at).max(),
            Step::Submit => desk.submissions.last().map(|last| last.at),
            _ => None,
        }
    }

    fn due(&self, step: Step) -> Option<Deadline> {
        match step {
            Step::Complete | Step::Submit => dossier::last_moment(self.state, self.key, self.entry?),
            _ => None,
        }
    }

    fn on(&self, step: Step) -> Option<Date> {
        match step {
            Step::Register => self.day(Stage::Nomination),
            Step::Complete | Step::Submit => None,
            Step::Verification => self.day(Stage::Verification),
            Step::Interview => self.slot_day().or_else(|| self.day(Stage::Interview)),
            Step::Announcement => self.day(Stage::Announcement),
        }
    }

    fn slot_day(&self) -> Option<Date> {
        let schedule = &self.state.rounds.get(&self.key.round)?.schedule;
        schedule.session(&self.booked()?.slot.session).map(|session| session.on)
    }

    /// The day of a stage in the round's calendar: when it took place, else when it is planned.
    fn day(&self, stage: Stage) -> Option<Date> {
        let days = slippage(self.state, &self.key.round);
        let of_stage = |id: &str| self.state.rules.calendar.iter().any(|event| event.id == id && event.stage == Some(stage));
        days.into_iter().filter(|day| of_stage(&day.event)).find_map(|day| day.actual.or(day.now_planned))
    }

    /// Whether the time of a step is only the rulebook's, and assumed there. A deadline that was moved for this candidate, or that a return
    /// set, is somebody's decision.
    fn is_assumed(&self, step: Step) -> bool {
        let stage = match step {
            Step::Register => Stage::Nomination,
            Step::Complete | Step::Submit if self.is_due_decided() => return false,
            Step::Complete | Step::Submit => Stage::Dossier,
            Step::Verification => Stage::Verification,
            Step::Interview if self.slot_day().is_some() => return false,
            Step::Interview => Stage::Interview,
            Step::Announcement => Stage::Announcement,
        };
        let set =
            |id: &str| self.state.rounds.get(&self.key.round).is_some_and(|round| round.days.iter().any(|day| day.event == id));
        let level = |event: &CalendarEvent| event.level.as_ref().is_none_or(|level| *level == self.key.round.level);
        let mut planned = self.state.rules_of(&self.key.round).calendar.iter();
        let event = planned.find(|event| event.stage == Some(stage) && level(event));
        event.is_some_and(|event| event.clause.is_assumed("planned") && !set(&event.id))
    }

    /// Whether somebody decided until when this candidate's dossier can be worked on.
    fn is_due_decided(&self) -> bool {
        let is_back = self.entry.is_some_and(|entry| entry.desk.returned.is_some());
        is_back || dossier::is_moved(self.state, self.key, self.candidate)
    }

    /// What comes next at a step, and who does it.
    fn next(&self, now: Step) -> (Turn, &'static str) {
        let is_back = self.entry.is_some_and(|entry| entry.desk.returned.is_some());
        match now {
            Step::Register if self.consent == Some(&ConsentState::Awaited) => (Turn::Candidate, "stepper-next-consent"),
            Step::Register => (Turn::Others, "stepper-next-entered"),
            Step::Complete | Step::Submit if !self.is_opened() => (Turn::Others, "stepper-next-opening"),
            Step::Complete | Step::Submit if self.is_late() => (Turn::Others, "stepper-next-late"),
            Step::Complete if is_back => (Turn::Candidate, "stepper-next-correct"),
            Step::Complete => (Turn::Candidate, "stepper-next-complete"),
            Step::Submit if is_back => (Turn::Candidate, "stepper-next-submit-again"),
            Step::Submit => (Turn::Candidate, "stepper-next-submit"),
            Step::Verification => (Turn::Others, "stepper-next-verification"),
            Step::Interview => self.next_interview(),
            Step::Announcement => self.next_announcement(),
        }
    }

    /// Whether dossiers can come at all: nothing is handed in before the round is opened.
    fn is_opened(&self) -> bool {
        self.state.rounds.get(&self.key.round).is_some_and(|round| round.opened.is_some())
    }

    /// Whether the candidate's own deadline is over, be it that of the dossier or of a correction.
    fn is_late(&self) -> bool {
        self.due(Step::Submit).zip(self.at).is_some_and(|(due, at)| !due.is_met(at))
    }

    /// Whether the time of the interview has begun.
    fn has_begun(&self) -> bool {
        let begins = self.booked().and_then(|booked| {
            let schedule = &self.state.rounds.get(&self.key.round)?.schedule;
            Some(schedule.session(&booked.slot.session)?.on.to_datetime(booked.slot.starts))
        });
        let zone = rule::zone_of(self.state, self.key);
        begins.zip(self.at).is_some_and(|(begins, at)| instant(begins, zone) <= at)
    }

    fn next_interview(&self) -> (Turn, &'static str) {
        let Some(entry) = self.entry else { return (Turn::Others, "stepper-next-slot") };
        match (self.booked(), entry.hearing.invited(self.candidate)) {
            _ if entry.attendance.is_some() => (Turn::Others, "stepper-next-judging"),
            (_, Invited::Present) => (Turn::Others, "stepper-next-judging"),
            (None, _) => (Turn::Others, "stepper-next-slot"),
            (Some(_), Invited::Invited | Invited::Confirmed) if self.has_begun() => (Turn::Others, "stepper-next-begun"),
            (Some(_), Invited::Invited) => (Turn::Candidate, "stepper-next-answer"),
            (Some(_), Invited::Confirmed) => (Turn::Candidate, "stepper-next-come"),
            (Some(_), Invited::Excused) => (Turn::Others, "stepper-next-excused"),
        }
    }

    fn next_announcement(&self) -> (Turn, &'static str) {
        match self.contest {
            Some(contest) if contest.announced => (Turn::Nobody, "stepper-next-result"),
            Some(contest) if contest.is_published() => (Turn::Others, "stepper-next-provisional"),
            _ => (Turn::Others, "stepper-next-judging"),
        }
    }
}
