//! Files that acts refer to: never one that was not sent, each on record with its acts, and found when it changes.

use award::Fact;
use store::files::{Files, Hash, Place as FilePlace};
use store::{FilesVerified, Referred};
use tempfile::TempDir;

use super::*;
use support::visit;

const PAGE: &[u8] = b"Daftar hadir, 12 orang\n";
const OTHER: &[u8] = b"Daftar hadir, 13 orang\n";

async fn shelf() -> (TempDir, Files) {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::open(&FilePlace::Folder(folder.path().join("files"))).await.unwrap();
    (folder, files)
}

async fn visits(store: &Store, edition: &Edition, number: usize, (act, fact): &(Act, Fact)) -> Result<Recorded, String> {
    match store.act(edition, &request(number, act), |_| Ok(vec![fact.clone()])).await.unwrap() {
        Outcome::Recorded(recorded) => Ok(recorded),
        Outcome::Refused(refusal) => Err(refusal.rule.key().to_owned()),
        Outcome::Stale(stale) => panic!("nothing was seen, and yet: {stale:?}"),
    }
}

/// Where a folder keeps a file.
fn path(folder: &TempDir, hash: &Hash) -> std::path::PathBuf {
    let digits = hash.to_string();
    folder.path().join("files").join(&digits[..2]).join(&digits[2..])
}

#[tokio::test]
async fn an_act_never_names_a_file_that_was_not_sent_and_the_files_of_acts_are_on_record() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let (_folder, files) = shelf().await;
        let kept = world.store.clone().with_files(files.clone());
        let hash = files.put(OTHER, 100).await.unwrap().hash.to_string();
        let photo = visit(&sheet, &hash);
        let not_sent = visit(&sheet, &journal::Hash::of(&[PAGE]).to_string());
        let refused = Err("refusal-file-not-kept".to_owned());
        assert_eq!(visits(&world.store, &edition, number, &photo).await, refused, "no place for files, {}", world.name);
        assert_eq!(visits(&kept, &edition, number, &not_sent).await, refused, "{}", world.name);
        assert_eq!(kept.referred_files(&edition).await.unwrap(), [], "{}", world.name);

        let acts = [(number, request(number, &photo.0)), (number + 1, request(number + 1, &photo.0))];
        for (number, _) in &acts {
            visits(&kept, &edition, *number, &photo).await.unwrap();
        }
        // The same request again is the same act, also where its files are no longer looked for.
        assert!(visits(&world.store, &edition, number, &photo).await.unwrap().again, "{}", world.name);
        let expected = Referred {
            hash: hash.parse().unwrap(),
            kept: Some((OTHER.len() as u64, "text".into())),
            recorded_at: acts[0].1.at.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string(),
            acts: acts.iter().map(|(_, request)| request.id.clone()).collect(),
        };
        assert_eq!(kept.referred_files(&edition).await.unwrap(), [expected], "{}", world.name);
        let verified = kept.verify(&edition).await.unwrap().unwrap();
        assert_eq!((verified.files, verified.files_elsewhere), (1, 0), "{}", world.name);
    }
}

#[tokio::test]
async fn a_file_that_is_not_kept_here_is_counted_until_it_comes() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let (_folder, files) = shelf().await;
        let photo = visit(&sheet, &journal::Hash::of(&[PAGE]).to_string());
        let elsewhere = world.store.clone().with_files_elsewhere();
        visits(&elsewhere, &edition, number, &photo).await.unwrap();
        let verified = world.store.verify(&edition).await.unwrap().unwrap();
        assert_eq!((verified.files, verified.files_elsewhere), (0, 1), "{}", world.name);
        let told = world.store.verify_files(&edition, &files).await.unwrap().unwrap();
        assert_eq!(told, FilesVerified { files: 0, bytes: 0, elsewhere: 1 }, "{}", world.name);

        files.put(PAGE, 100).await.unwrap();
        visits(&world.store.clone().with_files(files.clone()), &edition, number + 1, &photo).await.unwrap();
        let verified = world.store.verify(&edition).await.unwrap().unwrap();
        assert_eq!((verified.files, verified.files_elsewhere), (1, 0), "{}", world.name);
        let told = world.store.verify_files(&edition, &files).await.unwrap().unwrap();
        assert_eq!(told, FilesVerified { files: 1, bytes: PAGE.len() as u64, elsewhere: 0 }, "{}", world.name);
    }
}

#[tokio::test]
async fn a_file_that_was_changed_cut_off_or_taken_away_is_named() {
    for world in worlds().await {
        let (edition, number, sheet) = until_first_sheet(&world).await;
        let (folder, files) = shelf().await;
        let hash = files.put(PAGE, 100).await.unwrap().hash;
        let kept = world.store.clone().with_files(files.clone());
        visits(&kept, &edition, number, &visit(&sheet, &hash.to_string())).await.unwrap();
        let difference = async || kept.verify_files(&edition, &files).await.unwrap().unwrap_err().first;
        let place = format!("file {hash}");
        let there = path(&folder, &hash);
        for (content, why) in [
            (OTHER, "its content has the hash"),
            (&PAGE[..5], "its content has the hash"),
            (b"", "something else is in its place"),
        ] {
            std::fs::write(&there, content).unwrap();
            let found = difference().await;
            assert!(found.place == place && found.why.starts_with(why), "{}: {found:?}", world.name);
        }
        // Another act does not take it for the file that was meant, nor one that is gone.
        let again = visits(&kept, &edition, number + 1, &visit(&sheet, &hash.to_string())).await;
        assert_eq!(again, Err("refusal-file-not-kept".to_owned()), "{}", world.name);
        std::fs::remove_file(&there).unwrap();
        assert_eq!(difference().await.why, "it is missing", "{}", world.name);
        std::fs::write(&there, PAGE).unwrap();
        assert!(kept.verify_files(&edition, &files).await.unwrap().is_ok(), "{}", world.name);
    }
}
