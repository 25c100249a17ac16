//! The desk: where a candidate stands, until when, what to do next, and everything that is asked for.

use award::Sentence;
use award::candidate::{
    Changed, Checklist, Criterion, DocumentLine, DocumentState, Due, ListLine, ReturnedLine, Stand, Standing, Step, StepLine,
    Turn,
};
use award::stage::nomination::{Answer as Consented, Consent, Route};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use office::{Desk, Named};
use serde::Deserialize;
use words::Message;

use super::{Opened, Top, Way, Wrong, asks, by, go, new_key, open, open_again, points, settled, show_wrong, size, when, word};
use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::refused::Refused;
use crate::sent::Sent;
use crate::who::SignedIn;

/// So many changes stand on the desk.
const CHANGES_LAST: usize = 3;
/// So many stand on their own page.
const CHANGES_ALL: usize = 500;

/// What was refused, and beside which item.
pub(crate) type Beside = Option<(String, Wrong)>;

#[derive(askama::Template)]
#[template(path = "candidate/desk.html")]
struct Page {
    f: Frame,
    top: Top,
    desk: Desk,
    /// The last changes, newest first.
    changes: Vec<Changed>,
    documents: Vec<Document>,
    action: Option<(&'static str, String)>,
    wrong: Beside,
    key: String,
    reason: String,
    /// The contest in the address of its public page.
    contest_path: String,
}

/// A document with its look.
pub(crate) struct Document {
    pub(crate) line: DocumentLine,
    pub(crate) chip: &'static str,
    pub(crate) sign: &'static str,
    pub(crate) word: String,
    /// Why it has to be corrected.
    pub(crate) reason: Option<String>,
    /// What the file dialog offers.
    pub(crate) accept: String,
    pub(crate) most_bytes: u64,
}

impl Page {
    fn class(step: &StepLine) -> &'static str {
        match step.stand {
            Stand::Done => "sudah",
            Stand::Now => "kini",
            Stand::Ahead => "",
            Stand::LeftOut | Stand::Ended => "tiada",
        }
    }

    fn below(&self, step: &StepLine) -> String {
        match (step.stand, &step.done_at, &step.due, &step.on) {
            (Stand::LeftOut, ..) => self.f.t("web-candidate-step-none"),
            (Stand::Ended, ..) => self.f.t("web-candidate-step-ended"),
            (Stand::Done, Some(at), ..) => when(&self.f, &self.top, at),
            (Stand::Done, ..) => self.f.t("web-candidate-step-done"),
            (_, _, Some(due), _) => self.f.with("web-candidate-step-until", self.f.day(&due.day)),
            (_, _, _, Some(day)) => self.f.day(day),
            _ => String::new(),
        }
    }

    /// Whether the time that stands below a step is only assumed in the rulebook.
    fn is_assumed(step: &StepLine) -> bool {
        step.is_assumed
            && !matches!(step.stand, Stand::Done | Stand::LeftOut | Stand::Ended)
            && (step.due.is_some() || step.on.is_some())
    }

    /// Whether the time that is left for the dossier is counted to an assumed day.
    fn due_is_assumed(&self) -> bool {
        self.desk.stepper.steps.iter().any(|step| step.step == Step::Submit && step.is_assumed)
    }

    fn points(&self, exact: &str) -> String {
        points(&self.f, exact)
    }

    fn size(&self, bytes: &u64) -> String {
        size(&self.f, *bytes)
    }

    fn by(&self, who: &str) -> String {
        by(&self.f, &self.desk.people, who)
    }

    fn when(&self, at: &jiff::Timestamp) -> String {
        when(&self.f, &self.top, at)
    }

    fn returned(&self) -> Option<&ReturnedLine> {
        self.desk.checklist.as_ref()?.returned.as_ref()
    }

    fn word(&self, text: &str) -> String {
        word(&self.f, text)
    }

    fn route(&self, route: &Route) -> String {
        self.f.say(&Message::new("web-enter-word").with("what", rules::word(&format!("route_{}", route.word()))))
    }

    fn step(&self) -> Option<Step> {
        self.desk.stepper.steps.iter().find(|step| step.stand == Stand::Now).map(|step| step.step)
    }

    /// The heading above what comes next, and the look of its box.
    fn turn(&self) -> (&'static str, &'static str) {
        match self.desk.stepper.standing.turn {
            Turn::Candidate if !self.desk.is_own => ("web-candidate-next-theirs", "diam"),
            Turn::Candidate => ("web-candidate-next", ""),
            Turn::Others => ("web-candidate-wait", "diam"),
            Turn::Nobody => ("web-candidate-end", "baik"),
            Turn::Out => ("web-candidate-left", "diam"),
        }
    }

    /// What comes next, as it is said to the candidate; anybody else is told the step at which it is.
    fn next(&self) -> Option<String> {
        let standing = &self.desk.stepper.standing;
        match (self.desk.is_own, standing.turn) {
            (true, _) => Some(self.f.tell(&standing.next)),
            (false, Turn::Candidate | Turn::Others) => Some(self.f.say(&standing.step.label())),
            (false, Turn::Nobody | Turn::Out) => None,
        }
    }

    /// Where it stands among the steps that the contest has: the number of the one, and how many there are.
    fn step_of(&self) -> Option<String> {
        let all = self.desk.stepper.steps.iter().filter(|step| step.stand != Stand::LeftOut);
        let at = all.clone().position(|step| step.stand == Stand::Now)?;
        let message = Message::new("web-candidate-step-of").number("step", at + 1).number("all", all.count());
        Some(self.f.say(&message))
    }

    /// Whether a dossier is sent here at all.
    fn sends(&self) -> bool {
        let submits = |step: &&StepLine| step.step == Step::Submit && step.stand != Stand::LeftOut;
        self.desk.checklist.is_some() && self.desk.stepper.steps.iter().any(|step| submits(&step))
    }

    /// Whether figures can still be changed, so that it is worth saying what would raise them.
    fn may_raise(&self) -> bool {
        self.desk.checklist.as_ref().is_some_and(|list| list.closed.is_none())
    }

    /// How many figures cannot be counted as they stand.
    fn unfit(&self) -> usize {
        let below = self.desk.readiness.iter().flat_map(|ready| ready.criteria.iter().flat_map(|aspect| &aspect.below));
        below.filter(|one| one.why.is_some()).count()
    }

    /// Whether a document needs nothing, be it in or not asked for in earnest: then its name and state stand there, and the rest is folded.
    fn is_folded(&self, document: &Document) -> bool {
        let needs = match document.line.state {
            DocumentState::HandedIn | DocumentState::Accepted => false,
            DocumentState::Missing => document.line.required,
            DocumentState::Uploading { .. } | DocumentState::ToCorrect { .. } => true,
        };
        !needs && !self.is_open(document)
    }

    /// Whether a part of a criterion cannot be counted as it stands.
    fn is_wrong(criterion: &Criterion) -> bool {
        criterion.below.iter().any(|one| one.why.is_some())
    }

    /// The time that is left for the dossier, as long as it is to be completed and sent.
    fn clock<'l>(&self, list: &'l Checklist) -> Option<&'l Due> {
        list.due.as_ref().filter(|_| matches!(self.step(), Some(Step::Complete | Step::Submit)))
    }

    /// Why nothing can be handed in, for whoever has not sent all; afterwards it is only how things go.
    fn closed<'l>(&self, list: &'l Checklist) -> Option<&'l Sentence> {
        let waits = list.submitted.is_none() || list.returned.is_some();
        list.closed.as_ref().filter(|_| waits && matches!(self.step(), Some(Step::Complete | Step::Submit)))
    }

    /// Not before the candidate stands, and not beside a result.
    fn tells_readiness(&self) -> bool {
        self.desk.checklist.is_some() && self.desk.outcome.is_none() && !self.desk.stepper.is_out()
    }

    /// How many documents were given back and stand as they were.
    fn to_correct(&self) -> usize {
        self.documents.iter().filter(|document| document.reason.is_some()).count()
    }

    fn is_first_to_correct(&self, id: &str) -> bool {
        self.documents.iter().find(|document| document.reason.is_some()).is_some_and(|document| document.line.id == id)
    }

    /// Whether the form of a document stands open: where something is to be corrected, was refused or is on its way, and at the first that is
    /// lacking. All of them open would be a long way down on a phone.
    fn is_open(&self, document: &Document) -> bool {
        let lacks = |document: &&Document| document.line.versions.is_empty() && document.line.required;
        let is_first = self.documents.iter().find(lacks).is_some_and(|first| first.line.id == document.line.id);
        is_first || document.reason.is_some() || !document.line.uploads.is_empty() || self.is_refused(&document.line.id)
    }

    /// Whether a document was never asked for in earnest and can no longer be handed in: it is named and has no card.
    fn is_left_out(&self, document: &Document) -> bool {
        let line = &document.line;
        !line.is_open && !line.required && line.versions.is_empty() && line.uploads.is_empty() && !self.is_refused(&line.id)
    }

    fn left_out(&self) -> Vec<&str> {
        let left = self.documents.iter().filter(|document| self.is_left_out(document));
        left.map(|document| self.f.text(&document.line.name)).collect()
    }

    /// Whether what was refused stands beside this document.
    fn is_refused(&self, id: &str) -> bool {
        self.wrong.as_ref().is_some_and(|(item, _)| item == id)
    }

    fn is_own(&self, who: &str) -> bool {
        self.f.who.as_ref().is_some_and(|own| own.person.as_str() == who)
    }

    fn claimed(&self) -> (usize, usize) {
        let claims = self.desk.checklist.as_ref().map(|list| list.claims.as_slice()).unwrap_or_default();
        (claims.iter().filter(|claim| claim.claimed.is_some() || claim.verified.is_some()).count(), claims.len())
    }

    /// How many products count as it stands, and how many a verifier struck.
    fn products(&self) -> (usize, usize) {
        let lists = || self.desk.checklist.iter().flat_map(|list| &list.lists);
        (lists().map(ListLine::stand).sum(), lists().map(ListLine::struck).sum())
    }

    fn has_lists(&self) -> bool {
        self.desk.checklist.as_ref().is_some_and(|list| !list.lists.is_empty())
    }

    fn state_chip(&self) -> (&'static str, &'static str, String) {
        state_chip(&self.f, &self.desk.stepper.standing, self.returned().is_some())
    }
}

/// Where a candidate stands, as a chip: the same on its desk and among the tasks of whoever acts for it.
pub(crate) fn state_chip(f: &Frame, standing: &Standing, is_back: bool) -> (&'static str, &'static str, String) {
    match standing.turn {
        Turn::Out => ("diam", "–", f.t("web-candidate-out")),
        Turn::Nobody => ("baik", "✓", f.t("web-candidate-through")),
        _ if is_back && standing.step == Step::Complete => ("tolak", "↺", f.t("web-candidate-returned")),
        _ => ("tunggu", "◷", f.say(&standing.step.label())),
    }
}

pub(crate) fn document(f: &Frame, line: DocumentLine) -> Document {
    let (chip, sign, word) = match &line.state {
        DocumentState::Missing if line.required => ("tolak", "○", f.t("web-candidate-doc-missing")),
        DocumentState::Missing => ("diam", "○", f.t("web-candidate-doc-optional")),
        DocumentState::Uploading { percent } => ("jalan", "◔", f.count("web-candidate-doc-uploading", percent)),
        DocumentState::HandedIn => ("", "●", f.t("web-candidate-doc-in")),
        DocumentState::Accepted => ("baik", "✓", f.t("web-candidate-doc-accepted")),
        DocumentState::ToCorrect { .. } => ("tolak", "!", f.t("web-candidate-doc-correct")),
    };
    let reason = match &line.state {
        DocumentState::ToCorrect { reason } => Some(reason.clone()),
        _ => None,
    };
    let endings = line.formats.iter().map(|format| match format.as_str() {
        "jpeg" => ".jpg,.jpeg".to_owned(),
        other => format!(".{other}"),
    });
    let accept = endings.collect::<Vec<_>>().join(",");
    Document { most_bytes: u64::from(line.most_mib) << 20, line, chip, sign, word, reason, accept }
}

/// The one thing to do next: the text of the button and where it leads.
fn action(desk: &Desk, top: &Top) -> Option<(&'static str, String)> {
    if top.awaits_consent {
        return Some(("web-candidate-do-consent", "#persetujuan".to_owned()));
    }
    if !desk.is_own {
        return None;
    }
    let list = desk.checklist.as_ref();
    let now = desk.stepper.steps.iter().find(|step| step.stand == Stand::Now)?.step;
    if desk.stepper.standing.turn != Turn::Candidate {
        return (now == Step::Announcement && desk.outcome.is_some()).then(|| ("web-candidate-do-result", "#hasil".to_owned()));
    }
    let below = |path: &str| format!("{}{path}", top.base);
    match now {
        Step::Complete => {
            let corrects =
                list.is_some_and(|list| list.documents.iter().any(|line| matches!(line.state, DocumentState::ToCorrect { .. })));
            let missing = list.is_some_and(|list| list.missing > 0);
            match (corrects, missing) {
                (true, _) => Some(("web-candidate-do-correct", "#perbaiki".to_owned())),
                (_, true) => Some(("web-candidate-do-documents", "#berkas".to_owned())),
                _ => Some(("web-candidate-do-claims", below("/angka"))),
            }
        }
        Step::Submit => Some(("web-candidate-do-submit", below("/kirim"))),
        Step::Interview if desk.hearing.is_some() => Some(("web-candidate-do-hearing", below("/wawancara"))),
        _ => None,
    }
}

/// Only the desk shows who changed something last, so only here is it put on record that their names were shown.
async fn page(app: &App, signed: &SignedIn, mut opened: Opened, wrong: Beside, reason: String) -> Result<Page, Refused> {
    let Opened { ref place, ref looking, .. } = opened;
    let changes = app.office().changes(&place.edition, looking, &place.key, &place.id, CHANGES_LAST).await?;
    let office::Changes { lines: changes, people } = changes.map_err(|_| Refused::nothing_here())?;
    opened.desk.people.extend(people);
    let f = opened.frame(app, signed, "web-candidate-title").helped_by("berkas");
    let lines = opened.desk.checklist.as_ref().map(|list| list.documents.clone()).unwrap_or_default();
    Ok(Page {
        contest_path: opened.place.key.path(),
        changes,
        documents: lines.into_iter().map(|line| document(&f, line)).collect(),
        action: action(&opened.desk, &opened.top),
        top: opened.top,
        desk: opened.desk,
        key: new_key(),
        wrong,
        reason,
        f,
    })
}

/// `GET /saya/kandidat/…`: the desk.
pub(crate) async fn show_desk(State(app): State<App>, signed: SignedIn, Path(way): Path<Way>) -> Answer {
    let opened = open(&app, &signed, &way, "candidate's desk").await?;
    show(&page(&app, &signed, opened, None, String::new()).await?)
}

/// The desk with what was refused beside its item.
pub(crate) async fn show_refused(app: &App, signed: &SignedIn, way: &Way, item: &str, wrong: Wrong, typed: String) -> Answer {
    let opened = open_again(app, signed, way, "candidate's desk").await?;
    show_wrong(&page(app, signed, opened, Some((item.to_owned(), wrong)), typed).await?)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answered {
    kunci: String,
    jawaban: String,
    alasan: String,
}

/// `POST …/persetujuan`: consent to a proposal, or not.
pub(crate) async fn consent(
    State(app): State<App>,
    signed: SignedIn,
    Path(way): Path<Way>,
    Sent(sent): Sent<Answered>,
) -> Result<Response, Response> {
    let opened = open(&app, &signed, &way, "consent").await.map_err(IntoResponse::into_response)?;
    consented(&app, &signed, &way, opened, sent).await.map_err(IntoResponse::into_response)
}

async fn consented(app: &App, signed: &SignedIn, way: &Way, opened: Opened, sent: Answered) -> Answer {
    let f = opened.frame(app, signed, "web-candidate-title");
    let answer = match sent.jawaban.as_str() {
        "bersedia" => Consented::Give,
        "tidak" => Consented::Decline(sent.alasan.trim().to_owned()),
        _ => return Err(Refused::new(StatusCode::UNPROCESSABLE_ENTITY, Message::new("web-form-answer"))),
    };
    let consent = Consent { candidate: opened.place.id.clone(), answer, by: signed.who.person.clone() };
    let Opened { place, .. } = &opened;
    let asked = asks(signed, &sent.kunci)?;
    let done = settled(app.office().answer_nomination(&place.edition, &asked, place.key.clone(), consent).await)?;
    match Wrong::left(&f, &done) {
        None => Ok(go(&f, &place.base)),
        Some(wrong) => show_refused(app, signed, way, "persetujuan", wrong, sent.alasan).await,
    }
}

#[derive(askama::Template)]
#[template(path = "candidate/changes.html")]
struct Changes {
    f: Frame,
    top: Top,
    changes: Vec<Changed>,
    people: Named,
}

impl Changes {
    fn by(&self, who: &str) -> String {
        by(&self.f, &self.people, who)
    }

    fn when(&self, at: &jiff::Timestamp) -> String {
        when(&self.f, &self.top, at)
    }
}

/// `GET …/riwayat`: who changed what.
pub(crate) async fn changes(State(app): State<App>, signed: SignedIn, Path(way): Path<Way>) -> Answer {
    let opened = open(&app, &signed, &way, "changes of a dossier").await?;
    let Opened { ref place, ref looking, .. } = opened;
    let changes = app.office().changes(&place.edition, looking, &place.key, &place.id, CHANGES_ALL).await?;
    let f = opened.frame(&app, &signed, "web-candidate-changes");
    let changes = changes.map_err(|_| Refused::nothing_here())?;
    show(&Changes { f, changes: changes.lines, people: changes.people, top: opened.top })
}
