//! Panels, categories, claims and attendance: who judges whom by what.

use words::{Arg, Message};

use super::edition::aliases;
use super::facts::Facts;
use super::{Form, Page, free_words, local, named, names_of, say, word, words_of};
use crate::rulebook::{AttendanceRule, Category, ClaimRule, Delegation, GateCondition, GateRule, Panel, Plausible, Seat};
use crate::word::Word;

impl Page<'_> {
    pub(super) fn panels(&mut self) {
        let book = self.book;
        if !book.panels.is_empty() {
            self.part("part-panels");
        }
        for panel in &book.panels {
            let plain = crate::rulebook::Text { id: panel.id.clone(), en: panel.id.clone() };
            self.thing(panel.name.as_ref().unwrap_or(&plain), &panel.clause);
            let facts = self.panel(panel);
            self.sentence(facts);
            for seat in &panel.seats {
                self.item(1, &seat.name, seat_facts(seat));
            }
        }
    }

    fn panel<'p>(&self, panel: &'p Panel) -> Facts<'p> {
        let level = say("panel-level").with("level", self.level_name(&panel.level));
        let quorum = say("quorum").number("quorum", panel.quorum);
        let effective = panel.minimum_effective.map(|least| say("minimum-effective").number("least", least));
        let acting = say(if panel.acting_chair { "acting-chair" } else { "no-acting-chair" });
        let facts = Facts::of(&panel.clause).fact(&["level"], level).fact(&["quorum"], quorum);
        let given = panel.substitution.map(|given| say(&format!("substitution-{}", given.word())));
        let facts = facts.maybe(&["minimum_effective"], effective).fact(&["acting_chair"], acting);
        let open = panel.open_marks.then(|| say("open-marks"));
        facts.maybe(&["substitution"], given).maybe(&["open_marks"], open)
    }

    pub(super) fn categories(&mut self) {
        let book = self.book;
        self.part("part-categories");
        for category in &book.categories {
            self.thing(&category.name, &category.clause);
            let facts = self.category(category);
            self.sentence(facts);
            for gate in &category.gates {
                self.gate(1, gate);
            }
            for document in &category.documents {
                let key = if document.required { "document-required" } else { "document-optional" };
                let kinds =
                    (!document.kinds.is_empty()).then(|| say("document-kinds").with("kinds", free_words(&document.kinds)));
                let facts = Facts::of(&document.clause).fact(&["required", "document"], say(key));
                let formats = &document.formats;
                let formats = (!formats.is_empty()).then(|| say("document-formats").with("formats", words_of(formats)));
                let size = document.max_mib.map(|size| say("document-size").number("size", size));
                let facts = facts.maybe(&["kinds"], kinds).maybe(&["formats"], formats).maybe(&["max_mib"], size);
                self.item(1, &document.name, facts);
            }
        }
    }

    fn category<'c>(&self, category: &'c Category) -> Facts<'c> {
        let parent = category.parent.as_ref().map(|id| say("category-parent").with("category", self.category_name(id)));
        let kinds = match category.kinds.is_empty() {
            true => say("category-groups"),
            false => say("category-kinds").with("kinds", words_of(&category.kinds)),
        };
        let some = |list: &[String], fact: Message| (!list.is_empty()).then_some(fact);
        let sizes = some(&category.sizes, say("category-sizes").with("sizes", words_of(&category.sizes)));
        let sectors = some(&category.sectors, say("category-sectors").with("sectors", free_words(&category.sectors)));
        // Branches and regencies put forward only where there are regions.
        let regions = self.book.edition.country_levels;
        let routes = regions.then(|| say("category-routes").with("routes", routes(&category.routes)));
        let first = category.socialisation_first.then(|| say("socialisation-first"));
        let facts = Facts::of(&category.clause).fact(&["kinds"], kinds).maybe(&["parent"], parent);
        let facts = facts.maybe(&["aliases"], aliases(&category.aliases)).maybe(&["sizes"], sizes);
        let facts = facts.maybe(&["sectors"], sectors).maybe(&["routes"], routes);
        facts.maybe(&["socialisation_first"], first)
    }

    /// A gate of a category or scheme.
    pub(super) fn gate(&mut self, depth: u8, gate: &GateRule) {
        let condition = match &gate.condition {
            GateCondition::Yes(claim) => say("gate-yes").with("claim", self.claim_name(claim)),
            GateCondition::No(claim) => say("gate-no").with("claim", self.claim_name(claim)),
            GateCondition::Claim(claim, test, value) => {
                say(&format!("gate-{}", test_word(*test))).with("claim", self.claim_name(claim)).number("value", value)
            }
            GateCondition::Formula(formula, test, value) => {
                say(&format!("gate-{}", test_word(*test))).with("claim", self.formula(formula)).number("value", value)
            }
            GateCondition::PreviousWinner(years) => say("gate-winner").number("years", years),
        };
        let missing = say(&format!("gate-missing-{}", gate.missing.word()));
        let keys = ["gate", "yes", "no", "claim", "formula", "at_least", "at_most", "equals", "previous_winner"];
        let facts = Facts::of(&gate.clause).fact(&[], say("gate")).fact(&keys, condition).fact(&["missing"], missing);
        self.item(depth, &gate.name, facts);
    }

    pub(super) fn claims(&mut self) {
        let book = self.book;
        if !book.claims.is_empty() || !book.derived.is_empty() {
            self.part("part-claims");
        }
        for claim in &book.claims {
            self.item(1, &claim.name, claim_facts(claim));
        }
        for derived in &book.derived {
            let formula = say("derived").with("formula", self.formula(&derived.formula));
            let facts = Facts::of(&derived.clause).fact(&["formula"], formula);
            self.item(1, &derived.name, facts.maybe(&["at_least", "at_most"], plausible(&derived.plausible)));
        }
    }

    pub(super) fn attendance(&mut self) {
        let book = self.book;
        if !book.attendance.is_empty() {
            self.part("part-attendance");
        }
        for table in &book.attendance {
            self.thing(&table.name, &table.clause);
            self.sentence(attendance_facts(table));
            self.head_row(vec![say("column-rank"), say("column-value")]);
            for rank in &table.ranks {
                let assumed = rank.clause.is_assumed("value") || rank.clause.is_assumed("rank");
                let value = say("number").number("number", &rank.value);
                let value = if assumed { say("assumed").message("fact", value) } else { value };
                self.push(Form::Row, vec![named("name", &rank.name), value], Some(&rank.clause), assumed);
            }
        }
    }
}

fn seat_facts(seat: &Seat) -> Facts<'_> {
    let role = say("seat").message("role", word(seat.role.word())).number("count", seat.count);
    let offices = (!seat.offices.is_empty()).then(|| say("offices").with("offices", names_of(&seat.offices)));
    let delegate = seat.delegate.then(|| say("delegate"));
    let structural = (!seat.structural.is_empty()).then(|| say("structural").with("conflicts", words_of(&seat.structural)));
    let facts = Facts::of(&seat.clause).fact(&["role", "count", "seat"], role).maybe(&["offices"], offices);
    facts.maybe(&["delegate"], delegate).maybe(&["structural"], structural)
}

fn routes(routes: &[String]) -> Arg {
    Arg::List(routes.iter().map(|route| Arg::Message(word(&format!("route-{route}")))).collect())
}

fn test_word(test: tally::Test) -> &'static str {
    match test {
        tally::Test::AtLeast => "at-least",
        tally::Test::AtMost => "at-most",
        tally::Test::Equals => "equals",
    }
}

fn claim_facts(claim: &ClaimRule) -> Facts<'_> {
    let shape = say("claim-shape").message("shape", word(claim.shape.word()));
    let unit = claim.unit.as_ref().map(|unit| say("claim-unit").with("unit", local(unit)));
    let segment = claim.segment.as_ref().map(|segment| say("claim-segment").with("segment", segment_name(segment)));
    let decimals = (claim.decimals > 0).then(|| say("claim-decimals").number("decimals", claim.decimals));
    let question = claim.question.as_ref().map(|question| named("claim-question", question));
    let facts = Facts::of(&claim.clause).fact(&["shape"], shape).maybe(&["unit"], unit);
    let data = claim.data_question.as_ref().map(|id| say("data-question").text("id", id));
    facts
        .maybe(&["segment"], segment)
        .maybe(&["decimals"], decimals)
        .maybe(&["question"], question)
        .maybe(&["data_question"], data)
        .maybe(&["at_least", "at_most"], plausible(&claim.plausible))
}

/// What a part of the workers is called, where that is usual.
fn segment_name(segment: &str) -> Arg {
    let known = match segment {
        "pu" => "segment-pu",
        "bpu" => "segment-bpu",
        "vulnerable" => "segment-vulnerable",
        "asn" => "segment-asn",
        "non_asn" => "segment-non-asn",
        _ => return crate::word(segment),
    };
    Arg::Message(say(known))
}

/// The bounds of a plausible value, if any.
fn plausible(bounds: &Plausible) -> Option<Message> {
    match (&bounds.at_least, &bounds.at_most) {
        (None, None) => None,
        (Some(least), None) => Some(say("plausible-from").number("least", least)),
        (None, Some(most)) => Some(say("plausible-to").number("most", most)),
        (Some(least), Some(most)) => Some(say("plausible").number("least", least).number("most", most)),
    }
}

fn attendance_facts(table: &AttendanceRule) -> Facts<'_> {
    let kinds = (!table.kinds.is_empty()).then(|| say("attendance-kinds").with("kinds", words_of(&table.kinds)));
    let otherwise = match &table.otherwise {
        Some(value) => say("attendance-otherwise").number("value", value),
        None => say("attendance-only"),
    };
    let absent = say(&format!("absent-{}", table.absent.word()));
    let leader = table.leader_required.then(|| say("leader-required"));
    let officials = table.officials.map(|officials| say("officials").number("officials", officials));
    let delegation = (table.delegation == Delegation::Refuse).then(|| say("delegation-refuse"));
    let facts = Facts::of(&table.clause).maybe(&["kinds"], kinds).fact(&["otherwise"], otherwise);
    facts
        .fact(&["absent"], absent)
        .maybe(&["leader_required"], leader)
        .maybe(&["officials"], officials)
        .maybe(&["delegation"], delegation)
}
