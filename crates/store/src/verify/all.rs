//! Going on after the first difference: what else is wrong, the first of each chain.

use super::book::{self, Book};
use super::{Checked, Difference, Fault, verified};
use crate::checkpoint::Heads;
use crate::error::Result;
use crate::open::Store;
use crate::sql::Tx;

impl Store {
    /// What differs in an edition, by its id: first what [`Store::verify`] finds, then for every chain the first record that differs and the
    /// first leaf, node or signed head that does not fit the others. Empty if nothing differs. Also an edition whose rulebook was changed
    /// is looked through, as far as that goes without it.
    ///
    /// # Errors
    ///
    /// What the database says; [`crate::Error::NoSuchEdition`] if there is none.
    pub async fn differences(&self, id: &str) -> Result<Vec<Difference>> {
        let mut found = Vec::new();
        let edition = self.edition(id).await;
        let mut tx = self.pool.read().await?;
        let folded = match edition {
            Ok(edition) => verified(&mut tx, &edition, &mut found).await.map(|_| ()),
            Err(error) => Err(error.into()),
        };
        let first = differs(folded)?;
        if let Some(first) = first.filter(|first| found.first() != Some(first)) {
            found.insert(0, first);
        }
        let mut heads = Heads::of(&mut tx, id).await;
        for mut book in book::of(&mut tx, id).await? {
            let read = match &mut heads {
                Ok(heads) => alone(&mut tx, id, &mut book, heads).await,
                Err(_) => break,
            };
            found.extend(differs(read)?.filter(|one| !found.contains(one)));
        }
        Ok(found)
    }
}

/// A chain by itself, from its beginning to its end.
async fn alone(tx: &mut Tx, edition: &str, book: &mut Book, heads: &mut Heads) -> Checked {
    loop {
        book.read_on(tx, edition, heads).await?;
        if book.ahead.is_empty() {
            return book.ends_well();
        }
        book.ahead.clear();
    }
}

/// The difference, if there is one.
fn differs(checked: Checked) -> Result<Option<Difference>> {
    match checked {
        Ok(()) => Ok(None),
        Err(Fault::Differs(difference)) => Ok(Some(difference)),
        Err(Fault::Failed(error)) => Err(error),
    }
}
