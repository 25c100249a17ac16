//! `paritrana cycle`: play a worked year, check its folder, begin a new one.

use std::fs;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use award::{Cycle, Folder, Header, Run};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rules::rulebook::Stage;
use words::{Lang, Message, Problem};

use crate::problems::{self, Texts};
use crate::screen::{BAD, GOOD, QUIET, paint, say};
use crate::{DONE, REFUSED, folder, report};

/// What `cycle run` was asked for.
pub struct Wanted {
    /// JSON instead of text.
    pub json: bool,
    /// Count documents instead of text.
    pub counts: bool,
    /// The stage after which to stop.
    pub until: Option<String>,
    /// Only these categories; all if empty.
    pub categories: Vec<String>,
    /// Only these levels; all if empty.
    pub levels: Vec<String>,
}

/// Plays the year in `dir` and prints what came out.
pub fn run(dir: &Path, wanted: &Wanted, lang: Lang) -> Result<ExitCode> {
    let until = match &wanted.until {
        None => None,
        Some(name) => match Stage::named(name) {
            Some(stage) => Some(stage),
            None => {
                let stages = Stage::ALL.map(Stage::name).join(", ");
                let message = Message::new("cli-unknown-stage").text("stage", name).text("stages", stages);
                anstream::eprintln!("{}: {}", paint(BAD, say("cli-problem", lang)), message.render(lang));
                return Ok(ExitCode::from(2));
            }
        },
    };
    let Some(run) = played(dir, until, lang)? else { return Ok(ExitCode::from(REFUSED)) };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if wanted.counts {
        for counted in run.contests.iter().filter_map(|contest| contest.counted.as_ref()) {
            writeln!(out, "{}", serde_json::to_string(&*counted.count)?)?;
        }
    } else if wanted.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&award::report(&run))?)?;
    } else {
        out.flush()?;
        drop(out);
        print_label(&run.cycle, lang);
        report::print(&award::report(&run), wanted, lang);
        return Ok(DONE);
    }
    out.flush()?;
    Ok(DONE)
}

/// Reads the folder, plays it and compares with `expected.csv`.
pub fn check(dir: &Path, lang: Lang) -> Result<ExitCode> {
    let Some(opened) = open(dir, lang)? else { return Ok(ExitCode::from(REFUSED)) };
    let warnings = opened.cycle.warnings();
    for warning in warnings {
        anstream::eprintln!("{}: {}: {}", paint(QUIET, say("cli-warning", lang)), warning.file, warning.message.render(lang));
    }
    let Some(run) = play(&opened, None, lang) else { return Ok(ExitCode::from(REFUSED)) };
    let differences = award::expected::compare(&run);
    if !differences.is_empty() {
        anstream::eprintln!("{}", problems::render(&differences, &opened.texts, lang));
        return Ok(ExitCode::from(REFUSED));
    }
    let contests = run.contests.iter().filter(|contest| contest.counted.is_some()).count();
    let message = Message::new("cli-cycle-sound").text("cycle", &opened.cycle.header.id).number("contests", contests);
    anstream::println!("{} {}", paint(GOOD, "✓"), message.render(lang));
    Ok(DONE)
}

/// Writes an empty cycle for a rulebook.
pub fn new(dir: &Path, rulebook: &Path, lang: Lang) -> Result<ExitCode> {
    let bytes = folder::file(rulebook)?;
    let name = rulebook.display().to_string();
    let rules = match rules::read_bytes(&name, &bytes) {
        Ok(rules) => rules,
        Err(found) => {
            anstream::eprintln!("{}", problems::render(&found, &folder::texts([(name.as_str(), bytes.as_slice())]), lang));
            return Ok(ExitCode::from(REFUSED));
        }
    };
    if dir.exists() && fs::read_dir(dir).with_context(|| format!("listing {}", dir.display()))?.next().is_some() {
        let message = Message::new("cli-folder-not-empty").text("folder", dir.display().to_string());
        anstream::eprintln!("{}: {}", paint(BAD, say("cli-refused", lang)), message.render(lang));
        return Ok(ExitCode::from(REFUSED));
    }
    fs::create_dir_all(dir).with_context(|| format!("making {}", dir.display()))?;
    let id = dir.canonicalize()?.file_name().map_or_else(|| "cycle".to_owned(), |name| name.to_string_lossy().to_lowercase());
    let files = award::template(&rules, &id, &relative(dir, rulebook)?);
    for (name, bytes) in files.iter() {
        let path = dir.join(name);
        fs::write(&path, bytes).with_context(|| format!("writing {}", path.display()))?;
        anstream::println!("{} {}", paint(GOOD, "+"), path.display());
    }
    anstream::println!("{}", Message::new("cli-cycle-begun").text("folder", dir.display().to_string()).render(lang));
    Ok(DONE)
}

/// A cycle that was read, with the texts of its files for showing problems.
pub struct Opened {
    /// The cycle.
    pub cycle: Cycle,
    /// The texts, by file name.
    pub texts: Texts,
}

/// Reads and plays the year in `dir`, with a bar on a terminal; prints the problems and gives nothing if it cannot be played.
pub fn played(dir: &Path, until: Option<Stage>, lang: Lang) -> Result<Option<Run>> {
    Ok(open(dir, lang)?.and_then(|opened| play(&opened, until, lang)))
}

/// Reads the folder and the rulebook it names; prints all problems and gives nothing if there are any.
fn open(dir: &Path, lang: Lang) -> Result<Option<Opened>> {
    let folder: Folder = folder::cycle(dir)?.into_iter().collect();
    let mut texts = folder::texts(folder.iter());
    let refused = |found: &[Problem], texts: &Texts| anstream::eprintln!("{}", problems::render(found, texts, lang));
    let header = match Header::read(&folder) {
        Ok(header) => header,
        Err(found) => {
            refused(&found, &texts);
            return Ok(None);
        }
    };
    let path = dir.join(&header.rulebook);
    let bytes = folder::file(&path).with_context(|| format!("reading the rulebook that {} names", dir.join("cycle.toml").display()))?;
    let Ok(text) = std::str::from_utf8(&bytes) else {
        let found = rules::read_bytes(&header.rulebook, &bytes).err().unwrap_or_default();
        refused(&found, &texts);
        return Ok(None);
    };
    texts.insert(header.rulebook.clone(), text.to_owned());
    match Cycle::read(&folder, text) {
        Ok(cycle) => Ok(Some(Opened { cycle, texts })),
        Err(found) => {
            refused(&found, &texts);
            Ok(None)
        }
    }
}

/// Plays a cycle; prints the refusal with its row if the rules stop it.
fn play(opened: &Opened, until: Option<Stage>, lang: Lang) -> Option<Run> {
    let bar = bar();
    let played = award::run(&opened.cycle, until, &mut |progress| {
        if bar.length() != Some(progress.total as u64) {
            bar.set_length(progress.total as u64);
        }
        bar.set_position(progress.done as u64);
        bar.set_message(progress.at.render(lang));
    });
    bar.finish_and_clear();
    match played {
        Ok(run) => Some(run),
        Err(stopped) => {
            anstream::eprintln!("{}", problems::render(&[stopped.problem()], &opened.texts, lang));
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
pub fn print_label(cycle: &Cycle, lang: Lang) {
    let key = match cycle.header.data {
        award::Data::Published => return,
        award::Data::Mixed => "cli-data-mixed",
        award::Data::Invented => "cli-data-invented",
    };
    anstream::println!("{}\n", paint(QUIET, say(key, lang)));
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
