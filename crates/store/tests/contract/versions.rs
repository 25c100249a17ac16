//! Two versions of a rulebook in one edition: a round that two people moved is decided and counted by the newer one, its neighbour by the
//! edition's own; the database keeps both, and both are verified.

use award::people::PeopleChange;
use award::round::{Adoption, Opening, RulebookMove, RulebookPin};
use award::{ContestKey, RoundKey};

use super::*;

const FILES: [(&str, &str); 4] = [
    (
        "candidates.csv",
        "id,name,category,kind,region\nmelati,Kampung Melati,village,village,51.03\nkenanga,Kampung Kenanga,village,village,18.71\n",
    ),
    (
        "panel.csv",
        "level,region,juror,name,seat\ncity,51,ayu,Ayu,chair\ncity,51,budi,Budi,member\ncity,51,citra,Citra,member\n\
         city,18,dewi,Dewi,chair\ncity,18,eka,Eka,member\ncity,18,fajar,Fajar,member\n",
    ),
    (
        "marks.csv",
        "juror,candidate,indicator,mark\nayu,melati,impression,80\nbudi,melati,impression,85\ncitra,melati,impression,90\n\
         dewi,kenanga,impression,70\neka,kenanga,impression,75\nfajar,kenanga,impression,80\n",
    ),
    ("expected.csv", "level,category,candidate,place,total,status\n"),
];

/// The example with one round for each province.
fn first_text() -> String {
    rules::EXAMPLE.replace("rounds = \"nation\" ", "rounds = \"province\" ")
}

/// The same as version 2, in which the jurors' visit weighs 80 and not 60.
fn second_text() -> String {
    let text = first_text().replace("version = \"1\"", "version = \"2\"");
    text.replace("weight = 40", "weight = 20").replace("weight = 60", "weight = 80")
}

fn pin(text: &str) -> RulebookPin {
    RulebookPin::of(&rules::read("rulebook", text).unwrap(), text.as_bytes())
}

fn round(region: &str) -> RoundKey {
    RoundKey { level: "city".into(), region: Some(region.into()) }
}

fn village(region: &str) -> ContestKey {
    ContestKey { round: round(region), category: "village".into() }
}

fn two_provinces() -> Cycle {
    let mut folder = award::example();
    FILES.iter().for_each(|(name, text)| folder.insert(*name, *text));
    Cycle::read(&folder, &first_text()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// What happens in both provinces from the first candidate to the end, all of it at one time.
fn acts() -> Vec<Act> {
    let at = Some("2026-03-01T00:00:00Z".parse().unwrap());
    plan(&two_provinces(), None).into_iter().map(|planned| Act { at, ..planned.act }).collect()
}

fn moves(to: &RulebookPin) -> Act {
    let (first, second) = (rules::read("1", &first_text()).unwrap(), rules::read("2", &second_text()).unwrap());
    let differences = u32::try_from(rules::diff(&first, &second).len()).unwrap();
    let wish = RulebookMove { to: to.clone(), differences, reason: "Surat 7/2026".into(), by: "sari".into() };
    act(Actor::Secretariat(round("51")), Deed::ProposeRulebook(round("51"), wish))
}

fn adopts(to: &RulebookPin) -> Act {
    act(Actor::Chair(round("51")), Deed::AdoptRulebook(round("51"), Adoption { hash: to.hash.clone(), by: "wayan".into() }))
}

fn act(actor: Actor, deed: Deed) -> Act {
    Act { actor, at: Some("2026-01-02T00:00:00Z".parse().unwrap()), deed }
}

/// Both people are entered, both rounds are open.
async fn opened(world: &World) -> (Edition, usize) {
    let at = "2026-01-01T00:00:00.000000Z";
    let edition = world.store.open_edition("kampung-2026", &first_text(), at).await.unwrap();
    let enters = ["sari", "wayan"].map(|person| {
        let change = PeopleChange::Enter { person: person.into(), name: format!("Ibu {person}") };
        act(Actor::Centre, Deed::ChangePeople(change))
    });
    let opens = ["51", "18"].map(|region| {
        let opening = Opening { rulebook: pin(&first_text()), label: None, by: "sari".into() };
        act(Actor::Secretariat(round(region)), Deed::OpenRound(round(region), opening))
    });
    let acts = [enters, opens].concat();
    for (number, act) in acts.iter().enumerate() {
        assert_eq!(outcome(world, &edition, number, act).await, "recorded");
    }
    (edition, acts.len())
}

async fn outcome(world: &World, edition: &Edition, number: usize, act: &Act) -> String {
    match send(&world.store, edition, number, act).await {
        Outcome::Recorded(_) => "recorded".into(),
        Outcome::Refused(refusal) => refusal.rule.key().to_owned(),
        Outcome::Stale(stale) => panic!("nothing was seen, and yet: {stale:?}"),
    }
}

async fn totals(world: &World, edition: &Edition) -> Vec<(String, String)> {
    let parts = ["51", "18"].map(|region| Part::Contest(village(region)));
    let state = world.store.state(edition, parts, &shown()).await.unwrap();
    let results = state.contests.values().flat_map(|contest| &contest.result().unwrap().outcome.standing);
    results.map(|row| (row.entry.clone(), row.total.to_string())).collect()
}

#[tokio::test]
async fn a_round_moved_by_two_people_counts_by_the_new_weights_and_its_neighbour_by_the_old() {
    for world in worlds().await {
        let (edition, sent) = opened(&world).await;
        let second = pin(&second_text());
        assert_eq!(outcome(&world, &edition, sent, &moves(&second)).await, "refusal-rulebook-not-kept", "{}", world.name);
        assert_eq!(world.store.keep_rulebook(&second_text()).await.unwrap().to_string(), second.hash);
        assert_eq!(outcome(&world, &edition, sent, &moves(&second)).await, "recorded", "{}", world.name);
        assert_eq!(outcome(&world, &edition, sent + 1, &adopts(&second)).await, "recorded", "{}", world.name);
        for (number, act) in acts().iter().enumerate() {
            let told = outcome(&world, &edition, sent + 2 + number, act).await;
            assert_eq!(told, "recorded", "{}: {:?}", world.name, act.deed);
        }
        // Kenanga: 45 of 50 bins and 75 points, 36 + 45. Melati: 40 of 50 bins and 85 points, 16 + 68, and not 32 + 51.
        let expected = [("kenanga", "81"), ("melati", "84")].map(|(who, total)| (who.to_owned(), total.to_owned()));
        assert_eq!(totals(&world, &edition).await, expected, "{}", world.name);

        // Whoever opens the database later finds the same, also without looking at the rounds themselves.
        let again = world.store.edition("kampung-2026").await.unwrap();
        let state =
            world.store.state(&again, [Part::Entries(village("51")), Part::Entries(village("18"))], &shown()).await.unwrap();
        let version = |region: &str| state.rules_of(&round(region)).edition.version.clone();
        assert_eq!((version("51"), version("18")), ("2".into(), "1".into()), "{}", world.name);
        assert!(world.store.verify(&again).await.unwrap().is_ok(), "{}", world.name);
    }
}

#[tokio::test]
async fn a_round_in_which_somebody_has_judged_stays_under_its_version() {
    for world in worlds().await {
        let (edition, sent) = opened(&world).await;
        world.store.keep_rulebook(&second_text()).await.unwrap();
        let acts = acts();
        let first_sheet = acts.iter().position(|act| matches!(act.deed, Deed::HandInSheet(..))).unwrap();
        for (number, act) in acts[..=first_sheet].iter().enumerate() {
            assert_eq!(outcome(&world, &edition, sent + number, act).await, "recorded", "{}", world.name);
        }
        let judged = acts[first_sheet].deed.round().unwrap().clone();
        let Deed::ProposeRulebook(_, wish) = moves(&pin(&second_text())).deed else { unreachable!("a move is proposed") };
        let late = act(Actor::Secretariat(judged.clone()), Deed::ProposeRulebook(judged, wish));
        assert_eq!(outcome(&world, &edition, sent + acts.len(), &late).await, "refusal-rulebook-too-late", "{}", world.name);
    }
}

#[tokio::test]
async fn a_version_by_which_a_round_goes_and_whose_text_was_changed_or_lost_is_found() {
    for world in worlds().await {
        let (edition, sent) = opened(&world).await;
        let second = pin(&second_text());
        world.store.keep_rulebook(&second_text()).await.unwrap();
        assert_eq!(outcome(&world, &edition, sent, &moves(&second)).await, "recorded", "{}", world.name);
        assert_eq!(outcome(&world, &edition, sent + 1, &adopts(&second)).await, "recorded", "{}", world.name);
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
        let changed =
            format!("update rulebook set body = replace(body, 'weight = 80', 'weight = 81') where hash = '{}'", second.hash);
        let lost = format!("delete from rulebook where hash = '{}'", second.hash);
        for tampering in [changed, lost] {
            tamper(&world.place, &tampering).await;
            let found = world.store.verify(&edition).await.unwrap().unwrap_err();
            assert_eq!(found.place, format!("rulebook {}", second.hash), "{}: {found:?}", world.name);
            let fresh = world.store.edition("kampung-2026").await.unwrap();
            let asked = world.store.state(&fresh, [Part::Round(round("51"))], &shown()).await;
            assert!(matches!(asked, Err(store::Error::Misfit { .. })), "{}: nobody decides without it", world.name);
        }
    }
}
