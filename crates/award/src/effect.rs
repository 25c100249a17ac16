//! What a correction does: the points of an entry by what it claimed and by what was verified, and its place where the contest can be
//! counted already. The same recount that answers every what-if.

use serde::{Deserialize, Serialize};
use tally::{Change, Count, Exact, NodeWorking};

use crate::act::ContestKey;
use crate::compile;
use crate::evidence::ClaimAt;
use crate::state::State;

/// What it does to an entry that a claim was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointsEffect {
    /// Which claim.
    pub of: ClaimAt,
    /// What was claimed.
    pub claimed: Option<Exact>,
    /// What stands.
    pub verified: Option<Exact>,
    /// Points of every indicator, aspect and of the total that differ: node, by what was claimed, by what was verified.
    pub points: Vec<NodeEffect>,
    /// Its place by what was claimed and by what was verified; none before the contest can be counted.
    pub place: Option<(Option<u32>, Option<u32>)>,
}

/// The points of one node on either ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct NodeEffect {
    pub node: String,
    pub claimed: Option<Exact>,
    pub verified: Option<Exact>,
}

/// The effect of a correction; none for a claim that was not made or not verified.
pub fn points_effect(state: &State, key: &ContestKey, of: &ClaimAt) -> Option<PointsEffect> {
    let claim = state.contests.get(key)?.entry(of.candidate.as_str())?.claims.get(&of.claim)?;
    claim.verifier.as_ref()?;
    let as_verified = compile::count(state, key);
    let change = Change::Claim { entry: of.candidate.to_string(), name: of.claim.clone(), value: claim.claimed.clone() };
    let as_claimed = tally::apply(&as_verified, &[change]).ok()?;
    let entry = of.candidate.as_str();
    let (mut verified, mut claimed) = (Vec::new(), Vec::new());
    nodes(&tally::explain(&as_verified, entry).ok()?.root, &mut verified);
    nodes(&tally::explain(&as_claimed, entry).ok()?.root, &mut claimed);
    let pairs = claimed.into_iter().zip(verified).filter(|(claimed, verified)| claimed.1 != verified.1);
    let points = pairs.map(|((node, claimed), (_, verified))| NodeEffect { node, claimed, verified }).collect();
    Some(PointsEffect {
        of: of.clone(),
        claimed: claim.claimed.clone(),
        verified: claim.verified.clone(),
        points,
        place: place(&as_claimed, entry).zip(place(&as_verified, entry)),
    })
}

/// The nodes of a working without those of single jurors, from the total down.
fn nodes(node: &NodeWorking, found: &mut Vec<(String, Option<Exact>)>) {
    if matches!(node.as_what, tally::working::AsWhat::Juror(_)) {
        return;
    }
    found.push((node.node.clone(), node.points.clone()));
    node.below.iter().for_each(|below| nodes(below, found));
}

/// The place of an entry; none inside if it is out of the running, none at all if the contest cannot be counted yet.
fn place(count: &Count, entry: &str) -> Option<Option<u32>> {
    let outcome = tally::count(count).ok()?;
    Some(outcome.standing.iter().find(|row| row.entry == entry).map(|row| row.place))
}
