//! `organisations.csv`: one row for what is said about an organisation or a region from a day on. The first row of one names it and says what
//! kind it is; further rows of the same id tell what changed later, and fill only those cells.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use words::{Message, Problem};

use super::sheet::{self, Shape};
use super::{Imported, Reading, known};
use crate::act::{Act, Deed};
use crate::cycle::near;
use crate::cycle::parse::Known;
use crate::cycle::reading::{Line, Told};
use crate::cycle::schema::Schema;
use crate::id::BodyId;
use crate::identity::{self, Attribute, Dated, Register, RegisterChange, Sort};
use crate::limit;
use crate::permission::Actor;
use crate::state::State;

/// The columns of a file of organisations and regions.
pub const ORGANISATIONS: Schema = Schema {
    file: "organisations.csv",
    required: &["id", "from", "source"],
    optional: &["sort", "name", "kind", "size", "code", "parent", "alias", "misprint"],
};
/// What `sort` may say.
const SORTS: [&str; 2] = ["organisation", "region"];

/// What one row says.
struct Said {
    id: BodyId,
    sort: Sort,
    attributes: Vec<Dated>,
}

/// What all rows say about one body, and where the first of them stands.
struct Body {
    sort: Sort,
    attributes: Vec<Dated>,
    span: Range<usize>,
}

/// Who somebody is said to be, and from when.
const SHAPE: Shape = Shape {
    schema: ORGANISATIONS,
    spine: &["id", "from", "sort"],
    naming: &["name", "kind"],
    together: &[],
    stand_in: |_, _, column| (column == "source").then(|| "-".to_owned()),
    about: |_, line| Some(line.filled().map(|(_, cell)| cell.text.as_str()).collect::<Vec<_>>().join(" / ")),
};

pub(super) fn read(bytes: &[u8], state: &State, now: Timestamp, reading: &mut Reading) -> Vec<Imported> {
    let mut bodies: BTreeMap<BodyId, Body> = BTreeMap::new();
    for row in sheet::rows(SHAPE, bytes, &known(state), reading, said) {
        let body = Body { sort: row.sort, attributes: Vec::new(), span: row.spot.span.clone() };
        let body = bodies.entry(row.id.clone()).or_insert(body);
        if body.sort != row.sort {
            let message = Message::new("problem-import-sorts").text("id", row.id.as_str());
            reading.problems.push(Problem::new(row.spot.file, row.spot.span.clone(), message));
        }
        body.attributes.extend(row.said.attributes);
    }
    let span = |id: &BodyId| bodies.get(id).map_or(0..0, |body| body.span.clone());
    let imported = |(id, change)| {
        let act = Act { actor: Actor::Centre, at: Some(now), deed: Deed::ChangeRegister(change) };
        Imported { act, span: span(&id) }
    };
    changes(&state.register, &bodies).into_iter().map(imported).collect()
}

/// Who is new is entered, a parent before what belongs to it; who is known is named as it stands, and what was not said before is said.
fn changes(register: &Register, bodies: &BTreeMap<BodyId, Body>) -> Vec<(BodyId, RegisterChange)> {
    let (mut fresh, mut more) = (Register::default(), Vec::new());
    for (id, body) in bodies {
        match register.bodies.get(id).filter(|known| known.sort == body.sort) {
            None => {
                let (id, sort, attributes) = (id.clone(), body.sort, body.attributes.clone());
                fresh.apply(&RegisterChange::Enter { id, sort, attributes });
            }
            Some(known) => {
                let (id, sort, attributes) = (id.clone(), known.sort, known.attributes.clone());
                more.push((id.clone(), RegisterChange::Enter { id, sort, attributes }));
                let id = &known.id;
                let new = body.attributes.iter().filter(|dated| !known.attributes.contains(dated));
                more.extend(new.map(|dated| (id.clone(), change(id, dated))));
            }
        }
    }
    let entered = fresh.retold().into_iter().filter_map(|change| match &change {
        RegisterChange::Enter { id, .. } => Some((id.clone(), change)),
        _ => None,
    });
    entered.chain(more).collect()
}

/// One more thing that is said about somebody known.
fn change(id: &BodyId, dated: &Dated) -> RegisterChange {
    let (id, from, source) = (id.clone(), dated.from, dated.source.clone());
    match dated.what.clone() {
        Attribute::Name(name) => RegisterChange::Rename { id, name, from, source },
        Attribute::Alias(alias) => RegisterChange::AddAlias { id, alias, misprint: false, from, source },
        Attribute::Misprint(alias) => RegisterChange::AddAlias { id, alias, misprint: true, from, source },
        Attribute::Size(size) => RegisterChange::Reclassify { id, size: Some(size), kind: None, from, source },
        Attribute::Kind(kind) => RegisterChange::Reclassify { id, size: None, kind: Some(kind), from, source },
        Attribute::Parent(parent) => RegisterChange::Move { id, parent, code: None, from, source },
        // A code changes only with the body to which it belongs: entering it again is refused, with the id.
        Attribute::Code(_) => RegisterChange::Enter { id, sort: Sort::Organisation, attributes: vec![dated.clone()] },
    }
}

fn said(known: &Known<'_>, line: &Line, problems: &mut Vec<Problem>) -> Result<Said, Told> {
    let id = line.need("id", problems).map(|cell| cell.text.clone());
    let source = line.need("source", problems).map(|cell| cell.text.clone());
    let from = line.need("from", problems).map(|_| ());
    let from = from.and(line.date("from", problems));
    let sort = match line.cell("sort") {
        None => Ok(Sort::Organisation),
        Some(_) => known.word(line, "sort", SORTS, problems).map(|sort| match sort.as_str() {
            "region" => Sort::Region,
            _ => Sort::Organisation,
        }),
    };
    if let (Ok(id), Err(_) | Ok(None)) = (&id, &from) {
        // What is wrong whatever the day is told in the same try.
        let id = BodyId::new(id);
        let words = [line.text("kind").map(Attribute::Kind), line.text("size").map(Attribute::Size)];
        let unsound = words.into_iter().flatten().filter_map(|what| identity::sound(&id, &what, limit::DAYS[0], "-").err());
        unsound.for_each(|refusal| line.tell("", refusal.rule, Some(refusal.next), problems));
    }
    let (id, source, from, sort) = (id?, source?, from?.ok_or(Told)?, sort?);
    let attributes = attributes(line, from, &source);
    if attributes.is_empty() {
        let message = Message::new("problem-import-says-nothing").text("id", &id);
        line.tell("id", message, Some(near::hint("", ORGANISATIONS.optional.iter().copied())), problems);
        return Err(Told);
    }
    Ok(Said { id: BodyId::new(id), sort, attributes })
}

fn attributes(line: &Line, from: Date, source: &str) -> Vec<Dated> {
    let said = [
        line.text("name").map(Attribute::Name),
        line.text("kind").map(Attribute::Kind),
        line.text("size").map(Attribute::Size),
        line.text("code").map(Attribute::Code),
        line.text("parent").map(|parent| Attribute::Parent(BodyId::new(parent))),
        line.text("alias").map(Attribute::Alias),
        line.text("misprint").map(Attribute::Misprint),
    ];
    said.into_iter().flatten().map(|what| Dated { what, from, source: source.to_owned() }).collect()
}
