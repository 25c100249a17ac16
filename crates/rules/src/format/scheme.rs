//! How points come about: schemes, aspects, indicators, scales.

use super::people::GATE;
use super::{ASSUMED, Key, Kind, SOURCE, Shape, Tag, Target, at_most_one_of, may, must, plain};
use crate::word::{
    CARRIED, COMBINES, GROWTH_MODES, METHODS, MISSINGS, NOT_APPLICABLES, ORDERS, OVER_ONES, ROLES, ROUND_MODES, SCORED_STAGES,
};

static ROUND: Shape = plain("round", &[must("places", Kind::Count(0)), may("mode", Kind::Word(ROUND_MODES))]);

const CAP: Key = may("cap", Kind::Number);
const FLOOR: Key = may("floor", Kind::Number);
const ROUNDING: Key = may("round", Kind::Table(&ROUND));
const ALIASES: Key = may("aliases", Kind::List(&Kind::Text));
const ROLE: Key = may("role", Kind::Word(ROLES));
const MISSING: Key = may("missing", Kind::Word(MISSINGS));

const METHOD_CASES: &[(&str, &[Key])] =
    &[("mean", &[]), ("median", &[]), ("trimmed", &[must("drop", Kind::Count(0)), must("at_least", Kind::Count(1))])];

static JURORS: Shape = Shape {
    name: "jurors",
    keys: &[must("method", Kind::Word(METHODS))],
    tag: Some(Tag { key: "method", cases: METHOD_CASES }),
    choices: &[],
    needs: &[],
};

static ASPECT_JURORS: Shape = Shape {
    name: "jurors",
    keys: &[may("method", Kind::Word(METHODS)), may("order", Kind::Word(ORDERS))],
    tag: Some(Tag { key: "method", cases: METHOD_CASES }),
    choices: &[],
    needs: &[],
};

static STAGE_WEIGHTS: Shape =
    plain("stage_weights", &[may("verification", Kind::Number), may("interview", Kind::Number), may("judging", Kind::Number)]);

static BAND: Shape = plain("bands", &[must("at_least", Kind::Number), must("points", Kind::Number)]);

static LINEAR: Shape = plain(
    "linear",
    &[must("from", Kind::Number), must("to", Kind::Number), must("points_from", Kind::Number), must("points_to", Kind::Number)],
);

static RANGE: Shape = plain("range", &[must("min", Kind::Number), must("max", Kind::Number), must("step", Kind::Number)]);

static ANCHOR: Shape = plain("anchors", &[must("at_least", Kind::Number), must("text", Kind::Name)]);

const ANCHORED: &Kind = &Kind::Table(&ANCHOR);
const CLAIM: Kind = Kind::Ref(Target::Claim);

const RATIO: &[Key] = &[must("numerator", CLAIM), must("denominator", CLAIM), may("over_one", Kind::Word(OVER_ONES))];
const COUNT: &[Key] = &[must("claim", CLAIM)];
const GROWTH: &[Key] = &[must("from", CLAIM), must("to", CLAIM), may("mode", Kind::Word(GROWTH_MODES))];
const FORMULA: &[Key] = &[must("formula", Kind::Formula)];

static COMPARED: Shape = Shape {
    name: "of",
    keys: &[must("kind", Kind::Word(&["ratio", "count", "growth", "formula"]))],
    tag: Some(Tag { key: "kind", cases: &[("ratio", RATIO), ("count", COUNT), ("growth", GROWTH), ("formula", FORMULA)] }),
    choices: &[],
    needs: &[],
};

const CHECKLIST: &[Key] = &[
    must("list", CLAIM),
    must("kinds", Kind::Map(&Kind::Number)),
    must("stages", Kind::Map(&Kind::Number)),
    may("attributes", Kind::Map(&Kind::Number)),
    may("at_most", Kind::Count(1)),
];
const RUBRIC: &[Key] =
    &[must("min", Kind::Number), must("max", Kind::Number), may("step", Kind::Number), may("anchors", Kind::List(ANCHORED))];

/// The kinds of indicator, in the order of `docs/rulebook.md`.
const INDICATOR_KINDS: &[&str] =
    &["ratio", "count", "growth", "checklist", "rubric", "attendance", "formula", "relative", "stated", "carried"];

const KIND: Tag = Tag {
    key: "kind",
    cases: &[
        ("ratio", RATIO),
        ("count", COUNT),
        ("growth", GROWTH),
        ("checklist", CHECKLIST),
        ("rubric", RUBRIC),
        ("attendance", &[must("attendance", Kind::Ref(Target::Attendance))]),
        ("formula", FORMULA),
        ("relative", &[must("of", Kind::Table(&COMPARED))]),
        ("stated", &[must("range", Kind::Table(&RANGE))]),
        ("carried", &[must("level", Kind::Ref(Target::Level)), must("value", Kind::Word(CARRIED))]),
    ],
};

static INDICATOR: Shape = Shape {
    name: "scheme.aspect.indicator",
    keys: &[
        must("id", Kind::Id),
        must("name", Kind::Name),
        ALIASES,
        may("question", Kind::Name),
        may("data_question", Kind::Text),
        may("equivalent", Kind::Text),
        may("weight", Kind::Number),
        ROLE,
        MISSING,
        may("not_applicable", Kind::Word(NOT_APPLICABLES)),
        CAP,
        FLOOR,
        ROUNDING,
        may("range", Kind::Table(&RANGE)),
        must("kind", Kind::Word(INDICATOR_KINDS)),
        may("bands", Kind::List(&Kind::Table(&BAND))),
        may("below", Kind::Number),
        may("linear", Kind::Table(&LINEAR)),
        may("times", Kind::Number),
        SOURCE,
        ASSUMED,
    ],
    tag: Some(KIND),
    choices: &[at_most_one_of(&["bands", "linear", "times"])],
    needs: &[("below", "bands")],
};

static ASPECT: Shape = plain(
    "scheme.aspect",
    &[
        must("id", Kind::Id),
        must("name", Kind::Name),
        ALIASES,
        may("weight", Kind::Number),
        may("combine", Kind::Word(COMBINES)),
        may("weights_total", Kind::Number),
        may("stage", Kind::Word(SCORED_STAGES)),
        may("attendance", Kind::Ref(Target::Attendance)),
        ROLE,
        CAP,
        FLOOR,
        ROUNDING,
        may("jurors", Kind::WordOrTable(&ASPECT_JURORS)),
        MISSING,
        must("indicator", Kind::List(&Kind::Table(&INDICATOR))),
        SOURCE,
        ASSUMED,
    ],
);

pub(super) static SCHEME: Shape = plain(
    "scheme",
    &[
        must("id", Kind::Id),
        must("name", Kind::Name),
        may("combine", Kind::Word(COMBINES)),
        may("weights_total", Kind::Number),
        may("stage_weights", Kind::Table(&STAGE_WEIGHTS)),
        may("jurors", Kind::WordOrTable(&JURORS)),
        CAP,
        FLOOR,
        ROUNDING,
        may("gate", Kind::List(&Kind::Table(&GATE))),
        must("aspect", Kind::List(&Kind::Table(&ASPECT))),
        SOURCE,
        ASSUMED,
    ],
);
