//! What an edition made public, as one value: who reached what, and where it sat then. Searches and histories are worked out from it, so that
//! nothing under embargo can come into them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rules::regions::Regions;
use rules::rulebook::Text;
use serde::Serialize;

use super::{RowSeen, Step, Viewer};
use crate::act::ContestKey;
use crate::cycle::tables::PastStanding;
use crate::id::CandidateId;
use crate::rule;

/// What is public of an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Annals {
    pub edition: String,
    pub name: Text,
    /// Which award it is, counted from the first.
    pub ordinal: Option<u32>,
    /// First and last day of the period judged.
    pub assessed: (Date, Date),
    /// The day whose regions hold.
    pub map: Date,
    /// Whether candidates stand in Indonesian regions.
    pub is_country: bool,
    /// One for each candidate in each contest that is announced: highest level first, there by category and place.
    pub reached: Vec<Reached>,
    /// What sources tell of editions before.
    pub told: Vec<PastStanding>,
}

/// What a candidate reached in a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Reached {
    pub candidate: CandidateId,
    pub name: String,
    /// The code that its region had then.
    pub region: String,
    pub region_name: String,
    /// The path of the contest, as in `province/18/kabkota`.
    pub contest: String,
    pub level: String,
    pub level_name: Text,
    /// How high the level is; the lowest is 0.
    pub height: usize,
    pub category: String,
    pub category_name: Text,
    /// The place, in its pool where places go by pool.
    pub place: u32,
    /// How many have a place there.
    pub among: usize,
    /// The pool in which the place is; none where all compete with all.
    pub pool: Option<Text>,
    /// Exact.
    pub total: String,
    pub total_shown: String,
    pub awards: Vec<Text>,
    pub went_up: bool,
    /// Whether what it reached was revoked, or it dropped out.
    pub is_out: bool,
}

/// Something reached in a region, and under which name and province it was then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ReachedHere<'a> {
    #[serde(flatten)]
    pub reached: &'a Reached,
    /// The province in which it lay then, where that is another one than now.
    pub province_then: Option<&'static str>,
}

impl Viewer<'_> {
    /// What of the edition is announced: only contests whose standing is open to whoever looks, and no provisional result.
    ///
    /// ```
    /// use award::view::Viewer;
    ///
    /// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
    /// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
    /// let annals = Viewer::public(&state).annals();
    /// let names: Vec<_> = annals.reached.iter().map(|reached| (reached.place, reached.name.as_str())).collect();
    /// assert_eq!(names, [(1, "Kampung Melati"), (2, "Kampung Kenanga")]);
    /// ```
    pub fn annals(&self) -> Annals {
        let edition = &self.state.rules.edition;
        let mut reached: Vec<Reached> = self.state.contests.keys().flat_map(|key| self.reached(key)).collect();
        reached.sort_by(|one, other| {
            let order = |of: &Reached| (std::cmp::Reverse(of.height), self.turn(&of.category), of.contest.clone(), of.place);
            order(one).cmp(&order(other))
        });
        Annals {
            edition: edition.id.clone(),
            name: edition.name.clone(),
            ordinal: edition.ordinal,
            assessed: (edition.assessment_from, edition.assessment_to),
            map: edition.regions_as_of,
            is_country: edition.country_levels,
            reached,
            told: self.state.history.clone(),
        }
    }

    /// Where a category stands in the rulebook.
    fn turn(&self, category: &str) -> Option<usize> {
        self.state.rules.categories.iter().position(|known| known.id == category)
    }

    fn reached(&self, key: &ContestKey) -> Vec<Reached> {
        // A result that is only provisional can still fall, and nobody has won by it.
        let Some(view) = self.contest(key).filter(|view| view.step == Step::Announced) else { return Vec::new() };
        let (Some(rows), Some(awards)) = (view.standing.shown(), view.awards.shown()) else { return Vec::new() };
        let height = rule::height(&self.state.rules, &key.round.level);
        let of = |row: &RowSeen| {
            let own = awards.iter().filter(|award| award.candidates.contains(&row.candidate));
            Reached {
                candidate: row.candidate.clone(),
                name: row.name.clone(),
                region: self.state.candidates.get(&row.candidate).map(|known| known.region.clone()).unwrap_or_default(),
                region_name: row.region_name.clone(),
                contest: key.path(),
                level: view.level.clone(),
                level_name: view.level_name.clone(),
                height,
                category: view.category.clone(),
                category_name: view.category_name.clone(),
                place: row.place,
                among: row.among,
                pool: view.pools.iter().find(|pool| Some(&pool.id) == row.pool.as_ref()).map(|pool| pool.name.clone()),
                total: row.total.clone(),
                total_shown: row.total_shown.clone(),
                awards: own.map(|award| award.name.clone()).collect(),
                went_up: row.went_up,
                is_out: row.is_out,
            }
        };
        rows.iter().map(of).collect()
    }
}

impl Annals {
    /// Who holds an award at the highest level whose results are open: the winners of the edition.
    pub fn winners(&self) -> Vec<&Reached> {
        let highest = self.reached.iter().map(|reached| reached.height).max();
        let wins = |reached: &&Reached| Some(reached.height) == highest && !reached.awards.is_empty() && !reached.is_out;
        self.reached.iter().filter(wins).collect()
    }

    /// What was reached by a region and those in it, the region given by its code of now. Provinces, regencies and cities are followed through
    /// changes of code and province: what lay in the region then counts, and what lies in it now. Districts and villages are followed only
    /// with the regency in which they lie.
    pub fn of_region(&self, code: &str) -> Vec<ReachedHere<'_>> {
        if !self.is_country {
            return Vec::new();
        }
        let mut known = BTreeMap::new();
        let mut here = |reached: &Reached| -> Option<Option<&'static str>> {
            let (now, then) = known.entry(reached.region.clone()).or_insert_with(|| self.codes(&reached.region));
            let (is_now, was_then) = (lies_in(now, code), lies_in(&reached.region, &code_on(code, self.map)?));
            (is_now || was_then).then(|| then.filter(|_| now.get(..2) != reached.region.get(..2)))
        };
        let found = self.reached.iter().filter_map(|reached| Some((reached, here(reached)?)));
        found.map(|(reached, province_then)| ReachedHere { reached, province_then }).collect()
    }

    /// The code that a region of then has now.
    pub fn code_now(&self, region: &str) -> String {
        self.codes(region).0
    }

    /// The code of now of a region of then, and the name of its province then.
    fn codes(&self, region: &str) -> (String, Option<&'static str>) {
        let regions = Regions::embedded();
        let province = region.get(..2).and_then(|code| regions.province(code, self.map)).map(|province| province.name.as_str());
        let Some((regency, rest)) = region.get(..5).and_then(|code| Some((regions.regency(code, self.map)?, region.get(5..)?)))
        else {
            return (region.to_owned(), province);
        };
        let now = regions.by_id(&regency.id, Date::MAX).map_or(regency.code.as_str(), |now| now.code.as_str());
        (format!("{now}{rest}"), province)
    }
}

/// The code on a day of the region that has a code now; none if it did not exist then.
pub(super) fn code_on(code: &str, day: Date) -> Option<String> {
    let regions = Regions::embedded();
    let now = match code.len() {
        2 => regions.province(code, Date::MAX),
        _ => regions.regency(code.get(..5)?, Date::MAX),
    }?;
    let then = regions.by_id(&now.id, day);
    // A province that was not there yet has no code of then; what lies in it now still counts.
    let then = then.map_or(String::new(), |then| then.code.clone());
    Some(if code.len() > 5 && !then.is_empty() { format!("{then}{}", &code[5..]) } else { then })
}

/// Whether a region is another one or lies in it.
fn lies_in(region: &str, other: &str) -> bool {
    let rest = region.strip_prefix(other).filter(|_| !other.is_empty());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn reached(name: &str, region: &str, height: usize, awards: usize) -> Reached {
        let text = Text { id: "Juara".into(), en: "Winner".into() };
        Reached {
            candidate: name.into(),
            name: name.into(),
            region: region.into(),
            region_name: String::new(),
            contest: String::new(),
            level: String::new(),
            level_name: text.clone(),
            height,
            category: String::new(),
            category_name: text.clone(),
            place: 1,
            among: 1,
            pool: None,
            total: "1".into(),
            total_shown: "1,00".into(),
            awards: vec![text; awards],
            went_up: false,
            is_out: false,
        }
    }

    fn annals(map: Date, reached: Vec<Reached>) -> Annals {
        let name = Text { id: "Tahun".into(), en: "Year".into() };
        let assessed = (map, map);
        Annals { edition: "e".into(), name, ordinal: None, assessed, map, is_country: true, reached, told: Vec::new() }
    }

    fn here(annals: &Annals, code: &str) -> Vec<(String, Option<&'static str>)> {
        annals.of_region(code).into_iter().map(|here| (here.reached.name.clone(), here.province_then)).collect()
    }

    #[test]
    fn what_a_regency_reached_under_its_former_province_stands_with_both_provinces() {
        let before = annals(date(2021, 1, 1), vec![reached("raja-ampat", "92.05", 0, 1), reached("manokwari", "92.02", 0, 0)]);
        let moved = ("raja-ampat".to_owned(), Some("Papua Barat"));
        assert_eq!(here(&before, "96.03"), std::slice::from_ref(&moved));
        assert_eq!(here(&before, "96"), std::slice::from_ref(&moved));
        assert_eq!(here(&before, "92"), [moved, ("manokwari".to_owned(), None)]);
    }

    #[test]
    fn a_region_has_what_lies_in_it_down_to_the_village_and_nothing_beside() {
        let year = annals(date(2024, 1, 1), vec![reached("sapit", "52.03.16.2005", 0, 0), reached("mataram", "52.71", 0, 0)]);
        let names = |code| here(&year, code).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names("52"), ["sapit", "mataram"]);
        assert_eq!(names("52.03"), ["sapit"]);
        assert_eq!(names("52.03.16.2005"), ["sapit"]);
        assert_eq!(names("52.03.16.2006"), Vec::<String>::new());
        assert_eq!(names("5"), Vec::<String>::new());
    }

    #[test]
    fn nothing_of_a_contest_that_is_not_announced_comes_into_what_is_public_also_when_its_result_is_provisional() {
        let cycle = crate::Cycle::read(&crate::example(), rules::EXAMPLE).expect("the example is a year");
        let mut state = crate::run(&cycle, None, &mut |_| {}).expect("it plays").state;
        assert_eq!(Viewer::public(&state).annals().reached.len(), 2);
        state.contests.values_mut().for_each(|contest| contest.announced = false);
        assert_eq!(Viewer::public(&state).annals().reached, []);
        let (by, at) = ("sari".into(), jiff::Timestamp::UNIX_EPOCH);
        let published = crate::stage::objection::Published { by, at, until: None };
        state.contests.values_mut().for_each(|contest| contest.closing.published = Some(published.clone()));
        let key = state.contests.keys().next().expect("the year has a contest");
        let seen = Viewer::public(&state).contest(key).expect("it is there");
        assert_eq!((seen.step, seen.standing.shown().map(Vec::len)), (Step::Published, Some(2)));
        assert_eq!(Viewer::public(&state).annals().reached, []);
    }

    #[test]
    fn winners_hold_an_award_at_the_highest_level_and_have_not_lost_it() {
        let mut lost = reached("lost", "18", 1, 1);
        lost.is_out = true;
        let year = annals(
            date(2024, 1, 1),
            vec![reached("won", "18", 1, 1), lost, reached("second", "18", 1, 0), reached("below", "18", 0, 1)],
        );
        assert_eq!(year.winners().iter().map(|won| won.name.as_str()).collect::<Vec<_>>(), ["won"]);
    }
}
