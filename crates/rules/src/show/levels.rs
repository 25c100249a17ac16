//! Levels, zones, and the names of things that are referred to.

use words::Arg;

use super::facts::Facts;
use super::{Page, local, say, word};
use crate::regions::Regions;
use crate::rulebook::{Level, LevelTimeZone, Zone};
use crate::word::Word;

impl Page<'_> {
    pub(super) fn levels(&mut self) {
        let book = self.book;
        self.part(if book.zones.is_empty() { "part-levels-only" } else { "part-levels" });
        for level in &book.levels {
            let facts = self.level(level);
            self.item(1, &level.name, facts);
        }
        for zone in &book.zones {
            let facts = self.zone(zone);
            self.item(1, &zone.name, facts);
        }
    }

    fn level<'l>(&self, level: &'l Level) -> Facts<'l> {
        let rounds = say(&format!("rounds-{}", level.rounds.word()));
        let pools = level.pools_by_zone.then(|| say("pools"));
        let next = match &level.next {
            Some(next) => say("level-next").with("level", self.level_name(next)),
            None => say("level-last"),
        };
        let zone = match level.time_zone {
            LevelTimeZone::Region => self.book.edition.country_levels.then(|| say("time-of-region")),
            fixed => Some(say("time-zone").text("zone", fixed.word())),
        };
        let facts = Facts::of(&level.clause).fact(&["rounds"], rounds).maybe(&["pools"], pools);
        facts.fact(&["next"], next).maybe(&["time_zone"], zone)
    }

    fn zone<'z>(&self, zone: &'z Zone) -> Facts<'z> {
        let day = self.book.edition.regions_as_of;
        let name = |code: &String| {
            let known = Regions::embedded().provinces_on(day).find(|province| province.code == *code);
            Arg::Text(known.map_or_else(|| code.clone(), |province| format!("{} ({code})", province.name)))
        };
        let provinces = Arg::List(zone.provinces.iter().map(name).collect());
        Facts::of(&zone.clause).fact(&["provinces"], say("zone").with("provinces", provinces))
    }

    pub(super) fn level_name(&self, id: &str) -> Arg {
        self.book.level(id).map_or_else(|| Arg::Text(id.to_owned()), |level| local(&level.name))
    }

    pub(super) fn category_name(&self, id: &str) -> Arg {
        self.book.category(id).map_or_else(|| Arg::Text(id.to_owned()), |category| local(&category.name))
    }

    /// A claim's name, stated or derived, with the unit in which it is told.
    pub(super) fn claim_name(&self, id: &str) -> Arg {
        let derived = self.book.derived_claim(id).map(|derived| &derived.name);
        let name = self.book.claim(id).map(|claim| &claim.name).or(derived);
        name.map_or_else(|| Arg::Text(id.to_owned()), local)
    }

    /// The texts of words, as a list inside a sentence.
    pub(super) fn words(&self, list: &[&str]) -> Arg {
        Arg::List(list.iter().map(|one| Arg::Message(word(one))).collect())
    }
}
