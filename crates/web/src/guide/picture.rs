//! The pictures of the guide: taken from the pages by `tools/guide-pictures.sh`, part of the program.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::refused::Refused;

/// Every picture with its name.
pub(super) const PICTURES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/pictures.in"));

/// `GET /panduan/gambar/{name}`.
pub(crate) async fn serve(Path(name): Path<String>) -> Result<Response, Refused> {
    let found = PICTURES.iter().find(|(known, _)| *known == name).ok_or_else(Refused::nothing_here)?;
    let bytes = axum::body::Bytes::from_static(found.1);
    Ok(([(CONTENT_TYPE, "image/webp"), (CACHE_CONTROL, "public, max-age=86400")], bytes).into_response())
}

/// Whether there is a picture of that name, and it is one.
#[cfg(test)]
pub(super) fn is_there(name: &str) -> bool {
    let is_webp = |bytes: &[u8]| bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    PICTURES.iter().any(|(known, bytes)| *known == name && is_webp(bytes))
}
