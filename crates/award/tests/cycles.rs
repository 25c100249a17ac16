//! Every worked award year of the repository is played, and must come out as its `expected.csv` says. A folder with
//! `expected-problem.txt` must be refused, for that very reason.

// Helpers of a test may fail loudly.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use award::{Cycle, Folder, Header, Run, expected, run};
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
