//! Why a candidate stands where it stands: from the place down to each mark and verified claim, with every rule on the way and where
//! that rule comes from. The count explains itself (`tally::explain`); here its steps become sentences.

mod facts;
mod step;

use rules::rulebook::{Clause, GateCondition, GateRule, Scheme};
use serde::Serialize;
use tally::working::{AsWhat, GateWorking};
use tally::{NodeWorking, Test};
use words::{Arg, Message};

use crate::compile::node_name;
use crate::cycle::near;
use crate::fact::Counted;
use crate::run::{ContestRun, Run};
use crate::sentence::{Sentence, Teller, not_admitted, open, plain, title};
use crate::state::Entry;

/// One line of an explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it says.
    pub text: Sentence,
    /// The value it ends with: an exact number as text.
    pub value: Option<String>,
    /// Titles of the sources of the rule or figure.
    pub sources: Vec<String>,
    /// Whether a number of the rule is our assumption.
    pub assumed: bool,
    /// What it rests on.
    pub children: Vec<Line>,
    #[serde(skip)]
    says_value: bool,
}

impl Line {
    pub(crate) fn new(text: Message) -> Line {
        let (sources, children) = (Vec::new(), Vec::new());
        Line { text: Sentence(text), value: None, sources, assumed: false, children, says_value: false }
    }

    pub(crate) fn value(mut self, value: Option<impl ToString>) -> Line {
        self.value = value.map(|value| value.to_string());
        self
    }

    /// The value of a line whose sentence says it.
    pub(crate) fn said(self, value: Option<impl ToString>) -> Line {
        Line { says_value: true, ..self.value(value) }
    }

    /// Whether the sentence says the value already, as that of a verified claim does.
    ///
    /// ```
    /// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
    /// let run = award::run(&cycle, None, &mut |_| {}).unwrap();
    /// // "Total" ends with 83 and does not say it.
    /// assert!(!award::explain(&run, "Melati").unwrap().contests[0].says_its_value());
    /// ```
    pub fn says_its_value(&self) -> bool {
        self.says_value
    }

    pub(crate) fn source(mut self, source: Option<&String>) -> Line {
        self.sources.extend(source.cloned());
        self
    }
}

/// A candidate in all its contests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// Its id.
    pub candidate: String,
    /// Its name.
    pub name: String,
    /// One line for each contest, lowest level first.
    pub contests: Vec<Line>,
}

/// Why nobody is explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFound {
    /// No candidate fits.
    Nobody {
        /// What was asked.
        query: String,
        /// Candidates that may be meant: id and name.
        near: Vec<(String, String)>,
    },
    /// More than one candidate fits.
    Several {
        /// What was asked.
        query: String,
        /// All that fit: id and name.
        candidates: Vec<(String, String)>,
    },
}

impl NotFound {
    /// What to tell the person who asked.
    pub fn message(&self) -> Message {
        let list = |candidates: &[(String, String)]| {
            Arg::List(candidates.iter().map(|(id, name)| Arg::Text(format!("{name} ({id})"))).collect())
        };
        match self {
            NotFound::Nobody { query, near } if near.is_empty() => Message::new("explain-nobody").text("query", query),
            NotFound::Nobody { query, near } => Message::new("explain-nobody-near").text("query", query).with("near", list(near)),
            NotFound::Several { query, candidates } => {
                Message::new("explain-several").text("query", query).with("candidates", list(candidates))
            }
        }
    }
}

/// Explains the candidate with this id, this name, or this part of a name.
///
/// ```
/// let cycle = award::Cycle::read(&award::example(), rules::EXAMPLE).unwrap();
/// let run = award::run(&cycle, None, &mut |_| {}).unwrap();
/// let explanation = award::explain(&run, "Melati").unwrap();
/// assert_eq!(explanation.contests[0].value.as_deref(), Some("83"));
/// assert!(award::explain(&run, "Kampung").is_err());
/// ```
///
/// # Errors
///
/// [`NotFound`] with the candidates that may be meant.
pub fn explain(run: &Run, query: &str) -> Result<Explanation, NotFound> {
    let candidate = find(run, query)?;
    let own = run.contests.iter().filter(|contest| run.state.contests[&contest.key].entry(&candidate).is_some());
    let contests = own.map(|contest| Explainer::of(run, contest).contest(&candidate)).collect();
    Ok(Explanation { name: run.name(&candidate).to_owned(), candidate, contests })
}

/// The id of the one candidate that a text means.
pub(crate) fn find(run: &Run, query: &str) -> Result<String, NotFound> {
    let candidates = &run.cycle.tables.candidates;
    let wanted = query.trim().to_lowercase();
    let exact = candidates.iter().find(|row| row.id.as_str() == query.trim());
    if let Some(row) = exact.or_else(|| candidates.iter().find(|row| row.name.to_lowercase() == wanted)) {
        return Ok(row.id.to_string());
    }
    let pair = |row: &crate::cycle::tables::Row<crate::cycle::tables::Candidate>| (row.id.to_string(), row.name.clone());
    let fits = |text: &str| !wanted.is_empty() && text.to_lowercase().contains(&wanted);
    let found: Vec<_> = candidates.iter().filter(|row| fits(&row.name) || fits(row.id.as_str())).map(pair).collect();
    match found.len() {
        1 => Ok(found[0].0.clone()),
        0 => {
            let mut near: Vec<_> =
                candidates.iter().filter_map(|row| Some((likeness(&wanted, &row.name, row.id.as_str())?, row))).collect();
            near.sort_by_key(|(unlike, _)| *unlike);
            let best = near.first().map(|((strange, _), _)| *strange);
            let near = near.iter().filter(|((strange, _), _)| Some(*strange) == best).map(|(_, row)| pair(row)).take(5).collect();
            Err(NotFound::Nobody { query: query.to_owned(), near })
        }
        _ => Err(NotFound::Several { query: query.to_owned(), candidates: found }),
    }
}

/// How unlike a name is what was asked: words without a like one in the name, then letters that differ. None if nothing is alike.
fn likeness(wanted: &str, name: &str, id: &str) -> Option<(usize, usize)> {
    let whole = [name, id].into_iter().filter_map(|option| near::far(wanted, option)).min();
    let asked: Vec<&str> = wanted.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 2).collect();
    let parts: Vec<&str> = name.split_whitespace().chain(id.split(['-', '_', '.'])).filter(|word| word.len() > 2).collect();
    let letters: Vec<usize> =
        asked.iter().filter_map(|word| parts.iter().filter_map(|part| near::far(word, part)).min()).collect();
    let by_words = (!letters.is_empty()).then(|| (asked.len() - letters.len(), letters.iter().sum()));
    whole.map(|letters| (0, letters)).into_iter().chain(by_words).min()
}

/// What explains one contest.
pub(crate) struct Explainer<'r> {
    run: &'r Run,
    contest: &'r ContestRun,
    scheme: Option<&'r Scheme>,
}

impl<'r> Explainer<'r> {
    fn of(run: &'r Run, contest: &'r ContestRun) -> Explainer<'r> {
        let scheme = run.state.rule(&contest.key).and_then(|rule| run.cycle.rules.scheme(&rule.scheme));
        Explainer { run, contest, scheme }
    }

    /// One contest of a candidate.
    fn contest(&self, candidate: &str) -> Line {
        let entry = self.run.state.contests[&self.contest.key].entry(candidate).expect("the candidate stands in this contest");
        let mut line = Line::new(title(&self.run.state, &self.contest.key));
        if let Some(why) = &entry.not_admitted {
            line.children.push(Line { text: not_admitted(why), ..Line::new(Message::new("explain-open")) });
            return line;
        }
        let Some(counted) = &self.contest.counted else {
            let text = self.contest.open.as_ref().map_or(Sentence(Message::new("explain-open")), open);
            line.children.push(Line { text, ..Line::new(Message::new("explain-open")) });
            return line;
        };
        line.children.push(self.verdict(entry, counted));
        line.children.extend(self.rule_of_cut());
        if let Ok(working) = tally::explain(&counted.count, candidate) {
            line.value = working.root.points.as_ref().map(ToString::to_string);
            line.children.extend(working.gates.iter().map(|gate| self.gate(gate, counted)));
            line.children.push(self.node(entry, &working.root));
        }
        line
    }

    fn teller<'c>(&'c self, counted: &'c Counted) -> Teller<'c> {
        Teller { state: &self.run.state, key: &self.contest.key, counted }
    }

    /// The sentence about the place, with how ties were separated.
    fn verdict(&self, entry: &Entry, counted: &Counted) -> Line {
        let (teller, outcome, id) = (self.teller(counted), &counted.outcome, entry.candidate.as_str());
        if let Some(row) = outcome.standing.iter().find(|row| row.entry == id) {
            let tied = outcome.standing.iter().filter(|other| other.total == row.total).count() > 1;
            let ties = if tied { teller.ties(outcome) } else { Vec::new() };
            let children = ties.into_iter().map(|text| Line { text, ..Line::new(Message::new("explain-open")) }).collect();
            return Line {
                text: teller.placed(row),
                value: None,
                sources: Vec::new(),
                assumed: false,
                children,
                says_value: false,
            };
        }
        let out = outcome.out.iter().find(|row| row.entry == id);
        let text = out.map_or(Sentence(Message::new("explain-open")), |row| teller.out(entry, &row.status));
        Line { text, ..Line::new(Message::new("explain-open")) }
    }

    /// The contest's rule: quota and ladder, with its source.
    fn rule_of_cut(&self) -> Option<Line> {
        let rule = self.run.state.rule(&self.contest.key)?;
        let message = Message::new("explain-cut").number("quota", rule.quota).number("reserves", rule.reserves);
        Some(self.with_clause(Line::new(message), &rule.clause, &["quota", "reserves", "ties", "ladder"]))
    }

    /// Adds the sources of a clause, and whether one of these keys is assumed.
    pub(crate) fn with_clause(&self, mut line: Line, clause: &Clause, keys: &[&str]) -> Line {
        let sources = &self.run.cycle.rules.sources;
        let titles = clause.source.iter().filter_map(|id| sources.get(id)).map(|source| source.title.clone());
        line.sources.extend(titles);
        line.assumed = keys.iter().any(|key| clause.is_assumed(key));
        line
    }

    fn gate(&self, gate: &GateWorking, counted: &Counted) -> Line {
        let passed = match gate.passed {
            Some(true) => "gate-passed",
            Some(false) => "gate-failed",
            None => "gate-open",
        };
        if let Some(is) = self.yes_no(&gate.gate, gate) {
            let message = is.with("gate", self.teller(counted).gate(&gate.gate)).message("passed", Message::new(passed));
            return match self.gate_clause(&gate.gate) {
                Some(clause) => self.with_clause(Line::new(message), clause, &["yes", "no"]),
                None => Line::new(message),
            };
        }
        let test = match gate.test {
            Test::AtLeast => "test-at-least",
            Test::AtMost => "test-at-most",
            Test::Equals => "test-equals",
        };
        let message = Message::new("explain-gate")
            .with("gate", self.teller(counted).gate(&gate.gate))
            .message("test", Message::new(test).number("value", plain(&gate.value)))
            .message("passed", Message::new(passed));
        let line = Line::new(message).value(gate.raw.as_ref());
        match self.gate_clause(&gate.gate) {
            Some(clause) => self.with_clause(line, clause, &["at_least", "at_most", "equals", "previous_winner"]),
            None => line,
        }
    }

    /// A gate that asks yes or no, in these words.
    fn yes_no(&self, id: &str, gate: &GateWorking) -> Option<Message> {
        if !matches!(self.gate_rule(id)?.condition, GateCondition::Yes(_) | GateCondition::No(_)) {
            return None;
        }
        let word = |value: &tally::Exact| Message::new(if value.is_zero() { "word-no" } else { "word-yes" });
        let message = Message::new(if gate.raw.is_some() { "explain-gate-yes-no" } else { "explain-gate-unsaid" });
        let message = message.message("value", word(&gate.value));
        Some(match &gate.raw {
            Some(raw) => message.message("raw", word(raw)),
            None => message,
        })
    }

    fn gate_clause(&self, id: &str) -> Option<&'r Clause> {
        self.gate_rule(id).map(|gate| &gate.clause)
    }

    fn gate_rule(&self, id: &str) -> Option<&'r GateRule> {
        let rules: &'r rules::Rulebook = &self.run.cycle.rules;
        let of_category = rules.category_line(&self.contest.category).into_iter().flat_map(|category| &category.gates);
        let of_scheme = self.scheme.into_iter().flat_map(|scheme| &scheme.gates);
        of_category.chain(of_scheme).find(|gate| gate.id == id)
    }

    /// A node with its steps, and the nodes below it.
    fn node(&self, entry: &Entry, node: &NodeWorking) -> Line {
        let (id, en) = node_name(&self.run.state, &self.contest.key, &node.node);
        let message = match &node.as_what {
            AsWhat::Root => Message::new("explain-total"),
            AsWhat::Part(weight) => Message::new("explain-part").local("name", id, en).number("weight", plain(weight)),
            AsWhat::Bonus => Message::new("explain-bonus").local("name", id, en),
            AsWhat::Penalty => Message::new("explain-penalty").local("name", id, en),
            AsWhat::Juror(juror) => Message::new("explain-juror").text("juror", self.juror(juror)),
        };
        let mut line = Line::new(message).value(node.points.as_ref());
        if let Some(clause) = self.scheme.and_then(|scheme| rules::node_clause(scheme, &node.node)) {
            line = self.with_clause(line, clause, NODE_KEYS);
        }
        line.children.extend(node.steps.iter().filter_map(|step| self.step(entry, node, step)));
        line.children.extend(node.below.iter().map(|below| self.node(entry, below)));
        line
    }

    /// A juror's name and seat.
    fn juror(&self, id: &str) -> String {
        let jurors = self.run.state.jurors(&self.contest.key);
        jurors.iter().find(|juror| juror.juror.as_str() == id).map_or(id.to_owned(), |juror| format!("{} ({id})", juror.name))
    }
}

/// Keys of an aspect or indicator whose numbers shape its points.
const NODE_KEYS: &[&str] = &[
    "weight",
    "weights",
    "bands",
    "linear",
    "times",
    "kinds",
    "stages",
    "attributes",
    "at_most",
    "cap",
    "floor",
    "round",
    "missing",
    "min",
    "max",
    "step",
    "formula",
    "stage_weights",
    "jurors",
    "combine",
];
