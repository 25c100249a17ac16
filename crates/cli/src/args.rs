//! What can be typed: the commands and their options.

mod user;

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::head::HeadCommand;
use crate::key::KeyCommand;
use crate::post::PostCommand;

pub use user::{RoleArgs, UserCommand};

/// Runs a multi-level award from plain files, exactly and with reasons.
///
/// Exit status: 0 done; 1 the input has problems, the rules refuse, or something expected did not come out; 2 wrong usage; 3 a file could not be read or written.
#[derive(Debug, Parser)]
#[command(name = "paritrana", version, max_term_width = 100)]
pub struct Args {
    /// Language of texts: id or en. Default: $PARITRANA_LANG, else the system's language if it is one of these, else Indonesian
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Language>,
    /// Colour: auto means only on a terminal
    #[arg(long, global = true, value_enum, default_value = "auto")]
    pub color: Colour,
    /// The configuration (`config example` prints one). Default: $PARITRANA_CONFIG, else none
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The log on standard error: one line for each act, migration, backup and letter. Default: as configured, else off
    #[arg(long, global = true, value_enum)]
    pub log: Option<crate::log::Log>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// A language on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Language {
    /// Indonesian
    Id,
    /// English
    En,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Colour {
    /// Only on a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Play, check or begin a worked award year
    #[command(subcommand)]
    Cycle(CycleCommand),
    /// Check, compare, read or seal a rulebook
    #[command(subcommand)]
    Rulebook(RulebookCommand),
    /// Open an edition in a database, begin next year's from it, list all
    #[command(subcommand)]
    Edition(crate::edition::EditionCommand),
    /// Read a CSV file into an edition: without --write it is only tried, and every problem is told with its line
    Import(crate::import::Import),
    /// Serve the pages until it is told to stop
    Serve(crate::serve::Serve),
    /// Find a province, regency, city, district or village, however its name is spelt
    #[command(subcommand)]
    Place(crate::place::PlaceCommand),
    /// Show what is configured, or an example
    #[command(subcommand)]
    Config(crate::config::ConfigCommand),
    /// Tell what is held about somebody, and who saw it
    #[command(subcommand)]
    PersonalData(crate::personal_data::PersonalDataCommand),
    /// Erase somebody: marks and decisions stay, the person goes
    Erase(crate::personal_data::Erase),
    /// Erase the names of a closed edition that need not be kept any longer
    Retain(crate::personal_data::Retain),
    /// Write what somebody may see of an edition as CSV files, with a page that explains their columns
    Export(crate::export::Export),
    /// Show how a candidate's place came about, from marks and verified claims, with every rule and its source
    Explain {
        /// Folder of the cycle
        dir: PathBuf,
        /// The candidate: id, name, or a part of the name
        candidate: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Change something, count again, and show what moves
    ///
    /// Changes: weight:NODE=30  claim:CANDIDATE/CLAIM=2500  item:CANDIDATE/LIST/TITLE=enacted  stated:CANDIDATE/INDICATOR=9  mark:JUROR/CANDIDATE/INDICATOR=85
    /// absent:JUROR  attendance:CANDIDATE=RANK (or absent)  attendance:ignore  quota:2  minimum:70  withdraw:CANDIDATE
    WhatIf {
        /// Folder of the cycle
        dir: PathBuf,
        /// What to change; several are made together
        #[arg(required = true)]
        changes: Vec<String>,
        /// Only this level
        #[arg(long)]
        level: Option<String>,
        /// Only this region (code)
        #[arg(long)]
        region: Option<String>,
        /// Only this category
        #[arg(long)]
        category: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Play an invented national year through the office, from the first meeting to the ceremony, and prove its winners by a recount
    ///
    /// Everything is sample data, drawn from the seed: the same seed gives the same winners. What is invented and how: docs/rehearsal.md
    Rehearse {
        /// So many provinces take part
        #[arg(long, default_value_t = 38, value_parser = clap::value_parser!(u8).range(1..=38))]
        provinces: u8,
        /// From this number everything is drawn
        #[arg(long, default_value_t = 7)]
        seed: u64,
        /// Let things go wrong: a juror drops out, a document comes late, the power fails, and more
        #[arg(long)]
        faults: bool,
        /// Only these categories
        #[arg(long, value_parser = ["provinsi", "kabkota", "desa-kelurahan", "usaha-keuangan", "usaha-manufaktur", "usaha-pertanian", "usaha-dagang-jasa", "usaha-pendidikan", "usaha-kecil-mikro"])]
        category: Vec<String>,
        /// Play into this database: postgres://… or the path of an SQLite file. Without it into a file that is thrown away
        #[arg(long, value_name = "ADDRESS", conflicts_with = "keep")]
        database: Option<String>,
        /// Keep the database as this SQLite file, which must not be there yet
        #[arg(long, value_name = "PATH")]
        keep: Option<PathBuf>,
        /// Print JSON (docs/rehearsal.md)
        #[arg(long)]
        json: bool,
    },
    /// Fill a database with an invented award year that is under way today, and serve it
    #[command(subcommand)]
    Demo(DemoCommand),
    /// Bring the schema of a database up to date; make the file if there is none
    Migrate {
        #[command(flatten)]
        database: Database,
    },
    /// Fold the journal of a database again and compare it with what is kept; names the first difference
    Verify {
        #[command(flatten)]
        database: Database,
        /// Only this edition
        #[arg(long)]
        edition: Option<String>,
        /// Read every file that acts refer to: the folder in which they are kept, or s3://BUCKET/PREFIX (reached as $AWS_… says)
        #[arg(long, value_name = "PLACE")]
        files: Option<String>,
    },
    /// Write everything that stands in a database to one file, while others go on working
    Backup {
        /// The file to write; it must not exist yet
        file: PathBuf,
        #[command(flatten)]
        database: Database,
    },
    /// Read a backup into a new or empty database, and verify it
    Restore {
        /// The file that was written
        file: PathBuf,
        #[command(flatten)]
        database: Database,
    },
    /// Copy everything into another, empty database of either kind, and verify it
    Move {
        #[command(flatten)]
        database: Database,
        /// Where to: postgres://… or the path of an SQLite file
        #[arg(long, value_name = "ADDRESS")]
        to: String,
    },
    /// Enter people who may sign in, give them roles, invite and disable them
    #[command(subcommand)]
    User(UserCommand),
    /// Deliver the letters that wait, into a folder; list those that have not gone out, send them again
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Post {
        #[command(subcommand)]
        command: Option<PostCommand>,
        #[command(flatten)]
        database: Database,
        /// The folder; each letter becomes a text file. Default: `mail` of the configuration
        #[arg(long)]
        folder: Option<PathBuf>,
    },
    /// Make, list, rotate and revoke the keys that sign heads
    #[command(subcommand)]
    Key(KeyCommand),
    /// Sign the heads of chains, show them, and hold one that somebody kept against the chain
    #[command(subcommand)]
    Head(HeadCommand),
    /// Read the journal of a database
    #[command(subcommand)]
    Journal(JournalCommand),
    /// Count a count document (docs/specification.md) and print its outcome
    Count {
        /// A JSON file, or - for standard input
        file: PathBuf,
        /// One document per line in, one outcome per line out
        #[arg(long)]
        lines: bool,
    },
}

/// Where the database is.
#[derive(Debug, Clone, clap::Args)]
pub struct Database {
    /// The database: postgres://… or the path of an SQLite file. Default: as configured ($DATABASE_URL), else paritrana.db
    #[arg(long, value_name = "ADDRESS")]
    pub database: Option<String>,
}

/// What to do with a demonstration.
#[derive(Debug, Subcommand)]
pub enum DemoCommand {
    /// Fill the database, made if it is not there, and list one person for each role with what it has to do
    ///
    /// Everything is fictitious. Where a demonstration stands already nothing is changed.
    Fill {
        #[command(flatten)]
        database: Database,
        /// From this number everything is drawn
        #[arg(long, default_value_t = 7)]
        seed: u64,
        /// Only the provinces in which somebody has something to do, and no earlier year
        #[arg(long)]
        small: bool,
    },
    /// Fill the database if need be, serve the pages, and print one sign-in link for each role
    Serve {
        #[command(flatten)]
        serve: crate::serve::Serve,
        /// From this number everything is drawn
        #[arg(long, default_value_t = 7)]
        seed: u64,
        /// Only the provinces in which somebody has something to do, and no earlier year
        #[arg(long)]
        small: bool,
    },
}

/// What to do with the journal.
#[derive(Debug, Subcommand)]
pub enum JournalCommand {
    /// Tell who did what since when
    Show {
        #[command(flatten)]
        database: Database,
        /// The edition; may be left out where there is only one
        #[arg(long)]
        edition: Option<String>,
        /// Only acts of this person (an id)
        #[arg(long)]
        who: Option<String>,
        /// Only this deed, such as hand_in_sheet
        #[arg(long)]
        what: Option<String>,
        /// Only acts recorded at this instant or later: 2026-11-22 or 2026-11-22T08:00:00+07:00
        #[arg(long)]
        since: Option<String>,
        /// At most so many
        #[arg(long, default_value_t = 200)]
        limit: u32,
    },
}

/// What to do with a cycle folder.
#[derive(Debug, Subcommand)]
pub enum CycleCommand {
    /// Play the year and print standings, cuts, winners and reasons
    Run {
        /// Folder of the cycle
        dir: PathBuf,
        /// Print the report as JSON (docs/cycle-json.md)
        #[arg(long, conflicts_with = "counts")]
        json: bool,
        /// Print every contest's count document, one JSON per line, for an independent recount
        #[arg(long)]
        counts: bool,
        /// Play it through a database too, act by act, and print what stands there; refused if anything differs from the run in memory
        #[arg(long, conflicts_with_all = ["until", "counts"])]
        through_office: bool,
        /// Stop after this stage: outreach, nomination, dossier, verification, interview, judging, counting, plenary, objection, advancement, announcement
        #[arg(long, value_name = "STAGE")]
        until: Option<String>,
        /// Only these categories
        #[arg(long)]
        category: Vec<String>,
        /// Only these levels
        #[arg(long)]
        level: Vec<String>,
    },
    /// Play the year into a database, act by act, and check that the journal decides and keeps the same
    Record {
        /// Folder of the cycle
        dir: PathBuf,
        #[command(flatten)]
        database: Database,
    },
    /// Read the folder, report every problem at once, and compare with expected.csv
    Check {
        /// Folder of the cycle
        dir: PathBuf,
    },
    /// Write an empty cycle whose headers and comments explain themselves
    New {
        /// Folder to make
        dir: PathBuf,
        /// The rulebook it follows
        #[arg(long)]
        rulebook: PathBuf,
        /// What separates the cells: "," or ";" with decimal commas, as Excel in Indonesia opens it
        #[arg(long, value_enum, default_value = ",")]
        separator: Separator,
    },
}

/// What separates the cells of new files.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Separator {
    /// Decimals have a point
    #[value(name = ",", alias = "comma")]
    Comma,
    /// Decimals have a comma
    #[value(name = ";", alias = "semicolon")]
    Semicolon,
}

impl From<Separator> for award::Separator {
    fn from(separator: Separator) -> award::Separator {
        match separator {
            Separator::Comma => award::Separator::Comma,
            Separator::Semicolon => award::Separator::Semicolon,
        }
    }
}

/// What to do with a rulebook.
#[derive(Debug, Subcommand)]
pub enum RulebookCommand {
    /// Report every problem at once, with the line underlined and a hint
    Check {
        /// Rulebook files
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Tell in words what changed from A to B
    Diff {
        /// The older rulebook
        a: PathBuf,
        /// The newer rulebook
        b: PathBuf,
    },
    /// Print the rules as plain sentences, with sources and assumption marks
    Show {
        /// The rulebook
        file: PathBuf,
    },
    /// Seal the rulebook of an open edition: who calls this first proposes it, a second person seals it
    Seal {
        /// The file, which must be the text under which the edition was opened
        file: PathBuf,
        /// The edition; that of the rulebook if left out
        #[arg(long)]
        edition: Option<String>,
        /// Who: the id of an active account
        #[arg(long = "as", value_name = "PERSON")]
        person: String,
        #[command(flatten)]
        database: Database,
    },
    /// Keep another version of an edition's rulebook, so that rounds can be moved to it
    Keep {
        #[command(flatten)]
        version: Version,
        #[command(flatten)]
        database: Database,
    },
    /// Move a round to a version that is kept: who calls this first proposes it, a second person adopts it
    Move {
        #[command(flatten)]
        version: Version,
        /// The round, such as province/18
        #[arg(long)]
        round: String,
        /// Why
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        database: Database,
    },
    /// Print the JSON Schema that editors can use
    Schema,
}

/// A version of a rulebook, and who does something with it.
#[derive(Debug, clap::Args)]
pub struct Version {
    /// The file
    pub file: PathBuf,
    /// The edition; that of the rulebook if left out
    #[arg(long)]
    pub edition: Option<String>,
    /// Who: the id of an active account
    #[arg(long = "as", value_name = "PERSON")]
    pub person: String,
}
