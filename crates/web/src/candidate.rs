//! A candidate's own pages: the desk, files, figures, legal products, submission, consent and interview. Whoever may not read a dossier is
//! told the same as if it were not there.

mod beneath;
pub(crate) mod claims;
pub(crate) mod desk;
pub(crate) mod files;
pub(crate) mod hearing;
pub(crate) mod products;
pub(crate) mod send;
pub(crate) mod typed;
pub(crate) mod upload;

pub(crate) use desk::state_chip;

use award::stage::nomination::ConsentState;
use award::view::PersonSeen;
use award::{CandidateId, ContestKey, Refusal};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use office::{Asked, Desk, Done, Looking, Named};
use rules::regions::Zone;
use store::Edition;
use tally::Exact;
use uuid::Uuid;
use words::Message;

use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::refused::Refused;
use crate::who::SignedIn;

/// Edition, contest with `~` for `/`, candidate: as they stand in an address.
pub(crate) type Way = (String, String, String);

/// A candidate in a contest, as an address names it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) edition: Edition,
    pub(crate) key: ContestKey,
    pub(crate) id: CandidateId,
    /// The address of the desk.
    pub(crate) base: String,
}

impl Place {
    pub(crate) async fn of(app: &App, (edition, contest, candidate): &Way) -> Result<Place, Refused> {
        let edition = app.edition(edition).await?;
        let path = contest.replace('~', "/");
        let own = path.strip_prefix(&format!("{}/", edition.id)).unwrap_or(&path);
        let key = ContestKey::parse(own).ok_or_else(Refused::nothing_here)?;
        if award::limit::id(candidate).is_err() {
            return Err(Refused::nothing_here());
        }
        let base = format!("/saya/kandidat/{}/{}~{}/{candidate}", edition.id, edition.id, key.path().replace('/', "~"));
        Ok(Place { edition, key, id: candidate.as_str().into(), base })
    }
}

/// A desk that whoever is signed in may read, with what stands above each of its pages.
pub(crate) struct Opened {
    pub(crate) place: Place,
    pub(crate) desk: Desk,
    pub(crate) looking: Looking,
    pub(crate) top: Top,
}

/// What stands above each page of a candidate.
#[derive(Debug, Clone)]
pub(crate) struct Top {
    pub(crate) name: String,
    pub(crate) category: String,
    pub(crate) region: String,
    /// Whether a proposal waits for the answer of whoever looks.
    pub(crate) awaits_consent: bool,
    pub(crate) base: String,
    pub(crate) zone: Zone,
}

/// The desk of a candidate; the page that there is nothing, if there is none or it is somebody else's.
pub(crate) async fn open(app: &App, signed: &SignedIn, way: &Way, page: &str) -> Result<Opened, Refused> {
    opened(app, signed, way, signed.who.looking(signed.visit.now, page, "own dossier")).await
}

/// The same after a file has come, which may take an hour: the roles are those of now, and no longer those with which the request began.
pub(crate) async fn open_again(app: &App, signed: &SignedIn, way: &Way, page: &str) -> Result<Opened, Refused> {
    let looking = Looking { roles: None, at: app.now(), ..signed.who.looking(signed.visit.now, page, "own dossier") };
    opened(app, signed, way, looking).await
}

async fn opened(app: &App, signed: &SignedIn, way: &Way, looking: Looking) -> Result<Opened, Refused> {
    let place = Place::of(app, way).await?;
    let desk = app.office().desk(&place.edition, &looking, &place.key, &place.id).await?;
    let desk = desk.and_then(Result::ok).ok_or_else(Refused::nothing_here)?;
    let (seen, lang) = (&desk.candidate, signed.visit.asked.lang);
    let category = seen.category_name.clone().map_or_else(
        || seen.category.clone(),
        |name| match lang {
            words::Lang::Id => name.id,
            words::Lang::En => name.en,
        },
    );
    let top = Top {
        name: seen.name.clone(),
        category,
        region: seen.region_name.clone(),
        awaits_consent: desk.is_own && seen.consent == Some(ConsentState::Awaited),
        base: place.base.clone(),
        zone: award::rule::zone_of(&place.edition.empty(), &place.key),
    };
    Ok(Opened { place, desk, looking, top })
}

impl Opened {
    /// Refuses whoever may read the dossier and not its figures.
    pub(crate) fn may_read_figures(&self) -> Result<(), Refused> {
        self.desk.figures.clone().map_err(|why| Refused::by_rule(*why))
    }

    /// The frame of a page of this candidate.
    pub(crate) fn frame(&self, app: &App, signed: &SignedIn, title: &str) -> Frame {
        let f = Frame::new(app, &signed.visit, title).of(&self.place.edition);
        let title = format!("{} · {}", f.title, self.top.name);
        f.called(title)
    }
}

/// The id of a request: the one that a form was made with, or a new one where that is none.
pub(crate) fn key(given: &str) -> String {
    Uuid::parse_str(given).unwrap_or_else(|_| Uuid::now_v7()).to_string()
}

/// The id of a request that a new form will send.
pub(crate) fn new_key() -> String {
    Uuid::now_v7().to_string()
}

/// What whoever is signed in asks for.
pub(crate) fn asks(signed: &SignedIn, given: &str) -> Result<Asked, Refused> {
    signed.who.asks(key(given), signed.visit.now).ok_or_else(Refused::nothing_here)
}

/// What is said beside a form: what stands in the way, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wrong {
    pub(crate) why: String,
    pub(crate) next: String,
    /// The field that cannot be read, if it is one.
    pub(crate) field: Option<&'static str>,
}

impl Wrong {
    pub(crate) fn by_rule(f: &Frame, refusal: &Refusal) -> Wrong {
        Wrong { why: f.say(&refusal.rule), next: f.say(&refusal.next), field: None }
    }

    /// A text of ours; the next step stands under its key with `-next`.
    pub(crate) fn of(f: &Frame, key: &str) -> Wrong {
        Wrong { why: f.t(key), next: f.t(&format!("{key}-next")), field: None }
    }

    /// The same, of a field.
    pub(crate) fn at(self, field: &'static str) -> Wrong {
        Wrong { field: Some(field), ..self }
    }

    pub(crate) fn is_at(&self, field: &str) -> bool {
        self.field == Some(field)
    }

    /// Why something was not done; none if it was.
    pub(crate) fn left(f: &Frame, done: &Done) -> Option<Wrong> {
        match done {
            Done::Recorded(_) => None,
            Done::Refused(refusal) => Some(Wrong::by_rule(f, refusal)),
            Done::Stale(_) => Some(Wrong::of(f, "web-candidate-stale")),
        }
    }
}

/// What became of an act. A form that was recorded and came once more with something else in it, because the answer to the first was lost on the line,
/// is told so beside the form.
pub(crate) fn settled(done: Result<Done, office::Error>) -> Result<Done, Refused> {
    match done {
        Err(office::Error::Store(store::Error::KeyUsed(_))) => {
            let why = Refusal::new(Message::new("web-form-used"), Message::new("web-form-used-next"));
            Ok(Done::Refused(Box::new(why)))
        }
        done => Ok(done?),
    }
}

/// To another page of ours, after something was done.
pub(crate) fn go(f: &Frame, path: &str) -> Response {
    Redirect::to(&f.to(path)).into_response()
}

/// A page that says beside its form why nothing was done; what was typed stands in it.
pub(crate) fn show_wrong(template: &impl askama::Template) -> Answer {
    let mut shown = show(template)?;
    *shown.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(shown)
}

/// An exact number with two decimals, as the visit's language writes it.
pub(crate) fn points(f: &Frame, exact: &str) -> String {
    exact.parse::<Exact>().map_or_else(|_| exact.to_owned(), |exact| f.number(exact.fixed(2)))
}

/// A size for people.
pub(crate) fn size(f: &Frame, bytes: u64) -> String {
    words::size(bytes, f.lang)
}

/// Who did something: oneself, or somebody by name, with the office or the role.
pub(crate) fn by(f: &Frame, people: &Named, who: &str) -> String {
    let own = f.who.as_ref().is_some_and(|own| own.person.as_str() == who);
    match people.get(who) {
        _ if own => f.t("web-candidate-you"),
        Some(seen) => person(f, seen),
        None => f.t("web-person-nameless"),
    }
}

/// Somebody by name, with the office held or else the role.
pub(crate) fn person(f: &Frame, seen: &PersonSeen) -> String {
    let name = crate::panels::name(&seen.name, f);
    match (&seen.office, &seen.role) {
        (Some(office), _) => format!("{name}, {office}"),
        (None, Some(role)) => format!("{name}, {}", f.tell(role)),
        (None, None) => name,
    }
}

/// A moment in the zone of the contest.
pub(crate) fn when(f: &Frame, top: &Top, at: &Timestamp) -> String {
    f.moment(at, &top.zone)
}

/// A word of the rulebook for people: what is known has a text, anything else is shown as it stands.
pub(crate) fn word(f: &Frame, word: &str) -> String {
    f.say(&Message::new("web-enter-word").with("what", rules::word(word)))
}
