//! Who judges, who may enter, what they state, and what it does who comes to the interview.

use super::{ASSUMED, Choice, Kind, SOURCE, Shape, Target, may, must, one_of, plain};
use crate::word::{
    ABSENT_RULES, CLAIM_SHAPES, DELEGATIONS, FILE_FORMATS, GATE_MISSINGS, GIVEN_SHEETS, ORGANISATIONS, ROUTES, SEAT_ROLES, SIZES,
    STRUCTURAL,
};

static SEAT: Shape = plain(
    "panel.seat",
    &[
        must("id", Kind::Id),
        must("name", Kind::Name),
        must("role", Kind::Word(SEAT_ROLES)),
        must("count", Kind::Count(1)),
        may("offices", Kind::List(&Kind::Name)),
        may("delegate", Kind::Flag),
        may("structural", Kind::List(&Kind::Word(STRUCTURAL))),
        SOURCE,
        ASSUMED,
    ],
);

pub(super) static PANEL: Shape = plain(
    "panel",
    &[
        must("id", Kind::Id),
        may("name", Kind::Name),
        must("level", Kind::Ref(Target::Level)),
        must("quorum", Kind::Count(1)),
        may("minimum_effective", Kind::Count(1)),
        may("acting_chair", Kind::Flag),
        may("substitution", Kind::Word(GIVEN_SHEETS)),
        may("open_marks", Kind::Flag),
        must("seat", Kind::List(&Kind::Table(&SEAT))),
        SOURCE,
        ASSUMED,
    ],
);

static PREVIOUS_WINNER: Shape = plain("previous_winner", &[must("years", Kind::Count(1))]);

pub(super) static GATE: Shape = Shape {
    name: "gate",
    keys: &[
        must("id", Kind::Id),
        must("name", Kind::Name),
        may("yes", Kind::Ref(Target::Claim)),
        may("no", Kind::Ref(Target::Claim)),
        may("claim", Kind::Ref(Target::Claim)),
        may("formula", Kind::Formula),
        may("at_least", Kind::Number),
        may("at_most", Kind::Number),
        may("equals", Kind::Number),
        may("previous_winner", Kind::Table(&PREVIOUS_WINNER)),
        may("missing", Kind::Word(GATE_MISSINGS)),
        SOURCE,
        ASSUMED,
    ],
    tag: None,
    choices: &[
        one_of(&["yes", "no", "claim", "formula", "previous_winner"]),
        Choice { of: &["at_least", "at_most", "equals"], must: false, beside: &["claim", "formula"] },
    ],
    needs: &[],
};

static DOCUMENT: Shape = plain(
    "category.document",
    &[
        must("id", Kind::Id),
        must("name", Kind::Name),
        must("required", Kind::Flag),
        may("kinds", Kind::List(&Kind::Text)),
        may("formats", Kind::List(&Kind::Word(FILE_FORMATS))),
        may("max_mib", Kind::Count(1)),
        SOURCE,
        ASSUMED,
    ],
);

pub(super) static CATEGORY: Shape = plain(
    "category",
    &[
        must("id", Kind::Id),
        must("name", Kind::Name),
        may("aliases", Kind::List(&Kind::Text)),
        may("parent", Kind::Ref(Target::Category)),
        must("kinds", Kind::List(&Kind::Word(ORGANISATIONS))),
        may("sizes", Kind::List(&Kind::Word(SIZES))),
        may("sectors", Kind::List(&Kind::Text)),
        may("routes", Kind::List(&Kind::Word(ROUTES))),
        may("socialisation_first", Kind::Flag),
        may("gate", Kind::List(&Kind::Table(&GATE))),
        may("document", Kind::List(&Kind::Table(&DOCUMENT))),
        SOURCE,
        ASSUMED,
    ],
);

pub(super) static CLAIM: Shape = plain(
    "claim",
    &[
        must("id", Kind::Id),
        must("name", Kind::Name),
        must("shape", Kind::Word(CLAIM_SHAPES)),
        may("unit", Kind::Name),
        may("segment", Kind::Text),
        may("question", Kind::Name),
        may("data_question", Kind::Text),
        may("decimals", Kind::Count(0)),
        may("at_least", Kind::Number),
        may("at_most", Kind::Number),
        SOURCE,
        ASSUMED,
    ],
);

pub(super) static DERIVED: Shape = plain(
    "derived",
    &[
        must("id", Kind::Id),
        must("name", Kind::Name),
        must("formula", Kind::Formula),
        may("at_least", Kind::Number),
        may("at_most", Kind::Number),
        SOURCE,
        ASSUMED,
    ],
);

static RANK: Shape =
    plain("attendance.rank", &[must("id", Kind::Id), must("name", Kind::Name), must("value", Kind::Number), SOURCE, ASSUMED]);

pub(super) static ATTENDANCE: Shape = plain(
    "attendance",
    &[
        must("id", Kind::Id),
        must("name", Kind::Name),
        may("kinds", Kind::List(&Kind::Word(ORGANISATIONS))),
        must("rank", Kind::List(&Kind::Table(&RANK))),
        may("otherwise", Kind::Number),
        must("absent", Kind::Word(ABSENT_RULES)),
        may("leader_required", Kind::Flag),
        may("officials", Kind::Count(0)),
        may("delegation", Kind::Word(DELEGATIONS)),
        SOURCE,
        ASSUMED,
    ],
);
