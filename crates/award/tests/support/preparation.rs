//! An award as the office sends its acts: one after the other, each with an actor and a time. Every act and fact also goes through JSON and
//! back, every act is decided once more from the parts that it must see, and every refusal has its sentences in both languages.
#![allow(dead_code, clippy::unwrap_used)]

use std::collections::BTreeSet;

use std::sync::Arc;

use award::cycle::tables::{Candidate, Event};
use award::deadline::{DayCount, Term};
use award::geography::Geography;
use award::identity::{Attribute, Dated, RegisterChange, Sort};
use award::people::PeopleChange;
use award::record;
use award::round::Opening;
use award::sight::Part;
use award::stage::dossier::{FileRef, HandedItem};
use award::stage::nomination::{GateAnswer, Met, Nomination, Route};
use award::{Act, Actor, ContestKey, Deed, Fact, Refusal, RoundKey, RulebookPin, State, decide, permit};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use words::Lang;

pub const RULEBOOK: &str = r#"
format = "paritrana-rulebook-1"

[edition]
id = "kecil-2020"
version = "1"
name = "Small award"
assessment = { from = 2020-01-01, to = 2020-12-31 }
purposes = ["Universal coverage"]
source = ["assumption"]

[[organiser]]
name = "BPJS Ketenagakerjaan"

[[calendar]]
id = "preparation"
name = "Preparation meeting"
planned = { on = 2020-11-17 }

[[calendar]]
id = "dossiers"
name = "Dossiers"
stage = "dossier"
level = "province"
planned = { days = 30, after = "preparation", count = "calendar" }
latest = 2021-01-15

[[holiday]]
on = 2020-12-24
name = "Holiday"

[[holiday]]
on = 2020-12-25
name = "Christmas"

[[level]]
id = "province"
name = "Province"
rounds = "province"
next = "nation"

[[level]]
id = "nation"
name = "Nation"
rounds = "nation"

[[panel]]
id = "team"
level = "province"
quorum = 1
seat = [
  { id = "chair", name = "Chair", role = "chair", count = 1 },
  { id = "member", name = "Member", role = "member", count = 2 },
]

[[category]]
id = "city"
name = "City"
kinds = ["city", "regency"]
routes = ["branch", "regency"]
document = [
  { id = "law", name = "Legal texts", required = true, kinds = ["perda", "perbup"], formats = ["pdf"], max_mib = 2 },
  { id = "budget", name = "Budget", required = true },
  { id = "photos", name = "Photographs", required = false, formats = ["jpeg", "png"] },
]

[[category]]
id = "company"
name = "Company"
kinds = ["company"]
sizes = ["medium", "large"]
gate = [{ id = "arrears", name = "No arrears", no = "arrears", missing = "pass" }]
document = [{ id = "proof", name = "Proof of payment", required = true }]

[[claim]]
id = "members"
name = "Members"
shape = "count"
segment = "pu"

[[claim]]
id = "workers"
name = "Workers"
shape = "count"
segment = "pu"

[[claim]]
id = "vulnerable"
name = "Vulnerable workers"
shape = "count"
segment = "vulnerable"
data_question = "vulnerable-protected"

[[claim]]
id = "arrears"
name = "Arrears"
shape = "yes_no"

[[scheme]]
id = "all"
name = "All"
weights_total = 100

[[scheme.aspect]]
id = "coverage"
name = "Coverage"
weight = 50

[[scheme.aspect.indicator]]
id = "covered"
name = "Workers covered"
kind = "ratio"
data_question = "coverage-pu"
numerator = "members"
denominator = "workers"

[[scheme.aspect]]
id = "more"
name = "More"
weight = 25

[[scheme.aspect.indicator]]
id = "vulnerable-workers"
name = "Vulnerable workers"
kind = "count"
claim = "vulnerable"

[[scheme.aspect]]
id = "ideas"
name = "Ideas"
weight = 25

[[scheme.aspect.indicator]]
id = "innovation"
name = "Innovation"
kind = "rubric"
min = 0
max = 100

[[ladder]]
id = "ties"
steps = ["covered"]

[[contest]]
categories = ["city", "company"]
level = "province"
scheme = "all"
panel = "team"
stages = ["nomination", "dossier", "verification", "judging", "counting", "plenary", "advancement"]
ladder = "ties"
quota = 1

[[scheme]]
id = "final"
name = "Final"

[[scheme.aspect]]
id = "again"
name = "Again"
weight = 100

[[scheme.aspect.indicator]]
id = "covered-again"
name = "Workers covered"
kind = "ratio"
numerator = "members"
denominator = "workers"

[[ladder]]
id = "shared"
steps = ["covered-again"]

[[contest]]
categories = ["city", "company"]
level = "nation"
scheme = "final"
stages = ["counting", "plenary", "announcement"]
ladder = "shared"
quota = 1
"#;

/// Everybody who is entered.
pub const PEOPLE: [&str; 9] = ["ani", "ayu", "budi", "kadek", "putu", "sari", "staf", "walikota", "wayan"];

/// An award in progress.
#[derive(Clone)]
pub struct Office {
    pub state: State,
}

/// An award of which nothing has happened.
pub fn closed() -> Office {
    under(RULEBOOK)
}

/// The same under another rulebook.
pub fn under(rulebook: &str) -> Office {
    let rules = rules::read("office.toml", rulebook).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let geography = Geography::of(&rules);
    let mut office = Office { state: State::new("kecil-2020", Arc::new(rules), Arc::new(geography)) };
    for person in PEOPLE {
        let enter = PeopleChange::Enter { person: person.into(), name: format!("I {person}") };
        office.does(&Actor::Centre, "", Deed::ChangePeople(enter));
    }
    let say = |what| Dated { what, from: date(2017, 1, 1), source: "AHU".into() };
    let attributes = vec![say(Attribute::Name("PT Contoh".into())), say(Attribute::Kind("company".into()))];
    let sample = RegisterChange::Enter { id: "sample".into(), sort: Sort::Organisation, attributes };
    office.does(&Actor::Centre, "", Deed::ChangeRegister(sample));
    office
}

/// An award whose rounds in Lampung (WIB), Bali (WITA) and Papua (WIT) are open.
pub fn open() -> Office {
    let mut office = closed();
    for code in ["18", "51", "91"] {
        office.does(&secretariat(code), "2020-11-01T01:00:00Z", Deed::OpenRound(round(code), opening()));
    }
    office
}

impl Office {
    /// What is decided about an act.
    pub fn asks(&self, actor: &Actor, at: &str, deed: Deed) -> Result<Vec<Fact>, Refusal> {
        let act = Act { actor: actor.clone(), at: (!at.is_empty()).then(|| at.parse().unwrap()), deed };
        let text = serde_json::to_string(&act).unwrap();
        assert_eq!(serde_json::from_str::<Act>(&text).unwrap(), act);
        let decided = permit(&act.actor, &act.deed).and_then(|permit| decide(&self.state, &act, permit));
        let seen = self.part(Part::seen_by(&act.deed));
        let again = permit(&act.actor, &act.deed).and_then(|permit| decide(&seen, &act, permit));
        assert_eq!(again, decided, "from the parts alone: {:?}", act.deed);
        decided
    }

    /// The state as a store would load it: some parts.
    fn part(&self, parts: Vec<Part>) -> State {
        let records = self.state.records();
        let parts: BTreeSet<Part> = parts.into_iter().collect();
        let wanted =
            crate::parts::wanted(&records, &parts).into_iter().map(|address| (address.clone(), records[address].clone()));
        let mut state = State::new("kecil-2020", self.state.rules.clone(), self.state.geography.clone());
        state.versions = self.state.versions.clone();
        for (key, round) in &self.state.rounds {
            round.pin().into_iter().for_each(|pin| state.versions.pinned(key.clone(), pin.clone()));
        }
        state.put(wanted.collect()).expect("what was cut can be put");
        state
    }

    /// Does it; it must be allowed.
    pub fn does(&mut self, actor: &Actor, at: &str, deed: Deed) -> Vec<Fact> {
        let facts = self.asks(actor, at, deed).unwrap_or_else(|refusal| panic!("{}", refusal.rule.render(Lang::En)));
        let mut kept = self.state.records();
        let changed = facts.iter().flat_map(Part::changed_by);
        for write in record::apply(&mut self.part(changed.collect()), &facts) {
            match write.body {
                Some(body) => drop(kept.insert(write.address, body)),
                None => drop(kept.remove(&write.address)),
            }
        }
        for fact in &facts {
            let text = serde_json::to_string(fact).unwrap();
            assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), *fact);
            self.state.apply(fact);
        }
        assert!(kept == self.state.records(), "the records written are those of the state: {facts:?}");
        facts
    }

    /// Why it is refused; `nothing` if it is allowed.
    pub fn refuses(&self, actor: &Actor, at: &str, deed: Deed) -> String {
        let Err(refusal) = self.asks(actor, at, deed) else { return "nothing".into() };
        for lang in Lang::ALL {
            for message in refusal.clone().each().iter().flat_map(|refusal| [&refusal.rule, &refusal.next]) {
                let text = message.render(lang);
                assert!(!text.contains('{') && !text.contains("refusal-") && !text.contains("field-"), "{text}");
            }
        }
        refusal.rule.key().trim_start_matches("refusal-").to_owned()
    }

    /// A city put forward by its branch that has consented, and stands.
    pub fn enters(&mut self, id: &str, region: &str) -> ContestKey {
        let key = contest(region.get(..2).unwrap(), "city");
        let branch = Actor::Branch(key.round.clone());
        self.does(&branch, "2020-11-02T01:00:00Z", Deed::Nominate(key.clone(), nomination(id, region)));
        self.does(&candidate(id), "2020-11-03T01:00:00Z", Deed::Answer(key.clone(), consent(id)));
        key
    }
}

pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub fn round(region: &str) -> RoundKey {
    RoundKey { level: "province".into(), region: Some(region.into()) }
}

pub fn contest(region: &str, category: &str) -> ContestKey {
    ContestKey { round: round(region), category: category.into() }
}

pub fn secretariat(region: &str) -> Actor {
    Actor::Secretariat(round(region))
}

pub fn chair(region: &str) -> Actor {
    Actor::Chair(round(region))
}

pub fn branch(region: &str) -> Actor {
    Actor::Branch(round(region))
}

pub fn candidate(id: &str) -> Actor {
    Actor::Candidate(id.into())
}

pub fn pin(version: &str, digit: char) -> RulebookPin {
    RulebookPin { edition: "kecil-2020".into(), version: version.into(), hash: hash(digit) }
}

pub fn hash(digit: char) -> String {
    digit.to_string().repeat(64)
}

pub fn opening() -> Opening {
    Opening { rulebook: pin("1", 'a'), label: None, by: "sari".into() }
}

pub fn term(days: u32, count: DayCount) -> Term {
    Term { days, count }
}

pub fn nomination(id: &str, region: &str) -> Nomination {
    Nomination {
        candidate: Candidate {
            id: id.into(),
            name: format!("Kota {id}"),
            category: "city".into(),
            kind: "city".into(),
            region: region.into(),
            size: None,
            sector: None,
            route: None,
            proposed_by: None,
            level: "province".into(),
            given: false,
            note: None,
        },
        route: Route::Branch,
        by: "budi".into(),
        body: None,
        registered_in: None,
        gates: Vec::new(),
    }
}

pub fn company(id: &str, region: &str) -> Nomination {
    let mut company = nomination(id, region);
    company.candidate.name = format!("PT {id}");
    company.candidate.category = "company".into();
    company.candidate.kind = "company".into();
    company.candidate.size = Some("medium".into());
    company.body = Some("sample".into());
    company.gates = vec![GateAnswer { gate: "arrears".into(), met: Met::Yes, reason: "Paid until October".into() }];
    company
}

pub fn consent(id: &str) -> award::stage::nomination::Consent {
    award::stage::nomination::Consent {
        candidate: id.into(),
        answer: award::stage::nomination::Answer::Give,
        by: "walikota".into(),
    }
}

pub fn file(digit: char, format: &str) -> FileRef {
    FileRef { hash: hash(digit), bytes: 1_000, format: format.into(), name: format!("naskah.{format}") }
}

pub fn item(id: &str, document: &str, digit: char) -> HandedItem {
    HandedItem { candidate: id.into(), document: document.into(), kind: None, file: file(digit, "pdf"), by: "staf".into() }
}

pub fn event(id: &str, on: Date, kind: &str, region: Option<&str>) -> Event {
    Event {
        id: id.into(),
        on,
        to: None,
        kind: kind.into(),
        level: Some("province".into()),
        region: region.map(str::to_owned),
        title: format!("Rapat {id}"),
        place: Some("Hotel Fugo".into()),
        chair: Some("Sekda".into()),
        organiser: None,
        attendees: None,
        source: None,
        note: None,
    }
}

/// Texts that no name may be, with what is wrong.
pub fn bad_names() -> Vec<(String, &'static str)> {
    vec![
        (String::new(), "text-empty"),
        ("   ".into(), "text-empty"),
        ("x".repeat(201), "text-too-long"),
        ("\u{1b}[2J".into(), "text-control"),
        ("Kota\nDenpasar".into(), "text-control"),
        ("Badung\u{202e}gnudaB".into(), "text-control"),
        ("nul\0".into(), "text-control"),
    ]
}

/// Names that people bear.
pub const GOOD_NAMES: [&str; 6] =
    ["Kampung Ma'rang, RW 03", "O’Brien \"Bapak\"", "株式会社 山田", "Пётр Иванов", "شركة النور", "Café & Co. <3"];

pub const NOVEMBER_17: Date = date(2020, 11, 17);
