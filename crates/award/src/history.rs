//! Riwayat: what an organisation or a region reached, edition by edition, and where editions cannot be compared.
//!
//! Indicators of different editions measure the same where their rulebooks give them the same `equivalent`; that is an assumption unless a
//! source says so. Points compare only on the same scale, totals only under the same scheme; the raw value (a coverage, a count) compares
//! where the same claims make it. Placings of different kinds stay beside each other: top 8 nominated, top 6 in the end.

use std::collections::BTreeMap;

use rules::Rulebook;
use rules::rulebook::{Indicator, IndicatorKind, Scheme};
use serde::{Deserialize, Serialize};
use tally::Exact;

use crate::act::ContestKey;
use crate::cycle::tables::{Candidate, PastStanding};
use crate::id::CandidateId;
use crate::rule;
use crate::stage::revocation::Revoked;
use crate::state::{Contest, State};

/// By what an organisation is known again: its ids and names in the editions, aliases among them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Ids of its candidates.
    pub ids: Vec<CandidateId>,
    /// Names; upper and lower case are the same.
    pub names: Vec<String>,
}

impl Identity {
    pub(crate) fn is(&self, candidate: &Candidate) -> bool {
        self.ids.contains(&candidate.id) || self.is_named(&candidate.name)
    }

    fn is_named(&self, name: &str) -> bool {
        let same = |known: &String| known.to_lowercase() == name.to_lowercase();
        self.names.iter().any(same) || self.ids.iter().any(|id| id.as_str() == name)
    }
}

/// One thing that was reached. Several kinds may stand for the same edition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Placing {
    /// A place in a contest among so many.
    Place {
        /// The level.
        level: String,
        /// The place, from 1.
        place: u32,
        /// How many had a place.
        among: u32,
    },
    /// An award of that id.
    Award(String),
    /// What a source tells, such as `nominated_top` with the value 8.
    Told {
        /// What: `candidate`, `nominated_top`, `final_top`, `place`, `winner`, `title`.
        standing: String,
        /// Its value.
        value: Option<String>,
    },
    /// What was reached was revoked.
    Revoked,
}

/// What an indicator gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measured {
    /// The indicator's id in this edition.
    pub indicator: String,
    /// Its points; none where it has none.
    pub points: Option<Exact>,
    /// Numerator by denominator, or the count; none for what jurors mark.
    pub raw: Option<Exact>,
    /// Whether that it measures the same as in other editions is our assumption.
    pub assumed: bool,
}

/// What was reached in one contest of an edition; in an edition that only a source tells of, without a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The edition.
    pub edition: String,
    /// The year judged.
    pub year: i16,
    /// The level; none where only a source tells.
    pub level: Option<String>,
    /// The category.
    pub category: Option<String>,
    /// What was reached, of every kind.
    pub placings: Vec<Placing>,
    /// The total.
    pub total: Option<Exact>,
    /// By the name that indicators of different editions share.
    pub measured: BTreeMap<String, Measured>,
}

/// Why two neighbouring rows of the same level cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Another category: other competitors.
    OtherCategory,
    /// Only a source tells of one of them; there are no figures.
    OnlyTold,
    /// Points are made or weighed in another way.
    OtherScheme,
    /// One of them does not measure it.
    NotMeasured,
    /// It is measured from other claims or in another way.
    OtherMeasure,
    /// The same measure gives other points.
    OtherScale,
}

/// That something does not compare between two editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// The earlier edition.
    pub from: String,
    /// The later edition.
    pub to: String,
    /// What does not compare: `total`, `place`, or the shared name of an indicator.
    pub of: String,
    /// Why.
    pub why: Why,
}

/// What an organisation reached, earliest year first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// One row for each contest, and one for each edition of which only a source tells.
    pub rows: Vec<Row>,
    /// What does not compare between neighbouring editions at the same level.
    pub breaks: Vec<Break>,
}

/// What the organisations of a region reached in an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegionYear {
    /// The edition.
    pub edition: String,
    /// The year judged.
    pub year: i16,
    /// The code that the region had then.
    pub code: String,
    /// How many of its candidates stood.
    pub candidates: usize,
    /// How many went up from their first contest.
    pub went_up: usize,
    /// How many have an award at the highest level that they reached.
    pub awarded: usize,
}

/// What an organisation reached in several editions, with where they do not compare.
///
/// ```
/// use award::history::{Identity, of_organisation};
///
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
/// let melati = Identity { ids: vec!["melati".into()], names: vec!["Kampung Melati".into()] };
/// let series = of_organisation(&[&state], &melati);
/// assert_eq!(series.rows[0].total.as_ref().unwrap().to_string(), "83");
/// ```
pub fn of_organisation(editions: &[&State], identity: &Identity) -> Series {
    let mut known: Vec<(Row, Option<&Rulebook>)> = Vec::new();
    for state in editions {
        known.extend(rows(state, identity).into_iter().map(|(row, rules)| (row, Some(rules))));
    }
    for told in editions.iter().flat_map(|state| &state.history).filter(|told| identity.is_named(&told.organisation)) {
        tell(&mut known, told);
    }
    known.sort_by(|(one, _), (other, _)| {
        let order = |row: &Row| (row.year, row.edition.clone(), row.level.is_none());
        order(one).cmp(&order(other))
    });
    let breaks = breaks(&known);
    Series { rows: known.into_iter().map(|(row, _)| row).collect(), breaks }
}

/// What a region's organisations reached in several editions. The region is known by its id, through changes of code and province.
pub fn of_region(editions: &[&State], region: &str) -> Vec<RegionYear> {
    let mut years: Vec<RegionYear> = editions.iter().filter_map(|state| region_year(state, region)).collect();
    years.sort_by(|one, other| (one.year, &one.edition).cmp(&(other.year, &other.edition)));
    years
}

/// The rows of an edition with the rulebook of their rounds: one for each contest in which the organisation stood, lowest level first.
fn rows<'s>(state: &'s State, identity: &Identity) -> Vec<(Row, &'s Rulebook)> {
    let mut rows = Vec::new();
    for candidate in state.candidates.values().filter(|candidate| identity.is(candidate)) {
        let stood = state.contests.iter().filter(|(_, contest)| contest.entry(candidate.id.as_str()).is_some());
        rows.extend(stood.map(|(key, contest)| (row(state, key, contest, candidate), state.rules_of(&key.round))));
    }
    rows.sort_by_key(|(row, _)| row.level.as_ref().map(|level| rule::height(&state.rules, level)));
    rows
}

fn row(state: &State, key: &ContestKey, contest: &Contest, candidate: &Candidate) -> Row {
    let counted = contest.result();
    let outcome = counted.map(|counted| &counted.outcome);
    let placed = outcome.and_then(|outcome| outcome.standing.iter().find(|row| row.entry == candidate.id.as_str()));
    let place = counted.zip(placed).map(|(counted, row)| Placing::Place {
        level: key.round.level.clone(),
        place: counted.place(row),
        among: u32::try_from(counted.among(row)).unwrap_or(u32::MAX),
    });
    let mut placings: Vec<Placing> = place.into_iter().collect();
    let awards = outcome.map(|outcome| outcome.awards.as_slice()).unwrap_or_default();
    let own = awards.iter().filter(|award| award.entries.iter().any(|entry| entry == candidate.id.as_str()));
    placings.extend(own.map(|award| Placing::Award(award.id.clone())));
    let is_own = |revoked: &Revoked| revoked.revocation.candidate == candidate.id;
    placings.extend(contest.closing.revocations.iter().any(is_own).then_some(Placing::Revoked));
    Row {
        edition: state.rules.edition.id.clone(),
        year: state.rules.edition.assessment_to.year(),
        level: Some(key.round.level.clone()),
        category: Some(key.category.clone()),
        placings,
        total: placed.map(|row| row.total.clone()),
        measured: measured(state, key, contest, &candidate.id),
    }
}

fn measured(state: &State, key: &ContestKey, contest: &Contest, candidate: &CandidateId) -> BTreeMap<String, Measured> {
    let Some(rule) = state.rule(key) else { return BTreeMap::new() };
    let values = contest.result().and_then(|result| result.outcome.values.get(candidate.as_str()));
    let count = contest.result().and_then(|result| result.count.entries.iter().find(|entry| entry.id == candidate.as_str()));
    let claim = |name: &String| count.and_then(|entry| entry.claims.get(name)).cloned();
    let of = |indicator: &Indicator| Measured {
        indicator: indicator.id.clone(),
        points: values.and_then(|values| values.get(&indicator.id)).cloned().flatten(),
        raw: match &indicator.kind {
            IndicatorKind::Ratio { numerator, denominator, .. } => {
                claim(numerator).zip(claim(denominator)).and_then(|(part, whole)| part.checked_div(&whole))
            }
            IndicatorKind::Count { claim: name } => claim(name),
            _ => None,
        },
        assumed: indicator.clause.is_assumed("equivalent"),
    };
    let shared = rule::indicators(state.rules_of(&key.round), rule).into_iter();
    shared.filter_map(|(_, indicator)| Some((indicator.equivalent.clone()?, of(indicator)))).collect()
}

/// Puts what a source tells beside the row of the same edition and year, or into a row of its own.
fn tell(known: &mut Vec<(Row, Option<&Rulebook>)>, told: &PastStanding) {
    let placing = Placing::Told { standing: told.standing.clone(), value: told.value.clone() };
    let same = |row: &Row| row.level.is_none() && row.edition == told.edition && row.category == told.category;
    match known.iter_mut().find(|(row, _)| same(row)) {
        Some((row, _)) if row.placings.contains(&placing) => {}
        Some((row, _)) => row.placings.push(placing),
        None => {
            let (edition, category) = (told.edition.clone(), told.category.clone());
            let (placings, measured) = (vec![placing], BTreeMap::new());
            let row = Row { edition, year: told.year, level: None, category, placings, total: None, measured };
            known.push((row, None));
        }
    }
}

/// What does not compare between each row and the next one of the same level.
fn breaks(known: &[(Row, Option<&Rulebook>)]) -> Vec<Break> {
    let mut breaks = Vec::new();
    for (at, (later, rules)) in known.iter().enumerate() {
        let before = known[..at].iter().rev().find(|(row, _)| row.edition != later.edition && same_level(row, later));
        let Some((earlier, before)) = before else { continue };
        let mut add = |of: &str, why: Why| {
            breaks.push(Break { from: earlier.edition.clone(), to: later.edition.clone(), of: of.to_owned(), why });
        };
        let (Some(before), Some(rules)) = (before, rules) else {
            add("total", Why::OnlyTold);
            continue;
        };
        if earlier.category != later.category {
            add("place", Why::OtherCategory);
        }
        let schemes = (scheme(before, earlier), scheme(rules, later));
        if !schemes.0.zip(schemes.1).is_some_and(|(one, other)| is_same_scheme(one, other)) {
            add("total", Why::OtherScheme);
        }
        for name in earlier.measured.keys().chain(later.measured.keys().filter(|name| !earlier.measured.contains_key(*name))) {
            let of = |scheme: Option<&'_ Scheme>, row: &Row| indicator(scheme, row.measured.get(name)).cloned();
            match (of(schemes.0, earlier), of(schemes.1, later)) {
                (Some(one), Some(other)) if one.kind != other.kind => add(name, Why::OtherMeasure),
                (Some(one), Some(other)) if one.scale != other.scale || one.limits != other.limits => add(name, Why::OtherScale),
                (Some(_), Some(_)) => {}
                _ => add(name, Why::NotMeasured),
            }
        }
    }
    breaks
}

fn same_level(one: &Row, other: &Row) -> bool {
    one.level == other.level || one.level.is_none() || other.level.is_none()
}

fn scheme<'r>(rules: &'r Rulebook, row: &Row) -> Option<&'r Scheme> {
    let rule = rules.contest(row.category.as_deref()?, row.level.as_deref()?)?;
    rules.scheme(&rule.scheme)
}

fn indicator<'s>(scheme: Option<&'s Scheme>, measured: Option<&Measured>) -> Option<&'s Indicator> {
    scheme?.indicator(&measured?.indicator).map(|(_, indicator)| indicator)
}

/// Whether totals of two schemes mean the same: all that makes points, not what it is called or where it comes from.
fn is_same_scheme(one: &Scheme, other: &Scheme) -> bool {
    let indicators = |scheme: &Scheme| -> Vec<_> {
        let all = scheme.aspects.iter().flat_map(|aspect| aspect.indicators.iter().map(move |indicator| (aspect, indicator)));
        all.map(|(aspect, indicator)| {
            let aspect = (aspect.weight.clone(), aspect.combine, aspect.role, aspect.limits.clone());
            (aspect, indicator.weight.clone(), indicator.kind.clone(), indicator.scale.clone(), indicator.limits.clone())
        })
        .collect()
    };
    let whole = |scheme: &Scheme| (scheme.combine, scheme.stage_weights.clone(), scheme.method, scheme.limits.clone());
    whole(one) == whole(other) && indicators(one) == indicators(other)
}

fn region_year(state: &State, region: &str) -> Option<RegionYear> {
    let known = |candidate: &&Candidate| {
        let here = state.geography.region(&candidate.region).is_some_and(|found| found.id == region);
        here || state.geography.region(state.geography.province(&candidate.region)).is_some_and(|found| found.id == region)
    };
    let candidates: Vec<&Candidate> = state.candidates.values().filter(known).collect();
    let first = candidates.first()?;
    let own = state.geography.region(&first.region).filter(|found| found.id == region);
    let code = own.map_or_else(|| state.geography.province(&first.region).to_owned(), |found| found.code.clone());
    let went_up = |candidate: &&&Candidate| state.contests.values().any(|contest| contest.went_up(&candidate.id).is_some());
    let awarded = |candidate: &&&Candidate| {
        let own = state.contests.iter().filter(|(_, contest)| contest.entry(candidate.id.as_str()).is_some());
        let highest = own.max_by_key(|(key, _)| rule::height(&state.rules, &key.round.level));
        let awards = highest.and_then(|(_, contest)| contest.result()).map(|result| result.outcome.awards.as_slice());
        awards.unwrap_or_default().iter().any(|award| award.entries.iter().any(|entry| entry == candidate.id.as_str()))
    };
    Some(RegionYear {
        edition: state.rules.edition.id.clone(),
        year: state.rules.edition.assessment_to.year(),
        code,
        candidates: candidates.len(),
        went_up: candidates.iter().filter(went_up).count(),
        awarded: candidates.iter().filter(awarded).count(),
    })
}
