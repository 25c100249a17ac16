//! The seal of a rulebook: two people, before the first round.

use crate::preparation::{closed, opening, pin, round};
use award::seal::{Seal, Sealing};
use award::{Actor, Deed};

const NOON: &str = "2020-11-20T05:00:00Z";

fn sealing(version: &str, digit: char, by: &str) -> Sealing {
    Sealing { rulebook: pin(version, digit), by: by.into() }
}

#[test]
fn a_rulebook_is_sealed_by_somebody_else_than_who_proposed_it_and_then_stays() {
    let mut office = closed();
    let propose = |by: &str| Deed::ProposeSeal(sealing("1", 'a', by));
    let seal = |digit: char, by: &str| Deed::SealRulebook(sealing("1", digit, by));
    assert_eq!(office.refuses(&Actor::Centre, NOON, seal('a', "budi")), "seal-not-proposed");
    assert_eq!(office.refuses(&Actor::Centre, NOON, Deed::ProposeSeal(sealing("2", 'a', "ani"))), "seal-other");
    assert_eq!(office.refuses(&Actor::Centre, NOON, Deed::ProposeSeal(sealing("1", 'A', "ani"))), "hash");
    office.does(&Actor::Centre, NOON, propose("ani"));
    assert_eq!(office.refuses(&Actor::Centre, NOON, propose("ani")), "seal-proposed");
    assert_eq!(office.refuses(&Actor::Centre, NOON, Deed::OpenRound(round("51"), opening())), "seal-awaited");
    assert_eq!(office.refuses(&Actor::Centre, NOON, seal('b', "budi")), "seal-not-proposed");
    assert_eq!(office.refuses(&Actor::Centre, NOON, seal('a', "ani")), "seal-same-person");
    assert_eq!(office.refuses(&Actor::Centre, NOON, seal('a', "ANI")), "person-unknown", "ids are written as they were entered");
    assert_eq!(office.refuses(&Actor::Centre, "", seal('a', "budi")), "no-time");
    office.does(&Actor::Centre, NOON, seal('a', "budi"));
    let sealed = Some(("budi".into(), NOON.parse().expect("an instant")));
    assert_eq!(office.state.seal, Some(Seal { rulebook: pin("1", 'a'), proposer: "ani".into(), sealed }));
    assert_eq!(office.refuses(&Actor::Centre, NOON, seal('a', "budi")), "rulebook-sealed");
    assert_eq!(office.refuses(&Actor::Centre, NOON, Deed::ProposeSeal(sealing("1", 'b', "ani"))), "rulebook-sealed");
}

#[test]
fn a_round_is_opened_only_under_the_sealed_text() {
    let mut office = closed();
    office.does(&Actor::Centre, NOON, Deed::ProposeSeal(sealing("1", 'b', "ani")));
    office.does(&Actor::Centre, NOON, Deed::SealRulebook(sealing("1", 'b', "budi")));
    let under = |digit| Deed::OpenRound(round("51"), award::round::Opening { rulebook: pin("1", digit), ..opening() });
    assert_eq!(office.refuses(&Actor::Centre, NOON, under('a')), "rulebook-sealed");
    office.does(&Actor::Centre, NOON, under('b'));

    let mut unsealed = closed();
    unsealed.does(&Actor::Centre, NOON, under('a'));
}
