//! `paritrana post …`: delivering the letters that wait, listing those that have not gone out, sending again what was given up.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Subcommand;
use jiff::Timestamp;
use journal::Hash;
use office::{Mail, Office, Post, Undelivered, Worker};
use store::Store;
use words::{Lang, Message, reason};

use crate::args::Database;
use crate::database::{asynchronously, place};
use crate::keeping::sync;
use crate::screen::{BAD, QUIET, STRONG, Said, Table};
use crate::{DONE, FAILED, REFUSED, config, folder};

/// What else to do with letters.
#[derive(Debug, Subcommand)]
pub enum PostCommand {
    /// List the letters that have not gone out, with the reason
    List {
        /// Only those that were given up
        #[arg(long)]
        given_up: bool,
        /// At most so many
        #[arg(long, default_value_t = 200)]
        limit: u32,
        #[command(flatten)]
        database: Database,
    },
    /// Let letters that were given up be delivered again
    Again {
        /// Which, by the id that `post list` shows
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        id: Option<String>,
        /// All of them
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        database: Database,
    },
}

/// `paritrana post list` and `paritrana post again`.
pub fn run(said: &mut Said, command: PostCommand, lang: Lang) -> Result<u8> {
    match command {
        PostCommand::List { given_up, limit, database } => list(said, &database, given_up, limit, lang),
        PostCommand::Again { id, all: _, database } => again(said, &database, id.as_deref(), lang),
    }
}

fn list(said: &mut Said, database: &Database, given_up: bool, limit: u32, lang: Lang) -> Result<u8> {
    asynchronously(said, lang, async |said: &mut Said| {
        let office = Office::new(Store::open(&place(database)?).await?);
        let unsent = office.unsent(given_up, limit).await?;
        let heads = ["list-id", "list-standing", "list-when", "list-edition", "list-tries", "list-subject", "list-why"];
        let mut table = Table::headed(&heads, lang).right(&[false, false, false, false, true, false, false]);
        for letter in &unsent {
            let (key, style) = if letter.given_up { ("post-given-up", BAD) } else { ("post-waits", QUIET) };
            let subject = letter.subject.as_ref().map(|subject| subject.render(lang));
            table.row(vec![
                (letter.id.clone(), STRONG),
                (Message::new(key).render(lang), style),
                (letter.made_at.clone(), QUIET),
                (letter.edition.clone(), QUIET),
                (letter.tries.to_string(), STRONG),
                (subject.unwrap_or_else(|| "–".into()), STRONG),
                (reason(&letter.why).render(lang), QUIET),
            ]);
        }
        table.lines(0).into_iter().for_each(|line| said.line(line));
        said.line(Message::new("cli-post-listed").number("count", unsent.len()).render(lang));
        office.store().close().await;
        Ok(DONE)
    })
}

fn again(said: &mut Said, database: &Database, id: Option<&str>, lang: Lang) -> Result<u8> {
    asynchronously(said, lang, async |said: &mut Said| {
        let store = Store::open(&place(database)?).await?;
        let letters = store.post_again(id, Timestamp::now()).await?;
        store.close().await;
        if let (Some(id), 0) = (id, letters) {
            said.refuse_with_next(&Message::new("cli-no-letter").text("letter", id), lang);
            return Ok(REFUSED);
        }
        said.line(Message::new("cli-post-again").number("count", letters).render(lang));
        Ok(DONE)
    })
}

/// `paritrana post`: delivers until nothing is due any more.
pub fn deliver(said: &mut Said, database: &Database, folder: &Path, lang: Lang) -> Result<u8> {
    let folder = Folder::made(folder)?;
    asynchronously(said, lang, async |said: &mut Said| {
        let office = Office::new(Store::open(&place(database)?).await?);
        let worker = Worker::new(uuid::Uuid::now_v7().to_string()).reached_at(config::value(config::ADDRESS).unwrap_or_default());
        let (mut sent, mut failed, mut given_up, mut unread) = (0, 0, 0, 0);
        loop {
            let done = office.deliver(&folder, &worker, Timestamp::now(), lang).await?;
            unread = unread.max(done.unread);
            (sent, failed, given_up) = (sent + done.sent, failed + done.failed, given_up + done.given_up);
            if done == office::Delivered::default() {
                break;
            }
        }
        let waiting = office.store().letters_waiting().await?.letters;
        let message = Message::new("cli-delivered").number("sent", sent).number("failed", failed);
        said.line(message.number("given-up", given_up).number("waiting", waiting).render(lang));
        if unread > 0 {
            said.complain(Message::new("cli-accounts-unread").number("unread", unread).render(lang));
        }
        office.store().close().await;
        // A timer that starts this must notice that letters do not go out.
        Ok(if failed + given_up > 0 { FAILED } else { DONE })
    })
}

/// A folder in which each letter is a text file.
pub struct Folder {
    path: PathBuf,
}

impl Post for Folder {
    async fn deliver(&self, mail: &Mail) -> Result<(), Undelivered> {
        let to = mail.email.clone().unwrap_or_default();
        let text = format!(
            "To: {} <{to}>\nMessage-ID: <{}@paritrana>\nSubject: {}\n\n{}\n",
            mail.name, mail.id, mail.subject, mail.text
        );
        match self.keep(&name(&mail.id), &text) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::StorageFull => Err(Undelivered::ForNow("the disk is full".into())),
            Err(error) => Err(Undelivered::ForNow(error.to_string())),
        }
    }
}

impl Folder {
    /// A folder that only its owner reads, made if it is not there.
    pub fn made(path: &Path) -> Result<Folder> {
        folder::make_private(path)?;
        Ok(Folder { path: path.to_owned() })
    }

    /// Puts a whole letter under its name; the same letter again takes its own place.
    fn keep(&self, name: &str, text: &str) -> std::io::Result<()> {
        let mut part = tempfile::Builder::new().prefix(".letter-").suffix(".part").tempfile_in(&self.path)?;
        part.write_all(text.as_bytes())?;
        part.as_file().sync_all()?;
        part.persist(self.path.join(name)).map_err(|error| error.error)?;
        sync(&self.path)
    }
}

/// The name of a letter's file: what it goes by as far as a file may be called like that, and the beginning of its hash, so that no two letters
/// have one name.
fn name(id: &str) -> String {
    let fits = |letter: char| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' };
    let readable: String = id.chars().take(160).map(fits).collect();
    let hash = Hash::of(&[id.as_bytes()]).to_string();
    format!("{readable}.{}.txt", hash.chars().take(32).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_letters_never_have_one_file() {
        let names = ["act/0/ani.b", "act/0/ani_b", "act/0/ani/b"].map(name);
        assert!(names.iter().all(|name| name.starts_with("act_0_ani_b.") && name.len() == "act_0_ani_b..txt".len() + 32));
        assert!(names[0] != names[1] && names[1] != names[2] && names[0] != names[2]);
        assert!(name(&"x".repeat(1_000)).len() < 255);
    }
}
