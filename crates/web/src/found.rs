//! What searches and histories are made of: what every edition made public, and the names of all who reached something. Worked out anew when
//! something was recorded, at most every few seconds; only what is public ever comes into it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use award::cycle::tables::PastStanding;
use award::history::Identity;
use award::view::{Annals, Reached};
use office::Looking;
use places::{Organisation, Organisations, Places};
use store::Edition;
use tokio::sync::Mutex;

use crate::app::App;
use crate::refused::Refused;

/// Not sooner is it worked out again, however much is recorded meanwhile.
pub(crate) const HOLDS: Duration = Duration::from_secs(5);

/// All that is public, at one moment.
pub(crate) struct Known {
    /// The newest first.
    pub(crate) editions: Vec<Edition>,
    /// The same order.
    pub(crate) annals: Vec<Annals>,
    pub(crate) organisations: Organisations,
    by_id: BTreeMap<String, Organisation>,
}

#[derive(Default)]
pub(crate) struct Finder(pub(crate) Mutex<Option<(Instant, u64, Arc<Known>)>>);

impl App {
    /// All that is public.
    pub(crate) async fn known(&self) -> Result<Arc<Known>, Refused> {
        let stamp = self.stamp().await?;
        let mut held = self.finder().0.lock().await;
        if let Some((made, of, known)) = held.as_ref()
            && (*of == stamp || made.elapsed() < HOLDS)
        {
            return Ok(known.clone());
        }
        let known = Arc::new(self.look_around().await?);
        *held = Some((Instant::now(), stamp, known.clone()));
        Ok(known)
    }

    /// Whether what searches and histories were last made of stood before something that was recorded up to `stamp`.
    pub(crate) async fn knows_less_than(&self, stamp: u64) -> bool {
        self.finder().0.lock().await.as_ref().is_some_and(|(_, of, _)| *of != stamp)
    }

    async fn look_around(&self) -> Result<Known, Refused> {
        let mut editions = Vec::new();
        for id in self.office().store().editions().await? {
            editions.push(self.edition(&id).await?);
        }
        editions.sort_by_key(|edition| std::cmp::Reverse((edition.rules.edition.assessment_to, edition.id.clone())));
        let looking = Looking::public(self.now(), "annals");
        let mut annals = Vec::new();
        for edition in &editions {
            annals.push(self.office().annals(edition, &looking).await?);
        }
        let by_id = organisations(&annals);
        let organisations = Organisations::new(Places::shared(), by_id.values().cloned());
        Ok(Known { editions, annals, organisations, by_id })
    }
}

impl Known {
    /// An organisation that reached something, or of which a source tells so.
    pub(crate) fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.by_id.get(id)
    }

    /// What sources tell of years before, each told once, the latest first.
    pub(crate) fn told(&self) -> Vec<&PastStanding> {
        let mut told: BTreeMap<(i16, String), &PastStanding> = BTreeMap::new();
        for standing in self.annals.iter().flat_map(|annals| &annals.told) {
            told.entry((-standing.year, standing.name())).or_insert(standing);
        }
        told.into_values().collect()
    }
}

/// By what an organisation is known in all editions.
pub(crate) fn identity(organisation: &Organisation) -> Identity {
    let names = std::iter::once(&organisation.name).chain(&organisation.other_names);
    Identity { ids: vec![organisation.id.as_str().into()], names: names.cloned().collect() }
}

/// Everybody who reached something in what is public, by id; the name is that of the latest edition. Who is only told of has its name as id.
fn organisations(annals: &[Annals]) -> BTreeMap<String, Organisation> {
    let mut known: BTreeMap<String, Organisation> = BTreeMap::new();
    for (year, reached) in annals.iter().flat_map(|year| year.reached.iter().map(move |reached| (year, reached))) {
        let first = || organisation(year, reached);
        let held = known.entry(reached.candidate.to_string()).or_insert_with(first);
        if held.name != reached.name && !held.other_names.contains(&reached.name) {
            held.other_names.push(reached.name.clone());
        }
    }
    let named: std::collections::BTreeSet<String> = known
        .values()
        .flat_map(|one| std::iter::once(&one.name).chain(&one.other_names))
        .map(|name| name.to_lowercase())
        .collect();
    for told in annals.iter().flat_map(|year| &year.told) {
        let is_known = named.contains(&told.organisation.to_lowercase()) || known.contains_key(&told.organisation);
        if !is_known {
            let (id, place) = (told.organisation.clone(), told.region.clone());
            known.insert(id.clone(), Organisation { name: id.clone(), id, other_names: Vec::new(), place });
        }
    }
    known
}

fn organisation(year: &Annals, reached: &Reached) -> Organisation {
    let place = year.is_country.then(|| year.code_now(&reached.region));
    Organisation { id: reached.candidate.to_string(), name: reached.name.clone(), other_names: Vec::new(), place }
}
