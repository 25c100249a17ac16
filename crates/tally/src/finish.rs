//! The finish of a node: attendance, floor, cap, rounding, in this order.
//!
//! An absent entry is dealt with before anything else, so no floor and no bonus can pay for not having come by accident: what
//! absence costs is exactly what the rule says (`docs/specification.md` section 6).

use crate::Exact;
use crate::model::{AbsentRule, Attendance, Node, Presence};
use crate::outcome::Code;
use crate::working::{Notes, Step};

/// The points of a node from its value; none if it has none.
pub(crate) fn finish<N: Notes>(
    node: &Node,
    presence: Option<&Presence>,
    value: Option<Exact>,
    notes: &mut N,
) -> Result<Option<Exact>, Code> {
    let attended = match &node.attendance {
        Some(attendance) => attend(attendance, presence, value, notes)?,
        None => value,
    };
    Ok(attended.map(|value| limited(node, value, notes)))
}

impl Attendance {
    /// The factor for a rank.
    pub(crate) fn factor(&self, rank: &str) -> Option<&Exact> {
        self.table.get(rank).or(self.otherwise.as_ref())
    }
}

fn attend<N: Notes>(
    attendance: &Attendance,
    presence: Option<&Presence>,
    value: Option<Exact>,
    notes: &mut N,
) -> Result<Option<Exact>, Code> {
    match (presence, value) {
        (Some(Presence::Absent), before) if attendance.absent == AbsentRule::Zero => {
            notes.step(|| Step::AttendedAbsent { rule: attendance.absent, before });
            Ok(Some(Exact::zero()))
        }
        (_, None) => Ok(None),
        (None, Some(_)) => Err(Code::AttendancePending),
        (Some(Presence::Absent), before) => {
            notes.step(|| Step::AttendedAbsent { rule: attendance.absent, before });
            if attendance.absent == AbsentRule::Refuse { Err(Code::AttendancePending) } else { Ok(None) }
        }
        (Some(Presence::Present(rank)), Some(before)) => {
            let factor = attendance.factor(rank).ok_or(Code::UnknownRank)?;
            let after = &before * factor;
            notes.step(|| Step::Attended { rank: rank.clone(), factor: factor.clone(), before, after: after.clone() });
            Ok(Some(after))
        }
    }
}

/// Floor, cap and rounding.
pub(crate) fn limited<N: Notes>(node: &Node, mut value: Exact, notes: &mut N) -> Exact {
    if let Some(floor) = node.floor.as_ref().filter(|floor| value < **floor) {
        notes.step(|| Step::Floor { before: value, floor: floor.clone() });
        value = floor.clone();
    }
    if let Some(cap) = node.cap.as_ref().filter(|cap| value > **cap) {
        notes.step(|| Step::Cap { before: value, cap: cap.clone() });
        value = cap.clone();
    }
    let Some(rule) = node.round else { return value };
    let after = value.round(rule);
    notes.step(|| Step::Rounded { before: value, rule, after: after.clone() });
    after
}
