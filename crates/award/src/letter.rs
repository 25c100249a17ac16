//! Whom a fact must be told: pure, so that every way in which something can happen tells the same people. A letter holds ids and figures and no
//! names; whoever delivers it looks up the address, says contests, candidates, documents and figures by the names that they have then, and puts
//! the sentence together in the reader's language.

use jiff::civil::{Date, Time};
use rules::rulebook::Text;
use serde::{Deserialize, Serialize};
use words::{Arg, Message};

use crate::act::{ContestKey, RoundKey};
use crate::cycle::tables::Came;
use crate::fact::Fact;
use crate::id::{CandidateId, JurorId, PersonId};
use crate::permission::role::{Grant, Role};
use crate::sentence::title;
use crate::sight::Part;
use crate::state::State;

/// Between the ids of several documents.
const DOCUMENTS: &str = ", ";

/// To whom a letter goes: everybody whose role it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// Whoever acts for a candidate.
    Candidate(CandidateId),
    /// A juror of a round.
    Juror(RoundKey, JurorId),
    /// The secretariat of a round.
    Secretariat(RoundKey),
    /// One person, whatever the roles.
    Person(PersonId),
}

impl Recipient {
    /// Whether a role makes its holder one of those to whom the letter goes.
    ///
    /// ```
    /// use award::{CandidateId, Grant, Role, Scope, letter::Recipient};
    ///
    /// let own = Scope { organisation: Some(CandidateId::from("badung")), ..Scope::default() };
    /// let grant = Grant::new(Role::Candidate, own);
    /// assert!(Recipient::Candidate("badung".into()).is(&grant));
    /// assert!(!Recipient::Candidate("bangli".into()).is(&grant));
    /// ```
    pub fn is(&self, grant: &Grant) -> bool {
        let of_round = |round: &RoundKey| {
            grant.scope.level.as_ref().is_none_or(|level| *level == round.level)
                && grant.scope.region.is_some()
                && grant.scope.region == round.region
                || grant.scope.region.is_none() && round.region.is_none() && grant.scope.level.as_ref() == Some(&round.level)
        };
        match self {
            Recipient::Candidate(candidate) => {
                grant.role == Role::Candidate && grant.scope.organisation.as_ref() == Some(candidate)
            }
            Recipient::Juror(round, juror) => {
                grant.role == Role::Juror && grant.scope.juror.as_ref() == Some(juror) && of_round(round)
            }
            Recipient::Secretariat(round) => grant.role == Role::Secretariat && of_round(round),
            Recipient::Person(_) => false,
        }
    }
}

/// What fills a gap in the text of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// An id, a code, a receipt.
    Text(String),
    /// A whole number.
    Number(u32),
    /// A day.
    Date(Date),
    /// A time of that day.
    Time(Time),
}

/// Something that somebody must be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// To whom.
    pub to: Recipient,
    /// The key of its text; the subject stands under the same key with `-subject`.
    pub kind: String,
    /// What fills the text's gaps, by name.
    pub gaps: Vec<(String, Gap)>,
}

impl Letter {
    fn new(to: Recipient, kind: &str, contest: &ContestKey) -> Letter {
        Letter { to, kind: kind.into(), gaps: Vec::new() }.text("contest", contest.path())
    }

    fn with(mut self, name: &str, gap: Gap) -> Letter {
        self.gaps.push((name.into(), gap));
        self
    }

    fn text(self, name: &str, text: impl Into<String>) -> Letter {
        self.with(name, Gap::Text(text.into()))
    }

    /// Its text, ready for either language, with ids as they are.
    pub fn message(&self) -> Message {
        self.filled(&self.kind, None)
    }

    /// Its subject line, with ids as they are.
    pub fn subject(&self) -> Message {
        self.filled(&self.subject_key(), None)
    }

    /// Its text with the names that contests, candidates, documents and figures have in a state; what the state does not have keeps its id.
    ///
    /// ```
    /// use award::{ContestKey, Fact, State, geography::Geography, letter};
    /// use words::Lang;
    ///
    /// let rules = std::sync::Arc::new(rules::read("2023.toml", include_str!("../../../rulebooks/2023.toml")).unwrap());
    /// let state = State::new("2023", rules.clone(), Geography::of(&rules).into());
    /// let contest = ContestKey::parse("province/51/kabkota").unwrap();
    /// let fact = Fact::LateAdmitted { contest, candidate: "badung".into(), reason: "flood".into() };
    /// let text = letter::of(&fact)[0].message_in(&state);
    /// assert_eq!(
    ///     text.render(Lang::En),
    ///     "Your dossier for Province Bali, Regency or city government was admitted although it came late."
    /// );
    /// ```
    pub fn message_in(&self, state: &State) -> Message {
        self.filled(&self.kind, Some(state))
    }

    /// Its subject line with the same names.
    pub fn subject_in(&self, state: &State) -> Message {
        self.filled(&self.subject_key(), Some(state))
    }

    /// The parts of the state in which its names are.
    pub fn parts(&self) -> Vec<Part> {
        let Some(contest) = self.contest() else { return vec![Part::Edition] };
        let entry = self.text_of("candidate").map(|id| Part::Entry(contest.clone(), CandidateId::from(id)));
        [Part::Edition, Part::Contest(contest)].into_iter().chain(entry).collect()
    }

    fn subject_key(&self) -> String {
        format!("{}-subject", self.kind)
    }

    fn text_of(&self, gap: &str) -> Option<&str> {
        self.gaps.iter().find_map(|(name, found)| match found {
            Gap::Text(text) if name == gap => Some(text.as_str()),
            _ => None,
        })
    }

    fn contest(&self) -> Option<ContestKey> {
        ContestKey::parse(self.text_of("contest")?)
    }

    /// What a gap names, by its name.
    fn named(&self, state: &State, gap: &str, id: &str) -> Option<Arg> {
        let local = |name: &Text| Arg::Local(name.id.clone(), name.en.clone());
        match gap {
            "contest" => Some(Arg::Message(title(state, &self.contest()?))),
            "candidate" => Some(Arg::Text(state.candidates.get(id)?.name.clone())),
            "claim" => {
                let contest = self.contest()?;
                state.rules_of(&contest.round).claim(id).map(|claim| local(&claim.name))
            }
            "documents" => {
                let contest = self.contest()?;
                let category = state.rules_of(&contest.round).category(&contest.category)?;
                let known = |id: &str| category.documents.iter().find(|document| document.id == id);
                let each = id.split(DOCUMENTS).map(|id| known(id).map_or(Arg::Text(id.to_owned()), |found| local(&found.name)));
                Some(Arg::List(each.collect()))
            }
            _ => None,
        }
    }

    fn filled(&self, key: &str, state: Option<&State>) -> Message {
        self.gaps.iter().fold(Message::new(key), |message, (name, gap)| match gap {
            Gap::Text(text) => {
                let named = state.and_then(|state| self.named(state, name, text));
                message.with(name, named.unwrap_or_else(|| Arg::Text(text.clone())))
            }
            Gap::Number(number) => message.number(name, number),
            Gap::Date(day) => message.date(name, *day),
            Gap::Time(time) => message.text(name, time.strftime("%H.%M").to_string()),
        })
    }
}

/// Whom a fact must be told, and what.
///
/// ```
/// use award::{ContestKey, Fact, letter};
///
/// let contest = ContestKey::parse("province/51/kabkota").unwrap();
/// let withdrawn = Fact::Withdrawn { contest, candidate: "badung".into(), reason: "flood".into() };
/// assert_eq!(letter::of(&withdrawn)[0].kind, "letter-withdrawn");
/// assert_eq!(letter::of(&Fact::DossiersRecorded), []);
/// ```
pub fn of(fact: &Fact) -> Vec<Letter> {
    let candidate = |id: &CandidateId| Recipient::Candidate(id.clone());
    let one = |letter: Letter| vec![letter];
    match fact {
        Fact::Nominated(contest, nomination) => {
            let to = candidate(&nomination.candidate.id);
            one(Letter::new(to, "letter-nominated", contest).text("candidate", nomination.candidate.id.as_str()))
        }
        Fact::DossierSubmitted { contest, candidate: id, submission } => {
            let letter = Letter::new(candidate(id), "letter-submitted", contest).text("receipt", &submission.receipt);
            one(letter.with("number", Gap::Number(submission.number)))
        }
        Fact::DossierReturned { contest, back, until } => {
            let letter = Letter::new(candidate(&back.candidate), "letter-returned", contest).with("until", Gap::Date(*until));
            one(letter.text("documents", back.documents.join(DOCUMENTS)))
        }
        Fact::LateAdmitted { contest, candidate: id, .. } => one(Letter::new(candidate(id), "letter-late-admitted", contest)),
        Fact::DossiersClosed { contest, not_admitted } => {
            not_admitted.iter().map(|(id, _)| Letter::new(candidate(id), "letter-not-admitted", contest)).collect()
        }
        Fact::Withdrawn { contest, candidate: id, .. } => {
            let to_office = Recipient::Secretariat(contest.round.clone());
            one(Letter::new(to_office, "letter-withdrawn", contest).text("candidate", id.as_str()))
        }
        Fact::ClaimReopened { contest, of, .. } => {
            one(Letter::new(candidate(&of.candidate), "letter-claim-reopened", contest).text("claim", &of.claim))
        }
        Fact::SlotAssigned(contest, slot) => {
            let letter = Letter::new(candidate(&slot.candidate), "letter-slot", contest).text("session", &slot.session);
            one(letter.with("starts", Gap::Time(slot.starts)))
        }
        Fact::SlotMoved(contest, moved) => {
            let letter = Letter::new(candidate(&moved.slot.candidate), "letter-slot-moved", contest);
            one(letter.text("session", &moved.slot.session).with("starts", Gap::Time(moved.slot.starts)))
        }
        Fact::Attended(contest, attendance) if attendance.state == Came::Absent => {
            one(Letter::new(candidate(&attendance.candidate), "letter-no-show", contest))
        }
        Fact::SheetKept(contest, kept) => {
            let of = &kept.sheet.of;
            let to = Recipient::Juror(contest.round.clone(), of.juror.clone());
            let letter = Letter::new(to, "letter-sheet", contest).text("candidate", of.candidate.as_str());
            let letter = letter.with("version", Gap::Number(kept.sheet.version));
            one(letter.text("receipt", kept.sheet.receipt.clone().unwrap_or_default()))
        }
        Fact::SheetReopened(contest, reopening) => {
            let to = Recipient::Juror(contest.round.clone(), reopening.of.juror.clone());
            one(Letter::new(to, "letter-sheet-reopened", contest).text("candidate", reopening.of.candidate.as_str()))
        }
        Fact::ObjectionFiled(contest, objection, _) => {
            let to = Recipient::Secretariat(contest.round.clone());
            one(Letter::new(to, "letter-objection", contest).text("objection", &objection.objection))
        }
        Fact::DroppedOut { contest, out, .. } => one(Letter::new(candidate(&out.candidate), "letter-dropped-out", contest)),
        Fact::CertificateIssued(contest, certificate) => {
            one(Letter::new(candidate(&certificate.candidate), "letter-certificate", contest).text("number", &certificate.number))
        }
        Fact::Revoked(contest, revoked) => one(Letter::new(candidate(&revoked.revocation.candidate), "letter-revoked", contest)),
        // Everything else is told on pages and papers, by a meeting, or only to whoever looks at the desk.
        _ => Vec::new(),
    }
}
