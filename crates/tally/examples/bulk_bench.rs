//! The Rust side of `bench/compare.py`: makes the data that all programs read, and measures the bulk count on it.
//!
//! ```text
//! bulk_bench generate CANDIDATES FOLDER       write wide.csv, marks.u8 and groups.u16
//! bulk_bench memory FOLDER THREADS RUNS       columns in memory -> everybody's place, winners
//! bulk_bench cut FOLDER THREADS RUNS          columns in memory -> winners
//! bulk_bench csv FOLDER THREADS RUNS          wide.csv -> everybody's place, winners
//! ```
//!
//! A measuring command prints one line of JSON: microseconds of every run, peak memory, number of winners; and writes the winners to
//! `winners.txt`. The data is 9 jurors x 10 criteria, whole marks from 0 to 100, in 304 groups (38 provinces x 8 categories), from a fixed seed.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::time::Instant;

use tally::bulk::{BulkStanding, Columns, Shape, csv, shortlist, tally};

const SHAPE: Shape = Shape { jurors: 9, criteria: 10, mark_max: 100, scale: 1 };
const WEIGHTS: [u64; 10] = [15, 10, 10, 20, 5, 10, 10, 5, 10, 5];
const GROUPS: u64 = 304;
const TOP: u32 = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<usize>().unwrap_or_else(|_| panic!("{text:?} is not a number"));
    match words.as_slice() {
        ["generate", candidates, folder] => generate(number(candidates), Path::new(folder)),
        ["memory", folder, threads, runs] => measure_memory(Path::new(folder), number(threads), number(runs)),
        ["cut", folder, threads, runs] => measure_cut(Path::new(folder), number(threads), number(runs)),
        ["csv", folder, threads, runs] => measure_csv(Path::new(folder), number(threads), number(runs)),
        _ => panic!("generate CANDIDATES FOLDER, or memory, cut or csv FOLDER THREADS RUNS"),
    }
}

/// The generator of Steele, Lea and Flood ("SplitMix64"), so that the data is the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    fn below(&mut self, bound: u64) -> i64 {
        (self.roll() % bound) as i64
    }
}

/// A candidate's marks: how good it is, how hard each criterion is for it, how strict each juror, and some chance.
fn marks(dice: &mut Dice) -> [u8; 90] {
    let quality = 45 + dice.below(23) + dice.below(23);
    let strictness: [i64; 9] = std::array::from_fn(|_| dice.below(9) - 4);
    let ease: [i64; 10] = std::array::from_fn(|_| dice.below(21) - 10);
    std::array::from_fn(|index| {
        let mark = quality + strictness[index / 10] + ease[index % 10] + dice.below(13) - 6;
        mark.clamp(0, 100) as u8
    })
}

fn generate(candidates: usize, folder: &Path) {
    fs::create_dir_all(folder).expect("the folder can be made");
    let mut dice = Dice(2026);
    let mut columns = vec![0; candidates * SHAPE.marks()];
    let mut groups = Vec::with_capacity(candidates * 2);
    let mut file = BufWriter::with_capacity(1 << 20, File::create(folder.join("wide.csv")).expect("wide.csv can be written"));
    let names: Vec<String> = (1..=9).flat_map(|juror| (1..=10).map(move |criterion| format!("j{juror}c{criterion}"))).collect();
    writeln!(file, "candidate,group,{}", names.join(",")).expect("wide.csv can be written");
    for candidate in 0..candidates {
        let group = dice.below(GROUPS);
        groups.extend((group as u16).to_le_bytes());
        write!(file, "{candidate},{group}").expect("wide.csv can be written");
        for (column, mark) in marks(&mut dice).into_iter().enumerate() {
            columns[column * candidates + candidate] = mark;
            write!(file, ",{mark}").expect("wide.csv can be written");
        }
        writeln!(file).expect("wide.csv can be written");
    }
    file.flush().expect("wide.csv can be written");
    fs::write(folder.join("marks.u8"), columns).expect("marks.u8 can be written");
    fs::write(folder.join("groups.u16"), groups).expect("groups.u16 can be written");
}

fn measure_memory(folder: &Path, threads: usize, runs: usize) {
    let (columns, groups) = load(folder);
    report("memory", folder, runs, || {
        winners(&tally(&columns, &WEIGHTS, &groups, TOP, threads).expect("the data is good"), None)
    });
}

fn measure_cut(folder: &Path, threads: usize, runs: usize) {
    let (columns, groups) = load(folder);
    report("cut", folder, runs, || {
        let list = shortlist(&columns, &WEIGHTS, &groups, TOP, threads).expect("the data is good");
        list.winners().iter().map(|winner| winner.candidate as u64).collect()
    });
}

fn measure_csv(folder: &Path, threads: usize, runs: usize) {
    report("csv", folder, runs, || {
        let mut file = File::open(folder.join("wide.csv")).expect("wide.csv is there");
        let table: csv::Table<u8> =
            csv::fetch::<_, Box<dyn Error + Send + Sync>>(SHAPE, threads, |room| Ok(file.read(room)?)).expect("wide.csv is good");
        let standing = tally(&table.columns, &WEIGHTS, &table.groups, TOP, threads).expect("the data is good");
        winners(&standing, Some(&table.candidates))
    });
}

fn load(folder: &Path) -> (Columns<u8>, Vec<u32>) {
    let groups = fs::read(folder.join("groups.u16")).expect("groups.u16 is there");
    let groups: Vec<u32> = groups.chunks_exact(2).map(|pair| u32::from(u16::from_le_bytes([pair[0], pair[1]]))).collect();
    let marks = fs::read(folder.join("marks.u8")).expect("marks.u8 is there");
    let mut columns = Columns::new(SHAPE).expect("the shape is good");
    for candidate in 0..groups.len() {
        let row: [u8; 90] = std::array::from_fn(|column| marks[column * groups.len() + candidate]);
        columns.push(&row).expect("the marks are good");
    }
    (columns, groups)
}

fn winners(standing: &BulkStanding, names: Option<&[u64]>) -> Vec<u64> {
    standing.winners().map(|index| names.map_or(index as u64, |names| names[index])).collect()
}

fn report(from: &str, folder: &Path, runs: usize, count: impl Fn() -> Vec<u64>) {
    let mut microseconds = Vec::new();
    let mut winners = count();
    forget_peak();
    for _ in 0..runs {
        let start = Instant::now();
        winners = count();
        microseconds.push(start.elapsed().as_micros());
    }
    let lines: Vec<String> = winners.iter().map(u64::to_string).collect();
    fs::write(folder.join("winners.txt"), lines.join("\n")).expect("winners.txt can be written");
    println!(
        "{{\"tool\": \"paritrana\", \"from\": \"{from}\", \"microseconds\": {microseconds:?}, \"winners\": {}, \"peak_kib\": {}}}",
        winners.len(),
        memory("VmHWM"),
    );
}

/// Lets the peak of this process's memory begin anew, so that loading does not count.
fn forget_peak() {
    // Only Linux has this file; elsewhere the peak is not told anyway.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// A figure of this process's memory in KiB, as Linux tells it; 0 elsewhere.
fn memory(name: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
