//! Acts and facts travel as JSON into the journal and come back the same: those of every shipped year and every trap.

use crate::shipped;
use award::geography::Geography;
use award::{Act, Fact, State, decide, permit, plan};

#[test]
fn every_act_and_fact_of_the_shipped_years_comes_back_from_json_as_it_was() {
    let (mut acts, mut decided) = (0, 0);
    for cycle in shipped::years() {
        let mut state = State::new(&cycle.header.id, cycle.rules.clone(), Geography::of(&cycle.rules).into());
        for planned in plan(&cycle, None) {
            let act = planned.act;
            let text = serde_json::to_string(&act).expect("an act is JSON");
            assert_eq!(serde_json::from_str::<Act>(&text).expect("its JSON is an act"), act);
            acts += 1;
            let facts = permit(&act.actor, &act.deed).and_then(|permit| decide(&state, &act, permit)).unwrap_or_default();
            for fact in facts {
                let text = serde_json::to_string(&fact).expect("a fact is JSON");
                assert_eq!(serde_json::from_str::<Fact>(&text).expect("its JSON is a fact"), fact);
                state.apply(&fact);
                decided += 1;
            }
        }
    }
    assert!(acts > 2_000 && decided > 2_000, "only {acts} acts and {decided} facts");
}
