//! Where a candidate belongs: the round of each level, the pool, the local time. All of it follows from a region's code and the day
//! whose map the rulebook pins.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use rules::Rulebook;
use rules::regions::{Region, Regions, Zone};
use rules::rulebook::{Level, LevelTimeZone, Rounds};

/// The map of an edition.
#[derive(Debug, Clone)]
pub struct Geography {
    day: Date,
    country: bool,
    zones: Vec<(String, Vec<String>)>,
}

impl Geography {
    /// The map that a rulebook looks at.
    pub fn of(rules: &Rulebook) -> Geography {
        let zones = rules.zones.iter().map(|zone| (zone.id.clone(), zone.provinces.clone())).collect();
        Geography { day: rules.edition.regions_as_of, country: rules.edition.country_levels, zones }
    }

    /// Whether candidates stand in Indonesian regions at all.
    pub fn is_country(&self) -> bool {
        self.country
    }

    /// The province or regency with this code, or the regency around a district or village.
    pub fn region(&self, code: &str) -> Option<&'static Region> {
        let regions = Regions::embedded();
        match code.len() {
            2 => regions.province(code, self.day),
            _ => regions.regency(code.get(..5)?, self.day),
        }
    }

    /// Whether a candidate may name this region.
    pub fn knows(&self, code: &str) -> bool {
        !self.country || (is_code(code) && self.region(code).is_some())
    }

    /// Regions that a text in place of a code may mean: code and name.
    pub fn meant_by(&self, text: &str) -> Option<(String, String)> {
        match Regions::embedded().find(text, self.day)[..] {
            [region] => Some((region.code.clone(), region.name.clone())),
            _ => None,
        }
    }

    /// What people call the region: the name of the province, regency or zone, or the text itself. What is smaller has no name here, and is
    /// told by the regency that it lies in.
    pub fn name(&self, code: &str) -> String {
        if !self.country {
            return code.to_owned();
        }
        self.region(code).map_or_else(|| code.to_owned(), |region| region.name.clone())
    }

    /// The province part of a code; the text itself without Indonesian regions.
    pub fn province<'c>(&self, code: &'c str) -> &'c str {
        if self.country { code.get(..2).unwrap_or(code) } else { code }
    }

    /// The zone of a region's province.
    pub fn zone(&self, code: &str) -> Option<&str> {
        let province = self.province(code);
        self.zones.iter().find(|(_, provinces)| provinces.iter().any(|p| p == province)).map(|(id, _)| id.as_str())
    }

    /// The region of the round in which a candidate of this region stands at a level: none for the nation. An error if the
    /// code is too coarse.
    pub fn round(&self, level: &Level, code: &str) -> Result<Option<String>, TooCoarse> {
        Ok(match level.rounds {
            Rounds::Nation => None,
            Rounds::Province => Some(self.province(code).to_owned()),
            Rounds::Regency => Some(code.get(..5).ok_or(TooCoarse)?.to_owned()),
            Rounds::Zone => Some(self.zone(code).ok_or(TooCoarse)?.to_owned()),
        })
    }

    /// The regions of a level that surely have a round: every province or zone. Regencies have one where somebody opens it, and the nation has
    /// no region.
    pub fn rounds(&self, level: &Level) -> Vec<String> {
        match level.rounds {
            Rounds::Province if self.country => {
                Regions::embedded().provinces_on(self.day).map(|region| region.code.clone()).collect()
            }
            Rounds::Zone => self.zones.iter().map(|(id, _)| id.clone()).collect(),
            Rounds::Province | Rounds::Regency | Rounds::Nation => Vec::new(),
        }
    }

    /// Whether there can be a round of that region at a level.
    pub fn is_round(&self, level: &Level, region: &str) -> bool {
        match level.rounds {
            Rounds::Nation => false,
            Rounds::Province => region.len() == 2 && self.knows(region),
            Rounds::Regency => region.len() == 5 && self.knows(region),
            Rounds::Zone => self.zones.iter().any(|(id, _)| id == region),
        }
    }

    /// The pool of a candidate at a level.
    pub fn pool(&self, level: &Level, code: &str) -> Option<String> {
        if level.pools_by_zone { self.zone(code).map(str::to_owned) } else { None }
    }

    /// The local time of a candidate at a level; the nation keeps western time.
    pub fn zone_of_time(&self, level: &Level, code: &str) -> Zone {
        match level.time_zone {
            LevelTimeZone::Wib => Zone::Wib,
            LevelTimeZone::Wita => Zone::Wita,
            LevelTimeZone::Wit => Zone::Wit,
            LevelTimeZone::Region if level.rounds == Rounds::Nation => Zone::Wib,
            LevelTimeZone::Region => self.region(code).map_or(Zone::Wib, |region| region.time_zone),
        }
    }
}

/// A region's code names no regency, or a province in no zone, where the round needs one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooCoarse;

/// The fixed offset of a zone; Indonesia has no summer time.
pub fn offset(zone: Zone) -> TimeZone {
    TimeZone::fixed(Offset::constant(zone.offset_hours()))
}

/// `18`, `18.71`, `18.71.01`, `18.71.01.1001`.
fn is_code(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('.').map(str::len).collect();
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && [2, 2, 2, 4].starts_with(&lengths)
}
