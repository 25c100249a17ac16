//! What is wrong between the values of a rulebook.
//!
//! Each check is a small function from the rulebook to what it found. Adding a check is adding a function to [`CHECKS_OF_NEW`], its
//! text to `rules.ftl` and a case to the table in `tests/problems.rs`. A finding about a value that the reader could not read
//! is dropped: one mistake is told once.

mod awards;
mod book;
mod calendar;
mod categories;
mod circle;
mod claims;
mod contests;
mod edition;
mod formulas;
mod indicators;
mod ladders;
mod levels;
mod panels;
mod running;
mod schemes;
mod stages;
mod unused;
mod weights;
mod zones;

use std::ops::Range;

use words::Message;

use crate::problem::with_hint;
use crate::reader::{Reader, formula_span};
use crate::rulebook::Rulebook;
use book::Book;

/// Something wrong with the value at a path.
pub(crate) struct Finding {
    path: String,
    message: Message,
    hint: Option<Message>,
    /// The bytes inside a text value.
    inside: Option<Range<usize>>,
}

impl Finding {
    fn new(path: impl Into<String>, message: Message) -> Finding {
        Finding { path: path.into(), message, hint: None, inside: None }
    }

    /// A hint other than that of the message's own name.
    fn hint(mut self, hint: Message) -> Finding {
        self.hint = Some(hint);
        self
    }

    fn inside(mut self, bytes: Range<usize>) -> Finding {
        self.inside = Some(bytes);
        self
    }
}

/// A check of one rule.
type Check = fn(&Book<'_>) -> Vec<Finding>;

/// Every check.
const CHECKS: &[Check] = &[
    edition::period_is_not_reversed,
    edition::regions_are_known_then,
    edition::built_in_source_is_not_redefined,
    calendar::dates_are_not_reversed,
    calendar::events_do_not_wait_in_a_circle,
    calendar::no_holiday_twice,
    calendar::deadlines_move_forward,
    levels::the_next_level_is_higher,
    levels::only_the_last_level_has_no_next,
    levels::zones_exist_where_they_are_needed,
    levels::rounds_fit_the_regions,
    zones::provinces_are_known,
    zones::no_province_in_two_zones,
    zones::no_province_without_zone,
    panels::one_chair,
    panels::quorum_fits_the_seats,
    claims::plausible_bounds,
    contests::second_reading_is_a_share,
    categories::parents_do_not_go_in_a_circle,
    categories::every_category_can_be_won,
    categories::whoever_competes_has_a_kind,
    claims::no_claim_twice,
    claims::no_reserved_name,
    claims::decimals_fit_the_shape,
    claims::shapes_fit_their_use,
    formulas::formulas_parse,
    formulas::formulas_name_known_claims,
    formulas::formulas_do_not_divide_by_zero,
    formulas::derived_claims_do_not_need_each_other,
    schemes::node_ids_are_unique,
    schemes::groups_have_parts,
    schemes::cap_is_not_below_floor,
    schemes::rounding_has_few_places,
    schemes::trimming_leaves_something,
    schemes::sheets_hold_rubrics_only,
    schemes::caps_do_not_turn_bonuses_round,
    weights::weights_are_given_where_they_matter,
    weights::weights_are_not_negative,
    weights::weights_add_up,
    weights::stage_weights_fit_the_aspects,
    indicators::bands_rise,
    indicators::lines_have_length,
    indicators::rubrics_have_steps,
    indicators::anchors_lie_in_the_rubric,
    indicators::ranges_have_steps,
    indicators::checklists_are_not_empty,
    indicators::data_questions_are_of_ratios,
    ladders::ladders_have_steps,
    ladders::the_chair_is_of_a_panel,
    ladders::no_step_twice,
    ladders::nothing_after_the_lot,
    ladders::steps_are_nodes,
    awards::places_rise,
    awards::bands_are_not_empty,
    awards::best_is_of_a_node,
    contests::lists_are_not_empty,
    contests::one_contest_for_a_category_and_level,
    contests::rubrics_have_a_panel,
    contests::the_panel_sits_at_that_level,
    contests::pools_exist,
    contests::objections_have_their_stage,
    contests::carried_points_come_from_below,
    contests::gates_have_different_ids,
    stages::stages_are_in_order,
    stages::interview_is_a_stage,
    stages::attendance_needs_an_interview,
    stages::aspects_have_their_stage,
    stages::the_top_advances_nobody,
    stages::plenary_ties_need_a_plenary,
    running::attendance_is_for_those_who_compete,
    unused::levels_are_contested,
    unused::panels_are_used,
    unused::schemes_and_ladders_are_used,
    unused::awards_are_given,
    unused::attendance_tables_are_used,
    unused::claims_are_used,
];

/// Checks of a rulebook that nothing follows yet. A check that comes after rulebooks were sealed without it belongs here.
const CHECKS_OF_NEW: &[Check] = &[indicators::shares_can_be_reached];

/// Runs every check of a rulebook in force and reports what is not the consequence of something already reported.
pub(crate) fn all(rulebook: &Rulebook, reader: &mut Reader<'_>) {
    run(CHECKS.iter(), rulebook, reader);
}

/// The same, with the checks of a new rulebook.
pub(crate) fn all_of_new(rulebook: &Rulebook, reader: &mut Reader<'_>) {
    run(CHECKS.iter().chain(CHECKS_OF_NEW), rulebook, reader);
}

fn run<'c>(checks: impl Iterator<Item = &'c Check>, rulebook: &Rulebook, reader: &mut Reader<'_>) {
    let book = Book { rules: rulebook, places: &reader.places, whole: reader.problems.is_empty() };
    let found: Vec<Finding> = checks.flat_map(|check| check(&book)).collect();
    let (news, _): (Vec<Finding>, Vec<Finding>) = found.into_iter().partition(|finding| !book.places.is_broken(&finding.path));
    for finding in news {
        let hint = finding.hint.unwrap_or_else(|| with_hint(&finding.message));
        match finding.inside {
            Some(bytes) => {
                let span = formula_span(reader.text, reader.places.span(&finding.path), bytes);
                reader.report_at(span, finding.message, hint);
            }
            None => reader.report_with(&finding.path, finding.message, hint),
        }
    }
}
