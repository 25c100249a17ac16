//! Two places for files, a folder and a bucket in an S3 server inside this process, and files made of nothing.

use std::future::Future;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use futures_util::TryStreamExt;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use jiff::{SignedDuration, Timestamp};
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use sha2::{Digest, Sha256};
use store::files::{Error, Files, Hash, Pieces, Place, Stored};
use tempfile::TempDir;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::TcpListener;

/// A place for files, and what it looks like from outside.
pub struct World {
    pub files: Files,
    pub place: Place,
    /// The folder that holds what the place holds: itself, or what the S3 server keeps of the prefix.
    pub root: PathBuf,
    /// The folder that holds everything of an S3 server.
    pub around: TempDir,
}

/// Plays a story in a folder and in a bucket.
pub async fn on_both<F: Future<Output = ()>>(story: impl Fn(World) -> F) {
    story(folder().await).await;
    story(bucket().await).await;
}

pub async fn folder() -> World {
    let around = TempDir::new().unwrap();
    let root = around.path().join("files");
    let place = Place::Folder(root.clone());
    World { files: Files::open(&place).await.unwrap(), place, root, around }
}

pub async fn bucket() -> World {
    let around = TempDir::new().unwrap();
    let root = around.path().join("award/2026");
    std::fs::create_dir(around.path().join("award")).unwrap();
    let address = serve(around.path()).await;
    let place = "s3://award/2026".parse::<Place>().unwrap().with(options(&address, "secret"));
    World { files: Files::open(&place).await.unwrap(), place, root, around }
}

/// How to reach the S3 server with that secret.
pub fn options(address: &str, secret: &str) -> [(String, String); 5] {
    [
        ("AWS_ENDPOINT", address),
        ("region", "us-east-1"),
        ("allow_http", "true"),
        ("access_key_id", "key"),
        ("secret_access_key", secret),
    ]
    .map(|(option, value)| (option.to_owned(), value.to_owned()))
}

/// An S3 server over a folder of buckets; its address.
pub async fn serve(folder: &Path) -> String {
    let mut service = S3ServiceBuilder::new(s3s_fs::FileSystem::new(folder).unwrap());
    service.set_auth(SimpleAuth::from_single("key", "secret"));
    let service = service.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(socket), service).await;
            });
        }
    });
    address
}

const START: &[u8] = b"%PDF-1.7\n";

/// A PDF of that size: its beginning, then bytes counted up from a seed.
#[derive(Debug, Clone)]
pub struct Pdf {
    pub size: u64,
    /// After how many bytes the connection breaks.
    pub breaks_at: Option<u64>,
    at: u64,
    /// What follows the beginning, over and over, from each multiple of 256 on.
    pattern: Arc<Vec<u8>>,
    /// The largest buffer that was offered to be read into.
    pub largest: Arc<AtomicUsize>,
}

impl Pdf {
    pub fn new(size: u64, seed: u8) -> Pdf {
        let pattern = (0..1 << 17).map(|at: u32| (at as u8).wrapping_mul(31).wrapping_add(seed)).collect();
        Pdf { size, breaks_at: None, at: 0, pattern: Arc::new(pattern), largest: Arc::default() }
    }

    /// The bytes from one offset to another.
    pub fn part(&self, from: u64, to: u64) -> Vec<u8> {
        let mut part: Vec<u8> = Vec::with_capacity((to - from) as usize);
        let to = to.min(self.size);
        while from + (part.len() as u64) < to {
            let at = from + part.len() as u64;
            let same = &self.pattern[(at % 256) as usize..];
            part.extend_from_slice(&same[..same.len().min((to - at) as usize)]);
        }
        for (at, byte) in (0..).zip(START).take(to as usize).skip_while(|(at, _)| *at < from) {
            part[(at - from) as usize] = *byte;
        }
        part
    }

    pub fn hash(&self) -> Hash {
        let mut hasher = Sha256::new();
        for from in (0..self.size).step_by(65536) {
            hasher.update(self.part(from, from + 65536));
        }
        Hash::from_bytes(hasher.finalize().into())
    }

    pub fn from(&self, at: u64) -> Pdf {
        Pdf { at, ..self.clone() }
    }

    pub fn breaking_at(&self, at: u64) -> Pdf {
        Pdf { breaks_at: Some(at), ..self.clone() }
    }
}

impl AsyncRead for Pdf {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.largest.fetch_max(buffer.remaining(), Ordering::Relaxed);
        if self.breaks_at == Some(self.at) {
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::ConnectionReset, "the signal is gone")));
        }
        let end = self.breaks_at.unwrap_or(self.size).min(self.at + buffer.remaining() as u64);
        buffer.put_slice(&self.part(self.at, end));
        self.at = end.max(self.at);
        Poll::Ready(Ok(()))
    }
}

/// Keeps a short text.
pub async fn put(files: &Files, text: &str) -> Result<Stored, Error> {
    files.put(text.as_bytes(), 1_000_000).await
}

/// Everything that comes out of a stream.
pub async fn content(pieces: Result<Pieces, Error>) -> Result<Vec<u8>, Error> {
    pieces?
        .try_fold(Vec::new(), |mut all, piece| async move {
            all.extend_from_slice(&piece);
            Ok(all)
        })
        .await
}

/// Every address.
pub async fn all(files: &Files) -> Vec<Hash> {
    files.all().try_collect().await.unwrap()
}

impl World {
    /// The paths of everything that lies in the place, without the lock.
    pub fn inside(&self) -> Vec<String> {
        let mut found = Vec::new();
        walk(&self.root, "", &mut found);
        found.retain(|path| path != "sweep.lock");
        found.sort();
        found
    }

    /// Where a file lies.
    pub fn path(&self, hash: &Hash) -> PathBuf {
        let digits = hash.to_string();
        self.root.join(&digits[..2]).join(&digits[2..])
    }

    /// A second program that opens the same place.
    pub async fn restarted(&self) -> Files {
        Files::open(&self.place).await.unwrap()
    }
}

fn walk(folder: &Path, name: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        let name = format!("{name}{}", entry.file_name().to_str().unwrap());
        match entry.file_type().unwrap().is_dir() {
            true => walk(&entry.path(), &format!("{name}/"), found),
            false => found.push(name),
        }
    }
}

/// An instant after everything that has been written, by any clock.
pub fn later() -> Timestamp {
    Timestamp::now() + SignedDuration::from_hours(1)
}

/// An instant before everything that has been written.
pub fn earlier() -> Timestamp {
    Timestamp::now() - SignedDuration::from_hours(1)
}
