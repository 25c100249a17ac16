//! What becomes of a contest after its count: the proposal, the lock, numbered results, objections, who drops out, the announcement,
//! prizes, certificates, revocations; and the sessions of a round's plenary.

use serde::{Deserialize, Serialize};
use tally::{Change, Mark};

use super::{Contest, State};
use crate::act::{ContestKey, MarkCorrection, RoundKey};
use crate::cycle::tables::{Claim, ListItem, StatedPoints};
use crate::fact::Fact;
use crate::id::CandidateId;
use crate::stage::advancement::{Cause, DropOut};
use crate::stage::announcement::{Certificate, Embargo, HandOver, Holder, plain_number};
use crate::stage::locking::{Because, Check, Numbered, Proposal};
use crate::stage::objection::{Filed, Published};
use crate::stage::revocation::{Revocation, Revoked};
use crate::stage::session::{Moved, PlenaryOpening, Session};
use crate::state::Entry;

/// What becomes of a contest after its count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closing {
    /// Marks that jurors revised in the plenary, with before and after.
    pub revisions: Vec<MarkCorrection>,
    /// The result that somebody proposed.
    pub proposal: Option<Proposal>,
    /// That somebody else checked it.
    pub check: Option<Check>,
    /// Every result that counted, the newest last.
    #[serde(skip)]
    pub results: Vec<Numbered>,
    /// The provisional result's publication.
    pub published: Option<Published>,
    /// Objections in the order in which they came.
    pub objections: Vec<Filed>,
    /// Who dropped out after the result stood, and why.
    pub dropped_out: Vec<(DropOut, Cause)>,
    /// Disqualifications that await a second person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub proposed_disqualifications: Vec<DropOut>,
    /// What is proposed to be announced.
    pub embargo: Option<Embargo>,
    /// Prizes handed over.
    pub handed_over: Vec<HandOver>,
    /// Certificates issued.
    pub certificates: Vec<Certificate>,
    /// Revocations that await a second person.
    pub proposed_revocations: Vec<Revocation>,
    /// Revocations that took place.
    pub revocations: Vec<Revoked>,
}

impl Closing {
    /// The number of the newest result; none before the lock.
    pub fn number(&self) -> Option<u32> {
        self.results.last().map(|result| result.number)
    }

    /// Whether a candidate dropped out or had its result revoked.
    pub fn is_out(&self, candidate: &CandidateId) -> bool {
        let dropped = self.dropped_out.iter().any(|(out, _)| out.candidate == *candidate);
        dropped || self.revocations.iter().any(|revoked| revoked.revocation.candidate == *candidate)
    }

    /// The revocation of a candidate that awaits a second person.
    pub fn proposed_revocation(&self, candidate: &CandidateId) -> Option<&Revocation> {
        self.proposed_revocations.iter().find(|revocation| revocation.candidate == *candidate)
    }

    /// The disqualification of a candidate that awaits a second person.
    pub fn proposed_disqualification(&self, candidate: &CandidateId) -> Option<&DropOut> {
        self.proposed_disqualifications.iter().find(|out| out.candidate == *candidate)
    }

    fn filed(&mut self, objection: &str, change: impl FnOnce(&mut Filed)) {
        if let Some(filed) = self.objections.iter_mut().find(|filed| filed.objection.objection == objection) {
            change(filed);
        }
    }
}

impl Contest {
    /// Whether the result is locked.
    pub fn is_locked(&self) -> bool {
        self.closing.results.iter().any(|result| result.because == Because::Locked)
    }

    /// Whether nothing that was put in can change the result any more: it is locked, or ratified where results are not locked.
    pub fn is_settled(&self, state: &State) -> bool {
        self.is_locked() || (self.ratified.is_some() && !state.locks_required && self.closing.proposal.is_none())
    }

    /// Whether a provisional result is published.
    pub fn is_published(&self) -> bool {
        self.closing.published.is_some()
    }

    /// Whether what a candidate reached was revoked.
    pub fn is_revoked(&self, candidate: &CandidateId) -> bool {
        self.closing.revocations.iter().any(|revoked| revoked.revocation.candidate == *candidate)
    }

    /// Where a candidate went up to.
    pub fn went_up(&self, candidate: &CandidateId) -> Option<&ContestKey> {
        self.advanced.iter().find(|(one, _)| one == candidate).map(|(_, to)| to)
    }
}

impl State {
    pub(super) fn apply_closing(&mut self, fact: &Fact) {
        match fact {
            Fact::LockRequired => self.locks_required = true,
            Fact::SheetRevised(contest, revision) => {
                let contest = self.contest(contest);
                super::contest::replace_mark(contest, revision);
                contest.closing.revisions.push(revision.clone());
            }
            Fact::ResultProposed(contest, proposal) => {
                let contest = self.contest(contest);
                let result = contest.once(&proposal.result);
                let closing = &mut contest.closing;
                (closing.proposal, closing.check) = (Some(Proposal { result, ..proposal.clone() }), None);
            }
            Fact::ResultChecked(contest, check) => self.contest(contest).closing.check = Some(check.clone()),
            Fact::ResultLocked { contest, at, .. } => {
                let closing = &mut self.contest(contest).closing;
                let result = closing.proposal.as_ref().map(|proposal| proposal.result.clone());
                let numbered = |result| Numbered { number: 1, result, because: Because::Locked, at: Some(*at) };
                closing.results.extend(result.map(numbered));
            }
            Fact::ResultSuperseded { contest, result, changes } => self.supersede(contest, result, changes),
            Fact::DisqualificationProposed(contest, out) => {
                self.contest(contest).closing.proposed_disqualifications.push(out.clone());
            }
            Fact::DroppedOut { contest, out, cause, .. } => {
                let closing = &mut self.contest(contest).closing;
                closing.proposed_disqualifications.retain(|known| known.candidate != out.candidate);
                closing.dropped_out.push((out.clone(), *cause));
            }
            other => self.apply_objection(other),
        }
    }

    fn apply_objection(&mut self, fact: &Fact) {
        match fact {
            Fact::ProvisionalPublished(contest, published) => self.contest(contest).closing.published = Some(published.clone()),
            Fact::ObjectionFiled(contest, objection, at) => {
                let (objection, at) = (objection.clone(), *at);
                let filed = Filed { objection, at, ruling: None, answer: None, recount: None, decision: None };
                self.contest(contest).closing.objections.push(filed);
            }
            Fact::ObjectionRuled(contest, ruling) => {
                self.contest(contest).closing.filed(&ruling.objection, |filed| filed.ruling = Some(ruling.clone()));
            }
            Fact::ObjectionAnswered(contest, answer) => {
                self.contest(contest).closing.filed(&answer.objection, |filed| filed.answer = Some(answer.clone()));
            }
            Fact::RecountDrafted(contest, set) => {
                self.contest(contest).closing.filed(&set.objection, |filed| {
                    (filed.recount, filed.decision) = (Some(set.clone()), None);
                });
            }
            Fact::RecountDecided(contest, decision) => {
                self.contest(contest).closing.filed(&decision.objection, |filed| filed.decision = Some(decision.clone()));
            }
            other => self.apply_announcement(other),
        }
    }

    fn apply_announcement(&mut self, fact: &Fact) {
        match fact {
            Fact::AnnouncementProposed(contest, embargo) => self.contest(contest).closing.embargo = Some(embargo.clone()),
            Fact::PrizeHandedOver(contest, given) => self.contest(contest).closing.handed_over.push(given.clone()),
            Fact::CertificateIssued(contest, certificate) => {
                let (candidate, award) = (certificate.candidate.clone(), certificate.award.clone());
                let holder = Holder { contest: contest.clone(), candidate, award };
                self.certificates.insert(plain_number(&certificate.number), holder);
                self.contest(contest).closing.certificates.push(certificate.clone());
            }
            Fact::RevocationProposed(contest, revocation) => {
                self.contest(contest).closing.proposed_revocations.push(revocation.clone());
            }
            Fact::Revoked(contest, revoked) => {
                let closing = &mut self.contest(contest).closing;
                closing.proposed_revocations.retain(|known| known.candidate != revoked.revocation.candidate);
                closing.revocations.push(revoked.clone());
            }
            other => self.apply_session(other),
        }
    }

    fn apply_session(&mut self, fact: &Fact) {
        match fact {
            Fact::PlenaryOpened(round, opening, at) => {
                self.rounds.entry(round.clone()).or_default().sessions.push(opened(opening, *at))
            }
            Fact::PresenceNoted(round, presence) => self.session(round, &presence.session, |session| {
                session.present.retain(|juror| *juror != presence.juror);
                if presence.is_there {
                    session.present.push(presence.juror.clone());
                }
            }),
            Fact::ChairGiven(round, given) => self.session(round, &given.session, |session| {
                session.chair.clone_from(&given.chair);
                session.chairs_given.push(given.clone());
            }),
            Fact::MotionMade { round, motion, barred } => self.session(round, &motion.session, |session| {
                let (motion, barred) = (motion.clone(), barred.clone());
                session.motions.push(Moved { motion, barred, votes: Vec::new(), count: None });
            }),
            Fact::VoteCast(round, vote) => {
                self.motion(round, &vote.session, &vote.motion, |moved| moved.votes.push(vote.clone()));
            }
            Fact::VoteClosed { round, session, motion, count } => {
                self.motion(round, session, motion, |moved| moved.count = Some(*count));
            }
            Fact::PlenaryClosed(round, minutes) => {
                self.session(round, &minutes.session, |session| session.minutes = Some(minutes.clone()));
            }
            _ => {}
        }
    }

    fn session(&mut self, round: &RoundKey, id: &str, change: impl FnOnce(&mut Session)) {
        let sessions = self.rounds.get_mut(round).map(|round| round.sessions.as_mut_slice()).unwrap_or_default();
        if let Some(session) = sessions.iter_mut().find(|session| session.opening.session == id) {
            change(session);
        }
    }

    fn motion(&mut self, round: &RoundKey, session: &str, id: &str, change: impl FnOnce(&mut Moved)) {
        self.session(round, session, |session| {
            if let Some(moved) = session.motions.iter_mut().find(|moved| moved.motion.motion == id) {
                change(moved);
            }
        });
    }

    /// A new result counts from now on. What it put in otherwise stands in the entries too, so that it goes up with them. What the plenary
    /// made its own was another one, so after a recount it ratifies anew.
    fn supersede(&mut self, key: &ContestKey, result: &Numbered, changes: &[Change]) {
        let contest = self.contest(key);
        if contest.closing.results.is_empty()
            && let Some(ratified) = contest.ratified.clone()
        {
            contest.closing.results.push(Numbered { number: 1, result: ratified, because: Because::Ratified, at: None });
        }
        contest.closing.results.push(result.clone());
        if matches!(result.because, Because::Objection(_)) {
            contest.ratified = None;
        }
        for change in changes {
            take_over(contest, key, change, &result.because);
        }
    }
}

fn opened(opening: &PlenaryOpening, at: jiff::Timestamp) -> Session {
    Session {
        opened_at: at,
        present: opening.present.clone(),
        chair: opening.chair.clone(),
        chairs_given: Vec::new(),
        motions: Vec::new(),
        minutes: None,
        opening: opening.clone(),
    }
}

/// Writes what a recount put in otherwise into the entry or sheet.
fn take_over(contest: &mut Contest, key: &ContestKey, change: &Change, because: &Because) {
    let reason = match because {
        Because::Objection(objection) => objection.clone(),
        Because::Revocation(_) | Because::Locked | Because::Ratified => return,
    };
    match change {
        Change::Claim { entry, name, value } => {
            with_entry(contest, entry, |entry| put_claim(entry, key, name, value.clone(), reason));
        }
        Change::Stated { entry, leaf, points } => with_entry(contest, entry, |entry| match points {
            None => drop(entry.stated.remove(leaf)),
            Some(points) => {
                let (candidate, indicator, level) = (entry.candidate.clone(), leaf.clone(), key.round.level.clone());
                let stated = StatedPoints { candidate, indicator, points: points.clone(), source: Some(reason), level };
                entry.stated.insert(leaf.clone(), stated);
            }
        }),
        Change::Mark { juror, entry, leaf, mark } => put_mark(contest, juror, entry, leaf, mark),
        Change::ItemStage { entry, list, position, stage } => {
            with_item(contest, entry, list, *position, |item| item.stage.clone_from(stage));
        }
        Change::RemoveItem { entry, list, position } => with_item(contest, entry, list, *position, |item| {
            item.accepted = false;
            item.reason = Some(reason);
        }),
        Change::ReplaceItem { entry, list, position, item: new } => with_item(contest, entry, list, *position, |item| {
            item.kind.clone_from(&new.kind);
            item.stage.clone_from(&new.stage);
            item.attributes.clone_from(&new.attributes);
        }),
        Change::AddItem { entry, list, item } => with_entry(contest, entry, |entry| {
            let title = format!("{reason}/{}", entry.lists.get(list).map_or(0, Vec::len) + 1);
            let item = ListItem {
                candidate: entry.candidate.clone(),
                list: list.clone(),
                title,
                kind: item.kind.clone(),
                stage: item.stage.clone(),
                attributes: item.attributes.clone(),
                number: None,
                year: None,
                accepted: true,
                reason: Some(reason),
                level: key.round.level.clone(),
            };
            entry.lists.entry(list.clone()).or_default().push(item);
        }),
        // Who came, who sat on the panel and who withdrew does not go up.
        _ => {}
    }
}

fn with_entry(contest: &mut Contest, id: &str, change: impl FnOnce(&mut Entry)) {
    if let Some(at) = contest.places.get(id).copied() {
        change(&mut contest.entries[at]);
    }
}

/// Positions count accepted items, as in the count.
fn with_item(contest: &mut Contest, id: &str, list: &str, position: usize, change: impl FnOnce(&mut ListItem)) {
    with_entry(contest, id, |entry| {
        let items = entry.lists.get_mut(list).map(Vec::as_mut_slice).unwrap_or_default();
        if let Some(item) = items.iter_mut().filter(|item| item.accepted).nth(position) {
            change(item);
        }
    });
}

fn put_claim(entry: &mut Entry, key: &ContestKey, name: &str, value: Option<tally::Exact>, reason: String) {
    let new = Claim {
        candidate: entry.candidate.clone(),
        claim: name.to_owned(),
        claimed: None,
        verified: None,
        as_of: None,
        source: None,
        evidence: None,
        verifier: None,
        reason: None,
        level: key.round.level.clone(),
    };
    let claim = entry.claims.entry(name.to_owned()).or_insert(new);
    claim.verified = value;
    claim.verifier = Some(reason.clone());
    claim.reason = Some(reason);
}

fn put_mark(contest: &mut Contest, juror: &str, candidate: &str, leaf: &str, mark: &Mark) {
    let own = contest.sheets.iter_mut().filter(|sheet| sheet.juror.as_str() == juror && sheet.candidate.as_str() == candidate);
    for sheet in own {
        if let Some(known) = sheet.marks.get_mut(leaf) {
            known.clone_from(mark);
        }
    }
}
