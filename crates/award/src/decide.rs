//! The one door through which anything happens: a state, an act and a permit go in, facts or a refusal come out. Nothing is changed
//! here; [`State::apply`] does that with the facts.

use crate::act::{Act, ContestKey, Deed};
use crate::fact::Fact;
use crate::permission::{Actor, Permit};
use crate::personal;
use crate::refusal::Refusal;
use crate::stage::{
    advancement, announcement, checking, closing, conflict, counting, dossier, hearing, interview, judging, locking, nomination,
    objection, opening, outreach, panel, plenary, revision, revocation, rulebook, schedule, session, sheet, verification,
};
use crate::state::{Contest, Entry, State};
use crate::{acting, edition, identity, limit, people, vintage};
use words::Message;

/// Decides an act.
///
/// # Errors
///
/// A [`Refusal`] that names the rule and the next step.
///
/// # Panics
///
/// If the permit was made for another deed: that is a bug in the caller.
pub fn decide(state: &State, act: &Act, permit: Permit) -> Result<Vec<Fact>, Refusal> {
    assert!(permit.covers(&act.deed), "the permit was asked for another deed");
    limit::clean(act)?;
    if act.deed.is_told_by_files_only() && matches!(act.actor, Actor::Person(..)) {
        return Err(Refusal::of(Message::new("refusal-only-from-files").text("deed", act.deed.name())));
    }
    opening::is_somewhere(state, &act.deed)?;
    if let Some(round) = act.deed.round().filter(|_| !matches!(act.deed, Deed::AdoptRulebook(..))) {
        rulebook::at_hand(state, round)?;
    }
    locking::not_frozen(state, &act.deed)?;
    acting::by_whom_it_says(state, act)?;
    match &act.deed {
        Deed::OpenEdition(edition) => edition::open(state, edition),
        Deed::OpenRound(round, opening) => opening::open(state, round, opening, act.at),
        Deed::SetDay(round, day) => opening::set_day(state, round, day, act.at),
        Deed::ProposeRulebook(round, proposed) => rulebook::propose(state, round, proposed),
        Deed::AdoptRulebook(round, adoption) => rulebook::adopt(state, round, adoption, act.at),
        Deed::ChangeRegister(change) => identity::register(state, change),
        Deed::ChangePeople(change) => people::change(state, change),
        Deed::AppointAide(round, aide) => opening::appoint_aide(state, round, aide),
        Deed::RecordOutreach(record) => outreach::record(state, record, &act.actor, act.at),
        Deed::Nominate(contest, nomination) => nomination::nominate(state, contest, nomination, act.at),
        Deed::Answer(contest, consent) => nomination::consent(state, contest, consent),
        Deed::HandInItem(contest, item) => dossier::hand_in_item(state, contest, item, act.at),
        Deed::StateProduct(contest, product) => dossier::state_product(state, contest, product, &act.actor, act.at),
        Deed::SubmitDossier(contest, candidate) => dossier::submit(state, contest, candidate, act.at),
        Deed::ReturnDossier(contest, back) => dossier::give_back(state, contest, back, act.at),
        Deed::MoveDeadline(round, extension) => dossier::move_deadline(state, round, extension),
        Deed::ImportVintage(round, vintage) => vintage::import(state, round, vintage),
        Deed::EraseNames(erasure) => personal::erase(erasure),
        Deed::RecordEvent(event) => outreach::record_event(state, event, &act.actor, act.at),
        Deed::RecordStanding(standing) => outreach::record_standing(state, standing),
        Deed::RecordDossiers => Ok(vec![Fact::DossiersRecorded]),
        Deed::CommitLot(lot) => outreach::commit_lot(state, lot),
        Deed::Propose(contest, candidate) => nomination::propose(state, contest, candidate, act.at),
        Deed::HandInDossier(contest, dossier) => dossier::hand_in(state, contest, dossier, act.at),
        Deed::ExtendDossier(contest, candidate, days) => dossier::extend(state, contest, candidate.as_ref(), *days),
        Deed::AdmitLate(contest, candidate, reason) => dossier::admit_late(state, contest, candidate, reason),
        Deed::CloseDossiers(contest) => dossier::close(state, contest, act.at),
        Deed::Appoint(round, juror) => verification::appoint(state, round, juror),
        Deed::DeclareConflict(contest, conflict) => verification::declare_conflict(state, contest, conflict),
        Deed::StateClaim(contest, claim) => verification::state_claim(state, contest, claim, &act.actor, act.at),
        Deed::VerifyClaim(contest, claim) => verification::verify_claim(state, contest, claim),
        Deed::VerifyItem(contest, item) => verification::verify_item(state, contest, item),
        Deed::StatePoints(contest, points) => verification::state_points(state, contest, points),
        Deed::ExemptFrom(contest, exempt) => verification::exempt(state, contest, exempt),
        Deed::RecordAttendance(contest, attendance) => interview::record_attendance(state, contest, attendance),
        Deed::HandInSheet(contest, sheet) => {
            let mut facts = judging::hand_in_sheet(state, contest, sheet, act.at)?;
            let writer = opening::writer(state, contest, &sheet.juror, None, &act.actor, act.at)?;
            facts.extend(opening::written(contest, &sheet.juror, &sheet.candidate, writer));
            Ok(facts)
        }
        Deed::Withdraw(contest, candidate, reason) => judging::withdraw(state, contest, candidate, reason, &act.actor),
        Deed::WaiveAbsence(key, None, _) if contest(state, key).is_none() => match act.actor {
            Actor::Person(..) => Err(locking::about("refusal-no-contest", key)),
            // A row of a file means every contest of the level, also one to which nobody came up.
            _ => Ok(Vec::new()),
        },
        Deed::WaiveAbsence(contest, candidate, reason) => judging::waive_absence(state, contest, candidate.as_ref(), reason),
        Deed::CloseJudging(contest, position) => judging::close(state, contest, *position),
        Deed::AppointByDecree(round, decreed) => panel::appoint(state, round, decreed),
        Deed::ReplaceMember(round, replacement) => panel::replace(state, round, replacement),
        Deed::NameActingChair(contest, acting) => panel::name_acting_chair(state, contest, acting),
        Deed::DeclareInterest(contest, declaration) => conflict::declare(state, contest, declaration),
        Deed::RuleOnDoubt(contest, ruling) => conflict::rule_on_doubt(state, contest, ruling),
        Deed::OpenDossier(contest, opening) => conflict::open_dossier(state, contest, opening, act.at),
        Deed::HandInRanking(contest, ranking) => conflict::hand_in_ranking(state, contest, ranking),
        Deed::OpenFigures(contest, opening) => conflict::open_figures(state, contest, opening, act.at),
        Deed::CheckClaim(contest, check) => checking::check_claim(state, contest, check),
        Deed::CommitSample(contest, commitment) => checking::commit_sample(state, contest, commitment),
        Deed::DrawSample(contest, seed) => checking::draw_sample(state, contest, seed),
        Deed::ReadAgain(contest, reading) => checking::read_again(state, contest, reading),
        Deed::ReportVisit(contest, visit) => checking::report_visit(state, contest, visit),
        Deed::FindAtInterview(contest, finding) => checking::find_at_interview(state, contest, finding),
        Deed::PlanSession(round, session) => schedule::plan(state, round, session),
        Deed::AssignSlot(contest, slot) => schedule::assign(state, contest, slot),
        Deed::MoveSlot(contest, moved) => schedule::reschedule(state, contest, moved),
        Deed::AnswerInvitation(contest, answer) => schedule::answer(state, contest, answer),
        Deed::SendDelegation(contest, sending) => hearing::send(state, contest, sending, act.at),
        Deed::HandInMaterial(contest, material) => hearing::hand_in_material(state, contest, material, act.at),
        Deed::CheckIn(contest, came) => hearing::check_in(state, contest, came),
        Deed::NoteNoShow(contest, no_show) => hearing::note_no_show(state, contest, no_show, act.at),
        Deed::NoteQuestion(contest, asked) => hearing::note_question(state, contest, asked),
        Deed::HandInVersion(contest, sheet) => sheet::hand_in(state, contest, sheet, &act.actor, act.at),
        Deed::ReopenSheet(contest, reopening) => sheet::reopen(state, contest, reopening),
        Deed::EnterPaper(contest, sheet) => sheet::enter_paper(state, contest, sheet, act.at),
        Deed::LeaveInTray(contest, sheet) => sheet::leave_in_tray(state, contest, sheet, &act.actor, act.at),
        Deed::AdmitFromTray(contest, admission) => sheet::admit(state, contest, admission),
        Deed::WaiveMissing(contest, waiver) => closing::waive(state, contest, waiver),
        Deed::CorrectMark(contest, correction) => judging::correct_mark(state, contest, correction),
        Deed::Count(contest) => counting::count(state, contest),
        Deed::GiveOrder(contest, by, order) => plenary::give_order(state, contest, *by, order, &act.actor),
        Deed::NameAward(contest, award, candidate) => plenary::name_award(state, contest, award, candidate, &act.actor),
        Deed::RevealLot(lot) => plenary::reveal_lot(state, lot, &act.actor),
        Deed::Ratify(contest) => plenary::ratify(state, contest),
        Deed::Advance(contest) => advancement::advance(state, contest, act.at),
        Deed::Announce(contest) => announcement::announce(state, contest),
        Deed::RequireLock => locking::require_lock(state),
        Deed::ProposeSeal(sealing) => crate::seal::propose(state, sealing),
        Deed::SealRulebook(sealing) => crate::seal::seal(state, sealing, act.at),
        Deed::ProposeResult(contest, by) => locking::propose(state, contest, by, act.at),
        Deed::CheckResult(contest, by) => locking::check(state, contest, by, act.at),
        Deed::LockResult(contest, by) => locking::lock(state, contest, by, act.at),
        Deed::OpenPlenary(round, opening) => session::open(state, round, opening, act.at),
        Deed::NotePresence(round, presence) => session::note_presence(state, round, presence, act.at),
        Deed::GiveChair(round, given) => session::give_chair(state, round, given),
        Deed::MakeMotion(round, motion) => session::make_motion(state, round, motion),
        Deed::CastVote(round, vote) => session::cast_vote(state, round, vote),
        Deed::CloseVote(round, of, motion) => session::close_vote(state, round, of, motion),
        Deed::ReviseSheet(contest, revision) => revision::revise(state, contest, revision),
        Deed::ClosePlenary(round, minutes) => session::close(state, round, minutes),
        Deed::PublishProvisional(contest, by) => objection::publish(state, contest, by, act.at),
        Deed::FileObjection(contest, objection) => objection::file(state, contest, objection, act.at),
        Deed::RuleOnObjection(contest, ruling) => objection::rule_on(state, contest, ruling),
        Deed::AnswerObjection(contest, answer) => objection::answer(state, contest, answer),
        Deed::DraftRecount(contest, set) => objection::draft_recount(state, contest, set),
        Deed::DecideRecount(contest, decision) => objection::decide_recount(state, contest, decision, act.at),
        Deed::StandBack(contest, out) => advancement::stand_back(state, contest, out),
        Deed::ProposeDisqualification(contest, out) => advancement::propose_disqualification(state, contest, out),
        Deed::ConfirmDisqualification(contest, confirmation) => {
            advancement::confirm_disqualification(state, contest, confirmation)
        }
        Deed::ProposeAnnouncement(contest, embargo) => announcement::propose(state, contest, embargo, act.at),
        Deed::ConfirmAnnouncement(contest, by) => announcement::confirm(state, contest, by, act.at),
        Deed::HandOverPrize(contest, given) => announcement::hand_over(state, contest, given),
        Deed::IssueCertificate(contest, certificate) => announcement::issue(state, contest, certificate),
        Deed::ProposeRevocation(contest, revocation) => revocation::propose(state, contest, revocation),
        Deed::ConfirmRevocation(contest, confirmation) => revocation::confirm(state, contest, confirmation, act.at),
    }
}

/// The contest, or none where nobody stands: closing and counting an empty category is no mistake.
pub(crate) fn contest<'s>(state: &'s State, key: &ContestKey) -> Option<&'s Contest> {
    state.contests.get(key).filter(|contest| !contest.entries.is_empty())
}

/// The contest and the entry of a candidate that must stand in it.
pub(crate) fn entry<'s>(state: &'s State, key: &ContestKey, candidate: &str) -> Result<(&'s Contest, &'s Entry), Refusal> {
    let found = state.contests.get(key).and_then(|contest| Some((contest, contest.entry(candidate)?)));
    found.ok_or_else(|| {
        let name = state.candidates.get(candidate).map_or(candidate, |known| known.name.as_str());
        Refusal::of(Message::new("refusal-not-in-contest").text("candidate", name).text("contest", key.path()))
    })
}

/// The name of a candidate.
pub(crate) fn name<'s>(state: &'s State, candidate: &'s str) -> &'s str {
    state.candidates.get(candidate).map_or(candidate, |known| known.name.as_str())
}
