//! `paritrana edition …` and `paritrana rulebook seal`: which editions a database holds, how one is opened, sealed, and begun anew next year.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use award::Refusal;
use award::edition::EditionRecord;
use clap::Subcommand;
use jiff::Timestamp;
use office::{Announced, Asked, Cloned, Done, Office, Opened};
use store::Edition;
use words::{Lang, Message};

use crate::args::Database;
use crate::screen::{GOOD, QUIET, STRONG, Said, Table, paint, say};
use crate::user::with;
use crate::{DONE, REFUSED, WRONG_USE, folder, rulebook};

/// What to do with editions.
#[derive(Debug, Subcommand)]
pub enum EditionCommand {
    /// Open an edition under a rulebook, which names its period, purposes and organisers
    Open {
        /// The rulebook
        #[arg(long)]
        rulebook: PathBuf,
        #[command(flatten)]
        told: Told,
        /// Who opens it: the id of an active account with the role centre
        #[arg(long = "as", value_name = "PERSON")]
        person: String,
        #[command(flatten)]
        database: Database,
    },
    /// Begin next year's edition: organisations and regions are taken over; candidates, panels, claims and marks are not
    Clone {
        /// This year's edition
        from: String,
        /// The id of next year's
        new: String,
        /// Only write a draft of next year's rulebook into this file
        #[arg(long, value_name = "FILE", required_unless_present = "rulebook", conflicts_with = "rulebook")]
        draft: Option<PathBuf>,
        /// Next year's rulebook
        #[arg(long, requires = "person")]
        rulebook: Option<PathBuf>,
        #[command(flatten)]
        told: Told,
        /// Who opens it: the id of an active account with the role centre
        #[arg(long = "as", value_name = "PERSON")]
        person: Option<String>,
        #[command(flatten)]
        database: Database,
    },
    /// List all editions with their rulebooks
    List {
        #[command(flatten)]
        database: Database,
    },
}

/// What an edition is announced with, where it is not as the rulebook says.
#[derive(Debug, clap::Args)]
pub struct Told {
    /// Who holds it; several times for several. Those of the rulebook if left out
    #[arg(long, value_name = "NAME")]
    organiser: Vec<String>,
    /// What it is for; several times for several. Those of the rulebook if left out
    #[arg(long, value_name = "TEXT")]
    purpose: Vec<String>,
}

impl From<Told> for Announced {
    fn from(told: Told) -> Announced {
        Announced { purposes: told.purpose, organisers: told.organiser }
    }
}

/// `paritrana edition …`.
pub fn run(said: &mut Said, command: EditionCommand, lang: Lang) -> Result<u8> {
    match command {
        EditionCommand::Open { rulebook, told, person, database } => {
            open(said, &rulebook, &told.into(), &person, &database, lang)
        }
        EditionCommand::Clone { from, new, draft: Some(file), database, .. } => {
            draft(said, (&from, &new), &file, &database, lang)
        }
        EditionCommand::Clone { from, new, rulebook, told, person, database, .. } => {
            let (rulebook, asked) = (rulebook.unwrap_or_default(), asks(&person.unwrap_or_default()));
            begin(said, (&from, &new), &rulebook, (&told.into(), &asked), &database, lang)
        }
        EditionCommand::List { database } => with(said, &database, lang, async |said, office| list(said, office, lang).await),
    }
}

/// Somebody who asks for something now.
pub fn asks(person: &str) -> Asked {
    Asked::new(person, uuid::Uuid::now_v7().to_string(), Timestamp::now())
}

/// A rulebook without problems, as text; none if it has some, which are told.
pub fn sound(said: &mut Said, file: &Path, lang: Lang) -> Result<Option<(rules::Rulebook, String)>> {
    let Some(rules) = rulebook::read(said, file, lang)? else { return Ok(None) };
    let text = String::from_utf8(folder::file(file)?).context("a rulebook that was read is text")?;
    Ok(Some((rules, text)))
}

fn open(said: &mut Said, file: &Path, announced: &Announced, person: &str, database: &Database, lang: Lang) -> Result<u8> {
    let Some((_, text)) = sound(said, file, lang)? else { return Ok(REFUSED) };
    with(said, database, lang, async |said, office| {
        Ok(match office.open_edition(&text, announced, &asks(person)).await? {
            Opened::Now(edition) => {
                let state = office.store().state(&edition, [award::sight::Part::Edition], &store::Names::Hidden).await?;
                state.edition.into_iter().for_each(|record| told(said, &edition, record, lang));
                DONE
            }
            Opened::Before(edition) => {
                said.line(Message::new("cli-edition-again").text("edition", &edition.id).render(lang));
                DONE
            }
            Opened::Refused(why) => refused(said, &why, lang),
        })
    })
}

fn told(said: &mut Said, edition: &Edition, record: EditionRecord, lang: Lang) {
    let (from, to) = record.assessed;
    let message = Message::new("cli-edition-opened").text("edition", &edition.id);
    let message = message.local("name", record.name.id, record.name.en).date("from", from).date("to", to);
    said.line(paint(GOOD, message.render(lang)));
    for purpose in record.purposes {
        said.line(Message::new("cli-edition-purpose").local("text", purpose.id, purpose.en).render(lang));
    }
    for organiser in record.organisers {
        said.line(Message::new("cli-edition-organiser").local("text", organiser.name.id, organiser.name.en).render(lang));
    }
    said.line(Message::new("cli-seal-hash").text("hash", edition.rulebook.to_string()).render(lang));
    said.line(say("cli-edition-seal-next", lang));
}

/// A refusal with its next step.
pub fn refused(said: &mut Said, why: &Refusal, lang: Lang) -> u8 {
    said.refuse(&why.rule, lang);
    said.complain(why.next.render(lang));
    REFUSED
}

/// A refusal whose next step has the same gaps as itself.
pub fn complains(said: &mut Said, message: Message, lang: Lang) -> u8 {
    let next = message
        .args()
        .iter()
        .fold(Message::new(format!("{}-next", message.key())), |next, (name, arg)| next.with(name, arg.clone()));
    said.refuse(&message, lang);
    said.complain(next.render(lang));
    WRONG_USE
}

fn draft(said: &mut Said, (from, new): (&str, &str), file: &Path, database: &Database, lang: Lang) -> Result<u8> {
    let shown = file.display().to_string();
    if file.exists() {
        return Ok(complains(said, Message::new("cli-edition-draft-there").text("file", shown), lang));
    }
    let mut drafted = None;
    let code = with(said, database, lang, async |said, office| {
        drafted = office::draft(&office.store().rulebook_text(from).await?, new);
        if drafted.is_some() {
            return Ok(DONE);
        }
        Ok(complains(said, Message::new("cli-edition-no-id").text("from", from), lang))
    })?;
    let Some(text) = drafted else { return Ok(code) };
    fs::write(file, text).with_context(|| shown.clone())?;
    let message = Message::new("cli-edition-draft").text("edition", new).text("from", from).text("file", shown);
    said.line(message.render(lang));
    said.line(say("cli-edition-draft-next", lang));
    Ok(DONE)
}

fn begin(
    said: &mut Said,
    (from, new): (&str, &str),
    file: &Path,
    (announced, asked): (&Announced, &Asked),
    database: &Database,
    lang: Lang,
) -> Result<u8> {
    let Some((rules, text)) = sound(said, file, lang)? else { return Ok(REFUSED) };
    if rules.edition.id != new {
        let message = Message::new("cli-edition-other-id").text("edition", new).text("found", &rules.edition.id);
        return Ok(complains(said, message, lang));
    }
    with(said, database, lang, async |said, office| {
        let old = office.store().edition(from).await?;
        Ok(match office.clone_edition(&old, &text, announced, asked).await? {
            Cloned::Done(edition, bodies) => {
                let message = Message::new("cli-edition-cloned").text("edition", &edition.id).text("from", from);
                said.line(message.number("bodies", bodies).render(lang));
                said.line(Message::new("cli-seal-hash").text("hash", edition.rulebook.to_string()).render(lang));
                DONE
            }
            Cloned::Before(edition) => {
                let message = Message::new("cli-edition-cloned-again").text("edition", &edition.id);
                said.line(message.text("from", from).render(lang));
                DONE
            }
            Cloned::Refused(reasons) => reasons.iter().fold(DONE, |_, why| refused(said, why, lang)),
        })
    })
}

async fn list(said: &mut Said, office: &Office, lang: Lang) -> office::Result<u8> {
    let heads = ["list-edition", "list-name", "list-rulebook", "list-seal", "list-journal-leaves"];
    let mut table = Table::headed(&heads, lang).right(&[false, false, false, false, true]);
    for one in office.editions().await? {
        let edition = &one.edition.rules.edition;
        let seal = match &one.seal {
            Some(seal) if seal.sealed.is_some() => "cli-edition-sealed",
            Some(_) => "cli-edition-proposed",
            None => "cli-edition-unsealed",
        };
        let name = if lang == Lang::Id { &edition.name.id } else { &edition.name.en };
        let hash = one.edition.rulebook.to_string();
        table.row(vec![
            (one.edition.id.clone(), STRONG),
            (name.clone(), STRONG),
            (hash, QUIET),
            (say(seal, lang), QUIET),
            (one.leaves.to_string(), QUIET),
        ]);
    }
    let lines = table.lines(0);
    if lines.is_empty() {
        said.line(say("cli-no-editions", lang));
        return Ok(DONE);
    }
    lines.into_iter().for_each(|line| said.line(line));
    said.line(paint(QUIET, say("cli-edition-leaves", lang)));
    Ok(DONE)
}

/// `paritrana rulebook seal`.
pub fn seal(said: &mut Said, file: &Path, edition: Option<&str>, person: &str, database: &Database, lang: Lang) -> Result<u8> {
    let Some((rules, text)) = sound(said, file, lang)? else { return Ok(REFUSED) };
    let id = edition.unwrap_or(&rules.edition.id).to_owned();
    let found = journal::Hash::of(&[text.as_bytes()]);
    with(said, database, lang, async |said, office| {
        let edition = office.store().edition(&id).await?;
        if edition.rulebook != found {
            let message = Message::new("cli-seal-other-text").text("file", file.display().to_string());
            let message = message.text("edition", &id).text("found", found.to_string());
            complains(said, message.text("hash", edition.rulebook.to_string()), lang);
            return Ok(REFUSED);
        }
        let seal = match office.seal(&edition, &asks(person)).await? {
            Ok(seal) => seal,
            Err(Done::Refused(why)) => return Ok(refused(said, &why, lang)),
            Err(_) => return Ok(REFUSED),
        };
        let key = if seal.sealed.is_some() { "cli-seal-done" } else { "cli-seal-proposed" };
        let by = seal.sealed.as_ref().map_or(&seal.proposer, |(by, _)| by);
        let message = Message::new(key).text("edition", &id).text("version", &seal.rulebook.version);
        let message = message.text("person", by.as_str()).text("proposer", seal.proposer.as_str());
        said.line(paint(GOOD, message.render(lang)));
        said.line(Message::new("cli-seal-hash").text("hash", &seal.rulebook.hash).render(lang));
        Ok(DONE)
    })
}
