//! `/saya`: who one is in the award, and what there is to do now.

use award::candidate::{Standing, Turn};
use award::stage::nomination::ConsentState;
use award::view::{CandidateView, EntrySeen, RoundLine, Step, rounds_of};
use award::{Grant, PersonId, Role};
use axum::extract::State;
use jiff::Timestamp;
use office::Looking;
use rules::regions::Zone;
use rules::rulebook::Text;
use store::Edition;
use words::Message;

use crate::app::App;
use crate::candidate::state_chip;
use crate::frame::{Answer, Frame, show};
use crate::map::look;
use crate::refused::Refused;
use crate::who::SignedIn;

/// So many rounds are listed one by one; more are one link.
const LISTED: usize = 12;

#[derive(askama::Template)]
#[template(path = "desk.html")]
struct Page {
    f: Frame,
    name: String,
    person: PersonId,
    roles: Vec<RoleLine>,
    candidacies: Vec<Candidacy>,
    editions: Vec<EditionLine>,
    left: Option<u64>,
}

impl Page {
    fn chip(&self, standing: &Standing, is_back: bool) -> (&'static str, &'static str, String) {
        state_chip(&self.f, standing, is_back)
    }

    fn is_out(standing: &Standing) -> bool {
        standing.turn == Turn::Out
    }

    /// How much time is left for what is asked of a candidate.
    fn until(&self, standing: &Standing) -> Option<String> {
        standing.due.as_ref().map(|due| self.f.count("web-desk-days-left", due.days_left))
    }
}

/// A role with its reach in words.
struct RoleLine {
    role: Message,
    reach: Vec<String>,
    until: Option<String>,
    has_ended: bool,
}

/// An organisation in an edition for which one acts.
struct Candidacy {
    edition: String,
    edition_name: Text,
    view: CandidateView,
}

impl Candidacy {
    /// Where the candidate's desk for a contest is.
    fn path(&self, entry: &EntrySeen) -> String {
        self.desk(&entry.contest)
    }

    fn desk(&self, contest: &str) -> String {
        format!("/saya/kandidat/{}/{}/{}", self.edition, contest.replace('/', "~"), self.view.candidate)
    }

    /// Where the proposal is answered, while it waits for that.
    fn proposal(&self) -> Option<String> {
        self.view.proposed_for.as_deref().filter(|_| self.waits_for_consent()).map(|contest| self.desk(contest))
    }

    /// How many documents of the checklist are there, and how many it has.
    fn documents(&self, entry: &EntrySeen) -> (usize, usize) {
        let documents = entry.dossier.shown().map(|dossier| dossier.documents.as_slice()).unwrap_or_default();
        (documents.iter().filter(|one| one.version.is_some()).count(), documents.len())
    }

    fn has_declined(&self) -> bool {
        matches!(self.view.consent, Some(ConsentState::Declined(_)))
    }

    fn waits_for_consent(&self) -> bool {
        matches!(self.view.consent, Some(ConsentState::Awaited))
    }
}

/// An edition with the rounds of one's roles.
struct EditionLine {
    id: String,
    name: Text,
    rounds: Vec<Round>,
    more: usize,
}

/// A round of one's own.
struct Round {
    line: RoundLine,
    phase: Message,
    chip: &'static str,
    sign: &'static str,
    roles: Vec<Message>,
}

impl Round {
    fn path(&self) -> String {
        let region = self.line.region.as_ref().map(|region| format!("/{region}")).unwrap_or_default();
        format!("/putaran/{}{region}", self.line.level)
    }
}

/// `GET /saya`.
pub(crate) async fn page(State(app): State<App>, me: SignedIn) -> Answer {
    let f = Frame::new(&app, &me.visit, "web-desk-title");
    let (mut candidacies, mut editions) = (Vec::new(), Vec::new());
    let mut all = Vec::new();
    for id in app.office().store().editions().await? {
        all.push(app.edition(&id).await?);
    }
    all.sort_by_key(|edition| std::cmp::Reverse(edition.rules.edition.assessment_to));
    for edition in &all {
        candidacies.extend(own_candidacies(&app, edition, &me).await?);
        editions.extend(own_rounds(&app, edition, &me).await?);
    }
    let left = app.office().recovery_codes_left(&me.who).await?;
    let roles = me.who.grants.iter().map(|grant| told(grant, &all, &candidacies, &f, me.visit.now)).collect();
    show(&Page { name: me.who.name.clone(), person: me.who.person.clone(), roles, candidacies, editions, left, f })
}

/// The candidacies of the organisations for which somebody acts, in an edition.
async fn own_candidacies(app: &App, edition: &Edition, me: &SignedIn) -> Result<Vec<Candidacy>, Refused> {
    let looking = me.who.looking(me.visit.now, "desk", "own desk");
    let mut found: Vec<Candidacy> = Vec::new();
    for grant in me.who.grants.iter().filter(|grant| grant.role == Role::Candidate && holds(grant, edition, me.visit.now)) {
        let Some(own) = &grant.scope.organisation else { continue };
        if found.iter().any(|known| known.view.candidate == *own) {
            continue;
        }
        if let Some(view) = app.office().candidacy(edition, &looking, own).await? {
            found.push(Candidacy { edition: edition.id.clone(), edition_name: edition.rules.edition.name.clone(), view });
        }
    }
    Ok(found)
}

fn holds(grant: &Grant, edition: &Edition, now: Timestamp) -> bool {
    let in_edition = grant.scope.edition.as_ref().is_none_or(|own| *own == edition.id);
    in_edition && grant.from.is_none_or(|from| from <= now) && !has_ended(grant, now)
}

fn has_ended(grant: &Grant, now: Timestamp) -> bool {
    grant.until.is_some_and(|until| until < now)
}

/// The rounds of somebody's roles, in an edition; none where there is none.
async fn own_rounds(app: &App, edition: &Edition, me: &SignedIn) -> Result<Option<EditionLine>, Refused> {
    let may = |grant: &&Grant| !matches!(grant.role, Role::Candidate | Role::Operator | Role::Public);
    if !me.who.grants.iter().any(|grant| may(&grant)) {
        return Ok(None);
    }
    let rounds = app.office().nation(edition, &Looking::public(me.visit.now, "desk")).await?.rounds;
    let mut own: Vec<Round> = Vec::new();
    for grant in &me.who.grants {
        for line in rounds_of(&rounds, &edition.id, grant, me.visit.now) {
            let label = grant.role.label();
            match own.iter_mut().find(|known| known.line == *line) {
                Some(known) if known.roles.contains(&label) => {}
                Some(known) => known.roles.push(label),
                None => own.push(round(line.clone(), label)),
            }
        }
    }
    // What is under way first: that is where there is something to do.
    own.sort_by_key(|round| matches!(round.line.step, Step::NotOpened | Step::Announced));
    let more = own.len().saturating_sub(LISTED);
    own.truncate(LISTED);
    let line = EditionLine { id: edition.id.clone(), name: edition.rules.edition.name.clone(), rounds: own, more };
    Ok(Some(line).filter(|line| !line.rounds.is_empty()))
}

fn round(line: RoundLine, role: Message) -> Round {
    let (_, chip, sign, key) = look(line.step);
    Round { phase: Message::new(key), chip, sign, roles: vec![role], line }
}

/// A role in words: what, how far, and until when.
fn told(grant: &Grant, editions: &[Edition], own: &[Candidacy], f: &Frame, now: Timestamp) -> RoleLine {
    let scope = &grant.scope;
    let edition = scope.edition.as_ref().and_then(|id| editions.iter().find(|edition| edition.id == *id));
    let regions = edition.or(editions.first());
    let name = |code: &str| regions.map_or_else(|| code.to_owned(), |edition| edition.empty().geography.name(code));
    let level = |id: &String| {
        let known = regions.and_then(|edition| edition.rules.levels.iter().find(|level| level.id == *id));
        known.map_or_else(|| id.clone(), |level| f.text(&level.name).to_owned())
    };
    let parts = [
        scope.level.as_ref().map(level),
        scope.region.as_deref().map(name),
        (!scope.area.is_empty()).then(|| scope.area.iter().map(|code| name(code)).collect::<Vec<_>>().join(", ")),
        scope.category.as_ref().map(|id| {
            let known = regions.and_then(|edition| edition.rules.category(id));
            known.map_or_else(|| id.clone(), |category| f.text(&category.name).to_owned())
        }),
        scope.organisation.as_ref().map(|id| {
            let known = own.iter().find(|one| one.view.candidate == *id);
            known.map_or_else(|| id.to_string(), |one| one.view.name.clone())
        }),
        scope.edition.as_ref().map(|id| {
            edition.map_or_else(|| f.with("web-desk-edition", id), |edition| f.text(&edition.rules.edition.name).to_owned())
        }),
    ];
    RoleLine {
        role: grant.role.label(),
        reach: parts.into_iter().flatten().collect(),
        until: grant.until.map(|until| f.moment(&until, &Zone::Wib)),
        has_ended: has_ended(grant, now),
    }
}
