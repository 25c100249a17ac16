//! From records back to a state.

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::act::{ContestKey, HandedSheet, RoundKey};
use crate::edition::EditionRecord;
use crate::fact::Counted;
use crate::id::{BodyId, PersonId};
use crate::record::{Address, Noun};
use crate::seal::Seal;
use crate::stage::locking::{Because, Numbered, Proposal};
use crate::state::{Closing, Contest, Entry, State};

/// A record that does not fit into a state: it was written by another version, or changed by somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// Which.
    pub address: Address,
    /// What is wrong with it.
    pub why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Flags {
    dossiers_recorded: bool,
    opened: Option<EditionRecord>,
    locks_required: bool,
    /// Left out until somebody proposes it, as in databases from before there were seals.
    #[serde(default)]
    seal: Option<Seal>,
}

/// A proposal whose result may stand elsewhere.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProposalRow {
    by: PersonId,
    at: Timestamp,
    result: Value,
}

/// A numbered result that may stand elsewhere.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResultRow {
    number: u32,
    result: Value,
    because: Because,
    at: Option<Timestamp>,
}

impl State {
    /// Puts records into the state, those of a noun in the order in which they were first written.
    ///
    /// # Errors
    ///
    /// The first record that is not what its noun says, or belongs to an entry that is not there.
    pub fn put(&mut self, records: Vec<(Address, Value)>) -> Result<(), Misfit> {
        let mut records = records;
        records.sort_by_key(|(address, _)| address.noun);
        for (address, body) in records {
            self.put_one(&address, body).map_err(|why| Misfit { address, why })?;
        }
        Ok(())
    }

    fn put_one(&mut self, address: &Address, body: Value) -> Result<(), String> {
        match address.noun {
            Noun::Edition => {
                let flags = read::<Flags>(body)?;
                self.dossiers_recorded = flags.dossiers_recorded;
                (self.edition, self.locks_required, self.seal) = (flags.opened, flags.locks_required, flags.seal);
            }
            Noun::Event => self.events.push(read(body)?),
            Noun::Standing => self.history.push(read(body)?),
            Noun::Certificate => drop(self.certificates.insert(address.name.clone(), read(body)?)),
            Noun::Lot => drop(self.lots.insert(address.name.clone(), read(body)?)),
            Noun::Around => drop(self.outreach.around.insert(address.name.clone(), read(body)?)),
            Noun::Press => self.outreach.press.push(read(body)?),
            Noun::Body => drop(self.register.bodies.insert(BodyId::new(&address.name), read(body)?)),
            Noun::Succession => self.register.successions.push(read(body)?),
            Noun::Person => drop(self.people.people.insert(PersonId::new(&address.name), read(body)?)),
            Noun::Delegation => self.people.delegations.push(read(body)?),
            Noun::Nomination => {
                let id = address.candidate.clone().ok_or("a nomination without a candidate")?;
                self.nominations.insert(id, read(body)?);
            }
            Noun::Candidate => {
                let id = address.candidate.clone().ok_or("a candidate without an id")?;
                self.candidates.insert(id, read(body)?);
            }
            Noun::Round => {
                let key = RoundKey::parse(&address.name).ok_or("not the path of a round")?;
                self.rounds.insert(key, read(body)?);
            }
            _ => self.put_in_contest(address, body)?,
        }
        Ok(())
    }

    fn put_in_contest(&mut self, address: &Address, body: Value) -> Result<(), String> {
        let key = address.contest.as_ref().ok_or("belongs to a contest, and names none")?;
        match address.noun {
            Noun::Contest => drop(self.contests.insert(key.clone(), read(body)?)),
            Noun::Entry => self.put_entry(key, read(body)?),
            Noun::Counted => self.contest(key).counted = Some(read(body)?),
            Noun::Ratified => self.contest(key).ratified = Some(self.result(key, body)?),
            Noun::Closing => self.put_closing(key, body)?,
            Noun::Result => {
                let ResultRow { number, result, because, at } = read(body)?;
                let result = self.result(key, result)?;
                self.contest(key).closing.results.push(Numbered { number, result, because, at });
            }
            Noun::Conflict => self.contest(key).declare(&read(body)?),
            Noun::Sheet => self.put_sheet(key, read(body)?),
            _ => self.put_in_entry(key, address, body)?,
        }
        Ok(())
    }

    fn put_entry(&mut self, key: &ContestKey, mut entry: Entry) {
        for kept in &mut entry.ledger.kept {
            kept.sheet.lend_marks(&mut kept.counted);
        }
        self.contest(key).enter(entry);
    }

    /// A sheet with the marks of the version in the ledger that it is.
    fn put_sheet(&mut self, key: &ContestKey, mut sheet: HandedSheet) {
        let contest = self.contest(key);
        let ledger = contest.entry(sheet.candidate.as_str()).map(|entry| entry.ledger.kept.as_slice()).unwrap_or_default();
        if let Some(kept) = ledger.iter().find(|kept| kept.counted == sheet) {
            sheet.marks = kept.counted.marks.clone();
        }
        contest.take_sheet(&sheet);
    }

    fn put_closing(&mut self, key: &ContestKey, mut body: Value) -> Result<(), String> {
        let proposal = read::<Option<ProposalRow>>(body.get_mut("proposal").map(Value::take).unwrap_or_default())?;
        let proposal = match proposal {
            None => None,
            Some(ProposalRow { by, at, result }) => Some(Proposal { by, at, result: self.result(key, result)? }),
        };
        self.contest(key).closing = Closing { proposal, ..read(body)? };
        Ok(())
    }

    /// A count with its outcome: the own one, or that of the record that holds the same.
    fn result(&mut self, key: &ContestKey, body: Value) -> Result<Counted, String> {
        let Some(named) = body.get("same_as").and_then(Value::as_str) else { return read(body) };
        let contest: &Contest = self.contest(key);
        let known = match Noun::named(named) {
            Some(Noun::Counted) => contest.counted.as_ref(),
            Some(Noun::Ratified) => contest.ratified.as_ref(),
            Some(Noun::Closing) => contest.closing.proposal.as_ref().map(|proposal| &proposal.result),
            _ => None,
        };
        known.cloned().ok_or_else(|| format!("is the same as `{named}`, which is not there"))
    }

    fn put_in_entry(&mut self, key: &ContestKey, address: &Address, body: Value) -> Result<(), String> {
        let candidate = address.candidate.as_ref().ok_or("belongs to a candidate, and names none")?;
        let contest: &mut Contest = self.contest(key);
        let at = contest.places.get(candidate).copied().ok_or("belongs to an entry that is not there")?;
        let (entry, name) = (&mut contest.entries[at], address.name.clone());
        match address.noun {
            Noun::Claim => drop(entry.claims.insert(name, read(body)?)),
            Noun::Restated => drop(entry.restated.insert(name, read(body)?)),
            Noun::List => drop(entry.lists.insert(name, read(body)?)),
            Noun::Stated => drop(entry.stated.insert(name, read(body)?)),
            Noun::Exemption => drop(entry.not_applicable.insert(name, read(body)?)),
            other => return Err(format!("`{}` belongs to no entry", other.name())),
        }
        Ok(())
    }
}

fn read<T: DeserializeOwned>(body: Value) -> Result<T, String> {
    serde_json::from_value(body).map_err(|error| error.to_string())
}
