//! The commands that keep a database safe: backup, restore, move; and delivering the letters that wait.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::Timestamp;
use journal::Hash;
use office::{Mail, Office, Post, Worker};
use store::{Copied, Place, Store};
use words::{Lang, Message};

use crate::args::Database;
use crate::database::{asynchronously, place, told};
use crate::screen::Said;
use crate::{DONE, REFUSED};

/// `paritrana backup`.
pub fn backup(said: &mut Said, file: &Path, database: &Database, lang: Lang) -> Result<u8> {
    if file.exists() {
        said.refuse(&Message::new("cli-backup-there").text("file", file.display().to_string()), lang);
        return Ok(REFUSED);
    }
    // Whoever finds the file under its own name finds a whole one. A temporary file is new, and only its owner reads it: it holds names and
    // addresses. Dropped, it is gone.
    let folder = folder_of(file);
    let out = tempfile::Builder::new().prefix(".backup-").suffix(".part").tempfile_in(folder);
    let out = out.with_context(|| folder.display().to_string())?;
    let code = asynchronously(said, lang, async |said: &mut Said| {
        let store = Store::open(&place(database)?).await?;
        let copied = store.backup(out.as_file(), Timestamp::now()).await?;
        store.close().await;
        counted(said, "cli-backed-up", file, &copied, lang);
        Ok(DONE)
    })?;
    if code == DONE {
        out.as_file().sync_all().with_context(|| file.display().to_string())?;
        out.persist_noclobber(file).map_err(|error| error.error).with_context(|| file.display().to_string())?;
        sync(folder).with_context(|| folder.display().to_string())?;
    }
    Ok(code)
}

/// The folder in which a file stands.
fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Has the names in a folder on disk; only Unix opens a folder for that.
fn sync(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// `paritrana restore`.
pub fn restore(said: &mut Said, file: &Path, database: &Database, lang: Lang) -> Result<u8> {
    let from = File::open(file).with_context(|| file.display().to_string())?;
    asynchronously(said, lang, async |said: &mut Said| {
        let place = place(database)?;
        let copied = Store::restore(&place, from).await?;
        counted(said, "cli-restored", file, &copied, lang);
        verify_all(said, &place, lang).await
    })
}

/// `paritrana move`.
pub fn transfer(said: &mut Said, database: &Database, to: &str, lang: Lang) -> Result<u8> {
    asynchronously(said, lang, async |said: &mut Said| {
        let (from, to) = (place(database)?, to.parse::<Place>()?);
        let store = Store::open(&from).await?;
        let copied = store.copy_to(&to).await?;
        let now = store.chains().await?;
        store.close().await;
        counted(said, "cli-moved", Path::new(&to.shown()), &copied, lang);
        let moved = Store::open(&to).await?;
        let there = moved.chains().await?;
        moved.close().await;
        if now != there {
            said.refuse(&Message::new("cli-move-behind"), lang);
            said.complain(Message::new("cli-move-behind-next").render(lang));
            return Ok(REFUSED);
        }
        verify_all(said, &to, lang).await
    })
}

fn counted(said: &mut Said, key: &'static str, file: &Path, copied: &Copied, lang: Lang) {
    let message = Message::new(key).text("file", file.display().to_string()).number("rows", copied.total());
    said.line(message.number("version", copied.schema).render(lang));
}

/// Verifies every edition of a database.
async fn verify_all(said: &mut Said, place: &Place, lang: Lang) -> office::Result<u8> {
    let store = Store::open(place).await?;
    let mut worst = DONE;
    for id in store.editions().await? {
        let edition = store.edition(&id).await?;
        worst = worst.max(told(said, &id, store.verify(&edition).await?, lang)?);
    }
    store.close().await;
    Ok(worst)
}

/// `paritrana post`: delivers until nothing is due any more.
pub fn deliver(said: &mut Said, database: &Database, folder: &Path, lang: Lang) -> Result<u8> {
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let folder = Folder { path: folder.to_owned() };
    asynchronously(said, lang, async |said: &mut Said| {
        let office = Office::new(Store::open(&place(database)?).await?);
        let worker = Worker::new(uuid::Uuid::now_v7().to_string());
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
        Ok(DONE)
    })
}

/// A folder in which each letter is a text file.
struct Folder {
    path: PathBuf,
}

impl Post for Folder {
    async fn deliver(&self, mail: &Mail) -> Result<(), String> {
        let to = mail.email.clone().unwrap_or_default();
        let text = format!(
            "To: {} <{to}>\nMessage-ID: <{}@paritrana>\nSubject: {}\n\n{}\n",
            mail.name, mail.id, mail.subject, mail.text
        );
        match self.keep(&name(&mail.id), &text) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::StorageFull => Err("the disk is full".into()),
            Err(error) => Err(error.to_string()),
        }
    }
}

impl Folder {
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
