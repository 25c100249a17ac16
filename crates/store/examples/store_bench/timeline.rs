//! Where the time of one act goes: sqlx tells of every statement when it is done, and what lies between two of them is put down to the later
//! one.

use std::fmt::{Debug, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// What happens in an act, in order, with the beginnings of the statements that end it.
pub const STEPS: [(&str, &[&str]); 9] = [
    ("begin, and the next position of the chain (the lock)", &["begin", "update chain set position"]),
    ("has this id happened before?", &["select chain, position, bytes"]),
    ("load the records of the parts that the act must see", &["select * from"]),
    ("open the personal texts", &["select commitment, subject, field"]),
    ("JSON into a state", &["opened"]),
    ("decide", &["decided"]),
    ("facts into records, sealed and written", &["insert into record", "update record"]),
    ("leaf, nodes, the chain's new edge", &["insert into leaf", "insert into node", "update chain set edge", "update chain set"]),
    ("commit", &["commit", "done"]),
];

static LISTENING: AtomicBool = AtomicBool::new(false);
static MARKS: Mutex<Vec<(Instant, String)>> = Mutex::new(Vec::new());

/// Hears sqlx from now on; without this, sqlx prepares nothing to tell.
pub fn listen() {
    let _ = tracing::subscriber::set_global_default(Listener);
}

/// Begins the timeline of an act.
pub fn begin() -> Instant {
    MARKS.lock().expect("nobody panics here").clear();
    LISTENING.store(true, Ordering::SeqCst);
    Instant::now()
}

/// Puts down that something has just ended.
pub fn mark(what: &str) {
    if LISTENING.load(Ordering::SeqCst) {
        MARKS.lock().expect("nobody panics here").push((Instant::now(), what.to_owned()));
    }
}

/// Ends the timeline: how long each of [`STEPS`] took.
pub fn end(mut since: Instant) -> [Duration; STEPS.len()] {
    mark("done");
    LISTENING.store(false, Ordering::SeqCst);
    let mut marks = std::mem::take(&mut *MARKS.lock().expect("nobody panics here"));
    marks.sort();
    let mut steps = [Duration::ZERO; STEPS.len()];
    for (at, what) in marks {
        let step = STEPS.iter().position(|(_, ends)| ends.iter().any(|end| what.to_lowercase().starts_with(end)));
        steps[step.unwrap_or_else(|| panic!("an act has a statement that nobody expected: {what}"))] += at - since;
        since = at;
    }
    steps
}

struct Listener;

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut summary = Summary(String::new());
        event.record(&mut summary);
        mark(&summary.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Summary(String);

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" {
            self.0.push_str(value);
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "summary" {
            let _ = write!(self.0, "{value:?}");
        }
    }
}
