//! One contest of the report: the standing with its reasons, who stayed outside, ties, near-misses, warnings.

use std::collections::BTreeMap;

use rules::rulebook::{SeatRole, Text};
use serde::Serialize;
use tally::outcome::{Adjusted, Placed, SeparatedBy, SeparatedWord};
use tally::{Outcome, Status, Within};
use words::{Arg, Message};

use super::conflicts::{self, Structural, WithWithout};
use crate::cycle::tables::{Appointment, Came};
use crate::expected::{out_name, status_name};
use crate::fact::Counted;
use crate::run::{ContestRun, Run};
use crate::sentence::{self, Sentence, Teller};
use crate::state::{Contest, Entry};
use crate::{compile, notice, rule};

/// One contest.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct ContestReport {
    pub id: String,
    pub category: String,
    pub category_name: Text,
    /// Whether the plenary has made the result its own.
    pub ratified: bool,
    /// Why it is not counted yet, though the rest is: what is still missing, and what to do.
    pub open: Option<Sentence>,
    /// Whether the best go up from here; at the last level they win.
    pub goes_up: bool,
    pub quota: u32,
    pub within: Within,
    pub minimum: Option<String>,
    pub reserves: u32,
    /// Names of the nodes in `points`, in the order of the tree.
    pub nodes: Vec<NodeName>,
    pub standing: Vec<StandingRow>,
    pub out: Vec<OutRow>,
    /// The lowest total that advances, by pool.
    pub thresholds: Vec<(Option<String>, Option<String>)>,
    pub awards: Vec<AwardShown>,
    pub ties: Vec<Sentence>,
    pub near_misses: Vec<NearMiss>,
    pub adjusted: Option<AdjustedFit>,
    pub structural: Vec<Structural>,
    pub with_without: Vec<WithWithout>,
    pub warnings: Vec<Sentence>,
}

/// A node's id and name.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct NodeName {
    pub id: String,
    pub name: Text,
    /// 0 for the total, 1 for what it is made of, and so on.
    pub depth: usize,
}

/// An entry with a place.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct StandingRow {
    pub place: u32,
    pub pool: Option<String>,
    /// The zone's name.
    pub pool_name: Option<Text>,
    pub pool_place: u32,
    pub candidate: String,
    pub name: String,
    pub region: String,
    pub region_name: String,
    /// Exact.
    pub total: String,
    /// With two decimals, for reading.
    pub total_shown: String,
    /// How much it lacks; exact.
    pub gap: Option<String>,
    pub status: String,
    /// `total`, `nothing`, or the rung of the ladder: what puts it before the next.
    pub separated_by: Option<String>,
    pub counted: Option<CountedOf>,
    pub attendance: Option<AttendanceShown>,
    pub corrections: u32,
    pub awards: Vec<String>,
    pub enough: Option<Enough>,
    /// Points by node; exact.
    pub points: BTreeMap<String, Option<String>>,
    pub sentence: Sentence,
}

/// How many jurors' marks were counted: "8 of 9". Where indicators differ, the fewest.
#[derive(Debug, Clone, Copy, Serialize)]
#[allow(missing_docs)]
pub struct CountedOf {
    pub counted: u32,
    pub of: u32,
}

/// Who came.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct AttendanceShown {
    pub state: Came,
    pub rank: Option<String>,
    pub speaker: Option<String>,
    pub post: Option<String>,
}

/// What would have been enough.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Enough {
    pub indicator: String,
    pub name: Text,
    pub points: String,
}

/// An entry without a place.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct OutRow {
    pub candidate: String,
    pub name: String,
    pub region: String,
    pub region_name: String,
    /// `withdrawn`, `disqualified`, `excluded`, `unscored` or `not_admitted`.
    pub status: String,
    pub attendance: Option<AttendanceShown>,
    pub sentence: Sentence,
}

/// An award and who got it.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct AwardShown {
    pub id: String,
    pub name: Text,
    pub pool: Option<String>,
    /// The zone's name.
    pub pool_name: Option<Text>,
    pub special: bool,
    pub candidates: Vec<String>,
    pub prizes: Vec<Text>,
}

/// The first below the line.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct NearMiss {
    pub candidate: String,
    pub name: String,
    pub gap: String,
    pub sentence: Sentence,
}

/// What the additive fit says where marks are missing.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct AdjustedFit {
    /// Whether other candidates would advance.
    pub disagrees: bool,
    pub advancing: Vec<String>,
    pub totals: BTreeMap<String, String>,
    pub sentence: Sentence,
}

/// The report of one contest.
pub(super) fn report(run: &Run, contest: &ContestRun) -> ContestReport {
    let rules = &run.cycle.rules;
    let rule = run.state.rule(&contest.key).expect("a contest exists only where the rulebook has rules for it");
    let category = rules.category(&contest.category).map(|category| category.name.clone());
    let mut shown = ContestReport {
        id: contest.id.to_string(),
        category: contest.category.clone(),
        category_name: category.unwrap_or(Text { id: contest.category.clone(), en: contest.category.clone() }),
        ratified: contest.ratified,
        open: contest.open.as_ref().map(sentence::open),
        goes_up: rule::next_level(rules, &contest.level, &contest.category).is_some(),
        quota: rule.quota,
        within: rule.quota_within,
        minimum: rule.minimum.as_ref().map(ToString::to_string),
        reserves: rule.reserves,
        nodes: Vec::new(),
        standing: Vec::new(),
        out: outside(run, contest),
        thresholds: Vec::new(),
        awards: Vec::new(),
        ties: Vec::new(),
        near_misses: Vec::new(),
        adjusted: None,
        structural: conflicts::structural(run, contest),
        with_without: Vec::new(),
        warnings: warnings(run, contest),
    };
    if let Some(counted) = &contest.counted {
        Desk { run, contest, counted, state: &run.state.contests[&contest.key] }.fill(&mut shown);
    }
    shown
}

/// Those whose dossiers were not admitted.
fn outside(run: &Run, contest: &ContestRun) -> Vec<OutRow> {
    let row = |(candidate, why): &(crate::CandidateId, crate::NotAdmitted)| {
        let entry = run.state.contests[&contest.key].entry(candidate.as_str())?;
        Some(out_row(run, entry, "not_admitted", sentence::not_admitted(why)))
    };
    contest.not_admitted.iter().filter_map(row).collect()
}

fn out_row(run: &Run, entry: &Entry, status: &str, sentence: Sentence) -> OutRow {
    let region = run.state.candidates[&entry.candidate].region.clone();
    OutRow {
        candidate: entry.candidate.to_string(),
        name: run.name(entry.candidate.as_str()).to_owned(),
        region_name: run.cycle.geography.name(&region),
        region,
        status: status.to_owned(),
        attendance: attendance(entry),
        sentence,
    }
}

fn attendance(entry: &Entry) -> Option<AttendanceShown> {
    entry.attendance.as_ref().map(|attendance| AttendanceShown {
        state: attendance.state,
        rank: attendance.rank.clone(),
        speaker: attendance.speaker.clone(),
        post: attendance.post.clone(),
    })
}

/// What should be known beside the result, whether or not there is one yet.
fn warnings(run: &Run, contest: &ContestRun) -> Vec<Sentence> {
    let mut warnings = chair_warnings(run, contest);
    warnings.extend(notices(run, contest).into_iter().map(Sentence));
    let moved_up = run.state.contests[&contest.key].moved_up.iter().map(|(candidate, instead_of, to)| {
        Message::new("warning-reserve-moved-up")
            .text("candidate", run.name(candidate.as_str()))
            .text("contest", to.path())
            .text("instead-of", run.name(instead_of.as_str()))
    });
    warnings.extend(moved_up.map(Sentence));
    warnings
}

/// Where the panel or the interview was otherwise than the rulebook asks.
fn notices(run: &Run, contest: &ContestRun) -> Vec<Message> {
    let rules = &run.cycle.rules;
    let Some(rule) = run.state.rule(&contest.key) else { return Vec::new() };
    let seat = |juror: &Appointment| notice::of_seat(rule::seat(rules, &contest.level, &juror.seat)?.1, juror);
    let delegate = |juror: &Appointment| notice::of_delegate(rule::seat(rules, &contest.level, &juror.seat)?.1, juror);
    let jurors = run.state.jurors(&contest.key);
    let mut notices: Vec<Message> = jurors.iter().copied().filter_map(seat).collect();
    notices.extend(jurors.iter().copied().filter_map(delegate));
    let entries = &run.state.contests[&contest.key].entries;
    let called =
        || entries.iter().filter_map(|entry| Some((run.state.candidates.get(&entry.candidate)?, entry.attendance.as_ref()?)));
    notices.extend(called().flat_map(|(candidate, came)| notice::of_attendance(rules, rule, candidate, came)));
    notices.extend(notice::of_called(rule, &contest.key, called().count()));
    notices
}

/// Entries for which the chair is recused where no member may act as chair.
fn chair_warnings(run: &Run, contest: &ContestRun) -> Vec<Sentence> {
    let rules = &run.cycle.rules;
    let panel = run.state.rule(&contest.key).and_then(|rule| rule::panel(rules, rule));
    let Some(panel) = panel.filter(|panel| !panel.acting_chair) else { return Vec::new() };
    let is_chair = |seat: &str| panel.seats.iter().any(|known| known.id == seat && known.role == SeatRole::Chair);
    let chairs: Vec<_> = run.state.jurors(&contest.key).into_iter().filter(|juror| is_chair(&juror.seat)).collect();
    let state = &run.state.contests[&contest.key];
    let recused = |entry: &&Entry| chairs.iter().any(|chair| state.is_recused(&chair.juror, &entry.candidate));
    let warn = |entry: &Entry| Message::new("warning-no-acting-chair").text("candidate", run.name(entry.candidate.as_str()));
    state.entries.iter().filter(recused).map(|entry| Sentence(warn(entry))).collect()
}

struct Desk<'r> {
    run: &'r Run,
    contest: &'r ContestRun,
    counted: &'r Counted,
    state: &'r Contest,
}

impl Desk<'_> {
    fn outcome(&self) -> &Outcome {
        &self.counted.outcome
    }

    fn teller(&self) -> Teller<'_> {
        Teller { state: &self.run.state, key: &self.contest.key, counted: self.counted }
    }

    fn fill(&self, shown: &mut ContestReport) {
        let outcome = self.outcome();
        shown.nodes = self.nodes();
        shown.standing = outcome.standing.iter().map(|row| self.row(row)).collect();
        let out = outcome.out.iter().filter_map(|row| {
            let entry = self.state.entry(&row.entry)?;
            Some(out_row(self.run, entry, out_name(&row.status), self.teller().out(entry, &row.status)))
        });
        shown.out.extend(out);
        shown.thresholds =
            outcome.cuts.iter().map(|cut| (cut.pool.clone(), cut.threshold.as_ref().map(ToString::to_string))).collect();
        shown.awards = self.awards();
        shown.ties = self.teller().ties(outcome);
        shown.near_misses = self.near_misses();
        shown.adjusted = self.adjusted();
        shown.with_without = conflicts::with_without(self.run, self.contest, self.counted, &shown.structural);
        shown.warnings.extend(self.undecided());
        shown.warnings.extend(self.not_heard());
        shown.warnings.extend(self.few_marks());
        if let Some(adjusted) = shown.adjusted.as_ref().filter(|adjusted| adjusted.disagrees) {
            shown.warnings.push(adjusted.sentence.clone());
        }
    }

    fn nodes(&self) -> Vec<NodeName> {
        let mut nodes = Vec::new();
        let mut open = vec![(&self.counted.count.tree, 0)];
        while let Some((node, depth)) = open.pop() {
            let (id, en) = compile::node_name(&self.run.state, &self.contest.key, &node.id);
            nodes.push(NodeName { id: node.id.clone(), name: Text { id, en }, depth });
            let below: Vec<_> = node.below().collect();
            open.extend(below.into_iter().rev().map(|below| (below, depth + 1)));
        }
        nodes
    }

    fn row(&self, row: &Placed) -> StandingRow {
        let entry = self.state.entry(&row.entry);
        let region = self.run.state.candidates.get(row.entry.as_str()).map(|known| known.region.clone()).unwrap_or_default();
        let outcome = self.outcome();
        let has = |award: &&tally::outcome::Awarded| {
            award.entries.contains(&row.entry) && self.counted.has_award(&award.id, &row.entry)
        };
        let won = outcome.awards.iter().filter(has).map(|award| award.id.clone());
        let values = outcome.values.get(&row.entry).into_iter().flatten();
        StandingRow {
            place: row.place,
            pool: row.pool.clone(),
            pool_name: self.pool_name(row.pool.as_deref()),
            pool_place: row.pool_place,
            candidate: row.entry.clone(),
            name: self.run.name(&row.entry).to_owned(),
            region_name: self.run.cycle.geography.name(&region),
            region,
            total: row.total.to_string(),
            total_shown: row.total.fixed(2),
            gap: row.gap.as_ref().map(ToString::to_string),
            status: status_name(row.status),
            separated_by: row.separated_by.map(|by| self.separated_by(by)),
            counted: self.counted_of(&row.entry),
            attendance: entry.and_then(attendance),
            corrections: entry.map_or(0, compile::corrections),
            awards: won.collect(),
            enough: self.enough(row),
            points: values.map(|(node, value)| (node.clone(), value.as_ref().map(ToString::to_string))).collect(),
            sentence: self.teller().placed(row),
        }
    }

    fn pool_name(&self, pool: Option<&str>) -> Option<Text> {
        let zone = self.run.cycle.rules.zones.iter().find(|zone| Some(zone.id.as_str()) == pool);
        zone.map(|zone| zone.name.clone())
    }

    fn separated_by(&self, by: SeparatedBy) -> String {
        match by {
            SeparatedBy::Word(SeparatedWord::Total) => "total".to_owned(),
            SeparatedBy::Word(SeparatedWord::Nothing) => "nothing".to_owned(),
            SeparatedBy::Rung(rung) => format!("rung {rung}"),
        }
    }

    fn counted_of(&self, entry: &str) -> Option<CountedOf> {
        let leaves = self.outcome().panel.get(entry)?;
        let of = u32::try_from(self.counted.count.jurors.len()).unwrap_or(u32::MAX);
        let heard = leaves.iter().filter(|(leaf, _)| !self.is_not_heard(entry, leaf));
        heard.map(|(_, leaf)| leaf.marked).min().map(|counted| CountedOf { counted, of })
    }

    fn enough(&self, row: &Placed) -> Option<Enough> {
        let (indicator, points) = sentence::enough(self.counted, row)?;
        let (id, en) = compile::node_name(&self.run.state, &self.contest.key, &indicator);
        Some(Enough { indicator, name: Text { id, en }, points: points.to_string() })
    }

    fn awards(&self) -> Vec<AwardShown> {
        let shown = |award: &tally::outcome::Awarded| {
            let rule = self.run.cycle.rules.award(&award.id)?;
            Some(AwardShown {
                id: award.id.clone(),
                name: rule.name.clone(),
                pool: award.pool.clone(),
                pool_name: self.pool_name(award.pool.as_deref()),
                special: rule.special,
                candidates: award.entries.iter().filter(|entry| self.counted.has_award(&award.id, entry)).cloned().collect(),
                prizes: rule.prizes.clone(),
            })
        };
        self.outcome().awards.iter().filter_map(shown).collect()
    }

    /// The best-placed entry below each line.
    fn near_misses(&self) -> Vec<NearMiss> {
        let cuts = self.outcome().cuts.iter();
        let first = |cut: &tally::outcome::CutLine| {
            let of_cut = |row: &&Placed| cut.pool.is_none() || row.pool == cut.pool;
            let missed = |row: &&Placed| !matches!(row.status, Status::Advances | Status::Ranked);
            let row = self.outcome().standing.iter().filter(of_cut).find(missed)?;
            let gap = row.gap.as_ref()?.to_string();
            let (candidate, name) = (row.entry.clone(), self.run.name(&row.entry).to_owned());
            Some(NearMiss { candidate, name, gap, sentence: self.teller().placed(row) })
        };
        cuts.filter_map(first).collect()
    }

    fn adjusted(&self) -> Option<AdjustedFit> {
        match self.outcome().adjusted.as_ref()? {
            Adjusted::NotPossible(node) => {
                let sentence = Sentence(self.teller().named("adjusted-not-possible", "node", &node.not_possible));
                Some(AdjustedFit { disagrees: false, advancing: Vec::new(), totals: BTreeMap::new(), sentence })
            }
            Adjusted::Fitted(fit) => {
                let names = fit.advancing.iter().map(|entry| Arg::Text(self.run.name(entry).to_owned())).collect();
                let key = if fit.disagrees { "adjusted-disagrees" } else { "adjusted-agrees" };
                Some(AdjustedFit {
                    disagrees: fit.disagrees,
                    advancing: fit.advancing.clone(),
                    totals: fit.totals.iter().map(|(entry, total)| (entry.clone(), total.to_string())).collect(),
                    sentence: Sentence(Message::new(key).with("names", Arg::List(names))),
                })
            }
        }
    }

    /// Whether a leaf is of an interview to which the entry did not come.
    fn is_not_heard(&self, entry: &str, leaf: &str) -> bool {
        self.state.entry(entry).is_some_and(|entry| rule::is_not_heard(&self.run.state, &self.contest.key, entry, leaf))
    }

    /// That nobody of those who are tied across the line goes up or wins until it is decided.
    fn undecided(&self) -> Option<Sentence> {
        let tied = self.outcome().standing.iter().filter(|row| row.status == Status::Undecided);
        let names: Vec<Arg> = tied.map(|row| Arg::Text(self.run.name(&row.entry).to_owned())).collect();
        let next = rule::next_level(&self.run.cycle.rules, &self.contest.level, &self.contest.category);
        let key = if next.is_some() { "warning-undecided" } else { "warning-undecided-top" };
        (!names.is_empty()).then(|| Sentence(Message::new(key).with("names", Arg::List(names))))
    }

    /// Who did not come to the interview, and so has no marks from it.
    fn not_heard(&self) -> Vec<Sentence> {
        let panel = &self.outcome().panel;
        let absent = panel.iter().filter(|(entry, leaves)| leaves.keys().any(|leaf| self.is_not_heard(entry, leaf)));
        let warn = |entry: &String| Sentence(Message::new("warning-not-heard").text("candidate", self.run.name(entry)));
        absent.map(|(entry, _)| warn(entry)).collect()
    }

    /// Entries with fewer marks than the panel's least effective number.
    fn few_marks(&self) -> Vec<Sentence> {
        let rules = &self.run.cycle.rules;
        let panel = self.run.state.rule(&self.contest.key).and_then(|rule| rule::panel(rules, rule));
        let Some(least) = panel.and_then(|panel| panel.minimum_effective) else { return Vec::new() };
        let few = self.outcome().standing.iter().filter_map(|row| Some((row, self.counted_of(&row.entry)?)));
        let few = few.filter(|(_, counted)| counted.counted < least);
        let warn = |(row, counted): (&Placed, CountedOf)| {
            Message::new("warning-few-marks")
                .text("candidate", self.run.name(&row.entry))
                .number("counted", counted.counted)
                .number("least", least)
        };
        few.map(|few| Sentence(warn(few))).collect()
    }
}
