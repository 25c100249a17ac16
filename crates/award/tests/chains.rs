//! In which chains an act is written: entering people keeps no round waiting, and an organisation enters once in all of them.
#![allow(clippy::unwrap_used)]

use crate::preparation::{company, nomination};
use award::people::PeopleChange;
use award::{BodyId, Chain, ContestKey, Deed, Fact, PersonId, RoundKey};

fn round() -> RoundKey {
    RoundKey { level: "province".into(), region: Some("51".into()) }
}

#[test]
fn people_and_organisations_are_written_in_their_own_chain() {
    let change = PeopleChange::Enter { person: PersonId::from("p1"), name: "Ani".into() };
    assert_eq!(Chain::of(&Deed::ChangePeople(change.clone())), Chain::People);
    assert_eq!(Chain::touched_by(&Fact::PeopleChanged(change)), [Chain::People]);
    assert_eq!(Chain::of(&Deed::RecordDossiers), Chain::Edition);
}

#[test]
fn a_nomination_that_names_an_organisation_holds_the_chain_of_organisations_too() {
    let nominate = |nomination| Deed::Nominate(ContestKey { round: round(), category: "company".into() }, nomination);
    let mut known = company("maju", "51.71");
    known.body = Some(BodyId::from("maju"));
    assert_eq!(Chain::held_for(&nominate(known)), [Chain::Round(round()), Chain::People]);
    assert_eq!(Chain::held_for(&nominate(nomination("denpasar", "51.71"))), [Chain::Round(round())]);
}

#[test]
fn the_name_of_a_chain_tells_which_it_is() {
    let nation = Chain::Round(RoundKey { level: "nation".into(), region: None });
    for chain in [Chain::Edition, Chain::People, nation, Chain::Round(round())] {
        assert_eq!(chain.to_string().parse(), Ok(chain));
    }
    for strange in ["", "round", "persons", "round/province/51/kabkota"] {
        assert!(strange.parse::<Chain>().is_err(), "{strange:?}");
    }
}
