//! What people who work on one dossier together see of it: one value for the page, and who changed what.

use std::collections::BTreeMap;
use std::sync::Arc;

use award::candidate::{
    Changed, Checklist, Described, HearingLine, MayEnter, OutcomeLine, Readiness, Stepper, Typed, Warning, changed,
};
use award::record::{Address, Noun};
use award::sight::Part;
use award::stage::nomination::{ConsentState, Route};
use award::view::{CandidateView, Viewer};
use award::{
    CandidateId, Chain, ContestKey, Deed, Grant, PersonId, Reading, Refusal, Sight, acts_for, candidate, may_read, may_see,
    permit_person,
};
use rules::rulebook::Text;
use store::{Edition, Moment, Names, Seen, Wanted};

use crate::error::Result;
use crate::office::Office;
use crate::people::Named;
use crate::upload::Taken;
use crate::view::Looking;

/// Most acts of which the list of changes is made.
const CHANGES_MOST: u32 = 20_000;

/// A candidate's own page in one contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    /// Who the candidate is and what became of its proposal, without its entries.
    pub candidate: CandidateView,
    /// The proposal that waits for an answer by whoever looks.
    pub proposal: Option<Proposal>,
    /// Whether whoever looks acts for the candidate: what comes next is said to those alone, and only they answer a proposal.
    pub is_own: bool,
    /// Whether whoever looks may withdraw the candidate now.
    pub may_withdraw: bool,
    /// The six steps; nothing in them follows from figures that may not be read.
    pub stepper: Stepper,
    /// What is asked for, with files on their way; none before the candidate stands.
    pub checklist: Option<Checklist>,
    /// Whether the figures may be read; where not, the checklist has none and nothing is told of what they earn.
    pub figures: Taken<()>,
    /// What the figures would earn so far, or why that is not told.
    pub readiness: Taken<Readiness>,
    /// The interview; none before there is a slot.
    pub hearing: Option<HearingLine>,
    /// The result; none before it is published or announced.
    pub outcome: Option<OutcomeLine>,
    /// Everybody whom the page names by an id: who handed in, who sends, who gave it back.
    pub people: Named,
}

/// A proposal, as whoever is to answer it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The account that put the candidate forward.
    pub by: PersonId,
    /// By which way.
    pub route: Route,
    /// The level at which it enters.
    pub level: Text,
}

/// Who changed what, with everybody who is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// Newest first.
    pub lines: Vec<Changed>,
    /// Who they are.
    pub people: Named,
}

impl Office {
    /// A candidate's own page in a contest, or why whoever looks may not read it; none if the candidate is not there.
    ///
    /// # Errors
    ///
    /// [`crate::Error::NoAccount`] if the one who looks has none that is active; otherwise what the database says.
    pub async fn desk(
        &self,
        edition: &Edition,
        looking: &Looking,
        key: &ContestKey,
        id: &CandidateId,
    ) -> Result<Option<Taken<Desk>>> {
        let Dossier { state, figures, grants, moment } = match self.dossier_of(edition, looking, key, id).await? {
            Ok(dossier) => dossier,
            Err(refusal) => return Ok(Some(Err(refusal))),
        };
        let viewer = Viewer { state: &state, grants: &grants, at: Some(looking.at) };
        let Some(seen) = viewer.named_candidate(id) else { return Ok(None) };
        let steps = if figures.is_ok() { candidate::stepper } else { candidate::stepper_without_figures };
        let Some(stepper) = steps(&state, key, id, looking.at) else { return Ok(None) };
        let uploads = self.uploads_of(edition, key, id).await?;
        let checklist = candidate::checklist(&state, key, id, &uploads, looking.at);
        let checklist = checklist.map(|list| if figures.is_ok() { list } else { list.without_figures() });
        let withdraw = Deed::Withdraw(key.clone(), id.clone(), String::new());
        let (by, now) = (looking.by.as_ref(), Some(looking.at));
        let is_own = acts_for(&state, &grants, (key, id), Some(looking.at));
        let proposal = if is_own { proposal(&state, key, id) } else { None };
        let named = checklist.iter().flat_map(named_in).chain(proposal.iter().map(|proposal| proposal.by.clone()));
        let people = self.people_seen(edition, looking, &moment, named.collect()).await?;
        let hearing = candidate::hearing(&state, key, id, looking.at);
        let hearing = self.with_names(edition, looking, key, id, hearing).await?;
        Ok(Some(Ok(Desk {
            candidate: seen,
            may_withdraw: stepper.may_withdraw && by.is_some_and(|by| permit_person(&state, by, &grants, &withdraw, now).is_ok()),
            is_own,
            proposal,
            stepper,
            checklist,
            people,
            readiness: figures.clone().and_then(|()| self.readiness(edition, &state, key, id)),
            figures,
            hearing,
            outcome: candidate::outcome(&state, key, id),
        })))
    }

    /// Who changed what on a dossier, newest first, at most so many; without figures for whoever may not read them.
    ///
    /// # Errors
    ///
    /// As [`Office::desk`].
    pub async fn changes(
        &self,
        edition: &Edition,
        looking: &Looking,
        key: &ContestKey,
        id: &CandidateId,
        limit: usize,
    ) -> Result<Taken<Changes>> {
        let Dossier { state, figures, moment, .. } = match self.dossier_of(edition, looking, key, id).await? {
            Ok(dossier) => dossier,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let all = self.all_changes(edition, &state, key, id).await?;
        let lines: Vec<Changed> = permitted(&all, figures.is_ok()).take(limit).cloned().collect();
        let who = lines.iter().map(|line| line.by.as_str().into()).collect();
        Ok(Ok(Changes { people: self.people_seen(edition, looking, &moment, who).await?, lines }))
    }

    /// What the figures would earn so far.
    fn readiness(&self, edition: &Edition, state: &Arc<award::State>, key: &ContestKey, id: &CandidateId) -> Taken<Readiness> {
        let of = (edition.id.clone(), key.clone(), id.clone());
        self.worked_out.readiness(&of, state, || candidate::readiness(state, key, id).map_err(Box::new))
    }

    /// Who changed what, newest first, with figures.
    async fn all_changes(
        &self,
        edition: &Edition,
        state: &Arc<award::State>,
        key: &ContestKey,
        id: &CandidateId,
    ) -> Result<Arc<[Changed]>> {
        let of = (edition.id.clone(), key.clone(), id.clone());
        if let Some(known) = self.worked_out.changes(&of, state) {
            return Ok(known);
        }
        let chain = Some(Chain::Round(key.round.clone()).to_string());
        let wanted = Wanted { chain, candidate: Some(id.to_string()), ..Wanted::default() };
        let leaves = self.store.leaves(edition, &wanted, CHANGES_MOST, &Names::Hidden).await?;
        let rules = state.rules_of(&key.round);
        let all: Arc<[Changed]> = leaves.iter().rev().filter_map(|leaf| changed(rules, &leaf.act, &leaf.who, id)).collect();
        self.worked_out.keep_changes(&of, state, Arc::clone(&all));
        Ok(all)
    }

    /// The interview with the names of the delegation: whoever may read the dossier may know whom it sends.
    async fn with_names(
        &self,
        edition: &Edition,
        looking: &Looking,
        key: &ContestKey,
        id: &CandidateId,
        hearing: Option<HearingLine>,
    ) -> Result<Option<HearingLine>> {
        let Some(hearing) = hearing else { return Ok(None) };
        if hearing.sent.is_empty() && hearing.came.is_empty() {
            return Ok(Some(hearing));
        }
        let parts = [Part::Round(key.round.clone()), Part::Contest(key.clone()), Part::Entry(key.clone(), id.clone())];
        let state = self.store.state(edition, parts, &looking.names()).await?;
        let named = candidate::hearing(&state, key, id, looking.at);
        let named = named.map(|named| HearingLine { sent: named.sent, came: named.came, ..hearing.clone() });
        Ok(Some(named.unwrap_or(hearing)))
    }

    /// What does not look right about a figure that is being typed; empty where the candidate does not stand.
    ///
    /// # Errors
    ///
    /// As [`Office::desk`].
    pub async fn warnings(
        &self,
        edition: &Edition,
        looking: &Looking,
        key: &ContestKey,
        id: &CandidateId,
        typed: &Typed,
    ) -> Result<Taken<Vec<Warning>>> {
        let state = match self.figures_of(edition, looking, key, id).await? {
            Ok(state) => state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(rule) = state.rule(key) else { return Ok(Ok(Vec::new())) };
        Ok(Ok(candidate::warnings(state.rules_of(&key.round), rule, &candidate::known(&state, key, id), typed)))
    }

    /// What does not look right about figures that are typed together, such as both of a share: each is held against the others as typed.
    ///
    /// # Errors
    ///
    /// As [`Office::desk`].
    pub async fn warnings_together(
        &self,
        edition: &Edition,
        looking: &Looking,
        key: &ContestKey,
        id: &CandidateId,
        typed: &[Typed],
    ) -> Result<Taken<Vec<Warning>>> {
        let one = self.warnings_of_each(edition, looking, key, id, &[typed.to_vec()]).await?;
        Ok(one.map(|each| each.into_iter().flatten().collect()))
    }

    /// The same for several forms, each by itself.
    ///
    /// # Errors
    ///
    /// As [`Office::desk`].
    pub async fn warnings_of_each(
        &self,
        edition: &Edition,
        looking: &Looking,
        key: &ContestKey,
        id: &CandidateId,
        forms: &[Vec<Typed>],
    ) -> Result<Taken<Vec<Vec<Warning>>>> {
        let state = match self.figures_of(edition, looking, key, id).await? {
            Ok(state) => state,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let Some(rule) = state.rule(key) else { return Ok(Ok(vec![Vec::new(); forms.len()])) };
        let (rules, known) = (state.rules_of(&key.round), candidate::known(&state, key, id));
        Ok(Ok(forms.iter().map(|typed| candidate::warnings_together(rules, rule, &known, typed)).collect()))
    }

    /// Which categories of an edition somebody may enter who is not on record. Nothing is read.
    pub fn who_may_enter(&self, edition: &Edition, described: &Described) -> Vec<MayEnter> {
        let empty = edition.empty();
        candidate::who_may_enter(&empty.rules, &empty.geography, described)
    }

    /// The versions of all figures of a candidate as they stand now, by claim: as [`Office::claim_seen`] for each.
    ///
    /// # Errors
    ///
    /// As [`Office::desk`].
    pub async fn claims_seen(&self, edition: &Edition, key: &ContestKey, id: &CandidateId) -> Result<BTreeMap<String, i64>> {
        let versions = self.store.versions(edition, [Part::Entry(key.clone(), id.clone())]).await?;
        let claims =
            versions.into_iter().filter(|(address, _)| address.noun == Noun::Claim && address.contest.as_ref() == Some(key));
        Ok(claims.map(|(address, version)| (address.name, version)).collect())
    }

    /// The figure of a claim as it stands now, for a form: whoever saves later and names it is told when somebody else was faster, and gets
    /// both.
    ///
    /// # Errors
    ///
    /// As [`Office::desk`].
    pub async fn claim_seen(&self, edition: &Edition, key: &ContestKey, id: &CandidateId, claim: &str) -> Result<Seen> {
        let (contest, candidate) = (Some(key.clone()), Some(id.clone()));
        let address = Address { contest, candidate, noun: Noun::Claim, name: claim.to_owned() };
        let versions = self.store.versions(edition, [Part::Entry(key.clone(), id.clone())]).await?;
        Ok(Seen { version: versions.get(&address).copied(), address })
    }

    /// The same, if the figures may be read as well.
    async fn figures_of(
        &self,
        edition: &Edition,
        looking: &Looking,
        key: &ContestKey,
        id: &CandidateId,
    ) -> Result<Taken<Arc<award::State>>> {
        let dossier = self.dossier_of(edition, looking, key, id).await?;
        Ok(dossier.and_then(|Dossier { state, figures, .. }| figures.map(|()| state)))
    }

    /// What is needed of the state for a dossier, if whoever looks may read it.
    async fn dossier_of(
        &self,
        edition: &Edition,
        looking: &Looking,
        key: &ContestKey,
        id: &CandidateId,
    ) -> Result<Taken<Dossier>> {
        let grants = self.grants_of(looking).await?;
        let parts = [
            Part::Edition,
            Part::History,
            Part::Round(key.round.clone()),
            Part::Contest(key.clone()),
            Part::Entry(key.clone(), id.clone()),
            Part::Candidate(id.clone()),
            Part::Nomination(id.clone()),
        ];
        let moment = self.store.moment(edition).await?;
        let state = self.store.state_since(edition, &moment, parts).await?;
        let asked: Result<(), Refusal> = may_read(&state, &grants, Reading::Dossier(key, id), Some(looking.at));
        let figures = may_see(&state, &grants, Sight::Claims(key, id), Some(looking.at)).map_err(Box::new);
        Ok(asked.map(|()| Dossier { state, figures, grants, moment }).map_err(Box::new))
    }
}

/// A dossier that may be read, and whether its figures may.
struct Dossier {
    state: Arc<award::State>,
    figures: Taken<()>,
    grants: Vec<Grant>,
    moment: Moment,
}

fn proposal(state: &award::State, key: &ContestKey, id: &CandidateId) -> Option<Proposal> {
    let nominated = state.nominations.get(id).filter(|known| known.contest == *key && known.consent == ConsentState::Awaited)?;
    let level = state.rules_of(&key.round).level(&key.round.level)?.name.clone();
    Some(Proposal { by: nominated.nomination.by.clone(), route: nominated.nomination.route, level })
}

/// Changes with figures only where figures may be read.
fn permitted(changes: &[Changed], figures: bool) -> impl Iterator<Item = &Changed> {
    changes.iter().filter(move |line| figures || !line.what.is_figure())
}

/// Everybody whom a checklist names.
fn named_in(list: &Checklist) -> impl Iterator<Item = PersonId> {
    let versions = list.documents.iter().flat_map(|line| &line.versions).map(|line| line.version.by.clone());
    let uploads = list.documents.iter().flat_map(|line| &line.uploads).map(|upload| upload.by.clone());
    versions.chain(uploads).chain(list.returned.iter().map(|back| back.by.clone()))
}
