//! `paritrana personal-data`, `erase`, `retain`: what the law on personal data asks of whoever keeps them.

use anyhow::Result;
use clap::Subcommand;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use office::Erased;
use words::{Lang, Message};

use crate::args::Database;
use crate::edition::refused;
use crate::screen::{GOOD, QUIET, STRONG, Said, Table, paint, say};
use crate::user::with;
use crate::{DONE, REFUSED, WRONG_USE};

/// What to do with somebody's data.
#[derive(Debug, Subcommand)]
pub enum PersonalDataCommand {
    /// Print everything that is held about somebody as JSON, with who was shown it
    Export {
        /// Whose: the id of an account, or of a person or juror in the record
        person: String,
        /// Why, for the record of who was shown what: the number of the request
        #[arg(long, default_value = "personal-data export")]
        reason: String,
        #[command(flatten)]
        database: Database,
    },
    /// Tell what was erased when, and on what ground: requests of persons, and editions whose names need not be kept
    Log {
        /// Only this edition
        #[arg(long)]
        edition: Option<String>,
        #[command(flatten)]
        database: Database,
    },
}

/// Whom to erase.
#[derive(Debug, clap::Args)]
pub struct Erase {
    /// Whom: the id of an account, or of a person or juror in the record
    person: String,
    /// On what ground, such as the number of the request; it stands in the journal and must name nobody
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    database: Database,
}

/// What to keep no longer.
#[derive(Debug, clap::Args)]
pub struct Retain {
    /// The edition
    edition: String,
    /// The last day on which names are kept, such as 2034-12-31
    #[arg(long, value_name = "DAY")]
    until: Date,
    /// Erase the names, once that day is over. Without this it is only told what would be
    #[arg(long)]
    apply: bool,
    #[command(flatten)]
    database: Database,
}

/// `paritrana personal-data …`.
pub fn run(said: &mut Said, command: &PersonalDataCommand, lang: Lang) -> Result<u8> {
    let (person, reason, database) = match command {
        PersonalDataCommand::Export { person, reason, database } => (person, reason, database),
        PersonalDataCommand::Log { edition, database } => return log(said, edition.as_deref(), database, lang),
    };
    let mut held = None;
    let code = with(said, database, lang, async |said, office| {
        let all = office.held_about(&person.as_str().into(), reason, Timestamp::now()).await?;
        if all.is_empty() {
            return Ok(nobody(said, person, lang));
        }
        held = Some(all);
        Ok(DONE)
    })?;
    if let Some(held) = held {
        said.line(serde_json::to_string_pretty(&held)?);
    }
    Ok(code)
}

fn log(said: &mut Said, edition: Option<&str>, database: &Database, lang: Lang) -> Result<u8> {
    with(said, database, lang, async |said, office| {
        let heads = ["list-when", "list-edition", "list-by", "list-texts", "list-ground"];
        let mut table = Table::headed(&heads, lang).right(&[false, false, false, true]);
        for erasure in office.erasures(edition).await? {
            table.row(vec![
                (erasure.at, QUIET),
                (erasure.edition, STRONG),
                (erasure.by, QUIET),
                (erasure.texts.to_string(), STRONG),
                (erasure.reason, STRONG),
            ]);
        }
        let lines = table.lines(0);
        if lines.is_empty() {
            said.complain(say("cli-erasures-none", lang));
        }
        lines.into_iter().for_each(|line| said.line(line));
        Ok(DONE)
    })
}

/// `paritrana erase`.
pub fn erase(said: &mut Said, erase: &Erase, lang: Lang) -> Result<u8> {
    with(said, &erase.database, lang, async |said, office| {
        let all = office.erase_person(&erase.person.as_str().into(), &erase.reason, Timestamp::now()).await?;
        let Some(all) = all else { return Ok(nobody(said, &erase.person, lang)) };
        let mut worst = DONE;
        if all.is_empty() {
            said.line(Message::new("cli-erase-nothing").text("person", &erase.person).render(lang));
        }
        for (edition, erased) in &all {
            worst = worst.max(told(said, edition, erased, lang));
        }
        let account = if worst == DONE { "cli-erase-account" } else { "cli-erase-account-stays" };
        said.line(Message::new(account).text("person", &erase.person).render(lang));
        said.line(say("cli-erase-stays", lang));
        Ok(worst)
    })
}

/// A slip in an id must not look like a request that was met.
fn nobody(said: &mut Said, person: &str, lang: Lang) -> u8 {
    said.refuse_with_next(&Message::new("cli-personal-nobody").text("person", person), lang);
    WRONG_USE
}

fn told(said: &mut Said, edition: &str, erased: &Erased, lang: Lang) -> u8 {
    match erased {
        Erased::Gone(texts) => {
            let message = Message::new("cli-erased").text("edition", edition).number("texts", *texts);
            said.line(paint(GOOD, message.render(lang)));
            DONE
        }
        Erased::Kept(texts) => {
            let message = Message::new("cli-erase-kept").text("edition", edition).number("texts", *texts);
            said.refuse(&message, lang);
            said.complain(say("cli-erase-kept-next", lang));
            REFUSED
        }
        Erased::Refused(why) => refused(said, why, lang),
    }
}

/// `paritrana retain`.
pub fn retain(said: &mut Said, retain: &Retain, lang: Lang) -> Result<u8> {
    with(said, &retain.database, lang, async |said, office| {
        let edition = office.store().edition(&retain.edition).await?;
        let (texts, over) = office.retained(&edition).await?;
        let now = Timestamp::now();
        let due = now.to_zoned(TimeZone::UTC).date() > retain.until;
        let message = Message::new("cli-retained").text("edition", &edition.id).number("texts", texts);
        said.line(message.date("until", retain.until).render(lang));
        if !over {
            return Ok(told(said, &edition.id, &Erased::Kept(texts), lang));
        }
        if !due {
            said.line(say("cli-retain-not-yet", lang));
            return Ok(if retain.apply { REFUSED } else { DONE });
        }
        if !retain.apply {
            said.line(say("cli-retain-apply", lang));
            return Ok(DONE);
        }
        let why = format!("retention until {}", retain.until);
        let erased = office.erase_edition(&edition, &why, now).await?;
        let code = told(said, &edition.id, &erased, lang);
        if code == DONE && texts > 0 {
            said.line(say("cli-retain-logged", lang));
        }
        said.line(say("cli-erase-stays", lang));
        Ok(code)
    })
}
