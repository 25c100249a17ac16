//! The rules of an edition in plain words, with where each comes from and what is assumed; and the sealed text itself.

use std::collections::BTreeMap;

use award::PersonId;
use award::seal::Seal;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use office::Named;
use rules::regions::Zone;
use rules::rulebook::Source;
use rules::{Form, Paragraph};
use store::Edition;
use words::{Lang, Message};

use crate::app::App;
use crate::frame::{Answer, Frame, show};
use crate::refused::Refused;
use crate::visit::Visit;

/// The heading over the rulebook's own list of sources.
const SOURCES: &str = "rules-show-part-sources";
/// The clock by which seals are told.
const WIB: &Zone = &Zone::Wib;

#[derive(askama::Template)]
#[template(path = "rulebook.html")]
struct Page {
    f: Frame,
    version: String,
    hash: String,
    seal: Option<Seal>,
    sealers: Named,
    parts: Vec<Part>,
    notes: Vec<Note>,
    assumed: usize,
    of: usize,
}

/// What stands under one heading of the second level; the first part has none.
#[derive(Default)]
struct Part {
    id: String,
    title: String,
    blocks: Vec<Block>,
    chapters: Vec<Chapter>,
}

impl Part {
    /// Whether it is a part of one piece: nobody reads it through, so it is opened by whoever looks something up.
    fn stands_alone(&self) -> bool {
        !self.title.is_empty() && self.chapters.is_empty()
    }
}

/// What stands under one heading of the third level: folded, for the whole is as long as a small book.
struct Chapter {
    title: Told,
    blocks: Vec<Block>,
}

/// A piece of a part.
enum Block {
    Sentence(Told),
    List(Vec<Item>),
    Table(Vec<String>, Vec<Vec<Told>>),
}

/// A sentence with its marks.
struct Told {
    /// The sentence in pieces; a piece is an assumption mark or plain.
    pieces: Vec<(bool, String)>,
    /// Numbers of the sources, where they are others than before.
    notes: Vec<usize>,
}

/// An item of a nested list, with how many lists begin before it and end after it.
struct Item {
    told: Told,
    opens: usize,
    closes: usize,
    /// How deep it stands; 1 is outermost.
    depth: usize,
    /// Whether the next item stands below this one.
    holds: bool,
}

impl Item {
    /// Whether the list that ends as the `turn`-th after this item, from 1, stands in an item of another one.
    fn inner(&self, turn: &usize) -> bool {
        *turn < self.depth
    }
}

/// A source with its number.
struct Note {
    number: usize,
    source: Option<Source>,
    address: Option<String>,
}

/// `GET /edisi/{edition}/aturan`.
pub(crate) async fn page(State(app): State<App>, visit: Visit, Path(id): Path<String>) -> Answer {
    let edition = app.edition(&id).await?;
    let seal = app.office().seal_of(&edition).await?;
    let sealers = match &seal {
        Some(seal) => app.office().sealers(&edition, seal, visit.now).await?,
        None => Named::new(),
    };
    let paragraphs = rules::show(&edition.rules);
    let f = Frame::new(&app, &visit, "web-rules-title").within(&edition).helped_by("penghargaan");
    let mut writer = Writer::new(f.lang);
    // The sources stand at the end, numbered.
    let own = paragraphs.iter().take_while(|paragraph| paragraph.text.iter().all(|text| text.key() != SOURCES));
    own.for_each(|paragraph| writer.write(paragraph));
    let (parts, notes) = writer.finished(&edition);
    let count = |paragraph: &&Paragraph| !matches!(paragraph.form, Form::HeadRow);
    show(&Page {
        assumed: paragraphs.iter().filter(|paragraph| paragraph.assumed).count(),
        of: paragraphs.iter().filter(count).count(),
        version: edition.rules.edition.version.clone(),
        hash: edition.rulebook.to_string(),
        f,
        seal,
        sealers,
        parts,
        notes,
    })
}

impl Page {
    /// Who proposed or sealed, by name.
    fn who(&self, person: &PersonId) -> String {
        let seen = self.sealers.get(person);
        seen.map_or_else(|| self.f.t("web-person-nameless"), |seen| crate::candidate::person(&self.f, seen))
    }
}

/// `GET /edisi/{edition}/aturan.toml`: the very bytes that were sealed.
pub(crate) async fn file(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Refused> {
    let edition = app.edition(&id).await?;
    let text = app.office().rulebook_text(&edition).await?;
    let name = format!("attachment; filename=\"{}-{}.toml\"", plain(&edition.id), plain(&edition.rules.edition.version));
    Ok(([(CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], text).into_response())
}

/// As it may stand in the name of a file.
pub(crate) fn plain(id: &str) -> String {
    id.chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '_') { letter } else { '-' })
        .collect()
}

/// Puts paragraphs together to parts, and numbers the sources as they come.
struct Writer {
    lang: Lang,
    parts: Vec<Part>,
    depths: Vec<usize>,
    numbers: BTreeMap<String, usize>,
    told: Vec<String>,
}

impl Writer {
    fn new(lang: Lang) -> Writer {
        Writer { lang, parts: vec![Part::default()], depths: Vec::new(), numbers: BTreeMap::new(), told: Vec::new() }
    }

    fn write(&mut self, paragraph: &Paragraph) {
        let mut cells = paragraph.cells(self.lang);
        if !matches!(paragraph.form, Form::Bullet(_)) {
            self.end_list();
        }
        match paragraph.form {
            Form::Heading(1) => {}
            Form::Heading(2) => {
                let id = format!("bagian-{}", self.parts.len());
                self.parts.push(Part { id, title: cells.join(" "), ..Part::default() });
            }
            Form::Heading(_) => {
                let title = self.told(cells.join(" "), paragraph);
                if let Some(part) = self.parts.last_mut() {
                    part.chapters.push(Chapter { title, blocks: Vec::new() });
                }
            }
            Form::Sentence => {
                let told = self.told(cells.join(" "), paragraph);
                self.block(Block::Sentence(told));
            }
            Form::Bullet(depth) => {
                let told = self.told(cells.join(" "), paragraph);
                self.item(told, usize::from(depth));
            }
            Form::HeadRow => self.block(Block::Table(cells, Vec::new())),
            Form::Row => {
                let last = cells.pop().map(|cell| self.told(cell, paragraph));
                let row =
                    cells.into_iter().map(|cell| Told { pieces: self.pieces(cell), notes: Vec::new() }).chain(last).collect();
                if let Some(Block::Table(_, rows)) = self.blocks().and_then(|blocks| blocks.last_mut()) {
                    rows.push(row);
                }
            }
        }
    }

    /// Where the next block belongs: in the chapter that was begun last, else in its part.
    fn blocks(&mut self) -> Option<&mut Vec<Block>> {
        let part = self.parts.last_mut()?;
        Some(part.chapters.last_mut().map_or(&mut part.blocks, |chapter| &mut chapter.blocks))
    }

    fn block(&mut self, block: Block) {
        if let Some(blocks) = self.blocks() {
            blocks.push(block);
        }
    }

    fn item(&mut self, told: Told, depth: usize) {
        let before = self.depths.last().copied().unwrap_or_default();
        if before == 0 {
            self.block(Block::List(Vec::new()));
        }
        let Some(Block::List(items)) = self.blocks().and_then(|blocks| blocks.last_mut()) else { return };
        // A list may begin deeper than it should: then it begins at its own depth.
        let depth = depth.min(before + 1).max(1);
        if let Some(last) = items.last_mut() {
            last.holds = depth > before;
            last.closes = before.saturating_sub(depth);
        }
        items.push(Item { told, opens: depth.saturating_sub(before), closes: 0, depth, holds: false });
        self.depths.push(depth);
    }

    fn end_list(&mut self) {
        let depth = self.depths.last().copied().unwrap_or_default();
        self.depths.clear();
        if let Some(Block::List(items)) = self.blocks().and_then(|blocks| blocks.last_mut())
            && let Some(last) = items.last_mut()
        {
            last.closes = depth;
        }
    }

    fn told(&mut self, text: String, paragraph: &Paragraph) -> Told {
        let fresh = !paragraph.sources.is_empty() && paragraph.sources != self.told;
        if fresh {
            self.told.clone_from(&paragraph.sources);
        }
        let known = if fresh { paragraph.sources.clone() } else { Vec::new() };
        let notes = known.into_iter().map(|id| self.number(id)).collect();
        Told { pieces: self.pieces(text), notes }
    }

    fn number(&mut self, id: String) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry(id).or_insert(next)
    }

    /// The sentence with its assumption marks apart.
    fn pieces(&self, text: String) -> Vec<(bool, String)> {
        let mut pieces = vec![(false, text)];
        for key in ["web-rules-mark", "web-rules-mark-all"] {
            let mark = Message::new(key).render(self.lang);
            pieces = pieces.into_iter().flat_map(|piece| apart(piece, &mark)).collect();
        }
        pieces
    }

    fn finished(mut self, edition: &Edition) -> (Vec<Part>, Vec<Note>) {
        self.end_list();
        edition.rules.sources.keys().cloned().for_each(|id| {
            self.number(id);
        });
        let mut notes: Vec<Note> = self.numbers.iter().map(|(id, number)| note(edition, id, *number)).collect();
        notes.sort_by_key(|note| note.number);
        (self.parts, notes)
    }
}

/// A piece with a mark apart, which stands in brackets.
fn apart((is_mark, text): (bool, String), mark: &str) -> Vec<(bool, String)> {
    if is_mark {
        return vec![(true, text)];
    }
    let mut pieces = Vec::new();
    for (turn, piece) in text.split(&format!("({mark})")).enumerate() {
        if turn > 0 {
            pieces.push((true, mark.to_owned()));
        }
        pieces.push((false, piece.to_owned()));
    }
    pieces
}

fn note(edition: &Edition, id: &str, number: usize) -> Note {
    let source = edition.rules.sources.get(id).cloned();
    let texts =
        source.iter().flat_map(|source| source.note.iter().chain(&source.publisher).chain(std::iter::once(&source.title)));
    let mut words = texts.flat_map(|text| text.split_whitespace());
    let address =
        words.find(|word| word.starts_with("https://")).map(|word| word.trim_end_matches(['.', ',', ')', ';']).to_owned());
    Note { number, address, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bullets(depths: &[u8]) -> Vec<(usize, usize, bool)> {
        let mut writer = Writer::new(Lang::En);
        for depth in depths {
            let text = vec![Message::new("web-rules-title")];
            writer.write(&Paragraph { form: Form::Bullet(*depth), text, sources: Vec::new(), assumed: false });
        }
        writer.end_list();
        let lists = writer.parts.iter().flat_map(|part| &part.blocks);
        let items = lists.flat_map(|block| if let Block::List(items) = block { items.as_slice() } else { &[] });
        items.map(|item| (item.opens, item.closes, item.holds)).collect()
    }

    #[test]
    fn every_list_that_begins_ends() {
        assert_eq!(bullets(&[1]), [(1, 1, false)]);
        assert_eq!(bullets(&[1, 2, 2, 1]), [(1, 0, true), (1, 0, false), (0, 1, false), (0, 1, false)]);
        assert_eq!(bullets(&[1, 2, 3]), [(1, 0, true), (1, 0, true), (1, 3, false)]);
        assert_eq!(bullets(&[3]), [(1, 1, false)]);
    }

    #[test]
    fn what_follows_a_heading_of_the_third_level_is_its_chapter() {
        let mut writer = Writer::new(Lang::En);
        for form in [
            Form::Heading(2),
            Form::Sentence,
            Form::Heading(3),
            Form::Sentence,
            Form::Bullet(1),
            Form::Heading(3),
            Form::Heading(2),
            Form::Sentence,
        ] {
            let text = vec![Message::new("web-rules-title")];
            writer.write(&Paragraph { form, text, sources: Vec::new(), assumed: false });
        }
        let shapes = writer
            .parts
            .iter()
            .map(|part| (part.blocks.len(), part.chapters.iter().map(|chapter| chapter.blocks.len()).collect()));
        assert_eq!(shapes.collect::<Vec<(usize, Vec<usize>)>>(), [(0, vec![]), (1, vec![2, 0]), (1, vec![])]);
    }

    #[test]
    fn an_assumption_stands_apart_in_its_sentence() {
        let pieces = Writer::new(Lang::Id).pieces("bobot 40 % (asumsi), tiga kursi".into());
        let plain = |text: &str| (false, text.to_owned());
        assert_eq!(pieces, [plain("bobot 40 % "), (true, "asumsi".to_owned()), plain(", tiga kursi")]);
    }
}
