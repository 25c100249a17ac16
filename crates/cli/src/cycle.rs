//! `paritrana cycle`: play a worked year, check its folder, begin a new one.

use std::fs;
use std::io::IsTerminal;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use award::{ContestRun, Cycle, Folder, Header, Report, Run, Scanned, Separator};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rules::rulebook::Stage;
use words::{Lang, Message, Problem};

use crate::problems::{self, Texts};
use crate::screen::{GOOD, QUIET, Said, paint, say};
use crate::{DONE, REFUSED, WRONG_USE, database, folder, report};

/// What `cycle run` was asked for.
pub struct Wanted {
    /// JSON instead of text.
    pub json: bool,
    /// Count documents instead of text.
    pub counts: bool,
    /// Through a database.
    pub through_office: bool,
    /// The stage after which to stop.
    pub until: Option<String>,
    /// Only these categories; all if empty.
    pub categories: Vec<String>,
    /// Only these levels; all if empty.
    pub levels: Vec<String>,
}

/// Plays the year in `dir` and prints what came out.
pub fn run(said: &mut Said, dir: &Path, wanted: &Wanted, lang: Lang) -> Result<u8> {
    let until = match &wanted.until {
        None => None,
        Some(name) => match Stage::named(name) {
            Some(stage) => Some(stage),
            None => {
                let stages = Stage::ALL.map(Stage::name).join(", ");
                said.refuse_with_next(&Message::new("cli-unknown-stage").text("stage", name).text("stages", stages), lang);
                return Ok(WRONG_USE);
            }
        },
    };
    // A report names things in both languages and comes last; whoever wants a text earlier waits for this thread.
    std::thread::spawn(|| [Lang::Id, Lang::En].map(words::prepare));
    // The process ends after this: the system takes its memory back at once, and not number by number.
    let run = if wanted.through_office { through_office(said, dir, lang)? } else { played(said, dir, until, lang)? };
    let Some(run) = run.map(ManuallyDrop::new) else { return Ok(REFUSED) };
    if let Some(unknown) = unknown_part(&run, wanted) {
        said.refuse_with_next(&unknown, lang);
        return Ok(WRONG_USE);
    }
    if wanted.counts {
        for counted in run.contests.iter().filter_map(|contest| contest.counted.as_ref()) {
            said.line(serde_json::to_string(&*counted.count)?);
        }
    } else if wanted.json {
        said.line(serde_json::to_string_pretty(&*reported(&run))?);
    } else {
        print_label(said, &run.cycle, lang);
        report::print(said, &reported(&run), wanted, lang);
    }
    Ok(DONE)
}

/// Plays the year in memory and through a database, and compares the reports to the byte: the one of the database.
fn through_office(said: &mut Said, dir: &Path, lang: Lang) -> Result<Option<Run>> {
    let Some(opened) = open(said, dir, lang)? else { return Ok(None) };
    let Some(run) = play(said, &opened, None, lang) else { return Ok(None) };
    let rulebook = opened.texts.get(&opened.cycle.header.rulebook).cloned().unwrap_or_default();
    let Some(state) = database::through(said, &opened.cycle, &rulebook, lang)? else { return Ok(None) };
    let stored = run.with_state(state);
    if serde_json::to_vec(&*reported(&stored))? != serde_json::to_vec(&*reported(&run))? {
        said.refuse_with_next(&Message::new("cli-through-differs"), lang);
        return Ok(None);
    }
    Ok(Some(stored))
}

/// A level or category that was asked for and does not exist, with those that do.
fn unknown_part(run: &Run, wanted: &Wanted) -> Option<Message> {
    let rules = &run.cycle.rules;
    let levels: Vec<&str> = rules.levels.iter().map(|level| level.id.as_str()).collect();
    let categories: Vec<&str> = rules
        .categories
        .iter()
        .map(|category| category.id.as_str())
        .filter(|id| run.contests.iter().any(|one| one.category == **id))
        .collect();
    let unknown = |names: &[String], known: &[&str], key: &'static str| {
        let name = names.iter().find(|name| !known.contains(&name.as_str()))?;
        Some(Message::new(key).text("name", name).text("known", known.join(", ")))
    };
    unknown(&wanted.levels, &levels, "cli-unknown-level")
        .or_else(|| unknown(&wanted.categories, &categories, "cli-unknown-category"))
}

/// Reads the folder, plays it and compares with `expected.csv`.
pub fn check(said: &mut Said, dir: &Path, lang: Lang) -> Result<u8> {
    let Some(opened) = open(said, dir, lang)? else { return Ok(REFUSED) };
    let warnings = opened.cycle.warnings();
    for warning in warnings {
        said.complain(format!("{}: {}: {}", paint(QUIET, say("cli-warning", lang)), warning.file, warning.message.render(lang)));
    }
    let Some(run) = play(said, &opened, None, lang) else { return Ok(REFUSED) };
    let differences = award::expected::compare(&run);
    if !differences.is_empty() {
        said.complain(problems::render(&differences, &opened.texts, lang));
        return Ok(REFUSED);
    }
    said.line(format!("{} {}", paint(GOOD, "✓"), sound(&run).render(lang)));
    Ok(DONE)
}

/// How far a year without problems is: how many contests are counted, what waits, and what it was compared with.
fn sound(run: &Run) -> Message {
    let counted: Vec<&ContestRun> = run.contests.iter().filter(|contest| contest.counted.is_some()).collect();
    let (all, cycle) = (run.contests_in_reach(), &run.cycle.header.id);
    if counted.is_empty() {
        return Message::new("cli-cycle-empty").text("cycle", cycle).number("all", all);
    }
    let undecided = counted.iter().filter(|contest| !contest.ratified).count();
    let is_open = run.contests.iter().any(|contest| contest.open.is_some());
    let told = match (!is_open, undecided) {
        (true, 0) => Message::new("cli-cycle-all-counted"),
        (false, 0) => Message::new("cli-cycle-others-wait"),
        _ => Message::new("cli-cycle-undecided").number("undecided", undecided),
    };
    let compared = if run.cycle.tables.expected.is_empty() { "cli-cycle-not-compared" } else { "cli-cycle-as-expected" };
    Message::new("cli-cycle-sound")
        .text("cycle", cycle)
        .number("counted", counted.len())
        .number("all", all)
        .message("told", told)
        .message("compared", Message::new(compared))
}

/// Writes an empty cycle for a rulebook.
pub fn new(said: &mut Said, dir: &Path, rulebook: &Path, separator: Separator, lang: Lang) -> Result<u8> {
    let bytes = folder::file(rulebook)?;
    let name = rulebook.display().to_string();
    let rules = match rules::read_bytes(&name, &bytes) {
        Ok(rules) => rules,
        Err(found) => {
            said.complain(problems::render(&found, &folder::texts([(name.as_str(), bytes.as_slice())]), lang));
            return Ok(REFUSED);
        }
    };
    if dir.exists() && fs::read_dir(dir).with_context(|| format!("listing {}", dir.display()))?.next().is_some() {
        let message = Message::new("cli-folder-not-empty").text("folder", dir.display().to_string());
        said.refuse_with_next(&message, lang);
        return Ok(REFUSED);
    }
    fs::create_dir_all(dir).with_context(|| format!("making {}", dir.display()))?;
    let id = id_of(&dir.canonicalize().with_context(|| format!("finding {}", dir.display()))?);
    let files = award::template(&rules, &id, &relative(dir, rulebook)?, separator);
    for (name, bytes) in files.iter() {
        let path = dir.join(name);
        fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
        said.line(format!("{} {}", paint(GOOD, "+"), path.display()));
    }
    said.line(Message::new("cli-cycle-begun").text("folder", dir.display().to_string()).render(lang));
    Ok(DONE)
}

/// An id made from a folder's name: lower-case letters, digits and dashes.
fn id_of(dir: &Path) -> String {
    let name = dir.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let dashed: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let id = dashed.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if id.starts_with(|c: char| c.is_ascii_lowercase()) { id } else { format!("cycle-{id}").trim_end_matches('-').to_owned() }
}

/// A cycle that was read, with the texts of its files for showing problems.
pub struct Opened {
    /// The cycle.
    pub cycle: Cycle,
    /// The texts, by file name.
    pub texts: Texts,
}

/// Reads and plays the year in `dir`, with a bar on a terminal; prints the problems and gives nothing if it cannot be played.
pub fn played(said: &mut Said, dir: &Path, until: Option<Stage>, lang: Lang) -> Result<Option<Run>> {
    Ok(open(said, dir, lang)?.and_then(|opened| play(said, &opened, until, lang)))
}

/// Reads the folder and the rulebook it names; prints all problems and gives nothing if there are any.
pub fn open(said: &mut Said, dir: &Path, lang: Lang) -> Result<Option<Opened>> {
    if !is_there(dir)? || dir.is_file() {
        let message = Message::new("cli-no-cycle-folder").text("folder", dir.display().to_string());
        bail!("{} {}", message.render(lang), say("cli-no-cycle-folder-next", lang));
    }
    let folder: Folder = folder::cycle(dir)?.into_iter().collect();
    let mut texts = folder::texts(folder.iter());
    let mut refused = |found: &[Problem], texts: &Texts| said.complain(problems::render(found, texts, lang));
    let header = match Header::read(&folder) {
        Ok(header) => header,
        Err(found) => {
            refused(&found, &texts);
            return Ok(None);
        }
    };
    let path = dir.join(&header.rulebook);
    if !is_there(&path)? {
        let message = Message::new("cli-no-rulebook-there").text("file", path.display().to_string());
        let hint = Message::new("cli-no-rulebook-there-next");
        refused(&[Problem::new("cycle.toml", 0..0, message).hint(hint)], &texts);
        return Ok(None);
    }
    let bytes =
        folder::file(&path).with_context(|| format!("reading the rulebook that {} names", dir.join("cycle.toml").display()))?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        let found = rules::read_bytes(&header.rulebook, &bytes).err().unwrap_or_default();
        refused(&found, &texts);
        return Ok(None);
    };
    texts.insert(header.rulebook.clone(), text.to_owned());
    let beside_the_rulebook = || {
        rules::regions::Regions::embedded();
        Scanned::of(&folder)
    };
    let (scanned, rules) = beside(beside_the_rulebook, || rules::read_new(&header.rulebook, text));
    match rules.and_then(|rules| Cycle::of(scanned, header, rules)) {
        Ok(cycle) => Ok(Some(Opened { cycle, texts })),
        Err(found) => {
            refused(&found, &texts);
            Ok(None)
        }
    }
}

/// Whether there is something at a path. What may not be looked at is a failure of its own.
fn is_there(path: &Path) -> Result<bool> {
    path.try_exists().with_context(|| format!("opening {}", path.display()))
}

/// The report of a run; every other contest on a thread of its own.
fn reported(run: &Run) -> ManuallyDrop<Report> {
    let every_other = |first| {
        let contests = run.contests.iter().skip(first).step_by(2);
        contests.map(|contest| award::report::of_contest(run, contest)).collect::<Vec<_>>()
    };
    let (even, odd) = beside(|| every_other(0), || every_other(1));
    let mut odd = odd.into_iter();
    let contests = even.into_iter().flat_map(|even| [Some(even), odd.next()]).flatten();
    ManuallyDrop::new(award::report::of_contests(run, contests.collect()))
}

/// Does two things at the same time.
fn beside<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), other)
    })
}

/// Plays a cycle; prints the refusal with its row if the rules stop it.
fn play(said: &mut Said, opened: &Opened, until: Option<Stage>, lang: Lang) -> Option<Run> {
    let bar = bar();
    let played = award::run(&opened.cycle, until, &mut |progress| {
        if bar.is_hidden() {
            return;
        }
        if bar.length() != Some(progress.total as u64) {
            bar.set_length(progress.total as u64);
        }
        bar.set_position(progress.done as u64);
        bar.set_message(progress.at().render(lang));
    });
    bar.finish_and_clear();
    match played {
        Ok(run) => Some(run),
        Err(stopped) => {
            said.complain(problems::render(&[stopped.problem()], &opened.texts, lang));
            None
        }
    }
}

/// A progress bar on standard error, hidden when that is no terminal.
fn bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(20));
    let style = ProgressStyle::with_template("{bar:32.blue} {pos}/{len} {msg}").expect("the template is well formed");
    bar.set_style(style);
    bar
}

/// The line that marks invented figures, above everything that shows them.
pub fn print_label(said: &mut Said, cycle: &Cycle, lang: Lang) {
    let key = match cycle.header.data {
        award::Data::Published => return,
        award::Data::Mixed => "cli-data-mixed",
        award::Data::Invented => "cli-data-invented",
    };
    said.line(format!("{}\n", paint(QUIET, say(key, lang))));
}

/// The rulebook's path as seen from the new folder.
fn relative(dir: &Path, rulebook: &Path) -> Result<String> {
    let from = dir.canonicalize().with_context(|| format!("finding {}", dir.display()))?;
    let to = rulebook.canonicalize().with_context(|| format!("finding {}", rulebook.display()))?;
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    if shared == 0 {
        bail!("{} and {} lie on different drives", dir.display(), rulebook.display());
    }
    let mut path: PathBuf = from.components().skip(shared).map(|_| "..").collect();
    path.extend(to.components().skip(shared));
    Ok(path.to_string_lossy().replace('\\', "/"))
}
