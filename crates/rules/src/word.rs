//! The words of a rulebook that stand for a choice, such as `refuse` or `half_up`.
//!
//! Each list of words is written here once: the reader accepts exactly these, the schema offers them, and `show` and `diff`
//! look their texts up under `rules-word-…`.

use tally::{AbsentRule, Combine, CutTies, GateMissing, GrowthMode, Missing, NotApplicable, OverOne, RoundMode, Within};

use crate::rulebook::{
    CarriedValue, ClaimShape, Delegation, GivenSheets, LevelTimeZone, Role, Rounds, SeatRole, SourceKind, Stage,
};

/// A choice that has a word for each of its values.
pub(crate) trait Word: Copy + PartialEq + 'static {
    /// Every word with its value.
    const ALL: &'static [(&'static str, Self)];

    /// The value's word.
    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, value)| *value == self).map_or("", |(word, _)| word)
    }

    /// The value of a word.
    fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
    }
}

macro_rules! words {
    ($($list:ident $type:ty { $($word:literal => $value:expr),+ $(,)? })+) => {$(
        pub(crate) const $list: &[&str] = &[$($word),+];

        impl Word for $type {
            const ALL: &'static [(&'static str, Self)] = &[$(($word, $value)),+];
        }
    )+};
}

words! {
    SOURCE_KINDS SourceKind {
        "law" => SourceKind::Law,
        "decree" => SourceKind::Decree,
        "press" => SourceKind::Press,
        "statement" => SourceKind::Statement,
        "dataset" => SourceKind::Dataset,
    }
    STAGES Stage {
        "outreach" => Stage::Outreach,
        "nomination" => Stage::Nomination,
        "dossier" => Stage::Dossier,
        "verification" => Stage::Verification,
        "interview" => Stage::Interview,
        "judging" => Stage::Judging,
        "counting" => Stage::Counting,
        "plenary" => Stage::Plenary,
        "objection" => Stage::Objection,
        "advancement" => Stage::Advancement,
        "announcement" => Stage::Announcement,
    }
    ROUNDS Rounds {
        "province" => Rounds::Province,
        "regency" => Rounds::Regency,
        "zone" => Rounds::Zone,
        "nation" => Rounds::Nation,
    }
    TIME_ZONES LevelTimeZone {
        "region" => LevelTimeZone::Region,
        "WIB" => LevelTimeZone::Wib,
        "WITA" => LevelTimeZone::Wita,
        "WIT" => LevelTimeZone::Wit,
    }
    SEAT_ROLES SeatRole {
        "chair" => SeatRole::Chair,
        "secretary" => SeatRole::Secretary,
        "member" => SeatRole::Member,
    }
    CLAIM_SHAPES ClaimShape {
        "count" => ClaimShape::Count,
        "money" => ClaimShape::Money,
        "number" => ClaimShape::Number,
        "yes_no" => ClaimShape::YesNo,
        "list" => ClaimShape::List,
    }
    GIVEN_SHEETS GivenSheets { "keep" => GivenSheets::Keep, "void" => GivenSheets::Void }
    DELEGATIONS Delegation { "record" => Delegation::Record, "refuse" => Delegation::Refuse }
    ROLES Role { "part" => Role::Part, "bonus" => Role::Bonus, "penalty" => Role::Penalty }
    CARRIED CarriedValue { "total" => CarriedValue::Total, "place" => CarriedValue::Place }
    COMBINES Combine { "mean" => Combine::Mean, "sum" => Combine::Sum }
    MISSINGS Missing {
        "refuse" => Missing::Refuse,
        "zero" => Missing::Zero,
        "skip" => Missing::Skip,
    }
    NOT_APPLICABLES NotApplicable { "skip" => NotApplicable::Skip, "zero" => NotApplicable::Zero }
    GATE_MISSINGS GateMissing {
        "refuse" => GateMissing::Refuse,
        "fail" => GateMissing::Fail,
        "pass" => GateMissing::Pass,
    }
    OVER_ONES OverOne {
        "refuse" => OverOne::Refuse,
        "cap" => OverOne::Cap,
        "allow" => OverOne::Allow,
    }
    GROWTH_MODES GrowthMode {
        "relative" => GrowthMode::Relative,
        "difference" => GrowthMode::Difference,
    }
    ABSENT_RULES AbsentRule {
        "zero" => AbsentRule::Zero,
        "skip" => AbsentRule::Skip,
        "exclude" => AbsentRule::Exclude,
        "reschedule" => AbsentRule::Refuse,
    }
    ROUND_MODES RoundMode {
        "half_up" => RoundMode::HalfUp,
        "half_even" => RoundMode::HalfEven,
        "down" => RoundMode::Down,
        "up" => RoundMode::Up,
    }
    CUT_TIES CutTies {
        "ladder" => CutTies::Ladder,
        "keep_all" => CutTies::KeepAll,
        "plenary" => CutTies::Plenary,
    }
    WITHINS Within { "contest" => Within::Contest, "pool" => Within::Pool }
}

/// Kinds of organisation that may enter a category.
pub(crate) const ORGANISATIONS: &[&str] = &[
    "province",
    "regency",
    "city",
    "village",
    "kelurahan",
    "customary_village",
    "company",
    "public_service",
    "education",
    "cooperative",
    "other",
];
/// Size classes of businesses.
pub(crate) const SIZES: &[&str] = &["micro", "small", "medium", "large"];
/// Ways to be put forward.
pub(crate) const ROUTES: &[&str] = &["branch", "regency", "own"];
/// Conflicts that come with a seat.
pub(crate) const STRUCTURAL: &[&str] = &["own_region", "supplies_data", "coaches", "represents"];
/// Stages that may carry aspects.
pub(crate) const SCORED_STAGES: &[&str] = &["verification", "interview", "judging"];
/// Formats in which a file of the dossier may come.
pub(crate) const FILE_FORMATS: &[&str] = &["pdf", "jpeg", "png", "xlsx", "docx", "csv"];
/// How days of a deadline are counted.
pub(crate) const DAY_COUNTS: &[&str] = &["calendar", "working"];
/// Where the pools of a level come from.
pub(crate) const POOLS: &[&str] = &["zone"];
/// In which order marks are put together.
pub(crate) const ORDERS: &[&str] = &["sheet"];
/// How jurors' numbers become one.
pub(crate) const METHODS: &[&str] = &["mean", "median", "trimmed"];
/// Languages a rulebook may show first.
pub(crate) const LOCALES: &[&str] = &["id", "en"];
/// The only format there is.
pub(crate) const FORMATS: &[&str] = &["paritrana-rulebook-1"];
