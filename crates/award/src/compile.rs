//! From the facts of a contest to its count document: the rulebook gives the tree, the facts give the entries and sheets.
//!
//! The count knows ids only. What stands in it is all that counts: whoever holds it can recount without the rulebook.

use std::collections::{BTreeMap, BTreeSet};

use rules::rulebook::{CarriedValue, ClaimShape, IndicatorKind};
use tally::{By, Count, Exact, Formula, Item, Lot, Mark, Measure, Orders, Presence, Sheet, SheetState};

use crate::act::{ContestKey, HandedSheet};
use crate::cycle::parse::figures::{is_correction, is_looked_at};
use crate::cycle::tables::{Came, Claim};
use crate::id::{CandidateId, JurorId};
use crate::panel;
use crate::rule;
use crate::state::{Contest, Entry, State};

/// What names of claims begin with that say how often somebody won in so many years before.
const WINS_WITHIN: &str = "history.wins_within_";

/// The count of a contest as the facts stand. Entries that were not admitted are not in it.
pub(crate) fn count(state: &State, key: &ContestKey) -> Count {
    let mut count = without_sheets(state, key);
    if let Some(contest) = state.contests.get(key) {
        let standing: BTreeSet<&str> = count.entries.iter().map(|entry| entry.id.as_str()).collect();
        let counts = |juror: &JurorId| !panel::has_left(state, key, juror) || count.jurors.iter().any(|id| id == juror.as_str());
        count.sheets = sheets(contest, &|candidate| standing.contains(candidate.as_str()), &counts);
    }
    count
}

/// The same before anybody handed in a sheet.
pub(crate) fn without_sheets(state: &State, key: &ContestKey) -> Count {
    let mut count = skeleton(state, key);
    let Some(contest) = state.contests.get(key) else { return count };
    count.contest = state.contest_id(key).to_string();
    count.jurors = state.jurors(key).iter().map(|juror| juror.juror.to_string()).collect();
    let (leaves, spans) = (Leaves::of(&count.tree), spans(&count));
    let admitted = || contest.entries.iter().filter(|entry| entry.not_admitted.is_none());
    let verified = rule::is_verified_so_far(state.rules_of(&key.round), &key.round.level, &key.category);
    let compiler = Compiler { state, key, leaves: &leaves, spans: &spans, verified };
    count.entries = admitted().map(|entry| compiler.entry(entry)).collect();
    let standing: BTreeSet<&CandidateId> = admitted().map(|entry| &entry.candidate).collect();
    let stands = |candidate: &CandidateId| standing.contains(candidate);
    count.lot = state.lots.get(&key.round.level).map(|lot| Lot {
        commitment: lot.commitment.clone(),
        secret: lot.secret.clone(),
        words: lot.words.clone(),
    });
    let order = |order: &[CandidateId]| order.iter().filter(|id| stands(id)).map(CandidateId::to_string).collect::<Vec<_>>();
    if !contest.chair_orders.is_empty() || !contest.plenary_orders.is_empty() {
        count.orders =
            Some(Orders { chair: order(&contest.chair_orders.concat()), plenary: order(&contest.plenary_orders.concat()) });
    }
    for award in &mut count.awards {
        if let By::Named(entries) = &mut award.by {
            *entries = order(contest.named.get(&award.id).map(Vec::as_slice).unwrap_or_default());
        }
    }
    count
}

/// The count of one entry by itself, with everything that it claims as if it stood: what was verified, else what was claimed, and every
/// product that was stated and not struck.
pub(crate) fn alone(state: &State, key: &ContestKey, entry: &Entry) -> Count {
    let mut count = skeleton(state, key);
    count.contest = state.contest_id(key).to_string();
    let (leaves, spans) = (Leaves::of(&count.tree), spans(&count));
    let compiler = Compiler { state, key, leaves: &leaves, spans: &spans, verified: false };
    let mut own = compiler.entry(entry);
    for claim in entry.restated.values().filter(|claim| !compiler.is_list(&claim.claim)) {
        own.claims.extend(claim.claimed.clone().map(|value| (claim.claim.clone(), value)));
    }
    for product in entry.products.iter().map(|product| &product.stated).filter(|stated| !stated.struck) {
        let verified = entry.lists.get(&product.list).is_some_and(|items| items.iter().any(|item| item.title == product.title));
        let items = own.lists.entry(product.list.clone()).or_default();
        if !verified {
            let (kind, stage, attributes) = (product.kind.clone(), product.stage.clone(), product.attributes.clone());
            items.push(Item { kind, stage, attributes });
        }
    }
    count.entries = vec![own];
    count
}

/// The count's rules, without entries.
fn skeleton(state: &State, key: &ContestKey) -> Count {
    let rule = state.rule(key).expect("a contest exists only where the rulebook has rules for it");
    rules::compile(state.rules_of(&key.round), rule, &key.category)
}

/// The name of a node of a contest's count in both languages; the id itself for a node that the rulebook does not name.
pub(crate) fn node_name(state: &State, key: &ContestKey, node: &str) -> (String, String) {
    let scheme = state.rule(key).and_then(|rule| state.rules_of(&key.round).scheme(&rule.scheme));
    let name = scheme.and_then(|scheme| rules::node_name(scheme, node));
    name.map_or((node.to_owned(), node.to_owned()), |name| (name.id, name.en))
}

/// The leaves of a tree, by what may be said of them.
struct Leaves {
    all: BTreeSet<String>,
    stated: BTreeSet<String>,
}

impl Leaves {
    fn of(root: &tally::Node) -> Leaves {
        let mut leaves = Leaves { all: BTreeSet::new(), stated: BTreeSet::new() };
        let mut open = vec![root];
        while let Some(node) = open.pop() {
            if let Some(leaf) = &node.leaf {
                leaves.all.insert(node.id.clone());
                if leaf.measure == tally::Measure::Stated {
                    leaves.stated.insert(node.id.clone());
                }
            }
            if let Some(group) = &node.group {
                open.extend(group.parts.iter().map(|part| &part.node));
                open.extend(group.bonuses.iter().chain(&group.penalties));
            }
        }
        leaves
    }
}

/// The spans of years for which a count asks how often somebody won before.
fn spans(count: &Count) -> BTreeSet<u32> {
    let mut names = BTreeSet::new();
    let mut formula = |text: &str| names.extend(Formula::parse(text).iter().flat_map(|formula| formula.names().to_vec()));
    count.derived.iter().for_each(|derived| formula(&derived.formula));
    for award in &count.awards {
        if let By::Condition(condition) = &award.by {
            formula(condition);
        }
    }
    let mut open = vec![&count.tree];
    // The name of a claim reads as a formula too, unless it has a dash; those of wins have none.
    let mut measures: Vec<&Measure> = count.gates.iter().map(|gate| &gate.measure).collect();
    while let Some(node) = open.pop() {
        measures.extend(node.leaf.iter().map(|leaf| &leaf.measure));
        open.extend(node.below());
    }
    for measure in measures {
        let mut measure = measure;
        while let Measure::Relative { of, .. } = measure {
            measure = of;
        }
        match measure {
            Measure::Formula(text) => formula(text),
            Measure::Claim(claim) => formula(claim),
            _ => {}
        }
    }
    names.iter().filter_map(|name| name.strip_prefix(WINS_WITHIN)?.parse().ok()).collect()
}

struct Compiler<'s> {
    state: &'s State,
    key: &'s ContestKey,
    leaves: &'s Leaves,
    spans: &'s BTreeSet<u32>,
    /// Whether this contest or one below it verifies claims.
    verified: bool,
}

impl Compiler<'_> {
    fn entry(&self, entry: &Entry) -> tally::Entry {
        let candidate = &self.state.candidates[&entry.candidate];
        let level = self.state.rules_of(&self.key.round).level(&self.key.round.level);
        let geography = &self.state.geography;
        let stated = entry.stated.iter().filter(|(leaf, _)| self.leaves.stated.contains(*leaf));
        tally::Entry {
            id: entry.candidate.to_string(),
            region: Some(geography.province(&candidate.region).to_owned()),
            pool: level.and_then(|level| geography.pool(level, &candidate.region)),
            claims: self.claims(entry),
            lists: self.lists(entry),
            stated: stated.map(|(leaf, points)| (leaf.clone(), points.points.clone())).collect(),
            not_applicable: entry.not_applicable.keys().filter(|leaf| self.leaves.all.contains(*leaf)).cloned().collect(),
            attendance: presence(entry),
            corrections: corrections(entry),
            withdrawn: entry.withdrawn.is_some(),
        }
    }

    /// Verified numbers, wins of earlier years, and what was carried up.
    fn claims(&self, entry: &Entry) -> BTreeMap<String, Exact> {
        let standing = entry.claims.values().filter(|claim| !self.is_list(&claim.claim));
        let mut claims: BTreeMap<String, Exact> =
            standing.filter_map(|claim| Some((claim.claim.clone(), self.value(claim)?))).collect();
        claims.extend(self.wins(&entry.candidate));
        claims.extend(self.given(entry));
        claims.extend(entry.carried.clone());
        claims
    }

    /// Place or total of a lower level that is taken as given, because the candidate entered above it.
    fn given(&self, entry: &Entry) -> BTreeMap<String, Exact> {
        let indicators = self
            .state
            .rule(self.key)
            .map(|rule| rule::indicators(self.state.rules_of(&self.key.round), rule))
            .unwrap_or_default();
        let carried = indicators.into_iter().filter_map(|(_, indicator)| match &indicator.kind {
            IndicatorKind::Carried { level, value } => Some((&indicator.id, level, value)),
            _ => None,
        });
        let name = |level: &str, value: &CarriedValue| match value {
            CarriedValue::Total => format!("carried.{level}.total"),
            CarriedValue::Place => format!("carried.{level}.place"),
        };
        carried.filter_map(|(id, level, value)| Some((name(level, value), entry.stated.get(id)?.points.clone()))).collect()
    }

    /// What of a claim counts: what was verified; where nobody has verified claims so far, what was claimed.
    fn value(&self, claim: &Claim) -> Option<Exact> {
        if is_looked_at(claim) || self.verified { claim.verified.clone() } else { claim.claimed.clone() }
    }

    fn is_list(&self, claim: &str) -> bool {
        self.state.rules_of(&self.key.round).claim(claim).is_some_and(|rule| rule.shape == ClaimShape::List)
    }

    /// Accepted items by list. A list whose items were all struck, or of which a claim says that it has none, is empty.
    fn lists(&self, entry: &Entry) -> BTreeMap<String, Vec<Item>> {
        let none = entry.claims.values().filter(|claim| self.is_list(&claim.claim) && self.value(claim).is_some());
        let mut lists: BTreeMap<String, Vec<Item>> = none.map(|claim| (claim.claim.clone(), Vec::new())).collect();
        for (list, items) in &entry.lists {
            let accepted = items.iter().filter(|item| item.accepted);
            let item = |item: &crate::cycle::tables::ListItem| Item {
                kind: item.kind.clone(),
                stage: item.stage.clone(),
                attributes: item.attributes.clone(),
            };
            lists.insert(list.clone(), accepted.map(item).collect());
        }
        lists
    }

    /// How often the organisation won in the years before, for every span that the count asks about.
    fn wins(&self, candidate: &CandidateId) -> BTreeMap<String, Exact> {
        let wins = |years: &u32| (format!("{WINS_WITHIN}{years}"), Exact::from(self.wins_within(candidate, *years)));
        self.spans.iter().map(wins).collect()
    }

    fn wins_within(&self, candidate: &CandidateId, years: u32) -> u32 {
        let candidate = &self.state.candidates[candidate];
        let this_year = self.state.rules_of(&self.key.round).edition.assessment_to.year();
        let first = i64::from(this_year) - i64::from(years);
        let is_own = |row: &&crate::cycle::tables::PastStanding| {
            let named =
                row.organisation == candidate.id.as_str() || row.organisation.to_lowercase() == candidate.name.to_lowercase();
            named && row.region.as_ref().is_none_or(|region| *region == candidate.region)
        };
        let in_span = |year: i16| year < this_year && i64::from(year) >= first;
        let wins = self.state.history.iter().filter(is_own).filter(|row| row.standing == "winner" && in_span(row.year));
        u32::try_from(wins.count()).unwrap_or(u32::MAX)
    }
}

/// Whether the entry came; excused is absent with a reason.
fn presence(entry: &Entry) -> Option<Presence> {
    let attendance = entry.attendance.as_ref()?;
    Some(match attendance.state {
        Came::Present => Presence::Present(attendance.rank.clone().unwrap_or_else(|| "present".to_owned())),
        Came::Absent | Came::Excused => Presence::Absent,
    })
}

/// How many claims the verifier changed or struck, and items struck.
pub(crate) fn corrections(entry: &Entry) -> u32 {
    let claims = entry.claims.values().filter(|claim| is_correction(claim)).count();
    let items = entry.lists.values().flatten().filter(|item| !item.accepted).count();
    u32::try_from(claims + items).unwrap_or(u32::MAX)
}

/// The sheets handed in for those who stand, and one for each recusal.
fn sheets(contest: &Contest, stands: &impl Fn(&CandidateId) -> bool, counts: &impl Fn(&JurorId) -> bool) -> Vec<Sheet> {
    let handed = contest.sheets.iter().filter(|sheet| stands(&sheet.candidate) && counts(&sheet.juror)).map(sheet);
    let recusals = contest.conflicts.iter().filter(|conflict| conflict.recused && stands(&conflict.candidate));
    let recusals = recusals.filter(|conflict| counts(&conflict.juror));
    let recused: BTreeSet<_> = recusals.map(|conflict| (conflict.juror.to_string(), conflict.candidate.to_string())).collect();
    let recused =
        recused.into_iter().map(|(juror, entry)| Sheet { juror, entry, state: SheetState::Recused, marks: BTreeMap::new() });
    handed.chain(recused).collect()
}

fn sheet(sheet: &HandedSheet) -> Sheet {
    let marks: BTreeMap<String, Mark> = sheet.marks.iter().map(|(leaf, mark)| (leaf.clone(), mark.clone())).collect();
    Sheet { juror: sheet.juror.to_string(), entry: sheet.candidate.to_string(), state: sheet.state, marks }
}
