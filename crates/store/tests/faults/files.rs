//! Bad places for an SQLite file: none at all, a folder, something else, damaged, locked, read-only, full. Each is told clearly in both
//! languages, and nothing is damaged.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::Connection;
use store::{Edition, Error, Place, Store};
use tempfile::TempDir;
use words::{Lang, Message};

use crate::chance::Chance;
use crate::child::{PLAIN, say, start};
use crate::office::{holds_exactly, recorded, send, set_up, step};
use crate::support;

/// Long enough for everything that is not waiting for somebody else.
pub const PATIENCE: Duration = Duration::from_millis(700);
const PAGE: usize = 4096;

/// What somebody is told, in both languages, with the next step; the variant goes first.
pub fn told(error: &Error) -> String {
    let message = error.message();
    let next = Message::new(format!("{}-next", message.key()));
    let texts = [Lang::Id, Lang::En].map(|lang| [message.render(lang), next.render(lang)]);
    for text in texts.iter().flatten() {
        assert!(!text.is_empty() && !text.contains("store-"), "{text}");
    }
    assert!(texts[0] != texts[1], "two languages: {texts:?}");
    let variant: String = format!("{error:?}").chars().take_while(|letter| letter.is_alphabetic()).collect();
    format!("{variant}: {}", texts[1].join(" "))
}

/// A file with a small edition in it that nobody has open.
struct Kept {
    folder: TempDir,
    path: PathBuf,
}

async fn kept() -> Kept {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("award.db");
    let store = Store::open_or_make(&Place::File(path.clone())).await.unwrap();
    let edition = set_up(&store).await;
    for number in 0..20 {
        recorded(send(&store, &edition, &step(1, 0, number)).await.unwrap());
    }
    store.close().await;
    Kept { folder, path }
}

impl Kept {
    fn place(&self) -> Place {
        Place::File(self.path.clone())
    }

    fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.path).unwrap()
    }

    async fn open(&self) -> (Store, Edition) {
        let store = Store::open(&self.place()).await.unwrap();
        let edition = store.edition("small-2020").await.unwrap();
        (store, edition)
    }

    /// Everything from the beginning is still there, and so much more.
    async fn is_whole_with(&self, more: usize) {
        let (store, edition) = self.open().await;
        let panels = (0..4).flat_map(|province| (0..3).map(move |turn| step(0, province, turn).id));
        let expected = panels.chain((0..20 + more).map(|number| step(1, 0, number).id)).collect();
        holds_exactly(&store, &edition, &expected).await;
        store.close().await;
    }
}

async fn why_not_opened(path: &Path) -> String {
    told(&Store::open_within(&Place::File(path.into()), PATIENCE).await.expect_err("this place cannot be opened"))
}

#[tokio::test]
async fn where_there_is_no_database_none_is_made_by_opening() {
    let folder = tempfile::tempdir().unwrap();
    for missing in ["award.db", "missing/award.db"] {
        let path = folder.path().join(missing);
        let why = why_not_opened(&path).await;
        assert!(why.starts_with("NoDatabase: ") && why.contains(missing), "{why}");
    }
    let inside = Store::open_or_make(&Place::File(folder.path().join("missing/award.db"))).await.unwrap_err();
    assert!(told(&inside).starts_with("NoFolder: "), "{inside:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was made");
}

#[tokio::test]
async fn a_folder_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let why = why_not_opened(folder.path()).await;
    assert!(why.starts_with("IsFolder: "), "{why}");
    let making = Store::open_or_make(&Place::File(folder.path().into())).await.unwrap_err();
    assert!(told(&making).starts_with("IsFolder: "), "{making:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn an_empty_file_is_told_to_be_migrated_and_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("award.db");
    std::fs::write(&path, "").unwrap();
    let why = why_not_opened(&path).await;
    assert!(why.starts_with("Older: "), "{why}");
    let store = Store::open_or_make(&Place::File(path)).await.unwrap();
    set_up(&store).await;
}

#[tokio::test]
async fn a_file_that_is_something_else_or_damaged_is_told_and_left_as_it_is() {
    let mut chance = Chance::new("damage");
    let intact = kept().await.bytes();
    let text = "Surat Keputusan Panitia\n".repeat(1_000).into_bytes();
    let header = [chance.bytes(100), intact[100..].to_vec()].concat();
    let schema = [intact[..100].to_vec(), chance.bytes(PAGE - 100), intact[PAGE..].to_vec()].concat();
    let half = intact[..intact.len() / 2 / PAGE * PAGE].to_vec();
    let torn = intact[..intact.len() / 2 + 1_234].to_vec();
    let cases = [
        ("a letter", text),
        ("random bytes", chance.bytes(3 * PAGE)),
        ("a damaged header", header),
        ("a damaged first page", schema),
        ("half a file", half),
        ("a file torn within a page", torn),
        ("a few bytes", b"SQLite".to_vec()),
    ];
    for (name, bytes) in cases {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("award.db");
        std::fs::write(&path, &bytes).unwrap();
        let why = why_not_opened(&path).await;
        assert!(why.starts_with("Damaged: "), "{name}: {why}");
        let making = Store::open_or_make(&Place::File(path.clone())).await.unwrap_err();
        assert!(told(&making).starts_with("Damaged: "), "{name}: {making:?}");
        assert!(std::fs::read(&path).unwrap() == bytes, "{name} was changed");
    }
}

/// Each page in turn holds random bytes; whichever it is, verifying does not call the edition whole.
#[tokio::test]
async fn damage_in_any_page_is_found() {
    let mut chance = Chance::new("pages");
    let intact = kept().await.bytes();
    for page in 1..intact.len() / PAGE {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("award.db");
        let mut bytes = intact.clone();
        bytes[page * PAGE..(page + 1) * PAGE].copy_from_slice(&chance.bytes(PAGE));
        std::fs::write(&path, &bytes).unwrap();
        let found = looked_through(&Place::File(path.clone())).await;
        assert!(found.is_some(), "page {page} of {} is damaged and nobody says so", intact.len() / PAGE);
        assert!(std::fs::read(&path).unwrap() == bytes, "page {page}: looking changed the file");
    }
}

/// What is wrong with an edition, by the words of an error or of the difference; none if it is whole.
async fn looked_through(place: &Place) -> Option<String> {
    let look = async {
        let store = Store::open(place).await?;
        let edition = store.edition("small-2020").await?;
        let verified = store.verify(&edition).await?;
        store.close().await;
        Ok(verified)
    };
    match look.await {
        Ok(Ok(_)) => None,
        Ok(Err(difference)) => Some(format!("{difference:?}")),
        Err(error @ (Error::Damaged(_) | Error::Misfit { .. } | Error::NoSuchEdition(_) | Error::Older { .. })) => {
            Some(told(&error))
        }
        Err(error) => panic!("a clear word for damage: {error:?}"),
    }
}

#[tokio::test]
async fn while_somebody_else_writes_the_database_is_busy_and_can_be_read() {
    let kept = kept().await;
    let mut other = sqlx::SqliteConnection::connect(&format!("sqlite:{}", kept.path.display())).await.unwrap();
    sqlx::query("begin exclusive").execute(&mut other).await.unwrap();
    let store = Store::open_within(&kept.place(), PATIENCE).await.unwrap();
    let edition = store.edition("small-2020").await.unwrap();
    let busy = send(&store, &edition, &step(1, 0, 20)).await.unwrap_err();
    assert!(told(&busy).starts_with("Busy: "), "{busy:?}");
    sqlx::query("rollback").execute(&mut other).await.unwrap();
    assert!(!recorded(send(&store, &edition, &step(1, 0, 20)).await.unwrap()));
    store.close().await;
    other.close().await.unwrap();
    kept.is_whole_with(1).await;
}

#[tokio::test]
async fn a_file_that_somebody_else_has_to_itself_is_busy() {
    let kept = kept().await;
    let before = kept.bytes();
    let mut other = sqlx::SqliteConnection::connect(&format!("sqlite:{}", kept.path.display())).await.unwrap();
    for sql in ["pragma locking_mode = exclusive", "begin exclusive"] {
        sqlx::query(sql).execute(&mut other).await.unwrap();
    }
    let why = why_not_opened(&kept.path).await;
    assert!(why.starts_with("Busy: "), "{why}");
    other.close().await.unwrap();
    assert!(kept.bytes() == before);
    kept.is_whole_with(0).await;
}

/// As root a file is writable whatever its mode says, unless that right is given up first.
const WITHOUT_ROOTS_RIGHTS: &str =
    "[ \"$(id -u)\" -ne 0 ] || exec setpriv --bounding-set=-dac_override \"$0\" \"$@\"; exec \"$0\" \"$@\"";

/// A child: opens, and where that works hands in an act; says what it was told.
pub async fn why_not(place: &Place) {
    let handed_in = async {
        let store = Store::open_within(place, PATIENCE).await?;
        let edition = store.edition("small-2020").await?;
        send(&store, &edition, &step(1, 0, 20)).await
    };
    say(&format!("told {}", told(&handed_in.await.unwrap_err())));
}

#[tokio::test]
async fn what_can_only_be_read_is_told_and_stays_whole() {
    use std::os::unix::fs::PermissionsExt;
    for (file, folder) in [(0o444, 0o755), (0o644, 0o555), (0o444, 0o555)] {
        let kept = kept().await;
        let before = kept.bytes();
        let allow = |file, folder| {
            std::fs::set_permissions(&kept.path, PermissionsExt::from_mode(file)).unwrap();
            std::fs::set_permissions(kept.folder.path(), PermissionsExt::from_mode(folder)).unwrap();
        };
        allow(file, folder);
        let mut child = start(WITHOUT_ROOTS_RIGHTS, "why not", &kept.place(), 0);
        let why = child.next("told ").unwrap();
        child.end("");
        assert!(why.starts_with("ReadOnly: "), "file {file:o} in folder {folder:o}: {why}");
        allow(0o644, 0o755);
        assert!(kept.bytes() == before);
        kept.is_whole_with(0).await;
    }
}

/// A child: writes until it is told why it cannot go on, then until that is so again.
pub async fn until_told(store: &Store) {
    let edition = store.edition("small-2020").await.unwrap();
    let mut number = 20;
    for _ in 0..2 {
        let error = loop {
            match send(store, &edition, &step(1, 0, number)).await {
                Ok(outcome) => recorded(outcome),
                Err(error) => break error,
            };
            say(&format!("recorded {number}"));
            number += 1;
        };
        say(&format!("told {}", told(&error)));
    }
}

/// A full disk as the system shows it to a program that may write files of at most 600 KiB: the write fails in the middle. A small file
/// system would need rights that not every developer has; `make soak` makes one, and says so here.
#[tokio::test]
async fn a_full_disk_is_told_and_nothing_acknowledged_is_missing() {
    let kept = kept().await;
    std::fs::write(kept.folder.path().join("ballast"), vec![1; 1024 * 1024]).unwrap();
    let small_disk = std::env::var("PARITRANA_FAULT_SMALL_DISK").is_ok();
    let script = if small_disk { PLAIN } else { "trap '' XFSZ; ulimit -f 600; exec \"$0\" \"$@\"" };
    let said = start(script, "until told", &kept.place(), 0).end("");
    let acknowledged = said.iter().filter(|line| line.starts_with("recorded ")).count();
    let whys: Vec<_> = said.iter().filter_map(|line| line.strip_prefix("told ")).collect();
    let variant = if small_disk { "Full: " } else { "Disk: " };
    assert!(whys.len() == 2 && whys.iter().all(|why| why.starts_with(variant)), "{whys:?}");
    assert!(acknowledged > 0, "there was room for something");
    std::fs::remove_file(kept.folder.path().join("ballast")).unwrap();
    kept.is_whole_with(acknowledged).await;
    let (store, edition) = kept.open().await;
    assert!(!recorded(send(&store, &edition, &step(1, 0, 20 + acknowledged)).await.unwrap()), "there is room again");
    store.close().await;
}

/// Two programs that find no database make one, and both use it.
#[tokio::test]
async fn two_programs_that_make_the_same_database_at_the_same_moment_make_one() {
    let _server = crate::cluster::shared().await;
    for round in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        for place in [Place::File(folder.path().join(format!("{round}.db"))), Place::Server(support::database().await)] {
            let children = [1, 2, 3].map(|number| start(PLAIN, "make", &place, number));
            let said: Vec<String> = children.into_iter().flat_map(|child| child.end("made")).collect();
            assert_eq!(said.len(), 3, "{place:?}");
            let store = Store::open(&place).await.unwrap();
            assert_eq!(store.schema_version().await.unwrap(), store::SCHEMA_VERSION);
            store.close().await;
        }
    }
}

/// SQLite tells one of two that make a new file at the same moment that it is locked, without letting it wait: a thing of chance, so it is
/// tried until it would have happened many times.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_finds_a_file_just_being_made_waits_for_its_turn() {
    for round in 0..40 {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join(format!("{round}.db")));
        let makers = [(); 4].map(|()| place.clone()).map(|place| tokio::spawn(async move { Store::open_or_make(&place).await }));
        for maker in makers {
            maker.await.unwrap().unwrap().close().await;
        }
    }
}

/// A child: makes the database if there is none.
pub async fn make(place: &Place) {
    let store = Store::open_or_make(place).await.unwrap();
    set_up(&store).await;
    store.close().await;
    say("made");
}
