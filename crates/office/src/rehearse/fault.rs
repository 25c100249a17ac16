//! What goes wrong in a rehearsal, and where. Each fault happens once, in a province of its own where there are enough of them.

use serde::Serialize;
use words::Message;

use super::year::{Round, Year};

/// Something that goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// A document comes after the last day.
    LateUpload,
    /// A member of the panel drops out in the middle of judging.
    JurorDropsOut,
    /// The chair is recused from a candidate, and another chairs for it.
    SubstitutedChair,
    /// Two devices of a juror hold two versions of a sheet.
    TwoVersions,
    /// A sheet is sent twice over a bad line.
    RetriedHandIn,
    /// The power fails while a sheet is written down.
    PowerCut,
    /// A mark is disputed after the provisional result.
    DisputedScore,
    /// A province is three months late.
    LateProvince,
}

impl Fault {
    /// All faults, in the order in which they happen.
    pub const ALL: [Fault; 8] = [
        Fault::LateUpload,
        Fault::JurorDropsOut,
        Fault::SubstitutedChair,
        Fault::TwoVersions,
        Fault::RetriedHandIn,
        Fault::PowerCut,
        Fault::DisputedScore,
        Fault::LateProvince,
    ];

    /// The name in texts and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Fault::LateUpload => "late-upload",
            Fault::JurorDropsOut => "juror-drops-out",
            Fault::SubstitutedChair => "substituted-chair",
            Fault::TwoVersions => "two-versions",
            Fault::RetriedHandIn => "retried-hand-in",
            Fault::PowerCut => "power-cut",
            Fault::DisputedScore => "disputed-score",
            Fault::LateProvince => "late-province",
        }
    }

    /// What happened, in a sentence.
    pub fn happened(self, round: &str) -> Message {
        Message::new(format!("rehearse-fault-{}", self.name())).text("round", round)
    }

    /// How the process took it, in a sentence.
    pub fn ended(self, round: &str) -> Message {
        Message::new(format!("rehearse-fault-{}-ended", self.name())).text("round", round)
    }

    /// The province in which it happens; none in a rehearsal without faults. The late province is the last one.
    pub fn place(self, year: &Year) -> Option<&Round> {
        if !year.options.faults {
            return None;
        }
        let number = Fault::ALL.iter().position(|fault| *fault == self)?;
        let last = year.provinces.len() - 1;
        year.provinces.get(if self == Fault::LateProvince { last } else { number % year.provinces.len() })
    }

    /// Whether it happens in a round.
    pub fn is_in(self, year: &Year, round: &Round) -> bool {
        self.place(year).is_some_and(|place| place.key == round.key)
    }
}
