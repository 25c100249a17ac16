//! A file that a candidate handed in, given back to those who may read the dossier: always to be saved, never shown within our pages.

use award::stage::dossier::FileRef;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use store::files::Error;
use words::Message;

use super::open;
use crate::app::App;
use crate::frame::Answer;
use crate::refused::Refused;
use crate::who::SignedIn;

/// What RFC 5987 lets stand in a name as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// `GET …/berkas/{hash}`.
pub(crate) async fn give(
    State(app): State<App>,
    signed: SignedIn,
    Path((edition, contest, candidate, hash)): Path<(String, String, String, String)>,
) -> Answer {
    let opened = open(&app, &signed, &(edition, contest, candidate), "file of a dossier").await?;
    let documents = opened.desk.checklist.into_iter().flat_map(|list| list.documents);
    let versions = documents.flat_map(|document| document.versions).map(|line| Named::from(line.version.file));
    let hearing = opened.desk.hearing;
    let materials: Vec<Named> =
        hearing.iter().flat_map(|one| &one.materials).map(|kept| Named::from(kept.material.file.clone())).collect();
    let delegates = hearing.into_iter().flat_map(|hearing| hearing.came.into_iter().chain(hearing.sent));
    let letters = delegates.filter_map(|one| one.letter);
    let letters = letters.map(|letter| Named { hash: letter.sha256, name: letter.name, format: String::new(), bytes: None });
    let file = versions.chain(materials).chain(letters).find(|file| file.hash == hash).ok_or_else(Refused::nothing_here)?;
    let files = app.office().store().files().ok_or_else(Refused::nothing_here)?;
    let address = file.hash.parse().map_err(|_| Refused::nothing_here())?;
    let pieces = files.get(&address).await.map_err(|why| match why {
        // Told of before files were kept, or lost: the record stands, and whoever asks is told which file it is.
        Error::Missing(_) => Refused::new(StatusCode::NOT_FOUND, Message::new("web-candidate-not-kept").text("file", &file.name)),
        other => Refused::broken(other),
    })?;
    Ok(answer(&file, Body::from_stream(pieces)))
}

/// A file that an act of the candidate names.
struct Named {
    hash: String,
    name: String,
    /// Empty where nobody looked.
    format: String,
    bytes: Option<u64>,
}

impl From<FileRef> for Named {
    fn from(file: FileRef) -> Named {
        Named { hash: file.hash, name: file.name, format: file.format, bytes: Some(file.bytes) }
    }
}

fn answer(file: &Named, body: Body) -> Response {
    let mut response = body.into_response();
    let head = response.headers_mut();
    head.insert(CONTENT_TYPE, HeaderValue::from_static(kind(&file.format)));
    if let Some(bytes) = file.bytes {
        head.insert(CONTENT_LENGTH, bytes.into());
    }
    head.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    head.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let named = HeaderValue::try_from(disposition(&file.name));
    head.insert(CONTENT_DISPOSITION, named.unwrap_or(HeaderValue::from_static("attachment")));
    response
}

/// What browsers are told that a file is, by what was found in its bytes.
fn kind(format: &str) -> &'static str {
    match format {
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpeg" => "image/jpeg",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "csv" => "text/csv; charset=utf-8",
        "text" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// To be saved, under its own name (RFC 6266, RFC 5987), with a plain one for browsers that know no other.
fn disposition(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, PLAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_a_file_cannot_break_out_of_its_header() {
        assert_eq!(
            disposition("Perda \"Jamsos\"\r\n é.pdf"),
            "attachment; filename=\"Perda__Jamsos_____.pdf\"; filename*=UTF-8''Perda%20%22Jamsos%22%0D%0A%20%C3%A9.pdf"
        );
    }
}
