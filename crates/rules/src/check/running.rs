//! Who competes, and whether the rules of the scheme are for them.

use super::book::Held;
use super::stages::attendance_of;
use super::{Book, Finding};
use crate::problem::complaint;

pub(super) fn attendance_is_for_those_who_compete(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for Held { path, rule, scheme, .. } in book.contests_at() {
        let tables = scheme.map(attendance_of).unwrap_or_default();
        let tables = tables.into_iter().filter_map(|id| book.attendance_table(id));
        for table in tables.filter(|table| !table.kinds.is_empty()) {
            for (index, id) in rule.categories.iter().enumerate() {
                let kinds = book.category(id).map(|category| category.kinds.as_slice());
                let strange = kinds.unwrap_or_default().iter().find(|kind| !table.kinds.contains(kind));
                if let Some(kind) = strange {
                    let message = complaint("attendance-kinds").text("attendance", &table.id);
                    let message = message.text("kind", kind).text("category", id);
                    found.push(Finding::new(format!("{path}.categories.{index}"), message));
                }
            }
        }
    }
    found
}
