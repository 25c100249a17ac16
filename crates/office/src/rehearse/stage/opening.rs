//! Pembukaan: the edition is announced, its results will be locked by three people, lots are committed to, and every round is opened under
//! the same rulebook with a calendar of its own.

use award::Deed;
use award::cycle::tables::CommittedLot;
use award::people::PeopleChange;
use award::round::{DayKind, Opening, RoundDay};
use jiff::civil::{Date, date};

use crate::rehearse::fault::Fault;
use crate::rehearse::rulebook::{DOSSIERS, INTERVIEWS};
use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Round, SAMPLE, Year};

/// The day on which the edition is announced.
const ANNOUNCED: Date = date(2024, 1, 8);
/// The day on which rounds are opened.
const OPENED: Date = date(2024, 1, 10);
/// The last day of dossiers.
pub const LAST_DAY: Date = date(2024, 2, 9);
/// The first day of interviews in the provinces.
pub const INTERVIEWED: Date = date(2024, 2, 19);
/// The first day of interviews at the nation.
pub const INTERVIEWED_ABOVE: Date = date(2024, 4, 22);

/// The edition is announced, and everybody who takes part is entered.
pub fn edition(year: &Year) -> Vec<Step> {
    let mut script = Script::new(year, &year.nation, year.nation.morning(ANNOUNCED));
    script.does(Who::Centre(1), Deed::OpenEdition(award::edition::of(&year.rules)));
    script.does(Who::Centre(1), Deed::RequireLock);
    for (who, of) in Who::everybody(year) {
        let person = who.person(year, of);
        let name = format!("{person} {SAMPLE}");
        script.does(Who::Centre(1), Deed::ChangePeople(PeopleChange::Enter { person, name }));
    }
    for level in &year.rules.levels {
        let secret = format!("undian {} {}", year.edition, level.id);
        let (level, commitment) = (level.id.clone(), tally::lot::commitment(&secret));
        script.does(Who::Centre(2), Deed::CommitLot(CommittedLot { level, commitment, secret: None, words: None }));
    }
    script.steps()
}

/// A round is opened.
pub fn round(year: &Year, round: &Round) -> Vec<Step> {
    let mut script = Script::new(year, round, round.morning(OPENED));
    let by = Who::Secretariat(1).person(year, round);
    script.does(Who::Secretariat(1), Deed::OpenRound(round.key.clone(), Opening { rulebook: year.pin.clone(), label: None, by }));
    if round.key.region.is_some() {
        script.does(Who::Secretariat(1), planned(round, INTERVIEWS, round.day(INTERVIEWED), None));
    } else {
        script.does(Who::Secretariat(1), planned(round, "national-interview", round.day(INTERVIEWED_ABOVE), None));
    }
    if let (Some(reason), true) = (&round.moved, round.key.region.is_some()) {
        script.about(Some(Fault::LateProvince).filter(|fault| fault.is_in(year, round)));
        script.does(Who::Secretariat(1), planned(round, DOSSIERS, round.day(LAST_DAY), Some(reason.clone())));
    }
    script.steps()
}

fn planned(round: &Round, event: &str, from: Date, reason: Option<String>) -> Deed {
    let day = RoundDay { event: event.into(), kind: DayKind::Planned, from, to: None, reason, source: None };
    Deed::SetDay(round.key.clone(), day)
}
