//! Pleno: contests are counted, the panel sits with its quorum, ties are put in order, each result is moved, voted on and ratified. Then
//! three people lock it, and it is published as provisional.

use award::act::OrderBy;
use award::stage::session::{ChairGiven, Choice, Minutes, Motion, PlenaryOpening, Vote};
use award::state::Contest;
use award::{CandidateId, ContestKey, Deed, JurorId, State};
use jiff::Timestamp;
use rules::rulebook::Stage;
use tally::{By, Rung, Status};

use super::interest::without_chair;
use super::{contests, running, serving};
use crate::rehearse::fault::Fault;
use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Round, Year};

/// Counts every contest of a round.
pub fn counting(year: &Year, round: &Round, state: &State, from: Timestamp) -> Vec<Step> {
    let mut script = Script::new(year, round, from);
    for (key, _) in contests(state, round) {
        script.does(Who::Secretariat(1), Deed::Count(key.clone()));
    }
    script.steps()
}

/// The session of the plenary, from its opening to the minutes.
pub fn session(year: &Year, round: &Round, state: &State, from: Timestamp) -> Vec<Step> {
    let mut script = Script::new(year, round, from);
    let Some((first, _)) = contests(state, round).next() else { return Vec::new() };
    let session = format!("pleno-{}", round.code);
    if !opened(&mut script, year, round, state, first, &session) {
        return Vec::new();
    }
    for (key, contest) in contests(state, round) {
        decide(&mut script, year, round, state, &session, key, contest);
    }
    closed(
        &mut script,
        year,
        round,
        session,
        format!("BA/{}/CONTOH/{}", round.code, year.rules.edition.assessment_to.year() + 1),
    );
    script.steps()
}

/// Ratifies, in a session of its own, the result that a recount brought.
pub fn ratified_anew(script: &mut Script<'_>, year: &Year, round: &Round, state: &State, key: &ContestKey) {
    let session = format!("pleno-{}-2", round.code);
    if opened(script, year, round, state, key, &session) {
        script.does(Who::Juror(round.chair().juror.clone()), Deed::Ratify(key.clone()));
        closed(
            script,
            year,
            round,
            session,
            format!("BA/{}/2/CONTOH/{}", round.code, year.rules.edition.assessment_to.year() + 1),
        );
    }
}

/// Opens a session with everybody who serves; none where the contest has no panel.
fn opened(script: &mut Script<'_>, year: &Year, round: &Round, state: &State, key: &ContestKey, session: &str) -> bool {
    let Some(panel) = state.rule(key).and_then(|rule| rule.panel.clone()) else { return false };
    let (session, by) = (session.to_owned(), Who::Secretariat(1).person(year, round));
    let (place, present) = (format!("Aula Contoh {}", round.name), serving(state, key));
    let chair = round.chair().juror.clone();
    let opening = PlenaryOpening { session, panel, place, present, chair, acting_because: None, by };
    script.does(Who::Secretariat(1), Deed::OpenPlenary(round.key.clone(), opening));
    true
}

fn closed(script: &mut Script<'_>, year: &Year, round: &Round, session: String, minutes_number: String) {
    let by = Who::Juror(round.chair().juror.clone()).person(year, round);
    let minutes = Minutes { session, minutes_number, decree_number: None, by };
    script.does(Who::Juror(round.chair().juror.clone()), Deed::ClosePlenary(round.key.clone(), minutes));
}

/// One contest in the session.
fn decide(
    script: &mut Script<'_>,
    year: &Year,
    round: &Round,
    state: &State,
    session: &str,
    key: &ContestKey,
    contest: &Contest,
) {
    let chair = || Who::Juror(round.chair().juror.clone());
    for tied in undecided(contest) {
        script.does(chair(), Deed::GiveOrder(key.clone(), order_by(state, key), tied));
    }
    if let Some((award, candidate)) = named(state, key, contest) {
        script.does(chair(), Deed::NameAward(key.clone(), award, candidate));
    }
    let acting = without_chair(year, round).filter(|(of, _)| of == key).map(|_| round.panel[1].juror.clone());
    if let Some(acting) = &acting {
        script.about(Some(Fault::SubstitutedChair));
        script.does(Who::Secretariat(1), chair_given(round, session, acting, "Ketua tidak ikut dalam perkara ini"));
    }
    vote(script, round, state, session, key, contest);
    let closes = acting.clone().unwrap_or_else(|| round.chair().juror.clone());
    let motion = motion_id(key);
    script.does(Who::Juror(closes), Deed::CloseVote(round.key.clone(), session.to_owned(), motion));
    if acting.is_some() {
        script.does(Who::Secretariat(1), chair_given(round, session, &round.chair().juror, "Perkara selesai"));
        script.about(None);
    }
    script.does(chair(), Deed::Ratify(key.clone()));
}

fn motion_id(key: &ContestKey) -> String {
    format!("usul-{}", key.category)
}

fn chair_given(round: &Round, session: &str, chair: &JurorId, reason: &str) -> Deed {
    Deed::GiveChair(round.key.clone(), ChairGiven { session: session.to_owned(), chair: chair.clone(), reason: reason.into() })
}

/// The motion is moved and seconded, and everybody votes who is not recused from anybody in the contest.
fn vote(script: &mut Script<'_>, round: &Round, state: &State, session: &str, key: &ContestKey, contest: &Contest) {
    let is_free = |juror: &JurorId| !contest.conflicts.iter().any(|conflict| conflict.recused && conflict.juror == *juror);
    let voters: Vec<JurorId> = serving(state, key).into_iter().filter(is_free).collect();
    let [mover, seconder, ..] = &voters[..] else { return };
    let motion = Motion {
        session: session.to_owned(),
        motion: motion_id(key),
        text: "Menetapkan hasil sebagaimana dihitung".into(),
        mover: mover.clone(),
        seconder: seconder.clone(),
        contest: Some(key.clone()),
        candidates: Vec::new(),
    };
    script.does(Who::Juror(mover.clone()), Deed::MakeMotion(round.key.clone(), motion));
    for (number, juror) in voters.iter().enumerate() {
        let is_against = voters.len() > 5 && number + 1 == voters.len() && key.category == "kabkota";
        let (choice, dissent) = match is_against {
            true => (Choice::Against, Some("Bobot wawancara terlalu besar (data contoh)".to_owned())),
            false => (Choice::For, None),
        };
        let (session, motion) = (session.to_owned(), motion_id(key));
        let vote = Vote { session, motion, juror: juror.clone(), choice, dissent };
        script.does(Who::Juror(juror.clone()), Deed::CastVote(round.key.clone(), vote));
    }
}

/// Those who are tied across the line, each tie for itself.
fn undecided(contest: &Contest) -> Vec<Vec<CandidateId>> {
    let standing = contest.counted.iter().flat_map(|counted| &counted.outcome.standing);
    let mut ties: Vec<(&tally::Exact, Option<&String>, Vec<CandidateId>)> = Vec::new();
    for row in standing.filter(|row| row.status == Status::Undecided) {
        let id = CandidateId::from(row.entry.as_str());
        match ties.iter_mut().find(|(total, pool, _)| **total == row.total && *pool == row.pool.as_ref()) {
            Some((_, _, tied)) => tied.push(id),
            None => ties.push((&row.total, row.pool.as_ref(), vec![id])),
        }
    }
    ties.into_iter().map(|(_, _, tied)| tied).collect()
}

fn order_by(state: &State, key: &ContestKey) -> OrderBy {
    let ladder = state.rule(key).and_then(|rule| state.rules.ladders.iter().find(|ladder| ladder.id == rule.ladder));
    let by_chair = ladder.is_some_and(|ladder| ladder.steps.contains(&Rung::Chair));
    if by_chair { OrderBy::Chair } else { OrderBy::Plenary }
}

/// An award that is given by name goes to the first of the standing.
fn named(state: &State, key: &ContestKey, contest: &Contest) -> Option<(String, CandidateId)> {
    let rule = state.rule(key)?;
    let award = state.rules.awards.iter().find(|award| rule.awards.contains(&award.id) && matches!(award.by, By::Named(_)))?;
    let first = contest.counted.as_ref()?.outcome.standing.first()?;
    running(contest).find(|entry| entry.candidate.as_str() == first.entry)?;
    Some((award.id.clone(), CandidateId::from(first.entry.as_str())))
}

/// Every result of a round is proposed, checked and locked by three people, and published where it can be objected to.
pub fn locking(year: &Year, round: &Round, state: &State, from: Timestamp) -> Vec<Step> {
    let mut script = Script::new(year, round, from);
    let (proposes, checks, publishes) = (Who::Secretariat(1), Who::Verifier(1), Who::Secretariat(2));
    let locks = Who::Juror(round.chair().juror.clone());
    for (key, _) in contests(state, round) {
        script.does(proposes.clone(), Deed::ProposeResult(key.clone(), proposes.person(year, round)));
        script.does(checks.clone(), Deed::CheckResult(key.clone(), checks.person(year, round)));
        script.does(locks.clone(), Deed::LockResult(key.clone(), locks.person(year, round)));
        if state.rule(key).is_some_and(|rule| award::rule::has_stage(rule, Stage::Objection)) {
            script.does(publishes.clone(), Deed::PublishProvisional(key.clone(), publishes.person(year, round)));
        }
    }
    script.steps()
}
