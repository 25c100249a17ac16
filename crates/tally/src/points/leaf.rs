//! The leaves: from a raw value, or from there being none, to points.
//!
//! Only numbers are counted. Abstained, recused, absent and not applicable never count as zero: they are not even handed to the
//! method (`docs/specification.md` sections 3 and 4).

use super::{Way, count_of};
use crate::Exact;
use crate::contest::{Contest, State};
use crate::measure::{self, Raw};
use crate::model::{Leaf, Measure, Method, NotApplicable, Presence};
use crate::outcome::Code;
use crate::working::{JurorMark, JurorState, Notes, Step};

impl<N: Notes> Way<'_, '_, N> {
    /// The points of a leaf before its finish.
    pub(super) fn leaf(&mut self, at: usize, leaf: &Leaf) -> Option<Exact> {
        if self.contest.not_applicable(at, self.entry) {
            self.notes.step(|| Step::NotApplicable(leaf.not_applicable));
            return (leaf.not_applicable == NotApplicable::Zero).then(Exact::zero);
        }
        match self.raw(at, &leaf.measure) {
            Ok(Some(raw)) => {
                let scaled = leaf.scale.scaled(&raw);
                self.notes.step(|| scaled.step);
                Some(scaled.points)
            }
            // A single juror's missing mark is nobody's refusal; the panel asks its own rule.
            Ok(None) if self.juror.is_some() => None,
            Ok(None) => self.missing(at, leaf.missing),
            Err(code) => self.refuse(code, at),
        }
    }

    fn raw(&mut self, at: usize, measure: &Measure) -> Raw {
        let entry = &self.contest.entries[self.entry];
        match measure {
            Measure::Relative { of } => self.relative(at, of),
            Measure::Marks { method, .. } => Ok(self.marks(at, *method)),
            Measure::Stated => {
                let value = entry.stated.get(&self.contest.node(at).id).cloned();
                self.notes.step(|| Step::Stated { value: value.clone() });
                Ok(value)
            }
            Measure::Rank { table, otherwise } => {
                let value = match &entry.attendance {
                    None => None,
                    Some(Presence::Absent) => Some(Exact::zero()),
                    Some(Presence::Present(rank)) => {
                        let points = table.get(rank).or(otherwise.as_ref());
                        Some(points.ok_or(Code::UnknownRank)?.clone())
                    }
                };
                self.notes.step(|| Step::Rank { presence: entry.attendance.clone(), value: value.clone() });
                Ok(value)
            }
            _ => measure::raw(measure, entry, &mut self.claims, self.notes),
        }
    }

    fn relative(&mut self, at: usize, of: &Measure) -> Raw {
        let entry = &self.contest.entries[self.entry];
        let Some(own) = measure::raw(of, entry, &mut self.claims, self.notes)? else {
            return Ok(None);
        };
        let best = self.best.0[&at].clone();
        let above_zero = best.as_ref().filter(|best| **best > Exact::zero());
        let value = above_zero.and_then(|best| own.checked_div(best)).unwrap_or_default();
        self.notes.step(|| Step::Relative { own, best, value: value.clone() });
        Ok(Some(value))
    }

    fn marks(&mut self, at: usize, method: Method) -> Option<Exact> {
        let contest = self.contest;
        let leaf = contest.at(at).marks.expect("a leaf with the measure marks");
        let states = contest.states(leaf, self.entry);
        if let Some(juror) = self.juror {
            self.notes.step(|| Step::OneMark(juror_mark(contest, juror, states[juror], false)));
            return states[juror].number().cloned();
        }
        let numbers: Vec<&Exact> = states.iter().filter_map(State::number).collect();
        let one = method.combine(&numbers);
        let (value, left_out) = one.map_or((None, vec![]), |one| (Some(one.value), one.left_out));
        self.notes.step(|| note_marks(contest, states, method, &left_out, value.clone()));
        value
    }
}

fn note_marks(contest: &Contest, states: &[State], method: Method, left_out: &[usize], value: Option<Exact>) -> Step {
    let mut number = 0..;
    let marks = states.iter().enumerate().map(|(juror, state)| {
        let position = state.number().and_then(|_| number.next());
        juror_mark(contest, juror, *state, position.is_some_and(|position| left_out.contains(&position)))
    });
    Step::Marks {
        marks: marks.collect(),
        counted: count_of(states.iter().filter_map(State::number).count()),
        of: count_of(states.len()),
        method,
        value,
    }
}

fn juror_mark(contest: &Contest, juror: usize, state: State, left_out: bool) -> JurorMark {
    let state = match state {
        State::Number(number) => JurorState::Marked(number.clone()),
        State::Abstained => JurorState::Abstained,
        State::Recused => JurorState::Recused,
        State::Absent => JurorState::Absent,
        State::NotApplicable => JurorState::NotApplicable,
    };
    JurorMark { juror: contest.count.jurors[juror].clone(), state, left_out }
}
