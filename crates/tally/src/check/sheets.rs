//! The jurors' sheets: that they speak of what is there, that marks are marks, and that nobody marks twice.

use std::collections::{BTreeMap, HashSet};

use super::Document;
use crate::Exact;
use crate::model::{Mark, Measure, Sheet, SheetState};
use crate::outcome::{Code, Refusal};

pub(super) fn sheets_name_what_is_there(document: &Document, found: &mut Vec<Refusal>) {
    for sheet in &document.count.sheets {
        let refusal = |code| Refusal::of(code).entry(&sheet.entry);
        if !document.jurors.contains(sheet.juror.as_str()) {
            found.push(refusal(Code::UnknownJuror));
        }
        if !document.entries.contains(sheet.entry.as_str()) {
            found.push(refusal(Code::UnknownEntry));
        }
        let unknown = sheet.marks.keys().filter(|leaf| !is_marks_leaf(document, leaf));
        found.extend(unknown.map(|leaf| refusal(Code::UnknownNode).node(leaf)));
    }
}

pub(super) fn marks_are_in_range_and_on_step(document: &Document, found: &mut Vec<Refusal>) {
    for sheet in &document.count.sheets {
        for (leaf, mark) in &sheet.marks {
            let Some(&at) = document.tree.index.get(leaf.as_str()) else { continue };
            let measure = document.tree.nodes[at].node.leaf.as_ref().map(|leaf| &leaf.measure);
            let (Some(Measure::Marks { min, max, step, .. }), Mark::Given(number)) = (measure, mark) else {
                continue;
            };
            // A leaf with a bad range is refused for that; its marks cannot be judged.
            let judgeable = min <= max && *step > Exact::zero();
            if judgeable && !(number >= min && number <= max && is_on_step(number, min, step)) {
                found.push(Refusal::of(Code::BadMark).entry(&sheet.entry).node(leaf));
            }
        }
    }
}

pub(super) fn no_leaf_is_marked_twice(document: &Document, found: &mut Vec<Refusal>) {
    let mut together: BTreeMap<(&str, &str), Vec<&Sheet>> = BTreeMap::new();
    for sheet in &document.count.sheets {
        together.entry((&sheet.juror, &sheet.entry)).or_default().push(sheet);
    }
    for ((_, entry), sheets) in together {
        let recused = sheets.iter().any(|sheet| sheet.state == SheetState::Recused);
        let marks_without_right = sheets.iter().any(|sheet| sheet.state != SheetState::HandedIn && !sheet.marks.is_empty());
        if (recused && sheets.len() > 1) || marks_without_right {
            found.push(Refusal::of(Code::RecusedMark).entry(entry));
        }
        let mut seen = HashSet::new();
        let twice = sheets.iter().flat_map(|sheet| told_leaves(document, sheet)).filter(|leaf| !seen.insert(*leaf));
        found.extend(twice.map(|leaf| Refusal::of(Code::DuplicateMark).entry(entry).node(leaf)));
    }
}

/// The marks leaves that a sheet names. A sheet without marks names none: it speaks only where nothing else does.
fn told_leaves<'d>(document: &'d Document, sheet: &'d Sheet) -> Vec<&'d str> {
    match sheet.state {
        SheetState::HandedIn => sheet.marks.keys().map(String::as_str).filter(|leaf| is_marks_leaf(document, leaf)).collect(),
        SheetState::Abstained | SheetState::Recused | SheetState::Absent => Vec::new(),
    }
}

fn is_marks_leaf(document: &Document, leaf: &str) -> bool {
    document.tree.index.get(leaf).is_some_and(|at| document.tree.nodes[*at].marks.is_some())
}

fn is_on_step(number: &Exact, min: &Exact, step: &Exact) -> bool {
    (number - min).checked_div(step).is_some_and(|steps| steps.is_integer())
}
