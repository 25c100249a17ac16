//! Other versions of an edition's rulebook: kept by the centre, and a round moved to one by two people.

use award::round::{Adoption, RulebookMove, RulebookPin};
use award::seal::Sealing;
use award::sight::Part;
use award::stage::rulebook::one_map;
use award::{Deed, PersonId, Refusal, RoundKey, permit_person};
use store::{Edition, Names};
use words::Message;

use crate::asked::Asked;
use crate::edition::rulebook;
use crate::error::Result;
use crate::office::{Done, Office};

/// A version that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptVersion {
    /// Its name that cannot mean another one.
    pub pin: RulebookPin,
    /// What is different from the edition's own rulebook.
    pub differences: Vec<Message>,
}

/// A round on its way to another version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The version.
    pub to: RulebookPin,
    /// What is different from the version by which the round went when this was asked.
    pub differences: Vec<Message>,
    /// Who proposed it.
    pub proposer: PersonId,
    /// Whether somebody else has adopted it: the round goes by it from now on.
    pub is_adopted: bool,
}

impl Office {
    /// Keeps another version of an edition's rulebook, so that two people can move a round to it. Whoever may seal the edition's rulebook may
    /// do that. Keeping the same text again changes nothing.
    ///
    /// # Errors
    ///
    /// [`store::Error::Misfit`] if the text has problems, [`crate::Error::NoAccount`] if the asker has none that is active; otherwise what
    /// the database says.
    pub async fn keep_version(&self, edition: &Edition, text: &str, asked: &Asked) -> Result<Result<KeptVersion, Box<Refusal>>> {
        let rules = rulebook(text)?;
        let pin = RulebookPin::of(&rules, text.as_bytes());
        let grants = self.signed_in(&asked.by).await?.1;
        let deed = Deed::ProposeSeal(Sealing { rulebook: pin.clone(), by: asked.by.clone() });
        if let Err(refusal) = permit_person(&edition.empty(), &asked.by, &grants, &deed, Some(asked.at)) {
            return Ok(Err(Box::new(refusal)));
        }
        let own = &edition.rules.edition;
        let refuse = |key: &str| {
            let message = Message::new(key).text("edition", &own.id).text("version", &rules.edition.version);
            (message, Message::new(format!("{key}-next")))
        };
        if rules.edition.id != own.id {
            let (message, next) = refuse("refusal-version-other-edition");
            return Ok(Err(Box::new(Refusal::new(message.text("found", &rules.edition.id), next))));
        }
        if rules.edition.version == own.version {
            let (message, next) = refuse("refusal-version-same");
            return Ok(Err(Box::new(Refusal::new(message, next))));
        }
        if let Err(what) = one_map(&edition.rules, &rules) {
            let (message, next) = refuse("refusal-version-other-map");
            return Ok(Err(Box::new(Refusal::new(message.message("what", what), next))));
        }
        self.store.keep_rulebook(text).await?;
        Ok(Ok(KeptVersion { pin, differences: rules::diff(&edition.rules, &rules) }))
    }

    /// Proposes to move a round to a version that is kept, or adopts what somebody else proposed. A refusal, if the rules say no.
    ///
    /// # Errors
    ///
    /// [`store::Error::Misfit`] if the text has problems; otherwise as [`Office::act`].
    pub async fn move_round(
        &self,
        edition: &Edition,
        round: &RoundKey,
        text: &str,
        reason: &str,
        asked: &Asked,
    ) -> Result<Result<Moved, Done>> {
        let rules = rulebook(text)?;
        let to = RulebookPin::of(&rules, text.as_bytes());
        let parts = [Part::Round(round.clone()), Part::Person(asked.by.clone())];
        let state = self.store.state(edition, parts, &Names::Hidden).await?;
        if !state.people.people.contains_key(&asked.by) {
            // Who may not enter people is told by the act itself that somebody must.
            self.enter(edition, asked).await?;
        }
        let differences = rules::diff(state.rules_of(round), &rules);
        let proposed = state.rounds.get(round).and_then(|known| known.proposed.as_ref());
        let by_other = proposed.filter(|proposed| proposed.to == to && proposed.by != asked.by);
        let (proposer, done) = match by_other {
            Some(proposed) => {
                let adoption = Adoption { hash: to.hash.clone(), by: asked.by.clone() };
                (proposed.by.clone(), self.adopt_rulebook(edition, asked, round.clone(), adoption).await?)
            }
            None => {
                let count = u32::try_from(differences.len()).unwrap_or(u32::MAX);
                let (reason, by) = (reason.to_owned(), asked.by.clone());
                let wish = RulebookMove { to: to.clone(), differences: count, reason, by };
                (asked.by.clone(), self.propose_rulebook(edition, asked, round.clone(), wish).await?)
            }
        };
        let Done::Recorded(_) = done else { return Ok(Err(done)) };
        Ok(Ok(Moved { to, differences, is_adopted: proposer != asked.by, proposer }))
    }
}
