//! How the state follows what happens from verification to closing: checks and readings, declarations, the panel, interviews, sheets with
//! their versions. What concerns one candidate stands in its entry, so that a store need not write a whole contest for one sheet.

use super::{Contest, Entry, State};
use crate::act::ContestKey;
use crate::evidence::{ClaimAt, Reopened, Sample};
use crate::fact::Fact;
use crate::id::{CandidateId, JurorId};
use crate::schedule::{Booked, Invited, KeptMaterial, Move};
use crate::sheet::KeptSheet;

impl State {
    /// Takes in what happens between verification and closing; every other fact is none of its business.
    pub(super) fn apply_on_bench(&mut self, fact: &Fact) {
        match fact {
            Fact::ClaimVerified(contest, claim) => {
                let of = ClaimAt { candidate: claim.candidate.clone(), claim: claim.claim.clone() };
                self.note(contest, &claim.candidate, |entry| entry.checking.verified(&of));
            }
            Fact::ClaimChecked(contest, check) => {
                self.note(contest, &check.of.candidate, |entry| entry.checking.checks.push(check.clone()));
            }
            Fact::SampleCommitted { contest, commitment } => {
                let sample = Sample { commitment: commitment.clone(), seed: None, drawn: Vec::new() };
                self.contest(contest).sample = Some(sample);
            }
            Fact::SampleDrawn { contest, seed, drawn } => {
                if let Some(sample) = &mut self.contest(contest).sample {
                    sample.seed = Some(seed.clone());
                    sample.drawn.clone_from(drawn);
                }
            }
            Fact::ClaimReadAgain { contest, reading, agrees } => self.note(contest, &reading.of.candidate, |entry| {
                entry.checking.readings.push(reading.clone());
                if *agrees {
                    entry.checking.agreed.push(reading.of.clone());
                }
            }),
            Fact::ClaimReopened { contest, of, why } => self.reopen_claim(contest, of, *why),
            Fact::VisitReported(contest, visit) => {
                self.note(contest, &visit.candidate, |entry| entry.checking.visits.push(visit.clone()));
            }
            Fact::FindingNoted(contest, finding) => {
                self.note(contest, &finding.of.candidate, |entry| entry.checking.findings.push(finding.clone()));
            }
            other => self.apply_to_panel(other),
        }
    }

    fn apply_to_panel(&mut self, fact: &Fact) {
        match fact {
            Fact::Decreed(round, decreed) => self.round(round).decreed.push(decreed.clone()),
            Fact::MemberLeft(round, left) => self.round(round).left.push(left.clone()),
            Fact::ActingChairNamed(contest, acting) => {
                self.note(contest, &acting.candidate, |entry| entry.acting.push(acting.clone()));
            }
            Fact::ShortfallNoted { round, shortfall, .. } => self.round(round).shortfalls.push(shortfall.clone()),
            Fact::InterestDeclared(contest, declaration) => {
                self.note(contest, &declaration.candidate, |entry| entry.interests.declared.push(declaration.clone()));
            }
            Fact::DoubtRuled(contest, ruling) => {
                self.note(contest, &ruling.candidate, |entry| entry.interests.rulings.push(ruling.clone()));
            }
            Fact::DossierOpened(contest, opened) => {
                self.note(contest, &opened.candidate, |entry| entry.interests.dossiers.push(opened.clone()));
            }
            Fact::FiguresOpened(contest, opened) => {
                self.contest(contest).judging_begun = true;
                self.note(contest, &opened.candidate, |entry| entry.interests.figures.push(opened.clone()));
            }
            Fact::RankingHandedIn(contest, ranking) => self.contest(contest).rankings.push(ranking.clone()),
            other => self.apply_to_hearing(other),
        }
    }

    fn apply_to_hearing(&mut self, fact: &Fact) {
        match fact {
            Fact::SessionPlanned(round, session) => self.round(round).schedule.sessions.push(session.clone()),
            Fact::SlotAssigned(contest, slot) => {
                let booked = Booked { contest: contest.clone(), slot: slot.clone() };
                self.round(&contest.round).schedule.booked.push(booked);
            }
            Fact::SlotMoved(contest, moved) => self.move_slot(contest, moved),
            Fact::InvitationAnswered(contest, answer) => {
                self.note(contest, &answer.candidate, |entry| entry.hearing.answers.push(answer.clone()));
            }
            Fact::DelegationSent(contest, sending) => {
                self.note(contest, &sending.candidate, |entry| entry.hearing.sent.push(sending.clone()));
            }
            Fact::MaterialHandedIn { contest, material, at } => {
                let kept = KeptMaterial { material: material.clone(), at: *at };
                self.note(contest, &material.candidate, |entry| entry.hearing.materials.push(kept));
            }
            Fact::CheckedIn(contest, came) => {
                self.note(contest, &came.candidate, |entry| entry.hearing.check_ins.push(came.clone()));
            }
            Fact::QuestionNoted(contest, asked) => {
                self.note(contest, &asked.candidate, |entry| entry.hearing.asked.push(asked.clone()));
            }
            other => self.apply_to_sheets(other),
        }
    }

    fn apply_to_sheets(&mut self, fact: &Fact) {
        match fact {
            Fact::SheetKept(contest, kept) => self.contest(contest).keep(kept),
            Fact::SheetReopened(contest, reopening) => {
                self.note(contest, &reopening.of.candidate, |entry| entry.ledger.reopenings.push(reopening.clone()));
            }
            Fact::PaperEntered(contest, paper) => {
                self.contest(contest).judging_begun = true;
                self.note(contest, &paper.of.candidate, |entry| {
                    entry.ledger.paper.retain(|before| before.of != paper.of);
                    entry.ledger.paper.push(paper.clone());
                });
            }
            Fact::SheetInTray(contest, sheet) => {
                self.note(contest, &sheet.of.candidate, |entry| entry.ledger.tray.push(sheet.clone()));
            }
            Fact::MissingWaived(contest, waiver) => self.contest(contest).waivers.push(waiver.clone()),
            Fact::ClosedAt { contest, position } => self.contest(contest).closed_at = Some(*position),
            _ => {}
        }
    }

    /// Judging is closed with whoever sits on the panel now.
    pub(super) fn close(&mut self, key: &ContestKey) {
        let sits = self.jurors(key).into_iter().map(|juror| juror.juror.clone()).collect();
        let contest = self.contest(key);
        contest.judging_closed = true;
        contest.closed_with = sits;
    }

    /// Changes what is on record about an entry, but nothing that is counted.
    fn note(&mut self, contest: &ContestKey, candidate: &CandidateId, note: impl FnOnce(&mut Entry)) {
        self.contest(contest).noted(candidate, note);
    }

    /// The claim awaits a new verification; what stood is in the checks.
    fn reopen_claim(&mut self, contest: &ContestKey, of: &ClaimAt, why: Reopened) {
        self.change(contest, &of.candidate, |entry| {
            if let Some(claim) = entry.claims.get_mut(&of.claim) {
                (claim.verified, claim.verifier, claim.reason) = (None, None, None);
            }
            entry.checking.agreed.retain(|agreed| agreed != of);
            entry.checking.reopened.push((of.clone(), why));
        });
    }

    fn move_slot(&mut self, contest: &ContestKey, moved: &Move) {
        let schedule = &mut self.round(&contest.round).schedule;
        if let Some(booked) = schedule.booked.iter_mut().find(|booked| booked.slot.candidate == moved.slot.candidate) {
            let before = std::mem::replace(&mut booked.slot, moved.slot.clone());
            schedule.moved.push((Booked { contest: contest.clone(), slot: before }, moved.reason.clone()));
        }
        // Whoever confirmed the old time has not confirmed the new one.
        self.note(contest, &moved.slot.candidate, |entry| entry.hearing.answers.clear());
    }
}

impl Contest {
    fn noted(&mut self, candidate: &CandidateId, note: impl FnOnce(&mut Entry)) {
        if let Some(at) = self.places.get(candidate).copied() {
            note(&mut self.entries[at]);
        }
    }

    /// A version comes in and counts instead of the one before.
    fn keep(&mut self, kept: &KeptSheet) {
        let (mut kept, of) = (kept.clone(), &kept.sheet.of);
        kept.sheet.lend_marks(&mut kept.counted);
        let marks = &kept.counted.marks;
        let own = self.sheets_of.get(&(of.juror.clone(), of.candidate.clone())).map(Vec::as_slice).unwrap_or_default();
        let same = |at: &&usize| self.sheets[**at].marks.keys().any(|indicator| marks.contains_key(indicator));
        match own.iter().find(same).copied() {
            Some(at) => self.sheets[at] = kept.counted.clone(),
            None => self.take_sheet(&kept.counted),
        }
        self.noted(&of.candidate, |entry| {
            entry.ledger.paper.retain(|paper| paper.of != *of);
            entry.ledger.tray.retain(|waiting| waiting.of != *of);
            entry.ledger.kept.push(kept);
        });
        self.counted = None;
    }

    /// Whether a juror has handed in a ranking.
    pub fn has_ranked(&self, juror: &JurorId) -> bool {
        self.rankings.iter().any(|ranking| ranking.juror == *juror)
    }

    /// Claims of the sample that no second reader has confirmed.
    pub fn unread(&self) -> Vec<&ClaimAt> {
        let drawn = self.sample.iter().flat_map(|sample| &sample.drawn);
        let agreed = |of: &ClaimAt| self.entry(of.candidate.as_str()).is_some_and(|entry| entry.checking.agreed.contains(of));
        drawn.filter(|of| !agreed(of)).collect()
    }

    /// Where a candidate's invitation stands.
    pub fn invited(&self, candidate: &CandidateId) -> Invited {
        self.entry(candidate.as_str()).map_or(Invited::Invited, |entry| entry.hearing.invited(candidate))
    }
}
