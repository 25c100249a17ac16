//! The figures of a candidate: a form for each share or figure, saved with one button; what does not look right is said while it is typed
//! and after it is saved; who saved last is shown beside what somebody else saved meanwhile.

use std::collections::BTreeMap;

use award::candidate::{Checklist, ClaimLine, EvidencePage, Field, Typed, Warning};
use award::cycle::tables::Claim;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use office::{Asked, Done};
use rules::rulebook::{ClaimShape, Text};
use serde::Deserialize;
use store::{Seen, Stale};
use tally::Exact;
use words::Message;

use super::beneath::Beneath;
use super::typed::number;
use super::{Opened, Top, Way, Wrong, asks, go, new_key, open, points, settled, show_wrong};
use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::refused::Refused;
use crate::sent::Sent;
use crate::who::SignedIn;

#[derive(askama::Template)]
#[template(path = "candidate/claims.html")]
struct Page {
    f: Frame,
    top: Top,
    parts: Vec<Part>,
    documents: Vec<(String, Text)>,
    closed: Option<(String, String)>,
}

/// A criterion with its forms; without a name, what only a condition of entry needs.
struct Part {
    id: String,
    name: Option<Text>,
    groups: Vec<Group>,
}

/// A form: a share with its two figures, or one figure.
struct Group {
    id: String,
    name: Text,
    /// The share of the two as saved, in percent.
    share: Option<String>,
    fields: Vec<Entry>,
    warnings: Vec<Warning>,
    saved: bool,
    /// Whether what the browser kept of it is to be forgotten.
    forget: bool,
    /// Whether it comes back with what was typed, because it was not saved.
    answered: bool,
}

/// A figure in its form.
struct Entry {
    /// `a` or `b`, before the names of its fields.
    of: &'static str,
    line: ClaimLine,
    filled: Filled,
    wrong: Option<Wrong>,
    theirs: Option<Theirs>,
}

/// What somebody else saved meanwhile.
struct Theirs {
    value: String,
    source: String,
    as_of: String,
}

/// A figure as it stands in its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Filled {
    claim: String,
    value: String,
    source: String,
    as_of: String,
    document: String,
    page: String,
    version: String,
    key: String,
}

impl Page {
    fn points(&self, exact: &str) -> String {
        points(&self.f, exact)
    }
}

impl Page {
    fn groups(&self) -> impl Iterator<Item = &Group> {
        self.parts.iter().flat_map(|part| &part.groups)
    }

    /// How many figures are filled in, of how many.
    fn so_far(&self) -> String {
        let (done, all) = self.groups().fold((0, 0), |(done, all), group| (done + group.filled(), all + group.fields.len()));
        let message = Message::new("web-candidate-claims-so-far").number("done", done).number("all", all);
        self.f.say(&message)
    }

    fn filled_of(&self, part: &Part) -> String {
        let (done, all) = part.groups.iter().fold((0, 0), |(done, all), group| (done + group.filled(), all + group.fields.len()));
        self.f.say(&Message::new("web-candidate-claims-filled-of").number("done", done).number("all", all))
    }

    /// The forms that are to be looked at: something is missing in them, or does not look right.
    fn to_do(&self) -> Vec<&Group> {
        self.groups().filter(|group| group.is_missing() || !group.warnings.is_empty()).collect()
    }

    /// Whether a form stands open: it is to be looked at, or something was just done in it. Of several that are empty the first, so that a
    /// page of empty forms is not endless.
    fn is_open(&self, group: &Group) -> bool {
        let first = self.groups().find(|group| group.is_missing()).is_some_and(|first| first.id == group.id);
        first || group.is_begun() || !group.warnings.is_empty() || group.saved || group.forget || group.is_wrong()
    }

    /// Which form has the one button that stands out.
    fn is_main(&self, group: &Group) -> bool {
        self.groups().find(|group| self.is_open(group)).is_some_and(|first| first.id == group.id)
    }
}

impl Group {
    /// What stands in its fields.
    fn typed(&self, f: &Frame) -> Vec<Typed> {
        self.fields.iter().map(|entry| entry.filled.typed(f)).collect()
    }

    fn filled(&self) -> usize {
        self.fields.iter().filter(|entry| entry.line.claimed.is_some() || entry.line.is_verified).count()
    }

    fn is_missing(&self) -> bool {
        self.filled() < self.fields.len()
    }

    /// Whether some of its figures are there and some are not.
    fn is_begun(&self) -> bool {
        self.is_missing() && self.filled() > 0
    }

    /// Whether a figure that is there names no document that shows it.
    fn lacks_evidence(&self) -> bool {
        self.fields.iter().any(|entry| entry.line.claimed.is_some() && !entry.line.is_verified && entry.line.evidence.is_none())
    }

    fn is_wrong(&self) -> bool {
        self.fields.iter().any(|entry| entry.wrong.is_some() || entry.theirs.is_some())
    }

    fn beneath(&self) -> Beneath<'_> {
        Beneath::new(&self.warnings, self.fields.iter().map(|entry| (entry.of, entry.line.claim.as_str())))
    }
}

impl Entry {
    fn is_yes_no(&self) -> bool {
        self.line.shape == ClaimShape::YesNo
    }
}

/// A form with its one or two figures.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Form {
    kelompok: String,
    a_klaim: String,
    a_nilai: String,
    a_sumber: String,
    a_tanggal: String,
    a_dokumen: String,
    a_halaman: String,
    a_versi: String,
    a_kunci: String,
    b_klaim: Option<String>,
    b_nilai: Option<String>,
    b_sumber: Option<String>,
    b_tanggal: Option<String>,
    b_dokumen: Option<String>,
    b_halaman: Option<String>,
    b_versi: Option<String>,
    b_kunci: Option<String>,
}

impl Form {
    fn filled(self) -> (String, Vec<Filled>) {
        let first = Filled {
            claim: self.a_klaim,
            value: self.a_nilai,
            source: self.a_sumber,
            as_of: self.a_tanggal,
            document: self.a_dokumen,
            page: self.a_halaman,
            version: self.a_versi,
            key: self.a_kunci,
        };
        let second = self.b_klaim.map(|claim| Filled {
            claim,
            value: self.b_nilai.unwrap_or_default(),
            source: self.b_sumber.unwrap_or_default(),
            as_of: self.b_tanggal.unwrap_or_default(),
            document: self.b_dokumen.unwrap_or_default(),
            page: self.b_halaman.unwrap_or_default(),
            version: self.b_versi.unwrap_or_default(),
            key: self.b_kunci.unwrap_or_default(),
        });
        (self.kelompok, [Some(first), second].into_iter().flatten().collect())
    }
}

impl Filled {
    fn typed(&self, f: &Frame) -> Typed {
        Typed { claim: self.claim.clone(), value: number(&self.value, f.lang).ok().flatten(), as_of: self.as_of.parse().ok() }
    }

    /// What is said by it, or which field is not understood.
    fn read(&self, f: &Frame, place: &super::Place, line: &ClaimLine) -> Result<Claim, Wrong> {
        let claimed = number(&self.value, f.lang).map_err(|()| Wrong::of(f, "web-candidate-number"))?;
        let as_of = Some(self.as_of.trim()).filter(|day| !day.is_empty());
        let as_of = as_of.map(str::parse).transpose().map_err(|_| Wrong::of(f, "web-candidate-day"))?;
        let page = Some(self.page.trim()).filter(|page| !page.is_empty());
        let page = page.map(|page| page.parse::<u32>().ok().filter(|page| *page > 0).ok_or(())).transpose();
        let page = page.map_err(|()| Wrong::of(f, "web-candidate-page"))?;
        let evidence = match self.document.as_str() {
            // What is kept and names no document of the checklist cannot stand in this form, and stays.
            "" => line.evidence.clone().filter(|_| line.page.is_none()),
            document => Some(EvidencePage { document: document.to_owned(), page }.to_string()),
        };
        Ok(Claim {
            candidate: place.id.clone(),
            claim: self.claim.clone(),
            claimed,
            verified: None,
            as_of,
            source: Some(self.source.trim().to_owned()).filter(|source| !source.is_empty()),
            evidence,
            verifier: None,
            reason: None,
            level: place.key.round.level.clone(),
        })
    }
}

fn is_same(claim: &Claim, line: &ClaimLine) -> bool {
    claim.claimed.as_ref().map(ToString::to_string) == line.claimed
        && claim.source == line.source
        && claim.as_of == line.as_of
        && claim.evidence == line.evidence
}

/// A figure in a form as it stands.
fn entry(f: &Frame, of: &'static str, line: &ClaimLine, versions: &BTreeMap<String, i64>) -> Entry {
    let filled = Filled {
        claim: line.claim.clone(),
        value: line.claimed.as_deref().map(|value| f.number(value)).unwrap_or_default(),
        source: line.source.clone().unwrap_or_default(),
        as_of: line.as_of.map(|day| day.to_string()).unwrap_or_default(),
        document: line.page.as_ref().map(|page| page.document.clone()).unwrap_or_default(),
        page: line.page.as_ref().and_then(|page| page.page).map(|page| page.to_string()).unwrap_or_default(),
        version: versions.get(&line.claim).map(ToString::to_string).unwrap_or_default(),
        key: new_key(),
    };
    Entry { of, line: line.clone(), filled, wrong: None, theirs: None }
}

/// The desk of whoever may read its figures, and their versions. These are read first: a figure that somebody saves in between then stands there
/// with an older version, and whoever saves over it is told; the other way round it would be lost without a word.
async fn figures(app: &App, signed: &SignedIn, way: &Way) -> Result<(BTreeMap<String, i64>, Opened), Refused> {
    let place = super::Place::of(app, way).await?;
    let versions = app.office().claims_seen(&place.edition, &place.key, &place.id).await?;
    let opened = open(app, signed, way, "figures").await?;
    opened.may_read_figures()?;
    Ok((versions, opened))
}

async fn groups(app: &App, opened: &Opened, f: &Frame, versions: &BTreeMap<String, i64>) -> Result<Vec<Group>, Refused> {
    let Opened { place, looking, .. } = opened;
    let Some(list) = &opened.desk.checklist else { return Ok(Vec::new()) };
    let mut groups = forms(f, list, versions);
    let typed: Vec<Vec<Typed>> = groups.iter().map(|group| group.typed(f)).collect();
    let warnings = app.office().warnings_of_each(&place.edition, looking, &place.key, &place.id, &typed).await?;
    for (group, warnings) in groups.iter_mut().zip(warnings.unwrap_or_default()) {
        group.warnings = warnings;
    }
    Ok(groups)
}

/// A form for each share, and one for each figure that is in none.
fn forms(f: &Frame, list: &Checklist, versions: &BTreeMap<String, i64>) -> Vec<Group> {
    let mut left: Vec<&ClaimLine> = list.claims.iter().collect();
    let mut groups = Vec::new();
    for ratio in &list.ratios {
        let mut take = |claim: &str| left.iter().position(|line| line.claim == claim).map(|at| left.remove(at));
        let lines: Vec<&ClaimLine> = [take(&ratio.numerator), take(&ratio.denominator)].into_iter().flatten().collect();
        if lines.is_empty() {
            continue;
        }
        let hundred =
            |share: &String| share.parse::<Exact>().ok().map(|share| f.number((&share * &Exact::from(100u32)).fixed(2)));
        let share = ratio.share.as_ref().and_then(hundred);
        groups.push(Group { share, ..group(f, &ratio.indicator, &ratio.name, &lines, versions) });
    }
    groups.extend(left.into_iter().map(|line| group(f, &line.claim, &line.name, &[line], versions)));
    groups
}

fn group(f: &Frame, id: &str, name: &Text, lines: &[&ClaimLine], versions: &BTreeMap<String, i64>) -> Group {
    Group {
        id: id.to_owned(),
        name: name.clone(),
        share: None,
        fields: lines.iter().zip(["a", "b"]).map(|(line, of)| entry(f, of, line, versions)).collect(),
        warnings: Vec::new(),
        saved: false,
        forget: false,
        answered: false,
    }
}

async fn warned(app: &App, opened: &Opened, typed: &[Typed]) -> Result<Vec<Warning>, Refused> {
    let Opened { place, looking, .. } = opened;
    let warnings = app.office().warnings_together(&place.edition, looking, &place.key, &place.id, typed).await?;
    Ok(warnings.unwrap_or_default())
}

/// The forms under the criteria that need them; a share that two criteria need stands under the first.
fn parts(list: Option<&Checklist>, mut groups: Vec<Group>) -> Vec<Part> {
    let mut parts = Vec::new();
    for criterion in list.into_iter().flat_map(|list| &list.criteria) {
        let is_of = |group: &Group| group.fields.iter().any(|entry| criterion.claims.contains(&entry.line.claim));
        let (own, others): (Vec<Group>, Vec<Group>) = groups.into_iter().partition(is_of);
        groups = others;
        if !own.is_empty() {
            parts.push(Part { id: criterion.criterion.clone(), name: Some(criterion.name.clone()), groups: own });
        }
    }
    if !groups.is_empty() {
        parts.push(Part { id: "lain".to_owned(), name: None, groups });
    }
    parts
}

fn page(f: Frame, opened: Opened, groups: Vec<Group>) -> Page {
    let list = opened.desk.checklist.as_ref();
    let closed = list.and_then(|list| list.closed.as_ref().zip(list.closed_next.as_ref()));
    Page {
        documents: list.into_iter().flat_map(|list| &list.documents).map(|line| (line.id.clone(), line.name.clone())).collect(),
        closed: closed.map(|(why, next)| (f.tell(why), f.tell(next))),
        parts: parts(list, groups),
        top: opened.top,
        f,
    }
}

/// Which form was saved, or is to forget what the browser kept.
#[derive(Deserialize)]
pub(crate) struct After {
    tersimpan: Option<String>,
    lupakan: Option<String>,
}

/// `GET …/angka`.
pub(crate) async fn show_claims(
    State(app): State<App>,
    signed: SignedIn,
    Path(way): Path<Way>,
    Query(after): Query<After>,
) -> Answer {
    let (versions, opened) = figures(&app, &signed, &way).await?;
    let f = opened.frame(&app, &signed, "web-candidate-claims").helped_by("angka");
    let mut groups = groups(&app, &opened, &f, &versions).await?;
    for group in &mut groups {
        group.saved = after.tersimpan.as_ref() == Some(&group.id);
        group.forget = group.saved || after.lupakan.as_ref() == Some(&group.id);
    }
    show(&page(f, opened, groups))
}

/// `POST …/angka`: one form is saved; what is as it was stays as it is.
pub(crate) async fn save(
    State(app): State<App>,
    signed: SignedIn,
    Path(way): Path<Way>,
    Sent(sent): Sent<Form>,
) -> Result<Response, Response> {
    saved(&app, &signed, &way, sent).await.map_err(IntoResponse::into_response)
}

async fn saved(app: &App, signed: &SignedIn, way: &Way, sent: Form) -> Answer {
    let (versions, opened) = figures(app, signed, way).await?;
    let f = opened.frame(app, signed, "web-candidate-claims").helped_by("angka");
    let (group, filled) = sent.filled();
    let mut groups = groups(app, &opened, &f, &versions).await?;
    let form = groups.iter_mut().find(|known| known.id == group).ok_or_else(Refused::nothing_here)?;
    let mut is_all = true;
    for one in filled {
        let entry = form.fields.iter_mut().find(|entry| entry.line.claim == one.claim).ok_or_else(Refused::nothing_here)?;
        is_all &= save_one(app, signed, &opened, &f, entry, one).await?;
    }
    if is_all {
        return Ok(go(&f, &format!("{}/angka?tersimpan={group}#k-{group}", opened.place.base)));
    }
    form.warnings = warned(app, &opened, &form.typed(&f)).await?;
    form.answered = true;
    show_wrong(&page(f, opened, groups))
}

/// Saves a figure; where that cannot be, what was typed stands in its fields again with the reason.
async fn save_one(
    app: &App,
    signed: &SignedIn,
    opened: &Opened,
    f: &Frame,
    entry: &mut Entry,
    one: Filled,
) -> Result<bool, Refused> {
    let place = &opened.place;
    let now = std::mem::replace(&mut entry.filled, one);
    let claim = match entry.filled.read(f, place, &entry.line) {
        Ok(claim) => claim,
        Err(wrong) => {
            entry.wrong = Some(wrong);
            return Ok(false);
        }
    };
    if is_same(&claim, &entry.line) {
        entry.filled.version = now.version;
        return Ok(true);
    }
    let seen = app.office().claim_seen(&place.edition, &place.key, &place.id, &claim.claim).await?;
    let seen = Seen { version: entry.filled.version.parse().ok(), ..seen };
    let asked = Asked { seen: vec![seen], ..asks(signed, &entry.filled.key)? };
    let done = settled(app.office().state_claim(&place.edition, &asked, place.key.clone(), claim).await)?;
    if let Done::Stale(stale) = &done {
        entry.theirs = stale.first().map(|stale| theirs(f, stale));
    }
    entry.wrong = Wrong::left(f, &done);
    // Whoever saves again has seen what is there now.
    (entry.filled.version, entry.filled.key) = (now.version, now.key);
    Ok(entry.wrong.is_none())
}

fn theirs(f: &Frame, stale: &Stale) -> Theirs {
    let text = |name: &str| stale.theirs.as_ref().and_then(|value| value.get(name)?.as_str()).unwrap_or_default().to_owned();
    let as_of = text("as_of").parse().map_or_else(|_| String::new(), |day| f.day(&day));
    Theirs { value: f.number(text("claimed")), source: text("source"), as_of }
}

/// What does not look right, each beneath the field that it is about.
#[derive(askama::Template)]
#[template(path = "candidate/warnings.html")]
struct Warnings<'w> {
    f: &'w Frame,
    group: String,
    beneath: Beneath<'w>,
}

/// `POST …/angka/periksa`: what does not look right about a form as it is being typed. Nothing is saved.
pub(crate) async fn look(State(app): State<App>, signed: SignedIn, Path(way): Path<Way>, Sent(sent): Sent<Form>) -> Answer {
    let (_, opened) = figures(&app, &signed, &way).await?;
    let f = opened.frame(&app, &signed, "web-candidate-claims");
    let (group, filled) = sent.filled();
    let typed: Vec<Typed> = filled.iter().map(|one| one.typed(&f)).collect();
    let warnings = warned(&app, &opened, &typed).await?;
    let claims = ["a", "b"].into_iter().zip(filled.iter().map(|one| one.claim.as_str()));
    show(&Warnings { f: &f, group, beneath: Beneath::new(&warnings, claims) })
}
