//! Apakah kami bisa ikut: a short form by GET, and one answer for each category with its reasons and what to do next.

use std::collections::BTreeMap;

use award::candidate::{Described, Ground, May, MayEnter, questions};
use award::stage::nomination::Met;
use axum::extract::{Path, State};
use office::Looking;
use places::{How, Level, Place, PlaceKind, Places};
use rules::Rulebook;
use rules::regions::RegionKind;
use rules::rulebook::{ClaimRule, ClaimShape, Text};
use store::Edition;
use tally::Exact;
use words::{Lang, Message};

use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::given::{Given, first};
use crate::visit::Visit;

/// So many regions are offered for what was typed.
const REGIONS_OFFERED: usize = 6;
/// So many are looked at for those that fit the kind of whoever asks.
const REGIONS_LOOKED_AT: usize = 60;
/// The furthest back that the form asks for a win.
const EDITIONS_BACK: u32 = 5;

#[derive(askama::Template)]
#[template(path = "taking_part.html")]
struct Page {
    f: Frame,
    edition: Text,
    form: Form,
    /// Those it may enter or may still enter.
    open: Vec<MayEnter>,
    /// Those with a condition that is not met and can still be put right.
    lacking: Vec<MayEnter>,
    /// Those that are not for it.
    closed: Vec<MayEnter>,
    /// Whether nobody can enter any more.
    is_over: bool,
    /// Whether another edition is under way.
    is_past: bool,
}

/// A word of the rulebook to choose from.
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

/// A region that was found for what was typed.
struct RegionChoice {
    place: &'static Place,
    path: String,
    chosen: bool,
}

/// A question of a gate.
struct Question {
    field: String,
    name: Text,
    is_yes_no: bool,
    typed: String,
    is_wrong: bool,
}

/// The form as it was sent.
struct Form {
    kinds: Vec<Choice>,
    sizes: Vec<Choice>,
    sectors: Vec<Choice>,
    asks_region: bool,
    region: String,
    regions: Vec<RegionChoice>,
    questions: Vec<Question>,
    won: Vec<Choice>,
    described: Described,
}

impl Form {
    fn of(f: &Frame, rules: &Rulebook, given: &Given) -> Form {
        let kind = first(given, "jenis").filter(|kind| questions(rules, None).kinds.contains(kind));
        let asked = questions(rules, kind.as_deref());
        let (size, sector) = (chosen(given, "skala", &asked.sizes), chosen(given, "sektor", &asked.sectors));
        let won = first(given, "menang").filter(|_| asked.asks_won);
        let won_ago = won.as_deref().and_then(|ago| ago.parse().ok()).filter(|ago| (1..=EDITIONS_BACK).contains(ago));
        let region = first(given, "wilayah").unwrap_or_default();
        let coded = first(given, "kode");
        let regions = if rules.edition.country_levels { regions(f, &region, coded, kind.as_deref()) } else { Vec::new() };
        let meant = regions.iter().find(|region| region.chosen).map(|region| region.place);
        let answered: Vec<(Question, Option<Exact>)> = asked.claims.iter().map(|claim| question(f.lang, claim, given)).collect();
        let answers = asked.claims.iter().zip(&answered);
        let answers = answers.filter_map(|(claim, (_, answer))| Some((claim.id.clone(), answer.clone()?)));
        let described = Described {
            kind: kind.clone().unwrap_or_default(),
            size: size.clone(),
            sector: sector.clone(),
            region: meant.map(|place| place.code.to_owned()),
            region_name: meant.map(called),
            region_kind: meant.map(|place| kind_of(place.kind).to_owned()),
            answers: answers.collect::<BTreeMap<_, _>>(),
            won_ago,
        };
        Form {
            kinds: choices(f, &questions(rules, None).kinds, kind.as_ref()),
            sizes: choices(f, &asked.sizes, size.as_ref()),
            sectors: choices(f, &asked.sectors, sector.as_ref()),
            asks_region: rules.edition.country_levels,
            region,
            regions,
            questions: answered.into_iter().map(|(question, _)| question).collect(),
            won: if asked.asks_won { wins(f, won_ago) } else { Vec::new() },
            described,
        }
    }

    fn is_asked(&self) -> bool {
        !self.described.kind.is_empty()
    }
}

fn chosen(given: &Given, field: &str, known: &[String]) -> Option<String> {
    first(given, field).filter(|value| known.contains(value))
}

fn choices(f: &Frame, known: &[String], chosen: Option<&String>) -> Vec<Choice> {
    let name = |value: &str| words::capitalised(&f.say(&Message::new("web-enter-word").with("what", rules::word(value))));
    let choice = |value: &String| Choice { value: value.clone(), name: name(value), chosen: chosen == Some(value) };
    known.iter().map(choice).collect()
}

fn wins(f: &Frame, won_ago: Option<u32>) -> Vec<Choice> {
    let ago = |ago: u32| Choice { value: ago.to_string(), name: f.count("web-enter-won-ago", ago), chosen: won_ago == Some(ago) };
    let never = Choice { value: String::new(), name: f.t("web-enter-won-never"), chosen: won_ago.is_none() };
    std::iter::once(never).chain((1..=EDITIONS_BACK).map(ago)).collect()
}

/// What may be meant by a typed region: the one that was chosen, or else the likeliest. A regency that asks means a regency, so those of
/// its own kind come first; but what is only nearly called so comes after what is.
fn regions(f: &Frame, typed: &str, code: Option<String>, kind: Option<&str>) -> Vec<RegionChoice> {
    let places = Places::shared();
    let mut found = places.search(typed, REGIONS_LOOKED_AT);
    found.sort_by_key(|found| (matches!(found.how, How::Close { .. }), kind != Some(kind_of(found.place.kind))));
    let found: Vec<&'static Place> = found.into_iter().take(REGIONS_OFFERED).map(|found| found.place).collect();
    let at = found.iter().position(|place| Some(place.code) == code.as_deref()).unwrap_or_default();
    let choice =
        |(number, place): (usize, &'static Place)| RegionChoice { path: above(f, places, place), chosen: number == at, place };
    found.into_iter().enumerate().map(choice).collect()
}

/// The rulebook's word for an organisation that governs such a region; a district has none.
fn kind_of(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Region(RegionKind::Province) => "province",
        PlaceKind::Region(RegionKind::Regency | RegionKind::AdministrativeRegency) => "regency",
        PlaceKind::Region(RegionKind::City | RegionKind::AdministrativeCity) => "city",
        PlaceKind::District => "",
        PlaceKind::Village => "village",
        PlaceKind::UrbanVillage => "kelurahan",
        PlaceKind::CustomaryVillage => "customary_village",
    }
}

/// What a region is called within a sentence: its name and those above it, but for the province of what is smaller than a regency.
fn called(place: &Place) -> String {
    let path: Vec<&Place> = Places::shared().path(place).collect();
    let smaller = place.kind.level() > Level::Regency;
    let path = path.into_iter().filter(|above| !smaller || above.kind.level() > Level::Province);
    path.map(Place::full_name).collect::<Vec<_>>().join(", ")
}

/// What stands above a region, the nearest first.
pub(crate) fn above(f: &Frame, places: &Places, place: &Place) -> String {
    let names: Vec<String> = places.path(place).skip(1).map(Place::full_name).collect();
    if names.is_empty() { f.t("web-region-country") } else { names.join(" › ") }
}

fn question(lang: Lang, claim: &ClaimRule, given: &Given) -> (Question, Option<Exact>) {
    let field = format!("j-{}", claim.id);
    let typed = first(given, &field).unwrap_or_default();
    let is_yes_no = claim.shape == ClaimShape::YesNo;
    let answer = match (is_yes_no, typed.as_str()) {
        (_, "") => None,
        (true, "ya") => Some(Exact::one()),
        (true, "tidak") => Some(Exact::zero()),
        (true, _) => None,
        (false, typed) => plain(lang, typed).parse().ok(),
    };
    let name = claim.question.clone().unwrap_or_else(|| claim.name.clone());
    let is_wrong = !typed.is_empty() && answer.is_none();
    (Question { field, name, is_yes_no, typed, is_wrong }, answer)
}

/// A number as people of that language write it, in the form that machines read.
fn plain(lang: Lang, typed: &str) -> String {
    let typed = typed.replace(' ', "");
    match lang {
        Lang::Id => typed.replace('.', "").replace(',', "."),
        Lang::En => typed.replace(',', ""),
    }
}

/// Chip, sign and text of an answer.
fn look(may: &May) -> (&'static str, &'static str, &'static str) {
    match may {
        May::Yes => ("baik", "✓", "web-enter-yes"),
        May::NotYet => ("tunggu", "◷", "web-enter-not-yet"),
        May::NotMet => ("tolak", "✕", "web-enter-lacking"),
        May::No => ("diam", "✕", "web-enter-no"),
    }
}

/// The conditions that are told of: of a category that is not for somebody only what stands against it.
fn told(answer: &MayEnter) -> impl Iterator<Item = &Ground> {
    answer.grounds.iter().filter(|ground| answer.may != May::No || ground.met == Met::No)
}

/// Sign and text of a condition.
fn sign(ground: &Ground) -> (&'static str, &'static str, &'static str) {
    match ground.met {
        Met::Yes => ("baik", "✓", "web-enter-met"),
        Met::No => ("tolak", "✕", "web-enter-not-met"),
        Met::Unknown => ("tunggu", "?", "web-enter-unknown"),
    }
}

/// `GET /edisi/{edition}/ikut`
pub(crate) async fn page(State(app): State<App>, visit: Visit, Path(id): Path<String>, given: Given) -> Answer {
    let edition: Edition = app.edition(&id).await?;
    let f = Frame::new(&app, &visit, "web-enter-title").within(&edition).helped_by("penghargaan#siapa");
    let view = app.office().edition_view(&edition, &Looking::public(visit.now, "enter")).await?;
    let is_past = app.present().await?.is_some_and(|present| present.id != edition.id);
    let form = Form::of(&f, &edition.rules, &given);
    let mut answers = if form.is_asked() { app.office().who_may_enter(&edition, &form.described) } else { Vec::new() };
    answers.sort_by_key(|answer| answer.may);
    let (closed, answers): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.may == May::No);
    let (lacking, open) = answers.into_iter().partition(|answer| answer.may == May::NotMet);
    show(&Page { edition: edition.rules.edition.name.clone(), f, form, open, lacking, closed, is_over: view.is_over, is_past })
}
