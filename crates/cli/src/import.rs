//! `paritrana import`: a CSV file into an edition, first as a try.

use std::path::PathBuf;

use anyhow::Result;
use award::RoundKey;
use award::import::Kind;
use clap::ValueEnum;
use jiff::Timestamp;
use store::Ending;
use words::{Lang, Message};

use crate::args::Database;
use crate::screen::{GOOD, Said, paint, say};
use crate::user::with;
use crate::{DONE, REFUSED, WRONG_USE, folder, problems};

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
    #[command(flatten)]
    database: Database,
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
    with(said, &import.database, lang, async |said, office| {
        let edition = office.store().edition(&import.edition).await?;
        match office.import(&edition, &kind, (&name, &bytes), ending, Timestamp::now()).await? {
            Ok(counted) => {
                let key = if import.write { "cli-imported" } else { "cli-import-tried" };
                let message = Message::new(key).text("file", &name).text("edition", &edition.id);
                let message = message.number("new", counted.new).number("known", counted.known);
                said.line(paint(GOOD, message.render(lang)));
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
