//! What nobody refers to, and what a crash left behind, goes; everything else stays.

use std::fs::{File, FileTimes};
use std::time::{Duration, UNIX_EPOCH};

use store::files::{Files, Hash, Swept, Verdict};
use tokio::time::timeout;

use crate::world::{Pdf, World, all, earlier, folder, later, on_both, put};

#[tokio::test]
async fn only_what_nobody_refers_to_and_is_old_is_swept() {
    on_both(async |world| {
        let kept = put(&world.files, "minutes").await.unwrap().hash;
        let unwanted = put(&world.files, "rubbish").await.unwrap();
        assert_eq!(world.files.sweep(|hash| *hash == kept, earlier()).await.unwrap(), Swept::default());
        assert_eq!(world.inside().len(), 2, "what is young stays");
        let swept = world.files.sweep(|hash| *hash == kept, later()).await.unwrap();
        assert_eq!(swept, Swept { files: 1, bytes: unwanted.size, ..Swept::default() });
        assert_eq!(all(&world.files).await, [kept]);
    })
    .await;
}

#[tokio::test]
async fn keeping_a_file_again_makes_it_young_again() {
    on_both(async |world| {
        let hash = put(&world.files, "minutes").await.unwrap().hash;
        make_old(&world, &hash);
        put(&world.files, "minutes").await.unwrap();
        assert_eq!(world.files.sweep(|_| false, earlier()).await.unwrap(), Swept::default());
        assert_eq!(all(&world.files).await, [hash]);
    })
    .await;
}

/// The file is kept again after the sweep has listed it as old, in the moment when it asks whether anybody refers to it.
#[tokio::test]
async fn a_file_that_is_kept_again_while_it_is_swept_stays() {
    on_both(async |world| {
        let hash = put(&world.files, "minutes").await.unwrap().hash;
        make_old(&world, &hash);
        let kept_again = |hash: &Hash| {
            std::fs::write(world.path(hash), "minutes").unwrap();
            false
        };
        assert_eq!(world.files.sweep(kept_again, earlier()).await.unwrap(), Swept::default());
        assert_eq!(world.files.verify(&hash).await.unwrap(), Verdict::Intact);
    })
    .await;
}

/// In a folder, where the one who keeps holds `sweep.lock` together with others, and the one who sweeps alone.
#[tokio::test]
async fn nothing_is_swept_while_somebody_keeps_a_file() {
    let world = folder().await;
    let hash = put(&world.files, "minutes").await.unwrap().hash;
    let lock = File::open(world.root.join("sweep.lock")).unwrap();
    lock.lock_shared().unwrap();
    put(&world.files, "minutes").await.unwrap();
    let files = world.files.clone();
    let mut sweep = tokio::spawn(async move { files.sweep(|_| false, later()).await.unwrap() });
    assert!(timeout(Duration::from_millis(200), &mut sweep).await.is_err(), "it waits");
    assert_eq!(world.files.verify(&hash).await.unwrap(), Verdict::Intact);
    lock.unlock().unwrap();
    assert_eq!(sweep.await.unwrap().files, 1);
}

fn make_old(world: &World, hash: &Hash) {
    let old = FileTimes::new().set_modified(UNIX_EPOCH);
    File::options().write(true).open(world.path(hash)).unwrap().set_times(old).unwrap();
}

#[tokio::test]
async fn uploads_that_nobody_goes_on_with_are_swept() {
    on_both(async |world| {
        let stopped = world.files.begin(10, 10).await.unwrap();
        world.files.append(&stopped, 0, &b"123"[..]).await.unwrap();
        let finished = world.files.begin(3, 3).await.unwrap();
        world.files.append(&finished, 0, &b"123"[..]).await.unwrap();
        let hash = world.files.finish(&finished).await.unwrap().hash;
        assert_eq!(world.files.sweep(|_| true, earlier()).await.unwrap(), Swept::default());
        assert_eq!(world.files.sweep_unfinished(earlier()).await.unwrap(), Swept::default());
        assert_eq!(world.files.sweep_unfinished(later()).await.unwrap(), Swept { uploads: 2, ..Swept::default() });
        assert_eq!(world.files.sweep(|_| true, later()).await.unwrap(), Swept::default());
        assert_eq!(world.inside().len(), 1);
        assert_eq!(all(&world.files).await, [hash]);
    })
    .await;
}

/// A crash in the middle of writing: the program that wrote is gone without a word. Here its task is forgotten, so that not even
/// destructors run.
#[tokio::test]
async fn leftovers_of_a_crash_are_invisible_and_swept() {
    on_both(async |world| {
        forget_in_the_middle(&world.files).await;
        let left = world.inside();
        assert!(!left.is_empty() && left.iter().all(|path| path.starts_with("partial/")), "{left:?}");
        assert_eq!(all(&world.files).await, []);
        assert_eq!(world.files.sweep(|_| true, earlier()).await.unwrap(), Swept::default());
        let swept = world.files.sweep(|_| true, later()).await.unwrap();
        assert_eq!(swept, Swept { leftovers: 1, ..Swept::default() });
        assert_eq!(world.inside(), [""; 0]);
        let around: Vec<_> = std::fs::read_dir(world.around.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(!around.iter().any(|name| name.to_string_lossy().contains("part-")), "parts are given up: {around:?}");
    })
    .await;
}

/// Begins to keep a file and never goes on after 12 of its 20 million bytes.
async fn forget_in_the_middle(files: &Files) {
    let (reader, mut writer) = tokio::io::duplex(1 << 16);
    let pdf = Pdf::new(20_000_000, 4).part(0, 12_000_000);
    let mut put = Box::pin(files.put(reader, u64::MAX));
    tokio::select! {
        ended = &mut put => panic!("{ended:?}"),
        written = tokio::io::AsyncWriteExt::write_all(&mut writer, &pdf) => written.unwrap(),
    }
    // A little longer, so that what was written is taken up to the last full piece.
    let _ = timeout(Duration::from_millis(50), &mut put).await;
    std::mem::forget(put);
    std::mem::forget(writer);
}
