//! Browser files: ours from `assets/`, others' from npm by the lock file, all within the program. Each has the hash of all in its address,
//! so that a browser may keep it for ever.

use std::io::Write;
use std::sync::OnceLock;

use axum::body::Bytes;
use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use crate::refused::Refused;

/// A year: as long as the header goes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

macro_rules! ours {
    ($name:literal, $kind:literal) => {
        Asset { name: $name, kind: $kind, bytes: include_bytes!(concat!("../assets/", $name)) }
    };
}

macro_rules! theirs {
    ($name:literal, $kind:literal) => {
        Asset { name: $name, kind: $kind, bytes: include_bytes!(concat!(env!("OUT_DIR"), "/", $name)) }
    };
}

const ASSETS: [Asset; 9] = [
    ours!("paritrana.css", "text/css; charset=utf-8"),
    ours!("paritrana.js", "text/javascript; charset=utf-8"),
    ours!("unggah.js", "text/javascript; charset=utf-8"),
    ours!("masuk.js", "text/javascript; charset=utf-8"),
    ours!("kawung.svg", "image/svg+xml"),
    ours!("mark.svg", "image/svg+xml"),
    theirs!("htmx.js", "text/javascript; charset=utf-8"),
    theirs!("jakarta.woff2", "font/woff2"),
    theirs!("jakarta-ext.woff2", "font/woff2"),
];

struct Kept {
    asset: &'static Asset,
    /// Smaller; none where it would not be.
    gzip: Option<Bytes>,
}

struct Shelf {
    mark: String,
    kept: Vec<Kept>,
}

fn shelf() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    static ALL: [Asset; ASSETS.len()] = ASSETS;
    SHELF.get_or_init(|| {
        let mut hash = Sha256::new();
        ALL.iter().for_each(|asset| hash.update(asset.bytes));
        let mark = hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let keep =
            |asset: &'static Asset| Kept { asset, gzip: Some(gzip(asset.bytes)).filter(|small| small.len() < asset.bytes.len()) };
        Shelf { mark, kept: ALL.iter().map(keep).collect() }
    })
}

/// Makes the files and the index of all regions ready now and not when the first visitor comes.
pub fn warm() {
    // Whoever needs the places before they are read waits for them; whoever does not is answered meanwhile.
    std::thread::spawn(places::Places::shared);
    shelf();
}

/// Bytes made smaller.
pub(crate) fn gzip(bytes: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("memory takes what is written to it").into()
}

/// Whether a browser takes gzip.
pub(crate) fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let mut codings = accepted.flat_map(|line| line.split(','));
    codings.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("gzip")
            && !matches!(weight.trim().trim_start_matches("q="), "0" | "0.0" | "0.00" | "0.000")
    })
}

/// Where a file stands.
pub(crate) fn address(name: &str) -> String {
    format!("/aset/{}/{name}", shelf().mark)
}

/// `GET /aset/{mark}/{name}`: a file of these or an earlier program.
pub(crate) async fn serve(Path((mark, name)): Path<(String, String)>, headers: HeaderMap) -> Result<Response, Refused> {
    let kept = shelf().kept.iter().find(|kept| kept.asset.name == name).ok_or_else(Refused::nothing_here)?;
    let mut response = match kept.gzip.as_ref().filter(|_| takes_gzip(&headers)) {
        Some(small) => ([(CONTENT_ENCODING, "gzip")], small.clone()).into_response(),
        None => Bytes::from_static(kept.asset.bytes).into_response(),
    };
    let head = response.headers_mut();
    head.insert(CONTENT_TYPE, HeaderValue::from_static(kept.asset.kind));
    head.insert(VARY, HeaderValue::from_static("accept-encoding"));
    let holds = if mark == shelf().mark { FOR_EVER } else { HeaderValue::from_static("no-cache") };
    head.insert(CACHE_CONTROL, holds);
    Ok(response)
}

/// `GET /favicon.ico`, which browsers ask for unasked.
pub(crate) async fn icon() -> Response {
    let mark = shelf().kept.iter().find(|kept| kept.asset.name == "mark.svg");
    let bytes = mark.map(|kept| Bytes::from_static(kept.asset.bytes)).unwrap_or_default();
    ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "public, max-age=86400")], bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepting(line: &'static str) -> bool {
        takes_gzip(&HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(line))]))
    }

    #[test]
    fn a_browser_that_takes_gzip_says_so_and_may_take_it_back() {
        assert!(accepting("gzip"));
        assert!(accepting("br, gzip;q=0.5"));
        assert!(!accepting("br"));
        assert!(!accepting("gzip;q=0"));
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn the_style_sheet_finds_its_fonts_beside_it() {
        let sheet = std::str::from_utf8(ASSETS[0].bytes).expect("text");
        for wanted in sheet.split("url(").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(ASSETS.iter().any(|asset| asset.name == wanted), "{wanted}");
        }
    }
}
