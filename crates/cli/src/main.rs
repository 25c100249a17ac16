//! The binary `paritrana`: reads files, asks the pure crates, prints what they answer. Nothing is decided here.

mod args;
mod count;
mod cycle;
mod explain;
mod folder;
mod problems;
mod report;
mod rulebook;
mod screen;
mod what_if;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command, CycleCommand, RulebookCommand};
use words::Lang;

/// Exit status: done.
pub const DONE: ExitCode = ExitCode::SUCCESS;
/// Exit status: the input has problems, the rules refuse, or something expected did not come out.
pub const REFUSED: u8 = 1;
/// Exit status: the machine let us down (a file that cannot be read or written).
const FAILED: u8 = 3;

fn main() -> ExitCode {
    let args = Args::parse();
    screen::set_colour(args.color);
    let lang = screen::language(&args);
    match perform(args.command, lang) {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => DONE,
        Err(error) => {
            anstream::eprintln!("{}: {error:#}", screen::paint(screen::BAD, screen::say("cli-failure", lang)));
            ExitCode::from(FAILED)
        }
    }
}

fn perform(command: Command, lang: Lang) -> anyhow::Result<ExitCode> {
    match command {
        Command::Cycle(CycleCommand::Run { dir, json, counts, until, category, level }) => {
            let wanted = cycle::Wanted { json, counts, until, categories: category, levels: level };
            cycle::run(&dir, &wanted, lang)
        }
        Command::Cycle(CycleCommand::Check { dir }) => cycle::check(&dir, lang),
        Command::Cycle(CycleCommand::New { dir, rulebook }) => cycle::new(&dir, &rulebook, lang),
        Command::Rulebook(RulebookCommand::Check { files }) => rulebook::check(&files, lang),
        Command::Rulebook(RulebookCommand::Diff { a, b }) => rulebook::diff(&a, &b, lang),
        Command::Rulebook(RulebookCommand::Show { file }) => rulebook::show(&file, lang),
        Command::Rulebook(RulebookCommand::Schema) => rulebook::schema(),
        Command::Explain { dir, candidate, json } => explain::run(&dir, &candidate, json, lang),
        Command::WhatIf { dir, changes, level, region, category, json } => {
            what_if::run(&dir, &changes, &award::Selector { level, region, category }, json, lang)
        }
        Command::Count { file, lines } => count::run(&file, lines),
    }
}

/// Whether the reader of our output went away, as `head` does; that is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe))
}
