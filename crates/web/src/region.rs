//! A region's page, from the province down to the village: where it lies, what lies in it, what it was called, and to which round of the
//! present edition it belongs.

use award::view::{Belongs, belonging};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use places::{By, Level, Place, Places};
use rules::regions::Region;
use rules::rulebook::Text;

use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::history::{names, path, place, province_of};
use crate::visit::Visit;

#[derive(askama::Template)]
#[template(path = "region.html")]
struct Page {
    f: Frame,
    place: &'static Place,
    path: Vec<&'static Place>,
    children: &'static [Place],
    /// How many regions of each level lie in it.
    counts: Vec<(&'static str, usize)>,
    names: Vec<&'static Region>,
    zone: Option<&'static str>,
    edition: Option<(String, Text)>,
    rounds: Vec<Belongs>,
    reached: usize,
}

/// `GET /wilayah/{code}`. A code of former days leads to the region of now.
pub(crate) async fn page(State(app): State<App>, visit: Visit, Path(code): Path<String>) -> Answer {
    let f = Frame::titled(&app, &visit, String::new());
    let place = match place(&code) {
        Ok(place) => place,
        Err(refused) => {
            return match former(&code) {
                Some(now) => Ok(Redirect::to(&f.to(&format!("/wilayah/{}", now.code))).into_response()),
                None => Err(refused),
            };
        }
    };
    let places = Places::shared();
    let present = app.present().await?;
    let known = app.known().await?;
    let province = path(place).first().copied().unwrap_or(place);
    show(&Page {
        children: places.children(place),
        counts: counts(places, place),
        path: path(place),
        names: names(place),
        zone: places.region(province).map(|region| region.time_zone.abbreviation()),
        rounds: present.as_ref().map(|edition| belonging(&edition.rules, place.code)).unwrap_or_default(),
        edition: present.map(|edition| (edition.id.clone(), edition.rules.edition.name.clone())),
        reached: known.annals.iter().map(|annals| annals.of_region(place.code).len()).sum(),
        f: f.called(place.full_name()),
        place,
    })
}

/// The region that had a code in former days.
fn former(code: &str) -> Option<&'static Place> {
    let found = Places::shared().search(code, 2);
    let [one] = found.as_slice() else { return None };
    matches!(one.by, By::FormerCode(known) if known == code).then_some(one.place)
}

fn counts(places: &Places, place: &Place) -> Vec<(&'static str, usize)> {
    let levels = [
        (Level::Regency, "web-region-regencies"),
        (Level::District, "web-region-districts"),
        (Level::Village, "web-region-villages"),
    ];
    let below = levels.into_iter().filter(|(level, _)| *level > place.kind.level());
    let prefix = format!("{}.", place.code);
    let count = |level| places.all(level).iter().filter(|one| one.code.starts_with(&prefix)).count();
    below.map(|(level, key)| (key, count(level))).collect()
}

/// What the level of a region is called.
fn level_of(place: &Place) -> &'static str {
    match place.kind.level() {
        Level::Province => "web-region-level-province",
        Level::Regency => "web-region-level-regency",
        Level::District => "web-region-level-district",
        Level::Village => "web-region-level-village",
    }
}

/// The page of the region in which a round is held; none for the nation and for zones.
fn of_round(round: &Belongs) -> Option<String> {
    let code = round.region.as_deref()?;
    let now = Places::shared().by_code(code).or_else(|| former(code))?;
    Some(format!("/wilayah/{}", now.code))
}
