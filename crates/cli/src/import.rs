//! `paritrana import`: a CSV file into an edition, first as a try.

use std::path::PathBuf;

use anyhow::Result;
use award::RoundKey;
use award::import::Kind;
use clap::ValueEnum;
use jiff::Timestamp;
use journal::Hash;
use office::Office;
use store::{Ending, Store};
use words::{Lang, Message};

use crate::args::Database;
use crate::database::{asynchronously, files_made_at, place};
use crate::screen::{GOOD, QUIET, STRONG, Said, Table, paint, say};
use crate::{DONE, REFUSED, WRONG_USE, config, folder, problems};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Organisations and regions
    Organisations,
    /// Candidates
    Candidates,
    /// Members of panels
    Panels,
    /// Claimed and verified figures
    Claims,
    /// A vintage of figures from participation data
    Vintage,
}

/// What to import, and where to.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// What the file holds
    #[arg(value_enum)]
    what: What,
    /// The file; its columns are explained in docs/operations.md
    file: PathBuf,
    /// The edition
    #[arg(long)]
    edition: String,
    /// The round of a vintage, such as province/18
    #[arg(long, required_if_eq("what", "vintage"))]
    round: Option<String>,
    /// Write it: all rows or none. Without this it is only tried
    #[arg(long)]
    write: bool,
    /// Where the file itself is kept, by its hash: a folder, or s3://BUCKET/PREFIX. Default: `files` of the configuration
    #[arg(long, value_name = "PLACE")]
    files: Option<String>,
    #[command(flatten)]
    database: Database,
}

/// Keeps the file itself, by its hash, among the files that acts refer to: whoever asks later where the figures came from finds it. It is
/// kept before its rows are, so that no row is there without it. Where no place is configured, an act that names it says that it is elsewhere.
async fn shelve(store: Store, import: &Import, bytes: &[u8], lang: Lang) -> office::Result<(Store, Option<Message>)> {
    let Some(place) = import.files.clone().or_else(|| config::value(config::FILES)) else {
        let message = Message::new("cli-import-not-kept").text("hash", Hash::of(&[bytes]).to_string());
        return Ok((store.with_files_elsewhere(), Some(message)));
    };
    let files = files_made_at(&place, lang).await?;
    let kept = files.put(bytes, u64::try_from(bytes.len()).unwrap_or(u64::MAX)).await?;
    let message = Message::new("cli-import-kept").text("hash", kept.hash.to_string()).text("place", place);
    Ok((store.with_files(files), Some(message)))
}

/// `paritrana import`.
pub fn run(said: &mut Said, import: &Import, lang: Lang) -> Result<u8> {
    let kind = match (import.what, import.round.as_deref().map(RoundKey::parse)) {
        (What::Organisations, _) => Kind::Organisations,
        (What::Candidates, _) => Kind::Candidates,
        (What::Panels, _) => Kind::Panels,
        (What::Claims, _) => Kind::Claims,
        (What::Vintage, Some(Some(round))) => Kind::Vintage(round),
        (What::Vintage, _) => {
            let round = import.round.clone().unwrap_or_default();
            said.refuse_with_next(&Message::new("cli-import-no-round").text("round", round), lang);
            return Ok(WRONG_USE);
        }
    };
    let bytes = folder::file(&import.file)?;
    let name = import.file.display().to_string();
    let ending = if import.write { Ending::Keep } else { Ending::Drop };
    asynchronously(said, lang, async |said: &mut Said| {
        let store = Store::open(&place(&import.database)?).await?;
        let edition = store.edition(&import.edition).await?;
        let (store, shelved) = if import.write { shelve(store, import, &bytes, lang).await? } else { (store, None) };
        let office = Office::new(store);
        let answer = office.import(&edition, &kind, (&name, &bytes), ending, Timestamp::now()).await;
        office.store().close().await;
        match answer? {
            Ok(counted) => {
                let key = if import.write { "cli-imported" } else { "cli-import-tried" };
                let message = Message::new(key).text("file", &name).text("edition", &edition.id);
                let message = message.number("new", counted.new).number("known", counted.known);
                said.line(paint(GOOD, message.render(lang)));
                let mut table = Table::headed(&["list-deed", "list-new", "list-known"], lang).right(&[false, true, true]);
                for (deed, (new, known)) in counted.by_deed {
                    table.row(vec![(deed, STRONG), (new.to_string(), STRONG), (known.to_string(), QUIET)]);
                }
                table.lines(2).into_iter().for_each(|line| said.line(line));
                shelved.into_iter().for_each(|kept| said.line(kept.render(lang)));
                if !import.write && counted.new > 0 {
                    said.line(say("cli-import-write", lang));
                }
                Ok(DONE)
            }
            Err(found) => {
                let texts = folder::texts([(name.as_str(), bytes.as_slice())]);
                said.complain(problems::render(&found, &texts, lang));
                said.complain(say("cli-import-nothing", lang));
                Ok(REFUSED)
            }
        }
    })
}
