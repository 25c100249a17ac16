//! How the state follows what happens from verification to closing: checks and readings, declarations, the panel, interviews, sheets with
//! their versions.

use rules::rulebook::GivenSheets;

use super::{Contest, State};
use crate::act::{ContestKey, HandedSheet, RoundKey};
use crate::evidence::{ClaimAt, Reopened, Sample};
use crate::fact::Fact;
use crate::panel::Left;
use crate::schedule::{Booked, Move};
use crate::sheet::{KeptSheet, SheetAt, SheetStage};

impl State {
    /// Takes in what happens between verification and closing; every other fact is none of its business.
    pub(super) fn apply_on_bench(&mut self, fact: &Fact) {
        match fact {
            Fact::ClaimVerified(contest, claim) => {
                let of = ClaimAt { candidate: claim.candidate.clone(), claim: claim.claim.clone() };
                self.contest(contest).checking.verified(&of);
            }
            Fact::ClaimChecked(contest, check) => self.contest(contest).checking.checks.push(check.clone()),
            Fact::SampleCommitted { contest, commitment } => {
                let sample = Sample { commitment: commitment.clone(), seed: None, drawn: Vec::new() };
                self.contest(contest).checking.sample = Some(sample);
            }
            Fact::SampleDrawn { contest, seed, drawn } => {
                if let Some(sample) = &mut self.contest(contest).checking.sample {
                    sample.seed = Some(seed.clone());
                    sample.drawn.clone_from(drawn);
                }
            }
            Fact::ClaimReadAgain { contest, reading, agrees } => {
                let checking = &mut self.contest(contest).checking;
                checking.readings.push(reading.clone());
                if *agrees {
                    checking.agreed.push(reading.of.clone());
                }
            }
            Fact::ClaimReopened { contest, of, why } => self.reopen_claim(contest, of, *why),
            Fact::VisitReported(contest, visit) => self.contest(contest).checking.visits.push(visit.clone()),
            Fact::FindingNoted(contest, finding) => self.contest(contest).checking.findings.push(finding.clone()),
            other => self.apply_to_panel(other),
        }
    }

    fn apply_to_panel(&mut self, fact: &Fact) {
        match fact {
            Fact::Decreed(round, decreed) => self.round(round).decreed.push(decreed.clone()),
            Fact::MemberLeft(round, left) => self.leave(round, left),
            Fact::ActingChairNamed(contest, acting) => self.contest(contest).acting.push(acting.clone()),
            Fact::ShortfallNoted { round, shortfall, .. } => self.round(round).shortfalls.push(shortfall.clone()),
            Fact::InterestDeclared(contest, declaration) => {
                self.contest(contest).interests.declared.push(declaration.clone());
            }
            Fact::DoubtRuled(contest, ruling) => self.contest(contest).interests.rulings.push(ruling.clone()),
            Fact::DossierOpened(contest, opened) => self.contest(contest).interests.dossiers.push(opened.clone()),
            Fact::FiguresOpened(contest, opened) => self.contest(contest).interests.figures.push(opened.clone()),
            Fact::RankingHandedIn(contest, ranking) => self.contest(contest).interests.rankings.push(ranking.clone()),
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
            Fact::InvitationAnswered(contest, answer) => self.contest(contest).hearing.answers.push(answer.clone()),
            Fact::CheckedIn(contest, came) => self.contest(contest).hearing.check_ins.push(came.clone()),
            Fact::QuestionNoted(contest, asked) => self.contest(contest).hearing.asked.push(asked.clone()),
            other => self.apply_to_sheets(other),
        }
    }

    fn apply_to_sheets(&mut self, fact: &Fact) {
        match fact {
            Fact::SheetKept(contest, kept) => self.contest(contest).keep(kept),
            Fact::SheetReopened(contest, reopening) => self.contest(contest).ledger.reopenings.push(reopening.clone()),
            Fact::PaperEntered(contest, paper) => {
                let ledger = &mut self.contest(contest).ledger;
                ledger.paper.retain(|before| before.of != paper.of);
                ledger.paper.push(paper.clone());
            }
            Fact::SheetInTray(contest, sheet) => self.contest(contest).ledger.tray.push(sheet.clone()),
            Fact::MissingWaived(contest, waiver) => self.contest(contest).waivers.push(waiver.clone()),
            Fact::ClosedAt { contest, position } => self.contest(contest).closed_at = Some(*position),
            _ => {}
        }
    }

    fn round(&mut self, key: &RoundKey) -> &mut super::Round {
        self.rounds.entry(key.clone()).or_default()
    }

    /// The claim awaits a new verification; what stood is in the checks.
    fn reopen_claim(&mut self, contest: &ContestKey, of: &ClaimAt, why: Reopened) {
        self.change(contest, &of.candidate, |entry| {
            if let Some(claim) = entry.claims.get_mut(&of.claim) {
                (claim.verified, claim.verifier, claim.reason) = (None, None, None);
            }
        });
        let checking = &mut self.contest(contest).checking;
        checking.agreed.retain(|agreed| agreed != of);
        checking.reopened.push((of.clone(), why));
    }

    /// A member leaves; where the sheets are void, they no longer count in contests that are open.
    fn leave(&mut self, round: &RoundKey, left: &Left) {
        self.round(round).left.push(left.clone());
        if left.sheets == GivenSheets::Keep {
            return;
        }
        let open = self.contests.iter_mut().filter(|(key, _)| key.round == *round && !left.closed.contains(key));
        for (_, contest) in open {
            contest.drop_sheets(|sheet| sheet.juror == left.juror);
            let own = contest.ledger.kept.iter().map(|kept| &kept.sheet.of).filter(|of| of.juror == left.juror);
            let own: std::collections::BTreeSet<SheetAt> = own.cloned().collect();
            contest.ledger.void.extend(own);
            contest.ledger.paper.retain(|paper| paper.of.juror != left.juror);
            contest.counted = None;
        }
    }

    fn move_slot(&mut self, contest: &ContestKey, moved: &Move) {
        let schedule = &mut self.round(&contest.round).schedule;
        if let Some(booked) = schedule.booked.iter_mut().find(|booked| booked.slot.candidate == moved.slot.candidate) {
            let before = std::mem::replace(&mut booked.slot, moved.slot.clone());
            schedule.moved.push((Booked { contest: contest.clone(), slot: before }, moved.reason.clone()));
        }
        // Whoever confirmed the old time has not confirmed the new one.
        self.contest(contest).hearing.answers.retain(|answer| answer.candidate != moved.slot.candidate);
    }
}

impl Contest {
    /// A version comes in and counts instead of the one before.
    fn keep(&mut self, kept: &KeptSheet) {
        let of = &kept.sheet.of;
        let marks = &kept.counted.marks;
        self.drop_sheets(|sheet| {
            let own = sheet.juror == of.juror && sheet.candidate == of.candidate;
            own && sheet.marks.keys().any(|indicator| marks.contains_key(indicator))
        });
        self.take_sheet(&kept.counted);
        self.ledger.paper.retain(|paper| paper.of != *of);
        self.ledger.tray.retain(|waiting| waiting.of != *of);
        self.ledger.kept.push(kept.clone());
        self.counted = None;
    }

    fn drop_sheets(&mut self, is_dropped: impl Fn(&HandedSheet) -> bool) {
        if !self.sheets.iter().any(&is_dropped) {
            return;
        }
        let kept: Vec<HandedSheet> = self.sheets.drain(..).filter(|sheet| !is_dropped(sheet)).collect();
        self.sheets_of.clear();
        kept.iter().for_each(|sheet| self.take_sheet(sheet));
    }

    /// Whether a juror's sheet for a candidate in a stage is in.
    pub fn has_sheet(&self, of: &SheetAt) -> bool {
        self.ledger.current(of).is_some() && !self.ledger.void.contains(of)
    }

    /// Which stages' sheets of a juror for a candidate are in.
    pub fn sheets_in(&self, juror: &crate::JurorId, candidate: &crate::CandidateId) -> Vec<SheetStage> {
        let at = |stage| SheetAt { juror: juror.clone(), candidate: candidate.clone(), stage };
        let both = [SheetStage::Judging, SheetStage::Interview];
        both.into_iter().filter(|stage| self.has_sheet(&at(*stage))).collect()
    }
}
