//! The commands that have to do with a database: bringing its schema up to date, playing a year into it, verifying it, and reading its
//! journal.

use std::path::Path;

use anyhow::{Context, Result};
use award::{Cycle, State};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use office::{Differs, Office, Played};
use store::files::{self, Files};
use store::{Difference, Edition, Error, FilesDiffer, FilesVerified, Names, Place, Store, Verified, Wanted};
use words::{Lang, Message, reason};

use crate::args::Database;
use crate::screen::{BAD, GOOD, QUIET, STRONG, Said, Table, paint};
use crate::{DONE, REFUSED, WRONG_USE, config, cycle};

/// What of the journal was asked for.
pub struct Asked {
    /// The edition; none where there is only one.
    pub edition: Option<String>,
    /// By whom.
    pub who: Option<String>,
    /// Which deed.
    pub what: Option<String>,
    /// Since when: a day or an instant.
    pub since: Option<String>,
    /// At most so many.
    pub limit: u32,
}

/// `paritrana migrate`.
pub fn migrate(said: &mut Said, database: &Database, lang: Lang) -> Result<u8> {
    asynchronously(said, lang, async |said: &mut Said| {
        let place = place(database)?;
        let store = Store::open_or_make(&place).await?;
        said.line(Message::new("cli-migrated").number("version", store.schema_version().await?).render(lang));
        store.close().await;
        Ok(DONE)
    })
}

/// `paritrana cycle record`: plays a year into a database, act by act, and compares each with the pure run.
pub fn record(said: &mut Said, dir: &Path, database: &Database, lang: Lang) -> Result<u8> {
    let Some(opened) = cycle::open(said, dir, lang)? else { return Ok(REFUSED) };
    let rulebook = opened.texts.get(&opened.cycle.header.rulebook).cloned().unwrap_or_default();
    asynchronously(said, lang, async |said: &mut Said| {
        // The folder of a year only sums up: it has no files, whatever its acts may name.
        let store = Store::open_or_make(&place(database)?).await?.with_files_elsewhere();
        let edition = store.open_edition(&opened.cycle.header.id, &rulebook, &now()).await?;
        let office = Office::new(store);
        let Some(played) = play(said, &office, &edition, &opened.cycle, lang).await? else { return Ok(REFUSED) };
        let message = Message::new("cli-recorded").text("edition", &edition.id).number("recorded", played.recorded);
        said.line(message.number("again", played.again).number("refused", played.refused).render(lang));
        let found = office.store().verify(&edition).await?;
        let code = told(said, office.store(), &edition.id, found, lang).await?;
        office.store().close().await;
        Ok(code)
    })
}

/// Plays a year into a store; what stands there then, unless something was decided differently.
async fn play(said: &mut Said, office: &Office, edition: &Edition, cycle: &Cycle, lang: Lang) -> office::Result<Option<Played>> {
    match office.play(edition, cycle, Timestamp::now()).await? {
        Ok(played) => Ok(Some(played)),
        Err(Differs { number, deed }) => {
            let message = Message::new("cli-record-differs").number("number", number).text("deed", deed);
            said.refuse_with_next(&message, lang);
            Ok(None)
        }
    }
}

/// Plays a year through a database of its own, which is gone afterwards: what stands in it at the end.
pub fn through(said: &mut Said, cycle: &Cycle, rulebook: &str, lang: Lang) -> Result<Option<State>> {
    let folder = tempfile::tempdir().context("making a folder for a database")?;
    let mut state = None;
    asynchronously(said, lang, async |said: &mut Said| {
        let place = Place::File(folder.path().join("award.db"));
        let store = Store::open_or_make(&place).await?.with_files_elsewhere();
        let edition = store.open_edition(&cycle.header.id, rulebook, &now()).await?;
        let office = Office::new(store);
        let played = play(said, &office, &edition, cycle, lang).await?;
        let verified = office.store().verify(&edition).await?;
        if let Err(difference) = verified {
            return Ok(told(said, office.store(), &edition.id, Err(difference), lang).await?);
        }
        office.store().close().await;
        state = played.map(|played| played.state);
        Ok(DONE)
    })?;
    Ok(state)
}

/// Now, as the database writes it.
fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

/// What of the environment says how a bucket is reached; other programs have variables of such names that are none of ours.
const REACHING: [&str; 10] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_VIRTUAL_HOSTED_STYLE_REQUEST",
    "AWS_ALLOW_HTTP",
];

/// `paritrana verify`.
pub fn verify(said: &mut Said, database: &Database, edition: Option<&str>, files: Option<&str>, lang: Lang) -> Result<u8> {
    asynchronously(said, lang, async |said: &mut Said| {
        let store = Store::open(&place(database)?).await?;
        let files = match files {
            Some(files) if !files.contains("://") && !Path::new(files).exists() => {
                said.refuse_with_next(&Message::new("cli-no-files-there").text("place", files), lang);
                return Ok(REFUSED);
            }
            Some(place) => Some(files_at(place).await?),
            None => None,
        };
        let worst = verify_editions(said, &store, edition, files.as_ref(), lang).await?;
        store.close().await;
        Ok(worst)
    })
}

/// Opens the place of files for whoever puts some there. A folder that is not there is made, and that is said at once: a disk that is not
/// mounted looks just like that.
pub async fn files_made_at(place: &str, lang: Lang) -> office::Result<Files> {
    let is_new = !place.contains("://") && !Path::new(place).exists();
    let files = files_at(place).await?;
    if is_new {
        anstream::eprintln!("{}", Message::new("cli-files-made").text("place", place).render(lang));
    }
    Ok(files)
}

/// Opens the place of files, reached as the environment says.
pub async fn files_at(place: &str) -> office::Result<Files> {
    let variables = std::env::vars().filter(|(name, _)| REACHING.contains(&name.as_str()));
    Ok(Files::open(&place.parse::<files::Place>()?.with(variables)).await?)
}

/// Verifies one edition or all of them, to the end: also one whose rulebook was changed keeps no other from being looked at.
pub async fn verify_editions(
    said: &mut Said,
    store: &Store,
    edition: Option<&str>,
    files: Option<&Files>,
    lang: Lang,
) -> office::Result<u8> {
    let editions = match edition {
        Some(edition) => vec![edition.to_owned()],
        None => store.editions().await?,
    };
    if editions.is_empty() {
        said.line(Message::new("cli-verify-nothing").render(lang));
        said.complain(Message::new("cli-verify-nothing-next").render(lang));
    }
    let mut worst = DONE;
    for id in editions {
        let edition = match store.edition(&id).await {
            Err(Error::Misfit { what, why }) => {
                worst = worst.max(differs(said, store, &id, Difference { place: what, why }, lang).await?);
                continue;
            }
            edition => edition?,
        };
        let found = store.verify(&edition).await?;
        let unread = found.as_ref().is_ok_and(|verified| verified.files > 0);
        worst = worst.max(told(said, store, &id, found, lang).await?);
        match files {
            Some(files) => worst = worst.max(files_told(said, &id, store.verify_files(&edition, files).await?, lang)),
            None if unread => said.complain(Message::new("cli-files-not-read").text("edition", &id).render(lang)),
            None => {}
        }
    }
    Ok(worst)
}

/// What verifying found.
pub async fn told(
    said: &mut Said,
    store: &Store,
    edition: &str,
    found: Result<Verified, Difference>,
    lang: Lang,
) -> store::Result<u8> {
    match found {
        Ok(verified) if verified.acts == 0 => {
            said.line(Message::new("cli-verified-no-act").text("edition", edition).render(lang));
            Ok(DONE)
        }
        Ok(verified) => {
            let message = Message::new("cli-verified").text("edition", edition).number("acts", verified.acts);
            said.line(paint(GOOD, message.number("records", verified.records).render(lang)));
            let mut table = Table::new(&[false, true, false]);
            for (chain, size, root) in verified.chains {
                table.row(vec![(chain, STRONG), (size.to_string(), STRONG), (root.to_string(), QUIET)]);
            }
            table.lines(2).into_iter().for_each(|line| said.line(line));
            if verified.files + verified.files_elsewhere > 0 {
                let message = Message::new("cli-verified-files").text("edition", edition).number("kept", verified.files);
                said.line(message.number("elsewhere", verified.files_elsewhere).render(lang));
            }
            Ok(DONE)
        }
        Err(difference) => differs(said, store, edition, difference, lang).await,
    }
}

/// What reading the files found.
fn files_told(said: &mut Said, edition: &str, found: Result<FilesVerified, FilesDiffer>, lang: Lang) -> u8 {
    let of = |key: &'static str, whole: &FilesVerified, others: u64| {
        let message = Message::new(key).text("edition", edition).text("files", whole.files.to_string());
        let message = message.text("all", (whole.files + whole.elsewhere + others).to_string());
        message.text("bytes", whole.bytes.to_string()).text("elsewhere", whole.elsewhere.to_string())
    };
    let (whole, others, code) = match &found {
        Ok(whole) if whole.files + whole.elsewhere == 0 => {
            said.line(of("cli-files-none", whole, 0).render(lang));
            (whole, 0, DONE)
        }
        Ok(whole) => {
            if whole.files > 0 {
                said.line(paint(GOOD, of("cli-files-intact", whole, 0).render(lang)));
            }
            (whole, 0, DONE)
        }
        Err(FilesDiffer { first, missing, changed, whole }) => {
            differ(said, edition, std::slice::from_ref(first), lang);
            let others = missing + changed;
            let message = of("cli-files-differ", whole, others).text("missing", missing.to_string());
            said.complain(paint(BAD, message.text("changed", changed.to_string()).render(lang)));
            said.complain(Message::new("cli-files-differ-next").render(lang));
            (whole, others, REFUSED)
        }
    };
    if whole.elsewhere > 0 {
        said.complain(of("cli-files-elsewhere", whole, others).render(lang));
    }
    code
}

/// The first difference of an edition, and what else is found first in each chain.
async fn differs(said: &mut Said, store: &Store, edition: &str, first: Difference, lang: Lang) -> store::Result<u8> {
    let mut all = store.differences(edition).await?;
    if !all.contains(&first) {
        all.insert(0, first);
    }
    differ(said, edition, &all, lang);
    said.complain(Message::new("cli-differs-next").render(lang));
    Ok(REFUSED)
}

fn differ(said: &mut Said, edition: &str, differences: &[Difference], lang: Lang) {
    for (number, difference) in differences.iter().enumerate() {
        let key = if number == 0 { "cli-differs" } else { "cli-differs-also" };
        let message = Message::new(key).text("edition", edition).with("place", reason(&difference.place));
        said.complain(paint(BAD, message.with("why", reason(&difference.why)).render(lang)));
    }
}

/// `paritrana journal show`.
pub fn show(said: &mut Said, database: &Database, asked: &Asked, lang: Lang) -> Result<u8> {
    let since = match asked.since.as_deref().map(instant).transpose() {
        Ok(since) => since,
        Err(text) => {
            said.refuse_with_next(&Message::new("cli-no-instant").text("text", text), lang);
            return Ok(WRONG_USE);
        }
    };
    let wanted = Wanted { who: asked.who.clone(), what: asked.what.clone(), since, ..Wanted::default() };
    asynchronously(said, lang, async |said: &mut Said| {
        let store = Store::open(&place(database)?).await?;
        let editions = store.editions().await?;
        let edition = match (&asked.edition, &editions[..]) {
            (Some(edition), _) => edition.clone(),
            (None, [only]) => only.clone(),
            (None, _) => {
                said.refuse_with_next(&Message::new("cli-which-edition").text("known", editions.join(", ")), lang);
                return Ok(WRONG_USE);
            }
        };
        let edition = store.edition(&edition).await?;
        let leaves = store.leaves(&edition, &wanted, asked.limit, &Names::Hidden).await?;
        let heads = ["list-when", "list-chain", "list-position", "list-by", "list-done", "list-contest", "list-candidate"];
        let mut table = Table::headed(&heads, lang).right(&[false, false, true]);
        for leaf in &leaves {
            let (contest, candidate) = (leaf.act.deed.contest(), leaf.act.deed.candidate());
            table.row(vec![
                (leaf.recorded_at.clone(), QUIET),
                (leaf.chain.clone(), QUIET),
                (leaf.position.to_string(), STRONG),
                (leaf.who.clone(), STRONG),
                (leaf.act.deed.name(), STRONG),
                (contest.map(award::ContestKey::path).unwrap_or_default(), QUIET),
                (candidate.map(ToString::to_string).unwrap_or_default(), STRONG),
            ]);
        }
        table.lines(0).into_iter().for_each(|line| said.line(line));
        if leaves.is_empty() {
            let any = !store.leaves(&edition, &Wanted::default(), 1, &Names::Hidden).await?.is_empty();
            nothing_fits(said, &edition.id, asked, any, lang);
        }
        if leaves.len() == usize::try_from(asked.limit).unwrap_or(usize::MAX) {
            said.line(paint(QUIET, Message::new("cli-journal-more").number("limit", asked.limit).render(lang)));
        }
        store.close().await;
        Ok(DONE)
    })
}

/// Says what was looked for in vain, and how to look for more.
fn nothing_fits(said: &mut Said, edition: &str, asked: &Asked, any: bool, lang: Lang) {
    if !any {
        said.complain(Message::new("cli-journal-nothing").text("edition", edition).render(lang));
        return;
    }
    let told = [("--who", &asked.who), ("--what", &asked.what), ("--since", &asked.since)];
    let told = told.iter().filter_map(|(option, value)| Some(format!("{option} {}", value.as_ref()?)));
    let message = Message::new("cli-journal-empty").text("edition", edition);
    said.complain(message.text("asked", told.collect::<Vec<_>>().join(" ")).render(lang));
    said.complain(Message::new("cli-journal-empty-next").text("edition", edition).render(lang));
}

/// A day (its beginning in UTC) or an instant; the text itself if it is neither.
pub fn instant(text: &str) -> Result<Timestamp, String> {
    let day = |text: &str| text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    text.parse().ok().or_else(|| day(text)).ok_or_else(|| text.to_owned())
}

pub fn place(database: &Database) -> store::Result<Place> {
    let named = database.database.clone().or_else(|| config::value(config::DATABASE));
    named.unwrap_or_default().parse()
}

/// Runs what has to wait for the database; what goes wrong there is told in words, with the next step.
pub fn asynchronously(said: &mut Said, lang: Lang, work: impl AsyncFnOnce(&mut Said) -> office::Result<u8>) -> Result<u8> {
    waiting(tokio::runtime::Builder::new_current_thread(), said, lang, work)
}

/// The same for a server, which answers as many at once as the machine has cores.
pub fn on_all_cores(said: &mut Said, lang: Lang, work: impl AsyncFnOnce(&mut Said) -> office::Result<u8>) -> Result<u8> {
    waiting(tokio::runtime::Builder::new_multi_thread(), said, lang, work)
}

fn waiting(
    mut threads: tokio::runtime::Builder,
    said: &mut Said,
    lang: Lang,
    work: impl AsyncFnOnce(&mut Said) -> office::Result<u8>,
) -> Result<u8> {
    let runtime = threads.enable_all().build().context("starting to wait for the database")?;
    match runtime.block_on(work(said)) {
        Ok(code) => Ok(code),
        Err(error) => {
            said.refuse_with_next(&error.message(), lang);
            Ok(status(&error))
        }
    }
}

/// The exit status that tells what kind of error it was.
fn status(error: &office::Error) -> u8 {
    match error {
        office::Error::Store(error) => match error {
            Error::Address(_) | Error::NoSuchEdition(_) => WRONG_USE,
            Error::NotEmpty { .. }
            | Error::NotABackup { .. }
            | Error::CutOff { .. }
            | Error::NewerBackup { .. }
            | Error::Older { .. }
            | Error::Newer { .. }
            | Error::OtherRulebook(_)
            | Error::Misfit { .. }
            | Error::KeyUsed(_)
            | Error::Key(_) => REFUSED,
            _ => crate::FAILED,
        },
        _ => REFUSED,
    }
}
