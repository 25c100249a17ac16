//! Files that a candidate hands in over a bad line: begun for one item of the checklist, sent piece by piece, looked at and scanned when all
//! has come, and only then handed in. Where an upload stands survives a restart.

use award::candidate::Upload;
use award::files::shown_name;
use award::sight::Part;
use award::stage::dossier::{FileRef, HandedItem, formats};
use award::{Act, CandidateId, ContestKey, Deed, PersonId, Refusal, State, decide, permit_person};
use jiff::{SignedDuration, Timestamp};
use store::files::{Files, Kind, Progress, Stored, UploadId};
use store::{Edition, Names, UploadBegun, UploadMost, UploadRow, UploadState};
use tokio::io::AsyncRead;
use words::Message;

use crate::asked::Asked;
use crate::error::Result;
use crate::office::{Done, Office};
use crate::scan::{Scanner, Verdict};

/// What is taken from anybody, whatever a rulebook allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadRules {
    /// Most uploads of one person under way.
    pub of_person: u64,
    /// Largest file, in bytes.
    pub bytes_of_file: u64,
    /// Most bytes for one candidate in one contest, all versions handed in and all uploads together.
    pub bytes_of_candidate: u64,
    /// Who looks for viruses; none if nobody does.
    pub scanner: Option<Scanner>,
    /// What becomes of a file of which the scanner says nothing.
    pub unscanned: Unscanned,
}

impl Default for UploadRules {
    fn default() -> UploadRules {
        let bytes_of_file = 100 * 1024 * 1024;
        let bytes_of_candidate = 2 * 1024 * 1024 * 1024;
        UploadRules { of_person: 20, bytes_of_file, bytes_of_candidate, scanner: None, unscanned: Unscanned::Waits }
    }
}

/// What becomes of a file of which the scanner says nothing. It is never handed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unscanned {
    /// It waits, until somebody asks again.
    Waits,
    /// It is refused.
    Refused,
}

/// What somebody wants to send.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Wish {
    pub contest: ContestKey,
    pub candidate: CandidateId,
    /// The id of a document of the checklist.
    pub document: String,
    /// Which of its kinds.
    pub kind: Option<String>,
    /// What the file is called where it comes from.
    pub name: String,
    /// In bytes.
    pub size: u64,
}

/// What became of an upload of which all has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Finished {
    /// It was handed in, or the rules of the award say no.
    Handed(Done),
    /// It is kept, and waits for the scanner.
    Waits,
    /// It is not handed in: what it is, or what is in it.
    Refused(Box<Refusal>),
}

/// What was asked for, or why not.
pub type Taken<T> = std::result::Result<T, Box<Refusal>>;

impl Office {
    /// Begins an upload, if the file could be handed in as it is announced: by this person, now, for this item, of this size and format.
    ///
    /// # Errors
    ///
    /// [`crate::Error::NoAccount`] if the asker has none that is active; otherwise what the database or the place for files says.
    pub async fn begin_upload(
        &self,
        edition: &Edition,
        asked: &Asked,
        rules: &UploadRules,
        wish: &Wish,
    ) -> Result<Taken<UploadId>> {
        let Some(files) = self.store.files() else { return Ok(Err(refused("upload-no-place"))) };
        let announced = announced(&asked.by, wish);
        let handed = match self.may_hand_in(edition, asked, &wish.contest, announced).await? {
            Ok(handed) => handed,
            Err(refusal) => return Ok(Err(refusal)),
        };
        if wish.size > rules.bytes_of_file {
            return Ok(Err(from_files(&store::files::Error::TooLarge { size: wish.size, limit: rules.bytes_of_file })));
        }
        let id = files.begin(wish.size, rules.bytes_of_file).await?;
        let most = UploadMost { of_person: rules.of_person, bytes_of_candidate: rules.bytes_of_candidate.saturating_sub(handed) };
        let begun = self.store.begin_upload(&row(edition, asked, wish, &id), &most).await;
        let why = match begun {
            Ok(UploadBegun::Kept) => return Ok(Ok(id)),
            Ok(UploadBegun::TooMany(open)) => Ok(Err(number("upload-too-many", open, rules.of_person))),
            Ok(UploadBegun::TooMuch(bytes)) => {
                let used = (bytes.saturating_add(handed)) / MEBIBYTE;
                Ok(Err(number("upload-too-much", used, rules.bytes_of_candidate / MEBIBYTE)))
            }
            Err(error) => Err(error.into()),
        };
        files.abandon(&id).await?;
        why
    }

    /// How far an upload is, for whoever began it.
    ///
    /// # Errors
    ///
    /// As [`Office::begin_upload`].
    pub async fn upload_progress(&self, asked: &Asked, id: &UploadId) -> Result<Taken<Progress>> {
        let (files, _) = match self.own_upload(asked, id).await? {
            Ok(own) => own,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.answered_by_files(id, files.progress(id).await).await
    }

    /// Appends what is read, and says where the next piece begins.
    ///
    /// # Errors
    ///
    /// As [`Office::begin_upload`].
    pub async fn append_upload(
        &self,
        asked: &Asked,
        id: &UploadId,
        offset: u64,
        reader: impl AsyncRead + Send,
    ) -> Result<Taken<u64>> {
        let (files, _) = match self.own_upload(asked, id).await? {
            Ok(own) => own,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.answered_by_files(id, files.append(id, offset, reader).await).await
    }

    /// Looks at an upload of which all has come, has it scanned, and hands it in. Asked again, also after a restart, it goes on where it
    /// stood: with the scanner, or with the same answer.
    ///
    /// # Errors
    ///
    /// As [`Office::begin_upload`].
    pub async fn finish_upload(&self, edition: &Edition, asked: &Asked, rules: &UploadRules, id: &UploadId) -> Result<Finished> {
        let (files, row) = match self.own_upload(asked, id).await? {
            Ok(own) => own,
            Err(refusal) => return Ok(Finished::Refused(refusal)),
        };
        let stored = match self.answered_by_files(id, files.finish(id).await).await? {
            Ok(stored) => stored,
            Err(refusal) => return Ok(Finished::Refused(refusal)),
        };
        if matches!(row.state, UploadState::Open | UploadState::Unchecked) {
            match self.looked_at(files, rules, &row, &stored).await? {
                Ok(true) => {}
                Ok(false) => return Ok(Finished::Waits),
                Err(refusal) => {
                    self.drop_upload(files, id).await?;
                    return Ok(Finished::Refused(refusal));
                }
            }
        }
        self.hand_in_upload(edition, asked, files, &row, &stored).await
    }

    /// Gives an upload up.
    ///
    /// # Errors
    ///
    /// As [`Office::begin_upload`].
    pub async fn abandon_upload(&self, asked: &Asked, id: &UploadId) -> Result<Taken<()>> {
        match self.own_upload(asked, id).await? {
            Ok((files, _)) => Ok(Ok(self.drop_upload(files, id).await?)),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// The uploads under way for a candidate in a contest, with how far each is. Who may see them, the caller has asked.
    pub(crate) async fn uploads_of(&self, edition: &Edition, key: &ContestKey, candidate: &CandidateId) -> Result<Vec<Upload>> {
        let Some(files) = self.store.files() else { return Ok(Vec::new()) };
        let mut uploads = Vec::new();
        for row in self.store.uploads(&edition.id, candidate.as_str()).await? {
            if row.contest != key.path() || row.state == UploadState::Handed {
                continue;
            }
            let Ok(id) = row.id.parse::<UploadId>() else { continue };
            match files.progress(&id).await {
                Ok(progress) => uploads.push(shown(row, &progress)),
                // Its bytes were swept: it will never be more.
                Err(store::files::Error::UnknownUpload(_)) => drop(self.store.end_upload(&row.id).await?),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(uploads)
    }

    /// Whether an item could be handed in as announced; how many bytes the candidate has handed in already.
    async fn may_hand_in(&self, edition: &Edition, asked: &Asked, key: &ContestKey, item: HandedItem) -> Result<Taken<u64>> {
        let (_, grants) = self.signed_in(&asked.by).await?;
        let deed = Deed::HandInItem(key.clone(), item.clone());
        let state = self.store.state(edition, Part::seen_by(&deed), &Names::Hidden).await?;
        let item = with_a_format(&state, key, item);
        let deed = Deed::HandInItem(key.clone(), item.clone());
        let asked_for = permit_person(&state, &asked.by, &grants, &deed, Some(asked.at)).and_then(|permit| {
            let actor = award::Actor::Person(asked.by.clone(), Box::new(permit.grant().clone()));
            decide(&state, &Act { actor, at: Some(asked.at), deed }, permit)
        });
        if let Err(refusal) = asked_for {
            return Ok(Err(Box::new(refusal)));
        }
        let entry = state.contests.get(key).and_then(|contest| contest.entry(item.candidate.as_str()));
        let versions = entry.into_iter().flat_map(|entry| entry.desk.items.values().flatten());
        Ok(Ok(versions.map(|version| version.file.bytes).fold(0, u64::saturating_add)))
    }

    /// An upload with the place of its bytes, if the asker began it and may still sign in.
    async fn own_upload(&self, asked: &Asked, id: &UploadId) -> Result<Taken<(&Files, UploadRow)>> {
        self.signed_in(&asked.by).await?;
        let Some(files) = self.store.files() else { return Ok(Err(refused("upload-no-place"))) };
        let row = self.store.upload(&id.to_string()).await?.filter(|row| row.person == asked.by.as_str());
        Ok(row.map(|row| (files, row)).ok_or_else(|| refused("upload-unknown")))
    }

    /// What the place for files says: its refusals are the sender's business, and some of them end the upload.
    async fn answered_by_files<T>(&self, id: &UploadId, answer: Result<T, store::files::Error>) -> Result<Taken<T>> {
        use store::files::Error;
        match answer {
            Ok(answer) => Ok(Ok(answer)),
            Err(error @ (Error::Kind(_) | Error::UnknownUpload(_))) => {
                self.store.end_upload(&id.to_string()).await?;
                Ok(Err(from_files(&error)))
            }
            other => answered(other),
        }
    }

    /// Whether a file may be handed in; false while it waits for the scanner.
    async fn looked_at(&self, files: &Files, rules: &UploadRules, row: &UploadRow, stored: &Stored) -> Result<Taken<bool>> {
        if let Err(why) = inspected(files, stored).await? {
            return Ok(Err(why));
        }
        let verdict = match &rules.scanner {
            Some(scanner) => scanner.scan(files, &stored.hash).await,
            None => Verdict::Clean,
        };
        let to = match verdict {
            Verdict::Clean => UploadState::Ready,
            Verdict::Infected(name) => return Ok(Err(of(Message::new("upload-infected").text("virus", name)))),
            Verdict::NoAnswer(why) => {
                tracing::warn!(upload = row.id, why, "the scanner does not answer");
                if rules.unscanned == Unscanned::Refused {
                    return Ok(Err(refused("upload-unscanned")));
                }
                UploadState::Unchecked
            }
        };
        self.store.move_upload(&row.id, row.state, to, &stored.hash.to_string()).await?;
        Ok(Ok(to == UploadState::Ready))
    }

    async fn hand_in_upload(
        &self,
        edition: &Edition,
        asked: &Asked,
        files: &Files,
        row: &UploadRow,
        stored: &Stored,
    ) -> Result<Finished> {
        let Some(contest) = ContestKey::parse(&row.contest).filter(|_| row.edition == edition.id) else {
            return Ok(Finished::Refused(refused("upload-unknown")));
        };
        let file =
            FileRef { hash: stored.hash.to_string(), bytes: stored.size, format: format(stored.kind), name: row.name.clone() };
        let item = HandedItem {
            candidate: row.candidate.as_str().into(),
            document: row.document.clone(),
            kind: Some(row.kind.clone()).filter(|kind| !kind.is_empty()),
            file,
            by: asked.by.clone(),
        };
        let item = match stored.kind {
            Kind::Text => self.as_table(edition, &contest, item).await?,
            _ => item,
        };
        let done = self.hand_in_item(edition, asked, contest, item).await?;
        match &done {
            Done::Recorded(_) => {
                for from in [UploadState::Ready, UploadState::Unchecked, UploadState::Open] {
                    self.store.move_upload(&row.id, from, UploadState::Handed, &stored.hash.to_string()).await?;
                }
            }
            Done::Refused(_) => self.drop_upload(files, &row.id.parse()?).await?,
            Done::Stale(_) => {}
        }
        Ok(Finished::Handed(done))
    }

    /// A text is called a table where the checklist asks for one.
    async fn as_table(&self, edition: &Edition, contest: &ContestKey, mut item: HandedItem) -> Result<HandedItem> {
        let state = self.store.shared_state(edition, [Part::Edition, Part::Round(contest.round.clone())]).await?;
        let category = state.rules_of(&contest.round).category(&contest.category);
        let document = category.and_then(|category| category.documents.iter().find(|document| document.id == item.document));
        // What calls itself a PDF is none because it can be read as text.
        let is_called_so = matches!(ending(&item.file.name).as_str(), "csv" | "txt" | "");
        if is_called_so && document.is_some_and(|document| formats(document).contains(&"csv")) {
            item.file.format = "csv".to_owned();
        }
        Ok(item)
    }

    async fn drop_upload(&self, files: &Files, id: &UploadId) -> Result<()> {
        self.store.end_upload(&id.to_string()).await?;
        Ok(files.abandon(id).await?)
    }
}

impl Office {
    /// Ends the uploads that nobody finished within [`UPLOAD_KEPT`], with their bytes: whoever began one and left keeps nobody else from sending.
    /// What was handed in stays.
    ///
    /// # Errors
    ///
    /// What the database or the place for files says.
    pub async fn sweep_uploads(&self, now: Timestamp) -> Result<u64> {
        let before = now - UPLOAD_KEPT;
        let ended = self.store.sweep_uploads(before).await?;
        if let Some(files) = self.store.files() {
            files.sweep_unfinished(before).await?;
        }
        Ok(ended)
    }
}

/// So long an upload that was begun waits for its rest.
pub const UPLOAD_KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);

const MEBIBYTE: u64 = 1024 * 1024;

/// The item as it is announced: no byte of it has come, so its name alone says what it might be.
fn announced(by: &PersonId, wish: &Wish) -> HandedItem {
    let name = shown_name(&wish.name);
    let file = FileRef { hash: "0".repeat(64), bytes: wish.size, format: ending(&name), name };
    let (candidate, document, kind) = (wish.candidate.clone(), wish.document.clone(), wish.kind.clone());
    HandedItem { candidate, document, kind, file, by: by.clone() }
}

/// The format that the ending of a name promises; empty without one.
pub(crate) fn ending(name: &str) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "jpg" | "jpe" => "jpeg".to_owned(),
        _ => ending,
    }
}

/// What the place for files says of what was sent: its refusals are the sender's business.
pub(crate) fn answered<T>(answer: Result<T, store::files::Error>) -> Result<Taken<T>> {
    use store::files::Error;
    match answer {
        Ok(answer) => Ok(Ok(answer)),
        Err(
            error @ (Error::WrongOffset { .. }
            | Error::TooMuch { .. }
            | Error::TooLarge { .. }
            | Error::Empty
            | Error::Incomplete { .. }
            | Error::Kind(_)
            | Error::Input(_)),
        ) => Ok(Err(from_files(&error))),
        Err(error) => Err(error.into()),
    }
}

/// Whether nothing is hidden in a file.
pub(crate) async fn inspected(files: &Files, stored: &Stored) -> Result<Taken<()>> {
    Ok(files.inspect(stored).await?.map_err(|why| of(why.message())))
}

/// A name without an ending says nothing: what the file is, its content will show.
fn with_a_format(state: &State, key: &ContestKey, mut item: HandedItem) -> HandedItem {
    let category = state.rules_of(&key.round).category(&key.category);
    let document = category.and_then(|category| category.documents.iter().find(|document| document.id == item.document));
    if let Some(first) = document.and_then(|document| formats(document).first().map(|first| (*first).to_owned()))
        && item.file.format.is_empty()
    {
        item.file.format = first;
    }
    item
}

fn row(edition: &Edition, asked: &Asked, wish: &Wish, id: &UploadId) -> UploadRow {
    UploadRow {
        id: id.to_string(),
        edition: edition.id.clone(),
        contest: wish.contest.path(),
        candidate: wish.candidate.to_string(),
        document: wish.document.clone(),
        kind: wish.kind.clone().unwrap_or_default(),
        name: shown_name(&wish.name),
        person: asked.by.to_string(),
        size: wish.size,
        begun_at: asked.at.strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string(),
        state: UploadState::Open,
        file: String::new(),
    }
}

fn shown(row: UploadRow, progress: &Progress) -> Upload {
    Upload {
        id: row.id,
        document: row.document,
        name: row.name,
        by: row.person.as_str().into(),
        received: progress.received,
        expected: progress.expected,
        unchecked: row.state == UploadState::Unchecked,
    }
}

/// What a checklist calls a kind of file.
pub(crate) fn format(kind: Kind) -> String {
    match kind {
        Kind::Pdf => "pdf",
        Kind::Png => "png",
        Kind::Jpeg => "jpeg",
        Kind::Xlsx => "xlsx",
        Kind::Docx => "docx",
        Kind::Text => "text",
    }
    .to_owned()
}

pub(crate) fn of(rule: Message) -> Box<Refusal> {
    let next = Message::new(format!("{}-next", rule.key()));
    Box::new(Refusal::new(rule, next))
}

pub(crate) fn refused(key: &str) -> Box<Refusal> {
    of(Message::new(key))
}

fn number(key: &str, found: u64, most: u64) -> Box<Refusal> {
    of(Message::new(key).number("found", found).number("most", most))
}

fn from_files(error: &store::files::Error) -> Box<Refusal> {
    Box::new(Refusal::new(error.refusal(), error.next()))
}
