//! A candidate: where it stands, its dossier and figures, its interview, the marks and the place as far as whoever looks may read them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rules::rulebook::{Stage, Text};
use serde::Serialize;
use tally::SheetState;

use super::{Step, Veil, Viewer};
use crate::act::{ContestKey, Marks};
use crate::candidate::{self, Standing};
use crate::cycle::tables::Claim;
use crate::deadline::Deadline;
use crate::evidence::ClaimAt;
use crate::id::{CandidateId, JurorId};
use crate::permission::reading::{Reading, acts_for};
use crate::permission::sight::{Sight, may_see};
use crate::rule;
use crate::schedule::{Booked, Invited, Session};
use crate::sentence::{Sentence, Teller};
use crate::stage::dossier;
use crate::stage::nomination::ConsentState;
use crate::state::{Contest, Entry};

/// A candidate as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct CandidateView {
    pub candidate: CandidateId,
    pub name: String,
    pub category: String,
    pub category_name: Option<Text>,
    pub region: String,
    pub region_name: String,
    /// What became of the proposal; none where it was entered without one.
    pub consent: Option<ConsentState>,
    /// The public id of the contest for which it was proposed; none as above.
    pub proposed_for: Option<String>,
    /// One for each contest in which it stands, lowest level first.
    pub entries: Vec<EntrySeen>,
}

/// A candidate in one contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct EntrySeen {
    /// The contest's public id.
    pub contest: String,
    pub level: String,
    pub level_name: Option<Text>,
    pub step: Step,
    pub dossier: Veil<DossierSeen>,
    /// The place, or why there is none; nothing before the count.
    pub place: Veil<Option<PlaceSeen>>,
    /// Marks that may be read, by juror and indicator.
    pub marks: Vec<MarkSeen>,
}

/// A dossier with its figures and its interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct DossierSeen {
    /// Where the candidate stands and what comes next, for those who act for it: it is said to them.
    pub standing: Option<Standing>,
    /// Until when it must be in; none where the calendar does not say.
    pub due: Option<Deadline>,
    /// Until when a correction must be back; none if nothing is to be corrected.
    pub correction: Option<Deadline>,
    /// Why it was given back, while it is being corrected.
    pub returned: Option<String>,
    /// The checklist of the category.
    pub documents: Vec<DocumentSeen>,
    /// When it was last submitted, with the receipt.
    pub submitted: Option<(Timestamp, String)>,
    pub claims: Vec<ClaimSeen>,
    pub hearing: Option<HearingSeen>,
}

/// A document of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct DocumentSeen {
    pub id: String,
    pub name: Text,
    pub required: bool,
    /// The number of the version that holds, and when it came; none if nothing came.
    pub version: Option<(u32, Timestamp)>,
}

/// Where a figure stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// The candidate says it.
    Stated,
    /// It stands as verified.
    Verified,
    /// A second reader found the same.
    ReadAgain,
    /// It stood, and is open again.
    Reopened,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ClaimSeen {
    pub claim: String,
    pub name: Option<Text>,
    /// Exact.
    pub claimed: Option<String>,
    /// Exact.
    pub verified: Option<String>,
    pub stands: Figure,
    pub source: Option<String>,
    /// Why it was verified otherwise than claimed.
    pub reason: Option<String>,
}

/// An interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct HearingSeen {
    pub session: Option<Session>,
    pub booked: Booked,
    pub invited: Invited,
}

/// A place, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct PlaceSeen {
    pub place: Option<u32>,
    /// Whether it goes up or wins by it.
    pub is_in_front: bool,
    /// How many have a place; where places go by pool, in the own one.
    pub of: usize,
    /// The pool in which the place is; none where all compete with all.
    pub pool: Option<Text>,
    /// Exact.
    pub total: Option<String>,
    pub sentence: Sentence,
    /// Points by node of the scheme; exact.
    pub points: BTreeMap<String, Option<String>>,
}

/// What a juror gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct MarkSeen {
    pub juror: JurorId,
    pub state: SheetState,
    pub marks: Marks,
}

impl Viewer<'_> {
    /// A candidate; none if there is none whose name may be known.
    pub fn candidate(&self, id: &CandidateId) -> Option<CandidateView> {
        let named = self.named_candidate(id)?;
        let mut stands: Vec<(&ContestKey, &Contest)> =
            self.state.contests.iter().filter(|(_, contest)| contest.entry(id.as_str()).is_some()).collect();
        stands.sort_by_key(|(key, _)| rule::height(&self.state.rules, &key.round.level));
        let entries = stands.into_iter().filter_map(|(key, contest)| self.entry(key, contest, id)).collect();
        Some(CandidateView { entries, ..named })
    }

    /// A candidate without its entries, where only its name and what became of its proposal are asked for.
    pub fn named_candidate(&self, id: &CandidateId) -> Option<CandidateView> {
        let nominated = self.state.nominations.get(id);
        let known = self.state.candidates.get(id).or(nominated.map(|nominated| &nominated.nomination.candidate))?;
        let proposed = nominated.is_some_and(|nominated| self.knows_of(&nominated.contest, id));
        let mut stands = self.state.contests.iter().filter(|(_, contest)| contest.entry(id.as_str()).is_some());
        if !proposed && !stands.any(|(key, _)| self.knows_of(key, id)) {
            return None;
        }
        Some(CandidateView {
            candidate: id.clone(),
            name: known.name.clone(),
            category: known.category.clone(),
            category_name: self.state.rules.category(&known.category).map(|category| category.name.clone()),
            region: known.region.clone(),
            region_name: self.region_name(&known.region),
            consent: nominated.filter(|_| proposed).map(|nominated| nominated.consent.clone()),
            proposed_for: nominated.filter(|_| proposed).map(|nominated| self.state.contest_id(&nominated.contest).to_string()),
            entries: Vec::new(),
        })
    }

    fn entry(&self, key: &ContestKey, contest: &Contest, id: &CandidateId) -> Option<EntrySeen> {
        let entry = contest.entry(id.as_str()).filter(|_| self.knows_of(key, id))?;
        let own = contest.sheets.iter().filter(|sheet| sheet.candidate == *id);
        let read = own.filter(|sheet| self.sees_marks(key, id, &sheet.juror));
        let marks = read.map(|sheet| MarkSeen { juror: sheet.juror.clone(), state: sheet.state, marks: sheet.marks.clone() });
        Some(EntrySeen {
            contest: self.state.contest_id(key).to_string(),
            level: key.round.level.clone(),
            level_name: self.state.rules_of(&key.round).level(&key.round.level).map(|level| level.name.clone()),
            step: self.told(&key.round, Step::of(contest)),
            dossier: Veil::of(self.reads(Reading::Dossier(key, id)), || self.dossier(key, entry)),
            place: Veil::of(self.sees_standing(key), || self.place(key, contest, entry)),
            marks: marks.collect(),
        })
    }

    fn dossier(&self, key: &ContestKey, entry: &Entry) -> DossierSeen {
        let asks = self.state.rule(key).is_some_and(|rule| rule::has_stage(rule, Stage::Dossier));
        let category = self.state.rules_of(&key.round).category(&key.category).filter(|_| asks);
        let documents = category.map(|category| category.documents.as_slice()).unwrap_or_default();
        let document = |rule: &rules::rulebook::DocumentRule| DocumentSeen {
            id: rule.id.clone(),
            name: rule.name.clone(),
            required: rule.required,
            version: entry.desk.current(&rule.id).map(|version| (version.number, version.at)),
        };
        let claims = entry.claims.values().map(|claim| (claim, Self::figure(entry, claim)));
        let restated = entry.restated.values().map(|claim| (claim, Figure::Reopened));
        DossierSeen {
            standing: acts_for(self.state, self.grants, (key, &entry.candidate), self.at)
                .then(|| candidate::standing(self.state, key, &entry.candidate, self.at))
                .flatten(),
            due: dossier::deadline(self.state, key, &entry.candidate),
            correction: entry.desk.correction(self.state, key),
            returned: entry.desk.returned.as_ref().map(|back| back.reason.clone()),
            documents: documents.iter().map(document).collect(),
            submitted: entry.desk.submissions.last().map(|last| (last.at, last.receipt.clone())),
            claims: match may_see(self.state, self.grants, Sight::Claims(key, &entry.candidate), self.at) {
                Ok(()) => claims.chain(restated).map(|(claim, stands)| self.claim(key, claim, stands)).collect(),
                Err(_) => Vec::new(),
            },
            hearing: self.hearing(key, entry),
        }
    }

    fn figure(entry: &Entry, claim: &Claim) -> Figure {
        let of = ClaimAt { candidate: claim.candidate.clone(), claim: claim.claim.clone() };
        match (&claim.verified, entry.checking.agreed.contains(&of)) {
            (Some(_), true) => Figure::ReadAgain,
            (Some(_), false) => Figure::Verified,
            (None, _) if entry.checking.reopened.iter().any(|(open, _)| *open == of) => Figure::Reopened,
            (None, _) => Figure::Stated,
        }
    }

    fn claim(&self, key: &ContestKey, claim: &Claim, stands: Figure) -> ClaimSeen {
        let known = self.state.rules_of(&key.round).claims.iter().find(|known| known.id == claim.claim);
        ClaimSeen {
            claim: claim.claim.clone(),
            name: known.map(|known| known.name.clone()),
            claimed: claim.claimed.as_ref().map(ToString::to_string),
            verified: claim.verified.as_ref().map(ToString::to_string),
            stands,
            source: claim.source.clone(),
            reason: claim.reason.clone(),
        }
    }

    fn hearing(&self, key: &ContestKey, entry: &Entry) -> Option<HearingSeen> {
        let schedule = &self.state.rounds.get(&key.round)?.schedule;
        let booked = schedule.booked.iter().find(|booked| booked.contest == *key && booked.slot.candidate == entry.candidate)?;
        Some(HearingSeen {
            session: schedule.session(&booked.slot.session).cloned(),
            booked: booked.clone(),
            invited: entry.hearing.invited(&entry.candidate),
        })
    }

    fn place(&self, key: &ContestKey, contest: &Contest, entry: &Entry) -> Option<PlaceSeen> {
        let counted = contest.result()?;
        let (outcome, teller) = (&counted.outcome, Teller { state: self.state, key, counted });
        let id = entry.candidate.as_str();
        let row = outcome.standing.iter().find(|row| row.entry == id);
        let out = || outcome.out.iter().find(|row| row.entry == id).map(|row| teller.out(entry, &row.status));
        let exact = |points: &Option<tally::Exact>| points.as_ref().map(ToString::to_string);
        let points = outcome.values.get(id).into_iter().flatten().map(|(node, points)| (node.clone(), exact(points)));
        Some(PlaceSeen {
            place: row.map(|row| counted.place(row)),
            is_in_front: row.is_some_and(|row| row.status == tally::Status::Advances)
                && !contest.closing.is_out(&entry.candidate),
            pool: row.and_then(|row| super::pool_name(self.state, key, counted, row)),
            of: row.map_or(outcome.standing.len(), |row| counted.among(row)),
            total: row.map(|row| row.total.to_string()),
            sentence: row.map(|row| teller.placed(row)).or_else(out)?,
            points: points.collect(),
        })
    }
}
