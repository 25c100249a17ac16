//! From a wish to changes of counts: in which contests it can be made, and what of it goes up with the candidate.

use rules::rulebook::IndicatorKind;
use tally::{Change, Item, Mark, Presence};
use words::Message;

use super::Selector;
use super::parse::Wish;
use crate::act::ContestKey;
use crate::cycle::near;
use crate::cycle::parse::figures::is_looked_at;
use crate::cycle::parse::figures::{out_of_range, unfit};
use crate::cycle::parse::judging::off_grid;
use crate::cycle::tables::{Claim, ListItem, Row};
use crate::explain;
use crate::fact::Counted;
use crate::plan::key;
use crate::rule;
use crate::run::{Assumed, ContestRun, Run};
use crate::state::Entry;

type Resolved = Vec<(ContestKey, Assumed)>;

/// The changes that a wish means, by contest.
pub(super) fn resolve(run: &Run, selector: &Selector, wish: &Wish) -> Result<Resolved, Message> {
    match wish {
        Wish::Weight { node, weight } => {
            let change = Change::Weight { node: node.clone(), weight: weight.clone() };
            everywhere(run, selector, change, |counted| nodes(counted).contains(node), || unknown_node(run, selector, node))
        }
        Wish::WithoutJuror(juror) => {
            let change = Change::WithoutJuror { juror: juror.clone() };
            let jurors = run.chosen_counts(selector).flat_map(|(_, counted)| counted.count.jurors.clone()).collect::<Vec<_>>();
            everywhere(run, selector, change, |counted| counted.count.jurors.contains(juror), || unknown(juror, &jurors))
        }
        Wish::IgnoreAttendance => everywhere(run, selector, Change::IgnoreAttendance, |_| true, no_contest),
        Wish::Quota(0) => Err(Message::new("what-if-quota-zero")),
        Wish::Quota(quota) => everywhere(run, selector, Change::Quota { quota: *quota }, |_| true, no_contest),
        Wish::Minimum(minimum) => everywhere(run, selector, Change::Minimum { minimum: minimum.clone() }, |_| true, no_contest),
        Wish::Claim { candidate, claim, value } => {
            let derived = run.cycle.rules.derived.iter().any(|derived| derived.id == *claim);
            if run.cycle.rules.claim(claim).is_none() || derived {
                let claims: Vec<String> = run.cycle.rules.claims.iter().map(|claim| claim.id.clone()).collect();
                return Err(unknown(claim, &claims));
            }
            let rule = run.cycle.rules.claim(claim);
            if let Some(fault) = rule.zip(value.as_ref()).and_then(|(rule, value)| unfit(rule, value)) {
                return Err(fault);
            }
            let own = |level: &str, id: &str| has_own_claim(run, level, id, claim);
            with_figure(run, selector, candidate, own, |entry| {
                Ok(Change::Claim { entry: entry.candidate.to_string(), name: claim.clone(), value: value.clone() })
            })
        }
        Wish::Item { candidate, list, title, stage } => {
            let own = |level: &str, id: &str| {
                let is_own = |row: &&Row<ListItem>| row.level == level && row.candidate.as_str() == id && row.list == *list;
                run.cycle.tables.items.iter().filter(is_own).any(|row| is_title(&row.title, title))
            };
            with_figure(run, selector, candidate, own, |entry| item_change(entry, list, title, stage.as_deref()))
        }
        other => of_candidate(run, selector, other),
    }
}

/// Wishes that concern a candidate in one contest: the lowest in which the change can be made.
fn of_candidate(run: &Run, selector: &Selector, wish: &Wish) -> Result<Resolved, Message> {
    let (Wish::Stated { candidate, .. }
    | Wish::Mark { candidate, .. }
    | Wish::Attendance { candidate, .. }
    | Wish::Withdraw(candidate)) = wish
    else {
        return Err(Message::new("what-if-form"));
    };
    let entry = explain::find(run, candidate).map_err(|not_found| not_found.message())?;
    let no_contest = Message::new("what-if-no-contest-of").text("candidate", run.name(&entry));
    let fits = |counted: &Counted| match wish {
        Wish::Stated { indicator, .. } => nodes(counted).contains(indicator),
        Wish::Mark { juror, indicator, .. } => nodes(counted).contains(indicator) && counted.count.jurors.contains(juror),
        _ => true,
    };
    let own = run.chosen_counts(selector).filter(|(_, counted)| stands(counted, &entry));
    let contest = own.into_iter().find(|(_, counted)| fits(counted)).ok_or(no_contest)?.0;
    if let Some(fault) = off_range(run, contest, wish) {
        return Err(fault);
    }
    let change = match wish.clone() {
        Wish::Stated { indicator, points, .. } => Change::Stated { entry, leaf: indicator, points },
        Wish::Mark { juror, indicator, mark, .. } => Change::Mark { juror, entry, leaf: indicator, mark },
        Wish::Attendance { rank, .. } => {
            Change::Attendance { entry, presence: Some(rank.map_or(Presence::Absent, Presence::Present)) }
        }
        _ => Change::Withdraw { entry },
    };
    Ok(vec![(contest.key.clone(), Assumed { change, came_up: false })])
}

/// A mark or stated points that the rulebook's range does not allow.
fn off_range(run: &Run, contest: &ContestRun, wish: &Wish) -> Option<Message> {
    let scheme = run.cycle.rules.scheme(&run.state.rule(&contest.key)?.scheme)?;
    match wish {
        Wish::Stated { indicator, points: Some(points), .. } => out_of_range(scheme.indicator(indicator)?.1, points),
        Wish::Mark { indicator, mark: Mark::Given(mark), .. } => match &scheme.indicator(indicator)?.1.kind {
            IndicatorKind::Rubric { min, max, step, .. } => off_grid(mark, min, max, step),
            _ => None,
        },
        _ => None,
    }
}

/// A change in every chosen contest in which it can be made.
fn everywhere(
    run: &Run,
    selector: &Selector,
    change: Change,
    fits: impl Fn(&Counted) -> bool,
    otherwise: impl FnOnce() -> Message,
) -> Result<Resolved, Message> {
    let fitting = run.chosen_counts(selector).filter(|(_, counted)| fits(counted));
    let made: Resolved =
        fitting.map(|(contest, _)| (contest.key.clone(), Assumed { change: change.clone(), came_up: false })).collect();
    if made.is_empty() { Err(otherwise()) } else { Ok(made) }
}

/// Whether a level has its own figure for a claim of a candidate: one that counts there instead of what came up.
fn has_own_claim(run: &Run, level: &str, candidate: &str, claim: &str) -> bool {
    let category = run.cycle.candidate(candidate).map_or("", |known| known.category.as_str());
    let counts = |row: &Row<Claim>| is_looked_at(row) || !rule::is_verified_so_far(&run.cycle.rules, level, category);
    let rows = run.cycle.tables.claims.iter();
    rows.filter(|row| row.level == level && row.candidate.as_str() == candidate && row.claim == claim).any(counts)
}

/// A change of a verified figure: in the lowest chosen contest of the candidate, and in every contest above that it can reach, up to the
/// first level that has its own figure.
fn with_figure(
    run: &Run,
    selector: &Selector,
    candidate: &str,
    has_own: impl Fn(&str, &str) -> bool,
    change: impl Fn(&Entry) -> Result<Change, Message>,
) -> Result<Resolved, Message> {
    let id = explain::find(run, candidate).map_err(|not_found| not_found.message())?;
    let known = run.cycle.candidate(&id).ok_or_else(no_contest)?;
    let lowest = run.chosen_counts(selector).find(|(_, counted)| stands(counted, &id));
    let (contest, _) = lowest.ok_or_else(|| Message::new("what-if-no-contest-of").text("candidate", &known.name))?;
    let entry = |key: &ContestKey| run.state.contests.get(key).and_then(|contest| contest.entry(&id));
    let below = entry(&contest.key).ok_or_else(no_contest)?;
    let mut made = vec![(contest.key.clone(), Assumed { change: change(below)?, came_up: false })];
    for level in rule::way_up(&run.cycle.rules, &contest.level, &contest.category).into_iter().skip(1) {
        if has_own(&level.id, &id) {
            break;
        }
        let above = key(&run.cycle, &level.id, known);
        let change = change(entry(&above).unwrap_or(below))?;
        made.push((above, Assumed { change, came_up: true }));
    }
    Ok(made)
}

/// Whether a title is meant by its beginning.
fn is_title(known: &str, meant: &str) -> bool {
    known.to_lowercase().starts_with(&meant.trim_end_matches('…').to_lowercase())
}

/// An accepted item reaches another stage or is gone; one that was struck is counted with that stage.
fn item_change(entry: &Entry, list: &str, title: &str, stage: Option<&str>) -> Result<Change, Message> {
    let items = entry.lists.get(list).map(Vec::as_slice).unwrap_or_default();
    let titles: Vec<String> = items.iter().map(|item| item.title.clone()).collect();
    let found = items.iter().find(|item| item.title == title).or_else(|| items.iter().find(|item| is_title(&item.title, title)));
    let item = found.ok_or_else(|| unknown(title, &titles))?;
    let (id, list) = (entry.candidate.to_string(), list.to_owned());
    let position = items.iter().filter(|known| known.accepted).position(|known| known.title == item.title);
    Ok(match (position, stage) {
        (Some(position), Some(stage)) => Change::ItemStage { entry: id, list, position, stage: stage.to_owned() },
        (Some(position), None) => Change::RemoveItem { entry: id, list, position },
        (None, Some(stage)) => {
            let item = Item { kind: item.kind.clone(), stage: stage.to_owned(), attributes: item.attributes.clone() };
            Change::AddItem { entry: id, list, item }
        }
        (None, None) => return Err(Message::new("what-if-item-out").text("title", &item.title)),
    })
}

fn stands(counted: &Counted, candidate: &str) -> bool {
    counted.count.entries.iter().any(|entry| entry.id == candidate)
}

fn nodes(counted: &Counted) -> Vec<String> {
    let mut nodes = Vec::new();
    let mut open = vec![&counted.count.tree];
    while let Some(node) = open.pop() {
        nodes.push(node.id.clone());
        open.extend(node.below());
    }
    nodes
}

fn unknown_node(run: &Run, selector: &Selector, node: &str) -> Message {
    let nodes: Vec<String> = run.chosen_counts(selector).flat_map(|(_, counted)| nodes(counted)).collect();
    unknown(node, &nodes)
}

fn unknown(word: &str, options: &[String]) -> Message {
    let mut options: Vec<&str> = options.iter().map(String::as_str).collect();
    options.sort_unstable();
    options.dedup();
    Message::new("what-if-unknown").text("word", word).message("hint", near::hint(word, options))
}

fn no_contest() -> Message {
    Message::new("what-if-no-contest")
}

impl Run {
    /// The counted contests that a selector means, lowest level first.
    fn chosen_counts<'r>(&'r self, selector: &'r Selector) -> impl Iterator<Item = (&'r ContestRun, &'r Counted)> {
        let chosen = self.chosen(selector.level.as_deref(), selector.region.as_deref(), selector.category.as_deref());
        chosen.filter_map(|contest| Some((contest, contest.counted.as_ref()?)))
    }
}
