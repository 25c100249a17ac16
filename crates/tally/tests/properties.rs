//! What holds for every count, tried on many small random ones.

#![allow(clippy::unwrap_used)]

mod support;

use proptest::prelude::*;
use support::{contest, counted, cut, entry, exact, group, rubric, sheet, without_marks};
use tally::{Combine, Count, CutTies, Grid, Outcome, Rung, SheetState};

const JURORS: [&str; 4] = ["j1", "j2", "j3", "j4"];
const LEAVES: [&str; 2] = ["plan", "effect"];

/// A mark from 0 to 9, or (from 10 on) nothing.
type Marks = Vec<[u8; 8]>;

fn marks() -> impl Strategy<Value = Marks> {
    prop::collection::vec(prop::array::uniform8(0..12u8), 2..6)
}

fn document(marks: &Marks) -> Count {
    let tree =
        group("total", Combine::Mean, LEAVES.into_iter().zip(["2", "1"]).map(|(leaf, weight)| (weight, rubric(leaf))).collect());
    let entries = (0..marks.len()).map(|number| entry(&format!("e{number}"))).collect();
    let mut document = contest(tree, &JURORS, entries);
    for (number, row) in marks.iter().enumerate() {
        for (juror, given) in JURORS.iter().zip(row.chunks(2)) {
            let given = LEAVES.into_iter().zip(given).filter(|(_, mark)| **mark < 10);
            let texts: Vec<(&str, String)> = given.map(|(leaf, mark)| (leaf, mark.to_string())).collect();
            let texts: Vec<(&str, &str)> = texts.iter().map(|(leaf, mark)| (*leaf, mark.as_str())).collect();
            document.sheets.push(sheet(juror, &format!("e{number}"), &texts));
        }
    }
    document.ladder = vec![Rung::Node("plan".into())];
    document.cut = cut(2, 1, CutTies::Ladder);
    document
}

/// Place and total by entry.
fn places(outcome: &Outcome) -> Vec<(String, u32, String)> {
    let mut places = support::standing(outcome);
    places.sort();
    places
}

fn place_of(outcome: &Outcome, entry: &str) -> Option<u32> {
    outcome.standing.iter().find(|row| row.entry == entry).map(|row| row.place)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_order_of_entries_sheets_and_jurors_changes_no_place(
        marks in marks(), entries in any::<prop::sample::Index>(), sheets in any::<prop::sample::Index>(), jurors in 0..4usize,
    ) {
        let before = document(&marks);
        let mut after = before.clone();
        let (by_entries, by_sheets) = (entries.index(after.entries.len()), sheets.index(after.sheets.len()));
        after.entries.rotate_left(by_entries);
        after.sheets.rotate_left(by_sheets);
        after.sheets.reverse();
        after.jurors.rotate_left(jurors);
        let (before, after) = (counted(&before), counted(&after));
        prop_assert_eq!(places(&before), places(&after));
        prop_assert_eq!(before.adjusted, after.adjusted);
    }

    #[test]
    fn raising_a_mark_never_lowers_the_place(marks in marks(), row in any::<prop::sample::Index>(), at in 0..8usize) {
        let row = row.index(marks.len());
        prop_assume!(marks[row][at] < 9);
        let mut raised = marks.clone();
        raised[row][at] += 1;
        let entry = format!("e{row}");
        let (before, after) = (counted(&document(&marks)), counted(&document(&raised)));
        prop_assert!(place_of(&after, &entry) <= place_of(&before, &entry));
    }

    #[test]
    fn scaling_all_weights_of_a_mean_changes_nothing(marks in marks(), above in 1..9i64, below in 1..9i64) {
        let before = document(&marks);
        let mut after = before.clone();
        let factor = exact(&format!("{above}/{below}"));
        for part in &mut after.tree.group.as_mut().unwrap().parts {
            part.weight = &part.weight * &factor;
        }
        prop_assert_eq!(counted(&before), counted(&after));
    }

    #[test]
    fn a_recused_jurors_marks_for_others_never_matter_to_the_entry(marks in marks(), other in prop::array::uniform8(0..10u8)) {
        let with = |change: bool| {
            let mut document = document(&marks);
            document.sheets.retain(|sheet| !(sheet.juror == "j1" && (sheet.entry == "e0" || change)));
            document.sheets.push(without_marks("j1", "e0", SheetState::Recused));
            let texts = [other[0].to_string(), other[1].to_string()];
            let marks: Vec<(&str, &str)> = LEAVES.into_iter().zip(texts.iter().map(String::as_str)).collect();
            document.sheets.extend(change.then(|| sheet("j1", "e1", &marks)));
            counted(&document)
        };
        let (before, after) = (with(false), with(true));
        prop_assert_eq!(before.values.get("e0"), after.values.get("e0"));
    }

    #[test]
    fn with_every_mark_given_there_is_no_fit_and_no_warning(marks in prop::collection::vec(prop::array::uniform8(0..10u8), 1..5)) {
        prop_assert_eq!(counted(&document(&marks)).adjusted, None);
    }

    #[test]
    fn what_is_said_to_be_enough_is_enough_and_one_step_less_is_not(marks in marks()) {
        let mut before = document(&marks);
        let grid = Grid { min: exact("0"), max: exact("20"), step: exact("1/2") };
        for part in &mut before.tree.group.as_mut().unwrap().parts {
            part.node.range = Some(grid.clone());
        }
        for row in &counted(&before).standing {
            for (node, enough) in &row.enough {
                let Some(enough) = enough else { continue };
                let advances = |points: &tally::Exact| counted(&with_points(&before, &row.entry, node, points)).standing.iter()
                    .any(|line| line.entry == row.entry && line.status == tally::Status::Advances);
                prop_assert!(advances(enough));
                let less = enough - &grid.step;
                let present = counted(&before).values[&row.entry][node].clone().unwrap();
                prop_assert!(less <= present || !advances(&less));
            }
        }
    }
}

/// The same count with every leaf stated as it was counted, but one leaf of one entry with other points.
fn with_points(document: &Count, entry: &str, node: &str, points: &tally::Exact) -> Count {
    let values = counted(document).values;
    let mut fixed = document.clone();
    fixed.sheets.clear();
    for part in &mut fixed.tree.group.as_mut().unwrap().parts {
        part.node.leaf.as_mut().unwrap().measure = tally::Measure::Stated;
    }
    for one in &mut fixed.entries {
        for leaf in LEAVES {
            let value = values.get(&one.id).and_then(|values| values[leaf].clone());
            one.stated.extend(value.map(|value| (leaf.to_string(), value)));
        }
        if one.id == entry {
            one.stated.insert(node.into(), points.clone());
        }
    }
    fixed
}
