//! Evidence is kept whole, once, unchanged, and only if it is of a kind that is wanted: in a folder and in a bucket.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "files/world.rs"]
mod world;

#[path = "files/faults.rs"]
mod faults;
#[path = "files/sweeping.rs"]
mod sweeping;
#[path = "files/uploads.rs"]
mod uploads;

use std::sync::atomic::Ordering;

use futures_util::TryStreamExt;
use store::files::{Error, Found, Head, Kind, PIECE, Stored, Verdict};
use world::{Pdf, all, content, earlier, folder, later, on_both, put};

#[tokio::test]
async fn a_file_comes_back_as_it_was() {
    on_both(async |world| {
        let table = "kabupaten;peserta\nMesuji;1.204\n";
        let stored = put(&world.files, table).await.unwrap();
        let hash = "ea2c022de95dc336826244f0bc31cbb7112187b09c2053d06efb4b1cbd1050ba".parse().unwrap();
        assert_eq!(stored, Stored { hash, size: 31, kind: Kind::Text });
        assert_eq!(content(world.files.get(&stored.hash).await).await.unwrap(), table.as_bytes());
        assert_eq!(world.files.verify(&stored.hash).await.unwrap(), Verdict::Intact);
        assert_eq!(std::fs::read(world.path(&stored.hash)).unwrap(), table.as_bytes());
        let Some(Head { size, kept_at }) = world.files.head(&stored.hash).await.unwrap() else { panic!("it was kept") };
        assert_eq!((size, earlier() < kept_at, kept_at < later()), (31, true, true));
    })
    .await;
}

#[tokio::test]
async fn a_large_file_passes_in_small_pieces() {
    on_both(async |world| {
        let pdf = Pdf::new(64 * 1024 * 1024 + 17, 3);
        let expected = Stored { hash: pdf.hash(), size: pdf.size, kind: Kind::Pdf };
        let largest = pdf.largest.clone();
        assert_eq!(world.files.put(pdf, u64::MAX).await.unwrap(), expected);
        assert_eq!(largest.load(Ordering::Relaxed), PIECE, "no more was ever asked for at once");
        let mut pieces = world.files.get(&expected.hash).await.unwrap();
        let (mut size, mut largest) = (0, 0);
        while let Some(piece) = pieces.try_next().await.unwrap() {
            size += piece.len() as u64;
            largest = largest.max(piece.len());
        }
        assert_eq!(size, expected.size);
        assert!(largest <= 16 * PIECE, "a piece of {largest} bytes");
        assert_eq!(world.files.verify(&expected.hash).await.unwrap(), Verdict::Intact);
        assert_eq!(world.inside().len(), 1, "nothing else is left: {:?}", world.inside());
    })
    .await;
}

#[tokio::test]
async fn sizes_around_a_piece_and_a_part_are_kept_exactly() {
    let part = 80 * PIECE as u64;
    on_both(async |world| {
        for size in [9, PIECE as u64 - 1, PIECE as u64, PIECE as u64 + 1, part, part + 1, 2 * part, 2 * part + 1] {
            let pdf = Pdf::new(size, size as u8);
            let stored = world.files.put(pdf.clone(), size).await.unwrap();
            assert_eq!(stored, Stored { hash: pdf.hash(), size, kind: Kind::Pdf });
            assert_eq!(world.files.verify(&stored.hash).await.unwrap(), Verdict::Intact);
        }
        assert_eq!(world.inside().len(), 8);
    })
    .await;
}

#[tokio::test]
async fn a_part_of_a_file_is_read_alone() {
    on_both(async |world| {
        let hash = put(&world.files, "0123456789").await.unwrap().hash;
        let range = async |from, size| content(world.files.range(&hash, from, size).await).await;
        assert_eq!(range(0, 10).await.unwrap(), b"0123456789");
        assert_eq!(range(3, 4).await.unwrap(), b"3456");
        assert_eq!(range(9, u64::MAX).await.unwrap(), b"9", "up to the end");
        assert_eq!(range(2, 0).await.unwrap(), b"");
        let behind = range(10, 1).await;
        assert!(matches!(behind, Err(Error::OutOfRange { from: 10, size: 10, .. })), "{behind:?}");
    })
    .await;
}

#[tokio::test]
async fn the_same_content_is_kept_once_even_at_the_same_moment() {
    on_both(async |world| {
        let pdf = Pdf::new(6_000_000, 9);
        let puts = (0..8).map(|_| {
            let (files, pdf) = (world.files.clone(), pdf.clone());
            tokio::spawn(async move { files.put(pdf, 6_000_000).await.unwrap().hash })
        });
        for put in puts.collect::<Vec<_>>() {
            assert_eq!(put.await.unwrap(), pdf.hash());
        }
        assert_eq!(all(&world.files).await, [pdf.hash()]);
        assert_eq!(world.inside().len(), 1);
        assert_eq!(world.files.verify(&pdf.hash()).await.unwrap(), Verdict::Intact);
    })
    .await;
}

#[tokio::test]
async fn too_large_a_file_is_refused_and_leaves_nothing() {
    on_both(async |world| {
        for limit in [1, 9_999, 11_999_999] {
            let refused = world.files.put(Pdf::new(12_000_000, 1), limit).await;
            let Err(Error::TooLarge { size, limit: told }) = refused else { panic!("{refused:?}") };
            assert_eq!((size > limit, told), (true, limit));
        }
        assert_eq!(world.inside(), [""; 0]);
        assert_eq!(world.files.put(Pdf::new(12_000_000, 1), 12_000_000).await.unwrap().size, 12_000_000);
    })
    .await;
}

#[tokio::test]
async fn an_empty_file_and_one_of_a_wrong_kind_are_refused_and_leave_nothing() {
    on_both(async |world| {
        assert!(matches!(put(&world.files, "").await, Err(Error::Empty)));
        let page = put(&world.files, "<html><script>alert('a dossier')</script>").await;
        assert!(matches!(page, Err(Error::Kind(Found::Html))), "{page:?}");
        let binary = world.files.put(&b"\x7fELF\x02\x01\x01\0"[..], 100).await;
        assert!(matches!(binary, Err(Error::Kind(Found::Program))), "{binary:?}");
        assert_eq!(world.inside(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_broken_connection_leaves_nothing() {
    on_both(async |world| {
        for at in [0, 5, 70_000, 11_000_000] {
            let broken = world.files.put(Pdf::new(12_000_000, 1).breaking_at(at), 12_000_000).await;
            assert!(matches!(broken, Err(Error::Input(_))), "{broken:?}");
        }
        assert_eq!(world.inside(), [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn all_addresses_are_listed_in_their_order() {
    on_both(async |world| {
        assert_eq!(all(&world.files).await, []);
        let mut kept = Vec::new();
        for text in ["pleno", "berkas", "wawancara", "O'Neil, \"村\""] {
            kept.push(put(&world.files, text).await.unwrap().hash);
        }
        kept.sort();
        world.files.begin(10, 10).await.unwrap();
        assert_eq!(all(&world.files).await, kept);
    })
    .await;
}

#[tokio::test]
async fn what_bears_no_address_is_passed_over() {
    let world = folder().await;
    let kept = put(&world.files, "pleno").await.unwrap().hash;
    std::fs::create_dir_all(world.root.join("00")).unwrap();
    std::fs::write(world.root.join("00/.DS_Store"), "x").unwrap();
    std::fs::write(world.root.join("README"), "x").unwrap();
    assert_eq!(all(&world.files).await, [kept]);
    assert_eq!(world.files.sweep(|_| true, later()).await.unwrap().files, 0);
    assert!(world.root.join("00/.DS_Store").exists());
}

#[tokio::test]
async fn a_missing_file_is_missing() {
    on_both(async |world| {
        let hash = "0".repeat(64).parse().unwrap();
        assert_eq!(world.files.verify(&hash).await.unwrap(), Verdict::Missing);
        assert_eq!(world.files.head(&hash).await.unwrap(), None);
        assert!(matches!(content(world.files.get(&hash).await).await, Err(Error::Missing(missing)) if missing == hash));
        assert!(matches!(content(world.files.range(&hash, 0, 1).await).await, Err(Error::Missing(missing)) if missing == hash));
    })
    .await;
}
