//! The commands that keep a database safe: backup, restore, move; and delivering the letters that wait.

use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::Timestamp;
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
    // Whoever finds the file under its own name finds a whole one.
    let part = PathBuf::from(format!("{}.part", file.display()));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // It holds names and addresses.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let out = options.open(&part).with_context(|| part.display().to_string())?;
    let code = asynchronously(said, lang, async |said: &mut Said| {
        let store = Store::open(&place(database)?).await?;
        let copied = store.backup(&out, Timestamp::now()).await?;
        store.close().await;
        counted(said, "cli-backed-up", file, &copied, lang);
        Ok(DONE)
    })?;
    if code == DONE {
        out.sync_all().with_context(|| part.display().to_string())?;
        fs::rename(&part, file).with_context(|| file.display().to_string())?;
    } else {
        fs::remove_file(&part).with_context(|| part.display().to_string())?;
    }
    Ok(code)
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
        let (mut sent, mut failed, mut given_up) = (0, 0, 0);
        loop {
            let done = office.deliver(&folder, &worker, Timestamp::now(), lang).await?;
            (sent, failed, given_up) = (sent + done.sent, failed + done.failed, given_up + done.given_up);
            if done == office::Delivered::default() {
                break;
            }
        }
        let waiting = office.store().letters_waiting().await?.letters;
        let message = Message::new("cli-delivered").number("sent", sent).number("failed", failed);
        said.line(message.number("given-up", given_up).number("waiting", waiting).render(lang));
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
        let name: String =
            mail.id.chars().map(|letter| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '_' }).collect();
        match fs::write(self.path.join(format!("{name}.txt")), text) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::StorageFull => Err("the disk is full".into()),
            Err(error) => Err(error.to_string()),
        }
    }
}
