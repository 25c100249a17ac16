//! What the rulebook asks of panels and interviews: an office for a seat, officials beside the leader, so many candidates called. A file
//! tells what was; there it counts all the same, is put on record, and whoever reads a result is told. The office asks here before.

use rules::Rulebook;
use rules::rulebook::{Aspect, AttendanceRule, ContestRule, Indicator, IndicatorKind, Rank, Seat};
use tally::Missing;
use words::{Arg, Message};

use crate::act::ContestKey;
use crate::cycle::tables::{Appointment, Attendance, Came, Candidate};
use crate::rule;

/// A seat that is filled by an office that it is not for; only where the office is told.
pub(crate) fn of_seat(seat: &Seat, juror: &Appointment) -> Option<Message> {
    let office = juror.office.as_ref()?;
    let held = [Some(office), juror.delegate_for.as_ref()];
    let fits = |asked: &str| held.iter().flatten().any(|held| has_words(held, asked));
    if seat.offices.is_empty() || seat.offices.iter().any(|asked| fits(&asked.id) || fits(&asked.en)) {
        return None;
    }
    let message = Message::new("warning-seat-office").local("seat", &seat.name.id, &seat.name.en);
    Some(message.with("offices", offices(seat)).text("juror", juror.juror.as_str()).text("office", office))
}

/// A delegate on a seat that allows none.
pub(crate) fn of_delegate(seat: &Seat, juror: &Appointment) -> Option<Message> {
    let principal = juror.delegate_for.as_ref().filter(|_| !seat.delegate)?;
    let message = Message::new("warning-seat-delegate").local("seat", &seat.name.id, &seat.name.en);
    Some(message.text("juror", juror.juror.as_str()).text("principal", principal))
}

/// The offices that a seat is for.
pub(crate) fn offices(seat: &Seat) -> Arg {
    Arg::List(seat.offices.iter().map(|office| Arg::Local(office.id.clone(), office.en.clone())).collect())
}

/// Whether what somebody is says more than the office, or less: "Kepala Dinas Tenaga Kerja" for "Kepala Dinas", "Deputi" for "Deputi
/// Kemenko PMK".
fn has_words(held: &str, asked: &str) -> bool {
    let words = |text: &str| text.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let (held, asked) = (words(held), words(asked));
    asked.iter().all(|word| held.contains(word)) || held.iter().all(|word| asked.contains(word))
}

/// Who came with fewer officials, or with a lower rank, than the contest's table of attendance asks for; who did not come, where the rulebook
/// does not say what that does.
pub(crate) fn of_attendance(rules: &Rulebook, rule: &ContestRule, candidate: &Candidate, came: &Attendance) -> Vec<Message> {
    if came.state != Came::Present {
        return absent_without_rule(rules, rule, candidate).into_iter().collect();
    }
    let tables = tables_for(rules, rule, candidate).into_iter();
    tables.flat_map(|table| [officials(table, candidate, came), leader(table, candidate, came)]).flatten().collect()
}

/// Nobody came, no table of attendance holds, and marks of the interview must be there.
fn absent_without_rule(rules: &Rulebook, rule: &ContestRule, candidate: &Candidate) -> Option<Message> {
    let must = |aspect: &Aspect, indicator: &Indicator| {
        let is_marked = matches!(indicator.kind, IndicatorKind::Rubric { .. });
        is_marked && rule::is_interview(aspect) && indicator.missing == Missing::Refuse
    };
    let all = rule::indicators(rules, rule).into_iter().filter(|(aspect, indicator)| must(aspect, indicator));
    let named: Vec<Arg> = all.map(|(_, of)| Arg::Local(of.name.id.clone(), of.name.en.clone())).collect();
    let is_open = tables_for(rules, rule, candidate).is_empty() && !named.is_empty();
    let message = Message::new("warning-absent-without-rule").text("candidate", &candidate.name);
    is_open.then(|| message.with("indicators", Arg::List(named)))
}

/// The tables of attendance that hold for a candidate.
pub(crate) fn tables_for<'r>(rules: &'r Rulebook, rule: &ContestRule, candidate: &Candidate) -> Vec<&'r AttendanceRule> {
    let holds = |table: &&AttendanceRule| table.kinds.is_empty() || table.kinds.contains(&candidate.kind);
    tables(rules, rule).into_iter().filter(holds).collect()
}

/// The tables of attendance that a contest's scheme looks at, each once.
fn tables<'r>(rules: &'r Rulebook, rule: &ContestRule) -> Vec<&'r AttendanceRule> {
    let aspects = rules.scheme(&rule.scheme).map(|scheme| scheme.aspects.as_slice()).unwrap_or_default();
    let of_indicators = rule::indicators(rules, rule).into_iter().filter_map(|(_, indicator)| match &indicator.kind {
        IndicatorKind::Attendance { attendance } => Some(attendance),
        _ => None,
    });
    let named: Vec<&String> = aspects.iter().filter_map(|aspect| aspect.attendance.as_ref()).chain(of_indicators).collect();
    rules.attendance.iter().filter(|table| named.contains(&&table.id)).collect()
}

/// How many officials came and how many should have.
pub(crate) fn officials_short(table: &AttendanceRule, came: &Attendance) -> Option<(u32, u32)> {
    came.officials.zip(table.officials).filter(|(came, least)| came < least)
}

fn officials(table: &AttendanceRule, candidate: &Candidate, came: &Attendance) -> Option<Message> {
    let (came, least) = officials_short(table, came)?;
    Some(Message::new("warning-officials").text("candidate", &candidate.name).number("came", came).number("least", least))
}

/// The rank of the leader: the one that is worth most.
pub(crate) fn leader_of(table: &AttendanceRule) -> Option<&Rank> {
    table.ranks.iter().rev().max_by(|one, other| one.value.cmp(&other.value))
}

/// The rank that came, where the leader had to come and did not.
pub(crate) fn lower_than_leader<'a>(table: &AttendanceRule, came: &'a Attendance) -> Option<&'a str> {
    let leader = leader_of(table)?;
    let came = came.rank.as_deref().filter(|_| table.leader_required)?;
    let rank = table.ranks.iter().find(|rank| rank.id == *came);
    rank.is_none_or(|rank| rank.value != leader.value).then_some(came)
}

fn leader(table: &AttendanceRule, candidate: &Candidate, came: &Attendance) -> Option<Message> {
    let leader = leader_of(table)?;
    let came = lower_than_leader(table, came)?;
    let rank = table.ranks.iter().find(|rank| rank.id == *came);
    let name = |rank: &Rank| Arg::Local(rank.name.id.clone(), rank.name.en.clone());
    let message = Message::new("warning-leader").text("candidate", &candidate.name);
    Some(message.with("rank", rank.map_or(Arg::Text(came.to_owned()), name)).with("leader", name(leader)))
}

/// More candidates were called to the interview than the rulebook calls.
pub(crate) fn of_called(rule: &ContestRule, contest: &ContestKey, called: usize) -> Option<Message> {
    let invited = rule.invited.filter(|invited| called > *invited as usize)?;
    Some(Message::new("warning-invited").text("contest", contest.path()).number("called", called).number("invited", invited))
}
