//! Things that need each other in a circle: events, categories, derived claims.

use std::collections::BTreeMap;

/// What each thing needs.
pub(super) type Needs<'g> = BTreeMap<&'g str, Vec<&'g str>>;

/// A circle: the first of its members in the file, and the way round.
pub(super) struct Circle {
    /// The member's number in the file.
    pub(super) index: usize,
    /// `a → b → a`.
    pub(super) chain: String,
}

/// Every circle once. `ids` are the things in the order of the file.
pub(super) fn circles(ids: &[&str], needs: &Needs<'_>) -> Vec<Circle> {
    let mut left: Needs<'_> = needs.clone();
    let mut found = Vec::new();
    loop {
        drop_what_is_free(&mut left);
        let Some(round) = ids.iter().find_map(|id| left.contains_key(id).then(|| way_round(id, &left))) else {
            return found;
        };
        found.push(circle(ids, &round));
        left.retain(|id, _| !round.contains(id));
    }
}

/// Takes out what needs nothing that is left, until there is nothing more of that sort.
fn drop_what_is_free(left: &mut Needs<'_>) {
    loop {
        let free = |needed: &Vec<&str>| needed.iter().all(|id| !left.contains_key(id));
        let gone: Vec<&str> = left.iter().filter(|(_, needed)| free(needed)).map(|(id, _)| *id).collect();
        if gone.is_empty() {
            return;
        }
        left.retain(|id, _| !gone.contains(id));
    }
}

/// From a thing along what it needs until something comes again. Whatever is left needs something that is left.
fn way_round<'g>(start: &'g str, left: &Needs<'g>) -> Vec<&'g str> {
    let mut way = vec![start];
    loop {
        let here = way.last().and_then(|id| left.get(id));
        let next = here.into_iter().flatten().find(|id| left.contains_key(*id));
        let Some(next) = next else {
            return way;
        };
        if let Some(at) = way.iter().position(|id| id == next) {
            return way.split_off(at);
        }
        way.push(next);
    }
}

fn circle(ids: &[&str], round: &[&str]) -> Circle {
    let place = |id: &&str| ids.iter().position(|other| other == id).unwrap_or(usize::MAX);
    let first = round.iter().enumerate().min_by_key(|(_, id)| place(id)).map_or(0, |(at, _)| at);
    let mut chain: Vec<&str> = round[first..].iter().chain(&round[..first]).copied().collect();
    let index = chain.first().map_or(0, place);
    chain.extend(chain.first().copied());
    Circle { index, chain: chain.join(" → ") }
}
