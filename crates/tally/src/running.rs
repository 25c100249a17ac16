//! Who is in the running: withdrawn, disqualified, excluded, or in.
//!
//! The first that applies is the entry's status. Gates are asked of everybody who did not withdraw, and all failed gates are
//! listed, so that a candidate hears every reason and not only the first (`docs/specification.md` section 7).

use crate::claims::Claims;
use crate::contest::Contest;
use crate::measure;
use crate::model::{AbsentRule, Gate, GateMissing, Presence, Test};
use crate::outcome::{Code, OutStatus, Refusal};
use crate::working::{GateWorking, Notes, Pen, Silent, Step};

/// By entry: why it is not in the running, or none if it is.
pub(crate) fn all(contest: &Contest, refused: &mut Vec<Refusal>) -> Vec<Option<OutStatus>> {
    let excludes = contest.tree.nodes.iter().any(|seat| {
        let attendance = seat.node.attendance.as_ref();
        attendance.is_some_and(|attendance| attendance.absent == AbsentRule::Exclude)
    });
    (0..contest.entries.len()).map(|entry| out(contest, entry, excludes, refused)).collect()
}

fn out(contest: &Contest, at: usize, excludes: bool, refused: &mut Vec<Refusal>) -> Option<OutStatus> {
    let entry = &contest.entries[at];
    if entry.withdrawn {
        return Some(OutStatus::Withdrawn);
    }
    let mut claims = Claims::of(contest, at);
    let mut failed = Vec::new();
    for gate in &contest.count.gates {
        match passes(gate, contest, at, &mut claims, &mut Silent).0 {
            Ok(true) => {}
            Ok(false) => failed.push(gate.id.clone()),
            Err(code) => refused.push(Refusal::of(code).entry(&entry.id)),
        }
    }
    if !failed.is_empty() {
        return Some(OutStatus::Disqualified(failed));
    }
    (excludes && entry.attendance == Some(Presence::Absent)).then_some(OutStatus::Excluded)
}

/// Whether the entry passes the gate, and the raw value that was compared.
fn passes<N: Notes>(
    gate: &Gate,
    contest: &Contest,
    entry: usize,
    claims: &mut Claims,
    notes: &mut N,
) -> (Result<bool, Code>, Option<crate::Exact>) {
    let raw = match measure::raw(&gate.measure, &contest.entries[entry], claims, notes) {
        Ok(raw) => raw,
        Err(code) => return (Err(code), None),
    };
    let passed = match (&raw, gate.missing) {
        (Some(raw), _) => Ok(match gate.test {
            Test::AtLeast => *raw >= gate.value,
            Test::AtMost => *raw <= gate.value,
            Test::Equals => *raw == gate.value,
        }),
        (None, GateMissing::Fail) => Ok(false),
        (None, GateMissing::Pass) => Ok(true),
        (None, GateMissing::Refuse) => Err(Code::MissingValue),
    };
    (passed, raw)
}

/// How the entry did at each gate; nothing if it withdrew.
pub(crate) fn explain_gates(contest: &Contest, entry: usize) -> Vec<GateWorking> {
    let gates = contest.count.gates.iter().filter(|_| !contest.entries[entry].withdrawn);
    let mut claims = Claims::of(contest, entry);
    gates.map(|gate| explain_gate(gate, contest, entry, &mut claims)).collect()
}

fn explain_gate(gate: &Gate, contest: &Contest, entry: usize, claims: &mut Claims) -> GateWorking {
    let mut pen = Pen::new();
    let (passed, raw) = passes(gate, contest, entry, claims, &mut pen);
    if let Err(code) = passed {
        pen.step(|| Step::Refused(code));
    }
    GateWorking {
        gate: gate.id.clone(),
        steps: pen.loose_steps(),
        raw,
        test: gate.test,
        value: gate.value.clone(),
        passed: passed.ok(),
    }
}
