//! The front page: what the award is, where this year stands, and the two things that visitors come for.

use award::RoundKey;
use award::view::{EditionView, LevelSeen, RoundLine, Step, contested};
use axum::extract::{Path, State};
use office::Looking;
use store::Edition;
use words::Message;

use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::map::{Group, STAGES, Tile, look_back, tiles};
use crate::visit::Visit;

#[derive(askama::Template)]
#[template(path = "home.html")]
struct Page {
    f: Frame,
    view: EditionView,
    now: Message,
    steps: Vec<Stage>,
    tiles: Vec<Tile>,
    levels: Vec<Level>,
    announced: Vec<Announced>,
    categories: usize,
    /// Whether another edition is under way.
    is_past: bool,
}

/// A round whose results are announced.
struct Announced {
    /// Within the edition.
    path: String,
    /// What its region is called, or else its level.
    name: String,
}

/// A step of the process with how many rounds reached it.
struct Stage {
    name: &'static str,
    reached: usize,
    of: usize,
}

impl Stage {
    fn class(&self) -> &'static str {
        match self.reached {
            0 => "",
            all if all == self.of => "sudah",
            _ => "kini",
        }
    }
}

/// A level with how many of its rounds stand at which step.
struct Level {
    seen: LevelSeen,
    steps: Vec<(usize, &'static str, &'static str, &'static str)>,
}

#[derive(askama::Template)]
#[template(path = "empty.html")]
struct Empty {
    f: Frame,
}

/// `GET /`: the present edition.
pub(crate) async fn front(State(app): State<App>, visit: Visit) -> Answer {
    match app.present().await? {
        Some(edition) => of(&app, &visit, &edition).await,
        None => show(&Empty { f: Frame::new(&app, &visit, "web-empty-title") }),
    }
}

/// `GET /edisi/{edition}`: one edition.
pub(crate) async fn edition(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Answer {
    let edition = app.edition(&id).await?;
    of(&app, &visit, &edition).await
}

async fn of(app: &App, visit: &Visit, edition: &Edition) -> Answer {
    let looking = Looking::public(visit.now, "home");
    let view = app.office().edition_view(edition, &looking).await?;
    let rounds = app.office().nation(edition, &looking).await?.rounds;
    let present = app.present().await?;
    let lowest = view.levels.first().map(|level| level.level.clone()).unwrap_or_default();
    // Of an edition that is over only counts what there was.
    let counts = |round: &&RoundLine| round.level == lowest && !(view.is_over && round.step == Step::NotOpened);
    let own: Vec<&RoundLine> = rounds.iter().filter(counts).collect();
    let (now, steps) = (standing(&own, view.is_over), stages(&own));
    let f = Frame::titled(app, visit, String::new()).within(edition);
    let title = f.text(&view.edition.name).to_owned();
    let level = |seen: &LevelSeen| {
        let steps = seen.steps.iter().rev().map(|(step, count)| {
            let (_, chip, sign, key) = look_back(*step, view.is_over);
            (*count, chip, sign, key)
        });
        Level { steps: steps.collect(), seen: seen.clone() }
    };
    let announced = rounds.iter().filter(|round| round.step == Step::Announced);
    show(&Page {
        now,
        tiles: tiles(&rounds, &lowest, view.is_over),
        levels: view.levels.iter().map(level).collect(),
        announced: announced.map(|round| announced_of(&f, &view, round)).collect(),
        categories: contested(&edition.rules).count(),
        is_past: present.is_some_and(|present| present.id != edition.id),
        f: f.called(title),
        steps,
        view,
    })
}

fn announced_of(f: &Frame, view: &EditionView, round: &RoundLine) -> Announced {
    let key = RoundKey { level: round.level.clone(), region: round.region.clone() };
    let level = view.levels.iter().find(|level| level.level == round.level).map(|level| f.text(&level.name).to_owned());
    Announced { path: format!("/putaran/{}", key.path()), name: round.region_name.clone().or(level).unwrap_or_default() }
}

/// Where the year stands, in a line: how many rounds of the lowest level are through.
fn standing(rounds: &[&RoundLine], is_over: bool) -> Message {
    let through = |step: Step| rounds.iter().filter(|round| round.step >= step).count();
    let (announced, counted, opened) = (through(Step::Announced), through(Step::Counted), through(Step::Nomination));
    let (key, count) = match () {
        () if is_over => ("web-standing-over", announced),
        () if !rounds.is_empty() && announced == rounds.len() => ("web-standing-announced", announced),
        () if counted > 0 => ("web-standing-counted", counted),
        () => ("web-standing-open", opened),
    };
    Message::new(key).number("count", count).number("of", rounds.len())
}

fn stages(rounds: &[&RoundLine]) -> Vec<Stage> {
    let reached = |step: Step| rounds.iter().filter(|round| round.step >= step).count();
    STAGES.iter().map(|(name, step)| Stage { name, reached: reached(*step), of: rounds.len() }).collect()
}

/// How many rounds of a part of the table are late.
fn late_in(group: &Group<'_>) -> usize {
    group.tiles.iter().filter(|tile| tile.late.is_some()).count()
}
