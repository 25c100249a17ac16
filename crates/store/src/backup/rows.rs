//! Rows on their way out of a table and into one.

use serde_json::Value;

use super::Copied;
use super::file::not_a_backup;
use crate::error::Result;
use crate::sql::{Cell, Row, Tx};
use crate::tables::{Kind, Table};

/// So many rows are read at once.
const PAGE: usize = 1_000;
/// So many values are bound to one statement at most; SQLite takes 32,766.
const BOUND_MAX: usize = 8_000;

/// The rows of a table, page by page in the order of its key.
pub(super) struct Reading {
    table: &'static Table,
    after: Option<Vec<Cell>>,
    pub(super) rows: u64,
}

impl Reading {
    pub(super) fn new(table: &'static Table) -> Reading {
        Reading { table, after: None, rows: 0 }
    }

    pub(super) async fn next(&mut self, tx: &mut Tx) -> Result<Option<Vec<Vec<Cell>>>> {
        let sql = self.table.page(self.after.is_none(), PAGE);
        let rows = tx.rows_of(sql, self.after.as_deref().unwrap_or_default()).await?;
        let rows = rows.iter().map(|row| cells_of(self.table, row)).collect::<Result<Vec<_>>>()?;
        let Some(last) = rows.last() else { return Ok(None) };
        self.after = Some(last[..self.table.key].to_vec());
        self.rows += u64::try_from(rows.len()).unwrap_or(u64::MAX);
        Ok(Some(rows))
    }
}

/// Rows on their way into a table.
pub(super) struct Writing {
    pub(super) table: &'static Table,
    cells: Vec<Cell>,
    rows: u64,
}

impl Writing {
    pub(super) fn new(table: &'static Table) -> Writing {
        Writing { table, cells: Vec::new(), rows: 0 }
    }

    pub(super) async fn take(&mut self, row: Vec<Cell>, tx: &mut Tx) -> Result<()> {
        self.cells.extend(row);
        self.rows += 1;
        if self.cells.len() + self.table.columns.len() > BOUND_MAX { self.flush(tx).await } else { Ok(()) }
    }

    pub(super) async fn take_all(&mut self, rows: Vec<Vec<Cell>>, tx: &mut Tx) -> Result<()> {
        for row in rows {
            self.take(row, tx).await?;
        }
        Ok(())
    }

    async fn flush(&mut self, tx: &mut Tx) -> Result<()> {
        if !self.cells.is_empty() {
            tx.run_of(self.table.insert(self.cells.len() / self.table.columns.len()), &self.cells).await?;
            self.cells.clear();
        }
        Ok(())
    }
}

pub(super) async fn finish(writing: &mut Option<Writing>, tx: &mut Tx, copied: &mut Copied) -> Result<()> {
    if let Some(mut writing) = writing.take() {
        writing.flush(tx).await?;
        copied.rows.push((writing.table.name.into(), writing.rows));
    }
    Ok(())
}

fn cells_of(table: &Table, row: &Row) -> Result<Vec<Cell>> {
    let cell = |(place, (_, kind)): (usize, &(&str, Kind))| {
        Ok(match kind {
            Kind::Text => Cell::Text(row.text(place)?),
            Kind::Whole => Cell::Whole(row.whole(place)?),
            Kind::Truth => Cell::Truth(row.truth(place)?),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}

pub(super) fn values(row: &[Cell]) -> Vec<Value> {
    let value = |cell: &Cell| match cell {
        Cell::Text(text) => Value::from(text.as_str()),
        Cell::Whole(number) => Value::from(*number),
        Cell::Truth(truth) => Value::from(*truth),
    };
    row.iter().map(value).collect()
}

pub(super) fn row(table: &Table, values: Vec<Value>) -> Result<Vec<Cell>> {
    let fits = |(value, (column, kind)): (Value, &(&str, Kind))| {
        let cell = match (value, kind) {
            (Value::String(text), Kind::Text) => Some(Cell::Text(text)),
            (Value::Number(number), Kind::Whole) => number.as_i64().map(Cell::Whole),
            (Value::Bool(truth), Kind::Truth) => Some(Cell::Truth(truth)),
            _ => None,
        };
        cell.ok_or_else(|| not_a_backup(&format!("{column} of {} is not what such a column holds", table.name)))
    };
    if values.len() != table.columns.len() {
        return Err(not_a_backup(&format!("a row of {} has {} values", table.name, values.len())));
    }
    values.into_iter().zip(table.columns).map(fits).collect()
}
