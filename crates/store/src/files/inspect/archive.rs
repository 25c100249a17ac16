//! ZIP archives (APPNOTE 6.3), as office programs write them: the directory at the end says what is inside, and every entry is unpacked once,
//! piece by piece, to count what really comes out.

use flate2::{Decompress, FlushDecompress, Status};
use futures_util::TryStreamExt;

use super::{ENTRIES_MOST, INSIDE_MOST, RATIO_FROM, RATIO_MOST, TAIL, Unsafe};
use crate::files::error::Error;
use crate::files::{Files, Stored};

/// The end record of the directory, and its size without a comment.
const END: &[u8] = b"PK\x05\x06";
const END_SIZE: usize = 22;
/// An entry of the directory, and its size without names.
const ENTRY: &[u8] = b"PK\x01\x02";
const ENTRY_SIZE: usize = 46;
/// The head of an entry's data, without names.
const LOCAL_SIZE: u64 = 30;
/// Largest directory.
const DIRECTORY_MOST: u64 = 4 * 1024 * 1024;
/// So much is unpacked at a time.
const ROOM: usize = 64 * 1024;

/// What the directory says of an entry.
struct Entry {
    name: Vec<u8>,
    flags: u16,
    method: u16,
    packed: u64,
    unpacked: u64,
    at: u64,
}

/// Whether something ends in the directory of an archive.
pub(super) fn has_directory(tail: &[u8]) -> bool {
    end(tail).is_some()
}

/// Where the end record begins: it reaches to the end, comment included.
fn end(tail: &[u8]) -> Option<usize> {
    let from = tail.len().checked_sub(END_SIZE)?;
    (0..=from).rev().find(|at| {
        let comment = usize::from(short(tail, at + 20));
        tail[*at..].starts_with(END) && at + END_SIZE + comment == tail.len()
    })
}

/// Looks into a spreadsheet or letter.
pub(super) async fn inspect(files: &Files, stored: &Stored) -> Result<Result<(), Unsafe>, Error> {
    let entries = match directory(files, stored).await? {
        Ok(entries) => entries,
        Err(why) => return Ok(Err(why)),
    };
    if let Err(why) = plain(stored, &entries) {
        return Ok(Err(why));
    }
    let mut inside = 0;
    for entry in &entries {
        match unpacked(files, stored, entry, inside).await? {
            Ok(size) => inside += size,
            Err(why) => return Ok(Err(why)),
        }
    }
    Ok(Ok(()))
}

async fn directory(files: &Files, stored: &Stored) -> Result<Result<Vec<Entry>, Unsafe>, Error> {
    let from = stored.size.saturating_sub(TAIL);
    let tail = files.part(&stored.hash, from, stored.size - from).await?;
    let Some(at) = end(&tail) else { return Ok(Err(Unsafe::Broken)) };
    let (count, size, begins) = (short(&tail, at + 10), long(&tail, at + 12), long(&tail, at + 16));
    if usize::from(count) > ENTRIES_MOST || size > DIRECTORY_MOST {
        return Ok(Err(Unsafe::Entries));
    }
    // The directory stands right before its end record: nothing lies in front of the archive or between its parts.
    if begins.checked_add(size) != Some(from + at as u64) {
        return Ok(Err(Unsafe::Broken));
    }
    let directory = files.part(&stored.hash, begins, size).await?;
    Ok(read(&directory, usize::from(count)).ok_or(Unsafe::Broken))
}

fn read(directory: &[u8], count: usize) -> Option<Vec<Entry>> {
    let (mut entries, mut rest) = (Vec::new(), directory);
    for _ in 0..count {
        if rest.len() < ENTRY_SIZE || !rest.starts_with(ENTRY) {
            return None;
        }
        let name = usize::from(short(rest, 28));
        let whole = ENTRY_SIZE + name + usize::from(short(rest, 30)) + usize::from(short(rest, 32));
        entries.push(Entry {
            name: rest.get(ENTRY_SIZE..ENTRY_SIZE + name)?.to_vec(),
            flags: short(rest, 8),
            method: short(rest, 10),
            packed: long(rest, 20),
            unpacked: long(rest, 24),
            at: long(rest, 42),
        });
        rest = rest.get(whole..)?;
    }
    rest.is_empty().then_some(entries)
}

/// What the directory alone shows.
fn plain(stored: &Stored, entries: &[Entry]) -> Result<(), Unsafe> {
    if entries.is_empty() {
        return Err(Unsafe::Broken);
    }
    for entry in entries {
        let name = &entry.name;
        let leads_elsewhere = name.starts_with(b"/") || name.contains(&b'\\') || name.contains(&0) || name.get(1) == Some(&b':');
        if leads_elsewhere || name.split(|byte| *byte == b'/').any(|part| part == b"..") {
            return Err(Unsafe::Names);
        }
        if entry.flags & 1 != 0 || !matches!(entry.method, 0 | 8) {
            return Err(Unsafe::Locked);
        }
    }
    let told = entries.iter().map(|entry| entry.unpacked).fold(0, u64::saturating_add);
    bears(stored, told)
}

/// Whether so much may be inside.
fn bears(stored: &Stored, inside: u64) -> Result<(), Unsafe> {
    let within = inside <= RATIO_FROM || inside <= stored.size.saturating_mul(RATIO_MOST);
    if within && inside <= INSIDE_MOST { Ok(()) } else { Err(Unsafe::Bomb) }
}

/// How much really comes out of an entry; no more of it is unpacked than may be inside.
async fn unpacked(files: &Files, stored: &Stored, entry: &Entry, before: u64) -> Result<Result<u64, Unsafe>, Error> {
    if entry.at.saturating_add(LOCAL_SIZE) > stored.size {
        return Ok(Err(Unsafe::Broken));
    }
    let head = files.part(&stored.hash, entry.at, LOCAL_SIZE).await?;
    let begins = entry.at + LOCAL_SIZE + u64::from(short(&head, 26)) + u64::from(short(&head, 28));
    if !head.starts_with(b"PK\x03\x04") || begins.saturating_add(entry.packed) > stored.size {
        return Ok(Err(Unsafe::Broken));
    }
    if entry.method == 0 || entry.packed == 0 {
        return Ok(if entry.packed == entry.unpacked { Ok(entry.unpacked) } else { Err(Unsafe::Broken) });
    }
    let mut pieces = files.range(&stored.hash, begins, entry.packed).await?;
    let (mut unpacker, mut room) = (Decompress::new(false), vec![0; ROOM]);
    while let Some(piece) = pieces.try_next().await? {
        let mut rest: &[u8] = &piece;
        loop {
            let (read, written) = (unpacker.total_in(), unpacker.total_out());
            let Ok(status) = unpacker.decompress(rest, &mut room, FlushDecompress::None) else { return Ok(Err(Unsafe::Broken)) };
            rest = &rest[usize::try_from(unpacker.total_in() - read).unwrap_or(rest.len())..];
            if let Err(why) = bears(stored, before.saturating_add(unpacker.total_out())) {
                return Ok(Err(why));
            }
            let stands = unpacker.total_out() == written && unpacker.total_in() == read;
            if status == Status::StreamEnd || stands || (rest.is_empty() && unpacker.total_out() - written < ROOM as u64) {
                break;
            }
        }
    }
    // More than the directory tells: whoever believed it would be surprised.
    Ok(if unpacker.total_out() == entry.unpacked { Ok(entry.unpacked) } else { Err(Unsafe::Broken) })
}

fn short(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]))
}

fn long(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 4).map_or(0, |four| u64::from(u32::from_le_bytes([four[0], four[1], four[2], four[3]])))
}
