//! Tim penilai: nine people are appointed by decree, each to the seat that the office fits.

use award::Deed;
use award::cycle::tables::Appointment;
use award::panel::{Decree, DecreedSeat, Replacement};
use jiff::civil::{Date, date};
use rules::rulebook::GivenSheets;

use super::judging::MARKED;
use crate::rehearse::fault::Fault;
use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Member, Round, Year};

/// The day of the decree.
const DECREED: Date = date(2024, 2, 5);

/// The panel of a round is appointed.
pub fn of_round(year: &Year, round: &Round) -> Vec<Step> {
    let mut script = Script::new(year, round, round.morning(DECREED));
    for member in &round.panel {
        script.does(Who::Secretariat(1), Deed::AppointByDecree(round.key.clone(), decreed(year, round, member, DECREED)));
    }
    script.steps()
}

/// The last member falls ill in the middle of judging and another takes the seat; the sheets already given count.
pub fn replacement(year: &Year, round: &Round) -> Vec<Step> {
    let mut script = Script::new(year, round, round.morning(MARKED));
    script.about(Some(Fault::JurorDropsOut));
    let leaves = round.panel.last().expect("a panel has members").juror.clone();
    let takes = decreed(year, round, &round.reserve, MARKED);
    let reason = "Sakit; tidak dapat melanjutkan penilaian (data contoh)".into();
    let replacement = Replacement { leaves, takes, sheets: GivenSheets::Keep, reason };
    script.does(Who::Secretariat(1), Deed::ReplaceMember(round.key.clone(), replacement));
    script.steps()
}

fn decreed(year: &Year, round: &Round, member: &Member, on: Date) -> DecreedSeat {
    DecreedSeat {
        appointment: Appointment {
            level: round.key.level.clone(),
            region: round.key.region.clone(),
            juror: member.juror.clone(),
            name: member.name.clone(),
            seat: member.seat.clone(),
            office: member.office.clone(),
            acting: false,
            delegate_for: None,
            person: Some(Who::Juror(member.juror.clone()).person(year, round)),
        },
        decree: Decree { number: format!("100.3.3/{}/CONTOH/{}", round.code, round.day(on).year()), date: round.day(on) },
        from: round.day(on),
        to: None,
        exception: None,
    }
}
