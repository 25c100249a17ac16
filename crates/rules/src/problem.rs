//! What this crate complains about: every complaint is a text `problem-rulebook-…` and has a hint of the same name with `-hint`.

use words::Message;

/// A complaint without its arguments.
pub(crate) fn complaint(key: &str) -> Message {
    Message::new(format!("problem-rulebook-{key}"))
}

/// The hint that belongs to a complaint; it may use the same arguments.
pub(crate) fn with_hint(complaint: &Message) -> Message {
    let hint = Message::new(format!("{}-hint", complaint.key()));
    complaint.args().iter().fold(hint, |hint, (name, arg)| hint.with(name, arg.clone()))
}
