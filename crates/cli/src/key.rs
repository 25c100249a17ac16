//! `paritrana key …`: the keys that sign heads. The secret stands in a file of its own that only its owner reads, never in the database; the
//! database keeps what became of each key.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Subcommand;
use jiff::Timestamp;
use journal::{Key, KeyEvent, KeyRecord, Verifier, secret};
use store::Store;
use words::{Lang, Message, reason};

use crate::args::Database;
use crate::database::{asynchronously, instant, place};
use crate::keeping::{folder_of, sync};
use crate::screen::{BAD, GOOD, QUIET, STRONG, Said, Table, paint};
use crate::{DONE, FAILED, REFUSED, WRONG_USE, folder};

/// What to do with keys.
#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Make a key: its secret goes into a new file, its public side is printed and put on record
    New {
        /// Its name, such as award.example.go.id: without spaces or +
        name: String,
        /// The file for the secret; it must not exist yet
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        database: Database,
    },
    /// List all keys with their times
    List {
        #[command(flatten)]
        database: Database,
    },
    /// Put a new key in the place of another
    Rotate {
        /// The key that ends: its name, or its whole public line where a name has several
        key: String,
        /// The file for the new secret; it must not exist yet
        #[arg(long, value_name = "FILE")]
        file: PathBuf,
        /// The name of the new key, if it is to be another one
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        database: Database,
    },
    /// Trust a key no more
    Revoke {
        /// The key: its name, or its whole public line where a name has several
        key: String,
        /// Why
        #[arg(long)]
        reason: String,
        /// From when on it is not to be trusted, if that is earlier: 2026-11-22 or 2026-11-22T08:00:00+07:00
        #[arg(long)]
        from: Option<String>,
        #[command(flatten)]
        database: Database,
    },
}

/// `paritrana key …`.
pub fn run(said: &mut Said, command: KeyCommand, lang: Lang) -> Result<u8> {
    match command {
        KeyCommand::New { name, file, database } => made(said, (&name, &file), &database, None, lang),
        KeyCommand::Rotate { key, file, name, database } => {
            let name = name.unwrap_or_else(|| key.split('+').next().unwrap_or_default().to_owned());
            made(said, (&name, &file), &database, Some(&key), lang)
        }
        KeyCommand::List { database } => list(said, &database, lang),
        KeyCommand::Revoke { key, reason, from, database } => {
            let from = match from.as_deref().map(instant).transpose() {
                Ok(from) => from,
                Err(text) => {
                    said.refuse_with_next(&Message::new("cli-no-instant").text("text", text), lang);
                    return Ok(WRONG_USE);
                }
            };
            asynchronously(said, lang, async |said: &mut Said| {
                let store = Store::open(&place(&database)?).await?;
                let key = match known(&store, &key).await? {
                    Ok(key) => key,
                    Err(message) => return Ok(refused(said, &message, lang)),
                };
                let event = KeyEvent::Revoked { key: key.clone(), at: Timestamp::now(), from, reason: reason.clone() };
                store.record_key(&event).await?;
                store.close().await;
                said.line(Message::new("cli-key-revoked").text("key", key.to_string()).render(lang));
                Ok(DONE)
            })
        }
    }
}

fn refused(said: &mut Said, message: &Message, lang: Lang) -> u8 {
    said.refuse_with_next(message, lang);
    REFUSED
}

/// Makes a key, in the place of another one if one is named. The file is there before the database knows of the key, and gone again if the
/// database does not take it.
fn made(said: &mut Said, (name, file): (&str, &Path), database: &Database, old: Option<&str>, lang: Lang) -> Result<u8> {
    let mut seed = [0; 32];
    if getrandom::fill(&mut seed).is_err() {
        said.refuse_with_next(&Message::new("cli-no-randomness"), lang);
        return Ok(FAILED);
    }
    let written = secret::write(name, &seed);
    seed.fill(0);
    let (line, key) = match written.and_then(|line| Ok((line.clone(), secret::read(&line).map_err(in_note)?))) {
        Ok(made) => made,
        Err(problem) => {
            said.refuse_with_next(
                &Message::new("cli-key-name").text("name", name).with("why", reason(&problem.to_string())),
                lang,
            );
            return Ok(WRONG_USE);
        }
    };
    if file.exists() {
        return Ok(refused(said, &Message::new("cli-key-file-there").text("file", file.display().to_string()), lang));
    }
    keep(file, &line).with_context(|| file.display().to_string())?;
    let code = asynchronously(said, lang, async |said: &mut Said| {
        let store = Store::open(&place(database)?).await?;
        let at = Timestamp::now();
        let event = match old {
            None => KeyEvent::Made { key: key.verifier(), at },
            Some(old) => match known(&store, old).await? {
                Ok(old) => KeyEvent::Rotated { key: old, to: key.verifier(), at },
                Err(message) => return Ok(refused(said, &message, lang)),
            },
        };
        store.record_key(&event).await?;
        store.close().await;
        let message = Message::new("cli-key-made").text("key", key.verifier().to_string());
        said.line(message.text("file", file.display().to_string()).render(lang));
        Ok(DONE)
    })?;
    if code != DONE {
        std::fs::remove_file(file).with_context(|| file.display().to_string())?;
    }
    Ok(code)
}

/// A line that was just written is read, so only the name can be wrong.
fn in_note(problem: secret::SecretProblem) -> journal::NoteProblem {
    match problem {
        secret::SecretProblem::Note(problem) => problem,
        other => unreachable!("the line was just written: {other}"),
    }
}

/// Writes a secret into a new file that only its owner reads.
fn keep(file: &Path, line: &str) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(file)?;
    out.write_all(line.as_bytes())?;
    out.sync_all()?;
    sync(folder_of(file))
}

/// Why a file with a secret is not taken: others may read it, so they may have read it.
#[cfg(unix)]
fn open_to_others(file: &Path) -> Result<Option<Message>> {
    let metadata = std::fs::metadata(file).with_context(|| format!("opening {}", file.display()))?;
    let mode = std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777;
    let message = || Message::new("cli-key-open").text("file", file.display().to_string()).text("mode", format!("{mode:03o}"));
    Ok((metadata.is_file() && mode & 0o077 != 0).then(message))
}

/// Elsewhere the system's own rules of access hold.
#[cfg(not(unix))]
fn open_to_others(_: &Path) -> Result<Option<Message>> {
    Ok(None)
}

/// The secret key in a file.
pub fn read(file: &Path) -> Result<Result<Key, Message>> {
    let text = folder::file(file)?;
    let no_key = |why: String| Message::new("cli-no-key").text("file", file.display().to_string()).with("why", reason(&why));
    let line = String::from_utf8_lossy(&text);
    Ok(match (secret::read(&line), open_to_others(file)?) {
        (Err(problem), _) => Err(no_key(problem.to_string())),
        (Ok(_), Some(why)) => Err(why),
        (Ok(key), None) => Ok(key),
    })
}

/// The key on record that is meant by its name or its public line.
async fn known(store: &Store, key: &str) -> store::Result<Result<Verifier, Message>> {
    let ring = store.keys().await?;
    let records = ring.records().iter().filter(|record| record.key.name() == key || record.key.to_string() == key);
    let meant: Vec<&KeyRecord> = records.collect();
    // Of a name that was rotated the one that still signs is meant.
    let signing: Vec<&&KeyRecord> = meant.iter().filter(|record| record.until.is_none() && record.revoked.is_none()).collect();
    Ok(match (&meant[..], &signing[..]) {
        ([one], _) => Ok(one.key.clone()),
        (_, [one]) => Ok(one.key.clone()),
        _ => {
            let known = ring.records().iter().map(|record| record.key.to_string()).collect::<Vec<_>>().join(", ");
            Err(Message::new("cli-which-key").text("key", key).text("known", known))
        }
    })
}

fn list(said: &mut Said, database: &Database, lang: Lang) -> Result<u8> {
    asynchronously(said, lang, async |said: &mut Said| {
        let store = Store::open(&place(database)?).await?;
        let ring = store.keys().await?;
        let mut table = Table::headed(&["list-key", "list-since", "list-standing"], lang);
        for record in ring.records() {
            let (end, style) = match (&record.revoked, record.until) {
                (Some(revoked), _) => {
                    let message = Message::new("key-revoked").text("from", revoked.from.to_string());
                    (message.text("reason", &revoked.reason).render(lang), BAD)
                }
                (None, Some(until)) => (Message::new("key-rotated").text("at", until.to_string()).render(lang), QUIET),
                (None, None) => (Message::new("key-signs").render(lang), GOOD),
            };
            table.row(vec![(record.key.to_string(), STRONG), (record.since.to_string(), QUIET), (end, style)]);
        }
        table.lines(0).into_iter().for_each(|line| said.line(line));
        if ring.records().is_empty() {
            said.line(paint(QUIET, Message::new("cli-no-keys").render(lang)));
        }
        store.close().await;
        Ok(DONE)
    })
}
