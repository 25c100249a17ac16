//! What the store promises, asked of both databases: an award year played through it decides the same facts as in memory, the journal
//! folds to the records, an act happens once, and whoever tampers is found.
#![allow(clippy::unwrap_used)]

#[path = "contract/access.rs"]
mod access;
#[path = "contract/chains.rs"]
mod chains;
#[path = "contract/differences.rs"]
mod differences;
#[path = "contract/heads.rs"]
mod heads;
#[path = "contract/memory.rs"]
mod memory;
#[path = "contract/reading.rs"]
mod reading;
#[path = "contract/referred.rs"]
mod referred;
#[path = "contract/same_moment.rs"]
mod same_moment;
#[path = "../../award/tests/support/shipped.rs"]
mod shipped;
#[path = "contract/sign_in.rs"]
mod sign_in;
#[path = "contract/store_alone.rs"]
mod store_alone;
mod support;
#[path = "contract/together.rs"]
mod together;
#[path = "contract/uploads.rs"]
mod uploads;

#[path = "contract/versions.rs"]
mod versions;

use award::personal::Erasure;
use award::record::Noun;
use award::sight::Part;
use award::{Act, Actor, Chain, Cycle, Deed, Fact, Refusal, State, decide, permit, plan};
use jiff::Timestamp;
use journal::{Frontier, Key, KeyEvent};
use store::{Edition, Outcome, Progress, Recorded, Request, Seen, Store, Verified, Wanted};
use support::{World, columns, reader, shown, tamper, tampered_text, worlds};

fn request(number: usize, act: &Act) -> Request {
    let at: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let at = at + jiff::SignedDuration::from_secs(i64::try_from(number).unwrap());
    let id = format!("0192f3a0-0000-7000-8000-{number:012x}");
    Request { id, person: "person:test".into(), at, act: act.clone(), seen: Vec::new() }
}

fn decides(act: &Act) -> impl Fn(&State) -> Result<Vec<Fact>, Refusal> {
    |state| permit(&act.actor, &act.deed).and_then(|permit| decide(state, act, permit))
}

async fn send(store: &Store, edition: &Edition, number: usize, act: &Act) -> Outcome {
    store.act(edition, &request(number, act), decides(act)).await.unwrap()
}

async fn open(world: &World, cycle: &Cycle) -> Edition {
    world.store.open_edition(&cycle.header.id, &shipped::rulebook(cycle), "2026-01-01T00:00:00.000000Z").await.unwrap()
}

/// Plays a year through the store; the facts of every act, or the refusal's key.
async fn play(store: &Store, edition: &Edition, cycle: &Cycle) -> Vec<Result<Vec<Fact>, String>> {
    let mut played = Vec::new();
    for (number, planned) in plan(cycle, None).iter().enumerate() {
        played.push(match send(store, edition, number, &planned.act).await {
            Outcome::Recorded(Recorded { facts, .. }) => Ok(facts),
            Outcome::Refused(refusal) => Err(refusal.rule.key().to_owned()),
            Outcome::Stale(stale) => panic!("nothing was seen, and yet: {stale:?}"),
        });
    }
    played
}

fn play_in_memory(edition: &Edition, cycle: &Cycle) -> (State, Vec<Result<Vec<Fact>, String>>) {
    let mut state = edition.empty();
    let mut played = Vec::new();
    for planned in plan(cycle, None) {
        let facts = decides(&planned.act)(&state).map_err(|refusal| refusal.rule.key().to_owned());
        facts.iter().flatten().for_each(|fact| state.apply(fact));
        played.push(facts);
    }
    (state, played)
}

fn year(id: &str) -> Cycle {
    shipped::years().into_iter().find(|cycle| cycle.header.id == id).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_year_played_through_the_store_decides_the_same_facts_and_verifies() {
    for id in ["ntb-2024", "trap-14-reopening-loses-the-record", "trap-11-lot-nobody-can-replay"] {
        let cycle = year(id);
        for world in worlds().await {
            let edition = open(&world, &cycle).await;
            let played = play(&world.store, &edition, &cycle).await;
            let (state, expected) = play_in_memory(&edition, &cycle);
            assert!(played == expected, "{id} on {}", world.name);

            let kept = world.store.state(&edition, everything(&state), &shown()).await.unwrap();
            assert!(kept.records() == state.records(), "{id} on {}", world.name);

            let verified = world.store.verify(&edition).await.unwrap().unwrap();
            let acts = played.iter().filter(|played| played.as_ref().is_ok_and(|facts| !facts.is_empty())).count();
            // The record of the edition itself is written when its first mark is set.
            let written = state.records().len() - usize::from(!state.dossiers_recorded);
            assert_eq!((verified.acts, verified.records), (acts, written), "{id} on {}", world.name);
        }
    }
}

fn everything(state: &State) -> Vec<Part> {
    let rounds = state.rounds.keys().cloned().map(Part::Round);
    let contests = state.contests.keys().flat_map(|key| [Part::Contest(key.clone()), Part::Entries(key.clone())]);
    [Part::Edition, Part::History].into_iter().chain(rounds).chain(contests).collect()
}

/// The first act of a kind in a year.
fn first(cycle: &Cycle, is_meant: impl Fn(&Deed) -> bool) -> (usize, Act) {
    let found = plan(cycle, None).into_iter().enumerate().find(|(_, planned)| is_meant(&planned.act.deed)).unwrap();
    (found.0, found.1.act)
}

/// Plays a small year up to the first sheet, which is left to the caller.
async fn until_first_sheet(world: &World) -> (Edition, usize, Act) {
    let cycle = year("trap-14-reopening-loses-the-record");
    let edition = open(world, &cycle).await;
    let (number, sheet) = first(&cycle, |deed| matches!(deed, Deed::HandInSheet(..)));
    for (number, planned) in plan(&cycle, None).iter().enumerate().take(number) {
        send(&world.store, &edition, number, &planned.act).await;
    }
    (edition, number, sheet)
}

#[tokio::test]
async fn the_same_request_twice_is_one_act_with_the_same_answer() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let Outcome::Recorded(once) = send(&world.store, &edition, number, &sheet).await else { panic!("a sheet is handed in") };
        let again = send(&world.store, &edition, number, &sheet).await;
        assert_eq!(again, Outcome::Recorded(Recorded { again: true, ..once.clone() }), "{}", world.name);

        let later = Act { at: Some("2026-01-01T01:00:00Z".parse().unwrap()), actor: Actor::Centre, ..sheet.clone() };
        let sent = Request { at: "2026-01-01T01:00:00Z".parse().unwrap(), ..request(number, &later) };
        let again = world.store.act(&edition, &sent, decides(&later)).await.unwrap();
        let expected = Outcome::Recorded(Recorded { again: true, ..once.clone() });
        assert_eq!(again, expected, "a retry comes later, by another of the person's roles: {}", world.name);

        let other = Act { actor: Actor::Centre, at: None, deed: Deed::RecordDossiers };
        let elsewhere = year("ntb-2024");
        let elsewhere = open(&world, &elsewhere).await;
        let somebody = Request { person: "person:other".into(), ..request(number, &sheet) };
        for (edition, sent) in [(&edition, request(number, &other)), (&edition, somebody), (&elsewhere, request(number, &sheet))]
        {
            let misused = world.store.act(edition, &sent, decides(&sent.act)).await.unwrap_err();
            assert_eq!(misused.message().key(), "store-key-used", "{}: {misused}", world.name);
        }
    }
}

#[tokio::test]
async fn a_refused_act_leaves_nothing_behind() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        send(&world.store, &edition, number, &sheet).await;
        let before = world.store.verify(&edition).await.unwrap().unwrap();
        let refused = send(&world.store, &edition, 900, &sheet).await;
        assert!(
            matches!(&refused, Outcome::Refused(refusal) if refusal.rule.key() == "refusal-marked-twice"),
            "{}: {refused:?}",
            world.name
        );
        assert_eq!(world.store.verify(&edition).await.unwrap().unwrap(), before, "{}", world.name);
    }
}

#[tokio::test]
async fn who_decides_on_an_old_version_is_shown_both() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let contest = sheet.deed.contest().unwrap().clone();
        let parts = [Part::Contest(contest.clone()), Part::Entry(contest, sheet.deed.candidate().unwrap().clone())];
        let before = world.store.versions(&edition, parts.clone()).await.unwrap();
        let (address, version) = before.iter().find(|(address, _)| address.noun == Noun::Entry).unwrap();
        let seen = Seen { address: address.clone(), version: Some(*version - 1) };
        let act =
            world.store.act(&edition, &Request { seen: vec![seen.clone()], ..request(number, &sheet) }, decides(&sheet)).await;
        let Outcome::Stale(stale) = act.unwrap() else { panic!("an old version was seen") };
        assert_eq!((stale[0].seen, stale[0].found), (Some(*version - 1), Some(*version)), "{}", world.name);
        assert!(stale[0].theirs.is_some(), "{}", world.name);

        let seen = Seen { version: Some(*version), ..seen };
        let act = world.store.act(&edition, &Request { seen: vec![seen], ..request(number, &sheet) }, decides(&sheet)).await;
        assert!(matches!(act.unwrap(), Outcome::Recorded(_)), "{}", world.name);
    }
}

#[tokio::test]
async fn whoever_changes_a_row_is_found_and_the_place_is_named() {
    let cases = [
        ("update record set body = replace(body, '\"handed_in\"', '\"absent\"') where noun = 'sheet'", "sheet "),
        ("delete from record where noun = 'round'", "round "),
        (
            "insert into record select edition, contest, candidate, noun, name || 'x', chain, born, turn, version, body from record where noun = 'sheet'",
            "sheet ",
        ),
        ("update leaf set bytes = replace(bytes, '\"handed_in\"', '\"absent\"') where deed = 'hand_in_sheet'", "leaf "),
        ("update leaf set actor = 'person:other' where position = 1", "leaf 1 of chain "),
        ("delete from leaf where deed = 'hand_in_sheet'", "chain "),
        (
            "update node set hash = '0000000000000000000000000000000000000000000000000000000000000000' where level = 1 and place = 0",
            "leaf 1 of chain ",
        ),
        ("update chain set edge = ''", "chain round/"),
        ("update personal set value = 'Somebody Else'", "personal text"),
    ];
    for (sql, place) in cases {
        for world in worlds().await {
            let (edition, number, sheet) = until_first_sheet(&world).await;
            send(&world.store, &edition, number, &sheet).await;
            assert!(matches!(world.store.verify(&edition).await.unwrap(), Ok(Verified { .. })), "{sql} on {}", world.name);
            assert!(tamper(&world.place, sql).await > 0, "{sql} changes nothing on {}", world.name);
            let difference = world.store.verify(&edition).await.unwrap().unwrap_err();
            assert!(difference.place.starts_with(place), "{sql} on {}: {difference:?}", world.name);
        }
    }
}

#[tokio::test]
async fn no_name_stands_outside_the_table_of_personal_texts() {
    let cycle = year("ntb-2024");
    let (_, appoint) = first(&cycle, |deed| matches!(deed, Deed::Appoint(..)));
    let Deed::Appoint(_, member) = &appoint.deed else { unreachable!("it was asked for") };
    for world in worlds().await {
        let edition = open(&world, &cycle).await;
        send(&world.store, &edition, 0, &appoint).await;
        for (table, column) in [("leaf", "bytes"), ("record", "body")] {
            let sql = format!("update {table} set {column} = {column} where {column} like '%{}%'", member.name);
            assert_eq!(tamper(&world.place, &sql).await, 0, "{table} on {}", world.name);
        }
        let told = world.store.leaves(&edition, &Wanted::default(), 10, &shown()).await.unwrap();
        assert_eq!(told.iter().map(|leaf| &leaf.act).collect::<Vec<_>>(), [&appoint], "{}", world.name);
    }
}

#[tokio::test]
async fn the_journal_tells_who_did_what_since_when() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        send(&world.store, &edition, number, &sheet).await;
        let all = world.store.leaves(&edition, &Wanted::default(), 1_000, &shown()).await.unwrap();
        let since = Some(request(number, &sheet).at);
        let wanted = Wanted { since, ..Wanted::default() };
        let late = world.store.leaves(&edition, &wanted, 1_000, &shown()).await.unwrap();
        assert_eq!(late.as_slice(), &all[all.len() - 1..], "{}", world.name);
        assert_eq!(
            (late[0].act.clone(), late[0].who.as_str(), late[0].facts),
            (sheet.clone(), "person:test", 1),
            "{}",
            world.name
        );
        let nobody = Wanted { who: Some("person:nobody".into()), ..Wanted::default() };
        assert!(world.store.leaves(&edition, &nobody, 1_000, &shown()).await.unwrap().is_empty(), "{}", world.name);
        let sheets = Wanted { what: Some("hand_in_sheet".into()), chain: Some(late[0].chain.clone()), ..Wanted::default() };
        assert_eq!(world.store.leaves(&edition, &sheets, 1_000, &shown()).await.unwrap(), late, "{}", world.name);
    }
}

#[tokio::test]
async fn an_edition_is_opened_once_under_one_rulebook() {
    for world in worlds().await {
        let cycle = year("ntb-2024");
        open(&world, &cycle).await;
        open(&world, &cycle).await;
        assert_eq!(world.store.editions().await.unwrap(), ["ntb-2024"], "{}", world.name);
        assert_eq!(world.store.edition("ntb-2024").await.unwrap().rules, cycle.rules, "{}", world.name);
        let other = world.store.open_edition("ntb-2024", rules::EXAMPLE, "2026-01-01T00:00:00.000000Z").await.unwrap_err();
        assert!(matches!(other, store::Error::OtherRulebook(_)), "{}: {other}", world.name);
        let missing = world.store.edition("ntb-2025").await.unwrap_err();
        assert!(matches!(missing, store::Error::NoSuchEdition(_)), "{}: {missing}", world.name);
    }
}

#[tokio::test]
async fn older_and_newer_schemas_are_told_apart_and_left_alone() {
    for world in worlds().await {
        assert_eq!(world.store.schema_version().await.unwrap(), store::SCHEMA_VERSION);
        world.store.migrate().await.unwrap();
        tamper(&world.place, "update _sqlx_migrations set version = 9999 where version = 1").await;
        let newer = Store::open(&world.place).await.unwrap_err();
        assert!(matches!(newer, store::Error::Newer { found: 9999, .. }), "{}: {newer}", world.name);
        let patience = std::time::Duration::from_secs(5);
        let within = Store::open_within(&world.place, patience).await.unwrap_err();
        assert!(matches!(within, store::Error::Newer { found: 9999, .. }), "{}: {within}", world.name);
        let migrating = Store::open_or_make(&world.place).await.unwrap_err();
        assert!(matches!(migrating, store::Error::Newer { found: 9999, .. }), "{}: {migrating}", world.name);
        tamper(&world.place, "delete from _sqlx_migrations").await;
        let older = Store::open(&world.place).await.unwrap_err();
        assert!(matches!(older, store::Error::Older { found: 0, .. }), "{}: {older}", world.name);
        world.store.close().await;
    }
}

#[tokio::test]
async fn progress_tells_what_stands_in_each_contest() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let before = world.store.progress(&edition).await.unwrap();
        send(&world.store, &edition, number, &sheet).await;
        let told = world.store.progress(&edition).await.unwrap();

        let contest = sheet.deed.contest().unwrap().clone();
        let Progress { so_far, .. } = &before[0];
        let standing = |sheets: &[(Noun, u64)]| {
            let records = [(Noun::Contest, 1), (Noun::Entry, 2)].iter().chain(sheets).copied().collect();
            vec![Progress { contest: contest.clone(), so_far: so_far.clone(), records }]
        };
        assert_eq!(before, standing(&[]), "{}", world.name);
        assert_eq!(told, standing(&[(Noun::Sheet, 1)]), "{}", world.name);
        assert!(!so_far.judging_closed && so_far.entries.is_empty(), "{}", world.name);
    }
}

fn key(seed: u8) -> Key {
    Key::from_seed("bali.example", &[seed; 32]).unwrap()
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[tokio::test]
async fn who_cuts_off_the_end_of_a_chain_is_found_by_the_head_that_was_signed() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let made = KeyEvent::Made { key: key(1).verifier(), at: instant("2026-01-01T00:00:00Z") };
        world.store.record_key(&made).await.unwrap();
        assert!(world.store.record_key(&made).await.unwrap_err().to_string().contains("signing key"), "{}", world.name);
        assert_eq!(world.store.keys().await.unwrap().records().len(), 1, "{}", world.name);

        let chain = Chain::Round(sheet.deed.contest().unwrap().round.clone());
        let at = instant("2026-02-01T00:00:00Z");
        send(&world.store, &edition, number, &sheet).await;
        let head = world.store.sign_head(&edition, &chain, &key(1), at).await.unwrap();
        assert_eq!(world.store.sign_head(&edition, &chain, &key(1), at).await.unwrap(), head, "{}", world.name);
        let stranger = world.store.sign_head(&edition, &Chain::Edition, &key(2), at).await.unwrap_err();
        assert!(stranger.to_string().contains("has no leaf yet"), "{}: {stranger}", world.name);
        let verified = world.store.verify(&edition).await.unwrap().unwrap();
        let size = verified.chains[0].1;

        // Everything that belongs to the last leaf is taken away, as only somebody with all rights could.
        let last = size - 1;
        let (mut frontier, leaves) =
            (Frontier::default(), world.store.leaves(&edition, &Wanted::default(), 100, &shown()).await.unwrap());
        assert_eq!(leaves.len(), usize::try_from(size).unwrap(), "{}", world.name);
        for at in 0..last {
            let hash = tampered_text(&world.place, &format!("select hash from node where level = 0 and place = {at}")).await;
            frontier.append(hash.parse().unwrap()).unwrap();
        }
        let edge = frontier.hashes().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        let all: Vec<(u8, u64)> = (0..=last)
            .fold((Frontier::default(), Vec::new()), |(mut tree, _), _| {
                let made = tree.append(journal::hash_leaf(b"")).unwrap();
                (tree, made.iter().map(|node| (node.level, node.index)).collect())
            })
            .1;
        for (level, place) in all {
            tamper(&world.place, &format!("delete from node where level = {level} and place = {place}")).await;
        }
        for sql in [
            format!("delete from leaf where position = {last}"),
            format!("delete from record where version = {last} and born = {last}"),
            format!("update chain set position = {last}, edge = '{edge}'"),
        ] {
            tamper(&world.place, &sql).await;
        }
        let difference = world.store.verify(&edition).await.unwrap().unwrap_err();
        assert!(difference.why.contains("signed when it had"), "{}: {difference:?}", world.name);
    }
}

#[tokio::test]
async fn a_head_that_a_stranger_signed_or_that_was_changed_is_a_difference() {
    for world in worlds().await {
        let (edition, _, sheet) = until_first_sheet(&world).await;
        let chain = Chain::Round(sheet.deed.contest().unwrap().round.clone());
        let at = instant("2026-02-01T00:00:00Z");
        let unknown = world.store.sign_head(&edition, &chain, &key(1), at).await.unwrap_err();
        assert!(unknown.to_string().contains("signing key"), "{}: {unknown}", world.name);
        let made = KeyEvent::Made { key: key(1).verifier(), at: instant("2026-01-01T00:00:00Z") };
        world.store.record_key(&made).await.unwrap();
        world.store.sign_head(&edition, &chain, &key(1), at).await.unwrap();
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
        tamper(&world.place, "update checkpoint set note = replace(note, 'trap', 'trick')").await;
        let difference = world.store.verify(&edition).await.unwrap().unwrap_err();
        assert!(difference.place.starts_with("signed head of chain "), "{}: {difference:?}", world.name);
    }
}

#[tokio::test]
async fn a_person_who_is_erased_is_gone_and_everything_still_verifies() {
    let cycle = year("ntb-2024");
    let members: Vec<Act> = plan(&cycle, None)
        .into_iter()
        .map(|planned| planned.act)
        .filter(|act| matches!(act.deed, Deed::Appoint(..)))
        .take(2)
        .collect();
    let Deed::Appoint(_, member) = &members[0].deed else { unreachable!("it was asked for") };
    for world in worlds().await {
        let edition = open(&world, &cycle).await;
        send(&world.store, &edition, 0, &members[0]).await;
        let texts = world.store.personal_texts(&edition, &member.name, &reader()).await.unwrap();
        assert!(!texts.is_empty() && texts.iter().all(|text| text.value == member.name), "{}: {texts:?}", world.name);
        let commitments: Vec<String> = texts.iter().map(|text| text.commitment.clone()).collect();

        let erase = |commitments: Vec<String>| {
            let erasure = Erasure { commitments, reason: "Permintaan 7/2026".into() };
            Act { actor: Actor::Centre, at: None, deed: Deed::EraseNames(erasure) }
        };
        let unknown = erase(vec!["0".repeat(64)]);
        let refused = world.store.act(&edition, &request(1, &unknown), decides(&unknown)).await.unwrap_err();
        assert!(refused.to_string().contains("there is none with the commitment"), "{}: {refused}", world.name);

        let act = erase(commitments);
        assert!(matches!(send(&world.store, &edition, 2, &act).await, Outcome::Recorded(_)), "{}", world.name);
        if let store::Place::File(path) = &world.place {
            for beside in ["", "-wal"] {
                let bytes = std::fs::read(format!("{}{beside}", path.display())).unwrap();
                let found = bytes.windows(member.name.len()).any(|window| window == member.name.as_bytes());
                assert!(!found, "the name stands in the file{beside}");
            }
        }
        assert_eq!(world.store.personal_texts(&edition, &member.name, &reader()).await.unwrap(), [], "{}", world.name);
        for (table, column) in [("leaf", "bytes"), ("record", "body"), ("personal", "value")] {
            let sql = format!("update {table} set {column} = {column} where {column} like '%{}%'", member.name);
            assert_eq!(tamper(&world.place, &sql).await, 0, "{table} on {}", world.name);
        }
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);

        // The panel goes on without the name, and the next act of the round seals the same record again.
        let later = send(&world.store, &edition, 3, &members[1]).await;
        assert!(matches!(later, Outcome::Recorded(_)), "{}: {later:?}", world.name);
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}

#[tokio::test]
async fn both_databases_have_the_schema_of_the_snapshot() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    for world in worlds().await {
        let found = columns(&world.place).await;
        let path = folder.join(format!("schema-{}.txt", world.name));
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &found).unwrap();
        }
        assert_eq!(found, std::fs::read_to_string(&path).unwrap_or_default(), "{}", path.display());
    }
}
