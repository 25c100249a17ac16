//! The commands that keep a database safe: backup, restore, move.

use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::Timestamp;
use store::{Contents, Copied, Place, Store};
use words::{Lang, Message};

use crate::args::Database;
use crate::database::{asynchronously, on_all_cores, place, verify_editions};
use crate::screen::Said;
use crate::{DONE, REFUSED};

/// `paritrana backup`.
pub fn backup(said: &mut Said, file: &Path, database: &Database, lang: Lang) -> Result<u8> {
    if file.exists() {
        said.refuse_with_next(&Message::new("cli-backup-there").text("file", file.display().to_string()), lang);
        return Ok(REFUSED);
    }
    // Whoever finds the file under its own name finds a whole one. A temporary file is new, and only its owner reads it: it holds names and
    // addresses. Dropped, it is gone.
    let folder = folder_of(file);
    let out = tempfile::Builder::new().prefix(".backup-").suffix(".part").tempfile_in(folder);
    let out = out.with_context(|| folder.display().to_string())?;
    let code = asynchronously(said, lang, async |said: &mut Said| {
        let store = Store::open(&place(database)?).await?;
        let copied = store.backup(&file.display().to_string(), out.as_file(), Timestamp::now()).await;
        store.close().await;
        let copied = copied?;
        counted(said, Message::new("cli-backed-up"), file, &copied, lang);
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
pub fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Has the names in a folder on disk; only Unix opens a folder for that.
pub fn sync(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// `paritrana restore`.
pub fn restore(said: &mut Said, file: &Path, database: &Database, lang: Lang) -> Result<u8> {
    let from = File::open(file).with_context(|| file.display().to_string())?;
    asynchronously(said, lang, async |said: &mut Said| {
        let place = place(database)?;
        let copied = Store::restore(&place, &file.display().to_string(), from).await?;
        let message = Message::new("cli-restored").text("to", place.shown());
        counted(said, message, file, &copied, lang);
        verify_all(said, &place, lang).await
    })
}

/// `paritrana move`.
pub fn transfer(said: &mut Said, database: &Database, to: &str, lang: Lang) -> Result<u8> {
    on_all_cores(said, lang, async |said: &mut Said| {
        let (from, to) = (place(database)?, to.parse::<Place>()?);
        let store = Store::open(&from).await?;
        let copied = match store.copy_to(&to).await {
            Ok(copied) => copied,
            Err(error) => {
                store.close().await;
                return Err(error.into());
            }
        };
        counted(said, Message::new("cli-moved"), Path::new(&to.shown()), &copied, lang);
        let moved = Store::open(&to).await?;
        let (ours, theirs) = (contents_of(&store), contents_of(&moved));
        let differing = ours.await?.differing(&theirs.await?);
        store.close().await;
        moved.close().await;
        if !differing.is_empty() {
            said.refuse_with_next(&Message::new("cli-move-behind").text("differing", differing.join(", ")), lang);
            return Ok(REFUSED);
        }
        verify_all(said, &to, lang).await
    })
}

/// What stands in a database, read on another core.
fn contents_of(store: &Store) -> impl Future<Output = office::Result<Contents>> + use<> {
    let store = store.clone();
    let reading = tokio::spawn(async move { store.contents().await });
    async move { Ok(reading.await.unwrap_or_else(|stopped| std::panic::resume_unwind(stopped.into_panic()))?) }
}

fn counted(said: &mut Said, message: Message, file: &Path, copied: &Copied, lang: Lang) {
    let message = message.text("file", file.display().to_string()).number("rows", copied.total());
    said.line(message.number("version", copied.schema).render(lang));
}

/// Verifies every edition of a database.
async fn verify_all(said: &mut Said, place: &Place, lang: Lang) -> office::Result<u8> {
    let store = Store::open(place).await?;
    let worst = verify_editions(said, &store, None, None, lang).await?;
    store.close().await;
    Ok(worst)
}
