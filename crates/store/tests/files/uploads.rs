//! Uploads over a weak network.

use store::files::{Error, Found, Kind, Progress, Stored, UploadId, Verdict};

use tokio::task::JoinHandle;

use crate::world::{Pdf, World, all, content, folder, on_both};

#[tokio::test]
async fn an_upload_in_pieces_becomes_the_file() {
    on_both(async |world| {
        let pdf = Pdf::new(12_000_000, 5);
        let id = world.files.begin(12_000_000, 20_000_000).await.unwrap();
        for (from, to) in [(0, 10), (10, 7_000_000), (7_000_000, 12_000_000)] {
            let piece = pdf.part(from, to);
            assert_eq!(world.files.append(&id, from, &piece[..]).await.unwrap(), to);
        }
        let stored = Stored { hash: pdf.hash(), size: 12_000_000, kind: Kind::Pdf };
        assert_eq!(world.files.finish(&id).await.unwrap(), stored);
        assert_eq!(world.files.finish(&id).await.unwrap(), stored, "asked again");
        let finished = Progress { received: 12_000_000, expected: 12_000_000, finished: Some(stored.clone()) };
        assert_eq!(world.files.progress(&id).await.unwrap(), finished);
        assert_eq!(world.files.verify(&stored.hash).await.unwrap(), Verdict::Intact);
        assert_eq!(world.inside().len(), 2, "the file, and what is known of the upload: {:?}", world.inside());
    })
    .await;
}

#[tokio::test]
async fn what_came_before_the_connection_broke_stays_through_a_restart() {
    on_both(async |world| {
        let pdf = Pdf::new(12_000_000, 6);
        let id = world.files.begin(12_000_000, 12_000_000).await.unwrap();
        let broken = world.files.append(&id, 0, pdf.breaking_at(7_123_456)).await;
        assert!(matches!(broken, Err(Error::Input(_))), "{broken:?}");
        let files = world.restarted().await;
        let id: UploadId = id.to_string().parse().unwrap();
        let progress = Progress { received: 7_123_456, expected: 12_000_000, finished: None };
        assert_eq!(files.progress(&id).await.unwrap(), progress);
        assert_eq!(files.append(&id, 7_123_456, pdf.from(7_123_456)).await.unwrap(), 12_000_000);
        assert_eq!(files.finish(&id).await.unwrap().hash, pdf.hash());
    })
    .await;
}

#[tokio::test]
async fn a_piece_for_another_place_is_refused_with_the_right_one() {
    on_both(async |world| {
        let id = world.files.begin(10, 10).await.unwrap();
        let wrong = async |given| match world.files.append(&id, given, &b"abc"[..]).await {
            Err(Error::WrongOffset { given, right }) => (given, right),
            other => panic!("{other:?}"),
        };
        assert_eq!(wrong(3).await, (3, 0));
        assert_eq!(world.files.append(&id, 0, &b"abc"[..]).await.unwrap(), 3);
        assert_eq!(wrong(0).await, (0, 3));
        assert_eq!(wrong(4).await, (4, 3));
        assert_eq!(world.files.append(&id, 3, &b""[..]).await.unwrap(), 3, "nothing is no harm");
    })
    .await;
}

/// In a folder; in a bucket this holds where the store writes on condition, which the one in this process does not do in one step.
#[tokio::test]
async fn of_two_who_append_at_once_only_one_is_told_yes() {
    let world = folder().await;
    let id = world.files.begin(6, 6).await.unwrap();
    let mut told = Vec::new();
    for answer in [append(&world, &id, "abc"), append(&world, &id, "xyz")] {
        told.push(match answer.await.unwrap() {
            Ok(at) => at,
            Err(Error::WrongOffset { given: 0, right: 3 }) => 0,
            Err(other) => panic!("{other:?}"),
        });
    }
    told.sort_unstable();
    assert_eq!(told, [0, 3]);
}

#[tokio::test]
async fn of_two_who_append_at_once_one_is_kept_whole() {
    on_both(async |world| {
        let id = world.files.begin(3, 3).await.unwrap();
        for answer in [append(&world, &id, "abc"), append(&world, &id, "xyz")] {
            let _ = answer.await.unwrap();
        }
        assert_eq!(world.files.progress(&id).await.unwrap().received, 3);
        let hash = world.files.finish(&id).await.unwrap().hash;
        let kept = content(world.files.get(&hash).await).await.unwrap();
        assert!([b"abc", b"xyz"].contains(&&kept[..].try_into().unwrap()), "{kept:?}");
    })
    .await;
}

fn append(world: &World, id: &UploadId, text: &'static str) -> JoinHandle<Result<u64, Error>> {
    let (files, id) = (world.files.clone(), id.clone());
    tokio::spawn(async move { files.append(&id, 0, text.as_bytes()).await })
}

#[tokio::test]
async fn neither_more_nor_less_than_announced_is_taken() {
    on_both(async |world| {
        let id = world.files.begin(5, 5).await.unwrap();
        let more = world.files.append(&id, 0, &b"123456"[..]).await;
        assert!(matches!(more, Err(Error::TooMuch { expected: 5 })), "{more:?}");
        assert_eq!(world.files.append(&id, 0, &b"1234"[..]).await.unwrap(), 4);
        let early = world.files.finish(&id).await;
        assert!(matches!(early, Err(Error::Incomplete { received: 4, expected: 5 })), "{early:?}");
        assert_eq!(world.files.append(&id, 4, &b"5"[..]).await.unwrap(), 5);
        assert_eq!(world.files.finish(&id).await.unwrap().size, 5);
    })
    .await;
}

#[tokio::test]
async fn size_and_limit_are_compared_before_anything_comes() {
    on_both(async |world| {
        assert!(matches!(world.files.begin(11, 10).await, Err(Error::TooLarge { size: 11, limit: 10 })));
        assert!(matches!(world.files.begin(0, 10).await, Err(Error::Empty)));
        assert_eq!(world.inside(), [""; 0]);
        assert!(world.files.begin(10, 10).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_wrong_kind_ends_an_upload_at_its_first_piece_or_at_its_end() {
    on_both(async |world| {
        let page = format!("<!doctype html>{}", " ".repeat(1000));
        let first = world.files.begin(1_000_000, 1_000_000).await.unwrap();
        let refused = world.files.append(&first, 0, page.as_bytes()).await;
        assert!(matches!(refused, Err(Error::Kind(Found::Html))), "{refused:?}");
        assert_gone(&world, &first).await;
        let last = world.files.begin(5, 5).await.unwrap();
        world.files.append(&last, 0, &b"caf\xe9\n"[..]).await.unwrap();
        let refused = world.files.finish(&last).await;
        assert!(matches!(refused, Err(Error::Kind(Found::NotUtf8))), "{refused:?}");
        assert_gone(&world, &last).await;
        assert_eq!(all(&world.files).await, []);
    })
    .await;
}

#[tokio::test]
async fn an_abandoned_upload_is_gone() {
    on_both(async |world| {
        let id = world.files.begin(5, 5).await.unwrap();
        world.files.append(&id, 0, &b"123"[..]).await.unwrap();
        world.files.abandon(&id).await.unwrap();
        assert_gone(&world, &id).await;
    })
    .await;
}

#[tokio::test]
async fn two_who_finish_at_once_get_the_same_file() {
    on_both(async |world| {
        let id = world.files.begin(5, 5).await.unwrap();
        world.files.append(&id, 0, &b"12345"[..]).await.unwrap();
        let finish = || {
            let (files, id) = (world.files.clone(), id.clone());
            tokio::spawn(async move { files.finish(&id).await })
        };
        let (one, other) = tokio::join!(finish(), finish());
        assert_eq!(one.unwrap().unwrap(), other.unwrap().unwrap());
    })
    .await;
}

#[test]
fn an_upload_id_is_32_small_hex_digits_and_nothing_else() {
    assert!("0123456789abcdef".repeat(2).parse::<UploadId>().is_ok());
    for bad in ["", "..", "0123456789abcdef0123456789abcde/", "0123456789ABCDEF0123456789ABCDEF", &"0".repeat(33)] {
        assert!(matches!(bad.parse::<UploadId>(), Err(Error::UnknownUpload(id)) if id == bad));
    }
}

/// Nobody knows the upload, and nothing of it is left.
async fn assert_gone(world: &World, id: &UploadId) {
    let progress = world.files.progress(id).await;
    assert!(matches!(progress, Err(Error::UnknownUpload(_))), "{progress:?}");
    assert_eq!(world.inside(), [""; 0]);
}
