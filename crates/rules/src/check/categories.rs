//! The tree of categories, and that each can be won.

use super::circle::{Needs, circles};
use super::{Book, Finding};
use crate::problem::complaint;

pub(super) fn parents_do_not_go_in_a_circle(book: &Book<'_>) -> Vec<Finding> {
    let ids: Vec<&str> = book.categories.iter().map(|category| category.id.as_str()).collect();
    let parents = book.categories.iter().map(|one| (one.id.as_str(), one.parent.iter().map(String::as_str).collect()));
    let needs: Needs<'_> = parents.collect();
    let found = circles(&ids, &needs).into_iter().map(|circle| {
        let message = complaint("category-circle").text("chain", circle.chain);
        Finding::new(format!("category.{}.parent", circle.index), message)
    });
    found.collect()
}

pub(super) fn every_category_can_be_won(book: &Book<'_>) -> Vec<Finding> {
    let held = |id: &str| book.contests.iter().any(|contest| contest.categories.iter().any(|held| held == id));
    let groups = |id: &str| book.categories.iter().any(|one| one.parent.as_deref() == Some(id));
    let mut found = Vec::new();
    for (index, category) in book.categories.iter().enumerate() {
        let only_groups = category.kinds.is_empty() && groups(&category.id);
        if !held(&category.id) && !only_groups && book.is_sound("contest") {
            let message = complaint("category-without-contest").text("category", &category.id);
            found.push(Finding::new(format!("category.{index}.id"), message));
        }
    }
    found
}

pub(super) fn whoever_competes_has_a_kind(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for held in book.contests_at() {
        for (index, id) in held.rule.categories.iter().enumerate() {
            if book.category(id).is_some_and(|category| category.kinds.is_empty()) {
                let message = complaint("category-without-kinds").text("category", id);
                found.push(Finding::new(format!("{}.categories.{index}", held.path), message));
            }
        }
    }
    found
}
