//! Questions that the process asks of a rulebook, each in one place.

use rules::Rulebook;
use rules::regions::Zone;
use rules::rulebook::{Aspect, ContestRule, Indicator, IndicatorKind, Level, Panel, Seat, Stage};

use crate::act::ContestKey;
use crate::cycle::tables::Came;
use crate::state::{Entry, State};

/// Where a level stands among the levels, from 0 for the lowest.
pub fn height(rules: &Rulebook, level: &str) -> usize {
    rules.levels.iter().position(|known| known.id == level).unwrap_or(rules.levels.len())
}

/// The lowest level at which a category is contested.
pub fn lowest_level<'r>(rules: &'r Rulebook, category: &str) -> Option<&'r Level> {
    rules.levels.iter().find(|level| rules.contest(category, &level.id).is_some())
}

/// The next level at which the category is contested, following where the best of a level go.
pub fn next_level<'r>(rules: &'r Rulebook, from: &str, category: &str) -> Option<&'r Level> {
    let mut at = rules.level(from)?;
    for _ in 0..rules.levels.len() {
        at = rules.level(at.next.as_deref()?)?;
        if rules.contest(category, &at.id).is_some() {
            return Some(at);
        }
    }
    None
}

/// The levels through which a candidate of a category can go, from one on.
pub fn way_up<'r>(rules: &'r Rulebook, from: &str, category: &str) -> Vec<&'r Level> {
    let mut way: Vec<&Level> = rules.level(from).into_iter().collect();
    while let Some(next) = way.last().and_then(|at| next_level(rules, &at.id, category)) {
        way.push(next);
    }
    way
}

/// The panel that judges a contest.
pub fn panel<'r>(rules: &'r Rulebook, rule: &ContestRule) -> Option<&'r Panel> {
    let id = rule.panel.as_deref()?;
    rules.panels.iter().find(|panel| panel.id == id)
}

/// A kind of seat of a level's panels, with its panel.
pub fn seat<'r>(rules: &'r Rulebook, level: &str, seat: &str) -> Option<(&'r Panel, &'r Seat)> {
    let of_level = rules.panels.iter().filter(|panel| panel.level == level);
    of_level.flat_map(|panel| panel.seats.iter().map(move |seat| (panel, seat))).find(|(_, known)| known.id == seat)
}

/// Every indicator of a contest with its aspect, in the order of the rulebook.
pub fn indicators<'r>(rules: &'r Rulebook, rule: &ContestRule) -> Vec<(&'r Aspect, &'r Indicator)> {
    let aspects = rules.scheme(&rule.scheme).map(|scheme| scheme.aspects.as_slice()).unwrap_or_default();
    aspects.iter().flat_map(|aspect| aspect.indicators.iter().map(move |indicator| (aspect, indicator))).collect()
}

/// The indicators of a contest that jurors mark.
pub fn rubrics<'r>(rules: &'r Rulebook, rule: &ContestRule) -> Vec<(&'r Aspect, &'r Indicator)> {
    indicators(rules, rule).into_iter().filter(|(_, indicator)| is_rubric(indicator)).collect()
}

/// Whether jurors mark an indicator.
pub fn is_rubric(indicator: &Indicator) -> bool {
    matches!(indicator.kind, IndicatorKind::Rubric { .. })
}

/// Whether marks of this aspect are given at the interview.
pub fn is_interview(aspect: &Aspect) -> bool {
    aspect.stage == Some(Stage::Interview)
}

/// Whether a contest has a stage.
pub fn has_stage(rule: &ContestRule, stage: Stage) -> bool {
    rule.stages.contains(&stage)
}

/// Whether claims of a category were verified at a level or at one below it: from then on nothing else counts.
pub fn is_verified_so_far(rules: &Rulebook, level: &str, category: &str) -> bool {
    let so_far = rules.levels.iter().take(height(rules, level) + 1);
    so_far.filter_map(|level| rules.contest(category, &level.id)).any(|rule| has_stage(rule, Stage::Verification))
}

/// Whether an indicator belongs to an interview to which the entry did not come.
pub(crate) fn is_not_heard(state: &State, key: &ContestKey, entry: &Entry, indicator: &str) -> bool {
    let absent = entry.attendance.as_ref().is_some_and(|attendance| attendance.state != Came::Present);
    let scheme = state.rule(key).and_then(|rule| state.rules_of(&key.round).scheme(&rule.scheme));
    let found = scheme.and_then(|scheme| scheme.indicator(indicator));
    absent && found.is_some_and(|(aspect, _)| is_interview(aspect) || aspect.attendance.is_some())
}

/// The local time of a contest's round; the nation keeps western time.
pub fn zone_of(state: &State, key: &ContestKey) -> Zone {
    let region = key.round.region.as_deref().unwrap_or_default();
    state.rules_of(&key.round).level(&key.round.level).map_or(Zone::Wib, |level| state.geography.zone_of_time(level, region))
}
