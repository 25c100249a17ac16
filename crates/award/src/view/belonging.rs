//! To which round of an edition a region belongs, level by level.

use rules::Rulebook;
use rules::rulebook::Text;
use serde::Serialize;

use super::annals::code_on;
use crate::geography::Geography;

/// The round of a level in which candidates of a region stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Belongs {
    pub level: String,
    pub level_name: Text,
    /// None for the nation.
    pub region: Option<String>,
    pub region_name: Option<Text>,
}

/// The rounds of an edition to which a region belongs, given by its code of now: lowest level first. Levels for which the region is too
/// coarse are left out; nothing where the edition has no Indonesian regions or the region was not there yet.
///
/// ```
/// assert_eq!(award::view::belonging(&rules::example(), "99.99"), []);
/// ```
pub fn belonging(rules: &Rulebook, code: &str) -> Vec<Belongs> {
    let geography = Geography::of(rules);
    let then = code_on(code, rules.edition.regions_as_of).filter(|then| geography.is_country() && !then.is_empty());
    let Some(then) = then else { return Vec::new() };
    let named = |region: &String| {
        let zone = rules.zones.iter().find(|zone| zone.id == *region).map(|zone| zone.name.clone());
        zone.unwrap_or_else(|| Text { id: geography.name(region), en: geography.name(region) })
    };
    let round = |level: &rules::rulebook::Level| {
        let region = geography.round(level, &then).ok()?;
        let region_name = region.as_ref().map(named);
        Some(Belongs { level: level.id.clone(), level_name: level.name.clone(), region, region_name })
    };
    rules.levels.iter().filter_map(round).collect()
}
