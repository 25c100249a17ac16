//! Every column of every table, changed by hand by somebody with all rights on the database, on both databases: verifying finds it, or it
//! is named here with the reason why it cannot. A new table or column is tried without being listed.
#![allow(clippy::unwrap_used)]

#[path = "../../award/tests/support/shipped.rs"]
mod shipped;
mod support;

use std::str::FromStr;

use award::personal::Erasure;
use award::{Act, Actor, Chain, Deed, State, decide, permit, plan};
use journal::{Key, KeyEvent};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnectOptions;
use store::files::Files;
use store::{Edition, Outcome, Place, Request};
use support::{World, columns, reader, visit, worlds};
use tempfile::TempDir;

/// Why nobody finds a change to who looked at what.
const LOOKS: &str = "looking is no act, so no leaf holds the log of it; it is kept from others by the rights on the database";

/// What somebody changes without being found, with what it is set to, and why nothing can find it.
const NOT_FOUND: [(&str, &str, &str); 14] = [
    ("access row", "", LOOKS),
    ("access.edition", "edition || 'x'", LOOKS),
    ("access.id", "id || 'x'", LOOKS),
    ("access.accessed_at", "accessed_at || 'x'", LOOKS),
    ("access.reader", "reader || 'x'", LOOKS),
    ("access.subject", "subject || 'x'", LOOKS),
    ("access.field", "field || 'x'", LOOKS),
    ("access.page", "page || 'x'", LOOKS),
    ("access.why", "why || 'x'", LOOKS),
    (
        "edition.opened_at",
        "'2020-01-01T00:00:00.000000Z'",
        "when it was entered in this database is no act, and nothing reads it",
    ),
    (
        "checkpoint.recorded_at",
        "'2026-02-02T00:00:00.000000Z'",
        "no signature can tell the time; it is held against the key's times only",
    ),
    ("checkpoint row", "", "who signs gives the head away, and the copies outside are what counts; the table is one more copy"),
    (
        "signing_key.event",
        "replace(event, '2026-01-01', '2026-01-02')",
        "the times of keys are vouched for outside (docs/journal.md, section 6)",
    ),
    ("signing_key row", "", "that a key was revoked is vouched for outside too; the list without its end is a good list"),
];

/// What belongs to no edition and to no journal, so that nothing can be held against it: who may sign in, which letters wait and which files are on their way is
/// kept from others by the rights on the database, and what was done to an account is only ever appended.
const OUTSIDE: [&str; 11] = [
    "account",
    "account_event",
    "guess",
    "invitation",
    "letter",
    "password",
    "recovery_code",
    "second_step",
    "sign_in",
    "sign_in_link",
    "upload",
];
/// A connection past the store that no foreign key holds back.
enum Hand {
    Sqlite(sqlx::SqlitePool),
    Postgres(sqlx::PgPool),
}

impl Hand {
    async fn on(place: &Place) -> Hand {
        match place {
            Place::File(path) => {
                let options = SqliteConnectOptions::from_str(&format!("sqlite:{}", path.display())).unwrap();
                // One connection: a second one may still take a table that was dropped for the new one of that name.
                let one = sqlx::sqlite::SqlitePoolOptions::new().max_connections(1);
                Hand::Sqlite(one.connect_with(options.foreign_keys(false)).await.unwrap())
            }
            Place::Server(address) => Hand::Postgres(sqlx::PgPool::connect(address).await.unwrap()),
        }
    }

    async fn run(&self, sql: &str) -> u64 {
        let statement = AssertSqlSafe(sql.to_owned());
        match self {
            Hand::Sqlite(pool) => sqlx::query(statement).execute(pool).await.unwrap().rows_affected(),
            Hand::Postgres(pool) => sqlx::query(statement).execute(pool).await.unwrap().rows_affected(),
        }
    }

    async fn whole(&self, sql: &str) -> i64 {
        let statement = AssertSqlSafe(sql.to_owned());
        match self {
            Hand::Sqlite(pool) => sqlx::query_scalar(statement).fetch_one(pool).await.unwrap(),
            Hand::Postgres(pool) => sqlx::query_scalar(statement).fetch_one(pool).await.unwrap(),
        }
    }

    /// What tells the rows of any table apart.
    fn row(&self) -> &'static str {
        match self {
            Hand::Sqlite(_) => "rowid",
            Hand::Postgres(_) => "ctid",
        }
    }

    async fn drop_foreign_keys(&self) {
        if let Hand::Postgres(_) = self {
            for (table, key) in [("edition", "rulebook"), ("chain", "edition"), ("leaf", "edition_chain")] {
                self.run(&format!("alter table {table} drop constraint {table}_{key}_fkey")).await;
            }
        }
    }
}

fn request(number: usize, act: &Act) -> Request {
    let at = "2026-01-01T00:00:00Z".parse().unwrap();
    let id = format!("0192f3a0-0000-7000-8000-{number:012x}");
    Request { id, person: "person:test".into(), at, act: act.clone(), seen: Vec::new() }
}

async fn send(world: &World, edition: &Edition, number: usize, act: &Act) {
    let decides = |state: &State| permit(&act.actor, &act.deed).and_then(|permit| decide(state, act, permit));
    let outcome = world.store.act(edition, &request(number, act), decides).await.unwrap();
    assert!(matches!(outcome, Outcome::Recorded(_)), "{outcome:?}");
}

async fn shelf() -> (TempDir, Files) {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::open(&store::files::Place::Folder(folder.path().join("files"))).await.unwrap();
    (folder, files)
}

/// An edition with something in every table: an act with a contest and a candidate, a name that is there and one that was erased, a head
/// that was signed.
async fn filled(world: &World, files: &Files) -> Edition {
    let cycle = shipped::years().into_iter().find(|cycle| cycle.header.id == "trap-14-reopening-loses-the-record").unwrap();
    let opened = "2026-01-01T00:00:00.000000Z";
    let edition = world.store.open_edition(&cycle.header.id, &shipped::rulebook(&cycle), opened).await.unwrap();
    let acts: Vec<Act> = plan(&cycle, None).into_iter().map(|planned| planned.act).collect();
    let sheet = acts.iter().position(|act| matches!(act.deed, Deed::HandInSheet(..))).unwrap();
    for (number, act) in acts[..=sheet].iter().enumerate() {
        send(world, &edition, number, act).await;
    }
    let member = |act: &Act| match &act.deed {
        Deed::Appoint(_, member) => Some(format!("juror:{}", member.juror)),
        _ => None,
    };
    let whose = acts.iter().find_map(member).unwrap();
    let texts = world.store.personal_texts(&edition, &whose, &reader()).await.unwrap();
    let commitments = texts.into_iter().map(|text| text.commitment).collect();
    let erasure = Deed::EraseNames(Erasure { commitments, reason: "Permintaan 7/2026".into() });
    send(world, &edition, 900, &Act { actor: Actor::Centre, at: None, deed: erasure }).await;

    let page = files.put(b"Daftar hadir\n".as_slice(), 100).await.unwrap().hash.to_string();
    for (number, store, hash) in [
        (901, world.store.clone().with_files(files.clone()), page),
        (902, world.store.clone().with_files_elsewhere(), "0".repeat(64)),
    ] {
        let (act, fact) = visit(&acts[sheet], &hash);
        let outcome = store.act(&edition, &request(number, &act), |_| Ok(vec![fact.clone()])).await.unwrap();
        assert!(matches!(outcome, Outcome::Recorded(_)), "{outcome:?}");
    }

    let key = Key::from_seed("bali.example", &[1; 32]).unwrap();
    for key in [&key, &Key::from_seed("second.example", &[2; 32]).unwrap()] {
        let made = KeyEvent::Made { key: key.verifier(), at: "2026-01-01T00:00:00Z".parse().unwrap() };
        world.store.record_key(&made).await.unwrap();
    }
    let chain = Chain::Round(acts[sheet].deed.round().unwrap().clone());
    let at = "2026-02-01T00:00:00Z".parse().unwrap();
    world.store.sign_head(&edition, &chain, &key, at).await.unwrap();
    edition
}

#[tokio::test]
async fn an_edition_that_was_put_under_another_rulebook_is_found() {
    for world in worlds().await {
        let (_folder, files) = shelf().await;
        let edition = filled(&world, &files).await;
        world.store.open_edition("other", rules::EXAMPLE, "2026-01-01T00:00:00.000000Z").await.unwrap();
        let other = "update edition set rulebook = (select rulebook from edition where id = 'other')";
        Hand::on(&world.place).await.run(other).await;
        let found = world.store.verify(&edition).await.unwrap().unwrap_err();
        assert!(found.place.starts_with("rulebook of "), "{}: {found:?}", world.name);
        let edition = world.store.edition(&edition.id).await.unwrap();
        let found = world.store.verify(&edition).await.unwrap().unwrap_err();
        assert!(found.why.contains("under another rulebook"), "{}: {found:?}", world.name);
    }
}

/// Tables and their columns with types, as the database tells them; each table ends with the row itself.
async fn everything(place: &Place) -> Vec<(String, String, String)> {
    let lines = columns(place).await;
    let mut found: Vec<(String, String, String)> = Vec::new();
    for line in lines.lines().filter(|line| !line.starts_with("index ")) {
        let mut words = line.split(' ').map(str::to_owned);
        let (table, column, kind) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap());
        if found.last().is_none_or(|(last, ..)| *last != table) {
            found.push((table.clone(), String::new(), String::new()));
        }
        found.push((table, column, kind));
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_changed_by_hand_is_found_or_named_here_with_the_reason() {
    for world in worlds().await {
        let (_folder, files) = shelf().await;
        let edition = filled(&world, &files).await;
        assert!(is_clean(&world, &edition, &files).await, "{}", world.name);
        let hand = Hand::on(&world.place).await;
        hand.drop_foreign_keys().await;
        let mut unseen = Vec::new();
        let inside = everything(&world.place).await.into_iter().filter(|(table, ..)| !OUTSIDE.contains(&table.as_str()));
        for (table, column, kind) in inside {
            let name = if column.is_empty() { format!("{table} row") } else { format!("{table}.{column}") };
            let named = NOT_FOUND.iter().find(|(not, ..)| *not == name);
            let value = match (named, kind.as_str()) {
                (Some((_, value, _)), _) => (*value).to_owned(),
                (None, "boolean") => format!("not {column}"),
                (None, "bigint") => format!("{column} + 1000"),
                (None, _) => format!("{column} || 'x'"),
            };
            let change =
                if column.is_empty() { format!("delete from {table}") } else { format!("update {table} set {column} = {value}") };
            if !each_row_is_found(&world, &edition, &files, &hand, &table, &change).await {
                unseen.push(name);
            }
        }
        let mut expected: Vec<&str> = NOT_FOUND.iter().map(|(name, ..)| *name).collect();
        expected.sort_unstable();
        unseen.sort();
        assert_eq!(unseen, expected, "{}", world.name);
    }
}

/// Whether neither the journal nor the files show a difference.
async fn is_clean(world: &World, edition: &Edition, files: &Files) -> bool {
    let verified = world.store.verify(edition).await.unwrap().map(|_| ());
    let found = match verified {
        Ok(()) => world.store.verify_files(edition, files).await.unwrap().err().map(|differ| differ.first),
        Err(difference) => Some(difference),
    };
    if let Some(difference) = &found {
        let in_indonesian = matches!(words::reason(&difference.why), words::Arg::Message(_));
        assert!(in_indonesian, "{}: only English is known of {difference:?}", world.name);
    }
    found.is_none()
}

/// Whether a change to the first row of a table is found, and one to the last.
async fn each_row_is_found(world: &World, edition: &Edition, files: &Files, hand: &Hand, table: &str, change: &str) -> bool {
    let rows = hand.whole(&format!("select count(*) from {table}")).await;
    assert!(rows > 0, "{table} is empty on {}", world.name);
    hand.run(&format!("create table kept as select * from {table}")).await;
    let mut found = true;
    for place in [0, rows - 1] {
        let row = hand.row();
        let sql = format!("{change} where {row} in (select {row} from {table} order by {row} limit 1 offset {place})");
        assert_eq!(hand.run(&sql).await, 1, "{sql} on {}", world.name);
        found &= !is_clean(world, edition, files).await;
        hand.run(&format!("delete from {table}")).await;
        hand.run(&format!("insert into {table} select * from kept")).await;
    }
    hand.run("drop table kept").await;
    assert!(is_clean(world, edition, files).await, "{table} is as before on {}", world.name);
    found
}
