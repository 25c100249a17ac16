//! Nilai yang diubah dalam pleno: a juror revises an own mark in the open session. The mark before and the mark after stay on record, and
//! what the revisions moved can be told at any time.

use rules::rulebook::IndicatorKind;
use tally::change::{Move, moves};
use tally::{Change, Mark};
use words::Message;

use crate::act::{ContestKey, MarkCorrection};
use crate::cycle::parse::judging::off_grid;
use crate::decide::{entry, name};
use crate::fact::Fact;
use crate::limit;
use crate::refusal::Refusal;
use crate::stage::counting;
use crate::stage::locking::about;
use crate::stage::session::{present, session_of};
use crate::state::State;

/// A juror who is there puts another mark in the place of the own one, for a reason; both stay on record.
pub(crate) fn revise(state: &State, key: &ContestKey, revision: &MarkCorrection) -> Result<Vec<Fact>, Refusal> {
    let (contest, _) = entry(state, key, revision.candidate.as_str())?;
    let refuse = |rule: &str| {
        let message = Message::new(rule).text("juror", revision.juror.as_str()).text("indicator", &revision.indicator);
        Refusal::of(message.text("candidate", name(state, revision.candidate.as_str())))
    };
    if contest.ratified.is_some() {
        return Err(about("refusal-ratified", key));
    }
    if !contest.judging_closed {
        return Err(about("refusal-judging-open", key));
    }
    let Some(session) = session_of(state, key) else { return Err(about("refusal-no-plenary", key)) };
    present(state, &key.round, session, &revision.juror)?;
    if contest.is_recused(&revision.juror, &revision.candidate) {
        return Err(refuse("refusal-recused"));
    }
    limit::text("reason", &revision.reason)?;
    let mut own = contest.sheets_of(&revision.juror, &revision.candidate);
    if own.find_map(|sheet| sheet.marks.get(&revision.indicator)) != Some(&revision.old) || revision.old == revision.new {
        return Err(refuse("refusal-revise-other-mark"));
    }
    fits(state, key, &revision.indicator, &revision.new)?;
    Ok(vec![Fact::SheetRevised(key.clone(), revision.clone())])
}

/// What the revisions of the plenary moved: every candidate with place and total before and after them.
///
/// # Errors
///
/// A [`Refusal`] if the contest cannot be counted.
pub fn movement(state: &State, key: &ContestKey) -> Result<Vec<Move>, Refusal> {
    let after = counting::counted(state, key)?;
    let revisions = state.contests.get(key).map(|contest| contest.closing.revisions.as_slice()).unwrap_or_default();
    let back = revisions.iter().rev().map(|revision| Change::Mark {
        juror: revision.juror.to_string(),
        entry: revision.candidate.to_string(),
        leaf: revision.indicator.clone(),
        mark: revision.old.clone(),
    });
    let before = counting::with_changes(state, key, &after.count, &back.collect::<Vec<_>>())?;
    Ok(moves(&before.outcome, &after.outcome))
}

/// Whether a mark is one that the rubric allows, of an indicator that jurors mark.
pub(super) fn fits(state: &State, key: &ContestKey, indicator: &str, mark: &Mark) -> Result<(), Refusal> {
    let scheme = state.rule(key).and_then(|rule| state.rules_of(&key.round).scheme(&rule.scheme));
    let found = scheme.and_then(|scheme| scheme.indicator(indicator)).map(|(_, indicator)| &indicator.kind);
    let fault = match (found, mark) {
        (Some(IndicatorKind::Rubric { min, max, step, .. }), Mark::Given(given)) => off_grid(given, min, max, step),
        (Some(IndicatorKind::Rubric { .. }), _) => None,
        _ => {
            let message = Message::new("refusal-not-marked").text("indicator", indicator);
            return Err(Refusal::of(message.text("contest", key.path())));
        }
    };
    fault.map_or(Ok(()), |fault| Err(Refusal::new(fault, Message::new("refusal-mark-next"))))
}
