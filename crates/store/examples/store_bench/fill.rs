//! Filling a database: the first round act by act through the store, every other one as a copy of its rows. A copied journal does not verify,
//! for its hashes are those of the first round; whoever appends to it does the same work all the same.

use award::{Act, decide, permit};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use store::{Edition, Outcome, Place, Request, Store};

use crate::year;

const TABLES: [(&str, &str, &str); 4] = [
    (
        "chain",
        "chain like 'round/%'",
        "edition, replace(chain, $1, $2), position, edge from pattern_chain where $3 <> $4",
    ),
    (
        "leaf",
        "chain like 'round/%'",
        "edition, replace(chain, $1, $2), position, act, recorded_at, actor, deed, replace(contest, $1, $2), replace(candidate, $3, $4),
         replace(replace(bytes, $1, $2), $3, $4) from pattern_leaf",
    ),
    ("node", "chain like 'round/%'", "edition, replace(chain, $1, $2), level, place, hash from pattern_node where $3 <> $4"),
    (
        "record",
        "chain like 'round/%'",
        "edition, replace(contest, $1, $2), replace(candidate, $3, $4), noun, replace(name, $1, $2), replace(chain, $1, $2), born, turn, version,
         replace(replace(body, $1, $2), $3, $4) from pattern_record",
    ),
];

/// Makes a database with so many rounds.
pub async fn fill(place: &Place, rounds: usize) -> (Store, Edition) {
    let store = Store::open_or_make(place).await.expect("a database can be made");
    let edition =
        store.open_edition("bench", &year::rulebook(), "2026-01-01T00:00:00.000000Z").await.expect("the rulebook is right");
    for act in year::acts() {
        send(&store, &edition, act).await;
    }
    let others = year::regions(rounds).split_off(1);
    match place {
        Place::File(path) => {
            let address = format!("sqlite:{}", path.display());
            let mut connection = SqliteConnection::connect(&address).await.expect("the file can be opened");
            for sql in statements(&others, &["pragma synchronous = off", "pragma cache_size = -500000"]) {
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect("rows can be copied");
            }
            sqlx::raw_sql("pragma wal_checkpoint(truncate)").execute(&mut connection).await.expect("the file can be written");
            connection.close().await.expect("the file can be closed");
            // What was copied goes to disk now, not under the first acts.
            std::fs::File::open(path).and_then(|file| file.sync_all()).expect("the file reaches the disk");
        }
        Place::Server(address) => {
            let mut connection = PgConnection::connect(address).await.expect("the server can be reached");
            for sql in statements(&others, &[]) {
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.expect("rows can be copied");
            }
            for sql in ["vacuum analyze", "checkpoint"] {
                sqlx::raw_sql(sql).execute(&mut connection).await.expect("the server tidies up");
            }
        }
    }
    (store, edition)
}

/// The statements that copy the rows of the first round to other regions, in few transactions.
fn statements(regions: &[String], first: &[&str]) -> Vec<String> {
    let mut statements: Vec<String> = first.iter().map(|sql| (*sql).to_owned()).collect();
    for (table, rows, _) in TABLES {
        statements.push(format!("create temp table pattern_{table} as select * from {table} where {rows}"));
    }
    for some in regions.chunks(25) {
        statements.push("begin".to_owned());
        for region in some {
            let values = [year::PATTERN, region, year::PATTERN_ID, &year::id_of(region)];
            for (table, _, columns) in TABLES {
                let insert = format!("insert into {table} select {columns}");
                let named = values.iter().enumerate();
                statements
                    .push(named.fold(insert, |sql, (at, value)| sql.replace(&format!("${}", at + 1), &format!("'{value}'"))));
            }
        }
        statements.push("commit".to_owned());
    }
    statements
}

/// Sends an act as a client does, under a fresh id.
pub async fn send(store: &Store, edition: &Edition, act: Act) -> Outcome {
    let decide = |state: &award::State| permit(&act.actor, &act.deed).and_then(|permit| decide(state, &act, permit));
    store.act(edition, &request(&act), decide).await.expect("the database takes the act")
}

/// The request of somebody who sends an act now.
pub fn request(act: &Act) -> Request {
    let (id, at) = (uuid::Uuid::now_v7().to_string(), jiff::Timestamp::now());
    Request { id, person: "person:bench".into(), at, act: act.clone(), seen: Vec::new() }
}
