//! A small award led by the office: acts are permitted, decided and applied one after the other, and each act and fact survives its way
//! through JSON.
#![allow(dead_code)]

use std::sync::Arc;

use award::cycle::tables::{Appointment, Candidate};
use award::evidence::{ClaimAt, ClaimCheck, Evidence, FileRef};
use award::geography::Geography;
use award::interest::{Declaration, Interest, Opening};
use award::panel::{Decree, DecreedSeat};
use award::people::PeopleChange;
use award::record::{Address, Noun};
use award::sheet::{SheetAt, SheetStage, SheetVersion};
use award::sight::Part;
use award::{Act, Actor, ContestKey, Deed, Fact, Refusal, RoundKey, State, decide, permit};
use jiff::Timestamp;
use jiff::civil::date;
use tally::{Mark, SheetState};
use words::Lang;

use super::{Small, small};

pub const BALI: &str = "51";
/// People of the secretariat and the verifiers, who are on record.
const STAFF: [(&str, &str); 6] =
    [("sari", "Sari"), ("ani", "Ani"), ("dewi", "Dewi"), ("putu", "Putu"), ("kadek", "Kadek"), ("nuraini", "Nur'aini, S.H.")];

#[derive(Clone)]
pub struct Office {
    /// When everything happens.
    pub now: Timestamp,
    pub state: State,
}

/// People are on record and the three cities and regencies of Bali proposed; nobody sits on the panel yet.
pub fn office(small: &Small) -> Office {
    let cycle = small.cycle();
    let now = "2020-12-20T03:00:00Z".parse().expect("it is a time");
    let mut office = Office { now, state: State::new("small", Arc::clone(&cycle.rules), Geography::of(&cycle.rules).into()) };
    for (person, name) in STAFF {
        let enter = PeopleChange::Enter { person: person.into(), name: name.into() };
        office.done(Actor::Centre, Deed::ChangePeople(enter));
    }
    for row in &cycle.tables.candidates {
        office.done(Actor::Branch(round()), Deed::Propose(bali(), row.said.clone()));
    }
    office
}

/// With a panel of three: Ayu chairs, Budi and Citra are members.
pub fn with_panel(small: &Small) -> Office {
    let mut office = office(small);
    for (juror, name, seat) in [("j1", "Ayu", "chair"), ("j2", "Budi", "member"), ("j3", "Citra", "member")] {
        office.done(secretariat(), Deed::AppointByDecree(round(), decreed(juror, name, seat)));
    }
    office
}

/// With a panel of three who declare no conflict.
pub fn declared(small: &Small) -> Office {
    let mut office = with_panel(small);
    for juror in ["j1", "j2", "j3"] {
        for candidate in ["badung", "gianyar", "denpasar"] {
            office.done(juror_of(juror), Deed::DeclareInterest(bali(), none(juror, candidate)));
        }
    }
    office
}

pub fn plain() -> Small {
    small()
}

pub fn round() -> RoundKey {
    RoundKey { level: "province".into(), region: Some(BALI.into()) }
}

pub fn elsewhere() -> RoundKey {
    RoundKey { level: "province".into(), region: Some("18".into()) }
}

pub fn bali() -> ContestKey {
    ContestKey { round: round(), category: "city".into() }
}

pub fn secretariat() -> Actor {
    Actor::Secretariat(round())
}

pub fn verifier() -> Actor {
    Actor::Verifier(round())
}

pub fn chair() -> Actor {
    Actor::Chair(round())
}

pub fn juror_of(juror: &str) -> Actor {
    Actor::Juror(round(), juror.into())
}

pub fn decreed(juror: &str, name: &str, seat: &str) -> DecreedSeat {
    DecreedSeat {
        appointment: Appointment {
            level: "province".into(),
            region: Some(BALI.into()),
            juror: juror.into(),
            name: name.into(),
            seat: seat.into(),
            office: None,
            acting: false,
            delegate_for: None,
            person: None,
        },
        decree: Decree { number: "188.44/12/2020".into(), date: date(2020, 9, 1) },
        from: date(2020, 9, 1),
        to: None,
        exception: None,
    }
}

pub fn none(juror: &str, candidate: &str) -> Declaration {
    Declaration { juror: juror.into(), candidate: candidate.into(), says: Interest::None }
}

pub fn opening(juror: &str, candidate: &str) -> Opening {
    Opening { juror: juror.into(), candidate: candidate.into() }
}

pub fn claim(candidate: &str, claim: &str) -> ClaimAt {
    ClaimAt { candidate: candidate.into(), claim: claim.into() }
}

pub fn file(name: &str) -> FileRef {
    FileRef { sha256: tally::lot::commitment(name), name: name.into() }
}

/// Ani verifies a figure by page 3 of a register.
pub fn check(candidate: &str, id: &str, verified: &str) -> ClaimCheck {
    ClaimCheck {
        of: claim(candidate, id),
        verified: Some(verified.parse().expect("it is a number")),
        by: "ani".into(),
        evidence: vec![Evidence { file: file("register.pdf"), page: Some(3) }],
        source: "BPJS Ketenagakerjaan".into(),
        as_of: date(2020, 12, 31),
        reason: None,
    }
}

pub fn sheet(juror: &str, candidate: &str, mark: &str) -> SheetVersion {
    SheetVersion {
        of: SheetAt { juror: juror.into(), candidate: candidate.into(), stage: SheetStage::Judging },
        version: 1,
        state: SheetState::HandedIn,
        marks: [("innovation".to_owned(), Mark::try_from(mark.to_owned()).expect("it is a mark"))].into(),
        entered_by: None,
        receipt: None,
    }
}

impl Office {
    /// Permits, decides and applies an act; the key of the refusal if there is one.
    pub fn act(&mut self, actor: Actor, deed: Deed) -> Result<Vec<Fact>, String> {
        self.try_act(actor, deed).map_err(|refusal| {
            for lang in Lang::ALL {
                let (rule, next) = (refusal.rule.render(lang), refusal.next.render(lang));
                for text in [&rule, &next] {
                    assert!(!text.contains("{ $") && !text.contains("{refusal") && !text.is_empty(), "{text}");
                }
            }
            refusal.rule.key().trim_start_matches("refusal-").to_owned()
        })
    }

    pub fn try_act(&mut self, actor: Actor, deed: Deed) -> Result<Vec<Fact>, Refusal> {
        let act = Act { actor, at: Some(self.now), deed };
        let json = serde_json::to_string(&act).expect("an act is JSON");
        assert_eq!(serde_json::from_str::<Act>(&json).expect("it reads back"), act);
        let facts = permit(&act.actor, &act.deed).and_then(|permit| decide(&self.state, &act, permit));
        self.seen_in_part(&act, &facts);
        let facts = facts?;
        for fact in &facts {
            let json = serde_json::to_string(fact).expect("a fact is JSON");
            assert_eq!(serde_json::from_str::<Fact>(&json).expect("it reads back"), *fact);
            self.state.apply(fact);
        }
        Ok(facts)
    }

    /// The same is decided from the part of the state that the act must see, put together from its records.
    fn seen_in_part(&self, act: &Act, whole: &Result<Vec<Fact>, Refusal>) {
        let parts = Part::seen_by(&act.deed);
        let mut state = State::new("small", Arc::clone(&self.state.rules), Arc::clone(&self.state.geography));
        let seen = self.state.records().into_iter().filter(|(address, _)| parts.iter().any(|part| belongs(address, part)));
        state.put(seen.collect()).expect("what was cut can be put");
        let facts = permit(&act.actor, &act.deed).and_then(|permit| decide(&state, act, permit));
        let key = |refusal: &Refusal| refusal.rule.key().to_owned();
        // A count lists entries in the order in which they came, which records in the order of their addresses do not keep.
        match act.deed {
            Deed::Count(_) | Deed::Ratify(_) => assert_eq!(facts.is_ok(), whole.is_ok(), "{act:?}"),
            _ => assert_eq!(facts.as_ref().map_err(key), whole.as_ref().map_err(key), "{act:?}"),
        }
        for part in facts.iter().flatten().flat_map(Part::changed_by) {
            assert!(part.is_within(&parts.iter().cloned().collect()), "{part:?} is changed and not seen by {act:?}");
        }
    }

    /// An act that is not refused.
    pub fn done(&mut self, actor: Actor, deed: Deed) -> Vec<Fact> {
        self.act(actor, deed).unwrap_or_else(|refused| panic!("refused: {refused}"))
    }

    /// The key of the refusal of an act; nothing changes.
    pub fn refused(&mut self, actor: Actor, deed: Deed) -> String {
        self.act(actor, deed).err().unwrap_or_else(|| "nothing".to_owned())
    }

    /// The whole sentence of a refusal, in English.
    pub fn told(&mut self, actor: Actor, deed: Deed) -> String {
        self.try_act(actor, deed).err().map_or("nothing".to_owned(), |refusal| refusal.rule.render(Lang::En))
    }

    pub fn contest(&self) -> &award::state::Contest {
        &self.state.contests[&bali()]
    }

    pub fn entry(&self, candidate: &str) -> &award::state::Entry {
        self.contest().entry(candidate).expect("it stands")
    }

    pub fn round(&self) -> &award::state::Round {
        &self.state.rounds[&round()]
    }

    /// Everything is verified and marked, so that judging could be closed.
    pub fn judged(mut self) -> Office {
        for (candidate, members) in [("badung", "80"), ("gianyar", "70"), ("denpasar", "60")] {
            self.done(verifier(), Deed::CheckClaim(bali(), check(candidate, "workers", "100")));
            self.done(verifier(), Deed::CheckClaim(bali(), check(candidate, "members", members)));
            for juror in ["j1", "j2", "j3"] {
                self.done(juror_of(juror), Deed::HandInVersion(bali(), sheet(juror, candidate, members)));
            }
        }
        self
    }
}

/// Whether a record belongs to a part; the candidate comes along with the entry.
fn belongs(address: &Address, part: &Part) -> bool {
    let here = address.contest.as_ref();
    match part {
        Part::Edition => matches!(address.noun, Noun::Edition | Noun::Event | Noun::Lot),
        Part::History => address.noun == Noun::Standing,
        Part::Round(key) => address.noun == Noun::Round && address.name == key.path(),
        Part::Candidate(id) => address.noun == Noun::Candidate && address.candidate.as_ref() == Some(id),
        Part::Contest(key) => here == Some(key) && address.candidate.is_none(),
        Part::Entry(key, id) => (here == Some(key) || address.noun == Noun::Candidate) && address.candidate.as_ref() == Some(id),
        Part::Entries(key) => here == Some(key) && address.candidate.is_some() || address.noun == Noun::Candidate,
        Part::WayUp(_) | Part::AnySheet(_) | Part::Contests(_) | Part::Judged(_) | Part::WholeRound(_) => {
            here.is_some() || address.noun == Noun::Candidate
        }
        Part::Outreach => matches!(address.noun, Noun::Around | Noun::Press),
        Part::Register => matches!(address.noun, Noun::Body | Noun::Succession),
        Part::People => matches!(address.noun, Noun::Person | Noun::Delegation),
        Part::Delegations => address.noun == Noun::Delegation,
        Part::Person(id) => address.noun == Noun::Person && address.name == id.as_str(),
        Part::Certificate(number) => address.noun == Noun::Certificate && address.name == *number,
        Part::Nomination(_) | Part::Nominations => address.noun == Noun::Nomination,
    }
}

/// A candidate of the small award.
pub fn candidate(office: &Office, id: &str) -> Candidate {
    office.state.candidates[id].clone()
}
