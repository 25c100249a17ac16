//! What somebody probably meant: the known name that needs the fewest changes.

use words::Message;

/// The nearest of the known names, if it is near enough to be meant.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let length = name.chars().count();
    if length > 60 {
        return None;
    }
    let allowed = if length < 4 { 1 } else { 1 + length / 4 };
    let scored = known.into_iter().map(|candidate| (distance(name, candidate), candidate));
    scored.filter(|(changes, _)| *changes <= allowed).min().map(|(_, candidate)| candidate)
}

/// Words of other formats for what a rulebook calls otherwise; they are too far off to be a slip of the finger.
const SYNONYMS: &[(&str, &str)] = &[
    ("average", "mean"),
    ("avg", "mean"),
    ("bool", "yes_no"),
    ("boolean", "yes_no"),
    ("currency", "money"),
    ("decimal", "number"),
    ("float", "number"),
    ("int", "count"),
    ("integer", "count"),
    ("percent", "number"),
    ("total", "sum"),
];

/// The hint for a wrong name: the nearest one, or the list of all.
pub(crate) fn did_you_mean<'n>(name: &str, known: impl IntoIterator<Item = &'n str> + Clone) -> Message {
    let other = SYNONYMS.iter().find(|(word, _)| name.eq_ignore_ascii_case(word));
    let other = other.and_then(|(_, meant)| known.clone().into_iter().find(|one| one == meant));
    match other.or_else(|| nearest(name, known.clone())) {
        Some(meant) => Message::new("rules-did-you-mean").text("meant", meant),
        None => {
            let all: Vec<&str> = known.into_iter().collect();
            match all.is_empty() {
                true => Message::new("rules-none-known"),
                false => Message::new("rules-known-are").text("known", all.join(", ")),
            }
        }
    }
}

/// Letters to insert, delete, replace or swap with their neighbour.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let replaced = row[j] + usize::from(a != b);
            let mut best = replaced.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_one_change() {
        for slip in ["wieght", "weigt", "weightt", "waight"] {
            assert_eq!(distance(slip, "weight"), 1, "{slip}");
        }
    }

    #[test]
    fn a_name_that_is_far_from_all_others_means_none() {
        assert_eq!(nearest("zzzz", ["weight", "kind"]), None);
        assert_eq!(nearest("wigth", ["weight", "kind"]), Some("weight"));
    }
}
