//! Riwayat: what was reached, year by year, in a region, by an organisation. Only what is public, and with a word where years do not compare.

use award::ContestKey;
use award::cycle::tables::PastStanding;
use award::history::{Break, Placing, Row, Why};
use award::view::{Annals, Reached, ReachedHere};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use office::Looking;
use places::{Level, Place, Places};
use rules::regions::Region;
use rules::rulebook::Text;
use tally::Exact;
use words::Message;

use crate::app::App;
use crate::chart::Chart;
use crate::found::{Known, identity};
use crate::frame::{Answer, Frame, show, year_of};
use crate::refused::Refused;
use crate::search::of_id;
use crate::visit::Visit;

/// So many winners of a contest stand on the page of all years.
const WINNERS_SHOWN: usize = 9;
/// So many contests of an edition stand there.
const CONTESTS_SHOWN: usize = 30;

#[derive(askama::Template)]
#[template(path = "years.html")]
struct Years<'k> {
    f: Frame,
    years: Vec<Year<'k>>,
    told: Vec<(i16, Vec<&'k PastStanding>)>,
}

/// An edition with who won it.
struct Year<'k> {
    annals: &'k Annals,
    winners: usize,
    /// By contest, in the order of the rulebook.
    groups: Vec<Group<'k>>,
    is_cut: bool,
}

/// A contest with its winners.
struct Group<'k> {
    contest: &'k str,
    category: &'k Text,
    /// The region of the round; none for the nation.
    round: Option<String>,
    level: &'k Text,
    winners: Vec<&'k Reached>,
    more: usize,
}

/// `GET /riwayat`
pub(crate) async fn years(State(app): State<App>, visit: Visit) -> Answer {
    let f = Frame::new(&app, &visit, "web-history-title");
    let known = app.known().await?;
    let mut told: Vec<(i16, Vec<&PastStanding>)> = Vec::new();
    for standing in known.told() {
        match told.last_mut().filter(|(year, _)| *year == standing.year) {
            Some((_, own)) => own.push(standing),
            None => told.push((standing.year, vec![standing])),
        }
    }
    show(&Years { f, years: known.annals.iter().map(year).collect(), told })
}

fn year(annals: &Annals) -> Year<'_> {
    let winners = annals.winners();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for won in &winners {
        match groups.iter_mut().find(|group| group.contest == won.contest) {
            Some(group) if group.winners.len() < WINNERS_SHOWN => group.winners.push(won),
            Some(group) => group.more += 1,
            None => groups.push(Group {
                contest: &won.contest,
                category: &won.category_name,
                round: round_name(&won.contest),
                level: &won.level_name,
                winners: vec![won],
                more: 0,
            }),
        }
    }
    let is_cut = groups.len() > CONTESTS_SHOWN;
    groups.truncate(CONTESTS_SHOWN);
    Year { annals, winners: winners.len(), groups, is_cut }
}

/// What the region of a contest's round is called.
fn round_name(contest: &str) -> Option<String> {
    let region = ContestKey::parse(contest)?.round.region?;
    Some(Places::shared().by_code(&region).map_or(region, |place| place.name.to_owned()))
}

#[derive(askama::Template)]
#[template(path = "region-history.html")]
struct OfRegion<'k> {
    f: Frame,
    place: &'static Place,
    path: Vec<&'static Place>,
    names: Vec<&'static Region>,
    years: Vec<(&'k Annals, Vec<ReachedHere<'k>>)>,
    chart: Option<Chart>,
    counts: Vec<(&'k Annals, usize, usize)>,
}

/// `GET /riwayat/wilayah/{code}`
pub(crate) async fn region(State(app): State<App>, visit: Visit, Path(code): Path<String>) -> Answer {
    let place = place(&code)?;
    let f = Frame::new(&app, &visit, "web-history-title");
    let title = f.with("web-history-of", place.full_name());
    let known = app.known().await?;
    let years: Vec<_> = known.annals.iter().map(|annals| (annals, annals.of_region(place.code))).collect();
    let years: Vec<_> = years.into_iter().filter(|(_, reached)| !reached.is_empty()).collect();
    let counts: Vec<_> = years.iter().map(|(annals, reached)| (*annals, stood(reached), awarded(reached))).collect();
    let bars = counts.iter().rev().map(|(annals, _, awarded)| {
        let count = u32::try_from(*awarded).unwrap_or(u32::MAX);
        (year_of(f.text(&annals.name), annals.assessed.1.year()), Exact::from(count), awarded.to_string())
    });
    let chart = Chart::of(bars.collect());
    show(&OfRegion { f: f.called(title), place, path: path(place), names: names(place), years, chart, counts })
}

/// How many candidates stood.
fn stood(reached: &[ReachedHere<'_>]) -> usize {
    reached.iter().map(|here| &here.reached.candidate).collect::<std::collections::BTreeSet<_>>().len()
}

/// How many of them hold an award at some level.
fn awarded(reached: &[ReachedHere<'_>]) -> usize {
    let holds = reached.iter().filter(|here| !here.reached.awards.is_empty() && !here.reached.is_out);
    holds.map(|here| &here.reached.candidate).collect::<std::collections::BTreeSet<_>>().len()
}

/// A region by its code of now, or why there is no page of it.
pub(crate) fn place(code: &str) -> Result<&'static Place, Refused> {
    let shown: String = code.chars().filter(|letter| !letter.is_control()).take(20).collect();
    let unknown = || Refused::new(StatusCode::NOT_FOUND, Message::new("web-region-unknown").text("code", shown));
    Places::shared().by_code(code).ok_or_else(unknown)
}

/// The regions above, the province first.
pub(crate) fn path(place: &'static Place) -> Vec<&'static Place> {
    let mut above: Vec<_> = Places::shared().path(place).skip(1).collect();
    above.reverse();
    above
}

/// What a region was called when, and to which province it belonged; of a district or village nothing is known.
pub(crate) fn names(place: &Place) -> Vec<&'static Region> {
    if place.kind.level() > Level::Regency {
        return Vec::new();
    }
    let regions = rules::regions::Regions::embedded();
    Places::shared().region(place).map(|region| regions.history_of(&region.id).collect()).unwrap_or_default()
}

/// The name of a province in those days.
pub(crate) fn province_of(region: &Region) -> Option<&'static str> {
    let regions = rules::regions::Regions::embedded();
    regions.parent_on(&region.id, region.valid_from).map(|province| province.name.as_str())
}

#[derive(askama::Template)]
#[template(path = "organisation.html")]
struct OfOrganisation {
    f: Frame,
    name: String,
    other_names: Vec<String>,
    place: Option<&'static Place>,
    rows: Vec<Line>,
    breaks: Vec<(String, String, Vec<Message>)>,
    chart: Option<Chart>,
}

/// A line of an organisation's years.
struct Line {
    /// With the year judged where nobody would know it otherwise.
    edition: String,
    /// The edition's id where it has pages of its own.
    id: Option<String>,
    level: Option<Text>,
    category: Option<Text>,
    placings: Vec<(Message, &'static str, &'static str)>,
    total: Option<String>,
}

/// `GET /riwayat/organisasi/{id}`
pub(crate) async fn organisation(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Answer {
    let known = app.known().await?;
    let organisation =
        known.organisation(&id).ok_or_else(|| Refused::new(StatusCode::NOT_FOUND, Message::new("web-organisation-unknown")))?;
    let f = Frame::titled(&app, &visit, organisation.name.clone());
    let looking = Looking::public(visit.now, "organisation");
    let series = app.office().organisation(&known.editions, &looking, &identity(organisation)).await?.series;
    let rows = series.rows.iter().rev().map(|row| line(&f, &known, row)).collect();
    show(&OfOrganisation {
        name: organisation.name.clone(),
        other_names: organisation.other_names.clone(),
        place: organisation.place.as_deref().and_then(|code| Places::shared().by_code(code)),
        chart: totals(&f, &known, &series.rows, &series.breaks),
        breaks: breaks(&known, &f, &series.breaks),
        rows,
        f,
    })
}

fn line(f: &Frame, known: &Known, row: &Row) -> Line {
    let edition = known.editions.iter().find(|edition| edition.id == row.edition || edition.rules.edition.id == row.edition);
    let rules = edition.map(|edition| &edition.rules);
    // Of a year that is only told of there are no rules; what is called so in another year is meant.
    let all = || rules.into_iter().chain(known.editions.iter().map(|edition| &edition.rules));
    let level = row.level.as_deref().and_then(|level| all().find_map(|rules| rules.level(level)).map(|level| level.name.clone()));
    let named = |id: &String| {
        let category = all().find_map(|rules| rules.category(id)).map(|category| category.name.clone());
        category.unwrap_or_else(|| Text { id: id.clone(), en: id.clone() })
    };
    let category = row.category.as_ref().map(named);
    let placing = |placing: &Placing| match placing {
        Placing::Place { place, among, .. } => {
            (Message::new("web-history-place").number("place", place).number("among", among), "", "")
        }
        Placing::Award(id) => {
            let award = rules.and_then(|rules| rules.awards.iter().find(|award| award.id == *id));
            let name = award.map_or(id.as_str(), |award| f.text(&award.name));
            (Message::new("web-enter-word").text("what", name), "tunggu", "★")
        }
        Placing::Told { standing, value } => (told_as(standing, value.as_deref()), "diam", "❞"),
        Placing::Revoked => (Message::new("web-history-revoked"), "tolak", "✕"),
    };
    let name = edition_name(f, known, &row.edition);
    let judged = row.year.to_string();
    Line {
        edition: if name.contains(&judged) || edition.is_some() { name } else { format!("{name} ({judged})") },
        id: edition.map(|edition| edition.id.clone()),
        level,
        category,
        placings: row.placings.iter().map(placing).collect(),
        total: row.total.as_ref().map(|total| f.number(total.fixed(2))),
    }
}

/// What a source tells, in words.
pub(crate) fn told_as(standing: &str, value: Option<&str>) -> Message {
    const KNOWN: [&str; 6] = ["candidate", "nominated_top", "final_top", "place", "winner", "title"];
    let key = if KNOWN.contains(&standing) { standing.replace('_', "-") } else { "other".to_owned() };
    Message::new(format!("web-told-{key}")).text("value", value.unwrap_or_default())
}

/// Totals beside each other, at the highest level and only as far back as they compare.
fn totals(f: &Frame, known: &Known, rows: &[Row], breaks: &[Break]) -> Option<Chart> {
    let last = rows.iter().rev().find(|row| row.total.is_some())?;
    let mut run: Vec<&Row> = Vec::new();
    for row in rows.iter().rev().filter(|row| row.level == last.level && row.total.is_some()) {
        let breaks_off = run.last().is_some_and(|later| {
            breaks.iter().any(|gap| gap.of == "total" && gap.from == row.edition && gap.to == later.edition)
        });
        if breaks_off {
            break;
        }
        run.push(row);
    }
    let bars = run.iter().rev().filter_map(|row| {
        let total = row.total.clone()?;
        let written = f.number(total.fixed(2));
        Some((year_of(&edition_name(f, known, &row.edition), row.year), total, written))
    });
    Chart::of(bars.collect())
}

/// What an edition is called, given by its id or that of its rulebook; one that is only told of is called by its id.
fn edition_name(f: &Frame, known: &Known, id: &str) -> String {
    let edition = known.editions.iter().find(|edition| edition.id == id || edition.rules.edition.id == id);
    edition.map_or_else(|| id.to_owned(), |edition| f.text(&edition.rules.edition.name).to_owned())
}

/// Between which editions what does not compare, and why; each reason once.
fn breaks(known: &Known, f: &Frame, breaks: &[Break]) -> Vec<(String, String, Vec<Message>)> {
    let name = |id: &String| edition_name(f, known, id);
    let mut told: Vec<(String, String, Vec<Message>)> = Vec::new();
    for gap in breaks {
        let (from, to, why) = (name(&gap.from), name(&gap.to), why(gap.why));
        match told.iter_mut().find(|(one, other, _)| (one, other) == (&from, &to)) {
            Some((.., known)) if known.contains(&why) => {}
            Some((.., known)) => known.push(why),
            None => told.push((from, to, vec![why])),
        }
    }
    told
}

fn why(why: Why) -> Message {
    Message::new(match why {
        Why::OtherCategory => "web-history-other-category",
        Why::OnlyTold => "web-history-only-told",
        Why::OtherScheme => "web-history-other-scheme",
        Why::NotMeasured => "web-history-not-measured",
        Why::OtherMeasure => "web-history-other-measure",
        Why::OtherScale => "web-history-other-scale",
    })
}
