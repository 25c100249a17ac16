//! What of an act only the store knows: where the journal stands, and which rulebooks are kept.

use std::collections::BTreeMap;

use award::round::RulebookPin;
use award::{Act, Chain, Deed, Fact, Refusal};
use words::Message;

use super::head::Head;
use crate::edition::Edition;
use crate::error::Result;
use crate::sql::{Tx, cells};

/// Puts the true position of the round's chain in place of the one that was sent with the closing of judging: everything that was in stands
/// before it, and the closing itself at it.
pub(super) fn position(act: &mut Act, facts: &mut [Fact], heads: &BTreeMap<Chain, Head>) {
    let Deed::CloseJudging(contest, Some(sent)) = &mut act.deed else { return };
    let Some(head) = heads.get(&Chain::Round(contest.round.clone())) else { return };
    *sent = head.frontier.size();
    for fact in facts {
        if let Fact::ClosedAt { position, .. } = fact {
            *position = head.frontier.size();
        }
    }
}

/// Refuses a pin of a rulebook that is not the one kept here: a round opens under that of its edition, and moves to one that was put here.
pub(super) async fn pins(tx: &mut Tx, edition: &Edition, facts: &[Fact]) -> Result<Result<(), Refusal>> {
    for fact in facts {
        let (round, pin, is_kept) = match fact {
            Fact::RoundOpened { round, opening, .. } => {
                (round, &opening.rulebook, opening.rulebook.hash == edition.rulebook.to_string())
            }
            Fact::RulebookProposed(round, proposed) => (round, &proposed.to, is_kept(tx, &proposed.to).await?),
            _ => continue,
        };
        if !is_kept {
            let message = Message::new("refusal-rulebook-not-kept").text("round", round.path());
            let message = message.text("version", &pin.version).text("hash", &pin.hash);
            return Ok(Err(Refusal::new(message, Message::new("refusal-rulebook-not-kept-next"))));
        }
    }
    Ok(Ok(()))
}

/// Whether a rulebook with the hash of a pin is kept, and is of the edition and version that the pin names.
async fn is_kept(tx: &mut Tx, pin: &RulebookPin) -> Result<bool> {
    let Some(row) = tx.row("select body from rulebook where hash = $1", &cells![&pin.hash]).await? else { return Ok(false) };
    let body = row.text(0)?;
    let rules = rules::read("rulebook", &body);
    Ok(rules.is_ok_and(|rules| RulebookPin::of(&rules, body.as_bytes()) == *pin))
}
