//! Benturan kepentingan: each juror declares for each candidate before the dossier opens. What comes with the seat is added and disclosed,
//! what concerns the person recuses, and a doubt waits for whoever chairs.

use jiff::Timestamp;
use tally::SheetState;
use words::{Arg, Message};

use crate::act::{ContestKey, HandedSheet};
use crate::cycle::tables::{Appointment, Conflict, ConflictKind};
use crate::decide::{entry, name};
use crate::fact::Fact;
use crate::id::{CandidateId, JurorId};
use crate::interest::{Declaration, Interest, Interests, Opened, Opening, Ranking, Ruling, Stance, structural};
use crate::limit::told;
use crate::panel;
use crate::refusal::Refusal;
use crate::sheet::SheetVersion;
use crate::state::{Contest, Entry, Round, State};

/// A juror declares an interest in a candidate, or none.
pub(crate) fn declare(state: &State, key: &ContestKey, declaration: &Declaration) -> Result<Vec<Fact>, Refusal> {
    let (juror, candidate) = (&declaration.juror, &declaration.candidate);
    let pair = Pair { state, key, juror, candidate };
    let (contest, entry) = pair.open()?;
    let appointment = pair.on_panel()?;
    match &declaration.says {
        Interest::None => {}
        Interest::Some { kind: ConflictKind::Doubt, .. } => return Err(pair.refuse("refusal-doubt-as-conflict")),
        Interest::Some { reason, .. } | Interest::InDoubt { reason } => told("reason", reason)?,
    }
    pair.not_declared_before(contest, entry, &declaration.says)?;
    let recuses = matches!(declaration.says, Interest::Some { kind: ConflictKind::Personal, .. });
    if recuses && has_marked(contest, juror, candidate) {
        return Err(pair.refuse("refusal-recused-after-marks"));
    }
    let mut facts = vec![Fact::InterestDeclared(key.clone(), declaration.clone())];
    if let Interest::Some { kind, reason } = &declaration.says {
        facts.push(pair.conflict(*kind, reason));
    }
    facts.extend(pair.disclosed(contest, appointment));
    Ok(facts)
}

/// Whether a juror judged a candidate, not only said that there are no marks: by a sheet, by paper that was typed, or by a ranking.
pub(crate) fn has_marked(contest: &Contest, juror: &JurorId, candidate: &CandidateId) -> bool {
    // Paper that was typed once is typed again, whatever it says.
    let typed = |paper: &SheetVersion| paper.of.juror == *juror;
    let on_paper = contest.entry(candidate.as_str()).is_some_and(|entry| entry.ledger.paper.iter().any(typed));
    let ranked = contest.rankings.iter().any(|ranking| ranking.juror == *juror && ranking.order.contains(candidate));
    let marked = |sheet: &HandedSheet| sheet.state == SheetState::HandedIn;
    contest.sheets_of(juror, candidate).any(marked) || on_paper || ranked
}

/// The chair, or whoever acts as chair for the candidate, rules on a doubt; never on the own one.
pub(crate) fn rule_on_doubt(state: &State, key: &ContestKey, ruling: &Ruling) -> Result<Vec<Fact>, Refusal> {
    let pair = Pair { state, key, juror: &ruling.juror, candidate: &ruling.candidate };
    let (contest, entry) = pair.open()?;
    told("reason", &ruling.reason)?;
    if entry.interests.stance(&ruling.juror, &ruling.candidate) != Stance::Doubtful {
        return Err(pair.refuse("refusal-no-doubt"));
    }
    let one_person = |round: &Round| panel::is_one_person(round, &ruling.by, &ruling.juror);
    if ruling.by == ruling.juror || state.rounds.get(&key.round).is_some_and(one_person) {
        return Err(pair.refuse("refusal-rules-on-oneself"));
    }
    chairs(state, key, &ruling.candidate, &ruling.by)?;
    if ruling.recused && has_marked(contest, &ruling.juror, &ruling.candidate) {
        return Err(pair.refuse("refusal-recused-after-marks"));
    }
    let ruled = Fact::DoubtRuled(key.clone(), ruling.clone());
    let conflict = Conflict {
        level: key.round.level.clone(),
        juror: ruling.juror.clone(),
        candidate: ruling.candidate.clone(),
        kind: ConflictKind::Doubt,
        recused: ruling.recused,
        reason: ruling.reason.clone(),
    };
    Ok(vec![ruled, Fact::ConflictDeclared(key.clone(), conflict)])
}

/// Refuses unless this person chairs for the candidate.
pub(crate) fn chairs(state: &State, key: &ContestKey, candidate: &CandidateId, by: &JurorId) -> Result<(), Refusal> {
    if panel::chair_for(state, key, candidate) == Some(by) {
        return Ok(());
    }
    let message = Message::new("refusal-not-chair-for").text("juror", by.as_str());
    Err(Refusal::of(message.text("candidate", name(state, candidate.as_str()))))
}

/// A juror opens a dossier, after having declared.
pub(crate) fn open_dossier(
    state: &State,
    key: &ContestKey,
    opening: &Opening,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let (_, entry) = may_see(state, key, opening)?;
    if Interests::has_opened(&entry.interests.dossiers, &opening.juror, &opening.candidate) {
        return Ok(Vec::new());
    }
    Ok(vec![Fact::DossierOpened(key.clone(), opened(opening, at))])
}

/// A juror opens the points of indicators; where the rulebook asks for blind ranking, only after having ranked.
pub(crate) fn open_figures(
    state: &State,
    key: &ContestKey,
    opening: &Opening,
    at: Option<Timestamp>,
) -> Result<Vec<Fact>, Refusal> {
    let (contest, entry) = may_see(state, key, opening)?;
    let blind = state.rule(key).is_some_and(|rule| rule.blind);
    if blind && !contest.has_ranked(&opening.juror) {
        let pair = Pair { state, key, juror: &opening.juror, candidate: &opening.candidate };
        return Err(pair.refuse("refusal-rank-first"));
    }
    if Interests::has_opened(&entry.interests.figures, &opening.juror, &opening.candidate) {
        return Ok(Vec::new());
    }
    Ok(vec![Fact::FiguresOpened(key.clone(), opened(opening, at))])
}

fn opened(opening: &Opening, at: Option<Timestamp>) -> Opened {
    Opened { juror: opening.juror.clone(), candidate: opening.candidate.clone(), at }
}

/// A juror of the panel who declared and is not recused.
fn may_see<'s>(state: &'s State, key: &'s ContestKey, opening: &Opening) -> Result<(&'s Contest, &'s Entry), Refusal> {
    let pair = Pair { state, key, juror: &opening.juror, candidate: &opening.candidate };
    let (contest, entry) = entry(state, key, opening.candidate.as_str())?;
    pair.on_panel()?;
    pair.takes_part(contest, entry)?;
    Ok((contest, entry))
}

/// A juror puts everybody whom the juror judges in order, before any points of indicators were opened.
pub(crate) fn hand_in_ranking(state: &State, key: &ContestKey, ranking: &Ranking) -> Result<Vec<Fact>, Refusal> {
    let refuse = |rule: &str| Refusal::of(Message::new(rule).text("juror", ranking.juror.as_str()).text("contest", key.path()));
    let contest = state.contests.get(key).ok_or_else(|| refuse("refusal-ranking-incomplete"))?;
    if !state.rule(key).is_some_and(|rule| rule.blind) {
        return Err(refuse("refusal-ranking-not-asked"));
    }
    if panel::serving(state, key, &ranking.juror).is_none() {
        return Err(refuse("refusal-ranking-not-on-panel"));
    }
    if contest.judging_closed {
        return Err(refuse("refusal-ranking-closed"));
    }
    if contest.has_ranked(&ranking.juror) {
        return Err(refuse("refusal-ranking-twice"));
    }
    if contest.entries.iter().flat_map(|entry| &entry.interests.figures).any(|opened| opened.juror == ranking.juror) {
        return Err(refuse("refusal-ranking-after-figures"));
    }
    let mut judged: Vec<&CandidateId> =
        contest.entries.iter().filter(|entry| is_ranked(contest, &ranking.juror, entry)).map(|entry| &entry.candidate).collect();
    let mut ranked: Vec<&CandidateId> = ranking.order.iter().collect();
    judged.sort();
    ranked.sort();
    if judged != ranked {
        let names = judged.iter().map(|candidate| Arg::Text(name(state, candidate.as_str()).to_owned())).collect();
        let message = Message::new("refusal-ranking-incomplete").text("juror", ranking.juror.as_str());
        return Err(Refusal::of(message.text("contest", key.path()).with("names", Arg::List(names))));
    }
    Ok(vec![Fact::RankingHandedIn(key.clone(), ranking.clone())])
}

/// Whether a juror puts an entry in order: everybody in the running from whom the juror is not recused.
pub(crate) fn is_ranked(contest: &Contest, juror: &JurorId, entry: &Entry) -> bool {
    entry.withdrawn.is_none() && entry.not_admitted.is_none() && !panel::is_biased(contest, juror, &entry.candidate)
}

/// A juror and a candidate in a contest.
pub(crate) struct Pair<'a> {
    pub(crate) state: &'a State,
    pub(crate) key: &'a ContestKey,
    pub(crate) juror: &'a JurorId,
    pub(crate) candidate: &'a CandidateId,
}

impl<'a> Pair<'a> {
    pub(crate) fn refuse(&self, rule: &str) -> Refusal {
        let message = Message::new(rule).text("juror", self.juror.as_str());
        Refusal::of(message.text("candidate", name(self.state, self.candidate.as_str())))
    }

    /// The contest, while its judging is open.
    fn open(&self) -> Result<(&'a Contest, &'a Entry), Refusal> {
        let found = entry(self.state, self.key, self.candidate.as_str())?;
        if found.0.judging_closed { Err(self.refuse("refusal-conflict-after-closing")) } else { Ok(found) }
    }

    pub(crate) fn on_panel(&self) -> Result<&'a Appointment, Refusal> {
        panel::serving(self.state, self.key, self.juror).ok_or_else(|| self.refuse("refusal-not-on-panel"))
    }

    /// Refuses a juror who has not declared, waits for a ruling, or is recused.
    pub(crate) fn takes_part(&self, contest: &Contest, entry: &Entry) -> Result<(), Refusal> {
        if contest.is_recused(self.juror, self.candidate) {
            return Err(self.refuse("refusal-recused"));
        }
        match entry.interests.stance(self.juror, self.candidate) {
            Stance::Undeclared => Err(self.refuse("refusal-undeclared")),
            Stance::Doubtful => Err(self.refuse("refusal-doubt-open")),
            Stance::Recused => Err(self.refuse("refusal-recused")),
            Stance::Free => Ok(()),
        }
    }

    /// Something new may come to light; what was declared is not taken back.
    fn not_declared_before(&self, contest: &Contest, entry: &Entry, says: &Interest) -> Result<(), Refusal> {
        let before = entry.interests.declared(self.juror, self.candidate).map(|one| &one.says);
        match before {
            None => Ok(()),
            Some(before) if before == says => Err(self.refuse("refusal-declared-twice")),
            Some(_) if *says == Interest::None => Err(self.refuse("refusal-declaration-taken-back")),
            Some(_) if contest.is_recused(self.juror, self.candidate) => Err(self.refuse("refusal-declaration-taken-back")),
            Some(_) => Ok(()),
        }
    }

    fn conflict(&self, kind: ConflictKind, reason: &str) -> Fact {
        let conflict = Conflict {
            level: self.key.round.level.clone(),
            juror: self.juror.clone(),
            candidate: self.candidate.clone(),
            kind,
            recused: kind == ConflictKind::Personal,
            reason: reason.to_owned(),
        };
        Fact::ConflictDeclared(self.key.clone(), conflict)
    }

    /// What comes with the seat, disclosed once.
    fn disclosed(&self, contest: &Contest, juror: &Appointment) -> Vec<Fact> {
        let Some(candidate) = self.state.candidates.get(self.candidate) else { return Vec::new() };
        let known = |word: &String| {
            contest
                .conflicts
                .iter()
                .any(|one| one.juror == *self.juror && one.candidate == *self.candidate && one.reason == *word)
        };
        let found = structural(self.state, self.key, juror, candidate).into_iter().filter(|word| !known(word));
        found.map(|word| self.conflict(ConflictKind::Structural, &word)).collect()
    }
}
