//! `paritrana export`: what somebody may see, as files for a spreadsheet.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use award::export::What;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use jiff::Timestamp;
use office::Exported;
use words::{Lang, Message};

use crate::args::Database;
use crate::screen::{Said, say};
use crate::user::with;
use crate::{DONE, REFUSED, folder};

/// What to export: one thing that the award can export, or all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    One(What),
    All,
}

impl ValueEnum for Wanted {
    fn value_variants<'a>() -> &'a [Wanted] {
        const ALL: [Wanted; What::ALL.len() + 1] = {
            let mut all = [Wanted::All; What::ALL.len() + 1];
            let mut place = 0;
            while place < What::ALL.len() {
                all[place] = Wanted::One(What::ALL[place]);
                place += 1;
            }
            all
        };
        &ALL
    }

    /// Called as its file is, and explained there (`help-export--what-…`).
    fn to_possible_value(&self) -> Option<PossibleValue> {
        let name = match self {
            Wanted::One(What::Panels) => "panels",
            Wanted::One(what) => what.schema().file.trim_end_matches(".csv"),
            Wanted::All => "all",
        };
        let text = Message::new(format!("help-export--what-{name}")).render(Lang::En);
        Some(PossibleValue::new(name).help(text))
    }
}

/// What to export, for whom, and where to.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// What
    #[arg(value_enum)]
    what: Wanted,
    /// The edition
    #[arg(long)]
    edition: String,
    /// As whom: the id of an active account; its roles decide what is in the files
    #[arg(long = "as", value_name = "PERSON")]
    person: String,
    /// The folder; it must be new or empty
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
    /// Why, for the record of who was shown which names
    #[arg(long, default_value = "paritrana export")]
    reason: String,
    #[command(flatten)]
    database: Database,
}

/// `paritrana export`.
pub fn run(said: &mut Said, export: &Export, lang: Lang) -> Result<u8> {
    let shown = export.to.display().to_string();
    if fs::read_dir(&export.to).is_ok_and(|mut entries| entries.next().is_some()) {
        said.refuse_with_next(&Message::new("cli-export-there").text("folder", shown), lang);
        return Ok(REFUSED);
    }
    let wanted: Vec<What> = match export.what {
        Wanted::One(what) => vec![what],
        Wanted::All => What::ALL.to_vec(),
    };
    let mut files = Vec::new();
    let code = with(said, &export.database, lang, async |_, office| {
        let edition = office.store().edition(&export.edition).await?;
        files = office.export(&edition, &export.person.as_str().into(), &wanted, Timestamp::now(), &export.reason).await?;
        Ok(DONE)
    })?;
    if code != DONE {
        return Ok(code);
    }
    folder::make_private(&export.to)?;
    for file in &files {
        write(&export.to.join(file.what.schema().file), &file.text)?;
        let message = Message::new("cli-exported").text("file", file.what.schema().file);
        said.line(message.number("rows", file.rows).render(lang));
    }
    write(&export.to.join("README.md"), &readme(&files, lang))?;
    said.line(say("cli-export-private", lang));
    Ok(DONE)
}

/// What the columns mean.
fn readme(files: &[Exported], lang: Lang) -> String {
    let mut text = format!("{}\n", say("cli-export-readme", lang));
    for file in files {
        let schema = file.what.schema();
        text += &format!("\n## {}\n\n", schema.file);
        for column in schema.columns() {
            text += &format!("- `{column}`: {}\n", Message::new(format!("column-{column}")).render(lang));
        }
    }
    text
}

fn write(file: &Path, text: &str) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file_out = options.open(file).with_context(|| file.display().to_string())?;
    std::io::Write::write_all(&mut file_out, text.as_bytes()).with_context(|| file.display().to_string())
}
