//! Exporting: all that somebody's roles may see, as CSV. The files of organisations, candidates, panels and claims are those that can be
//! imported ([`crate::import`]); marks and winners are for reading. What a spreadsheet would run as a formula gets an apostrophe before it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::act::{ContestKey, RoundKey};
use crate::cycle::cell::is_formula;
use crate::cycle::schema::{self, Schema};
use crate::id::CandidateId;
use crate::identity::{Attribute, Body, Dated, Sort};
use crate::import::ORGANISATIONS;
use crate::permission::role::{Grant, Role};
use crate::permission::sight::{Sight, may_see};
use crate::sight::Part;
use crate::state::{Entry, State};

/// What can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Organisations and regions.
    Organisations,
    /// Candidates.
    Candidates,
    /// Members of panels, with their names.
    Panels,
    /// Figures with their verification, and the verifiers' names.
    Claims,
    /// Marks, juror by juror.
    Marks,
    /// Places and awards.
    Winners,
}

impl What {
    /// All of it.
    pub const ALL: [What; 6] = [What::Organisations, What::Candidates, What::Panels, What::Claims, What::Marks, What::Winners];

    /// The file and its columns.
    pub fn schema(self) -> Schema {
        match self {
            What::Organisations => ORGANISATIONS,
            What::Candidates => schema::CANDIDATES,
            What::Panels => schema::PANEL,
            What::Claims => schema::CLAIMS,
            What::Marks => Schema {
                file: "marks.csv",
                required: &["juror", "candidate", "indicator", "mark", "level"],
                optional: &["region", "category"],
            },
            What::Winners => Schema {
                file: "winners.csv",
                required: &["level", "region", "category", "candidate", "name", "place", "total", "status"],
                optional: &["awards"],
            },
        }
    }

    /// Whether there are names of people in it.
    pub fn names_people(self) -> bool {
        matches!(self, What::Panels | What::Claims)
    }
}

/// Who looks, when.
#[derive(Debug, Clone, Copy)]
pub struct Viewer<'v> {
    /// The roles.
    pub grants: &'v [Grant],
    /// When.
    pub at: Timestamp,
}

impl Viewer<'_> {
    fn may(&self, state: &State, sight: Sight<'_>) -> bool {
        may_see(state, self.grants, sight, Some(self.at)).is_ok()
    }

    /// Whether the viewer has any part in the award: who only administers accounts has none.
    fn takes_part(&self) -> bool {
        self.grants.iter().any(|grant| !matches!(grant.role, Role::Operator | Role::Public))
    }
}

/// The parts of the state whose names the viewer is shown for it. `state` is the whole edition without names.
pub fn named(state: &State, viewer: Viewer<'_>, what: What) -> BTreeSet<Part> {
    match what {
        What::Panels => rounds(state, viewer).into_iter().map(|round| Part::Round(round.clone())).collect(),
        What::Claims => entries(state)
            .filter(|(key, entry)| viewer.may(state, Sight::Claims(key, &entry.candidate)))
            .map(|(key, entry)| Part::Entry(key.clone(), entry.candidate.clone()))
            .collect(),
        _ => BTreeSet::new(),
    }
}

/// The text of the file: everything in `state` that the viewer may see, with the names that stand in it.
///
/// ```
/// use award::export::{Viewer, What, text};
/// use award::{Grant, Role, Scope};
///
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let state = award::run(&cycle, None, &mut |_| {}).unwrap().state;
/// let grants = [Grant::new(Role::Centre, Scope::default())];
/// let viewer = Viewer { grants: &grants, at: jiff::Timestamp::UNIX_EPOCH };
/// let winners = text(&state, viewer, What::Winners);
/// assert!(winners.ends_with("\ncity,,village,melati,Kampung Melati,1,83,advances,\ncity,,village,kenanga,Kampung Kenanga,2,81,below,\n"));
/// ```
pub fn text(state: &State, viewer: Viewer<'_>, what: What) -> String {
    let rows = match what {
        What::Organisations if viewer.takes_part() => state.register.bodies.values().flat_map(said).collect(),
        What::Organisations => Vec::new(),
        What::Candidates => candidates(state, viewer),
        What::Panels => panels(state, viewer),
        What::Claims => claims(state, viewer),
        What::Marks => marks(state, viewer),
        What::Winners => winners(state, viewer),
    };
    let mut csv = line(what.schema().columns().map(str::to_owned));
    rows.into_iter().for_each(|row| csv.push_str(&line(row.into_iter().map(|cell| armless(&cell)))));
    csv
}

fn entries(state: &State) -> impl Iterator<Item = (&ContestKey, &Entry)> {
    state.contests.iter().flat_map(|(key, contest)| contest.entries.iter().map(move |entry| (key, entry)))
}

/// What is said about a body, one row for each day and source, no question answered twice in one.
fn said(body: &Body) -> Vec<Vec<String>> {
    let mut rows: Vec<(&Dated, Vec<&Attribute>)> = Vec::new();
    for dated in &body.attributes {
        let column = column(&dated.what).0;
        match rows.last_mut() {
            Some((first, whats))
                if (first.from, &first.source) == (dated.from, &dated.source)
                    && whats.iter().all(|known| self::column(known).0 != column) =>
            {
                whats.push(&dated.what);
            }
            _ => rows.push((dated, vec![&dated.what])),
        }
    }
    let sort = if body.sort == Sort::Region { "region" } else { "organisation" };
    let row = |(first, whats): (&Dated, Vec<&Attribute>)| {
        let cell = |name: &str| match name {
            "id" => body.id.to_string(),
            "from" => first.from.to_string(),
            "source" => first.source.clone(),
            "sort" => sort.to_owned(),
            name => {
                whats.iter().map(|what| column(what)).find(|(own, _)| *own == name).map_or_else(String::new, |(_, text)| text)
            }
        };
        ORGANISATIONS.columns().map(cell).collect()
    };
    rows.into_iter().map(row).collect()
}

fn column(what: &Attribute) -> (&'static str, String) {
    match what {
        Attribute::Name(name) => ("name", name.clone()),
        Attribute::Alias(alias) => ("alias", alias.clone()),
        Attribute::Misprint(alias) => ("misprint", alias.clone()),
        Attribute::Code(code) => ("code", code.clone()),
        Attribute::Size(size) => ("size", size.clone()),
        Attribute::Kind(kind) => ("kind", kind.clone()),
        Attribute::Parent(parent) => ("parent", parent.to_string()),
    }
}

/// Candidates where they entered; a later round brings nobody new.
fn candidates(state: &State, viewer: Viewer<'_>) -> Vec<Vec<String>> {
    let mut seen = BTreeSet::new();
    let visible = entries(state).filter(|(key, entry)| viewer.may(state, Sight::Entry(key, &entry.candidate)));
    let ids = visible.map(|(_, entry)| &entry.candidate).filter(|id| seen.insert((*id).clone())).collect::<Vec<&CandidateId>>();
    let row = |id: &CandidateId| {
        let mut value = value(state.candidates.get(id)?);
        value["enters_at"] = value["level"].take();
        Some(cells(schema::CANDIDATES, &value))
    };
    ids.into_iter().filter_map(row).collect()
}

/// The rounds of which the viewer may see the panel.
fn rounds<'s>(state: &'s State, viewer: Viewer<'_>) -> Vec<&'s RoundKey> {
    let may = |round: &&RoundKey| {
        let mut contests = state.contests.keys().filter(|key| key.round == **round);
        contests.any(|key| viewer.may(state, Sight::Panel(key)))
    };
    state.rounds.keys().filter(may).collect()
}

fn panels(state: &State, viewer: Viewer<'_>) -> Vec<Vec<String>> {
    let panel = |round: &RoundKey| state.rounds.get(round).map(|round| round.panel.as_slice()).unwrap_or_default();
    let seats = rounds(state, viewer).into_iter().flat_map(panel);
    seats.map(|seat| cells(schema::PANEL, &value(seat))).collect()
}

fn claims(state: &State, viewer: Viewer<'_>) -> Vec<Vec<String>> {
    let visible = entries(state).filter(|(key, entry)| viewer.may(state, Sight::Claims(key, &entry.candidate)));
    // What came up from below stands there, with its own level.
    let own = visible.flat_map(|(key, entry)| {
        let of_level = move |claim: &&crate::cycle::tables::Claim| claim.level == key.round.level;
        entry.claims.values().filter(of_level)
    });
    own.map(|claim| cells(schema::CLAIMS, &value(claim))).collect()
}

fn marks(state: &State, viewer: Viewer<'_>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (key, contest) in &state.contests {
        let visible = contest.sheets.iter().filter(|sheet| viewer.may(state, Sight::Marks(key, &sheet.candidate, &sheet.juror)));
        for sheet in visible {
            let row = |indicator: &str, mark: String| {
                let (juror, candidate) = (sheet.juror.to_string(), sheet.candidate.to_string());
                let region = key.round.region.clone().unwrap_or_default();
                vec![juror, candidate, indicator.to_owned(), mark, key.round.level.clone(), region, key.category.clone()]
            };
            if sheet.marks.is_empty() {
                rows.push(row("*", shown(&value(&sheet.state))));
            }
            rows.extend(sheet.marks.iter().map(|(indicator, mark)| row(indicator, shown(&value(mark)))));
        }
    }
    rows
}

fn winners(state: &State, viewer: Viewer<'_>) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (key, contest) in state.contests.iter().filter(|(key, _)| viewer.may(state, Sight::Standing(key))) {
        let Some(counted) = contest.result() else { continue };
        for placed in &counted.outcome.standing {
            let awards = counted.outcome.awards.iter().map(|one| one.id.as_str());
            let own: BTreeSet<&str> = awards.filter(|award| counted.has_award(award, &placed.entry)).collect();
            let name = state.candidates.get(placed.entry.as_str()).map_or("", |known| known.name.as_str());
            rows.push(vec![
                key.round.level.clone(),
                key.round.region.clone().unwrap_or_default(),
                key.category.clone(),
                placed.entry.clone(),
                name.to_owned(),
                placed.place.to_string(),
                placed.total.to_string(),
                shown(&value(&placed.status)),
                own.into_iter().collect::<Vec<_>>().join(" "),
            ]);
        }
    }
    rows
}

fn value(said: &impl Serialize) -> Value {
    serde_json::to_value(said).unwrap_or_default()
}

/// The cells of a row by the names of its columns.
fn cells(schema: Schema, value: &Value) -> Vec<String> {
    schema.columns().map(|column| value.get(column).map(shown).unwrap_or_default()).collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A cell that no spreadsheet runs.
fn armless(cell: &str) -> String {
    if is_formula(cell.trim_start()) { format!("'{cell}") } else { cell.to_owned() }
}

/// A line of CSV; a cell is quoted where it must be.
fn line(cells: impl Iterator<Item = String>) -> String {
    let quoted = |cell: String| match cell.contains([',', ';', '"', '\n', '\r', '#']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    };
    cells.map(quoted).collect::<Vec<_>>().join(",") + "\n"
}

impl State {
    /// Takes over the panels and claims of another reading of the same edition, in which names are shown.
    pub fn show_names_of(&mut self, shown: State) {
        for (key, round) in shown.rounds {
            self.rounds.get_mut(&key).into_iter().for_each(|own| own.panel.clone_from(&round.panel));
        }
        for (key, contest) in shown.contests {
            let Some(own) = self.contests.get_mut(&key) else { continue };
            for entry in contest.entries {
                let own = own.entries.iter_mut().find(|own| own.candidate == entry.candidate);
                own.into_iter().for_each(|own| own.claims.clone_from(&entry.claims));
            }
        }
    }
}
