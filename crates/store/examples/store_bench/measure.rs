//! What is measured, and how it is told.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use award::sight::Part;
use award::{State, decide, permit};
use sqlx::{Connection, PgConnection, SqliteConnection};
use store::{Edition, Names, Outcome, Place, Reader, Store};

use crate::{fill, timeline, year};

/// In so many rounds sheets are handed in, whatever the number of all.
const ROUNDS_WITH_SHEETS: usize = 5;

/// How long something took, again and again.
pub struct Taken {
    pub what: String,
    pub each: Vec<Duration>,
    pub all: Duration,
}

impl Taken {
    fn new(what: impl Into<String>, mut each: Vec<Duration>, all: Duration) -> Taken {
        each.sort();
        Taken { what: what.into(), each, all }
    }

    /// So many took at most that long.
    pub fn percentile(&self, percent: usize) -> Duration {
        self.each[(self.each.len() * percent).div_ceil(100).max(1) - 1]
    }

    /// How many in a second.
    pub fn per_second(&self) -> f64 {
        self.each.len() as f64 / self.all.as_secs_f64()
    }
}

/// Does something again and again, one after the other.
async fn repeat<F: Future>(what: &str, times: usize, mut one: impl FnMut(usize) -> F) -> Taken {
    let mut each = Vec::new();
    let start = Instant::now();
    for number in 0..times {
        let began = Instant::now();
        one(number).await;
        each.push(began.elapsed());
    }
    Taken::new(what, each, start.elapsed())
}

/// The floor: a transaction that inserts one small row and is on disk when it returns.
pub async fn floor(place: &Place, times: usize) -> Taken {
    const MAKE: &str = "create table if not exists floor (number bigint not null primary key, body text not null)";
    const INSERT: &str = "insert into floor (number, body) values ($1, 'one row')";
    let mut each = Vec::new();
    let start = Instant::now();
    match place {
        Place::File(path) => {
            let path = path.with_extension("floor");
            let address = format!("sqlite:{}?mode=rwc", path.display());
            let mut connection = SqliteConnection::connect(&address).await.expect("a file can be made");
            sqlx::raw_sql("pragma journal_mode = wal; pragma synchronous = full")
                .execute(&mut connection)
                .await
                .expect("a pragma");
            sqlx::query(MAKE).execute(&mut connection).await.expect("a table");
            for number in 0..times {
                let began = Instant::now();
                sqlx::query(INSERT).bind(number as i64).execute(&mut connection).await.expect("a row");
                each.push(began.elapsed());
            }
        }
        Place::Server(address) => {
            let mut connection = PgConnection::connect(address).await.expect("the server can be reached");
            sqlx::query(MAKE).execute(&mut connection).await.expect("a table");
            for number in 0..times {
                let began = Instant::now();
                sqlx::query(INSERT).bind(number as i64).execute(&mut connection).await.expect("a row");
                each.push(began.elapsed());
            }
        }
    }
    Taken::new("the floor: one durable row", each, start.elapsed())
}

/// A filled database with the sheets that can still be handed in.
pub struct Bench {
    pub store: Store,
    pub edition: Edition,
    pub regions: Vec<String>,
    next: AtomicUsize,
}

impl Bench {
    pub fn new(store: Store, edition: Edition, regions: Vec<String>) -> Bench {
        Bench { store, edition, regions, next: AtomicUsize::new(0) }
    }

    fn sheet(&self) -> award::Act {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let busy = ROUNDS_WITH_SHEETS.min(self.regions.len());
        // Spread evenly over the regions, so that a larger database is not read in one place only.
        let region = &self.regions[(number % busy) * self.regions.len() / busy];
        year::sheet(region, number / busy)
    }

    async fn hand_in(&self) {
        let outcome = fill::send(&self.store, &self.edition, self.sheet()).await;
        assert!(matches!(outcome, Outcome::Recorded(_)), "a sheet is handed in: {outcome:?}");
    }

    /// Sheets handed in by one client.
    pub async fn one_client(&self, times: usize) -> Taken {
        repeat("hand in a sheet, one client", times, |_| self.hand_in()).await
    }

    /// Sheets handed in by several clients at the same time.
    pub async fn clients(self: &Arc<Bench>, clients: usize, times: usize) -> Taken {
        let start = Instant::now();
        let client = |_| {
            let bench = Arc::clone(self);
            tokio::spawn(async move { repeat("", times / clients, |_| bench.hand_in()).await.each })
        };
        let clients: Vec<_> = (0..clients).map(client).collect();
        let what = format!("hand in a sheet, {} clients", clients.len());
        let mut each = Vec::new();
        for client in clients {
            each.extend(client.await.expect("a client does not panic"));
        }
        Taken::new(what, each, start.elapsed())
    }

    /// A region by chance, the same in every run.
    fn region(&self, number: usize) -> &str {
        &self.regions[number.wrapping_mul(7919) % self.regions.len()]
    }

    async fn read(&self, parts: Vec<Part>) -> State {
        let (person, page, why) = ("person:bench".to_owned(), "dossier".to_owned(), "judging".to_owned());
        let reader = Reader { person, at: jiff::Timestamp::UNIX_EPOCH, page, why };
        self.store.state(&self.edition, parts, &Names::ShownTo(reader)).await.expect("the state can be read")
    }

    /// Dossiers opened by one reader.
    pub async fn dossiers(&self, times: usize) -> Taken {
        let open = async |number: usize| {
            let (parts, contest, candidate) = year::dossier(self.region(number), number);
            let state = self.read(parts).await;
            let entry =
                state.contests.get(&contest).and_then(|contest| contest.entry(candidate.as_str())).expect("it stands there");
            assert!(!entry.claims.is_empty(), "it has claims");
        };
        repeat("open a dossier", times, open).await
    }

    /// Standings read by one reader; with the entries or without.
    pub async fn standings(&self, what: &str, times: usize, parts: impl Fn(award::ContestKey) -> Vec<Part>) -> Taken {
        let open = async |number: usize| {
            let contest = year::counted(self.region(number));
            let state = self.read(parts(contest.clone())).await;
            let counted = state.contests.get(&contest).and_then(|contest| contest.result()).expect("it is counted");
            assert_eq!(counted.outcome.standing.len(), year::CANDIDATES);
        };
        repeat(what, times, open).await
    }

    /// The progress of the nation.
    pub async fn progress(&self, times: usize) -> Taken {
        let look = async |_| {
            let progress = self.store.progress(&self.edition).await.expect("progress can be read");
            assert_eq!(progress.len() * year::CANDIDATES, self.regions.len() * year::IN_A_ROUND);
        };
        repeat("national progress", times, look).await
    }

    /// Where the time of a hand-in goes: each step of [`timeline::STEPS`] over all hand-ins.
    pub async fn steps(&self, times: usize) -> Vec<Taken> {
        timeline::listen();
        let mut all: Vec<Vec<Duration>> = vec![Vec::new(); timeline::STEPS.len()];
        for _ in 0..times {
            let act = self.sheet();
            let request = fill::request(&act);
            let since = timeline::begin();
            let decided = |state: &State| {
                timeline::mark("opened");
                let facts = permit(&act.actor, &act.deed).and_then(|permit| decide(state, &act, permit));
                timeline::mark("decided");
                facts
            };
            self.store.act(&self.edition, &request, decided).await.expect("the database takes the act");
            for (step, took) in all.iter_mut().zip(timeline::end(since)) {
                step.push(took);
            }
        }
        let told = all.into_iter().zip(timeline::STEPS);
        told.map(|(each, (what, _))| Taken { all: each.iter().sum(), ..Taken::new(what, each, Duration::ZERO) }).collect()
    }
}
