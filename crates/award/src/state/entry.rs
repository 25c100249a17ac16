//! A candidate in a contest, with everything that is known of it there.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tally::Exact;

use crate::cycle::parse::figures::is_looked_at;
use crate::cycle::tables::{Attendance, Claim, ListItem, NotApplicable, StatedPoints};
use crate::evidence::Checking;
use crate::fact::NotAdmitted;
use crate::id::CandidateId;
use crate::interest::Interests;
use crate::panel::ActingChair;
use crate::schedule::Hearing;
use crate::sheet::Ledger;
use crate::stage::dossier::{Desk, Product};

/// A dossier as received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Received {
    /// When; none if the record does not tell.
    pub at: Option<Timestamp>,
    /// Whether it was complete.
    pub complete: bool,
}

/// A candidate in a contest, with what is known of it there. What was verified below came up with it and does not change any more
/// below.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Entry {
    pub candidate: CandidateId,
    pub dossiers: Vec<Received>,
    /// The dossier document by document.
    pub desk: Desk,
    /// The register of legal products and other lists, as the candidate states them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Product>,
    pub admitted_late: Option<String>,
    pub not_admitted: Option<NotAdmitted>,
    /// What stands: verified here or below; what was only stated as long as nobody verified it.
    #[serde(skip)]
    pub claims: BTreeMap<String, Claim>,
    /// What was stated anew after a verification and awaits its own.
    #[serde(skip)]
    pub restated: BTreeMap<String, Claim>,
    #[serde(skip)]
    pub lists: BTreeMap<String, Vec<ListItem>>,
    #[serde(skip)]
    pub stated: BTreeMap<String, StatedPoints>,
    #[serde(skip)]
    pub not_applicable: BTreeMap<String, NotApplicable>,
    pub attendance: Option<Attendance>,
    pub withdrawn: Option<String>,
    /// What was verified with evidence, read again, visited and heard.
    pub checking: Checking,
    /// What jurors declared about it, and what of it they opened.
    pub interests: Interests,
    /// Who acts as chair for it; the last one does.
    pub acting: Vec<ActingChair>,
    /// Its interview as it was held.
    pub hearing: Hearing,
    /// Its sheets with their versions.
    pub ledger: Ledger,
    /// Place and total of lower levels, by claim name.
    pub carried: BTreeMap<String, Exact>,
}

impl Entry {
    pub(crate) fn new(candidate: CandidateId) -> Entry {
        Entry {
            candidate,
            dossiers: Vec::new(),
            desk: Desk::default(),
            products: Vec::new(),
            admitted_late: None,
            not_admitted: None,
            claims: BTreeMap::new(),
            restated: BTreeMap::new(),
            lists: BTreeMap::new(),
            stated: BTreeMap::new(),
            not_applicable: BTreeMap::new(),
            attendance: None,
            withdrawn: None,
            checking: Checking::default(),
            interests: Interests::default(),
            acting: Vec::new(),
            hearing: Hearing::default(),
            ledger: Ledger::default(),
            carried: BTreeMap::new(),
        }
    }
}

/// A new statement replaces an earlier one, but never what was verified.
pub(super) fn state_claim(entry: &mut Entry, claim: &Claim) {
    let verified = entry.claims.get(&claim.claim).is_some_and(is_looked_at);
    let stated = if verified { &mut entry.restated } else { &mut entry.claims };
    stated.insert(claim.claim.clone(), claim.clone());
}

/// An item replaces the one with the same title, if there is one.
pub(super) fn take_item(entry: &mut Entry, item: &ListItem) {
    let list = entry.lists.entry(item.list.clone()).or_default();
    match list.iter_mut().find(|known| known.title == item.title) {
        Some(known) => known.clone_from(item),
        None => list.push(item.clone()),
    }
}
