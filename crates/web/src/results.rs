//! Who won: the whole edition by level, region and category, and one contest with its standing, as far as it is published.

use std::collections::BTreeSet;

use award::view::{Advance, AwardSeen, ContestView, OutcomeSeen, PoolSeen, RoundLine, RowSeen, Step, Veil, contested, fields};
use award::{CandidateId, ContestKey};
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use office::Looking;
use rules::rulebook::{Category, Level, Text};
use serde::Deserialize;
use store::Edition;
use words::Message;

use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::map::look;
use crate::refused::Refused;
use crate::visit::Visit;

/// Which results are wanted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    tingkat: String,
    #[serde(default)]
    kategori: String,
}

#[derive(askama::Template)]
#[template(path = "results.html")]
struct Page {
    f: Frame,
    wanted: Wanted,
    levels: Vec<Level>,
    categories: Vec<Category>,
    outcomes: Vec<OutcomeSeen>,
    rounds: Vec<RoundsOf>,
    /// Whether nothing more will come.
    is_over: bool,
}

/// The rounds of a level.
struct RoundsOf {
    name: Text,
    /// Those in which anybody stands, by step, the furthest first.
    groups: Vec<AtStep>,
    /// Those that are open and in which nobody stands.
    without: Vec<RoundLine>,
    /// How many are not opened.
    closed: usize,
}

/// The rounds of a level at one step.
struct AtStep {
    /// Chip, sign and text of the step.
    look: (&'static str, &'static str, &'static str),
    is_announced: bool,
    rounds: Vec<RoundLine>,
}

impl RoundsOf {
    /// The rounds of a level out of those of an edition.
    fn of(level: &Level, known: &[RoundLine]) -> RoundsOf {
        let own = known.iter().filter(|round| round.level == level.id && round.region.is_some());
        let (opened, closed): (Vec<&RoundLine>, Vec<&RoundLine>) = own.partition(|round| round.step != Step::NotOpened);
        let (stood, without): (Vec<&RoundLine>, Vec<&RoundLine>) = opened.into_iter().partition(|round| round.candidates > 0);
        let steps: BTreeSet<Step> = stood.iter().map(|round| round.step).collect();
        let at = |step: Step| AtStep {
            look: step_look(&step),
            is_announced: step == Step::Announced,
            rounds: stood.iter().filter(|round| round.step == step).map(|round| (*round).clone()).collect(),
        };
        RoundsOf {
            name: level.name.clone(),
            groups: steps.into_iter().rev().map(at).collect(),
            without: without.into_iter().cloned().collect(),
            closed: closed.len(),
        }
    }

    fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.without.is_empty() && self.closed == 0
    }
}

/// `GET /edisi/{edition}/hasil`: the highest level and every round, or one category, or one level.
pub(crate) async fn all(State(app): State<App>, visit: Visit, Path(id): Path<String>, Query(wanted): Query<Wanted>) -> Answer {
    let edition = app.edition(&id).await?;
    let looking = Looking::public(visit.now, "results");
    let keys = wanted.keys(&edition, &app.office().contests(&edition).await?);
    let outcomes = app.office().outcomes(&edition, &looking, &keys).await?;
    let (known, is_over) = match wanted.kategori.is_empty() {
        true => {
            let nation = app.office().nation(&edition, &looking).await?;
            (nation.rounds, nation.is_over)
        }
        false => (Vec::new(), false),
    };
    let rules = &edition.rules;
    let shown = rules.levels.iter().rev().filter(|level| wanted.tingkat.is_empty() || wanted.tingkat == level.id);
    show(&Page {
        rounds: shown.map(|level| RoundsOf::of(level, &known)).filter(|level| !level.is_empty()).collect(),
        levels: rules.levels.clone(),
        categories: contested(rules).cloned().collect(),
        f: Frame::new(&app, &visit, "web-results-title").within(&edition).helped_by("hasil"),
        outcomes,
        wanted,
        is_over,
    })
}

impl Wanted {
    /// The contests that were asked for; where nothing was, those of the highest level.
    fn keys(&self, edition: &Edition, contests: &[Advance]) -> Vec<ContestKey> {
        let highest = edition.rules.levels.last().map(|level| level.id.as_str()).unwrap_or_default();
        let entered = contests.iter().filter(|contest| contest.entered > 0).map(|contest| &contest.contest);
        let fits = |key: &&ContestKey| match (self.tingkat.as_str(), self.kategori.as_str()) {
            ("", "") => key.round.level == highest,
            ("", category) => key.category == category,
            (level, "") => key.round.level == level && key.round.region.is_none(),
            (level, category) => key.round.level == level && key.category == category,
        };
        entered.filter(fits).cloned().collect()
    }
}

#[derive(askama::Template)]
#[template(path = "contest.html")]
struct One {
    f: Frame,
    key: ContestKey,
    view: ContestView,
    /// One, or one for each pool where each has a cut of its own.
    standings: Vec<Standing>,
    winners: Vec<Winner>,
    /// Where the result is provisional: what would be given.
    titles: Vec<Title>,
    highest: bool,
    /// Whether candidates are in pools.
    pools: bool,
    /// Whether each pool has a cut of its own.
    by_pool: bool,
    recountable: bool,
    /// What the count document is called.
    file: String,
    zones: Vec<(String, Text)>,
}

/// Those who compete with each other.
struct Standing {
    /// None where all compete with all, and for those outside every pool.
    pool: Option<PoolSeen>,
    rows: Vec<Line>,
}

/// A line of the standing, with whether the cut stands above it.
struct Line {
    row: RowSeen,
    cut_above: bool,
    look: (&'static str, &'static str, &'static str),
}

/// Somebody who won, with titles.
struct Winner {
    row: RowSeen,
    titles: Vec<Text>,
}

/// A title with the names of those who have it.
struct Title {
    name: Text,
    holders: Vec<(CandidateId, String)>,
}

/// `GET /edisi/{edition}/hasil/{contest}`.
pub(crate) async fn contest(State(app): State<App>, visit: Visit, Path((id, path)): Path<(String, String)>) -> Answer {
    let edition = app.edition(&id).await?;
    let key = ContestKey::parse(&path).ok_or_else(Refused::nothing_here)?;
    let looking = Looking::public(visit.now, "result");
    let view = app.office().contest(&edition, &looking, &key).await?.filter(|view| view.entered > 0);
    let view = view.ok_or_else(Refused::nothing_here)?;
    let f = Frame::new(&app, &visit, "web-results-title").within(&edition).helped_by("hasil");
    let title = format!("{}, {}", f.text(&view.category_name), place(&f, &view));
    let highest = edition.rules.levels.last().is_some_and(|level| level.id == key.round.level);
    let recount = app.office().recount(&edition, &looking, &key).await?;
    let rows = view.standing.shown().cloned().unwrap_or_default();
    let awards = view.awards.shown().cloned().unwrap_or_default();
    let winners = if view.step == Step::Announced { winners(&rows, &awards) } else { Vec::new() };
    show(&One {
        recountable: recount.shown().is_some_and(Option::is_some),
        file: file_name(&key),
        zones: edition.rules.zones.iter().map(|zone| (zone.id.clone(), zone.name.clone())).collect(),
        pools: rows.iter().any(|row| row.pool.is_some()),
        by_pool: !view.pools.is_empty(),
        titles: titles(&rows, &awards),
        standings: standings(&rows, &view.pools, Standpoint::of(highest, view.step)),
        f: f.called(title),
        key,
        winners,
        highest,
        view,
    })
}

fn place(f: &Frame, view: &ContestView) -> String {
    view.region_name.clone().unwrap_or_else(|| f.text(&view.level_name).to_owned())
}

/// What being in front means in a contest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standpoint {
    /// Going up to the next level.
    GoesUp,
    /// The same, if the provisional result stands.
    WouldGoUp,
    /// Winning.
    Wins,
    /// The same, if the provisional result stands.
    WouldWin,
}

impl Standpoint {
    pub(crate) fn of(highest: bool, step: Step) -> Standpoint {
        match (highest, step == Step::Announced) {
            (true, true) => Standpoint::Wins,
            (true, false) => Standpoint::WouldWin,
            (false, true) => Standpoint::GoesUp,
            (false, false) => Standpoint::WouldGoUp,
        }
    }
}

/// The standings of a contest: one, or that of each pool in which somebody has a place.
fn standings(rows: &[RowSeen], pools: &[PoolSeen], in_front: Standpoint) -> Vec<Standing> {
    let of = |(pool, rows): (Option<&PoolSeen>, &[RowSeen])| Standing { pool: pool.cloned(), rows: lines(rows, in_front) };
    fields(pools, rows).into_iter().map(of).collect()
}

fn lines(rows: &[RowSeen], standpoint: Standpoint) -> Vec<Line> {
    let mut above = false;
    let line = |row: &RowSeen| {
        let in_front = row.status == "advances";
        let cut_above = above && !in_front;
        above = in_front;
        Line { look: status(row, standpoint), row: row.clone(), cut_above }
    };
    rows.iter().map(line).collect()
}

/// Chip, sign and text of what became of somebody with a place.
pub(crate) fn status(row: &RowSeen, in_front: Standpoint) -> (&'static str, &'static str, &'static str) {
    match row.status.split(' ').next().unwrap_or_default() {
        _ if row.is_out => ("tolak", "×", "web-status-out"),
        "advances" => match in_front {
            Standpoint::Wins => ("tunggu", "★", "web-status-wins"),
            Standpoint::WouldWin => ("jalan", "◎", "web-status-would-win"),
            Standpoint::WouldGoUp if !row.went_up => ("jalan", "◎", "web-status-would-advance"),
            Standpoint::GoesUp | Standpoint::WouldGoUp => ("baik", "↑", "web-status-advances"),
        },
        "reserve" => ("jalan", "◷", "web-status-reserve"),
        "undecided" => ("tunggu", "?", "web-status-undecided"),
        "ranked" => ("diam", "•", "web-status-ranked"),
        "region_cap" => ("diam", "–", "web-status-region-cap"),
        "below_minimum" => ("diam", "–", "web-status-below-minimum"),
        _ => ("diam", "–", "web-status-below"),
    }
}

fn winners(rows: &[RowSeen], awards: &[AwardSeen]) -> Vec<Winner> {
    let wins = rows.iter().filter(|row| row.status == "advances" && !row.is_out);
    let titles = |row: &RowSeen| -> Vec<Text> {
        let own = awards.iter().filter(|award| award.candidates.contains(&row.candidate));
        own.map(|award| award.name.clone()).collect()
    };
    wins.map(|row| Winner { titles: titles(row), row: row.clone() }).collect()
}

fn titles(rows: &[RowSeen], awards: &[AwardSeen]) -> Vec<Title> {
    let name =
        |id: &CandidateId| rows.iter().find(|row| row.candidate == *id).map_or_else(|| id.to_string(), |row| row.name.clone());
    let mut titles: Vec<Title> = Vec::new();
    // The same title is given once in each zone.
    for award in awards {
        let holders = award.candidates.iter().map(|id| (id.clone(), name(id)));
        match titles.iter_mut().find(|title| title.name == award.name) {
            Some(title) => title.holders.extend(holders),
            None => titles.push(Title { name: award.name.clone(), holders: holders.collect() }),
        }
    }
    titles
}

/// Chip, sign and text of how far a contest is.
pub(crate) fn step_look(step: &Step) -> (&'static str, &'static str, &'static str) {
    let (_, chip, sign, key) = look(*step);
    (chip, sign, key)
}

/// `GET /edisi/{edition}/berkas-hitung/{contest}`: what anybody needs to recount a published result.
pub(crate) async fn count(
    State(app): State<App>,
    visit: Visit,
    Path((id, path)): Path<(String, String)>,
) -> Result<Response, Refused> {
    let edition = app.edition(&id).await?;
    let key = ContestKey::parse(&path).ok_or_else(Refused::nothing_here)?;
    let looking = Looking::public(visit.now, "count document");
    let count = match app.office().recount(&edition, &looking, &key).await? {
        Veil::Shown(Some(count)) => count,
        _ => return Err(Refused::nothing_here()),
    };
    let text = serde_json::to_string_pretty(&count).map_err(Refused::broken)?;
    let name = format!("attachment; filename=\"{}\"", file_name(&key));
    Ok(([(CONTENT_TYPE, "application/json".to_owned()), (CONTENT_DISPOSITION, name)], text).into_response())
}

fn file_name(key: &ContestKey) -> String {
    crate::rulebook::plain(&format!("{}.json", key.path().replace('/', "-")))
}

impl One {
    /// Whether each line tells its pool: where all compete with all, and candidates are in pools.
    fn tells_pool(&self) -> bool {
        self.pools && !self.by_pool
    }

    /// Whether what is shown is only published, and can still fall.
    fn is_provisional(&self) -> bool {
        self.view.step < Step::Announced
    }

    fn is_empty(&self) -> bool {
        self.standings.iter().all(|standing| standing.rows.is_empty())
    }

    /// The pool in which a row stands, by its name.
    fn pool<'r>(&'r self, row: &'r RowSeen, f: &Frame) -> &'r str {
        let id = row.pool.as_deref().unwrap_or_default();
        let known = self.zones.iter().find(|(zone, _)| zone == id);
        known.map_or(id, |(_, name)| f.text(name))
    }
}

/// What is said of a contest in whose front nobody stands.
pub(crate) fn nobody(one: &OutcomeSeen, f: &Frame) -> String {
    match &one.missed {
        _ if one.step < Step::Announced => f.t("web-results-nobody"),
        Some(minimum) => f.with("web-results-missed", f.number(minimum)),
        None => f.t("web-results-nobody-in-the-end"),
    }
}

/// Whether a contest has a place of honour: it is announced, and somebody stands in front.
pub(crate) fn is_honoured(one: &OutcomeSeen) -> bool {
    one.step == Step::Announced && one.best.shown().is_some_and(|rows| !rows.is_empty())
}

/// How many may win or go up, as a rule and not as a fact.
fn quota(f: &Frame, highest: bool, by_pool: bool, quota: u32) -> String {
    let key = match (highest, by_pool) {
        (true, false) => "web-contest-quota-win",
        (true, true) => "web-contest-quota-win-pool",
        (false, false) => "web-contest-quota",
        (false, true) => "web-contest-quota-pool",
    };
    f.count(key, quota)
}

/// How many jurors stand behind a line, of how many, and why not all.
pub(crate) fn bench(row: &RowSeen) -> Vec<Message> {
    let Some(bench) = row.bench else { return Vec::new() };
    if bench.marked == bench.of {
        return vec![Message::new("web-bench-all").number("count", bench.of)];
    }
    let others = bench.of - bench.marked - bench.recused - bench.absent;
    let why = [("web-bench-recused", bench.recused), ("web-bench-absent", bench.absent), ("web-bench-others", others)];
    let why = why.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| Message::new(key).number("count", count));
    [Message::new("web-bench").number("count", bench.marked).number("of", bench.of)].into_iter().chain(why).collect()
}

#[cfg(test)]
mod tests {
    use award::view::Bench;

    use super::*;

    fn row(status: &str, went_up: bool) -> RowSeen {
        RowSeen {
            place: 1,
            among: 2,
            pool: None,
            candidate: "a".into(),
            name: "A".into(),
            region_name: String::new(),
            total: "1".into(),
            total_shown: "1,00".into(),
            jurors: 0,
            bench: None,
            status: status.into(),
            gap: None,
            went_up,
            is_out: false,
            sentence: Message::new("web-of").into(),
        }
    }

    #[test]
    fn nobody_has_won_before_the_announcement_whatever_the_place() {
        let told = |highest, step| status(&row("advances", false), Standpoint::of(highest, step)).2;
        assert_eq!(told(true, Step::Announced), "web-status-wins");
        assert_eq!(told(true, Step::Published), "web-status-would-win");
        assert_eq!(told(false, Step::Published), "web-status-would-advance");
        assert_eq!(told(false, Step::Announced), "web-status-advances");
        assert_eq!(status(&row("advances", true), Standpoint::of(false, Step::Published)).2, "web-status-advances");
        assert_eq!(status(&row("reserve 1", false), Standpoint::of(true, Step::Published)).2, "web-status-reserve");
    }

    #[test]
    fn it_is_told_how_many_jurors_count_of_how_many_and_why_not_all() {
        let told = |marked, of, recused, absent| {
            let bench = Some(Bench { marked, of, recused, absent });
            let row = RowSeen { bench, ..row("advances", false) };
            super::bench(&row).iter().map(|message| message.render(words::Lang::Id)).collect::<Vec<_>>()
        };
        assert_eq!(told(9, 9, 0, 0), ["9"]);
        assert_eq!(told(7, 9, 1, 1), ["7 dari 9", "1 menyatakan benturan kepentingan", "1 tidak hadir"]);
        assert_eq!(told(8, 9, 0, 0), ["8 dari 9", "1 tanpa nilai"]);
    }

    #[test]
    fn rounds_stand_by_step_the_announced_first_and_those_without_candidates_in_one_sentence() {
        let rules = rules::example();
        let round = |region: &str, step, candidates| RoundLine {
            level: rules.levels[0].id.clone(),
            region: Some(region.to_owned()),
            region_name: None,
            step,
            steps: std::collections::BTreeMap::new(),
            candidates,
            free_seats: 0,
            late: None,
        };
        let known = [
            round("11", Step::Dossiers, 3),
            round("12", Step::Announced, 3),
            round("13", Step::Nomination, 0),
            round("14", Step::NotOpened, 0),
        ];
        let level = RoundsOf::of(&rules.levels[0], &known);
        let groups: Vec<&str> = level.groups.iter().map(|group| group.look.2).collect();
        assert_eq!(groups, ["web-step-announced", "web-step-dossiers"]);
        assert_eq!((level.without.len(), level.closed), (1, 1));
    }

    #[test]
    fn nobody_stands_in_front_of_an_announced_contest_because_of_the_minimum() {
        let outcome = |step, missed: Option<&str>| OutcomeSeen {
            contest: ContestKey::parse("city/village").expect("a contest"),
            level_name: None,
            region_name: None,
            category_name: None,
            step,
            pools: Vec::new(),
            best: Veil::Shown(Vec::new()),
            awards: Veil::Shown(Vec::new()),
            missed: missed.map(str::to_owned),
            expected: None,
        };
        assert!(!is_honoured(&outcome(Step::Announced, Some("60"))));
        let won = OutcomeSeen { best: Veil::Shown(vec![row("advances", false)]), ..outcome(Step::Announced, None) };
        assert!(is_honoured(&won) && !is_honoured(&OutcomeSeen { step: Step::Published, ..won }));
    }
}
