//! What can be typed: the commands and their options.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

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
    /// Check, compare or read a rulebook
    #[command(subcommand)]
    Rulebook(RulebookCommand),
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
    },
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
#[derive(Debug, clap::Args)]
pub struct Database {
    /// The database: postgres://… or the path of an SQLite file. Default: $DATABASE_URL, else paritrana.db
    #[arg(long, value_name = "ADDRESS")]
    pub database: Option<String>,
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
    },
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
    /// Print the JSON Schema that editors can use
    Schema,
}
