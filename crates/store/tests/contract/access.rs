//! Whoever is shown names is on record: who, when, whose, which, where and why.

use award::people::PeopleChange;
use award::personal::Erasure;
use store::{Access, HIDDEN, Names, Reader, WantedAccess};

use super::*;

/// A panel with one member, in an edition of its own.
async fn panel(world: &World) -> (Edition, Act, String, String) {
    let cycle = year("ntb-2024");
    let (_, appoint) = first(&cycle, |deed| matches!(deed, Deed::Appoint(..)));
    let edition = open(world, &cycle).await;
    send(&world.store, &edition, 0, &appoint).await;
    let Deed::Appoint(_, member) = &appoint.deed else { unreachable!("it was asked for") };
    let (juror, name) = (format!("juror:{}", member.juror), member.name.clone());
    (edition, appoint, juror, name)
}

fn by(person: &str, at: &str, page: &str) -> Reader {
    Reader { person: person.into(), at: instant(at), page: page.into(), why: "Permintaan 7/2026".into() }
}

fn line(person: &str, at: &str, page: &str, subject: &str) -> Access {
    let (at, reader) = (format!("{at}.000000Z"), person.to_owned());
    let (subject, field) = (subject.to_owned(), "name".to_owned());
    Access { at, reader, subject, field, page: page.into(), why: "Permintaan 7/2026".into() }
}

#[tokio::test]
async fn whoever_is_shown_a_name_is_on_record_and_is_found_by_reader_subject_and_time() {
    for world in worlds().await {
        let (edition, appoint, juror, name) = panel(&world).await;
        let parts = [Part::Round(appoint.deed.round().unwrap().clone())];
        let (store, all) = (&world.store, WantedAccess::default());
        assert_eq!(store.accesses(&edition, &all, 100).await.unwrap(), [], "deciding is no looking, {}", world.name);

        let at = ["2026-03-01T08:00:00", "2026-03-02T08:00:00", "2026-03-03T08:00:00"];
        let state =
            store.state(&edition, parts, &Names::ShownTo(by("person:ani", &format!("{}Z", at[0]), "panel"))).await.unwrap();
        assert!(serde_json::to_string(&state.records().values().collect::<Vec<_>>()).unwrap().contains(&name), "{}", world.name);
        let budi = Names::ShownTo(by("person:budi", &format!("{}Z", at[1]), "journal"));
        store.leaves(&edition, &Wanted::default(), 10, &budi).await.unwrap();
        store.personal_texts(&edition, &name, &by("person:ani", &format!("{}Z", at[2]), "request")).await.unwrap();

        let lines = [
            line("person:ani", at[0], "panel", &juror),
            line("person:budi", at[1], "journal", &juror),
            line("person:ani", at[2], "request", &juror),
        ];
        let told = async |wanted| store.accesses(&edition, &wanted, 100).await.unwrap();
        assert_eq!(told(all.clone()).await, lines, "{}", world.name);
        let budis = WantedAccess { reader: Some("person:budi".into()), ..all.clone() };
        assert_eq!(told(budis).await, lines[1..2], "{}", world.name);
        let late = WantedAccess { since: Some(instant("2026-03-02T08:00:00Z")), ..all.clone() };
        assert_eq!(told(late).await, lines[1..], "{}", world.name);
        let later = WantedAccess { since: Some(instant("2026-03-03T08:00:01Z")), ..all.clone() };
        assert_eq!(told(later).await, [], "{}", world.name);
        let own = WantedAccess { subject: Some(juror.clone()), ..all.clone() };
        assert_eq!(told(own).await, lines, "{}", world.name);
        let others = WantedAccess { subject: Some("juror:nobody".into()), ..all.clone() };
        assert_eq!(told(others).await, [], "{}", world.name);
        assert_eq!(store.accesses(&edition, &all, 2).await.unwrap(), lines[..2], "{}", world.name);
    }
}

#[tokio::test]
async fn names_that_are_hidden_are_nowhere_and_leave_no_line() {
    for world in worlds().await {
        let (edition, appoint, _, name) = panel(&world).await;
        let parts = [Part::Round(appoint.deed.round().unwrap().clone())];
        let state = world.store.state(&edition, parts, &Names::Hidden).await.unwrap();
        let leaves = world.store.leaves(&edition, &Wanted::default(), 10, &Names::Hidden).await.unwrap();
        let told = serde_json::to_string(&(state.records().values().collect::<Vec<_>>(), &leaves[0].act)).unwrap();
        assert!(told.contains(HIDDEN) && !told.contains(&name), "{}: {told}", world.name);
        // Where nobody is named, nobody is shown anything.
        world.store.state(&edition, [Part::Edition], &shown()).await.unwrap();
        let accesses = world.store.accesses(&edition, &WantedAccess::default(), 100).await.unwrap();
        assert_eq!(accesses, [], "{}", world.name);
    }
}

#[tokio::test]
async fn everybody_reads_who_sits_on_a_panel_and_no_other_name_until_it_is_erased() {
    for world in worlds().await {
        let (edition, appoint, _, name) = panel(&world).await;
        let round = appoint.deed.round().unwrap().clone();
        let names = async || {
            let parts = [Part::Round(round.clone()), Part::People];
            let state = world.store.state(&edition, parts, &Names::OfPanels).await.unwrap();
            state.rounds[&round].panel.iter().map(|juror| juror.name.clone()).collect::<Vec<_>>()
        };
        assert_eq!(names().await, std::slice::from_ref(&name), "{}", world.name);
        let leaves = world.store.leaves(&edition, &Wanted::default(), 10, &Names::OfPanels).await.unwrap();
        assert!(format!("{:?}", leaves[0].act).contains(HIDDEN), "the journal names nobody, {}", world.name);
        let accesses = world.store.accesses(&edition, &WantedAccess::default(), 100).await.unwrap();
        assert_eq!(accesses, [], "what is public is not looked at, {}", world.name);

        let reader = by("console", "2026-03-04T08:00:00Z", "request");
        let found = world.store.personal_texts(&edition, &name, &reader).await.unwrap();
        let commitments = found.into_iter().map(|text| text.commitment).collect();
        let erasure = Erasure { commitments, reason: "Permintaan 7/2026".into() };
        let erases = Act { actor: Actor::Centre, at: None, deed: Deed::EraseNames(erasure) };
        assert!(matches!(send(&world.store, &edition, 1, &erases).await, Outcome::Recorded(_)), "{}", world.name);
        let left = names().await;
        assert!(left.iter().all(|left| left.starts_with("erased:")), "{}: {left:?}", world.name);
    }
}

#[tokio::test]
async fn everybody_reads_who_signed_and_nobody_else_who_is_entered() {
    for world in worlds().await {
        let edition = open(&world, &year("ntb-2024")).await;
        for (number, person) in [(0, "ani"), (1, "budi")] {
            let change = PeopleChange::Enter { person: person.into(), name: format!("Nama {person}") };
            let enters = Act { actor: Actor::Centre, at: None, deed: Deed::ChangePeople(change) };
            assert!(matches!(send(&world.store, &edition, number, &enters).await, Outcome::Recorded(_)), "{}", world.name);
        }
        let signers = Names::OfSigners(["ani".to_owned()].into());
        let state = world.store.state(&edition, [Part::People], &signers).await.unwrap();
        let names: Vec<&str> = state.people.people.values().map(|person| person.name.as_str()).collect();
        assert_eq!(names, ["Nama ani", HIDDEN], "{}", world.name);
        let leaves = world.store.leaves(&edition, &Wanted::default(), 10, &signers).await.unwrap();
        assert!(
            leaves.iter().all(|leaf| !format!("{:?}", leaf.act).contains("Nama")),
            "the journal names nobody, {}",
            world.name
        );
        let accesses = world.store.accesses(&edition, &WantedAccess::default(), 100).await.unwrap();
        assert_eq!(accesses, [], "what is public is not looked at, {}", world.name);
    }
}

#[tokio::test]
async fn whoever_is_shown_accounts_is_on_record_with_each_and_with_what_was_shown() {
    for world in worlds().await {
        let store = &world.store;
        let reader = by("console", "2026-03-01T08:00:00Z", "user list");
        assert_eq!(store.accounts_shown(&reader, &["name"]).await.unwrap(), [], "{}", world.name);
        let row = |person: &str| store::AccountRow { person: person.into(), version: 1, body: "{}".into() };
        for person in ["ani", "budi"] {
            assert!(store.keep_account(&row(person), reader.at, "console", "added").await.unwrap());
        }
        assert_eq!(
            store.accesses_to_accounts(&WantedAccess::default(), 9).await.unwrap(),
            [],
            "nobody was shown, {}",
            world.name
        );
        let shown = store.accounts_shown(&reader, &["email", "name"]).await.unwrap();
        assert_eq!(shown, [row("ani"), row("budi")], "{}", world.name);
        let told = async |wanted: WantedAccess| {
            let lines = store.accesses_to_accounts(&wanted, 9).await.unwrap();
            lines.into_iter().map(|line| (line.reader, line.subject, line.field, line.page)).collect::<Vec<_>>()
        };
        let line = |subject: &str, field: &str| {
            ("console".to_owned(), format!("account:{subject}"), field.to_owned(), "user list".to_owned())
        };
        let anis = [line("ani", "email"), line("ani", "name")];
        let all = [anis.clone(), [line("budi", "email"), line("budi", "name")]].concat();
        assert_eq!(told(WantedAccess::default()).await, all, "{}", world.name);
        let own = WantedAccess { subject: Some("account:ani".into()), ..WantedAccess::default() };
        assert_eq!(told(own).await, anis, "{}", world.name);
        let colleague = by("sari", "2026-03-02T08:00:00Z", "dossier");
        let some = store.accounts_shown_of(&["budi".into(), "nobody".into()], &colleague, &["name"]).await.unwrap();
        assert_eq!(some, [row("budi")], "{}", world.name);
        assert_eq!(store.accounts_of(&["budi".into(), "nobody".into()]).await.unwrap(), [row("budi")], "{}", world.name);
        assert_eq!(store.accounts_of(&[]).await.unwrap(), [], "{}", world.name);
        let sari = WantedAccess { reader: Some("sari".into()), ..WantedAccess::default() };
        let line = |subject: &str| ("sari".to_owned(), format!("account:{subject}"), "name".to_owned(), "dossier".to_owned());
        assert_eq!(told(sari).await, [line("budi")], "and nobody else was shown, {}", world.name);
        let edition = open(&world, &year("ntb-2024")).await;
        assert_eq!(store.accesses(&edition, &WantedAccess::default(), 9).await.unwrap(), [], "of no edition: {}", world.name);
    }
}
