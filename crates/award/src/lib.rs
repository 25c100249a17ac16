//! The award's process as pure decisions, and a worked year played from its files.
//!
//! A cycle folder (`docs/cycle.md`) is read into a [`Cycle`], whose rows compile to ordered acts `{actor, at, deed}`. Each act needs a
//! [`Permit`], is decided into facts or a [`Refusal`], and the facts fold into a [`State`]: `decide(state, act, permit)`,
//! `State::apply(fact)`. There is no clock, no disk and no float here; times, files and ids come in from outside.
//!
//! Reading order: [`cycle`] (what is read), [`act`], [`permission`], [`stage`] (one file per stage), [`fact`], [`state`], [`run()`], who is
//! who over the years ([`identity`], [`people`]), a round's own life ([`mod@round`]), figures from elsewhere ([`vintage`]), and
//! what a candidate's pages show ([`candidate`]), and what tells of a run: [`report()`], [`explain()`], [`what_if()`], [`expected`].

#![deny(clippy::float_arithmetic)]

pub mod act;
mod acting;
mod calling;
pub mod candidate;
mod chain;
pub mod closing;
mod compile;
pub mod cycle;
pub mod deadline;
mod decide;
pub mod edition;
pub mod effect;
pub mod eligibility;
pub mod evidence;
mod example;
pub mod expected;
pub mod explain;
pub mod export;
pub mod fact;
pub mod files;
pub mod geography;
pub mod history;
pub mod id;
pub mod identity;
pub mod import;
pub mod interest;
pub mod letter;
pub mod limit;
mod notice;
pub mod panel;
pub mod people;
pub mod permission;
pub mod personal;
mod plan;
mod plausible;
pub mod record;
mod refusal;
pub mod report;
pub mod round;
pub mod rule;
mod run;
pub mod schedule;
pub mod seal;
mod sentence;
pub mod sheet;
pub mod shortfall;
pub mod sight;
pub mod stage;
pub mod state;
pub mod template;
pub mod view;
pub mod vintage;
pub mod what_if;

pub use act::{Act, ContestKey, Deed, Marks, RoundKey};
pub use calling::called;
pub use chain::Chain;
pub use cycle::Cycle;
pub use cycle::folder::{FILE_BYTES_MAX, Folder};
pub use cycle::near::nearest as nearest_word;
pub use cycle::scanned::Scanned;
pub use cycle::schema::{SCHEMAS, Schema};
pub use cycle::tables::{Data, Header, Tables};
pub use deadline::{Deadline, instant};
pub use decide::decide;
pub use example::example;
pub use explain::{Explanation, Line, NotFound, explain};
pub use fact::{Counted, Fact, NotAdmitted};
pub use id::{BodyId, CandidateId, ContestId, FileHash, JurorId, PersonId};
pub use permission::reading::{Reading, acts_for, may_read};
pub use permission::role::{Grant, Role, Scope};
pub use permission::sight::{Sight, may_see};
pub use permission::{Actor, Permit, permit, permit_person};
pub use plan::{Planned, plan};
pub use refusal::{About, Refusal};
pub use report::{Report, report};
pub use round::RulebookPin;
pub use run::{ContestRun, Progress, Run, Stopped, run};
pub use sentence::Sentence;
pub use state::State;
pub use template::{Separator, template};
pub use what_if::{ContestWhatIf, Selector, WhatIf, what_if};
