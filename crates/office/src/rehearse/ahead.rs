//! The pure code, ahead of the office: on a thread of its own it writes each scene from what stands, decides every step on a state in memory and
//! hands it over with the facts. It never waits for a database, so both halves of a rehearsal work at the same time; what the office then
//! records is compared with what was decided here.

use std::collections::BTreeMap;
use std::sync::mpsc::SyncSender;
use std::thread::JoinHandle;

use award::{Act, Actor, Chain, Deed, Fact, Grant, PersonId, Refusal, State, decide, permit_person};
use tokio::sync::mpsc;

use super::scene::scenes;
use super::step::{Expected, Step};
use super::year::Year;

/// So many steps are at most decided and not yet played.
const STEPS_AHEAD: usize = 64;

/// What comes next.
pub(super) enum Next {
    /// The scene with this number begins.
    Scene(usize),
    /// A step of it.
    Step(Box<Decided>),
    /// Judging is going to be closed, which names a position of the journal: the next one of this chain, when everything before is played.
    Position(String, SyncSender<u64>),
}

/// A step with what the pure code decided.
pub(super) struct Decided {
    pub(super) step: Step,
    pub(super) facts: Result<Vec<Fact>, Refusal>,
}

/// The pure code at work.
pub(super) struct Ahead {
    coming: mpsc::Receiver<Next>,
    thread: JoinHandle<State>,
}

impl Ahead {
    /// Begins with a state before anything happened, and the roles of everybody.
    pub(super) fn begin(year: &Year, state: State, grants: BTreeMap<PersonId, Vec<Grant>>) -> Ahead {
        let (hand_over, coming) = mpsc::channel(STEPS_AHEAD);
        let mut pure = Pure { year: year.clone(), state, grants };
        let thread = std::thread::spawn(move || {
            // Whoever listens no more has stopped for a reason of its own.
            let _stopped = pure.play(&hand_over);
            pure.state
        });
        Ahead { coming, thread }
    }

    /// What comes next; none at the end of the year.
    pub(super) async fn next(&mut self) -> Option<Next> {
        self.coming.recv().await
    }

    /// The state at the end.
    pub(super) fn end(self) -> State {
        drop(self.coming);
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

struct Pure {
    year: Year,
    state: State,
    grants: BTreeMap<PersonId, Vec<Grant>>,
}

/// Nobody listens any more.
struct Deserted;

impl Pure {
    fn play(&mut self, hand_over: &mpsc::Sender<Next>) -> Result<(), Deserted> {
        let tell = |next| hand_over.blocking_send(next).map_err(|_| Deserted);
        let year = self.year.clone();
        for (number, scene) in scenes(&year).iter().enumerate() {
            tell(Next::Scene(number))?;
            for mut step in scene.steps(&year, &self.state) {
                put_position_in(&mut step, &tell)?;
                let facts = self.decided(&step);
                if let (Expected::Done, Ok(facts)) = (step.expected, &facts) {
                    facts.iter().for_each(|fact| self.state.apply(fact));
                }
                tell(Next::Step(Box::new(Decided { step, facts })))?;
            }
        }
        Ok(())
    }

    fn decided(&self, step: &Step) -> Result<Vec<Fact>, Refusal> {
        let grants = self.grants.get(&step.by).map(Vec::as_slice).unwrap_or_default();
        let permit = permit_person(&self.state, &step.by, grants, &step.deed, Some(step.at))?;
        let actor = permit.actor().unwrap_or_else(|| Actor::Person(step.by.clone(), Box::new(permit.grant().clone())));
        decide(&self.state, &Act { actor, at: Some(step.at), deed: step.deed.clone() }, permit)
    }
}

/// Judging is closed at the position that the journal has by then; the store puts in its own, and both must be the same.
fn put_position_in(step: &mut Step, tell: &impl Fn(Next) -> Result<(), Deserted>) -> Result<(), Deserted> {
    if let Deed::CloseJudging(key, Some(position)) = &mut step.deed {
        let (answer, answered) = std::sync::mpsc::sync_channel(1);
        tell(Next::Position(Chain::Round(key.round.clone()).to_string(), answer))?;
        *position = answered.recv().map_err(|_| Deserted)?;
    }
    Ok(())
}
