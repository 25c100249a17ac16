//! What a candidate sends ahead of its interview: whom it sends, with the letter, and what it will show. A file is looked into and scanned
//! before the act that names it; refused, it is not kept.

use award::evidence::FileRef as Letter;
use award::files::shown_name;
use award::schedule::{Material, Sending};
use award::sight::Part;
use award::stage::dossier::FileRef;
use award::{Act, Actor, CandidateId, ContestKey, Deed, decide, permit_person};
use store::files::Files;
use store::{Edition, Names};
use tokio::io::AsyncRead;

use crate::asked::Asked;
use crate::error::Result;
use crate::office::{Done, Office};
use crate::scan::Verdict;
use crate::upload::{Taken, UploadRules, answered, ending, format, inspected, refused};

/// A file as it comes.
#[derive(Debug)]
pub struct Coming<R> {
    /// What it is called where it comes from.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// Its bytes.
    pub content: R,
}

impl Office {
    /// A candidate says whom it sends, with the letter of whoever speaks. Without a new letter the one that came before stays.
    ///
    /// # Errors
    ///
    /// [`crate::Error::NoAccount`] if the asker has none that is active; otherwise what the database or the place for files says.
    pub async fn send_delegation_with<R: AsyncRead + Send>(
        &self,
        edition: &Edition,
        asked: &Asked,
        rules: &UploadRules,
        key: ContestKey,
        mut sending: Sending,
        letter: Option<Coming<R>>,
    ) -> Result<Taken<Done>> {
        let Some(coming) = letter else {
            let before = self.letter_of(edition, &key, &sending.candidate).await?;
            put(&mut sending, before);
            return Ok(Ok(self.send_delegation(edition, asked, key, sending).await?));
        };
        let name = shown_name(&coming.name);
        put(&mut sending, Some(Letter { sha256: "0".repeat(64), name: name.clone() }));
        if let Err(why) = self.may_do(edition, asked, Deed::SendDelegation(key.clone(), sending.clone())).await? {
            return Ok(Err(why));
        }
        let stored = match self.taken_in(rules, coming).await? {
            Ok(taken) => taken,
            Err(why) => return Ok(Err(why)),
        };
        put(&mut sending, Some(Letter { sha256: stored.hash, name }));
        Ok(Ok(self.send_delegation(edition, asked, key, sending).await?))
    }

    /// A candidate hands in what it will show.
    ///
    /// # Errors
    ///
    /// As [`Office::send_delegation_with`].
    pub async fn hand_in_material_with<R: AsyncRead + Send>(
        &self,
        edition: &Edition,
        asked: &Asked,
        rules: &UploadRules,
        key: ContestKey,
        (candidate, title): (CandidateId, String),
        coming: Coming<R>,
    ) -> Result<Taken<Done>> {
        let name = shown_name(&coming.name);
        let announced = FileRef { hash: "0".repeat(64), bytes: coming.size, format: ending(&name), name };
        let mut material = Material { candidate, title, file: announced };
        if let Err(why) = self.may_do(edition, asked, Deed::HandInMaterial(key.clone(), material.clone())).await? {
            return Ok(Err(why));
        }
        let stored = match self.taken_in(rules, coming).await? {
            Ok(taken) => taken,
            Err(why) => return Ok(Err(why)),
        };
        material.file = FileRef { name: material.file.name, ..stored };
        Ok(Ok(self.hand_in_material(edition, asked, key, material).await?))
    }

    /// Whether a deed would be decided, now, by this person; nothing is recorded.
    async fn may_do(&self, edition: &Edition, asked: &Asked, deed: Deed) -> Result<Taken<()>> {
        let (_, grants) = self.signed_in(&asked.by).await?;
        let state = self.store.state(edition, Part::seen_by(&deed), &Names::Hidden).await?;
        let decided = permit_person(&state, &asked.by, &grants, &deed, Some(asked.at)).and_then(|permit| {
            let actor = Actor::Person(asked.by.clone(), Box::new(permit.grant().clone()));
            decide(&state, &Act { actor, at: Some(asked.at), deed }, permit)
        });
        Ok(decided.map(|_| ()).map_err(Box::new))
    }

    /// The letter that the speaker of a candidate's delegation has shown so far.
    async fn letter_of(&self, edition: &Edition, key: &ContestKey, candidate: &CandidateId) -> Result<Option<Letter>> {
        let state = self.store.state(edition, [Part::Entry(key.clone(), candidate.clone())], &Names::Hidden).await?;
        let entry = state.contests.get(key).and_then(|contest| contest.entry(candidate.as_str()));
        let sent = entry.and_then(|entry| entry.hearing.sent.last());
        Ok(sent.and_then(|sent| sent.delegation.first()?.letter.clone()))
    }

    /// Keeps a file whole, looked into and scanned. What is refused afterwards is named by no act, and swept.
    async fn taken_in<R: AsyncRead + Send>(&self, rules: &UploadRules, coming: Coming<R>) -> Result<Taken<FileRef>> {
        let Some(files) = self.store.files() else { return Ok(Err(refused("upload-no-place"))) };
        let stored = match answered(files.put(coming.content, rules.bytes_of_file).await)? {
            Ok(stored) => stored,
            Err(why) => return Ok(Err(why)),
        };
        let clean = match inspected(files, &stored).await? {
            Ok(()) => verdict(rules, files, &stored.hash).await,
            refused => refused,
        };
        let file =
            FileRef { hash: stored.hash.to_string(), bytes: stored.size, format: format(stored.kind), name: String::new() };
        Ok(clean.map(|()| file))
    }
}

/// What the scanner says. A file of the interview does not wait: whoever sends it is there and can send it again.
async fn verdict(rules: &UploadRules, files: &Files, hash: &store::files::Hash) -> Taken<()> {
    let Some(scanner) = &rules.scanner else { return Ok(()) };
    match scanner.scan(files, hash).await {
        Verdict::Clean => Ok(()),
        Verdict::Infected(name) => Err(crate::upload::of(words::Message::new("upload-infected").text("virus", name))),
        Verdict::NoAnswer(why) => {
            tracing::warn!(why, "the scanner does not answer");
            Err(refused("upload-unscanned"))
        }
    }
}

fn put(sending: &mut Sending, letter: Option<Letter>) {
    if let Some(speaker) = sending.delegation.first_mut() {
        speaker.letter = letter;
    }
}
