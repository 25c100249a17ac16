//! Disk full, read-only, changed, unreachable: a clear message and no damage.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use store::files::{Error, Files, Hash, Place, Verdict};
use words::Lang;

use crate::world::{Pdf, World, all, content, folder, later, on_both, options, put, serve};

async fn why_not(place: Place) -> Error {
    Files::open(&place).await.expect_err("this place cannot be opened")
}

#[tokio::test]
async fn a_file_changed_behind_our_back_is_found() {
    on_both(async |world| {
        let hash = put(&world.files, "12 000 peserta").await.unwrap().hash;
        let forged = put(&world.files, "99 000 peserta").await.unwrap().hash;
        std::fs::copy(world.path(&forged), world.path(&hash)).unwrap();
        assert_eq!(world.files.verify(&hash).await.unwrap(), Verdict::Changed { found: forged });
        let read = content(world.files.get(&hash).await).await;
        assert!(matches!(read, Err(Error::Changed { hash: told, found }) if told == hash && found == forged), "{read:?}");
        put(&world.files, "12 000 peserta").await.unwrap();
        assert_eq!(world.files.verify(&hash).await.unwrap(), Verdict::Intact, "keeping it again heals it");
        std::fs::write(world.path(&hash), "").unwrap();
        assert_eq!(world.files.verify(&hash).await.unwrap(), Verdict::Changed { found: nothing() });
        std::fs::remove_file(world.path(&hash)).unwrap();
        assert_eq!(world.files.verify(&hash).await.unwrap(), Verdict::Missing);
    })
    .await;
}

/// The SHA-256 of no bytes.
fn nothing() -> Hash {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".parse().unwrap()
}

/// A full disk as the system shows it to a program that may write files of at most 100 KiB (`ulimit -f`): the write fails in the middle.
/// A small file system would need rights that a developer does not have.
#[tokio::test]
async fn a_full_disk_is_told_and_leaves_nothing() {
    if let Ok(root) = std::env::var("FILES_ON_A_FULL_DISK") {
        return put_on_a_full_disk(root.into()).await;
    }
    let world = folder().await;
    let test = "faults::a_full_disk_is_told_and_leaves_nothing";
    let script = format!("trap '' XFSZ; ulimit -f 100; exec \"$0\" --exact {test} --nocapture");
    let limited = Command::new("bash")
        .args(["-c", &script])
        .arg(std::env::current_exe().unwrap())
        .env("FILES_ON_A_FULL_DISK", &world.root)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&limited.stdout).into_owned() + &String::from_utf8_lossy(&limited.stderr);
    assert!(limited.status.success() && said.contains("told: No room is left"), "{said}");
    assert_eq!(world.inside().len(), 1, "the small file alone: {:?}", world.inside());
    assert_eq!(all(&world.files).await, [put(&world.files, "small").await.unwrap().hash]);
    assert!(world.files.put(Pdf::new(1_000_000, 2), 1_000_000).await.is_ok(), "there is room again");
}

async fn put_on_a_full_disk(root: std::path::PathBuf) {
    let files = Files::open(&Place::Folder(root)).await.unwrap();
    put(&files, "small").await.unwrap();
    let error = files.put(Pdf::new(1_000_000, 2), 1_000_000).await.unwrap_err();
    assert!(matches!(error, Error::Full { .. }), "{error:?}");
    println!("told: {}", error.refusal().render(Lang::En));
}

/// The program is killed (`kill -9`) while four at a time keep files, ten times.
#[tokio::test]
async fn after_a_kill_every_acknowledged_file_is_whole_and_nothing_half_done_is_visible() {
    if let Ok(root) = std::env::var("FILES_UNTIL_KILLED") {
        return put_until_killed(root.into()).await;
    }
    let world = folder().await;
    let mut acknowledged = Vec::new();
    for round in 1..=10 {
        acknowledged.extend(killed_after(round * 3, &world));
    }
    let visible = all(&world.files).await;
    assert!(acknowledged.len() >= 165 && acknowledged.iter().all(|hash| visible.contains(hash)));
    for hash in &visible {
        assert_eq!(world.files.verify(hash).await.unwrap(), Verdict::Intact);
    }
    world.files.sweep(|_| true, later()).await.unwrap();
    assert_eq!(world.inside().len(), visible.len(), "the leftovers are swept, and nothing else");
}

/// Starts a program that keeps files and kills it when it has acknowledged so many. Everything that it acknowledged.
fn killed_after(count: usize, world: &World) -> Vec<Hash> {
    let test = "faults::after_a_kill_every_acknowledged_file_is_whole_and_nothing_half_done_is_visible";
    let mut program = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env("FILES_UNTIL_KILLED", &world.root)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(program.stdout.take().unwrap()).lines();
    let mut next = || said.by_ref().map_while(Result::ok).find_map(|line| line.strip_prefix("kept ").map(str::to_owned));
    let mut kept: Vec<String> = (0..count).map(|_| next().expect("it goes on until it is killed")).collect();
    program.kill().unwrap();
    program.wait().unwrap();
    kept.extend(std::iter::from_fn(next));
    // The last line may have been cut by the kill; then nobody was told.
    kept.iter().filter_map(|hash| hash.parse().ok()).collect()
}

async fn put_until_killed(root: std::path::PathBuf) {
    let files = Files::open(&Place::Folder(root)).await.unwrap();
    let first = u64::from(std::process::id()) * 1_000_000;
    let one = |lane: u64| {
        let files = files.clone();
        tokio::spawn(async move {
            for turn in 0..1_000_u64 {
                let text = format!("{} ", first + lane * 1_000 + turn).repeat(20_000);
                println!("kept {}", files.put(text.as_bytes(), 1_000_000).await.unwrap().hash);
            }
        })
    };
    for lane in [one(0), one(1), one(2), one(3)] {
        lane.await.unwrap();
    }
}

/// `/sys` is read-only for everybody, root too, who passes over the rights of any other folder.
#[tokio::test]
async fn a_read_only_folder_is_read_and_not_written() {
    let files = Files::open(&Place::Folder("/sys/kernel".into())).await.unwrap();
    let error = put(&files, "minutes").await.unwrap_err();
    assert!(matches!(error, Error::ReadOnly { .. }), "{error:?}");
    assert_eq!(error.refusal().render(Lang::En), "/sys/kernel/partial cannot be written to.");
    assert!(matches!(files.begin(1, 1).await, Err(Error::ReadOnly { .. })));
    assert_eq!(files.verify(&"0".repeat(64).parse().unwrap()).await.unwrap(), Verdict::Missing);
    assert_eq!(all(&files).await, []);
}

#[tokio::test]
async fn a_place_that_cannot_be_opened_says_why() {
    let World { around, root, .. } = folder().await;
    let typo = around.path().join("flies/here");
    assert!(matches!(why_not(Place::Folder(typo.clone())).await, Error::NoFolder(path) if path == typo));
    assert!(!typo.parent().unwrap().exists(), "nothing is made for a typing error");
    let file = root.join("a-file");
    std::fs::write(&file, "x").unwrap();
    assert!(matches!(why_not(Place::Folder(file)).await, Error::BadPlace { why, .. } if why == "this is not a folder"));
}

#[tokio::test]
async fn a_bucket_that_cannot_be_opened_says_why() {
    let around = tempfile::TempDir::new().unwrap();
    std::fs::create_dir(around.path().join("award")).unwrap();
    let address = serve(around.path()).await;
    let bucket = |name: &str, secret: &str| format!("s3://{name}").parse::<Place>().unwrap().with(options(&address, secret));
    let refused = why_not(bucket("award", "wrong")).await;
    assert!(matches!(refused, Error::NotAllowed { .. }), "{refused:?}");
    let told = refused.told().render(Lang::En);
    assert!(told.starts_with(&format!("s3://award ({address}) refuses the key:")), "{told}");
    let missing = why_not(bucket("prize", "secret")).await;
    assert!(missing.told().render(Lang::En).contains(&format!("s3://prize ({address})")), "{missing:?}");
    assert!(matches!(missing, Error::NoBucket(_)), "{missing:?}");
    let unknown = bucket("award", "secret").with([("colour".to_owned(), "red".to_owned())]);
    assert!(matches!(why_not(unknown).await, Error::BadPlace { why, .. } if why == "there is no option \"colour\""));
}

#[tokio::test]
async fn a_whole_bucket_is_a_place_too() {
    let around = tempfile::TempDir::new().unwrap();
    std::fs::create_dir(around.path().join("award")).unwrap();
    let place = "s3://award".parse::<Place>().unwrap().with(options(&serve(around.path()).await, "secret"));
    let files = Files::open(&place).await.unwrap();
    let hash = put(&files, "minutes").await.unwrap().hash;
    assert_eq!(all(&files).await, [hash]);
    assert_eq!(content(files.get(&hash).await).await.unwrap(), b"minutes");
}

#[tokio::test]
async fn a_store_that_does_not_answer_is_told() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let place = "s3://award".parse::<Place>().unwrap().with(options(&format!("http://{closed}"), "secret"));
    let error = why_not(place).await;
    assert!(matches!(error, Error::Bucket { doing: "opening", .. }), "{error:?}");
    assert_eq!(error.refusal().render(Lang::En), "The place for files failed. Nothing was kept of this file.");
    let told = error.told().render(Lang::Id);
    assert!(told.contains(&format!("s3://award (http://{closed})")) && told.contains("membuka"), "{told}");
}
