//! Benturan kepentingan: each juror declares for each candidate before opening the dossier. A few are recused, a few are in doubt and the
//! chair rules; where the chair is recused, somebody else chairs.

use award::cycle::tables::ConflictKind;
use award::interest::{Declaration, Interest, Opening, Ruling, Stance};
use award::panel::ActingChair;
use award::{CandidateId, ContestKey, Deed, JurorId, State};
use jiff::civil::{Date, date};

use super::{contests, running, serving};
use crate::rehearse::fault::Fault;
use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Round, Year};

/// The day of the declarations.
const DECLARED: Date = date(2024, 2, 17);
/// So many times in a thousand a juror is recused.
const RECUSED: i64 = 4;
/// So many times in a thousand a juror is in doubt.
const DOUBTFUL: i64 = 4;

/// What is still to be declared in a round.
pub fn of_round(year: &Year, round: &Round, state: &State) -> Vec<Step> {
    let mut script = Script::new(year, round, round.morning(DECLARED));
    for (key, contest) in contests(state, round) {
        for entry in running(contest) {
            for juror in serving(state, key) {
                if entry.interests.stance(&juror, &entry.candidate) == Stance::Undeclared {
                    declare(&mut script, year, round, key, &juror, &entry.candidate);
                }
            }
        }
    }
    if let Some((key, candidate)) = without_chair(year, round) {
        substitute(&mut script, year, round, state, &key, &candidate);
    }
    script.steps()
}

/// The candidate from which the chair is recused: the last one of the first contest of the province with that fault.
pub fn without_chair(year: &Year, round: &Round) -> Option<(ContestKey, CandidateId)> {
    if !Fault::SubstitutedChair.is_in(year, round) {
        return None;
    }
    let category = &round.candidates.first()?.category;
    let last = round.candidates.iter().rfind(|candidate| candidate.category == *category)?;
    Some((round.contest(category), last.id.clone()))
}

fn declare(script: &mut Script<'_>, year: &Year, round: &Round, key: &ContestKey, juror: &JurorId, candidate: &CandidateId) {
    let says = says(year, round, juror, candidate);
    let (who, of) = (Who::Juror(juror.clone()), |says| Declaration { juror: juror.clone(), candidate: candidate.clone(), says });
    let chair_is_out = *juror == round.chair().juror && matches!(says, Interest::Some { .. });
    script.about(chair_is_out.then_some(Fault::SubstitutedChair));
    script.does(who.clone(), Deed::DeclareInterest(key.clone(), of(says.clone())));
    script.about(None);
    match says {
        Interest::Some { .. } => {}
        Interest::InDoubt { .. } => {
            let chair = round.chair().juror.clone();
            let (juror, candidate) = (juror.clone(), candidate.clone());
            let reason = "Kenal, tanpa kepentingan".into();
            let ruling = Ruling { juror, candidate, by: chair.clone(), recused: false, reason };
            script.does(Who::Juror(chair), Deed::RuleOnDoubt(key.clone(), ruling));
        }
        Interest::None if year.chance(&format!("opens {juror} {candidate}")).once_in_thousand(333) => {
            let opening = Opening { juror: juror.clone(), candidate: candidate.clone() };
            script.does(who, Deed::OpenDossier(key.clone(), opening));
        }
        Interest::None => {}
    }
}

fn says(year: &Year, round: &Round, juror: &JurorId, candidate: &CandidateId) -> Interest {
    let is_chair = *juror == round.chair().juror;
    let without_chair = without_chair(year, round).filter(|(_, out)| out == candidate);
    if without_chair.is_some() {
        let reason = "Pernah menjadi penasihat calon ini (data contoh)".into();
        return if is_chair { Interest::Some { kind: ConflictKind::Personal, reason } } else { Interest::None };
    }
    let mut chance = year.chance(&format!("interest {juror} {candidate}"));
    match chance.within(1, 1_000) {
        _ if is_chair => Interest::None,
        drawn if drawn <= RECUSED => {
            Interest::Some { kind: ConflictKind::Personal, reason: "Keluarga bekerja di sana (data contoh)".into() }
        }
        drawn if drawn <= RECUSED + DOUBTFUL => Interest::InDoubt { reason: "Teman kuliah seorang pegawai (data contoh)".into() },
        _ => Interest::None,
    }
}

/// The second member chairs for the candidate from which the chair is recused.
fn substitute(script: &mut Script<'_>, year: &Year, round: &Round, state: &State, key: &ContestKey, candidate: &CandidateId) {
    let Some(entry) = state.contests.get(key).and_then(|contest| contest.entry(candidate.as_str())) else { return };
    if !entry.acting.is_empty() || year.provinces.is_empty() {
        return;
    }
    let reason = "Ketua tidak ikut menilai calon ini (data contoh)".into();
    let acting = ActingChair { candidate: candidate.clone(), juror: round.panel[1].juror.clone(), reason };
    script.about(Some(Fault::SubstitutedChair));
    script.does(Who::Secretariat(1), Deed::NameActingChair(key.clone(), acting));
    script.about(None);
}
