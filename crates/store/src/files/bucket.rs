//! Files in a bucket of an S3-compatible store.
//!
//! What fits into one part goes up in one request, straight to its key. What is larger goes up in parts under `partial/`, is put
//! together, copied to its address inside the store, and removed from `partial/`; in both ways nothing stands at an address before it
//! is whole. A note beside it names the unfinished upload, so that a sweep can give it up after a crash. One copy has at most 5 GiB, so
//! one file does too.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey};
use object_store::multipart::{MultipartStore, PartId};
use object_store::path::Path;
use object_store::{Error as StoreError, MultipartId, ObjectMeta, ObjectStore, ObjectStoreExt, PutMode, PutPayload, RetryConfig};

use super::error::Error;
use super::shelf::{Entry, Pieces, Publish};
use super::upload::random_name;

/// The size of a part in bytes: the least that S3 allows, for a part stays in memory until it has gone up.
pub(super) const PART: usize = 5 * 1024 * 1024;

/// How many bytes are read at once.
const STEP: u64 = 1024 * 1024;

/// A bucket, or the part of it that begins with a prefix.
#[derive(Debug, Clone)]
pub(super) struct Bucket {
    store: Arc<AmazonS3>,
    prefix: Path,
    /// The bucket with its prefix and its server, for people.
    name: String,
}

impl Bucket {
    /// The bucket, after two questions that show whether it can be reached.
    pub(super) async fn open(name: &str, prefix: &str, options: &[(String, String)]) -> Result<Bucket, Error> {
        let place = if prefix.is_empty() { format!("s3://{name}") } else { format!("s3://{name}/{prefix}") };
        let bad = |why: String| Error::BadPlace { place: place.clone(), why };
        let mut builder = AmazonS3Builder::new().with_bucket_name(name).with_retry(retry());
        for (option, value) in options {
            let known: AmazonS3ConfigKey =
                option.to_ascii_lowercase().parse().map_err(|_| bad(format!("there is no option {option:?}")))?;
            builder = builder.with_config(known, value);
        }
        let name = format!("{place} ({})", server(options));
        let store = builder.build().map_err(|error| bad(error.to_string()))?;
        let prefix = Path::parse(prefix).map_err(|error| bad(error.to_string()))?;
        let bucket = Bucket { store: Arc::new(store), prefix, name };
        match bucket.ask().await {
            Ok(()) => Ok(bucket),
            // Neither answer has a type of its own for this.
            Err(error) if error.to_string().contains("NoSuchBucket") => Err(Error::NoBucket(bucket.name)),
            Err(error) => Err(bucket.failed("opening", "", error)),
        }
    }

    /// Asks for something to read and for a list: what is not there is no error, only no access, no bucket or no answer.
    async fn ask(&self) -> Result<(), StoreError> {
        match self.store.get(&self.path("partial/none")).await {
            Err(StoreError::NotFound { source, .. }) if !source.to_string().contains("NoSuchBucket") => {}
            Err(error) => return Err(error),
            Ok(_) => {}
        }
        self.store.list(Some(&self.path("partial"))).next().await.transpose().map(|_| ())
    }

    /// What an error of the store means, with what was being attempted, and where.
    fn failed(&self, doing: &'static str, key: &str, error: StoreError) -> Error {
        Error::bucket(doing, key, &self.name, error)
    }

    fn path(&self, key: &str) -> Path {
        key.split('/').fold(self.prefix.clone(), |path, part| path.join(part))
    }

    /// Something new, to be written and then published.
    pub(super) fn draft(&self) -> Result<BucketDraft, Error> {
        let key = format!("partial/{}", random_name()?);
        Ok(BucketDraft { bucket: self.clone(), key, rest: BytesMut::new(), multipart: None })
    }

    /// Part of what lies under a key. Each step is a question of its own, so that a reader on a slow line holds no connection open
    /// until it times out.
    pub(super) async fn read(&self, key: &str, from: u64, size: u64) -> Result<Option<Pieces>, Error> {
        let Some(found) = self.head(key).await? else { return Ok(None) };
        let (bucket, key, end) = (self.clone(), key.to_owned(), found.size.min(from.saturating_add(size)));
        let steps = stream::try_unfold(from, move |at| {
            let (bucket, key, next) = (bucket.clone(), key.clone(), end.min(at + STEP));
            async move {
                if at >= end {
                    return Ok(None);
                }
                let step = bucket.store.get_range(&bucket.path(&key), at..next).await;
                step.map(|step| Some((step, next))).map_err(|error| bucket.failed("reading", &key, error))
            }
        });
        Ok(Some(steps.boxed()))
    }

    /// What lies under a key.
    pub(super) async fn head(&self, key: &str) -> Result<Option<Entry>, Error> {
        match self.store.head(&self.path(key)).await {
            Ok(found) => self.entry(found),
            Err(StoreError::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.failed("looking for", key, error)),
        }
    }

    /// Everything below one of our folders, or below the prefix, in the order of the keys.
    pub(super) fn list(&self, under: Option<&str>) -> BoxStream<'static, Result<Entry, Error>> {
        let path = under.map_or_else(|| self.prefix.clone(), |under| self.path(under));
        let bucket = self.clone();
        let asked = (self.clone(), under.unwrap_or_default().to_owned());
        let failed = move |error| asked.0.failed("listing", &asked.1, error);
        let listed = self.store.list(Some(&path)).map_err(failed);
        listed.try_filter_map(move |found| std::future::ready(bucket.entry(found))).boxed()
    }

    fn entry(&self, found: ObjectMeta) -> Result<Option<Entry>, Error> {
        let Some(parts) = found.location.prefix_match(&self.prefix) else { return Ok(None) };
        let key = parts.map(|part| part.as_ref().to_owned()).collect::<Vec<_>>().join("/");
        let millisecond = found.last_modified.timestamp_millis();
        match Timestamp::from_millisecond(millisecond) {
            Ok(changed_at) => Ok(Some(Entry { key, size: found.size, changed_at })),
            Err(_) => Err(Error::BadPlace { place: self.name.clone(), why: format!("{key} is dated {millisecond}") }),
        }
    }

    /// Removes what lies under a key.
    pub(super) async fn remove(&self, key: &str) -> Result<(), Error> {
        match self.store.delete(&self.path(key)).await {
            Ok(()) | Err(StoreError::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.failed("removing", key, error)),
        }
    }

    /// Removes what lies under a key, if it is older than that; with a note, the unfinished upload that it names. Says whether it was
    /// there and went.
    pub(super) async fn remove_older(&self, key: &str, than: Timestamp) -> Result<bool, Error> {
        match self.head(key).await? {
            Some(found) if found.changed_at < than => {}
            _ => return Ok(false),
        }
        if let Some(unfinished) = key.strip_suffix(NOTE) {
            self.give_up(unfinished, key).await?;
        }
        self.remove(key).await.map(|()| true)
    }

    /// Ends the unfinished upload that a note names. Once it is put together, there is an object instead, which is swept like any other.
    async fn give_up(&self, key: &str, note: &str) -> Result<(), Error> {
        if self.head(key).await?.is_some() {
            return Ok(());
        }
        let failed = |error| self.failed("reading", note, error);
        let id = self.store.get(&self.path(note)).await.map_err(failed)?.bytes().await.map_err(failed)?;
        self.abort(key, &String::from_utf8_lossy(&id).into_owned()).await
    }

    async fn abort(&self, key: &str, id: &MultipartId) -> Result<(), Error> {
        match self.store.abort_multipart(&self.path(key), id).await {
            // It was completed, or given up before.
            Ok(()) | Err(StoreError::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.failed("giving up", key, error)),
        }
    }
}

/// Which server is asked, for people: without a key.
fn server(options: &[(String, String)]) -> String {
    let said = |names: &[&str]| {
        let is_one = |option: &str| names.contains(&option.to_ascii_lowercase().trim_start_matches("aws_"));
        options.iter().find(|(option, value)| is_one(option) && !value.is_empty()).map(|(_, value)| value.clone())
    };
    let amazon = || format!("Amazon S3, {}", said(&["region", "default_region"]).unwrap_or_else(|| "us-east-1".into()));
    said(&["endpoint", "endpoint_url_s3", "endpoint_url"]).unwrap_or_else(amazon)
}

/// Retried for half a minute; then somebody waiting in front of a page is told.
fn retry() -> RetryConfig {
    RetryConfig { max_retries: 4, retry_timeout: Duration::from_secs(30), ..RetryConfig::default() }
}

/// How the name of a note ends.
const NOTE: &str = ".multipart";

/// A file on its way to its address.
#[derive(Debug)]
pub(super) struct BucketDraft {
    bucket: Bucket,
    key: String,
    /// What has not gone up yet: at most a part and a piece.
    rest: BytesMut,
    multipart: Option<Multipart>,
}

#[derive(Debug)]
struct Multipart {
    id: MultipartId,
    parts: Vec<PartId>,
    /// Whether the parts have been put together, after which there is nothing to give up.
    together: bool,
}

impl BucketDraft {
    /// Takes the next piece, and sends what makes a part.
    pub(super) async fn write(&mut self, piece: &[u8]) -> Result<(), Error> {
        self.rest.extend_from_slice(piece);
        // The last part must not be empty, so a full one waits until more comes.
        while self.rest.len() > PART {
            let part = self.rest.split_to(PART).freeze();
            self.send(part).await?;
        }
        Ok(())
    }

    async fn send(&mut self, part: Bytes) -> Result<(), Error> {
        let (store, path) = (&self.bucket.store, self.bucket.path(&self.key));
        let failed = |error| self.bucket.failed("writing to", &self.key, error);
        if self.multipart.is_none() {
            let id = store.create_multipart(&path).await.map_err(failed)?;
            let multipart = self.multipart.insert(Multipart { id, parts: Vec::new(), together: false });
            let note = PutPayload::from(multipart.id.clone());
            store.put(&self.bucket.path(&format!("{}{NOTE}", self.key)), note).await.map_err(failed)?;
        }
        let multipart = self.multipart.as_mut().expect("it was begun above");
        let done = store.put_part(&path, &multipart.id, multipart.parts.len(), part.into()).await.map_err(failed)?;
        multipart.parts.push(done);
        Ok(())
    }

    /// Puts everything together and gives it its name.
    pub(super) async fn publish(mut self, key: &str, how: Publish) -> Result<bool, Error> {
        let published = match self.multipart {
            None => self.put(key, how).await,
            Some(_) => self.copy(key).await.map(|()| true),
        };
        self.discard().await;
        published
    }

    async fn put(&mut self, key: &str, how: Publish) -> Result<bool, Error> {
        let (store, path) = (&self.bucket.store, self.bucket.path(key));
        let payload = PutPayload::from(self.rest.split().freeze());
        let failed = |error| self.bucket.failed("writing to", key, error);
        if how == Publish::New {
            match store.put_opts(&path, payload.clone(), PutMode::Create.into()).await {
                Ok(_) => return Ok(true),
                Err(StoreError::AlreadyExists { .. } | StoreError::Precondition { .. }) => return Ok(false),
                // Some stores know no conditions. Readers of pieces of an upload bear with a piece too many.
                Err(StoreError::NotImplemented { .. } | StoreError::NotSupported { .. }) => {}
                Err(error) => return Err(failed(error)),
            }
        }
        store.put(&path, payload).await.map(|_| true).map_err(failed)
    }

    async fn copy(&mut self, key: &str) -> Result<(), Error> {
        let last = self.rest.split().freeze();
        self.send(last).await?;
        let (store, path) = (&self.bucket.store, self.bucket.path(&self.key));
        if let Some(Multipart { id, parts, together }) = &mut self.multipart {
            let parts = std::mem::take(parts);
            store
                .complete_multipart(&path, id, parts)
                .await
                .map_err(|error| self.bucket.failed("putting together", &self.key, error))?;
            *together = true;
        }
        store.copy(&path, &self.bucket.path(key)).await.map_err(|error| self.bucket.failed("copying to", key, error))
    }

    /// Leaves nothing behind. What cannot be removed now will be swept.
    pub(super) async fn discard(self) {
        let Some(multipart) = self.multipart else { return };
        let gone = match multipart.together {
            true => self.bucket.remove(&self.key).await,
            false => self.bucket.abort(&self.key, &multipart.id).await,
        };
        if gone.is_ok() {
            let _ = self.bucket.remove(&format!("{}{NOTE}", self.key)).await;
        }
    }
}
