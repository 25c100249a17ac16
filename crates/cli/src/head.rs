//! `paritrana head …`: heads of chains, signed so that whoever keeps one can tell later whether anything before it was changed or taken away.

use std::path::{Path, PathBuf};

use anyhow::Result;
use award::Chain;
use clap::Subcommand;
use jiff::Timestamp;
use journal::{Checkpoint, Note};
use store::{HeadCheck, HeadFault, SignedHead, Store};
use words::{Lang, Message, reason};

use crate::args::Database;
use crate::database::{asynchronously, place};
use crate::screen::{BAD, GOOD, QUIET, STRONG, Said, Table, paint};
use crate::{DONE, REFUSED, WRONG_USE, edition, folder, key};

/// What to do with heads.
#[derive(Debug, Subcommand)]
pub enum HeadCommand {
    /// Sign the head of every chain, keep them, and print them for others to keep
    Sign {
        /// The file with the secret key
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Only this edition
        #[arg(long)]
        edition: Option<String>,
        #[command(flatten)]
        database: Database,
    },
    /// Show every chain with the last head of it that was signed
    Show {
        /// Only this edition
        #[arg(long)]
        edition: Option<String>,
        #[command(flatten)]
        database: Database,
    },
    /// Hold heads that somebody kept against the chains as they are here: does each go on from what was signed?
    Check {
        /// The file: one head, or several as `head sign` prints them
        file: PathBuf,
        #[command(flatten)]
        database: Database,
    },
}

/// `paritrana head …`.
pub fn run(said: &mut Said, command: HeadCommand, lang: Lang) -> Result<u8> {
    match command {
        HeadCommand::Sign { key, edition, database } => sign(said, &key, edition.as_deref(), &database, lang),
        HeadCommand::Show { edition, database } => show(said, edition.as_deref(), &database, lang),
        HeadCommand::Check { file, database } => check(said, &file, &database, lang),
    }
}

async fn editions(store: &Store, only: Option<&str>) -> store::Result<Vec<String>> {
    match only {
        Some(only) => Ok(vec![only.to_owned()]),
        None => store.editions().await,
    }
}

fn sign(said: &mut Said, file: &Path, edition: Option<&str>, database: &Database, lang: Lang) -> Result<u8> {
    let key = match key::read(file)? {
        Ok(key) => key,
        Err(message) => {
            edition::complains(said, message, lang);
            return Ok(REFUSED);
        }
    };
    asynchronously(said, lang, async |said: &mut Said| {
        let store = Store::open(&place(database)?).await?;
        for id in editions(&store, edition).await? {
            let edition = store.edition(&id).await?;
            for head in store.signed_heads(&id).await? {
                let chain = head.chain.parse::<Chain>().ok().filter(|_| head.size > 0);
                let Some(chain) = chain else { continue };
                said.line(store.sign_head(&edition, &chain, &key, Timestamp::now()).await?);
            }
        }
        store.close().await;
        Ok(DONE)
    })
}

fn show(said: &mut Said, edition: Option<&str>, database: &Database, lang: Lang) -> Result<u8> {
    asynchronously(said, lang, async |said: &mut Said| {
        let store = Store::open(&place(database)?).await?;
        let heads = ["list-edition", "list-chain", "list-leaves", "list-signed", "list-root"];
        let mut table = Table::headed(&heads, lang).right(&[false, false, true, true, false]);
        for id in editions(&store, edition).await? {
            store.signed_heads(&id).await?.iter().for_each(|head| table.row(row(head, lang)));
        }
        table.lines(0).into_iter().for_each(|line| said.line(line));
        store.close().await;
        Ok(DONE)
    })
}

fn row(head: &SignedHead, lang: Lang) -> Vec<(String, anstyle::Style)> {
    let mut row = vec![(head.edition.clone(), QUIET), (head.chain.clone(), STRONG), (head.size.to_string(), STRONG)];
    match &head.signed {
        None => row.push((Message::new("head-unsigned").render(lang), BAD)),
        Some((size, at, note)) => {
            let root = Checkpoint::parse(note.text()).map(|head| head.root.to_string()).unwrap_or_default();
            let signed = Message::new("head-signed").number("size", size).text("at", at).render(lang);
            row.extend([(signed, if *size == head.size { GOOD } else { QUIET }), (root, QUIET)]);
        }
    }
    row
}

fn check(said: &mut Said, file: &Path, database: &Database, lang: Lang) -> Result<u8> {
    let bytes = folder::file(file)?;
    let notes = match notes(&String::from_utf8_lossy(&bytes)) {
        Ok(notes) => notes,
        Err(why) => {
            let message = Message::new("cli-no-head").text("file", file.display().to_string());
            said.refuse_with_next(&message.with("why", reason(&why)), lang);
            return Ok(WRONG_USE);
        }
    };
    asynchronously(said, lang, async |said: &mut Said| {
        let store = Store::open(&place(database)?).await?;
        let mut worst = DONE;
        for note in &notes {
            worst = worst.max(told(said, &store.check_head(note, Timestamp::now()).await?, lang));
        }
        store.close().await;
        if worst != DONE {
            said.complain(Message::new("cli-differs-next").render(lang));
        }
        Ok(worst)
    })
}

fn told(said: &mut Said, check: &HeadCheck, lang: Lang) -> u8 {
    let of = |key: &'static str| Message::new(key).text("origin", &check.origin).number("size", check.size);
    let message = match &check.fault {
        None => {
            said.line(paint(GOOD, of("cli-head-holds").number("now", check.now).render(lang)));
            return DONE;
        }
        Some(HeadFault::Signature(why)) => of("cli-head-signature").with("why", reason(why)),
        Some(HeadFault::NoChain) => of("cli-head-no-chain"),
        Some(HeadFault::Shorter) => of("cli-head-shorter").number("now", check.now),
        Some(HeadFault::Other { signed, found }) => {
            of("cli-head-other").text("signed", signed.to_string()).text("found", found.to_string())
        }
        Some(HeadFault::Behind) => of("cli-head-behind"),
    };
    said.complain(paint(BAD, message.render(lang)));
    REFUSED
}

/// The heads in a file. One ends where, after its signatures, something else begins.
fn notes(text: &str) -> Result<Vec<Note>, String> {
    let (mut notes, mut lines, mut signed) = (Vec::new(), String::new(), false);
    for line in text.split_inclusive('\n') {
        let is_signature = line.starts_with("— ");
        if signed && !is_signature {
            notes.push(std::mem::take(&mut lines));
        }
        signed = is_signature;
        if !(lines.is_empty() && line.trim().is_empty()) {
            lines.push_str(line);
        }
    }
    if !lines.is_empty() || notes.is_empty() {
        notes.push(lines);
    }
    notes.iter().map(|note| Note::parse(note.as_bytes()).map_err(|problem| problem.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_one_after_the_other_are_read_and_what_is_none_is_told() {
        let key = journal::Key::from_seed("bali", &[7; 32]).expect("a good name");
        let note = |text: &str| Note::signed(text, &[&key]).expect("a text that ends");
        let (one, two) = (note("a\n1\n"), note("b\n2\n"));
        for between in ["", "\n", "\n\n"] {
            assert_eq!(notes(&format!("{between}{one}{between}{two}{between}")), Ok(vec![one.clone(), two.clone()]));
        }
        for text in ["", "a\n", &format!("{one}rest\n")] {
            assert!(notes(text).is_err(), "{text}");
        }
    }
}
