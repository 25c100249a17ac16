//! What somebody typed, as words that are looked for, and what sort of region stood before them.

use rules::regions::RegionKind;

use crate::folded;
use crate::index::KEY_MAX;
use crate::place::{Level, PlaceKind};

/// Letters of a query that are read. A village with all its regions above needs about 120.
const LETTERS_MAX: usize = 250;
/// Words that are looked for, at most the bits of a [`Mask`]. A village with all its regions above has about eight.
const WORDS_MAX: usize = 12;
/// Words that one name may have.
const RUN_MAX: usize = 6;

/// Which words of the query something covers.
pub(crate) type Mask = u16;

/// The sort that somebody wrote before a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Province,
    Regency,
    City,
    District,
    /// A desa or a kelurahan: people often do not know which of them it is.
    Village,
}

impl Sort {
    /// Whether regions of this kind may be meant.
    pub(crate) fn fits(self, kind: PlaceKind) -> bool {
        match self {
            Sort::Province => kind.level() == Level::Province,
            Sort::Regency => {
                matches!(kind, PlaceKind::Region(RegionKind::Regency | RegionKind::AdministrativeRegency))
            }
            Sort::City => matches!(kind, PlaceKind::Region(RegionKind::City | RegionKind::AdministrativeCity)),
            Sort::District => kind.level() == Level::District,
            Sort::Village => kind.level() == Level::Village,
        }
    }
}

/// What a word is that says something about a name and is not part of it.
enum Title {
    Sort(Sort),
    /// A word such as "pemerintah" that says nothing of the sort.
    Empty,
}

fn title(word: &str) -> Option<Title> {
    Some(match word {
        "provinsi" | "propinsi" | "prov" | "prop" | "pemprov" => Title::Sort(Sort::Province),
        "kabupaten" | "kab" | "pemkab" => Title::Sort(Sort::Regency),
        "kota" | "kotamadya" | "kotamadia" | "pemkot" => Title::Sort(Sort::City),
        "kecamatan" | "kec" | "distrik" => Title::Sort(Sort::District),
        "desa" | "ds" | "pemdes" | "kelurahan" | "kel" | "nagari" | "gampong" | "pekon" | "tiyuh" => Title::Sort(Sort::Village),
        "pemerintah" | "pemda" | "administrasi" | "administratif" | "adm" => Title::Empty,
        _ => return None,
    })
}

/// Whether a title is a word of many names too.
fn may_be_name(word: &str) -> bool {
    matches!(word, "kota" | "desa" | "nagari" | "gampong" | "pekon" | "tiyuh" | "distrik")
}

/// Words to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    words: Vec<Word>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    plain: String,
    folded: String,
    sort: Option<Sort>,
    /// Words with the same number stand after the same title.
    group: usize,
    /// Whether the word may be a title, so that alone it is not looked for.
    is_title: bool,
}

/// Words beside each other that may be one name, or a part of one.
pub(crate) struct Run {
    pub(crate) mask: Mask,
    pub(crate) text: Vec<u8>,
    pub(crate) plain: String,
    /// What stood right before it: in "Kel. Menteng Jakarta" only Menteng is a kelurahan.
    pub(crate) sort: Option<Sort>,
    /// Whether mistakes are looked for in it too: single words, two beside each other, and the whole query; never in numbers, for
    /// Pasar IV is not nearly Pasar V.
    pub(crate) may_be_near: bool,
}

impl Query {
    /// The ways to read a query for regions: with its titles as sorts, and with those that may be words of a name (`Kota Baru`,
    /// `Kec. Kota Gajah`) as words.
    pub(crate) fn readings(text: &str) -> Vec<Query> {
        let words = plain(text);
        if !words.iter().any(|word| title(word).is_some()) {
            return vec![Query::literal(&words)];
        }
        let mut readings = vec![Query::sorted(&words, |_| false), Query::sorted(&words, may_be_name)];
        if readings[0].words.is_empty() {
            // Nothing but titles: somebody begins to type Kotabaru.
            return vec![Query::of_words(words.into_iter())];
        }
        if words.iter().all(|word| title(word).is_none() || may_be_name(word)) {
            readings.push(Query::literal(&words));
        }
        readings.dedup();
        readings
    }

    /// A query whose words are all looked for as they are.
    pub(crate) fn of_words(words: impl Iterator<Item = String>) -> Query {
        let words = words.take(WORDS_MAX).map(|plain| Word::new(plain, None, 0, false));
        Query { words: words.collect() }
    }

    fn literal(words: &[String]) -> Query {
        let words = words.iter().take(WORDS_MAX).map(|word| Word::new(word.clone(), None, 0, title(word).is_some()));
        Query { words: words.collect() }
    }

    /// Titles as sorts of what follows, but for those words that are names where other words or titles stand before them.
    fn sorted(words: &[String], is_name: impl Fn(&str) -> bool) -> Query {
        let mut query = Query::default();
        let (mut sort, mut group) = (None, 0);
        for word in words {
            let has_begun = sort.is_some() || !query.words.is_empty();
            match title(word).filter(|_| !(has_begun && is_name(word))) {
                Some(Title::Sort(read)) => (sort, group) = (Some(read), group + 1),
                Some(Title::Empty) => {}
                None => query.words.push(Word::new(word.clone(), sort, group, false)),
            }
        }
        // "Bandung, Kab." is how lists write it.
        let last = query.words.last().map(|word| (word.group, word.sort));
        if last.is_some_and(|(last, written)| last < group && written.is_none()) {
            query.words.iter_mut().filter(|word| word.sort.is_none()).for_each(|word| word.sort = sort);
        }
        query.words.truncate(WORDS_MAX);
        query
    }

    /// All words.
    pub(crate) fn mask(&self) -> Mask {
        self.words.iter().zip(0..).fold(0, |mask, (_, bit)| mask | 1 << bit)
    }

    /// How many words are looked for.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The words as they are compared, in the order of the alphabet.
    pub(crate) fn sorted_words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.words.iter().map(|word| word.folded.as_str()).collect();
        words.sort_unstable();
        words
    }

    /// All runs of words beside each other within a group.
    pub(crate) fn runs(&self) -> Vec<Run> {
        let count = self.words.len();
        let runs = (0..count).flat_map(|from| (from + 1..=count.min(from + RUN_MAX)).map(move |to| (from, to)));
        runs.filter_map(|(from, to)| self.run(from, to)).collect()
    }

    fn run(&self, from: usize, to: usize) -> Option<Run> {
        let words = &self.words[from..to];
        if words.iter().any(|word| word.group != words[0].group) || words.iter().all(|word| word.is_title) {
            return None;
        }
        let mut text: Vec<u8> = words.iter().flat_map(|word| word.folded.bytes()).collect();
        text.truncate(KEY_MAX);
        Some(Run {
            mask: (from..to).fold(0, |mask, bit| mask | 1 << bit),
            text,
            plain: words.iter().map(|word| word.plain.as_str()).collect(),
            sort: words[0].sort.filter(|_| from == 0 || self.words[from - 1].group != words[0].group),
            may_be_near: (words.len() <= 2 || words.len() == self.words.len()) && !words.iter().any(Word::has_number),
        })
    }
}

impl Word {
    fn new(plain: String, sort: Option<Sort>, group: usize, is_title: bool) -> Word {
        Word { folded: folded::folded(&plain), plain, sort, group, is_title }
    }

    fn has_number(&self) -> bool {
        self.folded.bytes().any(|letter| letter.is_ascii_digit())
    }
}

/// The words of as much of a text as is read: whole ones, unless a single one fills it.
pub(crate) fn plain(text: &str) -> Vec<String> {
    let Some((end, _)) = text.char_indices().nth(LETTERS_MAX) else { return folded::plain_words(text) };
    let read = &text[..end];
    folded::plain_words(read.rfind(char::is_whitespace).map_or(read, |end| &read[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(query: &Query) -> Vec<(&str, Option<Sort>, usize)> {
        query.words.iter().map(|word| (word.folded.as_str(), word.sort, word.group)).collect()
    }

    #[test]
    fn a_title_says_the_sort_of_the_words_after_it() {
        let readings = Query::readings("Desa Sapit Kec. Suela, Kab. Lombok Timur");
        assert_eq!(
            told(&readings[0]),
            [
                ("sapit", Some(Sort::Village), 1),
                ("suela", Some(Sort::District), 2),
                ("lombok", Some(Sort::Regency), 3),
                ("timur", Some(Sort::Regency), 3),
            ]
        );
        assert_eq!(readings.len(), 1);
    }

    #[test]
    fn a_title_at_the_end_says_the_sort_of_what_stood_before() {
        assert_eq!(told(&Query::readings("Bandung, Kab.")[0]), [("bandung", Some(Sort::Regency), 0)]);
        assert_eq!(told(&Query::readings("Pemerintah Kota Bontang")[0]), [("bontang", Some(Sort::City), 1)]);
    }

    #[test]
    fn a_title_that_may_be_a_word_of_a_name_is_read_in_both_ways() {
        let readings = Query::readings("kec kota gajah kab lampung tengah");
        let words = |query: &Query| query.words.iter().map(|word| word.plain.clone()).collect::<Vec<_>>();
        assert_eq!(
            readings.iter().map(words).collect::<Vec<_>>(),
            [vec!["gajah", "lampung", "tengah"], vec!["kota", "gajah", "lampung", "tengah"]]
        );
        assert_eq!(readings[1].runs()[1].sort, Some(Sort::District));
        assert_eq!(Query::readings("kota baru").iter().map(words).collect::<Vec<_>>(), [vec!["baru"], vec!["kota", "baru"]]);
    }

    #[test]
    fn a_query_without_titles_is_read_in_one_way_and_one_of_titles_only_as_words() {
        assert_eq!(Query::readings("karang anyar").len(), 1);
        let titles = Query::readings("kota");
        assert_eq!((titles.len(), titles[0].runs().len()), (1, 1));
        assert_eq!(Query::readings("  ,, ")[0].mask(), 0);
    }

    #[test]
    fn names_are_looked_for_within_one_title_and_a_title_never_alone() {
        let runs = |query: &Query| query.runs().iter().map(|run| run.plain.clone()).collect::<Vec<_>>();
        let readings = Query::readings("desa suela lombok");
        assert_eq!(runs(&readings[0]), ["suela", "suelalombok", "lombok"]);
        assert_eq!(runs(&readings[1]), ["desasuela", "desasuelalombok", "suela", "suelalombok", "lombok"]);
        let query = Query::sorted(&plain("desa sapit kec suela timur"), |_| false);
        let sorts: Vec<_> = query.runs().into_iter().map(|run| (run.plain, run.sort)).collect();
        assert_eq!(
            sorts,
            [
                ("sapit".to_owned(), Some(Sort::Village)),
                ("suela".to_owned(), Some(Sort::District)),
                ("suelatimur".to_owned(), Some(Sort::District)),
                ("timur".to_owned(), None),
            ]
        );
    }

    #[test]
    fn a_query_that_is_far_too_long_is_read_to_a_limit() {
        let query = &Query::readings(&"sapit ".repeat(5_000))[0];
        assert_eq!((query.words.len(), query.mask()), (WORDS_MAX, 0b1111_1111_1111));
        let one = &Query::readings(&"s".repeat(10_000))[0];
        assert_eq!(one.runs()[0].text.len(), KEY_MAX);
    }
}
