//! What every page has at hand: the office, the clock, the settings and what is kept in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use award::PersonId;
use axum::http::StatusCode;
use jiff::Timestamp;
use office::Office;
use store::Edition;
use words::Message;

use crate::cache::Cache;
use crate::found::Finder;
use crate::logged::Measures;
use crate::refused::Refused;

/// So long an answer to "has anything happened?" holds before the database is asked again.
const STAMP_HOLDS: Duration = Duration::from_secs(1);

/// What whoever runs the pages decides.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether the year is invented: then every page says so.
    pub sample: bool,
    /// The edition that the front page is of; the last one opened if none is named.
    pub edition: Option<String>,
    /// Whether pages are reached by https, so that cookies may say `Secure`.
    pub secure: bool,
    /// Who may read `/metrics` from elsewhere: whoever shows this token.
    pub metrics_token: Option<String>,
    /// How long a sign-in lasts.
    pub limits: office::Limits,
    /// What files are taken, and who looks for viruses in them.
    pub uploads: office::UploadRules,
    /// How many proxies stand in front whose `X-Forwarded-For` is believed.
    pub proxies: usize,
    /// What time it is.
    pub clock: fn() -> Timestamp,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            sample: false,
            edition: None,
            secure: false,
            metrics_token: None,
            limits: office::Limits::default(),
            uploads: office::UploadRules::default(),
            proxies: 0,
            clock: Timestamp::now,
        }
    }
}

/// What every page has at hand. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    office: Office,
    settings: Settings,
    cache: Cache,
    finder: Finder,
    measures: Measures,
    editions: Mutex<BTreeMap<String, Edition>>,
    stamp: Mutex<Option<(Instant, u64)>>,
    /// Which edition was under way, at which stamp.
    running: Mutex<Option<(u64, String)>>,
    /// Whoever reads a rulebook holds this; the others wait for it.
    reading: tokio::sync::Mutex<()>,
    /// Whoever asks the database for the stamp holds this; the others wait for what it says.
    asking: tokio::sync::Mutex<()>,
    /// How many forms with files are on their way, by who sends them.
    sending: Mutex<BTreeMap<PersonId, usize>>,
}

/// So many forms with files one person may send at once: each lies on this node's disk until it is whole.
const FORMS_AT_ONCE: usize = 3;

/// A form with a file on its way.
pub(crate) struct Sending(App, PersonId);

impl Drop for Sending {
    fn drop(&mut self) {
        let mut sending = self.0.0.sending.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(forms) = sending.get_mut(&self.1) {
            *forms -= 1;
            if *forms == 0 {
                sending.remove(&self.1);
            }
        }
    }
}

impl App {
    /// Counts a form with a file as long as what comes back lives; a refusal if too many of the same person are on their way.
    pub(crate) fn sending(&self, person: &PersonId) -> Result<Sending, Refused> {
        let mut sending = self.0.sending.lock().unwrap_or_else(PoisonError::into_inner);
        let forms = sending.entry(person.clone()).or_default();
        if *forms >= FORMS_AT_ONCE {
            return Err(Refused::new(StatusCode::TOO_MANY_REQUESTS, Message::new("web-too-many-files")));
        }
        *forms += 1;
        Ok(Sending(self.clone(), person.clone()))
    }

    /// Pages over an office.
    pub fn new(office: Office, settings: Settings) -> App {
        App(Arc::new(Inner {
            office,
            settings,
            cache: Cache::default(),
            finder: Finder::default(),
            measures: Measures::default(),
            editions: Mutex::default(),
            stamp: Mutex::default(),
            running: Mutex::default(),
            reading: tokio::sync::Mutex::default(),
            asking: tokio::sync::Mutex::default(),
            sending: Mutex::default(),
        }))
    }

    /// The use cases.
    pub fn office(&self) -> &Office {
        &self.0.office
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    pub(crate) fn cache(&self) -> &Cache {
        &self.0.cache
    }

    pub(crate) fn finder(&self) -> &Finder {
        &self.0.finder
    }

    pub(crate) fn measures(&self) -> &Measures {
        &self.0.measures
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.0.settings.clock)()
    }

    /// A number that is another one whenever anything was recorded; at most a second old.
    pub(crate) async fn stamp(&self) -> Result<u64, Refused> {
        if let Some(stamp) = self.held_stamp() {
            return Ok(stamp);
        }
        let _asking = self.0.asking.lock().await;
        if let Some(stamp) = self.held_stamp() {
            return Ok(stamp);
        }
        let stamp = self.office().store().leaves_in_all().await?;
        *self.0.stamp.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), stamp));
        Ok(stamp)
    }

    /// The same number, if it was asked for a moment ago.
    pub(crate) fn held_stamp(&self) -> Option<u64> {
        let held = *self.0.stamp.lock().unwrap_or_else(PoisonError::into_inner);
        held.filter(|(asked, _)| asked.elapsed() < STAMP_HOLDS).map(|(_, stamp)| stamp)
    }

    /// An edition by its id, with its rulebook read once. An edition never changes its rulebook.
    pub(crate) async fn edition(&self, id: &str) -> Result<Edition, Refused> {
        if let Some(known) = self.known_edition(id) {
            return Ok(known);
        }
        let _reading = self.0.reading.lock().await;
        if let Some(known) = self.known_edition(id) {
            return Ok(known);
        }
        if !self.office().store().editions().await?.iter().any(|known| known == id) {
            return Err(Refused::nothing_here());
        }
        let edition = self.office().store().edition(id).await?;
        self.0.editions.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), edition.clone());
        Ok(edition)
    }

    fn known_edition(&self, id: &str) -> Option<Edition> {
        self.0.editions.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// The edition that the front page is of, if there is any.
    pub(crate) async fn present(&self) -> Result<Option<Edition>, Refused> {
        let ids = self.office().store().editions().await?;
        let wanted = self.settings().edition.as_ref().filter(|wanted| ids.contains(wanted));
        let id = match wanted {
            Some(wanted) => Some(wanted.clone()),
            None => self.newest(&ids).await?,
        };
        match id {
            Some(id) => Ok(Some(self.edition(&id).await?)),
            None => Ok(None),
        }
    }

    /// The edition under way as last found out, by its id; none while nobody has looked.
    pub(crate) fn running(&self) -> Option<String> {
        let running = self.0.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.as_ref().map(|(_, id)| id.clone())
    }

    /// Finds out which edition is under way, where anything was recorded since somebody looked. What cannot be found out stays as it was.
    pub(crate) async fn look_what_runs(&self) {
        let Ok(stamp) = self.stamp().await else { return };
        let seen = self.0.running.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|(seen, _)| *seen);
        if seen == Some(stamp) {
            return;
        }
        if let Ok(Some(edition)) = self.present().await {
            *self.0.running.lock().unwrap_or_else(PoisonError::into_inner) = Some((stamp, edition.id));
        }
    }

    async fn newest(&self, ids: &[String]) -> Result<Option<String>, Refused> {
        let mut newest = None;
        for id in ids {
            let assessed = self.edition(id).await?.rules.edition.assessment_to;
            if newest.as_ref().is_none_or(|(last, _)| *last <= assessed) {
                newest = Some((assessed, id.clone()));
            }
        }
        Ok(newest.map(|(_, id)| id))
    }
}
