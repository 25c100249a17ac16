//! What has been done in a province until now: the scripts of a rehearsal, and in the stage that it is in today only the part that lies behind.

use award::round::{DayKind, RoundDay};
use award::{CandidateId, Deed, State};
use jiff::Timestamp;
use jiff::civil::Date;

use super::land::{self, Post};
use super::rulebook::{ANNOUNCEMENT, PREPARATION, after};
use super::{candidate, hearing, people};
use crate::rehearse::rulebook::INTERVIEWS;
use crate::rehearse::scene::{ADVANCED, ANNOUNCED, LOCKED, Scene, Stage};
use crate::rehearse::stage::outreach::MEETING;
use crate::rehearse::stage::{announcement, contests, judging, objection, opening};
use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Round, Year};

/// The stages in the order in which they are played.
pub const ORDER: [Stage; 18] = [
    Stage::Opening,
    Stage::Outreach,
    Stage::Nomination,
    Stage::Dossier,
    Stage::Panel,
    Stage::Verification,
    Stage::SecondReading,
    Stage::Interest,
    Stage::Interview,
    Stage::Sheets,
    Stage::Closing,
    Stage::Counting,
    Stage::Plenary,
    Stage::Lock,
    Stage::Objection,
    Stage::Advancement,
    Stage::Announcement,
    Stage::Ceremony,
];

/// What was done in a stage of a round until now.
pub fn of_stage(year: &Year, round: &Round, post: &Post, stage: Stage, state: &State, now: Timestamp) -> Vec<Step> {
    if stage > post.stage || (stage == Stage::Outreach && round.key.region.is_none()) {
        return Vec::new();
    }
    let mut steps = match stage {
        Stage::Dossier if post.code == land::OF_CANDIDATE => candidate::dossiers(year, round, whole(year, round, stage, state)),
        Stage::Interview if stage == post.stage => hearing::until_now(year, round, state, now),
        Stage::Objection if stage == post.stage => objected(year, round, state),
        Stage::Announcement if stage == post.stage => proposed(year, round, state),
        Stage::Nomination if round.key.region.is_some() => {
            [took_place(year, round, PREPARATION, MEETING), whole(year, round, stage, state)].concat()
        }
        Stage::Sheets if round.key.region.is_some() => {
            [took_place(year, round, INTERVIEWS, opening::INTERVIEWED), whole(year, round, stage, state)].concat()
        }
        Stage::Ceremony if round.key.region.is_some() => {
            [whole(year, round, stage, state), took_place(year, round, ANNOUNCEMENT, ANNOUNCED)].concat()
        }
        _ => whole(year, round, stage, state),
    };
    if stage == post.stage {
        leave_open(stage, post, round, &mut steps);
    }
    if stage == Stage::Sheets && post.code == land::OF_JUDGING {
        steps.splice(0..0, aide(year, round));
    }
    steps.retain(|step| step.at <= now);
    steps
}

fn whole(year: &Year, round: &Round, stage: Stage, state: &State) -> Vec<Step> {
    Scene::of(stage, round).steps(year, state)
}

/// Takes away what still has to be done in the stage that a province is in.
fn leave_open(stage: Stage, post: &Post, round: &Round, steps: &mut Vec<Step>) {
    // Where there is only one, it is not the one that is missing.
    let last = round.candidates.iter().skip(1).next_back().map(|candidate| candidate.id.clone());
    match stage {
        Stage::Nomination => steps.retain(|step| !waits(&step.deed, last.as_ref(), post.code == land::OF_REGENCY)),
        Stage::Dossier => {
            steps.retain(|step| !matches!(&step.deed, Deed::SubmitDossier(_, candidate) if Some(candidate) == last.as_ref()));
        }
        // One seat waits for its decree.
        Stage::Panel => drop(steps.pop()),
        Stage::Verification | Stage::Interest => steps.truncate(steps.len() * 3 / 5),
        Stage::Sheets => steps.truncate(steps.len() / 2 + 1),
        Stage::Plenary => {
            let voted = steps.iter().position(|step| matches!(step.deed, Deed::CloseVote(..))).unwrap_or(steps.len());
            steps.truncate(voted.saturating_sub(3));
        }
        Stage::Lock => steps.retain(|step| !matches!(step.deed, Deed::PublishProvisional(..))),
        _ => {}
    }
}

/// Whether the last candidate's answer is still awaited, and where a regency appoints also its nomination.
fn waits(deed: &Deed, last: Option<&CandidateId>, by_regency: bool) -> bool {
    match deed {
        Deed::Answer(_, consent) => Some(&consent.candidate) == last,
        Deed::Nominate(_, nomination) => by_regency && Some(&nomination.candidate.id) == last,
        _ => false,
    }
}

/// Something of the calendar took place on a day, which is put on record the day after.
fn took_place(year: &Year, round: &Round, event: &str, on: Date) -> Vec<Step> {
    let mut script = Script::new(year, round, round.morning(after(on, 1)));
    let from = round.day(on);
    let day = RoundDay { event: event.into(), kind: DayKind::Actual, from, to: None, reason: None, source: None };
    script.does(Who::Secretariat(1), Deed::SetDay(round.key.clone(), day));
    script.steps()
}

/// Whoever came second objects on the day after the publication, and nobody has looked at it yet.
fn objected(year: &Year, round: &Round, state: &State) -> Vec<Step> {
    let day: Date = LOCKED.tomorrow().unwrap_or(LOCKED);
    let mut script = Script::new(year, round, round.morning(day));
    for (key, contest) in contests(state, round).filter(|(_, contest)| contest.is_published()) {
        let Some(second) = objection::second(contest) else { continue };
        let grounds = "Jumlah peserta aktif kami tercatat lebih rendah daripada rekap terakhir (contoh)";
        script.does(Who::Candidate(second.clone()), objection::filed(key, "sanggah-1", &second, grounds));
    }
    script.steps()
}

/// The winners were proposed for announcement from yesterday noon on, and somebody else has to confirm it.
fn proposed(year: &Year, round: &Round, state: &State) -> Vec<Step> {
    let at = award::instant(round.day(ADVANCED).at(10, 0, 0, 0), round.zone);
    let steps = announcement::announcing(year, round, state, round.day(ADVANCED)).into_iter();
    steps.filter(|step| matches!(step.deed, Deed::ProposeAnnouncement(..))).map(|step| Step { at, ..step }).collect()
}

/// Whoever writes for a juror is appointed when judging begins.
fn aide(year: &Year, round: &Round) -> Vec<Step> {
    let Some(aide) = people::aide(year, round) else { return Vec::new() };
    let mut script = Script::new(year, round, round.morning(judging::MARKED));
    let juror = round.panel[people::HELPED].juror.clone();
    let from = round.day(judging::MARKED);
    let reason = "Tangan cedera; nilai dibacakan kepada pendamping (contoh)".into();
    let appointed = award::round::Aide { juror, aide: aide.person, from, to: None, reason };
    script.does(Who::Secretariat(1), Deed::AppointAide(round.key.clone(), appointed));
    script.steps()
}
