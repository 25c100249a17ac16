//! Penutupan penilaian: nothing may be missing that was not waived, and recusals must leave enough jurors for everybody. The act names
//! where the journal stood, so that everybody knows which sheets were in.

use words::{Arg, Message};

use crate::act::ContestKey;
use crate::closing::{Led, MissingThing, Waiver, missing};
use crate::decide::{entry, name};
use crate::evidence::ClaimAt;
use crate::fact::Fact;
use crate::limit::told;
use crate::panel;
use crate::refusal::{About, Refusal};
use crate::sheet::SheetAt;
use crate::stage::judging::and_more;
use crate::state::{Contest, Entry, State};

/// Waives something that is missing.
pub(crate) fn waive(state: &State, key: &ContestKey, waiver: &Waiver) -> Result<Vec<Fact>, Refusal> {
    told("reason", &waiver.reason)?;
    if let Some(candidate) = &waiver.candidate {
        entry(state, key, candidate.as_str())?;
    }
    let of_contest = |rule: &str| Refusal::of(Message::new(rule).text("contest", key.path()));
    let Some(contest) = state.contests.get(key) else { return Err(of_contest("refusal-nothing-to-waive")) };
    if contest.judging_closed {
        return Err(of_contest("refusal-waive-closed"));
    }
    let covers = |thing: &MissingThing| thing.waivable() == Some(waiver.what);
    if !missing(state, key, Led::Office).iter().any(covers) {
        return Err(of_contest("refusal-nothing-to-waive"));
    }
    Ok(vec![Fact::MissingWaived(key.clone(), waiver.clone())])
}

/// Refuses to close while something is missing that was not waived, or recusals leave too few jurors.
pub(crate) fn may_close(state: &State, key: &ContestKey, contest: &Contest, position: Option<u64>) -> Result<(), Refusal> {
    if contest.judging_closed {
        return Err(Refusal::of(Message::new("refusal-closed-twice").text("contest", key.path())));
    }
    let led = if position.is_some() { Led::Office } else { Led::File };
    let missing = missing(state, key, led);
    if missing.is_empty() {
        return Ok(());
    }
    let named = missing.iter().map(|thing| Arg::Message(thing_message(state, thing)));
    let message = Message::new("refusal-things-missing")
        .text("contest", key.path())
        .number("count", missing.len())
        .with("named", Arg::List(and_more(named, missing.len())));
    Err(Refusal::of(message).waiting())
}

/// Refuses while recusals leave an entry fewer jurors than the rulebook's minimum.
pub(crate) fn enough_jurors(state: &State, key: &ContestKey, contest: &Contest, entries: &[&Entry]) -> Result<(), Refusal> {
    let Some(least) = panel::of_contest(state, key).and_then(|panel| panel.minimum_effective) else { return Ok(()) };
    let jurors = state.jurors(key);
    let recused = |entry: &&&Entry| jurors.iter().any(|juror| contest.is_recused(&juror.juror, &entry.candidate));
    for entry in entries.iter().filter(recused) {
        let left = panel::effective(state, key, &entry.candidate);
        if left < least as usize {
            let message = Message::new("refusal-effective-panel").text("candidate", name(state, entry.candidate.as_str()));
            return Err(Refusal::of(message.number("left", left).number("least", least)).about(About::Panel).waiting());
        }
    }
    Ok(())
}

/// The facts of a closing, with the position if the journal has one.
pub(crate) fn closed(key: &ContestKey, position: Option<u64>) -> Vec<Fact> {
    let at = position.map(|position| Fact::ClosedAt { contest: key.clone(), position });
    [Some(Fact::JudgingClosed(key.clone())), at].into_iter().flatten().collect()
}

fn thing_message(state: &State, thing: &MissingThing) -> Message {
    let of_claim = |key: &str, of: &ClaimAt| {
        Message::new(key).text("claim", &of.claim).text("candidate", name(state, of.candidate.as_str()))
    };
    let of_sheet = |key: &str, of: &SheetAt| {
        Message::new(key).text("juror", of.juror.as_str()).text("candidate", name(state, of.candidate.as_str()))
    };
    match thing {
        MissingThing::ClaimReopened(of) => of_claim("missing-claim-reopened", of),
        MissingThing::SampleNotDrawn => Message::new("missing-sample"),
        MissingThing::NotReadAgain(of) => of_claim("missing-second-reading", of),
        MissingThing::DoubtOpen { juror, candidate } => {
            Message::new("missing-ruling").text("juror", juror.as_str()).text("candidate", name(state, candidate.as_str()))
        }
        MissingThing::NotDeclared { juror, candidate } => {
            Message::new("missing-declaration").text("juror", juror.as_str()).text("candidate", name(state, candidate.as_str()))
        }
        MissingThing::NotRanked(juror) => Message::new("missing-ranking").text("juror", juror.as_str()),
        MissingThing::NotHeard(candidate) => {
            Message::new("missing-attendance").text("candidate", name(state, candidate.as_str()))
        }
        MissingThing::SheetReopened(of) => of_sheet("missing-sheet-reopened", of),
        MissingThing::PaperOnce(of) => of_sheet("missing-paper", of),
    }
}
