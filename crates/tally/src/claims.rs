//! The claims of one entry: those that were verified, and those derived from them by formula.
//!
//! Whether a claim is missing is settled by its names alone, before anything is worked out; then only what is really
//! asked for is worked out, so a division by zero that nobody asks for refuses nothing (`docs/specification.md` section 5).

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::Exact;
use crate::contest::Contest;
use crate::formula::{Formula, NoValue};
use crate::model::Entry;
use crate::outcome::Code;
use crate::working::{Notes, Step};

pub(crate) struct Claims<'c, 'a> {
    contest: &'c Contest<'a>,
    entry: &'a Entry,
    worked_out: HashMap<&'a str, Exact>,
}

impl<'c, 'a> Claims<'c, 'a> {
    pub fn of(contest: &'c Contest<'a>, entry: usize) -> Self {
        Claims { contest, entry: &contest.entries[entry], worked_out: HashMap::new() }
    }

    /// The claim's number, or none if it is missing.
    pub fn get(&mut self, name: &str) -> Result<Option<Exact>, Code> {
        if self.is_missing([name]) {
            return Ok(None);
        }
        self.value(name).map(Some)
    }

    /// The numbers of two claims, or none if either is missing.
    pub fn both(&mut self, one: &str, other: &str) -> Result<Option<(Exact, Exact)>, Code> {
        if self.is_missing([one, other]) {
            return Ok(None);
        }
        Ok(Some((self.value(one)?, self.value(other)?)))
    }

    /// The value of a formula of the count, or none if a claim that it names is missing.
    pub fn formula(&mut self, text: &str) -> Result<Option<Exact>, Code> {
        let contest = self.contest;
        let formula = contest.formula(text);
        if self.is_missing(formula.names().iter().map(String::as_str)) {
            return Ok(None);
        }
        loop {
            match self.attempt(formula)? {
                Attempt::Value(value) => return Ok(Some(value)),
                Attempt::Needs(name) => self.work_out(name)?,
            };
        }
    }

    /// Whether any of the names is missing, itself or through the claims it is derived from.
    fn is_missing<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> bool {
        let mut open: Vec<&str> = names.into_iter().collect();
        let mut seen = HashSet::new();
        while let Some(name) = open.pop() {
            if self.entry.claims.contains_key(name) || self.worked_out.contains_key(name) {
                continue;
            }
            let Some((name, text)) = self.contest.derived(name) else {
                return true;
            };
            if seen.insert(name) {
                open.extend(self.contest.formula(text).names().iter().map(String::as_str));
            }
        }
        false
    }

    /// The number of a claim that is not missing.
    fn value(&mut self, name: &str) -> Result<Exact, Code> {
        if let Some(value) = self.known(name) {
            return Ok(value);
        }
        let (name, _) = self.contest.derived(name).expect("a claim that is not missing is stated or derived");
        self.work_out(name)
    }

    fn known(&self, name: &str) -> Option<Exact> {
        self.entry.claims.get(name).or_else(|| self.worked_out.get(name)).cloned()
    }

    /// Works out a derived claim and what it needs, innermost first; a list instead of recursion, so a long chain of derived
    /// claims cannot exhaust the stack. Loops were refused by the checks.
    fn work_out(&mut self, name: &'a str) -> Result<Exact, Code> {
        let contest = self.contest;
        let mut open = vec![name];
        loop {
            let top = *open.last().expect("the loop ends with the first name");
            let (_, text) = contest.derived(top).expect("only derived names are put on the list");
            match self.attempt(contest.formula(text))? {
                Attempt::Needs(name) => open.push(name),
                Attempt::Value(value) => {
                    self.worked_out.insert(top, value.clone());
                    open.pop();
                    if open.is_empty() {
                        return Ok(value);
                    }
                }
            }
        }
    }

    fn attempt(&self, formula: &Formula) -> Result<Attempt<'a>, Code> {
        match formula.evaluate(|name| self.known(name)) {
            Ok(value) => Ok(Attempt::Value(value)),
            Err(NoValue::DivisionByZero) => Err(Code::DivisionByZero),
            Err(NoValue::TooLarge) => Err(Code::TooLarge),
            Err(NoValue::Missing(name)) => {
                let (name, _) = self.contest.derived(&name).expect("nothing that is missing is evaluated");
                Ok(Attempt::Needs(name))
            }
        }
    }

    /// The names in a formula of the count.
    pub fn names_of(&self, text: &str) -> &'c [String] {
        self.contest.formula(text).names()
    }

    /// The names with their numbers as far as they are known: for the working.
    pub fn used<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> BTreeMap<String, Option<Exact>> {
        names.into_iter().map(|name| (name.into(), self.known(name))).collect()
    }

    /// Writes down how the derived ones among the names, and those they need, were worked out.
    pub fn note_derived<'n, N: Notes>(&self, names: impl IntoIterator<Item = &'n str>, notes: &mut N) {
        if !N::WRITES {
            return;
        }
        let mut open: Vec<&str> = names.into_iter().collect();
        let mut seen = HashSet::new();
        while let Some(name) = open.pop() {
            let Some((name, text)) = self.contest.derived(name).filter(|(name, _)| seen.insert(*name)) else {
                continue;
            };
            let names = || self.contest.formula(text).names().iter().map(String::as_str);
            let (used, value) = (self.used(names()), self.known(name));
            notes.step(|| Step::Derived { name: name.into(), formula: text.into(), used, value });
            open.extend(names());
        }
    }
}

enum Attempt<'a> {
    Value(Exact),
    /// A derived claim that has to be worked out first.
    Needs(&'a str),
}
