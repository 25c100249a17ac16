//! Measures the store on SQLite and PostgreSQL, with few rounds and with many: `bench/store.sh` runs it.
//!
//! ```text
//! store_bench FOLDER SCALE ROUNDS...      SQLite in FOLDER; PostgreSQL at PARITRANA_TEST_POSTGRES; SCALE 1 for a look, 10 to measure
//! store_bench FOLDER fill ROUNDS       only fills an SQLite file in FOLDER, rounds-ROUNDS.db, for those who measure something else
//! ```
//!
//! It prints tables in Markdown: for each database and number of rounds the throughput and how long the fastest half (p50) and all but the
//! slowest hundredth (p99) took, then where the time of a hand-in goes.
#![allow(clippy::print_stdout)]

mod fill;
mod measure;
mod timeline;
mod year;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use award::sight::Part;
use measure::{Bench, Taken};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use store::Place;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, scale, rounds @ ..] = arguments.as_slice() else { panic!("FOLDER SCALE ROUNDS...") };
    let number = |text: &String| text.parse::<usize>().unwrap_or_else(|_| panic!("{text:?} is not a number"));
    if scale == "fill" {
        for rounds in rounds.iter().map(number) {
            let file = Place::File(Path::new(folder).join(format!("rounds-{rounds}.db")));
            fill::fill(&file, rounds).await.0.close().await;
        }
        return;
    }
    let server = std::env::var("PARITRANA_TEST_POSTGRES").expect("PostgreSQL is not running: call this through bench/store.sh");
    let mut steps = Vec::new();
    println!("| database | candidates | what | in a second | p50 ms | p99 ms |\n|---|---:|---|---:|---:|---:|");
    for rounds in rounds.iter().map(number) {
        let file = Place::File(Path::new(folder).join(format!("rounds-{rounds}.db")));
        let server = Place::Server(database(&server, rounds).await);
        for (name, place) in [("SQLite", file), ("PostgreSQL", server)] {
            let began = Instant::now();
            let (store, edition) = fill::fill(&place, rounds).await;
            eprintln!("{name}, {rounds} rounds: filled in {:.1} s", began.elapsed().as_secs_f64());
            let bench = Arc::new(Bench::new(store, edition, year::regions(rounds)));
            for taken in measure(&bench, &place, number(scale)).await {
                tell(name, rounds * year::IN_A_ROUND, &taken);
            }
            let candidates = rounds * year::IN_A_ROUND;
            steps.push((format!("{name}, {candidates}"), bench.steps(20 * number(scale)).await));
            bench.store.close().await;
        }
    }
    tell_steps(&steps);
}

async fn measure(bench: &Arc<Bench>, place: &Place, scale: usize) -> Vec<Taken> {
    let floor = measure::floor(place, 50 * scale).await;
    bench.one_client(10).await;
    let with_entries = |contest: award::ContestKey| vec![Part::Contest(contest.clone()), Part::Entries(contest)];
    vec![
        floor,
        bench.one_client(80 * scale).await,
        bench.clients(16, 320 * scale).await,
        bench.dossiers(100 * scale).await,
        bench.standings("a contest's standing", 100 * scale, |contest| vec![Part::Contest(contest)]).await,
        bench.standings("a contest's standing with all entries", 20 * scale, with_entries).await,
        bench.progress(2 * scale).await,
    ]
}

fn tell(database: &str, candidates: usize, taken: &Taken) {
    let (half, most) = (milliseconds(taken.percentile(50)), milliseconds(taken.percentile(99)));
    println!("| {database} | {candidates} | {} | {:.0} | {half:.2} | {most:.2} |", taken.what, taken.per_second());
}

fn tell_steps(columns: &[(String, Vec<Taken>)]) {
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    println!("\n| p50 ms of each step of a hand-in | {} |\n|---|{}", names.join(" | "), "---:|".repeat(names.len()));
    for (step, (what, _)) in timeline::STEPS.iter().enumerate() {
        let cells: Vec<String> =
            columns.iter().map(|(_, steps)| format!("{:.2}", milliseconds(steps[step].percentile(50)))).collect();
        println!("| {what} | {} |", cells.join(" | "));
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The address of a new, empty PostgreSQL database.
async fn database(server: &str, rounds: usize) -> String {
    let name = format!("bench_{}_{rounds}", std::process::id());
    let mut connection = PgConnection::connect(server).await.expect("the server can be reached");
    let create = format!("create database {name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'");
    sqlx::query(AssertSqlSafe(create)).execute(&mut connection).await.expect("a database can be made");
    let (address, _) = server.rsplit_once('/').expect("an address ends in a database");
    format!("{address}/{name}")
}
