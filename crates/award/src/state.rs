//! Everything that has been decided so far, folded from facts. Nothing but [`State::apply`] changes it, and that asks no questions: the
//! questions were asked when the fact was decided.

mod bench;
mod closing;
mod contest;
mod entry;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rules::Rulebook;
use rules::rulebook::ContestRule;
use serde::{Deserialize, Serialize};
use tally::Exact;

use crate::act::{ContestKey, OrderBy, RoundKey};
use crate::cycle::tables::{Appointment, Candidate, CommittedLot, Event, PastStanding};
use crate::deadline::Calendar;
use crate::edition::EditionRecord;
use crate::fact::Fact;
use crate::geography::Geography;
use crate::id::{CandidateId, ContestId};
use crate::identity::Register;
use crate::panel::{DecreedSeat, Left};
use crate::people::People;
use crate::round::{Aide, Opening, RoundDay, RulebookMove, RulebookPin};
use crate::run::Assumed;
use crate::schedule::Schedule;
use crate::seal::Seal;
use crate::shortfall::Shortfall;
use crate::stage::announcement::Holder;
use crate::stage::dossier::Extension;
use crate::stage::nomination::Nominated;
use crate::stage::outreach::Outreach;
use crate::stage::session::Session;
use crate::vintage::About;
use crate::{panel, rule};
pub use closing::Closing;
pub use contest::Contest;
pub use entry::{Entry, Received};
pub use versions::Versions;

/// A round so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Round {
    /// Everybody who was appointed, also who left.
    pub panel: Vec<Appointment>,
    /// By which decree, for which term.
    pub decreed: Vec<DecreedSeat>,
    /// Who left, and who took the seat.
    pub left: Vec<Left>,
    /// Where panel or interviews were otherwise than the rulebook asks.
    pub shortfalls: Vec<Shortfall>,
    /// Sessions and slots of the interviews.
    pub schedule: Schedule,
    pub opened: Option<Opening>,
    /// Every rulebook version it was pinned to, and when; the last one holds.
    pub rulebooks: Vec<(RulebookPin, Timestamp)>,
    /// A version that somebody proposed and nobody has adopted.
    pub proposed: Option<RulebookMove>,
    /// Every day that was planned or took place, in the order in which they were said.
    pub days: Vec<RoundDay>,
    pub extensions: Vec<Extension>,
    pub aides: Vec<Aide>,
    pub vintages: Vec<About>,
    /// Sessions of the plenary, in the order in which they were opened.
    pub sessions: Vec<Session>,
}

/// Everything decided so far.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct State {
    /// The first part of every contest's id.
    pub cycle: String,
    /// The rulebook under which the edition was opened. That of a round: [`State::rules_of`].
    pub rules: Arc<Rulebook>,
    /// Other versions of it, to which rounds were moved.
    pub versions: Versions,
    pub geography: Arc<Geography>,
    pub edition: Option<EditionRecord>,
    pub register: Register,
    pub people: People,
    pub outreach: Outreach,
    /// Everybody put forward through the office, by candidate; with the answer.
    pub nominations: BTreeMap<CandidateId, Nominated>,
    pub candidates: BTreeMap<CandidateId, Candidate>,
    pub events: Vec<Event>,
    pub history: Vec<PastStanding>,
    /// Whether dossiers are put on record: then who has none did not hand in.
    pub dossiers_recorded: bool,
    /// Whether results are locked before they go up or are announced.
    pub locks_required: bool,
    /// The seal of the rulebook: proposed, or there.
    pub seal: Option<Seal>,
    /// By level; the secret is there once revealed.
    pub lots: BTreeMap<String, CommittedLot>,
    /// Who has which certificate, by its number without capitals and spaces: a number is given once in the edition.
    pub certificates: BTreeMap<String, Holder>,
    pub rounds: BTreeMap<RoundKey, Round>,
    pub contests: BTreeMap<ContestKey, Contest>,
    /// Changes that a question assumes; none in an official run.
    pub(crate) assumed: Arc<BTreeMap<ContestKey, Vec<Assumed>>>,
}

impl State {
    /// The state before anything happened.
    pub fn new(cycle: &str, rules: Arc<Rulebook>, geography: Arc<Geography>) -> State {
        State {
            cycle: cycle.to_owned(),
            rules,
            versions: Versions::default(),
            geography,
            edition: None,
            register: Register::default(),
            people: People::default(),
            outreach: Outreach::default(),
            nominations: BTreeMap::new(),
            candidates: BTreeMap::new(),
            events: Vec::new(),
            history: Vec::new(),
            dossiers_recorded: false,
            locks_required: false,
            seal: None,
            lots: BTreeMap::new(),
            certificates: BTreeMap::new(),
            rounds: BTreeMap::new(),
            contests: BTreeMap::new(),
            assumed: Arc::default(),
        }
    }

    /// The public id of a contest.
    pub fn contest_id(&self, key: &ContestKey) -> ContestId {
        ContestId::new(format!("{}/{}", self.cycle, key.path()))
    }

    /// The rules of a contest.
    pub fn rule(&self, key: &ContestKey) -> Option<&ContestRule> {
        self.rules_of(&key.round).contest(&key.category, &key.round.level)
    }

    /// The round in which a candidate entered.
    pub fn home(&self, candidate: &CandidateId) -> Option<RoundKey> {
        let known = self.candidates.get(candidate)?;
        let region = self.geography.round(self.rules.level(&known.level)?, &known.region).ok()?;
        Some(RoundKey { level: known.level.clone(), region })
    }

    /// The jurors who judge a contest, in the order of their appointment.
    pub fn jurors(&self, key: &ContestKey) -> Vec<&Appointment> {
        let panel = self.rule(key).and_then(|rule| rule::panel(self.rules_of(&key.round), rule));
        let Some((panel, round)) = panel.zip(self.rounds.get(&key.round)) else { return Vec::new() };
        let contest = self.contests.get(key);
        let of_panel = round.panel.iter().filter(|juror| panel.seats.iter().any(|seat| seat.id == juror.seat));
        of_panel.filter(|juror| panel::sits(round, contest, &juror.juror)).collect()
    }

    /// What deadlines of a round are worked out from.
    pub fn calendar_of(&self, round: &RoundKey) -> Calendar<'_> {
        Calendar { rules: self.rules_of(round), ..self.calendar() }
    }

    /// What deadlines are worked out from where no round is meant: the calendar of the edition's own rulebook.
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar { rules: &self.rules, geography: &self.geography, events: &self.events, rounds: &self.rounds }
    }

    /// Takes a fact in.
    pub fn apply(&mut self, fact: &Fact) {
        self.apply_on_bench(fact);
        match fact {
            Fact::EventRecorded(event) => self.events.push(event.clone()),
            Fact::StandingRecorded(standing) => self.history.push(standing.clone()),
            Fact::DossiersRecorded => self.dossiers_recorded = true,
            Fact::LotCommitted(lot) | Fact::LotRevealed(lot) => drop(self.lots.insert(lot.level.clone(), lot.clone())),
            Fact::Appointed(round, juror) => self.rounds.entry(round.clone()).or_default().panel.push(juror.clone()),
            Fact::Proposed(contest, candidate) => {
                self.candidates.insert(candidate.id.clone(), candidate.clone());
                self.contest(contest).enter(Entry::new(candidate.id.clone()));
            }
            Fact::Advanced { from, to, candidate, place, total } => self.advance(from, to, candidate, *place, total),
            Fact::ReserveMovedUp { from, to, candidate, place, total, instead_of } => {
                self.advance(from, to, candidate, *place, total);
                self.contest(from).moved_up.push((candidate.clone(), instead_of.clone(), to.clone()));
            }
            Fact::EditionOpened(edition) => self.edition = Some(edition.clone()),
            Fact::SealProposed(seal) | Fact::RulebookSealed(seal) => self.seal = Some(seal.clone()),
            Fact::RegisterChanged(change) => self.register.apply(change),
            Fact::PeopleChanged(change) => self.people.apply(change),
            Fact::OutreachRecorded(record) => self.outreach.apply(record),
            Fact::Nominated(contest, nomination) => {
                let nominated = Nominated::new(contest, nomination);
                self.nominations.insert(nomination.candidate.id.clone(), nominated);
            }
            Fact::Consented(_, consent) => {
                self.nominations.get_mut(&consent.candidate).into_iter().for_each(|known| known.answer(&consent.answer));
            }
            other => self.apply_in_round(other),
        }
    }

    fn apply_in_round(&mut self, fact: &Fact) {
        match fact {
            Fact::RoundOpened { round, opening, at } => self.round(round).open(opening, *at),
            Fact::DaySet(round, day) => self.round(round).days.push(day.clone()),
            Fact::RulebookProposed(round, proposed) => self.round(round).proposed = Some(proposed.clone()),
            Fact::RulebookAdopted { round, to, at, .. } => self.round(round).move_to(to, *at),
            Fact::AideAppointed(round, aide) => self.round(round).aides.push(aide.clone()),
            Fact::DeadlineExtended(round, extension) => self.round(round).extensions.push(extension.clone()),
            Fact::VintageImported(round, about) => self.round(round).vintages.push(about.clone()),
            other => self.apply_in_contest(other),
        }
    }

    fn apply_in_contest(&mut self, fact: &Fact) {
        match fact {
            Fact::DeadlineMoved { contest, candidate, days } => {
                self.contest(contest).extensions.push((candidate.clone(), *days));
            }
            Fact::DossiersClosed { contest, not_admitted } => {
                let contest = self.contest(contest);
                contest.dossiers_closed = true;
                for entry in &mut contest.entries {
                    entry.not_admitted = not_admitted.iter().find(|(id, _)| *id == entry.candidate).map(|(_, why)| why.clone());
                }
            }
            Fact::ConflictDeclared(contest, conflict) => self.contest(contest).declare(conflict),
            Fact::SheetHandedIn(contest, sheet) => self.contest(contest).take_sheet(sheet),
            Fact::AbsenceWaived { contest, candidate, reason } => {
                self.contest(contest).waived.push((candidate.clone(), reason.clone()));
            }
            Fact::JudgingClosed(contest) => self.close(contest),
            Fact::MarkCorrected(contest, correction) => contest::correct(self.contest(contest), correction),
            Fact::Counted(contest, counted) => {
                let contest = self.contest(contest);
                contest.counted = Some(contest.once(counted));
            }
            Fact::OrderGiven { contest, by: OrderBy::Chair, order } => self.contest(contest).chair_orders.push(order.clone()),
            Fact::OrderGiven { contest, by: OrderBy::Plenary, order } => self.contest(contest).plenary_orders.push(order.clone()),
            Fact::AwardNamed { contest, award, candidate } => {
                self.contest(contest).named.entry(award.clone()).or_default().push(candidate.clone());
            }
            Fact::Ratified(contest, counted) => {
                let contest = self.contest(contest);
                contest.ratified = Some(contest.once(counted));
            }
            Fact::Announced(contest) => self.contest(contest).announced = true,
            Fact::SheetWrittenByAide { contest, juror, candidate, aide } => {
                self.contest(contest).written_by.push((juror.clone(), candidate.clone(), aide.clone()));
            }
            other => self.apply_to_entry(other),
        }
    }

    fn apply_to_entry(&mut self, fact: &Fact) {
        match fact {
            Fact::DossierReceived { contest, candidate, at, complete } => {
                self.change(contest, candidate, |entry| entry.dossiers.push(Received { at: *at, complete: *complete }));
            }
            Fact::ItemHandedIn { contest, item, at } => {
                self.change(contest, &item.candidate, |entry| entry.desk.take(item, *at));
            }
            Fact::ProductStated { contest, product, by, at } => {
                self.change(contest, &product.candidate, |entry| entry.state_product(product, by.as_ref(), *at));
            }
            Fact::DossierSubmitted { contest, candidate, submission } => {
                self.change(contest, candidate, |entry| entry.desk.submit(submission));
            }
            Fact::DossierReturned { contest, back, until } => {
                self.change(contest, &back.candidate, |entry| entry.desk.give_back(back, *until));
            }
            Fact::LateAdmitted { contest, candidate, reason } => {
                self.change(contest, candidate, |entry| entry.admitted_late = Some(reason.clone()));
            }
            Fact::ClaimStated(contest, claim) => self.change(contest, &claim.candidate, |entry| entry::state_claim(entry, claim)),
            Fact::ClaimVerified(contest, claim) => self.change(contest, &claim.candidate, |entry| {
                entry.restated.remove(&claim.claim);
                entry.claims.insert(claim.claim.clone(), claim.clone());
            }),
            Fact::ItemVerified(contest, item) => self.change(contest, &item.candidate, |entry| entry::take_item(entry, item)),
            Fact::PointsStated(contest, points) => {
                let insert = |entry: &mut Entry| drop(entry.stated.insert(points.indicator.clone(), points.clone()));
                self.change(contest, &points.candidate, insert);
            }
            Fact::Exempted(contest, exempt) => {
                let insert = |entry: &mut Entry| drop(entry.not_applicable.insert(exempt.indicator.clone(), exempt.clone()));
                self.change(contest, &exempt.candidate, insert);
            }
            Fact::Attended(contest, attendance) => {
                self.change(contest, &attendance.candidate, |entry| entry.attendance = Some(attendance.clone()));
            }
            Fact::Withdrawn { contest, candidate, reason } => {
                self.change(contest, candidate, |entry| entry.withdrawn = Some(reason.clone()));
            }
            other => self.apply_closing(other),
        }
    }

    /// A candidate goes up: its verified figures come along as they stand, marks and attendance never.
    fn advance(&mut self, from: &ContestKey, to: &ContestKey, candidate: &CandidateId, place: u32, total: &Exact) {
        let Some(below) = self.contest(from).entry(candidate.as_str()).cloned() else { return };
        self.contest(from).advanced.push((candidate.clone(), to.clone()));
        let mut carried = below.carried;
        carried.insert(format!("carried.{}.place", from.round.level), Exact::from(place));
        carried.insert(format!("carried.{}.total", from.round.level), total.clone());
        let mut entry = Entry::new(candidate.clone());
        entry.claims = below.claims;
        entry.lists = below.lists;
        entry.stated = below.stated;
        entry.not_applicable = below.not_applicable;
        entry.carried = carried;
        self.contest(to).enter(entry);
    }

    pub(crate) fn round(&mut self, key: &RoundKey) -> &mut Round {
        self.rounds.entry(key.clone()).or_default()
    }

    pub(crate) fn contest(&mut self, key: &ContestKey) -> &mut Contest {
        self.contests.entry(key.clone()).or_default()
    }

    /// Changes what is known of an entry. A count made before that is no longer one of the facts.
    fn change(&mut self, contest: &ContestKey, candidate: &CandidateId, change: impl FnOnce(&mut Entry)) {
        let contest = self.contest(contest);
        contest.counted = None;
        if let Some(at) = contest.places.get(candidate).copied() {
            change(&mut contest.entries[at]);
        }
    }
}
