//! A vintage on its way from a file into a year that is under way, as it is typed.

use crate::shipped;
use std::fs;

use crate::desk::Desk;
use award::people::PeopleChange;
use award::round::{Opening, RulebookPin};
use award::{Act, Actor, Deed, RoundKey, State, decide, permit, plan};
use rules::rulebook::Stage;
use store::{Outcome, Place, Request, Store};

const VINTAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/vintages/bali-2020.csv");

/// Sari of the secretariat opens the round of Bali.
fn opening(rulebook: RulebookPin) -> [Act; 2] {
    let bali = RoundKey { level: "province".into(), region: Some("51".into()) };
    let enter = Deed::ChangePeople(PeopleChange::Enter { person: "sari".into(), name: "Sari Contoh".into() });
    let open = Deed::OpenRound(bali.clone(), Opening { rulebook, label: None, by: "sari".into() });
    [
        Act { actor: Actor::Centre, at: None, deed: enter },
        Act { actor: Actor::Secretariat(bali), at: "2021-01-14T00:00:00Z".parse().ok(), deed: open },
    ]
}

impl Desk {
    /// The year of Badung, as far as its dossiers.
    fn under_way() -> Desk {
        let desk = Desk { folder: tempfile::TempDir::new().expect("there is room for a folder") };
        let cycle = shipped::years().into_iter().find(|cycle| cycle.header.id == "badung-2020").expect("it is shipped");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("it can wait");
        runtime.block_on(async {
            let place = Place::File(desk.path("award.db").into());
            let store = Store::open_or_make(&place).await.expect("it is made").with_files_elsewhere();
            let opened = "2020-11-01T00:00:00.000000Z";
            let edition = store.open_edition("badung-2020", &shipped::rulebook(&cycle), opened).await.expect("it is open");
            let at = "2021-01-15T00:00:00Z".parse().expect("an instant");
            let mut acts: Vec<Act> = plan(&cycle, Some(Stage::Dossier)).into_iter().map(|planned| planned.act).collect();
            acts.extend(opening(RulebookPin::of(&cycle.rules, shipped::rulebook(&cycle).as_bytes())));
            for (number, act) in acts.into_iter().enumerate() {
                let id = format!("0192f3a0-0000-7000-8000-{number:012x}");
                let request = Request { id, person: "files".into(), at, act: act.clone(), seen: Vec::new() };
                let decides = |state: &State| permit(&act.actor, &act.deed).and_then(|permit| decide(state, &act, permit));
                let outcome = store.act(&edition, &request, decides).await.expect("it is decided");
                assert!(matches!(outcome, Outcome::Recorded(_)), "{outcome:?}");
            }
            store.close().await;
        });
        desk
    }
}

#[test]
fn a_vintage_is_tried_written_once_kept_as_evidence_and_verifies() {
    let desk = Desk::under_way();
    fs::create_dir(desk.path("files")).expect("there is room for a folder");
    let shelf = desk.path("files");
    let import = |more: &[&str]| {
        let import = ["--log", "json", "import", "vintage", VINTAGE, "--edition", "badung-2020", "--round", "province/51"];
        desk.does(&[&import[..], more].concat())
    };
    let tried = import(&[]);
    assert!(tried.status == 0 && tried.out.contains("New: 1, known already: 0"), "{}{}", tried.out, tried.err);
    let done = import(&["--write", "--files", &shelf]);
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    let row =
        done.out.lines().find(|line| line.contains("import_vintage")).map(|line| line.split_whitespace().collect::<Vec<_>>());
    assert_eq!(row, Some(vec!["import_vintage", "1", "0"]), "{}", done.out);
    let told = done.err.lines().find(|line| line.contains("\"outcome\":\"imported\"")).unwrap_or_default();
    assert!(told.contains("\"verb\":\"import_vintage\"") && told.contains("\"new\":1"), "{}", done.err);

    let hash = journal::Hash::of(&[&fs::read(VINTAGE).expect("it is shipped")]).to_string();
    assert!(done.out.contains(&format!("kept at {shelf} under its SHA-256: {hash}")), "{}", done.out);
    let mut found = Vec::new();
    let mut folders = vec![std::path::PathBuf::from(&shelf)];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("it can be listed").flatten().map(|entry| entry.path()) {
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    let whole = fs::read(VINTAGE).expect("it is shipped");
    assert!(found.iter().any(|path| fs::read(path).is_ok_and(|bytes| bytes == whole)), "{found:?}");

    let new = desk.path("new");
    let made = import(&["--write", "--files", &new]);
    assert!(made.err.contains(&format!("The folder of files {new} was not there and was made")), "{}", made.err);
    assert!(!import(&["--write", "--files", &new]).err.contains("was made"), "it is there");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&new).expect("it was made").permissions());
        assert_eq!(mode & 0o777, 0o700, "documents of candidates lie in it");
    }

    let again = import(&["--write"]);
    assert!(
        again.out.contains("New: 0, known already: 1") && again.out.contains("is not kept here"),
        "{}{}",
        again.out,
        again.err
    );
    let shown = desk.does(&["journal", "show", "--what", "import_vintage"]);
    assert_eq!(shown.out.lines().count(), 2, "a heading and one act: {}{}", shown.out, shown.err);
    let verified = desk.does(&["verify"]);
    assert_eq!(verified.status, 0, "{}", verified.err);
}

#[test]
fn of_the_files_that_acts_name_it_is_told_how_many_are_there_and_a_missing_one_is_a_difference() {
    let import = ["import", "vintage", VINTAGE, "--edition", "badung-2020", "--round", "province/51", "--write"];
    let desk = Desk::under_way();
    let (shelf, bytes) = (desk.path("files"), fs::metadata(VINTAGE).expect("it is shipped").len());
    let verify = |desk: &Desk| desk.does(&["verify", "--files", &shelf]);
    fs::create_dir(&shelf).expect("there is room for a folder");
    let did = verify(&desk);
    assert!(did.status == 0 && did.out.contains("no act names a file, so none was read"), "{}{}", did.out, did.err);
    assert_eq!(desk.does(&[&import[..], &["--files", &shelf]].concat()).status, 0);
    let did = verify(&desk);
    assert_eq!((did.status, did.err.as_str()), (0, ""), "{}", did.out);
    assert!(did.out.contains(&format!("files of acts read: 1 of 1, all whole. Bytes: {bytes}")), "{}", did.out);
    fs::remove_dir_all(&shelf).expect("it is ours");
    fs::create_dir(&shelf).expect("there is room for a folder");
    let did = verify(&desk);
    assert!(did.status == 1 && did.err.contains("it is missing"), "{}{}", did.out, did.err);
    assert!(did.err.contains("files of acts that are whole: 0 of 1. Missing: 1, not what is on record: 0"), "{}", did.err);
    assert!(did.err.contains("Bring them back") && !did.out.contains("all whole"), "{}{}", did.out, did.err);

    let elsewhere = Desk::under_way();
    assert_eq!(elsewhere.does(&import).status, 0);
    let did = verify(&elsewhere);
    assert!(did.status == 0 && !did.out.contains("all whole"), "{}{}", did.out, did.err);
    assert!(did.err.contains("files of acts that are not kept here: 1 of 1; nobody read them"), "{}", did.err);
}

#[test]
fn a_vintage_for_a_round_that_is_not_open_is_refused_and_nothing_is_written() {
    let desk = Desk::under_way();
    let import = ["import", "vintage", VINTAGE, "--edition", "badung-2020", "--round", "province/18", "--write"];
    let did = desk.does(&import);
    assert!(did.status == 1 && did.err.contains("Nothing was written"), "{}{}", did.out, did.err);
    assert!(desk.does(&["journal", "show", "--what", "import_vintage"]).out.is_empty());
}
