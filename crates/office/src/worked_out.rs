//! What was worked out of a dossier a moment ago. Whoever opens its page again sees the same state until something is recorded
//! ([`store::Store::shared_state`]); then its readiness and its changes are the same too, and are not worked out again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use award::candidate::{Changed, Readiness};
use award::{CandidateId, ContestKey, State};

use crate::upload::Taken;

/// So many dossiers are remembered.
const DOSSIERS_MAX: usize = 200;

/// Of which dossier: edition, contest, candidate.
pub(crate) type Of = (String, ContestKey, CandidateId);

/// What the clones of an office have worked out.
#[derive(Debug, Clone, Default)]
pub(crate) struct WorkedOut(Arc<Mutex<BTreeMap<Of, Worked>>>);

/// What follows from one state. That itself is not held: whoever reads it does.
#[derive(Debug, Default)]
struct Worked {
    state: Weak<State>,
    readiness: Option<Taken<Readiness>>,
    changes: Option<Arc<[Changed]>>,
}

impl WorkedOut {
    fn kept(&self) -> MutexGuard<'_, BTreeMap<Of, Worked>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the figures would earn, worked out by `make` if nobody did on this very state.
    pub(crate) fn readiness(&self, of: &Of, state: &Arc<State>, make: impl FnOnce() -> Taken<Readiness>) -> Taken<Readiness> {
        if let Some(known) = self.kept().get(of).filter(|known| known.is_of(state)).and_then(|known| known.readiness.clone()) {
            return known;
        }
        let made = make();
        self.keep(of, state, |worked| worked.readiness = Some(made.clone()));
        made
    }

    /// Who changed what, if somebody asked on this very state.
    pub(crate) fn changes(&self, of: &Of, state: &Arc<State>) -> Option<Arc<[Changed]>> {
        self.kept().get(of).filter(|known| known.is_of(state)).and_then(|known| known.changes.clone())
    }

    /// Remembers who changed what.
    pub(crate) fn keep_changes(&self, of: &Of, state: &Arc<State>, changes: Arc<[Changed]>) {
        self.keep(of, state, |worked| worked.changes = Some(changes));
    }

    fn keep(&self, of: &Of, state: &Arc<State>, put: impl FnOnce(&mut Worked)) {
        let mut kept = self.kept();
        if kept.len() >= DOSSIERS_MAX && !kept.contains_key(of) {
            kept.retain(|_, worked| worked.state.strong_count() > 0);
        }
        if kept.len() >= DOSSIERS_MAX && !kept.contains_key(of) {
            kept.clear();
        }
        let worked = kept.entry(of.clone()).or_default();
        if !worked.is_of(state) {
            *worked = Worked { state: Arc::downgrade(state), ..Worked::default() };
        }
        put(worked);
    }
}

impl Worked {
    /// A weak reference keeps the address of its state from being used again, so the same address is the same state.
    fn is_of(&self, state: &Arc<State>) -> bool {
        std::ptr::eq(self.state.as_ptr(), Arc::as_ptr(state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> Arc<State> {
        Arc::new(store::Edition::new("small", include_str!("../../../rulebooks/2023.toml")).expect("it is shipped").empty())
    }

    fn of(candidate: &str) -> Of {
        ("small".into(), ContestKey::parse("province/51/kabkota").expect("a contest"), candidate.into())
    }

    fn refused(why: &str) -> Taken<Readiness> {
        Err(Box::new(award::Refusal::new(
            words::Message::new("refusal-judging-closed").text("why", why),
            words::Message::new("refusal-judging-closed-next"),
        )))
    }

    #[test]
    fn what_was_worked_out_of_a_state_stands_for_that_state_and_that_dossier_only() {
        let (worked, one, other) = (WorkedOut::default(), state(), state());
        assert_eq!(worked.readiness(&of("badung"), &one, || refused("first")), refused("first"));
        assert_eq!(worked.readiness(&of("badung"), &one, || refused("again")), refused("first"));
        assert_eq!(worked.readiness(&of("gianyar"), &one, || refused("gianyar")), refused("gianyar"));
        assert_eq!(worked.readiness(&of("badung"), &other, || refused("later")), refused("later"), "something was recorded");
        worked.keep_changes(&of("badung"), &other, Arc::new([]));
        assert_eq!(worked.readiness(&of("badung"), &other, || refused("once more")), refused("later"));
        assert_eq!(worked.changes(&of("badung"), &other).map(|changes| changes.len()), Some(0));
        assert!(worked.changes(&of("badung"), &one).is_none() && worked.changes(&of("gianyar"), &one).is_none());
    }

    #[test]
    fn no_more_dossiers_are_remembered_than_there_is_room_for() {
        let (worked, state) = (WorkedOut::default(), state());
        for number in 0..=DOSSIERS_MAX {
            worked.keep_changes(&of(&format!("c{number}")), &state, Arc::new([]));
            assert!(worked.kept().len() <= DOSSIERS_MAX);
        }
        assert!(worked.changes(&of(&format!("c{DOSSIERS_MAX}")), &state).is_some(), "the last one is");
    }
}
