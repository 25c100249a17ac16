//! A demonstration is filled in: every stage is there, everybody who can be tried has something to do, and it is the same again.

use std::collections::BTreeSet;

use award::interest::Stance;
use award::schedule::{Delegate, Sending};
use award::sheet::{SheetAt, SheetStage, SheetVersion};
use award::sight::Part;
use award::stage::dossier::{FileRef, HandedItem};
use award::view::Step;
use award::{CandidateId, ContestKey, Deed, Grant, JurorId, PersonId, Role, RoundKey, Scope, State};
use jiff::Timestamp;
use office::demo::{Demo, Size, fill};
use office::{Account, Asked, Coming, Done, Looking, Office, Standing, Taken, UploadRules};
use store::Names;
use tally::Mark;

use crate::support::{World, sqlite};

const SEED: u64 = 7;

fn now() -> Timestamp {
    "2026-11-22T03:10:00Z".parse().expect("it is an instant")
}

async fn filled(at: Timestamp) -> (World, Office, Demo) {
    let world = sqlite().await;
    let office = Office::new(world.store.clone());
    let demo = fill(&office, SEED, at, Size::Small, &mut |_| {}).await.unwrap_or_else(|stopped| panic!("{stopped}"));
    (world, office, demo)
}

fn contest(region: &str) -> ContestKey {
    let round = RoundKey { level: "province".into(), region: Some(region.into()) };
    ContestKey { round, category: "kabkota".into() }
}

async fn state(office: &Office, demo: &Demo, region: &str) -> State {
    let key = contest(region);
    let parts = [Part::Edition, Part::Round(key.round.clone()), Part::Contest(key.clone()), Part::Entries(key)];
    office.store().state(&demo.edition, parts, &Names::Hidden).await.expect("it can be read")
}

#[tokio::test]
async fn a_demonstration_stands_as_its_journal_says_and_is_filled_once() {
    let (_world, office, demo) = filled(now()).await;
    let verified = office.store().verify(&demo.edition).await.expect("it can be read");
    assert!(verified.is_ok(), "{verified:?}");
    assert!(demo.acts > 0);
    let again = fill(&office, SEED + 1, now(), Size::Small, &mut |_| panic!("nothing is played")).await.expect("it stands");
    assert_eq!((again.acts, &again.people, &again.edition.id), (0, &demo.people, &demo.edition.id));
    let roles: Vec<Role> = demo.people.iter().map(|person| person.role).collect();
    let every: BTreeSet<Role> = Role::ALL.into_iter().filter(|role| *role != Role::Public).collect();
    assert_eq!((roles.len(), roles.into_iter().collect::<BTreeSet<_>>()), (every.len(), every), "one person for each role");
    assert!(demo.people.iter().all(|person| person.name.ends_with("Contoh")));
    assert!(office::demo::is_fictitious(&demo.edition.id) && demo.edition.rules.edition.name.id.contains("fiktif"));
}

#[tokio::test]
async fn every_document_of_a_demonstration_can_be_opened_where_there_is_a_place_for_files() {
    let (world, folder) = (sqlite().await, tempfile::tempdir().expect("there is room"));
    let files = store::files::Files::open(&store::files::Place::Folder(folder.path().to_owned())).await.expect("it opens");
    let office = Office::new(world.store.clone().with_files(files.clone()));
    let demo = fill(&office, SEED, now(), Size::Small, &mut |_| {}).await.unwrap_or_else(|stopped| panic!("{stopped}"));
    let dossiers = state(&office, &demo, "32").await;
    let entry = dossiers.contests[&contest("32")].entry("c32-kabkota-1").expect("it stands");
    let handed_in: Vec<_> = entry.desk.items.values().flatten().map(|version| version.file.clone()).collect();
    assert!(handed_in.len() > 8, "{}", handed_in.len());
    for file in handed_in {
        let kept = files.stored(&file.hash.parse().expect("an address")).await.expect("it can be read").expect("it is kept");
        assert_eq!((kept.size, kept.kind), (file.bytes, store::files::Kind::Pdf), "{}", file.name);
    }
    comes_to_its_interview(&office, &demo).await;
    let verified = office.store().verify_files(&demo.edition, &files).await.expect("they can be read");
    assert_eq!(verified.map(|verified| (verified.files > 20, verified.elsewhere)), Ok((true, 0)));
}

#[tokio::test]
async fn every_page_tells_the_same_of_a_contest_and_of_what_is_late() {
    let (_world, office, demo) = filled(now()).await;
    let looking = Looking::public(now(), "test");
    let nation = office.nation(&demo.edition, &looking).await.expect("it can be read");
    let (_, calendars) = office.calendars(&demo.edition, &looking).await.expect("they can be read");
    let (mut late, mut provisional, mut expected) = (0, 0, 0);
    for line in &nation.rounds {
        let key = RoundKey { level: line.level.clone(), region: line.region.clone() };
        let calendar = calendars.iter().find(|calendar| calendar.round == key);
        let slips = calendar.into_iter().flat_map(|calendar| &calendar.days).filter_map(|day| day.slip);
        assert_eq!(line.late, slips.map(award::round::Slip::late).max(), "{}", key.path());
        late += usize::from(line.late.is_some_and(|days| days > 0));
        let Some(round) = office.round(&demo.edition, &looking, &key).await.expect("it can be read") else { continue };
        assert_eq!(round.step, line.step, "{}", key.path());
        for told in &round.contests {
            let key = ContestKey { round: key.clone(), category: told.category.clone() };
            let contest = office.contest(&demo.edition, &looking, &key).await.expect("it can be read").expect("it is there");
            assert_eq!(told.step, contest.step, "{}", key.path());
            let outcomes = office.outcomes(&demo.edition, &looking, std::slice::from_ref(&key)).await.expect("they can be read");
            assert!(outcomes.iter().all(|outcome| outcome.step == contest.step), "{}", key.path());
            provisional += usize::from(contest.step == Step::Published);
            expected += usize::from(contest.expected.is_some_and(|expected| expected.is_assumed));
        }
    }
    assert!(late > 0 && provisional > 0 && expected > 0, "{late} {provisional} {expected}");
    let annals = office.annals(&demo.edition, &looking).await.expect("they can be read");
    let told: BTreeSet<&str> = annals.reached.iter().map(|reached| reached.contest.as_str()).collect();
    assert!(told.contains("province/73/kabkota") && !told.contains("province/35/kabkota"), "{told:?}");
    assert!(!nation.is_over && !office.edition_view(&demo.edition, &looking).await.expect("it can be read").is_over);
}

/// A candidate of tomorrow says whom it sends and hands in what it will show; what is no such file is refused, and so is the same again.
async fn comes_to_its_interview(office: &Office, demo: &Demo) {
    let round = state(office, demo, "33").await.rounds[&contest("33").round].schedule.clone();
    // The first of a session has said whom it sends, the second has not.
    let mut tomorrow = round.booked.iter().filter(|one| one.slot.session == "sesi-2");
    let (first, second) = (tomorrow.next().expect("there is one"), tomorrow.next().expect("and another"));
    let (key, waits) = (second.contest.clone(), second.slot.candidate.clone());
    let parts = [
        Part::Edition,
        Part::Round(key.round.clone()),
        Part::Contest(key.clone()),
        Part::Entries(first.contest.clone()),
        Part::Entries(key.clone()),
    ];
    let heard = office.store().state(&demo.edition, parts, &Names::Hidden).await.expect("it can be read");
    let told = |one: &award::schedule::Booked| {
        let entry = heard.contests[&one.contest].entry(one.slot.candidate.as_str()).expect("it stands");
        (entry.hearing.sent.len(), entry.hearing.materials.len())
    };
    assert_eq!((told(first), told(second)), ((1, 1), (0, 0)));
    let (by, person) = (PersonId::from("peragaan"), PersonId::from("contoh-tamu"));
    let grants = vec![Grant::new(Role::Candidate, Scope { organisation: Some(waits.clone()), ..Scope::default() })];
    let account =
        Account { person: person.clone(), name: "Tamu Contoh".into(), email: None, standing: Standing::Invited, grants };
    office.add_user(&by, now(), account).await.expect("it is new");
    let code = office.invite_user(&by, now(), &person, [9; 16]).await.expect("it is there").code;
    office.take_invitation(&code, now()).await.expect("it can be read").expect("it is there");
    let asks = || Asked::new(person.clone(), uuid::Uuid::now_v7().to_string(), now());
    let rules = UploadRules::default();
    let coming = |content: &'static [u8]| Coming { name: "surat.pdf".into(), size: content.len() as u64, content };
    let pdf: &[u8] = b"%PDF-1.4\nsurat tugas\n%%EOF\n";
    let ranks = award::candidate::hearing(&heard, &key, &waits, now()).expect("it has a slot").ranks;
    let rank = ranks.get(1).map(|(rank, _)| rank.clone());
    let speaker = Delegate { name: "Sari Contoh".into(), post: "Sekretaris Daerah".into(), rank, letter: None };
    let sending = || Sending { candidate: waits.clone(), delegation: vec![speaker.clone()] };
    let send = async |file| {
        let done = office.send_delegation_with(&demo.edition, &asks(), &rules, key.clone(), sending(), file).await;
        said(done.expect("it can be written"))
    };
    assert_ne!(send(Some(coming(b"<html>surat</html>"))).await, "recorded", "its name says PDF, its content does not");
    assert_eq!(send(Some(coming(pdf))).await, "recorded");
    assert_eq!(send(None).await, "refusal-sent-so", "the letter stays");
    let show = async |content| {
        let of = (waits.clone(), "Paparan".to_owned());
        let done = office.hand_in_material_with(&demo.edition, &asks(), &rules, key.clone(), of, coming(content)).await;
        said(done.expect("it can be written"))
    };
    assert_eq!(show(pdf).await, "recorded");
    assert_eq!(show(pdf).await, "refusal-material-twice");
    let looking = Looking { by: Some(person.clone()), ..Looking::public(now(), "test") };
    let desk = office.desk(&demo.edition, &looking, &key, &waits).await.expect("it can be read").expect("it is there");
    let hearing = desk.expect("it is its own").hearing.expect("it has a slot");
    let letter = hearing.sent[0].letter.as_ref().map(|letter| letter.name.as_str());
    assert_eq!((hearing.sent[0].name.as_str(), letter, hearing.materials.len()), ("Sari Contoh", Some("surat.pdf"), 1));
}

/// The key of what was refused, or that it was recorded.
fn said(done: Taken<Done>) -> String {
    match done {
        Ok(Done::Recorded(_)) => "recorded".to_owned(),
        Ok(Done::Refused(why)) | Err(why) => why.rule.key().to_owned(),
        Ok(Done::Stale(_)) => "stale".to_owned(),
    }
}

#[tokio::test]
async fn every_stage_is_as_far_as_it_would_be_today() {
    let (_world, office, demo) = filled(now()).await;
    let today = jiff::civil::date(2026, 11, 22);

    let dossiers = state(&office, &demo, "32").await;
    let key = contest("32");
    let shown = CandidateId::from("c32-kabkota-1");
    let entry = dossiers.contests[&key].entry(shown.as_str()).expect("it stands");
    let rule = dossiers.rules.category("kabkota").expect("it is a category");
    assert_eq!((entry.desk.items.len(), rule.documents.len()), (8, 11));
    assert_eq!(
        entry.desk.returned.as_ref().map(|back| back.documents.len()),
        Some(4),
        "one to correct, and three that may still come"
    );
    let until = entry.desk.correction(&dossiers, &key).expect("it was given back").day;
    assert_eq!(today.until(until).expect("it is later").get_days(), 9);
    let figure = |claim: &str| entry.claims[claim].claimed.clone().expect("it is stated");
    assert!(figure("non_asn_active") > figure("non_asn_total"), "an impossible figure waits to be put right");
    let corrected = entry.claims.values().filter(|claim| claim.reason.is_some()).count();
    assert_eq!(corrected, 1, "the verifier put one figure right");

    let heard = state(&office, &demo, "33").await;
    let sessions = &heard.rounds[&contest("33").round].schedule.sessions;
    let days: Vec<_> = sessions.iter().map(|session| session.on).collect();
    assert_eq!(days, [today, today.tomorrow().expect("there is one")]);

    let judged = state(&office, &demo, "36").await;
    let contest_36 = &judged.contests[&contest("36")];
    assert!(!contest_36.judging_closed && contest_36.sheets.len() > 20 && contest_36.sheets.len() < 40, "judging is half done");

    let plenary = state(&office, &demo, "12").await;
    assert!(plenary.contests[&contest("12")].result().is_some() && plenary.contests[&contest("12")].ratified.is_none());

    let waiting = state(&office, &demo, "51").await;
    assert!(waiting.contests[&contest("51")].ratified.is_some() && !waiting.contests[&contest("51")].announced);

    let finished = state(&office, &demo, "73").await;
    let contest_73 = &finished.contests[&contest("73")];
    assert!(contest_73.announced && contest_73.result().is_some_and(|result| !result.outcome.awards.is_empty()));
}

#[tokio::test]
async fn the_same_seed_and_instant_give_the_same_acts_in_the_same_order() {
    let mut told = Vec::new();
    for _ in 0..2 {
        let (_world, office, demo) = filled(now()).await;
        let reader = store::Reader { person: "test".into(), at: now(), page: "test".into(), why: "comparing".into() };
        let names = Names::ShownTo(reader);
        let leaves = office.store().leaves(&demo.edition, &store::Wanted::default(), u32::MAX / 2, &names).await;
        told.push((leaves.expect("they can be read"), demo.people));
    }
    assert!(told[0].0.len() > 500);
    assert!(told[0] == told[1], "salts of sealed names are all that is fresh");
}

#[tokio::test]
async fn it_can_be_filled_on_any_day_and_at_any_hour() {
    for at in ["2028-02-28T17:30:00Z", "2027-01-01T05:00:00Z"] {
        let (_world, office, demo) = filled(at.parse().expect("it is an instant")).await;
        let judged = state(&office, &demo, "36").await;
        assert!(judged.contests[&contest("36")].is_judged(), "{at}");
    }
}

/// What somebody of a role does, and how the rules take it.
async fn does(office: &Office, demo: &Demo, role: Role, deed: Deed) -> Done {
    let person = &demo.people.iter().find(|one| one.role == role).expect("there is one for each role").person;
    let key = uuid::Uuid::now_v7().to_string();
    office.act(&demo.edition, &Asked::new(person.clone(), key, now()), deed).await.expect("the database takes it")
}

fn person(demo: &Demo, role: Role) -> PersonId {
    demo.people.iter().find(|one| one.role == role).expect("there is one for each role").person.clone()
}

#[tokio::test]
async fn whoever_can_be_tried_can_do_what_is_to_be_done() {
    let (_world, office, demo) = filled(now()).await;
    let office = Office::new(office.store().clone().with_files_elsewhere());
    let candidate = CandidateId::from("c32-kabkota-1");
    let file = FileRef { hash: "a".repeat(64), bytes: 9_000, format: "pdf".into(), name: "dpa-ditandatangani.pdf".into() };
    let by = person(&demo, Role::Candidate);
    let item = HandedItem { candidate: candidate.clone(), document: "budget".into(), kind: None, file, by };
    let corrected = does(&office, &demo, Role::Candidate, Deed::HandInItem(contest("32"), item)).await;

    let judged = state(&office, &demo, "36").await;
    let key = contest("36");
    let juror = JurorId::from("j36-8");
    let waits =
        judged.contests[&key].entries.iter().rfind(|entry| entry.interests.stance(&juror, &entry.candidate) == Stance::Free);
    let of = SheetAt { juror, candidate: waits.expect("somebody waits").candidate.clone(), stage: SheetStage::Interview };
    let rubrics = award::rule::rubrics(&judged.rules, judged.rule(&key).expect("it is a contest")).into_iter();
    let heard = rubrics.filter(|(aspect, _)| award::rule::is_interview(aspect));
    let marks = heard.map(|(_, rubric)| (rubric.id.clone(), Mark::Given(tally::Exact::from(70_i64)))).collect();
    let sheet = SheetVersion { of, version: 1, state: tally::SheetState::HandedIn, marks, entered_by: None, receipt: None };
    let marked = does(&office, &demo, Role::Juror, Deed::HandInVersion(key, sheet)).await;

    let vote = Deed::CloseVote(contest("12").round, "pleno-12".into(), "usul-kabkota".into());
    let voted = does(&office, &demo, Role::Chair, vote).await;
    let by = person(&demo, Role::Centre);
    let announced = does(&office, &demo, Role::Centre, Deed::ConfirmAnnouncement(contest("51"), by)).await;
    for (role, done) in [("candidate", corrected), ("juror", marked), ("chair", voted), ("centre", announced)] {
        assert!(matches!(done, Done::Recorded(_)), "{role}: {done:?}");
    }
}
