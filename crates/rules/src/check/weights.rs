//! Weights: given where they matter, not negative, and adding up.

use tally::{Combine, Exact};
use words::Message;

use super::{Book, Finding};
use crate::problem::complaint;
use crate::rulebook::{Aspect, Role, Scheme, USUAL_TOTAL};

/// A part of a group: its path, role and weight.
struct Weighed<'a> {
    path: String,
    id: &'a str,
    role: Role,
    weight: &'a Exact,
}

/// A group whose parts have weights: a scheme's aspects or an aspect's indicators.
struct Group<'a> {
    path: String,
    id: &'a str,
    combine: Combine,
    total: Option<&'a Exact>,
    members: Vec<Weighed<'a>>,
}

impl Group<'_> {
    fn parts(&self) -> impl Iterator<Item = &Weighed<'_>> {
        self.members.iter().filter(|member| member.role == Role::Part)
    }

    /// Whether every weight could be read, and is there where it must be.
    fn is_sound(&self, book: &Book<'_>) -> bool {
        let needed = self.combine == Combine::Mean && self.parts().count() > 1;
        let sound = |part: &Weighed<'_>| {
            let path = format!("{}.weight", part.path);
            book.is_sound(&path) && (!needed || book.is_given(&path))
        };
        self.parts().all(sound) && book.is_sound(&format!("{}.weights_total", self.path))
    }
}

fn of_scheme<'a>((path, scheme): (String, &'a Scheme)) -> Group<'a> {
    let member = |(index, aspect): (usize, &'a Aspect)| Weighed {
        path: format!("{path}.aspect.{index}"),
        id: &aspect.id,
        role: aspect.role,
        weight: &aspect.weight,
    };
    let members = scheme.aspects.iter().enumerate().map(member).collect();
    let total = scheme.weights_total.as_ref();
    Group { path: path.clone(), id: &scheme.id, combine: scheme.combine, total, members }
}

fn of_aspect<'a>((path, aspect): (String, &'a Aspect)) -> Group<'a> {
    let indicators = aspect.indicators.iter().enumerate();
    let members = indicators.map(|(index, indicator)| Weighed {
        path: format!("{path}.indicator.{index}"),
        id: &indicator.id,
        role: indicator.role,
        weight: &indicator.weight,
    });
    let members = members.collect();
    let total = aspect.weights_total.as_ref();
    Group { path: path.clone(), id: &aspect.id, combine: aspect.combine, total, members }
}

fn groups<'a>(book: &Book<'a>) -> Vec<Group<'a>> {
    book.schemes_at().map(of_scheme).chain(book.aspects_at().map(of_aspect)).collect()
}

pub(super) fn weights_are_given_where_they_matter(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for group in groups(book) {
        let several = group.parts().count() > 1;
        for member in &group.members {
            let path = format!("{}.weight", member.path);
            let given = book.is_given(&path);
            let part = member.role == Role::Part;
            let problem = match (part, given) {
                (true, false) if several && group.combine == Combine::Mean => "weight-missing",
                (false, true) => "weight-unused",
                _ => continue,
            };
            let message = complaint(problem).text("id", member.id).text("group", group.id);
            found.push(Finding::new(path, message));
        }
    }
    found
}

pub(super) fn weights_are_not_negative(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for group in groups(book) {
        for part in group.parts().filter(|part| part.weight.is_negative()) {
            let message = complaint("weight-negative").text("id", part.id);
            let message = message.number("weight", part.weight);
            found.push(Finding::new(format!("{}.weight", part.path), message));
        }
        let all_zero = group.parts().count() > 0 && group.parts().all(|one| one.weight.is_zero());
        if all_zero && group.combine == Combine::Mean && group.is_sound(book) {
            let message = complaint("weights-zero").text("group", group.id);
            found.push(Finding::new(group.path.clone(), message));
        }
    }
    found
}

pub(super) fn weights_add_up(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let staged = book.schemes_at().filter(|(_, scheme)| !scheme.stage_weights.is_empty());
    let staged: Vec<String> = staged.map(|(path, _)| path).collect();
    let schemes = book.schemes_at().count();
    for (index, group) in groups(book).into_iter().enumerate() {
        if staged.contains(&group.path) || !group.is_sound(book) {
            continue;
        }
        let several = group.combine == Combine::Mean && group.parts().count() > 1;
        match group.total {
            Some(total) => found.extend(difference(&group, total)),
            None if several && index < schemes => {
                let message = complaint("weights-total-missing").text("group", group.id);
                let message = message.number("sum", sum(group.parts()));
                found.push(Finding::new(format!("{}.weights_total", group.path), message));
            }
            None if several => found.extend(difference(&group, &Exact::from(USUAL_TOTAL)).map(|one| one.or_say(&group))),
            None => {}
        }
    }
    found
}

impl Finding {
    /// Where nothing is said, another total may be meant: the hint tells how to say it.
    fn or_say(self, group: &Group<'_>) -> Finding {
        let hint = Message::new("rules-weights-say-total").text("sum", sum(group.parts()).to_string());
        self.hint(hint)
    }
}

fn sum<'a>(parts: impl Iterator<Item = &'a Weighed<'a>>) -> Exact {
    parts.map(|part| part.weight).sum()
}

/// What is missing to the total, or too much.
fn difference(group: &Group<'_>, total: &Exact) -> Option<Finding> {
    let sum = sum(group.parts());
    let path = format!("{}.weights_total", group.path);
    (sum != *total).then(|| Finding::new(path, off(group.id, &sum, total)))
}

fn off(id: &str, sum: &Exact, total: &Exact) -> words::Message {
    let short = total - sum;
    let (problem, by) = match short.is_negative() {
        true => ("weights-above", -short),
        false => ("weights-below", short),
    };
    let message = complaint(problem).text("group", id).number("sum", sum);
    message.number("total", total).number("by", by)
}

/// With stage weights the stages add up to the total, and the aspects of a stage to the total or to the stage's weight.
pub(super) fn stage_weights_fit_the_aspects(book: &Book<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, scheme) in book.schemes_at().filter(|(_, one)| !one.stage_weights.is_empty()) {
        let at = format!("{path}.stage_weights");
        if !book.is_sound(&at) {
            continue;
        }
        found.extend(weightless_stages(&at, scheme));
        found.extend(aspects_without_stage(&path, scheme));
        let weights = scheme.stage_weights.iter().map(|(_, weight)| weight);
        let sum: Exact = weights.sum();
        if let Some(total) = scheme.weights_total.as_ref().filter(|total| **total != sum) {
            found.push(Finding::new(at.clone(), off(&scheme.id, &sum, total)));
        }
        let group = of_scheme((path, scheme));
        if group.is_sound(book) {
            found.extend(stage_sums(&at, scheme, &group));
        }
    }
    found
}

fn weightless_stages(at: &str, scheme: &Scheme) -> Vec<Finding> {
    let mut found = Vec::new();
    for (stage, weight) in &scheme.stage_weights {
        let path = format!("{at}.{}", stage.name());
        if weight.is_negative() || weight.is_zero() {
            let message = complaint("stage-weight-positive").number("weight", weight);
            found.push(Finding::new(path, message.text("stage", stage.name())));
        } else if !scheme.aspects.iter().any(|one| one.stage == Some(*stage) && one.role == Role::Part) {
            let message = complaint("stage-without-aspect").text("scheme", &scheme.id);
            found.push(Finding::new(path, message.text("stage", stage.name())));
        }
    }
    found
}

fn aspects_without_stage(path: &str, scheme: &Scheme) -> Vec<Finding> {
    let weighed = |aspect: &Aspect| scheme.stage_weights.iter().any(|(stage, _)| aspect.stage == Some(*stage));
    let aspects = scheme.aspects.iter().enumerate();
    // A bonus or penalty without a stage goes to the total.
    let lost = aspects.filter(|(_, aspect)| !weighed(aspect) && (aspect.role == Role::Part || aspect.stage.is_some()));
    lost.map(|(index, aspect)| {
        let message = complaint("aspect-without-stage").text("aspect", &aspect.id);
        Finding::new(format!("{path}.aspect.{index}.stage"), message.text("scheme", &scheme.id))
    })
    .collect()
}

fn stage_sums(at: &str, scheme: &Scheme, group: &Group<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (stage, weight) in &scheme.stage_weights {
        let members = scheme.aspects.iter().zip(&group.members);
        let here: Vec<&Weighed<'_>> =
            members.filter(|(aspect, one)| aspect.stage == Some(*stage) && one.role == Role::Part).map(|(_, one)| one).collect();
        let sum: Exact = here.iter().map(|part| part.weight).sum();
        let total = scheme.weights_total.as_ref().unwrap_or(weight);
        if here.len() > 1 && sum != *weight && sum != *total {
            let name = format!("{}/{}", scheme.id, stage.name());
            found.push(Finding::new(format!("{at}.{}", stage.name()), off(&name, &sum, weight)));
        }
    }
    found
}
