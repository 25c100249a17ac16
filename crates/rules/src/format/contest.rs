//! Ladders, awards and contests.

use super::{ASSUMED, Kind, SOURCE, Shape, Target, may, must, one_of, plain};
use crate::word::{CUT_TIES, STAGES, WITHINS};

pub(super) static LADDER: Shape =
    plain("ladder", &[must("id", Kind::Id), must("steps", Kind::List(&Kind::Node)), SOURCE, ASSUMED]);

static BAND: Shape = plain("band", &[must("at_least", Kind::Number), may("below", Kind::Number)]);

static BEST: Shape = plain("best", &[must("of", Kind::Node), may("minimum", Kind::Number)]);

pub(super) static AWARD: Shape = Shape {
    name: "award",
    keys: &[
        must("id", Kind::Id),
        must("name", Kind::Name),
        may("within", Kind::Word(WITHINS)),
        may("place", Kind::Count(1)),
        may("places", Kind::List(&Kind::Count(1))),
        may("band", Kind::Table(&BAND)),
        may("best", Kind::Table(&BEST)),
        may("condition", Kind::Formula),
        may("named", Kind::Yes),
        may("prizes", Kind::List(&Kind::Name)),
        may("special", Kind::Flag),
        SOURCE,
        ASSUMED,
    ],
    tag: None,
    choices: &[one_of(&["place", "places", "band", "best", "condition", "named"])],
    needs: &[],
};

pub(super) static CONTEST: Shape = plain(
    "contest",
    &[
        must("categories", Kind::List(&Kind::Ref(Target::Category))),
        must("level", Kind::Ref(Target::Level)),
        must("scheme", Kind::Ref(Target::Scheme)),
        may("panel", Kind::Ref(Target::Panel)),
        must("stages", Kind::List(&Kind::Word(STAGES))),
        may("interviewed", Kind::Flag),
        may("invited", Kind::Count(1)),
        may("blind", Kind::Flag),
        may("second_reading", Kind::Number),
        must("ladder", Kind::Ref(Target::Ladder)),
        must("quota", Kind::Count(1)),
        may("quota_within", Kind::Word(WITHINS)),
        may("minimum", Kind::Number),
        may("reserves", Kind::Count(0)),
        may("region_cap", Kind::Count(1)),
        may("objection_days", Kind::Count(1)),
        may("objection_working", Kind::Flag),
        may("ties", Kind::Word(CUT_TIES)),
        may("awards", Kind::List(&Kind::Ref(Target::Award))),
        SOURCE,
        ASSUMED,
    ],
);
