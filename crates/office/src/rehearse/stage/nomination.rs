//! Pengusulan: candidates are put forward by the branch, by a regency or by themselves, every gate is answered, and those who were put
//! forward by others consent.

use award::cycle::tables;
use award::identity::{Attribute, Dated, RegisterChange, Sort};
use award::stage::nomination::{Answer, Consent, GateAnswer, Met, Nomination, Route};
use award::stage::outreach::OutreachRecord;
use award::{BodyId, Deed};
use jiff::civil::{Date, date};
use rules::rulebook::Category;

use crate::rehearse::step::{Script, Step, Who};
use crate::rehearse::year::{Candidate, Round, Year};

/// The first day of nominations.
const FIRST: Date = date(2024, 1, 25);

/// The nominations of a round.
pub fn of_round(year: &Year, round: &Round) -> Vec<Step> {
    let mut script = Script::new(year, round, round.morning(FIRST));
    for candidate in &round.candidates {
        let rule = year.rules.category(&candidate.category).expect("candidates are invented for categories that there are");
        let contest = round.contest(&candidate.category);
        let route = route(year, candidate, rule);
        let who = match route {
            Route::Own => Who::Candidate(candidate.id.clone()),
            Route::Regency => Who::Regency(candidate.region.clone()),
            Route::Branch => Who::Branch,
        };
        let body = is_organisation(&candidate.kind).then(|| BodyId::new(candidate.id.as_str()));
        if let Some(id) = &body {
            script.does(Who::Secretariat(1), entered(id, candidate, year));
        }
        let nomination = Nomination {
            candidate: said(candidate, &round.key.level, route),
            route,
            by: who.person(year, round),
            body,
            registered_in: None,
            gates: gates(rule),
        };
        script.does(who, Deed::Nominate(contest.clone(), nomination));
        if route != Route::Own {
            let own = Who::Candidate(candidate.id.clone());
            let by = own.person(year, round);
            script.does(own, Deed::Answer(contest, Consent { candidate: candidate.id.clone(), answer: Answer::Give, by }));
        }
    }
    if let (Some(first), true) = (round.candidates.first(), round.key.region.is_some()) {
        let event = format!("sosialisasi-{}", round.code);
        let record = OutreachRecord::Follow { event, candidate: first.id.clone() };
        script.does(Who::Branch, Deed::RecordOutreach(record));
    }
    script.steps()
}

/// Whether a kind of candidate is one of the register's organisations, and no government.
fn is_organisation(kind: &str) -> bool {
    ["company", "public_service", "education", "cooperative", "other"].contains(&kind)
}

/// The organisation comes into the register, as it was when the period judged began.
fn entered(id: &BodyId, candidate: &Candidate, year: &Year) -> Deed {
    let from = year.rules.edition.assessment_from;
    let say = |what| Dated { what, from, source: "Daftar contoh".into() };
    let attributes = vec![say(Attribute::Name(candidate.name.clone())), say(Attribute::Kind(candidate.kind.clone()))];
    Deed::ChangeRegister(RegisterChange::Enter { id: id.clone(), sort: Sort::Organisation, attributes })
}

/// Villages are appointed by their regency, of the others one in three applies itself.
fn route(year: &Year, candidate: &Candidate, rule: &Category) -> Route {
    let allows = |route: Route| rule.routes.iter().any(|known| known == route.word());
    let mut chance = year.chance(&format!("route {}", candidate.id));
    if candidate.category == "desa-kelurahan" && allows(Route::Regency) {
        return Route::Regency;
    }
    if chance.once_in_thousand(333) && allows(Route::Own) { Route::Own } else { Route::Branch }
}

fn said(candidate: &Candidate, level: &str, route: Route) -> tables::Candidate {
    tables::Candidate {
        id: candidate.id.clone(),
        name: candidate.name.clone(),
        category: candidate.category.clone(),
        kind: candidate.kind.clone(),
        region: candidate.region.clone(),
        size: candidate.size.clone(),
        sector: candidate.sector.clone(),
        route: Some(route.word().to_owned()),
        proposed_by: None,
        level: level.to_owned(),
        given: false,
        note: None,
    }
}

fn gates(rule: &Category) -> Vec<GateAnswer> {
    let answer = |gate: &rules::rulebook::GateRule| GateAnswer {
        gate: gate.id.clone(),
        met: Met::Unknown,
        reason: "Diperiksa saat verifikasi".into(),
    };
    rule.gates.iter().map(answer).collect()
}
