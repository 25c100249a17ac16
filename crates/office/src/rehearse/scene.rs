//! The order of the year: scenes, each a stage of a round. Provinces go through a stage one after the other, a late province goes through all
//! of them when the others are done, and the nation hears the late ones in a second sitting before it closes judging.

use award::State;
use jiff::civil::{Date, date};
use serde::Serialize;

use super::fault::Fault;
use super::stage::{
    announcement, dossier, hearing, interest, judging, nomination, objection, opening, outreach, panel, plenary, verification,
};
use super::step::Step;
use super::year::{Round, Year};

/// The day of the plenary in the provinces.
pub(crate) const PLENARY: Date = date(2024, 2, 28);
/// The day on which results are locked and published in the provinces.
pub(crate) const LOCKED: Date = date(2024, 2, 29);
/// The day of objections in the provinces.
pub(crate) const OBJECTED: Date = date(2024, 3, 2);
/// The day on which the best of the provinces go up: objections are over.
pub(crate) const ADVANCED: Date = date(2024, 3, 6);
/// The day on which a province announces.
pub(crate) const ANNOUNCED: Date = date(2024, 3, 8);
/// The day of the nation's second sitting, for who came late.
const SECOND_SITTING: Date = date(2024, 6, 17);
/// The day on which the nation closes judging.
const CLOSED_ABOVE: Date = date(2024, 6, 20);
/// The day of the nation's plenary.
const PLENARY_ABOVE: Date = date(2024, 6, 24);
/// The day of the national ceremony.
pub(crate) const CEREMONY: Date = date(2024, 9, 12);

/// What is played in a scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Stage {
    Edition,
    Opening,
    Outreach,
    Nomination,
    Dossier,
    Panel,
    Verification,
    SecondReading,
    Interest,
    Interview,
    Sheets,
    Replacement,
    Closing,
    Counting,
    Plenary,
    Lock,
    Objection,
    Advancement,
    Announcement,
    Ceremony,
}

impl Stage {
    /// The name in texts.
    pub fn name(self) -> String {
        let text = serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned));
        text.unwrap_or_default().replace('_', "-")
    }
}

/// A stage of a round.
#[derive(Debug, Clone)]
pub struct Scene<'y> {
    /// Which stage.
    pub stage: Stage,
    /// Which round.
    pub round: &'y Round,
    /// Whether it is the nation's second sitting.
    is_second: bool,
}

/// Every scene of the year, in order.
pub fn scenes(year: &Year) -> Vec<Scene<'_>> {
    let scene = |stage: Stage, round| Scene { stage, round, is_second: false };
    let mut scenes = vec![scene(Stage::Edition, &year.nation)];
    scenes.extend(year.rounds().map(|round| scene(Stage::Opening, round)));
    for stage in IN_A_PROVINCE {
        let in_time = year.provinces.iter().filter(|round| round.days_late == 0);
        scenes.extend(in_time.flat_map(|round| in_province(year, stage, round)));
    }
    let below_is_late = year.provinces.iter().any(|round| round.days_late > 0);
    scenes.extend(BEFORE_THE_SITTING.map(|stage| scene(stage, &year.nation)));
    for late in year.provinces.iter().filter(|round| round.days_late > 0) {
        scenes.extend(IN_A_PROVINCE.into_iter().flat_map(|stage| in_province(year, stage, late)));
    }
    if below_is_late {
        let second = [Stage::Interest, Stage::Interview, Stage::Sheets];
        scenes.extend(second.map(|stage| Scene { stage, round: &year.nation, is_second: true }));
    }
    let last = [Stage::Closing, Stage::Counting, Stage::Plenary, Stage::Lock, Stage::Announcement, Stage::Ceremony];
    scenes.extend(last.map(|stage| scene(stage, &year.nation)));
    scenes
}

/// What a province goes through after its opening.
const IN_A_PROVINCE: [Stage; 17] = [
    Stage::Outreach,
    Stage::Nomination,
    Stage::Dossier,
    Stage::Panel,
    Stage::Verification,
    Stage::SecondReading,
    Stage::Interest,
    Stage::Interview,
    Stage::Sheets,
    Stage::Closing,
    Stage::Counting,
    Stage::Plenary,
    Stage::Lock,
    Stage::Objection,
    Stage::Advancement,
    Stage::Announcement,
    Stage::Ceremony,
];

/// What the nation goes through until everybody who came in time is judged.
const BEFORE_THE_SITTING: [Stage; 7] =
    [Stage::Nomination, Stage::Dossier, Stage::Panel, Stage::Verification, Stage::Interest, Stage::Interview, Stage::Sheets];

/// The scenes of a stage in a province: where a juror drops out, the sheets come in two parts.
fn in_province<'y>(year: &Year, stage: Stage, round: &'y Round) -> Vec<Scene<'y>> {
    let with_successor = [Stage::Sheets, Stage::Replacement, Stage::Interest, Stage::Sheets];
    let stages = if stage == Stage::Sheets && Fault::JurorDropsOut.is_in(year, round) { &with_successor[..] } else { &[stage] };
    stages.iter().map(|stage| Scene { stage: *stage, round, is_second: false }).collect()
}

impl<'y> Scene<'y> {
    /// The stage of a round, played once.
    pub(crate) fn of(stage: Stage, round: &'y Round) -> Scene<'y> {
        Scene { stage, round, is_second: false }
    }

    /// What is done in it, written from what stands.
    pub fn steps(&self, year: &Year, state: &State) -> Vec<Step> {
        let round = self.round;
        let is_nation = round.key.region.is_none();
        let day = |below: Date, above: Date| if is_nation { round.morning(above) } else { round.morning(below) };
        match self.stage {
            Stage::Edition => opening::edition(year),
            Stage::Opening => opening::round(year, round),
            Stage::Outreach => outreach::of_round(year, round),
            Stage::Nomination => nomination::of_round(year, round),
            Stage::Dossier => dossier::of_round(year, round),
            Stage::Panel => panel::of_round(year, round),
            Stage::Verification => verification::of_round(year, round, state),
            Stage::SecondReading => verification::read_again(year, round, state),
            Stage::Interest => interest::of_round(year, round, state),
            Stage::Interview => hearing::of_round(year, round, state, self.interviewed(is_nation)),
            Stage::Sheets if self.is_second => judging::sheets(year, round, state, round.morning(SECOND_SITTING)),
            Stage::Sheets => judging::sheets(year, round, state, day(judging::MARKED, opening::INTERVIEWED_ABOVE)),
            Stage::Replacement => panel::replacement(year, round),
            Stage::Closing => judging::closing(year, round, state, day(judging::MARKED, CLOSED_ABOVE)),
            Stage::Counting => plenary::counting(year, round, state, day(PLENARY, PLENARY_ABOVE)),
            Stage::Plenary => plenary::session(year, round, state, day(PLENARY, PLENARY_ABOVE)),
            Stage::Lock => plenary::locking(year, round, state, day(LOCKED, PLENARY_ABOVE)),
            Stage::Objection => objection::of_round(year, round, state, round.morning(OBJECTED)),
            Stage::Advancement => announcement::advancement(year, round, state, round.morning(ADVANCED)),
            Stage::Announcement => announcement::announcing(year, round, state, self.announced(is_nation)),
            Stage::Ceremony => announcement::ceremony(year, round, state, self.announced(is_nation)),
        }
    }

    fn interviewed(&self, is_nation: bool) -> Date {
        match (is_nation, self.is_second) {
            (true, true) => self.round.day(SECOND_SITTING),
            (true, false) => self.round.day(opening::INTERVIEWED_ABOVE),
            (false, _) => self.round.day(opening::INTERVIEWED),
        }
    }

    fn announced(&self, is_nation: bool) -> Date {
        self.round.day(if is_nation { CEREMONY } else { ANNOUNCED })
    }
}
