//! Where something happens: a round, which is a level in a region, or one of its contests.

use serde::{Deserialize, Serialize};

/// A level and a region: the unit that has its own calendar and panel.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundKey {
    /// The level.
    pub level: String,
    /// The region; none for the nation.
    pub region: Option<String>,
}

impl RoundKey {
    /// `level/region`, without the region for the nation.
    ///
    /// ```
    /// use award::RoundKey;
    ///
    /// let round = RoundKey { level: "province".into(), region: Some("18".into()) };
    /// assert_eq!(round.path(), "province/18");
    /// assert_eq!(RoundKey::parse("province/18"), Some(round));
    /// assert_eq!(RoundKey::parse("province/18/kabkota"), None);
    /// ```
    pub fn path(&self) -> String {
        match &self.region {
            Some(region) => format!("{}/{region}", self.level),
            None => self.level.clone(),
        }
    }

    /// The round with this path.
    pub fn parse(path: &str) -> Option<RoundKey> {
        match path.split('/').collect::<Vec<_>>()[..] {
            [level] => Some(RoundKey { level: level.into(), region: None }),
            [level, region] => Some(RoundKey { level: level.into(), region: Some(region.into()) }),
            _ => None,
        }
    }
}

/// A round and a category: the unit that is counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestKey {
    /// The round.
    pub round: RoundKey,
    /// The category.
    pub category: String,
}

impl ContestKey {
    /// `level/region/category`, without the region for the nation.
    ///
    /// ```
    /// use award::{ContestKey, RoundKey};
    ///
    /// let round = RoundKey { level: "province".into(), region: Some("18".into()) };
    /// let contest = ContestKey { round, category: "kabkota".into() };
    /// assert_eq!(contest.path(), "province/18/kabkota");
    /// assert_eq!(ContestKey::parse("province/18/kabkota"), Some(contest));
    /// ```
    pub fn path(&self) -> String {
        format!("{}/{}", self.round.path(), self.category)
    }

    /// The contest with this path.
    pub fn parse(path: &str) -> Option<ContestKey> {
        let (round, category) = path.rsplit_once('/')?;
        Some(ContestKey { round: RoundKey::parse(round)?, category: category.into() })
    }
}
