//! Files on their way: as a plain form, or piece by piece where there is JavaScript. A piece or a form is written to disk as it comes and is
//! never whole in memory; what is too large is refused by its announced length, before a byte of it is read.

use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{Multipart, Path, Query, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::TryStreamExt;
use office::{Finished, Taken, Wish};
use serde::{Deserialize, Serialize};
use store::files::UploadId;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};
use tokio_util::io::StreamReader;
use words::Message;

use super::desk::show_refused;
use super::{Place, Way, Wrong, asks, go, new_key, open};
use crate::app::App;
use crate::frame::{Answer, Frame};
use crate::refused::Refused;
use crate::sent::{Sent, TOKEN};
use crate::who::SignedIn;

/// The largest piece, in bytes.
const PIECE_MAX: u64 = 4 << 20;
/// What a form has beside its file, in bytes.
const FORM_BESIDE: u64 = 64 << 10;
/// A field beside the file is no longer, in bytes.
const FIELD_MAX: usize = 1 << 10;

fn announced(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The largest form with a file, in bytes.
pub(crate) fn form_most(app: &App) -> usize {
    usize::try_from(app.settings().uploads.bytes_of_file.saturating_add(FORM_BESIDE)).unwrap_or(usize::MAX)
}

fn too_large() -> Refused {
    Refused::new(StatusCode::PAYLOAD_TOO_LARGE, Message::new("web-too-large"))
}

/// Turns away what says of itself that it is too large, before any of it is read.
pub(crate) async fn not_too_large(State(app): State<App>, request: Request, next: Next) -> Response {
    let most = app.settings().uploads.bytes_of_file.saturating_add(FORM_BESIDE);
    match announced(request.headers()) {
        Some(bytes) if bytes > most => too_large().into_response(),
        _ => next.run(request).await,
    }
}

struct Came {
    document: String,
    kind: Option<String>,
    name: String,
    file: tokio::fs::File,
    size: u64,
}

/// `POST …/unggah`: a file as a form sends it.
pub(crate) async fn form(
    State(app): State<App>,
    signed: SignedIn,
    Path(way): Path<Way>,
    form: Multipart,
) -> Result<Response, Response> {
    let place = open(&app, &signed, &way, "upload").await.map_err(IntoResponse::into_response)?.place;
    let _turn = app.sending(&signed.who.person).map_err(IntoResponse::into_response)?;
    let came = receive(&app, &signed, form).await.map_err(IntoResponse::into_response)?;
    handed(&app, &signed, &way, &place, came).await.map_err(IntoResponse::into_response)
}

async fn handed(app: &App, signed: &SignedIn, way: &Way, place: &Place, came: Came) -> Answer {
    let f = Frame::new(app, &signed.visit, "web-candidate-title");
    let (document, name) = (came.document.clone(), came.name.clone());
    match send(app, signed, place, came).await? {
        Ok(Done::Waits) => Ok(go(&f, &format!("{}#dok-{document}", place.base))),
        Ok(Done::In) => Ok(go(&f, &format!("{}#dok-{document}", place.base))),
        Err(refusal) => show_refused(app, signed, way, &document, Wrong::by_rule(&f, &refusal), name).await,
    }
}

/// What became of a file that came whole.
enum Done {
    In,
    Waits,
}

async fn send(app: &App, signed: &SignedIn, place: &Place, mut came: Came) -> Result<Taken<Done>, Refused> {
    let (office, rules) = (app.office(), &app.settings().uploads);
    let asked = asks(signed, &new_key())?;
    let wish = Wish {
        contest: place.key.clone(),
        candidate: place.id.clone(),
        document: came.document,
        kind: came.kind,
        name: came.name,
        size: came.size,
    };
    let id = match office.begin_upload(&place.edition, &asked, rules, &wish).await? {
        Ok(id) => id,
        Err(refusal) => return Ok(Err(refusal)),
    };
    came.file.rewind().await.map_err(Refused::broken)?;
    if let Err(refusal) = office.append_upload(&asked, &id, 0, came.file).await? {
        let _ = office.abandon_upload(&asked, &id).await?;
        return Ok(Err(refusal));
    }
    finish(app, signed, place, &id).await
}

async fn finish(app: &App, signed: &SignedIn, place: &Place, id: &UploadId) -> Result<Taken<Done>, Refused> {
    // An upload is handed in once, however often its end is told: an answer may be lost on the line.
    let asked = asks(signed, &id.to_string())?;
    let finished = app.office().finish_upload(&place.edition, &asked, &app.settings().uploads, id).await?;
    Ok(match finished {
        Finished::Handed(office::Done::Recorded(_)) => Ok(Done::In),
        Finished::Handed(office::Done::Refused(refusal)) | Finished::Refused(refusal) => Err(refusal),
        Finished::Handed(office::Done::Stale(_)) => Err(Box::new(stale())),
        Finished::Waits => Ok(Done::Waits),
    })
}

fn stale() -> award::Refusal {
    award::Refusal::new(Message::new("web-candidate-stale"), Message::new("web-candidate-stale-next"))
}

fn not_understood() -> Refused {
    Refused::new(StatusCode::UNPROCESSABLE_ENTITY, Message::new("web-candidate-file-form"))
}

/// Reads a form with its fields before its file. The token comes first of all, so that nothing of a stranger's form is kept.
async fn receive(app: &App, signed: &SignedIn, mut form: Multipart) -> Result<Came, Refused> {
    let (mut is_own, mut document, mut kind) = (false, None, None);
    while let Some(field) = form.next_field().await.map_err(|_| not_understood())? {
        match field.name() {
            Some(TOKEN) => is_own = signed.who.is_own_form(&short(field).await?),
            _ if !is_own => return Err(Refused::new(StatusCode::UNPROCESSABLE_ENTITY, Message::new("web-form-token"))),
            Some("dokumen") => document = Some(short(field).await?),
            Some("jenis") => kind = Some(short(field).await?).filter(|kind| !kind.is_empty()),
            Some("berkas") => {
                let document = document.ok_or_else(not_understood)?;
                let name = field.file_name().unwrap_or_default().to_owned();
                let (file, size) = to_disk(field, app.settings().uploads.bytes_of_file).await?;
                return Ok(Came { document, kind, name, file, size });
            }
            _ => return Err(not_understood()),
        }
    }
    Err(not_understood())
}

pub(super) async fn short(field: Field<'_>) -> Result<String, Refused> {
    read_field(field, FIELD_MAX).await?.ok_or_else(not_understood)
}

/// A field as text; none if it is longer than so many bytes, of which no more are read, or no text.
pub(super) async fn read_field(mut field: Field<'_>, most: usize) -> Result<Option<String>, Refused> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|_| not_understood())? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > most {
            return Ok(None);
        }
    }
    Ok(String::from_utf8(bytes).ok())
}

/// Writes a file to disk as it comes; it has no name there and is gone with its last reader.
pub(super) async fn to_disk(mut field: Field<'_>, most: u64) -> Result<(tokio::fs::File, u64), Refused> {
    let file = tokio::task::spawn_blocking(tempfile::tempfile).await.map_err(Refused::broken)?.map_err(Refused::broken)?;
    let (mut file, mut size) = (tokio::fs::File::from_std(file), 0_u64);
    while let Some(piece) = field.chunk().await.map_err(|_| not_understood())? {
        size = size.saturating_add(piece.len() as u64);
        if size > most {
            return Err(too_large());
        }
        file.write_all(&piece).await.map_err(Refused::broken)?;
    }
    file.flush().await.map_err(Refused::broken)?;
    Ok((file, size))
}

/// What the script is told. A refusal is no error of the line, so it comes as an answer.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Told {
    #[serde(skip_serializing_if = "Option::is_none")]
    kiriman: Option<String>,
    /// Where the next piece begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    sampai: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    selesai: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    galat: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lanjut: Option<String>,
}

fn told<T>(app: &App, signed: &SignedIn, taken: Taken<T>, say: impl FnOnce(T) -> Told) -> Response {
    let f = Frame::new(app, &signed.visit, "web-candidate-title");
    let told = taken.map_or_else(
        |refusal| {
            let wrong = Wrong::by_rule(&f, &refusal);
            Told { galat: Some(wrong.why), lanjut: Some(wrong.next), ..Told::default() }
        },
        say,
    );
    let text = serde_json::to_vec(&told).unwrap_or_default();
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Begins {
    dokumen: String,
    jenis: Option<String>,
    nama: String,
    ukuran: u64,
}

/// `POST …/unggah/mulai`: a file is announced.
pub(crate) async fn begin(State(app): State<App>, signed: SignedIn, Path(way): Path<Way>, Sent(sent): Sent<Begins>) -> Answer {
    let place = open(&app, &signed, &way, "upload").await?.place;
    let wish = Wish {
        contest: place.key,
        candidate: place.id,
        document: sent.dokumen,
        kind: sent.jenis,
        name: sent.nama,
        size: sent.ukuran,
    };
    let asked = asks(&signed, &new_key())?;
    let begun = app.office().begin_upload(&place.edition, &asked, &app.settings().uploads, &wish).await?;
    Ok(told(&app, &signed, begun, |id| Told { kiriman: Some(id.to_string()), sampai: Some(0), ..Told::default() }))
}

type OneUpload = (String, String, String, String);

fn upload(id: &str) -> Result<UploadId, Refused> {
    id.parse().map_err(|_| Refused::nothing_here())
}

/// `GET …/unggah/{upload}`: how much of it has come.
pub(crate) async fn progress(State(app): State<App>, signed: SignedIn, Path((.., id)): Path<OneUpload>) -> Answer {
    let progress = app.office().upload_progress(&asks(&signed, &new_key())?, &upload(&id)?).await?;
    Ok(told(&app, &signed, progress, |progress| Told { sampai: Some(progress.received), ..Told::default() }))
}

#[derive(Deserialize)]
pub(crate) struct From {
    dari: u64,
}

/// `PUT …/unggah/{upload}?dari=N`: the next piece. The token comes as a header, for the body is the file.
pub(crate) async fn append(
    State(app): State<App>,
    signed: SignedIn,
    Path((.., id)): Path<OneUpload>,
    Query(From { dari }): Query<From>,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let token = headers.get("x-tanda").and_then(|token| token.to_str().ok()).unwrap_or_default();
    if !signed.who.is_own_form(token) {
        return Err(Refused::new(StatusCode::UNPROCESSABLE_ENTITY, Message::new("web-form-token")));
    }
    if announced(&headers).is_none_or(|bytes| bytes > PIECE_MAX) {
        return Err(too_large());
    }
    let reader = StreamReader::new(body.into_data_stream().map_err(std::io::Error::other));
    let appended = app.office().append_upload(&asks(&signed, &new_key())?, &upload(&id)?, dari, reader).await?;
    Ok(told(&app, &signed, appended, |to| Told { sampai: Some(to), ..Told::default() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

/// `POST …/unggah/{upload}/selesai`: all has come.
pub(crate) async fn done(
    State(app): State<App>,
    signed: SignedIn,
    Path((edition, contest, candidate, id)): Path<OneUpload>,
    Sent(Nothing {}): Sent<Nothing>,
) -> Answer {
    let place = Place::of(&app, &(edition, contest, candidate)).await?;
    let finished = finish(&app, &signed, &place, &upload(&id)?).await?;
    Ok(told(&app, &signed, finished, |done| Told { selesai: Some(matches!(done, Done::In)), ..Told::default() }))
}

/// `POST …/unggah/{upload}/batal`: it is given up.
pub(crate) async fn cancel(
    State(app): State<App>,
    signed: SignedIn,
    Path((edition, contest, candidate, id)): Path<OneUpload>,
    Sent(Nothing {}): Sent<Nothing>,
) -> Answer {
    let place = Place::of(&app, &(edition, contest, candidate)).await?;
    app.office().abandon_upload(&asks(&signed, &new_key())?, &upload(&id)?).await?.map_err(|why| Refused::by_rule(*why))?;
    Ok(go(&Frame::new(&app, &signed.visit, "web-candidate-title"), &format!("{}#berkas", place.base)))
}

/// `POST …/unggah/{upload}/lanjut`: all has come, and the scanner is asked again.
pub(crate) async fn again(
    State(app): State<App>,
    signed: SignedIn,
    Path((edition, contest, candidate, id)): Path<OneUpload>,
    Sent(Nothing {}): Sent<Nothing>,
) -> Answer {
    let way = (edition, contest, candidate);
    let opened = open(&app, &signed, &way, "upload").await?;
    let f = Frame::new(&app, &signed.visit, "web-candidate-title");
    let lines = opened.desk.checklist.into_iter().flat_map(|list| list.documents);
    let mut own = lines.filter(|line| line.uploads.iter().any(|upload| upload.id == id));
    let document = own.next().ok_or_else(Refused::nothing_here)?.id;
    match finish(&app, &signed, &opened.place, &upload(&id)?).await? {
        Ok(_) => Ok(go(&f, &format!("{}#dok-{document}", opened.place.base))),
        Err(refusal) => show_refused(&app, &signed, &way, &document, Wrong::by_rule(&f, &refusal), String::new()).await,
    }
}
