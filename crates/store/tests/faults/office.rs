//! The office whose clerks and jurors write in these tests: four provinces, sixteen people, each with candidates of its own. What a person
//! hands in as number 0, 1, 2, … is fixed, so whoever survives a fault knows exactly what must be there.

use std::collections::{BTreeMap, BTreeSet};

use award::{Act, Actor, ContestKey, Deed, Fact, JurorId, Refusal, RoundKey, State, decide, permit};
use jiff::Timestamp;
use store::{Edition, Names, Outcome, Request, Store, Wanted};

use crate::small::RULEBOOK;

/// So many people write at the same time.
pub const CLIENTS: usize = 16;
/// The provinces whose rounds they write in.
const PROVINCES: [&str; 4] = ["11", "18", "51", "52"];
/// What is handed in for each candidate: proposal, dossier, three claims, a verification, three sheets.
const STEPS: usize = 9;

/// The round in which a person works.
pub fn round(client: usize) -> RoundKey {
    RoundKey { level: "province".into(), region: Some(PROVINCES[client % PROVINCES.len()].into()) }
}

/// Its contest.
pub fn contest(client: usize) -> ContestKey {
    ContestKey { round: round(client), category: "city".into() }
}

/// A request with the id that its numbers give.
pub fn request(run: usize, client: usize, number: usize, act: Act) -> Request {
    let start: Timestamp = "2020-12-01T00:00:00Z".parse().unwrap();
    let seconds = i64::try_from(run * 100_000 + number).unwrap();
    let id = format!("0175f000-0000-7000-8{client:03x}-{run:06x}{number:06x}");
    Request {
        id,
        person: format!("person:{client}"),
        at: start + jiff::SignedDuration::from_secs(seconds),
        act,
        seen: Vec::new(),
    }
}

/// What a person hands in as its `number`th act of a run.
pub fn step(run: usize, client: usize, number: usize) -> Request {
    let (round, contest) = (round(client), contest(client));
    let id = format!("c{run}-{client}-{}", number / STEPS);
    let region = format!("{}.{:02}", PROVINCES[client % PROVINCES.len()], client % 5 + 1);
    let (actor, deed) = match number % STEPS {
        0 => (Actor::Branch(round), Deed::Propose(contest, candidate(&id, &region))),
        1 => (Actor::Secretariat(round), Deed::HandInDossier(contest, dossier(&id))),
        2 => (Actor::Secretariat(round), Deed::StateClaim(contest, claim(&id, "members", 70))),
        3 => (Actor::Secretariat(round), Deed::StateClaim(contest, claim(&id, "workers", 100))),
        4 => (Actor::Secretariat(round), Deed::StateClaim(contest, claim(&id, "arrears", 0))),
        5 => (Actor::Verifier(round), Deed::VerifyClaim(contest, verified(&id, "members", 70))),
        juror => sheet(round, contest, &id, juror - 5),
    };
    request(run, client, number, Act { actor, at: None, deed })
}

pub fn candidate(id: &str, region: &str) -> award::cycle::tables::Candidate {
    let text = serde_json::json!({ "id": id, "name": format!("Kabupaten {id}"), "category": "city", "kind": "regency",
        "region": region, "size": null, "sector": null, "route": null, "proposed_by": null, "level": "province", "given": false,
        "note": null });
    serde_json::from_value(text).unwrap()
}

fn dossier(id: &str) -> award::cycle::tables::Dossier {
    let text = serde_json::json!({ "candidate": id, "submitted_at": "2020-11-20T10:00:00", "complete": true, "note": null });
    serde_json::from_value(text).unwrap()
}

pub fn claim(id: &str, claim: &str, claimed: u32) -> award::cycle::tables::Claim {
    let text = serde_json::json!({ "candidate": id, "claim": claim, "claimed": claimed.to_string(), "verified": null, "as_of": null,
        "source": null, "evidence": null, "verifier": null, "reason": null, "level": "province" });
    serde_json::from_value(text).unwrap()
}

fn verified(id: &str, name: &str, figure: u32) -> award::cycle::tables::Claim {
    award::cycle::tables::Claim { verified: Some(figure.into()), verifier: Some("Ani".into()), ..claim(id, name, figure) }
}

fn sheet(round: RoundKey, contest: ContestKey, id: &str, juror: usize) -> (Actor, Deed) {
    let juror = JurorId::new(format!("j{juror}"));
    let marks = serde_json::json!({ "innovation": "80" });
    let sheet = serde_json::json!({ "juror": juror, "candidate": id, "state": "handed_in", "marks": marks });
    (Actor::Juror(round, juror), Deed::HandInSheet(contest, serde_json::from_value(sheet).unwrap()))
}

/// Opens the edition and appoints the panels; done again, it changes nothing.
pub async fn set_up(store: &Store) -> Edition {
    let edition = store.open_edition("small-2020", RULEBOOK, "2020-11-01T00:00:00.000000Z").await.unwrap();
    for province in 0..PROVINCES.len() {
        for (turn, seat) in ["chair", "member", "member"].into_iter().enumerate() {
            let (juror, name) = (format!("j{}", turn + 1), format!("Juror {turn} of {province}"));
            let request = request(0, province, turn, appoint(round(province), &juror, &name, seat));
            recorded(send(store, &edition, &request).await.unwrap());
        }
    }
    edition
}

/// An appointment to a seat of a panel.
pub fn appoint(round: RoundKey, juror: &str, name: &str, seat: &str) -> Act {
    let text = serde_json::json!({ "level": "province", "region": round.region, "juror": juror, "name": name, "seat": seat,
        "office": null, "acting": false, "delegate_for": null });
    Act { actor: Actor::Secretariat(round.clone()), at: None, deed: Deed::Appoint(round, serde_json::from_value(text).unwrap()) }
}

/// Sends a request as the office does: permitted, then decided.
pub async fn send(store: &Store, edition: &Edition, request: &Request) -> store::Result<Outcome> {
    store.act(edition, request, |state| decides(state, &request.act)).await
}

fn decides(state: &State, act: &Act) -> Result<Vec<Fact>, Refusal> {
    permit(&act.actor, &act.deed).and_then(|permit| decide(state, act, permit))
}

/// Whether the act had happened before.
pub fn recorded(outcome: Outcome) -> bool {
    match outcome {
        Outcome::Recorded(recorded) => recorded.again,
        other => panic!("it must be recorded: {other:?}"),
    }
}

/// The ids in the journal, each with how many leaves it has.
pub async fn journal(store: &Store, edition: &Edition) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for leaf in store.leaves(edition, &Wanted::default(), u32::MAX, &Names::Hidden).await.unwrap() {
        *found.entry(leaf.id).or_default() += 1;
    }
    found
}

/// The journal holds exactly these acts, each once, and folds to exactly the records.
pub async fn holds_exactly(store: &Store, edition: &Edition, expected: &BTreeSet<String>) {
    let found = journal(store, edition).await;
    let missing: Vec<_> = expected.iter().filter(|id| !found.contains_key(*id)).collect();
    let surplus: Vec<_> = found.iter().filter(|(id, leaves)| !expected.contains(*id) || **leaves != 1).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing: {missing:?}; surplus: {surplus:?}");
    let verified = store.verify(edition).await.unwrap().unwrap();
    assert_eq!(verified.acts, expected.len());
}
