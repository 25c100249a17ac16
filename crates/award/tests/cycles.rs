//! Every worked award year of the repository is played, and must come out as its `expected.csv` says. A folder with
//! `expected-problem.txt` must be refused, for that very reason.

// Helpers of a test may fail loudly.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use award::view::{RowSeen, Viewer, fields};
use award::{ContestKey, Cycle, Folder, Header, Run, expected, run};
use tally::outcome::Adjusted;
use words::{Lang, Problem};

fn cycles() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cycles");
    let mut found: Vec<PathBuf> = fs::read_dir(&root)
        .unwrap_or_else(|error| panic!("{}: {error}", root.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("cycle.toml").exists())
        .collect();
    found.sort();
    found
}

fn folder(path: &Path) -> Folder {
    let files = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    let wanted = files.filter(|file| file.extension().is_some_and(|ending| ending == "csv" || ending == "toml"));
    wanted.map(|file| (file.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&file).unwrap())).collect()
}

fn play(path: &Path) -> Result<Run, Vec<Problem>> {
    let folder = folder(path);
    let header = Header::read(&folder)?;
    let rulebook = fs::read_to_string(path.join(&header.rulebook)).unwrap_or_else(|error| panic!("{}: {error}", header.rulebook));
    let cycle = Cycle::read(&folder, &rulebook)?;
    run(&cycle, None, &mut |_| {}).map_err(|stopped| vec![stopped.problem()])
}

fn told(path: &Path, problems: &[Problem]) -> String {
    let lines = problems.iter().map(|problem| {
        let text = fs::read_to_string(path.join(&problem.file)).unwrap_or_default();
        let (line, column) = problem.position(&text);
        let hint = problem.hint.as_ref().map(|hint| hint.render(Lang::En)).unwrap_or_default();
        format!("  {}:{line}:{column}: {} [{}] {hint}", problem.file, problem.message.render(Lang::En), problem.message.key())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What the additive fit says where marks are missing, one line for each contest as in `expected-adjusted.txt`.
fn adjusted(run: &Run) -> BTreeSet<String> {
    let line = |contest: &award::ContestRun| match contest.counted.as_ref()?.outcome.adjusted.as_ref()? {
        Adjusted::Fitted(fit) => {
            let said = if fit.disagrees { "disagrees" } else { "agrees" };
            let mut advancing = fit.advancing.clone();
            advancing.sort();
            let region = contest.region.as_deref().unwrap_or("-");
            Some(format!("{} {region} {} {said} {}", contest.level, contest.category, advancing.join(" ")))
        }
        Adjusted::NotPossible(_) => None,
    };
    run.contests.iter().filter_map(line).collect()
}

/// How the additive fits of a year differ from its `expected-adjusted.txt`, if there is one.
fn adjusted_fault(path: &Path, run: &Run) -> Option<String> {
    let text = fs::read_to_string(path.join("expected-adjusted.txt")).ok()?;
    let sorted = |line: &str| {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        words[4..].sort_unstable();
        words.join(" ")
    };
    let wanted: BTreeSet<String> = text.lines().filter(|line| !line.trim().is_empty()).map(sorted).collect();
    let found = adjusted(run);
    (found != wanted).then(|| format!("{}: additive fits expected {wanted:?}, found {found:?}", path.display()))
}

/// What is wrong with a year, if anything.
fn fault(path: &Path) -> Option<String> {
    let wanted: BTreeSet<String> = match fs::read_to_string(path.join("expected-problem.txt")) {
        Ok(text) => text.split_whitespace().map(str::to_owned).collect(),
        Err(_) => BTreeSet::new(),
    };
    if wanted.is_empty() && !path.join("expected.csv").exists() {
        return Some(format!("{}: neither expected.csv nor expected-problem.txt says what must come out", path.display()));
    }
    let problems = match play(path) {
        Ok(run) => match adjusted_fault(path, &run) {
            Some(fault) => return Some(fault),
            None => expected::compare(&run),
        },
        Err(problems) => problems,
    };
    let found: BTreeSet<String> = problems.iter().map(|problem| problem.message.key().to_owned()).collect();
    (found != wanted).then(|| format!("{}: expected problems {wanted:?}, found:\n{}", path.display(), told(path, &problems)))
}

#[test]
fn every_worked_year_comes_out_as_expected() {
    let cycles = cycles();
    assert!(!cycles.is_empty(), "no cycle was found");
    let faults: Vec<String> = cycles.iter().filter_map(|path| fault(path)).collect();
    assert!(faults.is_empty(), "{} of {} years:\n{}", faults.len(), cycles.len(), faults.join("\n"));
}

/// Lampung's year: the nation's provinces compete in five zones, of each of which two win.
#[test]
fn where_the_cut_goes_by_zone_each_zone_is_seen_as_a_standing_of_its_own() {
    let run = play(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cycles/lampung-2023")).unwrap();
    let viewer = Viewer::public(&run.state);
    let key = ContestKey::parse("nation/provinsi").unwrap();
    let view = viewer.contest(&key).unwrap();
    let rows = view.standing.shown().unwrap();
    let line = |row: &RowSeen| format!("{} of {} {} {}", row.place, row.among, row.candidate, row.status);
    let shown: Vec<(&str, Vec<String>)> = fields(&view.pools, rows)
        .into_iter()
        .map(|(pool, rows)| (pool.unwrap().id.as_str(), rows.iter().map(line).collect()))
        .collect();
    let of = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let expected = [
        ("sumatra", of(&["1 of 3 prov-jambi advances", "2 of 3 prov-sumatera-selatan advances", "3 of 3 prov-riau below"])),
        ("jawa-bali", of(&["1 of 3 prov-jawa-tengah advances", "2 of 3 prov-bali advances", "3 of 3 prov-di-yogyakarta below"])),
        ("kalimantan", of(&["1 of 2 prov-kalimantan-utara advances", "2 of 2 prov-kalimantan-selatan advances"])),
        ("sulawesi", of(&["1 of 2 prov-sulawesi-utara advances", "2 of 2 prov-sulawesi-selatan advances"])),
        ("nusa-maluku-papua", of(&["1 of 2 prov-nusa-tenggara-barat advances", "2 of 2 prov-papua-barat advances"])),
    ];
    assert_eq!(shown, expected);
    let outcome = viewer.outcomes().into_iter().find(|outcome| outcome.contest == key).unwrap();
    let best: Vec<usize> =
        fields(&outcome.pools, outcome.best.shown().unwrap()).into_iter().map(|(_, rows)| rows.len()).collect();
    assert_eq!(best, [2, 2, 2, 2, 2], "the two best of each zone");
    let riau = viewer.candidate(&"prov-riau".into()).unwrap();
    let place = riau.entries[0].place.shown().unwrap().as_ref().unwrap();
    assert_eq!((place.place, place.of), (Some(3), 3), "the third of three, not the twelfth of twelve");
    // Sectors of businesses have one cut for all.
    let banks = viewer.contest(&ContestKey::parse("nation/usaha-keuangan").unwrap()).unwrap();
    assert_eq!((banks.pools.len(), fields(&banks.pools, banks.standing.shown().unwrap()).len()), (0, 1));
}
