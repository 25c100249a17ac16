//! The edition, its organisers, sources, calendar, levels and zones.

use super::{ASSUMED, Key, Kind, SOURCE, Shape, Target, may, must, one_of, plain};
use crate::word::{DAY_COUNTS, LOCALES, POOLS, ROUNDS, SOURCE_KINDS, STAGES, TIME_ZONES};

static PERIOD: Shape = plain("assessment", &[must("from", Kind::Date), must("to", Kind::Date)]);

pub(super) static EDITION: Shape = plain(
    "edition",
    &[
        must("id", Kind::Id),
        must("version", Kind::Text),
        must("name", Kind::Name),
        may("labels", Kind::List(&Kind::Text)),
        may("ordinal", Kind::Count(1)),
        must("assessment", Kind::Table(&PERIOD)),
        may("regions_as_of", Kind::Date),
        may("country_levels", Kind::Flag),
        may("purposes", Kind::List(&Kind::Name)),
        may("reported_by", Kind::Ref(Target::Source)),
        may("default_locale", Kind::Word(LOCALES)),
        must("source", Kind::List(&Kind::Ref(Target::Source))),
        ASSUMED,
    ],
);

pub(super) static ORGANISER: Shape = plain(
    "organiser",
    &[must("name", Kind::Name), may("role", Kind::Name), may("aliases", Kind::List(&Kind::Text)), SOURCE, ASSUMED],
);

pub(super) static SOURCE_TABLE: Shape = plain(
    "source",
    &[
        must("title", Kind::Text),
        must("kind", Kind::Word(SOURCE_KINDS)),
        may("publisher", Kind::Text),
        may("date", Kind::Date),
        may("note", Kind::Text),
    ],
);

const ON: Key = may("on", Kind::Date);
const FROM: Key = may("from", Kind::Date);
const TO: Key = may("to", Kind::Date);
const MONTH: Key = may("month", Kind::Month);
const TO_MONTH: Key = may("to_month", Kind::Month);

static PLANNED: Shape = Shape {
    name: "planned",
    keys: &[
        ON,
        FROM,
        TO,
        MONTH,
        TO_MONTH,
        may("days", Kind::Count(1)),
        may("after", Kind::Ref(Target::Event)),
        may("count", Kind::Word(DAY_COUNTS)),
    ],
    tag: None,
    choices: &[one_of(&["on", "from", "month", "days"])],
    needs: &[("from", "to"), ("to", "from"), ("to_month", "month"), ("days", "after"), ("after", "days"), ("count", "days")],
};

static ACTUAL: Shape = Shape {
    name: "actual",
    keys: &[ON, FROM, TO, MONTH, TO_MONTH],
    tag: None,
    choices: &[one_of(&["on", "from", "month"])],
    needs: &[("from", "to"), ("to", "from"), ("to_month", "month")],
};

pub(super) static EVENT: Shape = plain(
    "calendar",
    &[
        must("id", Kind::Id),
        must("name", Kind::Name),
        may("stage", Kind::Word(STAGES)),
        may("level", Kind::Ref(Target::Level)),
        must("planned", Kind::Table(&PLANNED)),
        may("actual", Kind::Table(&ACTUAL)),
        may("latest", Kind::Date),
        SOURCE,
        ASSUMED,
    ],
);

pub(super) static HOLIDAY: Shape = plain("holiday", &[must("on", Kind::Date), must("name", Kind::Name)]);

pub(super) static LEVEL: Shape = plain(
    "level",
    &[
        must("id", Kind::Id),
        must("name", Kind::Name),
        must("rounds", Kind::Word(ROUNDS)),
        may("pools", Kind::Word(POOLS)),
        may("next", Kind::Ref(Target::Level)),
        may("time_zone", Kind::Word(TIME_ZONES)),
        SOURCE,
        ASSUMED,
    ],
);

pub(super) static ZONE: Shape =
    plain("zone", &[must("id", Kind::Id), must("name", Kind::Name), must("provinces", Kind::List(&Kind::Text)), SOURCE, ASSUMED]);
