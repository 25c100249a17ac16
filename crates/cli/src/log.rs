//! The log: one line on standard error for each thing that the machine did, for whoever looks after it. Only our own events are in it, and
//! those name acts, editions and outcomes, never a person.

use clap::ValueEnum;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::prelude::*;

use crate::config;

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Log {
    /// One JSON object a line
    Json,
    /// For people to read
    Text,
    /// Not at all
    Off,
}

/// Begins to write the log as the option says, or else the configuration.
pub fn begin(option: Option<Log>) {
    let configured = || match config::value(config::LOG).as_deref() {
        Some("json") => Log::Json,
        Some("text") => Log::Text,
        _ => Log::Off,
    };
    let level = match config::value(config::LOG_LEVEL).as_deref() {
        Some("error") => LevelFilter::ERROR,
        Some("warn") => LevelFilter::WARN,
        Some("debug") => LevelFilter::DEBUG,
        _ => LevelFilter::INFO,
    };
    let ours = Targets::new().with_target(store::LOG, level);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    match option.unwrap_or_else(configured) {
        Log::Json => tracing_subscriber::registry().with(lines.json().flatten_event(true).with_filter(ours)).init(),
        Log::Text => tracing_subscriber::registry().with(lines.with_filter(ours)).init(),
        Log::Off => {}
    }
}
