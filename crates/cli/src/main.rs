//! The binary `paritrana`: reads files, asks the pure crates, prints what they answer. Nothing is decided here.

mod args;
mod config;
mod count;
mod cycle;
mod database;
mod demo;
mod edition;
mod explain;
mod export;
mod folder;
mod head;
mod help;
mod import;
mod keeping;
mod key;
mod log;
mod personal_data;
mod place;
mod post;
mod problems;
mod rehearse;
mod report;
mod rulebook;
mod screen;
mod serve;
mod sign_in;
mod user;
mod version;
mod what_if;

use std::process::ExitCode;

use args::{Command, CycleCommand, JournalCommand, RulebookCommand};
use screen::Said;
use words::Lang;

/// A count makes and drops many small numbers; this allocator is a fifth quicker at that than the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Exit status: done.
pub const DONE: u8 = 0;
/// Exit status: the input has problems, the rules refuse, or something expected did not come out.
pub const REFUSED: u8 = 1;
/// Exit status: something was asked for that does not exist.
pub const WRONG_USE: u8 = 2;
/// Exit status: the machine let us down (a file that cannot be read or written).
const FAILED: u8 = 3;

fn main() -> ExitCode {
    let args = match help::parse(std::env::args_os().collect()) {
        Ok(args) => args,
        Err(code) => return ExitCode::from(code),
    };
    screen::set_colour(args.color);
    let mut said = Said::default();
    let loaded = config::load(&mut said, args.config.as_deref(), screen::language(args.lang));
    let lang = screen::language(args.lang);
    let done = match loaded {
        Ok(true) => {
            log::begin(args.log);
            perform(&mut said, args.command, lang)
        }
        Ok(false) => Ok(WRONG_USE),
        Err(error) => Err(error),
    };
    let written = match said.write() {
        // Whoever does not read on has seen enough; what became of the command stays what it is.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(anyhow::Error::from),
    };
    match done.and_then(|code| written.map(|()| code)) {
        Ok(code) => ExitCode::from(code),
        Err(error) if is_closed_pipe(&error) => ExitCode::from(DONE),
        Err(error) => {
            let mut said = Said::default();
            said.complain(format!(
                "{}: {}",
                screen::paint(screen::BAD, screen::say("cli-failure", lang)),
                folder::failure(&error, lang)
            ));
            // When even this cannot be written there is nobody left to tell; the exit status still says so.
            said.write().ok();
            ExitCode::from(FAILED)
        }
    }
}

fn perform(said: &mut Said, command: Command, lang: Lang) -> anyhow::Result<u8> {
    match command {
        Command::Cycle(CycleCommand::Run { dir, json, counts, through_office, until, category, level }) => {
            let wanted = cycle::Wanted { json, counts, through_office, until, categories: category, levels: level };
            cycle::run(said, &dir, &wanted, lang)
        }
        Command::Cycle(CycleCommand::Record { dir, database }) => database::record(said, &dir, &database, lang),
        Command::Rehearse { provinces, seed, faults, category, database, keep, json } => {
            let options = office::rehearse::Options { provinces: usize::from(provinces), seed, faults, categories: category };
            rehearse::run(said, &rehearse::Wanted { options, database, keep, json }, lang)
        }
        Command::Demo(args::DemoCommand::Fill { database, seed }) => demo::fill_in(said, &database, seed, lang),
        Command::Migrate { database } => database::migrate(said, &database, lang),
        Command::Verify { database, edition, files } => {
            let files = files.or_else(|| config::value(config::FILES));
            database::verify(said, &database, edition.as_deref(), files.as_deref(), lang)
        }
        Command::Backup { file, database } => keeping::backup(said, &file, &database, lang),
        Command::Restore { file, database } => keeping::restore(said, &file, &database, lang),
        Command::Move { database, to } => keeping::transfer(said, &database, &to, lang),
        Command::User(command) => user::run(said, command, lang),
        Command::Post { command: Some(command), .. } => post::run(said, command, lang),
        Command::Post { command: None, database, folder } => {
            match folder.or_else(|| config::value(config::MAIL).map(std::path::PathBuf::from)) {
                Some(folder) => post::deliver(said, &database, &folder, lang),
                None => Ok(config::missing(said, "--folder", config::MAIL, lang)),
            }
        }
        Command::Key(command) => key::run(said, command, lang),
        Command::Head(command) => head::run(said, command, lang),
        Command::Journal(JournalCommand::Show { database, edition, who, what, since, limit }) => {
            let wanted = database::Asked { edition, who, what, since, limit };
            database::show(said, &database, &wanted, lang)
        }
        Command::Cycle(CycleCommand::Check { dir }) => cycle::check(said, &dir, lang),
        Command::Cycle(CycleCommand::New { dir, rulebook, separator }) => {
            cycle::new(said, &dir, &rulebook, separator.into(), lang)
        }
        Command::Rulebook(RulebookCommand::Check { files }) => rulebook::check(said, &files, lang),
        Command::Rulebook(RulebookCommand::Diff { a, b }) => rulebook::diff(said, &a, &b, lang),
        Command::Rulebook(RulebookCommand::Show { file }) => rulebook::show(said, &file, lang),
        Command::Rulebook(RulebookCommand::Seal { file, edition, person, database }) => {
            edition::seal(said, &file, edition.as_deref(), &person, &database, lang)
        }
        Command::Place(command) => Ok(place::run(said, &command, lang)),
        Command::Rulebook(RulebookCommand::Keep { version, database }) => version::keep(said, &version, &database, lang),
        Command::Rulebook(RulebookCommand::Move { version, round, reason, database }) => {
            version::move_round(said, &version, (&round, &reason), &database, lang)
        }
        Command::Import(command) => import::run(said, &command, lang),
        Command::Serve(command) => serve::run(said, &command, lang),
        Command::Config(command) => Ok(config::run(said, &command, lang)),
        Command::PersonalData(command) => personal_data::run(said, &command, lang),
        Command::Erase(command) => personal_data::erase(said, &command, lang),
        Command::Retain(command) => personal_data::retain(said, &command, lang),
        Command::Export(command) => export::run(said, &command, lang),
        Command::Edition(command) => edition::run(said, command, lang),
        Command::Rulebook(RulebookCommand::Schema) => rulebook::schema(said),
        Command::Explain { dir, candidate, json } => explain::run(said, &dir, &candidate, json, lang),
        Command::WhatIf { dir, changes, level, region, category, json } => {
            what_if::run(said, &dir, &changes, &award::Selector { level, region, category }, json, lang)
        }
        Command::Count { file, lines } => count::run(&file, lines),
    }
}

/// Whether the reader of our output went away, as `head` does; that is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe))
}
