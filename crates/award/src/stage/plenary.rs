//! Pleno: ties are put in order, named awards given, a lot revealed, and the plenary makes the result its own.

use tally::Rung;
use words::{Arg, Message};

use crate::act::{ContestKey, OrderBy};
use crate::cycle::tables::CommittedLot;
use crate::decide::{contest, entry, name};
use crate::fact::{Counted, Fact};
use crate::id::{CandidateId, JurorId};
use crate::limit;
use crate::permission::Actor;
use crate::refusal::Refusal;
use crate::stage::{counting, locking, session};
use crate::state::State;

/// Puts tied candidates in order; all of them must stand in the contest.
pub(crate) fn give_order(
    state: &State,
    key: &ContestKey,
    by: OrderBy,
    order: &[CandidateId],
    actor: &Actor,
) -> Result<Vec<Fact>, Refusal> {
    for candidate in order {
        entry(state, key, candidate.as_str())?;
    }
    open(state, key)?;
    is_counted(state, key)?;
    order.iter().try_for_each(|candidate| not_recused(state, key, actor, candidate))?;
    limit::list("order", order.len())?;
    if let Some((_, again)) = order.iter().enumerate().find(|(at, candidate)| order[..*at].contains(candidate)) {
        return Err(Refusal::of(Message::new("refusal-order-names-twice").text("candidate", name(state, again.as_str()))));
    }
    not_ordered_before(state, key, by, order)?;
    Ok(vec![Fact::OrderGiven { contest: key.clone(), by, order: order.to_vec() }])
}

/// Each tie has an order of its own; what was decided once is not decided again.
fn not_ordered_before(state: &State, key: &ContestKey, by: OrderBy, order: &[CandidateId]) -> Result<(), Refusal> {
    let earlier = state.contests.get(key).map(|contest| match by {
        OrderBy::Chair => contest.chair_orders.as_slice(),
        OrderBy::Plenary => contest.plenary_orders.as_slice(),
    });
    let ordered = |candidate: &CandidateId| earlier.into_iter().flatten().find(|earlier| earlier.contains(candidate));
    let again = order.iter().find_map(|candidate| Some((candidate, ordered(candidate)?)));
    let Some((again, earlier)) = again else { return Ok(()) };
    let names = earlier.iter().map(|candidate| Arg::Text(name(state, candidate.as_str()).to_owned())).collect();
    let message = Message::new("refusal-ordered-before").text("candidate", name(state, again.as_str()));
    Err(Refusal::of(message.with("earlier", Arg::List(names))))
}

/// Gives an award by name, to somebody who is in the running: one that this contest has, and that is given that way.
pub(crate) fn name_award(
    state: &State,
    key: &ContestKey,
    award: &str,
    candidate: &CandidateId,
    actor: &Actor,
) -> Result<Vec<Fact>, Refusal> {
    let (_, entry) = entry(state, key, candidate.as_str())?;
    open(state, key)?;
    is_counted(state, key)?;
    not_recused(state, key, actor, candidate)?;
    let is_out = entry.withdrawn.is_some() || entry.not_admitted.is_some();
    if is_out || counting::disqualified(state, key).contains(candidate) {
        let message = Message::new("refusal-award-out").text("award", award);
        return Err(Refusal::of(message.text("candidate", name(state, candidate.as_str()))));
    }
    let of_contest = state.rule(key).is_some_and(|rule| rule.awards.iter().any(|known| known == award));
    let named =
        state.rules_of(&key.round).awards.iter().any(|known| known.id == award && matches!(known.by, tally::By::Named(_)));
    if !of_contest || !named {
        let message =
            Message::new("refusal-award-not-named").text("award", award).text("candidate", name(state, candidate.as_str()));
        return Err(Refusal::of(message));
    }
    let before = state.contests.get(key).and_then(|contest| contest.named.get(award));
    if before.is_some_and(|named| named.contains(candidate)) {
        let message = Message::new("refusal-award-named-before").text("award", award);
        return Err(Refusal::of(message.text("candidate", name(state, candidate.as_str()))));
    }
    Ok(vec![Fact::AwardNamed { contest: key.clone(), award: award.to_owned(), candidate: candidate.clone() }])
}

/// Makes a lot's secret known. Whether it is the one committed to, the count asks. A person reveals it once judging is closed wherever it
/// could decide; a file tells when all of it was over.
pub(crate) fn reveal_lot(state: &State, lot: &CommittedLot, actor: &Actor) -> Result<Vec<Fact>, Refusal> {
    // Other words once the order is known would be a choice. A secret that was not the one committed to can be put right.
    let revealed =
        |known: &CommittedLot| known.secret.as_ref().is_some_and(|one| tally::lot::commitment(one) == known.commitment);
    if state.lots.get(&lot.level).is_some_and(revealed) {
        return Err(Refusal::of(Message::new("refusal-lot-revealed").text("level", &lot.level)));
    }
    let committed = state.lots.get(&lot.level).is_some_and(|known| known.commitment == lot.commitment);
    if !committed {
        return Err(Refusal::of(Message::new("refusal-lot-not-committed").text("level", &lot.level)));
    }
    let judging = state.contests.iter().find(|(key, contest)| {
        key.round.level == lot.level && !contest.entries.is_empty() && !contest.judging_closed && is_by_lot(state, key)
    });
    match judging.filter(|_| matches!(actor, Actor::Person(..))) {
        None => Ok(vec![Fact::LotRevealed(lot.clone())]),
        Some((key, _)) => {
            let message = Message::new("refusal-lot-judging-open").text("level", &lot.level);
            Err(Refusal::of(message.text("contest", key.path())).waiting())
        }
    }
}

/// Whether ties of a contest can be decided by lot.
pub(crate) fn is_by_lot(state: &State, key: &ContestKey) -> bool {
    let ladder =
        state.rule(key).and_then(|rule| state.rules_of(&key.round).ladders.iter().find(|ladder| ladder.id == rule.ladder));
    ladder.is_some_and(|ladder| ladder.steps.contains(&Rung::Lot))
}

/// Makes the result the plenary's own: counted once more with the orders, the lot and the awards that it gave. What was ratified is
/// ratified anew where the count has changed since, as long as nobody has gone up, and after a recount the result that it brought.
pub(crate) fn ratify(state: &State, key: &ContestKey) -> Result<Vec<Fact>, Refusal> {
    let Some(contest) = contest(state, key) else { return Ok(Vec::new()) };
    if let Some(newest) = contest.closing.results.last() {
        open(state, key)?;
        session::may_ratify(state, key)?;
        return Ok(vec![Fact::Ratified(key.clone(), newest.result.clone())]);
    }
    let Some(provisional) = &contest.counted else {
        return Err(Refusal::of(Message::new("refusal-not-counted").text("contest", key.path())));
    };
    let gone = contest.announced || !contest.advanced.is_empty();
    let same = |ratified: &Counted| locking::is_as_ratified(state, ratified, &now(state, key, provisional));
    if gone || contest.ratified.as_ref().is_some_and(same) {
        open(state, key)?;
    }
    session::may_ratify(state, key)?;
    let revealed = state.lots.get(&key.round.level).is_some_and(|lot| lot.secret.is_some());
    let unchanged = contest.chair_orders.is_empty() && contest.plenary_orders.is_empty() && contest.named.is_empty() && !revealed;
    let result = if unchanged { provisional.clone() } else { counting::counted(state, key)? };
    Ok(vec![Fact::Ratified(key.clone(), result)])
}

/// The count as the facts say it now; the one on record where it cannot be made.
fn now(state: &State, key: &ContestKey, provisional: &Counted) -> Counted {
    counting::counted(state, key).unwrap_or_else(|_| provisional.clone())
}

/// Only what was counted shows whom an order or an award is between. A year of files that waits for figures goes on without it.
fn is_counted(state: &State, key: &ContestKey) -> Result<(), Refusal> {
    match contest(state, key).and_then(|contest| contest.counted.as_ref()) {
        Some(_) => Ok(()),
        None => Err(Refusal::of(Message::new("refusal-not-counted").text("contest", key.path())).waiting()),
    }
}

/// Refuses a person who decides about a candidate from whom that person, as a juror, is recused.
fn not_recused(state: &State, key: &ContestKey, actor: &Actor, candidate: &CandidateId) -> Result<(), Refusal> {
    let Actor::Person(person, grant) = actor else { return Ok(()) };
    let as_juror = grant.scope.juror.clone().unwrap_or_else(|| JurorId::from(person.as_str()));
    let recused = state.contests.get(key).is_some_and(|contest| contest.is_recused(&as_juror, candidate));
    if recused {
        let message = Message::new("refusal-orders-recused").text("juror", as_juror.as_str());
        return Err(Refusal::of(message.text("candidate", name(state, candidate.as_str()))));
    }
    Ok(())
}

fn open(state: &State, key: &ContestKey) -> Result<(), Refusal> {
    let ratified = state.contests.get(key).is_some_and(|contest| contest.ratified.is_some());
    if ratified {
        return Err(Refusal::of(Message::new("refusal-ratified").text("contest", key.path())));
    }
    Ok(())
}
