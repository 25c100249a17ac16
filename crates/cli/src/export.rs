//! `paritrana export`: what somebody may see, as files for a spreadsheet.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use award::export::What;
use clap::ValueEnum;
use jiff::Timestamp;
use office::Exported;
use words::{Lang, Message};

use crate::args::Database;
use crate::screen::{Said, say};
use crate::user::with;
use crate::{DONE, REFUSED};

/// What to export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Wanted {
    /// Organisations and regions
    Organisations,
    /// Candidates
    Candidates,
    /// Members of panels
    Panels,
    /// Claimed and verified figures
    Claims,
    /// Marks
    Marks,
    /// Places and awards
    Winners,
    /// All of it
    All,
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
        Wanted::Organisations => vec![What::Organisations],
        Wanted::Candidates => vec![What::Candidates],
        Wanted::Panels => vec![What::Panels],
        Wanted::Claims => vec![What::Claims],
        Wanted::Marks => vec![What::Marks],
        Wanted::Winners => vec![What::Winners],
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
    make(&export.to)?;
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

/// A folder that only its owner reads: there may be names in it.
fn make(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| folder.display().to_string())
}

fn write(file: &Path, text: &str) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file_out = options.open(file).with_context(|| file.display().to_string())?;
    std::io::Write::write_all(&mut file_out, text.as_bytes()).with_context(|| file.display().to_string())
}
