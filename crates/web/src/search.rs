//! The search: organisations, regions and all villages, however they are spelt. A plain GET, and the same list as one types.

use axum::extract::State;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use places::{By, Found, FoundOrganisation, How, Level, Places};
use words::Message;

use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::given::{Given, first};
use crate::refused::Refused;
use crate::taking_part::above;
use crate::visit::Visit;

/// So many regions are looked at for what is shown.
const PLACES_MAX: usize = 240;
/// Where fewer regions are called so, those that are called nearly so are looked for as well.
const ENOUGH: usize = 60;
/// So many organisations are counted at most.
const ORGANISATIONS_MAX: usize = 1_000;
/// So many of a group are shown at first.
const GROUP_MAX: usize = 12;
/// So many of a group are shown to whoever wants more.
const GROUP_MORE: usize = 48;

/// What the group of villages is called in the page.
const VILLAGES: &str = "desa";

/// Something that was found.
struct Hit {
    name: String,
    path: String,
    href: String,
    history: Option<String>,
    how: Option<Message>,
}

/// Hits of one sort.
struct Group {
    id: &'static str,
    title: &'static str,
    hits: Vec<Hit>,
    /// How many there are, also those that are not shown.
    count: usize,
}

impl Group {
    /// How many are not shown.
    fn rest(&self) -> usize {
        self.count.saturating_sub(self.hits.len())
    }
}

/// What was looked for and found.
struct Results {
    query: String,
    groups: Vec<Group>,
    /// How many there are of all, also those that are not shown.
    count: usize,
    /// Where more of them are shown; none where nothing is cut off, or no more are ever shown.
    more: Option<String>,
}

impl Results {
    fn shown(&self) -> usize {
        self.groups.iter().map(|group| group.hits.len()).sum()
    }

    /// How everything was found, where that is the same of all: said once.
    fn how(&self) -> Option<&Message> {
        let mut hits = self.groups.iter().flat_map(|group| &group.hits);
        let first = hits.next()?.how.as_ref()?;
        hits.all(|hit| hit.how.as_ref() == Some(first)).then_some(first)
    }

    /// Whether villages are among those that are cut off: the name of the regency finds fewer.
    fn cuts_villages(&self) -> bool {
        self.groups.iter().any(|group| group.id == VILLAGES && group.rest() > 0)
    }
}

#[derive(askama::Template)]
#[template(path = "search.html")]
struct Page {
    f: Frame,
    query: String,
    results: Results,
    is_alone: bool,
}

#[derive(askama::Template)]
#[template(path = "part/found.html")]
struct Fragment {
    f: Frame,
    results: Results,
    /// Whether it is put into a page that stands.
    is_alone: bool,
}

/// `GET /cari`
pub(crate) async fn page(State(app): State<App>, visit: Visit, given: Given) -> Answer {
    let f = Frame::new(&app, &visit, "web-search-title");
    let results = results(&app, &f, &given).await?;
    let f = match results.query.as_str() {
        "" => f,
        query => {
            let title = f.with("web-search-titled", query);
            f.called(title)
        }
    };
    show(&Page { f, query: results.query.clone(), results, is_alone: false })
}

/// `GET /cari/hasil`: only what was found.
pub(crate) async fn found(State(app): State<App>, visit: Visit, given: Given) -> Answer {
    let f = Frame::new(&app, &visit, "web-search-title");
    let results = results(&app, &f, &given).await?;
    show(&Fragment { f, results, is_alone: true })
}

async fn results(app: &App, f: &Frame, given: &Given) -> Result<Results, Refused> {
    let query = first(given, "q").unwrap_or_default();
    if query.is_empty() {
        return Ok(Results { query, groups: Vec::new(), count: 0, more: None });
    }
    let shown = if first(given, "banyak").is_some_and(|many| many == GROUP_MORE.to_string()) { GROUP_MORE } else { GROUP_MAX };
    let known = app.known().await?;
    let places = Places::shared();
    let counted = places.search_and_count(&query, PLACES_MAX, ENOUGH);
    let of = |level: fn(Level) -> bool| -> Vec<Hit> {
        let own = counted.found.iter().filter(move |found| level(found.place.kind.level()));
        own.take(shown).map(|found| of_place(f, places, found)).collect()
    };
    let organisations = known.organisations.search(places, &query, ORGANISATIONS_MAX);
    let [provinces, regencies, districts, villages] = counted.of_level;
    let groups = [
        Group {
            id: "organisasi",
            title: "web-search-organisations",
            hits: organisations.iter().take(shown).map(|found| of_organisation(f, places, found)).collect(),
            count: organisations.len(),
        },
        Group {
            id: "wilayah",
            title: "web-search-regions",
            hits: of(|level| level != Level::Village),
            count: provinces + regencies + districts,
        },
        Group { id: VILLAGES, title: "web-search-villages", hits: of(|level| level == Level::Village), count: villages },
    ];
    let groups: Vec<Group> = groups.into_iter().filter(|group| group.count > 0).collect();
    let is_cut = shown < GROUP_MORE && groups.iter().any(|group| group.rest() > 0);
    let more = format!("/cari?q={}&banyak={GROUP_MORE}", utf8_percent_encode(&query, NON_ALPHANUMERIC));
    let count = groups.iter().map(|group| group.count).sum();
    Ok(Results { query, count, groups, more: is_cut.then(|| f.to(&more)) })
}

fn of_place(f: &Frame, places: &Places, found: &Found<'_>) -> Hit {
    let how = match (found.by, found.how) {
        (By::FormerName(name), _) => Some(Message::new("web-search-former-name").text("what", name)),
        (By::FormerCode(code), _) => Some(Message::new("web-search-former-code").text("what", code)),
        (By::OtherName(name), _) => Some(Message::new("web-search-other-name").text("what", name)),
        (By::Code, _) => Some(Message::new("web-search-code").text("what", found.place.code)),
        (By::Name, how) => spelt(how),
    };
    Hit {
        name: found.place.full_name(),
        path: above(f, places, found.place),
        href: f.to(&format!("/wilayah/{}", found.place.code)),
        history: Some(f.to(&format!("/riwayat/wilayah/{}", found.place.code))),
        how,
    }
}

fn spelt(how: How) -> Option<Message> {
    match how {
        How::Close { .. } => Some(Message::new("web-search-close")),
        How::Spelling => Some(Message::new("web-search-spelling")),
        How::Exact | How::Beginning | How::Word => None,
    }
}

fn of_organisation(f: &Frame, places: &Places, found: &FoundOrganisation<'_>) -> Hit {
    let organisation = found.organisation;
    let other = found.other_name.map(|name| Message::new("web-search-former-name").text("what", name));
    let place = organisation.place.as_deref().and_then(|code| places.by_code(code));
    Hit {
        name: organisation.name.clone(),
        path: place.map(|place| format!("{} › {}", place.full_name(), above(f, places, place))).unwrap_or_default(),
        href: f.to(&of_id(&organisation.id)),
        history: None,
        how: other.or_else(|| spelt(found.how)),
    }
}

/// Where an organisation's years stand.
pub(crate) fn of_id(id: &str) -> String {
    format!("/riwayat/organisasi/{}", utf8_percent_encode(id, NON_ALPHANUMERIC))
}
