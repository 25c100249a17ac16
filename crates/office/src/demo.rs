//! A demonstration (peragaan): an invented edition in the middle of its year, so that every page has something to show and every role something
//! to do today, beside a small one that was finished the year before. Everything in it is fictitious and says so in its name.
//!
//! Reading order: `land` (how far each province is), `rulebook` (the editions' rules and calendar around today), `edition` (who takes part),
//! `script` (what has been done until now), `filler` (into the database), [`DemoPerson`] (who can be tried).

mod accounts;
mod candidate;
mod edition;
mod filler;
mod hearing;
mod land;
mod names;
mod paper;
mod people;
mod rulebook;
mod script;

use jiff::Timestamp;
use store::Edition;

use self::edition::{Invented, of_before, of_today};
use self::filler::Filler;
use self::paper::Papers;
pub use self::people::DemoPerson;
use self::rulebook::PREFIX;
use self::script::ORDER;
use crate::office::Office;
use crate::rehearse::year::Round;
use crate::rehearse::{Stage, Stopped};

/// How much is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// All 38 provinces and the edition before.
    Whole,
    /// The provinces in which somebody has something to do.
    Small,
}

/// How far the filling is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The id of the edition that is filled in.
    pub edition: String,
    /// Which stage is played, in all rounds.
    pub stage: Stage,
    /// So many stages of both editions are done.
    pub done: usize,
    /// So many there are.
    pub of: usize,
    /// So many acts of this edition stand.
    pub acts: usize,
}

/// A filled demonstration.
#[derive(Debug, Clone)]
pub struct Demo {
    /// The edition that is under way.
    pub edition: Edition,
    /// Who can be tried, in the order of the process.
    pub people: Vec<DemoPerson>,
    /// So many acts were written; none if it stood there before.
    pub acts: usize,
}

/// Whether an edition is an invented one: pages say so on every one of them, beside its name, which says it too.
///
/// ```
/// assert!(office::demo::is_fictitious("contoh-2026"));
/// assert!(!office::demo::is_fictitious("paritrana-2026"));
/// ```
pub fn is_fictitious(edition: &str) -> bool {
    edition.starts_with(PREFIX) || edition.starts_with("gladi-")
}

/// Fills a database with an invented award year that is under way at an instant, and tells whom to sign in as. If one stands there already
/// nothing is done. The same seed and instant give the same year.
///
/// # Errors
///
/// [`Stopped::There`] if the database holds a demonstration that was not filled to its end; otherwise what stopped it.
pub async fn fill(
    office: &Office,
    seed: u64,
    now: Timestamp,
    size: Size,
    at: &mut (dyn FnMut(&Filled) + Send),
) -> Result<Demo, Stopped> {
    if let Some(known) = standing(office, seed, now).await? {
        return Ok(known);
    }
    let before = Some(of_before(seed, now)).filter(|_| size == Size::Whole);
    let today = of_today(seed, now, size);
    let of = (1 + usize::from(before.is_some())) * (ORDER.len() * 2 + 1);
    let mut filled = Filled { edition: String::new(), stage: Stage::Edition, done: 0, of, acts: 0 };
    let mut acts = 0;
    if let Some(before) = before {
        acts += played(office, before, now, &mut filled, at).await?.1;
    }
    let (edition, own) = played(office, today, now, &mut filled, at).await?;
    let people = accounts::make(office, &of_today(seed, now, size).named(), now).await?;
    Ok(Demo { edition, people, acts: acts + own })
}

/// The demonstration that stands in the database.
async fn standing(office: &Office, seed: u64, now: Timestamp) -> Result<Option<Demo>, Stopped> {
    let editions = office.store().editions().await?;
    let Some(newest) = editions.iter().filter(|id| id.starts_with(PREFIX)).max() else { return Ok(None) };
    let people = accounts::known(office, newest, &of_today(seed, now, Size::Small)).await?;
    let people = people.ok_or_else(|| Stopped::There(newest.clone()))?;
    let edition = office.store().edition(newest).await?;
    Ok(Some(Demo { edition, people, acts: 0 }))
}

/// Plays an edition until now.
async fn played(
    office: &Office,
    invented: Invented,
    now: Timestamp,
    filled: &mut Filled,
    at: &mut (dyn FnMut(&Filled) + Send),
) -> Result<(Edition, usize), Stopped> {
    let (invented, names, grants) = invented.named();
    let year = &invented.year;
    let opened = award::instant(invented.begins.at(8, 0, 0, 0), rules::regions::Zone::Wib);
    let opened = opened.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string();
    // Where there is no place for files, that they are not kept is on record with each act.
    let papers = office.store().files().cloned().map(Papers::new);
    let store = match papers {
        Some(_) => office.store().clone(),
        None => office.store().clone().with_files_elsewhere(),
    };
    let edition = store.open_edition(&year.edition, &year.text, &opened).await?;
    let state = edition.empty();
    let mut filler = Filler { store, edition, year, state, grants, acts: 0, papers, tried: people::cast(year) };
    filled.edition.clone_from(&year.edition);
    filled.stage = Stage::Edition;
    at(filled);
    filler.play(invented.opening(&names)).await?;
    filled.done += 1;
    let provinces: Vec<&Round> = year.provinces.iter().collect();
    for rounds in [provinces, vec![&year.nation]] {
        for stage in ORDER {
            (filled.stage, filled.acts) = (stage, filler.acts);
            at(filled);
            let steps =
                rounds.iter().flat_map(|round| script::of_stage(year, round, invented.post(round), stage, &filler.state, now));
            let steps = steps.collect();
            filler.play(steps).await?;
            filled.done += 1;
        }
    }
    Ok((filler.edition, filler.acts))
}
