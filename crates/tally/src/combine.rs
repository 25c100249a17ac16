//! How the nodes below a group become one value: the weighted mean or sum of the parts, bonuses and penalties.
//!
//! A part without points is left out, and under a mean its weight is shared by the rest; that is why a declined criterion never
//! fails anybody silently (`docs/specification.md` section 6).

use crate::Exact;
use crate::contest::Contest;
use crate::model::Combine;
use crate::tree::Role;

/// A group's value before its finish.
pub(crate) struct Combination {
    /// The weights of the parts that have points, added up.
    pub weight: Exact,
    /// The weighted points of those parts, added up.
    pub sum: Exact,
    /// The mean or the sum, before bonuses and penalties.
    pub parts: Exact,
    pub value: Exact,
}

/// Combines what is below the group at a node; `points` gives the points of each node below. None if no part has points, or
/// if under a mean the weights that are left add up to 0.
pub(crate) fn combine<'p>(contest: &Contest, group: usize, points: impl Fn(usize) -> Option<&'p Exact>) -> Option<Combination> {
    let (mut weight, mut sum, mut extra) = (Exact::zero(), Exact::zero(), Exact::zero());
    let mut any = false;
    for &below in &contest.at(group).below {
        let Some(points) = points(below) else { continue };
        match contest.at(below).role {
            Role::Part(own) => {
                any = true;
                weight += own;
                sum += &(own * points);
            }
            Role::Bonus => extra += points,
            Role::Penalty => extra -= points,
            Role::Root => unreachable!("the root is below nothing"),
        }
    }
    let parts = match contest.node(group).group.as_ref()?.combine {
        _ if !any => return None,
        Combine::Mean => sum.checked_div(&weight)?,
        Combine::Sum => sum.clone(),
    };
    Some(Combination { value: &parts + extra, weight, sum, parts })
}
