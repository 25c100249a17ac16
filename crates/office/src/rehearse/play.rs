//! Plays a rehearsal through the office, act by act, on a database. The same acts were decided before by the pure code alone, on a state in
//! memory: both must give the same facts.

use std::collections::BTreeMap;

use award::sight::Part;
use award::{ContestKey, Fact, Grant, PersonId, Refusal, State};
use store::{Edition, Names, Place, Store};

use super::ahead::{Ahead, Decided, Next};
use super::explained::explained;
use super::fault::Fault;
use super::recount::recount;
use super::scene::{Scene, scenes};
use super::step::{Expected, Step, Way, Who};
use super::told::{Done as StageDone, FaultTold, Proof, Size, Told, Winner};
use super::year::Year;
use crate::account::{Account, Standing};
use crate::asked::Asked;
use crate::error::Error;
use crate::office::{Done, Office};

/// So many contests are at most read and not yet counted anew.
const RESULTS_AHEAD: usize = 64;

/// Why a rehearsal stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Stopped {
    /// The office failed.
    #[error(transparent)]
    Office(#[from] Error),
    /// The edition stands in the database already.
    #[error("the edition {0} stands in this database already")]
    There(String),
    /// A step went otherwise than its script says: a bug of the rehearsal, or of the process.
    #[error("{person} does {deed}: {what}")]
    Otherwise {
        /// Who.
        person: String,
        /// What.
        deed: String,
        /// What became of it.
        what: String,
    },
}

impl From<store::Error> for Stopped {
    fn from(error: store::Error) -> Stopped {
        Stopped::Office(error.into())
    }
}

/// How far a rehearsal is.
#[derive(Debug, Clone)]
pub struct Far<'y> {
    /// The scene that is played now.
    pub scene: &'y Scene<'y>,
    /// How many scenes are played.
    pub scenes: usize,
    /// How many there are.
    pub of: usize,
    /// How many acts were done.
    pub acts: usize,
}

/// Plays a year on a database and tells what became of it. The store is left open in the office that comes back.
///
/// # Errors
///
/// What stopped it.
pub async fn play(year: &Year, place: &Place, at: &mut (dyn FnMut(&Far<'_>) + Send)) -> Result<(Told, Office, Edition), Stopped> {
    let mut player = Player::begin(year, place).await?;
    player.accounts().await?;
    let (scenes, mut playing) = (scenes(year), 0);
    let mut ahead = Ahead::begin(year, player.edition.empty(), player.grants.clone());
    while let Some(next) = ahead.next().await {
        match next {
            Next::Scene(number) => {
                playing = number;
                at(&Far { scene: &scenes[number], scenes: number, of: scenes.len(), acts: player.acts });
            }
            Next::Step(decided) => player.step(*decided, &scenes[playing]).await?,
            Next::Position(chain, answer) => {
                // Nobody waits for it only if the other thread is gone, and that is told when it is joined.
                let _gone = answer.send(player.positions.get(&chain).copied().unwrap_or_default());
            }
        }
    }
    let told = player.told(ahead.end()).await?;
    Ok((told, player.office, player.edition))
}

struct Player<'y> {
    year: &'y Year,
    place: &'y Place,
    office: Office,
    edition: Edition,
    acts: usize,
    keys: usize,
    /// The next position of each chain.
    positions: BTreeMap<String, u64>,
    stages: BTreeMap<super::scene::Stage, StageDone>,
    faults: BTreeMap<Fault, FaultTold>,
    /// The roles of everybody who has an account.
    grants: BTreeMap<PersonId, Vec<Grant>>,
}

impl<'y> Player<'y> {
    async fn begin(year: &'y Year, place: &'y Place) -> Result<Player<'y>, Stopped> {
        let store = for_a_rehearsal(Store::open_or_make(place).await?).await?;
        if store.editions().await?.contains(&year.edition) {
            return Err(Stopped::There(year.edition.clone()));
        }
        let edition = store.open_edition(&year.edition, &year.text, "2024-01-08T02:00:00.000000Z").await?;
        let (stages, faults, positions) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let office = Office::new(store);
        Ok(Player { year, place, office, edition, acts: 0, keys: 0, positions, stages, faults, grants: BTreeMap::new() })
    }

    /// Everybody gets an account with roles, is invited and comes.
    async fn accounts(&mut self) -> Result<(), Stopped> {
        let operator = award::PersonId::from("operator");
        let at = self.year.nation.morning(jiff::civil::date(2024, 1, 5));
        for (who, round) in Who::everybody(self.year) {
            let person = who.person(self.year, round);
            let name = format!("{person} {}", super::year::SAMPLE);
            let grants = who.grants(self.year, round);
            let account =
                Account { person: person.clone(), name, email: None, standing: Standing::Invited, grants: grants.clone() };
            self.office.add_user(&operator, at, account).await?;
            let random = self.year.chance(&format!("invitation {person}")).bytes();
            let invitation = self.office.invite_user(&operator, at, &person, random).await?;
            self.office.take_invitation(&invitation.code, at).await?;
            self.grants.insert(person, grants);
        }
        Ok(())
    }

    async fn step(&mut self, Decided { step, facts }: Decided, scene: &Scene<'_>) -> Result<(), Stopped> {
        let done = self.play(step, facts, scene).await?;
        let stage = self.stages.entry(scene.stage).or_default();
        stage.acts += done.acts;
        stage.facts += done.facts;
        stage.refused += done.refused;
        Ok(())
    }

    async fn play(&mut self, step: Step, pure: Result<Vec<Fact>, Refusal>, scene: &Scene<'_>) -> Result<StageDone, Stopped> {
        self.keys += 1;
        let asked = Asked::new(step.by.clone(), self.key(), step.at);
        let (done, again) = self.send(&step, &asked).await?;
        if let Some(fault) = step.fault {
            let round = scene.round.name.clone();
            let fresh = FaultTold { fault, round, refused: Vec::new(), acts: 0, again: 0 };
            let told = self.faults.entry(fault).or_insert(fresh);
            told.acts += 1;
            told.again += usize::from(again);
            if let Done::Refused(refusal) = &done {
                told.refused.push(refusal.rule.clone());
            }
        }
        let otherwise = |what: String| Stopped::Otherwise { person: step.by.to_string(), deed: step.deed.name(), what };
        match (step.expected, done, pure) {
            (Expected::Done, Done::Recorded(recorded), Ok(facts)) => {
                if recorded.facts != facts {
                    return Err(otherwise("the office and the pure code decide differently".into()));
                }
                self.positions.extend(recorded.positions.into_iter().map(|(chain, position)| (chain, position + 1)));
                self.acts += 1;
                Ok(StageDone { acts: 1, facts: facts.len(), refused: 0 })
            }
            (Expected::Refused(key), Done::Refused(refusal), Err(pure)) if refusal.rule.key() == key && pure == *refusal => {
                Ok(StageDone { acts: 0, facts: 0, refused: 1 })
            }
            (_, Done::Refused(refusal), _) => Err(otherwise(refusal.rule.render(words::Lang::En))),
            (_, found, _) => Err(otherwise(format!("{found:?}").chars().take(400).collect())),
        }
    }

    /// A UUID that follows from the edition and the number of the step.
    fn key(&self) -> String {
        let mut chance = self.year.chance(&format!("key {}", self.keys));
        uuid::Builder::from_custom_bytes(chance.bytes()).into_uuid().to_string()
    }

    /// Sends a step; tells also whether it had happened before under the same key.
    async fn send(&mut self, step: &Step, asked: &Asked) -> Result<(Done, bool), Stopped> {
        if step.way == Way::ThroughPowerCut {
            self.power_cut(step, asked).await?;
        }
        let first = self.office.act(&self.edition, asked, step.deed.clone()).await?;
        let done = if step.way == Way::Twice { self.office.act(&self.edition, asked, step.deed.clone()).await? } else { first };
        let again = matches!(&done, Done::Recorded(recorded) if recorded.again);
        Ok((done, again))
    }

    /// The power fails twice: once in the middle of the act, which leaves nothing or all of it, and once after it, before the answer is there.
    /// The store is never closed; another one is opened on the same database.
    async fn power_cut(&mut self, step: &Step, asked: &Asked) -> Result<(), Stopped> {
        {
            let act = self.office.act(&self.edition, asked, step.deed.clone());
            let instant = std::time::Duration::from_micros(300);
            // Whatever it has come to by then is dropped.
            drop(tokio::time::timeout(instant, act).await);
        }
        self.office = Office::new(for_a_rehearsal(Store::open(self.place).await?).await?);
        drop(self.office.act(&self.edition, asked, step.deed.clone()).await?);
        self.office = Office::new(for_a_rehearsal(Store::open(self.place).await?).await?);
        Ok(())
    }

    /// Everything that there is to tell; results are read from the database, one contest at a time.
    async fn told(&mut self, pure: State) -> Result<Told, Stopped> {
        let size = self.size(&pure);
        let keys: Vec<ContestKey> = pure.contests.keys().cloned().collect();
        let names = names_in(pure);
        // From here on the year is read from the database: neither the state of the pure code nor the one that was remembered is needed.
        self.office = Office::new(self.office.store().clone().without_memory());
        let mut proof = Proof { compared: self.acts, ..Proof::default() };
        let (mut winners, mut told_why) = (Vec::new(), None);
        // Counted anew on a thread of its own, while the next one is read and the journal is verified.
        let (hand_over, results) = std::sync::mpsc::sync_channel::<State>(RESULTS_AHEAD);
        let counting = std::thread::spawn(move || results.iter().flat_map(|stored| recount(&stored)).collect::<Vec<_>>());
        for key in &keys {
            let stored = self.office.store().state(&self.edition, [Part::Contest(key.clone())], &Names::Hidden).await?;
            winners.extend(winners_of(&stored, &names, key));
            if key.round == self.year.nation.key && told_why.is_none() {
                told_why = explained(&stored, key, |candidate| name(&names, candidate));
            }
            // It listens to the end, or panics, which is told when it is joined.
            let _gone = hand_over.send(stored);
        }
        drop(hand_over);
        match self.office.store().verify(&self.edition).await? {
            Ok(verified) => (proof.verified_acts, proof.verified_records) = (verified.acts, verified.records),
            Err(difference) => proof.difference = Some(format!("{}: {}", difference.place, difference.why)),
        }
        for one in counting.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)) {
            proof.recounted += 1;
            proof.differing.extend((!one.agrees).then(|| format!("{} ({})", one.contest.path(), one.number)));
        }
        let edition = self.year.edition.clone();
        let (stages, faults) = (std::mem::take(&mut self.stages), std::mem::take(&mut self.faults).into_values().collect());
        Ok(Told { edition, size, stages, faults, winners, explained: told_why, proof })
    }

    fn size(&self, pure: &State) -> Size {
        let contests = pure.contests.values();
        let sheets = || contests.clone().flat_map(|contest| &contest.sheets);
        Size {
            provinces: self.year.provinces.len(),
            candidates: pure.candidates.len(),
            jurors: self.year.provinces.iter().map(|round| round.panel.len()).sum(),
            national_jurors: self.year.nation.panel.len(),
            accounts: self.grants.len(),
            contests: contests.len(),
            claims: contests.clone().flat_map(|contest| &contest.entries).map(|entry| entry.claims.len()).sum(),
            sheets: sheets().count(),
            marks: sheets().map(|sheet| sheet.marks.len()).sum(),
        }
    }
}

/// Invented files have no content; that they are not kept is on record with each act. The database is kept when the year was played to its
/// end, so nothing waits for the disk before.
async fn for_a_rehearsal(store: Store) -> Result<Store, Stopped> {
    Ok(store.with_files_elsewhere().with_memory().with_disk_at_the_end().await?)
}

/// What all candidates are called; the rest of the state is given up.
fn names_in(state: State) -> BTreeMap<String, String> {
    state.candidates.into_iter().map(|(id, candidate)| (id.to_string(), candidate.name)).collect()
}

fn name(names: &BTreeMap<String, String>, candidate: &str) -> String {
    names.get(candidate).cloned().unwrap_or_default()
}

/// Who has which award in a contest.
fn winners_of(stored: &State, names: &BTreeMap<String, String>, key: &ContestKey) -> Vec<Winner> {
    let Some(result) = stored.contests.get(key).and_then(award::state::Contest::result) else { return Vec::new() };
    let winner = |award: &tally::outcome::Awarded, entry: &String| Winner {
        contest: key.path(),
        award: award.id.clone(),
        pool: award.pool.clone(),
        candidate: entry.clone(),
        name: name(names, entry),
        total: result
            .outcome
            .standing
            .iter()
            .find(|row| row.entry == *entry)
            .map(|row| row.total.to_string())
            .unwrap_or_default(),
    };
    let awards = result.outcome.awards.iter();
    awards.flat_map(|award| award.entries.iter().map(move |entry| winner(award, entry))).collect()
}
