//! Loading a part of the state.

use std::collections::{BTreeMap, BTreeSet};

use award::record::{Address, Noun};
use award::sight::Part;
use award::state::Versions;
use award::{CandidateId, Chain, ContestKey, RulebookPin, State};
use serde_json::Value;

use crate::access::{self, Names};
use crate::edition::Edition;
use crate::error::{Error, Result};
use crate::open::Store;
use crate::personal::Secrets;
use crate::sql::{Cell, Row, Tx, cells, renumbered};
use crate::version::versions;

/// A record as it stands in its row.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) chain: String,
    pub(crate) born: i64,
    pub(crate) turn: i64,
    pub(crate) version: i64,
    /// Sealed.
    pub(crate) body: String,
}

impl Kept {
    /// Most records have no personal text; a count is long, and need not be walked through in search of one.
    fn is_sealed(&self) -> bool {
        self.body.contains("\"commit\"")
    }
}

pub(crate) type Rows = BTreeMap<Address, Kept>;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select contest, candidate, noun, name, chain, born, turn, version, body from record where edition = $1 and ",
            $rest
        )
    };
}
pub(crate) use select;

/// The SELECT of a part, with its values.
type Wanted = (&'static str, Vec<Cell>);

/// So many parts are asked for with one statement.
const PARTS_AT_ONCE: usize = 8;

/// The rows of some parts.
pub(crate) async fn rows(tx: &mut Tx, edition: &str, parts: &BTreeSet<Part>) -> Result<Rows> {
    let mut wanted = Vec::new();
    for part in parts {
        match part {
            Part::WayUp(candidate) => {
                for contest in contests_of(tx, edition, candidate).await? {
                    let key = parse_contest(&contest)?.ok_or_else(|| misfit("contest", "an entry without one"))?;
                    for part in [Part::Contest(key.clone()), Part::Entries(key)] {
                        want(edition, &part, &mut wanted);
                    }
                }
            }
            part => want(edition, part, &mut wanted),
        }
    }
    let mut found = Rows::new();
    for some in wanted.chunks(PARTS_AT_ONCE) {
        let (sql, cells) = joined(some);
        let take = |row: &Row| {
            let (address, kept) = read(row)?;
            found.insert(address, kept);
            Ok(())
        };
        tx.each_row(sql, &cells, take).await?;
    }
    Ok(found)
}

/// The whole state of an edition with its personal texts. One contest is read after the other: all rows at once, and the trees of values that are
/// made of them, would take several times the memory of the state.
pub(crate) async fn whole(tx: &mut Tx, edition: &Edition, secrets: &mut Secrets) -> Result<State> {
    let of_contest = select!("contest = $2");
    let rows = |rows: Vec<Row>| rows.iter().map(read).collect::<Result<Rows>>();
    let around = rows(tx.rows(of_contest, &cells![&edition.id, ""]).await?)?;
    let sql = "select distinct contest from record where edition = $1 and contest <> '' order by contest";
    let contests = tx.rows(sql, &cells![&edition.id]).await?.iter().map(|row| row.text(0)).collect::<Result<Vec<_>>>()?;
    let mut rounds = BTreeSet::new();
    for contest in &contests {
        rounds.extend(parse_contest(contest)?.map(|key| key.round.path()));
    }
    let mut state = edition.empty();
    state.versions = versions(tx, edition, &around, rounds, &[]).await?;
    Bodies::opened(tx, edition, &around, secrets).await?.put_into(&mut state)?;
    for contest in contests {
        let of_one = rows(tx.rows(of_contest, &cells![&edition.id, contest]).await?)?;
        Bodies::opened(tx, edition, &of_one, secrets).await?.put_into(&mut state)?;
    }
    Ok(state)
}

/// Several SELECTs as one: a server that is far away is asked once.
fn joined(wanted: &[Wanted]) -> (String, Vec<Cell>) {
    let (mut sql, mut cells) = (String::new(), Vec::new());
    for (number, (select, own)) in wanted.iter().enumerate() {
        let before = cells.len();
        sql.push_str(if number == 0 { "select * from (" } else { " union all select * from (" });
        sql.push_str(&renumbered(select, before));
        sql.push_str(&format!(") as part_{number}"));
        cells.extend(own.iter().cloned());
    }
    (sql, cells)
}

fn want(edition: &str, part: &Part, wanted: &mut Vec<Wanted>) {
    let (sql, cells): (&'static str, Vec<Cell>) = match part {
        Part::Edition => {
            (select!("contest = '' and candidate = '' and noun in ('edition', 'event', 'lot')"), cells![edition].into())
        }
        Part::History => (select!("contest = '' and candidate = '' and noun = 'standing'"), cells![edition].into()),
        Part::Round(round) => {
            (select!("contest = '' and candidate = '' and noun = 'round' and name = $2"), cells![edition, round.path()].into())
        }
        Part::Candidate(candidate) => (select!("contest = '' and candidate = $2"), cells![edition, candidate.as_str()].into()),
        Part::Contest(contest) => (select!("contest = $2 and candidate = ''"), cells![edition, contest.path()].into()),
        Part::Entry(contest, candidate) => {
            (select!("contest in ($2, '') and candidate = $3"), cells![edition, contest.path(), candidate.as_str()].into())
        }
        Part::Entries(contest) => (
            select!(
                // Not with `or`: SQLite then reads every record of the edition.
                "contest = $2 and candidate <> '' union all
                 select contest, candidate, noun, name, chain, born, turn, version, body from record
                 where edition = $1 and contest = '' and noun = 'candidate' and candidate in
                 (select candidate from record where edition = $1 and contest = $2 and noun = 'entry')"
            ),
            cells![edition, contest.path()].into(),
        ),
        Part::AnySheet(level) => (
            select!("noun = 'sheet' and contest like $2 escape '!' limit 1"),
            cells![edition, format!("{}/%", literally(level))].into(),
        ),
        Part::Contests(level) => (
            select!("noun in ('contest', 'entry') and contest like $2 escape '!'"),
            cells![edition, format!("{}/%", literally(level))].into(),
        ),
        Part::Outreach => (select!("contest = '' and candidate = '' and noun in ('around', 'press')"), cells![edition].into()),
        Part::Register => (select!("contest = '' and candidate = '' and noun in ('body', 'succession')"), cells![edition].into()),
        Part::People => (select!("contest = '' and candidate = '' and noun in ('person', 'delegation')"), cells![edition].into()),
        Part::Delegations => (select!("contest = '' and candidate = '' and noun = 'delegation'"), cells![edition].into()),
        Part::Person(person) => (
            select!("contest = '' and candidate = '' and noun = 'person' and name = $2"),
            cells![edition, person.as_str()].into(),
        ),
        Part::Certificate(number) => (
            select!("contest = '' and candidate = '' and noun = 'certificate' and name = $2"),
            cells![edition, number.as_str()].into(),
        ),
        Part::Nomination(candidate) => {
            (select!("contest = '' and candidate = $2 and noun = 'nomination'"), cells![edition, candidate.as_str()].into())
        }
        Part::Nominations => (select!("contest = '' and noun = 'nomination'"), cells![edition].into()),
        Part::Judged(round) => (
            select!("chain = $2 and noun in ('contest', 'sheet')"),
            cells![edition, Chain::Round(round.clone()).to_string()].into(),
        ),
        Part::WholeRound(round) => (
            select!(
                "chain = $2 and contest <> '' union all
                 select contest, candidate, noun, name, chain, born, turn, version, body from record
                 where edition = $1 and contest = '' and noun = 'candidate' and candidate in
                 (select candidate from record where edition = $1 and chain = $2 and noun = 'entry')"
            ),
            cells![edition, Chain::Round(round.clone()).to_string()].into(),
        ),
        Part::WayUp(_) => return,
    };
    wanted.push((sql, cells));
}

/// A text that `like` takes as it stands.
fn literally(text: &str) -> String {
    text.replace('!', "!!").replace('%', "!%").replace('_', "!_")
}

async fn contests_of(tx: &mut Tx, edition: &str, candidate: &CandidateId) -> Result<Vec<String>> {
    let sql = "select contest from record where edition = $1 and candidate = $2 and noun = 'entry' order by contest";
    tx.rows(sql, &cells![edition, candidate.as_str()]).await?.iter().map(|row| row.text(0)).collect()
}

/// The record in a row.
pub(crate) fn read(row: &Row) -> Result<(Address, Kept)> {
    let (contest, candidate, noun) = (row.text(0)?, row.text(1)?, row.text(2)?);
    let address = Address {
        contest: parse_contest(&contest)?,
        candidate: Some(candidate).filter(|id| !id.is_empty()).map(CandidateId::new),
        noun: Noun::named(&noun).ok_or_else(|| misfit("record", &format!("there is no noun `{noun}`")))?,
        name: row.text(3)?,
    };
    let (born, turn, version) = (row.whole(5)?, row.whole(6)?, row.whole(7)?);
    Ok((address, Kept { chain: row.text(4)?, born, turn, version, body: row.text(8)? }))
}

pub(crate) fn parse_contest(path: &str) -> Result<Option<ContestKey>> {
    match path {
        "" => Ok(None),
        path => ContestKey::parse(path).map(Some).ok_or_else(|| misfit("contest", &format!("`{path}` is no path of one"))),
    }
}

pub(crate) fn misfit(what: &str, why: &str) -> Error {
    Error::Misfit { what: what.into(), why: why.into() }
}

/// What is wrong with a value, without what stands in it: whatever is quoted may be somebody's name.
pub(crate) fn unquoted(why: &str) -> String {
    let why = why.replace("\\\"", "");
    let mut parts = why.split(['"', '`']);
    let mut told = parts.next().unwrap_or_default().to_owned();
    while let (Some(_), behind) = (parts.next(), parts.next()) {
        told.push('…');
        told.push_str(behind.unwrap_or_default());
    }
    told
}

/// The state that some rows tell, with their personal texts.
pub(crate) async fn state(
    tx: &mut Tx,
    edition: &Edition,
    rows: &Rows,
    meant: &[RulebookPin],
    secrets: &mut Secrets,
) -> Result<State> {
    let versions = versions(tx, edition, rows, rounds_of(rows), meant).await?;
    Bodies::opened(tx, edition, rows, secrets).await?.into_state(edition, versions)
}

/// The rounds of the contests of which there are rows.
fn rounds_of(rows: &Rows) -> BTreeSet<String> {
    rows.keys().filter_map(|address| Some(address.contest.as_ref()?.round.path())).collect()
}

/// The same with no name shown.
pub(crate) async fn state_without_names(tx: &mut Tx, edition: &Edition, rows: &Rows) -> Result<State> {
    let versions = versions(tx, edition, rows, rounds_of(rows), &[]).await?;
    let mut bodies = Bodies::of(rows)?;
    bodies.sealed.values_mut().try_for_each(Secrets::hide)?;
    bodies.into_state(edition, versions)
}

/// The same with the names of those who sit on panels, and no other.
async fn state_with_panels(tx: &mut Tx, edition: &Edition, rows: &Rows) -> Result<State> {
    let versions = versions(tx, edition, rows, rounds_of(rows), &[]).await?;
    let (mut bodies, mut secrets) = (Bodies::of(rows)?, Secrets::default());
    let of_rounds = bodies.sealed.iter().filter(|(address, _)| address.noun == Noun::Round);
    secrets.look_up(tx, &edition.id, of_rounds.map(|(_, body)| body)).await?;
    for (address, body) in &mut bodies.sealed {
        match address.noun {
            Noun::Round => secrets.open_seats(body)?,
            _ => Secrets::hide(body)?,
        }
    }
    bodies.into_state(edition, versions)
}

/// The same with the names of some persons who are entered, and no other.
async fn state_with_signers(tx: &mut Tx, edition: &Edition, rows: &Rows, signers: &BTreeSet<String>) -> Result<State> {
    let versions = versions(tx, edition, rows, rounds_of(rows), &[]).await?;
    let (mut bodies, mut secrets) = (Bodies::of(rows)?, Secrets::default());
    let is_one = |address: &Address| address.noun == Noun::Person && signers.contains(&address.name);
    let of_signers = bodies.sealed.iter().filter(|(address, _)| is_one(address));
    secrets.look_up(tx, &edition.id, of_signers.map(|(_, body)| body)).await?;
    for (address, body) in &mut bodies.sealed {
        match is_one(address) {
            true => secrets.open_person(body, &address.name)?,
            false => Secrets::hide(body)?,
        }
    }
    bodies.into_state(edition, versions)
}

/// Records in the order in which they were first written. Those with a commitment in them are opened before they are put into a state; the others
/// become trees of values one by one, for all of them at once take several times the memory of their texts.
struct Bodies<'r> {
    sealed: BTreeMap<&'r Address, Value>,
    ordered: Vec<(&'r Address, &'r Kept)>,
}

impl<'r> Bodies<'r> {
    /// With their personal texts.
    async fn opened(tx: &mut Tx, edition: &Edition, rows: &'r Rows, secrets: &mut Secrets) -> Result<Bodies<'r>> {
        let mut bodies = Bodies::of(rows)?;
        secrets.look_up(tx, &edition.id, bodies.sealed.values()).await?;
        bodies.sealed.values_mut().try_for_each(|body| secrets.open(body))?;
        Ok(bodies)
    }

    fn of(rows: &'r Rows) -> Result<Bodies<'r>> {
        let mut ordered: Vec<(&Address, &Kept)> = rows.iter().collect();
        ordered.sort_by_key(|(address, kept)| (address.noun, kept.born, kept.turn));
        let sealed = ordered.iter().filter(|(_, kept)| kept.is_sealed());
        let sealed = sealed.map(|(address, kept)| Ok((*address, tree(address, kept)?))).collect::<Result<_>>()?;
        Ok(Bodies { sealed, ordered })
    }

    fn into_state(self, edition: &Edition, versions: Versions) -> Result<State> {
        let mut state = edition.empty();
        state.versions = versions;
        self.put_into(&mut state)?;
        Ok(state)
    }

    fn put_into(mut self, state: &mut State) -> Result<()> {
        for (address, kept) in self.ordered {
            let body = self.sealed.remove(address).map_or_else(|| tree(address, kept), Ok)?;
            let put = state.put(vec![(address.clone(), body)]);
            put.map_err(|found| misfit(&name(&found.address), &unquoted(&found.why)))?;
        }
        Ok(())
    }
}

/// The text of a record as a tree of values.
fn tree(address: &Address, kept: &Kept) -> Result<Value> {
    serde_json::from_str(&kept.body).map_err(|error| misfit(&name(address), &error.to_string()))
}

/// A record by its address, for people: `sheet j1#0 of badung in province/51/kabkota`.
pub(crate) fn name(address: &Address) -> String {
    let mut name = address.noun.name().to_owned();
    if !address.name.is_empty() {
        name.push_str(&format!(" {}", address.name));
    }
    if let Some(candidate) = &address.candidate {
        name.push_str(&format!(" of {candidate}"));
    }
    if let Some(contest) = &address.contest {
        name.push_str(&format!(" in {}", contest.path()));
    }
    name
}

impl Store {
    /// The state as far as some parts of it are needed, at one moment. Whoever is shown names is on record with them before they are given;
    /// who was shown the same on the same page within the last quarter of an hour is on record already.
    ///
    /// # Errors
    ///
    /// [`Error::Misfit`] if a record is not as this program writes it; otherwise what the database says.
    pub async fn state(&self, edition: &Edition, parts: impl IntoIterator<Item = Part>, names: &Names) -> Result<State> {
        let parts = parts.into_iter().collect();
        let mut tx = self.pool.read().await?;
        let found = rows(&mut tx, &edition.id, &parts).await?;
        let reader = match names {
            Names::OfPanels => return state_with_panels(&mut tx, edition, &found).await,
            Names::OfSigners(signers) => return state_with_signers(&mut tx, edition, &found, signers).await,
            Names::ShownTo(reader) if found.values().any(Kept::is_sealed) => reader,
            // Nobody is named, or nobody is to be: nothing goes on record, and no writer is kept waiting.
            _ => return state_without_names(&mut tx, edition, &found).await,
        };
        let mut secrets = Secrets::default();
        let seen = state(&mut tx, edition, &found, &[], &mut secrets).await?;
        if self.noted.has(&edition.id, reader, &secrets.shown()) {
            return Ok(seen);
        }
        drop(tx);
        let mut tx = self.pool.look().await?;
        let (found, mut secrets) = (rows(&mut tx, &edition.id, &parts).await?, Secrets::default());
        let state = state(&mut tx, edition, &found, &[], &mut secrets).await?;
        let shown = secrets.shown();
        access::note(&mut tx, &edition.id, reader, &shown).await?;
        tx.commit().await?;
        self.noted.add(&edition.id, reader, &shown);
        Ok(state)
    }

    /// The versions of the records of some parts, for whoever shows them and later writes them back: see [`crate::Seen`].
    ///
    /// # Errors
    ///
    /// What the database says.
    pub async fn versions(&self, edition: &Edition, parts: impl IntoIterator<Item = Part>) -> Result<BTreeMap<Address, i64>> {
        let mut tx = self.pool.read().await?;
        let rows = rows(&mut tx, &edition.id, &parts.into_iter().collect()).await?;
        Ok(rows.into_iter().map(|(address, kept)| (address, kept.version)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn what_is_wrong_with_a_value_is_told_without_the_value() {
        for (why, told) in [
            ("invalid type: string \"Ani\", expected u32", "invalid type: string …, expected u32"),
            ("unknown variant `Ani`, expected `in`", "unknown variant …, expected …"),
            ("`Ani", "…"),
            (r#"string "An\"i\"s" is no number"#, "string … is no number"),
            ("no number", "no number"),
        ] {
            assert_eq!(unquoted(why), told);
        }
    }
}
