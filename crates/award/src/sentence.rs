//! What became of a candidate, in one sentence with the figures that decided it: "Ranked 3rd, quota 2, 0.40 short; would advance if
//! Innovation were at least 78."

use rules::rulebook::{IndicatorKind, Text};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use tally::model::BandStep;
use tally::outcome::Placed;
use tally::{Exact, GrowthMode, Node, OutStatus, Outcome, Rung, Scale, Status};
use words::{Arg, Lang, Message};

use crate::act::ContestKey;
use crate::compile::node_name;
use crate::deadline::shown as shown_time;
use crate::decide::name;
use crate::fact::{Counted, NotAdmitted};
use crate::refusal::Refusal;
use crate::rule;
use crate::state::{Entry, State};

/// A message that serialises with its text in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence(pub Message);

impl Sentence {
    /// The sentence in a language.
    pub fn render(&self, lang: Lang) -> String {
        self.0.render(lang)
    }
}

impl Serialize for Sentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("key", self.0.key())?;
        map.serialize_entry("id", &self.0.render(Lang::Id))?;
        map.serialize_entry("en", &self.0.render(Lang::En))?;
        map.end()
    }
}

impl From<Message> for Sentence {
    fn from(message: Message) -> Sentence {
        Sentence(message)
    }
}

/// A number for reading: two decimals, or as many as show that it is not 0.
pub(crate) fn short(value: &Exact) -> String {
    let places = (2..=9).find(|places| value.is_zero() || value.fixed(*places).bytes().any(|byte| (b'1'..=b'9').contains(&byte)));
    value.fixed(places.unwrap_or(9))
}

/// How much is lacking to the threshold, as the difference of the two totals as they are shown.
fn shown_gap(total: &Exact, gap: &Exact) -> String {
    let rounded = |value: &Exact| value.fixed(2).parse::<Exact>().unwrap_or_else(|_| value.clone());
    let shown = &rounded(&(total + gap)) - &rounded(total);
    if shown.is_zero() { short(gap) } else { shown.fixed(2) }
}

/// `1st`, `2nd`, `3rd`, `11th`.
fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// A number as it was given: all its decimals, or four of a fraction that no decimal can hold.
pub(crate) fn plain(value: &Exact) -> String {
    let text = value.to_string();
    if text.contains('/') { value.fixed(4) } else { text }
}

/// The indicator that would need the smallest share of its range to be enough, and the points it would need: where there are bands, points
/// that a band gives.
pub(crate) fn enough(counted: &Counted, row: &Placed) -> Option<(String, Exact)> {
    let values = counted.outcome.values.get(&row.entry);
    let cost = |node: &str, needed: &Exact| {
        let range = find(&counted.count.tree, node)?.range.as_ref()?;
        let present = values?.get(node)?.as_ref()?;
        (needed - present).checked_div(&(&range.max - &range.min))
    };
    let given = |node: &str, needed: &Exact| match bands(counted, node) {
        Some((below, steps)) => {
            let points = steps.iter().map(|step| &step.points).chain([below]);
            points.filter(|points| *points >= needed).min().cloned()
        }
        None => Some(needed.clone()),
    };
    let possible = row.enough.iter().filter_map(|(node, needed)| Some((node, given(node, needed.as_ref()?)?)));
    let mut costed: Vec<_> = possible.filter_map(|(node, needed)| Some((cost(node, &needed)?, node, needed))).collect();
    costed.sort();
    costed.into_iter().next().map(|(_, node, needed)| (node.clone(), needed))
}

/// The bands of an indicator whose points are those of its band: nothing limits, rounds or multiplies them.
fn bands<'c>(counted: &'c Counted, node: &str) -> Option<(&'c Exact, &'c [BandStep])> {
    let found = find(&counted.count.tree, node)?;
    let is_plain = found.floor.is_none() && found.cap.is_none() && found.round.is_none() && found.attendance.is_none();
    match &found.leaf.as_ref().filter(|_| is_plain)?.scale {
        Scale::Bands { below, steps } => Some((below, steps)),
        _ => None,
    }
}

/// From which raw value on every band gives at least these points.
fn reached_from(counted: &Counted, node: &str, points: &Exact) -> Option<Exact> {
    let (_, steps) = bands(counted, node)?;
    let enough = steps.iter().rev().take_while(|step| step.points >= *points);
    enough.last().map(|step| step.at_least.clone())
}

/// Whether bands are of the indicator's own value, and not of its share of the best or of what it was before.
fn bands_own_value(kind: &IndicatorKind) -> bool {
    !matches!(kind, IndicatorKind::Relative { .. } | IndicatorKind::Growth { mode: GrowthMode::Relative, .. })
}

fn find<'n>(node: &'n Node, id: &str) -> Option<&'n Node> {
    if node.id == id {
        return Some(node);
    }
    let group = node.group.as_ref()?;
    let below = group.parts.iter().map(|part| &part.node).chain(&group.bonuses).chain(&group.penalties);
    below.into_iter().find_map(|below| find(below, id))
}

/// What speaks of one contest.
pub(crate) struct Teller<'s> {
    pub state: &'s State,
    pub key: &'s ContestKey,
    pub counted: &'s Counted,
}

impl Teller<'_> {
    /// What became of an entry with a place.
    pub fn placed(&self, row: &Placed) -> Sentence {
        let message = match row.status {
            Status::Advances => self.place(self.goal("sentence-advances", "sentence-wins"), row),
            Status::Ranked => self.place("sentence-ranked", row),
            Status::Below => self.below(row),
            Status::Reserve(number) => Message::new("sentence-reserve").number("number", number).message("rest", self.below(row)),
            Status::BelowMinimum => self
                .place("sentence-below-minimum", row)
                .number("total", short(&row.total))
                .number("minimum", plain(&self.cut_minimum()))
                .message("enough", self.enough(row)),
            Status::RegionCap => self
                .place("sentence-region-cap", row)
                .number("cap", self.counted.count.cut.as_ref().and_then(|cut| cut.region_cap).unwrap_or_default()),
            Status::Undecided => self.undecided(row),
        };
        Sentence(message)
    }

    /// The key for a level from which the best go up, or for the last one, where they win.
    fn goal<'k>(&self, advance: &'k str, win: &'k str) -> &'k str {
        let next = rule::next_level(self.state.rules_of(&self.key.round), &self.key.round.level, &self.key.category);
        if next.is_some() { advance } else { win }
    }

    fn place(&self, key: &str, row: &Placed) -> Message {
        let place = self.counted.place(row);
        Message::new(key)
            .local("place", place.to_string(), ordinal(place))
            .number("quota", self.counted.count.cut.as_ref().map_or(0, |cut| cut.quota))
    }

    fn cut_minimum(&self) -> Exact {
        self.counted.count.cut.as_ref().and_then(|cut| cut.minimum.clone()).unwrap_or_else(Exact::zero)
    }

    fn below(&self, row: &Placed) -> Message {
        match &row.gap {
            None => self.place("sentence-below-nobody", row),
            Some(gap) if gap.is_zero() => {
                self.place("sentence-below-tied", row).message("rung", self.decided_by(row)).message("enough", self.enough(row))
            }
            Some(gap) if gap.is_negative() => self.place("sentence-below-passed-over", row),
            Some(gap) => {
                self.place("sentence-below", row).number("gap", shown_gap(&row.total, gap)).message("enough", self.enough(row))
            }
        }
    }

    /// The rung that put somebody with the same total before this entry.
    fn decided_by(&self, row: &Placed) -> Message {
        let standing = &self.counted.outcome.standing;
        let at = standing.iter().position(|known| known.entry == row.entry).unwrap_or_default();
        let before = standing[..at].iter().rev().take_while(|known| known.total == row.total);
        let rung = before.filter_map(|known| match known.separated_by {
            Some(tally::outcome::SeparatedBy::Rung(rung)) => Some(rung),
            _ => None,
        });
        rung.min().map_or(Message::new("rung-none"), |rung| self.rung(rung))
    }

    /// The name of a rung of the ladder, counted from 1.
    pub fn rung(&self, number: u32) -> Message {
        match self.counted.count.ladder.get(number as usize - 1) {
            Some(Rung::Node(node)) => self.named("rung-node", "node", node),
            Some(Rung::FewerCorrections) => Message::new("rung-fewer-corrections"),
            Some(Rung::Chair) => Message::new("rung-chair"),
            Some(Rung::Plenary) => Message::new("rung-plenary"),
            Some(Rung::Lot) => Message::new("rung-lot"),
            None => Message::new("rung-none"),
        }
    }

    /// A message with the name of a node in it.
    pub fn named(&self, key: &str, arg: &str, node: &str) -> Message {
        let (id, en) = node_name(self.state, self.key, node);
        Message::new(key).local(arg, id, en)
    }

    /// "would advance if Innovation were at least 78", or that no single indicator is enough.
    fn enough(&self, row: &Placed) -> Message {
        let (yes, no) = (self.goal("enough-advance", "enough-win"), self.goal("enough-none-advance", "enough-none-win"));
        match enough(self.counted, row) {
            Some((node, points)) => {
                let scheme = self.state.rule(self.key).and_then(|rule| self.state.rules_of(&self.key.round).scheme(&rule.scheme));
                let indicator = scheme.and_then(|scheme| scheme.indicator(&node));
                let is_own = indicator.is_some_and(|(_, found)| bands_own_value(&found.kind));
                if let Some(raw) = reached_from(self.counted, &node, &points).filter(|_| is_own) {
                    let is_share = indicator.is_some_and(|(_, found)| matches!(found.kind, IndicatorKind::Ratio { .. }));
                    let raw = match is_share {
                        true => {
                            Arg::Message(Message::new("rules-show-percent").number("number", plain(&(raw * Exact::from(100u32)))))
                        }
                        false => Arg::Number(plain(&raw)),
                    };
                    let message =
                        self.named(self.goal("enough-advance-band", "enough-win-band"), "indicator", &node).with("raw", raw);
                    return message.number("points", plain(&points));
                }
                let key = match indicator.is_some_and(|(_, indicator)| rule::is_rubric(indicator)) {
                    true => yes.to_owned(),
                    false => format!("{yes}-points"),
                };
                self.named(&key, "indicator", &node).number("points", plain(&points))
            }
            None => Message::new(no),
        }
    }

    fn undecided(&self, row: &Placed) -> Message {
        let same = |known: &&Placed| known.status == Status::Undecided && known.entry != row.entry && known.pool == row.pool;
        let others = self.counted.outcome.standing.iter().filter(same).map(|known| Arg::Text(self.name(&known.entry)));
        self.place("sentence-undecided", row).with("others", Arg::List(others.collect())).message("next", self.who_decides(row))
    }

    /// What the rules still have for those who are tied across the line: the first step that has not spoken, and the lot after it.
    fn who_decides(&self, row: &Placed) -> Message {
        let count = &self.counted.count;
        if count.cut.as_ref().is_some_and(|cut| cut.ties == tally::CutTies::Plenary) {
            return self.order_of(row, Rung::Plenary);
        }
        let orders = count.ladder.iter().filter_map(|rung| match rung {
            Rung::Chair | Rung::Plenary => Some(rung.clone()),
            _ => None,
        });
        let open = orders.map(|rung| self.order_of(row, rung)).next();
        let is_drawn = count.lot.as_ref().is_some_and(|lot| lot.secret.is_some());
        match (open, count.ladder.contains(&Rung::Lot) && !is_drawn) {
            (Some(first), true) => {
                Message::new("undecided-then-lot").message("first", first).message("lot", Message::new("undecided-lot"))
            }
            (Some(_), false) if [Rung::Chair, Rung::Plenary].iter().all(|rung| count.ladder.contains(rung)) => {
                Message::new("undecided-ladder")
            }
            (Some(first), false) => first,
            (None, true) => Message::new("undecided-lot"),
            (None, false) => Message::new("undecided-nothing"),
        }
    }

    /// That an order is to be given; where there is one, whom of the tied it leaves out: an order counts only if it names all of them.
    fn order_of(&self, row: &Placed, rung: Rung) -> Message {
        let (key, left_out_key) = match rung {
            Rung::Chair => ("undecided-chair", "undecided-chair-left-out"),
            _ => ("undecided-plenary", "undecided-plenary-left-out"),
        };
        let given =
            self.counted.count.orders.as_ref().map(|orders| if rung == Rung::Chair { &orders.chair } else { &orders.plenary });
        let is_tied = |known: &&Placed| known.status == Status::Undecided && known.pool == row.pool;
        let tied: Vec<&str> = self.counted.outcome.standing.iter().filter(is_tied).map(|known| known.entry.as_str()).collect();
        let named = |entry: &&&str| given.is_some_and(|order| order.iter().any(|known| known == **entry));
        if !tied.iter().any(|entry| named(&entry)) || tied.iter().all(|entry| named(&entry)) {
            return Message::new(key);
        }
        let left_out = tied.iter().filter(|entry| !named(entry)).map(|entry| Arg::Text(self.name(entry))).collect();
        Message::new(left_out_key).with("names", Arg::List(left_out))
    }

    fn name(&self, candidate: &str) -> String {
        name(self.state, candidate).to_owned()
    }

    /// What became of an entry without a place.
    pub fn out(&self, entry: &Entry, status: &OutStatus) -> Sentence {
        Sentence(match status {
            OutStatus::Withdrawn => {
                Message::new("sentence-withdrawn").text("reason", entry.withdrawn.clone().unwrap_or_default())
            }
            OutStatus::Disqualified(gates) => {
                Message::new("sentence-disqualified").with("gates", Arg::List(gates.iter().map(|gate| self.gate(gate)).collect()))
            }
            OutStatus::Excluded => Message::new("sentence-excluded"),
            OutStatus::Unscored => Message::new("sentence-unscored"),
        })
    }

    /// The name of a gate.
    pub fn gate(&self, id: &str) -> Arg {
        let rules = self.state.rules_of(&self.key.round);
        let category = rules.category_line(&self.key.category).into_iter().flat_map(|category| &category.gates);
        let scheme = self.state.rule(self.key).and_then(|rule| rules.scheme(&rule.scheme));
        let found = category.chain(scheme.into_iter().flat_map(|scheme| &scheme.gates)).find(|gate| gate.id == id);
        found.map_or(Arg::Text(id.to_owned()), |gate| Arg::Local(gate.name.id.clone(), gate.name.en.clone()))
    }

    /// How adjacent entries with equal totals were told apart.
    pub fn ties(&self, outcome: &Outcome) -> Vec<Sentence> {
        let pairs = outcome.standing.windows(2).filter(|pair| pair[0].total == pair[1].total);
        pairs
            .map(|pair| {
                let message = |key: &str| {
                    Message::new(key)
                        .text("first", self.name(&pair[0].entry))
                        .text("second", self.name(&pair[1].entry))
                        .number("total", short(&pair[0].total))
                };
                Sentence(match pair[0].separated_by {
                    Some(tally::outcome::SeparatedBy::Rung(rung)) => message("tie-separated").message("rung", self.rung(rung)),
                    _ => message("tie-shared"),
                })
            })
            .collect()
    }
}

/// Why a contest is not counted yet.
pub(crate) fn open(why: &Refusal) -> Sentence {
    Sentence(Message::new("contest-open").message("why", why.rule.clone()).message("next", why.next.clone()))
}

/// Why a candidate was not admitted.
pub(crate) fn not_admitted(why: &NotAdmitted) -> Sentence {
    Sentence(match why {
        NotAdmitted::Late { at, deadline } => Message::new("sentence-late")
            .message("at", moment(&shown_time(*at, deadline.zone)))
            .message("deadline", moment(&deadline.shown())),
        NotAdmitted::Incomplete => Message::new("sentence-incomplete"),
        NotAdmitted::NotHandedIn => Message::new("sentence-not-handed-in"),
    })
}

/// `2020-12-17 23:59:59 WITA` with the day as people write it.
fn moment(shown: &str) -> Message {
    let (day, time) = shown.split_once(' ').unwrap_or((shown, ""));
    let day = day.parse().map_or(Arg::Text(day.to_owned()), Arg::Date);
    Message::new("moment").with("day", day).text("time", time)
}

/// A contest by the names of its level, region and category.
pub(crate) fn title(state: &State, key: &ContestKey) -> Message {
    let name = |name: Option<&Text>, id: &str| match name {
        Some(name) => Arg::Local(name.id.clone(), name.en.clone()),
        None => Arg::Text(id.to_owned()),
    };
    let level = name(state.rules_of(&key.round).level(&key.round.level).map(|level| &level.name), &key.round.level);
    let category = name(state.rules_of(&key.round).category(&key.category).map(|category| &category.name), &key.category);
    let message = |key: &str| Message::new(key).with("level", level).with("category", category);
    match key.round.region.as_deref() {
        None => message("explain-contest"),
        Some(region) => {
            let zone = state.rules_of(&key.round).zones.iter().find(|zone| zone.id == region).map(|zone| &zone.name);
            message("explain-contest-region").with("region", name(zone, &state.geography.name(region)))
        }
    }
}
