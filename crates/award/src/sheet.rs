//! Sheets with their history: each hand-in is a version with a receipt, none is ever overwritten, and the last one counts. A sheet is
//! opened again only by the chair and for a reason; one that arrives after closing waits in a tray.

use rules::rulebook::Stage;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tally::{Mark, SheetState};

use crate::act::{HandedSheet, Marks};
use crate::id::{CandidateId, JurorId, PersonId};
use crate::limit::hex;

/// Whose sheet for whom in which stage. The sheet of the interview is one of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetAt {
    /// Whose.
    pub juror: JurorId,
    /// For whom.
    pub candidate: CandidateId,
    /// `judging` or `interview`.
    pub stage: SheetStage,
}

/// A stage in which jurors mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum SheetStage {
    Judging,
    Interview,
}

impl SheetStage {
    /// The stage of the process.
    pub fn stage(self) -> Stage {
        match self {
            SheetStage::Judging => Stage::Judging,
            SheetStage::Interview => Stage::Interview,
        }
    }
}

/// What a juror hands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetVersion {
    /// Whose, for whom, in which stage.
    pub of: SheetAt,
    /// Which version this is, from 1.
    pub version: u32,
    /// Marks, or that the juror abstains or is absent.
    pub state: SheetState,
    /// Mark by indicator; empty unless handed in.
    pub marks: Marks,
    /// The aide who entered it for the juror; none if the juror did.
    pub entered_by: Option<PersonId>,
    /// The receipt that the juror's device worked out; if given, it must be the same as ours.
    pub receipt: Option<String>,
}

impl SheetVersion {
    /// The receipt: SHA-256 over the canonical bytes of what the juror says. Who typed it is no part of it, so that a sheet entered by
    /// an aide has the receipt of the paper.
    ///
    /// ```
    /// use award::sheet::{SheetAt, SheetStage, SheetVersion};
    ///
    /// let of = SheetAt { juror: "j1".into(), candidate: "badung".into(), stage: SheetStage::Judging };
    /// let marks = [("innovation".to_owned(), "80".to_owned().try_into().unwrap())].into();
    /// let sheet = SheetVersion { of, version: 1, state: tally::SheetState::HandedIn, marks, entered_by: None, receipt: None };
    /// let bytes = r#"["paritrana-sheet-1","small/province/51/city","badung","j1","judging",1,"handed_in",{"innovation":"80"}]"#;
    /// assert_eq!(sheet.canonical("small/province/51/city"), bytes);
    /// assert_eq!(sheet.receipt_for("small/province/51/city"), tally::lot::commitment(bytes));
    /// ```
    pub fn receipt_for(&self, contest: &str) -> String {
        hex(&Sha256::digest(self.canonical(contest).as_bytes()))
    }

    /// The canonical bytes: a JSON list of format, contest, candidate, juror, stage, version, state and marks, without spaces, marks in
    /// the order of their indicators.
    pub fn canonical(&self, contest: &str) -> String {
        let said = (
            "paritrana-sheet-1",
            contest,
            &self.of.candidate,
            &self.of.juror,
            self.of.stage,
            self.version,
            self.state,
            &self.marks,
        );
        serde_json::to_string(&said).expect("texts, numbers and a map by text are JSON")
    }

    /// In which marks, or in which state, another version says something else.
    pub fn differences(&self, other: &SheetVersion) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        if self.state != other.state {
            found.push("*".to_owned());
        }
        let indicators = self.marks.keys().chain(other.marks.keys());
        found.extend(indicators.filter(|indicator| self.marks.get(*indicator) != other.marks.get(*indicator)).cloned());
        found.sort();
        found.dedup();
        found
    }

    /// A sheet as it is counted with the marks of this one, if they are the same: read from their own texts, they stand in memory twice.
    pub(crate) fn lend_marks(&self, counted: &mut HandedSheet) {
        if counted.marks == self.marks {
            counted.marks = self.marks.clone();
        }
    }

    /// The sheet as it is counted. Abstaining or being absent in one stage says so for that stage's indicators only.
    pub(crate) fn counted(&self, indicators: &[String]) -> HandedSheet {
        let all = |mark: Mark| indicators.iter().map(|indicator| (indicator.clone(), mark.clone())).collect();
        let marks = match self.state {
            SheetState::Abstained => all(Mark::Abstained),
            SheetState::Absent => all(Mark::Absent),
            SheetState::HandedIn | SheetState::Recused => self.marks.clone(),
        };
        HandedSheet { juror: self.of.juror.clone(), candidate: self.of.candidate.clone(), state: SheetState::HandedIn, marks }
    }
}

/// How a sheet came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CameBy {
    /// Handed in, by the juror or an aide.
    Hand,
    /// On paper, entered by two people who agree.
    Paper {
        /// Who entered it first.
        first: PersonId,
        /// Who entered it again.
        second: PersonId,
    },
    /// Too late, and admitted from the tray.
    Tray {
        /// Who admitted it.
        by: JurorId,
        /// Why.
        reason: String,
    },
}

/// A version that was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptSheet {
    /// What the juror says, with its receipt.
    pub sheet: SheetVersion,
    /// How it came in.
    pub came_by: CameBy,
    /// The sheet as it is counted.
    pub counted: HandedSheet,
}

/// The chair opens a sheet again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Reopening {
    pub of: SheetAt,
    /// The version that is opened.
    pub version: u32,
    /// Who opens it: the chair, or whoever acts as chair for the candidate.
    pub by: JurorId,
    pub reason: String,
}

/// A sheet from the tray is admitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct Admission {
    pub of: SheetAt,
    pub by: JurorId,
    pub reason: String,
}

/// Every sheet for an entry with its versions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// Every version in the order in which it was handed in.
    pub kept: Vec<KeptSheet>,
    /// Every reopening, also those that were followed by a new version.
    pub reopenings: Vec<Reopening>,
    /// Paper sheets that one person has entered.
    pub paper: Vec<SheetVersion>,
    /// Late sheets that nobody has admitted.
    pub tray: Vec<SheetVersion>,
}

impl Ledger {
    /// The version that counts.
    pub fn current(&self, of: &SheetAt) -> Option<&KeptSheet> {
        self.kept.iter().rev().find(|kept| kept.sheet.of == *of)
    }

    /// Its number; 0 if there is none.
    pub fn version(&self, of: &SheetAt) -> u32 {
        self.current(of).map_or(0, |kept| kept.sheet.version)
    }

    /// Why the current version is open again; none if it is not.
    pub fn reopened(&self, of: &SheetAt) -> Option<&Reopening> {
        let version = self.version(of);
        self.reopenings.iter().rev().find(|reopening| reopening.of == *of && reopening.version == version)
    }

    /// Sheets that are open again and were not handed in since.
    pub fn open(&self) -> Vec<&SheetAt> {
        let is_open = |reopening: &&Reopening| reopening.version == self.version(&reopening.of);
        self.reopenings.iter().filter(is_open).map(|reopening| &reopening.of).collect()
    }
}
