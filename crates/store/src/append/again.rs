//! An act that is sent again: the same key by the same person is answered as it was then, also when the person's roles are gone meanwhile.

use award::Deed;
use journal::Leaf;

use super::{Recorded, Request, opened};
use crate::edition::Edition;
use crate::error::{Error, Result};
use crate::load::misfit;
use crate::open::Store;
use crate::personal::Secrets;
use crate::sql::{Row, Tx, cells};

impl Store {
    /// The answer that a request had, if it happened: to the same person, for the same deed, in the same edition. It is what the person was
    /// told then; texts that were erased since are not in it. None for everybody else, who learns nothing of the key.
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn answered(&self, edition: &Edition, request: &Request) -> Result<Option<Recorded>> {
        let mut tx = self.pool.read().await?;
        let rows = tx.rows(UNDER_KEY, &cells![&request.id]).await?;
        match happened(&mut tx, edition, request, rows).await {
            Err(Error::KeyUsed(_)) => Ok(None),
            answered => answered,
        }
    }
}

/// The leaves of the act with an id, `$1`.
pub(super) const UNDER_KEY: &str = "select chain, position, bytes, edition from leaf where act = $1 order by edition, chain";

/// The answer to an act that happened before under the same id, with its leaves in `rows`: the same deed by the same person in the same edition. When it was sent again,
/// and by which of the person's roles, may differ: a retry comes later.
pub(super) async fn happened(tx: &mut Tx, edition: &Edition, request: &Request, rows: Vec<Row>) -> Result<Option<Recorded>> {
    let Some(first) = rows.first() else { return Ok(None) };
    let used = || Error::KeyUsed(request.id.clone());
    for row in &rows {
        if row.text(3)? != edition.id {
            return Err(used());
        }
    }
    let leaf = Leaf::parse(first.text(2)?.as_bytes()).map_err(|error| misfit("leaf", &error.to_string()))?;
    if leaf.actor != request.person {
        return Err(used());
    }
    let (mut body, mut secrets) = (leaf.body, Secrets::default());
    secrets.look_up(tx, &edition.id, std::slice::from_ref(&body)).await?;
    secrets.open(&mut body)?;
    let (act, facts) = opened(body)?;
    if !is_same(&act.deed, &request.act.deed) {
        return Err(used());
    }
    let position = |row: &Row| {
        let position = u64::try_from(row.whole(1)?).map_err(|error| misfit("leaf", &error.to_string()))?;
        Ok((row.text(0)?, position))
    };
    let positions = rows.iter().map(position).collect::<Result<_>>()?;
    Ok(Some(Recorded { facts, positions, again: true }))
}

/// Whether two deeds are one: the position at which judging closes is the journal's, whatever was sent.
fn is_same(recorded: &Deed, sent: &Deed) -> bool {
    match (recorded, sent) {
        (Deed::CloseJudging(recorded, Some(_)), Deed::CloseJudging(sent, Some(_))) => recorded == sent,
        (recorded, sent) => recorded == sent,
    }
}
