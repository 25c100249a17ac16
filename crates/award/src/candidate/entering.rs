//! Apakah kami bisa ikut: which categories an organisation may enter, by what it tells of itself. Every condition with its reason, its next
//! step and the source of its rule. It works without anybody on record.

use std::collections::BTreeMap;

use rules::Rulebook;
use rules::rulebook::{Category, Clause, GateCondition, GateRule, Text};
use serde::Serialize;
use tally::{Exact, Formula, Test};
use words::{Arg, Message};

use crate::geography::Geography;
use crate::rule;
use crate::sentence::Sentence;
use crate::stage::nomination::Met;

/// What an organisation tells of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Described {
    /// Such as `company` or `regency`.
    pub kind: String,
    pub size: Option<String>,
    pub sector: Option<String>,
    /// The code of its region; none if it was not asked.
    pub region: Option<String>,
    /// What people call that region with what it lies in, where whoever asks knows more than provinces and regencies.
    pub region_name: Option<String>,
    /// Which kind of organisation governs that region, where that is known: `regency`; empty for a district, which none of those who compete does.
    pub region_kind: Option<String>,
    /// Answers to the questions of gates, by claim; yes is 1 and no is 0.
    pub answers: BTreeMap<String, Exact>,
    /// How many editions ago it won last; 1 is the one before this. None if it never won.
    pub won_ago: Option<u32>,
}

/// Whether somebody may enter a category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum May {
    /// Everything that is asked is there.
    Yes,
    /// Nothing stands against it, but something is not told yet.
    NotYet,
    /// A condition is not met as it is told, and can still be put right.
    NotMet,
    /// Something stands against it that cannot change this year.
    No,
}

/// The answer for one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct MayEnter {
    pub category: String,
    pub name: Text,
    pub may: May,
    /// Every condition, in the order of the rulebook.
    pub grounds: Vec<Ground>,
    /// By which routes one is put forward.
    pub routes: Vec<String>,
    /// The level at which one enters.
    pub level: Text,
    /// How many documents are asked for, and how many of them are required.
    pub documents: (usize, usize),
    pub source: Vec<SourceLine>,
}

/// A condition of a category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Ground {
    /// `kind`, `size`, `sector`, `region`, or the id of a gate.
    pub what: String,
    pub met: Met,
    /// The claims whose answer it needs; empty for what is no gate.
    pub asks: Vec<String>,
    pub text: Sentence,
    pub next: Sentence,
    pub source: Vec<SourceLine>,
    /// Whether the rule is an assumption of the rulebook and stands in no source.
    pub assumed: bool,
}

/// A source of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct SourceLine {
    pub id: String,
    pub title: String,
    pub publisher: Option<String>,
}

/// What an organisation may enter: one answer for each category that is contested, in the order of the rulebook.
///
/// ```
/// use award::candidate::{Described, May, who_may_enter};
/// use award::geography::Geography;
///
/// let rules = rules::example();
/// let described = Described { kind: "no-such-kind".into(), ..Described::default() };
/// let answers = who_may_enter(&rules, &Geography::of(&rules), &described);
/// assert!(!answers.is_empty() && answers.iter().all(|answer| answer.may != May::NotYet));
/// ```
pub fn who_may_enter(rules: &Rulebook, geography: &Geography, described: &Described) -> Vec<MayEnter> {
    let desk = Desk { rules, geography, described };
    rules.categories.iter().filter_map(|category| desk.category(category)).collect()
}

struct Desk<'r> {
    rules: &'r Rulebook,
    geography: &'r Geography,
    described: &'r Described,
}

/// Kinds that are a region of their own.
const TERRITORIAL: [&str; 6] = ["province", "regency", "city", "village", "kelurahan", "customary_village"];

impl Desk<'_> {
    fn category(&self, category: &Category) -> Option<MayEnter> {
        let level = rule::lowest_level(self.rules, &category.id)?;
        let scheme = self.rules.contest(&category.id, &level.id).and_then(|contest| self.rules.scheme(&contest.scheme));
        let of_scheme = scheme.into_iter().flat_map(|scheme| &scheme.gates);
        let gates = category.gates.iter().chain(of_scheme).map(|gate| self.gate(gate));
        let grounds: Vec<(May, Ground)> = self.plain(category).into_iter().chain(gates).collect();
        let required = category.documents.iter().filter(|document| document.required).count();
        Some(MayEnter {
            category: category.id.clone(),
            name: category.name.clone(),
            may: grounds.iter().map(|(may, _)| *may).max().unwrap_or(May::Yes),
            grounds: grounds.into_iter().map(|(_, ground)| ground).collect(),
            routes: category.routes.clone(),
            level: level.name.clone(),
            documents: (category.documents.len(), required),
            source: self.sources(&category.clause),
        })
    }

    /// Kind, size, sector and region, as far as the category asks.
    fn plain(&self, category: &Category) -> Vec<(May, Ground)> {
        let described = self.described;
        let asked = [
            ("kind", Some(&described.kind), &category.kinds),
            ("size", described.size.as_ref(), &category.sizes),
            ("sector", described.sector.as_ref(), &category.sectors),
        ];
        let asked = asked.into_iter().filter(|(_, _, allowed)| !allowed.is_empty());
        let known = asked.map(|(what, value, allowed)| self.word(category, what, value, allowed));
        known.chain(self.region(category)).collect()
    }

    fn word(&self, category: &Category, what: &str, value: Option<&String>, allowed: &[String]) -> (May, Ground) {
        let (may, met, key) = match value.map(|value| allowed.contains(value)) {
            Some(true) => (May::Yes, Met::Yes, "yes"),
            Some(false) => (May::No, Met::No, "no"),
            None => (May::NotYet, Met::Unknown, "unknown"),
        };
        let text = Message::new(format!("enter-{what}-{key}")).with("words", words_of(allowed));
        let text = value.map_or(text.clone(), |value| text.with("value", rules::word(&crate::limit::beginning(value))));
        let next = Message::new(format!("enter-word-{key}-next"));
        (may, self.ground(what, met, Vec::new(), (text, next), &category.clause, &format!("{what}s")))
    }

    fn region(&self, category: &Category) -> Option<(May, Ground)> {
        let region = self.described.region.as_ref()?;
        let known = self.geography.knows(region);
        let governs = TERRITORIAL.contains(&self.described.kind.as_str());
        let is_own = !governs || self.described.region_kind.as_ref().is_none_or(|kind| *kind == self.described.kind);
        let (may, met, key) = match (known, is_own) {
            (true, true) => (May::Yes, Met::Yes, "yes"),
            (true, false) => (May::NotYet, Met::Unknown, "kind"),
            (false, _) => (May::NotYet, Met::Unknown, "unknown"),
        };
        let called = || self.described.region_name.clone().unwrap_or_else(|| self.geography.name(region));
        let name = if known { called() } else { crate::limit::beginning(region) };
        let text = Message::new(format!("enter-region-{key}")).text("region", name);
        let text = if key == "kind" { text.with("kind", rules::word(&self.described.kind)) } else { text };
        let next = Message::new(format!("enter-region-{key}-next"));
        Some((may, self.ground("region", met, Vec::new(), (text, next), &category.clause, "regions")))
    }

    fn gate(&self, gate: &GateRule) -> (May, Ground) {
        let met = self.met(&gate.condition);
        let is_final = matches!(gate.condition, GateCondition::PreviousWinner(_));
        let (may, key) = match met {
            Met::Yes => (May::Yes, "yes"),
            Met::No if is_final => (May::No, "final"),
            Met::No => (May::NotMet, "no"),
            Met::Unknown => (May::NotYet, "unknown"),
        };
        let text = Message::new(format!("enter-gate-{key}")).local("gate", &gate.name.id, &gate.name.en);
        let next = Message::new(format!("enter-gate-{key}-next")).local("gate", &gate.name.id, &gate.name.en);
        (may, self.ground(&gate.id, met, self.asks(&gate.condition), (text, next), &gate.clause, "condition"))
    }

    fn met(&self, condition: &GateCondition) -> Met {
        let holds = match condition {
            GateCondition::Yes(claim) => self.figure(claim).map(|answer| !answer.is_zero()),
            GateCondition::No(claim) => self.figure(claim).map(|answer| answer.is_zero()),
            GateCondition::Claim(claim, test, value) => self.figure(claim).map(|answer| compares(*test, &answer, value)),
            GateCondition::Formula(formula, test, value) => {
                let formula = Formula::parse(formula).ok();
                let answer = formula.and_then(|formula| formula.evaluate(|claim| self.figure(claim)).ok());
                answer.map(|answer| compares(*test, &answer, value))
            }
            GateCondition::PreviousWinner(editions) => Some(self.described.won_ago.is_none_or(|ago| ago > *editions)),
        };
        holds.map_or(Met::Unknown, |holds| if holds { Met::Yes } else { Met::No })
    }

    /// An answer, or what is computed from answers.
    fn figure(&self, claim: &str) -> Option<Exact> {
        if let Some(answer) = self.described.answers.get(claim) {
            return Some(answer.clone());
        }
        let derived = self.rules.derived_claim(claim)?;
        // A checked rulebook computes nothing in a circle.
        Formula::parse(&derived.formula).ok()?.evaluate(|name| self.figure(name)).ok()
    }

    fn asks(&self, condition: &GateCondition) -> Vec<String> {
        match condition {
            GateCondition::Yes(claim) | GateCondition::No(claim) | GateCondition::Claim(claim, ..) => vec![claim.clone()],
            GateCondition::Formula(formula, ..) => {
                Formula::parse(formula).map(|formula| formula.names().to_vec()).unwrap_or_default()
            }
            GateCondition::PreviousWinner(_) => Vec::new(),
        }
    }

    fn ground(
        &self,
        what: &str,
        met: Met,
        asks: Vec<String>,
        (text, next): (Message, Message),
        clause: &Clause,
        rule: &str,
    ) -> Ground {
        let assumed = clause.is_assumed(rule);
        Ground { what: what.to_owned(), met, asks, text: text.into(), next: next.into(), source: self.sources(clause), assumed }
    }

    fn sources(&self, clause: &Clause) -> Vec<SourceLine> {
        let line = |id: &String| {
            let source = self.rules.sources.get(id)?;
            Some(SourceLine { id: id.clone(), title: source.title.clone(), publisher: source.publisher.clone() })
        };
        clause.source.iter().filter_map(line).collect()
    }
}

fn compares(test: Test, answer: &Exact, value: &Exact) -> bool {
    match test {
        Test::AtLeast => answer >= value,
        Test::AtMost => answer <= value,
        Test::Equals => answer == value,
    }
}

fn words_of(words: &[String]) -> Arg {
    Arg::List(words.iter().map(|word| rules::word(word)).collect())
}
