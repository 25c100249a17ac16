//! A candidate's dossier as several people work on it: files over a bad line, what hides in them, a scanner that finds something or says
//! nothing, and two who save at once.
#![allow(clippy::unwrap_used)]

use std::net::SocketAddr;
use std::time::Duration;

use crate::preparation::{PEOPLE, RULEBOOK, at, candidate, consent, contest, nomination, opening, round, secretariat};
use award::candidate::{DocumentState, Typed};
use award::cycle::tables::Claim;
use award::people::PeopleChange;
use award::{Act, Actor, ContestKey, Deed, Grant, PersonId, Role, Scope, State, decide, permit};
use jiff::Timestamp;
use office::{
    Account, Asked, Came, Done, Finished, Looking, Office, Scanner, Secret, Socket, Standing, Unscanned, UploadRules, Wish,
};
use store::files::{Files, UploadId};
use store::{Edition, Place, Request, Store};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const DAY: &str = "2020-12-01T01:00:00Z";

struct House {
    office: Office,
    edition: Edition,
    folder: tempfile::TempDir,
}

fn bali() -> ContestKey {
    contest("51", "city")
}

fn acts(edition: &Edition) -> Vec<(Actor, &'static str, Deed)> {
    let enter = |person: &&str| {
        let change = PeopleChange::Enter { person: (*person).into(), name: format!("I {person}") };
        (Actor::Centre, DAY, Deed::ChangePeople(change))
    };
    let enters = |id: &str, region: &str| {
        [
            (Actor::Branch(round("51")), "2020-11-02T01:00:00Z", Deed::Nominate(bali(), nomination(id, region))),
            (candidate(id), "2020-11-03T01:00:00Z", Deed::Answer(bali(), consent(id))),
        ]
    };
    let mut begins = opening();
    begins.rulebook.hash = edition.rulebook.to_string();
    let opened = (secretariat("51"), "2020-11-01T01:00:00Z", Deed::OpenRound(round("51"), begins));
    let entered = enters("denpasar", "51.71").into_iter().chain(enters("badung", "51.03"));
    PEOPLE.iter().map(enter).chain([opened]).chain(entered).collect()
}

async fn store_in(folder: &tempfile::TempDir) -> Store {
    let store = Store::open_or_make(&Place::File(folder.path().join("award.db"))).await.unwrap();
    let files = Files::open(&store::files::Place::Folder(folder.path().join("files"))).await.unwrap();
    store.with_files(files)
}

/// Denpasar and Badung stand in Bali; staf and ani work for Denpasar.
async fn house() -> House {
    let folder = tempfile::tempdir().unwrap();
    let store = store_in(&folder).await;
    let edition = store.open_edition("kecil-2020", RULEBOOK, "2020-11-01T00:00:00.000000Z").await.unwrap();
    for (number, (actor, when, deed)) in acts(&edition).into_iter().enumerate() {
        let act = Act { actor, at: Some(at(when)), deed };
        let id = format!("0192f3a0-0000-7000-8000-{number:012x}");
        let request = Request { id, person: "files".into(), at: at(when), act: act.clone(), seen: Vec::new() };
        let decides = |state: &State| permit(&act.actor, &act.deed).and_then(|permit| decide(state, &act, permit));
        let outcome = store.act(&edition, &request, decides).await.unwrap();
        assert!(matches!(outcome, store::Outcome::Recorded(_)), "{outcome:?}");
    }
    let house = House { office: Office::new(store), edition, folder };
    for (number, person) in ["staf", "ani"].into_iter().enumerate() {
        comes(&house.office, person, u8::try_from(number).unwrap()).await;
    }
    house
}

async fn comes(office: &Office, id: &str, random: u8) {
    let (console, person) = (PersonId::from("console"), PersonId::from(id));
    let account = Account {
        person: person.clone(),
        name: format!("Contoh {id}"),
        email: None,
        standing: Standing::Invited,
        grants: Vec::new(),
    };
    office.add_user(&console, at(DAY), account).await.unwrap();
    office.give_role(&console, at(DAY), &person, own("denpasar")).await.unwrap();
    let code = office.invite_user(&console, at(DAY), &person, [random; 16]).await.unwrap().code;
    office.take_invitation(&code, at(DAY)).await.unwrap().unwrap();
}

fn own(organisation: &str) -> Grant {
    Grant::new(Role::Candidate, Scope { organisation: Some(organisation.into()), ..Scope::default() })
}

fn asked(by: &str, number: u32) -> Asked {
    Asked::new(by, format!("0192f3a0-0000-7000-9000-{number:012x}"), at(DAY))
}

fn wish(name: &str, size: u64) -> Wish {
    Wish { contest: bali(), candidate: "denpasar".into(), document: "law".into(), kind: None, name: name.into(), size }
}

/// A PDF of so many bytes.
fn pdf(size: usize) -> Vec<u8> {
    let (head, end) = (b"%PDF-1.7\n", b"\n%%EOF\n");
    [head.as_slice(), &vec![b'x'; size - head.len() - end.len()], end].concat()
}

impl House {
    async fn begins(&self, wish: &Wish) -> Result<UploadId, String> {
        let begun = self.office.begin_upload(&self.edition, &asked("staf", 1), &UploadRules::default(), wish).await.unwrap();
        begun.map_err(|refusal| refusal.rule.key().to_owned())
    }

    async fn sends(&self, name: &str, content: &[u8]) -> UploadId {
        let id = self.begins(&wish(name, content.len() as u64)).await.unwrap();
        self.office.append_upload(&asked("staf", 1), &id, 0, content).await.unwrap().unwrap();
        id
    }

    async fn finishes(&self, rules: &UploadRules, id: &UploadId, number: u32) -> String {
        match self.office.finish_upload(&self.edition, &asked("staf", number), rules, id).await.unwrap() {
            Finished::Handed(Done::Recorded(recorded)) => if recorded.again { "again" } else { "handed in" }.to_owned(),
            Finished::Handed(Done::Refused(refusal)) | Finished::Refused(refusal) => refusal.rule.key().to_owned(),
            Finished::Handed(Done::Stale(stale)) => format!("{stale:?}"),
            Finished::Waits => "waits".to_owned(),
        }
    }

    /// The state of the first document, and of each file on its way to it, for one of those who work on it.
    async fn law(&self) -> (DocumentState, Vec<(u8, bool)>) {
        let desk = self.office.desk(&self.edition, &looking("ani"), &bali(), &"denpasar".into()).await.unwrap().unwrap().unwrap();
        let law = desk.checklist.unwrap().documents.remove(0);
        (law.state, law.uploads.iter().map(|upload| (upload.percent(), upload.unchecked)).collect())
    }
}

fn looking(by: &str) -> Looking {
    Looking { by: Some(by.into()), ..Looking::public(at(DAY), "dossier") }
}

#[tokio::test]
async fn an_upload_goes_on_after_a_restart_and_is_handed_in_once() {
    let mut house = house().await;
    let content = pdf(1_000);
    let id = house.begins(&wish("perda.pdf", 1_000)).await.unwrap();
    assert_eq!(house.office.append_upload(&asked("staf", 1), &id, 0, &content[..649]).await.unwrap(), Ok(649));
    house.office = Office::new(store_in(&house.folder).await);
    assert_eq!(house.law().await, (DocumentState::Uploading { percent: 64 }, vec![(64, false)]));
    assert_eq!(house.finishes(&UploadRules::default(), &id, 2).await, "files-incomplete");
    let wrong = house.office.append_upload(&asked("staf", 1), &id, 0, &content[..]).await.unwrap();
    assert_eq!(wrong.unwrap_err().rule.key(), "files-wrong-offset");
    let other = house.office.append_upload(&asked("ani", 1), &id, 649, &content[649..]).await.unwrap();
    assert_eq!(other.unwrap_err().rule.key(), "upload-unknown", "it is not hers");
    assert_eq!(house.office.append_upload(&asked("staf", 1), &id, 649, &content[649..]).await.unwrap(), Ok(1_000));
    assert_eq!(house.finishes(&UploadRules::default(), &id, 3).await, "handed in");
    assert_eq!(house.finishes(&UploadRules::default(), &id, 3).await, "again", "the answer was lost");
    assert_eq!(house.law().await, (DocumentState::HandedIn, vec![]));
    assert!(house.office.store().verify(&house.edition).await.unwrap().is_ok());
}

#[tokio::test]
async fn what_cannot_be_handed_in_is_refused_before_a_byte_is_sent() {
    let house = house().await;
    let mib = 1024 * 1024;
    let cases = [
        (wish("perda.pdf", 0), "refusal-file-empty"),
        (wish("perda.pdf", 2 * mib + 1), "refusal-file-too-large"),
        (wish("perda.exe", 10), "refusal-file-format"),
        (Wish { document: "laws".into(), ..wish("perda.pdf", 10) }, "refusal-document-unknown"),
        (Wish { candidate: "badung".into(), ..wish("perda.pdf", 10) }, "refusal-other-organisation"),
        (Wish { document: "budget".into(), ..wish("rka.pdf", 25 * mib + 1) }, "refusal-file-too-large"),
    ];
    for (wish, why) in cases {
        assert_eq!(house.begins(&wish).await.unwrap_err(), why, "{wish:?}");
    }
    let begin = async |rules: &UploadRules, when: Timestamp| {
        let asked = Asked { at: when, ..asked("staf", 1) };
        let begun = house.office.begin_upload(&house.edition, &asked, rules, &wish("perda.pdf", 1_000)).await.unwrap();
        begun.map_or_else(|refusal| refusal.rule.key().to_owned(), |_| "taken".to_owned())
    };
    let usual = UploadRules::default();
    assert_eq!(begin(&usual, at("2020-12-18T01:00:00Z")).await, "refusal-dossier-late");
    assert_eq!(begin(&UploadRules { bytes_of_file: 999, ..usual.clone() }, at(DAY)).await, "files-too-large");
    let quota = UploadRules { bytes_of_candidate: 1_999, ..usual.clone() };
    let few = UploadRules { of_person: 1, ..usual };
    assert_eq!([begin(&quota, at(DAY)).await, begin(&quota, at(DAY)).await], ["taken", "upload-too-much"]);
    assert_eq!(begin(&few, at(DAY)).await, "upload-too-many");
}

#[tokio::test]
async fn what_a_file_is_shows_its_content_and_not_its_name() {
    let house = house().await;
    let usual = UploadRules::default();
    let page = [b"<html><script>alert(1)</script>".as_slice(), &[b' '; 1_000]].concat();
    let id = house.begins(&wish("perda.pdf", page.len() as u64)).await.unwrap();
    let told = house.office.append_upload(&asked("staf", 1), &id, 0, &page[..]).await.unwrap();
    assert_eq!(told.unwrap_err().rule.key(), "files-kind");
    assert_eq!(house.finishes(&usual, &id, 2).await, "upload-unknown", "it has ended");

    let picture = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[1; 600], b"\0\0\0\0IEND\xaeB`\x82"].concat();
    let id = house.sends("perda.pdf", &picture).await;
    assert_eq!(house.finishes(&usual, &id, 3).await, "refusal-file-format");
    let archive = [b"PK\x05\x06".as_slice(), &[0; 18]].concat();
    let id = house.sends("perda.pdf", &[pdf(1_000), archive].concat()).await;
    assert_eq!(house.finishes(&usual, &id, 4).await, "upload-archive-behind");
    assert_eq!(house.law().await, (DocumentState::Missing, vec![]));

    let id = house.sends("../../\u{202e}fdp \"baru\".pdf", &pdf(1_000)).await;
    assert_eq!(house.finishes(&usual, &id, 5).await, "handed in");
    let desk = house.office.desk(&house.edition, &looking("ani"), &bali(), &"denpasar".into()).await.unwrap().unwrap().unwrap();
    let law = desk.checklist.unwrap().documents.remove(0);
    assert_eq!(law.versions[0].version.file.name, "fdp 'baru'.pdf");
}

/// A scanner that answers everything the same; nothing, if there is no answer.
async fn clamd(answer: &'static [u8]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let mut command = [0; 10];
            socket.read_exact(&mut command).await.unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut total = 0;
            loop {
                let size = socket.read_u32().await.unwrap() as usize;
                if size == 0 {
                    break;
                }
                let mut piece = vec![0; size];
                socket.read_exact(&mut piece).await.unwrap();
                total += size;
            }
            assert_eq!(total, 1_000);
            socket.write_all(answer).await.unwrap();
        }
    });
    address
}

fn scanned_by(address: SocketAddr, unscanned: Unscanned) -> UploadRules {
    let scanner = Scanner { socket: Socket::Address(address), patience: Duration::from_secs(20) };
    UploadRules { scanner: Some(scanner), unscanned, ..UploadRules::default() }
}

#[tokio::test]
async fn what_the_scanner_finds_is_refused_and_what_it_says_nothing_of_is_never_handed_in() {
    let house = house().await;
    let [clean, found, silent] =
        [clamd(b"stream: OK\0").await, clamd(b"stream: Eicar-Test-Signature FOUND\0").await, clamd(b"").await];
    let id = house.sends("perda.pdf", &pdf(1_000)).await;
    assert_eq!(house.finishes(&scanned_by(found, Unscanned::Waits), &id, 2).await, "upload-infected");
    let id = house.sends("perda.pdf", &pdf(1_000)).await;
    assert_eq!(house.finishes(&scanned_by(silent, Unscanned::Refused), &id, 3).await, "upload-unscanned");
    assert_eq!(house.law().await, (DocumentState::Missing, vec![]));

    let id = house.sends("perda.pdf", &pdf(1_000)).await;
    assert_eq!(house.finishes(&scanned_by(silent, Unscanned::Waits), &id, 4).await, "waits");
    assert_eq!(house.law().await, (DocumentState::Uploading { percent: 100 }, vec![(100, true)]));
    assert_eq!(house.finishes(&scanned_by(clean, Unscanned::Waits), &id, 5).await, "handed in");
    assert_eq!(house.law().await, (DocumentState::HandedIn, vec![]));
}

fn members(value: &str) -> Claim {
    Claim {
        candidate: "denpasar".into(),
        claim: "members".into(),
        claimed: Some(value.parse().unwrap()),
        verified: None,
        as_of: None,
        source: Some("BPJS".into()),
        evidence: None,
        verifier: None,
        reason: None,
        level: "province".into(),
    }
}

#[tokio::test]
async fn of_two_who_save_the_same_figure_the_slower_one_is_shown_what_the_other_wrote() {
    let House { office, edition, folder: _folder } = house().await;
    let seen = office.claim_seen(&edition, &bali(), &"denpasar".into(), "members").await.unwrap();
    assert_eq!(seen.version, None);
    let by = |person: &str, number: u32| Asked { seen: vec![seen.clone()], ..asked(person, number) };
    let first = office.state_claim(&edition, &by("staf", 1), bali(), members("40")).await.unwrap();
    assert!(matches!(first, Done::Recorded(_)));
    let Done::Stale(stale) = office.state_claim(&edition, &by("ani", 2), bali(), members("50")).await.unwrap() else {
        panic!("staf was faster")
    };
    assert_eq!(stale[0].theirs.as_ref().unwrap()["claimed"], "40");
    let now = office.claim_seen(&edition, &bali(), &"denpasar".into(), "members").await.unwrap();
    let again = Asked { seen: vec![now], ..asked("ani", 3) };
    assert!(matches!(office.state_claim(&edition, &again, bali(), members("50")).await.unwrap(), Done::Recorded(_)));

    let typed = Typed { claim: "members".into(), value: "101".parse().ok(), as_of: None };
    let warned = office.warnings(&edition, &looking("ani"), &bali(), &"denpasar".into(), &typed).await.unwrap().unwrap();
    assert_eq!(warned.iter().map(|warning| warning.text.0.key()).collect::<Vec<_>>(), ["warning-jump"]);
    let changes = office.changes(&edition, &looking("ani"), &bali(), &"denpasar".into(), 2).await.unwrap().unwrap();
    let told: Vec<_> = changes.lines.iter().map(|change| (change.by.as_str(), change.text.render(words::Lang::En))).collect();
    assert_eq!(told, [("ani", "Stated “Members”: 50".to_owned()), ("staf", "Stated “Members”: 40".to_owned())]);
    let names: Vec<&str> = changes.people.values().map(|seen| seen.name.as_str()).collect();
    assert_eq!(names.len(), 2, "both are named: {names:?}");
    assert!(names.iter().all(|name| *name != "ani" && *name != "staf"), "by name, not by id: {names:?}");
}

#[tokio::test]
async fn nobody_else_reads_the_dossier_or_who_changed_it() {
    let House { office, edition, folder: _folder } = house().await;
    let (public, badung) = (Looking::public(at(DAY), "dossier"), "badung".into());
    let desk = office.desk(&edition, &public, &bali(), &"denpasar".into()).await.unwrap();
    assert!(matches!(desk, Some(Err(_))), "{desk:?}");
    let other = office.desk(&edition, &looking("staf"), &bali(), &badung).await.unwrap();
    assert!(matches!(other, Some(Err(_))), "{other:?}");
    assert!(office.changes(&edition, &looking("staf"), &bali(), &badung, 9).await.unwrap().is_err());
}

#[tokio::test]
async fn the_roles_that_the_cookie_showed_decide_for_that_person_and_that_moment() {
    let House { office, edition, folder: _folder } = house().await;
    let (console, staf, limits) = (PersonId::from("console"), PersonId::from("staf"), office::Limits::default());
    let link = office.make_link(&console, at(DAY), &staf, Secret::new([9; 32])).await.unwrap().secret;
    let entered = office.take_link(&link, &Came::default(), at(DAY), Secret::new([8; 32])).await.unwrap().unwrap();
    let present = async || office.who_is(&entered.cookie, at(DAY), &limits).await.unwrap();
    let reads = async |looking: &Looking| {
        office.desk(&edition, looking, &bali(), &"denpasar".into()).await.unwrap().is_some_and(|desk| desk.is_ok())
    };
    let with_role = present().await.unwrap().looking(at(DAY), "dossier", "own dossier");
    assert_eq!((with_role.by.as_ref(), with_role.page.as_str()), (Some(&staf), "dossier"));
    assert!(reads(&with_role).await);
    // Roles of one person are of no use to another.
    let stolen = Looking { by: Some("nobody".into()), ..with_role };
    assert!(matches!(
        office.desk(&edition, &stolen, &bali(), &"denpasar".into()).await,
        Err(office::Error::NoAccount { person, standing: None }) if person == "nobody"
    ));
    // Whoever lost the role is not in any more with the next request.
    office.take_role(&console, at(DAY), &staf, &own("denpasar")).await.unwrap();
    assert_eq!(present().await, None);
}
