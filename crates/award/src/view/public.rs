//! What everybody may read of an edition as a whole: panels and calendars of all rounds, who won where, and how a total came about.

use rules::rulebook::{Text, When};
use serde::Serialize;
use tally::working::{AsWhat, Step as Reckoned};
use tally::{Combine, Exact, NodeWorking};

use super::{Advance, AwardSeen, DaySeen, Expected, PoolSeen, RowSeen, SeatSeen, Step, Veil, Viewer};
use crate::act::{ContestKey, RoundKey};
use crate::compile::node_name;
use crate::id::CandidateId;
use crate::panel::{FreeSeat, free_seats, seated};
use crate::sentence::plain;

/// The panel of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct PanelSeen {
    pub round: RoundKey,
    pub level_name: Option<Text>,
    /// What the round is called in public.
    pub name: Option<String>,
    /// Who sits, in the order of the rulebook's seats.
    pub seats: Vec<SeatSeen>,
    pub free_seats: Vec<FreeSeat>,
}

/// The calendar of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct CalendarSeen {
    pub round: RoundKey,
    pub level_name: Option<Text>,
    /// What the round is called in public.
    pub name: Option<String>,
    pub step: Step,
    pub days: Vec<DaySeen>,
}

/// What the rulebook plans for an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct PlanSeen {
    pub event: String,
    pub name: Text,
    pub level: Option<String>,
    pub planned: When,
    pub actual: Option<When>,
    /// Whether the day is our assumption.
    pub is_assumed: bool,
}

/// What came out of a contest, in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct OutcomeSeen {
    pub contest: ContestKey,
    pub level_name: Option<Text>,
    pub region_name: Option<String>,
    pub category_name: Option<Text>,
    pub step: Step,
    /// The pools of which each has a standing of its own, in the rulebook's order; none where all compete with all.
    pub pools: Vec<PoolSeen>,
    /// Those who go up, or win; best first, and where places go by pool pool after pool. Nobody before the count.
    pub best: Veil<Vec<RowSeen>>,
    pub awards: Veil<Vec<AwardSeen>>,
    /// The minimum, where there are places and nobody reached it.
    pub missed: Option<String>,
    /// When it is to be announced, as long as it is not.
    pub expected: Option<Expected>,
}

/// How the points of a node came about, as far down as everybody may read: no juror's marks, no figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct PointsSeen {
    pub node: String,
    pub name: Text,
    /// What it is to the node above.
    pub part: PartSeen,
    /// Exact; none where it has none.
    pub points: Option<String>,
    /// With two decimals.
    pub points_shown: Option<String>,
    /// What it brings to the node above, where that is a mean or a sum of its parts.
    pub brings: Option<Brings>,
    /// Whether its weight is our assumption.
    pub is_assumed: bool,
    pub below: Vec<PointsSeen>,
}

/// What a part brings to the node above: its share of the points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Brings {
    /// In percent; none where parts are added up with their weights as they are.
    pub share: Option<String>,
    /// With two decimals.
    pub points: String,
}

/// What a node is to the one above.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartSeen {
    /// The total itself.
    Total,
    /// A part with this weight, as the rulebook says it.
    Weighed(String),
    /// It is added.
    Added,
    /// It is taken off.
    TakenOff,
}

impl OutcomeSeen {
    /// The titles that a candidate has here.
    pub fn titles(&self, candidate: &CandidateId) -> Vec<&Text> {
        let awards = self.awards.shown().into_iter().flatten();
        awards.filter(|award| award.candidates.contains(candidate)).map(|award| &award.name).collect()
    }
}

impl Viewer<'_> {
    /// The panels of every round of the state, from the lowest level up. Panels are public, with the names of those who sit.
    pub fn panels(&self) -> Vec<PanelSeen> {
        let panel = |round: &RoundKey| {
            let known = self.state.rounds.get(round)?;
            let mut seats: Vec<SeatSeen> = seated(known).map(|juror| self.seat(round, &known.decreed, juror)).collect();
            let order: Vec<&str> = self.seats_of(&round.level).collect();
            seats.sort_by_key(|seat| order.iter().position(|id| *id == seat.seat));
            let free_seats = free_seats(self.state, round);
            let (level_name, name) = (self.level_name(&round.level), self.round_name(round));
            (!seats.is_empty() || !free_seats.is_empty()).then(|| PanelSeen {
                round: round.clone(),
                level_name,
                name,
                seats,
                free_seats,
            })
        };
        self.rounds_in_order().into_iter().filter_map(panel).collect()
    }

    /// The calendars of every round of the state, from the lowest level up.
    pub fn calendars(&self) -> Vec<CalendarSeen> {
        self.calendars_of(&self.advances())
    }

    /// The same, by contests of which only so much is known.
    pub fn calendars_of(&self, advances: &[Advance]) -> Vec<CalendarSeen> {
        let calendar = |round: &RoundKey| CalendarSeen {
            round: round.clone(),
            level_name: self.level_name(&round.level),
            name: self.round_name(round),
            step: self.round_step_of(round, advances),
            days: self.calendar(round, advances),
        };
        self.rounds_in_order().into_iter().map(calendar).collect()
    }

    /// What the rulebook plans, in its order.
    pub fn plan(&self) -> Vec<PlanSeen> {
        let seen = |event: &rules::rulebook::CalendarEvent| PlanSeen {
            event: event.id.clone(),
            name: event.name.clone(),
            level: event.level.clone(),
            planned: event.planned.clone(),
            actual: event.actual.clone(),
            is_assumed: event.clause.is_assumed("planned"),
        };
        self.state.rules.calendar.iter().map(seen).collect()
    }

    /// What came out of every contest of the state, in the order of levels, regions and categories of the rulebook.
    pub fn outcomes(&self) -> Vec<OutcomeSeen> {
        self.outcomes_of(&self.advances())
    }

    /// The same, by contests of which only so much is known: how far they are stands there, not in the state.
    pub fn outcomes_of(&self, advances: &[Advance]) -> Vec<OutcomeSeen> {
        let rules = &self.state.rules;
        let mut keys: Vec<&ContestKey> = self.state.contests.keys().collect();
        let level = |key: &ContestKey| rules.levels.iter().position(|level| level.id == key.round.level);
        let category = |key: &ContestKey| rules.categories.iter().position(|category| category.id == key.category);
        keys.sort_by_key(|key| (level(key), key.round.region.clone(), category(key)));
        let step = |key: &ContestKey| advances.iter().find(|advance| advance.contest == *key).map(|advance| advance.step);
        keys.into_iter().filter_map(|key| self.outcome(key, step(key)?)).collect()
    }

    fn outcome(&self, key: &ContestKey, step: Step) -> Option<OutcomeSeen> {
        let view = self.contest(key)?;
        let missed = view.standing.shown().and_then(|rows| self.missed(key, rows));
        let best = match view.standing {
            Veil::Shown(rows) => {
                let best = rows.into_iter().filter(|row| row.status == "advances" && !row.is_out);
                Veil::Shown(best.collect())
            }
            hidden => hidden,
        };
        Some(OutcomeSeen {
            contest: key.clone(),
            level_name: self.level_name(&key.round.level),
            region_name: view.region_name,
            category_name: Some(view.category_name),
            step: self.told(&key.round, step),
            pools: view.pools,
            best,
            awards: view.awards,
            missed,
            expected: view.expected,
        })
    }

    /// The minimum of a contest, where nobody of those with a place reached it.
    fn missed(&self, key: &ContestKey, rows: &[RowSeen]) -> Option<String> {
        let minimum = self.state.rules_of(&key.round).contest(&key.category, &key.round.level)?.minimum.as_ref()?;
        let mut standing = rows.iter().filter(|row| !row.is_out).peekable();
        let nobody = standing.peek().is_some() && standing.all(|row| row.status == "below_minimum");
        nobody.then(|| plain(minimum))
    }

    /// How the total of a candidate came about in a contest; nothing where it has no count, or no total.
    pub fn points(&self, key: &ContestKey, candidate: &CandidateId) -> Veil<Option<PointsSeen>> {
        Veil::of(self.sees_standing(key), || {
            let counted = self.state.contests.get(key)?.result()?;
            let working = tally::explain(&counted.count, candidate.as_str()).ok()?;
            self.node(key, &working.root, None)
        })
    }

    fn node(&self, key: &ContestKey, node: &NodeWorking, above: Option<&NodeWorking>) -> Option<PointsSeen> {
        let part = match &node.as_what {
            AsWhat::Root => PartSeen::Total,
            AsWhat::Part(weight) => PartSeen::Weighed(plain(weight)),
            AsWhat::Bonus => PartSeen::Added,
            AsWhat::Penalty => PartSeen::TakenOff,
            AsWhat::Juror(_) => return None,
        };
        let (id, en) = node_name(self.state, key, &node.node);
        let scheme = self.state.rule(key).and_then(|rule| self.state.rules_of(&key.round).scheme(&rule.scheme));
        let clause = scheme.and_then(|scheme| rules::node_clause(scheme, &node.node));
        let weight = if node.node.starts_with("stage:") { "stage_weights" } else { "weight" };
        Some(PointsSeen {
            node: node.node.clone(),
            name: Text { id, en },
            part,
            points: node.points.as_ref().map(ToString::to_string),
            points_shown: node.points.as_ref().map(|points| points.fixed(2)),
            brings: above.and_then(|above| brings(above, &node.node)),
            is_assumed: clause.is_some_and(|clause| clause.is_assumed(weight)),
            below: node.below.iter().filter_map(|below| self.node(key, below, Some(node))).collect(),
        })
    }

    fn rounds_in_order(&self) -> Vec<&RoundKey> {
        let mut rounds: Vec<&RoundKey> = self.state.rounds.keys().collect();
        rounds.sort_by_key(|round| self.state.rules.levels.iter().position(|level| level.id == round.level));
        rounds
    }

    fn seats_of(&self, level: &str) -> impl Iterator<Item = &str> {
        let panels = self.state.rules.panels.iter().filter(move |panel| panel.level == level);
        panels.flat_map(|panel| panel.seats.iter().map(|seat| seat.id.as_str()))
    }

    fn level_name(&self, level: &str) -> Option<Text> {
        self.state.rules.level(level).map(|level| level.name.clone())
    }

    fn round_name(&self, round: &RoundKey) -> Option<String> {
        let label = self.state.rounds.get(round).and_then(|known| known.opened.as_ref()?.label.clone());
        label.or_else(|| round.region.as_deref().map(|code| self.region_name(code)))
    }
}

/// A percentage with two decimals at most.
fn percent(share: &Exact) -> String {
    let (whole, short) = (share.to_string(), share.fixed(2));
    if whole.len() <= short.len() && !whole.contains('/') { whole } else { short }
}

/// What a part brought to the node above it.
fn brings(above: &NodeWorking, part: &str) -> Option<Brings> {
    above.steps.iter().find_map(|step| match step {
        Reckoned::Combined { combine, parts, weight, .. } => {
            let own = parts.iter().find(|known| known.node == part)?;
            let (weighted, is_mean) = (own.weighted.as_ref()?, *combine == Combine::Mean);
            let share = own.weight.checked_div(weight).filter(|_| is_mean);
            Some(Brings {
                share: share.map(|share| percent(&(share * Exact::from(100_u32)))),
                points: if is_mean { weighted.checked_div(weight)? } else { weighted.clone() }.fixed(2),
            })
        }
        _ => None,
    })
}
