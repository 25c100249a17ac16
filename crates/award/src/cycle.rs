//! A worked award year read from its files, checked as a whole (`docs/cycle.md`).
//!
//! Reading finds every problem at once: a secretariat that mends a spreadsheet wants the whole list, not one line a day. Whoever holds
//! a [`Cycle`] holds rows whose ids all resolve; whether the rules let them happen is asked act by act when it is run.

pub(crate) mod cell;
mod check;
pub(crate) mod day;
pub(crate) mod folder;
pub(crate) mod header;
pub(crate) mod near;
pub(crate) mod parse;
pub(crate) mod reading;
pub(crate) mod scanned;
pub(crate) mod schema;
pub(crate) mod table;
pub mod tables;

use std::collections::BTreeMap;
use std::sync::Arc;

use rules::Rulebook;
use words::Problem;

use crate::geography::Geography;
use crate::id::CandidateId;
use folder::Folder;
use scanned::Scanned;
use tables::{Candidate, Header, Tables};

/// A cycle folder, read and checked. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Cycle {
    /// What `cycle.toml` says.
    pub header: Arc<Header>,
    /// The rulebook it follows.
    pub rules: Arc<Rulebook>,
    /// The rows of its tables.
    pub tables: Arc<Tables>,
    pub(crate) geography: Arc<Geography>,
    warnings: Arc<Vec<Problem>>,
    by_id: Arc<BTreeMap<CandidateId, usize>>,
}

impl Cycle {
    /// Reads a folder with the text of the rulebook that [`Header::read`] named.
    ///
    /// ```
    /// use award::Cycle;
    ///
    /// let mut folder = award::example();
    /// assert!(Cycle::read(&folder, rules::EXAMPLE).is_ok());
    ///
    /// folder.insert("marks.csv", "juror,candidate,indicator,mark\nayu,melati,impresion,80\nayu,melati,impression,101\n");
    /// let problems = Cycle::read(&folder, rules::EXAMPLE).unwrap_err();
    /// let told: Vec<String> = problems.iter().map(|problem| problem.message.render(words::Lang::En)).collect();
    /// assert_eq!(told, ["\"impresion\" is not known in the column indicator.", "The mark 101 is outside the range from 0 to 100."]);
    /// ```
    ///
    /// # Errors
    ///
    /// Every problem of every file, those of the rulebook under the path by which the cycle names it.
    pub fn read(folder: &Folder, rulebook_text: &str) -> Result<Cycle, Vec<Problem>> {
        let header = Header::read(folder)?;
        let rules = rules::read_new(&header.rulebook, rulebook_text)?;
        Cycle::of(Scanned::of(folder), header, rules)
    }

    /// Reads tables that were scanned before, with a rulebook that was read before.
    ///
    /// # Errors
    ///
    /// Every problem of every file of the folder.
    pub fn of(scanned: Scanned, header: Header, rules: Rulebook) -> Result<Cycle, Vec<Problem>> {
        let geography = Geography::of(&rules);
        let mut problems = Vec::new();
        let tables = parse::tables(scanned, &rules, &geography, &mut problems);
        problems.extend(check::header(&header, &rules));
        problems.extend(check::tables(&tables, &rules, &geography));
        if !problems.is_empty() {
            return Err(problems);
        }
        let warnings = check::warnings(&tables, &rules, &geography);
        let by_id = tables.candidates.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
        Ok(Cycle {
            header: Arc::new(header),
            rules: Arc::new(rules),
            tables: Arc::new(tables),
            geography: Arc::new(geography),
            warnings: Arc::new(warnings),
            by_id: Arc::new(by_id),
        })
    }

    /// What does not stop the cycle but should be known: seats that nobody fills or another office fills, interviews otherwise than asked.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
    }

    /// The candidate of that id.
    pub fn candidate(&self, id: &str) -> Option<&Candidate> {
        self.by_id.get(id).map(|at| &self.tables.candidates[*at].said)
    }
}
