//! Uploads under way: counted before more is taken, found again after a restart, and gone when they end.

use store::{Names, UploadBegun, UploadMost, UploadRow, UploadState};

use super::*;

const MOST: UploadMost = UploadMost { of_person: 2, bytes_of_candidate: 1_000 };

fn row(edition: &Edition, id: &str, person: &str, candidate: &str, size: u64) -> UploadRow {
    UploadRow {
        id: id.into(),
        edition: edition.id.clone(),
        contest: "province/51/city".into(),
        candidate: candidate.into(),
        document: "law".into(),
        kind: String::new(),
        name: "perda \"4\".pdf".into(),
        person: person.into(),
        size,
        begun_at: "2026-01-01T00:00:00.000000Z".into(),
        state: UploadState::Open,
        file: String::new(),
    }
}

#[tokio::test]
async fn an_upload_is_counted_for_its_person_and_its_candidate_and_survives_a_restart() {
    let cycle = shipped::years().into_iter().next().unwrap();
    for world in worlds().await {
        let edition = open(&world, &cycle).await;
        let begin = async |row: &UploadRow| world.store.begin_upload(row, &MOST).await.unwrap();
        let first = row(&edition, "a", "staf", "badung", 600);
        assert_eq!(begin(&first).await, UploadBegun::Kept, "{}", world.name);
        assert_eq!(begin(&row(&edition, "b", "staf", "badung", 401)).await, UploadBegun::TooMuch(600), "{}", world.name);
        assert_eq!(begin(&row(&edition, "b", "staf", "badung", 400)).await, UploadBegun::Kept, "on the line, {}", world.name);
        assert_eq!(begin(&row(&edition, "c", "staf", "gianyar", 1)).await, UploadBegun::TooMany(2), "{}", world.name);
        assert_eq!(begin(&row(&edition, "c", "sari", "gianyar", 1)).await, UploadBegun::Kept, "{}", world.name);

        let again = Store::open(&world.place).await.unwrap();
        assert_eq!(again.upload("a").await.unwrap(), Some(first.clone()), "{}", world.name);
        let of_badung = again.uploads(&edition.id, "badung").await.unwrap();
        assert_eq!(of_badung.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["a", "b"], "{}", world.name);
        assert!(world.store.move_upload("a", UploadState::Open, UploadState::Handed, "f").await.unwrap(), "{}", world.name);
        assert!(!world.store.move_upload("a", UploadState::Open, UploadState::Ready, "g").await.unwrap(), "{}", world.name);
        let handed = UploadRow { state: UploadState::Handed, file: "f".into(), ..first };
        assert_eq!(again.upload("a").await.unwrap(), Some(handed), "{}", world.name);
        assert_eq!(
            begin(&row(&edition, "d", "staf", "badung", 600)).await,
            UploadBegun::Kept,
            "what is handed in is under way no more"
        );
        assert!(world.store.end_upload("d").await.unwrap() && !world.store.end_upload("d").await.unwrap(), "{}", world.name);
        let begun: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        assert_eq!(world.store.sweep_uploads(begun).await.unwrap(), 0, "on the line, {}", world.name);
        assert_eq!(world.store.sweep_uploads(begun + jiff::SignedDuration::from_secs(1)).await.unwrap(), 3, "{}", world.name);
        assert_eq!(again.uploads(&edition.id, "badung").await.unwrap(), [], "{}", world.name);
        assert!(world.store.verify(&edition).await.unwrap().is_ok(), "{}", world.name);
    }
}

#[tokio::test]
async fn of_many_uploads_begun_at_once_no_more_are_taken_than_may_be() {
    let cycle = shipped::years().into_iter().next().unwrap();
    for world in worlds().await {
        let edition = open(&world, &cycle).await;
        let begin = |number: usize| {
            let (store, row) = (world.store.clone(), row(&edition, &format!("u{number}"), "staf", &format!("c{number}"), 1));
            tokio::spawn(async move { store.begin_upload(&row, &MOST).await.unwrap() })
        };
        let mut kept = 0;
        for begun in (0..12).map(begin).collect::<Vec<_>>() {
            kept += usize::from(begun.await.unwrap() == UploadBegun::Kept);
        }
        assert_eq!(kept, 2, "{}", world.name);
    }
}

#[tokio::test]
async fn the_journal_tells_what_concerns_one_candidate() {
    let cycle = shipped::years().into_iter().next().unwrap();
    for world in worlds().await {
        let edition = open(&world, &cycle).await;
        play(&world.store, &edition, &cycle).await;
        let all = world.store.leaves(&edition, &Wanted::default(), 10_000, &Names::Hidden).await.unwrap();
        let of = all.iter().find_map(|leaf| leaf.act.deed.candidate()).unwrap();
        let wanted = Wanted { candidate: Some(of.to_string()), ..Wanted::default() };
        let found = world.store.leaves(&edition, &wanted, 10_000, &Names::Hidden).await.unwrap();
        let expected: Vec<_> = all.iter().filter(|leaf| leaf.act.deed.candidate() == Some(of)).cloned().collect();
        assert!(!expected.is_empty() && expected.len() < all.len(), "{}", world.name);
        assert_eq!(found, expected, "{}", world.name);
    }
}
