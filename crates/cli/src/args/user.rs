//! What can be typed about accounts.

use clap::{Args, Subcommand};

use super::Database;

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum UserCommand {
    /// Enter somebody
    Add {
        /// The id, such as ani-lampung: it stands in the journal, so it must not be the name
        id: String,
        /// What the person is called
        #[arg(long)]
        name: String,
        /// Where letters go; leave it out for somebody without e-mail
        #[arg(long)]
        email: Option<String>,
        #[command(flatten)]
        database: Database,
    },
    /// Give somebody a role
    Give {
        #[command(flatten)]
        role: RoleArgs,
        #[command(flatten)]
        database: Database,
    },
    /// Take a role away, written exactly as it was given
    Take {
        #[command(flatten)]
        role: RoleArgs,
        #[command(flatten)]
        database: Database,
    },
    /// Make an invitation: a code to send, to copy into a chat, or to print
    Invite {
        /// Whom
        id: String,
        #[command(flatten)]
        database: Database,
    },
    /// Take an invitation here, for somebody who stands beside you: the account can act from then on
    Come {
        /// The code
        code: String,
        #[command(flatten)]
        database: Database,
    },
    /// Let somebody not sign in any more; what was done stays
    Disable {
        /// Whom
        id: String,
        /// Why
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        database: Database,
    },
    /// Let somebody sign in again, by a new invitation
    Enable {
        /// Whom
        id: String,
        /// Why
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        database: Database,
    },
    /// Make a link that lets somebody in once, without a letter; whoever has it gets in, so hand it over yourself
    Link {
        /// Whom
        id: String,
        /// Under which address people reach the pages. Default: `address` of the configuration
        #[arg(long)]
        address: Option<String>,
        #[command(flatten)]
        database: Database,
    },
    /// Take somebody's telephone and recovery codes out, and sign the person out everywhere: for whoever lost them
    ResetTotp {
        /// Whose
        id: String,
        /// Why, and how you know that it is the person
        #[arg(long)]
        reason: String,
        #[command(flatten)]
        database: Database,
    },
    /// List where somebody is signed in, or sign the person out everywhere
    Sessions {
        /// Whose
        id: String,
        /// Sign out everywhere
        #[arg(long)]
        end: bool,
        #[command(flatten)]
        database: Database,
    },
    /// Tell what was done to accounts, when and by whom: entered, invited, given roles, disabled
    Log {
        /// Whose account; all of them if left out
        person: Option<String>,
        #[command(flatten)]
        database: Database,
    },
    /// List all accounts with their roles; that you were shown the names goes on record
    List {
        /// Why you look: the task at hand, or the number of a request
        #[arg(long, default_value = "user list")]
        why: String,
        #[command(flatten)]
        database: Database,
    },
}

/// A role and how far it reaches.
#[derive(Debug, Args)]
pub struct RoleArgs {
    /// Whose
    pub id: String,
    /// The role: candidate, branch, secretariat, verifier, juror, aide, regency, chair, acting-chair, centre, auditor, operator
    pub role: String,
    /// Only this edition
    #[arg(long)]
    pub edition: Option<String>,
    /// Only this level, such as province
    #[arg(long)]
    pub level: Option<String>,
    /// Only this region (code)
    #[arg(long)]
    pub region: Option<String>,
    /// Only candidates of these regions (codes): a branch's service area
    #[arg(long)]
    pub area: Vec<String>,
    /// Only this category
    #[arg(long)]
    pub category: Option<String>,
    /// Whose candidate the person acts for
    #[arg(long)]
    pub organisation: Option<String>,
    /// Which juror the person is, or writes for
    #[arg(long)]
    pub juror: Option<String>,
    /// From this day or instant on, such as 2026-11-22 (its beginning in western Indonesia) or 2026-11-22T00:00:00+09:00
    #[arg(long)]
    pub from: Option<String>,
    /// Until the end of this day in western Indonesia, or until this instant
    #[arg(long)]
    pub until: Option<String>,
}
