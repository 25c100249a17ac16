//! What the store promises about whole databases, accounts and letters, asked of both kinds: a backup taken while others write restores to a
//! state that verifies, a broken one restores nothing, and a letter is never lost.
#![allow(clippy::unwrap_used)]

#[path = "../../award/tests/support/shipped.rs"]
mod shipped;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use award::{Cycle, State, decide, permit, plan};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::{SignedDuration, Timestamp};
use store::{AccountRow, Copied, Edition, Error, Invitations, Outcome, Place, Request, SCHEMA_VERSION, Store, Waiting};
use support::{World, columns, database, tamper, worlds};
use tokio::sync::Semaphore;

const YEAR: &str = "trap-14-reopening-loses-the-record";

fn now() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn year() -> Cycle {
    shipped::years().into_iter().find(|cycle| cycle.header.id == YEAR).unwrap()
}

/// Plays the small year; each act gives rise to one letter.
async fn play(store: &Store, edition: &Edition, cycle: &Cycle) {
    for (number, planned) in plan(cycle, None).into_iter().enumerate() {
        let act = planned.act;
        let id = format!("0192f3a0-0000-7000-8000-{number:012x}");
        let request = Request { id, person: "person:test".into(), at: now(), act: act.clone(), seen: Vec::new() };
        let decides = |state: &State| permit(&act.actor, &act.deed).and_then(|permit| decide(state, &act, permit));
        let tells = |_: &State, _: &[award::Fact]| vec![format!("letter-receipt {number}")];
        let outcome = store.act_and_tell(edition, &request, decides, tells).await.unwrap();
        assert!(!matches!(outcome, Outcome::Stale(_)));
    }
}

async fn played(world: &World) -> Edition {
    let cycle = year();
    let rulebook = shipped::rulebook(&cycle);
    let edition = world.store.open_edition(&cycle.header.id, &rulebook, "2026-01-01T00:00:00.000000Z").await.unwrap();
    play(&world.store, &edition, &cycle).await;
    edition
}

async fn backup(store: &Store) -> (Vec<u8>, Copied) {
    let mut bytes = Vec::new();
    let copied = store.backup("award.backup", &mut bytes, now()).await.unwrap();
    (bytes, copied)
}

/// An empty database of each kind.
async fn empty(folder: &tempfile::TempDir, name: &str) -> [Place; 2] {
    [Place::File(folder.path().join(name)), Place::Server(database().await)]
}

#[tokio::test]
async fn a_backup_of_either_database_restores_into_both_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    for world in worlds().await {
        let edition = played(&world).await;
        let verified = world.store.verify(&edition).await.unwrap().unwrap();
        let (bytes, copied) = backup(&world.store).await;
        for place in empty(&folder, world.name).await {
            assert_eq!(Store::restore(&place, "award.backup", Cursor::new(&bytes)).await.unwrap(), copied);
            let restored = Store::open(&place).await.unwrap();
            assert_eq!(restored.verify(&edition).await.unwrap(), Ok(verified.clone()), "{place:?}");
            let (again, _) = backup(&restored).await;
            assert!(again == bytes, "a backup of what was restored is the same to the byte");
            restored.close().await;
        }
    }
}

#[tokio::test]
async fn a_database_moves_to_the_other_kind_and_back_and_stays_the_same() {
    let folder = tempfile::tempdir().unwrap();
    for world in worlds().await {
        let edition = played(&world).await;
        let (bytes, copied) = backup(&world.store).await;
        for place in empty(&folder, world.name).await {
            assert_eq!(world.store.copy_to(&place).await.unwrap(), copied);
            let moved = Store::open(&place).await.unwrap();
            assert!(moved.verify(&edition).await.unwrap().is_ok());
            assert!(backup(&moved).await.0 == bytes);
            let (here, there) = (world.store.contents().await.unwrap(), moved.contents().await.unwrap());
            assert_eq!(here.differing(&there), Vec::<String>::new());
            assert_eq!(here.tables.values().map(|(rows, _)| rows).sum::<u64>(), copied.total());
            let verified = moved.verify(&edition).await.unwrap().unwrap().chains.into_iter();
            let heads = verified.map(|(chain, size, root)| ((edition.id.clone(), chain), (size, root)));
            assert_eq!(there.chains, heads.collect());
            let again = world.store.copy_to(&place).await;
            assert!(
                matches!(&again, Err(Error::NotEmpty { place: named, table }) if *named == place.shown() && table == "rulebook"),
                "{again:?}"
            );
            moved.close().await;
        }
    }
}

#[tokio::test]
async fn two_databases_with_chains_of_one_length_are_told_apart_by_their_heads_and_rows() {
    let folder = tempfile::tempdir().unwrap();
    for world in worlds().await {
        played(&world).await;
        let place = Place::File(folder.path().join(world.name));
        world.store.copy_to(&place).await.unwrap();
        let moved = Store::open(&place).await.unwrap();
        let before = moved.contents().await.unwrap();
        let differing = async || world.store.contents().await.unwrap().differing(&before);
        tamper(&world.place, "update letter set outcome = 'late' where id like '%000000000003/0'").await;
        assert_eq!(differing().await, ["table letter"], "{}", world.name);
        let edge = "update chain set edge = replace(edge, substr(edge, 1, 1), case substr(edge, 1, 1) when '0' then '1' else '0' end) where chain like 'round/%'";
        assert!(tamper(&world.place, edge).await > 0);
        let told = differing().await;
        assert!(told[0].starts_with("chain round/") && told.contains(&"table chain".to_owned()), "{}: {told:?}", world.name);
        tamper(&world.place, "insert into account (person, version, body) values ('ani', 1, '{}')").await;
        assert!(differing().await.contains(&"table account".to_owned()), "{}", world.name);
        moved.close().await;
    }
}

#[tokio::test]
async fn a_backup_that_breaks_off_anywhere_restores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let world = support::sqlite().await;
    played(&world).await;
    let (bytes, _) = backup(&world.store).await;
    for (number, part) in
        (0..20).map(|twentieth| bytes.len() * twentieth / 20).chain([bytes.len() - 1, bytes.len() - 9]).enumerate()
    {
        let place = Place::File(folder.path().join(format!("{number}.db")));
        let error = Store::restore(&place, "award.backup", Cursor::new(&bytes[..part])).await.unwrap_err();
        assert!(matches!(error, Error::CutOff { .. } | Error::NotABackup { .. }), "{part} of {} bytes: {error}", bytes.len());
        assert!(!folder.path().join(format!("{number}.db")).exists(), "{part} of {} bytes", bytes.len());
    }
}

#[tokio::test]
async fn a_backup_with_something_put_behind_it_restores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let world = support::sqlite().await;
    played(&world).await;
    let (bytes, _) = backup(&world.store).await;
    for (number, more) in [b"junk".as_slice(), &[0], &bytes, &packed("{}\n")].into_iter().enumerate() {
        let path = folder.path().join(format!("{number}.db"));
        let restored =
            Store::restore(&Place::File(path.clone()), "award.backup", Cursor::new([bytes.as_slice(), more].concat())).await;
        let error = restored.err().unwrap_or_else(|| panic!("case {number} was restored"));
        assert!(matches!(error, Error::CutOff { .. } | Error::NotABackup { .. }), "case {number}: {error}");
        assert!(!path.exists(), "case {number}");
    }
}

fn unpacked(bytes: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a_changed_a_newer_or_another_file_is_refused_by_its_own_name() {
    let folder = tempfile::tempdir().unwrap();
    let world = support::sqlite().await;
    played(&world).await;
    let text = unpacked(&backup(&world.store).await.0);
    let last = text.trim_end().rfind('\n').unwrap() + 1;
    let row = text.find("[\"").unwrap();
    let cases = [
        (text.replacen(&format!("\"schema\":{SCHEMA_VERSION}"), "\"schema\":99", 1), "store-newer-backup"),
        (text.replacen("\"paritrana\":\"backup\"", "\"paritrana\":\"bundle\"", 1), "store-not-a-backup"),
        ("{}\n".to_owned(), "store-not-a-backup"),
        (text[..last].to_owned(), "store-cut-off"),
        (format!("{text}{{}}\n"), "store-not-a-backup"),
        (text.replacen("letter-receipt", "letter-Receipt", 1), "store-cut-off"),
        (format!("{}{}", &text[..row], &text[row..].replacen("[\"", "[7,\"", 1)), "store-not-a-backup"),
        (text.replacen("\"table\":\"leaf\"", "\"table\":\"lief\"", 1), "store-not-a-backup"),
        (text.replacen("\"edge\"", "\"egde\"", 1), "store-not-a-backup"),
    ];
    for (number, (text, key)) in cases.into_iter().enumerate() {
        let place = Place::File(folder.path().join(format!("{number}.db")));
        let error = Store::restore(&place, "award.backup", Cursor::new(packed(&text))).await.unwrap_err();
        assert_eq!(error.message().key(), key, "case {number}: {error}");
        assert!(!folder.path().join(format!("{number}.db")).exists(), "case {number}");
    }
    let error = Store::restore(&Place::File(folder.path().join("text.db")), "award.backup", Cursor::new("no gzip at all"))
        .await
        .unwrap_err();
    assert_eq!(error.message().key(), "store-not-a-backup");
    let error = Store::restore(&world.place, "award.backup", Cursor::new(packed(&text))).await.unwrap_err();
    assert_eq!(error.message().key(), "store-not-empty");
}

#[tokio::test]
async fn every_table_and_column_of_the_schema_is_in_a_backup() {
    for world in worlds().await {
        let text = unpacked(&backup(&world.store).await.0);
        let mut kept = BTreeSet::new();
        for line in text.lines() {
            let head: serde_json::Value = serde_json::from_str(line).unwrap();
            let columns = head["columns"].as_array().into_iter().flatten();
            kept.extend(columns.map(|column| format!("{} {}", head["table"].as_str().unwrap(), column.as_str().unwrap())));
        }
        let schema = columns(&world.place).await;
        let schema = schema.lines().filter(|line| !line.starts_with("index "));
        let schema: BTreeSet<String> = schema.map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(kept, schema, "{}", world.name);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_taken_while_sixteen_write_restores_to_a_state_that_verifies() {
    let folder = tempfile::tempdir().unwrap();
    for world in worlds().await {
        let rulebook = shipped::rulebook(&year());
        let start = world.store.contents().await.unwrap();
        // How far everybody may go on: not to the end before the last backup is taken.
        let (go, written) = (Arc::new(Semaphore::new(0)), Arc::new(AtomicUsize::new(0)));
        let writers = (0..16).map(|number| {
            let (store, cycle, rulebook) = (world.store.clone(), year(), rulebook.clone());
            let (go, written) = (Arc::clone(&go), Arc::clone(&written));
            tokio::spawn(async move {
                let id = format!("{YEAR}-{number}");
                let edition = store.open_edition(&id, &rulebook, "2026-01-01T00:00:00.000000Z").await.unwrap();
                for (turn, planned) in plan(&cycle, None).into_iter().enumerate() {
                    go.acquire().await.unwrap().forget();
                    let act = planned.act;
                    let id = format!("0192f3a0-0000-7000-{number:04x}-{turn:012x}");
                    let request = Request { id, person: "test".into(), at: now(), act: act.clone(), seen: Vec::new() };
                    let decides = |state: &State| permit(&act.actor, &act.deed).and_then(|permit| decide(state, &act, permit));
                    store.act(&edition, &request, decides).await.unwrap();
                    written.fetch_add(1, Ordering::SeqCst);
                }
            })
        });
        let writers: Vec<_> = writers.collect();
        let mut copies = Vec::new();
        for step in 1..=3 {
            // The backup is taken while the next few acts are written.
            go.add_permits(64);
            while written.load(Ordering::SeqCst) < 64 * step - 48 {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
            copies.push(backup(&world.store).await.0);
        }
        go.add_permits(Semaphore::MAX_PERMITS / 2);
        for writer in writers {
            writer.await.unwrap();
        }
        let mut within = Within { end: chains(&world.store).await, start, acts: Vec::new(), cut: 0 };
        for (turn, bytes) in copies.iter().enumerate() {
            let place = Place::File(folder.path().join(format!("{}-{turn}.db", world.name)));
            Store::restore(&place, "award.backup", Cursor::new(bytes)).await.unwrap();
            let restored = Store::open(&place).await.unwrap();
            within.take(&restored).await;
            restored.close().await;
        }
        let Within { acts, cut, .. } = within;
        assert!(acts.is_sorted(), "a later backup holds no less: {acts:?}");
        assert_eq!(cut, copies.len(), "{}: every backup was taken in the middle of the writing: {acts:?}", world.name);
    }
}

/// The leaves of each chain, by edition and chain.
async fn chains(store: &Store) -> BTreeMap<(String, String), Vec<String>> {
    let mut found: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for id in store.editions().await.unwrap() {
        let edition = store.edition(&id).await.unwrap();
        let wanted = store::Wanted::default();
        for leaf in store.leaves(&edition, &wanted, u32::MAX, &store::Names::Hidden).await.unwrap() {
            found.entry((id.clone(), leaf.chain)).or_default().push(leaf.id);
        }
    }
    found
}

/// Backups held against what stood before the writing and after it.
struct Within {
    start: store::Contents,
    end: BTreeMap<(String, String), Vec<String>>,
    /// How many acts each backup holds.
    acts: Vec<usize>,
    /// So many backups were cut out of the middle: they hold more leaves than there were at the start and fewer than at the end.
    cut: usize,
}

impl Within {
    async fn take(&mut self, restored: &Store) {
        let mut sum = 0;
        for id in restored.editions().await.unwrap() {
            let edition = restored.edition(&id).await.unwrap();
            sum += restored.verify(&edition).await.unwrap().unwrap().acts;
        }
        self.acts.push(sum);
        let mut held = 0;
        for (key, leaves) in chains(restored).await {
            let end = &self.end[&key];
            assert_eq!(leaves, end[..leaves.len()], "a chain of a backup is the beginning of the same chain later: {key:?}");
            held += leaves.len();
        }
        let before: usize = self.start.chains.values().map(|(size, _)| usize::try_from(*size).unwrap()).sum();
        let after: usize = self.end.values().map(Vec::len).sum();
        self.cut += usize::from(before < held && held < after);
    }
}

#[tokio::test]
async fn an_account_changes_by_versions_and_tells_what_was_done() {
    for world in worlds().await {
        let store = &world.store;
        let row = |version, body: &str| AccountRow { person: "ani".into(), version, body: body.into() };
        assert_eq!(store.account("ani").await.unwrap(), None);
        assert!(store.keep_account(&row(1, "a"), now(), "console", "added").await.unwrap());
        assert!(!store.keep_account(&row(1, "b"), now(), "console", "added").await.unwrap(), "it is there already");
        assert!(!store.keep_account(&row(3, "b"), now(), "console", "given").await.unwrap(), "nobody saw a second version");
        assert!(store.keep_account(&row(2, "b"), now(), "budi", "given").await.unwrap());
        assert!(!store.keep_account(&row(2, "c"), now(), "console", "given").await.unwrap(), "somebody was faster");
        assert_eq!(store.account("ani").await.unwrap(), Some(row(2, "b")));
        assert_eq!(store.accounts().await.unwrap(), [row(2, "b")]);
        let events = store.account_events("ani").await.unwrap();
        let told: Vec<_> = events.iter().map(|event| (event.version, event.actor.as_str(), event.event.as_str())).collect();
        assert_eq!(told, [(1, "console", "added"), (2, "budi", "given")]);
    }
}

#[tokio::test]
async fn an_invitation_is_taken_once_with_the_account_and_ends_all_others() {
    for world in worlds().await {
        let store = &world.store;
        let late = now() + SignedDuration::from_secs(1);
        let row = |version| AccountRow { person: "ani".into(), version, body: "{}".into() };
        let keep = async |version, at, invitations| {
            store.keep_account_and(&row(version), at, "console", "told", invitations).await.unwrap()
        };
        assert!(keep(1, now(), Invitations::Stay).await);
        for (version, hash) in [(2, "one"), (3, "two"), (4, "three")] {
            assert!(keep(version, now(), Invitations::Add { hash, until: now() }).await);
        }
        assert!(!keep(4, now(), Invitations::Add { hash: "four", until: now() }).await, "somebody was faster");
        assert_eq!(store.invited("four", now()).await.unwrap(), None, "and the code of whoever was slower is none");
        assert_eq!(store.invited("one", late).await.unwrap(), None, "a second too late");
        assert!(!keep(5, late, Invitations::Take { hash: "one" }).await, "a second too late");
        assert_eq!(store.account("ani").await.unwrap(), Some(row(4)), "so the account did not change");
        assert_eq!(store.invited("one", now()).await.unwrap(), Some("ani".into()), "at its last instant");
        assert!(keep(5, now(), Invitations::Take { hash: "one" }).await);
        for hash in ["one", "two", "three"] {
            assert_eq!(store.invited(hash, now()).await.unwrap(), None, "{hash} ended when one was taken");
            assert!(!keep(6, now(), Invitations::Take { hash }).await, "{hash}");
        }
        assert!(keep(6, now(), Invitations::Add { hash: "five", until: now() }).await);
        assert!(keep(7, now(), Invitations::End).await);
        assert_eq!(store.invited("five", now()).await.unwrap(), None, "it was ended");
    }
}

#[tokio::test]
async fn a_letter_is_written_with_its_act_and_taken_by_one_worker_at_a_time() {
    for world in worlds().await {
        let store = &world.store;
        let edition = played(&world).await;
        let acts = store.verify(&edition).await.unwrap().unwrap().acts;
        let count = u64::try_from(acts).unwrap();
        let oldest = "2026-01-01T00:00:00.000000Z";
        assert_eq!(store.letters_waiting().await.unwrap(), Waiting { letters: count, oldest: oldest.into(), given_up: 0 });

        let soon = now() + SignedDuration::from_mins(5);
        let before = now() - SignedDuration::from_secs(1);
        assert_eq!(store.take_letters("one", before, soon, 3).await.unwrap(), [], "none is due yet");
        let mine = store.take_letters("one", now(), soon, 3).await.unwrap();
        assert_eq!(mine.len(), 3);
        let (first, second) = (mine[0].id.clone(), mine[1].id.clone());
        let theirs = store.take_letters("two", now(), soon, 1_000).await.unwrap();
        assert_eq!(theirs.len(), acts - 3);
        assert!(theirs.iter().all(|letter| !mine.contains(letter)));

        assert!(store.end_letter(&first, "one", now(), "").await.unwrap());
        assert!(!store.end_letter(&first, "one", now(), "").await.unwrap(), "it has ended");
        assert!(!store.end_letter(&second, "two", now(), "").await.unwrap(), "another worker has it");
        assert!(store.rewrite_letter(&second, "one", "one has it").await.unwrap());
        assert!(!store.rewrite_letter(&second, "two", "two has it").await.unwrap(), "another worker has it");
        assert!(!store.rewrite_letter(&first, "one", "late").await.unwrap(), "it has ended");
        assert!(store.put_letter_back(&second, "one", now(), "the mail server hangs").await.unwrap());
        let again = store.take_letters("two", now(), soon, 1_000).await.unwrap();
        let seen: Vec<_> = again.iter().map(|row| (row.id.as_str(), row.tries, row.body.as_str())).collect();
        assert_eq!(seen, [(second.as_str(), 1, "one has it")]);

        // Worker one died with the third; when its time is over another takes it.
        let third = store.take_letters("two", soon, soon + SignedDuration::from_mins(5), 1_000).await.unwrap();
        assert!(third.iter().any(|row| row.id == mine[2].id), "{third:?}");
        assert!(store.end_letter(&second, "two", now(), "the address does not exist").await.unwrap());
        let waiting = store.letters_waiting().await.unwrap();
        assert_eq!((waiting.letters, waiting.given_up), (count - 2, 1));
    }
}

#[tokio::test]
async fn a_letter_that_was_given_up_is_listed_with_the_reason_and_can_be_sent_again() {
    for world in worlds().await {
        let store = &world.store;
        played(&world).await;
        let soon = now() + SignedDuration::from_mins(5);
        let taken = store.take_letters("one", now(), soon, 4).await.unwrap();
        let ids: Vec<&str> = taken.iter().map(|letter| letter.id.as_str()).collect();
        assert!(store.end_letter(ids[0], "one", now(), "").await.unwrap(), "sent");
        for id in &ids[1..3] {
            assert!(store.end_letter(id, "one", soon, "no such address").await.unwrap(), "given up");
        }
        let given_up = store.unsent_letters(true, 9).await.unwrap();
        let told: Vec<_> = given_up.iter().map(|letter| (letter.id.as_str(), letter.why.as_str(), letter.tries)).collect();
        assert_eq!(told, [(ids[1], "no such address", 1), (ids[2], "no such address", 1)], "{}", world.name);
        assert!(given_up.iter().all(|letter| letter.given_up_at == "2026-01-01T00:05:00.000000Z"), "{given_up:?}");
        let unsent = store.unsent_letters(false, 1_000).await.unwrap();
        let waiting = usize::try_from(store.letters_waiting().await.unwrap().letters).unwrap();
        assert_eq!(unsent.len(), waiting + 2, "those that wait, too, but not what was sent: {}", world.name);
        assert!(unsent.iter().all(|letter| letter.id != ids[0]), "{}", world.name);
        assert_eq!(store.unsent_letters(false, 2).await.unwrap(), unsent[..2], "{}", world.name);

        for id in [ids[0], ids[3], "nothing"] {
            assert_eq!(store.post_again(Some(id), soon).await.unwrap(), 0, "sent, waiting or unknown: {id}");
        }
        assert_eq!(store.post_again(Some(ids[1]), soon).await.unwrap(), 1, "{}", world.name);
        let before = store.take_letters("two", soon - SignedDuration::from_secs(1), soon, 1_000).await.unwrap();
        assert!(before.iter().all(|letter| letter.id != ids[1]), "it is due from now on: {}", world.name);
        let again = store.take_letters("three", soon, soon, 1_000).await.unwrap();
        assert_eq!(again.iter().find(|letter| letter.id == ids[1]).map(|letter| letter.tries), Some(0), "{}", world.name);
        assert_eq!(store.post_again(None, soon).await.unwrap(), 1, "all that are left: {}", world.name);
        assert_eq!(store.unsent_letters(true, 9).await.unwrap(), [], "{}", world.name);
    }
}
